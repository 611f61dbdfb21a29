//! The audit log: who did what, before and after, from where. Written beside the change, never changed again.

use std::net::IpAddr;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use nexsent_model::{
    Cursor, Fault, Page, TenantId,
    team::{AuditEntry, AuditQuery},
};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use crate::{
    Core, Result, TenantDb,
    contacts::export,
    db::{Db, q},
    secrets::token_hash,
};

/// Who asks, and from where.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    pub address: Option<String>,
    pub device: String,
    pub request: Option<String>,
    /// The browser's session, by [`Caller::session_key`]; `None` for everything that is no browser.
    pub session: Option<String>,
}

impl Caller {
    /// What a browser's session is known by; `id` is the cookie's.
    #[must_use]
    pub fn session_key(id: &str) -> String {
        token_hash(id)
    }

    /// The address, or the one that stands for none.
    pub(crate) fn ip(&self) -> IpAddr {
        self.address.as_deref().and_then(|a| a.parse().ok()).unwrap_or(IpAddr::from([0, 0, 0, 0]))
    }
}

/// What happened, for the log.
pub(crate) struct Entry<'a> {
    pub action: &'static str,
    pub target: &'a str,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl<'a> Entry<'a> {
    pub fn new(action: &'static str, target: &'a str) -> Self {
        Self { action, target, before: None, after: None }
    }

    pub fn change(action: &'static str, target: &'a str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { action, target, before: Some(before.into()), after: Some(after.into()) }
    }
}

async fn write(db: &Db, tenant: &str, member: Option<String>, actor: &str, caller: &Caller, entry: Entry<'_>) -> Result<()> {
    q!(
        db,
        "CREATE audit SET tenant = $t, at = time::now(), newest = -time::micros(time::now()), member = $member, actor = $actor, action = $action,
           target = $target, before = $before, after = $after, address = $address, request = $request",
        t = tenant.to_owned(),
        member = member,
        actor = actor.to_owned(),
        action = entry.action.to_owned(),
        target = entry.target.to_owned(),
        before = entry.before,
        after = entry.after,
        address = caller.address.clone(),
        request = caller.request.clone(),
    )
    .map(drop)
}

/// For what happens at the gate.
pub(crate) async fn at_gate(core: &Core, tenant: &TenantId, actor: &str, caller: &Caller, entry: Entry<'_>) -> Result<()> {
    write(&core.system, tenant.as_str(), None, actor, caller, entry).await
}

#[derive(SurrealValue)]
struct Row {
    at: DateTime<Utc>,
    newest: i64,
    actor: String,
    action: String,
    target: String,
    before: Option<String>,
    after: Option<String>,
    address: Option<String>,
    request: Option<String>,
}

impl TenantDb {
    /// Adds a line; members cannot write the log themselves.
    pub(crate) async fn audit(&self, entry: Entry<'_>) -> Result<()> {
        let me = self.me();
        write(&self.core().system, me.workspace.as_str(), Some(me.member.to_string()), &me.email, self.caller(), entry).await
    }

    /// Adds a line unless the newest one says the same of the same, by the same person, within ten minutes.
    pub(crate) async fn audit_once(&self, entry: Entry<'_>) -> Result<()> {
        let sql = "SELECT at, newest, actor, action, target, before, after, address, request FROM audit WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT 1";
        let last: Option<Row> = q!(self.core().system, sql, t = self.t(), from = i64::MIN)?.take(0)?;
        let same = |r: &Row| {
            r.actor == self.me().email
                && r.action == entry.action
                && r.target == entry.target
                && r.after == entry.after
                && Utc::now() - r.at < chrono::Duration::minutes(10)
        };
        if last.as_ref().is_some_and(same) { Ok(()) } else { self.audit(entry).await }
    }

    /// Notes that something was carried out of the workspace as a file.
    ///
    /// # Errors
    /// When the database does not answer: the file is not given then.
    pub async fn audit_export(&self, what: &'static str, target: &str) -> Result<()> {
        self.audit(Entry::new(what, target)).await
    }

    /// A piece of the log as CSV, and where the next begins; the first has the header.
    ///
    /// # Errors
    /// See [`TenantDb::audit_log`].
    pub async fn audit_csv(&self, query: &AuditQuery, after: Option<Cursor>) -> Result<(Vec<u8>, Option<Cursor>)> {
        let mut out = match after {
            None => export::line(&["at", "actor", "action", "target", "before", "after", "address", "request"].map(str::to_owned))?,
            Some(_) => Vec::new(),
        };
        let page = self.audit_log(query, after.as_ref(), 200).await?;
        for e in page.items {
            let cells = [
                e.at.to_rfc3339(),
                e.actor,
                e.action,
                e.target,
                e.before.unwrap_or_default(),
                e.after.unwrap_or_default(),
                e.address.unwrap_or_default(),
                e.request.unwrap_or_default(),
            ];
            out.extend(export::line(&cells.map(|c| export::cell(&c)))?);
        }
        Ok((out, page.next))
    }

    /// One page of the log, newest first.
    ///
    /// # Errors
    /// A fault unless the role may read it, or for a cursor that is none.
    pub async fn audit_log(&self, query: &AuditQuery, after: Option<&Cursor>, limit: u32) -> Result<Page<AuditEntry>> {
        self.may_admin()?;
        let limit = crate::contacts::query::page_size(limit);
        let mut from = match after {
            Some(c) => c.0.parse::<i64>().map_err(|_| Fault::field("after", t!("fault-page-gone")))?,
            None => i64::MIN,
        };
        // Newest first is by a number that counts down: the last day is where it starts, the first where it ends.
        let counted = |day: NaiveDate| -day.and_time(NaiveTime::MIN).and_utc().timestamp_micros();
        if let Some(after_it) = query.until.and_then(|d| d.checked_add_days(Days::new(1))) {
            from = from.max(counted(after_it));
        }
        let to = query.from.map_or(i64::MAX, counted);
        let (search, actor, action) = (query.search.trim().to_lowercase(), query.actor.trim().to_lowercase(), query.action.trim().to_lowercase());
        let mut items = Vec::new();
        // A rare word is looked for in bounded steps.
        for _ in 0..20 {
            let sql = "SELECT at, newest, actor, action, target, before, after, address, request FROM audit WHERE tenant = $t AND newest > $from AND newest <= $to ORDER BY newest LIMIT 500";
            let rows: Vec<Row> = q!(self.db(), sql, t = self.t(), from = from, to = to)?.take(0)?;
            let got = rows.len();
            for r in rows {
                let hit = (search.is_empty() || [&r.actor, &r.action, &r.target].iter().any(|s| s.to_lowercase().contains(&search)))
                    && (actor.is_empty() || r.actor.to_lowercase() == actor)
                    && (action.is_empty() || r.action == action || r.action.split('.').next() == Some(action.as_str()));
                if hit && items.len() == limit {
                    return Ok(Page { items, next: Some(Cursor(from.to_string())), total: None });
                }
                from = r.newest;
                if hit {
                    items.push(AuditEntry {
                        at: r.at,
                        actor: r.actor,
                        action: r.action,
                        target: r.target,
                        before: r.before,
                        after: r.after,
                        address: r.address,
                        request: r.request,
                    });
                }
            }
            if got < 500 {
                return Ok(Page { items, next: None, total: None });
            }
        }
        Ok(Page { items, next: Some(Cursor(from.to_string())), total: None })
    }
}
