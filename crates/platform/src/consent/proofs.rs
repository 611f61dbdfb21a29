//! What shows that somebody agreed to a list, or to e-mail as such.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nexsent_model::{
    ContactId, Fault, ListId,
    consent::{Consent, ConsentState, EventKind, Method, Proof},
    forms::lines,
    live::LiveEvent,
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    Event,
    events::{self, IN_GENERAL},
    mark, opt_in, sources,
    timeline::{origin_label, reason_label},
};
use crate::{
    Core, Result, TenantDb,
    contacts::suppression_id,
    db::{aid, key, q},
};

/// The scope that is no list: e-mail as such.
pub(super) const EMAIL: &str = "email";
/// Writes proofs; `$consents` is bound to rows.
pub(super) const WRITE: &str = "FOR $c IN $consents { DELETE $c.id RETURN NONE }; INSERT INTO consent $consents RETURN NONE;";

#[derive(Clone, SurrealValue)]
pub(super) struct Row {
    pub id: RecordId,
    pub tenant: String,
    pub contact: u32,
    pub scope: String,
    pub state: String,
    pub method: String,
    pub at: DateTime<Utc>,
    pub source: String,
    pub note: String,
    pub wording: String,
    pub page: String,
    pub address: Option<String>,
    pub agent: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub confirmed_address: Option<String>,
    pub confirmed_agent: Option<String>,
}

impl Row {
    pub fn new(tenant: &str, contact: u32, scope: &str, given: bool, p: &Proof) -> Self {
        Self {
            id: aid("consent", key![tenant.to_owned(), i64::from(contact), scope.to_owned()]),
            tenant: tenant.to_owned(),
            contact,
            scope: scope.to_owned(),
            state: if given { "given" } else { "withdrawn" }.to_owned(),
            method: p.method.as_str().to_owned(),
            at: p.at.unwrap_or_else(Utc::now),
            source: p.source.clone(),
            note: p.note.clone(),
            wording: p.wording.clone(),
            page: p.page.clone(),
            address: p.address.clone(),
            agent: p.agent.clone(),
            confirmed_at: p.confirmed_at,
            confirmed_address: p.confirmed_address.clone(),
            confirmed_agent: p.confirmed_agent.clone(),
        }
    }

    fn proof(self) -> Proof {
        Proof {
            method: Method::ALL.into_iter().find(|m| m.as_str() == self.method).unwrap_or_default(),
            at: Some(self.at),
            source: self.source,
            note: self.note,
            wording: self.wording,
            page: self.page,
            address: self.address,
            agent: self.agent,
            confirmed_at: self.confirmed_at,
            confirmed_address: self.confirmed_address,
            confirmed_agent: self.confirmed_agent,
        }
    }
}

/// Every proof of a contact.
pub(super) async fn of(core: &Core, tenant: &str, contact: u32) -> Result<Vec<Row>> {
    let sql = "SELECT * FROM consent:[$t, $n, '']..=[$t, $n, '~']";
    Ok(q!(core.system, sql, t = tenant.to_owned(), n = i64::from(contact))?.take(0)?)
}

/// Keeps proofs as they are now.
pub(super) async fn keep(core: &Core, rows: Vec<Row>) -> Result<()> {
    q!(core.system, format!("BEGIN; {WRITE} COMMIT;"), consents = rows).map(drop)
}

#[derive(SurrealValue)]
struct Stop {
    reason: String,
    origin: String,
    created_at: DateTime<Utc>,
}

fn from_import(source: &sources::Source) -> Proof {
    Proof { method: Method::Import, at: Some(source.at), source: source.file.clone(), note: source.consent.clone(), ..Proof::default() }
}

