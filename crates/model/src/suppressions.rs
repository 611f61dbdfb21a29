//! Addresses that are never mailed.

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::Cursor;

/// Why an address is not mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressionReason {
    Unsubscribed,
    BadAddress,
    Complaint,
    Manual,
}

impl SuppressionReason {
    pub const ALL: [Self; 4] = [Self::Unsubscribed, Self::BadAddress, Self::Complaint, Self::Manual];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::BadAddress => "bad_address",
            Self::Complaint => "complaint",
            Self::Manual => "manual",
        }
    }

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Unsubscribed => t!("people-reason-unsubscribed"),
            Self::BadAddress => t!("people-reason-bad-address"),
            Self::Complaint => t!("people-reason-complaint"),
            Self::Manual => t!("people-reason-manual"),
        }
    }
}

impl std::str::FromStr for SuppressionReason {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|r| r.as_str() == s).ok_or(())
    }
}

/// An address that is never mailed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    pub email: String,
    pub reason: SuppressionReason,
    /// Where it came from: a campaign, an action, a member.
    pub origin: String,
    pub created_at: DateTime<Utc>,
}

/// What to show of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionQuery {
    /// Start of an address, or a whole one. Empty: all, newest first.
    pub search: String,
    pub reason: Option<SuppressionReason>,
    pub after: Option<Cursor>,
    /// 1–200; 50 when 0.
    pub limit: u32,
}
