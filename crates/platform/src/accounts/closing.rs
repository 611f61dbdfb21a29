//! The end of a workspace: asked for by its owner, taken back within the days of grace, and then every row of it, table by table.

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{Fault, FaultCode, ImportId, MemberId, TenantId, accounts::Right, live::LiveEvent};
use nexsent_texts::{t, within_sync};
use surrealdb_types::{RecordId, SurrealValue};

use super::{audit::Entry, language, system_mail};
use crate::{
    Error, Result, SystemDb, TenantDb,
    db::{q, retrying, rid, text_key},
    imports,
    segments::{
        index::BLOCK,
        marks::{self, Marks},
    },
};

/// Days in which the owner may take it back.
const GRACE_DAYS: i64 = 14;
/// Days before the end at which the owner is told once more.
const WARN_DAYS: i64 = 2;
/// Rows that are removed in one transaction.
const BATCH: i64 = 500;

fn only_owner() -> Error {
    Fault::new(FaultCode::Forbidden, t!("fault-closing-owner")).into()
}

/// When a workspace is deleted, if it is.
pub(crate) async fn due(core: &crate::Core, tenant: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(q!(core.system, "SELECT VALUE due_at FROM ONLY $id", id = rid("closing", tenant))?.take(0)?)
}

/// # Errors
/// A fault while the workspace is being deleted: nothing leaves it any more.
pub(crate) async fn must_be_open(core: &crate::Core, tenant: &str) -> Result<()> {
    match due(core, tenant).await? {
        None => Ok(()),
        Some(_) => Err(Fault::new(FaultCode::WrongState, t!("fault-closing")).into()),
    }
}

