//! The ledger: every recipient, and what happened.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};
use nexsent_model::{
    CampaignId, Cursor, Page,
    campaigns::{LedgerQuery, LedgerRow, LedgerState},
    live::LiveEvent,
};

use super::{
    api,
    page::{id_param, missing},
};
use crate::{
    AppError, live,
    ui::{Badge, Empty, Icon, PageHead, Pager, Time, Tone, count, load},
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

#[component]
pub fn Recipients() -> impl IntoView {
    let id = id_param();
    let query = use_query_map();
    let search = move || query.with(|q| q.get("q").unwrap_or_default());
    let state = move || query.with(|q| q.get("state").unwrap_or_default());
    let after = RwSignal::new(None::<Cursor>);
    let page = Resource::new(move || (id(), LedgerQuery { search: search(), state: state().parse().ok(), after: after.get(), limit: 50 }), fetch);
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
    let navigate = use_navigate();
    let go = move |q: String, s: String| {
        after.set(None);
        let mut params = leptos_router::params::ParamsMap::new();
        if !q.is_empty() {
            params.insert("q", q);
        }
        if !s.is_empty() {
            params.insert("state", s);
        }
        let base = id().map(|i| format!("/campaigns/{i}/recipients")).unwrap_or_default();
        navigate(&format!("{base}{}", params.to_query_string()), NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    let typed = RwSignal::new(search());
    let by_state = go.clone();
    let campaign = move || id().map(|i| i.to_string()).unwrap_or_default();
    view! {
        <PageHead title="Recipients" note="What happened to each one, in the words of their own server.">
            <a class="button quiet" href=move || format!("/export/ledger/{}.csv", campaign()) rel="external" download><Icon name="download" />"Export"</a>
            <A href=move || format!("/campaigns/{}", campaign()) attr:class="button">"To the report"</A>
        </PageHead>
        <form class="filters" role="search" on:submit=move |ev| { ev.prevent_default(); go(typed.get_untracked().trim().to_owned(), state()); }>
            <label class="unseen" for="q">"A whole address"</label>
            <input id="q" type="search" placeholder="A whole address" prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value()) />
            <label class="unseen" for="state">"State"</label>
            <select id="state" on:change:target=move |ev| by_state(search(), ev.target().value())>
                <option value="" selected=move || state().is_empty()>"Every state"</option>
                {LedgerState::ALL.into_iter().map(|s| view! { <option value=s.as_str() selected=move || state() == s.as_str()>{label(s).1}</option> }).collect_view()}
            </select>
            <button type="submit">"Search"</button>
        </form>
        {load(page, move |p| if p.items.is_empty() {
            view! { <Empty title="Nobody here" text="No recipient of this campaign matches." /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"Recipient"</th><th scope="col">"State"</th><th scope="col">"What was said"</th><th scope="col">"When"</th><th scope="col">"Then"</th></tr></thead>
                        <tbody>{p.items.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
                <div class="under">
                    <span class="muted">{p.total.map(|n| count(n, "recipient", "recipients"))}</span>
                    <Pager next=p.next after />
                </div>
            }.into_any()
        })}
    }
}

fn row(r: LedgerRow) -> impl IntoView {
    let (tone, text) = label(r.state);
    let mut then = Vec::new();
    if r.opened_at.is_some() {
        then.push("opened");
    }
    if r.clicked_at.is_some() {
        then.push("clicked");
    }
    if r.unsubscribed_at.is_some() {
        then.push("unsubscribed");
    }
    let how =
        [r.host, r.tls.or_else(|| (r.state == LedgerState::Sent).then(|| "no TLS".to_owned()))].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <tr>
            <td>{r.email}</td>
            <td><Badge tone text />{(r.attempts > 1).then(|| view! { <small>{format!("{} tries", r.attempts)}</small> })}</td>
            <td class="said">{r.reply}<small>{how}</small></td>
            <td>{r.tried_at.map(|at| view! { <Time at /> })}{r.next_try_at.filter(|_| r.state == LedgerState::Deferred).map(|at| view! { <small>"next try "<Time at /></small> })}</td>
            <td>{then.join(", ")}</td>
        </tr>
    }
}
