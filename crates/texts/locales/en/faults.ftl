
# Campaigns: writing, reviewing, starting and stopping them.
fault-campaigns-page-gone = This page is no longer there. Start at the first one.
fault-campaigns-too-large = This is larger than 1 MB.
fault-campaigns-many-lists = Choose at most { $max } lists.
fault-campaigns-many-segments = Choose at most { $max } segments.
fault-campaigns-changed-meanwhile = Somebody else has changed this campaign meanwhile. Reload to see their version; copy yours first.
fault-campaigns-not-a-draft = A campaign that is scheduled or was sent cannot be changed. Duplicate it.
fault-campaigns-only-drafts = Only drafts can be deleted: what was sent stays on record.
# What the duplicate of a campaign is called.
fault-campaigns-copy = { $name } (copy)
# `state` is one of draft, scheduled, preparing, sending, paused, finished and cancelled.
fault-campaigns-state-now = This campaign is { $state } now. Reload to see where it stands.
fault-campaigns-past = Choose a time to come.
fault-campaigns-far = Choose a time within a year.
fault-campaigns-search = Give a whole address: this { $problem }.
fault-campaigns-test-address = “{ $email }” { $problem }.
fault-campaigns-test-many = Give one to five addresses.
fault-campaigns-test-line = { $message } (line { $line })
fault-campaigns-sender = The sender's address is not complete.
fault-campaigns-reply-to = The reply address { $problem }.
fault-campaigns-no-postal-address = Bulk mail needs the sender's postal address under it. An owner or admin enters it under Settings, Workspace.
fault-campaigns-no-sender-name = There is no sender's name: recipients see the bare address.
fault-campaigns-no-subject = There is no subject.
fault-campaigns-no-message = There is no message yet.
fault-campaigns-no-audience = Choose at least one list or segment.
fault-campaigns-cut-off = The HTML is larger than 102 KB: Gmail cuts it off.
fault-campaigns-empty-subject = The subject comes out empty for the first recipient.
fault-campaigns-nobody = Nobody is in these lists and segments yet.
fault-campaigns-segments-behind = The segments are being brought up to date after changes: the count may still change a little. Sending waits for it.

# Sending and tracking domains, and what is wrong with their records.
fault-domains-name = This { $problem }.
fault-domains-many = A workspace has at most { $max } domains.
fault-domains-there-already = { $domain } is in this workspace already.
fault-domains-in-use = The campaign “{ $campaign }” is sent from this domain. Cancel it first.
fault-domains-choose = Choose a verified domain to send from.
fault-domains-removed-choose = This domain was removed. Choose another one.
fault-domains-removed = The domain was removed.
fault-domains-drifted = { $domain } was verified, but a record is wrong now. Nothing is sent from it until that is mended.
fault-domains-not-verified = { $domain } is not verified yet. Publish its records first.
# Why a campaign was paused.
fault-domains-held = { $domain } is no longer vouched for by DNS ({ $records }). Mend it under Domains, then go on.
fault-domains-tracking-own = That is this instance's own address. Choose a name of your domain, such as click.example.com.
fault-domains-tracking-not-under = Choose a name under a verified sending domain of this workspace, such as click.example.com.
fault-domains-tracking-mail = Mail uses this name already. Choose another one, such as click.example.com.
fault-domains-tracking-many = A workspace has at most { $max } of them, old ones included: links of sent mails lead there.
fault-domains-tracking-elsewhere = The CNAME points elsewhere. It must point to { $target }.
fault-domains-tracking-none = There is no CNAME at this name yet. If your provider hides it behind a proxy of its own, turn that off for this record.
fault-domains-tracking-unchecked = Not checked: { $reason }.
fault-domains-tracking-unvouched = No verified sending domain of this workspace is above this name any more.

# Segments.
fault-segments-gone = The segment is no longer there. Choose another.
fault-segments-needs-a-look = The segment “{ $name }” needs a look: { $reason }
fault-segments-many = A workspace has at most { $max } segments.
fault-segments-taken = There is a segment “{ $name }” already.
fault-segments-changed-meanwhile = Somebody else has changed this segment meanwhile. Reload to see their version.
fault-segments-in-use = The campaign “{ $campaign }” is about to go to this segment. Take it back to a draft first.
fault-segments-behind = Segments are being brought up to date after many changes. Try again in a moment.
# `what` is one of attribute, list and campaign.
fault-segments-missing = The { $what } is no longer there. Choose another.

