//! The index: blocks of contacts and of campaigns, made anew when they are marked.
//!
//! A block is read, then written together with the removal of the marks that were there before it was read. What is marked in between
//! stays marked; a kill in between leaves everything as it was. Two that make the same block at once: the second one's write is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
    time::Duration,
};

use chrono::{DateTime, Utc};
use nexsent_model::{TenantId, live::LiveEvent};
use sha2::{Digest, Sha256};
use surrealdb_types::{Bytes, RecordId, RecordIdKey, SurrealValue};

use super::{
    column::{self, TextBuilder},
    marks::{ACTIVITY, CONTACTS, MarkRow, Marks, WRITE},
};
use crate::{
    Core, Error, Result, SystemDb,
    contacts::{bits, suppression_id},
    db::{Db, aid, key, last_number, q, retrying},
};

/// Contacts a block.
pub(crate) const BLOCK: u32 = 4096;
/// The highest block: numbers have 32 bits.
pub(super) const LAST: i64 = (u32::MAX / BLOCK) as i64;
/// The form of the columns. Another number makes every index anew.
const FORMAT: u32 = 1;
/// Marks read at once.
const MARKS: u32 = 2000;
/// How long the marks of a tenant that imports may lie.
const LIE: Duration = Duration::from_secs(60);

/// Contacts read at once: their values may be long.
const READ: u32 = 1024;

/// A column's hash, how many values it holds, and its length in bytes.
pub(super) type Columns = BTreeMap<String, (String, u64, u64)>;

/// `segment_block:[tenant, source, block]`.
pub(super) fn block_id(tenant: &str, source: &str, block: u32) -> RecordId {
    aid("segment_block", key![tenant.to_owned(), source.to_owned(), i64::from(block)])
}

/// `segment_column:[tenant, source, column, block]`.
pub(super) fn column_id(tenant: &str, source: &str, column: &str, block: u32) -> RecordId {
    aid("segment_column", key![tenant.to_owned(), source.to_owned(), column.to_owned(), i64::from(block)])
}

#[derive(SurrealValue)]
pub(super) struct BlockRow {
    pub id: RecordId,
    pub columns: String,
}

#[derive(SurrealValue)]
struct ColumnRow {
    id: RecordId,
    tenant: String,
    hash: String,
    data: Bytes,
}

