//! Actions over everyone whom a filter matches: started, watched, stopped, taken back.
//!
//! An action is a row with its targets as a bitmap. It is done in batches (`run.rs`), each one transaction with its checkpoint and with
//! what undoes it, so that a kill neither loses nor doubles anything. What few contacts are to be changed is done before the answer.

pub(crate) mod act;
pub(crate) mod effects;
mod expire;
mod problem;
mod run;
pub(crate) mod undo;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use nexsent_model::{
    BulkId, Fault, FaultCode, ListId, TenantId,
    bulk::{BulkAction, BulkState, BulkView, ContactFilter, Skipped, UNDO_DAYS},
    live::LiveEvent,
    validate,
};
use nexsent_texts::t;
use roaring::RoaringBitmap;
use surrealdb_types::{Bytes, RecordId, SurrealValue};

pub use self::run::{BulkProgress, RunningBulk};
pub(crate) use self::{
    effects::Effects,
    expire::FORGET,
    problem::{OURS, cannot_go_on, problem},
};
use super::{attributes::Kinds, bits, edit};
use crate::{
    Core, Result, SystemDb, TenantDb,
    accounts::audit::Entry,
    db::{Db, aid, key, q, retrying, rid, text_key},
};

/// So many contacts are changed before the answer; more are left to the background.
const INLINE: u64 = 1000;
/// Actions of one workspace that may wait or run.
const MAX_OPEN: usize = 20;

#[derive(Clone, SurrealValue)]
pub(crate) struct Row {
    pub id: RecordId,
    pub tenant: String,
    pub action: String,
    pub subject: String,
    pub scope: String,
    pub state: String,
    pub total: u64,
    pub cursor: i64,
    pub processed: u64,
    pub changed: u64,
    pub skipped: String,
    pub problem: Option<String>,
    pub undo_of: Option<String>,
    pub undone_by: Option<String>,
    pub undo_left: i64,
    pub kept: bool,
    pub undo_until: DateTime<Utc>,
    pub by: String,
    pub newest: i64,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

pub(crate) const FIELDS: &str = "id, tenant, action, subject, scope, state, total, cursor, processed, changed, skipped, problem, undo_of, undone_by, undo_left, kept, undo_until, by, newest, created_at, finished_at";

pub(crate) fn state(text: &str) -> BulkState {
    match text {
        "running" => BulkState::Running,
        "done" => BulkState::Done,
        "cancelled" => BulkState::Cancelled,
        "failed" => BulkState::Failed,
        _ => BulkState::Queued,
    }
}

impl Row {
    pub fn id(&self) -> Result<BulkId> {
        Ok(text_key(&self.id).parse()?)
    }

    pub fn action(&self) -> Result<BulkAction> {
        Ok(serde_json::from_str(&self.action)?)
    }

    pub fn skipped(&self) -> Result<Vec<Skipped>> {
        Ok(serde_json::from_str(&self.skipped)?)
    }

    pub fn view(&self) -> Result<BulkView> {
        let state = state(&self.state);
        let undoable = state.is_final() && self.undo_of.is_none() && self.kept && self.undo_left > 0 && self.undo_until > Utc::now();
        let action = self.action()?;
        Ok(BulkView {
            id: self.id()?,
            scope: match &action {
                BulkAction::Merge { plan } => t!("contacts-count", count = plan.others.len() + 1),
                _ => self.scope.clone(),
            },
            action,
            subject: self.subject.clone(),
            state,
            total: self.total,
            processed: self.processed,
            changed: self.changed,
            skipped: self.skipped()?,
            problem: self.problem.as_ref().map(|p| problem(p).unwrap_or_else(|| p.clone())),
            undo_of: self.undo_of.as_deref().map(str::parse).transpose()?,
            undone_by: self.undone_by.as_deref().map(str::parse).transpose()?,
            undo_until: undoable.then_some(self.undo_until),
            by: self.by.clone(),
            created_at: self.created_at,
            finished_at: self.finished_at,
        })
    }

