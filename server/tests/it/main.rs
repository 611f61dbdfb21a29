//! The product as a whole: against the sandbox, killed and started again.
#![allow(clippy::unwrap_used, reason = "tests")]

mod consent;
mod docs;
mod http;
mod kill;
mod language;
mod wire;
mod workspace;
mod world;
