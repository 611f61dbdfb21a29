//! What is wrong with a rule, and at which of its conditions.

use chrono::NaiveDate;
use nexsent_texts::t;

use super::{Condition, Field, FieldKind, Group, MAX_DAYS, MAX_DEPTH, MAX_RULES, MAX_VALUE, Op, Rule, STANDINGS};
use crate::{
    Fault,
    attributes::{self, AttributeKind},
};

impl Condition {
    fn wrong(&self, attribute: &dyn Fn(&str) -> Option<AttributeKind>) -> Option<String> {
        let Some(kind) = self.kind(attribute) else {
            let name = if let Field::Attribute(name) = &self.field { name.as_str() } else { "" };
            return Some(t!("segments-wrong-no-attribute", name = name.chars().take(40).collect::<String>()));
        };
        if !kind.ops().contains(&self.op) {
            return Some(t!("segments-wrong-op"));
        }
        if self.field == Field::List(None) {
            return Some(t!("segments-wrong-no-list"));
        }
        let given = [&self.value, &self.to].into_iter().take(self.op.values());
        for value in given.clone() {
            if value.trim().is_empty() {
                return Some(t!("segments-wrong-no-value"));
            }
            if value.chars().count() > MAX_VALUE {
                return Some(t!("segments-wrong-long", max = MAX_VALUE));
            }
        }
        if matches!(self.op, Op::InLast | Op::NotInLast) {
            return self.days().is_none().then(|| t!("segments-wrong-days", max = MAX_DAYS.to_string()));
        }
        match kind {
            FieldKind::Number => {
                let numbers: Option<Vec<f64>> = given.map(|v| attributes::number(v)).collect();
                match numbers.as_deref() {
                    None => Some(t!("segments-wrong-number")),
                    Some([from, to]) if from > to => Some(t!("segments-wrong-numbers")),
                    Some(_) => None,
                }
            }
            FieldKind::Date | FieldKind::Time => {
                let dates: Option<Vec<NaiveDate>> = given.map(|v| attributes::date(v)).collect();
                match dates.as_deref() {
                    None => Some(t!("segments-wrong-date")),
                    Some([from, to]) if from > to => Some(t!("segments-wrong-dates")),
                    Some(_) => None,
                }
            }
            FieldKind::Status => (!STANDINGS.contains(&self.value.as_str())).then(|| t!("segments-wrong-status")),
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
                return Err(Fault::field("rule", t!("segments-wrong-deep", max = MAX_DEPTH)));
            }
            if group.rules.is_empty() {
                return Err(Fault::field("rule", t!("segments-wrong-empty")));
            }
            seen += group.rules.len();
            if seen > MAX_RULES {
                return Err(Fault::field("rule", t!("segments-wrong-many", max = MAX_RULES)));
            }
            waiting.extend(group.rules.iter().filter_map(|r| if let Rule::Group(g) = r { Some((g, depth + 1)) } else { None }));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Matching;
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
