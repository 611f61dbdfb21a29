# Numbers. The share is written as the language writes it already.
ui-percent = { $share }%

# Times.
ui-month =
    { $number ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
ui-day = { $day } { $month }
ui-date = { $day } { $month } { $year }
# A day and the time of it, as under a chart.
ui-day-time = { $day } { $time }
# A date and the time of it.
ui-moment = { $date }, { $time }
ui-utc = { $date }, { $time } UTC
ui-just-now = just now
ui-minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
ui-in-minutes =
    { $count ->
        [one] in { $count } minute
       *[other] in { $count } minutes
    }
ui-hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
ui-in-hours =
    { $count ->
        [one] in { $count } hour
       *[other] in { $count } hours
    }
ui-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
ui-in-days =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }

# Charts.
ui-chart-table = As a table
ui-chart-table-of = { $label }, as a table
ui-chart-keys = { $label }. The arrow keys say each value.
# Before the sums of everything that is shown.
ui-chart-sum = In all
ui-chart-highest = highest { $count }
# Over the first column of the table behind a chart.
ui-chart-time = Time
ui-funnel-step = Step
ui-funnel-picture = Picture
ui-funnel-count = How many
ui-funnel-share = Of the first
# “42.1% of accepted”; what was before is in lower case.
ui-funnel-kept = { $share } of { $before }

# Fields.
# What is wrong goes on after “The address”.
ui-address-wrong = The address { $what }.
# Of the characters that there may be.
ui-used-of = { $used } of { $max }
ui-nothing-fits = Nothing fits
# The words that are in a field of several.
ui-chosen = Chosen
ui-remove-what = Remove { $what }
ui-your-zone = In your time zone
ui-your-zone-named = In your time zone, { $zone }

# Asked before what is typed would be lost.
ui-leave-title = Leave without saving?
ui-leave-text = What you have typed here is not saved yet.
ui-leave = Leave

# Tables and lists.
ui-select-row = Select { $row }
ui-select-page = Select all on this page
ui-columns = Columns
ui-columns-shown = Columns that are shown
ui-selected-rows = Selected rows
ui-selected = { $count } selected
# Takes the ticks away.
ui-clear = Clear
ui-pages = Pages
ui-first-page = First page
ui-next-page = Next page

# Pages and notes.
ui-not-shown = This cannot be shown
ui-copy-what = Copy { $what }
ui-theme = Switch between light and dark
ui-close-note = Close this note
