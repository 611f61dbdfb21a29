//! Sending domains: keys, the records to publish, and what DNS says about them.

mod drift;
pub(crate) mod tracking;

use chrono::{DateTime, Duration, Utc};
use nexsent_mail::{
    dkim::{DkimKey, Signer},
    dns::Resolver,
    domain_check::Expected,
};
use nexsent_model::{
    DomainId, Fault, FaultCode, TenantId,
    domains::{DnsRecord, DomainRow, DomainStatus, DomainView, RecordState},
    live::LiveEvent,
    validate,
};
use nexsent_texts::{t, within};
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use crate::{
    Core, Error, Result, SystemDb, TenantDb,
    accounts::audit::Entry,
    db::{q, rid, text_key},
    secrets::random_token,
};

/// How many a workspace may have.
const MAX: usize = 200;

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    name: String,
    selector: String,
    ownership: String,
    dkim: String,
    check_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct StateRow {
    id: RecordId,
    status: String,
    records: String,
    checked_at: DateTime<Utc>,
    verified_at: Option<DateTime<Utc>>,
}

fn status(text: &str) -> DomainStatus {
    match text {
        "verified" => DomainStatus::Verified,
        "drifted" => DomainStatus::Drifted,
        _ => DomainStatus::Pending,
    }
}

impl Row {
    fn expected(&self, core: &Core) -> Expected {
        Expected {
            domain: self.name.clone(),
            ownership: self.ownership.clone(),
            selector: self.selector.clone(),
            dkim: self.dkim.clone(),
            spf_include: core.spf_include.clone(),
            return_path_host: core.return_path_host.clone(),
        }
    }

    fn view(&self, state: Option<&StateRow>) -> Result<DomainRow> {
        Ok(DomainRow {
            id: text_key(&self.id).parse()?,
            name: self.name.clone(),
            status: state.map_or(DomainStatus::Pending, |s| status(&s.status)),
            created_at: self.created_at,
            checked_at: state.map(|s| s.checked_at),
            verified_at: state.and_then(|s| s.verified_at),
        })
    }
}

const FIELDS: &str = "id, tenant, name, selector, ownership, dkim, check_at, created_at";

