//! Writing a batch of an import.
//!
//! What is new is inserted by two transactions at once, under numbers that were reserved before; a last one settles them: bitmaps, counts,
//! checkpoint. Until then they are nobody's: whatever ends in between is taken back, and the batch is read again.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use nexsent_model::{ImportId, TenantId};
use surrealdb_types::{RecordId, SurrealValue};
use tokio::task::JoinSet;

use super::{batch::Batch, read, run::RunningImport};
use crate::{
    Error, Result, SystemDb,
    contacts::{
        bits, contact_id,
        edit::{Counter, counter_id, lock},
        suppression_id,
    },
    db::{q, retrying, rid, text_key},
    segments::marks::{self, Marks},
};

/// From how many new contacts on two transactions insert them.
const SPLIT: usize = 200;

#[derive(Clone, SurrealValue)]
struct NewRow {
    id: RecordId,
    tenant: String,
    email: String,
    first_name: String,
    last_name: String,
    attributes: BTreeMap<String, serde_json::Value>,
    lists: Vec<String>,
    status: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Clone, SurrealValue)]
struct Change {
    id: RecordId,
    first_name: Option<String>,
    last_name: Option<String>,
    attributes: BTreeMap<String, serde_json::Value>,
    lists: Vec<String>,
}

#[derive(SurrealValue)]
struct Existing {
    id: RecordId,
    email: String,
    attributes: BTreeMap<String, serde_json::Value>,
    lists: Vec<String>,
}

