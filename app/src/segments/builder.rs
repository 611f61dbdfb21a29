//! The builder: groups and conditions, and beside them how many contacts they find, while one writes.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    Fault, SegmentId,
    live::LiveEvent,
    segments::{Group, MAX_DEPTH, SegmentChoices, SegmentTrial, SegmentView},
};
use nexsent_texts::t;

use super::{
    api,
    condition::condition_view,
    state::{GroupState, Maker, Node},
};
use crate::{
    AppError,
    contacts::list::status_badge,
    frame::me,
    live, rich,
    ui::{Badge, Card, Confirm, Field, Icon, Message, PageHead, Tone, grouped, load, toast, unsaved},
};

/// How long after the last change a rule is tried.
const QUIET: Duration = Duration::from_millis(350);

/// What every part of the builder needs.
#[derive(Clone, Copy)]
pub(super) struct Ctx {
    pub choices: StoredValue<SegmentChoices>,
    /// The condition that is not right, what to do about it, and whether that stopped a save.
    pub wrong: Memo<Option<(u32, String, bool)>>,
    maker: StoredValue<Maker>,
}

type Fetched = (Option<SegmentView>, SegmentChoices);

async fn fetch(id: String) -> Result<Fetched, AppError> {
    let choices = api::get_choices().await?;
    if id == "new" {
        return Ok((None, choices));
    }
    let id: SegmentId = id.parse().map_err(|_| AppError(Fault::not_found("segment")))?;
    Ok((Some(api::segment(id).await?), choices))
}

#[component]
pub fn SegmentPage() -> impl IntoView {
    let params = use_params_map();
    let data = Resource::new(move || params.with(|p| p.get("id").unwrap_or_default()), fetch);
    load(data, |(segment, choices)| view! { <Builder segment choices /> })
}

/// Which condition a fault is about: `condition:3` is the fourth in reading order.
fn at(error: &AppError, ids: &[u32]) -> Option<(u32, String)> {
    let n: usize = error.0.field.as_deref()?.strip_prefix("condition:")?.parse().ok()?;
    Some((*ids.get(n)?, error.0.message.clone()))
}

#[component]
fn Builder(segment: Option<SegmentView>, choices: SegmentChoices) -> impl IntoView {
    let id = segment.as_ref().map(|s| s.row.id.clone());
    let title = segment.as_ref().map_or_else(|| t!("segments-new-title"), |s| s.row.name.clone());
    let name = RwSignal::new(segment.as_ref().map(|s| s.row.name.clone()).unwrap_or_default());
    let version = StoredValue::new(segment.as_ref().map_or(0, |s| s.version));
    let used_by = segment.as_ref().map(|s| s.used_by.clone()).unwrap_or_default();
    let maker = Maker::new();
    let root = maker.group(&segment.map(|s| s.rule).unwrap_or_default());
    if root.nodes.with_untracked(Vec::is_empty) {
        let first = maker.blank();
        root.nodes.update_untracked(|n| n.push(first));
    }
    let rule = Memo::new(move |_| root.rule());
    let trial = RwSignal::new(None::<Result<SegmentTrial, AppError>>);
    try_while_written(rule, trial);

    let refused = RwSignal::new(None::<AppError>);
    let wrong = Memo::new(move |_| {
        let ids = rule.with(|r| r.1.clone());
        let stopped = refused.with(|e| e.as_ref().and_then(|e| at(e, &ids)));
        let unfinished = || trial.with(|t| t.as_ref().and_then(|t| t.as_ref().err()).and_then(|e| at(e, &ids)));
        stopped.map(|(id, text)| (id, text, true)).or_else(|| unfinished().map(|(id, text)| (id, text, false)))
    });
    // What was refused is no longer said once it is being mended.
    Effect::new(move |before: Option<()>| {
        rule.track();
        if before.is_some() {
            refused.set(None);
        }
    });
    let kept = unsaved(move || (name.get(), rule.get().0));
    let ctx = Ctx { choices: StoredValue::new(choices), wrong, maker: StoredValue::new(maker) };

    let note = toast::notifier();
    let navigate = use_navigate();
    let (to_saved, to_list) = (navigate.clone(), navigate);
    let own = StoredValue::new(id.clone());
    let save = Action::new(move |(): &()| {
        let (named, wanted, go) = (name.get_untracked(), rule.get_untracked().0, to_saved.clone());
        async move {
            match api::save_segment(own.get_value(), version.get_value(), named, wanted).await {
                Ok((made, now)) => {
                    version.set_value(now);
                    refused.set(None);
                    kept.saved();
                    note(t!("saved"), false);
                    if own.with_value(Option::is_none) {
                        go(&format!("/contacts/segments/{made}"), NavigateOptions { replace: true, ..NavigateOptions::default() });
                    }
                }
                Err(e) => refused.set(Some(e)),
            }
        }
    });
    let delete = Action::new(move |(): &()| {
        let go = to_list.clone();
        async move {
            let Some(id) = own.get_value() else { return };
            match api::delete_segment(id).await {
                Ok(()) => {
                    kept.saved();
                    go("/contacts/segments", NavigateOptions::default());
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    // A fault of a condition is shown there.
    let general = Signal::derive(move || refused.get().filter(|e| !e.0.field.as_deref().is_some_and(|f| f.starts_with("condition:"))));
    let shown = id.clone();
    view! {
        <PageHead title=title>
            {shown.map(|id| view! { <A href=format!("/contacts?segment={id}") attr:class="button">{t!("segments-show-contacts")}</A> })}
            {(can && id.is_some()).then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("delete")}</button> })}
        </PageHead>
        {(!used_by.is_empty()).then(|| view! { <p class="banner warn">{t!("segments-about-to-be-sent", campaigns = used_by.join(", "))}</p> })}
        <div class="builder">
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <fieldset class="plain" disabled=!can>
                    <Field name="name" label=t!("name") value=name error=general />
                    {group_view(root, ctx, 1, None)}
                    <Message error=general fields=&["name"] />
                    {can.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button> })}
                </fieldset>
            </form>
            <Found trial />
        </div>
        <Confirm open=asking title=t!("segments-delete-title") text=t!("segments-delete-text") action=t!("segments-delete-yes") on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}

/// Tries the rule a little after each change, and when contacts have changed.
fn try_while_written(rule: Memo<(Group, Vec<u32>)>, trial: RwSignal<Option<Result<SegmentTrial, AppError>>>) {
    let ask = move || {
        leptos::task::spawn_local(async move {
            let wanted = rule.get_untracked().0;
            let answer = api::try_segment(wanted.clone()).await;
            // An answer to what was there before is none.
            if rule.try_get_untracked().is_some_and(|r| r.0 == wanted) {
                trial.set(Some(answer));
            }
        });
    };
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let later = move |pause| {
        if let Some(Some(t)) = timer.try_get_value() {
            t.clear();
        }
        timer.set_value(set_timeout_with_handle(ask, pause).ok());
    };
    Effect::new(move |before: Option<()>| {
        rule.track();
        later(if before.is_some() { QUIET } else { Duration::ZERO });
    });
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts | LiveEvent::Segments) {
                later(QUIET);
            }
        },
        move || later(QUIET),
    );
    on_cleanup(move || {
        if let Some(Some(t)) = timer.try_get_value() {
            t.clear();
        }
    });
}

