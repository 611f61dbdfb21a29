//! Sign-up forms: made by members, shown to strangers.

use chrono::{DateTime, Utc};
use nexsent_model::{
    Fault, FormId, ListId,
    forms::{FormDraft, FormFigures, FormRow, FormView, PublicForm},
    validate,
};
use nexsent_texts::{t, within};
use surrealdb_types::{RecordId, RecordIdKey, SurrealValue};

use super::list_settings::{self, Known};
use crate::{
    Error, GateDb, Result, TenantDb,
    accounts::{audit::Entry, language},
    db::{Db, aid, key, q, rid, text_key},
};

/// How many a workspace may have.
const MAX: usize = 200;

/// `form_figures:[tenant, form]`.
pub(super) fn figures_id(tenant: &str, form: &str) -> RecordId {
    aid("form_figures", key![tenant.to_owned(), form.to_owned()])
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    draft: String,
    newest: i64,
    created_at: DateTime<Utc>,
}

const FIELDS: &str = "id, tenant, draft, newest, created_at";

#[derive(SurrealValue)]
struct Figures {
    id: RecordId,
    submissions: u64,
    joined: u64,
    asked: u64,
    confirmed: u64,
    trapped: u64,
}

async fn figures(db: &Db, tenant: &str, forms: &[String]) -> Result<Vec<FormFigures>> {
    let ids: Vec<RecordId> = forms.iter().map(|f| figures_id(tenant, f)).collect();
    let rows: Vec<Figures> =
        q!(db, "SELECT id, submissions, joined, asked, confirmed, trapped FROM $ids WHERE tenant = $t", ids = ids, t = tenant.to_owned())?.take(0)?;
    let mut out = vec![FormFigures::default(); forms.len()];
    for r in rows {
        let RecordIdKey::Array(parts) = &r.id.key else { continue };
        let of = parts.get(1).and_then(|v| String::from_value(v.clone()).ok()).unwrap_or_default();
        if let Some(f) = forms.iter().position(|f| *f == of).and_then(|i| out.get_mut(i)) {
            *f = FormFigures { submissions: r.submissions, joined: r.joined, asked: r.asked, confirmed: r.confirmed, trapped: r.trapped };
        }
    }
    Ok(out)
}

/// A form with the lists it leads to, for those who sign up.
pub(super) struct Loaded {
    pub tenant: String,
    pub workspace: String,
    pub draft: FormDraft,
    pub lists: Vec<Known>,
}

