//! Contacts that are probably one person.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{ContactId, bulk::BulkState, contacts::Contact};

/// The most contacts a group has; what more share is no sign of a person.
pub const MAX_GROUP: usize = 20;

/// Why contacts are thought to be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateReason {
    /// Their addresses lead to one mailbox.
    Address,
    /// The attribute that was chosen has the same value.
    Attribute,
    /// The same first and last name at one domain.
    Name,
}

impl DuplicateReason {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Attribute => "attribute",
            Self::Name => "name",
        }
    }

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Address => t!("people-duplicates-address"),
            Self::Attribute => t!("people-duplicates-attribute"),
            Self::Name => t!("people-duplicates-name"),
        }
    }
}

/// The search for duplicates: the last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateScan {
    pub state: BulkState,
    pub attribute: Option<String>,
    pub total: u64,
    pub looked: u64,
    /// Groups that were found.
    pub groups: u64,
    /// Values that more than [`MAX_GROUP`] contacts share: left out.
    pub too_large: u64,
    /// Whether there is a result to look at, of this search or the one before.
    pub shown: bool,
    pub problem: Option<String>,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// Contacts that are probably one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DuplicateGroup {
    /// Its place in the result.
    pub rank: u32,
    pub reason: DuplicateReason,
    /// At least two, the oldest first.
    pub contacts: Vec<Contact>,
}

/// What becomes of contacts that are one person. Lists are united; what the one that stays lacks comes from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePlan {
    /// Who stays, with number, address and history.
    pub survivor: ContactId,
    /// Who goes.
    pub others: Vec<ContactId>,
    /// Whose first name wins.
    pub first_name: ContactId,
    /// Whose last name wins.
    pub last_name: ContactId,
    /// Whose value of an attribute wins; unless said, the survivor's.
    pub attributes: BTreeMap<String, ContactId>,
}

/// The mailbox that an address leads to, where its provider says that dots or what follows a plus do not matter; otherwise the address.
///
/// Takes addresses as they are stored: lower case.
#[must_use]
pub fn mailbox(email: &str) -> String {
    let Some((local, domain)) = email.rsplit_once('@') else { return email.to_owned() };
    let untagged = local.split_once('+').map_or(local, |(l, _)| l);
    match domain {
        "gmail.com" | "googlemail.com" if !untagged.is_empty() => format!("{}@gmail.com", untagged.replace('.', "")),
        "outlook.com" | "hotmail.com" | "live.com" | "msn.com" | "fastmail.com" | "fastmail.fm" | "icloud.com" | "me.com" | "mac.com"
        | "proton.me" | "protonmail.com" | "pm.me"
            if !untagged.is_empty() =>
        {
            format!("{untagged}@{domain}")
        }
        _ => email.to_owned(),
    }
}

/// A value as it is compared: case, outer blanks and the ways to write a phone number do not matter. `None` where it says nothing.
#[must_use]
pub fn comparable(value: &serde_json::Value) -> Option<String> {
    let text = match value {
        serde_json::Value::String(s) => s.trim().to_lowercase(),
        serde_json::Value::Number(n) => n.to_string(),
        _ => return None,
    };
    if text.chars().count() < 3 {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let phone = digits.len() >= 7 && text.chars().all(|c| c.is_ascii_digit() || "+-/(). \u{a0}".contains(c));
    Some(if phone { digits.strip_prefix("00").unwrap_or(&digits).to_owned() } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_where_the_provider_says_so() {
        for (a, b, same) in [
            ("ann.b@gmail.com", "annb+news@googlemail.com", true),
            ("ann+x@outlook.com", "ann@outlook.com", true),
            ("ann+x@proton.me", "ann+y@proton.me", true),
            ("a.nn@outlook.com", "ann@outlook.com", false),
            ("ann@outlook.com", "ann@hotmail.com", false),
            ("ann+x@example.com", "ann@example.com", false),
            ("a.nn@example.com", "ann@example.com", false),
            ("+a@gmail.com", "+b@gmail.com", false),
        ] {
            assert_eq!(mailbox(a) == mailbox(b), same, "{a} {b}");
        }
    }

    #[test]
    fn values_as_they_are_compared() {
        let text = |s: &str| comparable(&s.into());
        assert_eq!(text("+49 (30) 123-4567"), text("0049301234567"));
        assert_eq!(text(" ACME "), text("acme"));
        assert_ne!(text("1234567a"), text("1234567"));
        assert_eq!(comparable(&1_234_567.into()), text("123-4567"));
        assert_eq!([text(""), text("no"), comparable(&true.into())], [None, None, None]);
    }
}
