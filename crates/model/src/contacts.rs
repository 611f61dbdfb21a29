//! Contacts, lists and imports.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{ContactId, Cursor, ImportId, ListId, SegmentId};

/// Whether a contact may be mailed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactStatus {
    #[default]
    Active,
    /// Asked not to be mailed.
    Unsubscribed,
    /// The address does not work or has complained.
    Suppressed,
}

/// A contact as a person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub id: ContactId,
    /// Lower case; the domain in ASCII (punycode).
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    /// Custom attributes: text, numbers, booleans.
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub lists: Vec<ListId>,
    pub status: ContactStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What can be typed of a contact.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactDraft {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub lists: Vec<ListId>,
}

/// What to show of the contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactQuery {
    /// Start of an address, or a whole one. Empty: all.
    pub search: String,
    pub list: Option<ListId>,
    #[serde(default)]
    pub segment: Option<SegmentId>,
    pub after: Option<Cursor>,
    /// 1–200; 50 when 0.
    pub limit: u32,
}

/// A list with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    pub id: ListId,
    pub name: String,
    pub description: String,
    pub contacts: u64,
    pub created_at: DateTime<Utc>,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file is here; the columns are not mapped yet.
    Uploaded,
    /// Waits for the background job.
    Queued,
    Running,
    Done,
    Cancelled,
    /// It could not go on; `problem` says why.
    Failed,
}

impl ImportState {
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }
}

/// Where a column of the file goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to", content = "name")]
pub enum ColumnTarget {
    Ignore,
    Email,
    FirstName,
    LastName,
    /// A custom attribute of this name.
    Attribute(String),
}

/// A column of an uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    /// From the header, or `Column 3`.
    pub name: String,
    /// The first values, at most five, each cut to 80 characters.
    pub samples: Vec<String>,
    pub target: ColumnTarget,
}

/// How the person wants the file read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// WHATWG label, such as `utf-8` or `windows-1252`.
    pub encoding: String,
    /// One ASCII character.
    pub delimiter: char,
    pub header: bool,
    /// One a column.
    pub targets: Vec<ColumnTarget>,
    /// Everyone in the file joins these lists.
    pub lists: Vec<ListId>,
    /// Where their consent comes from, in the importer's words: kept as proof.
    #[serde(default)]
    pub consent: String,
}

/// A row that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Line of the file, from 1.
    pub line: u64,
    pub reason: String,
    /// The row, cut to 200 characters.
    pub excerpt: String,
}

/// An import, with how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub id: ImportId,
    pub file_name: String,
    pub state: ImportState,
    pub bytes: u64,
    pub bytes_done: u64,
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub rejected: u64,
    pub columns: Vec<ImportColumn>,
    pub plan: ImportPlan,
    pub problem: Option<String>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// The first rows of a file under a plan, with what is wrong in each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// At most 20 rows that would be imported.
    pub rows: Vec<ContactDraft>,
    /// At most 20 rows among the first 1,000 that would be refused.
    pub rejected: Vec<RejectedRow>,
    /// How many rows were looked at.
    pub looked_at: u64,
    /// What stops the whole import, such as no e-mail column.
    pub problem: Option<String>,
}
