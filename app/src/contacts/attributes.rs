//! Custom attributes: their names and types, and how they go.

use leptos::prelude::*;
use nexsent_model::{
    attributes::{AttributeKind, AttributeRow, KindChange},
    live::LiveEvent,
};

use super::api;
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Choice, Dialog, Empty, Field, Message, PageHead, Tone, count, grouped, load, refusal_of, toast},
};

fn kinds() -> Vec<(String, String)> {
    AttributeKind::ALL.map(|k| (k.as_str().to_owned(), k.label().to_owned())).to_vec()
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
        <PageHead title="Attributes" note="What is known of a contact besides name and address. Templates write {{ contact.name }}; segments compare by type." />
        <super::Tabs />
        {can.then(|| view! { <Add changed /> })}
        {load(all, move |rows| if rows.is_empty() {
            view! { <Empty title="No attributes yet" text="Add one here, or import a file: its columns become attributes." /> }.into_any()
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
                <Field name="name" label="A new attribute" placeholder="favourite_colour" value=name error />
                <Choice name="kind" label="Type" value=kind options=Signal::stored(kinds()) />
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Add"</button>
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
                <thead><tr><th scope="col">"Name"</th><th scope="col">"Type"</th>{counted.then(|| view! { <th scope="col" class="num">"Contacts that have it"</th> })}<th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|a| {
                        let (for_change, for_end) = (a.clone(), a.clone());
                        let (change_label, end_label) = (format!("Change the type of {}", a.name), format!("Delete {}", a.name));
                        view! {
                            <tr>
                                <td><code>{a.name.clone()}</code></td>
                                <td>{if a.removing { view! { <Badge tone=Tone::Busy text="Being deleted" /> }.into_any() } else { a.kind.label().into_any() }}</td>
                                {counted.then(|| view! { <td class="num">{a.contacts.map(grouped)}</td> })}
                                <td class="right">{(can && !a.removing).then(|| view! {
                                    <button type="button" class="quiet" aria-label=change_label on:click=move |_| changing.set(Some(for_change.clone()))>"Change type"</button>
                                    <button type="button" class="quiet" aria-label=end_label on:click=move |_| doomed.set(Some(for_end.clone()))>"Delete"</button>
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
fn Asking(which: RwSignal<Option<AttributeRow>>, label: &'static str, children: Children) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(which.with(Option::is_some)));
    view! { <Dialog open label on_close=Callback::new(move |()| which.set(None))>{children()}</Dialog> }
}

/// What would become of the values, in words.
fn consequences(c: &KindChange, kind: AttributeKind) -> String {
    let mut out = if c.values == 0 {
        "No contact has a value yet.".to_owned()
    } else if c.misfits == 0 {
        format!("{} fit the new type.", count(c.values, "value", "values"))
    } else {
        let such = c.examples.iter().map(|e| format!("“{e}”")).collect::<Vec<_>>().join(", ");
        format!(
            "{} of {} would not fit, such as {such}. They stay as they are, but count as empty; under the old type they are back.",
            grouped(c.misfits),
            count(c.values, "value", "values")
        )
    };
    if !c.segments.is_empty() {
        let names = c.segments.iter().map(|s| format!("“{s}”")).collect::<Vec<_>>().join(", ");
        out.push_str(&format!(" Segments that ask what cannot be asked of a {}: {names}. They need a look afterwards.", kind.label().to_lowercase()));
    }
    if !c.fresh {
        out.push_str(" Contacts have just changed: the figures are being brought up to date.");
    }
    out
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
                    note(format!("“{}” has another type now.", attribute.name), false);
                    which.set(None);
                    changed.run(());
                }
                Err(e) => error.set(Some(e)),
            }
        }
    });
    view! {
        <Asking which label="Change the type">
            <h2>{move || format!("The type of “{}”", which.with(|w| w.as_ref().map(|a| a.name.clone()).unwrap_or_default()))}</h2>
            <Choice name="new_kind" label="Type" value=kind options=Signal::stored(kinds()) />
            <p role="status">{move || match said.get() {
                Some(c) => consequences(&c, kind.get_untracked().parse().unwrap_or_default()),
                None if kind.get() == current() => "Choose another type to see what becomes of the values.".to_owned(),
                None => "Looking at the values…".to_owned(),
            }}</p>
            <Message error />
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| which.set(None)>"Keep"</button>
                <button type="button" class="primary" disabled=move || said.with(Option::is_none) || change.pending().get() on:click=move |_| { change.dispatch(()); }>"Change the type"</button>
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
                    note(format!("“{}” is being deleted.", attribute.name), false);
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
        format!(
            "{} it. The values go from the contacts in the background, and cannot be brought back. Type the name to go on.",
            count(has, "contact has", "contacts have")
        )
    };
    view! {
        <Asking which label="Delete this attribute">
            <h2>{move || format!("Delete “{}”?", name())}</h2>
            <p>{text}</p>
            <form id="delete-attribute" on:submit=move |ev| { ev.prevent_default(); if sure() { delete.dispatch(()); } }>
                <Field name="confirm_name" label="Its name" autocomplete="off" value=typed />
                <Message error />
            </form>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| which.set(None)>"Keep"</button>
                <button type="submit" form="delete-attribute" class="danger" disabled=move || !sure() || delete.pending().get()>"Delete the attribute"</button>
            </div>
        </Asking>
    }
}
