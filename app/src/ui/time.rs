//! Times for people: how long ago while that says more, the day afterwards, the exact one in a tooltip.

use chrono::{DateTime, Datelike, Timelike, Utc};
use leptos::prelude::*;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
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

fn month(at: DateTime<Utc>) -> &'static str {
    MONTHS.get(at.month0() as usize).copied().unwrap_or_default()
}

/// `23 Nov`, in UTC.
#[must_use]
pub fn day(at: DateTime<Utc>) -> String {
    format!("{} {}", at.day(), month(at))
}

/// `23 Nov 18:04`, in UTC.
#[must_use]
pub fn hour(at: DateTime<Utc>) -> String {
    format!("{} {:02}:{:02}", day(at), at.hour(), at.minute())
}

/// `23 Nov 2026, 18:04 UTC`: what the server knows; the browser says it in its own zone.
#[must_use]
pub fn utc(at: DateTime<Utc>) -> String {
    format!("{} {}, {:02}:{:02} UTC", day(at), at.year(), at.hour(), at.minute())
}

/// How long before `now` something was, in words; nothing when that is a week or more, either way.
#[must_use]
pub fn ago(seconds: i64) -> Option<String> {
    let (n, unit) = match seconds.unsigned_abs() {
        s if s < 45 => return Some("just now".to_owned()),
        s if s < 45 * 60 => (s.div_ceil(60), "minute"),
        s if s < 22 * 3600 => ((s + 1800) / 3600, "hour"),
        s if s < 7 * 86_400 => ((s + 43_200) / 86_400, "day"),
        _ => return None,
    };
    let n = n.max(1);
    let plural = if n == 1 { "" } else { "s" };
    Some(if seconds >= 0 { format!("{n} {unit}{plural} ago") } else { format!("in {n} {unit}{plural}") })
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
    let date = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
    let of = |n: u32| n;
    let day = format!("{} {} {}", of(date.get_date()), MONTHS.get(date.get_month() as usize).copied().unwrap_or_default(), date.get_full_year());
    if exact { format!("{day}, {:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds()) } else { day }
}

#[cfg(not(any(feature = "hydrate", feature = "csr")))]
fn local(at: DateTime<Utc>, exact: bool) -> String {
    if exact { utc(at) } else { format!("{} {}", day(at), at.year()) }
}

/// A time: relative and ticking, with the exact one of the viewer's zone in its tooltip.
#[component]
pub fn Time(at: DateTime<Utc>) -> impl IntoView {
    let clock = use_context::<Clock>().map_or_else(|| RwSignal::new(0), |c| c.0);
    let plain = format!("{} {}", day(at), at.year());
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
}
