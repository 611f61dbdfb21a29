//! Adding, changing and deleting contacts. Numbers, rows and bitmaps change in one transaction, under the tenant's lock.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Utc;
use nexsent_model::{
    ContactId, Fault, FaultCode, ListId,
    bulk::{BulkAction, ContactFilter},
    consent::EventKind,
    contacts::{Contact, ContactDraft},
    live::LiveEvent,
    validate,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};
use tokio::sync::OwnedMutexGuard;

use super::{attributes::Kinds, bits, contact_id, suppression_id};
use crate::{
    Core, Error, Result, TenantDb,
    accounts::audit::Entry,
    consent::{self, Event},
    db::{aid, key, q, retrying},
    segments::marks::{self, Marks},
};

/// Custom attributes a contact may have.
pub(crate) const MAX_ATTRIBUTES: usize = 60;
/// Characters a value may have.
pub(crate) const MAX_VALUE: usize = 2000;

#[derive(SurrealValue)]
pub(crate) struct Counter {
    pub next: u32,
    pub attributes: Vec<String>,
}

/// `contact_counter:[tenant]`.
pub(crate) fn counter_id(tenant: &str) -> RecordId {
    aid("contact_counter", key![tenant.to_owned()])
}

/// Nobody else in this process changes the tenant's contacts while this is held.
pub(crate) async fn lock(core: &Core, tenant: &nexsent_model::TenantId) -> OwnedMutexGuard<()> {
    let lock: Arc<tokio::sync::Mutex<()>> = core.contact_locks.entry(tenant.clone()).or_default().clone();
    lock.lock_owned().await
}

type Attributes = BTreeMap<String, serde_json::Value>;

/// The values of custom attributes as they are kept, each by the type of its attribute. What a contact has already may stay as it is.
pub(crate) fn check_attributes(given: &Attributes, before: &Attributes, kinds: &Kinds) -> Result<Attributes> {
    if given.len() > MAX_ATTRIBUTES {
        return Err(Fault::field("attributes", t!("fault-contacts-attributes-of-one", most = MAX_ATTRIBUTES)).into());
    }
    let mut out = BTreeMap::new();
    for (name, value) in given {
        let name =
            validate::attribute(name).map_err(|e| Fault::field("attributes", t!("fault-contacts-attribute-name", name = name, problem = e)))?;
        match value {
            serde_json::Value::String(s) if s.chars().count() > MAX_VALUE => {
                return Err(Fault::field("attributes", t!("fault-contacts-value-long", name = name, most = MAX_VALUE.to_string())).into());
            }
            serde_json::Value::String(s) if s.trim().is_empty() => {}
            serde_json::Value::String(_) | serde_json::Value::Number(_) | serde_json::Value::Bool(_) => {
                let as_before = before.get(&name) == Some(value) && !kinds.is_removing(&name);
                let kept = if as_before { Ok(Some(value.clone())) } else { kinds.convert(&name, value.clone()) };
                if let Some(kept) = kept.map_err(|e| Fault::field(format!("attributes.{name}"), e))? {
                    out.insert(name, kept);
                }
            }
            _ => return Err(Fault::field("attributes", t!("fault-contacts-value-kind", name = name)).into()),
        }
    }
    Ok(out)
}

struct Checked {
    email: String,
    first_name: String,
    last_name: String,
    attributes: BTreeMap<String, serde_json::Value>,
    lists: Vec<String>,
}

fn optional_name(field: &str, text: &str) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { Ok(validate::name(field, text, 100)?) }
}

impl TenantDb {
    async fn check_draft(&self, draft: &ContactDraft, before: &Attributes) -> Result<Checked> {
        self.may_send()?;
        let kinds = Kinds::load(self.db(), &self.t()).await?;
        let attributes = check_attributes(&draft.attributes, before, &kinds)?;
        self.room_for_attributes(&kinds, attributes.keys()).await?;
        Ok(Checked {
            email: validate::email(&draft.email).map_err(|e| Fault::field("email", t!("fault-contacts-address", problem = e)))?,
            first_name: optional_name("first_name", &draft.first_name)?,
            last_name: optional_name("last_name", &draft.last_name)?,
            attributes,
            lists: self.known_lists(&draft.lists).await?,
        })
    }

    /// # Errors
    /// A fault when a workspace would have too many attributes with these.
    pub(crate) async fn room_for_attributes(&self, kinds: &Kinds, names: impl Iterator<Item = &String>) -> Result<()> {
        let mut all: std::collections::BTreeSet<String> = self.attribute_names().await?.into_iter().chain(kinds.names().cloned()).collect();
        let before = all.len();
        all.extend(names.cloned());
        let most = nexsent_model::attributes::MAX_ATTRIBUTES;
        if all.len() > most && all.len() > before {
            return Err(Fault::field("attributes", t!("fault-contacts-attributes-full", most = most)).into());
        }
        Ok(())
    }

