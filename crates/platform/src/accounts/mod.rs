//! Accounts, workspaces, members, and how they get in.

pub(crate) mod password;
mod recover;
mod sign_in;
pub mod system_mail;
pub(crate) mod throttle;
mod tokens;

use nexsent_model::{AccountId, MemberId, TenantId};

/// Somebody got in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub member: MemberId,
    pub tenant: TenantId,
}
