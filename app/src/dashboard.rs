//! What happened lately, and what to do next.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    accounts::Right,
    campaigns::{Overview, SeriesPoint},
    live::LiveEvent,
};
use nexsent_texts::t;

use crate::{
    AppError,
    campaigns::list::{StateBadge, progress_line},
    frame::me,
    live,
    ui::{Card, Empty, Icon, LineChart, PageHead, Shape, Stat, chart::Series, load_as, percent, time},
};

#[server(prefix = "/api", endpoint = "overview")]
pub async fn get_overview() -> Result<Overview, AppError> {
    Ok(crate::server_ctx::tenant().await?.overview().await?)
}

#[component]
pub fn Dashboard() -> impl IntoView {
    let data = Resource::new(|| (), |()| get_overview());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Campaign { .. } | LiveEvent::Contacts | LiveEvent::Domain { .. } | LiveEvent::Team) {
                data.refetch();
            }
        },
        move || data.refetch(),
    );
    let workspace = me().workspace_name;
    let role = me().role;
    view! {
        <PageHead title=t!("places-dashboard") note=workspace />
        {load_as(Shape::Stats(6), data, move |o| {
            let (begun, sent) = (!o.campaigns.is_empty(), o.campaigns.iter().any(|c| c.started_at.is_some()));
            let steps = [
                (o.verified_domains > 0, "/domains", t!("places-step-domain"), t!("places-step-domain-text")),
                (o.contacts > 0, "/contacts/import", t!("places-step-contacts"), t!("places-step-contacts-text")),
                (o.postal_address, "/settings", t!("places-step-address"), t!("places-step-address-text")),
                (sent, "/campaigns", t!("places-step-send"), if begun { t!("places-step-send-begun") } else { t!("places-step-send-text") }),
            ];
            let done = steps.iter().filter(|s| s.0).count();
            let of = steps.len();
            view! {
                {(role.can_send() && done < of).then(|| view! {
                    <Card title=t!("places-steps")>
                        <p class="muted">{t!("places-steps-done", done = done, of = of)}</p>
                        <ol class="steps">
                            {steps.into_iter().map(|(done, href, title, text)| view! {
                                <li class:done=done>
                                    <span class="tick-mark">{done.then(|| view! { <Icon name="check" /> })}</span>
                                    <div><A href=href>{title}</A><span>{if done { t!("places-step-done") } else { text }}</span></div>
                                </li>
                            }).collect_view()}
                        </ol>
                    </Card>
                })}
                {if role.may(Right::ReadCampaigns) {
                    view! { <Sent overview=o /> }.into_any()
                } else {
                    view! { <div class="stats"><Stat label=t!("places-contacts") value=o.contacts /></div> }.into_any()
                }}
            }
        })}
    }
}

/// What was sent, and what became of it.
#[component]
fn Sent(overview: Overview) -> impl IntoView {
    let o = overview;
    let can = me().role.can_send();
    let s = o.stats;
    let names: Vec<String> = o.series.iter().map(|p| time::day(p.at)).collect();
    let line = |name, f: fn(&SeriesPoint) -> u64| Series { name, values: o.series.iter().map(f).collect() };
    let series = vec![line(t!("places-accepted"), |p| p.sent), line(t!("places-opened"), |p| p.opened), line(t!("places-clicked"), |p| p.clicked)];
    view! {
        <div class="stats">
            <Stat label=t!("places-contacts") value=o.contacts />
            <Stat label=t!("places-accepted-lately") value=s.sent />
            <Stat label=t!("places-opened") value=s.opened note=percent(s.opened, s.sent) />
            <Stat label=t!("places-clicked") value=s.clicked note=percent(s.clicked, s.sent) />
            <Stat label=t!("places-unsubscribed") value=s.unsubscribed note=percent(s.unsubscribed, s.sent) />
            <Stat label=t!("places-failed") value=s.failed note=percent(s.failed, s.sent + s.failed) />
        </div>
        <Card title=t!("places-lately")>
            <LineChart label=t!("places-lately-chart") names=names series=series />
        </Card>
        <Card title=t!("places-newest")>
            {if o.campaigns.is_empty() {
                view! { <Empty title=t!("places-no-campaigns") text=t!("places-no-campaigns-text")>{can.then(|| view! { <A href="/campaigns" attr:class="button primary">{t!("places-write-campaign")}</A> })}</Empty> }.into_any()
            } else {
                view! {
                    <ul class="plain">
                        {o.campaigns.into_iter().map(|c| {
                            let line = progress_line(&c);
                            view! { <li class="row-link"><A href=format!("/campaigns/{}", c.id)>{c.name}</A><StateBadge state=c.state /><span class="muted">{line}</span></li> }
                        }).collect_view()}
                    </ul>
                }.into_any()
            }}
        </Card>
    }
}
