//! Accounts, workspaces, members, and how they get in.

pub(crate) mod audit;
mod invites;
pub(crate) mod password;
mod recover;
mod sessions_of;
mod settings;
mod sign_in;
pub mod system_mail;
mod team;
pub(crate) mod throttle;
mod tokens;
mod two_factor;

use nexsent_model::{AccountId, MemberId, TenantId};

/// What a right password comes to.
#[derive(Clone, Debug)]
pub enum FirstFactor {
    /// Somebody got in.
    Done(SignedIn),
    /// A code of the second factor is needed.
    Code(AccountId),
}

/// Somebody got in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub member: MemberId,
    pub tenant: TenantId,
}
