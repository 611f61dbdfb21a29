//! Which hosts take a domain's mail (RFC 5321 §5.1).

use std::net::IpAddr;

use rand::seq::SliceRandom;
use thiserror::Error;

use crate::dns::{DnsError, Resolver};

/// A host to try, with its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MxHost {
    pub name: String,
    /// At least one; IPv6 first.
    pub addresses: Vec<IpAddr>,
}

/// Where a domain's mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// In the order to try.
    pub hosts: Vec<MxHost>,
    /// The sorted host names: domains with the same key share one provider's limits.
    pub group: String,
}

/// Why a domain takes no mail.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MxError {
    /// Null MX (RFC 7505 §3).
    #[error("556 5.1.10 The domain says that it takes no mail (null MX)")]
    Null,
    #[error("550 5.1.2 The domain does not exist or has no mail server")]
    NoHost,
    /// A hostile or broken domain points at this network itself.
    #[error("550 5.4.4 The domain's mail servers have private addresses only")]
    Private,
    #[error("451 4.4.3 DNS gave no answer: {0}")]
    Dns(DnsError),
}

impl MxError {
    /// Whether trying again is of no use.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        !matches!(self, Self::Dns(_))
    }
}

/// How many hosts are looked at: a zone may list hundreds.
const MAX_HOSTS: usize = 8;

/// Finds the route of a domain. `allow_private`: whether loopback and private addresses are taken.
///
/// # Errors
/// See [`MxError`].
pub async fn route(resolver: &Resolver, domain: &str, allow_private: bool) -> Result<Route, MxError> {
    let mut records = match resolver.mx(domain).await {
        Ok(records) => records,
        // No MX: the domain's own address is its mail server (§5.1).
        Err(DnsError::NoRecord) => vec![(0, domain.to_owned())],
        Err(DnsError::NoName | DnsError::BadName) => return Err(MxError::NoHost),
        Err(e) => return Err(MxError::Dns(e)),
    };
    if records.iter().any(|(_, host)| host.is_empty()) {
        return Err(if records.len() == 1 { MxError::Null } else { MxError::NoHost });
    }
    // Equal preferences share the load: shuffle, then sort stably.
    records.shuffle(&mut rand::rng());
    records.sort_by_key(|(preference, _)| *preference);
    records.truncate(MAX_HOSTS);
    let mut names: Vec<&str> = records.iter().map(|(_, host)| host.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let group = names.join(",");
    let mut hosts = Vec::new();
    let mut last = None;
    let mut private = false;
    for (_, name) in &records {
        match resolver.addresses(name).await {
            Ok(all) => {
                let addresses: Vec<IpAddr> = all.into_iter().filter(|ip| allow_private || is_public(*ip)).collect();
                if addresses.is_empty() {
                    private = true;
                } else {
                    hosts.push(MxHost { name: name.clone(), addresses });
                }
            }
            Err(e) if e.is_definite() => {}
            Err(e) => last = Some(e),
        }
    }
    match (hosts.is_empty(), last) {
        (false, _) => Ok(Route { hosts, group }),
        (true, Some(e)) => Err(MxError::Dns(e)),
        (true, None) if private => Err(MxError::Private),
        (true, None) => Err(MxError::NoHost),
    }
}

/// Whether an address can be a mail server on the internet.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(a) => {
            let [x, y, ..] = a.octets();
            !(a.is_private()
                || a.is_loopback()
                || a.is_link_local()
                || a.is_unspecified()
                || a.is_broadcast()
                || a.is_multicast()
                || a.is_documentation()
                || x == 0
                || (x == 100 && (64..128).contains(&y))
                || (x == 198 && (18..20).contains(&y))
                || x >= 240)
        }
        IpAddr::V6(a) => {
            let first = a.segments()[0];
            !(a.is_loopback()
                || a.is_unspecified()
                || a.is_multicast()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || (first == 0x2001 && a.segments()[1] == 0x0db8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_network_is_not_the_internet() {
        for private in [
            "127.0.0.1",
            "10.1.1.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
        ] {
            assert!(!is_public(private.parse().expect("ip")), "{private}");
        }
        for public in ["8.8.8.8", "172.32.0.1", "2a00:1450::1"] {
            assert!(is_public(public.parse().expect("ip")), "{public}");
        }
    }
}
