//! Messages, DKIM, MX delivery and replies. Knows no database.
//!
//! - [`template`]: what a campaign's author writes, compiled once and rendered per recipient under limits.
//! - [`compose`], [`dkim`]: a message as bytes, and its signature.
//! - [`dns`], [`mx`]: look-ups, and which hosts take a domain's mail.
//! - [`domain_check`]: the records a sending domain needs, and what DNS says about them.
//! - [`smtp`]: our own client: pipelining, deadlines, and an exact answer to "may the server have it?".
//! - [`classify`]: what a refusal means.
//! - [`relay`]: hand-over to a configured relay, for the instance's own mail.
//! - [`token`]: the short signed names in links and return paths.

pub mod classify;
pub mod compose;
pub mod dkim;
pub mod dns;
pub mod domain_check;
pub mod mx;
pub mod relay;
pub mod smtp;
pub mod template;
pub mod token;
