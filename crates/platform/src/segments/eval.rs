//! Evaluation: block by block, over the columns that a rule needs, through the session of whoever asks.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::Utc;
use nexsent_model::{
    attributes::{AttributeKind, KindChange},
    segments::Group,
};
use roaring::RoaringBitmap;
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use super::{
    column::Bits,
    index::{self, BLOCK, Columns},
    marks::CONTACTS,
    plan::{self, Plan, Workspace},
};
use crate::{
    Core, Error, Result,
    contacts::contact_id,
    db::{Db, last_number, q},
};

/// Blocks evaluated together, and the bytes of columns that are read for them.
const GROUP: usize = 16;
const GROUP_BYTES: u64 = 32 * 1024 * 1024;
/// How often evaluation begins anew because a block was made meanwhile.
const TRIES: usize = 5;

/// What is wanted of those a rule finds.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    Everyone,
    /// At least this many with the highest numbers below one.
    Newest(u32, usize),
    /// The one with the lowest number.
    First,
}

/// The columns of each block of a source, as a session sees them.
type Seen = HashMap<String, HashMap<u32, Columns>>;

async fn seen(db: &Db, tenant: &str, plan: &Plan) -> Result<Seen> {
    let mut out = Seen::new();
    for (source, _) in &plan.needs {
        if out.contains_key(source) {
            continue;
        }
        let mut blocks = HashMap::new();
        for row in plan::blocks(db, tenant, source).await? {
            blocks.insert(last_number(&row.id), serde_json::from_str::<Columns>(&row.columns)?);
        }
        out.insert(source.clone(), blocks);
    }
    Ok(out)
}

/// The needed columns of one block, as far as they are in memory.
type Held = Vec<Option<Arc<[u8]>>>;

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    hash: String,
    data: Bytes,
}

struct Missing {
    at: (usize, usize),
    id: RecordId,
    key: super::cache::ColumnKey,
    hash: String,
}

/// Reads what is not in memory; `false` when a block was made anew since its hashes were read.
async fn fetch(core: &Core, db: &Db, missing: Vec<Missing>, held: &mut [(u32, Held)]) -> Result<bool> {
    if missing.is_empty() {
        return Ok(true);
    }
    let ids: Vec<RecordId> = missing.iter().map(|m| m.id.clone()).collect();
    let rows: Vec<Row> = q!(db, "SELECT id, hash, data FROM $ids", ids = ids)?.take(0)?;
    let mut rows: HashMap<String, Row> = rows.into_iter().map(|r| (format!("{:?}", r.id.key), r)).collect();
    for m in missing {
        let Some(row) = rows.remove(&format!("{:?}", m.id.key)).filter(|r| r.hash == m.hash) else { return Ok(false) };
        let data: Arc<[u8]> = Arc::from(row.data.as_ref());
        core.segments.cache.put(m.key, m.hash, data.clone());
        held[m.at.0].1[m.at.1] = Some(data);
    }
    Ok(true)
}

/// Some blocks, on a thread of their own: a group is shared by two.
async fn evaluate(plan: &Arc<Plan>, held: Vec<(u32, Held)>) -> Result<Vec<(u32, Bits)>> {
    let plan = plan.clone();
    let work = move || held.iter().map(|(block, columns)| (*block, plan.evaluate(*block, columns))).collect();
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Setup(e.to_string()))
}

/// Evaluates block after block, until it is enough.
pub(super) async fn run(core: &Core, w: &Workspace<'_>, plan: Arc<Plan>, wanted: Wanted) -> Result<RoaringBitmap> {
    // A few at once: each may hold a group of blocks in memory.
    let _turn = core.segments.turns.acquire().await.map_err(|e| Error::Setup(e.to_string()))?;
    for _ in 0..TRIES {
        if let Some(found) = try_run(core, w, &plan, wanted).await? {
            return Ok(found);
        }
    }
    Err(Error::Conflict)
}

