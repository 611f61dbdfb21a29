//! A contact's page: the fields in place, the lists as chips, consent, and the timeline.

use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use nexsent_model::{
    ListId,
    bulk::{BulkAction, ContactFilter, UNDO_DAYS},
    consent::FieldChange,
    contacts::{Contact, ListRow},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{
    api,
    bulk::announcer,
    consent_card::ConsentCard,
    edit::{parse_value, value_text},
    list::status_badge,
    many_api,
    timeline::Timeline,
};
use crate::{
    frame::me,
    live, rich,
    ui::{Card, Combobox, Confirm, Icon, PageHead, Time, toast},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub contact: RwSignal<Contact>,
    /// Grows when something happened: timeline and consent are fetched afresh.
    pub changed: RwSignal<u32>,
}

#[component]
pub(super) fn Profile(contact: Contact, names: Vec<String>, lists: Vec<ListRow>) -> impl IntoView {
    let id = contact.id;
    let added = contact.created_at;
    let shared = Shared { contact: RwSignal::new(contact), changed: RwSignal::new(0) };
    let refresh = move || {
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = api::get_contact(id).await {
                if shared.contact.try_with_untracked(|c| *c != fresh) == Some(true) {
                    shared.contact.set(fresh);
                }
                shared.changed.try_update(|n| *n += 1);
            }
        });
    };
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts | LiveEvent::Campaign { .. }) {
                refresh();
            }
        },
        refresh,
    );
    let note = toast::notifier();
    let announce = announcer();
    let back = use_navigate();
    let delete = Action::new(move |(): &()| {
        let back = back.clone();
        async move {
            match many_api::start_bulk(ContactFilter::Ids { ids: vec![id] }, BulkAction::Delete).await {
                Ok(gone) => {
                    announce(gone);
                    back("/contacts", NavigateOptions::default());
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    let title = shared.contact.with_untracked(|c| c.email.clone());
    view! {
        <PageHead title=title>
            {move || status_badge(shared.contact.with(|c| c.status))}
            {can.then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("delete")}</button> })}
        </PageHead>
        <p class="muted">
            {rich!(
                "ui-added-changed",
                added = view! { <Time at=added /> },
                changed = move || view! { <Time at=shared.contact.with(|c| c.updated_at) /> }
            )}
        </p>
        <div class="person">
            <div>
                <Card title=t!("people-fields")><Fields shared names /></Card>
                <Card title=t!("people-lists")><Chips shared lists /></Card>
                <ConsentCard shared />
            </div>
            <Card title=t!("people-timeline")><Timeline shared /></Card>
        </div>
        <Confirm open=asking title=t!("people-delete-contact") text=t!("people-delete-contact-text", days = UNDO_DAYS) action=t!("delete") on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}

#[component]
fn Fields(shared: Shared, names: Vec<String>) -> impl IntoView {
    let contact = shared.contact;
    let can = me().role.can_send();
    let own = move || contact.with(|c| c.attributes.keys().cloned().collect::<Vec<_>>());
    let offered = StoredValue::new(names);
    let adding = RwSignal::new(String::new());
    // An attribute that is being added has a line before it has a value.
    let pending = RwSignal::new(Vec::<String>::new());
    let shown = Memo::new(move |_| {
        let mut all = own();
        all.extend(pending.get().into_iter().filter(|p| !contact.with(|c| c.attributes.contains_key(p))));
        all
    });
    let note = toast::notifier();
    let add = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        match nexsent_model::validate::attribute(&adding.get_untracked()) {
            Ok(name) => {
                pending.update(|p| {
                    if !p.contains(&name) {
                        p.push(name);
                    }
                });
                adding.set(String::new());
            }
            Err(text) => note(text.to_owned(), true),
        }
    };
    view! {
        <dl class="inplace">
            <InPlace shared key="e-mail" label=t!("email") read=|c| c.email.clone() change=FieldChange::Email />
            <InPlace shared key="first-name" label=t!("first-name") read=|c| c.first_name.clone() change=FieldChange::FirstName />
            <InPlace shared key="last-name" label=t!("last-name") read=|c| c.last_name.clone() change=FieldChange::LastName />
            <For each=move || shown.get() key=Clone::clone let:name>
                {
                    let (label, read_name, change_name) = (name.clone(), name.clone(), name.clone());
                    let fresh = !contact.with_untracked(|c| c.attributes.contains_key(&name));
                    view! {
                        <InPlace shared key=label.clone() label
                            read=move |c: &Contact| c.attributes.get(&read_name).map(value_text).unwrap_or_default()
                            change=move |text: String| {
                                let value = if text.trim().is_empty() { serde_json::Value::Null } else { parse_value(&text) };
                                FieldChange::Attribute(change_name.clone(), value)
                            }
                            open=fresh />
                    }
                }
            </For>
        </dl>
        {can.then(|| view! {
            <form class="inline" on:submit=add>
                <div class="field">
                    <label for="new_attribute">{t!("people-add-attribute")}</label>
                    <input id="new_attribute" name="new_attribute" list="attribute_names" autocomplete="off" placeholder=t!("people-attribute-example") prop:value=move || adding.get() on:input:target=move |ev| adding.set(ev.target().value()) />
                </div>
                <datalist id="attribute_names">{offered.get_value().into_iter().map(|n| view! { <option value=n></option> }).collect_view()}</datalist>
                <button type="submit">{t!("add")}</button>
            </form>
        })}
    }
}

/// One field: a click opens it, Enter saves, Esc leaves it as it was. What is typed shows at once, and goes back when it is refused.
#[component]
fn InPlace(
    shared: Shared,
    /// What tells it from the others, in any language.
    #[prop(into)]
    key: String,
    #[prop(into)] label: String,
    read: impl Fn(&Contact) -> String + Send + Sync + 'static,
    change: impl Fn(String) -> FieldChange + Send + Sync + 'static,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    let contact = shared.contact;
    let can = me().role.can_send();
    let read = StoredValue::new(read);
    let change = StoredValue::new(change);
    let kept = move || contact.with(|c| read.with_value(|r| r(c)));
    let hoped = RwSignal::new(None::<String>);
    let editing = RwSignal::new(open);
    let typed = RwSignal::new(String::new());
    let mistake = RwSignal::new(None::<String>);
    let input = NodeRef::<leptos::html::Input>::new();
    let button = NodeRef::<leptos::html::Button>::new();
    let id = format!("f-{key}");
    let save = Action::new(move |text: &String| {
        let text = text.clone();
        async move {
            let (id, wanted) = (contact.with_untracked(|c| c.id), change.with_value(|f| f(text.clone())));
            match api::change_field(id, wanted).await {
                Ok(fresh) => {
                    contact.set(fresh);
                    shared.changed.update(|n| *n += 1);
                    mistake.set(None);
                }
                Err(e) => {
                    // Back to what it was, with what was typed still there to be mended.
                    mistake.set(Some(e.to_string()));
                    typed.set(text);
                    editing.set(true);
                }
            }
            hoped.set(None);
        }
    });
    let start = move |_| {
        typed.set(contact.with_untracked(|c| read.with_value(|r| r(c))));
        mistake.set(None);
        editing.set(true);
    };
    let stop = move || {
        editing.set(false);
        mistake.set(None);
        request_animation_frame(move || {
            if let Some(Some(b)) = button.try_get_untracked() {
                drop(b.focus());
            }
        });
    };
    Effect::new(move |_| {
        if editing.get()
            && let Some(i) = input.get()
        {
            drop(i.focus());
            i.select();
        }
    });
    let commit = move || {
        let text = typed.get_untracked();
        if text == contact.with_untracked(|c| read.with_value(|r| r(c))) {
            stop();
            return;
        }
        hoped.set(Some(text.clone()));
        stop();
        save.dispatch(text);
    };
    let keys = move |ev: ev::KeyboardEvent| match ev.key().as_str() {
        "Enter" => {
            ev.prevent_default();
            commit();
        }
        "Escape" => {
            ev.prevent_default();
            stop();
        }
        _ => {}
    };
    let name = label.clone();
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <dt>{label}</dt>
        <dd class:wrong=move || mistake.with(Option::is_some)>
            {move || if editing.get() && can {
                let (aria, described) = (name.clone(), described.clone());
                view! {
                    <input node_ref=input aria-label=aria aria-describedby=move || mistake.with(Option::is_some).then(|| described.clone()) aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                        prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value()) on:keydown=keys on:blur=move |_| if mistake.with_untracked(Option::is_none) && editing.get_untracked() { commit() } />
                }.into_any()
            } else {
                let text = hoped.get().unwrap_or_else(kept);
                let empty = text.is_empty();
                let shown = if empty { "–".to_owned() } else { text };
                if can {
                    let aria = if empty { t!("people-change-empty", field = &name) } else { t!("people-change-field", field = &name, value = &shown) };
                    view! { <button type="button" node_ref=button class="value" class:busy=move || hoped.with(Option::is_some) aria-label=aria on:click=start>{shown}</button> }.into_any()
                } else {
                    view! { <span class="value">{shown}</span> }.into_any()
                }
            }}
            {move || mistake.get().map(|m| view! { <p class="mistake" id=error_id.clone() role="alert">{m}</p> })}
        </dd>
    }
}

