//! Keys that are heard on every page.

use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};
use nexsent_texts::t;

use super::lines::pages;

/// How long `g` waits for the key of a page, in milliseconds.
const PREFIX: f64 = 1000.0;
/// Where a key is a letter of a text, or the field's own.
const FIELDS: &str = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/// Keys besides those of the pages.
pub(super) fn keys() -> [(String, &'static [&'static str]); 6] {
    [
        (t!("places-find-what"), &["Ctrl", "K"]),
        (t!("places-keys-mac"), &["⌘", "K"]),
        (t!("places-keys-search"), &["/"]),
        (t!("places-keys-send"), &["Ctrl", "Enter"]),
        (t!("places-keys-help"), &["?"]),
        (t!("places-keys-close"), &["Esc"]),
    ]
}

/// Which of the two dialogs is open.
#[derive(Clone, Copy)]
pub(super) struct Opened {
    pub palette: RwSignal<bool>,
    pub help: RwSignal<bool>,
}

/// What a key does that was pressed anywhere.
pub(super) fn press(ev: &KeyboardEvent, opened: Opened, prefix: StoredValue<f64>, go: Callback<String>) {
    // Browsers that fill in a form send a keydown that is no key.
    if !ev.is_instance_of::<KeyboardEvent>() || ev.default_prevented() || ev.is_composing() {
        return;
    }
    let key = ev.key();
    let chord = ev.ctrl_key() || ev.meta_key();
    if chord && !ev.alt_key() && !ev.shift_key() && key.eq_ignore_ascii_case("k") {
        let open = opened.palette.get_untracked();
        if open || !dialog_open() {
            ev.prevent_default();
            if !ev.repeat() {
                opened.palette.set(!open);
            }
        }
        return;
    }
    let after_g = ev.time_stamp() - prefix.get_value() < PREFIX;
    prefix.set_value(f64::NEG_INFINITY);
    if chord || ev.alt_key() || ev.repeat() || in_field(ev) || dialog_open() {
        return;
    }
    if after_g && let Some((_, href, _)) = pages().iter().find(|p| p.2 == Some(key.as_str())) {
        ev.prevent_default();
        go.run((*href).to_owned());
        return;
    }
    match key.as_str() {
        "g" => prefix.set_value(ev.time_stamp()),
        "/" => {
            let field = document().query_selector("input[type=search]").ok().flatten();
            if let Some(field) = field.and_then(|f| f.dyn_into::<HtmlElement>().ok()) {
                // Else the stroke itself would be typed into it.
                ev.prevent_default();
                drop(field.focus());
            }
        }
        "?" => {
            ev.prevent_default();
            opened.help.set(true);
        }
        _ => {}
    }
}

fn dialog_open() -> bool {
    matches!(document().query_selector("dialog[open]"), Ok(Some(_)))
}

fn in_field(ev: &KeyboardEvent) -> bool {
    let target = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| matches!(t.closest(FIELDS), Ok(Some(_))))
}
