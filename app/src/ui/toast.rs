//! Short notes that come and go, read out by screen readers; some offer to take something back.

use std::{sync::Arc, time::Duration};

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use nexsent_texts::t;

/// What a note's button does.
type Act = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Note {
    id: u32,
    text: String,
    bad: bool,
    /// A button's label, and what it does. It outlives the page that made it.
    offer: Option<(String, Act)>,
}

#[derive(Clone, Copy)]
struct Notes(RwSignal<Vec<Note>>);

/// How long a note stays.
const PLAIN: Duration = Duration::from_secs(5);
const BAD: Duration = Duration::from_secs(10);
/// Long enough to read it, decide and get there; it stays longer while the pointer or the focus is on it.
const OFFER: Duration = Duration::from_secs(20);

/// Makes the notes of this page's visitor.
pub fn provide() {
    provide_context(Notes(RwSignal::new(Vec::new())));
}

impl Notes {
    fn push(self, text: String, bad: bool, offer: Option<(String, Act)>) {
        let id = self.0.with_untracked(|n| n.last().map_or(1, |n| n.id + 1));
        let stays = match &offer {
            Some(_) => OFFER,
            None if bad => BAD,
            None => PLAIN,
        };
        self.0.update(|n| n.push(Note { id, text, bad, offer }));
        self.leave_later(id, stays);
    }

    /// Takes a note away after a time; one that is being used has its time anew.
    fn leave_later(self, id: u32, stays: Duration) {
        set_timeout(
            move || {
                if in_use(id) {
                    self.leave_later(id, Duration::from_secs(5));
                } else {
                    self.remove(id);
                }
            },
            stays,
        );
    }

    fn remove(self, id: u32) {
        self.0.update(|n| n.retain(|n| n.id != id));
    }

    fn accept(self, id: u32) {
        let act = self.0.with_untracked(|n| n.iter().find(|n| n.id == id).and_then(|n| n.offer.clone()));
        self.remove(id);
        if let Some((_, act)) = act {
            act();
        }
    }
}

/// Whether the pointer or the focus is on a note.
fn in_use(id: u32) -> bool {
    document().query_selector(&format!("#toast-{id}:hover, #toast-{id}:focus-within")).ok().flatten().is_some()
}

/// A function that shows notes; take it while a component is made.
pub fn notifier() -> impl Fn(String, bool) + Copy + Send + Sync + 'static {
    let notes = use_context::<Notes>();
    move |text, bad| {
        if let Some(notes) = notes {
            notes.push(text, bad, None);
        }
    }
}

/// A function that shows notes with a button: text, label, and what the button does. Take it while a component is made; what the button
/// does must not need that component, which may be gone by then.
pub fn offerer() -> impl Fn(String, String, Act) + Copy + Send + Sync + 'static {
    let notes = use_context::<Notes>();
    move |text, label, act| {
        if let Some(notes) = notes {
            notes.push(text, false, Some((label, act)));
        }
    }
}

/// Whether somebody is typing: the keys are the field's then.
fn typing() -> bool {
    document()
        .active_element()
        .and_then(|e| e.dyn_into::<HtmlElement>().ok())
        .is_some_and(|e| ["INPUT", "TEXTAREA", "SELECT"].contains(&e.tag_name().as_str()) || e.is_content_editable())
}

/// Where the notes appear. Ctrl+Z, or ⌘Z, does what the newest one offers.
#[component]
pub fn Toasts() -> impl IntoView {
    let notes = use_context::<Notes>().unwrap_or_else(|| Notes(RwSignal::new(Vec::new())));
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |ev| {
            let undo = ev.key().eq_ignore_ascii_case("z") && (ev.ctrl_key() || ev.meta_key()) && !ev.shift_key() && !ev.alt_key();
            let newest = notes.0.with_untracked(|n| n.iter().rev().find(|n| n.offer.is_some()).map(|n| n.id));
            if let Some(id) = newest.filter(|_| undo && !typing()) {
                ev.prevent_default();
                notes.accept(id);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || notes.0.get() key=|n| n.id let:note>
                {
                    let id = note.id;
                    view! {
                        <div class="toast" class:bad=note.bad id=format!("toast-{id}")>
                            <span>{note.text}</span>
                            {note.offer.map(|(label, _)| view! {
                                <button type="button" aria-keyshortcuts="Control+Z Meta+Z" on:click=move |_| notes.accept(id)>{label}</button>
                                <button type="button" class="close" aria-label=t!("ui-close-note") on:click=move |_| notes.remove(id)><super::Icon name="cross" /></button>
                            })}
                        </div>
                    }
                }
            </For>
        </div>
    }
}
