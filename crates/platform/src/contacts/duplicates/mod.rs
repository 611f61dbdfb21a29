//! Contacts that are probably one person: found in the background, shown side by side, merged or told apart.

pub(crate) mod merge;
mod scan;

use chrono::{DateTime, Utc};
use nexsent_model::{
    ContactId, Cursor, Fault, FaultCode, Page,
    bulk::{BulkAction, BulkState, BulkView},
    duplicates::{DuplicateGroup, DuplicateReason, DuplicateScan, MAX_GROUP, MergePlan},
    live::LiveEvent,
    validate,
};
use nexsent_texts::t;
use roaring::RoaringBitmap;
use surrealdb_types::{RecordId, SurrealValue};

pub use self::scan::{RunningScan, ScanProgress};
use super::{bits, bulk};
use crate::{
    Core, Result, TenantDb,
    accounts::audit::Entry,
    db::{aid, key, last_number, q},
};

/// Groups a page.
const PAGE: usize = 10;
/// Ranks that are read at once.
const STRETCH: u32 = 50;

#[derive(Clone, SurrealValue)]
struct Row {
    tenant: String,
    state: String,
    attribute: Option<String>,
    run: String,
    shown: Option<String>,
    total: u64,
    looked: u64,
    groups: u64,
    too_large: u64,
    problem: Option<String>,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

const FIELDS: &str = "tenant, state, attribute, run, shown, total, looked, groups, too_large, problem, started_at, finished_at";

/// `duplicate_scan:[tenant]`.
fn scan_id(tenant: &str) -> RecordId {
    aid("duplicate_scan", key![tenant.to_owned()])
}

fn group_id(tenant: &str, run: &str, rank: u32) -> RecordId {
    aid("duplicate_group", key![tenant.to_owned(), run.to_owned(), i64::from(rank)])
}

/// Every pair of some contacts, as `duplicate_apart` keeps it.
fn pairs(tenant: &str, numbers: &[u32]) -> Vec<RecordId> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let pair = |a: u32, b: u32| aid("duplicate_apart", key![tenant.to_owned(), i64::from(a), i64::from(b)]);
    sorted.iter().enumerate().flat_map(|(i, a)| sorted[i + 1..].iter().map(move |b| (*a, *b))).map(|(a, b)| pair(a, b)).collect()
}

impl Row {
    fn view(&self) -> DuplicateScan {
        DuplicateScan {
            state: bulk::state(&self.state),
            attribute: self.attribute.clone(),
            total: self.total,
            looked: self.looked,
            groups: self.groups,
            too_large: self.too_large,
            shown: self.shown.is_some(),
            // Of before: a whole sentence.
            problem: self.problem.as_ref().map(|p| if p == bulk::OURS { t!("fault-people-search-failed") } else { p.clone() }),
            started_at: self.started_at,
            finished_at: self.finished_at,
        }
    }

    fn event(&self) -> LiveEvent {
        LiveEvent::Duplicates { state: bulk::state(&self.state), total: self.total, looked: self.looked, groups: self.groups }
    }
}

async fn load(core: &Core, tenant: &str) -> Result<Option<Row>> {
    Ok(q!(core.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = scan_id(tenant))?.take(0)?)
}

#[derive(SurrealValue)]
struct GroupRow {
    id: RecordId,
    reason: String,
    numbers: Vec<u32>,
}

