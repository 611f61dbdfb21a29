# Pages that recipients and strangers reach by a link, in the language of the workspace.

# A link or a form that is not good.
recipients-no-link = This link is not good
recipients-form-closed = This form is closed
recipients-not-there = It may have been closed, or the link is not complete.
recipients-link-old = This link is no longer good

# Where the unsubscribe link leads. The first is title and button.
recipients-leave = Unsubscribe
recipients-leave-ask = Stop all mail from { $workspace } to { $email }?
recipients-leave-at-once = It takes effect at once.
recipients-left = You are unsubscribed
recipients-left-text = { $email } gets no more mail from { $workspace }.
recipients-to-preferences = Choose lists, see or erase your data

# After a form was sent in, or when it was not taken. “lead” is the text before it.
recipients-one-step = One step is left:
recipients-one-step-text = { $lead } look into your mail and press the button behind the link in it. If nothing comes, look into the spam folder, or sign up again in a few minutes.
recipients-too-many = Too many at once
recipients-too-many-text =
    Somebody at your address signed up a moment ago. Try again in { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }.
recipients-again = Please look at it once more and send it again.

# Behind a confirmation's link. The list's names stand under the text.
recipients-confirm = Confirm your sign-up
recipients-confirm-text = You get mail from { $workspace } once you press the button. You join:
recipients-confirm-button = Confirm
recipients-confirm-not-me = If you did not sign up, close this page: nothing is sent.
recipients-confirm-old = It works for seven days. Sign up again to get a new one.
recipients-confirmed = Confirmed
recipients-confirmed-text = You get mail from { $workspace } from now on.

# The preference centre.
recipients-preferences = Your preferences
recipients-preferences-whose = { $email } at { $workspace }
recipients-preferences-asked = Look into your mail: the link in it goes on. Nothing is erased before.
recipients-lists = Lists
recipients-lists-yours = You are on these lists
recipients-lists-none = There is no list to choose from.
recipients-mail = All mail
recipients-mail-stopped = No mail goes to this address any more.
recipients-mail-left = You are unsubscribed: you get no mail, whatever is ticked above.
recipients-mail-return = Get mail again
recipients-mail-leave-text = No more mail, whatever the list. It takes effect at once.
recipients-mail-leave = Unsubscribe from everything
recipients-data = Your data
recipients-data-text = A file with everything that is kept about you here.
recipients-data-download = Download my data
recipients-data-erase-text = Everything about you goes for good. A mail asks you to confirm it first.
recipients-data-erase = Erase my data

# Behind an erasure's link.
recipients-erase = Erase your data
recipients-erase-text = Everything that { $workspace } keeps about you goes: your name and what you told, your lists, notes, and what you opened. Of the mails you got stays that they were sent, not to whom. This cannot be undone.
recipients-erase-button = Erase everything
recipients-erase-not-me = If you did not ask for this, close the page: nothing changes.
recipients-erase-old = It works for seven days. Ask again in your preferences.
recipients-erased = Your data are erased
recipients-erased-text = Nothing about you is kept any more but a mark that keeps your address from being added again.
