//! The background half of an import: batches, each one transaction with its checkpoint, so that a kill loses and doubles nothing.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
};

use chrono::{DateTime, Utc};
use nexsent_model::{ImportId, TenantId, contacts::ImportPlan, live::LiveEvent};
use nexsent_texts::{Language, current, t, within_sync};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    FIELDS, Row,
    batch::{Batch, read_batches},
    known::Known,
    read, rejected_path, upload_path,
};
use crate::{
    Error, Result, SystemDb, consent,
    contacts::{
        attributes::Kinds,
        bits, contact_id,
        edit::{Counter, counter_id, lock},
        export, language_of, suppression_id,
    },
    db::{q, retrying, rid, text_key},
    segments::{
        self,
        marks::{self, Marks},
    },
};

/// What a step of an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportProgress {
    More,
    Over,
}

#[derive(SurrealValue)]
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

#[derive(SurrealValue)]
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

/// An import at work: the file stays open between its batches.
pub struct RunningImport {
    id: ImportId,
    tenant: TenantId,
    plan: ImportPlan,
    row: Row,
    batches: tokio::sync::mpsc::Receiver<Batch>,
    known: Known,
    said: tokio::time::Instant,
    _index_waits: segments::Importing,
}

impl SystemDb {
    /// Imports that wait or were interrupted, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_imports(&self) -> Result<Vec<ImportId>> {
        let rows: Vec<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM import WHERE state IN ['queued', 'running']"))?.take(0)?;
        let mut rows = rows;
        rows.sort_by_key(|r| r.created_at);
        rows.iter().map(|r| Ok(text_key(&r.id).parse()?)).collect()
    }

    /// The language of an import's workspace: the steps say in it why rows were rejected, see [`nexsent_texts::within`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn import_language(&self, id: &ImportId) -> Result<Language> {
        let db = &self.0.system;
        let tenant: Option<String> = q!(db, "SELECT VALUE tenant FROM ONLY $id", id = rid("import", id.as_str()))?.take(0)?;
        match tenant {
            Some(tenant) => language_of(db, &tenant).await,
            None => Ok(Language::default()),
        }
    }

    /// Takes an import up where its last transaction left it. What it says is in the language in which this is called.
    ///
    /// # Errors
    /// When the database or the file cannot be read.
    pub async fn begin_import(&self, id: &ImportId) -> Result<Option<RunningImport>> {
        let sql = format!(
            "UPDATE ONLY $id SET state = 'running' WHERE state IN ['queued', 'running']; SELECT {FIELDS} FROM ONLY $id WHERE state = 'running'"
        );
        let row: Option<Row> = q!(self.0.system, sql, id = rid("import", id.as_str()))?.take(1)?;
        let Some(row) = row else { return Ok(None) };
        let plan: ImportPlan = serde_json::from_str(&row.plan)?;
        // What a transaction did not cover was written by a batch that never was.
        let path = rejected_path(&self.0, id);
        let file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
        file.set_len(row.rejected_bytes)?;
        let (source, skip, reading) = (upload_path(&self.0, id), row.lines_done, plan.clone());
        let (tx, batches) = tokio::sync::mpsc::channel(2);
        let first = row.rejected_bytes == 0;
        let kinds = Kinds::load(&self.0.system, &row.tenant).await?;
        let language = current();
        tokio::task::spawn_blocking(move || within_sync(language, || read_batches(&source, &reading, &kinds, skip, first, &tx)));
        let known = Known::load(&self.0.system, &row.tenant).await?;
        Ok(Some(RunningImport {
            known,
            id: id.clone(),
            tenant: row.tenant.parse()?,
            _index_waits: self.0.segments.importing(&row.tenant),
            plan,
            row,
            batches,
            said: tokio::time::Instant::now(),
        }))
    }

    /// Imports one batch.
    ///
    /// # Errors
    /// When the database does not answer; the batch is taken up again later.
    pub async fn step_import(&self, run: &mut RunningImport) -> Result<ImportProgress> {
        let Some(mut batch) = run.batches.recv().await else {
            return self.end_import(run, "failed", Some(t!("fault-import-unreadable"))).await;
        };
        self.leave_out_erased(run, &mut batch).await?;
        if !batch.rejected.is_empty() {
            let path = rejected_path(&self.0, &run.id);
            let mut file = std::fs::OpenOptions::new().append(true).open(path)?;
            file.write_all(&batch.rejected)?;
            file.sync_data()?;
        }
        let cancelled = match self.write_batch(run, &batch).await {
            // Somebody added one of these by hand since the addresses were read.
            Err(e) if e.is_duplicate() => {
                run.known = Known::load(&self.0.system, run.tenant.as_str()).await?;
                self.write_batch(run, &batch).await?
            }
            other => other?,
        };
        if cancelled {
            return Ok(ImportProgress::Over);
        }
        if let Some(problem) = batch.broken {
            return self.end_import(run, "failed", Some(problem)).await;
        }
        if batch.end {
            return self.end_import(run, "done", None).await;
        }
        if run.said.elapsed().as_millis() > 200 {
            run.said = tokio::time::Instant::now();
            self.publish(&run.tenant, run.row.event()?);
        }
        Ok(ImportProgress::More)
    }

    /// Whoever had their data erased is not brought back by a file; the report says that a row was left out, and not whose.
    async fn leave_out_erased(&self, run: &RunningImport, batch: &mut Batch) -> Result<()> {
        let t = run.tenant.as_str();
        let erased = consent::erased_set(&self.0.system, t).await?;
        if erased.is_empty() {
            return Ok(());
        }
        let mut kept = Vec::with_capacity(batch.contacts.len());
        for c in std::mem::take(&mut batch.contacts) {
            if erased.contains(&consent::erased(&self.0, t, &c.email)?) {
                let reason = t!("fault-import-erased");
                batch.rejected.extend(export::line(&[String::new(), reason])?);
                batch.rejected_rows += 1;
            } else {
                kept.push(c);
            }
        }
        batch.contacts = kept;
        Ok(())
    }

    async fn end_import(&self, run: &mut RunningImport, state: &str, problem: Option<String>) -> Result<ImportProgress> {
        q!(
            self.0.system,
            "UPDATE $id SET state = $state, problem = $problem, finished_at = time::now() WHERE state = 'running'",
            id = rid("import", run.id.as_str()),
            state = state.to_owned(),
            problem = problem
        )?;
        run.row.state = state.to_owned();
        self.publish(&run.tenant, run.row.event()?);
        self.publish(&run.tenant, LiveEvent::Contacts);
        // The rejected rows are kept for download; the upload has done its work.
        if state == "done" {
            drop(tokio::fs::remove_file(upload_path(&self.0, &run.id)).await);
        }
        Ok(ImportProgress::Over)
    }

    /// One transaction: contacts, bitmaps, counter, checkpoint. Returns whether the import was cancelled meanwhile.
    async fn write_batch(&self, run: &mut RunningImport, batch: &Batch) -> Result<bool> {
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
            q!(
                db,
                format!(
                    "BEGIN;
                     INSERT INTO contact $new RETURN NONE;
                     FOR $c IN $changes {{ UPDATE $c.id SET first_name = $c.first_name ?? first_name, last_name = $c.last_name ?? last_name, attributes = $c.attributes, lists = $c.lists, updated_at = $now RETURN NONE }};
                     UPSERT $counter SET tenant = $t, next = $next, attributes = array::union(attributes ?? [], $names) RETURN NONE;
                     {} {}
                     UPDATE $import SET lines_done += $rows, bytes_done = $bytes_read, rows += $rows, created += $created, updated += $updated,
                       rejected += $rejected, rejected_bytes += $rejected_bytes RETURN NONE;
                     COMMIT;",
                    bits::WRITE,
                    marks::WRITE
                ),
                dirty = dirty.rows(&t),
                new = new,
                changes = changes,
                now = now,
                counter = counter_id(&t),
                t = t.clone(),
                next = next,
                names = names,
                bits = bits.rows(db, &t).await?,
                import = rid("import", run.id.as_str()),
                rows = batch.rows,
                bytes_read = batch.bytes_read,
                created = created,
                updated = updated,
                rejected = batch.rejected_rows,
                rejected_bytes = batch.rejected.len() as u64,
            )?;
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

    /// Ends an import that cannot go on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn fail_import(&self, id: &ImportId, error: &Error) -> Result<()> {
        let text = match error {
            Error::Fault(f) => f.message.clone(),
            Error::Io(_) => t!("fault-import-file-gone"),
            _ => t!("fault-import-ours"),
        };
        q!(
            self.0.system,
            "UPDATE $id SET state = 'failed', problem = $text, finished_at = time::now() WHERE state IN ['queued', 'running']",
            id = rid("import", id.as_str()),
            text = text
        )?;
        let row: Option<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = rid("import", id.as_str()))?.take(0)?;
        if let Some(row) = row {
            self.publish(&row.tenant.parse()?, row.event()?);
        }
        Ok(())
    }
}
