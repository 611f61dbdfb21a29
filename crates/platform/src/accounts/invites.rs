//! Invitations: a single-use link by mail, good for a week.

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{AccountId, Fault, FaultCode, InviteId, MemberId, TenantId, accounts::Role, live::LiveEvent, team::Invitation, validate};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    SignedIn,
    audit::{self, Caller, Entry},
    system_mail, team,
};
use crate::{
    Error, GateDb, Result, TenantDb,
    db::{q, rid, text_key},
    secrets::{random_token, token_hash},
};

const DAYS: i64 = 7;
/// Invitations that may be open at once.
const MAX_OPEN: usize = 100;

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    email: String,
    role: String,
    invited_by: String,
    expires_at: DateTime<Utc>,
    workspace: Option<String>,
}

impl TenantDb {
    /// Invites an address, or again with a new link: the old one stops working.
    ///
    /// # Errors
    /// A fault unless the role may, on `email` and on `role`.
    pub async fn invite(&self, email: &str, role: Role) -> Result<()> {
        self.may_admin()?;
        let email = validate::email(email).map_err(|e| Fault::field("email", t!("fault-address", why = e)))?;
        if role == Role::Owner {
            return Err(Fault::field("role", t!("fault-invite-owner")).into());
        }
        let team = self.team().await?;
        if team.members.iter().any(|m| m.email == email) {
            return Err(Fault::field("email", t!("fault-invite-member")).into());
        }
        if team.invites.len() >= MAX_OPEN {
            return Err(Fault::field("email", t!("fault-invites-enough", max = MAX_OPEN)).into());
        }
        let token = random_token()?;
        let id = InviteId::new();
        q!(
            self.core().system,
            "BEGIN;
             DELETE invite WHERE tenant = $t AND email = $email;
             CREATE $id SET tenant = $t, email = $email, role = $role, token = $hash, invited_by = $by, expires_at = $expires;
             COMMIT;",
            id = rid("invite", id.as_str()),
            t = self.t(),
            email = email.clone(),
            role = role.as_str().to_owned(),
            hash = token_hash(&token),
            by = self.me().email.clone(),
            expires = Utc::now() + Duration::days(DAYS),
        )?;
        let link = format!("{}/invite?token={token}", self.core().base_url);
        let letter = || system_mail::invitation(&self.core().instance_name, &self.me().workspace_name, &self.me().name, role, &link);
        system_mail::queue(self.core(), &email, Some(&self.t()), letter).await?;
        self.audit(Entry { after: Some(role.as_str().to_owned()), ..Entry::new("invite.send", &email) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// A fault unless the role may, or when there is none.
    pub async fn revoke_invite(&self, id: &InviteId) -> Result<()> {
        self.may_admin()?;
        #[derive(SurrealValue)]
        struct Gone {
            email: String,
        }
        let gone: Vec<Gone> =
            q!(self.core().system, "DELETE $id WHERE tenant = $t RETURN BEFORE", id = rid("invite", id.as_str()), t = self.t())?.take(0)?;
        let gone = gone.into_iter().next().ok_or_else(|| Fault::not_found("invitation"))?;
        self.audit(Entry::new("invite.revoke", &gone.email)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }
}

impl GateDb {
    async fn invite_row(&self, token: &str) -> Result<Row> {
        let sql = "SELECT id, tenant, email, role, invited_by, expires_at, type::record('tenant', tenant).name AS workspace FROM invite WHERE token = $hash LIMIT 1";
        let row: Option<Row> = q!(self.0.system, sql, hash = token_hash(token))?.take(0)?;
        row.filter(|r| r.expires_at > Utc::now()).ok_or_else(|| Fault::field("token", t!("fault-invite-old")).into())
    }

    async fn account_of(&self, email: &str) -> Result<Option<AccountId>> {
        let id: Option<RecordId> =
            q!(self.0.system, "SELECT VALUE id FROM account WHERE email = $email LIMIT 1", email = email.to_owned())?.take(0)?;
        id.map(|id| text_key(&id).parse().map_err(Error::from)).transpose()
    }

    /// What a link is about, for the page that asks to accept.
    ///
    /// # Errors
    /// A fault on `token` when it is old, was used or was revoked.
    pub async fn invitation(&self, token: &str, signed_in: Option<&AccountId>) -> Result<Invitation> {
        let row = self.invite_row(token).await?;
        let account = self.account_of(&row.email).await?;
        Ok(Invitation {
            workspace: row.workspace.unwrap_or_default(),
            role: team::role(&row.role)?,
            invited_by: row.invited_by,
            is_you: account.is_some() && account.as_ref() == signed_in,
            has_account: account.is_some(),
            email: row.email,
        })
    }

    /// Joins the workspace: as the account that is signed in, or with a new account. Whoever has the link reads that mailbox, so a new
    /// account's address needs no other confirmation.
    ///
    /// # Errors
    /// A fault on `token`, `name` or `password`; `Forbidden` when the address has an account that is not signed in.
    pub async fn accept_invitation(
        &self,
        token: &str,
        signed_in: Option<&AccountId>,
        name: &str,
        password: &str,
        caller: &Caller,
    ) -> Result<SignedIn> {
        let row = self.invite_row(token).await?;
        let known = self.account_of(&row.email).await?;
        let (account, hash, name) = match known {
            Some(account) if signed_in == Some(&account) => (account, None, String::new()),
            Some(_) => return Err(Fault::new(FaultCode::Forbidden, t!("fault-invite-sign-in", email = row.email)).into()),
            None => {
                let name = validate::name("name", name, 80)?;
                super::password::check(password, &[&row.email, &name])?;
                (AccountId::new(), Some(self.0.passwords.hash(password).await?), name)
            }
        };
        let member = MemberId::new();
        let tenant: TenantId = row.tenant.parse()?;
        // The deletion decides: of two that come at once, one finds the invitation.
        let done = q!(
            self.0.system,
            "BEGIN;
             LET $gone = (DELETE ONLY $invite RETURN BEFORE);
             IF $gone = NONE { THROW 'used' };
             IF $hash != NONE { CREATE $account SET email = $email, name = $name, password = $hash, confirmed_at = time::now() };
             CREATE $member SET tenant = $t, account = $account_key, role = $role;
             COMMIT;",
            invite = row.id.clone(),
            hash = hash,
            account = rid("account", account.as_str()),
            account_key = account.to_string(),
            email = row.email.clone(),
            name = name,
            member = rid("member", member.as_str()),
            t = row.tenant.clone(),
            role = row.role.clone(),
        );
        match done {
            Ok(_) => {}
            Err(Error::Conflict) => return Err(stale()),
            Err(e) if e.is_duplicate() || e.to_string().contains("used") => return Err(stale()),
            Err(e) => return Err(e),
        }
        let who = SignedIn { account, member, tenant: tenant.clone() };
        audit::at_gate(&self.0, &tenant, &row.email, caller, Entry { after: Some(row.role), ..Entry::new("invite.accept", &row.email) }).await?;
        self.0.events.publish(&tenant, LiveEvent::Team);
        Ok(who)
    }
}

fn stale() -> Error {
    Fault::field("token", t!("fault-invite-used")).into()
}
