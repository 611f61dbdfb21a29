//! Pages of a segment's contacts. The index is taken as it is: a page shows what is there now, and says nothing of sending.

use nexsent_model::{
    Cursor, Page, SegmentId,
    contacts::{Contact, ContactQuery},
};

use super::{eval::Wanted, union};
use crate::{
    Result, TenantDb,
    contacts::{CONTACT, ContactRow, bits, query::bad_cursor},
    db::q,
};

/// Addresses looked at for one page of a search.
const STEP: usize = 500;
const STEPS: usize = 40;

impl TenantDb {
    /// One page of a segment: newest first, or by address when it is searched. Only as many blocks are evaluated as the page needs.
    pub(crate) async fn contacts_of_segment(&self, id: &SegmentId, search: &str, query: &ContactQuery, limit: usize) -> Result<Page<Contact>> {
        self.may_read_segments()?;
        let one = std::slice::from_ref(id);
        if !search.is_empty() {
            return self.search_segment(id, search, query, limit).await;
        }
        let before = match &query.after {
            Some(c) => c.0.parse::<u32>().map_err(|_| bad_cursor())?,
            None => u32::MAX,
        };
        let mut numbers: Vec<u32> = match &query.list {
            Some(list) => {
                // Of both, everyone who may be on the page has to be known.
                let both = self.segment_bits(id).await? & bits::load(self.db(), &self.t(), list.as_str()).await?;
                both.range(..before).rev().take(limit + 1).collect()
            }
            None => {
                let found = union(self.core(), self.db(), &self.t(), one, Wanted::Newest(before, limit + 1)).await?;
                found.iter().rev().take(limit + 1).collect()
            }
        };
        let more = numbers.len() > limit;
        numbers.truncate(limit);
        let next = more.then(|| numbers.last().map(|n| Cursor(n.to_string()))).flatten();
        Ok(Page { items: self.contacts_by_number(&numbers).await?, next, total: None })
    }

    async fn search_segment(&self, id: &SegmentId, search: &str, query: &ContactQuery, limit: usize) -> Result<Page<Contact>> {
        let found = self.segment_bits(id).await?;
        let sql = format!("SELECT {CONTACT} FROM contact WHERE tenant = $t AND email >= $from AND email < $to ORDER BY email LIMIT $limit");
        let mut from = query.after.as_ref().map_or_else(|| search.to_owned(), |c| c.0.clone());
        let mut items = Vec::new();
        for _ in 0..STEPS {
            let to = format!("{search}\u{10FFFF}");
            let rows: Vec<ContactRow> = q!(self.db(), sql.clone(), t = self.t(), from = from.clone(), to = to, limit = STEP as i64)?.take(0)?;
            let got = rows.len();
            for row in rows {
                if items.len() == limit {
                    return Ok(Page { items, next: Some(Cursor(row.email)), total: None });
                }
                from = format!("{}\u{0}", row.email);
                let listed = query.list.as_ref().is_none_or(|l| row.lists.iter().any(|x| x == l.as_str()));
                if listed && found.contains(row.number()) {
                    items.push(row.view()?);
                }
            }
            if got < STEP {
                return Ok(Page { items, next: None, total: None });
            }
        }
        Ok(Page { items, next: Some(Cursor(from)), total: None })
    }
}
