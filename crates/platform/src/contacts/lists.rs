//! Lists.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nexsent_model::{Fault, ListId, contacts::ListRow, live::LiveEvent, validate};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::bits;
use crate::{
    Result, TenantDb,
    accounts::audit::Entry,
    db::{Db, q, rid, text_key},
};

/// How many a workspace may have.
const MAX: usize = 500;

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    name: String,
    description: String,
    created_at: DateTime<Utc>,
}

impl TenantDb {
    /// Every list with its size, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lists(&self) -> Result<Vec<ListRow>> {
        let rows: Vec<Row> =
            q!(self.db(), "SELECT id, name, description, created_at FROM contact_list WHERE tenant = $t ORDER BY name LIMIT 500", t = self.t())?
                .take(0)?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let id: ListId = text_key(&row.id).parse()?;
            let contacts = bits::count(self.db(), &self.t(), id.as_str()).await?;
            out.push(ListRow { id, name: row.name, description: row.description, contacts, created_at: row.created_at });
        }
        Ok(out)
    }

    /// The names of the lists by their ids.
    pub(crate) async fn list_names(&self) -> Result<BTreeMap<String, String>> {
        list_names(self.db(), &self.t()).await
    }

    /// Makes a list.
    ///
    /// # Errors
    /// A fault on `name`.
    pub async fn create_list(&self, name: &str, description: &str) -> Result<ListId> {
        self.may_send()?;
        let (name, description) = check(name, description)?;
        if self.lists().await?.len() >= MAX {
            return Err(Fault::field("name", t!("fault-contacts-lists-most", most = MAX)).into());
        }
        let id = ListId::new();
        let done = q!(
            self.db(),
            "CREATE $id SET tenant = $t, name = $name, description = $description",
            id = rid("contact_list", id.as_str()),
            t = self.t(),
            name = name.clone(),
            description = description
        );
        match done {
            Ok(_) => {
                self.audit(Entry { after: Some(name), ..Entry::new("list.create", id.as_str()) }).await?;
                Ok(id)
            }
            Err(e) if e.is_duplicate() => Err(taken(&name)),
            Err(e) => Err(e),
        }
    }

    /// Renames a list.
    ///
    /// # Errors
    /// A fault on `name`.
    pub async fn update_list(&self, id: &ListId, name: &str, description: &str) -> Result<()> {
        self.may_send()?;
        let (name, description) = check(name, description)?;
        let before: Option<String> =
            q!(self.db(), "SELECT VALUE name FROM ONLY $id WHERE tenant = $t", id = rid("contact_list", id.as_str()), t = self.t())?.take(0)?;
        let done = q!(
            self.db(),
            "UPDATE $id SET name = $name, description = $description WHERE tenant = $t RETURN VALUE name",
            id = rid("contact_list", id.as_str()),
            t = self.t(),
            name = name.clone(),
            description = description
        );
        match done {
            Ok(mut r) => {
                let changed: Vec<String> = r.take(0)?;
                if changed.is_empty() {
                    return Err(Fault::not_found("list").into());
                }
                self.audit(Entry { before, after: Some(name), ..Entry::new("list.rename", id.as_str()) }).await
            }
            Err(e) if e.is_duplicate() => Err(taken(&name)),
            Err(e) => Err(e),
        }
    }

    /// Deletes a list; its contacts stay.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delete_list(&self, id: &ListId) -> Result<()> {
        self.may_send()?;
        self.known_lists(std::slice::from_ref(id)).await?;
        let _held = super::edit::lock(self.core(), self.tenant_id()).await;
        // Contacts still name it; nobody looks there for a list that is gone.
        q!(
            self.db(),
            "BEGIN; DELETE $id WHERE tenant = $t RETURN NONE; DELETE contact_bits:[$t, $key, 0]..=[$t, $key, 65536] RETURN NONE; COMMIT;",
            id = rid("contact_list", id.as_str()),
            t = self.t(),
            key = id.to_string()
        )?;
        self.audit(Entry::new("list.delete", id.as_str())).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }
}

/// The names of a workspace's lists by their ids.
pub(crate) async fn list_names(db: &Db, tenant: &str) -> Result<BTreeMap<String, String>> {
    #[derive(SurrealValue)]
    struct Named {
        id: RecordId,
        name: String,
    }
    let rows: Vec<Named> = q!(db, "SELECT id, name FROM contact_list WHERE tenant = $t ORDER BY name LIMIT 500", t = tenant.to_owned())?.take(0)?;
    Ok(rows.into_iter().map(|r| (text_key(&r.id), r.name)).collect())
}

fn check(name: &str, description: &str) -> Result<(String, String)> {
    let name = validate::name("name", name, 80)?;
    let description = if description.trim().is_empty() { String::new() } else { validate::name("description", description, 300)? };
    Ok((name, description))
}

fn taken(name: &str) -> crate::Error {
    Fault::field("name", t!("fault-contacts-list-taken", name = name)).into()
}
