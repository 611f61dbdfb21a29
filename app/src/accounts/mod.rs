//! Getting in.

pub mod api;
pub(crate) mod language;
pub mod nowhere;
pub mod recover;
pub mod sign_in;
pub mod sign_up;
