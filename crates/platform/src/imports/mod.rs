//! Imports of CSV files: what was uploaded, how it is read, how far it is.

mod batch;
mod detect;
mod known;
mod read;
pub(crate) mod run;
mod write;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use nexsent_model::{
    Fault, FaultCode, ImportId, ListId,
    contacts::{ColumnTarget, ImportColumn, ImportPlan, ImportPreview, ImportState, ImportView, RejectedRow},
    live::LiveEvent,
};
use nexsent_texts::{current, t, within_sync};
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Core, Error, Result, TenantDb,
    accounts::audit::Entry,
    contacts::attributes::{Kinds, removing_text},
    db::{q, rid, text_key},
};

/// The largest file taken.
pub(crate) const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// Rows that a preview looks at.
const PREVIEW_ROWS: usize = 1000;
/// Rows that a preview shows of each kind.
const PREVIEW_SHOWN: usize = 20;

#[derive(Clone, SurrealValue)]
pub(crate) struct Row {
    pub id: RecordId,
    pub tenant: String,
    pub file_name: String,
    pub bytes: u64,
    pub state: String,
    pub columns: String,
    pub plan: String,
    pub bytes_done: u64,
    pub lines_done: u64,
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub rejected: u64,
    pub rejected_bytes: u64,
    pub problem: Option<String>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

pub(crate) const FIELDS: &str = "id, tenant, file_name, bytes, state, columns, plan, bytes_done, lines_done, rows, created, updated, rejected, rejected_bytes, problem, created_at, finished_at";

pub(crate) fn state(text: &str) -> ImportState {
    match text {
        "queued" => ImportState::Queued,
        "running" => ImportState::Running,
        "done" => ImportState::Done,
        "cancelled" => ImportState::Cancelled,
        "failed" => ImportState::Failed,
        _ => ImportState::Uploaded,
    }
}

impl Row {
    pub fn view(&self) -> Result<ImportView> {
        Ok(ImportView {
            id: text_key(&self.id).parse()?,
            file_name: self.file_name.clone(),
            state: state(&self.state),
            bytes: self.bytes,
            bytes_done: self.bytes_done,
            rows: self.rows,
            created: self.created,
            updated: self.updated,
            rejected: self.rejected,
            columns: serde_json::from_str(&self.columns)?,
            plan: serde_json::from_str(&self.plan)?,
            problem: self.problem.clone(),
            created_at: self.created_at,
            finished_at: self.finished_at,
        })
    }

    pub fn event(&self) -> Result<LiveEvent> {
        Ok(LiveEvent::Import {
            id: text_key(&self.id).parse()?,
            state: state(&self.state),
            bytes: self.bytes,
            bytes_done: self.bytes_done,
            rows: self.rows,
            created: self.created,
            updated: self.updated,
            rejected: self.rejected,
        })
    }
}

pub(crate) fn upload_path(core: &Core, id: &ImportId) -> PathBuf {
    core.data_dir.join("imports").join(format!("{id}.csv"))
}

pub(crate) fn rejected_path(core: &Core, id: &ImportId) -> PathBuf {
    core.data_dir.join("imports").join(format!("{id}.rejected.csv"))
}

impl TenantDb {
    /// Where an upload is written before [`Self::create_import`] is told about it. The directory is there.
    ///
    /// # Errors
    /// When the role does not allow imports, or the directory cannot be made.
    pub async fn import_upload_path(&self, id: &ImportId) -> Result<PathBuf> {
        self.may_send()?;
        let path = upload_path(self.core(), id);
        if let Some(dir) = path.parent() {
            tokio::fs::create_dir_all(dir).await?;
        }
        Ok(path)
    }

    /// The largest upload in bytes.
    #[must_use]
    pub const fn import_limit() -> u64 {
        MAX_BYTES
    }