    /// The given lists, when all of them are this workspace's.
    pub(crate) async fn known_lists(&self, lists: &[ListId]) -> Result<Vec<String>> {
        let ids: Vec<RecordId> = lists.iter().map(|l| crate::db::rid("contact_list", l.as_str())).collect();
        let mut found: Vec<String> = q!(self.db(), "SELECT VALUE record::id(id) FROM $ids WHERE tenant = $t", ids = ids, t = self.t())?.take(0)?;
        found.sort();
        found.dedup();
        let mut wanted: Vec<&str> = lists.iter().map(|l| l.as_str()).collect();
        wanted.sort_unstable();
        wanted.dedup();
        if found.len() == wanted.len() { Ok(found) } else { Err(Fault::field("lists", t!("fault-contacts-list-gone")).into()) }
    }

    async fn counter(&self) -> Result<Counter> {
        let found: Option<Counter> =
            q!(self.db(), "SELECT next, attributes FROM ONLY $id WHERE tenant = $t", id = counter_id(&self.t()), t = self.t())?.take(0)?;
        Ok(found.unwrap_or(Counter { next: 1, attributes: Vec::new() }))
    }

    /// Adds a contact.
    ///
    /// # Errors
    /// A fault on the field that is wrong; on `email` when there is one already.
    pub async fn create_contact(&self, draft: &ContactDraft) -> Result<Contact> {
        let c = self.check_draft(draft, &Attributes::new()).await?;
        if consent::is_erased(self.core(), self.db(), &self.t(), &c.email).await? {
            return Err(Fault::field("email", t!("fault-contacts-erased")).into());
        }
        let _held = lock(self.core(), self.tenant_id()).await;
        let number = retrying(|| self.insert_contact(&c)).await?;
        // By number: the log is never changed, and somebody's address must be able to go.
        self.audit(Entry::new("contact.create", &ContactId(number).to_string())).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        self.contact(ContactId(number)).await
    }

    async fn insert_contact(&self, c: &Checked) -> Result<u32> {
        let t = self.t();
        let counter = self.counter().await?;
        let number = counter.next;
        let mut change = bits::Change::default();
        change.add(bits::ALL, number);
        c.lists.iter().for_each(|l| change.add(l, number));
        let names: Vec<String> = c.attributes.keys().cloned().collect();
        let lists = self.list_names().await?;
        let mut events = vec![Event::new(EventKind::Added, "").by(&self.me().name)];
        events.extend(c.lists.iter().map(|l| Event::new(EventKind::Joined, name_of(&lists, l)).by(&self.me().name)));
        let done = q!(
            self.db(),
            format!(
                "BEGIN;
                 LET $reason = (SELECT VALUE reason FROM ONLY $suppression);
                 CREATE $id SET tenant = $t, email = $email, first_name = $first, last_name = $last, attributes = $attributes, lists = $lists,
                   status = IF $reason = NONE {{ 'active' }} ELSE IF $reason = 'unsubscribed' {{ 'unsubscribed' }} ELSE {{ 'suppressed' }},
                   created_at = $now, updated_at = $now RETURN NONE;
                 UPSERT $counter SET tenant = $t, next = $next, attributes = array::union(attributes ?? [], $names) RETURN NONE;
                 {} {}
                 {}
                 COMMIT;",
                bits::WRITE,
                marks::WRITE,
                consent::WRITE_EVENTS
            ),
            dirty = Marks::contacts([number]).rows(&t),
            id = contact_id(&t, number),
            events = consent::event_rows(&t, number, events),
            suppression = suppression_id(&t, &c.email),
            t = t.clone(),
            email = c.email.clone(),
            first = c.first_name.clone(),
            last = c.last_name.clone(),
            attributes = c.attributes.clone(),
            lists = c.lists.clone(),
            now = Utc::now(),
            counter = counter_id(&t),
            next = i64::from(number) + 1,
            names = names,
            bits = change.rows(self.db(), &t).await?,
        );
        match done {
            Ok(_) => Ok(number),
            Err(e) if e.is_duplicate() => Err(duplicate(&c.email)),
            Err(e) => Err(e),
        }
    }

