//! Pages of contacts: from the bitmaps, newest first; or by the start of an address, from its index.

use nexsent_model::{
    ContactId, Cursor, Fault, Page,
    contacts::{Contact, ContactQuery},
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{CONTACT, ContactRow, bits, contact_id};
use crate::{Result, TenantDb, db::q};

/// Rows a page: 50 when the caller does not say.
pub(crate) fn page_size(limit: u32) -> usize {
    match limit {
        0 => 50,
        n => n.min(200) as usize,
    }
}

impl TenantDb {
    /// One page of contacts.
    ///
    /// # Errors
    /// A fault for a cursor that is none.
    pub async fn contacts(&self, query: &ContactQuery) -> Result<Page<Contact>> {
        let limit = page_size(query.limit);
        let search = query.search.trim().to_lowercase();
        if let Some(segment) = &query.segment {
            return self.contacts_of_segment(segment, &search, query, limit).await;
        }
        if !search.is_empty() {
            return self.search_contacts(&search, query, limit).await;
        }
        let list = query.list.as_ref().map_or(bits::ALL, |l| l.as_str());
        let before = match &query.after {
            Some(c) => c.0.parse::<u32>().map_err(|_| bad_cursor())?,
            None => u32::MAX,
        };
        let mut numbers = bits::page(self.db(), &self.t(), list, before, limit + 1).await?;
        let more = numbers.len() > limit;
        numbers.truncate(limit);
        let next = more.then(|| numbers.last().map(|n| Cursor(n.to_string()))).flatten();
        let items = self.contacts_by_number(&numbers).await?;
        let total = bits::count(self.db(), &self.t(), list).await?;
        Ok(Page { items, next, total: Some(total) })
    }

    pub(crate) async fn contacts_by_number(&self, numbers: &[u32]) -> Result<Vec<Contact>> {
        let t = self.t();
        let ids: Vec<RecordId> = numbers.iter().map(|n| contact_id(&t, *n)).collect();
        let rows: Vec<ContactRow> = q!(self.db(), format!("SELECT {CONTACT} FROM $ids WHERE tenant = $t"), ids = ids, t = t)?.take(0)?;
        rows.into_iter().map(ContactRow::view).collect()
    }

    async fn search_contacts(&self, search: &str, query: &ContactQuery, limit: usize) -> Result<Page<Contact>> {
        let from = query.after.as_ref().map_or_else(|| search.to_owned(), |c| c.0.clone());
        // Of a list, only those in it: what the index gives is filtered, in pages of bounded size.
        let sql = format!("SELECT {CONTACT} FROM contact WHERE tenant = $t AND email >= $from AND email < $to ORDER BY email LIMIT $limit");
        let mut items: Vec<Contact> = Vec::new();
        let mut from = from;
        let mut next = None;
        for _ in 0..20 {
            let batch = if query.list.is_some() { 500 } else { limit + 1 };
            let rows: Vec<ContactRow> =
                q!(self.db(), sql.clone(), t = self.t(), from = from.clone(), to = format!("{search}\u{10FFFF}"), limit = batch as i64)?.take(0)?;
            let got = rows.len();
            for row in rows {
                if items.len() == limit {
                    next = Some(Cursor(row.email));
                    break;
                }
                from = format!("{}\u{0}", row.email);
                if query.list.as_ref().is_none_or(|l| row.lists.iter().any(|x| x == l.as_str())) {
                    items.push(row.view()?);
                }
            }
            if next.is_some() || got < batch {
                break;
            }
        }
        Ok(Page { items, next, total: None })
    }

    /// One contact.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn contact(&self, id: ContactId) -> Result<Contact> {
        self.contacts_by_number(&[id.0]).await?.pop().ok_or_else(|| Fault::not_found("contact").into())
    }

    /// The names of custom attributes that any contact has had.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn attribute_names(&self) -> Result<Vec<String>> {
        #[derive(SurrealValue)]
        struct Names {
            attributes: Vec<String>,
        }
        let names: Option<Names> =
            q!(self.db(), "SELECT attributes FROM ONLY $id WHERE tenant = $t", id = super::edit::counter_id(&self.t()), t = self.t())?.take(0)?;
        Ok(names.map(|n| n.attributes).unwrap_or_default())
    }
}

pub(crate) fn bad_cursor() -> Fault {
    Fault::field("after", t!("fault-contacts-page-gone"))
}
