//! Segments: contacts by a rule. A rule is a tree of groups, all or any of whose conditions must hold.

mod check;
mod texts;

pub use texts::standing_label;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CampaignId, ListId, SegmentId,
    attributes::{AttributeKind, AttributeRow},
    contacts::{Contact, ListRow},
};

/// Groups within groups.
pub const MAX_DEPTH: usize = 4;
/// Conditions and groups of a rule, in all.
pub const MAX_RULES: usize = 40;
/// Days that can be looked back.
pub const MAX_DAYS: u32 = 3650;
/// Characters of a value to compare with.
pub const MAX_VALUE: usize = 200;
/// Segments a workspace may have.
pub const MAX_SEGMENTS: usize = 200;

/// Whether all or any of a group's rules must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matching {
    #[default]
    All,
    Any,
}

/// Rules that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Group {
    pub matching: Matching,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    Group(Group),
    Condition(Condition),
}

/// What a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "of")]
pub enum Field {
    Email,
    FirstName,
    LastName,
    /// When the contact was added.
    Created,
    Status,
    /// Whether it is in a list; `None` while none is chosen.
    List(Option<ListId>),
    /// A custom attribute, by its name.
    Attribute(String),
    /// Opened a campaign; `None`: any. Counted once a campaign, the first time, as in its report.
    Opened(Option<CampaignId>),
    /// The same with clicks.
    Clicked(Option<CampaignId>),
    /// Its server accepted a campaign's message.
    Received(Option<CampaignId>),
}

/// What kind of thing a field holds: it decides what can be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Number,
    YesNo,
    Date,
    /// An instant; compared by days of the workspace's time zone.
    Time,
    Status,
    Membership,
    Activity,
}

/// What is asked of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    Is,
    /// Also holds where there is no value.
    IsNot,
    Contains,
    /// Also holds where there is no value.
    ContainsNot,
    StartsWith,
    Empty,
    NotEmpty,
    Greater,
    Less,
    /// Both ends included.
    Between,
    Before,
    After,
    /// In the last so many days.
    InLast,
    /// Not in the last so many days: earlier, later, or never.
    NotInLast,
    Ever,
    Never,
    Yes,
    No,
}

impl Op {
    pub const ALL: [Self; 18] = [
        Self::Is,
        Self::IsNot,
        Self::Contains,
        Self::ContainsNot,
        Self::StartsWith,
        Self::Empty,
        Self::NotEmpty,
        Self::Greater,
        Self::Less,
        Self::Between,
        Self::Before,
        Self::After,
        Self::InLast,
        Self::NotInLast,
        Self::Ever,
        Self::Never,
        Self::Yes,
        Self::No,
    ];

    /// As it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::Contains => "contains",
            Self::ContainsNot => "contains_not",
            Self::StartsWith => "starts_with",
            Self::Empty => "empty",
            Self::NotEmpty => "not_empty",
            Self::Greater => "greater",
            Self::Less => "less",
            Self::Between => "between",
            Self::Before => "before",
            Self::After => "after",
            Self::InLast => "in_last",
            Self::NotInLast => "not_in_last",
            Self::Ever => "ever",
            Self::Never => "never",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// Values it needs: none, one, or two.
    #[must_use]
    pub const fn values(self) -> usize {
        match self {
            Self::Empty | Self::NotEmpty | Self::Ever | Self::Never | Self::Yes | Self::No => 0,
            Self::Between => 2,
            _ => 1,
        }
    }
}

impl std::str::FromStr for Op {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|o| o.as_str() == s).ok_or(())
    }
}

impl FieldKind {
    /// What can be asked, the most usual first.
    #[must_use]
    pub const fn ops(self) -> &'static [Op] {
        match self {
            Self::Text => &[Op::Is, Op::IsNot, Op::Contains, Op::ContainsNot, Op::StartsWith, Op::Empty, Op::NotEmpty],
            Self::Number => &[Op::Is, Op::IsNot, Op::Greater, Op::Less, Op::Between, Op::Empty, Op::NotEmpty],
            Self::YesNo => &[Op::Yes, Op::No, Op::Empty, Op::NotEmpty],
            Self::Date => &[Op::Is, Op::Before, Op::After, Op::Between, Op::InLast, Op::NotInLast, Op::Empty, Op::NotEmpty],
            Self::Time => &[Op::InLast, Op::NotInLast, Op::Is, Op::Before, Op::After, Op::Between],
            Self::Status => &[Op::Is, Op::IsNot],
            Self::Membership => &[Op::Yes, Op::No],
            Self::Activity => &[Op::Ever, Op::InLast, Op::NotInLast, Op::Never],
        }
    }
}

