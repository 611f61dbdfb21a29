//! Delivery: from leased chunks to replies in the ledger.
//!
//! The scheduler here leases work and hands each job to the [`group`] of its destination: all domains with the same mail servers share one
//! group, so that one provider's limits are counted once. A group's workers render, sign and send over reused sessions; what came of it goes
//! to the journal and to the [`recorder`], which writes the ledger in batches.

mod flight;
mod group;
mod recorder;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Utc;
use futures::{StreamExt, stream};
use nexsent_mail::mx::{self, MxError, Route};
use nexsent_model::{CampaignId, TenantId, campaigns::CampaignState};
use nexsent_platform::{CampaignContext, DeliveryResult, Error, Fate, Job, Journal};

use self::{flight::Flight, group::Groups};
use super::{Ctx, JobError};

/// Jobs in memory at most: enough that no connection waits, few enough to be given back quickly.
const IN_FLIGHT: usize = 4000;
/// How long a route is believed. MX records live longer; a mistake should not.
const ROUTE_TTL: Duration = Duration::from_secs(300);
/// How long a campaign's shared half is believed: its domain may lose a record, its workspace may end, while it is on its way.
const CONTEXT_TTL: Duration = Duration::from_secs(60);

type Routed = Result<Arc<Route>, MxError>;

/// Delivers until the stop.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    let (journal, recovered) = Journal::open(&ctx.config.data_dir.join("journal"))?;
    if !recovered.results().is_empty() {
        tracing::info!(tries = recovered.results().len(), "taking up what the last run left in the journal");
    }
    for part in recovered.results().chunks(500) {
        system.record(part).await?;
    }
    recovered.done()?;
    system.release_stale_leases().await?;

    let flight = Arc::new(Flight::new(ctx.nudges.delivery.clone()));
    let recorder = recorder::start(ctx.clone(), journal.clone(), flight.clone());
    let groups = Groups::new(ctx.clone(), journal, recorder.results(), flight.clone());
    let mut scheduler = Scheduler { ctx: ctx.clone(), flight: flight.clone(), groups, contexts: HashMap::new(), routes: HashMap::new() };
    let outcome = loop {
        match scheduler.turn().await {
            Ok(pause) => {
                if !ctx.wait(&ctx.nudges.delivery, pause).await {
                    break Ok(());
                }
            }
            Err(error) => break Err(error),
        }
    };
    // No new leases; what is on the wire ends, the rest is given back.
    flight.set_active(HashSet::new());
    scheduler.groups.drain().await;
    drop(scheduler);
    recorder.stop().await;
    outcome.map_err(Into::into)
}

struct Scheduler {
    ctx: Arc<Ctx>,
    flight: Arc<Flight>,
    groups: Arc<Groups>,
    contexts: HashMap<CampaignId, (Instant, Arc<CampaignContext>)>,
    routes: HashMap<String, (Instant, Routed)>,
}

impl Scheduler {
    /// Leases what there is room for; returns how long nothing will be due.
    async fn turn(&mut self) -> Result<Duration, Error> {
        let system = self.ctx.platform.system();
        let active = system.campaigns_in(CampaignState::Sending).await?;
        self.flight.set_active(active.iter().map(|(_, c)| c.clone()).collect());
        self.contexts.retain(|id, (since, _)| since.elapsed() < CONTEXT_TTL && active.iter().any(|(_, c)| c == id));
        let mut pause = Duration::from_secs(2);
        for (tenant, campaign) in &active {
            let Some(context) = self.context(tenant, campaign).await? else { continue };
            let mut empty = false;
            while self.flight.len() < IN_FLIGHT && !self.ctx.stop.is_cancelled() {
                let Some(chunk) = system.lease_chunk(&context).await? else {
                    empty = true;
                    break;
                };
                self.flight.lease(&chunk);
                for result in chunk.settled {
                    self.groups.report(result);
                }
                self.dispatch(chunk.jobs).await;
                // One chunk a turn and campaign while others wait too: nobody's million stops somebody's hundred.
                if active.len() > 1 {
                    pause = Duration::from_millis(1);
                    break;
                }
            }
            if empty && !self.flight.has(campaign) {
                system.finish_campaign(tenant, campaign).await?;
            }
        }
        self.retries(&active).await?;
        if let Some(at) = system.next_retry_at().await? {
            let until = (at - Utc::now()).to_std().unwrap_or(Duration::from_millis(200));
            pause = pause.min(until.max(Duration::from_millis(50)));
        }
        if self.flight.len() >= IN_FLIGHT {
            // Woken when there is room again.
            pause = Duration::from_millis(500);
        }
        Ok(pause)
    }