/// A group with what is in it. `remove`: for one that is inside another.
fn group_view(group: GroupState, ctx: Ctx, depth: usize, remove: Option<Callback<()>>) -> AnyView {
    let add = move |node: Node| group.nodes.update(|n| n.push(node));
    let matching = move |ev: leptos::ev::Targeted<leptos::ev::Event, leptos::web_sys::HtmlSelectElement>| group.any.set(ev.target().value() == "any");
    let any = group.any.get_untracked();
    view! {
        <fieldset class="rules">
            <legend class="unseen">{if depth == 1 { t!("segments-rule") } else { t!("segments-group") }}</legend>
            <div class="rules-head">
                <select aria-label=if depth == 1 { t!("segments-matching-rule") } else { t!("segments-matching-group") } on:change:target=matching>
                    <option value="all" selected=!any>{t!("segments-all")}</option>
                    <option value="any" selected=any>{t!("segments-any")}</option>
                </select>
                {remove.map(|remove| view! { <button type="button" class="quiet" on:click=move |_| remove.run(())>{t!("segments-remove-group")}</button> })}
            </div>
            <For each=move || group.nodes.get() key=Node::id children=move |node| {
                let gone = Callback::new(move |()| group.remove(node.id()));
                match node {
                    Node::Condition(c) => condition_view(c, ctx, gone),
                    Node::Group(g) => group_view(g, ctx, depth + 1, Some(gone)),
                }
            } />
            <div class="row-wrap">
                <button type="button" on:click=move |_| add(ctx.maker.with_value(Maker::blank))><Icon name="plus" />{t!("segments-add-condition")}</button>
                {(depth < MAX_DEPTH).then(|| view! { <button type="button" on:click=move |_| add(ctx.maker.with_value(Maker::blank_group))><Icon name="plus" />{t!("segments-add-group")}</button> })}
            </div>
        </fieldset>
    }
    .into_any()
}

/// How many it finds, and the newest of them.
#[component]
fn Found(trial: RwSignal<Option<Result<SegmentTrial, AppError>>>) -> impl IntoView {
    let said = move || {
        match trial.get() {
        None => view! { <p class="muted">{t!("segments-counting")}</p> }.into_any(),
        Some(Err(e)) => {
            let text = if e.0.field.as_deref().is_some_and(|f| f.starts_with("condition:")) {
                t!("segments-finish")
            } else {
                e.to_string()
            };
            view! { <p class="muted">{text}</p> }.into_any()
        }
        Some(Ok(t)) => view! {
            <p class="found-count">{rich!("segments-found-of", found = view! { <strong>{grouped(t.count.contacts)}</strong> }; count = t.count.of)}</p>
            {(!t.count.fresh).then(|| view! { <p><Badge tone=Tone::Busy text=t!("segments-updating") /></p> })}
        }
        .into_any(),
    }
    };
    let sample = move || {
        let rows = trial.with(|t| t.as_ref().and_then(|t| t.as_ref().ok()).map(|t| t.sample.clone()).unwrap_or_default());
        (!rows.is_empty()).then(|| view! {
            <h3>{t!("segments-newest")}</h3>
            <ul class="plain sample">
                {rows.into_iter().map(|c| {
                    let name = format!("{} {}", c.first_name, c.last_name).trim().to_owned();
                    view! { <li><A href=format!("/contacts/{}", c.id)>{c.email}</A>{status_badge(c.status)}{(!name.is_empty()).then(|| view! { <span class="muted">{name}</span> })}</li> }
                }).collect_view()}
            </ul>
        })
    };
    view! {
        <Card title=t!("segments-found")>
            <div role="status" aria-live="polite">{said}</div>
            <div>{sample}</div>
            <p class="hint">{t!("segments-found-hint")}</p>
        </Card>
    }
}
