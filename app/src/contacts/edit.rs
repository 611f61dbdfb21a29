//! One contact: added, or seen with everything that is known of them.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    ContactId, Fault, ListId,
    attributes::AttributeRow,
    contacts::{Contact, ContactDraft, ListRow},
};
use nexsent_texts::t;

use super::{
    api,
    attribute_fields::{AttributeFields, texts, typed, values},
    profile::Profile,
};
use crate::{
    AppError, rich,
    ui::{Card, Check, Field, Message, PageHead, load, refusal_of, toast, unsaved},
};

type Fetched = (Option<Contact>, Vec<ListRow>, Vec<AttributeRow>);

async fn fetch(id: String) -> Result<Fetched, AppError> {
    let (lists, attributes) = (api::lists().await?, api::attributes().await?);
    if id == "new" {
        return Ok((None, lists, attributes));
    }
    let id: ContactId = id.parse().map_err(|_| AppError(Fault::not_found("contact")))?;
    Ok((Some(api::get_contact(id).await?), lists, attributes))
}

#[component]
pub fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let data = Resource::new(move || params.with(|p| p.get("id").unwrap_or_default()), fetch);
    load(data, |(found, lists, attributes)| match found {
        Some(contact) => {
            let names = attributes.into_iter().filter(|a| !a.removing).map(|a| a.name).collect::<Vec<_>>();
            view! { <Profile contact names lists /> }.into_any()
        }
        None => view! { <Form lists attributes /> }.into_any(),
    })
}

/// A value as it is typed.
pub(super) fn value_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is typed as a value: yes or no, a number only where nothing is lost (007 stays text), or text. The server knows the type.
pub(super) fn parse_value(text: &str) -> serde_json::Value {
    let text = text.trim();
    match text {
        "true" | "false" => serde_json::Value::Bool(text == "true"),
        v => v.parse::<i64>().ok().filter(|n| n.to_string() == v).map_or_else(|| v.into(), serde_json::Value::from),
    }
}

#[component]
fn Form(lists: Vec<ListRow>, attributes: Vec<AttributeRow>) -> impl IntoView {
    let empty = || RwSignal::new(String::new());
    let (email, first, last, consent) = (empty(), empty(), empty(), empty());
    let typed = typed(attributes, &std::collections::BTreeMap::new());
    let own = StoredValue::new(typed.clone());
    let joined: Vec<(ListRow, RwSignal<bool>)> = lists.into_iter().map(|l| (l, RwSignal::new(false))).collect();
    let chosen = StoredValue::new(joined.iter().map(|(l, s)| (l.id.clone(), *s)).collect::<Vec<(ListId, RwSignal<bool>)>>());
    let kept = unsaved(move || {
        let ticked = chosen.with_value(|c| c.iter().map(|(_, s)| s.get()).collect::<Vec<_>>());
        (email.get(), first.get(), last.get(), own.with_value(|t| texts(t)), consent.get(), ticked)
    });
    let note = toast::notifier();
    let navigate = use_navigate();
    let save = Action::new(move |(): &()| {
        let draft = ContactDraft {
            email: email.get_untracked(),
            first_name: first.get_untracked(),
            last_name: last.get_untracked(),
            attributes: own.with_value(|t| values(t)),
            lists: chosen.with_value(|c| c.iter().filter(|(_, s)| s.get_untracked()).map(|(l, _)| l.clone()).collect()),
        };
        let navigate = navigate.clone();
        async move {
            let saved = api::add_contact(draft, consent.get_untracked()).await?;
            note(t!("saved"), false);
            kept.saved();
            navigate(&format!("/contacts/{}", saved.id), NavigateOptions::default());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    // A mistake in an attribute is said beside it.
    let general = Signal::derive(move || error.get().filter(|e| !e.0.field.as_deref().is_some_and(|f| f.starts_with("attributes."))));
    view! {
        <PageHead title=t!("contacts-add") />
        <Card>
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <Message error=general fields=&["email", "first_name", "last_name", "consent"] />
                <Field name="email" label=t!("email") kind="email" required=true value=email error />
                <div class="columns">
                    <Field name="first_name" label=t!("first-name") value=first error />
                    <Field name="last_name" label=t!("last-name") value=last error />
                </div>
                <AttributeFields typed error />
                <fieldset>
                    <legend>{t!("contacts-form-lists")}</legend>
                    {if joined.is_empty() {
                        view! { <p class="hint">{rich!("contacts-form-no-lists", link = view! { <A href="/contacts/lists">{t!("contacts-form-make-list")}</A> })}</p> }.into_any()
                    } else {
                        joined.into_iter().map(|(l, s)| view! { <Check label=l.name value=s /> }).collect_view().into_any()
                    }}
                </fieldset>
                <Field name="consent" label=t!("contacts-consent-label") hint=t!("contacts-consent-hint") value=consent error />
                <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button>
            </form>
        </Card>
    }
}
