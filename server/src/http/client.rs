//! Who is calling: the address behind trusted proxies.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use nexsent_app::server_ctx::ClientIp;

use super::Shared;
use crate::config::IpNet;

/// The caller's address: walks `X-Forwarded-For` from the right for as long as the hop is a trusted proxy.
fn client_ip(peer: IpAddr, forwarded: Option<&str>, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|net| net.contains(ip));
    let mut ip = peer;
    for hop in forwarded.unwrap_or_default().rsplit(',') {
        if !is_trusted(ip) {
            break;
        }
        match hop.trim().parse() {
            Ok(next) => ip = next,
            Err(_) => break,
        }
    }
    ip
}

/// Puts the caller's [`ClientIp`] into the request.
pub async fn remember(State(shared): State<Shared>, mut req: Request, next: Next) -> Response {
    let peer = req.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([0, 0, 0, 0]), |c| c.0.ip());
    let forwarded = req.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok());
    let ip = client_ip(peer, forwarded, &shared.config.http.trusted_proxies);
    req.extensions_mut().insert(ClientIp(ip.to_canonical()));
    next.run(req).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = [crate::config::test_net("10.0.0.0/8")];
        let ip = |s: &str| s.parse::<IpAddr>().expect("an address");
        assert_eq!(client_ip(ip("192.0.2.1"), Some("198.51.100.7"), &proxies), ip("192.0.2.1"));
        assert_eq!(client_ip(ip("10.0.0.1"), Some("198.51.100.7"), &proxies), ip("198.51.100.7"));
        // What the caller itself wrote on the left is not believed.
        assert_eq!(client_ip(ip("10.0.0.1"), Some("203.0.113.9, 198.51.100.7, 10.0.0.2"), &proxies), ip("198.51.100.7"));
        assert_eq!(client_ip(ip("10.0.0.1"), Some("nonsense"), &proxies), ip("10.0.0.1"));
    }
}
