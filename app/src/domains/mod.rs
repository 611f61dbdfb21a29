//! Sending domains.

pub mod api;
pub mod pages;
