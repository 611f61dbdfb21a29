//! The last look: what would stop it, a test, and sending now or at a time.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    CampaignId, Fault,
    campaigns::{CampaignState, CampaignView, Review},
    live::LiveEvent,
};

use super::{
    api::{self, Act},
    page::{id_param, missing},
};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Card, Confirm, Field, Icon, Message, PageHead, When, count, grouped, load, refusal_of, time},
};

async fn fetch(id: Option<CampaignId>) -> Result<(CampaignView, Review), AppError> {
    let id = id.ok_or_else(missing)?;
    Ok((api::campaign(id.clone()).await?, api::review_campaign(id).await?))
}

#[component]
pub fn ReviewPage() -> impl IntoView {
    let data = Resource::new(id_param(), fetch);
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Domain { .. } | LiveEvent::Contacts | LiveEvent::Segments) {
                data.refetch()
            }
        },
        move || data.refetch(),
    );
    load(data, |(campaign, review)| view! { <Last campaign review /> })
}

#[component]
fn Last(campaign: CampaignView, review: Review) -> impl IntoView {
    let id = StoredValue::new(campaign.row.id.clone());
    let back = format!("/campaigns/{}", campaign.row.id);
    let ready = review.blockers.is_empty() && campaign.row.state == CampaignState::Draft;
    let emails = RwSignal::new(me().email);
    let results = RwSignal::new(Vec::<(String, bool, String)>::new());
    let test = Action::new(move |(): &()| {
        let to: Vec<String> = emails.get_untracked().split([',', ';', ' ']).map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()).collect();
        results.set(Vec::new());
        api::test_campaign(id.get_value(), to)
    });
    let test_error = refusal_of(test);
    live::provide().listen(
        move |e| {
            if let LiveEvent::TestSend { campaign, email, accepted, reply } = e
                && *campaign == id.get_value()
            {
                results.update(|r| r.push((email.clone(), *accepted, reply.clone())));
            }
        },
        || {},
    );
    let waiting = move || test.value().get().and_then(Result::ok).is_some_and(|n| results.with(Vec::len) < n as usize);
    let navigate = use_navigate();
    let leave = StoredValue::new(back.clone());
    let go = Callback::new(move |()| navigate(&leave.get_value(), NavigateOptions::default()));
    let send = Action::new(move |(): &()| async move {
        let done = api::act_on_campaign(id.get_value(), Act::Send).await;
        if done.is_ok() {
            go.run(());
        }
        done
    });
    let send_error = refusal_of(send);
    let at = RwSignal::new(String::new());
    let schedule = Action::new(move |(): &()| {
        let when = time::moment(&at.get_untracked());
        async move {
            let when = when.ok_or_else(|| AppError(Fault::field("scheduled_at", "Choose a day and a time.")))?;
            api::schedule_campaign(id.get_value(), when).await?;
            go.run(());
            Ok::<_, AppError>(())
        }
    });
    let schedule_error = refusal_of(schedule);
    let asking = RwSignal::new(false);
    let question = format!(
        "{} from {}. What is on the wire cannot be taken back.",
        count(review.audience, "contact gets a message", "contacts get a message"),
        campaign.from_email.clone().unwrap_or_default()
    );
    let stops = review.blockers.len();
    view! {
        <PageHead title=format!("Review: {}", campaign.row.name)>
            <A href=back attr:class="button">"Back to writing"</A>
        </PageHead>
        <Card title="Can it be sent?">
            {if review.blockers.is_empty() {
                view! { <p class="good-line"><Icon name="check" />"Nothing stops it."</p> }.into_any()
            } else {
                view! {
                    <p>{count(stops as u64, "thing stops it", "things stop it")}":"</p>
                    <ul class="plain problems">{review.blockers.into_iter().map(|b| view! { <li class="mistake"><Icon name="cross" />{b.line.map(|l| format!("{}, line {l}: ", b.field))}{b.message}</li> }).collect_view()}</ul>
                }.into_any()
            }}
            {review.warnings.into_iter().map(|w| view! { <p class="banner warn">{w.message}</p> }).collect_view()}
            <dl class="facts">
                <dt>"From"</dt><dd>{campaign.draft.from_name.clone()}" "{campaign.from_email.clone().map(|e| format!("<{e}>"))}</dd>
                <dt>"Subject"</dt><dd>{campaign.draft.subject.clone()}</dd>
                <dt>"Recipients"</dt><dd>{grouped(review.audience)}" in the lists and segments; who has unsubscribed is left out"</dd>
                <dt>"Size"</dt><dd>{format!("{:.1} KB", review.size as f64 / 1024.0)}</dd>
            </dl>
        </Card>
        <Card title="Test">
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); test.dispatch(()); }>
                <Field name="test" label="Send a test to" hint="Up to five addresses, with commas between." value=emails error=test_error />
                <button type="submit" disabled=move || test.pending().get()>"Send the test"</button>
            </form>
            <Message error=test_error fields=&["test"] />
            <ul class="plain" role="status">
                {move || waiting().then(|| view! { <li class="muted">"On its way…"</li> })}
                {move || results.get().into_iter().map(|(email, ok, reply)| view! { <li class=if ok { "good-line" } else { "mistake" }><Icon name=if ok { "check" } else { "cross" } />{email}": "{reply}</li> }).collect_view()}
            </ul>
        </Card>
        <Card title="Send">
            <Message error=send_error />
            <div class="send">
                <button type="button" class="primary" disabled=!ready on:click=move |_| asking.set(true)>"Send now"</button>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); schedule.dispatch(()); }>
                    <When name="scheduled_at" label="Or at a time of yours" value=at error=schedule_error />
                    <button type="submit" disabled=!ready>"Schedule"</button>
                </form>
            </div>
            <Message error=schedule_error fields=&["scheduled_at"] />
        </Card>
        <Confirm open=asking title="Send it now?" text=question action="Send" harmless=true on_yes=Callback::new(move |()| { send.dispatch(()); }) />
    }
}
