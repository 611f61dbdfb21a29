//! What is in memory: leased chunks with how much of each is left, retries, and which campaigns may go on.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use nexsent_model::{CampaignId, TenantId};
use nexsent_platform::{Job, LeasedChunk};
use tokio::sync::Notify;

#[derive(Default)]
struct Inner {
    active: HashSet<CampaignId>,
    chunks: HashMap<(CampaignId, u32), (TenantId, usize)>,
    retries: HashSet<(CampaignId, u32)>,
    /// Chunks of which nothing is left: to be released.
    empty: Vec<(TenantId, CampaignId, u32)>,
    jobs: usize,
}

/// Shared by the scheduler, the workers and the recorder.
pub(super) struct Flight {
    inner: Mutex<Inner>,
    wake: Arc<Notify>,
}

impl Flight {
    pub fn new(wake: Arc<Notify>) -> Self {
        Self { inner: Mutex::default(), wake }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_active(&self, active: HashSet<CampaignId>) {
        self.inner().active = active;
    }

    /// Whether a campaign's jobs may still go out.
    pub fn is_active(&self, campaign: &CampaignId) -> bool {
        self.inner().active.contains(campaign)
    }

    pub fn len(&self) -> usize {
        self.inner().jobs
    }

    /// Whether anything of a campaign is in flight.
    pub fn has(&self, campaign: &CampaignId) -> bool {
        let inner = self.inner();
        inner.chunks.keys().any(|(c, _)| c == campaign) || inner.retries.iter().any(|(c, _)| c == campaign)
    }

    pub fn lease(&self, chunk: &LeasedChunk) {
        let n = chunk.jobs.len() + chunk.settled.len();
        let mut inner = self.inner();
        if n == 0 {
            inner.empty.push((chunk.tenant.clone(), chunk.campaign.clone(), chunk.chunk));
            drop(inner);
            self.wake.notify_one();
            return;
        }
        inner.jobs += n;
        inner.chunks.insert((chunk.campaign.clone(), chunk.chunk), (chunk.tenant.clone(), n));
    }

    /// `false` when it is in flight already.
    pub fn lease_retry(&self, campaign: &CampaignId, number: u32) -> bool {
        let mut inner = self.inner();
        let fresh = inner.retries.insert((campaign.clone(), number));
        inner.jobs += usize::from(fresh);
        fresh
    }

    pub fn end_retry(&self, campaign: &CampaignId, number: u32) {
        let mut inner = self.inner();
        if inner.retries.remove(&(campaign.clone(), number)) {
            inner.jobs = inner.jobs.saturating_sub(1);
        }
    }

    /// One recipient is over: recorded, or given back.
    pub fn end(&self, campaign: &CampaignId, chunk: u32, number: u32) {
        let mut inner = self.inner();
        if inner.retries.remove(&(campaign.clone(), number)) {
            inner.jobs = inner.jobs.saturating_sub(1);
        } else {
            let key = (campaign.clone(), chunk);
            if let Some((tenant, left)) = inner.chunks.get_mut(&key) {
                *left -= 1;
                let done = (*left == 0).then(|| tenant.clone());
                inner.jobs = inner.jobs.saturating_sub(1);
                if let Some(tenant) = done {
                    inner.chunks.remove(&key);
                    inner.empty.push((tenant, key.0, chunk));
                }
            }
        }
        let room = inner.jobs < super::IN_FLIGHT / 2;
        drop(inner);
        if room {
            self.wake.notify_one();
        }
    }

    pub fn give_back(&self, job: &Job) {
        self.end(&job.campaign.id, job.chunk, job.number);
    }

    /// Chunks that are no longer worked on.
    pub fn take_empty(&self) -> Vec<(TenantId, CampaignId, u32)> {
        std::mem::take(&mut self.inner().empty)
    }
}
