//! The background half of an import: batch after batch, each with its checkpoint, so that a kill loses and doubles nothing.

use std::io::Write;

use nexsent_model::{ImportId, TenantId, contacts::ImportPlan, live::LiveEvent};
use nexsent_texts::{current, t, within_sync};

use super::{
    FIELDS, Row,
    batch::{Batch, read_batches},
    known::Known,
    rejected_path, upload_path,
};
use crate::{
    Error, Result, SystemDb, consent,
    contacts::{attributes::Kinds, export},
    db::{q, rid, text_key},
    segments,
};

/// What a step of an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportProgress {
    More,
    Over,
}

/// An import at work: the file stays open between its batches.
pub struct RunningImport {
    pub(super) id: ImportId,
    pub(super) tenant: TenantId,
    pub(super) plan: ImportPlan,
    pub(super) row: Row,
    batches: tokio::sync::mpsc::Receiver<Batch>,
    pub(super) known: Known,
    said: tokio::time::Instant,
    _index_waits: segments::Importing,
}

impl SystemDb {
    /// Imports that wait or were interrupted, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_imports(&self) -> Result<Vec<(TenantId, ImportId)>> {
        let mut rows: Vec<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM import WHERE state IN ['queued', 'running']"))?.take(0)?;
        rows.sort_by_key(|r| r.created_at);
        rows.iter().map(|r| Ok((r.tenant.parse()?, text_key(&r.id).parse()?))).collect()
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
        self.take_back(id).await?;
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
