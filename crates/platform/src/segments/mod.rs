//! Segments: contacts by a rule. Evaluated by an index that the actor keeps ([`index`]), never by looking at contacts.

mod cache;
mod column;
pub(crate) mod eval;
pub(crate) mod index;
pub(crate) mod marks;
mod page;
mod plan;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use nexsent_model::{
    Fault, FaultCode, SegmentId,
    attributes::AttributeKind,
    campaigns::CampaignDraft,
    live::LiveEvent,
    segments::{Condition, Field, Group, MAX_SEGMENTS, SegmentChoices, SegmentCount, SegmentRow, SegmentTrial, SegmentView},
    validate,
};
use nexsent_texts::t;
use roaring::RoaringBitmap;
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Core, Result, TenantDb,
    accounts::audit::Entry,
    contacts::{attributes::Kinds, bits},
    db::{Db, q, rid, text_key},
};

/// Bytes of columns kept in memory, of all workspaces.
const CACHE: usize = 96 * 1024 * 1024;
/// Evaluations at once.
const TURNS: usize = 2;
/// Blocks that are made for somebody who waits; with more to do, they are told to come back.
const AT_ONCE: usize = 64;

/// What this process holds of the index.
pub(crate) struct Shared {
    cache: cache::Cache,
    turns: tokio::sync::Semaphore,
    making: tokio::sync::Mutex<()>,
    importing: Arc<Mutex<BTreeSet<String>>>,
}

/// While it is held, the actor lets a tenant's fresh marks lie: an import fills one block with several batches, and marks it with each.
pub(crate) struct Importing(Arc<Mutex<BTreeSet<String>>>, String);

impl Shared {
    /// Imports run one after the other: a tenant is in the set once.
    pub(crate) fn importing(&self, tenant: &str) -> Importing {
        self.importing.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant.to_owned());
        Importing(Arc::clone(&self.importing), tenant.to_owned())
    }
}

impl Drop for Importing {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            cache: cache::Cache::new(CACHE),
            turns: tokio::sync::Semaphore::new(TURNS),
            making: tokio::sync::Mutex::default(),
            importing: Arc::default(),
        }
    }
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    name: String,
    rule: String,
    version: u64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

const FIELDS: &str = "id, name, rule, version, created_at, updated_at";

impl Row {
    fn view(&self) -> Result<SegmentRow> {
        Ok(SegmentRow { id: text_key(&self.id).parse()?, name: self.name.clone(), created_at: self.created_at, updated_at: self.updated_at })
    }

    fn rule(&self) -> Result<Group> {
        Ok(serde_json::from_str(&self.rule)?)
    }
}

async fn row(db: &Db, tenant: &str, id: &SegmentId) -> Result<Row> {
    let sql = format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t");
    let found: Option<Row> = q!(db, sql, id = rid("segment", id.as_str()), t = tenant.to_owned())?.take(0)?;
    found.ok_or_else(|| Fault::field("segments", t!("fault-segments-gone")).into())
}

/// Everyone in some segments, in the index as it is; evaluated through the given session.
///
/// # Errors
/// A fault on `segments` for one that is gone, or that looks at something that is.
pub(crate) async fn union(core: &Core, db: &Db, tenant: &str, segments: &[SegmentId], wanted: eval::Wanted) -> Result<RoaringBitmap> {
    let mut all = RoaringBitmap::new();
    for id in segments {
        let row = row(db, tenant, id).await?;
        let found = eval::find(core, db, tenant, &row.rule()?, wanted).await;
        all |= found.map_err(|e| match e {
            crate::Error::Fault(f) => Fault::field("segments", t!("fault-segments-needs-a-look", name = &row.name, reason = f.message)).into(),
            other => other,
        })?;
    }
    Ok(all)
}

impl TenantDb {
    async fn segment_rows(&self) -> Result<Vec<Row>> {
        let sql = format!("SELECT {FIELDS} FROM segment WHERE tenant = $t ORDER BY name LIMIT 200");
        Ok(q!(self.db(), sql, t = self.t())?.take(0)?)
    }

    /// Every segment, by name.
    ///
    /// # Errors
    /// A fault unless the role may read them.
    pub async fn segments(&self) -> Result<Vec<SegmentRow>> {
        self.may_read_segments()?;
        self.segment_rows().await?.iter().map(Row::view).collect()
    }

