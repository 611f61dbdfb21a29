//! Notes on a contact: by whom, changed by the same one alone.

use chrono::Utc;
use nexsent_model::{ContactId, Fault, FaultCode, NoteId, forms::lines, live::LiveEvent};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use crate::{
    Result, TenantDb,
    db::{q, rid},
};

/// Characters of a note.
const MAX: usize = 4000;

fn check(text: &str) -> Result<String> {
    let text = lines("note", text, MAX)?;
    if text.is_empty() { Err(Fault::field("note", t!("fault-consent-empty-note")).into()) } else { Ok(text) }
}

impl TenantDb {
    /// Adds a note.
    ///
    /// # Errors
    /// A fault on `note`, unless the role may, or when there is no such contact.
    pub async fn add_note(&self, contact: ContactId, text: &str) -> Result<NoteId> {
        self.may_send()?;
        let text = check(text)?;
        self.contact(contact).await?;
        let id = NoteId::new();
        q!(
            self.db(),
            "CREATE $id SET tenant = $t, contact = $contact, newest = $newest, text = $text, member = $member, author = $author RETURN NONE",
            id = rid("note", id.as_str()),
            t = self.t(),
            contact = contact.0,
            newest = -Utc::now().timestamp_micros(),
            text = text,
            member = self.me().member.to_string(),
            author = self.me().name.clone(),
        )?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(id)
    }

    /// Changes one's own note.
    ///
    /// # Errors
    /// A fault on `note`, or when it is somebody else's.
    pub async fn edit_note(&self, id: &NoteId, text: &str) -> Result<()> {
        self.may_send()?;
        let text = check(text)?;
        let changed: Vec<String> = q!(
            self.db(),
            "UPDATE $id SET text = $text, edited_at = time::now() WHERE tenant = $t AND member = $member RETURN VALUE member",
            id = rid("note", id.as_str()),
            t = self.t(),
            member = self.me().member.to_string(),
            text = text,
        )?
        .take(0)?;
        self.own(&changed)
    }

    /// Takes one's own note away.
    ///
    /// # Errors
    /// A fault when it is somebody else's.
    pub async fn delete_note(&self, id: &NoteId) -> Result<()> {
        self.may_send()?;
        #[derive(SurrealValue)]
        struct Gone {
            member: String,
        }
        let gone: Vec<Gone> = q!(
            self.db(),
            "DELETE $id WHERE tenant = $t AND member = $member RETURN BEFORE",
            id = rid("note", id.as_str()),
            t = self.t(),
            member = self.me().member.to_string(),
        )?
        .take(0)?;
        self.own(&gone.into_iter().map(|g| g.member).collect::<Vec<_>>())
    }

    fn own(&self, changed: &[String]) -> Result<()> {
        if changed.is_empty() {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-consent-others-note")).into());
        }
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }
}
