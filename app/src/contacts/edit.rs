//! One contact: seen, changed, added.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    ContactId, Fault, ListId,
    contacts::{Contact, ContactDraft, ListRow},
};

use super::{api, list::status_badge};
use crate::{
    AppError,
    frame::me,
    ui::{Card, Check, Confirm, Field, Message, PageHead, TextArea, Time, load, refusal_of, toast, unsaved},
};

async fn fetch(id: String) -> Result<(Option<Contact>, Vec<ListRow>), AppError> {
    let lists = api::lists().await?;
    if id == "new" {
        return Ok((None, lists));
    }
    let id: ContactId = id.parse().map_err(|_| AppError(Fault::not_found("contact")))?;
    Ok((Some(api::get_contact(id).await?), lists))
}

#[component]
pub fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let data = Resource::new(move || params.with(|p| p.get("id").unwrap_or_default()), fetch);
    load(data, |(contact, lists)| view! { <Form contact lists /> })
}

/// `name: value`, a line each.
fn attributes_text(attributes: &BTreeMap<String, serde_json::Value>) -> String {
    attributes
        .iter()
        .map(|(k, v)| match v {
            serde_json::Value::String(s) => format!("{k}: {s}"),
            v => format!("{k}: {v}"),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn parse_attributes(text: &str) -> Result<BTreeMap<String, serde_json::Value>, AppError> {
    let mut out = BTreeMap::new();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let Some((name, value)) = line.split_once(':') else {
            return Err(AppError(Fault::field("attributes", format!("Line {}: write a name, a colon and a value.", i + 1))));
        };
        let value = value.trim();
        let parsed = match value {
            "true" | "false" => serde_json::Value::Bool(value == "true"),
            // A number only where nothing is lost: 007 stays text.
            v => v.parse::<i64>().ok().filter(|n| n.to_string() == v).map_or_else(|| v.into(), serde_json::Value::from),
        };
        out.insert(name.trim().to_owned(), parsed);
    }
    Ok(out)
}

fn check_attributes(text: &str) -> Option<String> {
    parse_attributes(text).err().map(|e| e.to_string())
}

#[component]
fn Form(contact: Option<Contact>, lists: Vec<ListRow>) -> impl IntoView {
    let id = contact.as_ref().map(|c| c.id);
    let given = contact.clone();
    let text = |f: fn(&Contact) -> String| RwSignal::new(given.as_ref().map(f).unwrap_or_default());
    let email = text(|c| c.email.clone());
    let first = text(|c| c.first_name.clone());
    let last = text(|c| c.last_name.clone());
    let attributes = text(|c| attributes_text(&c.attributes));
    let joined: Vec<(ListRow, RwSignal<bool>)> = lists
        .into_iter()
        .map(|l| {
            let is_in = given.as_ref().is_some_and(|c| c.lists.contains(&l.id));
            (l, RwSignal::new(is_in))
        })
        .collect();
    let chosen = StoredValue::new(joined.iter().map(|(l, s)| (l.id.clone(), *s)).collect::<Vec<(ListId, RwSignal<bool>)>>());
    let kept = unsaved(move || {
        (email.get(), first.get(), last.get(), attributes.get(), chosen.with_value(|c| c.iter().map(|(_, s)| s.get()).collect::<Vec<_>>()))
    });
    let note = toast::notifier();
    let navigate = use_navigate();
    let back = navigate.clone();
    let save = Action::new(move |(): &()| {
        let draft = parse_attributes(&attributes.get_untracked()).map(|attributes| ContactDraft {
            email: email.get_untracked(),
            first_name: first.get_untracked(),
            last_name: last.get_untracked(),
            attributes,
            lists: chosen.with_value(|c| c.iter().filter(|(_, s)| s.get_untracked()).map(|(l, _)| l.clone()).collect()),
        });
        let navigate = navigate.clone();
        async move {
            let saved = api::save_contact(id, draft?).await?;
            note("Saved.".to_owned(), false);
            kept.saved();
            if id.is_none() {
                navigate(&format!("/contacts/{}", saved.id), NavigateOptions::default());
            }
            Ok::<_, AppError>(())
        }
    });
    let delete = Action::new(move |(): &()| {
        let back = back.clone();
        async move {
            match api::delete_contacts(id.into_iter().collect()).await {
                Ok(_) => {
                    kept.saved();
                    back("/contacts", NavigateOptions::default());
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let error = refusal_of(save);
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    let status = given.as_ref().map(|c| c.status);
    let title = given.as_ref().map_or_else(|| "Add a contact".to_owned(), |c| c.email.clone());
    view! {
        <PageHead title=title>
            {status.map(status_badge)}
            {(can && id.is_some()).then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>"Delete"</button> })}
        </PageHead>
        {given.map(|c| view! { <p class="muted">"Added " <Time at=c.created_at /> ", changed " <Time at=c.updated_at /></p> })}
        <Card>
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <Message error fields=&["email", "first_name", "last_name", "attributes"] />
                <Field name="email" label="E-mail" kind="email" required=true value=email error />
                <div class="columns">
                    <Field name="first_name" label="First name" value=first error />
                    <Field name="last_name" label="Last name" value=last error />
                </div>
                <TextArea name="attributes" label="Attributes" hint="A line each: a name, a colon, a value. Templates write {{ contact.name }}." value=attributes rows=4 check=check_attributes error />
                <fieldset>
                    <legend>"Lists"</legend>
                    {if joined.is_empty() {
                        view! { <p class="hint">"There are no lists yet. "<A href="/contacts/lists">"Make one"</A></p> }.into_any()
                    } else {
                        joined.into_iter().map(|(l, s)| view! { <Check label=l.name value=s /> }).collect_view().into_any()
                    }}
                </fieldset>
                {can.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>"Save"</button> })}
            </form>
        </Card>
        <Confirm open=asking title="Delete this contact?" text="An unsubscription stays in force for the address. This cannot be undone." action="Delete" on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}
