//! The workspace's settings, and one's own password.

use nexsent_model::{Fault, live::LiveEvent, team::WorkspaceSettings, validate};
use surrealdb_types::SurrealValue;

use super::audit::Entry;
use crate::{
    Result, TenantDb,
    db::{q, rid},
    secrets::token_hash,
};

/// Characters of a postal address.
const MAX_ADDRESS: usize = 300;

#[derive(SurrealValue)]
struct Row {
    name: String,
    postal_address: String,
    time_zone: String,
    track_opens: bool,
    track_clicks: bool,
    require_two_factor: bool,
}

impl TenantDb {
    /// The workspace's settings.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settings(&self) -> Result<WorkspaceSettings> {
        let sql = "SELECT name, postal_address, time_zone, track_opens, track_clicks, require_two_factor FROM ONLY $id WHERE tenant = $t";
        let row: Option<Row> = q!(self.db(), sql, id = rid("tenant", &self.t()), t = self.t())?.take(0)?;
        let r = row.ok_or(crate::Error::SignedOut)?;
        Ok(WorkspaceSettings {
            name: r.name,
            postal_address: r.postal_address,
            time_zone: r.time_zone,
            track_opens: r.track_opens,
            track_clicks: r.track_clicks,
            require_two_factor: r.require_two_factor,
        })
    }

    /// Changes them.
    ///
    /// # Errors
    /// A fault unless the role may, and on the field that is wrong.
    pub async fn save_settings(&self, new: &WorkspaceSettings) -> Result<()> {
        self.may_admin()?;
        let old = self.settings().await?;
        let new = WorkspaceSettings { name: validate::name("name", &new.name, 80)?, postal_address: address(&new.postal_address)?, ..new.clone() };
        if new.time_zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(Fault::field("time_zone", "Choose a time zone from the list, such as Europe/Madrid.").into());
        }
        if new.require_two_factor && !old.require_two_factor && !super::two_factor::state(self.core(), &self.me().account).await?.0 {
            return Err(Fault::field("require_two_factor", "Turn it on for your own account first, or you would lock yourself out.").into());
        }
        q!(
            self.db(),
            "UPDATE $id SET name = $name, postal_address = $address, time_zone = $zone, track_opens = $opens, track_clicks = $clicks, require_two_factor = $two WHERE tenant = $t RETURN NONE",
            id = rid("tenant", &self.t()),
            t = self.t(),
            name = new.name.clone(),
            address = new.postal_address.clone(),
            zone = new.time_zone.clone(),
            opens = new.track_opens,
            clicks = new.track_clicks,
            two = new.require_two_factor,
        )?;
        let changes = [
            ("name", old.name, new.name),
            ("postal_address", old.postal_address, new.postal_address),
            ("time_zone", old.time_zone, new.time_zone),
            ("track_opens", old.track_opens.to_string(), new.track_opens.to_string()),
            ("track_clicks", old.track_clicks.to_string(), new.track_clicks.to_string()),
            ("require_two_factor", old.require_two_factor.to_string(), new.require_two_factor.to_string()),
        ];
        for (what, before, after) in changes.into_iter().filter(|(_, b, a)| b != a) {
            self.audit(Entry::change("workspace.settings", what, before, after)).await?;
        }
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// The password again, before something that matters.
    ///
    /// # Errors
    /// A fault on `password`, or `TooMany`.
    pub(crate) async fn prove(&self, password: &str) -> Result<()> {
        let key = format!("proof of {}", self.me().account);
        let ip = self.caller().address.as_deref().and_then(|a| a.parse().ok()).unwrap_or(std::net::IpAddr::from([0, 0, 0, 0]));
        self.core().attempts.check(&key, ip)?;
        let kept: Option<String> =
            q!(self.core().system, "SELECT VALUE password FROM ONLY $id", id = rid("account", self.me().account.as_str()))?.take(0)?;
        if !self.core().passwords.verify(password, kept).await? {
            self.core().attempts.failed(&key, ip);
            return Err(Fault::field("password", "That is not your password.").into());
        }
        self.core().attempts.succeeded(&key, ip);
        Ok(())
    }

    /// Sets a new password for one's own account; every other session ends. `current` is the id of the browser's session.
    ///
    /// # Errors
    /// A fault on `password` (the present one) or `new_password`.
    pub async fn change_password(&self, password: &str, new: &str, current: &str) -> Result<()> {
        let named = |f: Fault| Fault { field: Some("new_password".to_owned()), ..f };
        self.prove(password).await?;
        super::password::check(new, &[&self.me().email, &self.me().name]).map_err(named)?;
        if password == new {
            return Err(Fault::field("new_password", "That is the password you have.").into());
        }
        let hash = self.core().passwords.hash(new).await?;
        q!(
            self.core().system,
            "BEGIN;
             UPDATE $id SET password = $hash RETURN NONE;
             DELETE session WHERE account = $account AND id != $current;
             COMMIT;",
            id = rid("account", self.me().account.as_str()),
            account = self.me().account.to_string(),
            hash = hash,
            current = rid("session", &token_hash(current)),
        )?;
        self.audit(Entry::new("account.password", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }
}

/// Lines of an address, trimmed; empty is allowed until something is to be sent.
fn address(text: &str) -> Result<String> {
    let text = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    if text.chars().count() > MAX_ADDRESS {
        return Err(Fault::field("postal_address", format!("Use at most {MAX_ADDRESS} characters.")).into());
    }
    // Braces would be read as a template's.
    if text.contains(['{', '}']) {
        return Err(Fault::field("postal_address", "Braces are not allowed here.").into());
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Fault::field("postal_address", "Control characters are not allowed here.").into());
    }
    Ok(text)
}
