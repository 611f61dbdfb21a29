//! Segments: contacts by a rule, and the builder that writes one.

pub mod api;
pub mod builder;
mod condition;
pub mod list;
mod state;
