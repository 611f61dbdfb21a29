//! Actions over many contacts: of each workspace the oldest, workspaces in turn. Removes what would undo old ones.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use nexsent_model::{BulkId, TenantId};
use nexsent_platform::{BulkProgress, Error, RunningBulk};
use nexsent_texts::{Language, within};
use tokio::time::Instant;

use super::{Ctx, JobError};

/// Batches a workspace gets before it is looked what else waits.
const TURNS: usize = 10;
/// Failures in a row after which an action is given up.
const PATIENCE: u32 = 8;
/// How often it is looked for what is too old to be undone.
const EXPIRE: Duration = Duration::from_secs(3600);

/// Does what waits, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    let mut running: BTreeMap<TenantId, (Language, RunningBulk)> = BTreeMap::new();
    let mut expired = None::<Instant>;
    // How often in a row an action failed: one that always does must not hold up the others.
    let mut failures: BTreeMap<BulkId, u32> = BTreeMap::new();
    loop {
        if expired.is_none_or(|at| at.elapsed() > EXPIRE) {
            let removed = system.expire_bulks().await?;
            if removed > 0 {
                tracing::info!(removed, "what would undo old actions was removed");
            }
            expired = Some(Instant::now());
        }
        for (tenant, id) in system.open_bulks().await? {
            if !running.contains_key(&tenant)
                && let Some(run) = system.begin_bulk(&id).await?
            {
                // Everybody in the workspace reads what stopped it.
                running.insert(tenant.clone(), (system.language_of(&tenant).await?, run));
            }
        }
        if running.is_empty() {
            if !ctx.wait(&ctx.nudges.bulk, Duration::from_secs(10)).await {
                return Ok(());
            }
            continue;
        }
        for _ in 0..TURNS {
            let mut over = Vec::new();
            for (tenant, (language, run)) in &mut running {
                if ctx.stop.is_cancelled() {
                    return Ok(());
                }
                match within(*language, system.step_bulk(run)).await {
                    Ok(BulkProgress::More) => drop(failures.remove(run.id())),
                    Ok(BulkProgress::Over) => over.push(tenant.clone()),
                    // The database is busy or away: the action is taken up again where it was.
                    Err(error) => {
                        let count = failures.entry(run.id().clone()).or_default();
                        *count += 1;
                        tracing::warn!(action = %run.id(), %error, "an action does not go on");
                        if *count >= PATIENCE || !matches!(error, Error::Conflict | Error::Database(_)) {
                            system.fail_bulk(run.id()).await?;
                            failures.remove(run.id());
                        } else {
                            tokio::time::sleep(Duration::from_millis(200)).await;
                        }
                        over.push(tenant.clone());
                    }
                }
            }
            over.iter().for_each(|t| drop(running.remove(t)));
            if running.is_empty() {
                break;
            }
        }
    }
}
