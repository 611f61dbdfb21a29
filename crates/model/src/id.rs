//! Prefixed ids: `wsp_01j…` says what it names wherever it turns up (a URL, a log, a support mail).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The text is not an id of the expected kind.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("not a valid {expected} id")]
pub struct IdError {
    /// The prefix that was expected, without the underscore.
    pub expected: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What every id of this kind starts with, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new id that sorts by its time of making.
            #[must_use]
            pub fn new() -> Self {
                Self(format!("{}_{}", $prefix, ulid::Ulid::new().to_string().to_ascii_lowercase()))
            }

            /// From the 128 bits behind the prefix.
            #[must_use]
            pub fn from_bits(bits: u128) -> Self {
                Self(format!("{}_{}", $prefix, ulid::Ulid(bits).to_string().to_ascii_lowercase()))
            }

            /// The 128 bits behind the prefix: what short tokens carry.
            #[must_use]
            pub fn bits(&self) -> u128 {
                ulid::Ulid::from_string(&self.0[$prefix.len() + 1..]).map_or(0, |u| u.0)
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(s: &str) -> Result<Self, IdError> {
                let rest = s.strip_prefix(concat!($prefix, "_")).ok_or(IdError { expected: $prefix })?;
                // One spelling an id: a key that reads the same must be the same key.
                let lower = !rest.bytes().any(|b| b.is_ascii_uppercase());
                match ulid::Ulid::from_string(rest) {
                    Ok(u) if lower && u.to_string().eq_ignore_ascii_case(rest) => Ok(Self(s.to_owned())),
                    _ => Err(IdError { expected: $prefix }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(s: String) -> Result<Self, IdError> {
                s.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )*};
}

ids! {
    /// A workspace: the tenant that all its data belongs to.
    TenantId = "wsp";
    /// A person, who may belong to several workspaces.
    AccountId = "acc";
    /// A person in a workspace, with a role: what signs in to the database.
    MemberId = "mem";
    /// An invitation to a workspace.
    InviteId = "inv";
    /// A signed-in browser.
    SessionId = "ses";
    /// A sending domain.
    DomainId = "dom";
    /// A list of contacts.
    ListId = "lst";
    /// A segment: contacts by a rule.
    SegmentId = "seg";
    /// One import of a file.
    ImportId = "imp";
    /// An action over many contacts.
    BulkId = "blk";
    /// A campaign.
    CampaignId = "cmp";
    /// A group of members who answer together, such as “Support”.
    AgentTeamId = "tea";
    /// A mail that the instance itself sends: confirmations, resets.
    SystemMailId = "sml";
    /// A sign-up form.
    FormId = "frm";
    /// A sign-up that waits for its confirmation.
    OptInId = "opt";
    /// A note on a contact.
    NoteId = "not";
    /// One mail to one person from a workspace's domain: a confirmation.
    LetterId = "ltr";
    /// Somebody's data on their way out.
    ErasureId = "era";
}

/// A contact's dense number within its workspace, shown as `con_42`.
///
/// Numbers are given in order and never twice, so that audiences can be bitmaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContactId(pub u32);

impl fmt::Display for ContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "con_{}", self.0)
    }
}

impl FromStr for ContactId {
    type Err = IdError;
    fn from_str(s: &str) -> Result<Self, IdError> {
        s.strip_prefix("con_")
            .filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|n| n.parse().ok())
            .map(Self)
            .ok_or(IdError { expected: "con" })
    }
}

impl TryFrom<String> for ContactId {
    type Error = IdError;
    fn try_from(s: String) -> Result<Self, IdError> {
        s.parse()
    }
}

impl From<ContactId> for String {
    fn from(id: ContactId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_refuses_another_kind() {
        let id = TenantId::new();
        assert_eq!(id.as_str().parse::<TenantId>(), Ok(id.clone()));
        assert_eq!(TenantId::from_bits(id.bits()), id);
        assert!(id.as_str().parse::<CampaignId>().is_err());
        assert!("wsp_".parse::<TenantId>().is_err());
        assert!(id.as_str().to_uppercase().replace("WSP", "wsp").parse::<TenantId>().is_err());
        assert!("wsp_ÿÿÿÿÿÿÿÿÿÿÿÿÿ".parse::<TenantId>().is_err());
    }

    #[test]
    fn a_contact_id_is_its_number() {
        assert_eq!("con_42".parse(), Ok(ContactId(42)));
        for bad in ["con_", "con_-1", "con_+1", "con_4294967296", "42"] {
            assert!(bad.parse::<ContactId>().is_err(), "{bad}");
        }
    }
}
