//! How a list is joined, and what people see of it.

use nexsent_model::{
    Fault, ListId,
    consent::{ConfirmMail, ListSettings, ListView},
    forms::lines,
    live::LiveEvent,
    validate,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Error, Result, TenantDb,
    accounts::audit::Entry,
    db::{Db, q, rid, text_key},
};

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    name: String,
    description: String,
    settings: Option<String>,
}

/// A list as operations here need it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub id: ListId,
    pub name: String,
    pub description: String,
    pub settings: ListSettings,
}

impl Known {
    /// What people see instead of the name.
    pub fn public_name(&self) -> String {
        if self.settings.public_name.is_empty() { self.name.clone() } else { self.settings.public_name.clone() }
    }
}

fn read(row: Row) -> Result<Known> {
    let settings = row.settings.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
    Ok(Known { id: text_key(&row.id).parse()?, name: row.name, description: row.description, settings })
}

/// Those of some lists that are there, in the given order.
pub(super) async fn known(db: &Db, tenant: &str, lists: &[String]) -> Result<Vec<Known>> {
    let ids: Vec<RecordId> = lists.iter().map(|l| rid("contact_list", l)).collect();
    let rows: Vec<Row> = q!(db, "SELECT id, name, description, settings FROM $ids WHERE tenant = $t", ids = ids, t = tenant.to_owned())?.take(0)?;
    let mut found: Vec<Known> = rows.into_iter().map(read).collect::<Result<_>>()?;
    found.sort_by_key(|k| lists.iter().position(|l| l == k.id.as_str()));
    found.dedup_by(|a, b| a.id == b.id);
    Ok(found)
}

impl TenantDb {
    /// A list with its settings.
    ///
    /// # Errors
    /// A fault when there is no such list.
    pub async fn list(&self, id: &ListId) -> Result<ListView> {
        let found = known(self.db(), &self.t(), &[id.to_string()]).await?.pop();
        let k = found.ok_or_else(|| Error::from(Fault::not_found("list")))?;
        Ok(ListView { id: k.id, name: k.name, description: k.description, settings: k.settings })
    }

    /// Changes a list with its settings.
    ///
    /// # Errors
    /// A fault on the field that is wrong; on `domain` when confirmations could not leave from it.
    pub async fn save_list_settings(&self, view: &ListView) -> Result<()> {
        self.may_send()?;
        let before = self.list(&view.id).await?;
        let settings = self.checked(&view.settings).await?;
        self.update_list(&view.id, &view.name, &view.description).await?;
        q!(
            self.db(),
            "UPDATE $id SET settings = $settings WHERE tenant = $t RETURN NONE",
            id = rid("contact_list", view.id.as_str()),
            t = self.t(),
            settings = serde_json::to_string(&settings)?,
        )?;
        if before.settings.double_opt_in != settings.double_opt_in {
            let word = |on: bool| if on { "on" } else { "off" };
            let entry = Entry::change("list.double_opt_in", view.id.as_str(), word(before.settings.double_opt_in), word(settings.double_opt_in));
            self.audit(entry).await?;
        }
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    async fn checked(&self, s: &ListSettings) -> Result<ListSettings> {
        let optional = |field: &str, text: &str, max| if text.trim().is_empty() { Ok(String::new()) } else { validate::name(field, text, max) };
        let mail = ConfirmMail {
            domain: s.mail.domain.clone(),
            from_name: optional("from_name", &s.mail.from_name, 100)?,
            from_local: s.mail.from_local.trim().to_owned(),
            subject: optional("subject", &s.mail.subject, 200)?,
            text: lines("text", &s.mail.text, 4000)?,
        };
        let settings = ListSettings {
            double_opt_in: s.double_opt_in,
            private: s.private,
            public_name: optional("public_name", &s.public_name, 80)?,
            public_description: optional("public_description", &s.public_description, 300)?,
            after: lines("after", &s.after, 1000)?,
            mail,
        };
        if settings.double_opt_in {
            let domain = self.verified_domain(settings.mail.domain.as_ref()).await?;
            validate::email(&format!("{}@{domain}", settings.mail.from_local))
                .map_err(|e| Fault::field("from_local", t!("fault-consent-sender-address", why = e)))?;
            validate::name("subject", &settings.mail.subject, 200)?;
        }
        Ok(settings)
    }
}
