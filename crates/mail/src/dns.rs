//! Look-ups by hickory-resolver, with answers that say what a person or a retry needs to know.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts},
    net::{DnsError as HickoryDnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{Name, RData, RecordType},
    },
};
use thiserror::Error;

/// Why a look-up gave nothing.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DnsError {
    /// The name is not in DNS (NXDOMAIN).
    #[error("the name does not exist")]
    NoName,
    /// The name is there, but has no record of this type.
    #[error("there is no such record")]
    NoRecord,
    /// No answer in time.
    #[error("the name servers do not answer")]
    Timeout,
    /// An answer that says the server could not (SERVFAIL, REFUSED).
    #[error("the name servers answer with an error")]
    ServerFailure,
    /// The text cannot be a name.
    #[error("not a domain name")]
    BadName,
}

impl DnsError {
    /// Whether DNS itself says that nothing is there; the others may be different in a minute.
    #[must_use]
    pub const fn is_definite(self) -> bool {
        matches!(self, Self::NoName | Self::NoRecord | Self::BadName)
    }
}

/// Looks names up; cheap to clone.
#[derive(Clone)]
pub struct Resolver {
    cached: TokioResolver,
    fresh: TokioResolver,
}

impl Resolver {
    /// The system's name servers; public ones where the system names none.
    #[must_use]
    pub fn from_system(timeout: Duration) -> Self {
        let config = hickory_resolver::system_conf::read_system_conf().map_or_else(|_| fallback(), |(config, _)| config);
        Self::build(&config, timeout)
    }

    /// These name servers and no others. Asked in order.
    #[must_use]
    pub fn with_servers(servers: &[SocketAddr], timeout: Duration) -> Self {
        let servers = servers
            .iter()
            .map(|addr| {
                let connection = |mut c: ConnectionConfig| {
                    c.port = addr.port();
                    c
                };
                NameServerConfig::new(addr.ip(), true, vec![connection(ConnectionConfig::udp()), connection(ConnectionConfig::tcp())])
            })
            .collect();
        Self::build(&ResolverConfig::from_parts(None, Vec::new(), servers), timeout)
    }

    fn build(config: &ResolverConfig, timeout: Duration) -> Self {
        let make = |cache: u64| {
            let mut options = ResolverOpts::default();
            options.timeout = timeout;
            options.attempts = 2;
            options.cache_size = cache;
            options.use_hosts_file = hickory_resolver::config::ResolveHosts::Never;
            options.positive_max_ttl = Some(Duration::from_secs(3600));
            options.negative_max_ttl = Some(Duration::from_secs(300));
            TokioResolver::builder_with_config(config.clone(), TokioRuntimeProvider::default()).with_options(options).build()
        };
        // Building fails for DNSSEC and DoH set-ups only, and neither is used here.
        let (cached, fresh) = match (make(4096), make(0)) {
            (Ok(c), Ok(f)) => (c, f),
            (Err(e), _) | (_, Err(e)) => panic!("the resolver cannot be built: {e}"),
        };
        Self { cached, fresh }
    }

    async fn records(&self, name: &str, kind: RecordType, fresh: bool) -> Result<Vec<RData>, DnsError> {
        let mut name = Name::from_utf8(name).map_err(|_| DnsError::BadName)?;
        name.set_fqdn(true);
        let resolver = if fresh { &self.fresh } else { &self.cached };
        match resolver.lookup(name, kind).await {
            Ok(lookup) => {
                let found: Vec<RData> = lookup.answers().iter().filter(|r| r.record_type() == kind).map(|r| r.data.clone()).collect();
                if found.is_empty() { Err(DnsError::NoRecord) } else { Ok(found) }
            }
            Err(error) => Err(explain(&error)),
        }
    }

    /// TXT records, the strings of each joined (RFC 7208 §3.3). `fresh` asks past the cache.
    ///
    /// # Errors
    /// See [`DnsError`].
    pub async fn txt(&self, name: &str, fresh: bool) -> Result<Vec<String>, DnsError> {
        let records = self.records(name, RecordType::TXT, fresh).await?;
        Ok(records
            .into_iter()
            .filter_map(|r| match r {
                RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
                _ => None,
            })
            .collect())
    }

    /// Where a CNAME points, lower case without the trailing dot.
    ///
    /// # Errors
    /// See [`DnsError`].
    pub async fn cname(&self, name: &str, fresh: bool) -> Result<String, DnsError> {
        let records = self.records(name, RecordType::CNAME, fresh).await?;
        records
            .into_iter()
            .find_map(|r| match r {
                RData::CNAME(c) => Some(plain(&c.0)),
                _ => None,
            })
            .ok_or(DnsError::NoRecord)
    }

    /// MX records: preference and host.
    ///
    /// # Errors
    /// See [`DnsError`].
    pub async fn mx(&self, name: &str) -> Result<Vec<(u16, String)>, DnsError> {
        let records = self.records(name, RecordType::MX, false).await?;
        Ok(records
            .into_iter()
            .filter_map(|r| match r {
                RData::MX(mx) => Some((mx.preference, plain(&mx.exchange))),
                _ => None,
            })
            .collect())
    }

    /// Addresses, IPv6 first.
    ///
    /// # Errors
    /// See [`DnsError`]; a temporary error only when neither family gave an address.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, DnsError> {
        let (six, four) = tokio::join!(self.records(name, RecordType::AAAA, false), self.records(name, RecordType::A, false));
        let mut found = Vec::new();
        let mut worst = DnsError::NoName;
        for answer in [six, four] {
            match answer {
                Ok(records) => found.extend(records.into_iter().filter_map(|r| match r {
                    RData::A(a) => Some(IpAddr::V4(a.0)),
                    RData::AAAA(a) => Some(IpAddr::V6(a.0)),
                    _ => None,
                })),
                Err(e) if !e.is_definite() || worst == DnsError::NoName => worst = e,
                Err(_) => {}
            }
        }
        if found.is_empty() { Err(worst) } else { Ok(found) }
    }
}

fn plain(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}

fn fallback() -> ResolverConfig {
    ResolverConfig::udp_and_tcp(&hickory_resolver::config::QUAD9)
}

fn explain(error: &NetError) -> DnsError {
    match error {
        NetError::Dns(HickoryDnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => DnsError::NoName,
            ResponseCode::NoError => DnsError::NoRecord,
            _ => DnsError::ServerFailure,
        },
        NetError::Dns(_) => DnsError::ServerFailure,
        _ => DnsError::Timeout,
    }
}
