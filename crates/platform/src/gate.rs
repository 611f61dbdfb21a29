//! The door before a tenant is known. Its operations stand in the areas' files; there is no query to be had here.

use std::sync::Arc;

use crate::Core;

/// A closed list of operations: sign-up, sign-in, confirmation, reset, set-up, tracking and unsubscribing.
#[derive(Clone)]
pub struct GateDb(pub(crate) Arc<Core>);
