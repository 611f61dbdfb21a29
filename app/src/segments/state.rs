//! A rule while it is written: a signal for everything that can change, so that typing redraws nothing else.

use leptos::prelude::*;
use nexsent_model::segments::{Condition, Field, FieldKind, Group, Matching, Op, Rule, SegmentChoices};

/// Makes nodes: they live as long as the page, whatever handler makes them.
#[derive(Clone)]
pub(super) struct Maker {
    owner: Option<Owner>,
    next: StoredValue<u32>,
}

#[derive(Clone, Copy)]
pub(super) struct ConditionState {
    pub id: u32,
    /// As [`field_value`] writes it.
    pub field: RwSignal<String>,
    /// The list or campaign that the field is about; empty for none or any.
    pub of: RwSignal<String>,
    pub op: RwSignal<Op>,
    pub value: RwSignal<String>,
    pub to: RwSignal<String>,
}

#[derive(Clone, Copy)]
pub(super) struct GroupState {
    pub id: u32,
    pub any: RwSignal<bool>,
    pub nodes: RwSignal<Vec<Node>>,
}

#[derive(Clone, Copy)]
pub(super) enum Node {
    Group(GroupState),
    Condition(ConditionState),
}

impl Node {
    pub fn id(&self) -> u32 {
        match self {
            Self::Group(g) => g.id,
            Self::Condition(c) => c.id,
        }
    }
}

/// A field as the value of an option, without what it is about.
fn field_value(field: &Field) -> (String, String) {
    let plain = |name: &str| (name.to_owned(), String::new());
    let about = |name: &str, of: Option<String>| (name.to_owned(), of.unwrap_or_default());
    match field {
        Field::Email => plain("email"),
        Field::FirstName => plain("first_name"),
        Field::LastName => plain("last_name"),
        Field::Created => plain("created"),
        Field::Status => plain("status"),
        Field::List(list) => about("list", list.as_ref().map(ToString::to_string)),
        Field::Attribute(name) => (format!("attribute:{name}"), String::new()),
        Field::Opened(campaign) => about("opened", campaign.as_ref().map(ToString::to_string)),
        Field::Clicked(campaign) => about("clicked", campaign.as_ref().map(ToString::to_string)),
        Field::Received(campaign) => about("received", campaign.as_ref().map(ToString::to_string)),
    }
}

fn parse_field(value: &str, of: &str) -> Field {
    match value {
        "first_name" => Field::FirstName,
        "last_name" => Field::LastName,
        "created" => Field::Created,
        "status" => Field::Status,
        "list" => Field::List(of.parse().ok()),
        "opened" => Field::Opened(of.parse().ok()),
        "clicked" => Field::Clicked(of.parse().ok()),
        "received" => Field::Received(of.parse().ok()),
        other => other.strip_prefix("attribute:").map_or(Field::Email, |name| Field::Attribute(name.to_owned())),
    }
}

/// What a field holds, by the attributes that there are; text for one that is gone.
pub(super) fn kind(field: &str, choices: &SegmentChoices) -> FieldKind {
    let attribute = |name: &str| choices.attributes.iter().find(|a| a.name == name).map(|a| a.kind);
    let condition = Condition { field: parse_field(field, ""), op: Op::Is, value: String::new(), to: String::new() };
    condition.kind(&attribute).unwrap_or(FieldKind::Text)
}

impl Maker {
    pub fn new() -> Self {
        Self { owner: Owner::current(), next: StoredValue::new(0) }
    }

    fn make<T>(&self, f: impl FnOnce(u32) -> T) -> T {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        match &self.owner {
            Some(owner) => owner.with(|| f(id)),
            None => f(id),
        }
    }

    pub fn condition(&self, c: &Condition) -> ConditionState {
        let (field, of) = field_value(&c.field);
        self.make(|id| ConditionState {
            id,
            field: RwSignal::new(field),
            of: RwSignal::new(of),
            op: RwSignal::new(c.op),
            value: RwSignal::new(c.value.clone()),
            to: RwSignal::new(c.to.clone()),
        })
    }

    /// A condition to be filled in.
    pub fn blank(&self) -> Node {
        Node::Condition(self.condition(&Condition { field: Field::Email, op: Op::Contains, value: String::new(), to: String::new() }))
    }

    pub fn group(&self, group: &Group) -> GroupState {
        let nodes = group
            .rules
            .iter()
            .map(|r| match r {
                Rule::Group(g) => Node::Group(self.group(g)),
                Rule::Condition(c) => Node::Condition(self.condition(c)),
            })
            .collect();
        self.make(|id| GroupState { id, any: RwSignal::new(group.matching == Matching::Any), nodes: RwSignal::new(nodes) })
    }

    /// A group with one condition to be filled in; any of it must hold, as that is what groups inside a rule are mostly for.
    pub fn blank_group(&self) -> Node {
        let first = self.blank();
        Node::Group(self.make(|id| GroupState { id, any: RwSignal::new(true), nodes: RwSignal::new(vec![first]) }))
    }
}

impl ConditionState {
    fn rule(self) -> Condition {
        let op = self.op.get();
        let take = |signal: RwSignal<String>, wanted: bool| if wanted { signal.get() } else { String::new() };
        Condition {
            field: parse_field(&self.field.get(), &self.of.get()),
            op,
            value: take(self.value, op.values() > 0),
            to: take(self.to, op.values() > 1),
        }
    }

    /// Another field: what cannot be asked of it is forgotten.
    pub fn choose(self, field: String, choices: &SegmentChoices) {
        let (before, now) = (kind(&self.field.get_untracked(), choices), kind(&field, choices));
        if before != now {
            self.value.set(String::new());
            self.to.set(String::new());
        }
        if !now.ops().contains(&self.op.get_untracked()) {
            self.op.set(now.ops()[0]);
        }
        if now == FieldKind::Status {
            self.value.set("active".to_owned());
        }
        self.of.set(String::new());
        self.field.set(field);
    }
}

impl GroupState {
    /// The rule as it is, and the ids of its conditions in reading order.
    pub fn rule(self) -> (Group, Vec<u32>) {
        let mut ids = Vec::new();
        let rule = self.gather(&mut ids);
        (rule, ids)
    }

    fn gather(self, ids: &mut Vec<u32>) -> Group {
        let rules = self.nodes.get().into_iter().map(|node| match node {
            Node::Group(g) => Rule::Group(g.gather(ids)),
            Node::Condition(c) => {
                ids.push(c.id);
                Rule::Condition(c.rule())
            }
        });
        Group { rules: rules.collect(), matching: if self.any.get() { Matching::Any } else { Matching::All } }
    }

    pub fn remove(self, id: u32) {
        self.nodes.update(|nodes| nodes.retain(|n| n.id() != id));
    }
}
