//! What the browser and the server both speak: ids, the shapes that cross the wire, validation.
//!
//! No I/O, no database, no Leptos: everything here compiles for `wasm32-unknown-unknown` and is tested without a server.
//! One file an area, the same names as everywhere else in the house.

pub mod accounts;
pub mod attributes;
pub mod bulk;
pub mod campaigns;
pub mod consent;
pub mod contacts;
pub mod domains;
pub mod duplicates;
pub mod fault;
pub mod forms;
pub mod id;
pub mod live;
pub mod page;
pub mod segments;
pub mod suppressions;
pub mod team;
pub mod validate;
pub mod workspace;

pub use fault::{Fault, FaultCode};
pub use id::*;
pub use page::{Cursor, Page};
