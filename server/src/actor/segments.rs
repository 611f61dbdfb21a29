//! Keeps the index that segments are evaluated by, and takes the values of deleted attributes away.

use std::{sync::Arc, time::Duration};

use super::{Ctx, JobError};

/// How often it looks for what has changed. An import marks the same block with every batch: what waits this long is made once.
const PAUSE: Duration = Duration::from_millis(500);
/// Blocks of contacts between two looks at the marks, while values of a deleted attribute go.
const STEPS: usize = 4;

/// Makes marked blocks anew, as they are marked.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    system.prepare_segments().await?;
    loop {
        let more = system.remove_attribute_values(STEPS).await? | system.refresh_segments().await?;
        if ctx.stop.is_cancelled() {
            return Ok(());
        }
        if !more {
            tokio::select! {
                () = ctx.stop.cancelled() => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }
}
