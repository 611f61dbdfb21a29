//! A contact's attributes: a field each, by type.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::attributes::{AttributeKind, AttributeRow, text_of};
use nexsent_texts::t;

use crate::{AppError, rich};

/// What is typed of one attribute.
#[derive(Clone)]
pub(super) struct Typed {
    row: AttributeRow,
    given: Option<serde_json::Value>,
    text: RwSignal<String>,
}

/// Every attribute with the contact's value.
pub(super) fn typed(attributes: Vec<AttributeRow>, given: &BTreeMap<String, serde_json::Value>) -> Vec<Typed> {
    let known = attributes.into_iter().filter(|a| !a.removing);
    known
        .map(|row| {
            let given = given.get(&row.name).cloned();
            let text = given.as_ref().and_then(text_of).unwrap_or_default();
            // Yes and no are chosen, whatever they are kept as.
            let text = match (row.kind, nexsent_model::attributes::yes_no(&text)) {
                (AttributeKind::YesNo, Some(b)) => b.to_string(),
                _ => text,
            };
            Typed { row, given, text: RwSignal::new(text) }
        })
        .collect()
}

/// What is typed now.
pub(super) fn texts(typed: &[Typed]) -> Vec<String> {
    typed.iter().map(|t| t.text.get()).collect()
}

/// What is to be kept. A value that was not touched stays what it was, whether it fits its type or not.
pub(super) fn values(typed: &[Typed]) -> BTreeMap<String, serde_json::Value> {
    let mut out = BTreeMap::new();
    for t in typed {
        let text = t.text.get_untracked();
        let untouched = t.given.as_ref().filter(|g| text_of(g).unwrap_or_default() == text.trim());
        if !text.trim().is_empty() {
            out.insert(t.row.name.clone(), untouched.cloned().unwrap_or_else(|| text.into()));
        }
    }
    out
}

#[component]
pub(super) fn AttributeFields(typed: Vec<Typed>, error: Signal<Option<AppError>>) -> impl IntoView {
    view! {
        <fieldset>
            <legend>{t!("contacts-attribute-fields")}</legend>
            {if typed.is_empty() {
                view! { <p class="hint">{rich!("contacts-attribute-fields-none", link = view! { <A href="/contacts/attributes">{t!("contacts-attribute-fields-add")}</A> })}</p> }.into_any()
            } else {
                view! { <div class="columns">{typed.into_iter().map(|t| view! { <AttributeField typed=t error /> }).collect_view()}</div> }.into_any()
            }}
        </fieldset>
    }
}

#[component]
fn AttributeField(typed: Typed, error: Signal<Option<AppError>>) -> impl IntoView {
    let Typed { row, text, .. } = typed;
    let id = format!("attribute-{}", row.name);
    let field = format!("attributes.{}", row.name);
    let wrong = move || error.with(|e| e.as_ref().and_then(|e| e.on(&field)));
    let wrong = Memo::new(move |_| wrong());
    let described = format!("{id}-error");
    let describe = {
        let d = described.clone();
        move || wrong.get().map(|_| d.clone())
    };
    let misfit = {
        let now = text.get_untracked();
        !now.is_empty() && !row.kind.fits(&now)
    };
    let input = match row.kind {
        AttributeKind::YesNo if !misfit => view! {
            <select id=id.clone() aria-describedby=describe on:change:target=move |ev| text.set(ev.target().value())>
                {[("", "–".to_owned()), ("true", t!("yes")), ("false", t!("no"))].map(|(v, label)| { let selected = text.get_untracked() == v; view! { <option value=v selected=selected>{label}</option> } }).collect_view()}
            </select>
        }
        .into_any(),
        kind => {
            // What does not fit has to be seen to be mended: a date's own field would show nothing.
            let (input_type, mode) = match kind {
                AttributeKind::Date if !misfit => ("date", "text"),
                AttributeKind::Number => ("text", "decimal"),
                _ => ("text", "text"),
            };
            view! {
                <input id=id.clone() type=input_type inputmode=mode autocomplete="off" aria-invalid=move || wrong.get().map(|_| "true") aria-describedby=describe
                    prop:value=move || text.get() on:input:target=move |ev| text.set(ev.target().value()) />
            }
            .into_any()
        }
    };
    view! {
        <div class="field" class:wrong=move || wrong.get().is_some()>
            <label for=id>{row.name}</label>
            {input}
            {misfit.then(|| view! { <p class="hint">{t!("contacts-attribute-misfit", kind = row.kind.label().to_lowercase())}</p> })}
            {move || wrong.get().map(|m| view! { <p class="mistake" id=described.clone() role="alert">{m}</p> })}
        </div>
    }
}