#[component]
fn Chips(shared: Shared, lists: Vec<ListRow>) -> impl IntoView {
    let contact = shared.contact;
    let can = me().role.can_send();
    let all = StoredValue::new(lists);
    let note = toast::notifier();
    let wanted = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let set = Action::new(move |(list, member): &(ListId, bool)| {
        let (list, member) = (list.clone(), *member);
        async move {
            // At once, and back when it is refused.
            let before = contact.get_untracked();
            contact.update(|c| {
                c.lists.retain(|l| *l != list);
                if member {
                    c.lists.push(list.clone());
                }
            });
            match api::set_list(before.id, list, member, reason.get_untracked()).await {
                Ok(fresh) => {
                    contact.set(fresh);
                    reason.set(String::new());
                    shared.changed.update(|n| *n += 1);
                }
                Err(e) => {
                    contact.set(before);
                    note(e.to_string(), true);
                }
            }
        }
    });
    let joined = move || {
        let ids = contact.with(|c| c.lists.clone());
        all.with_value(|a| a.iter().filter(|l| ids.contains(&l.id)).cloned().collect::<Vec<_>>())
    };
    let others = move || {
        let ids = contact.with(|c| c.lists.clone());
        all.with_value(|a| a.iter().filter(|l| !ids.contains(&l.id)).map(|l| (l.id.to_string(), l.name.clone())).collect::<Vec<_>>())
    };
    let add = move |ev: ev::SubmitEvent| {
        ev.prevent_default();
        match wanted.get_untracked().parse::<ListId>() {
            Ok(list) => {
                wanted.set(String::new());
                set.dispatch((list, true));
            }
            Err(_) => note(t!("people-choose-list-first"), true),
        }
    };
    view! {
        <ul class="chips">
            {move || {
                let rows = joined();
                if rows.is_empty() {
                    return view! { <li class="hint">{t!("people-on-no-list")}</li> }.into_any();
                }
                rows.into_iter().map(|l| {
                    let id = l.id.clone();
                    let label = t!("people-take-off", list = &l.name);
                    view! {
                        <li class="chip">
                            <span>{l.name}</span>
                            {can.then(|| view! { <button type="button" class="quiet" aria-label=label on:click=move |_| { set.dispatch((id.clone(), false)); }><Icon name="cross" /></button> })}
                        </li>
                    }
                }).collect_view().into_any()
            }}
        </ul>
        {can.then(|| view! {
            <form class="inline" on:submit=add>
                <Combobox name="add_list" label=t!("people-add-to-list") value=wanted options=Signal::derive(others) />
                <div class="field">
                    <label for="list_reason">{t!("people-list-reason")}</label>
                    <input id="list_reason" name="list_reason" autocomplete="off" placeholder=t!("people-list-reason-example") prop:value=move || reason.get() on:input:target=move |ev| reason.set(ev.target().value()) />
                </div>
                <button type="submit">{t!("add")}</button>
            </form>
        })}
    }
}
