//! Everything that happened to a contact, newest first, with the notes of the team in between.

use leptos::prelude::*;
use nexsent_model::{
    Cursor, NoteId, Page,
    consent::{EventKind, TimelineEntry},
};
use nexsent_texts::t;

use super::{api, profile::Shared};
use crate::{
    AppError,
    frame::me,
    rich,
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
                <TextArea name="note" label=t!("people-add-note") value=text rows=2 error />
                <Message error fields=&["note"] />
                <button type="submit" disabled=move || save.pending().get()>{t!("people-keep-note")}</button>
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
        {none.then(|| view! { <p class="hint">{t!("people-nothing-happened")}</p> })}
        <ol class="timeline">
            {first.items.into_iter().map(|e| view! { <Entry shared e /> }).collect_view()}
            {move || more.get().into_iter().map(|e| view! { <Entry shared e /> }).collect_view()}
        </ol>
        {move || next.get().map(|after| view! {
            <button type="button" class="quiet" disabled=move || fetch.pending().get() on:click=move |_| { fetch.dispatch(after.clone()); }>{t!("people-show-older")}</button>
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

/// What happened, in a sentence with what it is about.
fn sentence(kind: EventKind, what: AnyView) -> Vec<AnyView> {
    match kind {
        EventKind::Imported => rich!("people-event-imported-of", what = what),
        EventKind::Joined => rich!("people-event-joined-of", what = what),
        EventKind::Left => rich!("people-event-left-of", what = what),
        EventKind::SignedUp => rich!("people-event-signed-up-of", what = what),
        EventKind::ConfirmationSent => rich!("people-event-confirmation-sent-of", what = what),
        EventKind::Confirmed => rich!("people-event-confirmed-of", what = what),
        EventKind::ConsentRecorded => rich!("people-event-consent-recorded-of", what = what),
        EventKind::Unsubscribed => rich!("people-event-unsubscribed-of", what = what),
        EventKind::Suppressed => rich!("people-event-suppressed-of", what = what),
        EventKind::Sent => rich!("people-event-sent-of", what = what),
        EventKind::NotSent => rich!("people-event-not-sent-of", what = what),
        EventKind::Queued => rich!("people-event-queued-of", what = what),
        EventKind::Opened => rich!("people-event-opened-of", what = what),
        EventKind::Clicked => rich!("people-event-clicked-of", what = what),
        // These are about the contact alone; a later version may know more.
        EventKind::Added | EventKind::Edited | EventKind::Preferences | EventKind::Returned | EventKind::Note => {
            rich!("people-event-of", what = what; event = kind.label())
        }
    }
}

/// When it happened, by whom and from where.
fn moment(at: AnyView, who: String, address: Option<String>) -> Vec<AnyView> {
    match (who.is_empty(), address) {
        (true, None) => vec![at],
        (false, None) => rich!("people-when-by", when = at; who = who),
        (true, Some(address)) => rich!("people-when-from", when = at; address = address),
        (false, Some(address)) => rich!("people-when-by-from", when = at; who = who, address = address),
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
        (None, Some(href)) => view! { <p>{sentence(e.kind, view! { <a href=href>{e.what.clone()}</a> }.into_any())}</p> }.into_any(),
        (None, None) if e.what.is_empty() => view! { <p>{e.kind.label()}</p> }.into_any(),
        (None, None) => view! { <p>{sentence(e.kind, view! { <span>{e.what.clone()}</span> }.into_any())}</p> }.into_any(),
    };
    view! {
        <li class=tone>
            <Icon name=icon(e.kind) />
            <div>
                {head}
                {(!e.detail.is_empty()).then(|| view! { <p class="hint">{e.detail}</p> })}
                <p class="hint">{moment(view! { <Time at=e.at /> }.into_any(), e.who, e.address)}</p>
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
                <textarea aria-label=t!("people-change-note") rows="3" prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value())
                    on:keydown=move |ev| if ev.key() == "Escape" { typed.set(kept.get_value()); editing.set(false) }>{kept.get_value()}</textarea>
                <p class="row-wrap">
                    <button type="button" class="primary" on:click=move |_| { save.dispatch(false); }>{t!("people-save-note")}</button>
                    <button type="button" class="quiet" on:click=move |_| { typed.set(kept.get_value()); editing.set(false); }>{t!("people-leave-note")}</button>
                </p>
            }.into_any()
        } else {
            view! {
                <p class="text">{kept.get_value()}</p>
                {mine.then(|| view! {
                    <p class="row-wrap">
                        <button type="button" class="quiet" on:click=move |_| editing.set(true)>{t!("change")}</button>
                        <button type="button" class="quiet" on:click=move |_| { save.dispatch(true); }>{t!("people-delete-note")}</button>
                    </p>
                })}
            }.into_any()
        }}
        {edited.then(|| view! { <p class="hint">{t!("people-note-changed")}</p> })}
    }
}
