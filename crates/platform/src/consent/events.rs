//! What happened to a contact and no other table knows: a line each, in the transaction of the change itself.

use chrono::Utc;
use nexsent_model::consent::EventKind;
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use crate::db::{aid, key};

/// Writes lines; `$events` is bound to what [`rows`] gave.
pub(crate) const WRITE: &str = "INSERT INTO contact_event $events RETURN NONE;";

/// Kept of what somebody did in the preference centre; [`told`] says it to people.
pub(super) const IN_PREFERENCES: &str = "in the preference centre";
/// Kept of consent to e-mail as such; [`told`] says it to people.
pub(super) const IN_GENERAL: &str = "e-mail in general";

/// What a line is about and its detail, with our own words in the language of whoever reads: names and notes stay as they were written.
pub(super) fn told(kind: EventKind, what: String, detail: String) -> (String, String) {
    let each = |text: &str, say: fn(&str) -> String| text.split(", ").map(say).collect::<Vec<_>>().join(", ");
    let field = |name: &str| match name {
        "e-mail" => t!("people-edited-email"),
        "first name" => t!("people-edited-first-name"),
        "last name" => t!("people-edited-last-name"),
        attribute => attribute.to_owned(),
    };
    let scope = |name: &str| if name == IN_GENERAL { t!("people-consented-general") } else { name.to_owned() };
    match kind {
        EventKind::Edited => (what, each(&detail, field)),
        EventKind::ConsentRecorded => (each(&what, scope), detail),
        _ if detail == IN_PREFERENCES => (what, t!("people-in-preferences")),
        _ => (what, detail),
    }
}

/// A line before it has its place.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub kind: EventKind,
    pub what: String,
    pub detail: String,
    pub who: String,
    pub address: Option<String>,
}

impl Event {
    pub fn new(kind: EventKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), detail: String::new(), who: String::new(), address: None }
    }

    pub fn by(mut self, who: &str) -> Self {
        who.clone_into(&mut self.who);
        self
    }

    pub fn from(mut self, address: Option<&str>) -> Self {
        self.address = address.map(str::to_owned);
        self
    }

    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into().chars().take(500).collect();
        self
    }
}

#[derive(Clone, SurrealValue)]
pub(crate) struct Row {
    id: RecordId,
    tenant: String,
    contact: u32,
    newest: i64,
    kind: String,
    what: String,
    detail: String,
    who: String,
    address: Option<String>,
}

/// The lines as rows of a contact, in their order, as of now.
pub(crate) fn rows(tenant: &str, contact: u32, events: Vec<Event>) -> Vec<Row> {
    let newest = -Utc::now().timestamp_micros();
    events
        .into_iter()
        .enumerate()
        .map(|(i, e)| {
            // Later lines are newer by a microsecond: no two of a contact share a place.
            let newest = newest - i64::try_from(i).unwrap_or(0);
            Row {
                id: aid("contact_event", key![tenant.to_owned(), i64::from(contact), newest]),
                tenant: tenant.to_owned(),
                contact,
                newest,
                kind: e.kind.as_str().to_owned(),
                what: e.what,
                detail: e.detail,
                who: e.who,
                address: e.address,
            }
        })
        .collect()
}
