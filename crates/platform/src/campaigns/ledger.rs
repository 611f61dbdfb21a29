//! Who received it: pages of the ledger, through the chunks that count it.

use chrono::{DateTime, Utc};
use nexsent_model::{
    CampaignId, ContactId, Cursor, Fault, Page,
    campaigns::{LedgerQuery, LedgerRow, LedgerState},
    validate,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::stats;
use crate::{
    Result, TenantDb,
    contacts::{export, query::page_size},
    db::{last_number, q},
    delivery::ledger_id,
};

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    email: String,
    state: String,
    attempts: u32,
    reply: Option<String>,
    host: Option<String>,
    tls: Option<String>,
    queued_at: DateTime<Utc>,
    tried_at: Option<DateTime<Utc>>,
    next_try_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    clicked_at: Option<DateTime<Utc>>,
    unsubscribed_at: Option<DateTime<Utc>>,
}

const FIELDS: &str = "id, email, state, attempts, reply, host, tls, queued_at, tried_at, next_try_at, opened_at, clicked_at, unsubscribed_at";

impl Row {
    fn view(self) -> LedgerRow {
        LedgerRow {
            contact: ContactId(last_number(&self.id)),
            email: self.email,
            state: self.state.parse().unwrap_or(LedgerState::Queued),
            attempts: self.attempts,
            reply: self.reply,
            host: self.host,
            tls: self.tls,
            queued_at: self.queued_at,
            tried_at: self.tried_at,
            next_try_at: self.next_try_at,
            opened_at: self.opened_at,
            clicked_at: self.clicked_at,
            unsubscribed_at: self.unsubscribed_at,
        }
    }
}

#[derive(SurrealValue)]
struct Span {
    first: u32,
    last: u32,
}

impl TenantDb {
    /// One page of a campaign's recipients, by contact number.
    ///
    /// # Errors
    /// A fault when there is no such campaign.
    pub async fn ledger(&self, id: &CampaignId, query: &LedgerQuery) -> Result<Page<LedgerRow>> {
        self.campaign_row(id).await?;
        if !query.search.trim().is_empty() {
            return self.find_recipient(id, query).await;
        }
        let limit = page_size(query.limit);
        let after: i64 = match &query.after {
            Some(c) => c.0.parse().map_err(|_| Fault::field("after", t!("fault-campaigns-page-gone")))?,
            None => -1,
        };
        let counted = query.state.map_or("true".to_owned(), |s| format!("{} > 0", s.as_str()));
        let spans: Vec<Span> = q!(
            self.db(),
            format!("SELECT first, last FROM chunk:[$t, $c, 0]..=[$t, $c, 4294967295] WHERE last > $after AND {counted}"),
            t = self.t(),
            c = id.to_string(),
            after = after
        )?
        .take(0)?;
        let filter = if query.state.is_some() { "WHERE state = $state" } else { "" };
        let mut items: Vec<LedgerRow> = Vec::with_capacity(limit + 1);
        for span in spans {
            let rows: Vec<Row> = q!(
                self.db(),
                format!("SELECT {FIELDS} FROM ledger:[$t, $c, $from]..=[$t, $c, $to] {filter} LIMIT $limit"),
                t = self.t(),
                c = id.to_string(),
                from = i64::from(span.first).max(after + 1),
                to = i64::from(span.last),
                state = query.state.map(|s| s.as_str().to_owned()),
                limit = (limit + 1 - items.len()) as i64
            )?
            .take(0)?;
            items.extend(rows.into_iter().map(Row::view));
            if items.len() > limit {
                break;
            }
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let next = more.then(|| items.last().map(|r| Cursor(r.contact.0.to_string()))).flatten();
        let s = stats(self.db(), &self.t(), id.as_str()).await?;
        let total = match query.state {
            None => s.recipients(),
            Some(LedgerState::Queued) => s.queued,
            Some(LedgerState::Sent) => s.sent,
            Some(LedgerState::Deferred) => s.deferred,
            Some(LedgerState::Failed) => s.failed,
            Some(LedgerState::Suppressed) => s.suppressed,
            Some(LedgerState::InDoubt) => s.in_doubt,
        };
        Ok(Page { items, next, total: Some(total) })
    }

    async fn find_recipient(&self, id: &CampaignId, query: &LedgerQuery) -> Result<Page<LedgerRow>> {
        let email = validate::email(&query.search).map_err(|e| Fault::field("search", t!("fault-campaigns-search", problem = e)))?;
        let contact: Option<RecordId> = q!(
            self.db(),
            "SELECT VALUE id FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email LIMIT 1",
            t = self.t(),
            email = email.clone()
        )?
        .take(0)?;
        let found: Vec<Row> = match contact {
            Some(c) => {
                let row = ledger_id(&self.t(), id.as_str(), last_number(&c));
                q!(self.db(), format!("SELECT {FIELDS} FROM $ids WHERE tenant = $t"), ids = vec![row], t = self.t())?.take(0)?
            }
            None => Vec::new(),
        };
        let found = if found.is_empty() {
            // The contact was deleted, or its address changed since: only the ledger knows.
            let sql = format!("SELECT {FIELDS} FROM ledger:[$t, $c, 0]..=[$t, $c, 4294967295] WHERE email = $email LIMIT 5");
            q!(self.db(), sql, t = self.t(), c = id.to_string(), email = email)?.take(0)?
        } else {
            found
        };
        let items: Vec<LedgerRow> = found.into_iter().map(Row::view).filter(|r| query.state.is_none_or(|s| r.state == s)).collect();
        Ok(Page { total: Some(items.len() as u64), items, next: None })
    }

    /// The ledger as CSV lines; `header` first. Pages of 200: the whole is never in memory.
    ///
    /// # Errors
    /// A fault when there is no such campaign.
    pub async fn ledger_csv(&self, id: &CampaignId, after: Option<Cursor>) -> Result<(Vec<u8>, Option<Cursor>)> {
        let header = after.is_none();
        let page = self.ledger(id, &LedgerQuery { after, limit: 200, ..LedgerQuery::default() }).await?;
        let mut out = Vec::with_capacity(page.items.len() * 120);
        if header {
            let names = [
                "email",
                "state",
                "attempts",
                "reply",
                "host",
                "tls",
                "queued_at",
                "tried_at",
                "next_try_at",
                "opened_at",
                "clicked_at",
                "unsubscribed_at",
            ];
            out.extend(export::line(&names.map(str::to_owned))?);
        }
        let time = |t: Option<DateTime<Utc>>| t.map(|t| t.to_rfc3339()).unwrap_or_default();
        for r in page.items {
            out.extend(export::line(&[
                export::cell(&r.email),
                r.state.as_str().to_owned(),
                r.attempts.to_string(),
                export::cell(&r.reply.unwrap_or_default()),
                export::cell(&r.host.unwrap_or_default()),
                r.tls.unwrap_or_default(),
                r.queued_at.to_rfc3339(),
                time(r.tried_at),
                time(r.next_try_at),
                time(r.opened_at),
                time(r.clicked_at),
                time(r.unsubscribed_at),
            ])?);
        }
        Ok((out, page.next))
    }
}
