//! People, workspaces and roles.

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{AccountId, MemberId, TenantId};

/// What a member may do. The database's permissions hold the same table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, and the only one who may delete the workspace.
    Owner,
    /// Everything but ownership.
    Admin,
    /// Contacts, campaigns; reads domains.
    Marketer,
    /// Conversations; reads contacts.
    Agent,
    /// Reads contacts, campaigns and domains.
    Viewer,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Marketer, Self::Agent, Self::Viewer];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Marketer => "marketer",
            Self::Agent => "agent",
            Self::Viewer => "viewer",
        }
    }

    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Owner => t!("accounts-role-owner"),
            Self::Admin => t!("accounts-role-admin"),
            Self::Marketer => t!("accounts-role-marketer"),
            Self::Agent => t!("accounts-role-agent"),
            Self::Viewer => t!("accounts-role-viewer"),
        }
    }

    /// The same within a sentence.
    #[must_use]
    pub fn in_sentence(self) -> String {
        self.label().to_lowercase()
    }

    /// Whether the role includes a right.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        RIGHTS.iter().any(|(r, roles)| *r == right && roles.contains(&self))
    }

    /// May change contacts, lists and campaigns, and send.
    #[must_use]
    pub fn can_send(self) -> bool {
        self.may(Right::Send)
    }

    /// May change domains, members and the workspace's settings.
    #[must_use]
    pub fn can_admin(self) -> bool {
        self.may(Right::Admin)
    }
}

/// Something that a role includes or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    ReadContacts,
    ReadCampaigns,
    ReadTeam,
    Send,
    Admin,
    Teams,
    Own,
    Delete,
}

impl Right {
    /// What may be done, for people.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::ReadContacts => t!("accounts-right-read-contacts"),
            Self::ReadCampaigns => t!("accounts-right-read-campaigns"),
            Self::ReadTeam => t!("accounts-right-read-team"),
            Self::Send => t!("accounts-right-send"),
            Self::Admin => t!("accounts-right-admin"),
            Self::Teams => t!("accounts-right-teams"),
            Self::Own => t!("accounts-right-own"),
            Self::Delete => t!("accounts-right-delete"),
        }
    }
}

/// What each role may do: the one table. The Team page shows it, docs/ROLES.md repeats it, the schema's permissions enforce it, and
/// tests hold the three together.
pub const RIGHTS: &[(Right, &[Role])] = &[
    (Right::ReadContacts, &Role::ALL),
    (Right::ReadCampaigns, &[Role::Owner, Role::Admin, Role::Marketer, Role::Viewer]),
    (Right::ReadTeam, &Role::ALL),
    (Right::Send, &[Role::Owner, Role::Admin, Role::Marketer]),
    (Right::Admin, &[Role::Owner, Role::Admin]),
    (Right::Teams, &[Role::Owner, Role::Admin]),
    (Right::Own, &[Role::Owner]),
    (Right::Delete, &[Role::Owner]),
];

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|r| r.as_str() == s).ok_or(())
    }
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub account: AccountId,
    pub member: MemberId,
    pub name: String,
    pub email: String,
    pub email_confirmed: bool,
    pub workspace: TenantId,
    pub workspace_name: String,
    pub role: Role,
    /// The workspace requires two-factor sign-in, and this account has none: nothing else is open until it has.
    pub must_enrol: bool,
    /// Whether the account has a second factor: a code of it is a proof, too.
    pub two_factor: bool,
    /// What the workspace's logo is known by; `None` where it has none.
    pub logo: Option<String>,
    /// When the workspace is deleted, where its owner has asked for that: nothing is sent any more.
    pub closing_at: Option<DateTime<Utc>>,
}

/// What a person types to make an account and its first workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    pub name: String,
    pub workspace: String,
    pub email: String,
    pub password: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_repeats_the_table() {
        let text = include_str!("../../../docs/ROLES.md");
        for (right, roles) in RIGHTS {
            let cells: Vec<&str> = Role::ALL.iter().map(|r| if roles.contains(r) { "yes" } else { "–" }).collect();
            let line = format!("| {} | {} |", right.label(), cells.join(" | "));
            assert!(text.contains(&line), "docs/ROLES.md lacks: {line}");
        }
    }
}
