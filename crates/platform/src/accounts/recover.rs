//! Confirming an address, and a new password for one that was forgotten.

use nexsent_model::{AccountId, Fault, FaultCode, validate};
use nexsent_texts::t;
use surrealdb_types::RecordId;

use super::{
    SignedIn, audit, sessions_of, system_mail,
    tokens::{self, Purpose},
};
use crate::{
    GateDb, Result,
    db::{q, rid, text_key},
};

impl GateDb {
    /// Confirms the address that the mail went to, and lets its owner in.
    ///
    /// # Errors
    /// A fault when the link is old or was used, or the address is confirmed already: a link that was left over must not stand in for
    /// the password and the second factor.
    pub async fn confirm_email(&self, token: &str) -> Result<SignedIn> {
        let account = tokens::redeem(&self.0, Purpose::Confirm, token).await?;
        let sql = "UPDATE $id SET confirmed_at = time::now() WHERE confirmed_at = NONE RETURN VALUE id";
        let now: Vec<RecordId> = q!(self.0.system, sql, id = rid("account", account.as_str()))?.take(0)?;
        if now.is_empty() {
            return Err(Fault::field("token", t!("fault-confirmed-before")).into());
        }
        let nowhere = || Fault::new(FaultCode::Forbidden, t!("fault-confirmed-nowhere"));
        Ok(self.first_workspace(&account).await?.ok_or_else(nowhere)?)
    }

    /// Sends a link by which the password can be set anew. Says the same for an address without an account, which gets no mail.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn request_reset(&self, email: &str) -> Result<()> {
        // The answer comes at the same time, whether there is an account or not.
        let until = tokio::time::Instant::now() + std::time::Duration::from_millis(80);
        let done = self.queue_reset(email).await;
        tokio::time::sleep_until(until).await;
        done
    }

    async fn queue_reset(&self, email: &str) -> Result<()> {
        let Ok(email) = validate::email(email) else { return Ok(()) };
        let found: Option<RecordId> =
            q!(self.0.system, "SELECT VALUE id FROM account WHERE email = $email LIMIT 1", email = email.clone())?.take(0)?;
        if let Some(id) = found {
            let account: AccountId = text_key(&id).parse()?;
            let token = tokens::issue(&self.0, Purpose::Reset, &account)?;
            let link = format!("{}/reset?token={token}", self.0.base_url);
            system_mail::queue(&self.0, &email, None, || system_mail::reset(&self.0.instance_name, &link)).await?;
        }
        Ok(())
    }

    /// Sets a new password; every session of the account ends.
    ///
    /// # Errors
    /// A fault on `password`, or on `token` when the link is old or was used.
    pub async fn reset_password(&self, token: &str, password: &str, caller: &audit::Caller) -> Result<()> {
        super::password::check(password, &[])?;
        let account = tokens::redeem(&self.0, Purpose::Reset, token).await?;
        let hash = self.0.passwords.hash(password).await?;
        // Whoever reads the mailbox has confirmed the address, too.
        q!(
            self.0.system,
            "BEGIN;
             UPDATE $id SET password = $hash, confirmed_at = confirmed_at ?? time::now();
             DELETE session WHERE account = $account;
             COMMIT;",
            id = rid("account", account.as_str()),
            account = account.to_string(),
            hash = hash,
        )?;
        sessions_of::tell_workspaces(&self.0, &account, caller, "account.password_reset").await
    }
}
