//! Sign-up forms: made here, shown on their own page and on other sites.

pub mod api;
pub mod body;
pub mod editor;
pub mod list;
