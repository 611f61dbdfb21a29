//! Campaigns: writing, reviewing, starting and stopping them, and reading what became of them.

mod control;
mod edit;
mod ledger;
pub(crate) mod preview;
mod report;

use chrono::{DateTime, Utc};
use nexsent_model::{
    CampaignId,
    campaigns::{CampaignDraft, CampaignRow, CampaignState, CampaignStats},
    live::LiveEvent,
};
use surrealdb_types::{RecordId, RecordIdKey, SurrealValue};

use crate::{
    Result,
    db::{Db, aid, key, q, text_key},
};

#[derive(Clone, SurrealValue)]
pub(crate) struct Row {
    pub id: RecordId,
    pub tenant: String,
    pub name: String,
    pub draft: String,
    pub state: String,
    pub prepared: bool,
    pub version: u64,
    pub newest: i64,
    pub held: Option<String>,
    pub created_at: DateTime<Utc>,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

pub(crate) const FIELDS: &str = "id, tenant, name, draft, state, prepared, version, newest, held, created_at, scheduled_at, started_at, finished_at";

pub(crate) fn state(text: &str) -> CampaignState {
    match text {
        "scheduled" => CampaignState::Scheduled,
        "preparing" => CampaignState::Preparing,
        "sending" => CampaignState::Sending,
        "paused" => CampaignState::Paused,
        "finished" => CampaignState::Finished,
        "cancelled" => CampaignState::Cancelled,
        _ => CampaignState::Draft,
    }
}

impl Row {
    pub fn id(&self) -> Result<CampaignId> {
        Ok(text_key(&self.id).parse()?)
    }

    pub fn draft(&self) -> Result<CampaignDraft> {
        Ok(serde_json::from_str(&self.draft)?)
    }

    pub fn row(&self, stats: CampaignStats) -> Result<CampaignRow> {
        Ok(CampaignRow {
            id: self.id()?,
            name: self.name.clone(),
            subject: self.draft()?.subject,
            state: state(&self.state),
            stats,
            created_at: self.created_at,
            scheduled_at: self.scheduled_at,
            started_at: self.started_at,
            finished_at: self.finished_at,
        })
    }
}

#[derive(Clone, SurrealValue)]
pub(crate) struct Figures {
    pub id: RecordId,
    pub queued: u64,
    pub sent: u64,
    pub deferred: u64,
    pub failed: u64,
    pub suppressed: u64,
    pub in_doubt: u64,
    pub opened: u64,
    pub clicked: u64,
    pub unsubscribed: u64,
}

/// `figures:[tenant, campaign, writer]`.
pub(crate) fn figures_id(tenant: &str, campaign: &str, writer: &str) -> RecordId {
    aid("figures", key![tenant.to_owned(), campaign.to_owned(), writer.to_owned()])
}

/// The figures of a campaign, from both writers' rows.
pub(crate) async fn stats(db: &Db, tenant: &str, campaign: &str) -> Result<CampaignStats> {
    Ok(stats_of(db, tenant, &[campaign.to_owned()]).await?.pop().unwrap_or_default())
}

/// The figures of several campaigns, in their order.
pub(crate) async fn stats_of(db: &Db, tenant: &str, campaigns: &[String]) -> Result<Vec<CampaignStats>> {
    let ids: Vec<RecordId> = campaigns.iter().flat_map(|c| ["delivery", "tracking"].map(|w| figures_id(tenant, c, w))).collect();
    let rows: Vec<Figures> = q!(db, "SELECT * OMIT tenant FROM $ids", ids = ids)?.take(0)?;
    let mut out = vec![CampaignStats::default(); campaigns.len()];
    for r in rows {
        let RecordIdKey::Array(parts) = &r.id.key else { continue };
        let of = parts.get(1).and_then(|v| String::from_value(v.clone()).ok()).unwrap_or_default();
        let Some(s) = campaigns.iter().position(|c| *c == of).and_then(|i| out.get_mut(i)) else { continue };
        s.queued += r.queued;
        s.sent += r.sent;
        s.deferred += r.deferred;
        s.failed += r.failed;
        s.suppressed += r.suppressed;
        s.in_doubt += r.in_doubt;
        s.opened += r.opened;
        s.clicked += r.clicked;
        s.unsubscribed += r.unsubscribed;
    }
    Ok(out)
}

/// What tabs are told of a campaign.
pub(crate) async fn event(db: &Db, tenant: &str, id: &CampaignId, state: CampaignState) -> Result<LiveEvent> {
    Ok(LiveEvent::Campaign { id: id.clone(), state, stats: stats(db, tenant, id.as_str()).await? })
}
