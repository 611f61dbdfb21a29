# The settings' pages, and what several of them say.
settings-title = Settings
settings-workspace = Workspace
settings-sending = Sending
settings-team = Team
settings-data = Data
settings-account = Your account
settings-audit = Audit log
settings-admins-only = Owners and admins can change these.
settings-address = Address
settings-role = Role
settings-last-seen = Last seen
settings-actions = Actions
settings-until = Until
settings-when = When

# Workspace.
settings-workspace-note = What holds for everybody here.
settings-about = About
settings-postal-address = Postal address
settings-postal-address-hint = Stands under every bulk message: laws in most countries ask for it. Without it no campaign is sent.
settings-time-zone = Time zone
settings-time-zone-hint = An IANA name, such as Europe/Madrid.
settings-recipients-language = Language of the pages that recipients see
settings-recipients-language-hint = What the server writes down by itself is in it, too: what is wrong with a record, why a row was left out, why a message failed. You choose the language of your own pages on your account's page.
settings-new-campaigns = New campaigns
settings-count-opens = Count opens
settings-count-opens-hint = A tiny image tells when a message is shown. Each campaign can change it.
settings-count-clicks = Count clicks
settings-count-clicks-hint = Links lead through this server.
settings-signing-in = Signing in
settings-require-two-factor = Require two-factor sign-in
settings-require-two-factor-hint = Whoever has none must set it up before they see anything else.

# Its logo.
settings-logo = Logo
settings-logo-alt = The workspace's logo
settings-logo-choose = Choose a picture
settings-logo-uploading = Uploading…
settings-logo-set = The logo is set.
settings-logo-remove = Remove the logo
settings-logo-hint = PNG, JPEG or WebP, up to 1 MB. Recipients see it where they unsubscribe.
settings-logo-large = The picture is larger than 1 MB.
settings-logo-offline = The upload did not go through. Check the connection and try again.

# Sending: the sender.
settings-sending-note = Who mail comes from, and where its links lead.
settings-sender = Sender of new campaigns
settings-sender-what = New campaigns start with it; each can change it. What is empty here comes from the last campaign.
settings-sender-local = Before the @
settings-sender-local-hint = Such as news or hello.
settings-sender-domain = Domain
settings-sender-last-domain = That of the last campaign
settings-sender-reply = Replies go to
settings-sender-reply-hint = Empty: to the sender itself.
settings-sender-save = Save the sender

# Sending: the tracking domain and its record.
settings-tracking = Tracking domain
settings-tracking-what = Links, the pixel and the pages recipients see lead through this server. With a name of your own they lead through that instead, such as click.example.com.
settings-tracking-none = None yet. Owners and admins can choose one.
settings-tracking-use = Use this name
settings-tracking-hint = It must lie under a verified sending domain of this workspace. Nothing leads to it before its record is found.
settings-tracking-verified = Verified
settings-tracking-verified-what = Links of new mails lead through it.
settings-tracking-drifted = Not right any more
settings-tracking-drifted-what = Links of new mails lead through this server until the record is right again.
settings-tracking-pending = Not found yet
settings-tracking-pending-what = Publish this record at your DNS provider. It is looked for by itself.
settings-record-name = the name of the record
settings-record-value = Value
settings-record-value-copy = the value of the record
settings-record-found = Found
settings-tracking-certificate = The name needs a certificate, too: whoever runs the reverse proxy in front of this server adds it there before the record is published, or browsers warn recipients who follow a link.
settings-tracking-checked = Last checked { $when }
settings-tracking-check = Check now
settings-tracking-checking = Checking. The result appears here.
settings-tracking-remove = Remove this tracking domain?
settings-tracking-remove-what = New mails lead through this server again. Keep the record of { $host }: links of mails already sent lead there.
settings-tracking-remove-do = Remove it

# Team: invitations.
settings-team-note = Who is in this workspace, and what they may do.
settings-invite = Invite somebody
settings-invite-send = Send the invitation
settings-invite-hint = They get a link that works once, for seven days.
settings-invite-sent = The invitation is on its way to { $email }.
settings-invited = Invited
settings-invited-by = By
settings-invite-revoke = Revoke
settings-invite-revoked = The invitation no longer works.

# Team: members.
settings-members = Members
settings-you = (you)
settings-role-of = Role of { $name }
settings-signs-in-with = Signs in with
settings-by-two-factor = Two-factor
settings-by-password = Password alone
settings-member-remove = Remove this member?
settings-member-remove-what = { $name } loses access at once, in every browser. What they made stays.
settings-member-removed = { $name } is out; their sessions have ended.
settings-member-role-changed = { $name } is now { $role }.
settings-make-owner = Make owner
settings-hand-over = Hand the workspace over?
settings-hand-over-what = { $name } becomes the owner of the workspace, and you an admin. Only they can give it back.
settings-hand-over-do = Hand it over
settings-handed-over = { $name } is the owner now; you are an admin.
settings-rights = What each role may do
settings-right = Right
settings-leave = Leave
settings-leave-what = You lose access to this workspace at once. An admin can invite you again.
settings-leave-workspace = Leave the workspace
settings-leave-ask = Leave this workspace?
settings-leave-ask-what = You are signed out of it in every browser.

