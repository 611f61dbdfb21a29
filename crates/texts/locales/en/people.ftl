# A contact's page.
people-fields = Fields
people-lists = Lists
people-timeline = Timeline
people-delete-contact = Delete this contact?
people-delete-contact-text = Notes, consents and the timeline go with it. An unsubscription stays in force for the address. This can be undone for { $days } days.
people-add-attribute = Add an attribute
people-attribute-example = city
# Read out: a field in place that a click opens.
people-change-field = { $field }: { $value }. Change it
people-change-empty = { $field }: empty. Change it
people-choose-list-first = Choose a list first.
people-on-no-list = On no list.
people-take-off = Take off { $list }
people-add-to-list = Add to a list
people-list-reason = Why, kept as proof
people-list-reason-example = Asked for it by phone

# Its timeline: notes, and what happened.
people-add-note = Add a note
people-keep-note = Add the note
people-change-note = Change the note
people-save-note = Save the note
people-leave-note = Leave it
people-delete-note = Delete the note
people-note-changed = Changed since.
people-nothing-happened = Nothing happened yet.
people-show-older = Show older
people-when-by = { $when }, by { $who }
people-when-from = { $when }, from { $address }
people-when-by-from = { $when }, by { $who }, from { $address }
# An event alone, and with what it is about: a campaign, a list, a form, a file.
people-event-added = Added
people-event-imported = Imported from
people-event-imported-of = Imported from { $what }
people-event-edited = Edited
people-event-joined = Joined
people-event-joined-of = Joined { $what }
people-event-left = Left
people-event-left-of = Left { $what }
people-event-signed-up = Signed up by
people-event-signed-up-of = Signed up by { $what }
people-event-confirmation-sent = Confirmation asked for
people-event-confirmation-sent-of = Confirmation asked for { $what }
people-event-confirmed = Confirmed
people-event-confirmed-of = Confirmed { $what }
people-event-consent-recorded = Consent written down for
people-event-consent-recorded-of = Consent written down for { $what }
people-event-preferences = Changed their preferences
people-event-unsubscribed = Unsubscribed
people-event-unsubscribed-of = Unsubscribed { $what }
people-event-returned = May be mailed again
people-event-suppressed = Suppressed
# What follows is why: people-stopped-….
people-event-suppressed-of = Suppressed { $what }
people-event-sent = Mailed
people-event-sent-of = Mailed { $what }
people-event-not-sent = Not mailed
people-event-not-sent-of = Not mailed { $what }
people-event-queued = Waits to be mailed
people-event-queued-of = Waits to be mailed { $what }
people-event-opened = Opened
people-event-opened-of = Opened { $what }
people-event-clicked = Clicked in
people-event-clicked-of = Clicked in { $what }
people-event-note = Note
# Any other event with something it is about.
people-event-of = { $event } { $what }
# Under an event: more about it.
people-edited-email = e-mail
people-edited-first-name = first name
people-edited-last-name = last name
people-consented-general = e-mail in general
people-in-preferences = in the preference centre
people-imported-onto = onto { $lists }
people-imported-onto-by = onto { $lists }. { $source }
people-mail-in-doubt = In doubt: { $reply }
people-stopped-unsubscribed = unsubscribed
people-stopped-bad-address = the address does not work
people-stopped-complaint = complained about a mail
people-stopped-manual = put on the suppression list

# Its consents, and what shows them.
people-consent = Consent
people-consent-kept = Kept.
people-consent-write-down = Write down a consent
people-consent-source = Where it comes from
people-consent-source-hint = Kept as proof for e-mail in general and every list above, under your name.
people-consent-keep = Keep it
people-consent-general = E-mail in general
people-consent-given = Given
people-consent-pending = Waits for confirmation
people-consent-withdrawn = Withdrawn
people-method-form = Sign-up form
people-method-import = Import
people-method-hand = Entered by hand
people-method-preferences = Preference centre
people-method-api = API
people-method-unknown = No record
people-proof-when = When
people-proof-how = How
people-proof-by = By
people-proof-why = Why
people-proof-wording = Agreed to
people-proof-page = On
people-proof-from = From
people-proof-confirmed = Confirmed
people-proof-confirmed-from = Confirmed from

