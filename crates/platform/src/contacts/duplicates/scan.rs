//! The search for duplicates: every contact once, in pieces; what they share is compared by hashes in memory, groups are written at the end.
//! A search that was interrupted begins anew: nothing but its own result depends on it.

use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use nexsent_model::{
    TenantId,
    bulk::BulkState,
    duplicates::{DuplicateReason, MAX_GROUP, comparable, mailbox},
};
use roaring::RoaringBitmap;
use surrealdb_types::{RecordId, SurrealValue};

use super::{FIELDS, Row, group_id, load, pairs, scan_id};
use crate::{
    Core, Result, SystemDb,
    contacts::{CONTACT, ContactRow, bits, bulk::OURS, contact_id},
    db::q,
};

/// Contacts a step.
const BATCH: usize = 1000;
/// Groups that are kept.
const MAX_GROUPS: usize = 5000;

/// What a step of a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanProgress {
    More,
    Over,
}

/// A search at work. Sixteen bytes for each key of each contact.
pub struct RunningScan {
    tenant: TenantId,
    row: Row,
    numbers: RoaringBitmap,
    /// Kind, hash and contact.
    keys: Vec<(DuplicateReason, u64, u32)>,
    at: u32,
    said: tokio::time::Instant,
}

fn hash(reason: DuplicateReason, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (reason.as_str(), key).hash(&mut hasher);
    hasher.finish()
}

/// What a contact may share with others.
fn keys(row: &ContactRow, attribute: Option<&str>) -> Vec<(DuplicateReason, String)> {
    let mut out = vec![(DuplicateReason::Address, mailbox(&row.email))];
    if let Some(value) = attribute.and_then(|a| row.attributes.get(a)).and_then(comparable) {
        out.push((DuplicateReason::Attribute, value));
    }
    let word = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (first, last) = (word(&row.first_name), word(&row.last_name));
    if let Some((_, domain)) = row.email.rsplit_once('@').filter(|_| !first.is_empty() && !last.is_empty()) {
        out.push((DuplicateReason::Name, format!("{first}\n{last}\n{domain}")));
    }
    out
}

#[derive(SurrealValue)]
struct GroupNew {
    id: RecordId,
    tenant: String,
    reason: String,
    numbers: Vec<u32>,
}

/// Ends a search that is not over; `false` when it is.
pub(super) async fn end(core: &Core, tenant: &str, run: Option<&str>, state: BulkState, problem: Option<String>) -> Result<bool> {
    let ended: Vec<String> = q!(
        core.system,
        "UPDATE $id SET state = $state, problem = $problem, finished_at = time::now()
           WHERE state IN ['queued', 'running'] AND ($run = NONE OR run = $run) RETURN VALUE state",
        id = scan_id(tenant),
        state = state.as_str().to_owned(),
        problem = problem,
        run = run.map(str::to_owned)
    )?
    .take(0)?;
    if let Some(row) = load(core, tenant).await? {
        core.events.publish(&row.tenant.parse()?, row.event());
    }
    Ok(!ended.is_empty())
}

