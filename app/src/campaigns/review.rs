//! The last look: what would stop it, a test, and sending now or at a time.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    CampaignId, Fault,
    campaigns::{CampaignState, CampaignView, Review},
    live::LiveEvent,
};
use nexsent_texts::t;

use super::{
    api::{self, Act},
    page::{id_param, missing},
    problem_text,
};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Card, Confirm, Field, Icon, Message, PageHead, When, load, refusal_of, time},
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
            let when = when.ok_or_else(|| AppError(Fault::field("scheduled_at", t!("campaigns-choose-time"))))?;
            api::schedule_campaign(id.get_value(), when).await?;
            go.run(());
            Ok::<_, AppError>(())
        }
    });
    let schedule_error = refusal_of(schedule);
    let asking = RwSignal::new(false);
    let question = t!("campaigns-send-text", count = review.audience, sender = campaign.from_email.clone().unwrap_or_default());
    let size = format!("{:.1}", review.size as f64 / 1024.0).replace('.', nexsent_texts::current().decimal_mark().encode_utf8(&mut [0; 4]));
    let stops = review.blockers.len();
    view! {
        <PageHead title=t!("campaigns-review-title", name = &campaign.row.name)>
            <A href=back attr:class="button">{t!("campaigns-back-to-writing")}</A>
        </PageHead>
        <Card title=t!("campaigns-can-it-be-sent")>
            {if review.blockers.is_empty() {
                view! { <p class="good-line"><Icon name="check" />{t!("campaigns-nothing-stops-it")}</p> }.into_any()
            } else {
                view! {
                    <p>{t!("campaigns-stops", count = stops)}</p>
                    <ul class="plain problems">{review.blockers.into_iter().map(|b| view! { <li class="mistake"><Icon name="cross" />{if b.line.is_some() { problem_text(b) } else { b.message }}</li> }).collect_view()}</ul>
                }.into_any()
            }}
            {review.warnings.into_iter().map(|w| view! { <p class="banner warn">{w.message}</p> }).collect_view()}
            <dl class="facts">
                <dt>{t!("campaigns-from")}</dt><dd>{campaign.draft.from_name.clone()}" "{campaign.from_email.clone().map(|e| format!("<{e}>"))}</dd>
                <dt>{t!("campaigns-subject")}</dt><dd>{campaign.draft.subject.clone()}</dd>
                <dt>{t!("campaigns-recipients")}</dt><dd>{t!("campaigns-audience", count = review.audience)}</dd>
                <dt>{t!("campaigns-size")}</dt><dd>{format!("{size} KB")}</dd>
            </dl>
        </Card>
        <Card title=t!("campaigns-test")>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); test.dispatch(()); }>
                <Field name="test" label=t!("campaigns-test-to") hint=t!("campaigns-test-to-hint") value=emails error=test_error />
                <button type="submit" disabled=move || test.pending().get()>{t!("campaigns-test-send")}</button>
            </form>
            <Message error=test_error fields=&["test"] />
            <ul class="plain" role="status">
                {move || waiting().then(|| view! { <li class="muted">{t!("campaigns-test-waiting")}</li> })}
                {move || results.get().into_iter().map(|(email, ok, reply)| view! { <li class=if ok { "good-line" } else { "mistake" }><Icon name=if ok { "check" } else { "cross" } />{t!("campaigns-test-result", email = email, reply = reply)}</li> }).collect_view()}
            </ul>
        </Card>
        <Card title=t!("campaigns-send")>
            <Message error=send_error />
            <div class="send">
                <button type="button" class="primary" disabled=!ready on:click=move |_| asking.set(true)>{t!("campaigns-send-now")}</button>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); schedule.dispatch(()); }>
                    <When name="scheduled_at" label=t!("campaigns-send-at") value=at error=schedule_error />
                    <button type="submit" disabled=!ready>{t!("campaigns-schedule")}</button>
                </form>
            </div>
            <Message error=schedule_error fields=&["scheduled_at"] />
        </Card>
        <Confirm open=asking title=t!("campaigns-send-title") text=question action=t!("campaigns-send") harmless=true on_yes=Callback::new(move |()| { send.dispatch(()); }) />
    }
}
