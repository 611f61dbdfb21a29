//! What was done to many contacts lately: progress, reports, undo.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    BulkId,
    bulk::{BulkState, BulkView, Skipped, UNDO_DAYS},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{Tabs, many_api as api};
use crate::{
    AppError,
    frame::me,
    live, rich,
    ui::{Badge, Empty, PageHead, Progress, Time, Tone, load, toast},
};

fn state_badge(state: BulkState) -> impl IntoView {
    let (tone, text) = match state {
        BulkState::Queued => (Tone::Busy, t!("people-bulk-queued")),
        BulkState::Running => (Tone::Busy, t!("people-bulk-running")),
        BulkState::Done => (Tone::Good, t!("people-bulk-done")),
        BulkState::Cancelled => (Tone::Plain, t!("people-bulk-cancelled")),
        BulkState::Failed => (Tone::Bad, t!("people-bulk-failed")),
    };
    view! { <Badge tone text /> }
}

/// What has come of an action so far, in a few words.
fn result(view: &BulkView) -> String {
    let done = if view.undo_of.is_some() { t!("people-taken-back", count = view.changed) } else { view.action.done(view.changed) };
    let left: u64 = view.skipped.iter().map(|s| s.count).sum();
    if left == 0 { done } else { t!("people-done-and-left", done = done, left = left) }
}

/// What a note says of an action.
fn said(view: &BulkView) -> String {
    match view.state {
        BulkState::Queued | BulkState::Running => t!("people-goes-on", action = view.title()),
        BulkState::Failed => view.problem.clone().unwrap_or_else(|| t!("people-did-not-work")),
        BulkState::Cancelled => t!("people-said-cancelled", result = result(view)),
        BulkState::Done => t!("people-said-done", result = result(view)),
    }
}

/// A function that tells what became of an action, with a way to take it back; take it while a component is made.
pub(super) fn announcer() -> impl Fn(BulkView) + Copy + Send + Sync + 'static {
    let note = toast::notifier();
    let offer = toast::offerer();
    move |view: BulkView| {
        let text = said(&view);
        if !view.can_undo() {
            note(text, view.state == BulkState::Failed);
            return;
        }
        let id = view.id.clone();
        let undo = move || {
            let id = id.clone();
            leptos::task::spawn_local(async move {
                match api::undo_bulk(id).await {
                    Ok(view) => note(said(&view), view.state == BulkState::Failed),
                    Err(e) => note(e.to_string(), true),
                }
            });
        };
        offer(text, t!("undo"), Arc::new(undo));
    }
}

/// How far an action is, as the socket says.
#[derive(Clone, Copy)]
struct Now {
    state: BulkState,
    total: u64,
    processed: u64,
}

/// The newest actions, kept up to date.
#[derive(Clone, Copy)]
struct Watch {
    all: Resource<Result<Vec<BulkView>, AppError>>,
    now: RwSignal<BTreeMap<BulkId, Now>>,
}

impl Watch {
    fn new() -> Self {
        let all = Resource::new(|| (), |()| api::bulks());
        let now = RwSignal::new(BTreeMap::<BulkId, Now>::new());
        live::provide().listen(
            move |e| {
                if let LiveEvent::Bulk { id, state, total, processed, .. } = e {
                    let known = now.try_update(|n| n.insert(id.clone(), Now { state: *state, total: *total, processed: *processed }));
                    if state.is_final() || known.flatten().is_none() {
                        all.refetch();
                    }
                }
            },
            move || all.refetch(),
        );
        Self { all, now }
    }

    /// Total and looked at, live.
    fn progress(self, view: &BulkView) -> (Signal<u64>, Signal<u64>) {
        let (id, total, processed) = (StoredValue::new(view.id.clone()), view.total, view.processed);
        let live = move |pick: fn(&Now) -> u64, before: u64| self.now.with(|n| id.with_value(|id| n.get(id).map_or(before, pick)));
        (Signal::derive(move || live(|n| n.total, total)), Signal::derive(move || live(|n| n.processed, processed)))
    }
}

#[component]
fn Bar(view: BulkView, watch: Watch) -> impl IntoView {
    let (total, processed) = watch.progress(&view);
    let title = view.title();
    let note = toast::notifier();
    let id = StoredValue::new(view.id);
    let cancel = Action::new(move |(): &()| async move {
        if let Err(e) = api::cancel_bulk(id.get_value()).await {
            note(e.to_string(), true);
        }
    });
    view! {
        <div class="going">
            <span><strong>{title.clone()}</strong>" "{move || t!("people-progress", done = processed.get(), total = total.get())}</span>
            <Progress label=title done=processed of=total />
            <button type="button" class="quiet" disabled=move || cancel.pending().get() on:click=move |_| { cancel.dispatch(()); }>{t!("cancel")}</button>
        </div>
    }
}

