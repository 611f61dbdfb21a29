//! Consent: how people come onto lists and leave them, with proof; the forms they sign up by; what a contact's page tells of it.

mod erase;
mod events;
mod fields;
mod forms;
mod join;
mod letters;
mod list_settings;
mod look;
mod notes;
mod opt_in;
mod preferences;
mod proofs;
mod sign_up;
mod sources;
mod timeline;

use std::collections::HashSet;

use aws_lc_rs::{digest, hmac};
use nexsent_mail::token::{LinkKey, Ticket};
use nexsent_model::TenantId;
use surrealdb_types::RecordId;

pub(crate) use events::{Event, WRITE as WRITE_EVENTS, rows as event_rows};
pub use letters::{BuiltLetter, Letter};
pub use look::{Look, RecipientPage};
pub use sign_up::Signed;

use crate::{
    Core, Result,
    contacts::suppression_id,
    db::{Db, q},
    secrets,
};

/// What a suppression's address begins with once its owner's data are erased.
pub(crate) const ERASED: &str = "erased:";

/// Somebody who acts on a public page: what is kept of where they came from.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub address: Option<String>,
    /// The browser, as it calls itself; cut to 300 characters.
    pub agent: Option<String>,
}

/// A keyed hash of an address within a workspace: tells whether it is the same, and nothing else.
pub(crate) fn mark(core: &Core, tenant: &str, email: &str) -> Result<String> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &core.master.derive("marks of addresses")?);
    let tag = hmac::sign(&key, format!("{tenant}|{email}").as_bytes());
    Ok(secrets::encode(&tag.as_ref()[..16]))
}

/// What stands in an erased address's place.
pub(crate) fn erased(core: &Core, tenant: &str, email: &str) -> Result<String> {
    Ok(format!("{ERASED}{}", mark(core, tenant, email)?))
}

/// The erased addresses of a workspace. There are few: a range that holds nothing else.
pub(crate) async fn erased_set(db: &Db, tenant: &str) -> Result<HashSet<String>> {
    let sql = "SELECT VALUE email FROM suppression:[$t, 'erased:']..=[$t, 'erased:g']";
    let found: Vec<String> = q!(db, sql, t = tenant.to_owned())?.take(0)?;
    Ok(found.into_iter().collect())
}

/// Whether the owner of an address had their data erased.
pub(crate) async fn is_erased(core: &Core, db: &Db, tenant: &str, email: &str) -> Result<bool> {
    let id = suppression_id(tenant, &erased(core, tenant, email)?);
    let found: Option<String> = q!(db, "SELECT VALUE email FROM ONLY $id", id = id)?.take(0)?;
    Ok(found.is_some())
}

/// Notes, lines and proofs of contacts that are gone.
pub(crate) async fn forget(core: &Core, tenant: &str, contacts: &[u32]) -> Result<()> {
    q!(
        core.system,
        "FOR $n IN $contacts {
           DELETE contact_event WHERE tenant = $t AND contact = $n RETURN NONE;
           DELETE note WHERE tenant = $t AND contact = $n RETURN NONE;
           DELETE consent:[$t, $n, '']..=[$t, $n, '~'] RETURN NONE;
         }",
        t = tenant.to_owned(),
        contacts = contacts.to_vec(),
    )
    .map(drop)
}

/// The rows under which an address may be suppressed: its own, and the mark of an erased one.
pub(crate) fn suppression_ids(core: &Core, tenant: &str, email: &str) -> Result<Vec<RecordId>> {
    Ok(vec![suppression_id(tenant, email), suppression_id(tenant, &erased(core, tenant, email)?)])
}

/// Eight bytes that change with the address: a link to somebody's preferences ends when their address does.
fn address_bytes(tenant: &TenantId, email: &str) -> [u8; 8] {
    let hash = digest::digest(&digest::SHA256, format!("{tenant}|{email}").as_bytes());
    let mut out = [0; 8];
    out.copy_from_slice(&hash.as_ref()[..8]);
    out
}

/// The token of somebody's preferences.
pub(crate) fn preferences_ticket(links: &LinkKey, tenant: &TenantId, contact: u32, email: &str) -> String {
    let mut body = [0; 28];
    body[..16].copy_from_slice(&tenant.bits().to_be_bytes());
    body[16..20].copy_from_slice(&contact.to_be_bytes());
    body[20..].copy_from_slice(&address_bytes(tenant, email));
    links.ticket(Ticket::Preferences, &body)
}

/// `a…@example.com`: enough for its owner, little for a stranger.
pub(crate) fn mask(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}…@{domain}", local.chars().next().unwrap_or('…')),
        None => "…".to_owned(),
    }
}