impl SystemDb {
    /// Contacts, bitmaps, counter, checkpoint. Returns whether the import was cancelled meanwhile.
    pub(super) async fn write_batch(&self, run: &mut RunningImport, batch: &Batch) -> Result<bool> {
        let db = &self.0.system;
        let t = run.tenant.to_string();
        let lists: Vec<String> = run.plan.lists.iter().map(ToString::to_string).collect();
        // An address twice in a batch: what comes later is added to what came before.
        let mut merged: HashMap<&str, read::NewContact> = HashMap::with_capacity(batch.contacts.len());
        let mut order = Vec::with_capacity(batch.contacts.len());
        for c in &batch.contacts {
            match merged.get_mut(c.email.as_str()) {
                Some(m) => {
                    m.first_name = c.first_name.clone().or(m.first_name.take());
                    m.last_name = c.last_name.clone().or(m.last_name.take());
                    m.attributes.extend(c.attributes.clone());
                }
                None => {
                    merged.insert(&c.email, c.clone());
                    order.push(c.email.as_str());
                }
            }
        }
        let _held = lock(&self.0, &run.tenant).await;
        let (created, updated, cancelled) = retrying(|| async {
            let emails: Vec<String> = order.iter().map(|e| (*e).to_owned()).collect();
            let maybe: Vec<String> = emails.iter().filter(|e| run.known.has(e)).cloned().collect();
            let suppressed: Vec<RecordId> = emails.iter().map(|e| suppression_id(&t, e)).collect();
            let mut found = q!(
                db,
                "RETURN $maybe.map(|$e| (SELECT id, email, attributes, lists FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $e LIMIT 1)[0]);
                 SELECT next, attributes FROM ONLY $counter;
                 SELECT email, reason FROM $suppressed;
                 SELECT VALUE state FROM ONLY $import;
                 SELECT VALUE name FROM attribute WHERE removing = true AND tenant = $t",
                t = t.clone(),
                maybe = maybe,
                counter = counter_id(&t),
                suppressed = suppressed,
                import = rid("import", run.id.as_str())
            )?;
            let existing: Vec<Option<Existing>> = found.take(0)?;
            let existing: Vec<Existing> = existing.into_iter().flatten().collect();
            let counter: Option<Counter> = found.take(1)?;
            #[derive(SurrealValue)]
            struct Suppressed {
                email: String,
                reason: String,
            }
            let suppressed: Vec<Suppressed> = found.take(2)?;
            let state: Option<String> = found.take(3)?;
            if state.as_deref() != Some("running") {
                return Ok((0, 0, true));
            }
            // What is being deleted is not brought back.
            let removing: Vec<String> = found.take(4)?;
            let kept = |a: &BTreeMap<String, serde_json::Value>| -> BTreeMap<String, serde_json::Value> {
                a.iter().filter(|(name, _)| !removing.contains(name)).map(|(n, v)| (n.clone(), v.clone())).collect()
            };
            let mut dirty = Marks::default();
            let existing: HashMap<&str, &Existing> = existing.iter().map(|e| (e.email.as_str(), e)).collect();
            let suppressed: HashMap<&str, &str> = suppressed.iter().map(|s| (s.email.as_str(), s.reason.as_str())).collect();
            let mut next = counter.as_ref().map_or(1, |c| c.next);
            let now = Utc::now();
            let mut bits = bits::Change::default();
            let (mut new, mut changes) = (Vec::new(), Vec::new());
            let mut names: Vec<String> = Vec::new();
            for email in &order {
                let c = &merged[email];
                for name in c.attributes.keys() {
                    if !names.contains(name) && !removing.contains(name) {
                        names.push(name.clone());
                    }
                }
                if let Some(e) = existing.get(email) {
                    let number = crate::db::last_number(&e.id);
                    bits.add(run.id.as_str(), number);
                    dirty.contact(number);
                    lists.iter().for_each(|l| bits.add(l, number));
                    let mut attributes = e.attributes.clone();
                    attributes.extend(kept(&c.attributes));
                    let mut joined = e.lists.clone();
                    joined.extend(lists.iter().filter(|l| !e.lists.contains(l)).cloned());
                    changes.push(Change { id: e.id.clone(), first_name: c.first_name.clone(), last_name: c.last_name.clone(), attributes, lists: joined });
                } else {
                    bits.add(bits::ALL, next);
                    // Which import somebody came by: a bitmap, read on their page.
                    bits.add(run.id.as_str(), next);
                    dirty.contact(next);
                    lists.iter().for_each(|l| bits.add(l, next));
                    new.push(NewRow {
                        id: contact_id(&t, next),
                        tenant: t.clone(),
                        email: (*email).to_owned(),
                        first_name: c.first_name.clone().unwrap_or_default(),
                        last_name: c.last_name.clone().unwrap_or_default(),
                        attributes: kept(&c.attributes),
                        lists: lists.clone(),
                        status: match suppressed.get(email) {
                            None => "active",
                            Some(&"unsubscribed") => "unsubscribed",
                            Some(_) => "suppressed",
                        }
                        .to_owned(),
                        created_at: now,
                        updated_at: now,
                    });
                    next += 1;
                }
            }
            let (created, updated) = (new.len() as u64, changes.len() as u64);
            if new.len() >= SPLIT {
                self.insert_reserved(&run.id, &t, next, std::mem::take(&mut new)).await?;
            }
            let settle = async || {
                q!(
                db,
                format!(
                    "BEGIN;
                     INSERT INTO contact $new RETURN NONE;
                     FOR $c IN $changes {{ UPDATE $c.id SET first_name = $c.first_name ?? first_name, last_name = $c.last_name ?? last_name, attributes = $c.attributes, lists = $c.lists, updated_at = $now RETURN NONE }};
                     UPSERT $counter SET tenant = $t, next = $next, attributes = array::union(attributes ?? [], $names) RETURN NONE;
                     {} {}
                     UPDATE $import SET lines_done += $rows, bytes_done = $bytes_read, rows += $rows, created += $created, updated += $updated,
                       rejected += $rejected, rejected_bytes += $rejected_bytes, reserved = NONE RETURN NONE;
                     COMMIT;",
                    bits::WRITE,
                    marks::WRITE
                ),
                dirty = dirty.rows(&t),
                new = new.clone(),
                changes = changes.clone(),
                now = now,
                counter = counter_id(&t),
                t = t.clone(),
                next = next,
                names = names.clone(),
                bits = bits.rows(db, &t).await?,
                import = rid("import", run.id.as_str()),
                rows = batch.rows,
                bytes_read = batch.bytes_read,
                created = created,
                updated = updated,
                rejected = batch.rejected_rows,
                rejected_bytes = batch.rejected.len() as u64,
            ).map(drop)
            };
            // What was read of existing contacts is as old as this attempt: where some are changed, all of it is begun anew.
            let settled = if changes.is_empty() { retrying(settle).await } else { settle().await };
            if let Err(error) = settled {
                self.take_back_held(&run.id).await?;
                return Err(error);
            }
            Ok((created, updated, false))
        })
        .await?;
        run.known.add(&order);
        run.row.rows += batch.rows;
        run.row.created += created;
        run.row.updated += updated;
        run.row.rejected += batch.rejected_rows;
        run.row.bytes_done = batch.bytes_read;
        Ok(cancelled)
    }

