//! What holds on every page: the clock, the guard of what is not saved, and Ctrl or ⌘ with Enter, which sends the form one is in.

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlFormElement},
};

use super::{guard, time};

/// Call it once, at the root.
pub fn provide() {
    time::provide();
    guard::provide();
    Effect::new(|_| {
        let handle = window_event_listener(ev::keydown, |ev| send(&ev));
        on_cleanup(move || handle.remove());
    });
}

fn send(ev: &KeyboardEvent) {
    // Browsers that fill in a form send a keydown that is no key.
    if !ev.is_instance_of::<KeyboardEvent>() || ev.default_prevented() || ev.is_composing() || ev.repeat() {
        return;
    }
    if ev.key() != "Enter" || !(ev.ctrl_key() || ev.meta_key()) {
        return;
    }
    let field = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
    let form = field.and_then(|f| f.closest("form").ok().flatten()).and_then(|f| f.dyn_into::<HtmlFormElement>().ok());
    if let Some(form) = form {
        ev.prevent_default();
        drop(form.request_submit());
    }
}
