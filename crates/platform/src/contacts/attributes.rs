//! Custom attributes: their types, what of a contact's values fits them, and how they go.

use std::collections::{BTreeMap, BTreeSet};

use nexsent_model::{
    Fault, FaultCode,
    attributes::{AttributeKind, AttributeRow, KindChange, MAX_ATTRIBUTES},
    live::LiveEvent,
    validate,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{contact_id, edit};
use crate::{
    Result, SystemDb, TenantDb,
    accounts::audit::Entry,
    db::{Db, aid, key, last_number, q, retrying},
    segments::{
        index::BLOCK,
        marks::{self, Marks},
    },
};

#[derive(Clone, SurrealValue)]
struct Row {
    name: String,
    kind: String,
    removing: bool,
}

/// `attribute:[tenant, name]`.
fn id(tenant: &str, name: &str) -> RecordId {
    aid("attribute", key![tenant.to_owned(), name.to_owned()])
}

/// What a workspace has said of its attributes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    declared: BTreeMap<String, AttributeKind>,
    removing: BTreeSet<String>,
}

impl Kinds {
    /// By name, all of a tenant: names start with a letter, and there are few.
    pub async fn load(db: &Db, tenant: &str) -> Result<Self> {
        let rows: Vec<Row> = q!(db, "SELECT name, kind, removing FROM attribute:[$t, 'a']..[$t, '{']", t = tenant.to_owned())?.take(0)?;
        let mut out = Self::default();
        for row in rows {
            if row.removing {
                out.removing.insert(row.name);
            } else {
                out.declared.insert(row.name, row.kind.parse().unwrap_or_default());
            }
        }
        Ok(out)
    }

    /// Its type; `None` while nobody has said one.
    pub fn declared(&self, name: &str) -> Option<AttributeKind> {
        self.declared.get(name).copied()
    }

    pub fn is_removing(&self, name: &str) -> bool {
        self.removing.contains(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.declared.keys()
    }

    /// A value as it is kept. What nobody has given a type is kept as it comes, and is text.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn convert(&self, name: &str, value: serde_json::Value) -> std::result::Result<Option<serde_json::Value>, String> {
        if self.is_removing(name) {
            return Err(removing_text(name));
        }
        match self.declared(name) {
            Some(kind) => kind.convert(&value).map_err(|e| t!("fault-contacts-attribute-value", name = name, problem = e)),
            None => Ok(Some(value)),
        }
    }
}

/// What is said to whoever wants to use an attribute that is being deleted.
pub(crate) fn removing_text(name: &str) -> String {
    t!("fault-contacts-attribute-removing", name = name)
}

fn unknown() -> crate::Error {
    Fault::not_found("attribute").into()
}

