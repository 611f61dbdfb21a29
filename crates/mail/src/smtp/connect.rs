//! From a route to a session: hosts and addresses in order, greeting, EHLO, STARTTLS.

use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{io::BufReader, net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

use super::{
    ConnectError, Timeouts,
    reply::{self, ReadError, Reply},
    session::{Session, Stream},
    tls,
};
use crate::mx::{MxHost, Route};

/// How many addresses of a route are tried.
const MAX_TRIES: usize = 6;

/// Makes sessions.
#[derive(Clone)]
pub struct Connector {
    /// What this host calls itself.
    pub ehlo_name: String,
    /// 25 on the internet.
    pub port: u16,
    pub timeouts: Timeouts,
    tls: Option<Arc<ClientConfig>>,
}

/// What EHLO said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Capabilities {
    pub pipelining: bool,
    pub starttls: bool,
    pub eight_bit: bool,
    /// Largest message in bytes (RFC 1870); 0: not said.
    pub size: u64,
}

impl Connector {
    #[must_use]
    pub fn new(ehlo_name: &str, port: u16, timeouts: Timeouts) -> Self {
        Self { ehlo_name: ehlo_name.to_owned(), port, timeouts, tls: tls::opportunistic() }
    }

    /// A session with the first host of the route that takes one.
    ///
    /// # Errors
    /// The last host's [`ConnectError`].
    pub async fn connect(&self, route: &Route) -> Result<Session, ConnectError> {
        let mut last = ConnectError::Unreachable { host: route.group.clone(), cause: "no address to try".to_owned() };
        let mut all: Vec<(&MxHost, IpAddr)> = Vec::with_capacity(MAX_TRIES);
        for host in &route.hosts {
            all.extend(host.addresses.iter().map(|ip| (host, *ip)));
        }
        all.truncate(MAX_TRIES);
        for (host, ip) in all {
            match self.connect_to(host, SocketAddr::new(ip, self.port)).await {
                Ok(session) => return Ok(session),
                Err(e) => last = e,
            }
        }
        Err(last)
    }

    async fn connect_to(&self, host: &MxHost, addr: SocketAddr) -> Result<Session, ConnectError> {
        match self.open(host, addr, self.tls.clone()).await {
            Ok(session) => Ok(session),
            // A server whose TLS is broken still gets its mail, as it would if it offered none.
            Err(Failure::Tls(_)) => self.open(host, addr, None).await.map_err(|f| f.into_error(&host.name)),
            Err(f) => Err(f.into_error(&host.name)),
        }
    }

