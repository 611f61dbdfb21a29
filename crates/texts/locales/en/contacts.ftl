# The tabs under the head of every page.
contacts-title = Contacts
contacts-tab-lists = Lists
contacts-tab-segments = Segments
contacts-tab-attributes = Attributes
contacts-tab-suppressed = Suppressed
contacts-tab-duplicates = Duplicates
contacts-tab-actions = Actions

# Whether somebody may be mailed.
contacts-status-active = Active
contacts-status-unsubscribed = Unsubscribed
contacts-status-suppressed = Suppressed

# Everybody.
contacts-add = Add a contact
contacts-search = Search by the start of an address
contacts-filter-list = List
contacts-filter-all = All contacts
contacts-filter-segment = Segment
contacts-filter-any-segment = Any segment or none
contacts-nobody-title = Nobody matches
contacts-nobody-text = The search looks at the start of addresses. Try fewer letters, or all contacts.
contacts-empty-title = No contacts yet
contacts-empty-text = Import them from a CSV file, or add one by hand.
contacts-import-file = Import a file
contacts-select-page = Select all on this page
contacts-select = Select { $who }
contacts-column-address = Address
contacts-column-status = Status
contacts-column-added = Added

# A contact is added.
contacts-form-lists = Lists
contacts-form-no-lists = There are no lists yet. { $link }
contacts-form-make-list = Make one
contacts-consent-label = Where their consent comes from
contacts-consent-hint = A sentence, kept as proof: “Asked for it by phone on 3 May.” Empty: the page says that there is no record.

# Lists.
contacts-lists-title = Lists
contacts-lists-note = A campaign goes to one or more lists.
contacts-lists-new = A new list
contacts-lists-placeholder = Newsletter
contacts-lists-make = Make
contacts-lists-empty-title = No lists yet
contacts-lists-empty-text = Make a list, then import contacts into it.
contacts-lists-column-list = List
contacts-lists-column-contacts = Contacts
contacts-lists-column-made = Made
contacts-lists-column-actions = Actions
contacts-lists-settings = Settings
contacts-lists-settings-of = Settings of { $name }
contacts-lists-delete-one = Delete { $name }
contacts-lists-gone = “{ $name }” is gone; its contacts are still there.
contacts-lists-delete-title = Delete this list?
contacts-lists-delete-text =
    { $count ->
        [one] “{ $name }” with { $count } member. The contacts themselves stay.
       *[other] “{ $name }” with { $count } members. The contacts themselves stay.
    }
contacts-lists-delete-action = Delete the list

# A list's own page.
contacts-list-note = What the list is called, and how people join it.
contacts-list-contacts = Its contacts
contacts-list-description = Description, for the team
contacts-list-seen = What people see
contacts-list-private = Not shown in the preference centre
contacts-list-private-hint = People leave it only with everything else.
contacts-list-public-name = Public name
contacts-list-public-name-hint = Empty: the name above.
contacts-list-public-description = Public description
contacts-list-double = Double opt-in
contacts-list-double-check = Who signs up by a form confirms by mail first
contacts-list-double-hint = Until then they are no contact, and no campaign reaches them.
contacts-list-sender = Sender's name
contacts-list-sender-hint = Empty: the workspace's.
contacts-list-local = Before the @
contacts-list-domain = Domain
contacts-list-domain-none = No verified domain yet
contacts-list-domain-choose = Choose a domain
contacts-list-subject = Subject
contacts-list-text = Text
contacts-list-text-hint = The button, what it is about and your postal address are put under it.
contacts-list-after = Shown once it is confirmed
contacts-list-after-hint = Empty: a sentence of ours.
# What stands in the mail until somebody writes it otherwise. A line must not be empty here, or the browser would not have it.
contacts-list-mail-subject = Please confirm your sign-up
contacts-list-mail-text =
    Hello,
    {""}
    thank you for signing up. Please confirm that you want our mail.

# Attributes.
contacts-attributes-title = Attributes
contacts-attributes-note = What is known of a contact besides name and address. Templates write {"{{ contact.name }}"}; segments compare by type.
contacts-attributes-empty-title = No attributes yet
contacts-attributes-empty-text = Add one here, or import a file: its columns become attributes.
contacts-attributes-new = A new attribute
contacts-attributes-placeholder = favourite_colour
contacts-attributes-type = Type
contacts-attributes-column-contacts = Contacts that have it
contacts-attributes-column-actions = Actions
contacts-attributes-removing = Being deleted
contacts-attributes-change-type = Change type
contacts-attributes-change-type-of = Change the type of { $name }
contacts-attributes-delete-one = Delete { $name }
contacts-attribute-kind-text = Text
contacts-attribute-kind-number = Number
contacts-attribute-kind-yes-no = Yes or no
contacts-attribute-kind-date = Date

