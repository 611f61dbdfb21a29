//! Starts the database, the actor and the HTTP listeners, and stops them in order.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use nexsent_app::server_ctx::{PublicConfig, Services};
use nexsent_mail::dns::Resolver;
use nexsent_platform::{Platform, PlatformConfig, secrets::MasterKey};
use thiserror::Error;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    actor::{Actor, Ctx, Nudges},
    config::{Config, SignUpPolicy},
    http,
};

/// Why the server did not start.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("cannot make the data directory {path}: {cause}")]
    DataDir { path: String, cause: std::io::Error },
    #[error("the master key {path} cannot be read or made: {cause}")]
    MasterKey { path: String, cause: String },
    #[error("the database does not open: {0}")]
    Database(#[from] nexsent_platform::Error),
    #[error("cannot listen on {addr}: {cause} (setting `{setting}`)")]
    Listen { addr: SocketAddr, cause: std::io::Error, setting: &'static str },
    #[error("metrics cannot be set up: {0}")]
    Metrics(String),
}

/// A running server.
pub struct Server {
    /// Where it listens; the port is the real one when the setting said 0.
    pub addr: SocketAddr,
    /// Where people reach it.
    pub base_url: String,
    pub platform: Platform,
    pub services: Services,
    actor: Actor,
    node: String,
    stop: CancellationToken,
    listeners: Vec<JoinHandle<()>>,
}

/// Opens the database under the configuration's master key and brings its schema up to date.
///
/// # Errors
/// See [`StartError`].
pub async fn open_platform(config: &Config) -> Result<Platform, StartError> {
    let path = || config.data_dir.display().to_string();
    std::fs::create_dir_all(&config.data_dir).map_err(|cause| StartError::DataDir { path: path(), cause })?;
    let key = MasterKey::from_file_or_create(&config.master_key_file)
        .map_err(|e| StartError::MasterKey { path: config.master_key_file.display().to_string(), cause: e.to_string() })?;
    let platform = Platform::open(PlatformConfig {
        url: config.database.url.clone(),
        namespace: config.database.namespace.clone(),
        database: config.database.name.clone(),
        user: config.database.user.clone(),
        password: config.database.password.clone(),
        cache_mb: config.database.cache_mb,
        master_key: key,
        data_dir: config.data_dir.clone(),
        base_url: config.http.base_url.clone(),
        instance_name: config.instance_name.clone(),
        spf_include: config.mail.spf_include.clone(),
        return_path_host: config.mail.return_path_host.clone(),
    })
    .await?;
    Ok(platform)
}

impl Server {
    /// Starts everything.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(config: Config) -> Result<Self, StartError> {
        // Both providers are compiled in; rustls wants to be told which one is meant.
        if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
            tracing::debug!("the TLS provider was already chosen");
        }
        let listener = bind(config.http.listen, "http.listen").await?;
        let addr = listener.local_addr().unwrap_or(config.http.listen);
        let mut config = config;
        if config.http.listen.port() == 0 {
            config.http.base_url = config.http.base_url.replace(":0", &format!(":{}", addr.port()));
        }
        let platform = open_platform(&config).await?;
        let node = node_name(&config)?;
        platform.system().claim_node(&node).await?;
        let nudges = Nudges::default();
        let resolver = if config.dns.servers.is_empty() {
            Resolver::from_system(config.dns.timeout)
        } else {
            Resolver::with_servers(&config.dns.servers, config.dns.timeout)
        };
        let nudge = nudges.clone();
        let services = Services {
            platform: platform.clone(),
            resolver: resolver.clone(),
            nudge: Arc::new(move |what| nudge.nudge(what)),
            public: PublicConfig {
                base_url: config.http.base_url.clone(),
                instance_name: config.instance_name.clone(),
                sign_up_open: config.sign_up == SignUpPolicy::Open,
                security_contact: config.security_contact.clone(),
                assets: http::assets::of(&config.http.site_root),
            },
        };
        let stop = CancellationToken::new();
        let actor = Actor::start(Arc::new(Ctx {
            platform: platform.clone(),
            config: config.clone(),
            resolver,
            nudges,
            node: node.clone(),
            stop: stop.child_token(),
        }));
        let mut listeners = Vec::new();
        if let Some(metrics_addr) = config.http.metrics_listen {
            let metrics = bind(metrics_addr, "http.metrics_listen").await?;
            listeners.push(http::metrics::serve(metrics, stop.clone()).map_err(StartError::Metrics)?);
        }
        let base_url = config.http.base_url.clone();
        listeners.push(http::serve(listener, config, services.clone(), stop.clone()));
        Ok(Self { addr, base_url, platform, services, actor, node, stop, listeners })
    }

    /// Says where the dashboard is and, on a fresh instance, how the first owner is made.
    pub async fn print_welcome(&self) {
        println!("dashboard: {}", self.base_url);
        let gate = self.platform.gate();
        match gate.is_fresh().await {
            Ok(true) => match gate.create_setup_token().await {
                Ok(token) => println!("set-up link: {}/setup?token={token}\nOpen it once to make the first workspace and its owner.", self.base_url),
                Err(error) => tracing::error!(%error, "cannot make the set-up link"),
            },
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "cannot tell whether the instance is fresh"),
        }
    }

    /// Stops: no new requests, then the jobs, then the database.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.stop.cancel();
        for listener in self.listeners {
            if tokio::time::timeout(Duration::from_secs(15), listener).await.is_err() {
                tracing::warn!("some requests did not end in time");
            }
        }
        self.actor.stop(Duration::from_secs(20)).await;
        if let Err(error) = self.platform.system().release_node(&self.node).await {
            tracing::warn!(%error, "another server has to wait until this one's lease is over");
        }
        drop(self.services);
        self.platform.close().await;
    }
}

/// What this server calls itself to others on the same database: the same after a restart, since its journal is.
fn node_name(config: &Config) -> Result<String, StartError> {
    let path = config.data_dir.join("node");
    let failed = |cause| StartError::DataDir { path: path.display().to_string(), cause };
    match std::fs::read_to_string(&path) {
        Ok(name) if !name.trim().is_empty() => Ok(name.trim().to_owned()),
        _ => {
            let name = format!("{}-{:08x}", config.mail.hostname, rand::random::<u32>());
            std::fs::write(&path, &name).map_err(failed)?;
            Ok(name)
        }
    }
}

async fn bind(addr: SocketAddr, setting: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr).await.map_err(|cause| StartError::Listen { addr, cause, setting })
}

/// Returns at SIGINT or SIGTERM.
pub async fn stop_signal() {
    let ctrl_c = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut term) => {
            tokio::select! {
                _ = ctrl_c => {}
                _ = term.recv() => {}
            }
        }
        Err(_) => {
            // Without a handler for SIGTERM, Ctrl-C is still one.
            drop(ctrl_c.await);
        }
    }
}
