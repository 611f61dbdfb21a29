//! Who new campaigns come from, and the host that their links lead through.

use leptos::prelude::*;
use nexsent_model::{
    domains::{DomainRow, DomainStatus},
    live::LiveEvent,
    team::{Sender, TrackingDomain, WorkspaceSettings},
};
use nexsent_texts::t;

use super::{Tabs, api};
use crate::{
    AppError,
    domains::api::domains,
    frame::me,
    live, rich,
    ui::{Badge, Card, Choice, Confirm, CopyBlock, Field, Icon, Message, PageHead, Time, Tone, load, refusal_of, toast},
};

async fn fetch() -> Result<(WorkspaceSettings, Vec<DomainRow>), AppError> {
    Ok((api::settings().await?, domains().await?))
}

#[component]
pub fn Sending() -> impl IntoView {
    let data = Resource::new(|| (), |()| fetch());
    let tracking = Resource::new(|| (), |()| api::get_tracking_domain());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Tracking) {
                tracking.refetch();
            }
        },
        move || tracking.refetch(),
    );
    view! {
        <PageHead title=t!("settings-sending") note=t!("settings-sending-note") />
        <Tabs />
        {load(data, |(settings, domains)| view! { <DefaultSender settings domains /> })}
        {load(tracking, move |found| view! { <Tracking found changed=Callback::new(move |()| tracking.refetch()) /> })}
    }
}

#[component]
fn DefaultSender(settings: WorkspaceSettings, domains: Vec<DomainRow>) -> impl IntoView {
    let s = settings.sender.clone();
    let (name, local, reply) = (RwSignal::new(s.name), RwSignal::new(s.local), RwSignal::new(s.reply_to));
    let domain = RwSignal::new(s.domain.as_ref().map(ToString::to_string).unwrap_or_default());
    let options: Vec<(String, String)> = std::iter::once((String::new(), t!("settings-sender-last-domain")))
        .chain(
            domains
                .into_iter()
                .filter(|d| d.status == DomainStatus::Verified || Some(&d.id) == s.domain.as_ref())
                .map(|d| (d.id.to_string(), d.name)),
        )
        .collect();
    let note = toast::notifier();
    let save = Action::new(move |(): &()| {
        let sender = Sender {
            name: name.get_untracked(),
            local: local.get_untracked(),
            domain: domain.get_untracked().parse().ok(),
            reply_to: reply.get_untracked(),
        };
        let settings = WorkspaceSettings { sender, ..settings.clone() };
        async move {
            api::save_settings(settings).await?;
            note(t!("saved"), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    view! {
        <Card title=t!("settings-sender")>
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <fieldset class="plain" disabled=!admin>
                    <p class="hint">{t!("settings-sender-what")}</p>
                    <Field name="sender_name" label=t!("name") value=name error />
                    <Field name="sender_local" label=t!("settings-sender-local") hint=t!("settings-sender-local-hint") value=local error />
                    <Choice name="sender_domain" label=t!("settings-sender-domain") value=domain options=Signal::stored(options) error />
                    <Field name="sender_reply_to" label=t!("settings-sender-reply") kind="email" hint=t!("settings-sender-reply-hint") value=reply error />
                    <Message error fields=&["sender_name", "sender_local", "sender_domain", "sender_reply_to"] />
                    {admin.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("settings-sender-save")}</button> })}
                </fieldset>
            </form>
        </Card>
    }
}

#[component]
fn Tracking(found: Option<TrackingDomain>, changed: Callback<()>) -> impl IntoView {
    let admin = me().role.can_admin();
    view! {
        <Card title=t!("settings-tracking")>
            <p>{t!("settings-tracking-what")}</p>
            {match found {
                Some(t) => view! { <Record t changed /> }.into_any(),
                None if admin => view! { <Choose changed /> }.into_any(),
                None => view! { <p class="hint">{t!("settings-tracking-none")}</p> }.into_any(),
            }}
        </Card>
    }
}

#[component]
fn Choose(changed: Callback<()>) -> impl IntoView {
    let host = RwSignal::new(String::new());
    let set = Action::new(move |(): &()| {
        let wanted = host.get_untracked();
        async move {
            api::set_tracking_domain(wanted).await?;
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(set);
    view! {
        <form class="inline" on:submit=move |ev| { ev.prevent_default(); set.dispatch(()); }>
            <Field name="host" label=t!("name") placeholder="click.example.com" value=host error />
            <button type="submit" class="primary" disabled=move || set.pending().get()>{t!("settings-tracking-use")}</button>
        </form>
        <Message error fields=&["host"] />
        <p class="hint">{t!("settings-tracking-hint")}</p>
    }
}

#[component]
fn Record(t: TrackingDomain, changed: Callback<()>) -> impl IntoView {
    let (tone, word, says) = match t.status {
        DomainStatus::Verified => (Tone::Good, t!("settings-tracking-verified"), t!("settings-tracking-verified-what")),
        DomainStatus::Drifted => (Tone::Bad, t!("settings-tracking-drifted"), t!("settings-tracking-drifted-what")),
        DomainStatus::Pending => (Tone::Warn, t!("settings-tracking-pending"), t!("settings-tracking-pending-what")),
    };
    let note = toast::notifier();
    let check = Action::new(move |(): &()| async move {
        match api::recheck_tracking_domain().await {
            Ok(()) => note(t!("settings-tracking-checking"), false),
            Err(e) => note(e.to_string(), true),
        }
    });
    let remove = Action::new(move |(): &()| async move {
        if let Err(e) = api::remove_tracking_domain().await {
            note(e.to_string(), true);
        }
        changed.run(());
    });
    let asking = RwSignal::new(false);
    let admin = me().role.can_admin();
    let question = t!("settings-tracking-remove-what", host = &t.host);
    view! {
        <div class="record">
            <div class="record-head"><h3>{t.host.clone()}</h3><span class="kind">"CNAME"</span><Badge tone text=word /></div>
            <p>{says}</p>
            <dl>
                <dt>{t!("name")}</dt><dd><CopyBlock label=t!("settings-record-name") text=t.host.clone() /></dd>
                <dt>{t!("settings-record-value")}</dt><dd><CopyBlock label=t!("settings-record-value-copy") text=t.target.clone() /></dd>
                {t.found.filter(|f| *f != t.target).map(|f| view! { <dt>{t!("settings-record-found")}</dt><dd><code class="found">{f}</code></dd> })}
            </dl>
            {t.problem.map(|p| view! { <p class="mistake"><Icon name="warn" />{p}</p> })}
            <p class="hint">{t!("settings-tracking-certificate")}</p>
            <p class="muted">{t.checked_at.map(|at| rich!("settings-tracking-checked", when = view! { <Time at /> }))}</p>
            {admin.then(|| view! {
                <div class="row">
                    <button type="button" disabled=move || check.pending().get() on:click=move |_| { check.dispatch(()); }>{t!("settings-tracking-check")}</button>
                    <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("remove")}</button>
                </div>
            })}
        </div>
        <Confirm open=asking title=t!("settings-tracking-remove") text=question action=t!("settings-tracking-remove-do") on_yes=Callback::new(move |()| { remove.dispatch(()); }) />
    }
}
