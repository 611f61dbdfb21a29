# Mails of the instance to members: subjects and bodies, as plain text. Blank lines within a body are part of it.

# What stands in several.
mail-hello = Hello,
mail-hello-name = Hello { $name },
mail-minute =
    { $day } { $month ->
        [jan] Jan
        [feb] Feb
        [mar] Mar
        [apr] Apr
        [may] May
        [jun] Jun
        [jul] Jul
        [aug] Aug
        [sep] Sep
        [oct] Oct
        [nov] Nov
       *[dec] Dec
    } { $year }, { $time } UTC
mail-date =
    { $day } { $month ->
        [jan] January
        [feb] February
        [mar] March
        [apr] April
        [may] May
        [jun] June
        [jul] July
        [aug] August
        [sep] September
        [oct] October
        [nov] November
       *[dec] December
    } { $year }, { $time } UTC

# Somebody signed up, or tried to sign in before the address was confirmed.
mail-confirm-subject = Confirm your address for { $instance }
mail-confirm-body =
    { $hello }

    open this link to confirm your address:

    { $link }

    It works once, for three days. If you did not sign up, you need do nothing.

# Somebody signed up with an address that has an account.
mail-already-subject = You already have an account on { $instance }
mail-already-body =
    Hello,

    somebody, probably you, signed up with this address, but it has an account already. Sign in here:

    { $link }

    If you have forgotten the password, the same page helps.

# The password was forgotten.
mail-reset-subject = A new password for { $instance }
mail-reset-body =
    Hello,

    open this link to set a new password:

    { $link }

    It works once, for an hour. If you did not ask for it, you need do nothing: your password stays.

# Into a workspace.
mail-invite-subject = { $by } invites you to { $workspace }
mail-invite-body =
    Hello,

    { $by } invites you to the workspace { $workspace } on { $instance }, in the role { $role }. Open this link to accept:

    { $link }

    It works once, for seven days. If you do not know what this is about, you need do nothing.

# A browser that was not seen before.
mail-device-subject = A new sign-in to { $instance }
mail-device-body =
    Hello,

    somebody signed in to your account from a browser that it was not used from before:

      when: { $at }
      from: { $address }
      browser: { $device }

    If that was you, you need do nothing. If not, open this link and end every session of your account at once; it works once, for seven days:

    { $link }

    Then set a new password.

# A domain's DNS records are wrong now. What was found begins in the same column, of 13, as what should be.
mail-drift-subject = { $domain } cannot send: a DNS record is wrong
mail-drift-body =
    Hello,

    the DNS records of { $domain } no longer say what { $instance } needs to send mail from it. { $held ->
        [0] No campaign was being sent from it; none starts until this is mended.
        [one] A campaign that was being sent from it has been paused.
       *[other] { $held } campaigns that were being sent from it have been paused.
    }

    { $records }

    The records are looked at again every five minutes. Here they are all:

    { $link }
mail-drift-record =
    { $what } ({ $kind } { $host })
    {"  "}found:     { $found }
    {"  "}should be: { $value }
mail-drift-nothing = nothing

# The end of a workspace: asked for, and two days before.
mail-closing-subject = { $workspace } will be deleted
mail-closing-body =
    Hello,

    { $by } has asked to delete the workspace { $workspace } on { $instance }. Nothing is sent from it any more. On { $due } everything in it is deleted for good: contacts, campaigns, reports, settings.

    Until then you can restore it here:

    { $link }
mail-closing-soon-subject = { $workspace } is deleted soon
mail-closing-soon-body =
    Hello,

    the workspace { $workspace } on { $instance } and everything in it is deleted for good on { $due }. This is the last mail about it. Until then you can restore it here:

    { $link }

# From a workspace to a recipient, in the workspace's language: a sign-up to be confirmed. The last stands under the link, before the postal address.
mail-recipient-confirm-text = Please confirm that you want mail from { $workspace }.
mail-recipient-confirm-button = Confirm
mail-recipient-confirm-why = You get this because somebody, probably you, entered this address to join: { $lists } ({ $workspace }). The link works for seven days. If it was not you, do nothing: nothing is sent.

# An erasure to be confirmed.
mail-recipient-erase-subject = Erase your data at { $workspace }
mail-recipient-erase-text = Somebody, probably you, asked { $workspace } to erase everything that it keeps about this address. Open the link and press the button to go on.
mail-recipient-erase-button = Go on
mail-recipient-erase-until = The link works for seven days. If it was not you, do nothing: nothing changes.
