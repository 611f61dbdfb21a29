//! Every campaign, newest first.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    campaigns::{CampaignRow, CampaignState},
    live::LiveEvent,
};

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
        CampaignState::Draft => (Tone::Plain, "Draft"),
        CampaignState::Scheduled => (Tone::Busy, "Scheduled"),
        CampaignState::Preparing => (Tone::Busy, "Preparing"),
        CampaignState::Sending => (Tone::Busy, "Sending"),
        CampaignState::Paused => (Tone::Warn, "Paused"),
        CampaignState::Finished => (Tone::Good, "Finished"),
        CampaignState::Cancelled => (Tone::Bad, "Cancelled"),
    };
    view! { <Badge tone text /> }
}

/// How far a campaign is, in a line.
#[must_use]
pub fn progress_line(c: &CampaignRow) -> String {
    match c.state {
        CampaignState::Draft | CampaignState::Scheduled => String::new(),
        _ => format!("{} of {} accepted", grouped(c.stats.sent), grouped(c.stats.recipients())),
    }
}

fn columns() -> Vec<Column<CampaignRow>> {
    vec![
        Column::new("name", "Campaign", |c: CampaignRow| view! { <A href=format!("/campaigns/{}", c.id)>{c.name}</A><small>{c.subject}</small> })
            .fixed(),
        Column::new("state", "State", |c: CampaignRow| view! { <StateBadge state=c.state /> }),
        Column::new("accepted", "Accepted", |c: CampaignRow| grouped(c.stats.sent)).num(),
        Column::new("opened", "Opened", |c: CampaignRow| percent(c.stats.opened, c.stats.sent)).num(),
        Column::new("clicked", "Clicked", |c: CampaignRow| percent(c.stats.clicked, c.stats.sent)).num(),
        Column::new("made", "Made", |c: CampaignRow| view! { <Time at=c.created_at /> }),
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
        <PageHead title="Campaigns" note="One message to one or more lists.">
            <a class="button quiet" href="/export/campaigns.csv" rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        {me().role.can_send().then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); make.dispatch(name.get_untracked()); }>
                    <Field name="name" label="A new campaign" placeholder="November news" value=name error />
                    <button type="submit" class="primary" disabled=move || make.pending().get()>"Write it"</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load_as(Shape::Table(6), page, move |p| if p.items.is_empty() {
            view! { <Empty title="No campaigns yet" text="Give one a name above. Nothing is sent before you have reviewed it." /> }.into_any()
        } else {
            view! {
                <DataTable name="campaigns" label="Campaigns" columns=columns() rows=p.items />
                <ListFoot list next=p.next />
            }.into_any()
        })}
    }
}
