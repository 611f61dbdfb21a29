//! The mail crate against real peers: hostile remotes on loopback, name servers that misbehave, independent verifiers of signatures.
#![allow(clippy::unwrap_used, reason = "tests")]

mod dkim;
mod dns;
mod message;
mod smtp;
