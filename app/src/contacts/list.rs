//! Everybody: searched, filtered, paged, selected.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};
use nexsent_model::{
    ContactId, Cursor, Page,
    accounts::Right,
    contacts::{Contact, ContactQuery, ContactStatus, ListRow},
    live::LiveEvent,
    segments::SegmentRow,
};

use super::api;
use crate::{
    AppError,
    frame::me,
    live, segments,
    ui::{Badge, Confirm, Empty, Icon, PageHead, Pager, Time, Tone, count, load, toast},
};

pub(crate) fn status_badge(status: ContactStatus) -> impl IntoView {
    let (tone, text) = match status {
        ContactStatus::Active => (Tone::Good, "Active"),
        ContactStatus::Unsubscribed => (Tone::Warn, "Unsubscribed"),
        ContactStatus::Suppressed => (Tone::Bad, "Suppressed"),
    };
    view! { <Badge tone text /> }
}

/// The segments that can be chosen, for those who may read them: nobody is told off for looking at contacts.
async fn segment_choices(may_read: bool) -> Result<Vec<SegmentRow>, AppError> {
    if may_read { segments::api::segments().await } else { Ok(Vec::new()) }
}

#[component]
pub fn Contacts() -> impl IntoView {
    let query = use_query_map();
    let search = move || query.with(|q| q.get("q").unwrap_or_default());
    let list = move || query.with(|q| q.get("list").unwrap_or_default());
    let segment = move || query.with(|q| q.get("segment").unwrap_or_default());
    let after = RwSignal::new(None::<Cursor>);
    let ask = move || ContactQuery { search: search(), list: list().parse().ok(), segment: segment().parse().ok(), after: after.get(), limit: 50 };
    let reads = me().role.may(Right::ReadCampaigns);
    let page = Resource::new(ask, api::contacts);
    let lists = Resource::new(|| (), |()| api::lists());
    let groups = Resource::new(move || reads, segment_choices);
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts) {
                page.refetch();
                lists.refetch();
            }
        },
        move || page.refetch(),
    );
    let navigate = use_navigate();
    let go = move |q: String, l: String, s: String| {
        after.set(None);
        let mut params = leptos_router::params::ParamsMap::new();
        if !q.is_empty() {
            params.insert("q", q);
        }
        if !l.is_empty() {
            params.insert("list", l);
        }
        if !s.is_empty() {
            params.insert("segment", s);
        }
        navigate(&format!("/contacts{}", params.to_query_string()), NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    let typed = RwSignal::new(search());
    let go_search = go.clone();
    let go_segment = go.clone();
    let go_list = go;
    view! {
        <PageHead title="Contacts">
            <a class="button quiet" href="/export/contacts.csv" rel="external" download><Icon name="download" />"Export"</a>
            <A href="/contacts/lists" attr:class="button">"Lists"</A>
            {reads.then(|| view! { <A href="/contacts/segments" attr:class="button">"Segments"</A> })}
            <A href="/contacts/attributes" attr:class="button">"Attributes"</A>
            {me().role.can_send().then(|| view! { <A href="/contacts/new" attr:class="button primary"><Icon name="plus" />"Add a contact"</A> })}
        </PageHead>
        <form class="filters" role="search" on:submit=move |ev| { ev.prevent_default(); go_search(typed.get_untracked().trim().to_owned(), list(), segment()); }>
            <label class="unseen" for="q">"Search by the start of an address"</label>
            <input id="q" name="q" type="search" placeholder="Search by the start of an address" prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value()) />
            <label class="unseen" for="list">"List"</label>
            <Transition fallback=|| ()>
                {move || {
                    let go = go_list.clone();
                    Suspend::new(async move {
                        let all = lists.await.unwrap_or_default();
                        let chosen = list();
                        view! {
                            <select id="list" on:change:target=move |ev| go(search(), ev.target().value(), segment())>
                                <option value="" selected=chosen.is_empty()>"All contacts"</option>
                                {all.into_iter().map(|l: ListRow| {
                                    let selected = l.id.as_str() == chosen;
                                    view! { <option value=l.id.to_string() selected=selected>{l.name}</option> }
                                }).collect_view()}
                            </select>
                        }
                    })
                }}
            </Transition>
            <Transition fallback=|| ()>
                {move || {
                    let go = go_segment.clone();
                    Suspend::new(async move {
                        // For those who may not read segments there is no choice.
                        let all = groups.await.unwrap_or_default();
                        let chosen = segment();
                        (!all.is_empty()).then(|| view! {
                            <label class="unseen" for="segment">"Segment"</label>
                            <select id="segment" on:change:target=move |ev| go(search(), list(), ev.target().value())>
                                <option value="" selected=chosen.is_empty()>"Any segment or none"</option>
                                {all.into_iter().map(|s| {
                                    let selected = s.id.as_str() == chosen;
                                    view! { <option value=s.id.to_string() selected=selected>{s.name}</option> }
                                }).collect_view()}
                            </select>
                        })
                    })
                }}
            </Transition>
            <button type="submit">"Search"</button>
        </form>
        {load(page, move |p| view! { <Rows page=p after filtered=!search().is_empty() || !list().is_empty() || !segment().is_empty() done=Callback::new(move |()| page.refetch()) /> })}
    }
}