#[derive(SurrealValue)]
struct IndexedContact {
    id: RecordId,
    email: String,
    first_name: String,
    last_name: String,
    attributes: BTreeMap<String, serde_json::Value>,
    status: String,
    created_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct IndexedRecipient {
    id: RecordId,
    state: String,
    tried_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    clicked_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Mark {
    id: RecordId,
}

/// A mark's tenant, source and block; `None` for a row that is no mark.
fn parts(id: &RecordId) -> Option<(String, String, u32)> {
    let RecordIdKey::Array(parts) = &id.key else { return None };
    let text = |i: usize| parts.get(i).and_then(|v| String::from_value(v.clone()).ok());
    Some((text(0)?, text(1)?, parts.get(2).and_then(|v| u32::from_value(v.clone()).ok())?))
}

/// Contents of the columns of a block that is about to be written.
type Built = BTreeMap<String, (Vec<u8>, u64)>;

/// A block as it is now, for one source.
struct Before {
    source: String,
    columns: Option<String>,
}

/// How a contact's status is kept. 0: there is no contact.
pub(super) fn standing(status: &str, reason: Option<&str>) -> u8 {
    match (status, reason) {
        ("active", _) => 1,
        ("unsubscribed", _) => 2,
        (_, Some("bad_address")) => 4,
        (_, Some("complaint")) => 5,
        (_, Some("manual")) => 6,
        _ => 3,
    }
}

fn seconds(at: DateTime<Utc>) -> u32 {
    u32::try_from(at.timestamp()).unwrap_or(1).max(1)
}

/// A block of contacts while it is read.
struct Reading {
    texts: BTreeMap<String, TextBuilder>,
    created: Vec<u32>,
    status: Vec<u8>,
    contacts: u64,
}

impl Reading {
    fn add(&mut self, rows: &[IndexedContact], reasons: &BTreeMap<String, String>) {
        for row in rows {
            let slot = (last_number(&row.id) % BLOCK) as usize;
            for (name, text) in [("email", &row.email), ("first_name", &row.first_name), ("last_name", &row.last_name)] {
                self.texts.entry(name.to_owned()).or_default().put(slot, text);
            }
            for (name, value) in &row.attributes {
                if let Some(text) = nexsent_model::attributes::text_of(value) {
                    self.texts.entry(format!("a:{name}")).or_default().put(slot, &text);
                }
            }
            self.created[slot] = seconds(row.created_at);
            self.status[slot] = standing(&row.status, reasons.get(&row.email).map(String::as_str));
            self.contacts += 1;
        }
    }

    fn finish(mut self) -> Built {
        let mut out: Built = self.texts.into_iter().filter_map(|(name, b)| Some((name, b.finish()?))).collect();
        out.extend(column::write_times(&self.created).map(|c| ("created".to_owned(), c)));
        if let Some(last) = self.status.iter().rposition(|s| *s != 0) {
            self.status.truncate(last + 1);
            out.insert("status".to_owned(), (self.status, self.contacts));
        }
        out
    }
}

async fn contact_columns(db: &Db, t: &str, block: u32) -> Result<Built> {
    let mut reading = Reading { texts: BTreeMap::new(), created: vec![0; BLOCK as usize], status: vec![0; BLOCK as usize], contacts: 0 };
    for part in 0..BLOCK / READ {
        let first = i64::from(block) * i64::from(BLOCK) + i64::from(part * READ);
        let sql = "SELECT id, email, first_name, last_name, attributes, status, created_at FROM contact:[$t, $from]..=[$t, $to]";
        let rows: Vec<IndexedContact> = q!(db, sql, t = t.to_owned(), from = first, to = first + i64::from(READ) - 1)?.take(0)?;
        #[derive(SurrealValue)]
        struct Stop {
            email: String,
            reason: String,
        }
        let stopped: Vec<RecordId> = rows.iter().filter(|r| r.status != "active").map(|r| suppression_id(t, &r.email)).collect();
        let stops: Vec<Stop> = if stopped.is_empty() { Vec::new() } else { q!(db, "SELECT email, reason FROM $ids", ids = stopped)?.take(0)? };
        let reasons: BTreeMap<String, String> = stops.into_iter().map(|s| (s.email, s.reason)).collect();
        let added = tokio::task::spawn_blocking(move || {
            reading.add(&rows, &reasons);
            reading
        });
        reading = added.await.map_err(|e| Error::Setup(e.to_string()))?;
    }
    tokio::task::spawn_blocking(move || reading.finish()).await.map_err(|e| Error::Setup(e.to_string()))
}

/// What a campaign's recipients of a block did: received, opened, clicked.
async fn campaign_times(db: &Db, t: &str, campaign: &str, block: u32) -> Result<[Vec<u32>; 3]> {
    let first = i64::from(block) * i64::from(BLOCK);
    let sql = "SELECT id, state, tried_at, opened_at, clicked_at FROM ledger:[$t, $c, $from]..=[$t, $c, $to]";
    let rows: Vec<IndexedRecipient> =
        q!(db, sql, t = t.to_owned(), c = campaign.to_owned(), from = first, to = first + i64::from(BLOCK) - 1)?.take(0)?;
    let mut out = std::array::from_fn(|_| vec![0u32; BLOCK as usize]);
    for row in rows {
        let slot = (last_number(&row.id) % BLOCK) as usize;
        let received = row.tried_at.filter(|_| row.state == "sent");
        for (column, at) in out.iter_mut().zip([received, row.opened_at, row.clicked_at]) {
            column[slot] = at.map_or(0, seconds);
        }
    }
    Ok(out)
}

/// The columns of a source of activity.
pub(super) const TIMES: [&str; 3] = ["received", "opened", "clicked"];

fn times_columns(times: &[Vec<u32>; 3]) -> Built {
    TIMES.iter().zip(times).filter_map(|(name, t)| Some(((*name).to_owned(), column::write_times(t)?))).collect()
}

/// All campaigns' times, with those of one campaign in them: the latest of each counts, so that it does not matter how often one is added.
async fn merged_activity(db: &Db, t: &str, block: u32, own: &[Vec<u32>; 3]) -> Result<Built> {
    #[derive(SurrealValue)]
    struct Old {
        id: RecordId,
        data: Bytes,
    }
    let ids: Vec<RecordId> = TIMES.iter().map(|c| column_id(t, ACTIVITY, c, block)).collect();
    let old: Vec<Old> = q!(db, "SELECT id, data FROM $ids", ids = ids.clone())?.take(0)?;
    let mut all = own.clone();
    for (id, times) in ids.iter().zip(&mut all) {
        if let Some(row) = old.iter().find(|o| o.id == *id) {
            times.iter_mut().zip(column::read_times(row.data.as_ref())).for_each(|(a, b)| *a = (*a).max(b));
        }
    }
    Ok(times_columns(&all))
}

async fn before(db: &Db, t: &str, source: &str, block: u32) -> Result<Before> {
    let columns: Option<String> = q!(db, "SELECT VALUE columns FROM ONLY $id", id = block_id(t, source, block))?.take(0)?;
    Ok(Before { source: source.to_owned(), columns })
}

/// Makes one block anew and takes the marks away that were read before.
async fn make(core: &Core, t: &str, source: &str, block: u32, marks: &[RecordId]) -> Result<()> {
    // One at a time in this process; the comparison below is for another.
    let _held = core.segments.making.lock().await;
    let db = &core.system;
    let mut sources = vec![before(db, t, source, block).await?];
    let built = if source == CONTACTS {
        vec![contact_columns(db, t, block).await?]
    } else {
        sources.push(before(db, t, ACTIVITY, block).await?);
        let own = campaign_times(db, t, source, block).await?;
        vec![times_columns(&own), merged_activity(db, t, block, &own).await?]
    };
    #[derive(SurrealValue)]
    struct Write {
        id: RecordId,
        tenant: String,
        was: Option<String>,
        columns: String,
    }
    let (mut blocks, mut columns, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (before, built) in sources.into_iter().zip(built) {
        let old: Columns = before.columns.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
        let mut new = Columns::new();
        for (name, (data, values)) in built {
            let length = data.len() as u64;
            let hash: String = Sha256::digest(&data).iter().take(12).map(|b| format!("{b:02x}")).collect();
            if old.get(&name).is_none_or(|(h, ..)| *h != hash) {
                let id = column_id(t, &before.source, &name, block);
                columns.push(ColumnRow { id, tenant: t.to_owned(), hash: hash.clone(), data: Bytes::from(data) });
            }
            new.insert(name, (hash, values, length));
        }
        gone.extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| column_id(t, &before.source, name, block)));
        blocks.push(Write {
            id: block_id(t, &before.source, block),
            tenant: t.to_owned(),
            was: before.columns,
            columns: serde_json::to_string(&new)?,
        });
    }
    let done = q!(
        db,
        "BEGIN;
         FOR $b IN $blocks {
           IF (SELECT VALUE columns FROM ONLY $b.id) != $b.was { THROW 'made by another' };
           UPSERT $b.id SET tenant = $b.tenant, columns = $b.columns RETURN NONE
         };
         FOR $c IN $columns { UPSERT $c.id SET tenant = $c.tenant, hash = $c.hash, data = $c.data RETURN NONE };
         DELETE $gone RETURN NONE;
         DELETE $marks RETURN NONE;
         COMMIT;",
        blocks = blocks,
        columns = columns,
        gone = gone,
        marks = marks.to_vec()
    );
    match done {
        Err(Error::Database(e)) if e.is_thrown() => Err(Error::Conflict),
        other => other.map(drop),
    }
}

/// Marks by the block they are about.
fn by_block(marks: Vec<Mark>) -> BTreeMap<Option<(String, String, u32)>, Vec<RecordId>> {
    let mut out: BTreeMap<_, Vec<RecordId>> = BTreeMap::new();
    for mark in marks {
        out.entry(parts(&mark.id)).or_default().push(mark.id);
    }
    out
}

async fn make_all(core: &Core, marks: Vec<Mark>) -> Result<BTreeSet<String>> {
    let mut tenants = BTreeSet::new();
    for (block, ids) in by_block(marks) {
        match block {
            Some((t, source, block)) => {
                retrying(|| make(core, &t, &source, block, &ids)).await?;
                tenants.insert(t);
            }
            None => q!(core.system, "DELETE $ids RETURN NONE", ids = ids).map(drop)?,
        }
    }
    Ok(tenants)
}

async fn marks_of(db: &Db, t: &str) -> Result<Vec<Mark>> {
    Ok(q!(db, "SELECT id FROM segment_dirty:[$t, '']..=[$t, '~']", t = t.to_owned())?.take(0)?)
}

/// Whether everything that a session can see of a tenant's changes is in the index.
pub(crate) async fn is_fresh(db: &Db, t: &str) -> Result<bool> {
    let first: Vec<Mark> = q!(db, "SELECT id FROM segment_dirty:[$t, '']..=[$t, '~'] LIMIT 1", t = t.to_owned())?.take(0)?;
    Ok(first.is_empty())
}

/// How many blocks of a tenant are marked.
pub(super) async fn dirty_blocks(db: &Db, t: &str) -> Result<usize> {
    Ok(by_block(marks_of(db, t).await?).len())
}

/// Brings everything into a tenant's index that was committed before this was called.
pub(crate) async fn catch_up(core: &Core, t: &str) -> Result<()> {
    if !has_form(core, t).await? {
        rebuild(core, t).await?;
    }
    let marks = marks_of(&core.system, t).await?;
    make_all(core, marks).await.map(drop)
}

impl SystemDb {
    /// Brings marked blocks up to date, those of all tenants, some hundreds at a time; tells the tenants whose index has caught up.
    /// Returns whether there may be more to do.
    ///
    /// # Errors
    /// When the database does not answer; what is marked stays marked.
    pub async fn refresh_segments(&self) -> Result<bool> {
        let busy: Vec<String> = self.0.segments.importing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        let marks: Vec<Mark> = if busy.is_empty() {
            q!(self.0.system, "SELECT id FROM segment_dirty LIMIT $n", n = MARKS)?.take(0)?
        } else {
            // A mark's ULID begins with its time, and sorts by it.
            let old = ulid::Ulid::from_parts(u64::try_from((Utc::now() - LIE).timestamp_millis()).unwrap_or(0), 0).to_string();
            let sql = "SELECT id FROM segment_dirty WHERE tenant NOT IN $busy OR record::id(id)[3] < $old LIMIT $n";
            q!(self.0.system, sql, busy = busy, old = old, n = MARKS)?.take(0)?
        };
        let more = marks.len() >= MARKS as usize;
        for t in make_all(&self.0, marks).await? {
            // An index that was begun in this form need not be made anew at the next start.
            q!(self.0.system, "INSERT IGNORE INTO segment_index { id: $id, format: $f } RETURN NONE", id = index_id(&t), f = FORMAT)?;
            if let Ok(tenant) = t.parse::<TenantId>()
                && is_fresh(&self.0.system, &t).await?
            {
                self.publish(&tenant, LiveEvent::Segments);
            }
        }
        Ok(more)
    }