    pub fn event(&self) -> Result<LiveEvent> {
        Ok(LiveEvent::Bulk { id: self.id()?, state: state(&self.state), total: self.total, processed: self.processed, changed: self.changed })
    }
}

/// `bulk:⟨id⟩`.
pub(crate) fn bulk_id(id: &BulkId) -> RecordId {
    rid("bulk", id.as_str())
}

/// `bulk_undo:[tenant, action, number]`.
pub(crate) fn undo_id(tenant: &str, bulk: &BulkId, number: u32) -> RecordId {
    aid("bulk_undo", key![tenant.to_owned(), bulk.to_string(), i64::from(number)])
}

/// A row of targets.
#[derive(SurrealValue)]
pub(crate) struct TargetRow {
    id: RecordId,
    tenant: String,
    bits: Bytes,
}

/// Targets as rows: one for 65,536 numbers.
pub(crate) fn target_rows(tenant: &str, bulk: &BulkId, numbers: &RoaringBitmap) -> Result<Vec<TargetRow>> {
    let mut rows: Vec<TargetRow> = Vec::new();
    let mut from = 0u64;
    while let Some(first) = numbers.range(u32::try_from(from).unwrap_or(u32::MAX)..).next() {
        let block = first >> 16;
        let some: RoaringBitmap = numbers.range(block << 16..=(block << 16 | 0xFFFF)).collect();
        let id = aid("bulk_target", key![tenant.to_owned(), bulk.to_string(), i64::from(block)]);
        rows.push(TargetRow { id, tenant: tenant.to_owned(), bits: bits::encode(&some)? });
        from = (u64::from(block) + 1) << 16;
        if from > u64::from(u32::MAX) {
            break;
        }
    }
    Ok(rows)
}

/// Everyone an action is about.
pub(crate) async fn targets(db: &Db, tenant: &str, bulk: &BulkId) -> Result<RoaringBitmap> {
    #[derive(SurrealValue)]
    struct Found {
        bits: Bytes,
    }
    let rows: Vec<Found> =
        q!(db, "SELECT bits FROM bulk_target:[$t, $b, 0]..=[$t, $b, 65536]", t = tenant.to_owned(), b = bulk.to_string())?.take(0)?;
    let mut all = RoaringBitmap::new();
    for row in rows {
        all |= bits::decode(&row.bits)?;
    }
    Ok(all)
}

/// A new action, as it is written.
pub(crate) struct New<'a> {
    pub tenant: &'a TenantId,
    pub action: &'a BulkAction,
    pub subject: String,
    pub scope: String,
    pub total: u64,
    /// Where it starts: below every number, or above when it goes backwards.
    pub cursor: i64,
    pub undo_of: Option<&'a BulkId>,
    pub by: String,
}

/// Writes an action with its targets. One that takes another back claims it in the same transaction: two clicks are one.
async fn create(core: &Core, id: &BulkId, new: New<'_>, numbers: &RoaringBitmap) -> Result<()> {
    let now = Utc::now();
    q!(
        core.system,
        "BEGIN;
         CREATE $id SET tenant = $t, action = $action, subject = $subject, scope = $scope, state = 'queued', total = $total, cursor = $cursor,
           undo_of = $undo_of, undo_until = $until, by = $by, newest = $newest RETURN NONE;
         INSERT INTO bulk_target $targets RETURN NONE;
         IF $of != NONE {
           IF (SELECT VALUE undone_by FROM ONLY $of) != NONE { THROW 'undone already' };
           UPDATE $of SET undone_by = $me RETURN NONE;
         };
         COMMIT;",
        id = bulk_id(id),
        t = new.tenant.to_string(),
        action = serde_json::to_string(new.action)?,
        subject = new.subject,
        scope = new.scope,
        total = new.total,
        cursor = new.cursor,
        undo_of = new.undo_of.map(ToString::to_string),
        until = now + chrono::Duration::days(UNDO_DAYS),
        by = new.by,
        newest = -now.timestamp_micros(),
        targets = target_rows(new.tenant.as_str(), id, numbers)?,
        of = new.undo_of.map(bulk_id),
        me = id.to_string(),
    )
    .map(drop)
}

fn audit_name(action: &BulkAction) -> &'static str {
    match action {
        BulkAction::AddToList { .. } => "contacts.list_add",
        BulkAction::RemoveFromList { .. } => "contacts.list_remove",
        BulkAction::SetAttribute { .. } => "contacts.attribute_set",
        BulkAction::ClearAttribute { .. } => "contacts.attribute_clear",
        BulkAction::Suppress { .. } => "contacts.suppress",
        BulkAction::Delete => "contacts.delete",
        BulkAction::Merge { .. } => "contacts.merge",
    }
}

