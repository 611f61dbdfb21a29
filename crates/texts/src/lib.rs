//! Every text that a person reads: Fluent files, one folder a language under `locales/`, one file an area.
//!
//! [`t!`] gives a text in the language of whoever is being answered. On the server all languages are in the program, and the language is
//! that of the request, or of [`within`]; in the browser there is one, which the page fetched before it came alive.

#![recursion_limit = "256"]

mod ambient;
mod bundle;
mod language;
#[cfg(not(target_arch = "wasm32"))]
mod pseudo;
#[cfg(any(not(target_arch = "wasm32"), feature = "embedded"))]
mod source;

pub use ambient::{Within, current, set_hook, within, within_sync};
pub use bundle::{Arg, Piece, pieces, text};
#[cfg(target_arch = "wasm32")]
pub use bundle::{Refused, install};
pub use language::Language;
#[cfg(not(target_arch = "wasm32"))]
pub use source::for_browser;
#[cfg(any(not(target_arch = "wasm32"), feature = "embedded"))]
pub use source::{FILES, source};

/// A text by its id: `t!("save")`, `t!("contacts-deleted", count = n)`. Ids are literals, so that a test finds those that do not exist.
#[macro_export]
macro_rules! t {
    ($id:literal) => {
        $crate::text($id, &[])
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text($id, &[$((stringify!($name), $crate::Arg::from($value))),+])
    };
}