    /// Registers an uploaded file: finds out its encoding, delimiter and columns.
    ///
    /// # Errors
    /// A fault when there is nothing in it that could be read.
    pub async fn create_import(&self, id: &ImportId, file_name: &str) -> Result<()> {
        self.may_send()?;
        let path = upload_path(self.core(), id);
        let bytes = tokio::fs::metadata(&path).await?.len();
        let language = current();
        let found =
            tokio::task::spawn_blocking(move || within_sync(language, || detect::detect(&path))).await.map_err(|e| Error::Setup(e.to_string()))??;
        let name: String = file_name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
        q!(
            self.db(),
            "CREATE $id SET tenant = $t, file_name = $name, bytes = $bytes, state = 'uploaded', columns = $columns, plan = $plan",
            id = rid("import", id.as_str()),
            t = self.t(),
            name = if name.is_empty() { "contacts.csv".to_owned() } else { name },
            bytes = bytes,
            columns = serde_json::to_string(&found.columns)?,
            plan = serde_json::to_string(&found.plan)?,
        )
        .map(drop)
    }

    async fn import_row(&self, id: &ImportId) -> Result<Row> {
        let row: Option<Row> =
            q!(self.db(), format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t"), id = rid("import", id.as_str()), t = self.t())?.take(0)?;
        row.ok_or_else(|| Fault::not_found("import").into())
    }

    /// One import.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn import(&self, id: &ImportId) -> Result<ImportView> {
        self.import_row(id).await?.view()
    }

    /// The newest imports.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn imports(&self) -> Result<Vec<ImportView>> {
        let rows: Vec<Row> =
            q!(self.db(), format!("SELECT {FIELDS}, newest FROM import WHERE tenant = $t ORDER BY newest LIMIT 50"), t = self.t())?.take(0)?;
        rows.iter().map(Row::view).collect()
    }

    /// What would come of the file under a plan. With another encoding, delimiter or header, the columns are found anew.
    ///
    /// # Errors
    /// A fault when there is no such import.
    pub async fn preview_import(&self, id: &ImportId, plan: &ImportPlan) -> Result<(Vec<ImportColumn>, ImportPlan, ImportPreview)> {
        self.may_send()?;
        let row = self.import_row(id).await?;
        let old: ImportPlan = serde_json::from_str(&row.plan)?;
        let path = upload_path(self.core(), id);
        let mut plan = plan.clone();
        let kinds = Kinds::load(self.db(), &self.t()).await?;
        let language = current();
        let look = move || {
            let same = (plan.encoding == old.encoding) && plan.delimiter == old.delimiter && plan.header == old.header;
            let mut columns: Vec<ImportColumn> = serde_json::from_str(&row.columns)?;
            if !same || plan.targets.len() != columns.len() {
                let found = detect::columns(&path, &plan.encoding, plan.delimiter, plan.header)?;
                plan.targets = found.iter().map(|c| c.target.clone()).collect();
                columns = found;
            }
            let preview = preview(&path, &plan, &kinds)?;
            Ok((columns, plan, preview))
        };
        tokio::task::spawn_blocking(move || within_sync(language, look)).await.map_err(|e| Error::Setup(e.to_string()))?
    }

