//! The domains of a workspace, and one with its records.

use leptos::prelude::*;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    DomainId, Fault,
    domains::{DnsRecord, DomainRow, DomainStatus, DomainView, RecordState},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::me,
    live, rich,
    settings::proof::prover,
    ui::{Badge, Card, Column, Confirm, CopyBlock, DataTable, Empty, Field, Icon, Message, PageHead, Shape, Time, Tone, load, load_as, toast},
};

fn status_badge(status: DomainStatus) -> impl IntoView {
    let (tone, text) = match status {
        DomainStatus::Pending => (Tone::Warn, t!("domains-status-pending")),
        DomainStatus::Verified => (Tone::Good, t!("domains-status-verified")),
        DomainStatus::Drifted => (Tone::Bad, t!("domains-status-drifted")),
    };
    view! { <Badge tone text /> }
}

fn columns() -> Vec<Column<DomainRow>> {
    vec![
        Column::new("domain", t!("domains-domain"), |d: DomainRow| view! { <A href=format!("/domains/{}", d.id)>{d.name}</A> })
            .fixed()
            .sorted(|a, b| a.name.cmp(&b.name)),
        Column::new("status", t!("domains-status"), |d: DomainRow| status_badge(d.status)).sorted(|a, b| (a.status as u8).cmp(&(b.status as u8))),
        Column::new("checked", t!("domains-last-check"), |d: DomainRow| d.checked_at.map(|at| view! { <Time at /> }))
            .sorted(|a, b| a.checked_at.cmp(&b.checked_at)),
    ]
}

/// Every domain.
#[component]
pub fn Domains() -> impl IntoView {
    let list = Resource::new(|| (), |()| api::domains());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Domain { .. }) {
                list.refetch()
            }
        },
        move || list.refetch(),
    );
    let name = RwSignal::new(String::new());
    let add = Action::new(|name: &String| api::add_domain(name.clone()));
    let error = Signal::derive(move || add.value().get().and_then(Result::err));
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(id)) = add.value().get() {
            navigate(&format!("/domains/{id}"), leptos_router::NavigateOptions::default());
        }
    });
    let admin = me().role.can_admin();
    view! {
        <PageHead title=t!("domains-title") note=t!("domains-note") />
        {admin.then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(name.get_untracked()); }>
                    <Field name="name" label=t!("domains-add") placeholder="example.com" value=name error />
                    <button type="submit" class="primary" disabled=move || add.pending().get()>{t!("add")}</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load_as(Shape::Table(3), list, |rows| if rows.is_empty() {
            view! { <Empty title=t!("domains-empty") text=t!("domains-empty-text") /> }.into_any()
        } else {
            view! {
                <DataTable name="domains" label=t!("domains-title") columns=columns() rows />
            }.into_any()
        })}
    }
}

/// One domain.
#[component]
pub fn DomainPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|p| p.get("id")).and_then(|i| i.parse::<DomainId>().ok());
    let view_ = Resource::new(id, |id| async move {
        match id {
            Some(id) => api::domain(id).await,
            None => Err(AppError(Fault::not_found("domain"))),
        }
    });
    live::provide().listen(
        move |e| {
            if let LiveEvent::Domain { id: changed, .. } = e
                && Some(changed) == id().as_ref()
            {
                view_.refetch();
            }
        },
        move || view_.refetch(),
    );
    load(view_, move |d| view! { <Records view_=d /> })
}

#[component]
fn Records(view_: DomainView) -> impl IntoView {
    let DomainView { domain, records, .. } = view_;
    let id = StoredValue::new(domain.id.clone());
    let note = toast::notifier();
    let check = Action::new(move |(): &()| async move {
        let done = api::recheck_domain(id.get_value()).await;
        match &done {
            Ok(()) => note(t!("domains-checking"), false),
            Err(e) => note(e.to_string(), true),
        }
    });
    let navigate = use_navigate();
    let proof = prover();
    let remove = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match proof.run(|| api::remove_domain(id.get_value())).await {
                Ok(()) => navigate("/domains", leptos_router::NavigateOptions::default()),
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let admin = me().role.can_admin();
    let says = match domain.status {
        DomainStatus::Verified => t!("domains-says-verified"),
        DomainStatus::Drifted => t!("domains-says-drifted"),
        DomainStatus::Pending => t!("domains-says-pending"),
    };
    let question = t!("domains-remove-text", domain = &domain.name);
    view! {
        <PageHead title=domain.name.clone() note=says>
            {status_badge(domain.status)}
            {admin.then(|| view! {
                <button type="button" disabled=move || check.pending().get() on:click=move |_| { check.dispatch(()); }>{t!("domains-check")}</button>
                <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("remove")}</button>
            })}
        </PageHead>
        <p class="muted">{domain.checked_at.map(|at| rich!("domains-checked", when = view! { <Time at /> }))}</p>
        <ul class="plain records">{records.into_iter().map(record).collect_view()}</ul>
        <Confirm open=asking title=t!("domains-remove-title") text=question action=t!("domains-remove-yes") on_yes=Callback::new(move |()| { remove.dispatch(()); }) />
    }
}

fn record(r: DnsRecord) -> impl IntoView {
    let (tone, word) = match r.state {
        RecordState::Unchecked => (Tone::Plain, t!("domains-record-unchecked")),
        RecordState::Pass => (Tone::Good, t!("domains-record-pass")),
        RecordState::Missing => (Tone::Warn, t!("domains-record-missing")),
        RecordState::Wrong => (Tone::Bad, t!("domains-record-wrong")),
        RecordState::NoAnswer => (Tone::Warn, t!("domains-record-no-answer")),
    };
    let label = r.purpose.label();
    let shows_found = r.state != RecordState::Pass && !r.found.is_empty();
    view! {
        <li class="card record">
            <div class="record-head"><h2>{label.clone()}</h2><span class="kind">{r.kind.clone()}</span><Badge tone text=word /></div>
            <dl>
                <dt>{t!("name")}</dt><dd><CopyBlock label=t!("domains-record-name-label", record = &label) text=r.host /></dd>
                <dt>{t!("domains-record-value")}</dt><dd><CopyBlock label=t!("domains-record-value-label", record = &label) text=r.value /></dd>
                {shows_found.then(|| view! { <dt>{t!("domains-record-found")}</dt><dd>{r.found.into_iter().map(|f| view! { <code class="found">{f}</code> }).collect_view()}</dd> })}
            </dl>
            {r.problem.map(|p| view! { <p class="mistake"><Icon name="warn" />{p}</p> })}
        </li>
    }
}