impl TenantDb {
    /// Every domain of the workspace, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn domains(&self) -> Result<Vec<DomainRow>> {
        let sql = format!("SELECT {FIELDS} FROM domain WHERE tenant = $t ORDER BY name LIMIT 500");
        let rows: Vec<Row> = q!(self.db(), sql, t = self.t())?.take(0)?;
        let ids: Vec<RecordId> = rows.iter().map(|r| rid("domain_state", &text_key(&r.id))).collect();
        let states: Vec<StateRow> = q!(self.db(), "SELECT id, status, records, checked_at, verified_at FROM $ids", ids = ids)?.take(0)?;
        rows.iter().map(|r| r.view(states.iter().find(|s| text_key(&s.id) == text_key(&r.id)))).collect()
    }

    /// Adds a domain: makes its DKIM key (2048 bits) and ownership token. The first check follows at once.
    ///
    /// # Errors
    /// A fault on `name`.
    pub async fn add_domain(&self, name: &str) -> Result<DomainId> {
        self.may_admin()?;
        let name = validate::domain(name).map_err(|e| Fault::field("name", t!("fault-domains-name", problem = e)))?;
        if self.domains().await?.len() >= MAX {
            return Err(Fault::field("name", t!("fault-domains-many", max = MAX)).into());
        }
        let id = DomainId::new();
        let key = tokio::task::spawn_blocking(DkimKey::generate)
            .await
            .map_err(|e| Error::Setup(e.to_string()))?
            .map_err(|e| Error::Setup(e.to_string()))?;
        let record = key.record().map_err(|e| Error::Setup(e.to_string()))?;
        let secret = zeroize::Zeroizing::new(key.to_pkcs8().map_err(|e| Error::Setup(e.to_string()))?);
        let sealed = self.core().master.seal(&owner(self.tenant_id(), &id), &secret)?;
        // A selector of its own: two workspaces, or two platforms, may send from one domain.
        let selector = format!("nx{}", &random_token()?.to_ascii_lowercase().replace(['-', '_'], "0")[..8]);
        let ownership = format!("nexsent-verify={}", &random_token()?[..24]);
        let made = q!(
            self.db(),
            "BEGIN;
             CREATE $id SET tenant = $t, name = $name, selector = $selector, ownership = $ownership, dkim = $dkim, check_at = time::now();
             CREATE $key SET tenant = $t, sealed = $sealed RETURN NONE;
             COMMIT;",
            id = rid("domain", id.as_str()),
            key = rid("domain_key", id.as_str()),
            t = self.t(),
            name = name.clone(),
            selector = selector,
            ownership = ownership,
            dkim = record,
            sealed = Bytes::from(sealed),
        );
        match made {
            Ok(_) => {
                self.audit(Entry::new("domain.add", &name)).await?;
                Ok(id)
            }
            Err(e) if e.is_duplicate() => Err(Fault::field("name", t!("fault-domains-there-already", domain = &name)).into()),
            Err(e) => Err(e),
        }
    }

    async fn domain_rows(&self, id: &DomainId) -> Result<(Row, Option<StateRow>)> {
        let mut found = q!(
            self.db(),
            format!(
                "SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t; SELECT id, status, records, checked_at, verified_at FROM ONLY $state WHERE tenant = $t"
            ),
            id = rid("domain", id.as_str()),
            state = rid("domain_state", id.as_str()),
            t = self.t(),
        )?;
        let row: Option<Row> = found.take(0)?;
        Ok((row.ok_or_else(|| Fault::not_found("domain"))?, found.take(1)?))
    }

    /// A domain with its records and what the last check found.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn domain(&self, id: &DomainId) -> Result<DomainView> {
        let (row, state) = self.domain_rows(id).await?;
        let records = match &state {
            Some(s) => serde_json::from_str(&s.records)?,
            None => row.expected(self.core()).records(),
        };
        Ok(DomainView { domain: row.view(state.as_ref())?, records, next_check_at: Some(row.check_at) })
    }

    /// Asks for a check as soon as possible; its result comes as an event.
    ///
    /// # Errors
    /// A fault when there is none, or the role does not allow it.
    pub async fn recheck_domain(&self, id: &DomainId) -> Result<()> {
        self.may_admin()?;
        self.domain_rows(id).await?;
        q!(self.db(), "UPDATE $id SET check_at = time::now() WHERE tenant = $t", id = rid("domain", id.as_str()), t = self.t()).map(drop)
    }

    /// Removes a domain with its key. What it is named in can no longer be sent. Needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault when a campaign is being sent from it.
    pub async fn remove_domain(&self, id: &DomainId) -> Result<()> {
        self.may_admin()?;
        let (row, _) = self.domain_rows(id).await?;
        let busy: Vec<String> = q!(
            self.db(),
            "SELECT VALUE name FROM campaign WHERE tenant = $t AND state IN ['scheduled', 'preparing', 'sending', 'paused'] AND string::contains(draft, $id) LIMIT 1",
            t = self.t(),
            id = id.to_string(),
        )?
        .take(0)?;
        if let Some(name) = busy.first() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-domains-in-use", campaign = name)).into());
        }
        self.must_be_proven().await?;
        // A tracking domain may have stood under it: that is looked at again at once.
        q!(
            self.db(),
            "BEGIN; DELETE $id WHERE tenant = $t; DELETE $key; DELETE $state WHERE tenant = $t;
             UPDATE tracking_domain SET check_at = time::now() WHERE tenant = $t AND active = true RETURN NONE; COMMIT;",
            id = rid("domain", id.as_str()),
            key = rid("domain_key", id.as_str()),
            state = rid("domain_state", id.as_str()),
            t = self.t(),
        )?;
        self.audit(Entry::new("domain.remove", &row.name)).await
    }

    /// The name of a domain that mail may leave now.
    ///
    /// # Errors
    /// A fault on `domain` that says what is missing.
    pub(crate) async fn verified_domain(&self, id: Option<&DomainId>) -> Result<String> {
        let id = id.ok_or_else(|| Fault::field("domain", t!("fault-domains-choose")))?;
        let (row, state) = self.domain_rows(id).await.map_err(|e| match e {
            Error::Fault(_) => Fault::field("domain", t!("fault-domains-removed-choose")).into(),
            e => e,
        })?;
        verified(&row, state.as_ref())
    }
}

