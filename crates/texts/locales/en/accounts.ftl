# Signing in, and the code of the second factor.
accounts-sign-in = Sign in
accounts-reset-done = The new password is set. Sign in with it.
accounts-password = Password
accounts-forgot-ask = Forgot the password?
accounts-security = Security
accounts-enter-code = Enter your code
accounts-code = Code
accounts-code-hint = From your authenticator app, or one of your recovery codes.
accounts-code-too-late = This took too long. Sign in again with your password.
accounts-start-again = Start again
accounts-sign-out = Sign out

# The language: the switch at the foot, and what is not offered.
accounts-language = Language
accounts-language-unknown = There is no such language. Choose one of the list.

# Signing up, and the first owner's set-up.
accounts-sign-up = Make a workspace
accounts-sign-up-do = Sign up
accounts-sign-up-sent = We have sent a link to { $email }. Open it to confirm the address; it works for three days.
accounts-sign-in-instead = Sign in instead
accounts-check-mail = Check your mail
accounts-your-name = Your name
accounts-workspace = Workspace
accounts-workspace-hint = The name of your business, for example.
accounts-password-hint = At least 10 characters. Long beats complicated.
accounts-make-workspace = Make the workspace
accounts-operator-only = Only the operator of this instance makes workspaces.
accounts-set-up = Set up
accounts-set-up-instance = Set up this instance
accounts-set-up-what = You are its first owner. This link works once.

# A further workspace, or none.
accounts-new-workspace = New workspace
accounts-nowhere = You belong to no workspace
accounts-nowhere-why = You are signed in as { $email }. The workspaces you were in are gone, or you were taken out of them. An admin can invite you again: the link in that mail leads back in.
accounts-further = A further workspace
accounts-further-what = It has contacts, domains and members of its own, and you are its owner. You switch between your workspaces in the menu.
accounts-workspace-name = Name of the workspace
accounts-back-to-dashboard = Back to the dashboard

# By a link in a mail: confirming, “that was not me”, a forgotten password.
accounts-confirm = Confirm your address
accounts-confirm-do = Confirm and sign in
accounts-not-you = Was it not you?
accounts-end-all-what = End every session of your account, in every browser, at once.
accounts-end-all = End all sessions
accounts-all-ended = Every session has ended
accounts-all-ended-next = Nobody is signed in to your account any more. Set a new password now: whoever was in may know the old one.
accounts-set-new-password = Set a new password
accounts-forgot = Forgot the password
accounts-forgot-sent = If { $email } has an account, a link to set a new password is on its way. It works for an hour.
accounts-send-link = Send a link
accounts-back-to-sign-in = Back to sign in
accounts-new-password-title = A new password
accounts-new-password = New password
accounts-new-password-hint = At least 10 characters. Every session ends.
accounts-set-password = Set the password

# Roles. Within a sentence they are written in lower case.
accounts-role-owner = Owner
accounts-role-admin = Admin
accounts-role-marketer = Marketer
accounts-role-agent = Agent
accounts-role-viewer = Viewer

# What a role may do: docs/ROLES.md repeats these, letter by letter.
accounts-right-read-contacts = Read contacts, lists and domains
accounts-right-read-campaigns = Read campaigns, reports and who received them
accounts-right-read-team = See the members and the teams of agents
accounts-right-send = Change contacts and lists, import, write and send campaigns
accounts-right-admin = Add domains, invite and remove members, change settings, read the audit log
accounts-right-teams = Make and change teams, the logo, the sender, the tracking domain, how long data is kept
accounts-right-own = Hand the workspace over to another owner
accounts-right-delete = Delete the workspace, and restore it

# A browser that somebody signed in with.
accounts-device-on = { $browser } on { $system }
accounts-device-some = A browser on { $system }
accounts-device-unknown = Unknown browser
