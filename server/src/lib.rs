//! The server: configuration, HTTP, the background actor, the command line.
//!
//! A library with a thin `main.rs`, so that tests, the demo and the benchmarks start the same thing.
//! - [`config`]: every setting, checked at the start.
//! - [`http`]: pages, server functions, the WebSocket, public endpoints, and what stands in front of them all.
//! - [`actor`]: one supervisor and its jobs.
//! - [`server`]: puts the three together and stops them in order.
//! - [`demo`]: the sandbox, the product, and the main job run on them.

pub mod actor;
pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod server;
pub mod telemetry;
