//! The language that a person has chosen for themselves.

use nexsent_model::{AccountId, Fault};
use nexsent_texts::{Language, t};

use crate::{
    GateDb, Result,
    db::{q, rid},
};

impl GateDb {
    /// What an account's pages are written in; `None`: whatever the browser asks for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn account_language(&self, account: &AccountId) -> Result<Option<Language>> {
        let kept: Option<String> = q!(self.0.system, "SELECT VALUE language FROM ONLY $id", id = rid("account", account.as_str()))?.take(0)?;
        Ok(kept.and_then(|l| l.parse().ok()))
    }

    /// Chooses it.
    ///
    /// # Errors
    /// A fault on `language` for one that is not offered.
    pub async fn choose_language(&self, account: &AccountId, language: Option<Language>) -> Result<()> {
        if language.is_some_and(|l| !Language::ALL.contains(&l)) {
            return Err(Fault::field("language", t!("accounts-language-unknown")).into());
        }
        q!(
            self.0.system,
            "UPDATE $id SET language = $language RETURN NONE",
            id = rid("account", account.as_str()),
            language = language.map_or("", Language::as_str).to_owned(),
        )
        .map(drop)
    }
}
