//! The workspace's own settings.

use chrono::{DateTime, Utc};
pub use nexsent_texts::Language;
use serde::{Deserialize, Serialize};

use crate::{DomainId, domains::DomainStatus};

/// The workspace's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceSettings {
    pub name: String,
    /// Put under every bulk message; without it none is sent.
    pub postal_address: String,
    /// An IANA name, such as `Europe/Madrid`.
    pub time_zone: String,
    pub track_opens: bool,
    pub track_clicks: bool,
    pub require_two_factor: bool,
    /// `en` or `es`: what recipients' pages are written in.
    pub language: Language,
    /// What new campaigns start with; empty: what the last one had.
    pub sender: Sender,
    pub keep: Retention,
}

/// Who new campaigns come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub name: String,
    /// Before the @.
    pub local: String,
    /// A verified domain.
    pub domain: Option<DomainId>,
    pub reply_to: String,
}

/// For how many days things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Who received a campaign, and what they did, after it has ended. Its figures stay.
    pub details: u32,
    /// Imports' files and the rows they rejected. The report stays.
    pub imports: u32,
    /// Members' tries to sign in.
    pub sign_ins: u32,
    /// The audit log.
    pub audit: u32,
}

impl Retention {
    /// Field, least, most.
    pub const BOUNDS: [(&'static str, u32, u32); 4] =
        [("keep_details", 90, 3650), ("keep_imports", 1, 365), ("keep_sign_ins", 7, 365), ("keep_audit", 90, 3650)];

    /// In the order of [`Self::BOUNDS`].
    #[must_use]
    pub const fn days(self) -> [u32; 4] {
        [self.details, self.imports, self.sign_ins, self.audit]
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self { details: 730, imports: 30, sign_ins: 90, audit: 730 }
    }
}

/// The host that a workspace's links lead through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackingDomain {
    pub host: String,
    /// What its CNAME must point to.
    pub target: String,
    pub status: DomainStatus,
    /// What DNS answered.
    pub found: Option<String>,
    /// What is wrong, and how to mend it.
    pub problem: Option<String>,
    pub checked_at: Option<DateTime<Utc>>,
}
