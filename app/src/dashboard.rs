//! What happened lately, and what to do next.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    accounts::Right,
    campaigns::{Overview, SeriesPoint},
    live::LiveEvent,
};

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
        <PageHead title="Dashboard" note=workspace />
        {load_as(Shape::Stats(6), data, move |o| {
            let (begun, sent) = (!o.campaigns.is_empty(), o.campaigns.iter().any(|c| c.started_at.is_some()));
            let steps = [
                (o.verified_domains > 0, "/domains", "Prove your sending domain", "Five DNS records, checked for you."),
                (o.contacts > 0, "/contacts/import", "Import your contacts", "From a CSV file, with a report."),
                (o.postal_address, "/settings", "Set your postal address", "It stands under every bulk message, as the law asks."),
                (sent, "/campaigns", "Send your first campaign", if begun { "You have begun one: review it, send it." } else { "Write it, review it, send it." }),
            ];
            let done = steps.iter().filter(|s| s.0).count();
            let of = steps.len();
            view! {
                {(role.can_send() && done < of).then(|| view! {
                    <Card title="First steps">
                        <p class="muted">{format!("{done} of {of} done")}</p>
                        <ol class="steps">
                            {steps.into_iter().map(|(done, href, title, text)| view! {
                                <li class:done=done>
                                    <span class="tick-mark">{done.then(|| view! { <Icon name="check" /> })}</span>
                                    <div><A href=href>{title}</A><span>{if done { "Done" } else { text }}</span></div>
                                </li>
                            }).collect_view()}
                        </ol>
                    </Card>
                })}
                {if role.may(Right::ReadCampaigns) {
                    view! { <Sent overview=o /> }.into_any()
                } else {
                    view! { <div class="stats"><Stat label="Contacts" value=o.contacts /></div> }.into_any()
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
    let line = |name: &str, f: fn(&SeriesPoint) -> u64| Series { name: name.to_owned(), values: o.series.iter().map(f).collect() };
    let series = vec![line("Accepted", |p| p.sent), line("Opened", |p| p.opened), line("Clicked", |p| p.clicked)];
    view! {
        <div class="stats">
            <Stat label="Contacts" value=o.contacts />
            <Stat label="Accepted, 30 days" value=s.sent />
            <Stat label="Opened" value=s.opened note=percent(s.opened, s.sent) />
            <Stat label="Clicked" value=s.clicked note=percent(s.clicked, s.sent) />
            <Stat label="Unsubscribed" value=s.unsubscribed note=percent(s.unsubscribed, s.sent) />
            <Stat label="Failed" value=s.failed note=percent(s.failed, s.sent + s.failed) />
        </div>
        <Card title="The last 30 days">
            <LineChart label="Accepted, opened and clicked by day" names=names series=series />
        </Card>
        <Card title="Newest campaigns">
            {if o.campaigns.is_empty() {
                view! { <Empty title="No campaigns yet" text="A campaign is one message to one or more lists.">{can.then(|| view! { <A href="/campaigns" attr:class="button primary">"Write a campaign"</A> })}</Empty> }.into_any()
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