# Actions over many contacts: what they are called.
people-action-add = Add to “{ $list }”
people-action-remove = Remove from “{ $list }”
people-action-set = Set { $name } to “{ $value }”
people-action-clear = Clear { $name }
people-action-unsubscribe = Unsubscribe
people-action-suppress = Suppress
people-action-delete = Delete
people-action-merge = Merge into { $contact }
people-action-undo = Undo: { $action }
# What has come of them; a full stop may follow.
people-done-added =
    { $count ->
        [one] { $count } contact added
       *[other] { $count } contacts added
    }
people-done-removed =
    { $count ->
        [one] { $count } contact removed
       *[other] { $count } contacts removed
    }
people-done-changed =
    { $count ->
        [one] { $count } contact changed
       *[other] { $count } contacts changed
    }
people-done-unsubscribed =
    { $count ->
        [one] { $count } contact unsubscribed
       *[other] { $count } contacts unsubscribed
    }
people-done-suppressed =
    { $count ->
        [one] { $count } contact suppressed
       *[other] { $count } contacts suppressed
    }
people-done-deleted =
    { $count ->
        [one] { $count } contact deleted
       *[other] { $count } contacts deleted
    }
people-done-merged =
    { $count ->
        [one] { $count } contact merged
       *[other] { $count } contacts merged
    }
people-taken-back = { $count } taken back
people-done-and-left = { $done }, { $left } left as they were
people-said-done = { $result }.
people-said-cancelled = Cancelled: { $result }.
people-goes-on = { $action }: goes on in the background.
people-did-not-work = This did not work.
# Why so many were left as they were; addresses of some may follow.
people-skip-gone = { $count } no longer there
people-skip-in-list = { $count } in the list already
people-skip-not-in-list = { $count } not in the list
people-skip-same-value = { $count } with this value already
people-skip-no-attribute = { $count } without this attribute
people-skip-too-many-attributes = { $count } with as many attributes as a contact may have
people-skip-stopped-already = { $count } not mailed already
people-skip-changed-since = { $count } changed since
people-skip-stopped-since = { $count } unsubscribed or suppressed since, which stays
people-skip-address-taken = { $count } whose address was added anew meanwhile
people-skip-list-gone = { $count } whose list is no longer there
people-skip-erased = { $count } whose data were erased at their wish
people-skip-examples = { $why }: { $examples }

# The page of actions.
people-actions = Actions
people-actions-note = What was done to contacts lately. It can be undone for { $days } days; then what would undo it is removed.
people-actions-none = Nothing yet
people-actions-none-text = Select contacts and choose what to do with them: it is listed here, and can be undone.
people-to-contacts = To the contacts
people-actions-what = What
people-actions-state = State
people-actions-result = Result
people-actions-when = When
people-undone = Undone
people-going-on = Going on
people-progress =
    { $done } of { $total ->
        [one] { $total } contact
       *[other] { $total } contacts
    }
people-bulk-queued = Waiting
people-bulk-running = Running
people-bulk-done = Done
people-bulk-cancelled = Cancelled
people-bulk-failed = Failed

# The bar above a list while somebody is selected, and what it asks.
people-selected = Selected contacts
people-selected-count = { $count } selected
people-select-all = Select all { $count } that match
people-select-page = Select the page
people-clear = Clear
people-ask-add = Add to list
people-ask-add-text =
    { $count ->
        [one] { $count } contact will be in the list.
       *[other] { $count } contacts will be in the list.
    } Those in it already stay. This can be undone for { $days } days.
people-ask-remove = Remove from list
people-ask-remove-heading = Remove from a list
people-ask-remove-text =
    { $count ->
        [one] { $count } contact will leave the list.
       *[other] { $count } contacts will leave the list.
    } The contacts themselves stay. This can be undone for { $days } days.
people-ask-attribute = Set attribute
people-ask-attribute-heading = Set an attribute
people-ask-attribute-text =
    { $count ->
        [one] { $count } contact will have this value.
       *[other] { $count } contacts will have this value.
    } What they had before is replaced. This can be undone for { $days } days.
people-ask-clear-text =
    { $count ->
        [one] { $count } contact will have no such value any more.
       *[other] { $count } contacts will have no such value any more.
    } This can be undone for { $days } days.
