# Sign-up forms: the list.
forms-title = Sign-up forms
forms-note = People join your lists by them: on a page of their own, or on your site.
forms-new = A new form
forms-new-example = On the website
forms-leads-to = Leads to
forms-choose-list = Choose a list.
forms-make = Make it
forms-no-list = No list yet
forms-no-list-text = A form leads to a list: make one first.
forms-to-lists = To the lists
forms-none = No forms yet
forms-none-text = Make one, then share its page or paste it into your site.
forms-form = Form
forms-sent-in = Sent in
forms-joined = Joined
forms-confirmed = Confirmed
forms-confirmed-of = { $confirmed } of { $asked }
forms-made = Made

# A form: what it says, and what came of it.
forms-open = Open the form
forms-joined-at-once = Joined at once
forms-asked = Asked to confirm
forms-trapped = Taken for machines
forms-the-form = The form
forms-name = Name, for the team
forms-heading = Heading
forms-intro = Text above the fields
forms-button = Button
forms-accent = Button's colour
forms-lists = Lists
forms-choose = People tick which of these they want
forms-choose-hint = Otherwise they join all of them.
forms-consent = Consent
forms-consent-sentence = The sentence beside the checkbox
forms-consent-hint = Kept as proof with every sign-up. Empty: there is no checkbox.
forms-afterwards = Afterwards
forms-success = What is shown
forms-success-hint = Where a list asks for a confirmation, a line about the mail is put under it.
forms-redirect = Or go to this page
forms-redirect-hint = https only. The form says where it leads.
forms-preview = Preview
forms-delete = Delete this form?
forms-delete-text = Its page and what is on other sites close. Everybody who signed up stays.
forms-delete-button = Delete the form

# Its fields.
forms-fields = Fields
forms-email-label = What the address is called
forms-add-field = Add a field
forms-kind-text = Text
forms-kind-number = Number
forms-kind-date = Date
forms-kind-yes-no = Yes or no
forms-field = Field { $label }
forms-fills-in = Fills in
forms-attribute = Attribute
# A name of an attribute: lower case, without accents.
forms-attribute-example = city
forms-label = Label
forms-needed = Needed
forms-take-away = Take away { $label }

# How it gets onto a site. What is copied goes on after “Copy”.
forms-on-site = On your site
forms-own-page = Its own page
forms-copy-address = the address
forms-in-frame = In a frame
forms-copy-frame = the frame
forms-as-html = As plain HTML
forms-copy-html = the HTML
forms-plain-html = Other sites may post to it without having loaded it
forms-plain-html-hint = Needed for plain HTML. Fewer sign-ups an address are taken that way.

# The form itself, as strangers see it; the editor's preview shows it, too.
forms-optional = { $label } (optional)
forms-what-you-want = What you want
forms-afterwards-to = Afterwards you go on to { $host }.
forms-leave-empty = Leave this empty

# What a new form says: in the language of its workspace.
forms-default-title = Stay in touch
forms-default-consent = Yes, send me e-mail. I can leave at any time by a link in every mail.
forms-default-button = Sign up
forms-default-success = Thank you. You are on the list.

# What is wrong with a draft.
forms-control = Control characters are not allowed here.
forms-colour = Write a colour as # and six hexadecimal digits, such as #4338ca.
forms-too-many-fields = A form has at most { $max } fields.
forms-choose-lists = Choose one to { $max } lists.
forms-attribute-wrong = “{ $name }”: { $why }
forms-field-twice = A field is there twice. Take one away.
forms-redirect-whole = Write a whole address that starts with https://.
forms-redirect-wrong = This address cannot be used. Write https://, a domain, and a path.
