//! How long things stay: each workspace says it, this removes what is older, in batches. Figures and suppressions are never touched.

use std::{path::PathBuf, time::SystemTime};

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{ImportId, TenantId};
use surrealdb_types::{RecordId, SurrealValue};

use super::closing::gone;
use crate::{
    Error, Result, SystemDb,
    db::{q, rid, text_key},
};

/// Rows that are removed in one transaction.
const BATCH: i64 = 500;
/// Throttles that are kept at most; those that end soonest go first.
const MAX_ATTEMPTS: i64 = 200_000;
/// Hours after which a file that no import names is nobody's: an upload's row follows within minutes.
const ORPHAN_HOURS: u64 = 24;

#[derive(SurrealValue)]
struct Keep {
    id: RecordId,
    keep_details: i64,
    keep_sign_ins: i64,
    keep_audit: i64,
}

impl SystemDb {
    /// Removes what nobody needs by now, whatever the workspace: throttles, links and sessions that have run out. Returns how many rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<usize> {
        let mut removed = 0;
        for table in ["attempt", "used_token", "session"] {
            loop {
                let sql = format!("SELECT VALUE id FROM {table} WHERE expires_at < $now LIMIT $batch");
                let ids: Vec<RecordId> = q!(self.0.system, sql, now = now, batch = BATCH)?.take(0)?;
                removed += ids.len();
                if ids.is_empty() {
                    break;
                }
                q!(self.0.system, "DELETE $ids RETURN NONE", ids = ids)?;
            }
        }
        let count: Option<i64> = q!(self.0.system, "RETURN (SELECT count() AS n FROM attempt GROUP ALL)[0].n")?.take(0)?;
        let mut over = count.unwrap_or(0) - MAX_ATTEMPTS;
        while over > 0 {
            #[derive(SurrealValue)]
            struct Soonest {
                id: RecordId,
            }
            let sql = "SELECT id, expires_at FROM attempt WHERE expires_at > $zero ORDER BY expires_at LIMIT $batch";
            let rows: Vec<Soonest> = q!(self.0.system, sql, zero = DateTime::<Utc>::UNIX_EPOCH, batch = over.min(BATCH))?.take(0)?;
            if rows.is_empty() {
                break;
            }
            over -= rows.len() as i64;
            removed += rows.len();
            q!(self.0.system, "DELETE $ids RETURN NONE", ids = rows.into_iter().map(|r| r.id).collect::<Vec<_>>())?;
        }
        Ok(removed)
    }

    /// Workspaces in the order of their ids, after one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn workspaces_after(&self, after: Option<&TenantId>, limit: u32) -> Result<Vec<TenantId>> {
        let rows: Vec<RecordId> = q!(
            self.0.system,
            "SELECT VALUE id FROM tenant WHERE id > $after ORDER BY id LIMIT $limit",
            after = rid("tenant", after.map_or("", TenantId::as_str)),
            limit = limit
        )?
        .take(0)?;
        rows.iter().map(|id| text_key(id).parse().map_err(Error::from)).collect()
    }

    /// Removes what a workspace no longer wants to keep; `go_on` is asked between batches. Returns how many rows (chunks of recipients
    /// count as one). Killed anywhere, the next run goes on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn retain(&self, tenant: &TenantId, now: DateTime<Utc>, mut go_on: impl FnMut() -> bool + Send) -> Result<usize> {
        let t = tenant.to_string();
        let sql = "SELECT id, keep_details, keep_sign_ins, keep_audit FROM ONLY $id";
        let keep: Option<Keep> = q!(self.0.system, sql, id = rid("tenant", &t))?.take(0)?;
        let Some(keep) = keep.filter(|k| text_key(&k.id) == t) else { return Ok(0) };
        let mut removed = 0;
        // A number that counts down: older is larger.
        let older = |days: i64| -(now - Duration::days(days)).timestamp_micros();
        while go_on() {
            let sql = "SELECT VALUE id FROM audit WHERE tenant = $t AND newest > $old LIMIT $batch";
            let ids: Vec<RecordId> = q!(self.0.system, sql, t = t.clone(), old = older(keep.keep_audit), batch = BATCH)?.take(0)?;
            if ids.is_empty() {
                break;
            }
            removed += ids.len();
            q!(self.0.system, "DELETE $ids RETURN NONE", ids = ids)?;
        }
        let accounts: Vec<String> = q!(self.0.system, "SELECT VALUE account FROM member WHERE tenant = $t", t = t.clone())?.take(0)?;
        for account in accounts {
            while go_on() {
                let sql = "SELECT VALUE id FROM sign_in WHERE account = $account AND newest > $old LIMIT $batch";
                let ids: Vec<RecordId> =
                    q!(self.0.system, sql, account = account.clone(), old = older(keep.keep_sign_ins), batch = BATCH)?.take(0)?;
                if ids.is_empty() {
                    break;
                }
                removed += ids.len();
                q!(self.0.system, "DELETE $ids RETURN NONE", ids = ids)?;
            }
        }
        Ok(removed + self.retain_details(&t, now - Duration::days(keep.keep_details), &mut go_on).await?)
    }

    /// Who received campaigns that ended before `end`: chunk by chunk. Figures, clicks and the sent message stay, so that links still lead
    /// where they did and an unsubscription still finds whom it is for.
    async fn retain_details(&self, t: &str, end: DateTime<Utc>, go_on: &mut (impl FnMut() -> bool + Send)) -> Result<usize> {
        #[derive(SurrealValue)]
        struct Campaign {
            id: RecordId,
            newest: i64,
            state: String,
            finished_at: Option<DateTime<Utc>>,
        }
        let (mut removed, mut from) = (0, -end.timestamp_micros());
        loop {
            let sql = "SELECT id, newest, state, finished_at FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT 100";
            let rows: Vec<Campaign> = q!(self.0.system, sql, t = t.to_owned(), from = from)?.take(0)?;
            let Some(last) = rows.last() else { return Ok(removed) };
            from = last.newest;
            let over = |c: &Campaign| matches!(c.state.as_str(), "finished" | "cancelled") && c.finished_at.is_some_and(|at| at < end);
            for row in rows.iter().filter(|c| over(c)) {
                while go_on() && self.remove_chunk(t, &text_key(&row.id), true).await? {
                    removed += 1;
                }
            }
        }
    }

    /// Removes imports' files that are older than their workspace keeps them, and files that no import names; returns how many.
    ///
    /// # Errors
    /// When the database or the directory does not answer.
    pub async fn retain_import_files(&self, now: DateTime<Utc>, mut go_on: impl FnMut() -> bool + Send) -> Result<usize> {
        #[derive(SurrealValue)]
        struct Import {
            state: String,
            created_at: DateTime<Utc>,
            finished_at: Option<DateTime<Utc>>,
            keep: Option<i64>,
        }
        let mut removed = 0;
        let mut files = match tokio::fs::read_dir(self.0.data_dir.join("imports")).await {
            Ok(files) => files,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(e) => return Err(e.into()),
        };
        while let Some(file) = files.next_entry().await? {
            if !go_on() {
                break;
            }
            let path = file.path();
            let Some(id) = import_of(&path) else { continue };
            let sql = "SELECT state, created_at, finished_at, type::record('tenant', tenant).keep_imports AS keep FROM ONLY $id";
            let row: Option<Import> = q!(self.0.system, sql, id = rid("import", id.as_str()))?.take(0)?;
            let old = match row {
                Some(r) if matches!(r.state.as_str(), "queued" | "running") => false,
                Some(r) => r.finished_at.unwrap_or(r.created_at) + Duration::days(r.keep.unwrap_or(30)) < now,
                None => {
                    let changed = file.metadata().await?.modified()?;
                    let age = SystemTime::from(now).duration_since(changed).unwrap_or_default();
                    age.as_secs() > ORPHAN_HOURS * 3600
                }
            };
            if old {
                gone(tokio::fs::remove_file(&path).await)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

/// The import whose file it is: `imp_….csv` or `imp_….rejected.csv`.
fn import_of(path: &std::path::Path) -> Option<ImportId> {
    let name: PathBuf = path.file_name()?.into();
    name.to_str()?.split('.').next()?.parse().ok()
}
