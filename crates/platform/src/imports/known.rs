//! Which addresses a workspace has, as an import sees it.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use surrealdb_types::SurrealValue;

use crate::{
    Result,
    db::{Db, q},
};

/// Hashes of the addresses that the workspace has: eight bytes each, so that only those that may be there are looked up. (An `IN` over a
/// thousand addresses reads the whole tenant.)
#[derive(Default)]
pub(super) struct Known(HashSet<u64>);

impl Known {
    fn hash(email: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        email.hash(&mut hasher);
        hasher.finish()
    }

    pub fn has(&self, email: &str) -> bool {
        self.0.contains(&Self::hash(email))
    }

    pub fn add(&mut self, emails: &[&str]) {
        self.0.extend(emails.iter().map(|e| Self::hash(e)));
    }

    /// Reads all addresses of a tenant, by keyset pages of the index.
    pub async fn load(db: &Db, tenant: &str) -> Result<Self> {
        let mut known = Self::default();
        let mut last = String::new();
        loop {
            let sql = "SELECT email FROM contact WHERE tenant = $t AND email > $last ORDER BY email LIMIT 5000";
            #[derive(SurrealValue)]
            struct Row {
                email: String,
            }
            let page: Vec<Row> = q!(db, sql, t = tenant.to_owned(), last = last.clone())?.take(0)?;
            known.0.extend(page.iter().map(|r| Self::hash(&r.email)));
            match page.last() {
                Some(row) if page.len() == 5000 => last.clone_from(&row.email),
                _ => return Ok(known),
            }
        }
    }
}
