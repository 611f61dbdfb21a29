//! Bulk actions: what is done to everyone whom a filter matches, how far it is, what became of it.

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{BulkId, ContactId, ListId, SegmentId, duplicates::MergePlan};

/// Days for which an action can be undone.
pub const UNDO_DAYS: i64 = 7;

/// Some of the contacts, told without naming each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum ContactFilter {
    /// What a view shows: what is given narrows it, nothing given is everybody.
    View {
        /// Start of an address, or a whole one. Empty: any.
        #[serde(default)]
        search: String,
        #[serde(default)]
        list: Option<ListId>,
        #[serde(default)]
        segment: Option<SegmentId>,
    },
    /// These, and nobody else; none when there are none.
    Ids { ids: Vec<ContactId> },
}

impl ContactFilter {
    /// Everybody.
    #[must_use]
    pub const fn all() -> Self {
        Self::View { search: String::new(), list: None, segment: None }
    }
}

/// Why an address is not to be mailed, when members say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// They have asked for it, outside the product.
    Unsubscribed,
    /// The workspace does not want to mail them.
    Manual,
}

impl StopReason {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::Manual => "manual",
        }
    }

    /// The status that a contact has then.
    #[must_use]
    pub const fn status(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::Manual => "suppressed",
        }
    }
}

/// What is done to each contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum BulkAction {
    AddToList {
        list: ListId,
    },
    RemoveFromList {
        list: ListId,
    },
    /// Text, a number, or yes or no.
    SetAttribute {
        name: String,
        value: serde_json::Value,
    },
    ClearAttribute {
        name: String,
    },
    Suppress {
        reason: StopReason,
    },
    Delete,
    /// Several contacts become one. Never asked for over a filter.
    Merge {
        plan: MergePlan,
    },
}

impl BulkAction {
    /// What it is, for people; `subject` is the name of what it is about.
    #[must_use]
    pub fn title(&self, subject: &str) -> String {
        match self {
            Self::AddToList { .. } => t!("people-action-add", list = subject),
            Self::RemoveFromList { .. } => t!("people-action-remove", list = subject),
            Self::SetAttribute { name, .. } => t!("people-action-set", name = name, value = subject),
            Self::ClearAttribute { name } => t!("people-action-clear", name = name),
            Self::Suppress { reason: StopReason::Unsubscribed } => t!("people-action-unsubscribe"),
            Self::Suppress { reason: StopReason::Manual } => t!("people-action-suppress"),
            Self::Delete => t!("people-action-delete"),
            Self::Merge { .. } => t!("people-action-merge", contact = subject),
        }
    }

    /// What it is, as the audit log keeps it: the same for whoever reads.
    #[must_use]
    pub fn as_text(&self, subject: &str) -> String {
        match self {
            Self::AddToList { .. } => format!("Add to “{subject}”"),
            Self::RemoveFromList { .. } => format!("Remove from “{subject}”"),
            Self::SetAttribute { name, .. } => format!("Set {name} to “{subject}”"),
            Self::ClearAttribute { name } => format!("Clear {name}"),
            Self::Suppress { reason: StopReason::Unsubscribed } => "Unsubscribe".to_owned(),
            Self::Suppress { reason: StopReason::Manual } => "Suppress".to_owned(),
            Self::Delete => "Delete".to_owned(),
            Self::Merge { .. } => format!("Merge into {subject}"),
        }
    }

