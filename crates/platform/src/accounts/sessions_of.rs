//! Where an account is signed in, and the tries there were; a mail when a new browser gets in.

use chrono::{DateTime, Utc};
use nexsent_model::{
    AccountId, Fault,
    team::{AccountSafety, SessionView, SignInEntry},
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    audit::{self, Caller, Entry},
    system_mail,
    tokens::{self, Purpose},
};
use crate::{
    Core, GateDb, Platform, Result, TenantDb,
    db::{q, rid, text_key},
    secrets::token_hash,
};

/// Tries that are shown, and looked through for a known browser.
const SHOWN: i64 = 200;

#[derive(SurrealValue)]
pub(super) struct Try {
    at: DateTime<Utc>,
    newest: i64,
    pub address: String,
    device: String,
    pub ok: bool,
}

pub(super) async fn tries(core: &Core, account: &AccountId) -> Result<Vec<Try>> {
    let sql = "SELECT at, newest, address, device, ok FROM sign_in WHERE account = $account AND newest > $from ORDER BY newest LIMIT $limit";
    Ok(q!(core.system, sql, account = account.to_string(), from = i64::MIN, limit = SHOWN)?.take(0)?)
}

/// Keeps a try; a success from a browser that was not used before is told by mail.
pub(super) async fn keep_try(core: &Core, account: &AccountId, caller: &Caller, ok: bool) -> Result<()> {
    let address = caller.address.clone().unwrap_or_default();
    if ok {
        let before = tries(core, account).await?;
        let known = before.iter().any(|t| t.ok && t.device == caller.device);
        if !known && before.iter().any(|t| t.ok) {
            let email: Option<String> = q!(core.system, "SELECT VALUE email FROM ONLY $id", id = rid("account", account.as_str()))?.take(0)?;
            let link = format!("{}/not-me?token={}", core.base_url, tokens::issue(core, Purpose::NotMe, account)?);
            let letter = || system_mail::new_device(&core.instance_name, &caller.device, &address, Utc::now(), &link);
            system_mail::queue(core, &email.unwrap_or_default(), None, letter).await?;
        }
    }
    // A year at most; a workspace's settings say how much less.
    q!(
        core.system,
        "CREATE sign_in SET account = $account, at = time::now(), newest = -time::micros(time::now()), address = $address, device = $device, ok = $ok;
         IF $ok { DELETE sign_in WHERE account = $account AND newest > $old }",
        account = account.to_string(),
        address = address,
        device = caller.device.clone(),
        ok = ok,
        old = -(Utc::now() - chrono::Duration::days(365)).timestamp_micros(),
    )
    .map(drop)
}

/// Something about an account into the log of each of its workspaces; open pages look whether they may stay.
pub(super) async fn tell_workspaces(core: &Core, account: &AccountId, caller: &Caller, action: &'static str) -> Result<()> {
    let email: Option<String> = q!(core.system, "SELECT VALUE email FROM ONLY $id", id = rid("account", account.as_str()))?.take(0)?;
    let email = email.unwrap_or_default();
    let tenants: Vec<String> = q!(core.system, "SELECT VALUE tenant FROM member WHERE account = $account", account = account.to_string())?.take(0)?;
    for tenant in tenants {
        let tenant = tenant.parse()?;
        audit::at_gate(core, &tenant, &email, caller, Entry::new(action, &email)).await?;
        core.events.publish(&tenant, nexsent_model::live::LiveEvent::Team);
    }
    Ok(())
}

impl GateDb {
    /// “That was not me”: ends every session of the account that the mail went to.
    ///
    /// # Errors
    /// A fault when the link is old or was used.
    pub async fn end_all_sessions(&self, token: &str, caller: &Caller) -> Result<()> {
        let account = tokens::redeem(&self.0, Purpose::NotMe, token).await?;
        q!(self.0.system, "DELETE session WHERE account = $account RETURN NONE", account = account.to_string())?;
        tell_workspaces(&self.0, &account, caller, "session.end_all").await
    }
}

#[derive(SurrealValue)]
struct SessionRow {
    id: RecordId,
    device: Option<String>,
    address: Option<String>,
    created_at: Option<DateTime<Utc>>,
    last_seen_at: DateTime<Utc>,
}

impl Platform {
    /// Whether a browser's session is still there; `id` is the cookie's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn session_alive(&self, id: &str) -> Result<bool> {
        let found: Option<RecordId> = q!(self.0.system, "SELECT VALUE id FROM ONLY $id", id = rid("session", &token_hash(id)))?.take(0)?;
        Ok(found.is_some())
    }
}

impl TenantDb {
    /// How the account of the caller is kept safe; `current` is the id of the browser's session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn account_safety(&self, current: &str) -> Result<AccountSafety> {
        let account = &self.me().account;
        let sql = "SELECT id, device, address, created_at, last_seen_at FROM session WHERE account = $account";
        let mut rows: Vec<SessionRow> = q!(self.core().system, sql, account = account.to_string())?.take(0)?;
        rows.sort_by_key(|r| std::cmp::Reverse(r.last_seen_at));
        let current = token_hash(current);
        let sessions = rows
            .into_iter()
            .map(|r| {
                let id = text_key(&r.id);
                SessionView {
                    current: id == current,
                    id,
                    device: r.device.unwrap_or_default(),
                    address: r.address,
                    since: r.created_at,
                    last_seen_at: r.last_seen_at,
                }
            })
            .collect();
        let sign_ins = tries(self.core(), account).await?;
        let (two_factor, recovery_codes_left) = super::two_factor::state(self.core(), account).await?;
        Ok(AccountSafety {
            two_factor,
            recovery_codes_left,
            sessions,
            sign_ins: sign_ins.into_iter().take(50).map(|t| SignInEntry { at: t.at, address: t.address, device: t.device, ok: t.ok }).collect(),
        })
    }

    /// Ends a session of one's own account, wherever it is.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn end_session(&self, id: &str) -> Result<()> {
        let sql = "DELETE $id WHERE account = $account RETURN BEFORE";
        let gone: Vec<surrealdb_types::Value> =
            q!(self.core().system, sql, id = rid("session", id), account = self.me().account.to_string())?.take(0)?;
        if gone.is_empty() {
            return Err(Fault::not_found("session").into());
        }
        self.audit(Entry::new("session.end", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), nexsent_model::live::LiveEvent::Team);
        Ok(())
    }

    /// Ends every session of the account but the one that asks.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_other_sessions(&self, current: &str) -> Result<()> {
        let sql = "DELETE session WHERE account = $account AND id != $current";
        q!(self.core().system, sql, account = self.me().account.to_string(), current = rid("session", &token_hash(current)))?;
        self.audit(Entry::new("session.end_others", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), nexsent_model::live::LiveEvent::Team);
        Ok(())
    }
}