impl From<AttributeKind> for FieldKind {
    fn from(kind: AttributeKind) -> Self {
        match kind {
            AttributeKind::Text => Self::Text,
            AttributeKind::Number => Self::Number,
            AttributeKind::YesNo => Self::YesNo,
            AttributeKind::Date => Self::Date,
        }
    }
}

/// Whether a contact is mailed, and why not: what a condition on the status compares with.
pub const STANDINGS: [&str; 6] = ["active", "unsubscribed", "suppressed", "bad_address", "complaint", "manual"];

/// One thing that must hold. Values are text as it was typed; what they mean depends on the field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    pub field: Field,
    pub op: Op,
    #[serde(default)]
    pub value: String,
    /// The other end of a span.
    #[serde(default)]
    pub to: String,
}

fn days(text: &str) -> Option<u32> {
    text.trim().parse::<u32>().ok().filter(|n| (1..=MAX_DAYS).contains(n))
}

impl Condition {
    /// The days of `InLast` and `NotInLast`.
    #[must_use]
    pub fn days(&self) -> Option<u32> {
        days(&self.value)
    }

    /// What the field holds; `None` for an attribute that there is not.
    #[must_use]
    pub fn kind(&self, attribute: &dyn Fn(&str) -> Option<AttributeKind>) -> Option<FieldKind> {
        Some(match &self.field {
            Field::Email | Field::FirstName | Field::LastName => FieldKind::Text,
            Field::Created => FieldKind::Time,
            Field::Status => FieldKind::Status,
            Field::List(_) => FieldKind::Membership,
            Field::Attribute(name) => attribute(name)?.into(),
            Field::Opened(_) | Field::Clicked(_) | Field::Received(_) => FieldKind::Activity,
        })
    }
}

impl Group {
    /// Every condition in reading order. Of a tree whose shape was looked at.
    #[must_use]
    pub fn conditions(&self) -> Vec<&Condition> {
        let mut out = Vec::new();
        self.gather(&mut out);
        out
    }

    fn gather<'a>(&'a self, out: &mut Vec<&'a Condition>) {
        for rule in &self.rules {
            match rule {
                Rule::Group(g) => g.gather(out),
                Rule::Condition(c) => out.push(c),
            }
        }
    }
}

/// A segment in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRow {
    pub id: SegmentId,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A segment with its rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentView {
    pub row: SegmentRow,
    pub rule: Group,
    /// Grows with every saved change.
    pub version: u64,
    /// Campaigns that will go to it, by name: while there are any, it cannot be deleted.
    pub used_by: Vec<String>,
}

/// What can be chosen in a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentChoices {
    pub attributes: Vec<AttributeRow>,
    pub lists: Vec<ListRow>,
    /// Campaigns that were started, newest first: id and name.
    pub campaigns: Vec<(CampaignId, String)>,
}

/// How many contacts a rule finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentCount {
    pub contacts: u64,
    /// All contacts of the workspace.
    pub of: u64,
    /// Whether every change of contacts is in the count yet. Otherwise the index is being brought up to date.
    pub fresh: bool,
}

/// A rule tried out while it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SegmentTrial {
    pub count: SegmentCount,
    /// The newest of them, at most five.
    pub sample: Vec<Contact>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(field: Field, op: Op, value: &str) -> Rule {
        Rule::Condition(Condition { field, op, value: value.to_owned(), to: String::new() })
    }

    #[test]
    fn a_rule_reads_back() {
        let rule = Group {
            matching: Matching::Any,
            rules: vec![
                condition(Field::Attribute("city".into()), Op::Is, "Paris"),
                condition(Field::Opened(None), Op::Never, ""),
                Rule::Group(Group { matching: Matching::All, rules: vec![condition(Field::List(Some(ListId::new())), Op::Yes, "")] }),
            ],
        };
        let text = serde_json::to_string(&rule).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Group>(&text).ok(), Some(rule), "{text}");
        for op in Op::ALL {
            assert_eq!(serde_json::to_value(op).ok(), Some(op.as_str().into()));
            assert_eq!(op.as_str().parse(), Ok(op));
        }
    }
}