async fn try_run(core: &Core, w: &Workspace<'_>, plan: &Arc<Plan>, wanted: Wanted) -> Result<Option<RoaringBitmap>> {
    let seen = seen(w.db, w.tenant, plan).await?;
    let mut blocks = plan.blocks();
    if let Wanted::Newest(before, _) = wanted {
        blocks.retain(|b| b * BLOCK < before);
        blocks.reverse();
    }
    let mut found = RoaringBitmap::new();
    let mut blocks = blocks.into_iter().peekable();
    while blocks.peek().is_some() {
        let (mut held, mut missing, mut bytes) = (Vec::new(), Vec::new(), 0);
        while held.len() < GROUP && bytes < GROUP_BYTES {
            let Some(block) = blocks.next() else { break };
            let mut columns: Held = Vec::with_capacity(plan.needs.len());
            for (i, (source, column)) in plan.needs.iter().enumerate() {
                let Some((hash, _, length)) = seen.get(source).and_then(|s| s.get(&block)).and_then(|c| c.get(column)) else {
                    columns.push(None);
                    continue;
                };
                let key = (w.tenant.to_owned(), source.clone(), column.clone(), block);
                let data = core.segments.cache.get(&key, hash);
                if data.is_none() {
                    bytes += length;
                    let id = index::column_id(w.tenant, source, column, block);
                    missing.push(Missing { at: (held.len(), i), id, key, hash: hash.clone() });
                }
                columns.push(data);
            }
            held.push((block, columns));
        }
        if !fetch(core, w.db, missing, &mut held).await? {
            return Ok(None);
        }
        let other = held.split_off(held.len() / 2);
        let (one, other) = tokio::join!(evaluate(plan, held), evaluate(plan, other));
        for (block, bits) in one?.into_iter().chain(other?) {
            found.extend(bits.slots().map(|s| block * BLOCK + s));
        }
        match wanted {
            Wanted::Everyone => {}
            Wanted::First if !found.is_empty() => break,
            Wanted::First => {}
            Wanted::Newest(before, limit) => {
                found.remove_range(before..);
                if found.len() >= limit as u64 {
                    break;
                }
            }
        }
    }
    Ok(Some(found))
}

/// Everyone whom a rule finds, in the index as it is.
///
/// # Errors
/// A fault at the condition that is wrong, or names what is not there.
pub(crate) async fn find(core: &Core, db: &Db, tenant: &str, rule: &Group, wanted: Wanted) -> Result<RoaringBitmap> {
    let w = Workspace { db, tenant, now: Utc::now() };
    let plan = Arc::new(Plan::make(&w, rule).await?);
    run(core, &w, plan, wanted).await
}

/// How many contacts have a value of each attribute.
pub(crate) async fn value_counts(db: &Db, tenant: &str) -> Result<BTreeMap<String, u64>> {
    let mut out = BTreeMap::new();
    for row in plan::blocks(db, tenant, CONTACTS).await? {
        for (column, (_, values, _)) in serde_json::from_str::<Columns>(&row.columns)? {
            if let Some(name) = column.strip_prefix("a:") {
                *out.entry(name.to_owned()).or_default() += values;
            }
        }
    }
    Ok(out)
}

/// What of an attribute's values does not fit a type.
pub(crate) async fn misfits(core: &Core, db: &Db, tenant: &str, name: &str, kind: AttributeKind) -> Result<KindChange> {
    let fresh = index::is_fresh(db, tenant).await?;
    let w = Workspace { db, tenant, now: Utc::now() };
    let all = run(core, &w, Arc::new(Plan::values(&w, name, None).await?), Wanted::Everyone).await?;
    let bad = run(core, &w, Arc::new(Plan::values(&w, name, Some(kind)).await?), Wanted::Everyone).await?;
    let ids: Vec<RecordId> = bad.iter().take(50).map(|n| contact_id(tenant, n)).collect();
    let sql = "SELECT VALUE attributes[$name] FROM $ids WHERE tenant = $t";
    let values: Vec<Option<serde_json::Value>> = q!(db, sql, ids = ids, name = name.to_owned(), t = tenant.to_owned())?.take(0)?;
    let mut examples: Vec<String> = Vec::new();
    for text in values.iter().flatten().filter_map(nexsent_model::attributes::text_of) {
        let text: String = text.chars().take(40).collect();
        if examples.len() < 3 && !examples.contains(&text) {
            examples.push(text);
        }
    }
    Ok(KindChange { values: all.len(), misfits: bad.len(), examples, segments: Vec::new(), fresh })
}
