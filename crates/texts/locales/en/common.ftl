# What is said in many places. An id here has no prefix.
save = Save
saved = Saved.
saved-mark = Saved
cancel = Cancel
close = Close
delete = Delete
remove = Remove
keep = Keep
change = Change
add = Add
undo = Undo
copy = Copy
copied = Copied
export = Export
search = Search
loading = Loading
name = Name
email = E-mail
first-name = First name
last-name = Last name
yes = Yes
no = No
contacts-count =
    { $count ->
        [one] { $count } contact
       *[other] { $count } contacts
    }
ui-added-changed = Added { $added }, changed { $changed }