# Team: teams of agents.
settings-teams = Teams
settings-teams-what = A team is a group of members who answer together, such as Support.
settings-team-new = New team
settings-team-name = Name of the team
settings-team-save = Save the team
settings-team-members =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
settings-team-change = Change { $name }
settings-team-delete = Delete { $name }
settings-team-delete-ask = Delete this team?
settings-team-delete-what = “{ $name }” is gone; its members stay in the workspace.
settings-team-delete-do = Delete the team

# The page behind an invitation's link.
settings-invitation = Invitation
settings-join = Join
settings-join-workspace = Join { $workspace }
settings-join-who = { $inviter } invites { $email } as { $role }.
settings-join-sign-in = You have an account already: sign in as { $email } to accept.

# Data: how long things are kept, and the end of the workspace.
settings-data-note = How long things are kept.
settings-kept-for = Kept for, in days
settings-keep-details = Who received a campaign, and what they did
settings-keep-details-hint = Counted from its end; { $least } to { $most } days. Its figures stay, and so does who has unsubscribed.
settings-keep-imports = Files of imports and rejected rows
settings-keep-imports-hint = { $least } to { $most } days. The report stays.
settings-keep-sign-ins = Members' sign-ins
settings-keep-sign-ins-hint = { $least } to { $most } days. The shortest counts for somebody who is in several workspaces.
settings-keep-audit-hint = { $least } to { $most } days.
settings-delete-workspace = Delete the workspace
settings-delete-what = Sending stops at once: what is on its way is paused, what is scheduled becomes a draft again. After 14 days everything is deleted for good: contacts, campaigns, reports, files, settings. Until then you can take it back.
settings-type-to-confirm = Type { $name } to confirm
settings-closing-at = Everything in it is deleted on { $date }. Until then you can take that back. What was paused stays so until it is resumed.
settings-restore-workspace = Restore the workspace

# One's own account: language, browsers, tries, password.
settings-must-enrol = This workspace requires two-factor sign-in. Set it up to go on.
settings-language = Language
settings-language-of-pages = Language of your pages and mails
settings-language-browser = The browser's language
settings-language-use = Use this language
settings-sessions = Signed in
settings-browser = Browser
settings-since = Since
settings-session-this = This one
settings-session-ended = That browser is signed out.
settings-sessions-end = Sign out everywhere else
settings-sessions-ended = Every other browser is signed out.
settings-sign-ins = Latest sign-ins
settings-outcome = Outcome
settings-sign-in-ok = Signed in
settings-sign-in-refused = Refused
settings-password-change = Change the password
settings-password-set = The new password is set; every other browser is signed out.

# The second factor.
settings-two-factor = Two-factor sign-in
settings-two-factor-what = With it, your password alone lets nobody in: each sign-in also asks for a code from an app on your phone.
settings-two-factor-begin = Set it up
settings-two-factor-scan = Scan this with an authenticator app, or type the key. Then enter the code that it shows.
settings-two-factor-qr = QR code for an authenticator app
settings-two-factor-key = the key
settings-two-factor-confirm = Turn it on
settings-two-factor-on = On
settings-two-factor-end = Turn it off
settings-two-factor-end-ask = Turn two-factor sign-in off?
settings-two-factor-end-what = Your password alone will let anybody in who has it.
settings-two-factor-ended = Two-factor sign-in is off.
# `request` is the sentence below it, emphasized.
settings-codes-keep = { $request } Each lets you in once when your phone is not at hand. They are not shown again.
settings-codes-keep-request = Keep these recovery codes.
settings-codes-copy = the recovery codes
settings-codes-kept = I have kept them
settings-codes-left =
    { $count ->
        [one] { $count } recovery code left.
       *[other] { $count } recovery codes left.
    }
settings-codes-new = New recovery codes
settings-codes-new-ask = New recovery codes?
settings-codes-new-what = The old ones stop working.
settings-codes-new-do = Make new ones

# Proving again who one is.
settings-proof = Is it you?
settings-proof-what = This needs a proof. It holds for ten minutes in this browser.
settings-proof-password = Your password
settings-proof-by-password = Use the password
settings-proof-by-code = Use a code
settings-proof-go = Go on