impl TenantDb {
    /// Every form, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forms(&self) -> Result<Vec<FormRow>> {
        let sql = format!("SELECT {FIELDS} FROM form WHERE tenant = $t ORDER BY newest LIMIT 200");
        let rows: Vec<Row> = q!(self.db(), sql, t = self.t())?.take(0)?;
        let ids: Vec<String> = rows.iter().map(|r| text_key(&r.id)).collect();
        let figures = figures(self.db(), &self.t(), &ids).await?;
        rows.into_iter()
            .zip(figures)
            .map(|(r, figures)| {
                let draft: FormDraft = serde_json::from_str(&r.draft)?;
                Ok(FormRow { id: text_key(&r.id).parse()?, name: draft.name, figures, created_at: r.created_at })
            })
            .collect()
    }

    /// Makes a form that leads to a list.
    ///
    /// # Errors
    /// A fault on `name` or `lists`.
    pub async fn create_form(&self, name: &str, list: &ListId) -> Result<FormId> {
        self.may_send()?;
        // What it says before anybody has written it is for strangers.
        let said = within(language::of_workspace(self.core(), &self.t()).await?, async { FormDraft::default() }).await;
        let draft = FormDraft { name: validate::name("name", name, 120)?, lists: vec![list.clone()], ..said };
        self.known_lists(&draft.lists).await?;
        if self.forms().await?.len() >= MAX {
            return Err(Fault::field("name", t!("fault-consent-too-many-forms", max = MAX)).into());
        }
        let id = FormId::new();
        let now = Utc::now();
        q!(
            self.db(),
            "CREATE $id SET tenant = $t, name = $name, draft = $draft, newest = $newest, created_at = $now RETURN NONE",
            id = rid("form", id.as_str()),
            t = self.t(),
            name = draft.name.clone(),
            draft = serde_json::to_string(&draft)?,
            newest = -now.timestamp_micros(),
            now = now,
        )?;
        self.audit(Entry::new("form.create", id.as_str())).await?;
        Ok(id)
    }

    /// A whole form.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn form(&self, id: &FormId) -> Result<FormView> {
        let sql = format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t");
        let row: Option<Row> = q!(self.db(), sql, id = rid("form", id.as_str()), t = self.t())?.take(0)?;
        let row = row.ok_or_else(|| Error::from(Fault::not_found("form")))?;
        let draft: FormDraft = serde_json::from_str(&row.draft)?;
        let figures = figures(self.db(), &self.t(), &[id.to_string()]).await?.pop().unwrap_or_default();
        let lists: Vec<String> = draft.lists.iter().map(ToString::to_string).collect();
        let mut problem = None;
        let known = list_settings::known(self.db(), &self.t(), &lists).await?;
        if known.is_empty() {
            problem = Some(t!("fault-consent-form-closed"));
        }
        for list in known.iter().filter(|l| l.settings.double_opt_in) {
            if let Err(Error::Fault(f)) = self.verified_domain(list.settings.mail.domain.as_ref()).await {
                problem = Some(t!("fault-consent-confirmations-stuck", list = &list.name, why = f.message));
            }
        }
        Ok(FormView { url: format!("{}/f/{id}", self.core().base_url), id: id.clone(), draft, figures, problem })
    }

    /// Changes a form.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub async fn save_form(&self, id: &FormId, draft: &FormDraft) -> Result<()> {
        self.may_send()?;
        let draft = draft.check()?;
        self.known_lists(&draft.lists).await?;
        let saved: Vec<String> = q!(
            self.db(),
            "UPDATE $id SET name = $name, draft = $draft WHERE tenant = $t RETURN VALUE name",
            id = rid("form", id.as_str()),
            t = self.t(),
            name = draft.name.clone(),
            draft = serde_json::to_string(&draft)?,
        )?
        .take(0)?;
        if saved.is_empty() { Err(Fault::not_found("form").into()) } else { Ok(()) }
    }

    /// Deletes a form. Who signed up by it stays; who waits for a confirmation can still confirm.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn delete_form(&self, id: &FormId) -> Result<()> {
        self.may_send()?;
        self.form(id).await?;
        q!(self.db(), "DELETE $id WHERE tenant = $t RETURN NONE", id = rid("form", id.as_str()), t = self.t())?;
        q!(self.core().system, "DELETE $id RETURN NONE", id = figures_id(&self.t(), id.as_str()))?;
        self.audit(Entry::new("form.delete", id.as_str())).await
    }
}

fn closed() -> Error {
    Fault::not_found("form").into()
}

impl GateDb {
    pub(super) async fn load_form(&self, id: &FormId) -> Result<Loaded> {
        let sql = format!("SELECT {FIELDS} FROM ONLY $id");
        let row: Option<Row> = q!(self.0.system, sql, id = rid("form", id.as_str()))?.take(0)?;
        let row = row.ok_or_else(closed)?;
        let workspace: Option<String> = q!(self.0.system, "SELECT VALUE name FROM ONLY $id", id = rid("tenant", &row.tenant))?.take(0)?;
        let workspace = workspace.ok_or_else(closed)?;
        let draft: FormDraft = serde_json::from_str(&row.draft)?;
        let lists: Vec<String> = draft.lists.iter().map(ToString::to_string).collect();
        let lists = list_settings::known(&self.0.system, &row.tenant, &lists).await?;
        if lists.is_empty() {
            return Err(closed());
        }
        Ok(Loaded { tenant: row.tenant, workspace, draft, lists })
    }

    /// A form as strangers see it.
    ///
    /// # Errors
    /// A fault when it is not there, or no list of it is, or its workspace is not.
    pub async fn public_form(&self, id: &FormId) -> Result<PublicForm> {
        let f = self.load_form(id).await?;
        Ok(PublicForm {
            id: id.clone(),
            confirms: f.lists.iter().any(|l| l.settings.double_opt_in),
            lists: f.lists.iter().map(|l| (l.id.clone(), l.public_name())).collect(),
            draft: f.draft,
            workspace: f.workspace,
        })
    }

    /// The token that says when a form was shown.
    #[must_use]
    pub fn form_stamp(&self, id: &FormId) -> String {
        super::sign_up::stamp(&self.0.links, id, Utc::now())
    }
}
