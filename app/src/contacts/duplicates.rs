//! Contacts that are probably one person: searched for, looked at, merged or told apart.

use leptos::prelude::*;
use nexsent_model::{
    Cursor, Page,
    bulk::BulkState,
    contacts::ListRow,
    duplicates::{DuplicateGroup, DuplicateScan, MAX_GROUP},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{Tabs, api as contacts_api, many_api as api, merge::Group};
use crate::{
    AppError, rich,
    ui::{Card, Empty, Field, ListFoot, Listing, Message, PageHead, Progress, Time, load, refusal_of, toast, use_listing},
};

async fn fetch(after: Option<Cursor>) -> Result<(Option<DuplicateScan>, Page<DuplicateGroup>, Vec<ListRow>), AppError> {
    Ok((api::duplicate_scan().await?, api::duplicate_groups(after).await?, contacts_api::lists().await?))
}

#[component]
pub fn Duplicates() -> impl IntoView {
    let list = use_listing();
    let data = Resource::new(move || list.after(), fetch);
    let now = RwSignal::new(None::<(BulkState, u64, u64)>);
    crate::live::provide().listen(
        move |e| match e {
            LiveEvent::Duplicates { state, total, looked, .. } => {
                let before = now.try_update(|n| n.replace((*state, *total, *looked))).flatten();
                if state.is_final() || before.is_none_or(|(s, ..)| s != *state) {
                    data.refetch();
                }
            }
            LiveEvent::Contacts => data.refetch(),
            _ => {}
        },
        move || data.refetch(),
    );
    view! {
        <PageHead title=t!("people-duplicates") note=t!("people-duplicates-note") />
        <Tabs />
        {load(data, move |(scan, page, lists)| view! {
            <Search scan=scan.clone() now />
            {match scan {
                Some(s) if s.shown && page.items.is_empty() => view! { <Empty title=t!("people-duplicates-none") text=t!("people-duplicates-none-text") /> }.into_any(),
                Some(s) if s.shown => view! { <Found page lists list /> }.into_any(),
                _ => ().into_any(),
            }}
        })}
    }
}

#[component]
fn Found(page: Page<DuplicateGroup>, lists: Vec<ListRow>, list: Listing) -> impl IntoView {
    let lists = StoredValue::new(lists);
    let next = page.next.clone();
    view! {
        {page.items.into_iter().map(|group| view! { <Group group lists /> }).collect_view()}
        <ListFoot list next />
    }
}

/// What the last search has come to.
fn summary(s: &DuplicateScan) -> String {
    match s.state {
        BulkState::Done => match s.too_large {
            0 => t!("people-looked-at", contacts = s.looked, groups = s.groups),
            n => t!("people-looked-at-left-out", contacts = s.looked, groups = s.groups, values = n, max = MAX_GROUP),
        },
        BulkState::Cancelled => t!("people-search-cancelled"),
        BulkState::Failed => s.problem.clone().unwrap_or_default(),
        BulkState::Queued | BulkState::Running => String::new(),
    }
}

#[component]
fn Search(scan: Option<DuplicateScan>, now: RwSignal<Option<(BulkState, u64, u64)>>) -> impl IntoView {
    let note = toast::notifier();
    let going = scan.as_ref().is_some_and(|s| !s.state.is_final());
    if going {
        let (total, looked) = scan.as_ref().map_or((0, 0), |s| (s.total, s.looked));
        let cancel = Action::new(move |(): &()| async move {
            if let Err(e) = api::cancel_duplicate_scan().await {
                note(e.to_string(), true);
            }
        });
        let of = Signal::derive(move || now.get().map_or(total, |n| n.1));
        let done = Signal::derive(move || now.get().map_or(looked, |n| n.2));
        return view! {
            <Card title=t!("people-searching")>
                <div class="going">
                    <span>{move || t!("people-progress", done = done.get(), total = of.get())}</span>
                    <Progress label=t!("people-contacts-looked-at") done of />
                    <button type="button" class="quiet" on:click=move |_| { cancel.dispatch(()); }>{t!("cancel")}</button>
                </div>
            </Card>
        }
        .into_any();
    }
    let attribute = RwSignal::new(scan.as_ref().and_then(|s| s.attribute.clone()).unwrap_or_default());
    let names = Resource::new(|| (), |()| contacts_api::attributes());
    let start = Action::new(move |wanted: &String| {
        now.set(None);
        api::start_duplicate_scan(wanted.clone())
    });
    let error = refusal_of(start);
    view! {
        <Card title=t!("search")>
            <p class="hint">{t!("people-search-hint")}</p>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); start.dispatch(attribute.get_untracked()); }>
                <Field name="attribute" label=t!("people-search-attribute") placeholder=t!("people-search-attribute-example") list="attribute-names" value=attribute error />
                <button type="submit" class="primary" disabled=move || start.pending().get()>{t!("search")}</button>
            </form>
            <Transition fallback=|| ()>
                <datalist id="attribute-names">
                    {move || Suspend::new(async move { names.await.unwrap_or_default().into_iter().map(|a| view! { <option value=a.name></option> }).collect_view() })}
                </datalist>
            </Transition>
            <Message error fields=&["attribute"] />
            {scan.map(|s| {
                let told = summary(&s);
                match s.finished_at {
                    Some(at) => view! { <p class="hint">{rich!("people-search-told", when = view! { <Time at /> }; told = told)}</p> }.into_any(),
                    None => view! { <p class="hint">{told}</p> }.into_any(),
                }
            })}
        </Card>
    }
    .into_any()
}