# Delivery: what stands in the ledger where no server has said anything.
fault-delivery-unsubscribed = Has unsubscribed.
fault-delivery-bad-address = The address was refused for good before.
fault-delivery-complaint = Has complained about a mail.
fault-delivery-erased = Has asked to be erased.
fault-delivery-suppressed = Is on the suppression list.
fault-delivery-contact-deleted = The contact was deleted before this was sent.
fault-delivery-cancelled = The campaign was cancelled before this was sent.
fault-delivery-not-made = The message cannot be made for this contact: { $reason }
fault-delivery-lost = The connection was lost before the message was handed over: { $reason }.
fault-delivery-in-doubt = The connection was lost after the message was handed over: { $reason }. The server may have it.
fault-delivery-given-up = Given up after { $tries } tries. The last answer: { $reply }
fault-delivery-no-domain = The campaign has no domain.
fault-delivery-mistakes = The message has mistakes.
# The subject of a test message.
fault-delivery-test-subject = {"[Test]"} { $subject }

# Contacts, lists and attributes.
fault-contacts-address = This address { $problem }.
fault-contacts-taken = { $email } is a contact already.
fault-contacts-erased = The owner of this address had their data erased. They can come back by signing up themselves.
fault-contacts-list-gone = One of the lists is no longer there. Choose again.
fault-contacts-list-taken = There is a list “{ $name }” already.
fault-contacts-lists-most = A workspace has at most { $most } lists.
fault-contacts-page-gone = This page is no longer there. Start at the first one.
fault-contacts-too-many = At most { $most } contacts can be named one by one.
fault-contacts-attribute-name = “{ $name }”: { $problem }
fault-contacts-attribute-value = “{ $name }”: { $problem }.
fault-contacts-attribute-removing = “{ $name }” is being deleted. Try again when it is gone, or use another name.
fault-contacts-attribute-going = “{ $name }” is being deleted. Try again when it is gone.
fault-contacts-attribute-taken = “{ $name }” is there already.
fault-contacts-attribute-in-segment = The segment “{ $segment }” looks at it. Change that one first.
fault-contacts-attributes-most = A workspace has at most { $most } attributes.
fault-contacts-attributes-full = A workspace has at most { $most } attributes. Delete some first.
fault-contacts-attributes-of-one = A contact has at most { $most } attributes.
fault-contacts-value-long = “{ $name }” is longer than { $most } characters.
fault-contacts-value-kind = “{ $name }” is neither text, a number, nor yes or no.
# Whom an action over many was about: kept with it.
fault-contacts-scope-chosen = Chosen one by one
fault-contacts-scope-all = All contacts
fault-contacts-scope-list = In “{ $list }”
fault-contacts-scope-segment = { $within }, in the segment “{ $segment }”
fault-contacts-scope-search = { $within }, addresses that start with “{ $search }”