    /// One segment.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn segment(&self, id: &SegmentId) -> Result<SegmentView> {
        self.may_read_segments()?;
        let row = row(self.db(), &self.t(), id).await.map_err(|_| Fault::not_found("segment"))?;
        Ok(SegmentView { row: row.view()?, rule: row.rule()?, version: row.version, used_by: self.campaigns_with(id).await? })
    }

    /// What can be chosen in a rule.
    ///
    /// # Errors
    /// A fault unless the role may read segments.
    pub async fn segment_choices(&self) -> Result<SegmentChoices> {
        self.may_read_segments()?;
        let campaigns = self.campaigns(None, 200).await?.items.into_iter();
        Ok(SegmentChoices {
            attributes: self.attributes().await?.into_iter().filter(|a| !a.removing).collect(),
            lists: self.lists().await?,
            campaigns: campaigns.filter(|c| c.started_at.is_some()).map(|c| (c.id, c.name)).collect(),
        })
    }

    async fn check_segment(&self, name: &str, rule: &Group) -> Result<String> {
        self.may_send()?;
        let name = validate::name("name", name, 80)?;
        let kinds = Kinds::load(self.db(), &self.t()).await?;
        plan::check(self.db(), &self.t(), rule, &kinds).await?;
        Ok(name)
    }

    /// Makes a segment.
    ///
    /// # Errors
    /// A fault on `name`, or at the condition that is wrong.
    pub async fn create_segment(&self, name: &str, rule: &Group) -> Result<SegmentId> {
        let name = self.check_segment(name, rule).await?;
        if self.segment_rows().await?.len() >= MAX_SEGMENTS {
            return Err(Fault::field("name", t!("fault-segments-many", max = MAX_SEGMENTS)).into());
        }
        let id = SegmentId::new();
        let done = q!(
            self.db(),
            "CREATE $id SET tenant = $t, name = $name, rule = $rule, version = 1, updated_at = time::now() RETURN NONE",
            id = rid("segment", id.as_str()),
            t = self.t(),
            name = name.clone(),
            rule = serde_json::to_string(rule)?
        );
        match done {
            Ok(_) => {}
            Err(e) if e.is_duplicate() => return Err(taken(&name)),
            Err(e) => return Err(e),
        }
        self.audit(Entry { after: Some(name), ..Entry::new("segment.create", id.as_str()) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Segments);
        Ok(id)
    }

    /// Saves a segment; returns its version.
    ///
    /// # Errors
    /// `Conflict` when somebody saved another version meanwhile; a fault on `name`, or at the condition that is wrong.
    pub async fn save_segment(&self, id: &SegmentId, version: u64, name: &str, rule: &Group) -> Result<u64> {
        let name = self.check_segment(name, rule).await?;
        let done = q!(
            self.db(),
            "UPDATE $id SET name = $name, rule = $rule, version += 1, updated_at = time::now() WHERE tenant = $t AND version = $version RETURN VALUE version",
            id = rid("segment", id.as_str()),
            t = self.t(),
            version = version,
            name = name.clone(),
            rule = serde_json::to_string(rule)?
        );
        let changed: Vec<u64> = match done {
            Ok(mut r) => r.take(0)?,
            Err(e) if e.is_duplicate() => return Err(taken(&name)),
            Err(e) => return Err(e),
        };
        let Some(version) = changed.first() else {
            row(self.db(), &self.t(), id).await.map_err(|_| Fault::not_found("segment"))?;
            return Err(Fault::new(FaultCode::Conflict, t!("fault-segments-changed-meanwhile")).into());
        };
        self.audit(Entry { after: Some(name), ..Entry::new("segment.change", id.as_str()) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Segments);
        Ok(*version)
    }

    /// Deletes a segment; its contacts stay.
    ///
    /// # Errors
    /// A fault when there is none, or a campaign is about to go to it.
    pub async fn delete_segment(&self, id: &SegmentId) -> Result<()> {
        self.may_send()?;
        let row = row(self.db(), &self.t(), id).await.map_err(|_| Fault::not_found("segment"))?;
        if let Some(first) = self.campaigns_with(id).await?.first() {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-segments-in-use", campaign = first)).into());
        }
        q!(self.db(), "DELETE $id WHERE tenant = $t RETURN NONE", id = rid("segment", id.as_str()), t = self.t())?;
        self.audit(Entry { before: Some(row.name), ..Entry::new("segment.delete", id.as_str()) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Segments);
        Ok(())
    }

    /// Campaigns that will go to a segment by themselves, or are on their way to it.
    async fn campaigns_with(&self, id: &SegmentId) -> Result<Vec<String>> {
        #[derive(SurrealValue)]
        struct Found {
            name: String,
            draft: String,
        }
        let sql = "SELECT name, draft FROM campaign WHERE state IN ['scheduled', 'preparing', 'paused'] AND tenant = $t AND prepared = false";
        let found: Vec<Found> = q!(self.db(), sql, t = self.t())?.take(0)?;
        let with = |f: &Found| serde_json::from_str::<CampaignDraft>(&f.draft).is_ok_and(|d| d.segments.contains(id));
        Ok(found.into_iter().filter(with).map(|f| f.name).collect())
    }

    /// Segments that could not be evaluated if an attribute had another type, or were gone.
    pub(crate) async fn segments_broken_by(&self, attribute: &str, kind: Option<AttributeKind>) -> Result<Vec<String>> {
        let looks = |c: &Condition| matches!(&c.field, Field::Attribute(name) if name == attribute);
        let mut out = Vec::new();
        for row in self.segment_rows().await? {
            let conditions = row.rule()?;
            let mut conditions = conditions.conditions().into_iter().filter(|c| looks(c));
            let broken = conditions.any(|c| kind.is_none_or(|kind| !fits(c, kind)));
            if broken {
                out.push(row.name);
            }
        }
        Ok(out)
    }

    /// The contacts of a segment, by number, with every change in it that was committed before this was called.
    ///
    /// # Errors
    /// A fault when there is no such segment, when it looks at something that is gone, or while too much has changed to wait for.
    pub(crate) async fn segment_bits(&self, id: &SegmentId) -> Result<RoaringBitmap> {
        self.may_read_segments()?;
        self.catch_up_segments().await?;
        union(self.core(), self.db(), &self.t(), std::slice::from_ref(id), eval::Wanted::Everyone).await
    }

    /// Brings what this workspace has changed into the index, when that is little.
    async fn catch_up_segments(&self) -> Result<()> {
        match index::dirty_blocks(self.db(), &self.t()).await? {
            0 => Ok(()),
            n if n <= AT_ONCE => index::catch_up(self.core(), &self.t()).await,
            _ => Err(Fault::new(FaultCode::Unavailable, t!("fault-segments-behind")).into()),
        }
    }

    /// How many contacts a segment has, in the index as it is.
    ///
    /// # Errors
    /// A fault when there is none, or it looks at something that is gone.
    pub async fn count_segment(&self, id: &SegmentId) -> Result<SegmentCount> {
        self.may_read_segments()?;
        let rule = row(self.db(), &self.t(), id).await?.rule()?;
        Ok(self.try_segment(&rule, 0).await?.count)
    }

    /// Tries a rule: how many contacts it finds in the index as it is, and the newest of them.
    ///
    /// # Errors
    /// A fault at the condition that is wrong.
    pub async fn try_segment(&self, rule: &Group, sample: usize) -> Result<SegmentTrial> {
        self.may_read_segments()?;
        let fresh = index::is_fresh(self.db(), &self.t()).await?;
        let found = eval::find(self.core(), self.db(), &self.t(), rule, eval::Wanted::Everyone).await?;
        let newest: Vec<u32> = found.iter().rev().take(sample).collect();
        let of = bits::count(self.db(), &self.t(), bits::ALL).await?;
        Ok(SegmentTrial { count: SegmentCount { contacts: found.len(), of, fresh }, sample: self.contacts_by_number(&newest).await? })
    }
}

/// Whether a condition on an attribute can be asked of it under a type.
fn fits(c: &Condition, kind: AttributeKind) -> bool {
    Group { rules: vec![nexsent_model::segments::Rule::Condition(c.clone())], ..Group::default() }.check(&|_| Some(kind)).is_ok()
}

fn taken(name: &str) -> crate::Error {
    Fault::field("name", t!("fault-segments-taken", name = name)).into()
}
