//! Imports, one after the other.

use std::{sync::Arc, time::Duration};

use nexsent_platform::{Error, ImportProgress};
use nexsent_texts::within;

use super::{Ctx, JobError};

/// Imports what waits, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    system.prepare_imports().await?;
    loop {
        for (tenant, id) in system.open_imports().await? {
            // Everybody in the workspace reads why a row was rejected, and what stopped the import.
            let language = system.language_of(&tenant).await?;
            let outcome = within(language, async {
                let Some(mut running) = system.begin_import(&id).await? else { return Ok(()) };
                while !ctx.stop.is_cancelled() {
                    if system.step_import(&mut running).await? == ImportProgress::Over {
                        break;
                    }
                }
                Ok::<_, Error>(())
            });
            match outcome.await {
                Ok(()) => {}
                // The database is busy or away: the import is taken up again where it was.
                Err(error @ (Error::Conflict | Error::Database(_))) => return Err(error.into()),
                Err(error) => {
                    tracing::warn!(import = %id, %error, "an import cannot go on");
                    within(language, system.fail_import(&id, &error)).await?;
                }
            }
            if ctx.stop.is_cancelled() {
                return Ok(());
            }
        }
        if !ctx.wait(&ctx.nudges.imports, Duration::from_secs(10)).await {
            return Ok(());
        }
    }
}
