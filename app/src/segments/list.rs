//! Every segment, with how many contacts it has now.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    SegmentId,
    live::LiveEvent,
    segments::{SegmentCount, SegmentRow},
};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Empty, Icon, PageHead, Time, Tone, grouped, load},
};

type Counts = HashMap<SegmentId, Result<SegmentCount, AppError>>;

#[component]
pub fn SegmentList() -> impl IntoView {
    let all = Resource::new(|| (), |()| api::segments());
    let changes = RwSignal::new(0u32);
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Segments) {
                all.refetch();
            }
            if matches!(e, LiveEvent::Segments | LiveEvent::Contacts) {
                changes.update(|n| *n += 1);
            }
        },
        move || all.refetch(),
    );
    // What the index learnt between the fetch and the first event that is heard here.
    Effect::new(move |_| changes.update(|n| *n += 1));
    let can = me().role.can_send();
    let new =
        move || can.then(|| view! { <A href="/contacts/segments/new" attr:class="button primary"><Icon name="plus" />{t!("segments-new")}</A> });
    view! {
        <PageHead title=t!("segments-title") note=t!("segments-note")>
            <a class="button quiet" href="/export/segments.csv" rel="external" download><Icon name="download" />{t!("export")}</a>
            {new()}
        </PageHead>
        <crate::contacts::Tabs />
        {load(all, move |rows| if rows.is_empty() {
            view! { <Empty title=t!("segments-empty") text=t!("segments-empty-text") /> }.into_any()
        } else {
            view! { <Rows rows changes /> }.into_any()
        })}
    }
}

#[component]
fn Rows(rows: Vec<SegmentRow>, changes: RwSignal<u32>) -> impl IntoView {
    let counts = RwSignal::new(Counts::new());
    let ids = StoredValue::new(rows.iter().map(|r| r.id.clone()).collect::<Vec<_>>());
    // One after the other: each may be a look at a million contacts.
    let busy = StoredValue::new(false);
    Effect::new(move |_| {
        changes.track();
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        leptos::task::spawn_local(async move {
            loop {
                let began = changes.try_get_untracked();
                for id in ids.try_get_value().unwrap_or_default() {
                    let answer = api::count_segment(id.clone()).await;
                    if counts.try_update(|c| drop(c.insert(id, answer))).is_none() {
                        return;
                    }
                }
                // What has changed meanwhile is counted, too.
                if changes.try_get_untracked() == began {
                    break;
                }
            }
            busy.try_update_value(|b| *b = false);
        });
    });
    let counted = move |id: &SegmentId| match counts.with(|c| c.get(id).cloned()) {
        None => view! { <span class="muted" aria-busy="true">"…"</span> }.into_any(),
        Some(Ok(c)) => {
            view! { {grouped(c.contacts)}{(!c.fresh).then(|| view! { " " <Badge tone=Tone::Busy text=t!("segments-updating") /> })} }.into_any()
        }
        Some(Err(e)) => view! { <Badge tone=Tone::Warn text=t!("segments-needs-a-look") /><small>{e.to_string()}</small> }.into_any(),
    };
    view! {
        <div class="scroll">
            <table class="cards">
                <thead><tr><th scope="col">{t!("segments-segment")}</th><th scope="col" class="num">{t!("segments-contacts")}</th><th scope="col">{t!("segments-changed")}</th><th scope="col"><span class="unseen">{t!("segments-actions")}</span></th></tr></thead>
                <tbody>
                    {rows.into_iter().map(|s| {
                        let id = s.id.clone();
                        let label = t!("segments-show-contacts-of", name = &s.name);
                        view! {
                            <tr>
                                <td><A href=format!("/contacts/segments/{}", s.id)>{s.name}</A></td>
                                <td class="num">{move || counted(&id)}</td>
                                <td><Time at=s.updated_at /></td>
                                <td class="right"><A href=format!("/contacts?segment={}", s.id) attr:class="button quiet" attr:aria-label=label>{t!("segments-contacts")}</A></td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}
