//! The engine behind the queries: embedded with bounded caches, or a database server.

use std::{
    borrow::Cow,
    sync::Arc,
    time::{Duration, Instant},
};

use surrealdb::{
    IndexedResults, Surreal,
    engine::{
        any::{self, Any},
        local,
    },
    opt::auth::Root,
};
use surrealdb_cnf::ConfigMap;
use surrealdb_core::kvs::Datastore;
use surrealdb_types::Variables;

use crate::{Error, Result};

const MIB: u64 = 1024 * 1024;

/// A database session. A clone is a session of its own.
#[derive(Clone)]
pub(crate) enum Db {
    Embedded(Surreal<local::Db>),
    Server(Surreal<Any>),
}

/// What of the engine outlives its sessions: the embedded one is to be closed.
pub(crate) struct Engine(Option<Arc<Datastore>>);

impl Engine {
    /// Opens `url` and signs in as root.
    ///
    /// # Errors
    /// When it does not open, or refuses the credentials.
    pub async fn open(url: &str, root: Root, cache_mb: u64) -> Result<(Self, Db)> {
        if url.starts_with("ws") {
            let db = any::connect(url).await?;
            db.signin(root).await?;
            return Ok((Self(None), Db::Server(db)));
        }
        let store = open(url, &root, cache_mb).await.map_err(|e| Error::Setup(format!("the database did not open: {e}")))?;
        let db = Surreal::<local::Db>::unstable_from_datastore(store.clone(), None).await?;
        db.signin(root).await?;
        Ok((Self(Some(store)), Db::Embedded(db)))
    }

    /// The embedded store, to wait for its end.
    pub fn store(&self) -> Option<Arc<Datastore>> {
        self.0.clone()
    }
}

/// Waits until the engine has flushed and let go of its files, which it does when its last session is dropped.
pub(crate) async fn closed(store: Arc<Datastore>) {
    let began = Instant::now();
    while Arc::strong_count(&store) > 1 {
        if began.elapsed() > Duration::from_secs(20) {
            tracing::warn!("the database is still in use; what was committed is there");
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The SDK would size the caches by the machine: on 24 GB a write buffer of 1 GiB and a block cache of 11 GiB, and a scan that
/// goes backwards walks the write buffer from its end (`SkiplistIterator::last` of surrealkv 0.21).
async fn open(url: &str, root: &Root, cache_mb: u64) -> std::result::Result<Arc<Datastore>, String> {
    let config = ConfigMap::empty()
        .with_key_value("surrealkv_block_cache_capacity", (cache_mb * MIB).to_string())
        .with_key_value("surrealkv_max_memtable_size", (cache_mb.clamp(64, 256) * MIB / 2).to_string())
        .with_key_value("surrealkv_vlog_max_file_size", (256 * MIB).to_string())
        // Every commit is on the disk before it is acknowledged, whatever the default becomes.
        .with_key_value("datastore_sync", "every");
    // With authentication off every session would be all-powerful.
    let builder = Datastore::builder().with_auth(true).with_config(config);
    // Maintenance writes; it must not come before the version of a new store is written.
    let store = builder.without_maintenance_tasks().build_with_path(url).await.map_err(|e| e.to_string())?;
    store.check_version().await.map_err(|e| e.to_string())?;
    store.bootstrap().await.map_err(|e| e.to_string())?;
    store.start_maintenance_tasks();
    store.initialise_credentials(&root.username, &root.password).await.map_err(|e| e.to_string())?;
    Ok(store)
}

impl Db {
    pub async fn query<'a>(&'a self, sql: impl Into<Cow<'a, str>>, vars: Variables) -> surrealdb::Result<IndexedResults> {
        match self {
            Self::Embedded(db) => db.query(sql).bind(vars).await,
            Self::Server(db) => db.query(sql).bind(vars).await,
        }
    }

    pub async fn use_database(&self, namespace: &str, database: &str) -> surrealdb::Result<()> {
        match self {
            Self::Embedded(db) => db.use_ns(namespace).use_db(database).await.map(drop),
            Self::Server(db) => db.use_ns(namespace).use_db(database).await.map(drop),
        }
    }

    pub async fn authenticate(&self, token: String) -> surrealdb::Result<()> {
        match self {
            Self::Embedded(db) => db.authenticate(token).await.map(drop),
            Self::Server(db) => db.authenticate(token).await.map(drop),
        }
    }
}
