//! Campaigns, their ledger and their figures.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{CampaignId, ContactId, Cursor, DomainId, ListId, SegmentId};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    #[default]
    Draft,
    /// Starts by itself at `scheduled_at`.
    Scheduled,
    /// The audience is being written into the ledger.
    Preparing,
    Sending,
    Paused,
    Finished,
    Cancelled,
}

impl CampaignState {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Preparing => "preparing",
            Self::Sending => "sending",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Preparing | Self::Sending)
    }
}

/// What a person writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignDraft {
    pub name: String,
    pub from_name: String,
    /// The part before the @ of the sender.
    pub from_local: String,
    /// The verified domain it is sent from.
    pub domain: Option<DomainId>,
    pub reply_to: String,
    pub subject: String,
    pub preheader: String,
    pub html: String,
    /// `None`: made from the HTML.
    pub text: Option<String>,
    pub lists: Vec<ListId>,
    /// Evaluated when the campaign starts; whoever is in a list or a segment gets it once.
    #[serde(default)]
    pub segments: Vec<SegmentId>,
    pub track_opens: bool,
    pub track_clicks: bool,
}

/// A campaign in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignRow {
    pub id: CampaignId,
    pub name: String,
    pub subject: String,
    pub state: CampaignState,
    pub stats: CampaignStats,
    pub created_at: DateTime<Utc>,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// A whole campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignView {
    pub row: CampaignRow,
    pub draft: CampaignDraft,
    /// `news@example.com`, where the domain is still there.
    pub from_email: Option<String>,
    /// Grows with every saved change: an editor that holds an older one is told so.
    pub version: u64,
    /// Why it stopped by itself, while it is paused for that.
    pub held: Option<String>,
}

/// Recipients by what became of them. Every recipient is in exactly one of the first six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignStats {
    pub queued: u64,
    /// Accepted by the recipient's server. Not "delivered": until bounces are read nobody knows that.
    pub sent: u64,
    pub deferred: u64,
    pub failed: u64,
    pub suppressed: u64,
    /// The connection broke after the final dot: the server may have it or not.
    pub in_doubt: u64,
    /// Recipients who opened at least once.
    pub opened: u64,
    /// Recipients who clicked at least once.
    pub clicked: u64,
    pub unsubscribed: u64,
}

impl CampaignStats {
    #[must_use]
    pub const fn recipients(&self) -> u64 {
        self.queued + self.sent + self.deferred + self.failed + self.suppressed + self.in_doubt
    }

    /// Recipients about whom nothing more is going to happen.
    #[must_use]
    pub const fn settled(&self) -> u64 {
        self.sent + self.failed + self.suppressed + self.in_doubt
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerState {
    Queued,
    Sent,
    /// Refused for now; tried again at `next_try_at`.
    Deferred,
    Failed,
    Suppressed,
    InDoubt,
}

impl LedgerState {
    pub const ALL: [Self; 6] = [Self::Queued, Self::Sent, Self::Deferred, Self::Failed, Self::Suppressed, Self::InDoubt];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Deferred => "deferred",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
            Self::InDoubt => "in_doubt",
        }
    }
}

impl std::str::FromStr for LedgerState {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|r| r.as_str() == s).ok_or(())
    }
}

/// What happened to one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    pub contact: ContactId,
    pub email: String,
    pub state: LedgerState,
    pub attempts: u32,
    /// The remote server's last reply, or why nothing was sent.
    pub reply: Option<String>,
    /// The remote host that replied.
    pub host: Option<String>,
    /// `TLSv1.3`, or `None` for plain text.
    pub tls: Option<String>,
    pub queued_at: DateTime<Utc>,
    /// When the last attempt ended.
    pub tried_at: Option<DateTime<Utc>>,
    pub next_try_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub clicked_at: Option<DateTime<Utc>>,
    pub unsubscribed_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerQuery {
    /// A whole address. Empty: all.
    pub search: String,
    pub state: Option<LedgerState>,
    pub after: Option<Cursor>,
    /// 1–200; 50 when 0.
    pub limit: u32,
}

/// What keeps a campaign from being sent, and where to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocker {
    /// The field of [`CampaignDraft`] it is about.
    pub field: String,
    pub message: String,
    /// Line in the template, from 1.
    pub line: Option<u32>,
}

/// What the review page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Non-empty: it cannot be sent.
    pub blockers: Vec<Blocker>,
    /// Worth a look, but no reason to stop.
    pub warnings: Vec<Blocker>,
    /// Contacts in the lists and segments, before the suppressed are left out.
    pub audience: u64,
    /// The message in bytes, rendered for the first recipient.
    pub size: u64,
}

/// A rendered preview.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub subject: String,
    pub html: String,
    pub text: String,
    pub problems: Vec<Blocker>,
}

/// One bucket of the chart over time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// Start of the bucket.
    pub at: DateTime<Utc>,
    pub sent: u64,
    pub failed: u64,
    pub opened: u64,
    pub clicked: u64,
    pub unsubscribed: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkStat {
    pub index: u32,
    pub url: String,
    pub clicks: u64,
}

/// Everything the campaign's report draws.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignReport {
    pub stats: CampaignStats,
    pub series: Vec<SeriesPoint>,
    pub links: Vec<LinkStat>,
}

/// What the dashboard shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub contacts: u64,
    pub verified_domains: u64,
    /// Whether the postal address is set that stands under every bulk message.
    pub postal_address: bool,
    /// Sums over the last 30 days.
    pub stats: CampaignStats,
    /// One point a day, 30 of them.
    pub series: Vec<SeriesPoint>,
    /// The newest five.
    pub campaigns: Vec<CampaignRow>,
}
