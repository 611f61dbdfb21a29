//! What the one WebSocket of a tab carries.

use serde::{Deserialize, Serialize};

use crate::{
    BulkId, CampaignId, DomainId, ImportId,
    bulk::BulkState,
    campaigns::{CampaignState, CampaignStats},
    contacts::ImportState,
    domains::DomainStatus,
};

/// Something changed in the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum LiveEvent {
    Campaign {
        id: CampaignId,
        state: CampaignState,
        stats: CampaignStats,
    },
    Import {
        id: ImportId,
        state: ImportState,
        bytes: u64,
        bytes_done: u64,
        rows: u64,
        created: u64,
        updated: u64,
        rejected: u64,
    },
    /// An action over many contacts.
    Bulk {
        id: BulkId,
        state: BulkState,
        total: u64,
        processed: u64,
        changed: u64,
    },
    /// The search for duplicates.
    Duplicates {
        state: BulkState,
        total: u64,
        looked: u64,
        groups: u64,
    },
    Domain {
        id: DomainId,
        status: DomainStatus,
    },
    /// A test message was taken, or not.
    TestSend {
        campaign: CampaignId,
        email: String,
        accepted: bool,
        /// The server's reply, or why there is none.
        reply: String,
    },
    /// Contacts were added, changed or removed.
    Contacts,
    /// The index that segments are counted by has caught up with what changed.
    Segments,
    /// Members, roles, teams, invitations or settings changed.
    Team,
    /// The tracking domain was checked.
    Tracking,
}

/// From the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "frame")]
pub enum ServerFrame {
    /// First frame. `reset`: what happened since `resume` is no longer known; fetch afresh.
    Hello {
        epoch: String,
        seq: u64,
        reset: bool,
    },
    Event {
        seq: u64,
        event: LiveEvent,
    },
    /// The member was removed or signed out: do not reconnect.
    Bye,
}

/// From the browser, as the query of the socket's URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    /// The server's run that `seq` belongs to.
    pub epoch: Option<String>,
    /// The last event seen.
    pub seq: Option<u64>,
}
