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
use nexsent_texts::t;

use super::{
    Tabs, api,
    bulk::Going,
    bulk_bar::{BulkBar, Selection},
};
use crate::{
    AppError,
    frame::me,
    live, segments,
    ui::{Badge, Empty, Icon, ListFilter, ListFoot, ListSearch, Listing, PageHead, Shape, Time, Tone, load_as, use_listing},
};

pub(crate) fn status_badge(status: ContactStatus) -> impl IntoView {
    let (tone, text) = match status {
        ContactStatus::Active => (Tone::Good, t!("contacts-status-active")),
        ContactStatus::Unsubscribed => (Tone::Warn, t!("contacts-status-unsubscribed")),
        ContactStatus::Suppressed => (Tone::Bad, t!("contacts-status-suppressed")),
    };
    view! { <Badge tone text /> }
}

/// The segments that can be chosen, for those who may read them: nobody is told off for looking at contacts.
async fn segment_choices(may_read: bool) -> Result<Vec<SegmentRow>, AppError> {
    if may_read { segments::api::segments().await } else { Ok(Vec::new()) }
}

/// Value and text, the empty value first.
fn choices(all: String, rows: impl Iterator<Item = (String, String)>) -> Signal<Vec<(String, String)>> {
    Signal::stored(std::iter::once((String::new(), all)).chain(rows).collect())
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
        <PageHead title=t!("contacts-title")>
            <a class="button quiet" href=export rel="external" download><Icon name="download" />{t!("export")}</a>
            {can.then(|| view! { <A href="/contacts/new" attr:class="button primary"><Icon name="plus" />{t!("contacts-add")}</A> })}
        </PageHead>
        <Tabs />
        {can.then(|| view! { <Going /> })}
        <ListSearch list label=t!("contacts-search")>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    let all = lists.await.unwrap_or_default();
                    let options = choices(t!("contacts-filter-all"), all.iter().map(|l| (l.id.to_string(), l.name.clone())));
                    known.set(all);
                    view! { <ListFilter list name="list" label=t!("contacts-filter-list") options /> }
                })}
            </Transition>
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    // For those who may not read segments there is no choice.
                    let all = groups.await.unwrap_or_default();
                    (!all.is_empty()).then(|| {
                        let options = choices(t!("contacts-filter-any-segment"), all.into_iter().map(|s| (s.id.to_string(), s.name)));
                        view! { <ListFilter list name="segment" label=t!("contacts-filter-segment") options /> }
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
            view! { <Empty title=t!("contacts-nobody-title") text=t!("contacts-nobody-text") /> }.into_any()
        } else {
            view! { <Empty title=t!("contacts-empty-title") text=t!("contacts-empty-text")><A href="/contacts/import" attr:class="button primary">{t!("contacts-import-file")}</A></Empty> }.into_any()
        };
    }
    let can = me().role.can_send();
    view! {
        <div class="scroll">
            <table class="cards">
                <thead>
                    <tr>
                        {can.then(|| view! {
                            <th scope="col" class="tick"><input type="checkbox" aria-label=t!("contacts-select-page") prop:checked=move || selection.whole_page()
                                on:change:target=move |ev| selection.tick_page(ev.target().checked()) /></th>
                        })}
                        <th scope="col">{t!("contacts-column-address")}</th><th scope="col">{t!("name")}</th><th scope="col">{t!("contacts-column-status")}</th><th scope="col">{t!("contacts-column-added")}</th>
                    </tr>
                </thead>
                <tbody>
                    {page.items.into_iter().map(|c| {
                        let id = c.id;
                        let name = format!("{} {}", c.first_name, c.last_name).trim().to_owned();
                        view! {
                            <tr>
                                {can.then(|| view! {
                                    <td class="tick"><input type="checkbox" aria-label=t!("contacts-select", who = &c.email) prop:checked=move || selection.has(id)
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
        <ListFoot list next=page.next total=page.total.map(|n| t!("contacts-count", count = n)).unwrap_or_default() />
    }
    .into_any()
}
