//! What arrived.

use std::{
    collections::{HashMap, VecDeque},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use serde::Serialize;

/// Messages kept when not a sink.
const KEEP: usize = 20_000;

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: u64,
    pub from: String,
    pub to: String,
    pub at: DateTime<Utc>,
    pub tls: bool,
    pub raw: Arc<Vec<u8>>,
}

/// Counts by recipient and Message-ID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Messages taken, each with its final dot.
    pub messages: u64,
    /// Different pairs of recipient and Message-ID.
    pub unique: u64,
    /// Pairs that arrived more than once.
    pub doubled: u64,
}

#[derive(Default)]
struct Inner {
    messages: VecDeque<Received>,
    counts: HashMap<(String, String), u32>,
    tried: HashMap<String, u32>,
}

/// All mailboxes.
pub struct Store {
    inner: Mutex<Inner>,
    next: AtomicU64,
    sink: bool,
    samples: Option<(PathBuf, usize)>,
}

impl Store {
    pub(crate) fn new(sink: bool, samples: Option<(PathBuf, usize)>) -> Self {
        Self { inner: Mutex::default(), next: AtomicU64::new(1), sink, samples }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is a recipient's first try.
    pub(crate) fn first_try(&self, to: &str) -> bool {
        let mut inner = self.inner();
        let n = inner.tried.entry(to.to_owned()).or_default();
        *n += 1;
        *n == 1
    }

    pub(crate) fn take(&self, from: &str, to: &str, raw: Vec<u8>, tls: bool) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let key = (to.to_ascii_lowercase(), message_id(&raw).unwrap_or_default());
        if let Some((dir, n)) = &self.samples
            && id % 97 == 1
            && id / 97 < *n as u64
            && let Err(error) = std::fs::write(dir.join(format!("{id}.eml")), &raw)
        {
            tracing::warn!(%error, "a sample could not be written");
        }
        let mut inner = self.inner();
        *inner.counts.entry(key).or_default() += 1;
        if !self.sink {
            inner.messages.push_back(Received { id, from: from.to_owned(), to: to.to_owned(), at: Utc::now(), tls, raw: Arc::new(raw) });
            if inner.messages.len() > KEEP {
                inner.messages.pop_front();
            }
        }
    }

    /// How much arrived, and whether anything arrived twice.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let inner = self.inner();
        Stats {
            messages: inner.counts.values().map(|n| u64::from(*n)).sum(),
            unique: inner.counts.len() as u64,
            doubled: inner.counts.values().filter(|n| **n > 1).count() as u64,
        }
    }

    /// Newest first; all mailboxes when `to` is empty.
    #[must_use]
    pub fn list(&self, to: &str, limit: usize) -> Vec<Received> {
        let to = to.to_ascii_lowercase();
        self.inner().messages.iter().rev().filter(|m| to.is_empty() || m.to.to_ascii_lowercase() == to).take(limit).cloned().collect()
    }

    /// One message.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<Received> {
        self.inner().messages.iter().find(|m| m.id == id).cloned()
    }

    /// Every mailbox that has mail, with how much, by name.
    #[must_use]
    pub fn mailboxes(&self) -> Vec<(String, usize)> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for m in &self.inner().messages {
            *counts.entry(m.to.clone()).or_default() += 1;
        }
        let mut all: Vec<_> = counts.into_iter().collect();
        all.sort();
        all
    }

    /// Forgets all.
    pub fn clear(&self) {
        *self.inner() = Inner::default();
    }
}

fn message_id(raw: &[u8]) -> Option<String> {
    let head = &raw[..raw.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(raw.len())];
    let text = String::from_utf8_lossy(head);
    text.lines().find_map(|l| l.get(..11).filter(|n| n.eq_ignore_ascii_case("message-id:")).map(|_| l[11..].trim().to_owned()))
}