impl TenantDb {
    /// Every attribute by name: those with a type, and those that were seen on a contact, which are text.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn attributes(&self) -> Result<Vec<AttributeRow>> {
        let kinds = Kinds::load(self.db(), &self.t()).await?;
        let seen = self.attribute_names().await?;
        let counts = if self.may_read_segments().is_ok() { Some(crate::segments::eval::value_counts(self.db(), &self.t()).await?) } else { None };
        let names: BTreeSet<&String> = kinds.declared.keys().chain(&kinds.removing).chain(&seen).collect();
        Ok(names
            .into_iter()
            .map(|name| AttributeRow {
                name: name.clone(),
                kind: kinds.declared(name).unwrap_or_default(),
                declared: kinds.declared(name).is_some(),
                contacts: counts.as_ref().map(|c| c.get(name).copied().unwrap_or(0)),
                removing: kinds.is_removing(name),
            })
            .collect())
    }

    /// An attribute with a type, before any contact has it.
    ///
    /// # Errors
    /// A fault on `name`.
    pub async fn create_attribute(&self, name: &str, kind: AttributeKind) -> Result<()> {
        self.may_send()?;
        let name = validate::attribute(name).map_err(|e| Fault::field("name", e))?;
        let all = self.attributes().await?;
        if let Some(known) = all.iter().find(|a| a.name == name) {
            let message =
                if known.removing { t!("fault-contacts-attribute-going", name = &name) } else { t!("fault-contacts-attribute-taken", name = &name) };
            return Err(Fault { code: FaultCode::Conflict, message, field: Some("name".to_owned()) }.into());
        }
        if all.len() >= MAX_ATTRIBUTES {
            return Err(Fault::field("name", t!("fault-contacts-attributes-most", most = MAX_ATTRIBUTES)).into());
        }
        self.declare(&name, kind).await?;
        self.audit(Entry { after: Some(kind.as_str().to_owned()), ..Entry::new("attribute.create", &name) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    async fn declare(&self, name: &str, kind: AttributeKind) -> Result<()> {
        q!(
            self.db(),
            "UPSERT $id SET tenant = $t, name = $name, kind = $kind RETURN NONE",
            id = id(&self.t(), name),
            t = self.t(),
            name = name.to_owned(),
            kind = kind.as_str().to_owned()
        )
        .map(drop)
    }

    async fn attribute(&self, name: &str) -> Result<AttributeRow> {
        let found = self.attributes().await?.into_iter().find(|a| a.name == name && !a.removing);
        found.ok_or_else(unknown)
    }

    /// What another type would make of an attribute's values, and of the segments that look at it.
    ///
    /// # Errors
    /// A fault when there is no such attribute.
    pub async fn preview_attribute_kind(&self, name: &str, kind: AttributeKind) -> Result<KindChange> {
        self.may_send()?;
        let name = self.attribute(name).await?.name;
        let mut change = crate::segments::eval::misfits(self.core(), self.db(), &self.t(), &name, kind).await?;
        change.segments = self.segments_broken_by(&name, Some(kind)).await?;
        Ok(change)
    }

    /// Gives an attribute another type. Its values stay as they are: those that do not fit count as empty, and are back under the old type.
    ///
    /// # Errors
    /// A fault when there is no such attribute.
    pub async fn set_attribute_kind(&self, name: &str, kind: AttributeKind) -> Result<()> {
        self.may_send()?;
        let before = self.attribute(name).await?;
        self.declare(&before.name, kind).await?;
        self.audit(Entry::change("attribute.kind", &before.name, before.kind.as_str(), kind.as_str())).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    /// Deletes an attribute: nobody can use it from now on, and the actor takes its values from the contacts. Refused while a segment
    /// looks at it.
    ///
    /// # Errors
    /// A fault when there is no such attribute, or a segment uses it.
    pub async fn delete_attribute(&self, name: &str) -> Result<()> {
        self.may_send()?;
        let before = self.attribute(name).await?;
        if let Some(first) = self.segments_broken_by(&before.name, None).await?.first() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-contacts-attribute-in-segment", segment = first)).into());
        }
        // No import is in the middle of a batch that has it.
        let _held = edit::lock(self.core(), self.tenant_id()).await;
        q!(
            self.db(),
            "UPSERT $id SET tenant = $t, name = $name, kind = $kind, removing = true, next_block = 0 RETURN NONE",
            id = id(&self.t(), &before.name),
            t = self.t(),
            name = before.name.clone(),
            kind = before.kind.as_str().to_owned()
        )?;
        self.audit(Entry::new("attribute.delete", &before.name)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }
}

#[derive(SurrealValue)]
struct Doomed {
    id: RecordId,
    tenant: String,
    name: String,
    next_block: u32,
}

impl SystemDb {
    /// Takes the values of deleted attributes from the contacts, one block of contacts a transaction; `steps` of them at most. Returns
    /// whether there is more to do. Taken up where it was after a kill.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remove_attribute_values(&self, steps: usize) -> Result<bool> {
        for _ in 0..steps {
            let sql = "SELECT id, tenant, name, next_block FROM attribute WHERE removing = true LIMIT 1";
            let doomed: Option<Doomed> = q!(self.0.system, sql)?.take(0)?;
            let Some(doomed) = doomed else { return Ok(false) };
            let tenant = doomed.tenant.parse()?;
            let _held = edit::lock(&self.0, &tenant).await;
            if retrying(|| self.remove_step(&doomed)).await? {
                self.publish(&tenant, LiveEvent::Contacts);
            }
        }
        Ok(true)
    }

    /// One block; whether it was the last.
    async fn remove_step(&self, doomed: &Doomed) -> Result<bool> {
        let (db, t, block) = (&self.0.system, &doomed.tenant, doomed.next_block);
        let counter: Option<edit::Counter> = q!(db, "SELECT next, attributes FROM ONLY $id", id = edit::counter_id(t))?.take(0)?;
        if u64::from(block) * u64::from(BLOCK) >= counter.map_or(0, |c| u64::from(c.next)) {
            q!(
                db,
                "BEGIN;
                 UPDATE $counter SET attributes = array::complement(attributes, [$name]) RETURN NONE;
                 DELETE $id RETURN NONE;
                 COMMIT;",
                counter = edit::counter_id(t),
                name = doomed.name.clone(),
                id = doomed.id.clone()
            )?;
            return Ok(true);
        }
        let sql = "SELECT VALUE id FROM contact:[$t, $from]..=[$t, $to] WHERE attributes[$name] != NONE";
        let first = block * BLOCK;
        let ids: Vec<RecordId> =
            q!(db, sql, t = t.clone(), from = i64::from(first), to = i64::from(first) + i64::from(BLOCK) - 1, name = doomed.name.clone())?.take(0)?;
        let mut dirty = Marks::default();
        ids.iter().for_each(|id| dirty.contact(last_number(id)));
        q!(
            db,
            format!(
                "BEGIN;
                 FOR $c IN $ids {{ UPDATE $c SET attributes = object::from_entries(object::entries(attributes).filter(|$e| $e[0] != $name)) RETURN NONE }};
                 {}
                 UPDATE $id SET next_block = $next RETURN NONE;
                 COMMIT;",
                marks::WRITE
            ),
            ids = ids.iter().map(|i| contact_id(t, last_number(i))).collect::<Vec<_>>(),
            name = doomed.name.clone(),
            dirty = dirty.rows(t),
            id = doomed.id.clone(),
            next = block + 1
        )?;
        Ok(false)
    }
}
