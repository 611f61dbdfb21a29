//! People, workspaces and roles.

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

    /// May change contacts, lists and campaigns, and send.
    #[must_use]
    pub const fn can_send(self) -> bool {
        matches!(self, Self::Owner | Self::Admin | Self::Marketer)
    }

    /// May change domains and the workspace's settings.
    #[must_use]
    pub const fn can_admin(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

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
}

/// What a person types to make an account and its first workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    pub name: String,
    pub workspace: String,
    pub email: String,
    pub password: String,
}
