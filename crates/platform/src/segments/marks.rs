//! Marks of blocks that have changed. Whoever writes what a segment can look at writes them in the same transaction, so that a kill at any
//! instant leaves either both or none.

use std::collections::BTreeSet;

use surrealdb_types::{RecordId, SurrealValue};

use super::index::BLOCK;
use crate::db::{aid, key};

/// The source whose blocks are made from contacts.
pub(crate) const CONTACTS: &str = "contacts";
/// The source that has all campaigns in it; made beside the campaigns' own.
pub(crate) const ACTIVITY: &str = "activity";

/// Writes marks; `$dirty` is bound to what [`Marks::rows`] gave.
pub(crate) const WRITE: &str = "INSERT INTO segment_dirty $dirty RETURN NONE;";

#[derive(Clone, SurrealValue)]
pub(crate) struct MarkRow {
    id: RecordId,
    tenant: String,
}

/// Blocks that a transaction changes.
#[derive(Default)]
pub(crate) struct Marks(BTreeSet<(String, u32)>);

impl Marks {
    /// A contact is made, changed or deleted, or its address is suppressed or not.
    pub fn contact(&mut self, number: u32) {
        self.block(CONTACTS, number / BLOCK);
    }

    /// A campaign was accepted, opened or clicked by a contact.
    pub fn campaign(&mut self, campaign: &str, number: u32) {
        self.block(campaign, number / BLOCK);
    }

    pub fn block(&mut self, source: &str, block: u32) {
        self.0.insert((source.to_owned(), block));
    }

    /// Of some contacts.
    pub fn contacts(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut out = Self::default();
        numbers.into_iter().for_each(|n| out.contact(n));
        out
    }

    /// The rows to be written: one a block, under an id that nobody else writes.
    pub fn rows(&self, tenant: &str) -> Vec<MarkRow> {
        let mark = ulid::Ulid::new().to_string();
        self.0
            .iter()
            .map(|(source, block)| MarkRow {
                id: aid("segment_dirty", key![tenant.to_owned(), source.clone(), i64::from(*block), mark.clone()]),
                tenant: tenant.to_owned(),
            })
            .collect()
    }
}
