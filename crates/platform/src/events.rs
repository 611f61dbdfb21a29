//! What happens in a workspace, in one order, to every tab that listens.
//!
//! In this process: a ring of the last events a tenant, numbered without gaps by the one who appends. A tab that comes back names the
//! last number it saw; when the ring no longer holds what follows, it is told to fetch afresh.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use dashmap::DashMap;
use nexsent_model::{
    TenantId,
    live::{LiveEvent, Resume, ServerFrame},
};
use tokio::sync::broadcast;

use crate::{TenantDb, secrets};

/// How many events a tenant's ring holds.
const RING: usize = 1024;

struct Channel {
    ring: Mutex<(u64, VecDeque<(u64, LiveEvent)>)>,
    sender: broadcast::Sender<(u64, LiveEvent)>,
}

/// All tenants' channels.
pub(crate) struct EventBus {
    epoch: String,
    channels: DashMap<TenantId, Arc<Channel>>,
}

impl Default for EventBus {
    fn default() -> Self {
        Self { epoch: secrets::random_token().unwrap_or_default().chars().take(12).collect(), channels: DashMap::new() }
    }
}

impl EventBus {
    fn channel(&self, tenant: &TenantId) -> Arc<Channel> {
        self.channels
            .entry(tenant.clone())
            .or_insert_with(|| Arc::new(Channel { ring: Mutex::new((0, VecDeque::new())), sender: broadcast::channel(256).0 }))
            .clone()
    }

    /// Tells every tab of the tenant.
    pub fn publish(&self, tenant: &TenantId, event: LiveEvent) {
        let channel = self.channel(tenant);
        let mut ring = channel.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.0 += 1;
        let seq = ring.0;
        ring.1.push_back((seq, event.clone()));
        if ring.1.len() > RING {
            ring.1.pop_front();
        }
        // Under the lock: whoever subscribes sees each number once. Nobody listening is no error.
        drop(channel.sender.send((seq, event)));
    }
}

/// What a tab gets next.
pub enum Next {
    Event {
        seq: u64,
        event: LiveEvent,
    },
    /// It was too slow: what it missed is no longer known.
    Lagged,
}

/// One tab's events.
pub struct EventStream {
    hello: ServerFrame,
    replay: VecDeque<(u64, LiveEvent)>,
    receiver: broadcast::Receiver<(u64, LiveEvent)>,
}

impl EventStream {
    /// The first frame to send.
    #[must_use]
    pub fn hello(&self) -> ServerFrame {
        self.hello.clone()
    }

    /// The next event; `None` when there will be none.
    pub async fn next(&mut self) -> Option<Next> {
        if let Some((seq, event)) = self.replay.pop_front() {
            return Some(Next::Event { seq, event });
        }
        match self.receiver.recv().await {
            Ok((seq, event)) => Some(Next::Event { seq, event }),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Next::Lagged),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl TenantDb {
    /// The run of the server and the number of the last event: what [`Self::subscribe`] can go on from.
    #[must_use]
    pub fn event_position(&self) -> (String, u64) {
        let bus = &self.core().events;
        let seq = bus.channel(self.tenant_id()).ring.lock().unwrap_or_else(PoisonError::into_inner).0;
        (bus.epoch.clone(), seq)
    }

    /// What happens in this workspace from now on, or from where the tab left off.
    #[must_use]
    pub fn subscribe(&self, resume: &Resume) -> EventStream {
        let bus = &self.core().events;
        let channel = bus.channel(self.tenant_id());
        let ring = channel.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = channel.sender.subscribe();
        let now = ring.0;
        let first = ring.1.front().map_or(now + 1, |(seq, _)| *seq);
        let known = resume.epoch.as_deref() == Some(bus.epoch.as_str());
        let (reset, from) = match resume.seq {
            Some(seq) if known && seq <= now && seq + 1 >= first => (false, seq),
            None if resume.epoch.is_none() => (false, now),
            _ => (true, now),
        };
        let replay = ring.1.iter().filter(|(seq, _)| *seq > from).cloned().collect();
        EventStream { hello: ServerFrame::Hello { epoch: bus.epoch.clone(), seq: from, reset }, replay, receiver }
    }
}
