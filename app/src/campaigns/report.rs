//! What becomes of a campaign, live.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    campaigns::{CampaignReport, CampaignState, CampaignStats, CampaignView},
    live::LiveEvent,
};

use super::{
    api::{self, Act},
    list::StateBadge,
};
use crate::{
    frame::me,
    live,
    ui::{Bars, Card, Confirm, Donut, LineChart, PageHead, Progress, Stat, Time, chart::Series, grouped, load, percent, time, toast},
};

fn series(r: &CampaignReport) -> (Vec<String>, Vec<Series>) {
    let names = r.series.iter().map(|p| time::hour(p.at)).collect();
    let line = |name, f: fn(&nexsent_model::campaigns::SeriesPoint) -> u64| Series { name, values: r.series.iter().map(f).collect() };
    (
        names,
        vec![
            line("Accepted".to_owned(), |p| p.sent),
            line("Opened".to_owned(), |p| p.opened),
            line("Clicked".to_owned(), |p| p.clicked),
            line("Unsubscribed".to_owned(), |p| p.unsubscribed),
            line("Failed".to_owned(), |p| p.failed),
        ],
    )
}

#[component]
pub fn Report(campaign: CampaignView, changed: Callback<()>) -> impl IntoView {
    let id = StoredValue::new(campaign.row.id.clone());
    let stats = RwSignal::new(campaign.row.stats);
    let state = RwSignal::new(campaign.row.state);
    let held = RwSignal::new(campaign.held.clone());
    let report = Resource::new(|| (), move |()| api::get_report(id.get_value()));
    let refresh = move || {
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = api::campaign(id.get_value()).await {
                stats.set(fresh.row.stats);
                state.set(fresh.row.state);
                held.set(fresh.held);
            }
        });
    };
    live::provide().listen(
        move |e| {
            if let LiveEvent::Campaign { id: which, state: s, stats: now } = e
                && *which == id.get_value()
            {
                stats.set(*now);
                if state.get_untracked() != *s {
                    state.set(*s);
                    // Why it has stopped, or no longer.
                    refresh();
                    if *s == CampaignState::Draft {
                        changed.run(());
                    }
                }
                report.refetch();
            }
        },
        move || changed.run(()),
    );
    // What happened between the fetch and the first event that is heard here.
    Effect::new(move |_| refresh());
    let note = toast::notifier();
    let act = Action::new(move |what: &Act| {
        let what = *what;
        async move {
            match api::act_on_campaign(id.get_value(), what).await {
                Ok(()) if what == Act::Unschedule => changed.run(()),
                Ok(()) => {}
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let navigate = use_navigate();
    let copy = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match api::duplicate_campaign(id.get_value()).await {
                Ok(made) => navigate(&format!("/campaigns/{made}"), NavigateOptions::default()),
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    let button = move |what: Act, label: &'static str| view! { <button type="button" disabled=move || act.pending().get() on:click=move |_| { act.dispatch(what); }>{label}</button> };
    let figure = move |f: fn(&CampaignStats) -> u64| Signal::derive(move || stats.with(f));
    let share = move |f: fn(&CampaignStats) -> u64| Signal::derive(move || stats.with(|s| percent(f(s), s.sent)));
    let question = Signal::derive(move || {
        format!("{} have not got it yet and will not. What was sent stays sent.", stats.with(|s| grouped(s.queued + s.deferred)))
    });
    view! {
        <PageHead title=campaign.row.name.clone() note=campaign.row.subject.clone()>
            {move || view! { <StateBadge state=state.get() /> }}
            {move || can.then(|| match state.get() {
                CampaignState::Scheduled => button(Act::Unschedule, "Back to draft").into_any(),
                CampaignState::Preparing | CampaignState::Sending => button(Act::Pause, "Pause").into_any(),
                CampaignState::Paused => button(Act::Resume, "Go on").into_any(),
                _ => ().into_any(),
            })}
            {move || (can && matches!(state.get(), CampaignState::Scheduled | CampaignState::Preparing | CampaignState::Sending | CampaignState::Paused)).then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>"Cancel"</button> })}
            {can.then(|| view! { <button type="button" class="quiet" on:click=move |_| { copy.dispatch(()); }>"Duplicate"</button> })}
        </PageHead>
        {move || held.get().map(|why| view! { <p class="banner warn" role="status">"Paused by itself: "{why}</p> })}
        <p class="muted">
            {campaign.row.scheduled_at.filter(|_| campaign.row.state == CampaignState::Scheduled).map(|at| view! { "Starts " <Time at /> })}
            {campaign.row.started_at.map(|at| view! { "Started " <Time at /> })}
            {campaign.from_email.map(|e| format!(" from {e}"))}
        </p>
        <Progress label="Settled recipients" done=figure(CampaignStats::settled) of=figure(CampaignStats::recipients) />
        <div class="stats">
            <Stat label="Recipients" value=figure(CampaignStats::recipients) />
            <Stat label="Accepted" value=figure(|s| s.sent) note=Signal::derive(move || stats.with(|s| percent(s.sent, s.recipients()))) />
            <Stat label="Opened" value=figure(|s| s.opened) note=share(|s| s.opened) />
            <Stat label="Clicked" value=figure(|s| s.clicked) note=share(|s| s.clicked) />
            <Stat label="Unsubscribed" value=figure(|s| s.unsubscribed) note=share(|s| s.unsubscribed) />
            <Stat label="Failed" value=figure(|s| s.failed) />
        </div>
        <div class="columns uneven">
            <Card title="Over time">
                {load(report, |r| {
                    let (names, lines) = series(&r);
                    if names.is_empty() { view! { <p class="hint">"Nothing has been sent yet."</p> }.into_any() } else { view! { <LineChart label="Accepted, opened, clicked, unsubscribed and failed by the hour" names=names series=lines /> }.into_any() }
                })}
            </Card>
            <Card title="Who received it">
                <Donut label="Recipients by what became of them" parts=Signal::derive(move || stats.with(|s| vec![("Accepted".to_owned(), s.sent), ("Queued".to_owned(), s.queued), ("Deferred".to_owned(), s.deferred), ("Failed".to_owned(), s.failed), ("Left out".to_owned(), s.suppressed), ("In doubt".to_owned(), s.in_doubt)])) />
                <A href=format!("/campaigns/{}/recipients", campaign.row.id) attr:class="button">"Every recipient"</A>
                <p class="hint">"Accepted means that the recipient's server took it. Whether it lies in the inbox, no sender can know."</p>
            </Card>
        </div>
        <Card title="Links">
            {load(report, |r| {
                let rows: Vec<(String, u64)> = r.links.into_iter().map(|l| (l.url, l.clicks)).collect();
                if rows.is_empty() {
                    view! { <p class="hint">"This campaign has no tracked links."</p> }.into_any()
                } else {
                    view! { <Bars label="Clicks per link" rows /> }.into_any()
                }
            })}
        </Card>
        <Confirm open=asking title="Cancel this campaign?" text=question action="Cancel it" on_yes=Callback::new(move |()| { act.dispatch(Act::Cancel); }) />
    }
}