impl TenantDb {
    /// Begins the end of the workspace: sending stops at once, and in 14 days everything is removed. Needs a proof; `name` is typed by
    /// hand. What was scheduled is a draft again, what was on its way is paused.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault unless the caller is the owner, and on `confirm_name`.
    pub async fn delete_workspace(&self, name: &str) -> Result<DateTime<Utc>> {
        if !self.me().role.may(Right::Delete) {
            return Err(only_owner());
        }
        if name.trim() != self.me().workspace_name.trim() {
            return Err(Fault::field("confirm_name", t!("fault-closing-name", name = &self.me().workspace_name)).into());
        }
        self.must_be_proven().await?;
        let due_at = Utc::now() + Duration::days(GRACE_DAYS);
        // Everybody in the workspace finds it beside the campaign.
        let held = within_sync(language::of_workspace(self.core(), &self.t()).await?, || t!("fault-closing-held"));
        let done = retrying(|| async {
            q!(
                self.core().system,
                "BEGIN;
                 IF (SELECT VALUE role FROM ONLY $by) != 'owner' { THROW 'role' };
                 CREATE $id SET tenant = $t, by = $email, asked_at = time::now(), due_at = $due RETURN NONE;
                 UPDATE campaign SET state = 'draft', scheduled_at = NONE, version += 1 WHERE tenant = $t AND state = 'scheduled' RETURN NONE;
                 UPDATE campaign SET state = 'paused', held = $held, version += 1 WHERE tenant = $t AND state IN ['preparing', 'sending'] RETURN NONE;
                 COMMIT;",
                by = rid("member", self.me().member.as_str()),
                id = rid("closing", &self.t()),
                t = self.t(),
                email = self.me().email.clone(),
                due = due_at,
                held = held.clone(),
            )
        })
        .await;
        match done {
            Ok(_) => {}
            Err(Error::Database(e)) if e.is_thrown() => return Err(only_owner()),
            Err(e) if e.is_duplicate() => return Err(Fault::new(FaultCode::WrongState, t!("fault-closing-already")).into()),
            Err(e) => return Err(e),
        }
        let link = format!("{}/settings/data", self.core().base_url);
        let letter = || system_mail::closing(&self.core().instance_name, &self.me().workspace_name, &self.me().email, due_at, &link);
        system_mail::queue(self.core(), &self.me().email, Some(&self.t()), letter).await?;
        self.audit(Entry { after: Some(due_at.to_rfc3339()), ..Entry::new("workspace.delete", &self.me().workspace_name) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(due_at)
    }

    /// Takes the end back. What was paused stays so until somebody resumes it.
    ///
    /// # Errors
    /// A fault unless the caller is the owner, or when the time is over.
    pub async fn restore_workspace(&self) -> Result<()> {
        if !self.me().role.may(Right::Delete) {
            return Err(only_owner());
        }
        let gone: Vec<RecordId> =
            q!(self.core().system, "DELETE $id WHERE due_at > time::now() RETURN VALUE $before.id", id = rid("closing", &self.t()))?.take(0)?;
        if gone.is_empty() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-closing-late")).into());
        }
        self.audit(Entry::new("workspace.restore", &self.me().workspace_name)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// # Errors
    /// A fault while the workspace is being deleted.
    pub(crate) async fn must_be_open(&self) -> Result<()> {
        must_be_open(self.core(), &self.t()).await
    }
}

#[derive(SurrealValue)]
struct Closing {
    tenant: String,
    due_at: DateTime<Utc>,
    workspace: Option<String>,
}

impl SystemDb {
    /// Tells owners whose workspace is removed within two days, once each; returns how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn warn_of_closings(&self, now: DateTime<Utc>) -> Result<usize> {
        let sql =
            "SELECT tenant, due_at, type::record('tenant', tenant).name AS workspace FROM closing WHERE due_at < $soon AND warned = false LIMIT 50";
        let rows: Vec<Closing> = q!(self.0.system, sql, soon = now + Duration::days(WARN_DAYS))?.take(0)?;
        for row in &rows {
            let sql = "SELECT VALUE type::record('account', account).email FROM member WHERE tenant = $t AND role = 'owner'";
            let owners: Vec<Option<String>> = q!(self.0.system, sql, t = row.tenant.clone())?.take(0)?;
            let link = format!("{}/settings/data", self.0.base_url);
            let letter = || system_mail::closing_soon(&self.0.instance_name, row.workspace.as_deref().unwrap_or_default(), row.due_at, &link);
            for owner in owners.iter().flatten() {
                system_mail::queue(&self.0, owner, Some(&row.tenant), letter).await?;
            }
            q!(self.0.system, "UPDATE $id SET warned = true RETURN NONE", id = rid("closing", &row.tenant))?;
        }
        Ok(rows.len())
    }

    /// Workspaces whose time is over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_closings(&self, now: DateTime<Utc>) -> Result<Vec<TenantId>> {
        let rows: Vec<String> = q!(self.0.system, "SELECT VALUE tenant FROM closing WHERE due_at <= $now LIMIT 50", now = now)?.take(0)?;
        rows.iter().map(|t| t.parse().map_err(Error::from)).collect()
    }

    /// Removes everything of a workspace, in batches; `go_on` is asked between them. Stopped or killed anywhere, it is simply called
    /// again: the row that asks for it goes last. Returns whether it is over.
    ///
    /// # Errors
    /// When the database does not answer, or a file cannot be removed.
    pub async fn end_workspace(&self, tenant: &TenantId, mut go_on: impl FnMut() -> bool + Send) -> Result<bool> {
        let t = tenant.to_string();
        // Everybody is out before anything is missing.
        let members: Vec<String> = q!(self.0.system, "SELECT VALUE record::id(id) FROM member WHERE tenant = $t", t = t.clone())?.take(0)?;
        q!(
            self.0.system,
            "DELETE session WHERE member IN $members RETURN NONE; DELETE member WHERE tenant = $t RETURN NONE",
            members = members.clone(),
            t = t.clone()
        )?;
        for member in members {
            self.0.sessions.remove(&member.parse::<MemberId>()?);
        }
        self.0.events.publish(tenant, LiveEvent::Team);
        let tables = self.tenant_tables().await?;
        // Whatever was being written meanwhile is found by the next round.
        loop {
            let Some(mut removed) = self.end_imports(&t, &mut go_on).await? else { return Ok(false) };
            match self.end_ledger(&t, &mut go_on).await? {
                Some(n) => removed += n,
                None => return Ok(false),
            }
            for table in tables.iter().filter(|name| !matches!(name.as_str(), "tenant" | "closing")) {
                loop {
                    let n = self.remove_batch(table, &t).await?;
                    removed += n;
                    if n == 0 {
                        break;
                    }
                    if !go_on() {
                        return Ok(false);
                    }
                }
            }
            if !go_on() {
                return Ok(false);
            }
            if removed == 0 {
                break;
            }
        }
        self.end_named(&t).await?;
        self.end_files(&t).await?;
        q!(
            self.0.system,
            "BEGIN; DELETE tenant WHERE tenant = $t RETURN NONE; DELETE $id RETURN NONE; COMMIT;",
            t = t.clone(),
            id = rid("closing", &t)
        )?;
        self.0.contact_locks.remove(tenant);
        *self.0.tracking_hosts.lock().await = None;
        Ok(true)
    }

    /// Rows that have no field `tenant`, but an id that is the workspace or begins with it.
    async fn end_named(&self, t: &str) -> Result<()> {
        let all: Vec<String> = q!(self.0.system, "RETURN object::keys((INFO FOR DB).tables)")?.take(0)?;
        for table in all.iter().filter(|name| !matches!(name.as_str(), "tenant" | "closing")) {
            let sql = format!("DELETE $id RETURN NONE; DELETE `{table}`:[$t, NONE]..[$t, []] RETURN NONE");
            retrying(|| async { q!(self.0.system, sql.clone(), id = rid(table, t), t = t.to_owned()).map(drop) }).await?;
        }
        Ok(())
    }

    /// Every table that has a field `tenant`: read from the schema, so that a new one cannot be forgotten.
    async fn tenant_tables(&self) -> Result<Vec<String>> {
        let all: Vec<String> = q!(self.0.system, "RETURN object::keys((INFO FOR DB).tables)")?.take(0)?;
        let mut out = Vec::new();
        for table in all {
            let fields: Vec<String> = q!(self.0.system, format!("RETURN object::keys((INFO FOR TABLE `{table}`).fields)"))?.take(0)?;
            if fields.iter().any(|f| f == "tenant") {
                out.push(table);
            }
        }
        Ok(out)
    }

    async fn remove_batch(&self, table: &str, t: &str) -> Result<usize> {
        retrying(|| async {
            let ids: Vec<RecordId> =
                q!(self.0.system, format!("SELECT VALUE id FROM `{table}` WHERE tenant = $t LIMIT $batch"), t = t.to_owned(), batch = BATCH)?
                    .take(0)?;
            let n = ids.len();
            if n > 0 {
                q!(self.0.system, "DELETE $ids RETURN NONE", ids = ids)?;
            }
            Ok(n)
        })
        .await
    }

    /// Imports with their files: the files first, or nobody would know them any more. `None` when it was stopped.
    async fn end_imports(&self, t: &str, go_on: &mut (impl FnMut() -> bool + Send)) -> Result<Option<usize>> {
        let mut removed = 0;
        loop {
            let ids: Vec<RecordId> = q!(self.0.system, "SELECT VALUE id FROM import WHERE tenant = $t LIMIT 100", t = t.to_owned())?.take(0)?;
            if ids.is_empty() {
                return Ok(Some(removed));
            }
            for id in &ids {
                let id: ImportId = text_key(id).parse()?;
                for path in [imports::upload_path(&self.0, &id), imports::rejected_path(&self.0, &id)] {
                    gone(tokio::fs::remove_file(path).await)?;
                }
            }
            removed += ids.len();
            q!(self.0.system, "DELETE $ids RETURN NONE", ids = ids)?;
            if !go_on() {
                return Ok(None);
            }
        }
    }

    /// The ledger by its chunks: it has no index, and looking for a workspace's rows would read everybody's. `None` when it was stopped.
    async fn end_ledger(&self, t: &str, go_on: &mut (impl FnMut() -> bool + Send)) -> Result<Option<usize>> {
        #[derive(SurrealValue)]
        struct Campaign {
            id: RecordId,
            newest: i64,
        }
        let (mut removed, mut from) = (0, i64::MIN);
        loop {
            let sql = "SELECT id, newest FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT 100";
            let rows: Vec<Campaign> = q!(self.0.system, sql, t = t.to_owned(), from = from)?.take(0)?;
            let Some(last) = rows.last() else { return Ok(Some(removed)) };
            from = last.newest;
            for row in rows {
                while self.remove_chunk(t, &text_key(&row.id), false).await? {
                    removed += 1;
                    if !go_on() {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// One chunk of a campaign with its recipients' rows; `false` when there is none. `mark`: segments look at those recipients afresh.
    pub(super) async fn remove_chunk(&self, t: &str, campaign: &str, mark: bool) -> Result<bool> {
        #[derive(SurrealValue)]
        struct Chunk {
            id: RecordId,
            first: u32,
            last: u32,
        }
        let sql = "SELECT id, first, last FROM chunk WHERE campaign = $c LIMIT 1";
        let chunk: Option<Chunk> = q!(self.0.system, sql, c = campaign.to_owned())?.take(0)?;
        let Some(chunk) = chunk else { return Ok(false) };
        let mut dirty = Marks::default();
        if mark {
            (chunk.first / BLOCK..=chunk.last / BLOCK).for_each(|block| dirty.block(campaign, block));
        }
        retrying(|| async {
            q!(
                self.0.system,
                format!("BEGIN; DELETE ledger:[$t, $c, $first]..=[$t, $c, $last] RETURN NONE; DELETE $id RETURN NONE; {} COMMIT;", marks::WRITE),
                t = t.to_owned(),
                c = campaign.to_owned(),
                first = i64::from(chunk.first),
                last = i64::from(chunk.last),
                id = chunk.id.clone(),
                dirty = dirty.rows(t),
            )
            .map(drop)
        })
        .await?;
        Ok(true)
    }

    /// Files lie in a directory of their area, named by a row or in a directory named by the workspace.
    async fn end_files(&self, t: &str) -> Result<()> {
        let mut areas = match tokio::fs::read_dir(&self.0.data_dir).await {
            Ok(areas) => areas,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e.into()),
        };
        while let Some(area) = areas.next_entry().await? {
            if area.file_type().await?.is_dir() {
                gone(tokio::fs::remove_dir_all(area.path().join(t)).await)?;
            }
        }
        Ok(())
    }
}

/// What is not there need not be removed.
pub(super) fn gone(done: std::io::Result<()>) -> Result<()> {
    match done {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
        _ => Ok(()),
    }
}
