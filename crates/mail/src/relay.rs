//! Hand-over to a configured relay, by lettre. For the instance's own mail.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    address::Envelope,
    transport::smtp::{
        AsyncSmtpTransportBuilder, PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use thiserror::Error;
use url::Url;

/// Why a relay did not take a mail.
#[derive(Debug, Error)]
pub enum RelayError {
    #[error("not a relay address: {0}")]
    Url(&'static str),
    #[error("the address {0} is not one")]
    Address(String),
    #[error("the relay refused for good: {0}")]
    Refused(String),
    #[error("the relay did not take it now: {0}")]
    Later(String),
}

/// A relay that takes mail for everywhere.
#[derive(Clone)]
pub struct Relay {
    builder: AsyncSmtpTransportBuilder,
}

impl Relay {
    /// `smtp://user:password@host:port?tls=none|starttls|implicit`; TLS defaults to `starttls`, the port to 587 (465 for implicit).
    ///
    /// # Errors
    /// [`RelayError::Url`].
    pub fn parse(text: &str) -> Result<Self, RelayError> {
        let url = Url::parse(text).map_err(|_| RelayError::Url("it does not read as a URL"))?;
        if url.scheme() != "smtp" {
            return Err(RelayError::Url("it starts with smtp://"));
        }
        let host = url.host_str().ok_or(RelayError::Url("it names no host"))?.to_owned();
        let mode = url.query_pairs().find(|(k, _)| k == "tls").map_or_else(|| "starttls".to_owned(), |(_, v)| v.into_owned());
        let parameters = || TlsParameters::new(host.clone()).map_err(|_| RelayError::Url("TLS cannot be set up for that host"));
        let (tls, port) = match mode.as_str() {
            "none" => (Tls::None, 25),
            "starttls" => (Tls::Required(parameters()?), 587),
            "implicit" => (Tls::Wrapper(parameters()?), 465),
            _ => return Err(RelayError::Url("tls is none, starttls or implicit")),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .pool_config(PoolConfig::new().max_size(1))
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(Duration::from_secs(30)));
        if !url.username().is_empty() {
            if mode == "none" && !matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
                return Err(RelayError::Url("a password is not sent without TLS"));
            }
            let decode = |s: &str| url::form_urlencoded::parse(format!("v={}", s.replace('+', "%2B")).as_bytes()).next().map(|(_, v)| v.into_owned());
            let user = decode(url.username()).unwrap_or_default();
            let password = decode(url.password().unwrap_or_default()).unwrap_or_default();
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { builder })
    }

    /// Hands one message over.
    ///
    /// # Errors
    /// [`RelayError::Refused`] is permanent, [`RelayError::Later`] is not.
    pub async fn send(&self, from: &str, to: &str, message: &[u8]) -> Result<(), RelayError> {
        let address = |a: &str| a.parse().map_err(|_| RelayError::Address(a.to_owned()));
        let envelope = Envelope::new(Some(address(from)?), vec![address(to)?]).map_err(|_| RelayError::Address(to.to_owned()))?;
        // The instance's own mail is rare: a connection each.
        let transport: AsyncSmtpTransport<Tokio1Executor> = self.builder.clone().build();
        match transport.send_raw(&envelope, message).await {
            Ok(_) => Ok(()),
            Err(e) if e.is_permanent() => Err(RelayError::Refused(e.to_string())),
            Err(e) => Err(RelayError::Later(e.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relay_addresses() {
        for good in ["smtp://127.0.0.1:2525?tls=none", "smtp://u:p%40w@smtp.example.com:587", "smtp://smtp.example.com?tls=implicit"] {
            assert!(Relay::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "http://x", "smtp://", "smtp://x?tls=maybe", "smtp://u:p@smtp.example.com?tls=none"] {
            assert!(Relay::parse(bad).is_err(), "{bad}");
        }
    }
}
