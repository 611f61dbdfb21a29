//! What a batch changes, and the one transaction that changes it.

use std::collections::BTreeMap;

use chrono::Utc;
use nexsent_model::{
    BulkId, ContactId,
    bulk::{Example, SkipReason, Skipped},
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{Row, bulk_id, undo_id};
use crate::{
    Core, Error, Result,
    contacts::{bits, contact_id, edit::counter_id, suppression_id},
    db::{aid, key, q},
    segments::marks::{self, Marks},
};

/// A contact's fields that change; the others stay.
#[derive(Clone, Default)]
pub(crate) struct Patch {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub attributes: Option<BTreeMap<String, serde_json::Value>>,
    pub lists: Option<Vec<String>>,
    pub status: Option<String>,
}

#[derive(SurrealValue)]
struct PatchRow {
    id: RecordId,
    first_name: Option<String>,
    last_name: Option<String>,
    attributes: Option<BTreeMap<String, serde_json::Value>>,
    lists: Option<Vec<String>>,
    status: Option<String>,
}

/// What undoes a change: written beside it.
#[derive(SurrealValue)]
struct UndoNew {
    id: RecordId,
    tenant: String,
    contact: u32,
    email: String,
    before: BTreeMap<String, serde_json::Value>,
}

/// The same for a whole row, which the database copies itself, with every field that it has.
#[derive(SurrealValue)]
struct Whole {
    undo: RecordId,
    id: RecordId,
    contact: u32,
    email: String,
    after: BTreeMap<String, serde_json::Value>,
}

#[derive(SurrealValue)]
struct Restore {
    id: RecordId,
    undo: RecordId,
    lists: Vec<String>,
    status: String,
}

#[derive(SurrealValue)]
struct Stop {
    id: RecordId,
    tenant: String,
    email: String,
    reason: String,
    origin: String,
    newest: i64,
}

#[derive(SurrealValue)]
struct Pointer {
    id: RecordId,
    into: u32,
}

/// Everything that one batch changes.
pub(crate) struct Effects {
    tenant: String,
    /// Whose undo rows are written or used up.
    of: BulkId,
    pub bits: bits::Change,
    /// Whose blocks segments look at anew.
    marks: Marks,
    patches: Vec<PatchRow>,
    undo: Vec<UndoNew>,
    whole: Vec<Whole>,
    delete: Vec<RecordId>,
    restore: Vec<Restore>,
    stops: Vec<Stop>,
    /// Suppressions of this origin that go.
    release: Vec<RecordId>,
    spent: Vec<RecordId>,
    pointers: Vec<Pointer>,
    unpoint: Vec<RecordId>,
    /// Names of attributes that contacts have now.
    pub names: Vec<String>,
    /// Contacts that were looked at, for undoing those that had something to undo.
    pub processed: u64,
    pub changed: u64,
    pub skipped: Vec<Skipped>,
}

impl Effects {
    pub fn new(tenant: &str, of: &BulkId) -> Self {
        Self {
            tenant: tenant.to_owned(),
            of: of.clone(),
            bits: bits::Change::default(),
            marks: Marks::default(),
            patches: Vec::new(),
            undo: Vec::new(),
            whole: Vec::new(),
            delete: Vec::new(),
            restore: Vec::new(),
            stops: Vec::new(),
            release: Vec::new(),
            spent: Vec::new(),
            pointers: Vec::new(),
            unpoint: Vec::new(),
            names: Vec::new(),
            processed: 0,
            changed: 0,
            skipped: Vec::new(),
        }
    }

    /// Leaves somebody as they are.
    pub fn skip(&mut self, reason: SkipReason, number: u32) {
        skip(&mut self.skipped, reason, 1, Some(number));
    }

    /// Leaves some as they are who cannot be shown.
    pub fn skip_unknown(&mut self, reason: SkipReason, count: u64) {
        skip(&mut self.skipped, reason, count, None);
    }

    pub fn patch(&mut self, number: u32, p: Patch) {
        self.marks.contact(number);
        let id = contact_id(&self.tenant, number);
        let Patch { first_name, last_name, attributes, lists, status } = p;
        self.patches.push(PatchRow { id, first_name, last_name, attributes, lists, status });
    }

    /// Keeps what a contact was before.
    pub fn keep(&mut self, number: u32, email: &str, before: BTreeMap<String, serde_json::Value>) {
        let id = undo_id(&self.tenant, &self.of, number);
        self.undo.push(UndoNew { id, tenant: self.tenant.clone(), contact: number, email: email.to_owned(), before });
    }

    /// Keeps the whole row, and what became of it.
    pub fn keep_whole(&mut self, number: u32, email: &str, after: BTreeMap<String, serde_json::Value>) {
        let (undo, id) = (undo_id(&self.tenant, &self.of, number), contact_id(&self.tenant, number));
        self.whole.push(Whole { undo, id, contact: number, email: email.to_owned(), after });
    }

    pub fn delete(&mut self, number: u32, lists: &[String]) {
        self.marks.contact(number);
        self.delete.push(contact_id(&self.tenant, number));
        self.bits.remove(bits::ALL, number);
        lists.iter().for_each(|l| self.bits.remove(l, number));
    }

    /// Makes a contact what its undo row says, in these lists.
    pub fn restore(&mut self, number: u32, lists: Vec<String>, status: String) {
        self.marks.contact(number);
        self.bits.add(bits::ALL, number);
        lists.iter().for_each(|l| self.bits.add(l, number));
        self.restore.push(Restore { id: contact_id(&self.tenant, number), undo: undo_id(&self.tenant, &self.of, number), lists, status });
    }

    /// Suppresses an address; its origin is the action.
    pub fn stop(&mut self, email: &str, reason: &str) {
        // One after the other: pages of the suppression list go by this.
        let newest = -(Utc::now().timestamp_micros() + self.stops.len() as i64);
        self.stops.push(Stop {
            id: suppression_id(&self.tenant, email),
            tenant: self.tenant.clone(),
            email: email.to_owned(),
            reason: reason.to_owned(),
            origin: self.of.to_string(),
            newest,
        });
    }

    /// Takes a suppression back, where it is still the action's own.
    pub fn release(&mut self, email: &str) {
        self.release.push(suppression_id(&self.tenant, email));
    }

    /// The undo row of a contact has done its work.
    pub fn spend(&mut self, number: u32) {
        self.spent.push(undo_id(&self.tenant, &self.of, number));
    }

    /// Whoever looks for `number` finds `into`.
    pub fn point(&mut self, number: u32, into: u32) {
        self.pointers.push(Pointer { id: merge_id(&self.tenant, number), into });
    }

    pub fn unpoint(&mut self, number: u32) {
        self.unpoint.push(merge_id(&self.tenant, number));
    }

    fn kept(&self) -> i64 {
        (self.undo.len() + self.whole.len()) as i64
    }

    /// Writes all of it, with the checkpoint, in one transaction, under the tenant's lock. `false`: the action was stopped meanwhile, or
    /// somebody else is at it; nothing was written.
    pub async fn commit(self, core: &Core, row: &Row, cursor: i64, skipped: &[Skipped]) -> Result<bool> {
        let kept = self.kept();
        let bits = self.bits.rows(&core.system, &self.tenant).await?;
        let id = row.id()?;
        let undoing = (id != self.of).then(|| bulk_id(&self.of));
        let done = q!(
            core.system,
            format!(
                "BEGIN;
                 LET $at = (SELECT state, cursor FROM ONLY $bulk);
                 IF $at.state != 'running' OR $at.cursor != $from {{ THROW 'stopped' }};
                 FOR $w IN $whole {{ CREATE $w.undo SET tenant = $t, contact = $w.contact, email = $w.email, before = (SELECT * OMIT id FROM ONLY $w.id), after = $w.after RETURN NONE }};
                 INSERT INTO bulk_undo $undo RETURN NONE;
                 FOR $p IN $patches {{ UPDATE $p.id SET first_name = $p.first_name ?? first_name, last_name = $p.last_name ?? last_name,
                   attributes = $p.attributes ?? attributes, lists = $p.lists ?? lists, status = $p.status ?? status, updated_at = $now WHERE tenant = $t RETURN NONE }};
                 DELETE $delete WHERE tenant = $t RETURN NONE;
                 FOR $r IN $restore {{ CREATE $r.id CONTENT object::extend((SELECT VALUE before FROM ONLY $r.undo), {{ lists: $r.lists, status: $r.status }}) RETURN NONE }};
                 INSERT IGNORE INTO suppression $stops RETURN NONE;
                 DELETE $release WHERE origin = $of RETURN NONE;
                 FOR $m IN $pointers {{ UPSERT $m.id SET tenant = $t, into = $m.into, bulk = $of RETURN NONE }};
                 DELETE $unpoint WHERE bulk = $of RETURN NONE;
                 DELETE $spent RETURN NONE;
                 IF $names != [] {{ UPDATE $counter SET attributes = array::union(attributes ?? [], $names) RETURN NONE }};
                 {} {}
                 UPDATE $bulk SET cursor = $cursor, processed += $processed, changed += $changed, skipped = $skipped, undo_left += $kept RETURN NONE;
                 IF $undoing != NONE {{ UPDATE $undoing SET undo_left -= $processed RETURN NONE }};
                 COMMIT;",
                bits::WRITE,
                marks::WRITE
            ),
            dirty = self.marks.rows(&self.tenant),
            bulk = bulk_id(&id),
            from = row.cursor,
            t = self.tenant.clone(),
            whole = self.whole,
            undo = self.undo,
            patches = self.patches,
            now = Utc::now(),
            delete = self.delete,
            restore = self.restore,
            stops = self.stops,
            release = self.release,
            of = self.of.to_string(),
            pointers = self.pointers,
            unpoint = self.unpoint,
            spent = self.spent,
            names = self.names,
            counter = counter_id(&self.tenant),
            bits = bits,
            cursor = cursor,
            processed = self.processed,
            changed = self.changed,
            skipped = serde_json::to_string(skipped)?,
            kept = kept,
            undoing = undoing,
        );
        match done {
            Ok(_) => Ok(true),
            Err(Error::Database(e)) if e.is_thrown() => Ok(false),
            Err(e) => Err(e),
        }
    }
}

/// `contact_merge:[tenant, number]`.
pub(crate) fn merge_id(tenant: &str, number: u32) -> RecordId {
    aid("contact_merge", key![tenant.to_owned(), i64::from(number)])
}

/// Counts some that were left as they are.
pub(super) fn skip(all: &mut Vec<Skipped>, reason: SkipReason, count: u64, number: Option<u32>) {
    if count == 0 {
        return;
    }
    let at = all.iter().position(|s| s.reason == reason).unwrap_or_else(|| {
        all.push(Skipped { reason, count: 0, examples: Vec::new() });
        all.len() - 1
    });
    let entry = &mut all[at];
    entry.count += count;
    if let Some(number) = number
        && entry.examples.len() < Skipped::EXAMPLES
    {
        entry.examples.push(Example { id: ContactId(number), email: String::new() });
    }
}