    /// What it has done to so many contacts.
    #[must_use]
    pub fn done(&self, count: u64) -> String {
        match self {
            Self::AddToList { .. } => t!("people-done-added", count = count),
            Self::RemoveFromList { .. } => t!("people-done-removed", count = count),
            Self::SetAttribute { .. } | Self::ClearAttribute { .. } => t!("people-done-changed", count = count),
            Self::Suppress { reason: StopReason::Unsubscribed } => t!("people-done-unsubscribed", count = count),
            Self::Suppress { reason: StopReason::Manual } => t!("people-done-suppressed", count = count),
            Self::Delete => t!("people-done-deleted", count = count),
            Self::Merge { .. } => t!("people-done-merged", count = count),
        }
    }
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkState {
    /// Waits for the background job, or for an earlier action.
    Queued,
    Running,
    Done,
    /// Stopped by a member: what was done stays.
    Cancelled,
    /// It could not go on; `problem` says why.
    Failed,
}

impl BulkState {
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// Why a contact was left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The contact is no longer there.
    Gone,
    InListAlready,
    NotInList,
    SameValue,
    NoSuchAttribute,
    TooManyAttributes,
    StoppedAlready,
    /// Undo: it is not as the action left it.
    ChangedSince,
    /// Undo: the address has asked not to be mailed, or does not work, since then.
    StoppedSince,
    /// Undo of a deletion: the address was added anew.
    AddressTaken,
    /// Undo: the list was deleted.
    ListGone,
    /// Undo of a deletion: the owner had their data erased since.
    Erased,
}

impl SkipReason {
    /// Why so many contacts were left as they were.
    #[must_use]
    pub fn text(self, count: u64) -> String {
        match self {
            Self::Gone => t!("people-skip-gone", count = count),
            Self::InListAlready => t!("people-skip-in-list", count = count),
            Self::NotInList => t!("people-skip-not-in-list", count = count),
            Self::SameValue => t!("people-skip-same-value", count = count),
            Self::NoSuchAttribute => t!("people-skip-no-attribute", count = count),
            Self::TooManyAttributes => t!("people-skip-too-many-attributes", count = count),
            Self::StoppedAlready => t!("people-skip-stopped-already", count = count),
            Self::ChangedSince => t!("people-skip-changed-since", count = count),
            Self::StoppedSince => t!("people-skip-stopped-since", count = count),
            Self::AddressTaken => t!("people-skip-address-taken", count = count),
            Self::ListGone => t!("people-skip-list-gone", count = count),
            Self::Erased => t!("people-skip-erased", count = count),
        }
    }
}

/// Contacts that were left as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub reason: SkipReason,
    pub count: u64,
    /// The first ones, at most [`Skipped::EXAMPLES`], as far as they are there.
    pub examples: Vec<Example>,
}

/// A contact in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    pub id: ContactId,
    /// As it is now. Not kept in the report: it would outlive the contact there.
    #[serde(default)]
    pub email: String,
}

impl Skipped {
    pub const EXAMPLES: usize = 5;
}

/// An action with how far it is, and its report once it is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkView {
    pub id: BulkId,
    pub action: BulkAction,
    /// The list's name or the attribute's value, as it was at the start; the survivor's address.
    pub subject: String,
    /// Whom it was about, in words.
    pub scope: String,
    pub state: BulkState,
    /// How many it is about.
    pub total: u64,
    /// How many of them were looked at.
    pub processed: u64,
    /// How many of those were changed.
    pub changed: u64,
    pub skipped: Vec<Skipped>,
    pub problem: Option<String>,
    /// This one takes another back.
    pub undo_of: Option<BulkId>,
    /// Another one takes this back, or has.
    pub undone_by: Option<BulkId>,
    /// Until when it can be undone; `None` when it cannot.
    pub undo_until: Option<DateTime<Utc>>,
    /// Who asked for it.
    pub by: String,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl BulkView {
    /// What it is, for people.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.action.title(&self.subject);
        if self.undo_of.is_some() { t!("people-action-undo", action = title) } else { title }
    }

    /// Whether it can be undone now.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        self.undo_until.is_some() && self.undone_by.is_none() && self.state.is_final()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_not_everybody() {
        let none = ContactFilter::Ids { ids: Vec::new() };
        let text = serde_json::to_string(&none).unwrap_or_default();
        assert_eq!(serde_json::from_str::<ContactFilter>(&text).ok(), Some(none));
        // What does not say whom it is about is about nobody: it does not parse.
        assert!(serde_json::from_str::<ContactFilter>("{}").is_err());
        assert!(serde_json::from_str::<ContactFilter>("{\"of\":\"ids\"}").is_err());
    }
}
