//! Every campaign, newest first.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    Cursor,
    campaigns::{CampaignRow, CampaignState},
    live::LiveEvent,
};

use super::api;
use crate::{
    frame::me,
    live,
    ui::{Badge, Card, Empty, Field, Message, PageHead, Pager, Time, Tone, grouped, load, percent, refusal_of},
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

#[component]
pub fn Campaigns() -> impl IntoView {
    let after = RwSignal::new(None::<Cursor>);
    let page = Resource::new(move || after.get(), api::campaigns);
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
        <PageHead title="Campaigns" note="One message to one or more lists." />
        {me().role.can_send().then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); make.dispatch(name.get_untracked()); }>
                    <Field name="name" label="A new campaign" placeholder="November news" value=name error />
                    <button type="submit" class="primary" disabled=move || make.pending().get()>"Write it"</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load(page, move |p| if p.items.is_empty() {
            view! { <Empty title="No campaigns yet" text="Give one a name above. Nothing is sent before you have reviewed it." /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"Campaign"</th><th scope="col">"State"</th><th scope="col" class="num">"Accepted"</th><th scope="col" class="num">"Opened"</th><th scope="col" class="num">"Clicked"</th><th scope="col">"Made"</th></tr></thead>
                        <tbody>
                            {p.items.into_iter().map(|c| view! {
                                <tr>
                                    <td><A href=format!("/campaigns/{}", c.id)>{c.name.clone()}</A><small>{c.subject.clone()}</small></td>
                                    <td><StateBadge state=c.state /></td>
                                    <td class="num">{grouped(c.stats.sent)}</td>
                                    <td class="num">{percent(c.stats.opened, c.stats.sent)}</td>
                                    <td class="num">{percent(c.stats.clicked, c.stats.sent)}</td>
                                    <td><Time at=c.created_at /></td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
                <div class="under"><span></span><Pager next=p.next after /></div>
            }.into_any()
        })}
    }
}
