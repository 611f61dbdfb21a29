//! A workspace's own tracking domain: the host that links, pixels and recipients' pages of its mail lead to, while DNS says that it is theirs.

use std::{
    collections::HashSet,
    time::{Duration as StdDuration, Instant},
};

use chrono::{DateTime, Duration, Utc};
use nexsent_mail::dns::{DnsError, Resolver};
use nexsent_model::{Fault, TenantId, domains::DomainStatus, live::LiveEvent, team::TrackingDomain, validate};
use nexsent_texts::{t, within_sync};
use surrealdb_types::{RecordId, SurrealValue};

use super::status;
use crate::{
    Core, GateDb, Result, SystemDb, TenantDb,
    accounts::audit::Entry,
    db::{aid, key, q, retrying},
};

/// Hosts that a workspace may have had: links of mails already sent lead to them.
const MAX: usize = 20;
/// How long the list of hosts is believed.
const HOSTS_TTL: StdDuration = StdDuration::from_secs(30);

/// Hosts that answer to nothing but recipients, and since when that is known.
pub(crate) type TrackingHosts = tokio::sync::Mutex<Option<(Instant, HashSet<String>)>>;

#[derive(SurrealValue)]
struct State {
    status: String,
    found: Option<String>,
    problem: Option<String>,
    checked_at: DateTime<Utc>,
    verified_at: Option<DateTime<Utc>>,
}

const STATE: &str = "status, found, problem, checked_at, verified_at";

fn domain_id(t: &str, host: &str) -> RecordId {
    aid("tracking_domain", key![t.to_owned(), host.to_owned()])
}

fn state_id(t: &str, host: &str) -> RecordId {
    aid("tracking_state", key![t.to_owned(), host.to_owned()])
}

fn host_of(base_url: &str) -> Option<String> {
    url::Url::parse(base_url).ok()?.host_str().map(str::to_ascii_lowercase)
}

/// What the CNAME points to: the instance's own name, or its mail server's where it is reached by a bare address.
fn target(core: &Core) -> String {
    let own = url::Url::parse(&core.base_url).ok().and_then(|u| u.domain().map(str::to_ascii_lowercase));
    own.filter(|d| d.contains('.')).unwrap_or_else(|| core.return_path_host.clone())
}

/// Whether a host is one of a domain's.
fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// Where links of a workspace's mail lead: its own host while that is verified, the instance's otherwise. Without a trailing slash.
pub(crate) async fn links_base(core: &Core, t: &str) -> Result<String> {
    let sql = "SELECT VALUE host FROM tracking_domain WHERE tenant = $t AND active = true LIMIT 1";
    let host: Option<String> = q!(core.system, sql, t = t.to_owned())?.take(0)?;
    let Some(host) = host else { return Ok(core.base_url.clone()) };
    let verified: Option<String> = q!(core.system, "SELECT VALUE host FROM ONLY $id WHERE status = 'verified'", id = state_id(t, &host))?.take(0)?;
    Ok(verified.and_then(|host| at_host(&core.base_url, &host)).unwrap_or_else(|| core.base_url.clone()))
}

/// The same address at another host: scheme and port stay.
fn at_host(base_url: &str, host: &str) -> Option<String> {
    let mut url = url::Url::parse(base_url).ok()?;
    url.set_host(Some(host)).ok()?;
    Some(url.as_str().trim_end_matches('/').to_owned())
}

impl TenantDb {
    async fn active_host(&self) -> Result<Option<String>> {
        let sql = "SELECT VALUE host FROM tracking_domain WHERE tenant = $t AND active = true LIMIT 1";
        Ok(q!(self.db(), sql, t = self.t())?.take(0)?)
    }

