//! A filter as the numbers of the contacts that it matches: from the bitmaps, or from the index of addresses. Never a scan.

use nexsent_model::{Fault, FaultCode, bulk::ContactFilter};
use nexsent_texts::{t, within};
use roaring::RoaringBitmap;
use surrealdb_types::{RecordId, SurrealValue};

use super::bits;
use crate::{
    Result, TenantDb,
    accounts::language,
    db::{Db, last_number, q},
};

/// Addresses a page of the index.
const PAGE: usize = 5000;
/// How many can be named one by one.
pub(crate) const MAX_IDS: usize = 1000;

/// Everyone whose address starts with `search`, by keyset pages of the index.
async fn by_address(db: &Db, tenant: &str, search: &str) -> Result<RoaringBitmap> {
    #[derive(SurrealValue)]
    struct Row {
        id: RecordId,
        email: String,
    }
    let sql = "SELECT id, email FROM contact WHERE tenant = $t AND email >= $from AND email < $to ORDER BY email LIMIT $limit";
    let mut out = RoaringBitmap::new();
    let mut from = search.to_owned();
    loop {
        let rows: Vec<Row> =
            q!(db, sql, t = tenant.to_owned(), from = from.clone(), to = format!("{search}\u{10FFFF}"), limit = PAGE as i64)?.take(0)?;
        out.extend(rows.iter().map(|r| last_number(&r.id)));
        match rows.last() {
            Some(row) if rows.len() == PAGE => from = format!("{}\u{0}", row.email),
            _ => return Ok(out),
        }
    }
}

impl TenantDb {
    /// The numbers of the contacts that a filter matches now.
    pub(crate) async fn filter_numbers(&self, filter: &ContactFilter) -> Result<RoaringBitmap> {
        let (db, t) = (self.db(), self.t());
        match filter {
            ContactFilter::View { search, list, segment } => {
                let mut within = bits::load(db, &t, list.as_ref().map_or(bits::ALL, |l| l.as_str())).await?;
                if let Some(segment) = segment {
                    within &= self.segment_bits(segment).await?;
                }
                let search = search.trim().to_lowercase();
                Ok(if search.is_empty() || within.is_empty() { within } else { within & by_address(db, &t, &search).await? })
            }
            ContactFilter::Ids { ids } => {
                let named: RoaringBitmap = ids.iter().map(|i| i.0).collect();
                Ok(named & bits::load(db, &t, bits::ALL).await?)
            }
        }
    }

    /// # Errors
    /// A fault for a list of another workspace, or more ids than can be named.
    pub(crate) async fn check_filter(&self, filter: &ContactFilter) -> Result<()> {
        match filter {
            ContactFilter::View { list: Some(list), .. } => self.known_lists(std::slice::from_ref(list)).await.map(drop),
            ContactFilter::View { .. } => Ok(()),
            ContactFilter::Ids { ids } if ids.len() > MAX_IDS => {
                Err(Fault::new(FaultCode::TooLarge, t!("fault-contacts-too-many", most = MAX_IDS.to_string())).into())
            }
            ContactFilter::Ids { .. } => Ok(()),
        }
    }

    /// How many contacts a filter matches now.
    ///
    /// # Errors
    /// A fault for a list that is not there.
    pub async fn count_contacts(&self, filter: &ContactFilter) -> Result<u64> {
        self.check_filter(filter).await?;
        match filter {
            // The bitmaps have the figure beside them.
            ContactFilter::View { search, list, segment: None } if search.trim().is_empty() => {
                bits::count(self.db(), &self.t(), list.as_ref().map_or(bits::ALL, |l| l.as_str())).await
            }
            filter => Ok(self.filter_numbers(filter).await?.len()),
        }
    }

    /// Whom a filter is about, in words that stay: in the workspace's language.
    pub(crate) async fn filter_text(&self, filter: &ContactFilter) -> Result<String> {
        within(language::of_workspace(self.core(), &self.t()).await?, self.filter_words(filter)).await
    }

    async fn filter_words(&self, filter: &ContactFilter) -> Result<String> {
        Ok(match filter {
            ContactFilter::Ids { .. } => t!("fault-contacts-scope-chosen"),
            ContactFilter::View { search, list, segment } => {
                let within = match list {
                    Some(list) => t!("fault-contacts-scope-list", list = self.list_name(list).await?),
                    None => t!("fault-contacts-scope-all"),
                };
                let within = match segment {
                    Some(segment) => t!("fault-contacts-scope-segment", within = within, segment = self.segment(segment).await?.row.name),
                    None => within,
                };
                let search = search.trim();
                if search.is_empty() { within } else { t!("fault-contacts-scope-search", within = within, search = search) }
            }
        })
    }
}
