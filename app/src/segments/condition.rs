//! One condition: the field, what is asked of it, and the value, each by what the field holds.

use leptos::prelude::*;
use nexsent_model::segments::{FieldKind, MAX_DAYS, Op, STANDINGS, SegmentChoices};

use super::{
    builder::Ctx,
    state::{ConditionState, kind},
};
use crate::ui::Icon;

const ABOUT: [(&str, &str); 5] =
    [("email", "E-mail"), ("first_name", "First name"), ("last_name", "Last name"), ("created", "Added"), ("status", "Status")];
const ACTIVITY: [(&str, &str); 3] = [("received", "Received a campaign"), ("opened", "Opened a campaign"), ("clicked", "Clicked in a campaign")];

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

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(v, t)| ((*v).to_owned(), (*t).to_owned())).collect()
}

/// Every field that a condition can look at.
fn fields(choices: &SegmentChoices, chosen: &str) -> AnyView {
    let mut attributes: Vec<(String, String)> = choices.attributes.iter().map(|a| (format!("attribute:{}", a.name), a.name.clone())).collect();
    // One that was deleted since: it has to be seen to be mended.
    if let Some(gone) = chosen.strip_prefix("attribute:").filter(|name| !choices.attributes.iter().any(|a| a.name == *name)) {
        attributes.push((chosen.to_owned(), format!("{gone} (deleted)")));
    }
    view! {
        <optgroup label="Contact">{options(owned(&ABOUT), chosen)}</optgroup>
        {(!attributes.is_empty()).then(|| view! { <optgroup label="Attributes">{options(attributes, chosen)}</optgroup> })}
        <optgroup label="Lists">{options(owned(&[("list", "List")]), chosen)}</optgroup>
        <optgroup label="Activity">{options(owned(&ACTIVITY), chosen)}</optgroup>
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
            <select aria-label="Field" aria-describedby=described on:change:target=move |ev| { let v = ev.target().value(); choices.with_value(|all| c.choose(v, all)); }>
                {choices.with_value(|all| fields(all, &c.field.get_untracked()))}
            </select>
            {move || about(c, held.get(), choices)}
            {move || {
                let kind = held.get();
                let ops: Vec<(String, String)> = kind.ops().iter().map(|o| (o.as_str().to_owned(), o.label(kind).to_owned())).collect();
                view! { <select aria-label="Comparison" on:change:target=move |ev| if let Ok(op) = ev.target().value().parse() { c.op.set(op) }>{options(ops, c.op.get_untracked().as_str())}</select> }
            }}
            {move || values(c, held.get(), c.op.get())}
            <button type="button" class="quiet" aria-label="Remove this condition" on:click=move |_| remove.run(())><Icon name="cross" /></button>
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
            ("List", [vec![(String::new(), "Choose a list".to_owned())], lists].concat())
        }
        FieldKind::Activity => {
            let campaigns = choices.with_value(|all| all.campaigns.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>());
            ("Campaign", [vec![(String::new(), "Any campaign".to_owned())], campaigns].concat())
        }
        _ => return None,
    };
    let chosen = c.of.get_untracked();
    if !pairs.iter().any(|(v, _)| *v == chosen) {
        pairs.push((chosen.clone(), "One that is not listed here".to_owned()));
    }
    Some(view! { <select aria-label=label on:change:target=move |ev| c.of.set(ev.target().value())>{options(pairs, &chosen)}</select> }.into_any())
}

/// The value's field, where there is one.
fn values(c: ConditionState, kind: FieldKind, op: Op) -> AnyView {
    let field = move |signal: RwSignal<String>, label: &'static str| {
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
            <select aria-label="Status" on:change:target=move |ev| c.value.set(ev.target().value())>{options(owned(&STANDINGS), &c.value.get_untracked())}</select>
        }
        .into_any(),
        1 if matches!(op, Op::InLast | Op::NotInLast) => view! { {field(c.value, "Days")}<span class="unit">"days"</span> }.into_any(),
        1 => field(c.value, "Value").into_any(),
        _ => view! { {field(c.value, "From")}<span class="unit">"and"</span>{field(c.to, "To")} }.into_any(),
    }
}
