//! Outcomes into the ledger, in batches; and the workspace told how far its campaigns are.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use nexsent_model::{CampaignId, TenantId};
use nexsent_platform::{DeliveryResult, Journal};
use tokio::{sync::mpsc, task::JoinHandle};

use super::{Ctx, flight::Flight};

/// Rows a transaction.
const BATCH: usize = 500;
/// How long the first of a batch waits for company.
const PATIENCE: Duration = Duration::from_millis(50);
/// How often tabs are told of one campaign.
const ANNOUNCE: Duration = Duration::from_millis(300);

pub(super) struct Recorder {
    results: mpsc::Sender<DeliveryResult>,
    task: JoinHandle<()>,
}

impl Recorder {
    pub fn results(&self) -> mpsc::Sender<DeliveryResult> {
        self.results.clone()
    }

    /// Ends when every sender is gone and all is written.
    pub async fn stop(self) {
        drop(self.results);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the recorder ended badly");
        }
    }
}

pub(super) fn start(ctx: Arc<Ctx>, journal: Journal, flight: Arc<Flight>) -> Recorder {
    // Bounded: when the ledger falls behind, sending waits.
    let (results, rx) = mpsc::channel(4 * BATCH);
    let task = tokio::spawn(run(ctx, journal, flight, rx));
    Recorder { results, task }
}

async fn run(ctx: Arc<Ctx>, journal: Journal, flight: Arc<Flight>, mut rx: mpsc::Receiver<DeliveryResult>) {
    let mut announced: HashMap<CampaignId, Instant> = HashMap::new();
    let mut waiting: HashSet<(TenantId, CampaignId)> = HashSet::new();
    let mut batch = Vec::with_capacity(BATCH);
    let mut open = true;
    while open {
        batch.clear();
        match tokio::time::timeout(ANNOUNCE, rx.recv()).await {
            Ok(Some(first)) => {
                batch.push(first);
                let until = tokio::time::Instant::now() + PATIENCE;
                while batch.len() < BATCH {
                    match tokio::time::timeout_at(until, rx.recv()).await {
                        Ok(Some(next)) => batch.push(next),
                        Ok(None) => {
                            open = false;
                            break;
                        }
                        Err(_) => break,
                    }
                }
            }
            Ok(None) => open = false,
            Err(_) => {}
        }
        if !batch.is_empty() {
            write(&ctx, &journal, &batch).await;
            waiting.extend(batch.iter().map(|r| (r.tenant.clone(), r.campaign.clone())));
            for r in &batch {
                flight.end(&r.campaign, r.chunk, r.number);
            }
        }
        let system = ctx.platform.system();
        for (tenant, campaign, chunk) in flight.take_empty() {
            if let Err(error) = system.release_chunk(&tenant, &campaign, chunk).await {
                tracing::warn!(%error, "a chunk could not be released; the next start does it");
            }
            ctx.nudges.delivery.notify_one();
            // A chunk of a cancelled campaign can be settled now.
            ctx.nudges.campaigns.notify_one();
        }
        for (tenant, campaign) in std::mem::take(&mut waiting) {
            if open && announced.get(&campaign).is_some_and(|at| at.elapsed() < ANNOUNCE) {
                waiting.insert((tenant, campaign));
                continue;
            }
            announced.insert(campaign.clone(), Instant::now());
            if let Err(error) = system.announce_campaign(&tenant, &campaign).await {
                tracing::debug!(%error, "a campaign could not be announced");
            }
        }
        if announced.len() > 1000 {
            announced.clear();
        }
    }
}

/// Until it is written: what was sent must not be forgotten because the database is away.
async fn write(ctx: &Ctx, journal: &Journal, batch: &[DeliveryResult]) {
    let mut pause = Duration::from_millis(100);
    while let Err(error) = ctx.platform.system().record(batch).await {
        tracing::error!(%error, rows = batch.len(), "outcomes could not be recorded; they are in the journal, and tried again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(10));
        if ctx.stop.is_cancelled() && pause > Duration::from_secs(5) {
            return;
        }
    }
    journal.committed(batch);
    for r in batch {
        metrics::counter!("nexsent_deliveries_total", "state" => r_state(r)).increment(1);
    }
}

fn r_state(r: &DeliveryResult) -> &'static str {
    use nexsent_platform::Fate;
    match r.fate {
        Fate::Sent => "sent",
        Fate::Deferred { .. } => "deferred",
        Fate::Failed { .. } => "failed",
        Fate::Suppressed => "suppressed",
        Fate::InDoubt => "in_doubt",
    }
}
