//! An action at work: batches, each one transaction with its checkpoint.

use nexsent_model::{
    BulkId, TenantId,
    bulk::{BulkAction, BulkState, Skipped, UNDO_DAYS},
    live::LiveEvent,
};
use roaring::RoaringBitmap;

use super::{
    FIELDS, OURS, Row, act, bulk_id,
    effects::{self},
    problem, targets, undo,
};
use crate::{
    Core, Error, Result, SystemDb,
    contacts::edit::lock,
    db::{q, retrying},
};

/// Contacts a transaction.
const BATCH: usize = 500;

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkProgress {
    More,
    Over,
}

/// An action at work.
pub struct RunningBulk {
    id: BulkId,
    tenant: TenantId,
    action: BulkAction,
    /// The action that this one takes back.
    of: Option<BulkId>,
    row: Row,
    skipped: Vec<Skipped>,
    numbers: RoaringBitmap,
    said: tokio::time::Instant,
}

impl RunningBulk {
    /// Which action it is.
    #[must_use]
    pub const fn id(&self) -> &BulkId {
        &self.id
    }

    /// The next contacts, and where the cursor is after them. Undoing goes backwards.
    fn next(&self) -> (Vec<u32>, i64) {
        let numbers: Vec<u32> = if self.of.is_some() {
            match u32::try_from(self.row.cursor - 1) {
                Ok(to) => self.numbers.range(..=to).rev().take(BATCH).collect(),
                Err(_) => Vec::new(),
            }
        } else {
            match u32::try_from(self.row.cursor + 1) {
                Ok(from) => self.numbers.range(from..).take(BATCH).collect(),
                Err(_) => Vec::new(),
            }
        };
        let cursor = numbers.last().map_or(self.row.cursor, |n| i64::from(*n));
        (numbers, cursor)
    }
}

async fn load(core: &Core, id: &BulkId) -> Result<Option<Row>> {
    Ok(q!(core.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = bulk_id(id))?.take(0)?)
}

/// Takes an action up where its last transaction left it.
async fn begin(core: &Core, id: &BulkId) -> Result<Option<RunningBulk>> {
    q!(core.system, "UPDATE $id SET state = 'running' WHERE state IN ['queued', 'running'] RETURN NONE", id = bulk_id(id))?;
    let Some(row) = load(core, id).await?.filter(|r| r.state == "running") else { return Ok(None) };
    let of: Option<BulkId> = row.undo_of.as_deref().map(str::parse).transpose()?;
    Ok(Some(RunningBulk {
        id: id.clone(),
        tenant: row.tenant.parse()?,
        action: row.action()?,
        skipped: row.skipped()?,
        numbers: targets(&core.system, &row.tenant, id).await?,
        of,
        row,
        said: tokio::time::Instant::now(),
    }))
}

/// Does one batch.
async fn step(core: &Core, run: &mut RunningBulk) -> Result<BulkProgress> {
    let (numbers, cursor) = run.next();
    if numbers.is_empty() {
        end(core, &run.row, BulkState::Done, None).await?;
        return Ok(BulkProgress::Over);
    }
    let t = run.tenant.to_string();
    let written = {
        let _held = lock(core, &run.tenant).await;
        retrying(|| async {
            let effects = match &run.of {
                Some(of) => undo::effects(core, &t, of, &run.action, &numbers).await?,
                None => act::effects(core, &t, &run.id, &run.action, &numbers).await?,
            };
            let mut skipped = run.skipped.clone();
            for s in &effects.skipped {
                effects::skip(&mut skipped, s.reason, s.count, None);
                if let Some(all) = skipped.iter_mut().find(|x| x.reason == s.reason) {
                    all.examples.extend(s.examples.iter().take(Skipped::EXAMPLES - all.examples.len().min(Skipped::EXAMPLES)).cloned());
                }
            }
            let (processed, changed) = (effects.processed, effects.changed);
            Ok(effects.commit(core, &run.row, cursor, &skipped).await?.then_some((processed, changed, skipped)))
        })
        .await
    };
    match written {
        Ok(Some((processed, changed, skipped))) => {
            run.row.cursor = cursor;
            run.row.processed += processed;
            run.row.changed += changed;
            run.skipped = skipped;
        }
        // Cancelled, or taken up by somebody else.
        Ok(None) => return Ok(BulkProgress::Over),
        Err(Error::Fault(fault)) => {
            let known = fault.field.filter(|f| problem(f).is_some());
            end(core, &run.row, BulkState::Failed, Some(known.unwrap_or(fault.message))).await?;
            return Ok(BulkProgress::Over);
        }
        Err(error) => return Err(error),
    }
    if run.said.elapsed().as_millis() > 200 {
        run.said = tokio::time::Instant::now();
        core.events.publish(&run.tenant, run.row.event()?);
    }
    Ok(BulkProgress::More)
}

