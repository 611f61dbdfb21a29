//! Campaigns: written, reviewed, sent, and what became of them.

pub mod api;
mod editor;
pub mod list;
pub mod page;
pub mod recipients;
mod report;
pub mod review;