# Imports: what is wrong with a file, a plan, a row. In the file of rejected rows these are in the workspace's language.
fault-import-empty = This file is empty.
fault-import-not-csv = This is not a CSV file. From a spreadsheet, choose “Save as CSV”.
fault-import-encoding = This encoding is not known.
fault-import-column = Column { $number }
fault-import-no-address-column = Choose the column that holds the e-mail addresses.
fault-import-twice-attribute = Two columns go to the attribute “{ $name }”. Ignore one of them.
fault-import-twice-email = Two columns go to the e-mail address. Ignore one of them.
fault-import-twice-first-name = Two columns go to the first name. Ignore one of them.
fault-import-twice-last-name = Two columns go to the last name. Ignore one of them.
fault-import-delimiter = The delimiter is one character, such as a comma.
fault-import-no-rows = There are no rows in this file.
fault-import-started = This import was started already.
fault-import-over = This import is over already.
fault-import-unclosed = After line { $line } a row does not end. Most often a quotation mark is not closed there.
fault-import-row-large = The row is larger than { $kilobytes } KB.
fault-import-row-empty = The row is empty.
fault-import-row-no-text = The row is not text in this encoding.
fault-import-row-characters = The row has characters that are not valid in this encoding.
fault-import-row-short = The row ends before the column with the address.
fault-import-no-address = There is no address.
fault-import-address = The address { $problem }.
fault-import-name-long = A name is longer than 100 characters.
fault-import-erased = The owner of this address had their data erased.
fault-import-unreadable = The file could not be read to its end.
fault-import-file-gone = The uploaded file is no longer there.
fault-import-ours = Something went wrong on our side. Upload the file again; rows that are in already are only updated.
# What stands in the way anywhere.
fault-signed-out = Sign in to go on.
fault-conflict = Somebody else is changing the same thing. Try again.
fault-internal = Something went wrong on our side. Try again; if it stays, tell the operator the time.
fault-role = Your role ({ $role }) does not allow this. An owner or admin of the workspace can change it.
fault-page-gone = This page is no longer there. Start at the first one.
fault-link-old = This link is no longer good. Ask for a new one.
fault-address = This address { $why }.
fault-sender = This { $why }.

# Signing in and up, proofs, passwords, two-factor sign-in.
fault-sign-in = The address or the password is wrong.
fault-confirm-first = Confirm this address first: a new mail with the link is on its way.
fault-confirmed-before = This address is confirmed already. Sign in with your password.
fault-confirmed-nowhere = The address is confirmed. Sign in with your password.
fault-setup-old = This set-up link is no longer good. Start the server again to get a new one, or sign in.
fault-setup-used = This set-up link was used just now. Sign in.
fault-too-many-tries =
    { $minutes ->
        [one] Too many tries. Wait { $minutes } minute, or reset the password.
       *[other] Too many tries. Wait { $minutes } minutes, or reset the password.
    }
fault-proof-needed = Nothing was changed: this needs your password first.
fault-code = This code is not right, or was used. Wait for the next one.
fault-not-your-password = That is not your password.
fault-password-common = This is among the first passwords that are tried. Put a few words together that only you would.
fault-password-same = That is the password you have.
fault-must-enrol = This workspace requires two-factor sign-in. Set it up under Your account first.
fault-two-factor-on = Two-factor sign-in is on already.
fault-two-factor-off = Two-factor sign-in is off.
fault-two-factor-begin = Begin again: there is nothing to confirm.
fault-two-factor-required = A workspace you belong to requires two-factor sign-in.
fault-two-factor-first = Turn it on for your own account first, or you would lock yourself out.

# Members, invitations, teams.
fault-invite-owner = There is one owner. Invite as an admin, and hand the workspace over later.
fault-invite-member = This address is in the workspace already.
fault-invites-enough = At most { $max } invitations may be open. Revoke some first.
fault-invite-old = This invitation is no longer good. Ask for a new one.
fault-invite-sign-in = Sign in as { $email } to accept.
fault-invite-used = This invitation was used just now. Sign in.
fault-role-owner = There is one owner. Hand the workspace over instead.
fault-role-own = Nobody changes their own role. Ask another admin.
fault-role-changed = Your role was changed meanwhile. Load the page again.
fault-owner-stays = The owner cannot be removed. Hand the workspace over first.
fault-owner-leaves = An owner cannot leave. Hand the workspace over first.
fault-owner-only = Only the owner hands the workspace over.
fault-owner-already = You are the owner already.
fault-teams-enough = A workspace has at most { $max } teams.
fault-team-member-gone = One of them is no longer in the workspace. Load the page again.
fault-team-name-taken = There is a team “{ $name }” already.

# The workspace: settings, logo, its end.
fault-workspaces-enough = You own { $max } workspaces already. Delete or hand over one first.
fault-time-zone = Choose a time zone from the list, such as Europe/Madrid.
fault-days = Between { $least } and { $most } days.
fault-braces = Braces are not allowed here.
fault-control = Control characters are not allowed here.
fault-logo-unreadable = This is not a PNG, JPEG or WebP picture that can be read.
fault-logo-pixels = This picture has { $width } × { $height } pixels. Use at most { $max } a side.
fault-logo-large = The picture is larger than { $megabytes } MB.
fault-closing = This workspace is being deleted: nothing is sent from it any more. Its owner can restore it.
fault-closing-owner = Only the owner deletes the workspace, or restores it.
fault-closing-name = Type the name as it is written: { $name }
fault-closing-already = The workspace is being deleted already.
fault-closing-late = The workspace is not being deleted, or it is too late.
fault-closing-held = The workspace is being deleted.

