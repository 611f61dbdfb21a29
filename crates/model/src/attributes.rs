//! Custom attributes of contacts: their types, and what fits them.
//!
//! A value that does not fit its attribute's type stays as it is and counts as empty: a type can be changed and changed back.

use chrono::NaiveDate;
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

/// Attributes a workspace may have.
pub const MAX_ATTRIBUTES: usize = 200;

/// What an attribute holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeKind {
    #[default]
    Text,
    Number,
    YesNo,
    /// A day, without a time.
    Date,
}

impl AttributeKind {
    pub const ALL: [Self; 4] = [Self::Text, Self::Number, Self::YesNo, Self::Date];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesNo => "yes_no",
            Self::Date => "date",
        }
    }

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Text => t!("contacts-attribute-kind-text"),
            Self::Number => t!("contacts-attribute-kind-number"),
            Self::YesNo => t!("contacts-attribute-kind-yes-no"),
            Self::Date => t!("contacts-attribute-kind-date"),
        }
    }

    /// Whether a text can be read as this type.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Number => number(text).is_some(),
            Self::YesNo => yes_no(text).is_some(),
            Self::Date => date(text).is_some(),
        }
    }

    /// A value as it is kept under this type; `None` for an empty one.
    ///
    /// # Errors
    /// What is wrong with it, to be put behind the attribute's name.
    pub fn convert(self, value: &serde_json::Value) -> Result<Option<serde_json::Value>, String> {
        let Some(text) = text_of(value) else {
            return match value {
                serde_json::Value::Null | serde_json::Value::String(_) => Ok(None),
                _ => Err(t!("contacts-value-no-scalar")),
            };
        };
        let cut = || text.chars().take(40).collect::<String>();
        match self {
            Self::Text => Ok(Some(text.clone().into())),
            Self::Number => {
                let n = number(&text).ok_or_else(|| t!("contacts-value-no-number", value = cut()))?;
                // Whole numbers without a point, as long as they are exact.
                let whole = (n.fract() == 0.0 && n.abs() < 9e15).then_some(n as i64);
                Ok(Some(whole.map_or_else(|| n.into(), serde_json::Value::from)))
            }
            Self::YesNo => yes_no(&text).map(|b| Some(b.into())).ok_or_else(|| t!("contacts-value-no-yes-no", value = cut())),
            Self::Date => date(&text).map(|d| Some(d.to_string().into())).ok_or_else(|| t!("contacts-value-no-date", value = cut())),
        }
    }
}

impl std::str::FromStr for AttributeKind {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.as_str() == s).ok_or(())
    }
}

/// A value as text, whatever it is kept as; `None` for an empty one, and for what is no value.
#[must_use]
pub fn text_of(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(s) => Some(s.trim()).filter(|s| !s.is_empty()).map(str::to_owned),
        serde_json::Value::Number(n) => Some(n.to_string()),
        serde_json::Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

/// `42`, `-1.5`, `1e6`; no thousands separators, which mean another thing elsewhere.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|n| plain && n.is_finite())
}

/// `yes` and `no`, `true` and `false`, `1` and `0`, in any case.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|w| w.eq_ignore_ascii_case(text.trim()));
    match () {
        () if is(["yes", "true", "1", "y"]) => Some(true),
        () if is(["no", "false", "0", "n"]) => Some(false),
        () => None,
    }
}

/// `2026-11-24`, with or without a time after it, `2026/11/24`, or `24.11.2026`. Not `11/24/2026`: half the world reads that differently.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let dotted: Vec<&str> = text.split('.').collect();
    if let [d, m, y] = dotted[..]
        && y.len() == 4
    {
        return day_of(digits(y, 4)?, digits(m, 2)?, digits(d, 2)?);
    }
    let day = text.get(..10)?;
    let rest = text.get(10..)?;
    let time = rest.is_empty() || (rest.starts_with(['T', 't', ' ']) && rest[1..].bytes().all(|b| b.is_ascii_digit() || b":.+-zZ ".contains(&b)));
    let mut parts = day.split(['-', '/']);
    let (y, m, d) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    if !time || parts.next().is_some() { None } else { day_of(y, m, d) }
}

fn digits(text: &str, most: usize) -> Option<u32> {
    (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn day_of(y: u32, m: u32, d: u32) -> Option<NaiveDate> {
    if y < 1000 { None } else { NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d) }
}

/// An attribute of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeRow {
    pub name: String,
    pub kind: AttributeKind,
    /// Somebody gave it its type; otherwise it was seen on a contact, and is text.
    pub declared: bool,
    /// Contacts that have a value, as far as the index knows; `None` for those who may not read it.
    pub contacts: Option<u64>,
    /// It is being deleted: its values go, contact by contact.
    pub removing: bool,
}

/// What would become of the values if an attribute had another type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChange {
    /// Contacts that have a value.
    pub values: u64,
    /// Of these, contacts whose value does not fit: it stays as it is, and counts as empty.
    pub misfits: u64,
    /// At most three values that do not fit.
    pub examples: Vec<String>,
    /// Segments that look at the attribute in a way that the new type does not have.
    pub segments: Vec<String>,
    /// Whether every change of contacts is in these figures yet.
    pub fresh: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number() {
        for (text, n) in [("42", 42.0), (" -1.5 ", -1.5), ("+3", 3.0), ("1e3", 1000.0), (".5", 0.5)] {
            assert_eq!(number(text), Some(n), "{text}");
        }
        for bad in ["", "1,5", "1.234,5", "NaN", "inf", "infinity", "0x10", "12 apples", "1e999", "-", "e"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_a_date() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9);
        for text in ["2026-03-09", "2026/03/09", "9.3.2026", "09.03.2026", " 2026-03-09T10:00:00Z ", "2026-03-09 23:59", "2026-03-09t10:00:00.123z"] {
            assert_eq!(date(text), day, "{text}");
        }
        for bad in [
            "",
            "03/09/2026",
            "2026-13-01",
            "2026-02-30",
            "26-03-09",
            "2026-3-9",
            "9.3.26",
            "tomorrow",
            "2026-03-09x",
            "0026-03-09",
            "٢٠٢٦-03-09",
            "é026-03-09",
        ] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn values_are_converted_or_refused_with_a_reason() {
        let kept = |kind: AttributeKind, v: serde_json::Value| kind.convert(&v);
        assert_eq!(kept(AttributeKind::Number, "42".into()), Ok(Some(42.into())));
        assert_eq!(kept(AttributeKind::Number, 1.5.into()), Ok(Some(1.5.into())));
        assert_eq!(kept(AttributeKind::YesNo, "YES".into()), Ok(Some(true.into())));
        assert_eq!(kept(AttributeKind::Date, "24.12.2026".into()), Ok(Some("2026-12-24".into())));
        assert_eq!(kept(AttributeKind::Text, 7.into()), Ok(Some("7".into())));
        assert_eq!(kept(AttributeKind::Number, "  ".into()), Ok(None));
        assert_eq!(kept(AttributeKind::Number, "many".into()), Err("“many” is not a number such as 42 or 1.5".to_owned()));
        assert!(kept(AttributeKind::Text, serde_json::json!([1])).is_err());
        for kind in AttributeKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }
}
