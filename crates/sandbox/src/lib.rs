//! The outside world in a box: a DNS zone, a mail server with mailboxes, and a small web server to look at both.
//!
//! For the demo, the tests and the benchmarks. The product reaches it only by DNS and SMTP (and over HTTP as any recipient's mail client
//! would reach the product). What each mailbox does is told by its name: see [`behaviour::Behaviour`] and the README beside this file.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod behaviour;
mod page;
mod smtp;
mod store;
mod web;
mod zone;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use tokio::{
    net::{TcpListener, UdpSocket},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

pub use store::{Stats, Store};
pub use zone::Zone;

/// Where the sandbox listens; port 0 takes any.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    pub dns: SocketAddr,
    pub smtp: SocketAddr,
    pub web: SocketAddr,
    /// The address of every mail server in the zone.
    pub mx_ip: Ipv4Addr,
    /// Count messages and keep a sample, instead of keeping all: for benchmarks.
    pub sink: bool,
    /// Where a sink writes every n-th message, and how many at most.
    pub samples: Option<(PathBuf, usize)>,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { dns: any, smtp: any, web: any, mx_ip: Ipv4Addr::LOCALHOST, sink: false, samples: None }
    }
}

/// A running sandbox.
pub struct Sandbox {
    pub dns_addr: SocketAddr,
    pub smtp_addr: SocketAddr,
    pub web_addr: SocketAddr,
    pub zone: Arc<Zone>,
    pub store: Arc<Store>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts all three servers.
    ///
    /// # Errors
    /// When an address is taken.
    pub async fn start(config: SandboxConfig) -> io::Result<Self> {
        let stop = CancellationToken::new();
        let zone = Arc::new(Zone::new(config.mx_ip));
        let store = Arc::new(Store::new(config.sink, config.samples));
        let (udp, tcp) = bind_both(config.dns).await?;
        let dns_addr = udp.local_addr()?;
        let smtp = TcpListener::bind(config.smtp).await?;
        let smtp_addr = smtp.local_addr()?;
        let web = TcpListener::bind(config.web).await?;
        let web_addr = web.local_addr()?;
        let tasks = vec![
            zone::serve(udp, tcp, zone.clone(), stop.clone()),
            smtp::serve(smtp, store.clone(), stop.clone())?,
            web::serve(web, zone.clone(), store.clone(), stop.clone()),
        ];
        Ok(Self { dns_addr, smtp_addr, web_addr, zone, store, stop, tasks })
    }

    /// Stops all three.
    pub async fn stop(self) {
        self.stop.cancel();
        for task in self.tasks {
            drop(task.await);
        }
    }
}

/// UDP and TCP on one port.
async fn bind_both(addr: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut last = io::Error::other("no port");
    for _ in 0..20 {
        let udp = UdpSocket::bind(addr).await?;
        match TcpListener::bind(udp.local_addr()?).await {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(e) => last = e,
        }
    }
    Err(last)
}
