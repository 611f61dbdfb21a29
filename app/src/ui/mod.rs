//! The kit: every button, field, table, dialog and chart comes from here.

pub mod chart;
pub mod form;
pub mod icon;
pub mod page;
pub mod toast;

use chrono::{DateTime, Utc};

pub use chart::{Bars, Donut, LineChart};
pub use form::{Check, Choice, Field, Message, Proof, TextArea, refusal_of, refusal_of_server};
pub use icon::Icon;
pub use page::{Badge, Card, Confirm, CopyBlock, Empty, Loading, PageHead, Pager, Problem, Progress, Stat, Time, Tone, load};

/// 1,234,567
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `12.3%`; a dash of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1}%", part as f64 * 100.0 / whole as f64) }
}

/// One contact, two contacts.
#[must_use]
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `23 Nov 2026, 18:04 UTC`: what the server knows; the browser says it in its own zone.
#[must_use]
pub fn utc(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!([grouped(0), grouped(999), grouped(1000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([percent(1, 0), percent(1, 8)], ["–", "12.5%"]);
        assert_eq!(count(1, "row", "rows"), "1 row");
    }
}
