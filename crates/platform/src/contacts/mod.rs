//! Contacts and lists.

pub(crate) mod attributes;
pub(crate) mod bits;
pub(crate) mod bulk;
pub(crate) mod duplicates;
pub(crate) mod edit;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod lists;
pub(crate) mod query;
pub(crate) mod suppressions;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nexsent_model::{
    ContactId, ListId,
    contacts::{Contact, ContactStatus},
};
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Result,
    db::{aid, key, last_number},
};

/// A contact as it is stored.
#[derive(Clone, Debug, SurrealValue)]
pub(crate) struct ContactRow {
    pub id: RecordId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub lists: Vec<String>,
    pub status: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

pub(crate) const CONTACT: &str = "id, email, first_name, last_name, attributes, lists, status, created_at, updated_at";

impl ContactRow {
    pub fn number(&self) -> u32 {
        last_number(&self.id)
    }

    pub fn view(self) -> Result<Contact> {
        Ok(Contact {
            id: ContactId(self.number()),
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            attributes: self.attributes,
            // A list that was deleted may still be named; it is simply not shown.
            lists: self.lists.iter().filter_map(|l| l.parse::<ListId>().ok()).collect(),
            status: match self.status.as_str() {
                "unsubscribed" => ContactStatus::Unsubscribed,
                "suppressed" => ContactStatus::Suppressed,
                _ => ContactStatus::Active,
            },
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// `contact:[tenant, number]`.
pub(crate) fn contact_id(tenant: &str, number: u32) -> RecordId {
    aid("contact", key![tenant.to_owned(), i64::from(number)])
}

/// `suppression:[tenant, email]`.
pub(crate) fn suppression_id(tenant: &str, email: &str) -> RecordId {
    aid("suppression", key![tenant.to_owned(), email.to_owned()])
}
