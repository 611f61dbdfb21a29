//! Contacts, lists and imports.

pub mod api;
pub mod edit;
pub mod import;
pub mod list;
pub mod lists;
mod paste;
#[cfg(any(feature = "hydrate", feature = "csr"))]
mod upload;
