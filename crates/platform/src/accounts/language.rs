//! In which language somebody reads who is not there to be asked: whoever gets a mail, and whoever finds what background work has left.

use nexsent_model::TenantId;
use nexsent_texts::{Language, current};
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Core, Result, SystemDb,
    db::{q, rid, text_key},
};

/// That of a workspace: what its recipients read, and what background work leaves behind in it.
pub(crate) async fn of_workspace(core: &Core, tenant: &str) -> Result<Language> {
    let kept: Option<String> = q!(core.system, "SELECT VALUE language FROM ONLY $id", id = rid("tenant", tenant))?.take(0)?;
    Ok(kept.and_then(|l| l.parse().ok()).unwrap_or_else(current))
}

/// That of whoever gets a mail: what they have chosen; else the language of the workspace that it is about, or of the first they belong
/// to; else that of whoever asks.
pub(crate) async fn of_reader(core: &Core, email: &str, about: Option<&str>) -> Result<Language> {
    #[derive(SurrealValue)]
    struct Account {
        id: RecordId,
        language: String,
    }
    let sql = "SELECT id, language FROM account WHERE email = $email LIMIT 1";
    let account: Option<Account> = q!(core.system, sql, email = email.to_owned())?.take(0)?;
    if let Some(chosen) = account.as_ref().and_then(|a| a.language.parse().ok()) {
        return Ok(chosen);
    }
    let workspace: Option<String> = match (about, account) {
        (Some(about), _) => Some(about.to_owned()),
        (None, Some(account)) => {
            let sql = "SELECT VALUE tenant FROM member WHERE account = $account LIMIT 1";
            q!(core.system, sql, account = text_key(&account.id))?.take(0)?
        }
        (None, None) => None,
    };
    match workspace {
        Some(workspace) => of_workspace(core, &workspace).await,
        None => Ok(current()),
    }
}

/// What a new workspace begins with: the language of whoever makes it.
pub(crate) fn of_new_workspace() -> String {
    let language = Some(current()).filter(|l| Language::ALL.contains(l)).unwrap_or_default();
    language.as_str().to_owned()
}

impl SystemDb {
    /// That of a workspace, for background work, which no request has given a language.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn language_of(&self, tenant: &TenantId) -> Result<Language> {
        of_workspace(&self.0, tenant.as_str()).await
    }
}
