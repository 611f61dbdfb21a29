//! Searches for duplicates, one after the other.

use std::{sync::Arc, time::Duration};

use nexsent_platform::{Error, ScanProgress};

use super::{Ctx, JobError};

/// Searches where that is asked for, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    loop {
        for tenant in system.open_duplicate_scans().await? {
            let outcome = async {
                let Some(mut running) = system.begin_duplicate_scan(&tenant).await? else { return Ok(()) };
                while !ctx.stop.is_cancelled() {
                    if system.step_duplicate_scan(&mut running).await? == ScanProgress::Over {
                        break;
                    }
                }
                Ok::<_, Error>(())
            };
            match outcome.await {
                Ok(()) => {}
                // The database is busy or away: the search begins anew.
                Err(error @ (Error::Conflict | Error::Database(_))) => return Err(error.into()),
                Err(error) => {
                    tracing::warn!(%tenant, %error, "a search for duplicates cannot go on");
                    system.fail_duplicate_scan(&tenant).await?;
                }
            }
            if ctx.stop.is_cancelled() {
                return Ok(());
            }
        }
        if !ctx.wait(&ctx.nudges.duplicates, Duration::from_secs(30)).await {
            return Ok(());
        }
    }
}