impl TenantDb {
    /// Where a contact stands with e-mail as such and with each list, with what shows it.
    ///
    /// # Errors
    /// A fault when there is no such contact.
    pub async fn consents(&self, id: ContactId) -> Result<Vec<Consent>> {
        let contact = self.contact(id).await?;
        let core = self.core();
        let t = self.t();
        let names = self.list_names().await?;
        let mut rows: BTreeMap<String, Row> = of(core, &t, id.0).await?.into_iter().map(|r| (r.scope.clone(), r)).collect();
        let imports = sources::of(core, &t, id.0).await?;
        let pending = opt_in::pending(core, &t, &mark(core, &t, &contact.email)?).await?;
        let stop: Option<Stop> = q!(
            self.db(),
            "SELECT reason, origin, created_at FROM ONLY $id WHERE tenant = $t",
            id = suppression_id(&t, &contact.email),
            t = t.clone()
        )?
        .take(0)?;
        let mut out = Vec::with_capacity(contact.lists.len() + 1);
        let general = rows.remove(EMAIL);
        out.push(match (stop, general, imports.last()) {
            (Some(s), _, _) => {
                let proof = Proof { at: Some(s.created_at), note: reason_label(&s.reason), source: origin_label(s.origin), ..Proof::default() };
                Consent { list: None, name: String::new(), state: ConsentState::Withdrawn, proof }
            }
            (None, Some(row), _) => {
                let state = if row.state == "given" { ConsentState::Given } else { ConsentState::Withdrawn };
                Consent { list: None, name: String::new(), state, proof: row.proof() }
            }
            (None, None, Some(i)) => Consent { list: None, name: String::new(), state: ConsentState::Given, proof: from_import(i) },
            (None, None, None) => Consent { list: None, name: String::new(), state: ConsentState::Unknown, proof: Proof::default() },
        });
        for (list, name) in &names {
            let Ok(list_id) = list.parse::<ListId>() else { continue };
            let member = contact.lists.contains(&list_id);
            let row = rows.remove(list);
            let import = imports.iter().rev().find(|i| i.lists.contains(list));
            let waiting = pending.as_ref().filter(|p| p.lists.contains(list));
            let (state, proof) = match (member, row, import, waiting) {
                (true, Some(row), ..) if row.state == "given" => (ConsentState::Given, row.proof()),
                (true, _, Some(i), _) => (ConsentState::Given, from_import(i)),
                (true, ..) => (ConsentState::Unknown, Proof::default()),
                (false, _, _, Some(p)) => (ConsentState::Pending, p.proof.clone()),
                (false, Some(row), ..) if row.state == "withdrawn" => (ConsentState::Withdrawn, row.proof()),
                (false, ..) => continue,
            };
            out.push(Consent { list: Some(list_id), name: name.clone(), state, proof });
        }
        Ok(out)
    }

    /// Writes down by hand where somebody's consent comes from: for e-mail as such (`None`) and for lists.
    ///
    /// # Errors
    /// A fault on `consent`, unless the role may, or when there is no such contact.
    pub async fn record_consent(&self, id: ContactId, scopes: &[Option<ListId>], reason: &str) -> Result<()> {
        self.may_send()?;
        let reason = lines("consent", reason, 500)?;
        if reason.is_empty() {
            return Err(Fault::field("consent", t!("fault-consent-no-source")).into());
        }
        let contact = self.contact(id).await?;
        let names = self.list_names().await?;
        let t = self.t();
        let proof = self.by_hand(&reason);
        let (mut rows, mut told) = (Vec::new(), Vec::new());
        for scope in scopes {
            match scope {
                None => {
                    rows.push(Row::new(&t, id.0, EMAIL, true, &proof));
                    told.push(IN_GENERAL.to_owned());
                }
                Some(list) if contact.lists.contains(list) => {
                    rows.push(Row::new(&t, id.0, list.as_str(), true, &proof));
                    told.push(names.get(list.as_str()).cloned().unwrap_or_default());
                }
                Some(_) => return Err(Fault::field("lists", t!("fault-consent-not-in-list")).into()),
            }
        }
        keep(self.core(), rows).await?;
        let line = Event::new(EventKind::ConsentRecorded, told.join(", ")).by(&self.me().name).detail(reason);
        q!(self.db(), events::WRITE, events = events::rows(&t, id.0, vec![line]))?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Contacts);
        Ok(())
    }

    /// What a member did, as a proof.
    pub(super) fn by_hand(&self, reason: &str) -> Proof {
        Proof {
            method: Method::Hand,
            at: Some(Utc::now()),
            source: self.me().name.clone(),
            note: reason.to_owned(),
            address: self.caller().address.clone(),
            ..Proof::default()
        }
    }
}
