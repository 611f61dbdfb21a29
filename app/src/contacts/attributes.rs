//! Custom attributes: their names and types, and how they go.

use leptos::prelude::*;
use nexsent_model::{
    attributes::{AttributeKind, AttributeRow, KindChange},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Choice, Dialog, Empty, Field, Message, PageHead, Tone, grouped, load, refusal_of, toast},
};

fn kinds() -> Vec<(String, String)> {
    AttributeKind::ALL.map(|k| (k.as_str().to_owned(), k.label())).to_vec()
}

#[component]
pub fn Attributes() -> impl IntoView {
    let all = Resource::new(|| (), |()| api::attributes());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts | LiveEvent::Segments) {
                all.refetch()
            }
        },
        move || all.refetch(),
    );
    // What the index learnt between the fetch and the first event that is heard here.
    Effect::new(move |_| all.refetch());
    let can = me().role.can_send();
    let changing = RwSignal::new(None::<AttributeRow>);
    let doomed = RwSignal::new(None::<AttributeRow>);
    let changed = Callback::new(move |()| all.refetch());
    view! {
        <PageHead title=t!("contacts-attributes-title") note=t!("contacts-attributes-note") />
        <super::Tabs />
        {can.then(|| view! { <Add changed /> })}
        {load(all, move |rows| if rows.is_empty() {
            view! { <Empty title=t!("contacts-attributes-empty-title") text=t!("contacts-attributes-empty-text") /> }.into_any()
        } else {
            view! { <Table rows changing doomed can /> }.into_any()
        })}
        <ChangeKind which=changing changed />
        <Delete which=doomed changed />
    }
}

#[component]
fn Add(changed: Callback<()>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let kind = RwSignal::new(AttributeKind::Text.as_str().to_owned());
    let add = Action::new(move |(): &()| {
        let (wanted, kind) = (name.get_untracked(), kind.get_untracked().parse().unwrap_or_default());
        async move {
            let made = api::create_attribute(wanted, kind).await;
            if made.is_ok() {
                name.set(String::new());
                changed.run(());
            }
            made
        }
    });
    let error = refusal_of(add);
    view! {
        <Card>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(()); }>
                <Field name="name" label=t!("contacts-attributes-new") placeholder=t!("contacts-attributes-placeholder") value=name error />
                <Choice name="kind" label=t!("contacts-attributes-type") value=kind options=Signal::stored(kinds()) />
                <button type="submit" class="primary" disabled=move || add.pending().get()>{t!("add")}</button>
            </form>
            <Message error fields=&["name"] />
        </Card>
    }
}

