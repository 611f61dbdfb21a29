//! The background actor's door. Its operations stand in the areas' files.

use std::sync::Arc;

use nexsent_model::{TenantId, live::LiveEvent};

use crate::Core;

/// Sees every tenant: for the actor alone.
#[derive(Clone)]
pub struct SystemDb(pub(crate) Arc<Core>);

impl SystemDb {
    /// Tells every tab of a workspace.
    pub fn publish(&self, tenant: &TenantId, event: LiveEvent) {
        self.0.events.publish(tenant, event);
    }
}
