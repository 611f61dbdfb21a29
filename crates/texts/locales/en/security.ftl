# The public Security page.
security-title = Security
security-lead-heading = What is yours stays yours.
security-lead = How this platform guards accounts, contacts and the name of your domain. Nothing stands here that is only planned.
security-layers = Layers
security-practices = Practices
security-rows = The small word under each line is a row of docs/SECURITY-MODEL.md in the source. It says where the line is enforced and which test holds it, and the document says as plainly what is not protected.

# Whom to tell of a hole: an address, and the name of a file.
security-report = Report
security-report-text = If you have found a hole, write to { $contact }. Please give us time to mend it before you publish. We answer within three working days.
security-report-programs = The same for programs: { $file }.

# Layers: each a name and a sentence.
security-isolation = Isolation
security-isolation-text = Contacts, campaigns, reports and settings of a workspace are refused to every other by the database itself.
security-roles = Roles
security-roles-text = What a member may read or change follows from their role, by permissions that the database enforces.
security-passwords = Passwords
security-passwords-text = Never kept in plain text: each goes through argon2id with a salt of its own, and nobody can read it back.
security-sealed-secrets = Signing keys
security-sealed-secrets-text = The private keys of your domains lie sealed with AES-256-GCM, under a key that is not in the database.
security-vouched-domains = Proof of the domain
security-vouched-domains-text = No campaign starts before DNS shows that the domain is yours, with SPF, DKIM, DMARC and return path in place.
security-dkim-signatures = Signed messages
security-dkim-signatures-text = Every campaign's messages carry a DKIM signature by a 2048-bit RSA key made for your domain alone.
security-transport = In transit
security-transport-text = Mail goes out under TLS 1.2 or 1.3 where the other server can; the report says for each recipient whether it did.

# Practices.
security-scanner-safe = Confirmed sign-ups
security-scanner-safe-text = Where a list asks for it, nobody is mailed before they press a button behind a link in their own mailbox; a scanner that opens the link changes nothing.
security-erasure = Erasure
security-erasure-text = Whoever asks for it, and confirms by mail, is taken out of every table; a keyed hash keeps their address from being imported again.
security-session-cookie = Sessions
security-session-cookie-text = A session is a cookie that no script can read; where the instance is reached by https, it travels by https alone.
security-session-store = Kept as a hash
security-session-store-text = The database keeps a session under a hash of its name alone: a copy of the database hands nobody a session.
security-throttled-sign-in = Guessing passwords
security-throttled-sign-in-text = Wrong passwords slow down the place that they come from; the account's owner gets in from everywhere else.
security-common-passwords = Common passwords
security-common-passwords-text = A password has at least ten characters, and those that are among the first to be tried are refused.
security-unknown-addresses = No hints
security-unknown-addresses-text = Signing in, signing up and resetting answer the same, whether an address has an account or not.
security-mail-links = Links in our mail
security-mail-links-text = A link that confirms an address or sets a new password works once and for that purpose alone.
security-entry-rate = Rate limits
security-entry-rate-text = Signing in, signing up and resetting are limited for each internet address that such requests come from.
security-csrf = Requests from elsewhere
security-csrf-text = A change in your workspace that another site's page makes your browser ask for is refused, signed in or not.
security-content-policy = Content policy
security-content-policy-text = Pages run the platform's own scripts alone; one that stands within a page needs a word that is new each time.
security-validated-input = Checked input
security-validated-input-text = Addresses, domains, names and fields are checked on the server, whatever a browser has let through.
security-body-limits = Bounded requests
security-body-limits-text = Everything that is sent to the platform has a largest size, and the server counts while it comes in.
security-template-limits = Templates
security-template-limits-text = A message's template runs with a bound on steps, depth and output, and reaches nothing but its recipient's fields.
security-sandboxed-html = Messages as pages
security-sandboxed-html-text = A message that is looked at in the browser is shut in a sandbox, where no script and no form can act.
security-no-open-redirect = Tracked links
security-no-open-redirect-text = A tracked link leads where the campaign's author pointed, and nowhere else; a changed one leads nowhere.
security-harmless-get = Opened by programs
security-harmless-get-text = Scanners that follow a link in a mail unsubscribe nobody and confirm nothing: it takes a button.
security-unsubscribe-at-once = Leaving
security-unsubscribe-at-once-text = Unsubscribing counts at once and for all campaigns of the workspace, messages already queued included.
security-refused-addresses = Refused addresses
security-refused-addresses-text = An address that its mail server refuses for good is left out from then on, which protects your reputation.