# Another type for an attribute, and what becomes of the values.
contacts-kind-dialog = Change the type
contacts-kind-title = The type of “{ $name }”
contacts-kind-choose = Choose another type to see what becomes of the values.
contacts-kind-looking = Looking at the values…
contacts-kind-action = Change the type
contacts-kind-changed = “{ $name }” has another type now.
contacts-kind-no-values = No contact has a value yet.
contacts-kind-all-fit =
    { $count ->
        [one] { $count } value fit the new type.
       *[other] { $count } values fit the new type.
    }
contacts-kind-misfits =
    { $count ->
        [one] { $misfits } of { $count } value would not fit, such as { $examples }. They stay as they are, but count as empty; under the old type they are back.
       *[other] { $misfits } of { $count } values would not fit, such as { $examples }. They stay as they are, but count as empty; under the old type they are back.
    }
contacts-kind-segments = Segments that ask what cannot be asked of a { $kind }: { $segments }. They need a look afterwards.
contacts-kind-stale = Contacts have just changed: the figures are being brought up to date.

# An attribute is deleted.
contacts-attribute-delete-dialog = Delete this attribute
contacts-attribute-delete-title = Delete “{ $name }”?
contacts-attribute-delete-text =
    { $count ->
        [one] { $count } contact has it. The values go from the contacts in the background, and cannot be brought back. Type the name to go on.
       *[other] { $count } contacts have it. The values go from the contacts in the background, and cannot be brought back. Type the name to go on.
    }
contacts-attribute-delete-name = Its name
contacts-attribute-delete-action = Delete the attribute
contacts-attribute-deleting = “{ $name }” is being deleted.

# A contact's values; what is wrong with one stands behind the attribute's name and a colon.
contacts-attribute-fields = Attributes
contacts-attribute-fields-none = There are no attributes yet. { $link }
contacts-attribute-fields-add = Add one
contacts-attribute-misfit = Does not fit the type ({ $kind }): counts as empty.
contacts-value-no-scalar = is neither text, a number, nor yes or no
contacts-value-no-number = “{ $value }” is not a number such as 42 or 1.5
contacts-value-no-yes-no = “{ $value }” is neither yes nor no
contacts-value-no-date = “{ $value }” is not a date such as 2026-11-24

# Imports: how far one is.
contacts-import-uploaded = To be mapped
contacts-import-queued = Waiting
contacts-import-running = Running
contacts-import-done = Done
contacts-import-cancelled = Cancelled
contacts-import-failed = Failed

# A new import, and those there were.
contacts-import-title = Import
contacts-import-note = Contacts from a CSV file. Who is there already is updated, not doubled.
contacts-import-uploading = Uploading… { $percent }%
contacts-import-choose = Choose a CSV file
contacts-import-any = Any delimiter, any encoding, up to 512 MB
contacts-import-sent = Sent of the file
contacts-import-offline = The upload did not go through. Check the connection and try again.
contacts-import-empty-title = No imports yet
contacts-import-empty-text = What you import is listed here with its report.
contacts-import-column-file = File
contacts-import-column-state = State
contacts-import-column-rows = Rows
contacts-import-column-rejected = Rejected
contacts-import-column-when = When
contacts-paste-summary = Or paste rows
contacts-paste-rows = Rows
contacts-paste-hint = As copied from a spreadsheet: the first line with the columns' names, then a person a line.
contacts-paste-go = Go on with these
contacts-paste-file = pasted.csv

# An import is set up.
contacts-map-note = Say where each column goes. Nothing is imported before you start.
contacts-map-how = How the file is read
contacts-map-encoding = Encoding
contacts-map-delimiter = Delimiter
contacts-map-comma = Comma
contacts-map-semicolon = Semicolon
contacts-map-tab = Tab
contacts-map-pipe = Pipe
contacts-map-header = The first row is a header
contacts-map-columns = Columns
contacts-map-columns-region = The file's columns
contacts-map-column = Column
contacts-map-samples = First values
contacts-map-to = Goes to
contacts-map-where = Where { $column } goes
contacts-map-ignore = Ignore
contacts-map-attribute = Attribute { $name } ({ $kind })
contacts-map-new-attribute = New attribute { $name }
contacts-map-preview = Preview
contacts-map-lists = Lists
contacts-map-no-lists = There are no lists yet: a campaign needs one. { $link }
contacts-map-join = Everyone in the file joins “{ $list }”
contacts-map-consent = Consent
contacts-map-consent-hint = A sentence, kept as proof with everyone in the file: “Newsletter form on our site, since 2021.”
contacts-map-start = Start the import
contacts-preview-region = The first rows
contacts-preview-attributes = Attributes
contacts-preview-rejected = Rows that would be rejected, among the first { $count }
contacts-preview-line = Line { $line }

# An import that runs, or has run.
contacts-run-read = Read of the file
contacts-run-rows = Rows
contacts-run-created = New contacts
contacts-run-updated = Updated
contacts-run-rejected = Rejected
contacts-run-rejected-file = Rejected rows with their reasons
contacts-run-to-contacts = To the contacts
contacts-run-cancel-title = Cancel this import?
contacts-run-cancel-text = What was imported so far stays.
contacts-run-cancel-action = Cancel the import
