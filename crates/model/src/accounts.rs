//! People, workspaces and roles.

use chrono::{DateTime, Utc};
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
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Marketer => "Marketer",
            Self::Agent => "Agent",
            Self::Viewer => "Viewer",
        }
    }

    /// Whether the role includes a right.
    #[must_use]
    pub fn may(self, right: Right) -> bool {
        RIGHTS.iter().any(|(r, _, roles)| *r == right && roles.contains(&self))
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

/// What each role may do: the one table. The Team page shows it, docs/ROLES.md repeats it, the schema's permissions enforce it, and
/// tests hold the three together.
pub const RIGHTS: &[(Right, &str, &[Role])] = &[
    (Right::ReadContacts, "Read contacts, lists and domains", &Role::ALL),
    (Right::ReadCampaigns, "Read campaigns, reports and who received them", &[Role::Owner, Role::Admin, Role::Marketer, Role::Viewer]),
    (Right::ReadTeam, "See the members and the teams of agents", &Role::ALL),
    (Right::Send, "Change contacts and lists, import, write and send campaigns", &[Role::Owner, Role::Admin, Role::Marketer]),
    (Right::Admin, "Add domains, invite and remove members, change settings, read the audit log", &[Role::Owner, Role::Admin]),
    (Right::Teams, "Make and change teams, the logo, the sender, the tracking domain, how long data is kept", &[Role::Owner, Role::Admin]),
    (Right::Own, "Hand the workspace over to another owner", &[Role::Owner]),
    (Right::Delete, "Delete the workspace, and restore it", &[Role::Owner]),
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
        for (_, label, roles) in RIGHTS {
            let cells: Vec<&str> = Role::ALL.iter().map(|r| if roles.contains(r) { "yes" } else { "–" }).collect();
            let line = format!("| {label} | {} |", cells.join(" | "));
            assert!(text.contains(&line), "docs/ROLES.md lacks: {line}");
        }
    }
}