#[component]
fn Table(rows: Vec<AttributeRow>, changing: RwSignal<Option<AttributeRow>>, doomed: RwSignal<Option<AttributeRow>>, can: bool) -> impl IntoView {
    let counted = rows.iter().any(|r| r.contacts.is_some());
    view! {
        <div class="scroll">
            <table class="cards">
                <thead><tr><th scope="col">{t!("name")}</th><th scope="col">{t!("contacts-attributes-type")}</th>{counted.then(|| view! { <th scope="col" class="num">{t!("contacts-attributes-column-contacts")}</th> })}<th scope="col"><span class="unseen">{t!("contacts-attributes-column-actions")}</span></th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|a| {
                        let (for_change, for_end) = (a.clone(), a.clone());
                        let (change_label, end_label) = (t!("contacts-attributes-change-type-of", name = &a.name), t!("contacts-attributes-delete-one", name = &a.name));
                        view! {
                            <tr>
                                <td><code>{a.name.clone()}</code></td>
                                <td>{if a.removing { view! { <Badge tone=Tone::Busy text=t!("contacts-attributes-removing") /> }.into_any() } else { a.kind.label().into_any() }}</td>
                                {counted.then(|| view! { <td class="num">{a.contacts.map(grouped)}</td> })}
                                <td class="right">{(can && !a.removing).then(|| view! {
                                    <button type="button" class="quiet" aria-label=change_label on:click=move |_| changing.set(Some(for_change.clone()))>{t!("contacts-attributes-change-type")}</button>
                                    <button type="button" class="quiet" aria-label=end_label on:click=move |_| doomed.set(Some(for_end.clone()))>{t!("delete")}</button>
                                })}</td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// A dialog that is open while there is something to ask about.
#[component]
fn Asking(which: RwSignal<Option<AttributeRow>>, label: String, children: Children) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(which.with(Option::is_some)));
    view! { <Dialog open label on_close=Callback::new(move |()| which.set(None))>{children()}</Dialog> }
}

/// What would become of the values, in words.
fn consequences(c: &KindChange, kind: AttributeKind) -> String {
    let values = if c.values == 0 {
        t!("contacts-kind-no-values")
    } else if c.misfits == 0 {
        t!("contacts-kind-all-fit", count = c.values)
    } else {
        let such = c.examples.iter().map(|e| format!("“{e}”")).collect::<Vec<_>>().join(", ");
        t!("contacts-kind-misfits", misfits = c.misfits, count = c.values, examples = such)
    };
    let mut out = vec![values];
    if !c.segments.is_empty() {
        let names = c.segments.iter().map(|s| format!("“{s}”")).collect::<Vec<_>>().join(", ");
        out.push(t!("contacts-kind-segments", kind = kind.label().to_lowercase(), segments = names));
    }
    if !c.fresh {
        out.push(t!("contacts-kind-stale"));
    }
    out.join(" ")
}

#[component]
fn ChangeKind(which: RwSignal<Option<AttributeRow>>, changed: Callback<()>) -> impl IntoView {
    let kind = RwSignal::new(String::new());
    let said = RwSignal::new(None::<KindChange>);
    let error = RwSignal::new(None::<AppError>);
    let note = toast::notifier();
    let current = move || which.with(|w| w.as_ref().map(|a| a.kind.as_str().to_owned()).unwrap_or_default());
    Effect::new(move |_| {
        kind.set(current());
        error.set(None);
    });
    // What it would mean is said before it can be done.
    Effect::new(move |_| {
        let (wanted, name) = (kind.get(), which.with_untracked(|w| w.as_ref().map(|a| a.name.clone())));
        said.set(None);
        let Some(name) = name.filter(|_| wanted != current()) else { return };
        leptos::task::spawn_local(async move {
            let answer = api::preview_attribute_kind(name, wanted.parse().unwrap_or_default()).await;
            if kind.get_untracked() == wanted {
                match answer {
                    Ok(c) => said.set(Some(c)),
                    Err(e) => error.set(Some(e)),
                }
            }
        });
    });
    let change = Action::new(move |(): &()| {
        let (wanted, which_) = (kind.get_untracked(), which.get_untracked());
        async move {
            let Some(attribute) = which_ else { return };
            match api::set_attribute_kind(attribute.name.clone(), wanted.parse().unwrap_or_default()).await {
                Ok(()) => {
                    note(t!("contacts-kind-changed", name = attribute.name), false);
                    which.set(None);
                    changed.run(());
                }
                Err(e) => error.set(Some(e)),
            }
        }
    });
    view! {
        <Asking which label=t!("contacts-kind-dialog")>
            <h2>{move || t!("contacts-kind-title", name = which.with(|w| w.as_ref().map(|a| a.name.clone()).unwrap_or_default()))}</h2>
            <Choice name="new_kind" label=t!("contacts-attributes-type") value=kind options=Signal::stored(kinds()) />
            <p role="status">{move || match said.get() {
                Some(c) => consequences(&c, kind.get_untracked().parse().unwrap_or_default()),
                None if kind.get() == current() => t!("contacts-kind-choose"),
                None => t!("contacts-kind-looking"),
            }}</p>
            <Message error />
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| which.set(None)>{t!("keep")}</button>
                <button type="button" class="primary" disabled=move || said.with(Option::is_none) || change.pending().get() on:click=move |_| { change.dispatch(()); }>{t!("contacts-kind-action")}</button>
            </div>
        </Asking>
    }
}

#[component]
fn Delete(which: RwSignal<Option<AttributeRow>>, changed: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<AppError>);
    let note = toast::notifier();
    let name = move || which.with(|w| w.as_ref().map(|a| a.name.clone()).unwrap_or_default());
    Effect::new(move |_| {
        which.track();
        typed.set(String::new());
        error.set(None);
    });
    let delete = Action::new(move |(): &()| {
        let wanted = which.get_untracked();
        async move {
            let Some(attribute) = wanted else { return };
            match api::delete_attribute(attribute.name.clone()).await {
                Ok(()) => {
                    note(t!("contacts-attribute-deleting", name = attribute.name), false);
                    which.set(None);
                    changed.run(());
                }
                Err(e) => error.set(Some(e)),
            }
        }
    });
    let sure = move || !typed.with(String::is_empty) && typed.get() == name();
    let text = move || {
        let has = which.with(|w| w.as_ref().and_then(|a| a.contacts).unwrap_or(0));
        t!("contacts-attribute-delete-text", count = has)
    };
    view! {
        <Asking which label=t!("contacts-attribute-delete-dialog")>
            <h2>{move || t!("contacts-attribute-delete-title", name = name())}</h2>
            <p>{text}</p>
            <form id="delete-attribute" on:submit=move |ev| { ev.prevent_default(); if sure() { delete.dispatch(()); } }>
                <Field name="confirm_name" label=t!("contacts-attribute-delete-name") autocomplete="off" value=typed />
                <Message error />
            </form>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| which.set(None)>{t!("keep")}</button>
                <button type="submit" form="delete-attribute" class="danger" disabled=move || !sure() || delete.pending().get()>{t!("contacts-attribute-delete-action")}</button>
            </div>
        </Asking>
    }
}
