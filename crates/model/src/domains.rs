//! Sending domains and the DNS records that vouch for them.

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::DomainId;

/// Whether mail may leave a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DomainStatus {
    /// Never passed yet: nothing is sent.
    Pending,
    /// Every record passed at the last check.
    Verified,
    /// Passed once, fails now: nothing is sent until it is mended.
    Drifted,
}

/// What a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordPurpose {
    Ownership,
    Dkim,
    Spf,
    Dmarc,
    ReturnPath,
}

impl RecordPurpose {
    pub const ALL: [Self; 5] = [Self::Ownership, Self::Dkim, Self::Spf, Self::Dmarc, Self::ReturnPath];

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Ownership => t!("domains-purpose-ownership"),
            Self::Dkim => "DKIM".to_owned(),
            Self::Spf => "SPF".to_owned(),
            Self::Dmarc => "DMARC".to_owned(),
            Self::ReturnPath => t!("domains-purpose-return-path"),
        }
    }
}

/// What the last check found of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    #[default]
    Unchecked,
    Pass,
    /// Nothing is published there.
    Missing,
    /// Something is published, but not what is needed.
    Wrong,
    /// DNS gave no answer (time-out, SERVFAIL): what is published is unknown.
    NoAnswer,
}

/// One record to publish, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsRecord {
    pub purpose: RecordPurpose,
    /// `TXT` or `CNAME`.
    pub kind: String,
    /// The full name, without the trailing dot.
    pub host: String,
    /// What to publish.
    pub value: String,
    pub state: RecordState,
    /// What DNS answered, one string a record.
    pub found: Vec<String>,
    /// What is wrong and how to mend it; `None` when it passes.
    pub problem: Option<String>,
}

/// A sending domain in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRow {
    pub id: DomainId,
    pub name: String,
    pub status: DomainStatus,
    pub created_at: DateTime<Utc>,
    pub checked_at: Option<DateTime<Utc>>,
    pub verified_at: Option<DateTime<Utc>>,
}

/// A sending domain with its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainView {
    pub domain: DomainRow,
    pub records: Vec<DnsRecord>,
    /// When the next check comes by itself.
    pub next_check_at: Option<DateTime<Utc>>,
}
