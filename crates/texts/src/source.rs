//! The files.

use crate::Language;

/// An area's file in every language.
pub struct File {
    pub name: &'static str,
    pub en: &'static str,
    pub es: &'static str,
    /// Only the server says these: the browser does not load them.
    pub server_only: bool,
}

macro_rules! files {
    ($($kind:ident $name:literal),* $(,)?) => {
        /// Every file.
        pub const FILES: &[File] = &[$(File {
            name: $name,
            en: include_str!(concat!("../locales/en/", $name, ".ftl")),
            es: include_str!(concat!("../locales/es/", $name, ".ftl")),
            server_only: files!(@ $kind),
        }),*];
    };
    (@ page) => { false };
    (@ server) => { true };
}

files![
    page "common",
    page "ui",
    page "accounts",
    page "campaigns",
    page "contacts",
    page "people",
    page "segments",
    page "settings",
    page "forms",
    page "domains",
    page "model",
    page "places",
    page "security",
    server "mails",
    server "faults",
    server "recipients",
];

fn joined(language: Language, browser: bool) -> String {
    let english = |f: &File| if language == Language::Es { f.es } else { f.en };
    let all: Vec<&str> = FILES.iter().filter(|f| !(browser && f.server_only)).map(english).collect();
    let all = all.join("\n");
    #[cfg(not(target_arch = "wasm32"))]
    if language == Language::Pseudo {
        return crate::pseudo::source(all);
    }
    all
}

/// All texts of a language, as one Fluent resource.
#[must_use]
pub fn source(language: Language) -> String {
    joined(language, false)
}

/// What the browser loads: without comments, and without what only the server says.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn for_browser(language: Language) -> String {
    let all = joined(language, true);
    let mut out = String::with_capacity(all.len());
    let mut lines = all.lines().filter(|l| !l.starts_with('#')).peekable();
    while let Some(line) = lines.next() {
        // An empty line within a text is a paragraph; between texts it says nothing.
        if !line.trim().is_empty() || lines.peek().is_some_and(|next| next.starts_with(' ')) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
