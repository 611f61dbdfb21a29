//! Somebody joins lists by their own wish: contact, bitmaps, proof and timeline in one transaction.

use std::collections::BTreeMap;

use chrono::Utc;
use nexsent_model::{
    TenantId,
    consent::{EventKind, Proof},
    live::LiveEvent,
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{Event, events, forms, proofs, suppression_ids};
use crate::{
    Core, Result,
    contacts::{
        CONTACT, ContactRow,
        attributes::Kinds,
        bits, contact_id,
        edit::{Counter, counter_id, lock},
        suppression_id,
    },
    db::{Db, q, retrying},
    segments::marks::{self, Marks},
};

/// What somebody typed of themselves, checked.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Values {
    pub first_name: String,
    pub last_name: String,
    pub attributes: BTreeMap<String, serde_json::Value>,
}

/// Somebody who joins.
pub(super) struct Joining {
    pub tenant: TenantId,
    pub email: String,
    pub values: Values,
    /// Lists that are there.
    pub lists: Vec<String>,
    /// Whether the address's owner has shown that it is theirs: what they typed replaces what was known, and an unsubscription or an
    /// erasure ends.
    pub confirmed: bool,
    pub proof: Proof,
    pub event: Event,
    /// The sign-up that this confirms, with its key and form: it is confirmed once.
    pub opt_in: Option<(RecordId, String, String)>,
}

#[derive(SurrealValue)]
struct Stop {
    id: RecordId,
    reason: String,
}

/// Whether somebody may come back by their own wish: not after a complaint, and not against the workspace's own decision. (The mark of
/// an erased address keeps the reason it had; without one, it is liftable.)
pub(super) fn is_liftable(reason: &str, erased: bool) -> bool {
    matches!(reason, "unsubscribed" | "bad_address") || (erased && reason == "manual")
}

/// What keeps mail from an address, and whether its owner can end it.
pub(super) async fn stopped(core: &Core, tenant: &str, email: &str) -> Result<Vec<(RecordId, String, bool)>> {
    let own = suppression_id(tenant, email);
    let rows: Vec<Stop> = q!(core.system, "SELECT id, reason FROM $ids", ids = suppression_ids(core, tenant, email)?)?.take(0)?;
    Ok(rows
        .into_iter()
        .map(|s| {
            let liftable = is_liftable(&s.reason, s.id != own);
            (s.id, s.reason, liftable)
        })
        .collect())
}

pub(super) async fn by_email(db: &Db, tenant: &str, email: &str) -> Result<Option<ContactRow>> {
    let sql = format!("SELECT {CONTACT} FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email LIMIT 1");
    Ok(q!(db, sql, t = tenant.to_owned(), email = email.to_owned())?.take(0)?)
}

/// Joins. Returns the contact's number; `None` when the address must not come back this way.
pub(super) async fn join(core: &Core, j: &Joining) -> Result<Option<u32>> {
    let _held = lock(core, &j.tenant).await;
    let number = retrying(|| once(core, j)).await?;
    core.events.publish(&j.tenant, LiveEvent::Contacts);
    Ok(number)
}

async fn once(core: &Core, j: &Joining) -> Result<Option<u32>> {
    let db = &core.system;
    let t = j.tenant.to_string();
    let stops = stopped(core, &t, &j.email).await?;
    if stops.iter().any(|(_, _, liftable)| !(*liftable && j.confirmed)) {
        return Ok(None);
    }
    let lifted: Vec<RecordId> = stops.into_iter().map(|(id, ..)| id).collect();
    let found = by_email(db, &t, &j.email).await?;
    let counter: Option<Counter> = q!(db, "SELECT next, attributes FROM ONLY $id", id = counter_id(&t))?.take(0)?;
    let next = counter.map_or(1, |c| c.next);
    let number = found.as_ref().map_or(next, ContactRow::number);
    let old = found.as_ref();
    let keep = |was: &str, new: &str| if new.is_empty() || (!was.is_empty() && !j.confirmed) { was.to_owned() } else { new.to_owned() };
    let first = keep(old.map_or("", |o| &o.first_name), &j.values.first_name);
    let last = keep(old.map_or("", |o| &o.last_name), &j.values.last_name);
    let mut attributes = old.map(|o| o.attributes.clone()).unwrap_or_default();
    // What is being deleted is not brought back.
    let kinds = Kinds::load(db, &t).await?;
    let given = || j.values.attributes.iter().filter(|(name, _)| !kinds.is_removing(name));
    for (name, value) in given() {
        if j.confirmed || !attributes.contains_key(name) {
            attributes.insert(name.clone(), value.clone());
        }
    }
    let mut lists = old.map(|o| o.lists.clone()).unwrap_or_default();
    let mut change = bits::Change::default();
    change.add(bits::ALL, number);
    for list in &j.lists {
        change.add(list, number);
        if !lists.contains(list) {
            lists.push(list.clone());
        }
    }
    let names: Vec<String> = given().map(|(name, _)| name.clone()).collect();
    let mut lines = vec![j.event.clone()];
    if !lifted.is_empty() {
        lines.push(Event::new(EventKind::Returned, "").from(j.event.address.as_deref()));
    }
    let scopes = j.lists.iter().map(String::as_str).chain([proofs::EMAIL]);
    let consents: Vec<proofs::Row> = scopes.map(|s| proofs::Row::new(&t, number, s, true, &j.proof)).collect();
    // What was typed is with the contact from now on; what stays of the sign-up is that it was confirmed.
    let claim = match &j.opt_in {
        Some(_) => {
            "LET $claimed = (UPDATE $opt_in SET confirmed_at = $now, email = '', typed = '{}', proof = '{}' WHERE code = $code AND confirmed_at = NONE RETURN VALUE code);
             IF array::len($claimed) = 0 { THROW 'confirmed already' };
             UPSERT $figures SET tenant = $t, confirmed = (confirmed ?? 0) + 1 RETURN NONE;"
        }
        None => "",
    };
    let (opt_in, opt_code, form) = match &j.opt_in {
        Some((id, key, form)) => (Some(id.clone()), key.clone(), form.clone()),
        None => (None, String::new(), String::new()),
    };
    q!(
        db,
        format!(
            "BEGIN;
             {claim}
             DELETE $lifted RETURN NONE;
             UPSERT $id SET tenant = $t, email = $email, first_name = $first, last_name = $last, attributes = $attributes, lists = $lists,
               status = 'active', created_at = created_at ?? $now, updated_at = $now RETURN NONE;
             UPSERT $counter SET tenant = $t, next = math::max([next ?? 1, $number + 1]), attributes = array::union(attributes ?? [], $names) RETURN NONE;
             {}
             {}
             {}
             {}
             COMMIT;",
            bits::WRITE,
            marks::WRITE,
            events::WRITE,
            proofs::WRITE
        ),
        dirty = Marks::contacts([number]).rows(&t),
        opt_in = opt_in,
        code = opt_code,
        figures = forms::figures_id(&t, &form),
        lifted = lifted,
        id = contact_id(&t, number),
        t = t.clone(),
        email = j.email.clone(),
        first = first,
        last = last,
        attributes = attributes,
        lists = lists,
        now = Utc::now(),
        counter = counter_id(&t),
        number = i64::from(number),
        names = names,
        bits = change.rows(db, &t).await?,
        events = events::rows(&t, number, lines),
        consents = consents,
    )?;
    Ok(Some(number))
}
