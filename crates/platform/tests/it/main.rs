//! The platform on a real database in memory.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod bulk;
mod campaign;
mod consent;
mod contacts;
mod duplicates;
mod ending;
mod exports;
mod imports;
mod plans;
mod remote;
mod rpc_server;
mod segments;
mod space;
mod team;
mod tenancy;
mod world;
