//! Segments: contacts by a rule. A rule is a tree of groups, all or any of whose conditions must hold.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    CampaignId, Fault, ListId, SegmentId,
    attributes::{self, AttributeKind, AttributeRow},
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

    /// As people read it, between the field and the value.
    #[must_use]
    pub const fn label(self, kind: FieldKind) -> &'static str {
        match (self, kind) {
            (Self::Yes, FieldKind::Membership) => "is in",
            (Self::No, FieldKind::Membership) => "is not in",
            (Self::Is, FieldKind::Date | FieldKind::Time) => "is on",
            (Self::Is, _) => "is",
            (Self::IsNot, _) => "is not",
            (Self::Contains, _) => "contains",
            (Self::ContainsNot, _) => "does not contain",
            (Self::StartsWith, _) => "starts with",
            (Self::Empty, _) => "is empty",
            (Self::NotEmpty, _) => "is not empty",
            (Self::Greater, _) => "is more than",
            (Self::Less, _) => "is less than",
            (Self::Between, _) => "is between",
            (Self::Before, _) => "is before",
            (Self::After, _) => "is after",
            (Self::InLast, _) => "in the last … days",
            (Self::NotInLast, _) => "not in the last … days",
            (Self::Ever, _) => "ever",
            (Self::Never, _) => "never",
            (Self::Yes, _) => "is yes",
            (Self::No, _) => "is no",
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
pub const STANDINGS: [(&str, &str); 6] = [
    ("active", "Active"),
    ("unsubscribed", "Unsubscribed"),
    ("suppressed", "Suppressed, for any reason"),
    ("bad_address", "Suppressed: the address does not work"),
    ("complaint", "Suppressed: has complained"),
    ("manual", "Suppressed by hand"),
];

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

    fn wrong(&self, attribute: &dyn Fn(&str) -> Option<AttributeKind>) -> Option<String> {
        let Some(kind) = self.kind(attribute) else {
            let name = if let Field::Attribute(name) = &self.field { name.as_str() } else { "" };
            return Some(format!("There is no attribute “{}” any more. Choose another.", name.chars().take(40).collect::<String>()));
        };
        if !kind.ops().contains(&self.op) {
            return Some("This cannot be asked of it any more. Choose again.".to_owned());
        }
        if self.field == Field::List(None) {
            return Some("Choose a list.".to_owned());
        }
        let given = [&self.value, &self.to].into_iter().take(self.op.values());
        for value in given.clone() {
            if value.trim().is_empty() {
                return Some("Give a value.".to_owned());
            }
            if value.chars().count() > MAX_VALUE {
                return Some(format!("Use at most {MAX_VALUE} characters."));
            }
        }
        if matches!(self.op, Op::InLast | Op::NotInLast) {
            return self.days().is_none().then(|| format!("Give a number of days from 1 to {MAX_DAYS}."));
        }
        match kind {
            FieldKind::Number => {
                let numbers: Option<Vec<f64>> = given.map(|v| attributes::number(v)).collect();
                match numbers.as_deref() {
                    None => Some("Give a number such as 42 or 1.5.".to_owned()),
                    Some([from, to]) if from > to => Some("The first number is larger than the second.".to_owned()),
                    Some(_) => None,
                }
            }
            FieldKind::Date | FieldKind::Time => {
                let dates: Option<Vec<NaiveDate>> = given.map(|v| attributes::date(v)).collect();
                match dates.as_deref() {
                    None => Some("Give a date such as 2026-11-24.".to_owned()),
                    Some([from, to]) if from > to => Some("The first date is after the second.".to_owned()),
                    Some(_) => None,
                }
            }
            FieldKind::Status => (!STANDINGS.iter().any(|(v, _)| *v == self.value)).then(|| "Choose a status.".to_owned()),
            _ => None,
        }
    }
}

