//! What is no longer wanted: throttles and links that have run out, what workspaces keep for so long only, and workspaces whose end has come.

use std::{sync::Arc, time::Duration};

use chrono::Utc;
use tokio::sync::Notify;

use super::{Ctx, JobError};

/// How often workspaces' own retention is looked at.
const EVERY: Duration = Duration::from_secs(3600);

/// Sweeps every minute, and does the rest every hour.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    let mut last = None::<tokio::time::Instant>;
    loop {
        let go_on = || !ctx.stop.is_cancelled();
        system.sweep(Utc::now()).await?;
        if system.warn_of_closings(Utc::now()).await? > 0 {
            ctx.nudges.system_mail.notify_one();
        }
        for tenant in system.due_closings(Utc::now()).await? {
            tracing::info!(%tenant, "the workspace is being removed");
            if system.end_workspace(&tenant, go_on).await? {
                tracing::info!(%tenant, "the workspace is gone");
            }
        }
        if last.is_none_or(|at| at.elapsed() >= EVERY) {
            let mut after = None;
            loop {
                let tenants = system.workspaces_after(after.as_ref(), 100).await?;
                for tenant in &tenants {
                    let removed = system.retain(tenant, Utc::now(), go_on).await?;
                    if removed > 0 {
                        tracing::info!(%tenant, removed, "what was kept long enough is removed");
                    }
                }
                match tenants.into_iter().next_back() {
                    Some(tenant) if go_on() => after = Some(tenant),
                    _ => break,
                }
            }
            system.retain_import_files(Utc::now(), go_on).await?;
            last = Some(tokio::time::Instant::now());
        }
        // Nothing of this is in a hurry: no nudge.
        if !ctx.wait(&Notify::new(), Duration::from_secs(60)).await {
            return Ok(());
        }
    }
}
