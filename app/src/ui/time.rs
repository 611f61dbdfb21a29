//! Times for people: how long ago while that says more, the day afterwards, the exact one in a tooltip.

use chrono::{DateTime, Datelike, Timelike, Utc};
use leptos::prelude::*;
use nexsent_texts::t;

/// How often what is relative is reckoned again.
const TICK: std::time::Duration = std::time::Duration::from_secs(20);

/// Grows with every tick; 0 until the page has come alive, so that the browser begins with what the server has said.
#[derive(Clone, Copy)]
struct Clock(RwSignal<u32>);

/// Starts the page's clock.
pub fn provide() {
    let clock = RwSignal::new(0u32);
    provide_context(Clock(clock));
    Effect::new(move |_| {
        clock.update(|n| *n += 1);
        let ticking = set_interval_with_handle(move || clock.update(|n| *n += 1), TICK);
        on_cleanup(move || {
            if let Ok(handle) = ticking {
                handle.clear();
            }
        });
    });
}

/// The short name of a month, 1 to 12.
fn month(number: u32) -> String {
    t!("ui-month", number = number)
}

/// `23 Nov 2026`. The year is no number to be grouped.
fn date(day: u32, month_of_year: u32, year: i64) -> String {
    t!("ui-date", day = day, month = month(month_of_year), year = year.to_string())
}

fn clock_time(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}

fn utc_date(at: DateTime<Utc>) -> String {
    date(at.day(), at.month(), at.year().into())
}

/// `23 Nov`, in UTC.
#[must_use]
pub fn day(at: DateTime<Utc>) -> String {
    t!("ui-day", day = at.day(), month = month(at.month()))
}

/// `23 Nov 18:04`, in UTC.
#[must_use]
pub fn hour(at: DateTime<Utc>) -> String {
    t!("ui-day-time", day = day(at), time = clock_time(at.hour(), at.minute()))
}

/// `23 Nov 2026, 18:04 UTC`: what the server knows; the browser says it in its own zone.
#[must_use]
pub fn utc(at: DateTime<Utc>) -> String {
    t!("ui-utc", date = utc_date(at), time = clock_time(at.hour(), at.minute()))
}

/// How long before `now` something was, in words; nothing when that is a week or more, either way.
#[must_use]
pub fn ago(seconds: i64) -> Option<String> {
    let past = seconds >= 0;
    Some(match seconds.unsigned_abs() {
        s if s < 45 => t!("ui-just-now"),
        s if s < 45 * 60 => {
            let count = s.div_ceil(60);
            if past { t!("ui-minutes-ago", count = count) } else { t!("ui-in-minutes", count = count) }
        }
        s if s < 22 * 3600 => {
            let count = (s + 1800) / 3600;
            if past { t!("ui-hours-ago", count = count) } else { t!("ui-in-hours", count = count) }
        }
        s if s < 7 * 86_400 => {
            let count = (s + 43_200) / 86_400;
            if past { t!("ui-days-ago", count = count) } else { t!("ui-in-days", count = count) }
        }
        _ => return None,
    })
}

/// Seconds since 1970 by this machine's clock.
fn now() -> i64 {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    return (js_sys::Date::now() / 1000.0) as i64;
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    Utc::now().timestamp()
}

/// In the viewer's zone: the day, or the day and the minute.
#[cfg(any(feature = "hydrate", feature = "csr"))]
fn local(at: DateTime<Utc>, exact: bool) -> String {
    let local = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
    let day = date(local.get_date(), local.get_month() + 1, local.get_full_year().into());
    if !exact {
        return day;
    }
    let time = format!("{}:{:02}", clock_time(local.get_hours(), local.get_minutes()), local.get_seconds());
    t!("ui-moment", date = day, time = time)
}

#[cfg(not(any(feature = "hydrate", feature = "csr")))]
fn local(at: DateTime<Utc>, exact: bool) -> String {
    if exact { utc(at) } else { utc_date(at) }
}

/// A time: relative and ticking, with the exact one of the viewer's zone in its tooltip.
#[component]
pub fn Time(at: DateTime<Utc>) -> impl IntoView {
    let clock = use_context::<Clock>().map_or_else(|| RwSignal::new(0), |c| c.0);
    let plain = utc_date(at);
    let text = move || {
        let alive = clock.get() > 0;
        ago(now() - at.timestamp()).unwrap_or_else(|| if alive { local(at, false) } else { plain.clone() })
    };
    let title = move || if clock.get() > 0 { local(at, true) } else { utc(at) };
    view! { <time datetime=at.to_rfc3339() title=title>{text}</time> }
}

/// The moment of a `datetime-local` input, which is in the viewer's zone.
#[must_use]
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    {
        let ms = js_sys::Date::parse(text);
        if ms.is_nan() { None } else { DateTime::from_timestamp_millis(ms as i64) }
    }
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    {
        let _ = text;
        None
    }
}

/// The viewer's zone by its IANA name; nothing on the server, which does not know it.
#[must_use]
pub fn zone() -> Option<String> {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    {
        let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
        js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into()).ok().and_then(|z| z.as_string())
    }
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    None
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use nexsent_texts::{Language, within};

    use super::*;

    #[test]
    fn words_for_how_long_ago() {
        for (seconds, says) in [
            (0, "just now"),
            (44, "just now"),
            (61, "2 minutes ago"),
            (60, "1 minute ago"),
            (3600, "1 hour ago"),
            (7200, "2 hours ago"),
            (86_400, "1 day ago"),
            (-3600, "in 1 hour"),
            (-3 * 86_400, "in 3 days"),
        ] {
            assert_eq!(ago(seconds).as_deref(), Some(says), "{seconds}");
        }
        assert_eq!([ago(7 * 86_400), ago(-8 * 86_400)], [None, None]);
        let at = DateTime::from_timestamp(1_795_543_440, 0).unwrap_or_default();
        assert_eq!([day(at), hour(at), utc(at)], ["24 Nov", "24 Nov 18:04", "24 Nov 2026, 18:04 UTC"].map(str::to_owned));
    }

    #[test]
    fn times_in_another_language() {
        let at = DateTime::from_timestamp(1_795_543_440, 0).unwrap_or_default();
        let said = async { [ago(180), ago(-7200), ago(0), Some(day(at)), Some(utc(at))].map(Option::unwrap_or_default) };
        let said = std::pin::pin!(within(Language::Es, said)).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(said, Poll::Ready(["hace 3 minutos", "dentro de 2 horas", "ahora mismo", "24 nov", "24 nov 2026, 18:04 UTC"].map(str::to_owned)));
    }
}
