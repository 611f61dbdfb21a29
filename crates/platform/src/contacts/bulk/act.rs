//! What an action changes in a batch of contacts.

use std::collections::{BTreeMap, HashMap};

use nexsent_model::{
    BulkId,
    bulk::{BulkAction, SkipReason},
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    cannot_go_on,
    effects::{Effects, Patch},
};
use crate::{
    Core, Result,
    contacts::{CONTACT, ContactRow, contact_id, duplicates::merge, edit::MAX_ATTRIBUTES, suppression_id},
    db::{Db, q, rid},
};

/// Contacts by their numbers.
pub(crate) async fn contacts(db: &Db, t: &str, numbers: &[u32]) -> Result<Vec<ContactRow>> {
    let ids: Vec<RecordId> = numbers.iter().map(|n| contact_id(t, *n)).collect();
    Ok(q!(db, format!("SELECT {CONTACT} FROM $ids WHERE tenant = $t"), ids = ids, t = t.to_owned())?.take(0)?)
}

/// Whether a list is still there.
pub(super) async fn has_list(db: &Db, t: &str, list: &str) -> Result<bool> {
    let found: Option<RecordId> =
        q!(db, "SELECT VALUE id FROM ONLY $id WHERE tenant = $t", id = rid("contact_list", list), t = t.to_owned())?.take(0)?;
    Ok(found.is_some())
}

/// Address to reason and origin, of those that are suppressed.
pub(crate) async fn stops<'a>(db: &Db, t: &str, emails: impl Iterator<Item = &'a str>) -> Result<HashMap<String, (String, String)>> {
    #[derive(SurrealValue)]
    struct Stop {
        email: String,
        reason: String,
        origin: String,
    }
    let ids: Vec<RecordId> = emails.map(|e| suppression_id(t, e)).collect();
    let rows: Vec<Stop> = q!(db, "SELECT email, reason, origin FROM $ids", ids = ids)?.take(0)?;
    Ok(rows.into_iter().map(|s| (s.email, (s.reason, s.origin))).collect())
}

/// What the action does to these. Under the tenant's lock.
///
/// # Errors
/// A fault when the action cannot go on.
pub(super) async fn effects(core: &Core, t: &str, id: &BulkId, action: &BulkAction, numbers: &[u32]) -> Result<Effects> {
    let db = &core.system;
    let mut out = Effects::new(t, id);
    out.processed = numbers.len() as u64;
    if let BulkAction::AddToList { list } | BulkAction::RemoveFromList { list } = action
        && !has_list(db, t, list.as_str()).await?
    {
        return Err(cannot_go_on("list").into());
    }
    let rows = contacts(db, t, numbers).await?;
    if let BulkAction::Merge { plan } = action {
        return merge::effects(core, t, id, plan, rows).await;
    }
    out.skip_unknown(SkipReason::Gone, (numbers.len() - rows.len()) as u64);
    let stopped = match action {
        BulkAction::Suppress { .. } => stops(db, t, rows.iter().map(|r| r.email.as_str())).await?,
        _ => HashMap::new(),
    };
    if let BulkAction::SetAttribute { name, .. } = action {
        out.names.push(name.clone());
    }
    for row in rows {
        let (number, email) = (row.number(), row.email.clone());
        let change = match action {
            BulkAction::AddToList { list } if row.lists.iter().any(|l| l == list.as_str()) => Err(SkipReason::InListAlready),
            BulkAction::AddToList { list } => {
                let mut lists = row.lists;
                lists.push(list.to_string());
                out.bits.add(list.as_str(), number);
                out.keep(number, &email, BTreeMap::new());
                Ok(Some(Patch { lists: Some(lists), ..Patch::default() }))
            }
            BulkAction::RemoveFromList { list } if !row.lists.iter().any(|l| l == list.as_str()) => Err(SkipReason::NotInList),
            BulkAction::RemoveFromList { list } => {
                let lists = row.lists.into_iter().filter(|l| l != list.as_str()).collect();
                out.bits.remove(list.as_str(), number);
                out.keep(number, &email, BTreeMap::new());
                Ok(Some(Patch { lists: Some(lists), ..Patch::default() }))
            }
            BulkAction::SetAttribute { name, value } => {
                let mut attributes = row.attributes;
                if attributes.get(name) == Some(value) {
                    Err(SkipReason::SameValue)
                } else if !attributes.contains_key(name) && attributes.len() >= MAX_ATTRIBUTES {
                    Err(SkipReason::TooManyAttributes)
                } else {
                    let before = attributes.insert(name.clone(), value.clone());
                    out.keep(number, &email, before.map(|v| ("value".to_owned(), v)).into_iter().collect());
                    Ok(Some(Patch { attributes: Some(attributes), ..Patch::default() }))
                }
            }
            BulkAction::ClearAttribute { name } => {
                let mut attributes = row.attributes;
                match attributes.remove(name) {
                    None => Err(SkipReason::NoSuchAttribute),
                    Some(value) => {
                        out.keep(number, &email, [("value".to_owned(), value)].into());
                        Ok(Some(Patch { attributes: Some(attributes), ..Patch::default() }))
                    }
                }
            }
            BulkAction::Suppress { reason } => {
                // The address is what is suppressed; the contact shows it.
                if stopped.contains_key(&email) {
                    Err(SkipReason::StoppedAlready)
                } else {
                    out.stop(&email, reason.as_str());
                    out.keep(number, &email, [("status".to_owned(), row.status.into())].into());
                    Ok(Some(Patch { status: Some(reason.status().to_owned()), ..Patch::default() }))
                }
            }
            BulkAction::Delete => {
                out.keep_whole(number, &email, BTreeMap::new());
                out.delete(number, &row.lists);
                Ok(None)
            }
            // Above: it is about all of them together.
            BulkAction::Merge { .. } => Ok(None),
        };
        match change {
            Err(reason) => out.skip(reason, number),
            Ok(patch) => {
                out.changed += 1;
                if let Some(patch) = patch {
                    out.patch(number, patch);
                }
            }
        }
    }
    Ok(out)
}