    /// Changes a contact: every field becomes what the draft says.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub async fn update_contact(&self, id: ContactId, draft: &ContactDraft) -> Result<Contact> {
        self.amend_contact(id, |d| draft.clone_into(d)).await
    }

    /// Changes a contact as it is now: two people who change two fields at once both get what they wanted.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub(crate) async fn amend_contact(&self, id: ContactId, amend: impl Fn(&mut ContactDraft)) -> Result<Contact> {
        self.may_send()?;
        let _held = lock(self.core(), self.tenant_id()).await;
        let t = self.t();
        retrying(|| async {
            let before = self.contact(id).await?;
            let lists = self.list_names().await?;
            let mut draft = ContactDraft {
                email: before.email.clone(),
                first_name: before.first_name.clone(),
                last_name: before.last_name.clone(),
                attributes: before.attributes.clone(),
                // A list that was deleted may still be named.
                lists: before.lists.iter().filter(|l| lists.contains_key(l.as_str())).cloned().collect(),
            };
            amend(&mut draft);
            let c = self.check_draft(&draft, &before.attributes).await?;
            let mut change = bits::Change::default();
            before.lists.iter().filter(|l| !c.lists.iter().any(|x| x == l.as_str())).for_each(|l| change.remove(l.as_str(), id.0));
            c.lists.iter().for_each(|l| change.add(l, id.0));
            let names: Vec<String> = c.attributes.keys().cloned().collect();
            let done = q!(
                self.db(),
                format!(
                    "BEGIN;
                     UPDATE $id SET email = $email, first_name = $first, last_name = $last, attributes = $attributes, lists = $lists, updated_at = $now WHERE tenant = $t RETURN NONE;
                     UPDATE $counter SET attributes = array::union(attributes ?? [], $names) RETURN NONE;
                     {} {}
                     {}
                     COMMIT;",
                    bits::WRITE,
                    marks::WRITE,
                    consent::WRITE_EVENTS
                ),
                dirty = Marks::contacts([id.0]).rows(&t),
                id = contact_id(&t, id.0),
                events = consent::event_rows(&t, id.0, changes(&before, &c, &lists, &self.me().name)),
                t = t.clone(),
                email = c.email.clone(),
                first = c.first_name.clone(),
                last = c.last_name.clone(),
                attributes = c.attributes.clone(),
                lists = c.lists.clone(),
                now = Utc::now(),
                counter = counter_id(&t),
                names = names,
                bits = change.rows(self.db(), &t).await?,
            );
            match done {
                Ok(_) => Ok(()),
                Err(e) if e.is_duplicate() => Err(duplicate(&c.email)),
                Err(e) => Err(e),
            }
        })
        .await?;
        let now = self.contact(id).await?;
        self.audit(Entry::new("contact.change", &id.to_string())).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(now)
    }

    /// Deletes contacts; returns how many there were. It can be undone as every action over many can. An unsubscription stays in force
    /// for the address.
    ///
    /// # Errors
    /// A fault for more than 1,000 at once.
    pub async fn delete_contacts(&self, ids: &[ContactId]) -> Result<u64> {
        Ok(self.start_bulk(&ContactFilter::Ids { ids: ids.to_vec() }, &BulkAction::Delete).await?.changed)
    }
}

fn name_of(lists: &BTreeMap<String, String>, id: &str) -> String {
    lists.get(id).cloned().unwrap_or_default()
}

/// What an edit changed, as lines of the timeline: which fields, not what was in them. Kept in these words; whoever reads
/// them is told in their own language.
fn changes(before: &Contact, c: &Checked, lists: &BTreeMap<String, String>, who: &str) -> Vec<Event> {
    let mut fields: Vec<&str> = Vec::new();
    for (name, changed) in
        [("e-mail", before.email != c.email), ("first name", before.first_name != c.first_name), ("last name", before.last_name != c.last_name)]
    {
        if changed {
            fields.push(name);
        }
    }
    let names: std::collections::BTreeSet<&String> = before.attributes.keys().chain(c.attributes.keys()).collect();
    fields.extend(names.into_iter().filter(|n| before.attributes.get(*n) != c.attributes.get(*n)).map(String::as_str));
    let mut events = Vec::new();
    if !fields.is_empty() {
        events.push(Event::new(EventKind::Edited, "").by(who).detail(fields.join(", ")));
    }
    let was = |id: &String| before.lists.iter().any(|l| l.as_str() == id);
    events.extend(c.lists.iter().filter(|l| !was(l)).map(|l| Event::new(EventKind::Joined, name_of(lists, l)).by(who)));
    let left = before.lists.iter().map(ListId::as_str).filter(|l| lists.contains_key(*l) && !c.lists.iter().any(|x| x == l));
    events.extend(left.map(|l| Event::new(EventKind::Left, name_of(lists, l)).by(who)));
    events
}

fn duplicate(email: &str) -> Error {
    Fault { code: FaultCode::Conflict, message: t!("fault-contacts-taken", email = email), field: Some("email".to_owned()) }.into()
}