impl TenantDb {
    /// The name of one of this workspace's lists.
    pub(crate) async fn list_name(&self, id: &ListId) -> Result<String> {
        let name: Option<String> =
            q!(self.db(), "SELECT VALUE name FROM ONLY $id WHERE tenant = $t", id = rid("contact_list", id.as_str()), t = self.t())?.take(0)?;
        name.ok_or_else(|| Fault::field("list", t!("fault-people-no-list")).into())
    }

    /// The action as it is kept, and the name of what it is about.
    async fn check_action(&self, action: &BulkAction) -> Result<(BulkAction, String)> {
        let attribute = |name: &str| validate::attribute(name).map_err(|e| Fault::field("name", e));
        Ok(match action {
            BulkAction::AddToList { list } | BulkAction::RemoveFromList { list } => (action.clone(), self.list_name(list).await?),
            BulkAction::SetAttribute { name, value } => {
                let name = attribute(name)?;
                let one = [(name.clone(), value.clone())].into();
                let kinds = Kinds::load(self.db(), &self.t()).await?;
                let on_value = |e: crate::Error| match e {
                    crate::Error::Fault(f) => Fault::field("value", f.message).into(),
                    other => other,
                };
                let checked = edit::check_attributes(&one, &BTreeMap::new(), &kinds).map_err(on_value)?;
                self.room_for_attributes(&kinds, checked.keys()).await.map_err(on_value)?;
                let value = checked.get(&name).cloned().ok_or_else(|| Fault::field("value", t!("fault-people-no-value")))?;
                let text: String = value.as_str().map_or_else(|| value.to_string(), str::to_owned).chars().take(80).collect();
                (BulkAction::SetAttribute { name, value }, text)
            }
            BulkAction::ClearAttribute { name } => (BulkAction::ClearAttribute { name: attribute(name)? }, String::new()),
            BulkAction::Suppress { .. } | BulkAction::Delete => (action.clone(), String::new()),
            BulkAction::Merge { .. } => return Err(Fault::field("action", t!("fault-people-merge-elsewhere")).into()),
        })
    }

    /// Does something to everyone whom a filter matches now. Few are done with when this returns; many are left to the background job.
    ///
    /// # Errors
    /// A fault when the filter matches nobody, or on the field that is wrong: `list`, `name`, `value`.
    pub async fn start_bulk(&self, filter: &ContactFilter, action: &BulkAction) -> Result<BulkView> {
        self.may_send()?;
        self.check_filter(filter).await?;
        let (action, subject) = self.check_action(action).await?;
        let numbers = self.filter_numbers(filter).await?;
        if numbers.is_empty() {
            return Err(Fault::new(FaultCode::NotFound, t!("fault-people-nobody-matches")).into());
        }
        let scope = self.filter_text(filter).await?;
        self.begin_bulk(&action, subject, scope, None, numbers.len(), &numbers).await
    }

