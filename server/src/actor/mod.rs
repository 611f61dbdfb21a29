//! The background actor: one supervisor, one file a job.
//!
//! Every job keeps its state in the database (and delivery in its journal), so that it can be killed at any instant and
//! started again. A job waits for its nudge, and looks by itself from time to time in case one was missed.

mod bulk;
mod campaigns;
mod consent;
mod delivery;
mod domains;
mod duplicates;
mod imports;
mod node;
mod retention;
mod segments;
mod system_mail;
mod tracking;

use std::{future::Future, sync::Arc, time::Duration};

use nexsent_app::server_ctx::Nudge;
use nexsent_platform::Platform;
use tokio::{sync::Notify, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::config::Config;

/// Wakes a job that may have something to do.
#[derive(Clone, Default)]
pub struct Nudges {
    system_mail: Arc<Notify>,
    imports: Arc<Notify>,
    campaigns: Arc<Notify>,
    delivery: Arc<Notify>,
    domains: Arc<Notify>,
    tracking: Arc<Notify>,
    consent: Arc<Notify>,
    bulk: Arc<Notify>,
    duplicates: Arc<Notify>,
}

impl Nudges {
    /// Wakes the job; without effect when it is at work already and will look again.
    pub fn nudge(&self, what: Nudge) {
        match what {
            Nudge::SystemMail => self.system_mail.notify_one(),
            Nudge::Imports => self.imports.notify_one(),
            Nudge::Campaigns => {
                self.campaigns.notify_one();
                self.delivery.notify_one();
            }
            Nudge::Domains => self.domains.notify_one(),
            Nudge::Tracking => self.tracking.notify_one(),
            Nudge::Consent => self.consent.notify_one(),
            Nudge::Bulk => self.bulk.notify_one(),
            Nudge::Duplicates => self.duplicates.notify_one(),
        }
    }
}

/// What every job has.
pub(crate) struct Ctx {
    pub platform: Platform,
    pub config: Config,
    pub resolver: nexsent_mail::dns::Resolver,
    pub nudges: Nudges,
    /// This server's name among those that might work on the database.
    pub node: String,
    pub stop: CancellationToken,
}

impl Ctx {
    /// Waits for the nudge, the interval or the stop; `false` when it is time to stop.
    async fn wait(&self, nudge: &Notify, interval: Duration) -> bool {
        tokio::select! {
            () = self.stop.cancelled() => false,
            () = nudge.notified() => true,
            () = tokio::time::sleep(interval) => true,
        }
    }
}

/// Why a job ended before it was told to.
pub(crate) type JobError = Box<dyn std::error::Error + Send + Sync>;

/// The running actor.
pub struct Actor {
    jobs: JoinSet<()>,
    stop: CancellationToken,
}

impl Actor {
    /// Starts every job.
    pub(crate) fn start(ctx: Arc<Ctx>) -> Self {
        let mut jobs = JoinSet::new();
        supervise(&mut jobs, &ctx, "node", node::run);
        supervise(&mut jobs, &ctx, "system_mail", system_mail::run);
        supervise(&mut jobs, &ctx, "imports", imports::run);
        supervise(&mut jobs, &ctx, "campaigns", campaigns::run);
        supervise(&mut jobs, &ctx, "delivery", delivery::run);
        supervise(&mut jobs, &ctx, "domains", domains::run);
        supervise(&mut jobs, &ctx, "tracking", tracking::run);
        supervise(&mut jobs, &ctx, "consent", consent::run);
        supervise(&mut jobs, &ctx, "segments", segments::run);
        supervise(&mut jobs, &ctx, "bulk", bulk::run);
        supervise(&mut jobs, &ctx, "duplicates", duplicates::run);
        supervise(&mut jobs, &ctx, "retention", retention::run);
        Self { jobs, stop: ctx.stop.clone() }
    }

    /// Tells every job to stop and waits until they have finished or released what they held.
    pub async fn stop(mut self, patience: Duration) {
        self.stop.cancel();
        let all = async { while self.jobs.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("some jobs did not stop in time; what they held is taken up again at the next start");
        }
    }
}

/// Runs a job, and again after a widening pause when it fails or panics, until the stop.
fn supervise<F, Fut>(jobs: &mut JoinSet<()>, ctx: &Arc<Ctx>, name: &'static str, job: F)
where
    F: Fn(Arc<Ctx>) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(), JobError>> + Send + 'static,
{
    let ctx = ctx.clone();
    jobs.spawn(async move {
        let mut pause = Duration::from_millis(200);
        while !ctx.stop.is_cancelled() {
            let began = tokio::time::Instant::now();
            match tokio::spawn(job(ctx.clone())).await {
                Ok(Ok(())) => break,
                Ok(Err(error)) => tracing::error!(job = name, %error, "a job failed and starts again"),
                Err(panic) => tracing::error!(job = name, %panic, "a job panicked and starts again"),
            }
            metrics::counter!("nexsent_job_restarts_total", "job" => name).increment(1);
            if began.elapsed() > Duration::from_secs(60) {
                pause = Duration::from_millis(200);
            }
            tokio::select! {
                () = ctx.stop.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(Duration::from_secs(30));
        }
    });
}
