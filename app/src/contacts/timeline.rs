//! Everything that happened to a contact, newest first, with the notes of the team in between.

use leptos::prelude::*;
use nexsent_model::{
    Cursor, NoteId, Page,
    consent::{EventKind, TimelineEntry},
};

use super::{api, profile::Shared};
use crate::{
    AppError,
    frame::me,
    ui::{Icon, Message, TextArea, Time, load, refusal_of, toast},
};

#[component]
pub(super) fn Timeline(shared: Shared) -> impl IntoView {
    let id = shared.contact.with_untracked(|c| c.id);
    let data = Resource::new(move || shared.changed.get(), move |_| api::timeline(id, None));
    let text = RwSignal::new(String::new());
    let save = Action::new(move |(): &()| async move {
        api::save_note(id, None, text.get_untracked()).await?;
        text.set(String::new());
        shared.changed.update(|n| *n += 1);
        Ok::<_, AppError>(())
    });
    let error = refusal_of(save);
    let can = me().role.can_send();
    view! {
        {can.then(|| view! {
            <form class="note-form" on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <TextArea name="note" label="Add a note" value=text rows=2 error />
                <Message error fields=&["note"] />
                <button type="submit" disabled=move || save.pending().get()>"Add the note"</button>
            </form>
        })}
        {load(data, move |page| view! { <Pages shared first=page /> })}
    }
}

/// The first page, and those that are asked for under it.
#[component]
fn Pages(shared: Shared, first: Page<TimelineEntry>) -> impl IntoView {
    let id = shared.contact.with_untracked(|c| c.id);
    let next = RwSignal::new(first.next);
    let more = RwSignal::new(Vec::<TimelineEntry>::new());
    let note = toast::notifier();
    let fetch = Action::new(move |after: &Cursor| {
        let after = after.clone();
        async move {
            match api::timeline(id, Some(after)).await {
                Ok(page) => {
                    more.update(|m| m.extend(page.items));
                    next.set(page.next);
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let none = first.items.is_empty();
    view! {
        {none.then(|| view! { <p class="hint">"Nothing happened yet."</p> })}
        <ol class="timeline">
            {first.items.into_iter().map(|e| view! { <Entry shared e /> }).collect_view()}
            {move || more.get().into_iter().map(|e| view! { <Entry shared e /> }).collect_view()}
        </ol>
        {move || next.get().map(|after| view! {
            <button type="button" class="quiet" disabled=move || fetch.pending().get() on:click=move |_| { fetch.dispatch(after.clone()); }>"Show older"</button>
        })}
    }
}

fn icon(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Added | EventKind::Joined | EventKind::SignedUp => "plus",
        EventKind::Imported => "upload",
        EventKind::Edited | EventKind::Preferences => "gear",
        EventKind::Sent | EventKind::Queued | EventKind::ConfirmationSent => "send",
        EventKind::Confirmed | EventKind::ConsentRecorded | EventKind::Returned => "check",
        EventKind::Opened | EventKind::Clicked => "search",
        EventKind::Left | EventKind::Unsubscribed => "out",
        EventKind::NotSent | EventKind::Suppressed => "warn",
        EventKind::Note => "list",
    }
}

#[component]
fn Entry(shared: Shared, e: TimelineEntry) -> impl IntoView {
    let tone = match e.kind {
        EventKind::NotSent | EventKind::Suppressed | EventKind::Unsubscribed => "bad",
        EventKind::Confirmed | EventKind::Opened | EventKind::Clicked => "good",
        EventKind::Note => "note",
        _ => "",
    };
    let head = match (e.note.clone(), e.href.clone()) {
        (Some(note), _) => view! { <Note shared id=note.id mine=note.mine edited=note.edited_at.is_some() text=e.what.clone() /> }.into_any(),
        (None, Some(href)) => view! { <p><b>{e.kind.label()}</b>" "<a href=href>{e.what.clone()}</a></p> }.into_any(),
        (None, None) => view! { <p><b>{e.kind.label()}</b>{(!e.what.is_empty()).then(|| format!(" {}", e.what))}</p> }.into_any(),
    };
    let by = [(!e.who.is_empty()).then(|| format!("by {}", e.who)), e.address.map(|a| format!("from {a}"))].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <li class=tone>
            <Icon name=icon(e.kind) />
            <div>
                {head}
                {(!e.detail.is_empty()).then(|| view! { <p class="hint">{e.detail}</p> })}
                <p class="hint"><Time at=e.at />{(!by.is_empty()).then(|| format!(", {}", by.join(", ")))}</p>
            </div>
        </li>
    }
}

/// A note, with what its author can do.
#[component]
fn Note(shared: Shared, id: NoteId, mine: bool, edited: bool, text: String) -> impl IntoView {
    let contact = shared.contact.with_untracked(|c| c.id);
    let id = StoredValue::new(id);
    let editing = RwSignal::new(false);
    let typed = RwSignal::new(text.clone());
    let note = toast::notifier();
    let save = Action::new(move |gone: &bool| {
        let gone = *gone;
        async move {
            let done = match gone {
                true => api::delete_note(id.get_value()).await,
                false => api::save_note(contact, Some(id.get_value()), typed.get_untracked()).await,
            };
            match done {
                Ok(()) => {
                    editing.set(false);
                    shared.changed.update(|n| *n += 1);
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let kept = StoredValue::new(text);
    view! {
        {move || if editing.get() {
            view! {
                <textarea aria-label="Change the note" rows="3" prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value())
                    on:keydown=move |ev| if ev.key() == "Escape" { typed.set(kept.get_value()); editing.set(false) }>{kept.get_value()}</textarea>
                <p class="row-wrap">
                    <button type="button" class="primary" on:click=move |_| { save.dispatch(false); }>"Save the note"</button>
                    <button type="button" class="quiet" on:click=move |_| { typed.set(kept.get_value()); editing.set(false); }>"Leave it"</button>
                </p>
            }.into_any()
        } else {
            view! {
                <p class="text">{kept.get_value()}</p>
                {mine.then(|| view! {
                    <p class="row-wrap">
                        <button type="button" class="quiet" on:click=move |_| editing.set(true)>"Change"</button>
                        <button type="button" class="quiet" on:click=move |_| { save.dispatch(true); }>"Delete the note"</button>
                    </p>
                })}
            }.into_any()
        }}
        {edited.then(|| view! { <p class="hint">"Changed since."</p> })}
    }
}