# What the server says in front of the pages: files in and out, limits, hosts.
fault-sign-out = Signing out did not work. Try again.
fault-other-site = This request came from another site and was refused. Open the page again and retry.
fault-too-many-requests =
    { $seconds ->
        [one] Too many requests. Try again in { $seconds } second.
       *[other] Too many requests. Try again in { $seconds } seconds.
    }
fault-body-large = This is larger than { $megabytes } MB. Make it smaller.
fault-upload-broken = The upload broke off. Try again.
fault-upload-large = The file is larger than { $megabytes } MB. Split it.
fault-upload-failed = The file could not be stored. Try again.
fault-rejected-gone = The rejected rows are no longer kept: the workspace's settings say for how long they are.
fault-preview = There is a mistake in the message; it is named beside the HTML.
fault-nothing-here = There is nothing here.


# What is done to many contacts, duplicates, the suppression list.
fault-people-no-list = This list is no longer there. Choose again.
fault-people-no-value = Give a value, or clear the attribute instead.
fault-people-merge-elsewhere = Contacts are merged on the page of duplicates.
fault-people-nobody-matches = Nobody matches any more: there is nothing to do.
fault-people-still-going-on = This is still going on. Cancel it first.
fault-people-undone-already = This was undone already.
fault-people-nothing-to-undo = There is nothing here that could be undone.
fault-people-many-waiting = Many actions are waiting already. Wait until some are done.
fault-people-over-already = This is over already.
# Why an action ended before its time.
fault-people-list-deleted = The list was deleted meanwhile.
fault-people-survivor-gone = The contact that was to stay is no longer there.
fault-people-others-gone = The contacts that were to go are no longer there.
fault-people-merged-attributes = Together they have more than { $max } attributes.
fault-people-action-failed = Something went wrong on our side. What was done stays, and can be undone.
fault-people-search-going-on = A search is going on already.
fault-people-search-failed = Something went wrong on our side. Start the search again.
fault-people-no-search = No search is going on.
fault-people-page-gone = This page is no longer there. Start at the first one.
fault-people-choose-merge = Choose one contact that stays and at least one that goes.
fault-people-too-many-merged = At most { $max } contacts can become one.
fault-people-one-gone = One of these contacts is no longer there. Load the page again.
# What follows is what is wrong with it: "has no @".
fault-people-address = This address { $why }.
# The reason is a word of ours.
fault-people-suppressed-already =
    { $address } is on the list already: { $reason ->
        [unsubscribed] unsubscribed
        [bad_address] address refused
        [complaint] complaint
       *[manual] added by hand
    }.
fault-people-erased = Its owner had their data erased: only they can come back, by signing up.
fault-people-type-address = They have complained about your mail. Type the whole address to go on.

# Consent: notes, proofs, forms and what strangers fill in.
fault-consent-empty-note = Write something first.
fault-consent-others-note = Only who wrote a note can change it.
fault-consent-no-source = Say where the consent comes from.
fault-consent-not-in-list = The contact is not in that list.
fault-consent-too-many-forms = A workspace has at most { $max } forms.
fault-consent-form-closed = None of its lists is there any more: the form is closed until you choose another one.
fault-consent-confirmations-stuck = The confirmation mails of “{ $list }” cannot leave: { $why }
# What follows is what is wrong with it: "has no @".
fault-consent-sender-address = The sender's address { $why }.
fault-consent-no-domain = { $workspace } has no verified domain now, so the mail that confirms this cannot be sent. Try again later.
fault-consent-value = Use at most { $max } characters, without control characters.
fault-consent-number = Write a number.
fault-consent-date = Write a date as year-month-day.
fault-consent-tick = This must be ticked.
fault-consent-needed = This is needed.
fault-consent-choose-list = Choose at least one.
fault-consent-tick-to-go-on = Tick this to go on.
