//! A contact changed in place: one field, one list.

use nexsent_model::{ContactId, ListId, consent::FieldChange, contacts::Contact, forms::lines};

use super::proofs::{self, Row};
use crate::{Result, TenantDb};

impl TenantDb {
    /// Changes one field; the others stay as they are now, whoever changes them meanwhile.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub async fn change_field(&self, id: ContactId, change: &FieldChange) -> Result<Contact> {
        self.amend_contact(id, |draft| match change {
            FieldChange::Email(v) => draft.email.clone_from(v),
            FieldChange::FirstName(v) => draft.first_name.clone_from(v),
            FieldChange::LastName(v) => draft.last_name.clone_from(v),
            FieldChange::Attribute(name, serde_json::Value::Null) => drop(draft.attributes.remove(name)),
            FieldChange::Attribute(name, v) => drop(draft.attributes.insert(name.clone(), v.clone())),
        })
        .await
    }

    /// Puts a contact on a list or takes it off, by hand; a reason is kept as proof.
    ///
    /// # Errors
    /// A fault on `lists` or `consent`.
    pub async fn set_list(&self, id: ContactId, list: &ListId, member: bool, reason: &str) -> Result<Contact> {
        let reason = lines("consent", reason, 500)?;
        let before = self.contact(id).await?.lists.contains(list);
        let contact = self
            .amend_contact(id, |draft| {
                draft.lists.retain(|l| l != list);
                if member {
                    draft.lists.push(list.clone());
                }
            })
            .await?;
        if before != member {
            proofs::keep(self.core(), vec![Row::new(&self.t(), id.0, list.as_str(), member, &self.by_hand(&reason))]).await?;
        }
        Ok(contact)
    }
}
