//! Who new campaigns come from, and the host that their links lead through.

use leptos::prelude::*;
use nexsent_model::{
    domains::{DomainRow, DomainStatus},
    live::LiveEvent,
    team::{Sender, TrackingDomain, WorkspaceSettings},
};

use super::{Tabs, api};
use crate::{
    AppError,
    domains::api::domains,
    frame::me,
    live,
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
        <PageHead title="Sending" note="Who mail comes from, and where its links lead." />
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
    let options: Vec<(String, String)> = std::iter::once((String::new(), "That of the last campaign".to_owned()))
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
            note("Saved.".to_owned(), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    view! {
        <Card title="Sender of new campaigns">
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <fieldset class="plain" disabled=!admin>
                    <p class="hint">"New campaigns start with it; each can change it. What is empty here comes from the last campaign."</p>
                    <Field name="sender_name" label="Name" value=name error />
                    <Field name="sender_local" label="Before the @" hint="Such as news or hello." value=local error />
                    <Choice name="sender_domain" label="Domain" value=domain options=Signal::stored(options) error />
                    <Field name="sender_reply_to" label="Replies go to" kind="email" hint="Empty: to the sender itself." value=reply error />
                    <Message error fields=&["sender_name", "sender_local", "sender_domain", "sender_reply_to"] />
                    {admin.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>"Save the sender"</button> })}
                </fieldset>
            </form>
        </Card>
    }
}

#[component]
fn Tracking(found: Option<TrackingDomain>, changed: Callback<()>) -> impl IntoView {
    let admin = me().role.can_admin();
    view! {
        <Card title="Tracking domain">
            <p>"Links, the pixel and the pages recipients see lead through this server. With a name of your own they lead through that instead, such as click.example.com."</p>
            {match found {
                Some(t) => view! { <Record t changed /> }.into_any(),
                None if admin => view! { <Choose changed /> }.into_any(),
                None => view! { <p class="hint">"None yet. Owners and admins can choose one."</p> }.into_any(),
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
            <Field name="host" label="Name" placeholder="click.example.com" value=host error />
            <button type="submit" class="primary" disabled=move || set.pending().get()>"Use this name"</button>
        </form>
        <Message error fields=&["host"] />
        <p class="hint">"It must lie under a verified sending domain of this workspace. Nothing leads to it before its record is found."</p>
    }
}

#[component]
fn Record(t: TrackingDomain, changed: Callback<()>) -> impl IntoView {
    let (tone, word, says) = match t.status {
        DomainStatus::Verified => (Tone::Good, "Verified", "Links of new mails lead through it."),
        DomainStatus::Drifted => (Tone::Bad, "Not right any more", "Links of new mails lead through this server until the record is right again."),
        DomainStatus::Pending => (Tone::Warn, "Not found yet", "Publish this record at your DNS provider. It is looked for by itself."),
    };
    let note = toast::notifier();
    let check = Action::new(move |(): &()| async move {
        match api::recheck_tracking_domain().await {
            Ok(()) => note("Checking. The result appears here.".to_owned(), false),
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
    let question = format!("New mails lead through this server again. Keep the record of {}: links of mails already sent lead there.", t.host);
    view! {
        <div class="record">
            <div class="record-head"><h3>{t.host.clone()}</h3><span class="kind">"CNAME"</span><Badge tone text=word /></div>
            <p>{says}</p>
            <dl>
                <dt>"Name"</dt><dd><CopyBlock label="the name of the record" text=t.host.clone() /></dd>
                <dt>"Value"</dt><dd><CopyBlock label="the value of the record" text=t.target.clone() /></dd>
                {t.found.filter(|f| *f != t.target).map(|f| view! { <dt>"Found"</dt><dd><code class="found">{f}</code></dd> })}
            </dl>
            {t.problem.map(|p| view! { <p class="mistake"><Icon name="warn" />{p}</p> })}
            <p class="hint">"The name needs a certificate, too: whoever runs the reverse proxy in front of this server adds it there before the record is published, or browsers warn recipients who follow a link."</p>
            <p class="muted">{t.checked_at.map(|at| view! { "Last checked " <Time at /> })}</p>
            {admin.then(|| view! {
                <div class="row">
                    <button type="button" disabled=move || check.pending().get() on:click=move |_| { check.dispatch(()); }>"Check now"</button>
                    <button type="button" class="quiet" on:click=move |_| asking.set(true)>"Remove"</button>
                </div>
            })}
        </div>
        <Confirm open=asking title="Remove this tracking domain?" text=question action="Remove it" on_yes=Callback::new(move |()| { remove.dispatch(()); }) />
    }
}
