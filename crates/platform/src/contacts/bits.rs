//! Which contacts are in a list, as roaring bitmaps over their dense numbers: one row per list and 65,536 numbers.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use crate::{
    Error, Result,
    db::{Db, aid, key, last_number, q},
};

/// The name under which all contacts of a tenant are kept.
pub(crate) const ALL: &str = "all";

#[derive(SurrealValue)]
pub(crate) struct BitsRow {
    pub id: RecordId,
    pub tenant: String,
    pub bits: Bytes,
    pub count: u64,
}

fn id(tenant: &str, list: &str, block: u32) -> RecordId {
    aid("contact_bits", key![tenant.to_owned(), list.to_owned(), i64::from(block)])
}

pub(crate) fn decode(bytes: &Bytes) -> Result<RoaringBitmap> {
    RoaringBitmap::deserialize_from(bytes.as_ref()).map_err(|e| Error::Corrupt(format!("a bitmap: {e}")))
}

pub(crate) fn encode(bits: &RoaringBitmap) -> Result<Bytes> {
    let mut out = Vec::with_capacity(bits.serialized_size());
    bits.serialize_into(&mut out)?;
    Ok(Bytes::from(out))
}

/// The rows of a list, highest numbers first. There are few: one for 65,536 contacts.
async fn rows(db: &Db, tenant: &str, list: &str) -> Result<Vec<BitsRow>> {
    let sql = "SELECT id, tenant, bits, count FROM contact_bits:[$t, $list, 0]..=[$t, $list, 65536]";
    let mut rows: Vec<BitsRow> = q!(db, sql, t = tenant.to_owned(), list = list.to_owned())?.take(0)?;
    rows.reverse();
    Ok(rows)
}

/// How many contacts a list has.
pub(crate) async fn count(db: &Db, tenant: &str, list: &str) -> Result<u64> {
    #[derive(SurrealValue)]
    struct Count {
        count: u64,
    }
    let rows: Vec<Count> =
        q!(db, "SELECT count FROM contact_bits:[$t, $list, 0]..=[$t, $list, 65536]", t = tenant.to_owned(), list = list.to_owned())?.take(0)?;
    Ok(rows.iter().map(|r| r.count).sum())
}

/// The whole bitmap of a list.
pub(crate) async fn load(db: &Db, tenant: &str, list: &str) -> Result<RoaringBitmap> {
    let mut all = RoaringBitmap::new();
    for row in rows(db, tenant, list).await? {
        all |= decode(&row.bits)?;
    }
    Ok(all)
}

/// Numbers below `before`, highest first, at most `limit`.
pub(crate) async fn page(db: &Db, tenant: &str, list: &str, before: u32, limit: usize) -> Result<Vec<u32>> {
    let mut out = Vec::with_capacity(limit);
    for row in rows(db, tenant, list).await? {
        if (u64::from(last_number(&row.id)) << 16) >= u64::from(before) {
            continue;
        }
        let bits = decode(&row.bits)?;
        let below = bits.rank(before.saturating_sub(1));
        let from = usize::try_from(below).unwrap_or(usize::MAX);
        // The highest `limit` of those below.
        let skip = from.saturating_sub(limit - out.len());
        let mut some: Vec<u32> = bits.iter().skip(skip).take(from - skip).collect();
        some.reverse();
        out.extend(some);
        if out.len() >= limit {
            break;
        }
    }
    Ok(out)
}

/// Which of some bitmaps have a number.
pub(crate) async fn having(db: &Db, tenant: &str, names: &[String], number: u32) -> Result<Vec<String>> {
    let ids: Vec<RecordId> = names.iter().map(|n| id(tenant, n, number >> 16)).collect();
    let rows: Vec<BitsRow> =
        q!(db, "SELECT id, tenant, bits, count FROM $ids WHERE tenant = $t", ids = ids.clone(), t = tenant.to_owned())?.take(0)?;
    let mut out = Vec::new();
    for row in rows {
        if decode(&row.bits)?.contains(number)
            && let Some(at) = ids.iter().position(|i| *i == row.id)
        {
            out.push(names[at].clone());
        }
    }
    Ok(out)
}

/// What is added to and taken from each list.
#[derive(Default)]
pub(crate) struct Change {
    add: BTreeMap<String, RoaringBitmap>,
    remove: BTreeMap<String, RoaringBitmap>,
}

impl Change {
    pub fn add(&mut self, list: &str, number: u32) {
        self.add.entry(list.to_owned()).or_default().insert(number);
    }

    pub fn remove(&mut self, list: &str, number: u32) {
        self.remove.entry(list.to_owned()).or_default().insert(number);
    }

    /// The rows as they are after the change: to be written in the caller's transaction, under the tenant's lock.
    pub async fn rows(&self, db: &Db, tenant: &str) -> Result<Vec<BitsRow>> {
        let mut touched: BTreeMap<(String, u32), (RoaringBitmap, RoaringBitmap)> = BTreeMap::new();
        for (list, numbers) in &self.add {
            for n in numbers {
                touched.entry((list.clone(), n >> 16)).or_default().0.insert(n);
            }
        }
        for (list, numbers) in &self.remove {
            for n in numbers {
                touched.entry((list.clone(), n >> 16)).or_default().1.insert(n);
            }
        }
        let ids: Vec<RecordId> = touched.keys().map(|(list, block)| id(tenant, list, *block)).collect();
        let old: Vec<BitsRow> = q!(db, "SELECT id, tenant, bits, count FROM $ids", ids = ids)?.take(0)?;
        let mut out = Vec::with_capacity(touched.len());
        for ((list, block), (add, remove)) in touched {
            let id = id(tenant, &list, block);
            let mut bits = match old.iter().find(|o| o.id == id) {
                Some(row) => decode(&row.bits)?,
                None => RoaringBitmap::new(),
            };
            bits |= add;
            bits -= remove;
            out.push(BitsRow { id, tenant: tenant.to_owned(), count: bits.len(), bits: encode(&bits)? });
        }
        Ok(out)
    }
}

/// Writes bitmap rows; `$bits` is bound to what [`Change::rows`] gave.
pub(crate) const WRITE: &str = "FOR $b IN $bits { UPSERT $b.id SET tenant = $b.tenant, bits = $b.bits, count = $b.count RETURN NONE };";
