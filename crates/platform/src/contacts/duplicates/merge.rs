//! Several contacts become one, and several again.

use std::collections::{BTreeMap, BTreeSet};

use nexsent_model::{BulkId, bulk::SkipReason, duplicates::MergePlan};
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Core, Result,
    contacts::{
        ContactRow,
        bulk::{
            Effects, act, cannot_go_on,
            effects::{Patch, merge_id},
            undo::{self, Undone},
            undo_id,
        },
        edit::MAX_ATTRIBUTES,
    },
    db::{Db, q},
};

type Attributes = BTreeMap<String, serde_json::Value>;

/// The reason for which a survivor is not mailed: the strongest of the others'. A bad address is not the survivor's, but a decision to
/// mail somebody again is never made by merging.
fn strongest<'a>(reasons: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    reasons
        .map(|r| match r {
            "complaint" => "complaint",
            "unsubscribed" => "unsubscribed",
            _ => "manual",
        })
        .max_by_key(|r| match *r {
            "complaint" => 2,
            "unsubscribed" => 1,
            _ => 0,
        })
}

/// The merged attributes: the survivor's, then what others have, then what was chosen.
fn united(survivor: &ContactRow, others: &[ContactRow], plan: &MergePlan) -> Attributes {
    let mut out = survivor.attributes.clone();
    for o in others {
        for (name, value) in &o.attributes {
            out.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    for (name, whose) in &plan.attributes {
        if let Some(value) = others.iter().find(|o| o.number() == whose.0).and_then(|o| o.attributes.get(name)) {
            out.insert(name.clone(), value.clone());
        }
    }
    out
}

/// What merging changes. Under the tenant's lock.
///
/// # Errors
/// A fault when it is not possible any more.
pub(crate) async fn effects(core: &Core, t: &str, id: &BulkId, plan: &MergePlan, rows: Vec<ContactRow>) -> Result<Effects> {
    let db = &core.system;
    let mut out = Effects::new(t, id);
    out.processed = plan.others.len() as u64 + 1;
    out.skip_unknown(SkipReason::Gone, (plan.others.len() + 1).saturating_sub(rows.len()) as u64);
    let (survivor, others): (Vec<ContactRow>, Vec<ContactRow>) = rows.into_iter().partition(|r| r.number() == plan.survivor.0);
    let survivor = survivor.into_iter().next().ok_or_else(|| cannot_go_on("survivor"))?;
    if others.is_empty() {
        return Err(cannot_go_on("others").into());
    }
    let number = survivor.number();
    let attributes = united(&survivor, &others, plan);
    if attributes.len() > MAX_ATTRIBUTES {
        return Err(cannot_go_on("attributes").into());
    }
    // An empty name wins over nothing.
    let name = |whose: u32, field: fn(&ContactRow) -> &String| {
        let chosen = others.iter().find(|o| o.number() == whose).map(field).filter(|s| !s.is_empty());
        let own = Some(field(&survivor)).filter(|s| !s.is_empty());
        chosen.or(own).or_else(|| others.iter().map(field).find(|s| !s.is_empty())).cloned().unwrap_or_default()
    };
    let first_name = name(plan.first_name.0, |r| &r.first_name);
    let last_name = name(plan.last_name.0, |r| &r.last_name);
    let there = undo::lists_there(db, t, others.iter().chain([&survivor]).flat_map(|r| r.lists.iter())).await?;
    let mut lists = survivor.lists.clone();
    for list in others.iter().flat_map(|o| o.lists.iter()).filter(|l| there.contains(*l)) {
        if !lists.contains(list) {
            lists.push(list.clone());
            out.bits.add(list, number);
        }
    }
    // Nobody is mailed again because of this.
    let stops = act::stops(db, t, others.iter().chain([&survivor]).map(|r| r.email.as_str())).await?;
    let mut status = survivor.status.clone();
    if !stops.contains_key(&survivor.email) {
        let reasons = others.iter().filter_map(|o| match stops.get(&o.email) {
            Some((reason, _)) => Some(reason.as_str()),
            None => (o.status == "unsubscribed" || o.status == "suppressed").then_some(o.status.as_str()),
        });
        if let Some(reason) = strongest(reasons) {
            out.stop(&survivor.email, reason);
            status = undo::status_of(Some(reason), &status);
        }
    }
    let after = undo::object([
        ("first_name", first_name.clone().into()),
        ("last_name", last_name.clone().into()),
        ("attributes", serde_json::to_value(&attributes)?),
        ("lists", lists.clone().into()),
        ("status", status.clone().into()),
    ]);
    out.keep_whole(number, &survivor.email, after);
    out.patch(
        number,
        Patch { first_name: Some(first_name), last_name: Some(last_name), attributes: Some(attributes), lists: Some(lists), status: Some(status) },
    );
    for o in &others {
        out.keep_whole(o.number(), &o.email, BTreeMap::new());
        out.delete(o.number(), &o.lists);
        out.point(o.number(), number);
        out.changed += 1;
    }
    Ok(out)
}

/// A survivor as it was, and as merging has left it.
#[derive(SurrealValue)]
struct Survivor {
    first_name: String,
    last_name: String,
    attributes: Attributes,
    lists: Vec<String>,
    status: String,
    left_first_name: String,
    left_last_name: String,
    left_attributes: Attributes,
    left_lists: Vec<String>,
    left_status: String,
}

/// What takes a merge back: those that went come back, and the survivor gets back what is still as merging left it. When not all of them
/// can come back, the survivor keeps what it has got from them.
pub(crate) async fn unmerge(core: &Core, out: &mut Effects, t: &str, of: &BulkId, kept: &[Undone], survivor: u32) -> Result<()> {
    let db = &core.system;
    let (survivors, others): (Vec<&Undone>, Vec<&Undone>) = kept.iter().partition(|k| k.number() == survivor);
    let others: Vec<Undone> = others.into_iter().cloned().collect();
    let back = undo::restore(core, out, t, &others).await?;
    back.iter().for_each(|n| out.unpoint(*n));
    let Some(kept) = survivors.first() else { return Ok(()) };
    if back.len() < others.len() {
        out.skip(SkipReason::ChangedSince, survivor);
        return Ok(());
    }
    let was: Option<Survivor> = q!(
        db,
        "SELECT before.first_name AS first_name, before.last_name AS last_name, before.attributes AS attributes, before.lists AS lists, before.status AS status,
           after.first_name AS left_first_name, after.last_name AS left_last_name, after.attributes AS left_attributes, after.lists AS left_lists,
           after.status AS left_status FROM ONLY $id",
        id = undo_id(t, of, survivor)
    )?
    .take(0)?;
    let now = act::contacts(db, t, &[survivor]).await?.pop();
    let (Some(was), Some(now)) = (was, now) else {
        out.skip(SkipReason::Gone, survivor);
        return Ok(());
    };
    let mut attributes = now.attributes.clone();
    let names: BTreeSet<&String> = was.attributes.keys().chain(was.left_attributes.keys()).collect();
    for name in names {
        if now.attributes.get(name) == was.left_attributes.get(name) {
            match was.attributes.get(name) {
                Some(value) => drop(attributes.insert(name.clone(), value.clone())),
                None => drop(attributes.remove(name)),
            }
        }
    }
    let mut lists = now.lists.clone();
    for list in was.left_lists.iter().filter(|l| !was.lists.contains(l)) {
        if lists.contains(list) {
            lists.retain(|l| l != list);
            out.bits.remove(list, survivor);
        }
    }
    let mut status = None;
    if was.status != was.left_status {
        let stops = act::stops(db, t, [kept.email.as_str()].into_iter()).await?;
        match stops.get(&kept.email) {
            Some((_, origin)) if origin == of.as_str() => {
                out.release(&kept.email);
                status = (now.status == was.left_status).then(|| was.status.clone());
            }
            _ => out.skip(SkipReason::StoppedSince, survivor),
        }
    }
    out.changed += 1;
    out.patch(
        survivor,
        Patch {
            first_name: (now.first_name == was.left_first_name).then_some(was.first_name),
            last_name: (now.last_name == was.left_last_name).then_some(was.last_name),
            attributes: Some(attributes),
            lists: Some(lists),
            status,
        },
    );
    Ok(())
}

/// Who a contact that was merged away is now: the end of the way, when there is one.
pub(crate) async fn survivor_of(db: &Db, t: &str, number: u32) -> Result<Option<u32>> {
    let mut at = number;
    // A survivor may have been merged away itself.
    for _ in 0..10 {
        let id: RecordId = merge_id(t, at);
        let into: Option<u32> = q!(db, "SELECT VALUE into FROM ONLY $id", id = id)?.take(0)?;
        match into {
            Some(into) => at = into,
            None => break,
        }
    }
    Ok((at != number).then_some(at))
}
