//! The suppression list: who is never mailed, why, and since when.

use chrono::{DateTime, Utc};
use nexsent_model::{
    Cursor, Fault, FaultCode, Page,
    live::LiveEvent,
    suppressions::{Suppression, SuppressionQuery, SuppressionReason},
    validate,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{edit::lock, export, query::page_size, suppression_id};
use crate::{
    Result, TenantDb,
    accounts::audit::Entry,
    consent,
    db::{last_number, q, retrying},
    segments::marks::{self, MarkRow, Marks},
};

/// Adds an address to the suppression list; `$stop`, `$t`, `$email`, `$reason` and `$origin` are bound. An entry that a bulk action has made
/// becomes the newcomer's own: taking that action back no longer takes it away.
pub(crate) const SUPPRESS: &str =
    "INSERT IGNORE INTO suppression { id: $stop, tenant: $t, email: $email, reason: $reason, origin: $origin } RETURN NONE;
   UPDATE $stop SET reason = $reason, origin = $origin WHERE string::starts_with(origin, 'blk_') RETURN NONE;";

/// Rows a piece of an export.
const PIECE: usize = 500;
/// More than a page: rows of one instant may stand before where it starts.
const SLACK: usize = 64;

#[derive(SurrealValue)]
struct Row {
    email: String,
    reason: String,
    origin: String,
    newest: i64,
    created_at: DateTime<Utc>,
}

const FIELDS: &str = "email, reason, origin, newest, created_at";

impl Row {
    fn view(self) -> Suppression {
        Suppression {
            reason: self.reason.parse().unwrap_or(SuppressionReason::Manual),
            email: self.email,
            origin: self.origin,
            created_at: self.created_at,
        }
    }
}

fn bad_cursor() -> Fault {
    Fault::field("after", t!("fault-people-page-gone"))
}

impl TenantDb {
    /// One page of the suppression list: newest first, or by address where one is searched for.
    ///
    /// # Errors
    /// A fault for a cursor that is none.
    pub async fn suppressions(&self, query: &SuppressionQuery) -> Result<Page<Suppression>> {
        let limit = page_size(query.limit);
        let search = query.search.trim().to_lowercase();
        if search.is_empty() { self.newest_suppressions(query, limit).await } else { self.find_suppressions(&search, query, limit).await }
    }

    async fn newest_suppressions(&self, query: &SuppressionQuery, limit: usize) -> Result<Page<Suppression>> {
        let (from, email) = match &query.after {
            Some(c) => {
                let (at, email) = c.0.split_once(' ').ok_or_else(bad_cursor)?;
                (at.parse::<i64>().map_err(|_| bad_cursor())?, email.to_owned())
            }
            None => (i64::MIN, String::new()),
        };
        let only = if query.reason.is_some() { "AND reason = $reason" } else { "" };
        let rows: Vec<Row> = q!(
            self.db(),
            format!("SELECT {FIELDS} FROM suppression WHERE tenant = $t {only} AND newest >= $from ORDER BY newest LIMIT $limit"),
            t = self.t(),
            reason = query.reason.map(|r| r.as_str().to_owned()),
            from = from,
            limit = (limit + 1 + SLACK) as i64
        )?
        .take(0)?;
        // Rows of one instant come by address.
        let mut rows: Vec<Row> = rows.into_iter().filter(|r| r.newest > from || r.email > email).collect();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more.then(|| rows.last().map(|r| Cursor(format!("{} {}", r.newest, r.email)))).flatten();
        Ok(Page { items: rows.into_iter().map(Row::view).collect(), next, total: None })
    }

    async fn find_suppressions(&self, search: &str, query: &SuppressionQuery, limit: usize) -> Result<Page<Suppression>> {
        let mut from = query.after.as_ref().map_or_else(|| search.to_owned(), |c| c.0.clone());
        let mut items = Vec::new();
        // A rare reason is looked for in bounded steps.
        for _ in 0..20 {
            let rows: Vec<Row> = q!(
                self.db(),
                format!("SELECT {FIELDS} FROM suppression WHERE tenant = $t AND email >= $from AND email < $to ORDER BY email LIMIT {PIECE}"),
                t = self.t(),
                from = from.clone(),
                to = format!("{search}\u{10FFFF}")
            )?
            .take(0)?;
            let got = rows.len();
            for row in rows {
                let hit = query.reason.is_none_or(|r| r.as_str() == row.reason);
                if hit && items.len() == limit {
                    return Ok(Page { items, next: Some(Cursor(row.email)), total: None });
                }
                from = format!("{}\u{0}", row.email);
                if hit {
                    items.push(row.view());
                }
            }
            if got < PIECE {
                return Ok(Page { items, next: None, total: None });
            }
        }
        Ok(Page { items, next: Some(Cursor(from)), total: None })
    }

    /// The mark of the contact that has an address, for segments; none without one.
    async fn marks_of(&self, email: &str) -> Result<Vec<MarkRow>> {
        let sql = "SELECT VALUE id FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email LIMIT 1";
        let found: Vec<RecordId> = q!(self.db(), sql, t = self.t(), email = email.to_owned())?.take(0)?;
        Ok(Marks::contacts(found.iter().map(last_number)).rows(&self.t()))
    }

    async fn suppression(&self, email: &str) -> Result<Option<Suppression>> {
        let row: Option<Row> =
            q!(self.db(), format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t"), id = suppression_id(&self.t(), email), t = self.t())?
                .take(0)?;
        Ok(row.map(Row::view))
    }

    /// Adds an address by hand: it is never mailed again, whether it is a contact or not.
    ///
    /// # Errors
    /// A fault on `email`, also when it is on the list already.
    pub async fn add_suppression(&self, email: &str) -> Result<()> {
        self.may_send()?;
        let email = validate::email(email).map_err(|e| Fault::field("email", t!("fault-people-address", why = e)))?;
        if let Some(there) = self.suppression(&email).await? {
            let text = t!("fault-people-suppressed-already", address = &email, reason = there.reason.as_str());
            return Err(Fault { code: FaultCode::Conflict, message: text, field: Some("email".to_owned()) }.into());
        }
        let _held = lock(self.core(), self.tenant_id()).await;
        let dirty = self.marks_of(&email).await?;
        retrying(|| async {
            q!(
                self.db(),
                format!(
                    "BEGIN;
                 INSERT IGNORE INTO suppression {{ id: $stop, tenant: $t, email: $email, reason: 'manual', origin: $origin }} RETURN NONE;
                 UPDATE (SELECT VALUE id FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email) SET status = 'suppressed', updated_at = time::now()
                   WHERE tenant = $t AND status = 'active' RETURN NONE;
                 {}
                 COMMIT;",
                    marks::WRITE
                ),
                dirty = dirty.clone(),
                stop = suppression_id(&self.t(), &email),
                t = self.t(),
                email = email.clone(),
                origin = self.me().email.clone()
            )
            .map(drop)
        })
        .await?;
        // The log is never changed, and somebody's address must be able to go.
        self.audit(Entry::new("suppression.add", &consent::mask(&email))).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    /// Takes an address off the list: it may be mailed again. `typed` is the address as the person has typed it, which a complaint needs; so is a
    /// proof of who they are.
    ///
    /// # Errors
    /// A fault unless the role is an admin's, when it is not on the list, or on `typed`; `ProofNeeded` for a complaint.
    pub async fn remove_suppression(&self, email: &str, typed: &str) -> Result<()> {
        self.may_admin()?;
        let there = self.suppression(email).await?.ok_or_else(|| Fault::not_found("suppressed address"))?;
        if there.email.starts_with(consent::ERASED) {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-erased")).into());
        }
        if there.reason == SuppressionReason::Complaint && typed.trim().to_lowercase() != there.email {
            return Err(Fault::field("typed", t!("fault-people-type-address")).into());
        }
        if there.reason == SuppressionReason::Complaint {
            self.must_be_proven().await?;
        }
        let _held = lock(self.core(), self.tenant_id()).await;
        let dirty = self.marks_of(&there.email).await?;
        retrying(|| async {
            q!(
                self.db(),
                format!(
                    "BEGIN;
                 DELETE $stop WHERE tenant = $t RETURN NONE;
                 UPDATE (SELECT VALUE id FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email) SET status = 'active', updated_at = time::now()
                   WHERE tenant = $t AND status IN ['unsubscribed', 'suppressed'] RETURN NONE;
                 {}
                 COMMIT;",
                    marks::WRITE
                ),
                dirty = dirty.clone(),
                stop = suppression_id(&self.t(), &there.email),
                t = self.t(),
                email = there.email.clone()
            )
            .map(drop)
        })
        .await?;
        let masked = consent::mask(&there.email);
        let entry = Entry { before: Some(format!("{}: {}", there.reason.as_str(), there.origin)), ..Entry::new("suppression.remove", &masked) };
        self.audit(entry).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    /// A piece of what a query shows as CSV, and where the next begins; the first has the header.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn suppressions_csv(&self, query: &SuppressionQuery) -> Result<(Vec<u8>, Option<Cursor>)> {
        let mut out = match query.after {
            None => export::line(&["email", "reason", "origin", "created_at"].map(str::to_owned))?,
            Some(_) => Vec::new(),
        };
        let query = SuppressionQuery { limit: 200, ..query.clone() };
        let page = self.suppressions(&query).await?;
        for s in page.items {
            out.extend(export::line(&[export::cell(&s.email), s.reason.as_str().to_owned(), export::cell(&s.origin), s.created_at.to_rfc3339()])?);
        }
        Ok((out, page.next))
    }
}
