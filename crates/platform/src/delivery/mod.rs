//! The ledger and its queue.
//!
//! A campaign's audience is written into the ledger in chunks ([`expand`]); the actor leases chunks ([`lease`]), sends, and records what
//! happened ([`record`]). The wire [`journal`] knows what the ledger does not know yet: it is what makes a kill harmless.

mod context;
mod expand;
pub mod journal;
mod lease;
mod record;
mod tests_send;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use nexsent_model::{CampaignId, TenantId, campaigns::LedgerState};
use serde::{Deserialize, Serialize};
use surrealdb_types::RecordId;

pub use context::{Built, CampaignContext};
pub use lease::LeasedChunk;
pub use tests_send::TestSend;

use crate::db::{aid, key};

/// Recipients a chunk: large enough for batches, small enough to read one for a page.
pub(crate) const CHUNK: usize = 500;

/// `ledger:[tenant, campaign, contact]`.
pub(crate) fn ledger_id(tenant: &str, campaign: &str, number: u32) -> RecordId {
    aid("ledger", key![tenant.to_owned(), campaign.to_owned(), i64::from(number)])
}

/// `chunk:[tenant, campaign, k]`.
pub(crate) fn chunk_id(tenant: &str, campaign: &str, chunk: u32) -> RecordId {
    aid("chunk", key![tenant.to_owned(), campaign.to_owned(), i64::from(chunk)])
}

/// `retry:[tenant, campaign, contact]`.
pub(crate) fn retry_id(tenant: &str, campaign: &str, number: u32) -> RecordId {
    aid("retry", key![tenant.to_owned(), campaign.to_owned(), i64::from(number)])
}

/// One message to be tried.
#[derive(Clone)]
pub struct Job {
    pub campaign: Arc<CampaignContext>,
    pub chunk: u32,
    pub number: u32,
    /// 1 for the first try.
    pub attempt: u32,
    pub email: String,
    pub queued_at: DateTime<Utc>,
    pub(crate) contact: crate::contacts::ContactRow,
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Sent,
    Deferred {
        next_try_at: DateTime<Utc>,
    },
    /// `suppress`: the refusal blames the address itself.
    Failed {
        suppress: bool,
    },
    Suppressed,
    InDoubt,
}

impl Fate {
    pub(crate) const fn state(&self) -> LedgerState {
        match self {
            Self::Sent => LedgerState::Sent,
            Self::Deferred { .. } => LedgerState::Deferred,
            Self::Failed { .. } => LedgerState::Failed,
            Self::Suppressed => LedgerState::Suppressed,
            Self::InDoubt => LedgerState::InDoubt,
        }
    }
}

/// The outcome of one try, as the journal and the ledger keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryResult {
    pub tenant: TenantId,
    pub campaign: CampaignId,
    pub chunk: u32,
    pub number: u32,
    pub attempt: u32,
    pub email: String,
    pub fate: Fate,
    /// The remote's reply, or why there is none.
    pub reply: String,
    pub host: Option<String>,
    pub tls: Option<String>,
    pub at: DateTime<Utc>,
}