    /// Inserts new contacts below `next` under numbers that nobody else gets.
    async fn insert_reserved(&self, id: &ImportId, t: &str, next: u32, mut new: Vec<NewRow>) -> Result<()> {
        let db = &self.0.system;
        let first = i64::from(next) - new.len() as i64;
        retrying(|| async {
            q!(
                db,
                "BEGIN;
                 UPSERT $counter SET tenant = $t, next = $next RETURN NONE;
                 UPDATE $import SET reserved = [$first, $next] RETURN NONE;
                 COMMIT;",
                counter = counter_id(t),
                t = t.to_owned(),
                first = first,
                next = next,
                import = rid("import", id.as_str())
            )
            .map(drop)
        })
        .await?;
        let other = new.split_off(new.len() / 2);
        // The embedded engine works in the task that asks: only two tasks are two threads. A third would be in the others' way.
        let mut halves = JoinSet::new();
        for rows in [new, other] {
            let db = db.clone();
            halves.spawn(async move { retrying(|| async { q!(db, "INSERT INTO contact $rows RETURN NONE", rows = rows.clone()).map(drop) }).await });
        }
        let mut inserted = Ok(());
        while let Some(half) = halves.join_next().await {
            inserted = inserted.and(half.map_err(|e| Error::Setup(e.to_string())).and_then(|done| done));
        }
        if let Err(error) = inserted {
            self.take_back_held(id).await?;
            return Err(error);
        }
        Ok(())
    }

    /// Takes back what an import has inserted and not settled.
    pub(super) async fn take_back(&self, id: &ImportId) -> Result<()> {
        let tenant: Option<String> = q!(self.0.system, "SELECT VALUE tenant FROM ONLY $id", id = rid("import", id.as_str()))?.take(0)?;
        let Some(tenant) = tenant else { return Ok(()) };
        let _held = lock(&self.0, &tenant.parse::<TenantId>()?).await;
        self.take_back_held(id).await
    }

    /// The same, under the tenant's lock.
    async fn take_back_held(&self, id: &ImportId) -> Result<()> {
        let db = &self.0.system;
        #[derive(SurrealValue)]
        struct Unsettled {
            tenant: String,
            reserved: Option<Vec<u32>>,
        }
        let found: Option<Unsettled> = q!(db, "SELECT tenant, reserved FROM ONLY $id", id = rid("import", id.as_str()))?.take(0)?;
        let Some((t, reserved)) = found.and_then(|u| Some((u.tenant, u.reserved?))) else { return Ok(()) };
        let &[first, next] = reserved.as_slice() else { return Ok(()) };
        retrying(|| async {
            q!(
                db,
                format!(
                    "BEGIN; DELETE contact:[$t, $first]..[$t, $next] RETURN NONE; {} UPDATE $import SET reserved = NONE RETURN NONE; COMMIT;",
                    marks::WRITE
                ),
                // A block of the index may have been made of them.
                dirty = Marks::contacts(first..next).rows(&t),
                t = t.clone(),
                first = i64::from(first),
                next = i64::from(next),
                import = rid("import", id.as_str())
            )
            .map(drop)
        })
        .await
    }

    /// Takes back what imports left unsettled when the process ended; once, at the start. Those that go on would do it themselves.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn prepare_imports(&self) -> Result<()> {
        #[derive(SurrealValue)]
        struct Found {
            id: RecordId,
        }
        let open: Vec<Found> = q!(self.0.system, "SELECT id FROM import WHERE reserved != NONE")?.take(0)?;
        for import in open {
            self.take_back(&text_key(&import.id).parse()?).await?;
        }
        Ok(())
    }
}