impl SystemDb {
    /// Workspaces whose search waits or was interrupted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_duplicate_scans(&self) -> Result<Vec<TenantId>> {
        let rows: Vec<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM duplicate_scan WHERE state IN ['queued', 'running']"))?.take(0)?;
        rows.iter().map(|r| Ok(r.tenant.parse()?)).collect()
    }

    /// Begins a search, from the first contact.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin_duplicate_scan(&self, tenant: &TenantId) -> Result<Option<RunningScan>> {
        let t = tenant.as_str();
        q!(self.0.system, "UPDATE $id SET state = 'running', looked = 0 WHERE state IN ['queued', 'running'] RETURN NONE", id = scan_id(t))?;
        let Some(row) = load(&self.0, t).await?.filter(|r| r.state == "running") else { return Ok(None) };
        // What an interrupted one has written of its result.
        self.drop_groups(t, &row.run).await?;
        let numbers = bits::load(&self.0.system, t, bits::ALL).await?;
        Ok(Some(RunningScan { tenant: tenant.clone(), row, numbers, keys: Vec::new(), at: 0, said: tokio::time::Instant::now() }))
    }

    async fn drop_groups(&self, t: &str, run: &str) -> Result<()> {
        let sql = "DELETE duplicate_group:[$t, $run, 0]..=[$t, $run, 4294967295] RETURN NONE";
        q!(self.0.system, sql, t = t.to_owned(), run = run.to_owned()).map(drop)
    }

    /// Looks at some contacts; at the end writes the result.
    ///
    /// # Errors
    /// When the database does not answer: the search begins anew later.
    pub async fn step_duplicate_scan(&self, run: &mut RunningScan) -> Result<ScanProgress> {
        let t = run.tenant.to_string();
        let numbers: Vec<u32> = run.numbers.range(run.at..).take(BATCH).collect();
        let Some(last) = numbers.last().copied() else { return self.write_groups(run).await };
        for row in self.rows(&t, &numbers).await? {
            run.keys.extend(keys(&row, run.row.attribute.as_deref()).into_iter().map(|(r, k)| (r, hash(r, &k), row.number())));
        }
        run.at = last.saturating_add(1);
        run.row.looked += numbers.len() as u64;
        if run.said.elapsed().as_millis() > 200 {
            run.said = tokio::time::Instant::now();
            let still: Vec<String> = q!(
                self.0.system,
                "UPDATE $id SET looked = $looked WHERE state = 'running' AND run = $run RETURN VALUE state",
                id = scan_id(&t),
                looked = run.row.looked,
                run = run.row.run.clone()
            )?
            .take(0)?;
            if still.is_empty() {
                return Ok(ScanProgress::Over);
            }
            self.publish(&run.tenant, run.row.event());
        }
        Ok(ScanProgress::More)
    }

    async fn rows(&self, t: &str, numbers: &[u32]) -> Result<Vec<ContactRow>> {
        let ids: Vec<RecordId> = numbers.iter().map(|n| contact_id(t, *n)).collect();
        Ok(q!(self.0.system, format!("SELECT {CONTACT} FROM $ids WHERE tenant = $t"), ids = ids, t = t.to_owned())?.take(0)?)
    }

    async fn write_groups(&self, run: &mut RunningScan) -> Result<ScanProgress> {
        let t = run.tenant.to_string();
        run.keys.sort_unstable();
        let mut seen: HashSet<Vec<u32>> = HashSet::new();
        let (mut rank, mut too_large) = (0u32, 0u64);
        let mut new: Vec<GroupNew> = Vec::new();
        for part in run.keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|p| p.len() > 1) {
            if part.len() > MAX_GROUP {
                too_large += 1;
                continue;
            }
            let reason = part[0].0;
            let numbers: Vec<u32> = part.iter().map(|k| k.2).collect();
            // The hash says perhaps; the rows say yes.
            let mut same: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for row in self.rows(&t, &numbers).await? {
                for (_, key) in keys(&row, run.row.attribute.as_deref()).into_iter().filter(|(r, _)| *r == reason) {
                    same.entry(key).or_default().push(row.number());
                }
            }
            for group in same.into_values().filter(|g| g.len() > 1) {
                if seen.contains(&group) || self.told_apart(&t, &group).await? {
                    continue;
                }
                new.push(GroupNew {
                    id: group_id(&t, &run.row.run, rank),
                    tenant: t.clone(),
                    reason: reason.as_str().to_owned(),
                    numbers: group.clone(),
                });
                seen.insert(group);
                rank += 1;
            }
            if new.len() >= 200 {
                q!(self.0.system, "INSERT INTO duplicate_group $new RETURN NONE", new = std::mem::take(&mut new))?;
            }
            if rank as usize >= MAX_GROUPS {
                break;
            }
        }
        q!(self.0.system, "INSERT INTO duplicate_group $new RETURN NONE", new = new)?;
        let old = run.row.shown.clone();
        let done: Vec<String> = q!(
            self.0.system,
            "UPDATE $id SET state = 'done', shown = run, groups = $groups, too_large = $too_large, looked = total, finished_at = time::now()
               WHERE state = 'running' AND run = $run RETURN VALUE state",
            id = scan_id(&t),
            groups = u64::from(rank),
            too_large = too_large,
            run = run.row.run.clone()
        )?
        .take(0)?;
        // Of the old result and the new one, the one that nobody is shown goes.
        match (done.is_empty(), old) {
            (true, _) => self.drop_groups(&t, &run.row.run).await?,
            (false, Some(old)) => self.drop_groups(&t, &old).await?,
            (false, None) => {}
        }
        if let Some(row) = load(&self.0, &t).await? {
            self.publish(&run.tenant, row.event());
        }
        Ok(ScanProgress::Over)
    }

    /// Whether somebody has said of every two of these that they are not the same.
    async fn told_apart(&self, t: &str, numbers: &[u32]) -> Result<bool> {
        let ids = pairs(t, numbers);
        let wanted = ids.len();
        let found: Vec<RecordId> = q!(self.0.system, "SELECT VALUE id FROM $ids", ids = ids)?.take(0)?;
        Ok(found.len() == wanted)
    }

    /// Ends a search that cannot go on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fail_duplicate_scan(&self, tenant: &TenantId) -> Result<()> {
        end(&self.0, tenant.as_str(), None, BulkState::Failed, Some(OURS.to_owned())).await.map(drop)
    }
}
