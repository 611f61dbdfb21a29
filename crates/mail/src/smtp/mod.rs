//! Our own SMTP client (RFC 5321): pipelining, TLS where offered, deadlines a slow peer cannot stretch, bounds on what is read, and an
//! exact answer to the one question that matters after a broken connection: may the server have the message?

mod connect;
mod reply;
mod session;
mod tls;

use std::time::Duration;

use thiserror::Error;

pub use connect::Connector;
pub use reply::Reply;
pub use session::Session;

/// How long each step may take in all, however the bytes trickle in (RFC 5321 §4.5.3.2 gives minima; the first two are shorter here, as
/// in other large senders, since a connection that is slow to start will be tried again).
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    pub connect: Duration,
    pub greeting: Duration,
    pub command: Duration,
    /// Writing a whole message.
    pub data: Duration,
    /// From the final dot to its reply: cut short, it makes doubles.
    pub end_of_data: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let s = Duration::from_secs;
        Self { connect: s(30), greeting: s(60), command: s(120), data: s(300), end_of_data: s(600) }
    }
}

/// Why there is no session.
#[derive(Clone, Debug, Error)]
pub enum ConnectError {
    #[error("{host} does not answer: {cause}")]
    Unreachable { host: String, cause: String },
    #[error("{host} did not greet in time")]
    Timeout { host: String },
    #[error("{host} closed the connection")]
    Closed { host: String },
    #[error("{host} does not speak SMTP: {cause}")]
    Protocol { host: String, cause: &'static str },
    #[error("{host} takes no mail now: {reply}")]
    Refused { host: String, reply: Reply },
}

/// What became of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took responsibility for it (2xx after the final dot).
    Accepted(Reply),
    /// 4xx: try again later.
    Deferred(Reply),
    /// 5xx: never try again.
    Refused(Reply),
    /// The connection ended before the final dot went out: the server does not have it. The cause, for a person.
    Lost(String),
    /// The connection ended after the final dot may have gone out and before its reply: the server may have it.
    InDoubt(String),
}

/// One message's way through a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub outcome: Outcome,
    /// The host that answered.
    pub host: String,
    /// `TLSv1.3`; `None` for plain text.
    pub tls: Option<&'static str>,
}