people-ask-stop-heading = Do not mail these contacts any more?
people-ask-stop-text =
    { $count ->
        [one] { $count } contact will get no more mail, in any list.
       *[other] { $count } contacts will get no more mail, in any list.
    } This can be undone for { $days } days.
people-ask-delete-heading = Delete these contacts?
people-ask-delete-text =
    { $count ->
        [one] { $count } contact will go, with attributes and list memberships.
       *[other] { $count } contacts will go, with attributes and list memberships.
    } Unsubscriptions stay in force. This can be undone for { $days } days.
people-list = List
people-list-none = Choose a list
people-list-with-count = { $list } ({ $count })
people-choose-list = Choose a list.
people-attribute = Attribute
people-attribute-clear = Clear it instead
people-value = Value
people-value-hint = Text, a whole number, true or false.
people-stop-why = Why
people-stop-asked = They have asked for it
people-stop-ours = We do not want to mail them

# Duplicates: searched for, side by side, merged.
people-duplicates = Duplicates
people-duplicates-note = Contacts that are probably one person. Nothing is merged unless you say so, and it can be undone.
people-duplicates-none = No duplicates
people-duplicates-none-text = Nobody who was found is left to be looked at.
people-duplicates-address = One mailbox
people-duplicates-attribute = Same value
people-duplicates-name = Same name, same domain
people-searching = Searching
people-contacts-looked-at = Contacts looked at
people-search-hint = Addresses that lead to one mailbox, the same name at one domain and, if you like, the same value of an attribute.
people-search-attribute = Also the same value of
people-search-attribute-example = phone
people-search-cancelled = The last search was cancelled.
people-search-told = { $told } { $when }
people-looked-at =
    { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    } looked at, { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    } found.
people-looked-at-left-out =
    { $contacts ->
        [one] { $contacts } contact
       *[other] { $contacts } contacts
    } looked at, { $groups ->
        [one] { $groups } group
       *[other] { $groups } groups
    } found. { $values ->
        [one] { $values } value
       *[other] { $values } values
    } shared by more than { $max } contacts left out.
people-side-by-side = Side by side
people-field = Field
people-address = Address
people-status = Status
people-added = Added
people-leave-out = Leave out
people-leave-out-whom = Leave out { $address }
people-merge-stays = Stays
people-merge-goes = Goes
people-merge-left-out = Left out
people-merge-stays-whose = { $address } stays
people-value-of = { $field }: { $value }, of { $address }
people-merge-hint = Lists are united. What the one that stays lacks comes from the others.
people-merge-warning = { $address } is not mailed any more: the one that stays will not be, either.
people-merge = Merge
people-not-the-same = Not the same
people-told-apart = Remembered: they are not shown together again.

# The suppression list.
people-suppressed = Suppressed
people-suppressed-note = Addresses that are never mailed, by any campaign, whatever is imported.
people-suppressed-search = Search by the start of an address
people-suppressed-none = Whoever unsubscribes, complains or cannot be reached is listed here.
people-suppressed-no-match = Nobody here matches. Try fewer letters, or every reason.
people-nobody = Nobody
people-reason = Reason
people-reason-every = Every reason
people-reason-unsubscribed = Unsubscribed
people-reason-bad-address = Address refused
people-reason-complaint = Complaint
people-reason-manual = Added by hand
people-suppressed-why = Why
people-since = Since
people-origin = Origin
people-origin-campaign = A campaign
people-origin-action = An action
people-origin-preferences = preferences
people-origin-erased = erased
people-erased-address = An erased address
people-remove-whom = Remove { $address }
people-never-mail = Never mail
people-address-example = name@example.com
people-suppressed-done = It will not be mailed any more.
people-again = Mail this address again?
people-again-unsubscribed = { $address } can be mailed again after this. They have asked not to be mailed. Mailing them again without a new wish of theirs breaks the law in many countries.
people-again-bad-address = { $address } can be mailed again after this. The server of this address has refused it for good. Mail to such addresses harms your reputation.
people-again-complaint = { $address } can be mailed again after this. They have reported your mail as spam. Mailing them again harms the reputation of everybody who sends from here. Only go on if they have asked you to.
people-again-manual = { $address } can be mailed again after this. Somebody of this workspace has put it here.
people-again-type = Type the address
people-again-remove = Remove from the list
people-again-done = { $address } can be mailed again.