#[component]
fn Rows(page: Page<Contact>, after: RwSignal<Option<Cursor>>, filtered: bool, done: Callback<()>) -> impl IntoView {
    if page.items.is_empty() {
        return if filtered {
            view! { <Empty title="Nobody matches" text="The search looks at the start of addresses. Try fewer letters, or all contacts." /> }
                .into_any()
        } else {
            view! { <Empty title="No contacts yet" text="Import them from a CSV file, or add one by hand."><A href="/contacts/import" attr:class="button primary">"Import a file"</A></Empty> }.into_any()
        };
    }
    let chosen = RwSignal::new(BTreeSet::<ContactId>::new());
    let ids: Vec<ContactId> = page.items.iter().map(|c| c.id).collect();
    let all_ids = StoredValue::new(ids);
    let note = toast::notifier();
    let delete = Action::new(move |(): &()| {
        let ids: Vec<ContactId> = chosen.get_untracked().into_iter().collect();
        async move {
            match api::delete_contacts(ids).await {
                Ok(n) => {
                    note(format!("{} deleted.", count(n, "contact", "contacts")), false);
                    done.run(());
                }
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    let question = Signal::derive(move || {
        format!(
            "{} with attributes and list memberships. Unsubscriptions stay in force. This cannot be undone.",
            count(chosen.with(|c| c.len() as u64), "contact goes", "contacts go")
        )
    });
    view! {
        <div class="bulk" hidden=move || chosen.with(BTreeSet::is_empty)>
            <span>{move || format!("{} selected", chosen.with(BTreeSet::len))}</span>
            <button type="button" class="danger" on:click=move |_| asking.set(true)>"Delete"</button>
            <button type="button" class="quiet" on:click=move |_| chosen.set(BTreeSet::new())>"Clear"</button>
        </div>
        <div class="scroll">
            <table class="cards">
                <thead>
                    <tr>
                        {can.then(|| view! {
                            <th scope="col" class="tick"><input type="checkbox" aria-label="Select all on this page" prop:checked=move || all_ids.with_value(|ids| ids.iter().all(|i| chosen.with(|c| c.contains(i))))
                                on:change:target=move |ev| chosen.set(if ev.target().checked() { all_ids.with_value(|ids| ids.iter().copied().collect()) } else { BTreeSet::new() }) /></th>
                        })}
                        <th scope="col">"Address"</th><th scope="col">"Name"</th><th scope="col">"Status"</th><th scope="col">"Added"</th>
                    </tr>
                </thead>
                <tbody>
                    {page.items.into_iter().map(|c| {
                        let id = c.id;
                        let name = format!("{} {}", c.first_name, c.last_name).trim().to_owned();
                        view! {
                            <tr>
                                {can.then(|| view! {
                                    <td class="tick"><input type="checkbox" aria-label=format!("Select {}", c.email) prop:checked=move || chosen.with(|s| s.contains(&id))
                                        on:change:target=move |ev| chosen.update(|s| { if ev.target().checked() { s.insert(id); } else { s.remove(&id); } }) /></td>
                                })}
                                <td><A href=format!("/contacts/{id}")>{c.email.clone()}</A></td>
                                <td>{name}</td>
                                <td>{status_badge(c.status)}</td>
                                <td><Time at=c.created_at /></td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
        <div class="under">
            <span class="muted">{page.total.map(|n| count(n, "contact", "contacts"))}</span>
            <Pager next=page.next after />
        </div>
        <Confirm open=asking title="Delete these contacts?" text=question action="Delete" on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
    .into_any()
}