fn verified(row: &Row, state: Option<&StateRow>) -> Result<String> {
    match state.map(|s| status(&s.status)) {
        Some(DomainStatus::Verified) => Ok(row.name.clone()),
        Some(DomainStatus::Drifted) => Err(Fault::field("domain", t!("fault-domains-drifted", domain = &row.name)).into()),
        _ => Err(Fault::field("domain", t!("fault-domains-not-verified", domain = &row.name)).into()),
    }
}

fn owner(tenant: &TenantId, id: &DomainId) -> String {
    format!("{tenant}|{id}|dkim")
}

/// The instance's own way out when there is no relay: a verified domain with the address's name.
pub struct SystemSender {
    pub domain: String,
    pub signer: Signer,
}

impl SystemDb {
    /// Domains whose check is due, the longest waiting first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn domains_to_check(&self, limit: u32) -> Result<Vec<DomainId>> {
        let rows: Vec<Row> =
            q!(self.0.system, format!("SELECT {FIELDS} FROM domain WHERE check_at <= time::now() ORDER BY check_at LIMIT $limit"), limit = limit)?
                .take(0)?;
        rows.iter().map(|r| Ok(text_key(&r.id).parse()?)).collect()
    }

    /// Checks a domain by DNS, keeps the result and tells the workspace. When nothing can be said (DNS does not answer), a verified
    /// domain stays verified.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_domain(&self, id: &DomainId, resolver: &Resolver) -> Result<Option<DomainStatus>> {
        let db = &self.0.system;
        let mut found = q!(
            db,
            format!("SELECT {FIELDS} FROM ONLY $id; SELECT id, status, records, checked_at, verified_at FROM ONLY $state"),
            id = rid("domain", id.as_str()),
            state = rid("domain_state", id.as_str()),
        )?;
        let (row, before): (Option<Row>, Option<StateRow>) = (found.take(0)?, found.take(1)?);
        let Some(row) = row else { return Ok(None) };
        let records = row.expected(&self.0).check(resolver).await;
        let old = before.as_ref().map_or(DomainStatus::Pending, |s| status(&s.status));
        let new = judge(old, &records);
        let now = Utc::now();
        let verified_at = if new == DomainStatus::Verified {
            before.as_ref().and_then(|b| b.verified_at).or(Some(now))
        } else {
            before.as_ref().and_then(|b| b.verified_at)
        };
        // Often while somebody is setting it up, hourly when it stands.
        let age = now - row.created_at;
        let next = match new {
            DomainStatus::Verified => Duration::hours(1),
            DomainStatus::Drifted => Duration::minutes(5),
            DomainStatus::Pending if age < Duration::hours(1) => Duration::seconds(30),
            DomainStatus::Pending if age < Duration::days(3) => Duration::minutes(10),
            DomainStatus::Pending => Duration::hours(6),
        };
        q!(
            db,
            "BEGIN;
             UPSERT $state SET tenant = $t, status = $status, records = $records, checked_at = $now, verified_at = $verified;
             UPDATE $id SET check_at = $next;
             COMMIT;",
            state = rid("domain_state", id.as_str()),
            id = rid("domain", id.as_str()),
            t = row.tenant.clone(),
            status = match new {
                DomainStatus::Pending => "pending",
                DomainStatus::Verified => "verified",
                DomainStatus::Drifted => "drifted",
            },
            records = serde_json::to_string(&records)?,
            now = now,
            verified = verified_at,
            next = now + next,
        )?;
        let tenant: TenantId = row.tenant.parse()?;
        self.publish(&tenant, LiveEvent::Domain { id: id.clone(), status: new });
        if new == DomainStatus::Drifted && old != DomainStatus::Drifted {
            // Why campaigns stop is kept for everybody in the workspace.
            within(self.language_of(&tenant).await?, self.drifted(&tenant, id, &row.name, &records)).await?;
        }
        Ok(Some(new))
    }

    /// The name and signing key of a domain that mail may leave now.
    ///
    /// # Errors
    /// A fault that says why mail may not.
    pub(crate) async fn signer(&self, tenant: &TenantId, id: &DomainId) -> Result<(String, Signer)> {
        let mut found = q!(
            self.0.system,
            format!(
                "SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t; SELECT id, status, records, checked_at, verified_at FROM ONLY $state WHERE tenant = $t; \
                 SELECT VALUE sealed FROM ONLY $key WHERE tenant = $t"
            ),
            id = rid("domain", id.as_str()),
            state = rid("domain_state", id.as_str()),
            key = rid("domain_key", id.as_str()),
            t = tenant.to_string(),
        )?;
        let row: Option<Row> = found.take(0)?;
        let state: Option<StateRow> = found.take(1)?;
        let sealed: Option<Bytes> = found.take(2)?;
        let (Some(row), Some(sealed)) = (row, sealed) else { return Err(Fault::field("domain", t!("fault-domains-removed")).into()) };
        let name = verified(&row, state.as_ref())?;
        let secret = self.0.master.open(&owner(tenant, id), sealed.as_ref())?;
        let key = DkimKey::from_pkcs8(&secret).map_err(|e| Error::Corrupt(e.to_string()))?;
        let signer = Signer::new(key, &name, &row.selector);
        Ok((name, signer))
    }

    /// How the instance's own mail can leave from `domain`, when some workspace has verified it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn system_sender(&self, domain: &str) -> Result<Option<SystemSender>> {
        // The workspace of the instance's first account: another tenant's domain must not vouch for the instance.
        let sql = "LET $first = (SELECT VALUE record::id(id) FROM account ORDER BY created_at LIMIT 1)[0];
                   LET $tenants = (SELECT VALUE tenant FROM member WHERE account = $first);
                   SELECT id, tenant FROM domain WHERE name = $name AND tenant IN $tenants LIMIT 1";
        #[derive(SurrealValue)]
        struct Found {
            id: RecordId,
            tenant: String,
        }
        let found: Option<Found> = q!(self.0.system, sql, name = domain.to_owned())?.take(2)?;
        let Some(found) = found else { return Ok(None) };
        match self.signer(&found.tenant.parse()?, &text_key(&found.id).parse()?).await {
            Ok((domain, signer)) => Ok(Some(SystemSender { domain, signer })),
            Err(Error::Fault(_)) => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// From the records found to the domain's status.
fn judge(old: DomainStatus, records: &[DnsRecord]) -> DomainStatus {
    let wrong = records.iter().any(|r| matches!(r.state, RecordState::Missing | RecordState::Wrong));
    let unknown = records.iter().any(|r| matches!(r.state, RecordState::NoAnswer | RecordState::Unchecked));
    match (old, wrong, unknown) {
        (DomainStatus::Verified | DomainStatus::Drifted, true, _) => DomainStatus::Drifted,
        (_, true, _) => DomainStatus::Pending,
        (old, false, true) => old,
        (_, false, false) => DomainStatus::Verified,
    }
}
