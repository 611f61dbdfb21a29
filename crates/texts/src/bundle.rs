//! Texts by their ids, filled in.

use std::borrow::Cow;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, types::FluentNumber};

use crate::{Language, current};

type Bundle = fluent_bundle::concurrent::FluentBundle<FluentResource>;

/// What is filled in: a word, or a number that the text may depend on.
pub struct Arg<'a>(FluentValue<'a>);

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self(FluentValue::String(Cow::Borrowed(text)))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self(FluentValue::String(Cow::Owned(text)))
    }
}

macro_rules! numbers {
    ($($t:ty),*) => {
        $(impl From<$t> for Arg<'_> {
            fn from(n: $t) -> Self {
                Self(FluentValue::from(n))
            }
        })*
    };
}
numbers!(u8, u16, u32, u64, usize, i32, i64, f64);

/// Numbers as people write them: `1,234,567`.
fn number(language: Language, n: &FluentNumber) -> String {
    let plain = n.as_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |d| ("-", d));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(w, p)| (w, Some(p)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(language.group_mark());
        }
        out.push(c);
    }
    if let Some(part) = part {
        out.push(language.decimal_mark());
        out.push_str(part);
    }
    out
}

fn make(language: Language, source: String) -> Bundle {
    // Plural rules: the pseudo-locale's texts are English ones.
    let tag = if language == Language::Pseudo { Language::En } else { language }.as_str();
    let mut bundle = Bundle::new_concurrent(vec![tag.parse::<unic_langid::LanguageIdentifier>().unwrap_or_default()]);
    // Marks around what is filled in would be copied along, and be in the way of whoever searches.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Es => |value, _| match value {
            FluentValue::Number(n) => Some(number(Language::Es, n)),
            _ => None,
        },
        _ => |value, _| match value {
            FluentValue::Number(n) => Some(number(Language::En, n)),
            _ => None,
        },
    }));
    // What cannot be read is left out; a test reads every file.
    let resource = FluentResource::try_new(source).unwrap_or_else(|(readable, _)| readable);
    drop(bundle.add_resource(resource));
    bundle
}

#[cfg(not(target_arch = "wasm32"))]
fn with<T>(language: Language, look: impl FnOnce(&Bundle) -> T) -> T {
    static ALL: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::EVERY.map(|l| make(l, crate::source(l))));
    look(&ALL[language as usize])
}

#[cfg(target_arch = "wasm32")]
static ONE: std::sync::OnceLock<(Language, Bundle)> = std::sync::OnceLock::new();

/// The texts are there already.
#[cfg(target_arch = "wasm32")]
#[derive(Debug)]
pub struct Refused;

/// Gives the browser its language, before anything is shown.
///
/// # Errors
/// When it has one.
#[cfg(target_arch = "wasm32")]
pub fn install(language: Language, source: String) -> Result<(), Refused> {
    ONE.set((language, make(language, source))).map_err(|_| Refused)
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn installed() -> Language {
    ONE.get().map(|(l, _)| *l).unwrap_or_default()
}

#[cfg(target_arch = "wasm32")]
fn with<T>(_: Language, look: impl FnOnce(&Bundle) -> T) -> T {
    #[cfg(feature = "embedded")]
    let (_, bundle) = ONE.get_or_init(|| (Language::En, make(Language::En, crate::source(Language::En))));
    #[cfg(not(feature = "embedded"))]
    let (_, bundle) = ONE.get_or_init(|| (Language::En, make(Language::En, String::new())));
    look(bundle)
}

/// What [`crate::t!`] calls. An id that does not exist is given back as it is.
#[must_use]
pub fn text(id: &str, args: &[(&'static str, Arg<'_>)]) -> String {
    with(current(), |bundle| {
        let Some(pattern) = bundle.get_message(id).and_then(|m| m.value()) else {
            debug_assert!(false, "no text {id}");
            return id.to_owned();
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.0.clone())).collect();
        let mut wrong = Vec::new();
        let out = bundle.format_pattern(pattern, Some(&args), &mut wrong).into_owned();
        debug_assert!(wrong.is_empty(), "{id}: {wrong:?}");
        out
    })
}

/// A part of a text with holes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// The hole of this number.
    Hole(usize),
}

/// A text whose named arguments are not words but views: what stands between them, in the order of the language.
#[must_use]
pub fn pieces(id: &str, holes: &[&'static str], args: &[(&'static str, Arg<'_>)]) -> Vec<Piece> {
    // Of the private use area: no text has them.
    const FIRST: u32 = 0xE000;
    let mark = |i: usize| u32::try_from(i).ok().and_then(|i| char::from_u32(FIRST + i)).unwrap_or('\u{E000}');
    let mut all: Vec<(&'static str, Arg<'_>)> = args.iter().map(|(n, a)| (*n, Arg(a.0.clone()))).collect();
    all.extend(holes.iter().enumerate().map(|(i, name)| (*name, Arg::from(mark(i).to_string()))));
    let whole = text(id, &all);
    let mut out = Vec::new();
    let mut rest = String::new();
    for c in whole.chars() {
        match usize::try_from(u32::from(c).wrapping_sub(FIRST)) {
            Ok(i) if i < holes.len() => {
                if !rest.is_empty() {
                    out.push(Piece::Text(std::mem::take(&mut rest)));
                }
                out.push(Piece::Hole(i));
            }
            _ => rest.push(c),
        }
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}
