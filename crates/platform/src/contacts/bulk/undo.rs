//! What takes an action back, for a batch of contacts: only what is still as the action left it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use nexsent_model::{
    BulkId,
    bulk::{BulkAction, SkipReason, StopReason},
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    act::{contacts, has_list, stops},
    effects::{Effects, Patch},
    undo_id,
};
use crate::{
    Core, Result, consent,
    contacts::{ContactRow, duplicates::merge, edit::MAX_ATTRIBUTES},
    db::{Db, last_number, q, rid},
};

/// What a contact was before the action.
#[derive(Clone, SurrealValue)]
pub(crate) struct Undone {
    id: RecordId,
    pub email: String,
    value: Option<serde_json::Value>,
    pub lists: Option<Vec<String>>,
    pub status: Option<String>,
}

impl Undone {
    pub fn number(&self) -> u32 {
        last_number(&self.id)
    }
}

/// Who has an address now.
#[derive(SurrealValue)]
pub(crate) struct Holder {
    id: RecordId,
    email: String,
    status: String,
}

impl Holder {
    fn number(&self) -> u32 {
        last_number(&self.id)
    }
}

/// The contacts that have some addresses now.
pub(crate) async fn holders(db: &Db, t: &str, emails: Vec<String>) -> Result<HashMap<String, Holder>> {
    let found: Vec<Option<Holder>> = q!(
        db,
        "RETURN $emails.map(|$e| (SELECT id, email, status FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $e LIMIT 1)[0])",
        emails = emails,
        t = t.to_owned()
    )?
    .take(0)?;
    Ok(found.into_iter().flatten().map(|h| (h.email.clone(), h)).collect())
}

/// Those of some lists that are still there.
pub(crate) async fn lists_there<'a>(db: &Db, t: &str, lists: impl Iterator<Item = &'a String>) -> Result<BTreeSet<String>> {
    let wanted: BTreeSet<&String> = lists.collect();
    let ids: Vec<RecordId> = wanted.into_iter().map(|l| rid("contact_list", l)).collect();
    let found: Vec<String> = q!(db, "SELECT VALUE record::id(id) FROM $ids WHERE tenant = $t", ids = ids, t = t.to_owned())?.take(0)?;
    Ok(found.into_iter().collect())
}

/// The status of a contact that comes back: what the suppression list says, and never better than it was.
pub(crate) fn status_of(reason: Option<&str>, before: &str) -> String {
    match reason {
        None => before,
        Some("unsubscribed") => "unsubscribed",
        Some(_) => "suppressed",
    }
    .to_owned()
}

/// What takes the action `of` back, in these. Under the tenant's lock.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn effects(core: &Core, t: &str, of: &BulkId, action: &BulkAction, numbers: &[u32]) -> Result<Effects> {
    let db = &core.system;
    let mut out = Effects::new(t, of);
    let ids: Vec<RecordId> = numbers.iter().map(|n| undo_id(t, of, *n)).collect();
    let kept: Vec<Undone> =
        q!(db, "SELECT id, email, before.value AS value, before.lists AS lists, before.status AS status FROM $ids", ids = ids)?.take(0)?;
    out.processed = kept.len() as u64;
    kept.iter().for_each(|k| out.spend(k.number()));
    if kept.is_empty() {
        return Ok(out);
    }
    match action {
        BulkAction::AddToList { list } | BulkAction::RemoveFromList { list } => {
            let there = has_list(db, t, list.as_str()).await?;
            let now = by_number(db, t, &kept).await?;
            for k in &kept {
                let joined = matches!(action, BulkAction::AddToList { .. });
                match now.get(&k.number()) {
                    _ if !there => out.skip(SkipReason::ListGone, k.number()),
                    None => out.skip(SkipReason::Gone, k.number()),
                    Some(row) if row.lists.iter().any(|l| l == list.as_str()) != joined => out.skip(SkipReason::ChangedSince, k.number()),
                    Some(row) => {
                        let mut lists = row.lists.clone();
                        if joined {
                            lists.retain(|l| l != list.as_str());
                            out.bits.remove(list.as_str(), k.number());
                        } else {
                            lists.push(list.to_string());
                            out.bits.add(list.as_str(), k.number());
                        }
                        out.changed += 1;
                        out.patch(k.number(), Patch { lists: Some(lists), ..Patch::default() });
                    }
                }
            }
        }
        BulkAction::SetAttribute { name, value } => attributes(db, &mut out, &kept, t, name, Some(value)).await?,
        BulkAction::ClearAttribute { name } => attributes(db, &mut out, &kept, t, name, None).await?,
        BulkAction::Suppress { reason } => release(db, &mut out, &kept, t, of, *reason).await?,
        BulkAction::Delete => {
            restore(core, &mut out, t, &kept).await?;
        }
        BulkAction::Merge { plan } => merge::unmerge(core, &mut out, t, of, &kept, plan.survivor.0).await?,
    }
    Ok(out)
}

