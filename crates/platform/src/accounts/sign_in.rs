//! The first owner, sign-up and sign-in.

use std::net::IpAddr;

use nexsent_model::{AccountId, Fault, MemberId, TenantId, accounts::SignUp, validate};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use super::{
    FirstFactor, SignedIn,
    audit::{self, Caller, Entry},
    language, sessions_of, system_mail, throttle,
    tokens::{self, Purpose},
    two_factor,
};
use crate::{
    Error, GateDb, Result,
    db::{q, rid},
    secrets::{random_token, token_hash},
};

#[derive(SurrealValue)]
struct AccountRow {
    id: surrealdb_types::RecordId,
    password: String,
}

/// What was typed, checked.
struct Checked {
    name: String,
    workspace: String,
    email: String,
}

fn check(form: &SignUp) -> Result<Checked> {
    let name = validate::name("name", &form.name, 80)?;
    let workspace = validate::name("workspace", &form.workspace, 80)?;
    let email = validate::email(&form.email).map_err(|e| Fault::field("email", t!("fault-address", why = e)))?;
    super::password::check(&form.password, &[&email, &name, &workspace])?;
    Ok(Checked { name, workspace, email })
}

impl GateDb {
    /// Whether nobody has an account yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_fresh(&self) -> Result<bool> {
        let first: Vec<surrealdb_types::RecordId> = q!(self.0.system, "SELECT VALUE id FROM account LIMIT 1")?.take(0)?;
        Ok(first.is_empty())
    }

    /// A new set-up link's token; an older one stops working.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn create_setup_token(&self) -> Result<String> {
        let token = random_token()?;
        q!(self.0.system, "UPSERT setup:token SET token = $hash", hash = token_hash(&token))?;
        Ok(token)
    }

    /// Makes the first workspace and its owner.
    ///
    /// # Errors
    /// A fault on the field that is wrong, or on `token`.
    pub async fn complete_setup(&self, token: &str, form: &SignUp) -> Result<SignedIn> {
        let checked = check(form)?;
        let kept: Option<String> = q!(self.0.system, "SELECT VALUE token FROM ONLY setup:token")?.take(0)?;
        if !self.is_fresh().await? || kept.as_deref() != Some(token_hash(token).as_str()) {
            return Err(Fault::field("token", t!("fault-setup-old")).into());
        }
        let password = self.0.passwords.hash(&form.password).await?;
        // The person who reads the server's console is believed about the address.
        let made = self.create_account(&checked, &password, true, true).await?;
        made.ok_or_else(|| Fault::field("token", t!("fault-setup-used")).into())
    }

    /// Makes an account and a workspace; a mail asks to confirm. Says the same, and takes as long, for an address that has an account:
    /// its owner gets a mail that says so.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub async fn sign_up(&self, form: &SignUp) -> Result<()> {
        let checked = check(form)?;
        let password = self.0.passwords.hash(&form.password).await?;
        match self.create_account(&checked, &password, false, false).await? {
            Some(made) => {
                let token = tokens::issue(&self.0, Purpose::Confirm, &made.account)?;
                let link = format!("{}/confirm?token={token}", self.0.base_url);
                system_mail::queue(&self.0, &checked.email, None, || system_mail::confirmation(&self.0.instance_name, &checked.name, &link)).await
            }
            None => {
                let link = format!("{}/sign-in", self.0.base_url);
                system_mail::queue(&self.0, &checked.email, None, || system_mail::already(&self.0.instance_name, &link)).await
            }
        }
    }

    /// `None` when the address has an account already.
    async fn create_account(&self, form: &Checked, password: &str, confirmed: bool, setup: bool) -> Result<Option<SignedIn>> {
        let made = SignedIn { account: AccountId::new(), member: MemberId::new(), tenant: TenantId::new() };
        let sql = "BEGIN;
             IF $setup { LET $gone = (DELETE ONLY setup:token RETURN BEFORE); IF $gone = NONE { THROW 'used' } };
             CREATE $account SET email = $email, name = $name, password = $password, confirmed_at = IF $confirmed { time::now() } ELSE { NONE };
             CREATE $tenant SET tenant = $tenant_key, name = $workspace, language = $language;
             CREATE $member SET tenant = $tenant_key, account = $account_key, role = 'owner';
             COMMIT;";
        let done = q!(
            self.0.system,
            sql,
            setup = setup,
            confirmed = confirmed,
            account = rid("account", made.account.as_str()),
            account_key = made.account.to_string(),
            tenant = rid("tenant", made.tenant.as_str()),
            tenant_key = made.tenant.to_string(),
            member = rid("member", made.member.as_str()),
            email = form.email.clone(),
            name = form.name.clone(),
            workspace = form.workspace.clone(),
            language = language::of_new_workspace(),
            password = password.to_owned(),
        );
        match done {
            Ok(_) => {
                let entry = Entry { after: Some(form.workspace.clone()), ..Entry::new("workspace.create", made.tenant.as_str()) };
                audit::at_gate(&self.0, &made.tenant, &form.email, &Caller::default(), entry).await?;
                Ok(Some(made))
            }
            Err(Error::Conflict) => Ok(None),
            Err(e) if e.is_duplicate() || e.to_string().contains("used") => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Lets somebody in. The same answer, after the same time, for a wrong password and an unknown address.
    ///
    /// # Errors
    /// A fault: wrong, too often, or not confirmed yet.
    pub async fn sign_in(&self, email: &str, password: &str, ip: IpAddr, caller: &Caller) -> Result<FirstFactor> {
        let email = validate::email(email).unwrap_or_else(|_| email.trim().to_lowercase());
        throttle::take(&self.0, &email, ip).await?;
        let row: Option<AccountRow> =
            q!(self.0.system, "SELECT id, password FROM account WHERE email = $email LIMIT 1", email = email.clone())?.take(0)?;
        let kept = row.as_ref().map(|r| r.password.clone());
        if !self.0.passwords.verify(password, kept).await? {
            if let Some(row) = row {
                sessions_of::keep_try(&self.0, &crate::db::text_key(&row.id).parse()?, caller, false).await?;
            }
            return Err(Fault::field("password", t!("fault-sign-in")).into());
        }
        let account: AccountId = row.map(|r| crate::db::text_key(&r.id)).unwrap_or_default().parse()?;
        throttle::forgive(&self.0, &email, ip).await?;
        let confirmed: Option<bool> =
            q!(self.0.system, "RETURN (SELECT VALUE confirmed_at FROM ONLY $id) != NONE", id = rid("account", account.as_str()))?.take(0)?;
        if confirmed != Some(true) {
            let token = tokens::issue(&self.0, Purpose::Confirm, &account)?;
            let link = format!("{}/confirm?token={token}", self.0.base_url);
            system_mail::queue(&self.0, &email, None, || system_mail::confirmation(&self.0.instance_name, "", &link)).await?;
            return Err(Fault::field("email", t!("fault-confirm-first")).into());
        }
        if two_factor::state(&self.0, &account).await?.0 {
            return Ok(FirstFactor::Code(account));
        }
        sessions_of::keep_try(&self.0, &account, caller, true).await?;
        self.enter(&account).await
    }

    /// Into the first workspace that there is.
    pub(super) async fn enter(&self, account: &AccountId) -> Result<FirstFactor> {
        Ok(self.first_workspace(account).await?.map_or_else(|| FirstFactor::Nowhere(account.clone()), FirstFactor::Done))
    }

    pub(super) async fn first_workspace(&self, account: &AccountId) -> Result<Option<SignedIn>> {
        #[derive(SurrealValue)]
        struct Row {
            id: surrealdb_types::RecordId,
            tenant: String,
        }
        let row: Option<Row> =
            q!(self.0.system, "SELECT id, tenant FROM member WHERE account = $account LIMIT 1", account = account.to_string())?.take(0)?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(SignedIn { account: account.clone(), member: crate::db::text_key(&row.id).parse()?, tenant: row.tenant.parse()? }))
    }
}
