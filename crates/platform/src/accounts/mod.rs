//! Accounts, workspaces, members, and how they get in.

pub(crate) mod audit;
pub(crate) mod closing;
mod invites;
pub(crate) mod language;
pub mod logo;
mod own_language;
pub(crate) mod password;
mod proof;
mod recover;
mod retention;
mod sessions_of;
mod settings;
mod sign_in;
pub mod system_mail;
mod team;
mod teams;
mod throttle;
mod tokens;
mod two_factor;
pub mod workspaces;

use nexsent_model::{AccountId, MemberId, TenantId};

/// What a right password comes to.
#[derive(Clone, Debug)]
pub enum FirstFactor {
    /// Somebody got in.
    Done(SignedIn),
    /// Somebody got in who belongs to no workspace.
    Nowhere(AccountId),
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
