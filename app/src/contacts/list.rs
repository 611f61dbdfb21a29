//! Everybody: searched, filtered, paged, selected.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    ContactId, Page,
    accounts::Right,
    bulk::ContactFilter,
    contacts::{Contact, ContactQuery, ContactStatus, ListRow},
    live::LiveEvent,
    segments::SegmentRow,
};

use super::{
    Tabs, api,
    bulk::Going,
    bulk_bar::{BulkBar, Selection},
};
use crate::{
    AppError,
    frame::me,
    live, segments,
    ui::{Badge, Empty, Icon, ListFilter, ListFoot, ListSearch, Listing, PageHead, Shape, Time, Tone, count, load_as, use_listing},
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

/// Value and text, the empty value first.
fn choices(all: &'static str, rows: impl Iterator<Item = (String, String)>) -> Signal<Vec<(String, String)>> {
    Signal::stored(std::iter::once((String::new(), all.to_owned())).chain(rows).collect())
}

#[component]
pub fn Contacts() -> impl IntoView {
    let list = use_listing();
    let segment = move || list.get("segment").parse().ok();
    let ask = move || ContactQuery { search: list.get("q"), list: list.get("list").parse().ok(), segment: segment(), after: list.after(), limit: 50 };
    let reads = me().role.may(Right::ReadCampaigns);
    let page = Resource::new(ask, api::contacts);
    let lists = Resource::new(|| (), |()| api::lists());
    let groups = Resource::new(move || reads, segment_choices);
    let selection = Selection::new();
    // Another page or another view: nobody is selected unseen.
    Effect::new(move |before: Option<ContactQuery>| {
        let now = ask();
        if before.is_some_and(|b| b != now) {
            selection.clear();
        }
        now
    });
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts) {
                page.refetch();
                lists.refetch();
            }
        },
        move || page.refetch(),
    );
    let can = me().role.can_send();
    let view = Signal::derive(move || ContactFilter::View { search: list.get("q"), list: list.get("list").parse().ok(), segment: segment() });
    let known = RwSignal::new(Vec::<ListRow>::new());
    let export = move || {
        let mut params = leptos_router::params::ParamsMap::new();
        ["q", "list", "segment"]
            .into_iter()
            .map(|name| (name, list.get(name)))
            .filter(|(_, v)| !v.is_empty())
            .for_each(|(name, v)| params.insert(name, v));
        format!("/export/contacts.csv{}", params.to_query_string())
    };
    view! {
        <PageHead title="Contacts">
            <a class="button quiet" href=export rel="external" download><Icon name="download" />"Export"</a>
            {can.then(|| view! { <A href="/contacts/new" attr:class="button primary"><Icon name="plus" />"Add a contact"</A> })}
        </PageHead>
        <Tabs />
        {can.then(|| view! { <Going /> })}
        <ListSearch list label="Search by the start of an address">
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    let all = lists.await.unwrap_or_default();
                    let options = choices("All contacts", all.iter().map(|l| (l.id.to_string(), l.name.clone())));
                    known.set(all);
                    view! { <ListFilter list name="list" label="List" options /> }
                })}
            </Transition>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    // For those who may not read segments there is no choice.
                    let all = groups.await.unwrap_or_default();
                    (!all.is_empty()).then(|| {
                        let options = choices("Any segment or none", all.into_iter().map(|s| (s.id.to_string(), s.name)));
                        view! { <ListFilter list name="segment" label="Segment" options /> }
                    })
                })}
            </Transition>
        </ListSearch>
        {can.then(|| view! { <BulkBar selection view lists=known done=Callback::new(move |()| page.refetch()) /> })}
        {load_as(Shape::Table(10), page, move |p| view! { <Rows page=p list selection /> })}
    }
}

#[component]
fn Rows(page: Page<Contact>, list: Listing, selection: Selection) -> impl IntoView {
    let ids: Vec<ContactId> = page.items.iter().map(|c| c.id).collect();
    let (filtered, more) = untrack(|| (list.filtered(), page.next.is_some() || list.after().is_some()));
    Effect::new(move |_| {
        selection.page.set(ids.clone());
        selection.more.set(more);
    });
    if page.items.is_empty() {
        return if filtered {
            view! { <Empty title="Nobody matches" text="The search looks at the start of addresses. Try fewer letters, or all contacts." /> }
                .into_any()
        } else {
            view! { <Empty title="No contacts yet" text="Import them from a CSV file, or add one by hand."><A href="/contacts/import" attr:class="button primary">"Import a file"</A></Empty> }.into_any()
        };
    }
    let can = me().role.can_send();
    view! {
        <div class="scroll">
            <table class="cards">
                <thead>
                    <tr>
                        {can.then(|| view! {
                            <th scope="col" class="tick"><input type="checkbox" aria-label="Select all on this page" prop:checked=move || selection.whole_page()
                                on:change:target=move |ev| selection.tick_page(ev.target().checked()) /></th>
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
                                    <td class="tick"><input type="checkbox" aria-label=format!("Select {}", c.email) prop:checked=move || selection.has(id)
                                        on:change:target=move |ev| selection.tick(id, ev.target().checked()) /></td>
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
        <ListFoot list next=page.next total=page.total.map(|n| count(n, "contact", "contacts")).unwrap_or_default() />
    }
    .into_any()
}