    /// Starts the import in the background.
    ///
    /// # Errors
    /// A fault when the plan cannot work, or the import runs already.
    pub async fn start_import(&self, id: &ImportId, plan: &ImportPlan) -> Result<()> {
        self.may_send()?;
        self.known_lists(&plan.lists).await?;
        nexsent_model::forms::lines("consent", &plan.consent, 500)?;
        let (columns, plan, preview) = self.preview_import(id, plan).await?;
        if let Some(problem) = preview.problem {
            return Err(Fault::field("targets", problem).into());
        }
        let names: Vec<String> =
            plan.targets.iter().filter_map(|t| if let ColumnTarget::Attribute(n) = t { Some(n.clone()) } else { None }).collect();
        let kinds = Kinds::load(self.db(), &self.t()).await?;
        if let Some(name) = names.iter().find(|n| kinds.is_removing(n)) {
            return Err(Fault::field("targets", removing_text(name)).into());
        }
        self.room_for_attributes(&kinds, names.iter()).await?;
        let changed: Vec<String> = q!(
            self.db(),
            "UPDATE $id SET state = 'queued', plan = $plan, columns = $columns WHERE tenant = $t AND state = 'uploaded' RETURN VALUE state",
            id = rid("import", id.as_str()),
            t = self.t(),
            plan = serde_json::to_string(&plan)?,
            columns = serde_json::to_string(&columns)?,
        )?
        .take(0)?;
        if changed.is_empty() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-import-started")).into());
        }
        self.audit(Entry::new("import.start", id.as_str())).await?;
        self.core().events.publish(self.tenant_id(), self.import_row(id).await?.event()?);
        Ok(())
    }

    /// Stops an import where it is: what was imported stays.
    ///
    /// # Errors
    /// A fault when it is over.
    pub async fn cancel_import(&self, id: &ImportId) -> Result<()> {
        self.may_send()?;
        let changed: Vec<String> = q!(
            self.db(),
            "UPDATE $id SET state = 'cancelled', finished_at = time::now() WHERE tenant = $t AND state IN ['uploaded', 'queued', 'running'] RETURN VALUE state",
            id = rid("import", id.as_str()),
            t = self.t()
        )?
        .take(0)?;
        if changed.is_empty() {
            self.import_row(id).await?;
            return Err(Fault::new(FaultCode::WrongState, t!("fault-import-over")).into());
        }
        self.audit(Entry::new("import.cancel", id.as_str())).await?;
        self.core().events.publish(self.tenant_id(), self.import_row(id).await?.event()?);
        Ok(())
    }

    /// The file of rejected rows.
    ///
    /// # Errors
    /// A fault when there is no such import, or it rejected nothing.
    pub async fn rejected_file(&self, id: &ImportId) -> Result<PathBuf> {
        let row = self.import_row(id).await?;
        if row.rejected == 0 {
            return Err(Fault::not_found("file of rejected rows").into());
        }
        Ok(rejected_path(self.core(), id))
    }
}

/// What is wrong with a plan as a whole.
fn plan_problem(plan: &ImportPlan) -> Option<String> {
    let emails = plan.targets.iter().filter(|t| **t == ColumnTarget::Email).count();
    if emails == 0 {
        return Some(t!("fault-import-no-address-column"));
    }
    for (i, target) in plan.targets.iter().enumerate() {
        if *target != ColumnTarget::Ignore && plan.targets[..i].contains(target) {
            return Some(match target {
                ColumnTarget::Attribute(name) => t!("fault-import-twice-attribute", name = name),
                ColumnTarget::Email => t!("fault-import-twice-email"),
                ColumnTarget::FirstName => t!("fault-import-twice-first-name"),
                _ => t!("fault-import-twice-last-name"),
            });
        }
        if let ColumnTarget::Attribute(name) = target
            && let Err(e) = nexsent_model::validate::attribute(name)
        {
            return Some(t!("fault-contacts-attribute-name", name = name, problem = e));
        }
    }
    if !plan.delimiter.is_ascii() {
        return Some(t!("fault-import-delimiter"));
    }
    None
}

fn preview(path: &std::path::Path, plan: &ImportPlan, kinds: &Kinds) -> Result<ImportPreview> {
    let mut out = ImportPreview { problem: plan_problem(plan), ..ImportPreview::default() };
    if out.problem.is_some() {
        return Ok(out);
    }
    let mut rows = read::Rows::open(path, plan, kinds, 0)?;
    while out.looked_at < PREVIEW_ROWS as u64 {
        let Some(row) = rows.next_row() else { break };
        out.looked_at += 1;
        match row {
            read::Parsed::Contact(c) if out.rows.len() < PREVIEW_SHOWN => out.rows.push(nexsent_model::contacts::ContactDraft {
                email: c.email,
                first_name: c.first_name.unwrap_or_default(),
                last_name: c.last_name.unwrap_or_default(),
                attributes: c.attributes,
                lists: Vec::<ListId>::new(),
            }),
            read::Parsed::Contact(_) => {}
            read::Parsed::Rejected(r) if out.rejected.len() < PREVIEW_SHOWN => {
                out.rejected.push(RejectedRow { line: r.line, reason: r.reason, excerpt: r.excerpt })
            }
            read::Parsed::Rejected(_) => {}
            read::Parsed::Broken(reason) => {
                out.problem = Some(reason);
                break;
            }
        }
    }
    if out.looked_at == 0 {
        out.problem = Some(t!("fault-import-no-rows"));
    }
    Ok(out)
}
