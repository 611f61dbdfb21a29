# The pages' names: in the frame, over lists and charts, in the search.
places-dashboard = Dashboard
places-campaigns = Campaigns
places-contacts = Contacts
places-import = Import
places-forms = Forms
places-domains = Domains
places-settings = Settings

# The frame around every page.
places-skip = Skip to the content
places-menu = Menu
# The navigation, for screen readers.
places-main = Main
places-sign-out = Sign out
places-workspace = Workspace
places-new-workspace = New workspace
# For the owner, with a link.
places-closing-own = This workspace will be deleted on { $when }. Nothing is sent from it any more. { $restore }
places-closing-restore = Restore it
places-closing = This workspace will be deleted on { $when }. Nothing is sent from it any more. Its owner can restore it.

# The search over everything: what it lists.
places-pages = Pages
places-actions = Actions
places-lists = Lists
places-segments = Segments
places-attributes = Attributes
places-suppressions = Suppressed addresses
places-duplicates = Duplicates
places-contact-actions = Actions over contacts
places-sign-up-forms = Sign-up forms
places-settings-workspace = Settings: Workspace
places-settings-sending = Settings: Sending
places-settings-data = Settings: Data
places-settings-team = Settings: Team
places-settings-account = Settings: Your account
places-settings-audit = Settings: Audit log
places-add-contact = Add a contact
places-import-file = Import a file
places-new-campaign = New campaign
places-add-domain = Add a domain
places-theme = Switch theme
# Beside a campaign's name.
places-campaign-state =
    { $state ->
        [draft] draft
        [scheduled] scheduled
        [preparing] preparing
        [sending] sending
        [paused] paused
        [finished] finished
       *[cancelled] cancelled
    }

# The search over everything: around the list.
places-find = Find
places-find-what = Find a page, a campaign or a contact
places-find-hint = A page, a campaign, the start of an address
places-found = Found
places-searching = Searching…
places-nothing-found = Nothing found

# The table of shortcuts.
places-shortcuts = Keyboard shortcuts
places-keys-what = What it does
places-keys = Keys
places-keys-mac = The same on a Mac
places-keys-search = Search on this page
places-keys-send = Send the form one is in
places-keys-help = Show these shortcuts
places-keys-close = Close what is open
# Two keys, one after the other.
places-keys-then = { $first } then { $second }

# The dashboard: first steps.
places-steps = First steps
places-steps-done = { $done } of { $of } done
places-step-done = Done
places-step-domain = Prove your sending domain
places-step-domain-text = Five DNS records, checked for you.
places-step-contacts = Import your contacts
places-step-contacts-text = From a CSV file, with a report.
places-step-address = Set your postal address
places-step-address-text = It stands under every bulk message, as the law asks.
places-step-send = Send your first campaign
places-step-send-text = Write it, review it, send it.
places-step-send-begun = You have begun one: review it, send it.

# The dashboard: what was sent.
places-accepted = Accepted
places-accepted-lately = Accepted, 30 days
places-opened = Opened
places-clicked = Clicked
places-unsubscribed = Unsubscribed
places-failed = Failed
places-lately = The last 30 days
places-lately-chart = Accepted, opened and clicked by day
places-newest = Newest campaigns
places-no-campaigns = No campaigns yet
places-no-campaigns-text = A campaign is one message to one or more lists.
places-write-campaign = Write a campaign

# The front page.
places-landing-title = Email that arrives, and proof of what happened to it.
places-landing-lead = Send campaigns from domains that DNS vouches for. Every recipient has a row that says what became of the message: queued, accepted with the server's own words, deferred, refused, left out, and why.
places-sign-in = Sign in
places-make-workspace = Make a workspace
places-isolated = Isolated by the database
places-isolated-text = Each workspace's rows are refused to every other by the database itself, not by a filter somebody may forget.
places-vouched = Nothing leaves unvouched
places-vouched-text = Ownership, DKIM, SPF, DMARC and return path all pass, or nothing is sent.
places-one-click = One click to leave
places-one-click-text = Unsubscribing is honoured at once, also by messages already queued.
places-security = Security

# An address that leads nowhere.
places-missing-title = Not found
places-missing = There is no such page
places-missing-text = The address may be mistyped, or what was here is gone.
places-to-dashboard = To the dashboard

# What cannot be told more exactly.
places-unreachable = The server cannot be reached. Check the connection and try again.
places-went-wrong = Something went wrong. Try again.
