//! Says that this server is the one at work on the database, and stops the other jobs once it is not.

use std::{sync::Arc, time::Duration};

use nexsent_platform::{Error, node::BEAT};

use super::{Ctx, JobError};

/// Renews the lease. Without it nothing may be sent: whoever has it would send the same.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    loop {
        tokio::select! {
            () = ctx.stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(BEAT) => {}
        }
        // A database that does not answer must not hold the look at the clock up.
        match tokio::time::timeout(Duration::from_secs(3), ctx.platform.system().claim_node(&ctx.node)).await {
            Ok(Ok(())) => {}
            Ok(Err(error @ Error::Setup(_))) => tracing::error!(%error, "this server stops working on the database"),
            Ok(Err(error)) => tracing::warn!(%error, "the lease on the database could not be renewed"),
            Err(_) => tracing::warn!("the lease on the database could not be renewed in time"),
        }
        if !ctx.platform.is_at_work() {
            tracing::error!("the background jobs stop; start the server again once it is the only one");
            ctx.stop.cancel();
            return Ok(());
        }
    }
}
