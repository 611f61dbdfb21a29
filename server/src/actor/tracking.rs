//! Counts what recipients did.

use std::{collections::HashSet, sync::Arc, time::Duration};

use super::{Ctx, JobError};

/// Events a transaction.
const BATCH: u32 = 500;

/// Counts what waits, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    loop {
        let mut changed = HashSet::new();
        loop {
            let (n, campaigns) = system.count_events(BATCH).await?;
            changed.extend(campaigns);
            if n < BATCH as usize || ctx.stop.is_cancelled() {
                break;
            }
        }
        for (tenant, campaign) in changed {
            system.announce_campaign(&tenant, &campaign).await?;
        }
        // A little later, so that a burst of opens is one transaction.
        tokio::select! {
            () = ctx.stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
        if !ctx.wait(&ctx.nudges.tracking, Duration::from_secs(5)).await {
            return Ok(());
        }
    }
}
