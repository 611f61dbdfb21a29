//! Columns that were read lately, of all workspaces, within a bound of bytes. What a column holds is known by its hash: a block that was
//! made anew has others, so that nothing here is ever out of date. Whoever asks has read the hash through a session of their own.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Tenant, source, column and block.
pub(crate) type ColumnKey = (String, String, String, u32);

struct Entry {
    hash: String,
    data: Arc<[u8]>,
    used: u64,
}

#[derive(Default)]
struct Inner {
    entries: HashMap<ColumnKey, Entry>,
    /// By when they were used last.
    order: BTreeMap<u64, ColumnKey>,
    bytes: usize,
    clock: u64,
}

pub(crate) struct Cache {
    inner: Mutex<Inner>,
    limit: usize,
}

/// What an entry takes besides its data, roughly.
const OVERHEAD: usize = 300;

impl Cache {
    pub fn new(limit: usize) -> Self {
        Self { inner: Mutex::default(), limit }
    }

    pub fn get(&self, key: &ColumnKey, hash: &str) -> Option<Arc<[u8]>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = &mut *inner;
        let entry = inner.entries.get_mut(key).filter(|e| e.hash == hash)?;
        inner.clock += 1;
        if let Some(key) = inner.order.remove(&entry.used) {
            inner.order.insert(inner.clock, key);
        }
        entry.used = inner.clock;
        Some(entry.data.clone())
    }

    pub fn put(&self, key: ColumnKey, hash: String, data: Arc<[u8]>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = &mut *inner;
        inner.clock += 1;
        inner.bytes += data.len() + OVERHEAD;
        inner.order.insert(inner.clock, key.clone());
        if let Some(old) = inner.entries.insert(key, Entry { hash, data, used: inner.clock }) {
            inner.bytes -= old.data.len() + OVERHEAD;
            inner.order.remove(&old.used);
        }
        while inner.bytes > self.limit {
            let Some((_, key)) = inner.order.pop_first() else { break };
            if let Some(old) = inner.entries.remove(&key) {
                inner.bytes -= old.data.len() + OVERHEAD;
            }
        }
    }

    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.inner.lock().unwrap().bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_lately_used_goes_first_and_the_bound_holds() {
        let cache = Cache::new(3 * (1000 + OVERHEAD));
        let key = |n: u32| ("t".to_owned(), "contacts".to_owned(), "email".to_owned(), n);
        let data = || Arc::from(vec![0u8; 1000]);
        (0..3).for_each(|n| cache.put(key(n), "h".into(), data()));
        assert!(cache.get(&key(0), "h").is_some());
        cache.put(key(3), "h".into(), data());
        assert!(cache.get(&key(1), "h").is_none(), "used least lately");
        assert!(cache.get(&key(0), "h").is_some() && cache.get(&key(3), "h").is_some());
        assert!(cache.get(&key(0), "another").is_none(), "another hash is another column");
        cache.put(key(0), "another".into(), data());
        assert!(cache.get(&key(0), "another").is_some() && cache.get(&key(0), "h").is_none());
        assert!(cache.bytes() <= 3 * (1000 + OVERHEAD));
        cache.put(key(9), "h".into(), Arc::from(vec![0u8; 100_000]));
        assert_eq!(cache.bytes(), 0, "what is larger than the bound is not kept");
    }
}
