//! Contacts, lists and imports.

pub mod api;
mod attribute_fields;
pub mod attributes;
mod consent_card;
pub mod edit;
pub mod import;
pub mod list;
pub mod list_settings;
pub mod lists;
mod paste;
mod profile;
mod timeline;
#[cfg(any(feature = "hydrate", feature = "csr"))]
mod upload;
