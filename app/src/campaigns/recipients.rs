//! The ledger: every recipient, and what happened.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    CampaignId, Page,
    campaigns::{LedgerQuery, LedgerRow, LedgerState},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{
    api,
    page::{id_param, missing},
};
use crate::{
    AppError, live, rich,
    ui::{Badge, Column, DataTable, Empty, Icon, ListFilter, ListFoot, ListSearch, PageHead, Shape, Time, Tone, load_as, use_listing},
};

fn label(state: LedgerState) -> (Tone, String) {
    match state {
        LedgerState::Queued => (Tone::Plain, t!("campaigns-recipient-queued")),
        LedgerState::Sent => (Tone::Good, t!("campaigns-recipient-accepted")),
        LedgerState::Deferred => (Tone::Busy, t!("campaigns-recipient-deferred")),
        LedgerState::Failed => (Tone::Bad, t!("campaigns-recipient-failed")),
        LedgerState::Suppressed => (Tone::Warn, t!("campaigns-recipient-left-out")),
        LedgerState::InDoubt => (Tone::Warn, t!("campaigns-recipient-in-doubt")),
    }
}

async fn fetch((id, query): (Option<CampaignId>, LedgerQuery)) -> Result<Page<LedgerRow>, AppError> {
    api::ledger(id.ok_or_else(missing)?, query).await
}

fn columns() -> Vec<Column<LedgerRow>> {
    vec![
        Column::new("recipient", t!("campaigns-recipient"), |r: LedgerRow| r.email).fixed(),
        Column::new("state", t!("campaigns-state"), |r: LedgerRow| {
            let (tone, text) = label(r.state);
            view! { <Badge tone text />{(r.attempts > 1).then(|| view! { <small>{t!("campaigns-tries", count = r.attempts)}</small> })} }
        })
        .fixed(),
        Column::new("said", t!("campaigns-said"), |r: LedgerRow| {
            let tls = r.tls.or_else(|| (r.state == LedgerState::Sent).then(|| t!("campaigns-no-tls")));
            let how = [r.host, tls].into_iter().flatten().collect::<Vec<_>>().join(", ");
            view! { <div class="said">{r.reply}<small>{how}</small></div> }
        }),
        Column::new("when", t!("campaigns-when"), |r: LedgerRow| {
            let next = r.next_try_at.filter(|_| r.state == LedgerState::Deferred);
            view! { {r.tried_at.map(|at| view! { <Time at /> })}{next.map(|at| view! { <small>{rich!("campaigns-next-try", when = view! { <Time at /> })}</small> })} }
        }),
        Column::new("then", t!("campaigns-then"), |r: LedgerRow| {
            let then = [
                r.opened_at.map(|_| t!("campaigns-then-opened")),
                r.clicked_at.map(|_| t!("campaigns-then-clicked")),
                r.unsubscribed_at.map(|_| t!("campaigns-then-unsubscribed")),
            ];
            then.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
    let every = std::iter::once((String::new(), t!("campaigns-every-state")));
    let states: Vec<_> = every.chain(LedgerState::ALL.into_iter().map(|s| (s.as_str().to_owned(), label(s).1))).collect();
    view! {
        <PageHead title=t!("campaigns-recipients") note=t!("campaigns-recipients-note")>
            <a class="button quiet" href=move || format!("/export/ledger/{}.csv", campaign()) rel="external" download><Icon name="download" />{t!("export")}</a>
            <A href=move || format!("/campaigns/{}", campaign()) attr:class="button">{t!("campaigns-to-report")}</A>
        </PageHead>
        <ListSearch list label=t!("campaigns-whole-address")><ListFilter list name="state" label=t!("campaigns-state") options=states /></ListSearch>
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            view! { <Empty title=t!("campaigns-nobody") text=t!("campaigns-nobody-text") /> }.into_any()
        } else {
            view! {
                <DataTable name="recipients" label=t!("campaigns-recipients") columns=columns() rows=p.items />
                <ListFoot list next=p.next total=p.total.map(|n| t!("campaigns-recipients-count", count = n)).unwrap_or_default() />
            }.into_any()
        })}
    }
}
