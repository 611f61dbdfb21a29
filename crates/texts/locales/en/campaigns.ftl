# Where a campaign stands, in a word.
campaigns-state-draft = Draft
campaigns-state-scheduled = Scheduled
campaigns-state-preparing = Preparing
campaigns-state-sending = Sending
campaigns-state-paused = Paused
campaigns-state-finished = Finished
campaigns-state-cancelled = Cancelled
campaigns-progress = { $sent } of { $total } accepted

# Recipients by what became of them: over figures, and in charts.
campaigns-figure-accepted = Accepted
campaigns-figure-opened = Opened
campaigns-figure-clicked = Clicked
campaigns-figure-unsubscribed = Unsubscribed
campaigns-figure-failed = Failed
campaigns-figure-queued = Queued
campaigns-figure-deferred = Deferred
campaigns-figure-left-out = Left out
campaigns-figure-in-doubt = In doubt

# The list.
campaigns-title = Campaigns
campaigns-note = One message to one or more lists.
campaigns-campaign = Campaign
campaigns-state = State
campaigns-made = Made
campaigns-new = A new campaign
campaigns-new-example = November news
campaigns-write = Write it
campaigns-empty = No campaigns yet
campaigns-empty-text = Give one a name above. Nothing is sent before you have reviewed it.
campaigns-role-reads-none = Your role does not read campaigns. An owner or admin can change it.

# The editor.
campaigns-saving = Saving…
campaigns-not-saved = Not saved
campaigns-to-review = Review
campaigns-message = Message
campaigns-name-hint = Only you see it.
campaigns-subject = Subject
campaigns-preheader = Preheader
campaigns-preheader-hint = The line that inboxes show after the subject.
campaigns-html = HTML
campaigns-html-hint = Placeholders: {"{{ contact.first_name | default(\"there\") }}"}, {"{{ unsubscribe_url }}"}, {"{{ view_url }}"}
campaigns-own-text = Write the plain-text part myself
campaigns-own-text-hint = Otherwise it is made from the HTML.
campaigns-plain-text = Plain text
campaigns-sender = Sender
campaigns-no-domain = No domain is verified yet: nothing can be sent. { $link }
campaigns-to-domains = To the domains
campaigns-sender-address = Address
campaigns-sender-domain = Domain
campaigns-choose-domain = Choose a verified domain
campaigns-reply-to = Replies go to
campaigns-reply-to-hint = Empty: to the sender.
campaigns-recipients = Recipients
campaigns-lists = Lists
campaigns-no-lists = There are no lists yet. { $link }
campaigns-segments = Segments
campaigns-no-segments = There are no segments yet. { $link }
campaigns-make-list = Make one
campaigns-make-segment = Make one
campaigns-who-gets-it = Whoever is in a list or a segment gets it, once. A segment is looked up when the campaign starts.
campaigns-tracking = Tracking
campaigns-track-opens = Opens
campaigns-track-opens-hint = A pixel; mail programs that load images for their users count as opened.
campaigns-track-clicks = Clicks
campaigns-track-clicks-hint = Links lead through this server.
campaigns-preview = Preview
campaigns-preview-desktop = Desktop
campaigns-preview-phone = Phone
campaigns-preview-text = Text
campaigns-preview-frame = The message as its first recipient sees it
campaigns-delete-title = Delete this draft?
campaigns-delete-text = It cannot be brought back.
campaigns-delete-yes = Delete the draft
# What is wrong in a template, and where.
campaigns-problem = { $field }: { $message }
campaigns-problem-line = { $field }, line { $line }: { $message }
campaigns-field-subject = subject
campaigns-field-preheader = preheader
campaigns-field-text = text

# The review.
campaigns-review-title = Review: { $name }
campaigns-back-to-writing = Back to writing
campaigns-can-it-be-sent = Can it be sent?
campaigns-nothing-stops-it = Nothing stops it.
campaigns-stops =
    { $count ->
        [one] { $count } thing stops it:
       *[other] { $count } things stop it:
    }
campaigns-from = From
campaigns-audience = { $count } in the lists and segments; who has unsubscribed is left out
campaigns-size = Size
campaigns-test = Test
campaigns-test-to = Send a test to
campaigns-test-to-hint = Up to five addresses, with commas between.
campaigns-test-send = Send the test
campaigns-test-waiting = On its way…
campaigns-test-result = { $email }: { $reply }
campaigns-send = Send
campaigns-send-now = Send now
campaigns-send-at = Or at a time of yours
campaigns-schedule = Schedule
campaigns-choose-time = Choose a day and a time.
campaigns-send-title = Send it now?
campaigns-send-text =
    { $count ->
        [one] { $count } contact gets a message from { $sender }. What is on the wire cannot be taken back.
       *[other] { $count } contacts get a message from { $sender }. What is on the wire cannot be taken back.
    }

# The report.
campaigns-to-draft = Back to draft
campaigns-pause = Pause
campaigns-resume = Go on
campaigns-duplicate = Duplicate
campaigns-held = Paused by itself: { $reason }
campaigns-starts = Starts { $when }
campaigns-starts-from = Starts { $when } from { $sender }
campaigns-started = Started { $when }
campaigns-started-from = Started { $when } from { $sender }
campaigns-sent-from = from { $sender }
campaigns-settled = Settled recipients
campaigns-over-time = Over time
campaigns-nothing-sent = Nothing has been sent yet.
campaigns-over-time-label = Accepted, opened, clicked, unsubscribed and failed by the hour
campaigns-who-received = Who received it
campaigns-who-received-label = Recipients by what became of them
campaigns-every-recipient = Every recipient
campaigns-accepted-means = Accepted means that the recipient's server took it. Whether it lies in the inbox, no sender can know.
campaigns-links = Links
campaigns-no-links = This campaign has no tracked links.
campaigns-links-label = Clicks per link
campaigns-cancel-title = Cancel this campaign?
campaigns-cancel-text = { $count } have not got it yet and will not. What was sent stays sent.
campaigns-cancel-yes = Cancel it

# The ledger: every recipient.
campaigns-recipients-note = What happened to each one, in the words of their own server.
campaigns-to-report = To the report
campaigns-whole-address = A whole address
campaigns-every-state = Every state
campaigns-nobody = Nobody here
campaigns-nobody-text = No recipient of this campaign matches.
campaigns-recipients-count =
    { $count ->
        [one] { $count } recipient
       *[other] { $count } recipients
    }
campaigns-recipient = Recipient
campaigns-said = What was said
campaigns-when = When
campaigns-then = Then
campaigns-recipient-queued = Queued
campaigns-recipient-accepted = Accepted
campaigns-recipient-deferred = Deferred
campaigns-recipient-failed = Failed
campaigns-recipient-left-out = Left out
campaigns-recipient-in-doubt = In doubt
campaigns-tries = { $count } tries
campaigns-no-tls = no TLS
campaigns-next-try = next try { $when }
campaigns-then-opened = opened
campaigns-then-clicked = clicked
campaigns-then-unsubscribed = unsubscribed