    /// The workspace's tracking domain, and what DNS says of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tracking_domain(&self) -> Result<Option<TrackingDomain>> {
        let Some(host) = self.active_host().await? else { return Ok(None) };
        let state: Option<State> =
            q!(self.db(), format!("SELECT {STATE} FROM ONLY $id WHERE tenant = $t"), id = state_id(&self.t(), &host), t = self.t())?.take(0)?;
        Ok(Some(TrackingDomain {
            target: target(self.core()),
            status: state.as_ref().map_or(DomainStatus::Pending, |s| status(&s.status)),
            checked_at: state.as_ref().map(|s| s.checked_at),
            problem: state.as_ref().and_then(|s| s.problem.clone()),
            found: state.and_then(|s| s.found),
            host,
        }))
    }

    /// Chooses the host. It must lie under a verified sending domain of this workspace: whoever has proved to own that may use its names,
    /// and nobody else. Nothing leads to it before DNS says so.
    ///
    /// # Errors
    /// A fault unless the role may, and on `host`.
    pub async fn set_tracking_domain(&self, host: &str) -> Result<()> {
        self.may_admin()?;
        let host = validate::domain(host).map_err(|e| Fault::field("host", t!("fault-domains-name", problem = e)))?;
        if Some(&host) == host_of(&self.core().base_url).as_ref() {
            return Err(Fault::field("host", t!("fault-domains-tracking-own")).into());
        }
        let domains = self.domains().await?;
        if !domains.iter().any(|d| d.status == DomainStatus::Verified && is_under(&host, &d.name)) {
            return Err(Fault::field("host", t!("fault-domains-tracking-not-under")).into());
        }
        if domains.iter().any(|d| d.name == host || host == format!("bounce.{}", d.name)) {
            return Err(Fault::field("host", t!("fault-domains-tracking-mail")).into());
        }
        let before = self.active_host().await?;
        let known: Vec<String> = q!(self.db(), "SELECT VALUE host FROM tracking_domain WHERE tenant = $t", t = self.t())?.take(0)?;
        if known.len() >= MAX && !known.contains(&host) {
            return Err(Fault::field("host", t!("fault-domains-tracking-many", max = MAX)).into());
        }
        retrying(|| async {
            q!(
                self.db(),
                "BEGIN;
                 UPDATE tracking_domain SET active = false WHERE tenant = $t AND active = true RETURN NONE;
                 UPSERT $id SET tenant = $t, host = $host, active = true, check_at = time::now() RETURN NONE;
                 COMMIT;",
                id = domain_id(&self.t(), &host),
                t = self.t(),
                host = host.clone()
            )
            .map(drop)
        })
        .await?;
        self.audit(Entry::change("workspace.tracking_domain", &host, before.unwrap_or_default(), host.clone())).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Tracking);
        Ok(())
    }

    /// Goes back to the instance's own address. The old host still answers for mails already sent.
    ///
    /// # Errors
    /// A fault unless the role may, or when there is none.
    pub async fn remove_tracking_domain(&self) -> Result<()> {
        self.may_admin()?;
        let host = self.active_host().await?.ok_or_else(|| Fault::not_found("tracking domain"))?;
        q!(self.db(), "UPDATE tracking_domain SET active = false WHERE tenant = $t AND active = true RETURN NONE", t = self.t())?;
        self.audit(Entry { before: Some(host.clone()), ..Entry::new("workspace.tracking_domain", &host) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Tracking);
        Ok(())
    }

    /// Asks for a check as soon as possible; its result comes as an event.
    ///
    /// # Errors
    /// A fault unless the role may.
    pub async fn recheck_tracking_domain(&self) -> Result<()> {
        self.may_admin()?;
        q!(self.db(), "UPDATE tracking_domain SET check_at = time::now() WHERE tenant = $t AND active = true RETURN NONE", t = self.t()).map(drop)
    }
}

impl GateDb {
    /// Whether a host was given by some workspace for its recipients: it answers to them alone. `host` is the header's, with or without a port.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_tracking_host(&self, host: &str) -> Result<bool> {
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if name.is_empty() || Some(&name) == host_of(&self.0.base_url).as_ref() {
            return Ok(false);
        }
        let mut known = self.0.tracking_hosts.lock().await;
        if known.as_ref().is_none_or(|(at, _)| at.elapsed() >= HOSTS_TTL) {
            let hosts: Vec<String> = q!(self.0.system, "SELECT VALUE host FROM tracking_state WHERE verified_at != NONE")?.take(0)?;
            *known = Some((Instant::now(), hosts.into_iter().collect()));
        }
        Ok(known.as_ref().is_some_and(|(_, hosts)| hosts.contains(&name)))
    }
}

