//! Contacts, lists and imports.

pub mod api;
pub mod edit;
pub mod import;
pub mod list;
pub mod lists;
mod paste;