    async fn open(&self, host: &MxHost, addr: SocketAddr, tls: Option<Arc<ClientConfig>>) -> Result<Session, Failure> {
        let t = &self.timeouts;
        let stream = match timeout(t.connect, TcpStream::connect(addr)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(e)) => return Err(Failure::Io(e)),
            Err(_) => return Err(Failure::Timeout),
        };
        // A message goes out in few large writes; waiting to fill a segment only costs time.
        stream.set_nodelay(true).map_err(Failure::Io)?;
        let mut stream = Stream::Plain(BufReader::new(stream));
        let greeting = within(t.greeting, reply::read(&mut stream, |_| {})).await?;
        if greeting.code != 220 {
            return Err(Failure::Refused(greeting));
        }
        let mut capabilities = self.ehlo(&mut stream).await?;
        let mut version = None;
        if capabilities.starttls
            && let Some(config) = tls
        {
            within_io(t.command, stream.write_all(b"STARTTLS\r\n")).await?;
            let go = within(t.command, reply::read(&mut stream, |_| {})).await?;
            if go.code == 220 {
                let (encrypted, named) = self.handshake(stream, config, &host.name).await?;
                stream = encrypted;
                version = named;
                capabilities = self.ehlo(&mut stream).await?;
            }
        }
        Ok(Session::new(stream, host.name.clone(), version, capabilities, *t))
    }

    async fn handshake(&self, stream: Stream, config: Arc<ClientConfig>, host: &str) -> Result<(Stream, Option<&'static str>), Failure> {
        let Stream::Plain(plain) = stream else { return Err(Failure::Tls("already encrypted".to_owned())) };
        // What was sent in plain text after the reply would be read as if it had been encrypted (CVE-2011-0411).
        if !plain.buffer().is_empty() {
            return Err(Failure::Tls("it sent more than its reply to STARTTLS".to_owned()));
        }
        let name = ServerName::try_from(host.to_owned()).map_err(|e| Failure::Tls(e.to_string()))?;
        let connecting = TlsConnector::from(config).connect(name, plain.into_inner());
        match timeout(self.timeouts.greeting, connecting).await {
            Ok(Ok(stream)) => {
                let version = stream.get_ref().1.protocol_version().map(|v| match v {
                    rustls::ProtocolVersion::TLSv1_3 => "TLSv1.3",
                    rustls::ProtocolVersion::TLSv1_2 => "TLSv1.2",
                    _ => "TLS",
                });
                Ok((Stream::Tls(Box::new(BufReader::new(stream))), version))
            }
            Ok(Err(e)) => Err(Failure::Tls(e.to_string())),
            Err(_) => Err(Failure::Timeout),
        }
    }

    async fn ehlo(&self, stream: &mut Stream) -> Result<Capabilities, Failure> {
        let t = self.timeouts.command;
        within_io(t, stream.write_all(format!("EHLO {}\r\n", self.ehlo_name).as_bytes())).await?;
        let mut found = Capabilities::default();
        let answer = within(t, reply::read(stream, |line| found.note(line))).await?;
        if answer.is_positive() {
            return Ok(found);
        }
        // A server from before 1995, or one that says so (§3.2).
        within_io(t, stream.write_all(format!("HELO {}\r\n", self.ehlo_name).as_bytes())).await?;
        let answer = within(t, reply::read(stream, |_| {})).await?;
        if answer.is_positive() { Ok(Capabilities::default()) } else { Err(Failure::Refused(answer)) }
    }
}

impl Capabilities {
    fn note(&mut self, line: &str) {
        let mut words = line.split_ascii_whitespace();
        match words.next().map(str::to_ascii_uppercase).as_deref() {
            Some("PIPELINING") => self.pipelining = true,
            Some("STARTTLS") => self.starttls = true,
            Some("8BITMIME") => self.eight_bit = true,
            Some("SIZE") => self.size = words.next().and_then(|n| n.parse().ok()).unwrap_or(0),
            _ => {}
        }
    }
}

enum Failure {
    Timeout,
    Closed,
    Io(std::io::Error),
    Protocol(&'static str),
    Refused(Reply),
    Tls(String),
}

impl Failure {
    fn into_error(self, host: &str) -> ConnectError {
        let host = host.to_owned();
        match self {
            Self::Timeout => ConnectError::Timeout { host },
            Self::Closed => ConnectError::Closed { host },
            Self::Io(e) => ConnectError::Unreachable { host, cause: e.to_string() },
            Self::Protocol(cause) => ConnectError::Protocol { host, cause },
            Self::Refused(reply) => ConnectError::Refused { host, reply },
            Self::Tls(cause) => ConnectError::Unreachable { host, cause },
        }
    }
}

async fn within(limit: Duration, read: impl Future<Output = Result<Reply, ReadError>>) -> Result<Reply, Failure> {
    match timeout(limit, read).await {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(ReadError::Closed)) => Err(Failure::Closed),
        Ok(Err(ReadError::Io(e))) => Err(Failure::Io(e)),
        Ok(Err(ReadError::Protocol(what))) => Err(Failure::Protocol(what)),
        Err(_) => Err(Failure::Timeout),
    }
}

async fn within_io(limit: Duration, write: impl Future<Output = std::io::Result<()>>) -> Result<(), Failure> {
    match timeout(limit, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(e)) => Err(Failure::Io(e)),
        Err(_) => Err(Failure::Timeout),
    }
}