/// Ends an action that is not over; `false` when it is. One that was to take another back and did not come to its end gives it free again.
pub(super) async fn end(core: &Core, row: &Row, state: BulkState, problem: Option<String>) -> Result<bool> {
    let id = row.id()?;
    let of: Option<BulkId> = row.undo_of.as_deref().map(str::parse).transpose()?;
    let ended: Vec<String> = retrying(|| async {
        let mut done = q!(
            core.system,
            format!(
                "BEGIN;
                 LET $ended = (UPDATE $id SET state = $state, problem = $problem, finished_at = time::now(), undo_until = time::now() + {UNDO_DAYS}d
                   WHERE state IN ['queued', 'running'] RETURN VALUE state);
                 IF $ended != [] AND $free {{ UPDATE $of SET undone_by = NONE WHERE undone_by = $me RETURN NONE }};
                 RETURN $ended;
                 COMMIT;"
            ),
            id = bulk_id(&id),
            state = state.as_str().to_owned(),
            problem = problem.clone(),
            free = of.is_some() && state != BulkState::Done,
            of = of.as_ref().map(bulk_id),
            me = id.to_string()
        )?;
        // The last but one: COMMIT has a result, too.
        let at = done.num_statements().saturating_sub(2);
        Ok(done.take(at)?)
    })
    .await?;
    if ended.is_empty() {
        return Ok(false);
    }
    if let Some(row) = load(core, &id).await? {
        let tenant: TenantId = row.tenant.parse()?;
        core.events.publish(&tenant, row.event()?);
        core.events.publish(&tenant, LiveEvent::Contacts);
    }
    Ok(true)
}

/// Does a small action to its end. Where that is not possible now, the background job does it.
pub(super) async fn finish_now(core: &Core, id: &BulkId) -> Result<()> {
    let outcome = async {
        let Some(mut run) = begin(core, id).await? else { return Ok(()) };
        while step(core, &mut run).await? == BulkProgress::More {}
        Ok::<_, Error>(())
    };
    if let Err(error) = outcome.await {
        tracing::warn!(action = %id, %error, "an action is left to the background job");
    }
    Ok(())
}

impl SystemDb {
    /// Takes an action up where its last transaction left it; `None` when it is over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin_bulk(&self, id: &BulkId) -> Result<Option<RunningBulk>> {
        begin(&self.0, id).await
    }

    /// Does one batch.
    ///
    /// # Errors
    /// When the database does not answer; the batch is taken up again later.
    pub async fn step_bulk(&self, run: &mut RunningBulk) -> Result<BulkProgress> {
        step(&self.0, run).await
    }

    /// Ends an action that cannot go on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fail_bulk(&self, id: &BulkId) -> Result<()> {
        if let Some(row) = load(&self.0, id).await? {
            end(&self.0, &row, BulkState::Failed, Some(OURS.to_owned())).await?;
        }
        Ok(())
    }
}