    /// Takes an action back: what is still as it left it becomes what it was.
    ///
    /// # Errors
    /// A fault when it is not over, was undone already, or is too old.
    pub async fn undo_bulk(&self, id: &BulkId) -> Result<BulkView> {
        self.may_send()?;
        let row = self.bulk_row(id).await?;
        let view = row.view()?;
        if !view.state.is_final() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-still-going-on")).into());
        }
        if view.undone_by.is_some() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-undone-already")).into());
        }
        if view.undo_until.is_none() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-nothing-to-undo")).into());
        }
        let numbers = targets(&self.core().system, &self.t(), id).await?;
        let left = u64::try_from(row.undo_left).unwrap_or(0);
        self.begin_bulk(&view.action, row.subject.clone(), row.scope.clone(), Some(id), left, &numbers).await
    }

    pub(crate) async fn begin_bulk(
        &self,
        action: &BulkAction,
        subject: String,
        scope: String,
        undo_of: Option<&BulkId>,
        total: u64,
        numbers: &RoaringBitmap,
    ) -> Result<BulkView> {
        let open = self.open_bulks().await?;
        if open >= MAX_OPEN {
            return Err(Fault::new(FaultCode::TooMany, t!("fault-people-many-waiting")).into());
        }
        let id = BulkId::new();
        let made = retrying(|| async {
            let new = New {
                tenant: self.tenant_id(),
                action,
                subject: subject.clone(),
                scope: scope.clone(),
                total,
                cursor: if undo_of.is_some() { i64::from(u32::MAX) + 1 } else { -1 },
                undo_of,
                by: self.me().email.clone(),
            };
            create(self.core(), &id, new, numbers).await
        });
        match made.await {
            // Two clicks at once: the other one does it.
            Err(crate::Error::Database(e)) if e.is_thrown() => {
                return Err(Fault::new(FaultCode::WrongState, t!("fault-people-undone-already")).into());
            }
            other => other?,
        }
        let count = format!("{}: {total}", action.as_text(&subject));
        let entry = match undo_of {
            Some(of) => Entry { before: Some(count), ..Entry::new("bulk.undo", of.as_str()) },
            None => Entry::change(audit_name(action), id.as_str(), scope, count),
        };
        self.audit(entry).await?;
        // Actions of a workspace go one after the other, in the order they were asked for. What takes contacts away need not wait: others
        // merely find them gone.
        if total <= INLINE && (open == 0 || matches!(action, BulkAction::Delete | BulkAction::Merge { .. })) {
            run::finish_now(self.core(), &id).await?;
        }
        let row = self.bulk_row(&id).await?;
        self.core().events.publish(self.tenant_id(), row.event()?);
        self.bulk(&id).await
    }

    async fn open_bulks(&self) -> Result<usize> {
        let open: Vec<RecordId> =
            q!(self.db(), "SELECT VALUE id FROM bulk WHERE state IN ['queued', 'running'] AND tenant = $t", t = self.t())?.take(0)?;
        Ok(open.len())
    }

    pub(crate) async fn bulk_row(&self, id: &BulkId) -> Result<Row> {
        let row: Option<Row> = q!(self.db(), format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t"), id = bulk_id(id), t = self.t())?.take(0)?;
        row.ok_or_else(|| Fault::not_found("action").into())
    }

    /// One action.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn bulk(&self, id: &BulkId) -> Result<BulkView> {
        self.with_addresses(vec![self.bulk_row(id).await?.view()?]).await?.pop().ok_or_else(|| Fault::not_found("action").into())
    }

    /// Puts in who is meant, as they are called now. Reports keep numbers alone: what is erased does not live on in them.
    async fn with_addresses(&self, mut views: Vec<BulkView>) -> Result<Vec<BulkView>> {
        let mut ids: Vec<u32> = Vec::new();
        for v in &views {
            ids.extend(v.skipped.iter().flat_map(|s| s.examples.iter().map(|e| e.id.0)));
            if let BulkAction::Merge { plan } = &v.action {
                ids.push(plan.survivor.0);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let known: HashMap<_, _> = self.contacts_by_number(&ids).await?.into_iter().map(|c| (c.id, c.email)).collect();
        for v in &mut views {
            for s in &mut v.skipped {
                s.examples.iter_mut().for_each(|e| e.email = known.get(&e.id).cloned().unwrap_or_default());
                s.examples.retain(|e| !e.email.is_empty());
            }
            if let BulkAction::Merge { plan } = &v.action {
                v.subject = known.get(&plan.survivor).cloned().unwrap_or_else(|| plan.survivor.to_string());
            }
        }
        Ok(views)
    }

    /// The newest actions, at most 50.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulks(&self) -> Result<Vec<BulkView>> {
        let rows: Vec<Row> = q!(self.db(), format!("SELECT {FIELDS} FROM bulk WHERE tenant = $t ORDER BY newest LIMIT 50"), t = self.t())?.take(0)?;
        self.with_addresses(rows.iter().map(Row::view).collect::<Result<_>>()?).await
    }

    /// Stops an action where it is: what was done stays, and can be undone.
    ///
    /// # Errors
    /// A fault when it is over.
    pub async fn cancel_bulk(&self, id: &BulkId) -> Result<BulkView> {
        self.may_send()?;
        let row = self.bulk_row(id).await?;
        if !run::end(self.core(), &row, BulkState::Cancelled, None).await? {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-over-already")).into());
        }
        self.audit(Entry::new("bulk.cancel", id.as_str())).await?;
        self.bulk(id).await
    }
}

impl SystemDb {
    /// Actions that wait or were interrupted, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_bulks(&self) -> Result<Vec<(TenantId, BulkId)>> {
        let mut rows: Vec<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM bulk WHERE state IN ['queued', 'running']"))?.take(0)?;
        rows.sort_by_key(|r| std::cmp::Reverse(r.newest));
        rows.iter().map(|r| Ok((r.tenant.parse()?, r.id()?))).collect()
    }
}
