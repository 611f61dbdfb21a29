# The list.
segments-title = Segments
segments-note = Contacts by a rule: who is in one is found anew each time.
segments-new = New segment
segments-empty = No segments yet
segments-empty-text = For example: everyone in Paris who has opened something in the last 30 days.
segments-updating = Being brought up to date
segments-needs-a-look = Needs a look
segments-segment = Segment
segments-contacts = Contacts
segments-changed = Changed
segments-actions = Actions
segments-show-contacts-of = Show the contacts of { $name }

# The builder.
segments-new-title = A new segment
segments-show-contacts = Show the contacts
segments-about-to-be-sent = About to be sent to this segment: { $campaigns }. What you change here changes who gets it.
segments-delete-title = Delete this segment?
segments-delete-text = The contacts themselves stay. Campaigns that were sent keep their recipients.
segments-delete-yes = Delete the segment
segments-rule = Rule
segments-group = Group
segments-matching-rule = How the conditions belong together
segments-matching-group = How the group's conditions belong together
segments-all = All of these hold
segments-any = Any of these holds
segments-remove-group = Remove the group
segments-add-condition = Condition
segments-add-group = Group
segments-found = Found
segments-counting = Counting…
segments-finish = Finish the conditions to see whom they find.
segments-found-of =
    { $count ->
        [one] { $found } of { $count } contact
       *[other] { $found } of { $count } contacts
    }
segments-newest = The newest of them
segments-found-hint = Text is compared without regard to case. “Is not” also finds those without a value. Opens and clicks count once a campaign, the first time. “Contains” looks at the first 256 characters.

# A condition: the field, what is asked of it, the value.
segments-field = Field
segments-field-created = Added
segments-field-status = Status
segments-field-list = List
segments-field-campaign = Campaign
segments-field-received = Received a campaign
segments-field-opened = Opened a campaign
segments-field-clicked = Clicked in a campaign
segments-fields-contact = Contact
segments-fields-attributes = Attributes
segments-fields-lists = Lists
segments-fields-activity = Activity
segments-attribute-gone = { $name } (deleted)
segments-comparison = Comparison
segments-remove-condition = Remove this condition
segments-choose-list = Choose a list
segments-any-campaign = Any campaign
segments-not-listed = One that is not listed here
segments-value = Value
segments-days = Days
segments-days-unit = days
segments-from = From
segments-and = and
segments-to = To

# What is asked, between the field and the value.
segments-op-in = is in
segments-op-not-in = is not in
segments-op-on = is on
segments-op-is = is
segments-op-is-not = is not
segments-op-contains = contains
segments-op-contains-not = does not contain
segments-op-starts-with = starts with
segments-op-empty = is empty
segments-op-not-empty = is not empty
segments-op-greater = is more than
segments-op-less = is less than
segments-op-between = is between
segments-op-before = is before
segments-op-after = is after
segments-op-in-last = in the last … days
segments-op-not-in-last = not in the last … days
segments-op-ever = ever
segments-op-never = never
segments-op-yes = is yes
segments-op-no = is no

# Whether a contact is mailed, and why not.
segments-standing-active = Active
segments-standing-unsubscribed = Unsubscribed
segments-standing-suppressed = Suppressed, for any reason
segments-standing-bad-address = Suppressed: the address does not work
segments-standing-complaint = Suppressed: has complained
segments-standing-manual = Suppressed by hand

# What is wrong with a rule.
segments-wrong-no-attribute = There is no attribute “{ $name }” any more. Choose another.
segments-wrong-op = This cannot be asked of it any more. Choose again.
segments-wrong-no-list = Choose a list.
segments-wrong-no-value = Give a value.
segments-wrong-long = Use at most { $max } characters.
segments-wrong-days = Give a number of days from 1 to { $max }.
segments-wrong-number = Give a number such as 42 or 1.5.
segments-wrong-numbers = The first number is larger than the second.
segments-wrong-date = Give a date such as 2026-11-24.
segments-wrong-dates = The first date is after the second.
segments-wrong-status = Choose a status.
segments-wrong-deep = Groups can be nested { $max } deep, not deeper.
segments-wrong-empty = A group is empty. Add a condition to it, or remove it.
segments-wrong-many = Use at most { $max } conditions and groups.
