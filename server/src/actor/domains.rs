//! Checks of sending and tracking domains when they are due.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, TryStreamExt, stream};
use nexsent_model::domains::DomainStatus;

use super::{Ctx, JobError};

/// Domains checked at once: a check waits for DNS, mostly.
const AT_ONCE: usize = 8;

/// Checks what is due, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    loop {
        let due = system.domains_to_check(100).await?;
        let found: Vec<Option<DomainStatus>> = stream::iter(due)
            .map(|id| {
                let (system, resolver) = (system.clone(), ctx.resolver.clone());
                async move { system.check_domain(&id, &resolver).await }
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        let tracking = system.tracking_to_check(100).await?;
        let checks = stream::iter(tracking).map(|(tenant, host)| {
            let (system, resolver) = (system.clone(), ctx.resolver.clone());
            async move { system.check_tracking(&tenant, &host, &resolver).await }
        });
        checks.buffer_unordered(AT_ONCE).try_collect::<Vec<DomainStatus>>().await?;
        if found.contains(&Some(DomainStatus::Verified)) {
            // Mail of the instance may have waited for a way out.
            ctx.nudges.system_mail.notify_one();
        }
        if !ctx.wait(&ctx.nudges.domains, Duration::from_secs(5)).await {
            return Ok(());
        }
    }
}
