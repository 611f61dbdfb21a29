//! Consent and its proofs, a contact's timeline and notes, and what a list asks of those who join it.

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{DomainId, ListId, NoteId};

/// How a list is joined, and what strangers see of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSettings {
    /// Who signs up by a form waits until a link in a mail was followed and its button pressed.
    pub double_opt_in: bool,
    /// Not shown in the preference centre.
    pub private: bool,
    /// What people see instead of the list's name; empty: the name.
    pub public_name: String,
    pub public_description: String,
    pub mail: ConfirmMail,
    /// Shown once it is confirmed; empty: a sentence of ours.
    pub after: String,
}

/// The mail that asks for the confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmMail {
    /// A verified domain of the workspace.
    pub domain: Option<DomainId>,
    pub from_name: String,
    /// The part before the @ of the sender.
    pub from_local: String,
    pub subject: String,
    /// The link and what it is about are put under it.
    pub text: String,
}

/// A list with its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    pub id: ListId,
    pub name: String,
    pub description: String,
    pub settings: ListSettings,
}

/// How consent came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Form,
    Import,
    /// A member wrote down why.
    Hand,
    /// The person, in the preference centre.
    Preferences,
    Api,
    /// There is no record of it.
    #[default]
    Unknown,
}

impl Method {
    pub const ALL: [Self; 6] = [Self::Form, Self::Import, Self::Hand, Self::Preferences, Self::Api, Self::Unknown];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Import => "import",
            Self::Hand => "hand",
            Self::Preferences => "preferences",
            Self::Api => "api",
            Self::Unknown => "unknown",
        }
    }

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Form => t!("people-method-form"),
            Self::Import => t!("people-method-import"),
            Self::Hand => t!("people-method-hand"),
            Self::Preferences => t!("people-method-preferences"),
            Self::Api => t!("people-method-api"),
            Self::Unknown => t!("people-method-unknown"),
        }
    }
}

/// Where somebody stands with a list, or with e-mail as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    Given,
    /// Asked for; the mail's button was not pressed yet.
    Pending,
    Withdrawn,
    /// A member of the list, without a record of how.
    Unknown,
}

/// What shows that somebody agreed, or left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub method: Method,
    pub at: Option<DateTime<Utc>>,
    /// The form's, file's or member's name.
    pub source: String,
    /// The declared source of an import, or the reason of who entered it.
    pub note: String,
    /// The sentence that was agreed to.
    pub wording: String,
    /// The page that the form was on, as the browser told.
    pub page: String,
    pub address: Option<String>,
    /// The browser, as it calls itself.
    pub agent: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub confirmed_address: Option<String>,
    pub confirmed_agent: Option<String>,
}

/// Consent for one list, or for e-mail as such.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// `None`: for e-mail in general.
    pub list: Option<ListId>,
    /// The list's name.
    pub name: String,
    pub state: ConsentState,
    pub proof: Proof,
}

/// What happened to a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Added,
    Imported,
    Edited,
    Joined,
    Left,
    SignedUp,
    ConfirmationSent,
    Confirmed,
    ConsentRecorded,
    Preferences,
    Unsubscribed,
    Returned,
    Suppressed,
    Sent,
    NotSent,
    Queued,
    Opened,
    Clicked,
    Note,
}

impl EventKind {
    pub const ALL: [Self; 19] = [
        Self::Added,
        Self::Imported,
        Self::Edited,
        Self::Joined,
        Self::Left,
        Self::SignedUp,
        Self::ConfirmationSent,
        Self::Confirmed,
        Self::ConsentRecorded,
        Self::Preferences,
        Self::Unsubscribed,
        Self::Returned,
        Self::Suppressed,
        Self::Sent,
        Self::NotSent,
        Self::Queued,
        Self::Opened,
        Self::Clicked,
        Self::Note,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Imported => "imported",
            Self::Edited => "edited",
            Self::Joined => "joined",
            Self::Left => "left",
            Self::SignedUp => "signed_up",
            Self::ConfirmationSent => "confirmation_sent",
            Self::Confirmed => "confirmed",
            Self::ConsentRecorded => "consent_recorded",
            Self::Preferences => "preferences",
            Self::Unsubscribed => "unsubscribed",
            Self::Returned => "returned",
            Self::Suppressed => "suppressed",
            Self::Sent => "sent",
            Self::NotSent => "not_sent",
            Self::Queued => "queued",
            Self::Opened => "opened",
            Self::Clicked => "clicked",
            Self::Note => "note",
        }
    }

    /// What it is called where it has no subject.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Added => t!("people-event-added"),
            Self::Imported => t!("people-event-imported"),
            Self::Edited => t!("people-event-edited"),
            Self::Joined => t!("people-event-joined"),
            Self::Left => t!("people-event-left"),
            Self::SignedUp => t!("people-event-signed-up"),
            Self::ConfirmationSent => t!("people-event-confirmation-sent"),
            Self::Confirmed => t!("people-event-confirmed"),
            Self::ConsentRecorded => t!("people-event-consent-recorded"),
            Self::Preferences => t!("people-event-preferences"),
            Self::Unsubscribed => t!("people-event-unsubscribed"),
            Self::Returned => t!("people-event-returned"),
            Self::Suppressed => t!("people-event-suppressed"),
            Self::Sent => t!("people-event-sent"),
            Self::NotSent => t!("people-event-not-sent"),
            Self::Queued => t!("people-event-queued"),
            Self::Opened => t!("people-event-opened"),
            Self::Clicked => t!("people-event-clicked"),
            Self::Note => t!("people-event-note"),
        }
    }
}

impl std::str::FromStr for EventKind {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|k| k.as_str() == s).ok_or(())
    }
}

/// A note, where an entry is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRef {
    pub id: NoteId,
    /// Whether the reader wrote it, and so may change it.
    pub mine: bool,
    pub edited_at: Option<DateTime<Utc>>,
}

/// One line of a contact's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub at: DateTime<Utc>,
    pub kind: EventKind,
    /// The campaign's, list's, form's or file's name; a note's text.
    pub what: String,
    /// Where that is found in the dashboard.
    pub href: Option<String>,
    /// A server's reply, the changed fields, the declared source.
    pub detail: String,
    /// The member who did it.
    pub who: String,
    /// The address that the person acted from.
    pub address: Option<String>,
    pub note: Option<NoteRef>,
}

/// One field of a contact, changed in place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FieldChange {
    Email(String),
    FirstName(String),
    LastName(String),
    /// `Null` takes the attribute away.
    Attribute(String, serde_json::Value),
}

/// What the preference centre shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// `a…@example.com`: enough for its owner, little for a stranger with the link.
    pub email: String,
    pub workspace: String,
    /// Whether no mail goes to the address at all, by its owner's wish.
    pub unsubscribed: bool,
    /// Nothing brings mail back, such as after a complaint.
    pub stopped: bool,
    pub lists: Vec<PublicList>,
}

/// A list as its people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicList {
    pub id: ListId,
    pub name: String,
    pub description: String,
    pub member: bool,
}

/// What becomes of a link in a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Its button is to be pressed.
    Open,
    Done,
    Expired,
}

/// The page behind a confirmation link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptInPage {
    pub state: LinkState,
    pub workspace: String,
    pub lists: Vec<String>,
    /// The list's own words for afterwards.
    pub after: String,
}

/// The page behind an erasure's link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasePage {
    pub state: LinkState,
    pub workspace: String,
}
