//! One condition: the field, what is asked of it, and the value, each by what the field holds.

use leptos::prelude::*;
use nexsent_model::segments::{FieldKind, MAX_DAYS, Op, STANDINGS, SegmentChoices, standing_label};
use nexsent_texts::t;

use super::{
    builder::Ctx,
    state::{ConditionState, kind},
};
use crate::ui::Icon;

fn contact_fields() -> [(&'static str, String); 5] {
    [
        ("email", t!("email")),
        ("first_name", t!("first-name")),
        ("last_name", t!("last-name")),
        ("created", t!("segments-field-created")),
        ("status", t!("segments-field-status")),
    ]
}

fn activity_fields() -> [(&'static str, String); 3] {
    [("received", t!("segments-field-received")), ("opened", t!("segments-field-opened")), ("clicked", t!("segments-field-clicked"))]
}

fn options(pairs: Vec<(String, String)>, chosen: &str) -> AnyView {
    pairs
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view()
        .into_any()
}

fn owned<const N: usize>(pairs: [(&str, String); N]) -> Vec<(String, String)> {
    pairs.map(|(value, text)| (value.to_owned(), text)).into()
}

/// Every field that a condition can look at.
fn fields(choices: &SegmentChoices, chosen: &str) -> AnyView {
    let mut attributes: Vec<(String, String)> = choices.attributes.iter().map(|a| (format!("attribute:{}", a.name), a.name.clone())).collect();
    // One that was deleted since: it has to be seen to be mended.
    if let Some(gone) = chosen.strip_prefix("attribute:").filter(|name| !choices.attributes.iter().any(|a| a.name == *name)) {
        attributes.push((chosen.to_owned(), t!("segments-attribute-gone", name = gone)));
    }
    view! {
        <optgroup label=t!("segments-fields-contact")>{options(owned(contact_fields()), chosen)}</optgroup>
        {(!attributes.is_empty()).then(|| view! { <optgroup label=t!("segments-fields-attributes")>{options(attributes, chosen)}</optgroup> })}
        <optgroup label=t!("segments-fields-lists")>{options(owned([("list", t!("segments-field-list"))]), chosen)}</optgroup>
        <optgroup label=t!("segments-fields-activity")>{options(owned(activity_fields()), chosen)}</optgroup>
    }
    .into_any()
}

pub(super) fn condition_view(c: ConditionState, ctx: Ctx, remove: Callback<()>) -> AnyView {
    let choices = ctx.choices;
    let held = Memo::new(move |_| choices.with_value(|all| kind(&c.field.get(), all)));
    let wrong = move || ctx.wrong.with(|w| w.as_ref().filter(|(id, ..)| *id == c.id).map(|(_, text, bad)| (text.clone(), *bad)));
    let wrong = Memo::new(move |_| wrong());
    let note = format!("condition-{}-note", c.id);
    let described = {
        let note = note.clone();
        move || wrong.get().map(|_| note.clone())
    };
    view! {
        <div class="condition" class:wrong=move || wrong.with(|w| w.as_ref().is_some_and(|w| w.1))>
            <select aria-label=t!("segments-field") aria-describedby=described on:change:target=move |ev| { let v = ev.target().value(); choices.with_value(|all| c.choose(v, all)); }>
                {choices.with_value(|all| fields(all, &c.field.get_untracked()))}
            </select>
            {move || about(c, held.get(), choices)}
            {move || {
                let kind = held.get();
                let ops: Vec<(String, String)> = kind.ops().iter().map(|o| (o.as_str().to_owned(), o.label(kind))).collect();
                view! { <select aria-label=t!("segments-comparison") on:change:target=move |ev| if let Ok(op) = ev.target().value().parse() { c.op.set(op) }>{options(ops, c.op.get_untracked().as_str())}</select> }
            }}
            {move || values(c, held.get(), c.op.get())}
            <button type="button" class="quiet" aria-label=t!("segments-remove-condition") on:click=move |_| remove.run(())><Icon name="cross" /></button>
            {move || wrong.get().map(|(text, bad)| view! { <p class=if bad { "mistake" } else { "hint" } id=note.clone() role=bad.then_some("alert")>{text}</p> })}
        </div>
    }
    .into_any()
}

/// Which list, or which campaign.
fn about(c: ConditionState, kind: FieldKind, choices: StoredValue<SegmentChoices>) -> Option<AnyView> {
    let (label, mut pairs) = match kind {
        FieldKind::Membership => {
            let lists = choices.with_value(|all| all.lists.iter().map(|l| (l.id.to_string(), l.name.clone())).collect::<Vec<_>>());
            (t!("segments-field-list"), [vec![(String::new(), t!("segments-choose-list"))], lists].concat())
        }
        FieldKind::Activity => {
            let campaigns = choices.with_value(|all| all.campaigns.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>());
            (t!("segments-field-campaign"), [vec![(String::new(), t!("segments-any-campaign"))], campaigns].concat())
        }
        _ => return None,
    };
    let chosen = c.of.get_untracked();
    if !pairs.iter().any(|(v, _)| *v == chosen) {
        pairs.push((chosen.clone(), t!("segments-not-listed")));
    }
    Some(view! { <select aria-label=label on:change:target=move |ev| c.of.set(ev.target().value())>{options(pairs, &chosen)}</select> }.into_any())
}

/// The value's field, where there is one.
fn values(c: ConditionState, kind: FieldKind, op: Op) -> AnyView {
    let field = move |signal: RwSignal<String>, label: String| {
        let (input_type, mode) = match (kind, op) {
            (_, Op::InLast | Op::NotInLast) => ("number", "numeric"),
            (FieldKind::Date | FieldKind::Time, _) => ("date", "text"),
            (FieldKind::Number, _) => ("text", "decimal"),
            _ => ("text", "text"),
        };
        let days = input_type == "number";
        view! {
            <input aria-label=label type=input_type inputmode=mode min=days.then_some("1") max=days.then(|| MAX_DAYS.to_string()) maxlength="200" autocomplete="off"
                prop:value=move || signal.get() on:input:target=move |ev| signal.set(ev.target().value()) />
        }
    };
    match op.values() {
        0 => ().into_any(),
        _ if kind == FieldKind::Status => view! {
            <select aria-label=t!("segments-field-status") on:change:target=move |ev| c.value.set(ev.target().value())>{options(owned(STANDINGS.map(|s| (s, standing_label(s)))), &c.value.get_untracked())}</select>
        }
        .into_any(),
        1 if matches!(op, Op::InLast | Op::NotInLast) => view! { {field(c.value, t!("segments-days"))}<span class="unit">{t!("segments-days-unit")}</span> }.into_any(),
        1 => field(c.value, t!("segments-value")).into_any(),
        _ => view! { {field(c.value, t!("segments-from"))}<span class="unit">{t!("segments-and")}</span>{field(c.to, t!("segments-to"))} }.into_any(),
    }
}
