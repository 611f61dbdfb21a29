//! Contacts that are probably one person: searched for, looked at, merged or told apart.

use leptos::prelude::*;
use nexsent_model::{
    Cursor, Page,
    bulk::BulkState,
    contacts::ListRow,
    duplicates::{DuplicateGroup, DuplicateScan, MAX_GROUP},
    live::LiveEvent,
};

use super::{Tabs, api as contacts_api, many_api as api, merge::Group};
use crate::{
    AppError,
    ui::{Card, Empty, Field, ListFoot, Listing, Message, PageHead, Progress, Time, count, grouped, load, refusal_of, toast, use_listing},
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
        <PageHead title="Duplicates" note="Contacts that are probably one person. Nothing is merged unless you say so, and it can be undone." />
        <Tabs />
        {load(data, move |(scan, page, lists)| view! {
            <Search scan=scan.clone() now />
            {match scan {
                Some(s) if s.shown && page.items.is_empty() => view! { <Empty title="No duplicates" text="Nobody who was found is left to be looked at." /> }.into_any(),
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
        BulkState::Done => {
            let found = format!("{} looked at, {} found.", count(s.looked, "contact", "contacts"), count(s.groups, "group", "groups"));
            match s.too_large {
                0 => found,
                n => format!("{found} {} shared by more than {MAX_GROUP} contacts left out.", count(n, "value", "values")),
            }
        }
        BulkState::Cancelled => "The last search was cancelled.".to_owned(),
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
            <Card title="Searching">
                <div class="going">
                    <span>{move || format!("{} of {}", grouped(done.get()), count(of.get(), "contact", "contacts"))}</span>
                    <Progress label="Contacts looked at" done of />
                    <button type="button" class="quiet" on:click=move |_| { cancel.dispatch(()); }>"Cancel"</button>
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
        <Card title="Search">
            <p class="hint">"Addresses that lead to one mailbox, the same name at one domain and, if you like, the same value of an attribute."</p>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); start.dispatch(attribute.get_untracked()); }>
                <Field name="attribute" label="Also the same value of" placeholder="phone" list="attribute-names" value=attribute error />
                <button type="submit" class="primary" disabled=move || start.pending().get()>"Search"</button>
            </form>
            <Transition fallback=|| ()>
                <datalist id="attribute-names">
                    {move || Suspend::new(async move { names.await.unwrap_or_default().into_iter().map(|a| view! { <option value=a.name></option> }).collect_view() })}
                </datalist>
            </Transition>
            <Message error fields=&["attribute"] />
            {scan.map(|s| view! { <p class="hint">{summary(&s)}" "{s.finished_at.map(|at| view! { <Time at /> })}</p> })}
        </Card>
    }
    .into_any()
}
