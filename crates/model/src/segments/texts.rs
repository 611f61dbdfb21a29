//! Rules in the words of whoever reads them.

use nexsent_texts::t;

use super::{FieldKind, Op};

impl Op {
    /// As people read it, between the field and the value.
    #[must_use]
    pub fn label(self, kind: FieldKind) -> String {
        match (self, kind) {
            (Self::Yes, FieldKind::Membership) => t!("segments-op-in"),
            (Self::No, FieldKind::Membership) => t!("segments-op-not-in"),
            (Self::Is, FieldKind::Date | FieldKind::Time) => t!("segments-op-on"),
            (Self::Is, _) => t!("segments-op-is"),
            (Self::IsNot, _) => t!("segments-op-is-not"),
            (Self::Contains, _) => t!("segments-op-contains"),
            (Self::ContainsNot, _) => t!("segments-op-contains-not"),
            (Self::StartsWith, _) => t!("segments-op-starts-with"),
            (Self::Empty, _) => t!("segments-op-empty"),
            (Self::NotEmpty, _) => t!("segments-op-not-empty"),
            (Self::Greater, _) => t!("segments-op-greater"),
            (Self::Less, _) => t!("segments-op-less"),
            (Self::Between, _) => t!("segments-op-between"),
            (Self::Before, _) => t!("segments-op-before"),
            (Self::After, _) => t!("segments-op-after"),
            (Self::InLast, _) => t!("segments-op-in-last"),
            (Self::NotInLast, _) => t!("segments-op-not-in-last"),
            (Self::Ever, _) => t!("segments-op-ever"),
            (Self::Never, _) => t!("segments-op-never"),
            (Self::Yes, _) => t!("segments-op-yes"),
            (Self::No, _) => t!("segments-op-no"),
        }
    }
}

/// One of [`super::STANDINGS`].
#[must_use]
pub fn standing_label(standing: &str) -> String {
    match standing {
        "active" => t!("segments-standing-active"),
        "unsubscribed" => t!("segments-standing-unsubscribed"),
        "suppressed" => t!("segments-standing-suppressed"),
        "bad_address" => t!("segments-standing-bad-address"),
        "complaint" => t!("segments-standing-complaint"),
        _ => t!("segments-standing-manual"),
    }
}
