//! Texts with views in them.

use leptos::prelude::*;
use nexsent_texts::{Arg, Piece, pieces};

/// What [`crate::rich!`] calls.
pub fn rich(id: &str, holes: &[&'static str], views: Vec<AnyView>, words: &[(&'static str, Arg<'_>)]) -> Vec<AnyView> {
    let mut views: Vec<Option<AnyView>> = views.into_iter().map(Some).collect();
    pieces(id, holes, words)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.into_any()),
            // A text names each view once.
            Piece::Hole(i) => views.get_mut(i).and_then(Option::take),
        })
        .collect()
}

/// A text some of whose arguments are views, in the order of the language: a call names its views. Words and
/// numbers follow a semicolon: `rich!("ui-added-changed", added = …, changed = …; count = n)`.
#[macro_export]
macro_rules! rich {
    ($id:literal, $($name:ident = $view:expr),+ $(; $($word:ident = $value:expr),+)? $(,)?) => {
        $crate::ui::text::rich(
            $id,
            &[$(stringify!($name)),+],
            vec![$(leptos::prelude::IntoAny::into_any($view)),+],
            &[$($((stringify!($word), nexsent_texts::Arg::from($value))),+)?],
        )
    };
}