/// What is going on now, above a list of contacts; tells when something has come to its end.
#[component]
pub(super) fn Going() -> impl IntoView {
    let watch = Watch::new();
    let announce = announcer();
    // Only what was seen going on is told: the rest was told when it was started.
    let seen = StoredValue::new(Vec::<BulkId>::new());
    Effect::new(move |_| {
        let over: Vec<BulkId> = watch.now.with(|n| n.iter().filter(|(_, n)| n.state.is_final()).map(|(id, _)| id.clone()).collect());
        for id in over {
            let mine = seen.try_update_value(|s| s.iter().position(|x| *x == id).map(|at| s.remove(at))).flatten().is_some();
            if mine {
                leptos::task::spawn_local(async move {
                    if let Ok(view) = api::bulk(id).await {
                        announce(view);
                    }
                });
            }
        }
    });
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let open: Vec<BulkView> = watch.all.await.unwrap_or_default().into_iter().filter(|v| !v.state.is_final()).collect();
                seen.update_value(|s| s.extend(open.iter().map(|v| v.id.clone()).filter(|id| !s.contains(id)).collect::<Vec<_>>()));
                (!open.is_empty()).then(|| view! {
                    <section class="card" aria-label=t!("people-going-on")>
                        {open.into_iter().map(|view| view! { <Bar view watch /> }).collect_view()}
                    </section>
                })
            })}
        </Transition>
    }
}

fn skipped(all: Vec<Skipped>) -> impl IntoView {
    all.into_iter()
        .map(|s| {
            let why = s.reason.text(s.count);
            if s.examples.is_empty() {
                return view! { <small>{why}</small> }.into_any();
            }
            let examples = s
                .examples
                .into_iter()
                .enumerate()
                .map(|(i, e)| view! { {(i > 0).then_some(", ")}<A href=format!("/contacts/{}", e.id)>{e.email}</A> })
                .collect_view();
            view! { <small>{rich!("people-skip-examples", examples = examples; why = why)}</small> }.into_any()
        })
        .collect_view()
}

#[component]
fn Line(view: BulkView, watch: Watch) -> impl IntoView {
    let announce = announcer();
    let note = toast::notifier();
    let id = StoredValue::new(view.id.clone());
    let undo = Action::new(move |(): &()| async move {
        match api::undo_bulk(id.get_value()).await {
            Ok(view) => announce(view),
            Err(e) => note(e.to_string(), true),
        }
        watch.all.refetch();
    });
    let title = view.title();
    let label = t!("people-action-undo", action = &title);
    let can = me().role.can_send() && view.can_undo();
    let undone = view.undone_by.is_some();
    let going = !view.state.is_final();
    view! {
        <tr>
            <td><strong>{title}</strong><small>{view.scope.clone()}</small></td>
            <td>{state_badge(view.state)}</td>
            <td>
                {if going {
                    view! { <Bar view=view.clone() watch /> }.into_any()
                } else {
                    view! { <span>{result(&view)}</span>{view.problem.clone().map(|p| view! { <small>{p}</small> })}{skipped(view.skipped.clone())} }.into_any()
                }}
            </td>
            <td><Time at=view.created_at /><small>{view.by.clone()}</small></td>
            <td class="right">
                {can.then(|| view! { <button type="button" aria-label=label disabled=move || undo.pending().get() on:click=move |_| { undo.dispatch(()); }>{t!("undo")}</button> })}
                {undone.then(|| view! { <span class="muted">{t!("people-undone")}</span> })}
            </td>
        </tr>
    }
}

/// The newest actions with their reports.
#[component]
pub fn Actions() -> impl IntoView {
    let watch = Watch::new();
    let note = t!("people-actions-note", days = UNDO_DAYS);
    view! {
        <PageHead title=t!("people-actions") note=note />
        <Tabs />
        {load(watch.all, move |all| if all.is_empty() {
            view! { <Empty title=t!("people-actions-none") text=t!("people-actions-none-text")><A href="/contacts" attr:class="button primary">{t!("people-to-contacts")}</A></Empty> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">{t!("people-actions-what")}</th><th scope="col">{t!("people-actions-state")}</th><th scope="col">{t!("people-actions-result")}</th><th scope="col">{t!("people-actions-when")}</th><th scope="col"><span class="unseen">{t!("undo")}</span></th></tr></thead>
                        <tbody>{all.into_iter().map(|view| view! { <Line view watch /> }).collect_view()}</tbody>
                    </table>
                </div>
            }.into_any()
        })}
    }
}