impl Group {
    /// Looks at the whole tree.
    ///
    /// # Errors
    /// A fault on `rule` for its shape; on `condition:7` for the eighth condition, counted from 0 in reading order.
    pub fn check(&self, attribute: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<(), Fault> {
        self.shape()?;
        for (i, condition) in self.conditions().into_iter().enumerate() {
            if let Some(wrong) = condition.wrong(attribute) {
                return Err(Fault::field(format!("condition:{i}"), wrong));
            }
        }
        Ok(())
    }

    /// Depth, size, and no empty group: looked at without recursion, for a tree may come from anywhere.
    fn shape(&self) -> Result<(), Fault> {
        let (mut waiting, mut seen) = (vec![(self, 1)], 0);
        while let Some((group, depth)) = waiting.pop() {
            if depth > MAX_DEPTH {
                return Err(Fault::field("rule", format!("Groups can be nested {MAX_DEPTH} deep, not deeper.")));
            }
            if group.rules.is_empty() {
                return Err(Fault::field("rule", "A group is empty. Add a condition to it, or remove it."));
            }
            seen += group.rules.len();
            if seen > MAX_RULES {
                return Err(Fault::field("rule", format!("Use at most {MAX_RULES} conditions and groups.")));
            }
            waiting.extend(group.rules.iter().filter_map(|r| if let Rule::Group(g) = r { Some((g, depth + 1)) } else { None }));
        }
        Ok(())
    }

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

    fn known(name: &str) -> Option<AttributeKind> {
        match name {
            "city" => Some(AttributeKind::Text),
            "seats" => Some(AttributeKind::Number),
            "since" => Some(AttributeKind::Date),
            _ => None,
        }
    }

    fn fault(rules: Vec<Rule>) -> Option<(String, String)> {
        Group { matching: Matching::All, rules }.check(&known).err().map(|f| (f.field.unwrap_or_default(), f.message))
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

    #[test]
    fn what_is_wrong_is_said_at_its_condition() {
        let ok = || condition(Field::Email, Op::Contains, "@example");
        assert_eq!(fault(vec![ok()]), None);
        let span = |value: &str, to: &str| {
            let field = Field::Attribute("seats".into());
            Rule::Condition(Condition { field, op: Op::Between, value: value.into(), to: to.into() })
        };
        for (bad, says) in [
            (condition(Field::Email, Op::Is, " "), "Give a value"),
            (condition(Field::Email, Op::Greater, "1"), "cannot be asked"),
            (condition(Field::Email, Op::Is, &"x".repeat(201)), "at most 200"),
            (condition(Field::Attribute("seats".into()), Op::Is, "many"), "Give a number"),
            (condition(Field::Attribute("since".into()), Op::Before, "soon"), "Give a date"),
            (condition(Field::Attribute("since".into()), Op::InLast, "0"), "number of days"),
            (condition(Field::Attribute("since".into()), Op::InLast, "99999"), "number of days"),
            (condition(Field::Attribute("gone".into()), Op::Is, "x"), "no attribute “gone”"),
            (condition(Field::List(None), Op::Yes, ""), "Choose a list"),
            (condition(Field::Status, Op::Is, "asleep"), "Choose a status"),
            (span("9", "1"), "larger than"),
            (span("1", ""), "Give a value"),
        ] {
            let (field, message) = fault(vec![ok(), Rule::Group(Group { matching: Matching::Any, rules: vec![bad] })]).unwrap_or_default();
            assert!(field == "condition:1" && message.contains(says), "{field}: {message}, not {says}");
        }
    }

    #[test]
    fn hostile_trees_are_refused() {
        let (field, message) = fault(Vec::new()).unwrap_or_default();
        assert!(field == "rule" && message.contains("empty"));
        let many = (0..=MAX_RULES).map(|_| condition(Field::Email, Op::Is, "x")).collect();
        assert!(fault(many).unwrap_or_default().1.contains("at most 40"));
        let mut deep = condition(Field::Email, Op::Is, "x");
        for _ in 0..MAX_DEPTH - 1 {
            deep = Rule::Group(Group { matching: Matching::All, rules: vec![deep] });
        }
        assert_eq!(fault(vec![deep.clone()]), None, "as deep as is allowed");
        assert!(fault(vec![Rule::Group(Group { matching: Matching::All, rules: vec![deep] })]).unwrap_or_default().1.contains("nested"));
        // Deeper than any parser should follow.
        let text = format!("{}{}", r#"{"matching":"all","rules":[{"group":"#.repeat(5000), "}");
        assert!(serde_json::from_str::<Group>(&text).is_err());
    }
}
