//! Every campaign, newest first.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    campaigns::{CampaignRow, CampaignState},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::api;
use crate::{
    frame::me,
    live,
    ui::{
        Badge, Card, Column, DataTable, Empty, Field, Icon, ListFoot, Message, PageHead, Shape, Time, Tone, grouped, load_as, percent, refusal_of,
        use_listing,
    },
};

/// Where a campaign stands, in a word.
#[component]
pub fn StateBadge(state: CampaignState) -> impl IntoView {
    let (tone, text) = match state {
        CampaignState::Draft => (Tone::Plain, t!("campaigns-state-draft")),
        CampaignState::Scheduled => (Tone::Busy, t!("campaigns-state-scheduled")),
        CampaignState::Preparing => (Tone::Busy, t!("campaigns-state-preparing")),
        CampaignState::Sending => (Tone::Busy, t!("campaigns-state-sending")),
        CampaignState::Paused => (Tone::Warn, t!("campaigns-state-paused")),
        CampaignState::Finished => (Tone::Good, t!("campaigns-state-finished")),
        CampaignState::Cancelled => (Tone::Bad, t!("campaigns-state-cancelled")),
    };
    view! { <Badge tone text /> }
}

/// How far a campaign is, in a line.
#[must_use]
pub fn progress_line(c: &CampaignRow) -> String {
    match c.state {
        CampaignState::Draft | CampaignState::Scheduled => String::new(),
        _ => t!("campaigns-progress", sent = c.stats.sent, total = c.stats.recipients()),
    }
}

fn columns() -> Vec<Column<CampaignRow>> {
    vec![
        Column::new(
            "name",
            t!("campaigns-campaign"),
            |c: CampaignRow| view! { <A href=format!("/campaigns/{}", c.id)>{c.name}</A><small>{c.subject}</small> },
        )
        .fixed(),
        Column::new("state", t!("campaigns-state"), |c: CampaignRow| view! { <StateBadge state=c.state /> }),
        Column::new("accepted", t!("campaigns-figure-accepted"), |c: CampaignRow| grouped(c.stats.sent)).num(),
        Column::new("opened", t!("campaigns-figure-opened"), |c: CampaignRow| percent(c.stats.opened, c.stats.sent)).num(),
        Column::new("clicked", t!("campaigns-figure-clicked"), |c: CampaignRow| percent(c.stats.clicked, c.stats.sent)).num(),
        Column::new("made", t!("campaigns-made"), |c: CampaignRow| view! { <Time at=c.created_at /> }),
    ]
}

#[component]
pub fn Campaigns() -> impl IntoView {
    let list = use_listing();
    let page = Resource::new(move || list.after(), api::campaigns);
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Campaign { .. }) {
                page.refetch()
            }
        },
        move || page.refetch(),
    );
    let name = RwSignal::new(String::new());
    let make = Action::new(|name: &String| api::create_campaign(name.clone()));
    let error = refusal_of(make);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(id)) = make.value().get() {
            navigate(&format!("/campaigns/{id}"), NavigateOptions::default());
        }
    });
    view! {
        <PageHead title=t!("campaigns-title") note=t!("campaigns-note")>
            <a class="button quiet" href="/export/campaigns.csv" rel="external" download><Icon name="download" />{t!("export")}</a>
        </PageHead>
        {me().role.can_send().then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); make.dispatch(name.get_untracked()); }>
                    <Field name="name" label=t!("campaigns-new") placeholder=t!("campaigns-new-example") value=name error />
                    <button type="submit" class="primary" disabled=move || make.pending().get()>{t!("campaigns-write")}</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load_as(Shape::Table(6), page, move |p| if p.items.is_empty() {
            view! { <Empty title=t!("campaigns-empty") text=t!("campaigns-empty-text") /> }.into_any()
        } else {
            view! {
                <DataTable name="campaigns" label=t!("campaigns-title") columns=columns() rows=p.items />
                <ListFoot list next=p.next />
            }.into_any()
        })}
    }
}