# The audit log.
settings-audit-note = Who did what, and from where. Nobody can change it.
settings-audit-table = The audit log
settings-audit-empty = Nothing found
settings-audit-empty-what = Invitations, roles, settings, campaigns, sign-in protection and the like are written here.
settings-audit-search = Search person, action or target
settings-audit-person = Person
settings-audit-action = Action
settings-audit-all = All
settings-audit-from-day = From
settings-audit-who = Who
settings-audit-what = What
settings-audit-to = To
settings-audit-change = Change
settings-audit-from = From

# Its codes in words: areas as they are filtered by, then what each action was.
settings-audit-area-account = account
settings-audit-area-attribute = attribute
settings-audit-area-bulk = bulk
settings-audit-area-campaign = campaign
settings-audit-area-contact = contact
settings-audit-area-contacts = contacts
settings-audit-area-domain = domain
settings-audit-area-duplicates = duplicates
settings-audit-area-export = export
settings-audit-area-form = form
settings-audit-area-import = import
settings-audit-area-invite = invite
settings-audit-area-list = list
settings-audit-area-member = member
settings-audit-area-segment = segment
settings-audit-area-session = session
settings-audit-area-suppression = suppression
settings-audit-area-team = team
settings-audit-area-workspace = workspace
settings-audit-by-contact = the contact
settings-audit-account-password = A password was changed
settings-audit-account-password-reset = A forgotten password was set anew
settings-audit-account-recovery-codes = New recovery codes were made
settings-audit-account-two-factor-off = Two-factor sign-in was turned off
settings-audit-account-two-factor-on = Two-factor sign-in was turned on
settings-audit-attribute-create = An attribute was made
settings-audit-attribute-delete = An attribute was deleted
settings-audit-attribute-kind = An attribute got another kind
settings-audit-bulk-cancel = A bulk action was stopped
settings-audit-bulk-undo = A bulk action was undone
settings-audit-campaign-change = A campaign was changed
settings-audit-campaign-create = A campaign was made
settings-audit-campaign-delete = A campaign was deleted
settings-audit-campaign-state = A campaign was sent, scheduled, paused or the like
settings-audit-campaign-test = A test of a campaign was sent
settings-audit-contact-change = A contact was changed
settings-audit-contact-create = A contact was added
settings-audit-contact-erased = A contact had its data erased
settings-audit-contacts-attribute-clear = An attribute of several contacts was cleared
settings-audit-contacts-attribute-set = An attribute of several contacts was set
settings-audit-contacts-delete = Several contacts were deleted
settings-audit-contacts-list-add = Several contacts were added to a list
settings-audit-contacts-list-remove = Several contacts were taken off a list
settings-audit-contacts-merge = Contacts were merged
settings-audit-contacts-suppress = Several contacts were suppressed
settings-audit-domain-add = A sending domain was added
settings-audit-domain-remove = A sending domain was removed
settings-audit-duplicates-apart = Contacts were said to be no duplicates
settings-audit-duplicates-search = Duplicates were looked for
settings-audit-export-audit = The audit log was exported
settings-audit-export-campaigns = The campaigns were exported
settings-audit-export-contacts = The contacts were exported
settings-audit-export-lists = The lists were exported
settings-audit-export-recipients = The recipients of a campaign were exported
settings-audit-export-rejected = The rejected rows of an import were exported
settings-audit-export-segments = The segments were exported
settings-audit-export-suppressions = The suppressions were exported
settings-audit-form-create = A form was made
settings-audit-form-delete = A form was deleted
settings-audit-import-cancel = An import was stopped
settings-audit-import-start = An import was started
settings-audit-invite-accept = An invitation was accepted
settings-audit-invite-revoke = An invitation was revoked
settings-audit-invite-send = An invitation was sent
settings-audit-list-create = A list was made
settings-audit-list-delete = A list was deleted
settings-audit-list-double-opt-in = Double opt-in of a list was turned on or off
settings-audit-list-rename = A list got another name
settings-audit-member-leave = A member left
settings-audit-member-remove = A member was removed
settings-audit-member-role = A member got another role
settings-audit-segment-change = A segment was changed
settings-audit-segment-create = A segment was made
settings-audit-segment-delete = A segment was deleted
settings-audit-session-end = A browser was signed out
settings-audit-session-end-all = Every browser of an account was signed out
settings-audit-session-end-others = Every other browser of an account was signed out
settings-audit-suppression-add = An address was suppressed
settings-audit-suppression-remove = A suppression was lifted
settings-audit-team-delete = A team was deleted
settings-audit-team-save = A team was made or changed
settings-audit-workspace-create = The workspace was made
settings-audit-workspace-delete = The end of the workspace was asked for
settings-audit-workspace-logo = The logo was changed
settings-audit-workspace-owner = The workspace was handed over
settings-audit-workspace-restore = The workspace was restored
settings-audit-workspace-settings = A setting was changed
settings-audit-workspace-tracking-domain = The tracking domain was changed