impl SystemDb {
    /// Tracking domains whose check is due, the longest waiting first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tracking_to_check(&self, limit: u32) -> Result<Vec<(TenantId, String)>> {
        #[derive(SurrealValue)]
        struct Row {
            tenant: String,
            host: String,
        }
        let sql = "SELECT tenant, host, check_at FROM tracking_domain WHERE active = true AND check_at <= time::now() ORDER BY check_at LIMIT $limit";
        let rows: Vec<Row> = q!(self.0.system, sql, limit = limit)?.take(0)?;
        rows.into_iter().map(|r| Ok((r.tenant.parse()?, r.host))).collect()
    }

    /// Checks a tracking domain by DNS, keeps the result and tells the workspace. When nothing can be said, it stays as it was.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_tracking(&self, tenant: &TenantId, host: &str, resolver: &Resolver) -> Result<DomainStatus> {
        let t = tenant.to_string();
        let before: Option<State> = q!(self.0.system, format!("SELECT {STATE} FROM ONLY $id"), id = state_id(&t, host))?.take(0)?;
        let old = before.as_ref().map_or(DomainStatus::Pending, |s| status(&s.status));
        let lost = if old == DomainStatus::Pending { DomainStatus::Pending } else { DomainStatus::Drifted };
        let target = target(&self.0);
        // Nobody has asked: what is kept is said to everybody in the workspace.
        let language = self.language_of(tenant).await?;
        let (new, found, problem) = if self.is_vouched(&t, host).await? {
            match resolver.cname(host, true).await {
                Ok(found) if found == target => (DomainStatus::Verified, Some(found), None),
                Ok(found) => (lost, Some(found), Some(within_sync(language, || t!("fault-domains-tracking-elsewhere", target = &target)))),
                Err(DnsError::NoName | DnsError::NoRecord | DnsError::BadName) => {
                    (lost, None, Some(within_sync(language, || t!("fault-domains-tracking-none"))))
                }
                Err(e) => {
                    let said = within_sync(language, || t!("fault-domains-tracking-unchecked", reason = e.to_string()));
                    (old, before.as_ref().and_then(|b| b.found.clone()), Some(said))
                }
            }
        } else {
            (lost, None, Some(within_sync(language, || t!("fault-domains-tracking-unvouched"))))
        };
        let now = Utc::now();
        let next = match new {
            DomainStatus::Verified => Duration::minutes(30),
            DomainStatus::Drifted => Duration::minutes(2),
            DomainStatus::Pending => Duration::seconds(if before.is_none() { 10 } else { 60 }),
        };
        let verified_at = before.and_then(|b| b.verified_at).or((new == DomainStatus::Verified).then_some(now));
        q!(
            self.0.system,
            "BEGIN;
             UPSERT $state SET tenant = $t, host = $host, status = $status, found = $found, problem = $problem, checked_at = $now, verified_at = $verified;
             UPDATE $id SET check_at = $next;
             COMMIT;",
            state = state_id(&t, host),
            id = domain_id(&t, host),
            t = t.clone(),
            host = host.to_owned(),
            status = match new {
                DomainStatus::Pending => "pending",
                DomainStatus::Verified => "verified",
                DomainStatus::Drifted => "drifted",
            },
            found = found,
            problem = problem,
            now = now,
            verified = verified_at,
            next = now + next,
        )?;
        *self.0.tracking_hosts.lock().await = None;
        self.publish(tenant, LiveEvent::Tracking);
        Ok(new)
    }

    /// Whether a verified sending domain of the workspace is above the host.
    async fn is_vouched(&self, t: &str, host: &str) -> Result<bool> {
        let sql = "SELECT VALUE name FROM domain WHERE tenant = $t AND type::record('domain_state', record::id(id)).status = 'verified'";
        let names: Vec<String> = q!(self.0.system, sql, t = t.to_owned())?.take(0)?;
        Ok(names.iter().any(|name| is_under(host, name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_and_port_stay() {
        assert_eq!(at_host("https://mail.example.com", "click.acme.test").as_deref(), Some("https://click.acme.test"));
        assert_eq!(at_host("http://127.0.0.1:8080", "click.acme.test").as_deref(), Some("http://click.acme.test:8080"));
    }

    #[test]
    fn a_name_is_under_its_domain_alone() {
        assert!(is_under("click.example.com", "example.com"));
        assert!(is_under("a.b.example.com", "example.com"));
        for (host, domain) in [("example.com", "example.com"), ("evilexample.com", "example.com"), ("click.example.com.evil.test", "example.com")] {
            assert!(!is_under(host, domain), "{host}");
        }
    }
}