async fn by_number(db: &Db, t: &str, kept: &[Undone]) -> Result<HashMap<u32, ContactRow>> {
    let numbers: Vec<u32> = kept.iter().map(Undone::number).collect();
    Ok(contacts(db, t, &numbers).await?.into_iter().map(|c| (c.number(), c)).collect())
}

/// `left` is what the action has left: a value, or none.
async fn attributes(db: &Db, out: &mut Effects, kept: &[Undone], t: &str, name: &str, left: Option<&serde_json::Value>) -> Result<()> {
    let now = by_number(db, t, kept).await?;
    for k in kept {
        match now.get(&k.number()) {
            None => out.skip(SkipReason::Gone, k.number()),
            Some(row) if row.attributes.get(name) != left => out.skip(SkipReason::ChangedSince, k.number()),
            Some(row) if left.is_none() && row.attributes.len() >= MAX_ATTRIBUTES => out.skip(SkipReason::TooManyAttributes, k.number()),
            Some(row) => {
                let mut attributes = row.attributes.clone();
                match &k.value {
                    Some(value) => drop(attributes.insert(name.to_owned(), value.clone())),
                    None => drop(attributes.remove(name)),
                }
                // Known again, should it have been deleted since.
                if k.value.is_some() && out.names.is_empty() {
                    out.names.push(name.to_owned());
                }
                out.changed += 1;
                out.patch(k.number(), Patch { attributes: Some(attributes), ..Patch::default() });
            }
        }
    }
    Ok(())
}

/// Takes suppressions back that are still the action's own. Whoever has unsubscribed since has made the entry theirs.
async fn release(db: &Db, out: &mut Effects, kept: &[Undone], t: &str, of: &BulkId, reason: StopReason) -> Result<()> {
    let stopped = stops(db, t, kept.iter().map(|k| k.email.as_str())).await?;
    let holders = holders(db, t, kept.iter().map(|k| k.email.clone()).collect()).await?;
    for k in kept {
        match stopped.get(&k.email) {
            None => out.skip(SkipReason::ChangedSince, k.number()),
            Some((_, origin)) if origin != of.as_str() => out.skip(SkipReason::StoppedSince, k.number()),
            Some(_) => {
                out.changed += 1;
                out.release(&k.email);
                // Whoever has the address now: the contact may have been deleted and added anew.
                if let Some(h) = holders.get(&k.email)
                    && h.status == reason.status()
                {
                    let status = k.status.clone().unwrap_or_else(|| "active".to_owned());
                    out.patch(h.number(), Patch { status: Some(status), ..Patch::default() });
                }
            }
        }
    }
    Ok(())
}

/// Brings deleted contacts back under their numbers; gives those that came back.
pub(crate) async fn restore(core: &Core, out: &mut Effects, t: &str, kept: &[Undone]) -> Result<BTreeSet<u32>> {
    let db = &core.system;
    let now = by_number(db, t, kept).await?;
    let taken = holders(db, t, kept.iter().map(|k| k.email.clone()).collect()).await?;
    let stopped = stops(db, t, kept.iter().map(|k| k.email.as_str())).await?;
    let there = lists_there(db, t, kept.iter().flat_map(|k| k.lists.iter().flatten())).await?;
    let marks = kept.iter().map(|k| consent::erased(core, t, &k.email)).collect::<Result<Vec<_>>>()?;
    let erased = stops(db, t, marks.iter().map(String::as_str)).await?;
    let mut back = BTreeSet::new();
    for (k, mark) in kept.iter().zip(&marks) {
        if erased.contains_key(mark) {
            out.skip(SkipReason::Erased, k.number());
        } else if now.contains_key(&k.number()) {
            out.skip(SkipReason::ChangedSince, k.number());
        } else if let Some(holder) = taken.get(&k.email) {
            out.skip(SkipReason::AddressTaken, holder.number());
        } else {
            let lists = k.lists.iter().flatten().filter(|l| there.contains(*l)).cloned().collect();
            let status = status_of(stopped.get(&k.email).map(|(r, _)| r.as_str()), k.status.as_deref().unwrap_or("active"));
            out.changed += 1;
            out.restore(k.number(), lists, status);
            back.insert(k.number());
        }
    }
    Ok(back)
}

/// A map for [`Effects::keep_whole`].
pub(crate) fn object<const N: usize>(fields: [(&str, serde_json::Value); N]) -> BTreeMap<String, serde_json::Value> {
    fields.map(|(k, v)| (k.to_owned(), v)).into()
}
