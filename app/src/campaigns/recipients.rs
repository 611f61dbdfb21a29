//! The ledger: every recipient, and what happened.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    CampaignId, Page,
    campaigns::{LedgerQuery, LedgerRow, LedgerState},
    live::LiveEvent,
};

use super::{
    api,
    page::{id_param, missing},
};
use crate::{
    AppError, live,
    ui::{Badge, Column, DataTable, Empty, Icon, ListFilter, ListFoot, ListSearch, PageHead, Shape, Time, Tone, count, load_as, use_listing},
};

fn label(state: LedgerState) -> (Tone, &'static str) {
    match state {
        LedgerState::Queued => (Tone::Plain, "Queued"),
        LedgerState::Sent => (Tone::Good, "Accepted"),
        LedgerState::Deferred => (Tone::Busy, "Deferred"),
        LedgerState::Failed => (Tone::Bad, "Failed"),
        LedgerState::Suppressed => (Tone::Warn, "Left out"),
        LedgerState::InDoubt => (Tone::Warn, "In doubt"),
    }
}

async fn fetch((id, query): (Option<CampaignId>, LedgerQuery)) -> Result<Page<LedgerRow>, AppError> {
    api::ledger(id.ok_or_else(missing)?, query).await
}

fn columns() -> Vec<Column<LedgerRow>> {
    vec![
        Column::new("recipient", "Recipient", |r: LedgerRow| r.email).fixed(),
        Column::new("state", "State", |r: LedgerRow| {
            let (tone, text) = label(r.state);
            view! { <Badge tone text />{(r.attempts > 1).then(|| view! { <small>{format!("{} tries", r.attempts)}</small> })} }
        })
        .fixed(),
        Column::new("said", "What was said", |r: LedgerRow| {
            let tls = r.tls.or_else(|| (r.state == LedgerState::Sent).then(|| "no TLS".to_owned()));
            let how = [r.host, tls].into_iter().flatten().collect::<Vec<_>>().join(", ");
            view! { <div class="said">{r.reply}<small>{how}</small></div> }
        }),
        Column::new("when", "When", |r: LedgerRow| {
            let next = r.next_try_at.filter(|_| r.state == LedgerState::Deferred);
            view! { {r.tried_at.map(|at| view! { <Time at /> })}{next.map(|at| view! { <small>"next try "<Time at /></small> })} }
        }),
        Column::new("then", "Then", |r: LedgerRow| {
            let then = [(r.opened_at, "opened"), (r.clicked_at, "clicked"), (r.unsubscribed_at, "unsubscribed")];
            then.iter().filter(|(at, _)| at.is_some()).map(|(_, what)| *what).collect::<Vec<_>>().join(", ")
        }),
    ]
}

#[component]
pub fn Recipients() -> impl IntoView {
    let id = id_param();
    let list = use_listing();
    let ask = move || (id(), LedgerQuery { search: list.get("q"), state: list.get("state").parse().ok(), after: list.after(), limit: 50 });
    let page = Resource::new(ask, fetch);
    live::provide().listen(
        move |e| {
            if let LiveEvent::Campaign { id: which, .. } = e
                && Some(which) == id().as_ref()
            {
                page.refetch();
            }
        },
        move || page.refetch(),
    );
    let campaign = move || id().map(|i| i.to_string()).unwrap_or_default();
    let every = std::iter::once((String::new(), "Every state".to_owned()));
    let states: Vec<_> = every.chain(LedgerState::ALL.into_iter().map(|s| (s.as_str().to_owned(), label(s).1.to_owned()))).collect();
    view! {
        <PageHead title="Recipients" note="What happened to each one, in the words of their own server.">
            <a class="button quiet" href=move || format!("/export/ledger/{}.csv", campaign()) rel="external" download><Icon name="download" />"Export"</a>
            <A href=move || format!("/campaigns/{}", campaign()) attr:class="button">"To the report"</A>
        </PageHead>
        <ListSearch list label="A whole address"><ListFilter list name="state" label="State" options=states /></ListSearch>
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            view! { <Empty title="Nobody here" text="No recipient of this campaign matches." /> }.into_any()
        } else {
            view! {
                <DataTable name="recipients" label="Recipients" columns=columns() rows=p.items />
                <ListFoot list next=p.next total=p.total.map(|n| count(n, "recipient", "recipients")).unwrap_or_default() />
            }.into_any()
        })}
    }
}
