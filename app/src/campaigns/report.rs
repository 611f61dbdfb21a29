//! What becomes of a campaign, live.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    campaigns::{CampaignReport, CampaignState, CampaignStats, CampaignView},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{
    api::{self, Act},
    list::StateBadge,
};
use crate::{
    frame::me,
    live, rich,
    ui::{Bars, Card, Confirm, Donut, LineChart, PageHead, Progress, Stat, Time, chart::Series, load, percent, time, toast},
};

fn series(r: &CampaignReport) -> (Vec<String>, Vec<Series>) {
    let names = r.series.iter().map(|p| time::hour(p.at)).collect();
    let line = |name, f: fn(&nexsent_model::campaigns::SeriesPoint) -> u64| Series { name, values: r.series.iter().map(f).collect() };
    (
        names,
        vec![
            line(t!("campaigns-figure-accepted"), |p| p.sent),
            line(t!("campaigns-figure-opened"), |p| p.opened),
            line(t!("campaigns-figure-clicked"), |p| p.clicked),
            line(t!("campaigns-figure-unsubscribed"), |p| p.unsubscribed),
            line(t!("campaigns-figure-failed"), |p| p.failed),
        ],
    )
}

/// When it starts or has started, and from which address.
fn began(c: &CampaignView) -> AnyView {
    let scheduled = c.row.scheduled_at.filter(|_| c.row.state == CampaignState::Scheduled).map(|at| view! { <Time at /> });
    let started = c.row.started_at.map(|at| view! { <Time at /> });
    match (scheduled, started, &c.from_email) {
        (Some(when), _, Some(sender)) => rich!("campaigns-starts-from", when = when; sender = sender).into_any(),
        (Some(when), _, None) => rich!("campaigns-starts", when = when).into_any(),
        (None, Some(when), Some(sender)) => rich!("campaigns-started-from", when = when; sender = sender).into_any(),
        (None, Some(when), None) => rich!("campaigns-started", when = when).into_any(),
        (None, None, Some(sender)) => t!("campaigns-sent-from", sender = sender).into_any(),
        (None, None, None) => ().into_any(),
    }
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
    let button = move |what: Act, label: String| view! { <button type="button" disabled=move || act.pending().get() on:click=move |_| { act.dispatch(what); }>{label}</button> };
    let figure = move |f: fn(&CampaignStats) -> u64| Signal::derive(move || stats.with(f));
    let share = move |f: fn(&CampaignStats) -> u64| Signal::derive(move || stats.with(|s| percent(f(s), s.sent)));
    let question = Signal::derive(move || t!("campaigns-cancel-text", count = stats.with(|s| s.queued + s.deferred)));
    view! {
        <PageHead title=campaign.row.name.clone() note=campaign.row.subject.clone()>
            {move || view! { <StateBadge state=state.get() /> }}
            {move || can.then(|| match state.get() {
                CampaignState::Scheduled => button(Act::Unschedule, t!("campaigns-to-draft")).into_any(),
                CampaignState::Preparing | CampaignState::Sending => button(Act::Pause, t!("campaigns-pause")).into_any(),
                CampaignState::Paused => button(Act::Resume, t!("campaigns-resume")).into_any(),
                _ => ().into_any(),
            })}
            {move || (can && matches!(state.get(), CampaignState::Scheduled | CampaignState::Preparing | CampaignState::Sending | CampaignState::Paused)).then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("cancel")}</button> })}
            {can.then(|| view! { <button type="button" class="quiet" on:click=move |_| { copy.dispatch(()); }>{t!("campaigns-duplicate")}</button> })}
        </PageHead>
        {move || held.get().map(|why| view! { <p class="banner warn" role="status">{t!("campaigns-held", reason = why)}</p> })}
        <p class="muted">{began(&campaign)}</p>
        <Progress label=t!("campaigns-settled") done=figure(CampaignStats::settled) of=figure(CampaignStats::recipients) />
        <div class="stats">
            <Stat label=t!("campaigns-recipients") value=figure(CampaignStats::recipients) />
            <Stat label=t!("campaigns-figure-accepted") value=figure(|s| s.sent) note=Signal::derive(move || stats.with(|s| percent(s.sent, s.recipients()))) />
            <Stat label=t!("campaigns-figure-opened") value=figure(|s| s.opened) note=share(|s| s.opened) />
            <Stat label=t!("campaigns-figure-clicked") value=figure(|s| s.clicked) note=share(|s| s.clicked) />
            <Stat label=t!("campaigns-figure-unsubscribed") value=figure(|s| s.unsubscribed) note=share(|s| s.unsubscribed) />
            <Stat label=t!("campaigns-figure-failed") value=figure(|s| s.failed) />
        </div>
        <div class="columns uneven">
            <Card title=t!("campaigns-over-time")>
                {load(report, |r| {
                    let (names, lines) = series(&r);
                    if names.is_empty() { view! { <p class="hint">{t!("campaigns-nothing-sent")}</p> }.into_any() } else { view! { <LineChart label=t!("campaigns-over-time-label") names=names series=lines /> }.into_any() }
                })}
            </Card>
            <Card title=t!("campaigns-who-received")>
                <Donut label=t!("campaigns-who-received-label") parts=Signal::derive(move || stats.with(|s| vec![(t!("campaigns-figure-accepted"), s.sent), (t!("campaigns-figure-queued"), s.queued), (t!("campaigns-figure-deferred"), s.deferred), (t!("campaigns-figure-failed"), s.failed), (t!("campaigns-figure-left-out"), s.suppressed), (t!("campaigns-figure-in-doubt"), s.in_doubt)])) />
                <A href=format!("/campaigns/{}/recipients", campaign.row.id) attr:class="button">{t!("campaigns-every-recipient")}</A>
                <p class="hint">{t!("campaigns-accepted-means")}</p>
            </Card>
        </div>
        <Card title=t!("campaigns-links")>
            {load(report, |r| {
                let rows: Vec<(String, u64)> = r.links.into_iter().map(|l| (l.url, l.clicks)).collect();
                if rows.is_empty() {
                    view! { <p class="hint">{t!("campaigns-no-links")}</p> }.into_any()
                } else {
                    view! { <Bars label=t!("campaigns-links-label") rows /> }.into_any()
                }
            })}
        </Card>
        <Confirm open=asking title=t!("campaigns-cancel-title") text=question action=t!("campaigns-cancel-yes") on_yes=Callback::new(move |()| { act.dispatch(Act::Cancel); }) />
    }
}