    /// The shared half of a campaign's messages; holds the campaign when there is none.
    async fn context(&mut self, tenant: &TenantId, campaign: &CampaignId) -> Result<Option<Arc<CampaignContext>>, Error> {
        if let Some((_, context)) = self.contexts.get(campaign) {
            return Ok(Some(context.clone()));
        }
        match self.ctx.platform.system().campaign_context(campaign).await {
            Ok(context) => {
                let context = Arc::new(context);
                self.contexts.insert(campaign.clone(), (Instant::now(), context.clone()));
                Ok(Some(context))
            }
            Err(Error::Fault(fault)) => {
                tracing::info!(%campaign, reason = %fault, "a campaign is held");
                self.ctx.platform.system().hold_campaign(tenant, campaign, &fault.message).await?;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn retries(&mut self, active: &[(TenantId, CampaignId)]) -> Result<(), Error> {
        let system = self.ctx.platform.system();
        let due = system.due_retries(1000).await?;
        let mut by_campaign: HashMap<CampaignId, (TenantId, Vec<(u32, u32)>)> = HashMap::new();
        for (tenant, campaign, chunk, number) in due {
            let is_active = active.iter().any(|(_, c)| *c == campaign);
            if is_active && self.flight.lease_retry(&campaign, number) {
                by_campaign.entry(campaign).or_insert_with(|| (tenant, Vec::new())).1.push((chunk, number));
            }
        }
        for (campaign, (tenant, due)) in by_campaign {
            let Some(context) = self.context(&tenant, &campaign).await? else {
                due.iter().for_each(|(_, n)| self.flight.end_retry(&campaign, *n));
                continue;
            };
            let (jobs, settled) = system.retry_jobs(&context, &due).await?;
            for (_, n) in &due {
                if !jobs.iter().any(|j| j.number == *n) && !settled.iter().any(|s| s.number == *n) {
                    self.flight.end_retry(&campaign, *n);
                }
            }
            for result in settled {
                self.groups.report(result);
            }
            self.dispatch(jobs).await;
        }
        Ok(())
    }

    /// To the group of each job's destination.
    async fn dispatch(&mut self, jobs: Vec<Job>) {
        self.routes.retain(|_, (since, _)| since.elapsed() < ROUTE_TTL);
        let unknown: HashSet<String> = jobs.iter().map(|j| domain(&j.email)).filter(|d| !self.routes.contains_key(*d)).map(str::to_owned).collect();
        let (resolver, private) = (&self.ctx.resolver, self.ctx.config.mail.allow_private_hosts);
        let found: Vec<(String, Routed)> = stream::iter(unknown)
            .map(|d| async move {
                let route = mx::route(resolver, &d, private).await.map(Arc::new);
                (d, route)
            })
            .buffer_unordered(64)
            .collect()
            .await;
        self.routes.extend(found.into_iter().map(|(d, r)| (d, (Instant::now(), r))));
        for job in jobs {
            match self.routes.get(domain(&job.email)).map(|(_, r)| r) {
                Some(Ok(route)) => self.groups.push(job, route.clone()),
                Some(Err(e)) => {
                    let fate = if e.is_permanent() {
                        Fate::Failed { suppress: matches!(e, MxError::Null | MxError::NoHost) }
                    } else {
                        self.groups.later(&job)
                    };
                    self.groups.report(result(&job, fate, e.to_string()));
                }
                None => self.flight.give_back(&job),
            }
        }
        // What could not be looked up now is asked again at the next try, not in five minutes.
        self.routes.retain(|_, (_, r)| !matches!(r, Err(e) if !e.is_permanent()));
    }
}

fn domain(email: &str) -> &str {
    email.rsplit_once('@').map_or("", |(_, d)| d)
}

/// The outcome of a job, without a host that said it.
fn result(job: &Job, fate: Fate, reply: String) -> DeliveryResult {
    DeliveryResult {
        tenant: job.campaign.tenant.clone(),
        campaign: job.campaign.id.clone(),
        chunk: job.chunk,
        number: job.number,
        attempt: job.attempt,
        email: job.email.clone(),
        fate,
        reply,
        host: None,
        tls: None,
        at: Utc::now(),
    }
}
