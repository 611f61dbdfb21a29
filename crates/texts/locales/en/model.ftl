# Checks that both the browser and the server run.

# An address goes on after “This address”; a domain's name after “This”.
model-email-empty = is empty
model-email-long = is longer than an address can be
model-email-no-at = has no @
model-email-no-local = has nothing before the @
model-email-long-local = has more than { $max } characters before the @
model-email-letters = has letters before the @ that mail servers do not take
model-email-character = has a character before the @ that is not allowed
model-email-dot = has a misplaced dot before the @
model-domain-none = has no domain
model-domain-wrong = has a domain that is not valid
model-domain-no-dot = has a domain without a dot

# Names and passwords.
model-needed = This is needed.
model-too-short = Use at least { $min } characters.
model-too-long = Use at most { $max } characters.
model-control = Line breaks and control characters are not allowed here.
model-attribute-letter = An attribute's name starts with a letter.
model-attribute-characters = Use at most { $max } letters, digits and underscores.
model-attribute-taken = That name is a field of every contact.

# What is not there. The word chooses the sentence.
model-no-such =
    { $what ->
        [action] There is no such action.
        [attribute] There is no such attribute.
        [campaign] There is no such campaign.
        [contact] There is no such contact.
        [domain] There is no such domain.
        [file] There is no such file.
        [file-of-rejected-rows] There is no such file of rejected rows.
        [form] There is no such form.
        [group] There is no such group.
        [import] There is no such import.
        [invitation] There is no such invitation.
        [link] There is no such link.
        [list] There is no such list.
        [logo] There is no such logo.
        [member] There is no such member.
        [page] There is no such page.
        [segment] There is no such segment.
        [session] There is no such session.
        [suppressed-address] There is no such suppressed address.
        [team] There is no such team.
        [tracking-domain] There is no such tracking domain.
        [workspace] There is no such workspace.
       *[other] There is no such { $name }.
    }