    /// Marks everything of every tenant whose index has another form, or none yet. Run once, at the start.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn prepare_segments(&self) -> Result<()> {
        #[derive(SurrealValue)]
        struct Tenant {
            tenant: String,
        }
        let all: Vec<Tenant> = q!(self.0.system, "SELECT tenant FROM contact_counter")?.take(0)?;
        for t in all {
            if !has_form(&self.0, &t.tenant).await? {
                rebuild(&self.0, &t.tenant).await?;
            }
        }
        Ok(())
    }

    /// Throws a tenant's index away and marks everything. Until it is made again, its segments say that they are being brought up to date.
    ///
    /// # Errors
    /// When the database does not answer: then the old index is still there.
    pub async fn rebuild_segments(&self, tenant: &TenantId) -> Result<()> {
        rebuild(&self.0, tenant.as_str()).await
    }
}

/// Whether a tenant's index was begun in the form that this program knows.
async fn has_form(core: &Core, t: &str) -> Result<bool> {
    let format: Option<u32> = q!(core.system, "SELECT VALUE format FROM ONLY $id", id = index_id(t))?.take(0)?;
    Ok(format == Some(FORMAT))
}

async fn rebuild(core: &Core, t: &str) -> Result<()> {
    let (db, t) = (&core.system, t.to_owned());
    #[derive(SurrealValue)]
    struct Campaign {
        id: RecordId,
    }
    let campaigns: Vec<Campaign> =
        q!(db, "SELECT id, newest FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest", t = t.clone(), from = i64::MIN)?.take(0)?;
    let numbers = bits::load(db, &t, bits::ALL).await?;
    let mut dirty = Marks::default();
    // Whoever was deleted may still be in a block; every block there can be is made anew.
    for block in 0..=numbers.max().unwrap_or(0) / BLOCK {
        dirty.block(CONTACTS, block);
        for c in &campaigns {
            dirty.block(&crate::db::text_key(&c.id), block);
        }
    }
    let rows: Vec<MarkRow> = dirty.rows(&t);
    // No block is made between the marks and the end of the old index: its mark would be gone with it.
    let _held = core.segments.making.lock().await;
    for part in rows.chunks(2000) {
        q!(db, WRITE, dirty = part.to_vec())?;
    }
    q!(
        db,
        "BEGIN;
             DELETE segment_block:[$t, '']..=[$t, '~'] RETURN NONE;
             DELETE segment_column:[$t, '']..=[$t, '~'] RETURN NONE;
             UPSERT $id SET format = $f RETURN NONE;
             COMMIT;",
        t = t.clone(),
        id = index_id(&t),
        f = FORMAT
    )
    .map(drop)
}

fn index_id(tenant: &str) -> RecordId {
    crate::db::rid("segment_index", tenant)
}
