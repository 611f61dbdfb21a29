//! SurrealDB: schema, sessions, and the operations of each area. The only place that holds a query.
//!
//! Three doors, three types, no way from one to another:
//! - [`TenantDb`]: a database session signed in as a member, so that the database itself refuses other tenants' rows.
//! - [`GateDb`]: the closed list of operations that run before a tenant is known.
//! - [`SystemDb`]: the background actor's.
//!
//! One folder an area: its `schema.surql`, and its operations as methods of the door they need.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod accounts;
mod campaigns;
mod consent;
mod contacts;
mod db;
mod delivery;
mod domains;
mod engine;
mod error;
pub mod events;
mod gate;
mod imports;
pub mod node;
mod schema;
pub mod secrets;
mod segments;
mod sessions;
mod system;
mod tenant;
#[cfg(debug_assertions)]
#[doc(hidden)]
pub mod testing;
mod tracking;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicBool},
    time::Instant,
};

use dashmap::DashMap;
use nexsent_mail::token::LinkKey;
use nexsent_model::{MemberId, TenantId};
use surrealdb::opt::auth::Root;

pub use accounts::{FirstFactor, SignedIn, audit::Caller, logo::MAX_LOGO, system_mail::SystemMail, workspaces::Person};
pub use consent::{BuiltLetter, Letter, Look, RecipientPage, Signed, Visitor};
pub use contacts::{
    bulk::{BulkProgress, RunningBulk},
    duplicates::{RunningScan, ScanProgress},
};
pub use delivery::{
    Built, CampaignContext, DeliveryResult, Fate, Job, LeasedChunk, TestSend,
    journal::{Intent, Journal, Recovered},
};
pub use domains::SystemSender;
pub use error::Error;
pub use gate::GateDb;
pub use imports::run::{ImportProgress, RunningImport};
pub use sessions::SurrealStore;
pub use system::SystemDb;
pub use tenant::TenantDb;
pub use tracking::{Clicked, UnsubscribePage};

use crate::{db::Db, engine::Engine, events::EventBus, secrets::MasterKey};

/// Every operation's outcome.
pub type Result<T> = std::result::Result<T, Error>;

/// What the database and its operations need to know.
pub struct PlatformConfig {
    /// `surrealkv://<dir>`, `mem://`, `ws://host:port` or `wss://host:port`.
    pub url: String,
    pub namespace: String,
    pub database: String,
    /// For servers; the embedded engine gets a root user of its own.
    pub user: String,
    pub password: Option<String>,
    pub master_key: MasterKey,
    /// Megabytes of the embedded engine's block cache; its write buffer follows. At least 64.
    pub cache_mb: u64,
    /// Uploads and the delivery journal live here.
    pub data_dir: PathBuf,
    /// Without a trailing slash.
    pub base_url: String,
    pub instance_name: String,
    pub spf_include: String,
    pub return_path_host: String,
}

/// What all doors share.
pub(crate) struct Core {
    engine: Engine,
    /// Signed in as root: never leaves this crate but as an operation of a door.
    pub system: Db,
    pub master: MasterKey,
    pub links: LinkKey,
    pub events: EventBus,
    pub namespace: String,
    pub database: String,
    pub data_dir: PathBuf,
    pub base_url: String,
    pub instance_name: String,
    pub spf_include: String,
    pub return_path_host: String,
    /// Members' database sessions, renewed before they run out.
    pub sessions: DashMap<MemberId, tenant::CachedSession>,
    /// One writer of contacts a tenant and process: numbers and bitmaps change together.
    pub contact_locks: DashMap<TenantId, Arc<tokio::sync::Mutex<()>>>,
    pub segments: segments::Shared,
    pub passwords: accounts::password::Hasher,
    /// When this server last took or renewed its lease; never, with the embedded engine.
    pub node_since: Mutex<Option<Instant>>,
    /// Another server works on this database.
    pub node_lost: AtomicBool,
    pub tracking_hosts: domains::tracking::TrackingHosts,
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Platform(pub(crate) Arc<Core>);

impl Platform {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it does not open, the master key is not the one it was made with, or a migration was changed after it ran.
    pub async fn open(config: PlatformConfig) -> Result<Self> {
        let embedded = !config.url.starts_with("ws");
        let password = match &config.password {
            Some(password) => password.clone(),
            None if embedded => config.master_key.derive_hex("database root")?,
            None => return Err(Error::Setup("a database server needs a password".to_owned())),
        };
        let (engine, system) = Engine::open(&config.url, Root { username: config.user.clone(), password }, config.cache_mb).await?;
        system.use_database(&config.namespace, &config.database).await?;
        schema::migrate(&system, &config.master_key).await?;
        let links = LinkKey::new(&config.master_key.derive("links")?);
        Ok(Self(Arc::new(Core {
            engine,
            system,
            links,
            events: EventBus::default(),
            master: config.master_key,
            namespace: config.namespace,
            database: config.database,
            data_dir: config.data_dir,
            base_url: config.base_url,
            instance_name: config.instance_name,
            spf_include: config.spf_include,
            return_path_host: config.return_path_host,
            sessions: DashMap::new(),
            contact_locks: DashMap::new(),
            segments: segments::Shared::default(),
            passwords: accounts::password::Hasher::default(),
            node_since: Mutex::new(None),
            node_lost: AtomicBool::new(false),
            tracking_hosts: domains::tracking::TrackingHosts::default(),
        })))
    }

    /// What must happen before a tenant is known.
    #[must_use]
    pub fn gate(&self) -> GateDb {
        GateDb(self.0.clone())
    }

    /// The background actor's door.
    #[must_use]
    pub fn system(&self) -> SystemDb {
        SystemDb(self.0.clone())
    }

    /// The workspace of a member who has signed in.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when the member was removed.
    pub async fn tenant(&self, member: &MemberId) -> Result<TenantDb> {
        TenantDb::open(self.0.clone(), member).await
    }

    /// Waits until the embedded engine has flushed and closed, so that another process may open its directory: the last call, when
    /// nobody else has a door.
    pub async fn close(self) {
        let store = self.0.engine.store();
        drop(self);
        if let Some(store) = store {
            engine::closed(store).await;
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        q!(&self.0.system, "RETURN 1").map(drop)
    }

    /// Where browsers' sessions are kept.
    #[must_use]
    pub fn session_store(&self) -> SurrealStore {
        SurrealStore::new(self.0.clone())
    }
}
