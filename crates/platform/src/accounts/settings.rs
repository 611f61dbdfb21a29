//! The workspace's settings, and one's own password.

use nexsent_model::{
    Fault,
    live::LiveEvent,
    team::{Retention, Sender, WorkspaceSettings},
    validate,
};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use super::audit::Entry;
use crate::{
    Error, Result, TenantDb,
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
    language: String,
    sender_name: String,
    sender_local: String,
    sender_domain: Option<String>,
    sender_reply_to: String,
    keep_details: u32,
    keep_imports: u32,
    keep_sign_ins: u32,
    keep_audit: u32,
}

const FIELDS: &str = "name, postal_address, time_zone, track_opens, track_clicks, require_two_factor, language, sender_name, sender_local, \
                      sender_domain, sender_reply_to, keep_details, keep_imports, keep_sign_ins, keep_audit";

impl TenantDb {
    /// The workspace's settings.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settings(&self) -> Result<WorkspaceSettings> {
        let sql = format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t");
        let row: Option<Row> = q!(self.db(), sql, id = rid("tenant", &self.t()), t = self.t())?.take(0)?;
        let r = row.ok_or(Error::SignedOut)?;
        Ok(WorkspaceSettings {
            name: r.name,
            postal_address: r.postal_address,
            time_zone: r.time_zone,
            track_opens: r.track_opens,
            track_clicks: r.track_clicks,
            require_two_factor: r.require_two_factor,
            language: r.language.parse().unwrap_or_default(),
            sender: Sender {
                name: r.sender_name,
                local: r.sender_local,
                domain: r.sender_domain.and_then(|d| d.parse().ok()),
                reply_to: r.sender_reply_to,
            },
            keep: Retention { details: r.keep_details, imports: r.keep_imports, sign_ins: r.keep_sign_ins, audit: r.keep_audit },
        })
    }

    /// Changes them. No longer requiring two-factor sign-in needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault unless the role may, and on the field that is wrong.
    pub async fn save_settings(&self, new: &WorkspaceSettings) -> Result<()> {
        self.may_admin()?;
        let old = self.settings().await?;
        let new = WorkspaceSettings {
            name: validate::name("name", &new.name, 80)?,
            postal_address: address(&new.postal_address)?,
            sender: self.sender(&new.sender, &old.sender).await?,
            ..new.clone()
        };
        if new.time_zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(Fault::field("time_zone", t!("fault-time-zone")).into());
        }
        for ((field, least, most), days) in Retention::BOUNDS.into_iter().zip(new.keep.days()) {
            if days < least || days > most {
                return Err(Fault::field(field, t!("fault-days", least = least.to_string(), most = most.to_string())).into());
            }
        }
        if new.require_two_factor && !old.require_two_factor && !super::two_factor::state(self.core(), &self.me().account).await?.0 {
            return Err(Fault::field("require_two_factor", t!("fault-two-factor-first")).into());
        }
        if old.require_two_factor && !new.require_two_factor {
            self.must_be_proven().await?;
        }
        q!(
            self.db(),
            "UPDATE $id SET name = $name, postal_address = $address, time_zone = $zone, track_opens = $opens, track_clicks = $clicks, require_two_factor = $two,
               language = $language, sender_name = $sender_name, sender_local = $sender_local, sender_domain = $sender_domain, sender_reply_to = $reply_to,
               keep_details = $keep[0], keep_imports = $keep[1], keep_sign_ins = $keep[2], keep_audit = $keep[3] WHERE tenant = $t RETURN NONE",
            id = rid("tenant", &self.t()),
            t = self.t(),
            name = new.name.clone(),
            address = new.postal_address.clone(),
            zone = new.time_zone.clone(),
            opens = new.track_opens,
            clicks = new.track_clicks,
            two = new.require_two_factor,
            language = new.language.as_str().to_owned(),
            sender_name = new.sender.name.clone(),
            sender_local = new.sender.local.clone(),
            sender_domain = new.sender.domain.as_ref().map(ToString::to_string),
            reply_to = new.sender.reply_to.clone(),
            keep = new.keep.days().to_vec(),
        )?;
        for ((what, before), (_, after)) in told(&old).into_iter().zip(told(&new)).filter(|(b, a)| b != a) {
            self.audit(Entry::change("workspace.settings", what, before, after)).await?;
        }
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// The sender of new campaigns, checked; a domain that is newly chosen must be verified.
    async fn sender(&self, new: &Sender, old: &Sender) -> Result<Sender> {
        let optional = |field: &str, text: &str, max| if text.trim().is_empty() { Ok(String::new()) } else { validate::name(field, text, max) };
        let sender = Sender {
            name: optional("sender_name", &new.name, 100)?,
            local: new.local.trim().to_lowercase(),
            domain: new.domain.clone(),
            reply_to: if new.reply_to.trim().is_empty() {
                String::new()
            } else {
                validate::email(&new.reply_to).map_err(|e| Fault::field("sender_reply_to", t!("fault-address", why = e)))?
            },
        };
        if !sender.local.is_empty() {
            validate::email(&format!("{}@example.com", sender.local)).map_err(|e| Fault::field("sender_local", t!("fault-sender", why = e)))?;
        }
        if sender.domain.is_some() && sender.domain != old.domain {
            self.verified_domain(sender.domain.as_ref()).await.map_err(|e| match e {
                Error::Fault(f) => Fault { field: Some("sender_domain".to_owned()), ..f }.into(),
                e => e,
            })?;
        }
        Ok(sender)
    }

    /// Sets a new password for one's own account; every other session ends. Needs a proof. `current` is the id of the browser's session.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault on `new_password`.
    pub async fn change_password(&self, new: &str, current: &str) -> Result<()> {
        let named = |f: Fault| Fault { field: Some("new_password".to_owned()), ..f };
        super::password::check(new, &[&self.me().email, &self.me().name]).map_err(named)?;
        self.must_be_proven().await?;
        let account = rid("account", self.me().account.as_str());
        let kept: Option<String> = q!(self.core().system, "SELECT VALUE password FROM ONLY $id", id = account.clone())?.take(0)?;
        if self.core().passwords.verify(new, kept).await? {
            return Err(Fault::field("new_password", t!("fault-password-same")).into());
        }
        let hash = self.core().passwords.hash(new).await?;
        q!(
            self.core().system,
            "BEGIN;
             UPDATE $id SET password = $hash RETURN NONE;
             DELETE session WHERE account = $account AND id != $current;
             COMMIT;",
            id = account,
            account = self.me().account.to_string(),
            hash = hash,
            current = rid("session", &token_hash(current)),
        )?;
        self.audit(Entry::new("account.password", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }
}

/// Every setting by its name, for the log.
fn told(s: &WorkspaceSettings) -> Vec<(&'static str, String)> {
    let domain = s.sender.domain.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut all = vec![
        ("name", s.name.clone()),
        ("postal_address", s.postal_address.clone()),
        ("time_zone", s.time_zone.clone()),
        ("track_opens", s.track_opens.to_string()),
        ("track_clicks", s.track_clicks.to_string()),
        ("require_two_factor", s.require_two_factor.to_string()),
        ("language", s.language.as_str().to_owned()),
        ("sender_name", s.sender.name.clone()),
        ("sender_local", s.sender.local.clone()),
        ("sender_domain", domain),
        ("sender_reply_to", s.sender.reply_to.clone()),
    ];
    all.extend(Retention::BOUNDS.into_iter().zip(s.keep.days()).map(|((field, ..), days)| (field, days.to_string())));
    all
}

/// Lines of an address, trimmed; empty is allowed until something is to be sent.
fn address(text: &str) -> Result<String> {
    let text = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    if text.chars().count() > MAX_ADDRESS {
        return Err(Fault::field("postal_address", t!("model-too-long", max = MAX_ADDRESS)).into());
    }
    // Braces would be read as a template's.
    if text.contains(['{', '}']) {
        return Err(Fault::field("postal_address", t!("fault-braces")).into());
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Fault::field("postal_address", t!("fault-control")).into());
    }
    Ok(text)
}