impl TenantDb {
    async fn scan_row(&self) -> Result<Option<Row>> {
        Ok(q!(self.db(), format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t"), id = scan_id(&self.t()), t = self.t())?.take(0)?)
    }

    /// The last search for duplicates.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn duplicate_scan(&self) -> Result<Option<DuplicateScan>> {
        Ok(self.scan_row().await?.map(|r| r.view()))
    }

    /// Starts a search in the background; the result of the last one stays until this one is done.
    ///
    /// # Errors
    /// A fault when one runs already, or on `attribute`.
    pub async fn start_duplicate_scan(&self, attribute: &str) -> Result<()> {
        self.may_send()?;
        let attribute = match attribute.trim() {
            "" => None,
            name => Some(validate::attribute(name).map_err(|e| Fault::field("attribute", e))?),
        };
        if self.scan_row().await?.is_some_and(|r| !bulk::state(&r.state).is_final()) {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-people-search-going-on")).into());
        }
        let total = bits::count(self.db(), &self.t(), bits::ALL).await?;
        q!(
            self.core().system,
            "UPSERT $id SET tenant = $t, state = 'queued', attribute = $attribute, run = $run, total = $total, looked = 0, too_large = 0, problem = NONE,
               groups = IF shown = NONE { 0 } ELSE { groups }, started_at = time::now(), finished_at = NONE RETURN NONE",
            id = scan_id(&self.t()),
            t = self.t(),
            attribute = attribute,
            run = ulid::Ulid::new().to_string().to_lowercase(),
            total = total
        )?;
        self.audit(Entry::new("duplicates.search", "contacts")).await?;
        if let Some(row) = self.scan_row().await? {
            self.core().events.publish(self.tenant_id(), row.event());
        }
        Ok(())
    }

    /// Stops the search; the result of the last one stays.
    ///
    /// # Errors
    /// A fault when none runs.
    pub async fn cancel_duplicate_scan(&self) -> Result<()> {
        self.may_send()?;
        if scan::end(self.core(), &self.t(), None, BulkState::Cancelled, None).await? {
            return Ok(());
        }
        Err(Fault::new(FaultCode::WrongState, t!("fault-people-no-search")).into())
    }

    /// Groups that were found, as their contacts are now, from a rank on.
    ///
    /// # Errors
    /// A fault for a cursor that is none.
    pub async fn duplicate_groups(&self, after: Option<&Cursor>) -> Result<Page<DuplicateGroup>> {
        let mut from = match after {
            Some(c) => c.0.parse::<u32>().map_err(|_| Fault::field("after", t!("fault-people-page-gone")))?,
            None => 0,
        };
        let Some(row) = self.scan_row().await? else { return Ok(Page::default()) };
        let Some(run) = row.shown else { return Ok(Page::default()) };
        let mut items = Vec::new();
        // Groups that were dealt with are passed over, in bounded steps.
        for _ in 0..40 {
            let rows: Vec<GroupRow> = q!(
                self.db(),
                "SELECT id, reason, numbers FROM duplicate_group:[$t, $run, $from]..=[$t, $run, $to] WHERE state = 'open' AND tenant = $t",
                t = self.t(),
                run = run.clone(),
                from = i64::from(from),
                to = i64::from(from + STRETCH - 1)
            )?
            .take(0)?;
            for g in rows {
                let rank = last_number(&g.id);
                if items.len() == PAGE {
                    return Ok(Page { items, next: Some(Cursor(rank.to_string())), total: None });
                }
                let mut contacts = self.contacts_by_number(&g.numbers).await?;
                contacts.sort_by_key(|c| c.id);
                if contacts.len() > 1 {
                    let reason = match g.reason.as_str() {
                        "address" => DuplicateReason::Address,
                        "attribute" => DuplicateReason::Attribute,
                        _ => DuplicateReason::Name,
                    };
                    items.push(DuplicateGroup { rank, reason, contacts });
                }
            }
            from += STRETCH;
            if u64::from(from) >= row.groups {
                return Ok(Page { items, next: None, total: None });
            }
        }
        Ok(Page { items, next: Some(Cursor(from.to_string())), total: None })
    }

    /// Remembers that the contacts of a group are not the same: no later search shows them together.
    ///
    /// # Errors
    /// A fault when there is no such group.
    pub async fn not_duplicates(&self, rank: u32) -> Result<()> {
        self.may_send()?;
        let gone = || Fault::not_found("group");
        let run = self.scan_row().await?.and_then(|r| r.shown).ok_or_else(gone)?;
        let id = group_id(&self.t(), &run, rank);
        let group: Option<GroupRow> =
            q!(self.db(), "SELECT id, reason, numbers FROM ONLY $id WHERE tenant = $t", id = id.clone(), t = self.t())?.take(0)?;
        let group = group.ok_or_else(gone)?;
        q!(
            self.core().system,
            "BEGIN;
             FOR $p IN $pairs { UPSERT $p SET tenant = $t RETURN NONE };
             UPDATE $id SET state = 'apart' RETURN NONE;
             COMMIT;",
            pairs = pairs(&self.t(), &group.numbers),
            t = self.t(),
            id = id
        )?;
        let named: Vec<String> = group.numbers.iter().map(|n| ContactId(*n).to_string()).collect();
        self.audit(Entry::new("duplicates.apart", &named.join(" "))).await
    }

    /// Makes several contacts one. The one that stays keeps its number, address and history; unsubscribed or suppressed ones make it so.
    ///
    /// # Errors
    /// A fault when somebody named is not there, or the attributes are too many together.
    pub async fn merge_contacts(&self, plan: &MergePlan) -> Result<BulkView> {
        self.may_send()?;
        let mut plan = plan.clone();
        plan.others.sort_unstable();
        plan.others.dedup();
        if plan.others.is_empty() || plan.others.contains(&plan.survivor) {
            return Err(Fault::field("others", t!("fault-people-choose-merge")).into());
        }
        if plan.others.len() >= MAX_GROUP {
            return Err(Fault::field("others", t!("fault-people-too-many-merged", max = MAX_GROUP)).into());
        }
        let numbers: Vec<u32> = plan.others.iter().chain([&plan.survivor]).map(|c| c.0).collect();
        let there = self.contacts_by_number(&numbers).await?;
        if there.len() != numbers.len() {
            return Err(Fault::new(FaultCode::Conflict, t!("fault-people-one-gone")).into());
        }
        let numbers: RoaringBitmap = numbers.into_iter().collect();
        let total = numbers.len();
        let (subject, scope) = (plan.survivor.to_string(), format!("{total} contacts"));
        self.begin_bulk(&BulkAction::Merge { plan }, subject, scope, None, total, &numbers).await
    }
}
