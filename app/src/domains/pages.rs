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

use super::api;
use crate::{
    AppError,
    frame::me,
    live,
    settings::proof::prover,
    ui::{Badge, Card, Column, Confirm, CopyBlock, DataTable, Empty, Field, Icon, Message, PageHead, Shape, Time, Tone, load, load_as, toast},
};

fn status_badge(status: DomainStatus) -> impl IntoView {
    let (tone, text) = match status {
        DomainStatus::Pending => (Tone::Warn, "Not verified"),
        DomainStatus::Verified => (Tone::Good, "Verified"),
        DomainStatus::Drifted => (Tone::Bad, "A record is wrong"),
    };
    view! { <Badge tone text /> }
}

fn columns() -> Vec<Column<DomainRow>> {
    vec![
        Column::new("domain", "Domain", |d: DomainRow| view! { <A href=format!("/domains/{}", d.id)>{d.name}</A> })
            .fixed()
            .sorted(|a, b| a.name.cmp(&b.name)),
        Column::new("status", "Status", |d: DomainRow| status_badge(d.status)).sorted(|a, b| (a.status as u8).cmp(&(b.status as u8))),
        Column::new("checked", "Last check", |d: DomainRow| d.checked_at.map(|at| view! { <Time at /> }))
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
        <PageHead title="Domains" note="Mail leaves only from domains that DNS vouches for." />
        {admin.then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(name.get_untracked()); }>
                    <Field name="name" label="Add a domain" placeholder="example.com" value=name error />
                    <button type="submit" class="primary" disabled=move || add.pending().get()>"Add"</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load_as(Shape::Table(3), list, |rows| if rows.is_empty() {
            view! { <Empty title="No domains yet" text="Add the domain your mail comes from. You get five DNS records to publish; they are checked until they are right." /> }.into_any()
        } else {
            view! {
                <DataTable name="domains" label="Domains" columns=columns() rows />
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
            Ok(()) => note("Checking. The result appears here.".to_owned(), false),
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
        DomainStatus::Verified => "Every record is right: mail may leave from this domain.",
        DomainStatus::Drifted => "Something changed in DNS. Nothing is sent from this domain until the record below is right again.",
        DomainStatus::Pending => "Publish these records at your DNS provider. They are checked by themselves; nothing is sent before all are right.",
    };
    let question = format!("Its key is deleted. Campaigns from {} can no longer be sent. The DNS records can go, too.", domain.name);
    view! {
        <PageHead title=domain.name.clone() note=says>
            {status_badge(domain.status)}
            {admin.then(|| view! {
                <button type="button" disabled=move || check.pending().get() on:click=move |_| { check.dispatch(()); }>"Check now"</button>
                <button type="button" class="quiet" on:click=move |_| asking.set(true)>"Remove"</button>
            })}
        </PageHead>
        <p class="muted">{domain.checked_at.map(|at| view! { "Last checked " <Time at /> })}</p>
        <ul class="plain records">{records.into_iter().map(record).collect_view()}</ul>
        <Confirm open=asking title="Remove this domain?" text=question action="Remove the domain" on_yes=Callback::new(move |()| { remove.dispatch(()); }) />
    }
}

fn record(r: DnsRecord) -> impl IntoView {
    let (tone, word) = match r.state {
        RecordState::Unchecked => (Tone::Plain, "Not checked yet"),
        RecordState::Pass => (Tone::Good, "Right"),
        RecordState::Missing => (Tone::Warn, "Not found"),
        RecordState::Wrong => (Tone::Bad, "Wrong"),
        RecordState::NoAnswer => (Tone::Warn, "No answer"),
    };
    let label = r.purpose.label();
    let shows_found = r.state != RecordState::Pass && !r.found.is_empty();
    view! {
        <li class="card record">
            <div class="record-head"><h2>{label}</h2><span class="kind">{r.kind.clone()}</span><Badge tone text=word /></div>
            <dl>
                <dt>"Name"</dt><dd><CopyBlock label=format!("the name of the {label} record") text=r.host /></dd>
                <dt>"Value"</dt><dd><CopyBlock label=format!("the value of the {label} record") text=r.value /></dd>
                {shows_found.then(|| view! { <dt>"Found"</dt><dd>{r.found.into_iter().map(|f| view! { <code class="found">{f}</code> }).collect_view()}</dd> })}
            </dl>
            {r.problem.map(|p| view! { <p class="mistake"><Icon name="warn" />{p}</p> })}
        </li>
    }
}
