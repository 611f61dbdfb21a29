//! Short notes that come and go, read out by screen readers.

use leptos::prelude::*;

#[derive(Clone)]
struct Note {
    id: u32,
    text: String,
    bad: bool,
}

#[derive(Clone, Copy)]
struct Notes(RwSignal<Vec<Note>>);

/// Makes the notes of this page's visitor.
pub fn provide() {
    provide_context(Notes(RwSignal::new(Vec::new())));
}

fn push(text: String, bad: bool) {
    let Some(Notes(notes)) = use_context::<Notes>() else { return };
    let id = notes.with_untracked(|n| n.last().map_or(1, |n| n.id + 1));
    notes.update(|n| n.push(Note { id, text, bad }));
    let seconds = if bad { 10 } else { 5 };
    set_timeout(move || notes.update(|n| n.retain(|n| n.id != id)), std::time::Duration::from_secs(seconds));
}

/// A function that shows notes; take it while a component is made.
pub fn notifier() -> impl Fn(String, bool) + Copy + Send + Sync + 'static {
    let owner = StoredValue::new(Owner::current());
    move |text, bad| {
        if let Some(owner) = owner.get_value() {
            owner.with(|| push(text, bad));
        }
    }
}

/// Where the notes appear.
#[component]
pub fn Toasts() -> impl IntoView {
    let notes = use_context::<Notes>().map_or_else(|| RwSignal::new(Vec::new()), |n| n.0);
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || notes.get() key=|n| n.id let:note>
                <div class="toast" class:bad=note.bad>{note.text}</div>
            </For>
        </div>
    }
}
