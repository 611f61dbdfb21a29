//! Writing: what is typed is saved by itself, and shown beside as recipients will see it.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{
    ListId, SegmentId,
    campaigns::{Blocker, CampaignDraft, CampaignView, Preview},
    contacts::ListRow,
    domains::{DomainRow, DomainStatus},
    segments::SegmentRow,
};
use nexsent_texts::t;

use super::{api, list::StateBadge, problem_text};
use crate::{
    AppError, rich,
    ui::{Card, Check, Choice, Confirm, Field, Message, PageHead, TextArea, toast},
};

/// How long after the last key a draft is saved.
const QUIET: std::time::Duration = std::time::Duration::from_millis(700);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Saved {
    Yes,
    No,
    Busy,
    Failed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Desktop,
    Phone,
    Text,
}

#[component]
pub fn Editor(campaign: CampaignView, domains: Vec<DomainRow>, lists: Vec<ListRow>, segments: Vec<SegmentRow>) -> impl IntoView {
    let id = StoredValue::new(campaign.row.id.clone());
    let d = campaign.draft.clone();
    let name = RwSignal::new(d.name.clone());
    let from_name = RwSignal::new(d.from_name.clone());
    let from_local = RwSignal::new(d.from_local.clone());
    let domain = RwSignal::new(d.domain.as_ref().map(ToString::to_string).unwrap_or_default());
    let reply_to = RwSignal::new(d.reply_to.clone());
    let subject = RwSignal::new(d.subject.clone());
    let preheader = RwSignal::new(d.preheader.clone());
    let html = RwSignal::new(d.html.clone());
    let own_text = RwSignal::new(d.text.is_some());
    let text = RwSignal::new(d.text.clone().unwrap_or_default());
    let opens = RwSignal::new(d.track_opens);
    let clicks = RwSignal::new(d.track_clicks);
    let joined: Vec<(ListRow, RwSignal<bool>)> = lists
        .into_iter()
        .map(|l| {
            let is_in = d.lists.contains(&l.id);
            (l, RwSignal::new(is_in))
        })
        .collect();
    let chosen = StoredValue::new(joined.iter().map(|(l, s)| (l.id.clone(), *s)).collect::<Vec<(ListId, RwSignal<bool>)>>());
    // One that was deleted since is no longer offered, and goes with the next save.
    let grouped: Vec<(SegmentRow, RwSignal<bool>)> = segments
        .into_iter()
        .map(|s| {
            let is_in = d.segments.contains(&s.id);
            (s, RwSignal::new(is_in))
        })
        .collect();
    let wanted = StoredValue::new(grouped.iter().map(|(s, on)| (s.id.clone(), *on)).collect::<Vec<(SegmentId, RwSignal<bool>)>>());
    let draft = Memo::new(move |_| CampaignDraft {
        name: name.get(),
        from_name: from_name.get(),
        from_local: from_local.get(),
        domain: domain.get().parse().ok(),
        reply_to: reply_to.get(),
        subject: subject.get(),
        preheader: preheader.get(),
        html: html.get(),
        text: own_text.get().then(|| text.get()),
        lists: chosen.with_value(|c| c.iter().filter(|(_, s)| s.get()).map(|(l, _)| l.clone()).collect()),
        segments: wanted.with_value(|w| w.iter().filter(|(_, on)| on.get()).map(|(s, _)| s.clone()).collect()),
        track_opens: opens.get(),
        track_clicks: clicks.get(),
    });

    let version = StoredValue::new(campaign.version);
    let saved = RwSignal::new(Saved::Yes);
    let error = RwSignal::new(None::<AppError>);
    let preview = RwSignal::new(Preview::default());
    let shown_version = RwSignal::new(campaign.version);
    let kept = StoredValue::new(d.clone());
    // One save at a time: the next one needs the version that this one brings.
    let save = Action::new(move |(): &()| {
        let wanted = draft.get_untracked();
        async move {
            if kept.with_value(|k| *k != wanted) {
                saved.set(Saved::Busy);
                match api::save_campaign(id.get_value(), version.get_value(), wanted.clone()).await {
                    Ok(v) => {
                        version.set_value(v);
                        kept.set_value(wanted.clone());
                        error.set(None);
                        shown_version.set(v);
                    }
                    Err(e) => {
                        error.set(Some(e));
                        saved.set(Saved::Failed);
                        return false;
                    }
                }
            }
            if let Ok(p) = api::preview_campaign(wanted.clone()).await {
                preview.set(p);
            }
            let more = draft.get_untracked() != wanted;
            saved.set(if more { Saved::No } else { Saved::Yes });
            true
        }
    });
    let again = move || {
        if !save.pending().get_untracked() {
            save.dispatch(());
        }
    };
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let later = move || {
        if let Some(t) = timer.get_value() {
            t.clear();
        }
        timer.set_value(set_timeout_with_handle(again, QUIET).ok());
    };
    Effect::new(move |before: Option<()>| {
        draft.track();
        if before.is_some() {
            saved.set(Saved::No);
            later();
        } else {
            again();
        }
    });
    // What was typed while a save was on its way.
    Effect::new(move |_| {
        if !save.pending().get() && saved.get_untracked() == Saved::No {
            later();
        }
    });
    on_cleanup(move || {
        if let Some(Some(t)) = timer.try_get_value() {
            t.clear();
        }
    });

    let note = toast::notifier();
    let navigate = use_navigate();
    let to_review = navigate.clone();
    let finish = Action::new_local(move |(): &()| {
        let go = to_review.clone();
        async move {
            while save.pending().get_untracked() {
                pause(100).await;
            }
            save.dispatch(());
            pause(50).await;
            while save.pending().get_untracked() {
                pause(100).await;
            }
            if saved.get_untracked() == Saved::Yes {
                go(&format!("/campaigns/{}/review", id.get_value()), NavigateOptions::default());
            }
        }
    });
    let back = navigate;
    let delete = Action::new(move |(): &()| {
        let back = back.clone();
        async move {
            match api::delete_campaign(id.get_value()).await {
                Ok(()) => back("/campaigns", NavigateOptions::default()),
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let verified: Vec<(String, String)> =
        domains.iter().filter(|d| d.status == DomainStatus::Verified).map(|d| (d.id.to_string(), format!("@{}", d.name))).collect();
    let none_verified = verified.is_empty();
    let known: Vec<String> = verified.iter().map(|(v, _)| v.clone()).collect();
    let options = std::iter::once((String::new(), t!("campaigns-choose-domain"))).chain(verified).collect::<Vec<_>>();
    if !known.contains(&domain.get_untracked()) && domain.get_untracked().is_empty() && known.len() == 1 {
        domain.set(known[0].clone());
    }
    let shown = RwSignal::new(Shown::Desktop);
    let problems = move || preview.with(|p| p.problems.clone());
    let frame = move || format!("/preview/{}?v={}", id.get_value(), shown_version.get());
    let tab = move |which: Shown, label: String| view! { <button type="button" aria-pressed=move || (shown.get() == which).to_string() on:click=move |_| shown.set(which)>{label}</button> };
    view! {
        <PageHead title=d.name.clone()>
            <StateBadge state=campaign.row.state />
            <span class="muted" role="status">{move || match saved.get() { Saved::Yes => t!("saved-mark"), Saved::No | Saved::Busy => t!("campaigns-saving"), Saved::Failed => t!("campaigns-not-saved") }}</span>
            <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("delete")}</button>
            <button type="button" class="primary" disabled=move || finish.pending().get() on:click=move |_| { finish.dispatch(()); }>{t!("campaigns-to-review")}</button>
        </PageHead>
        <Message error />
        <div class="editor">
            <div>
                <Card title=t!("campaigns-message")>
                    <Field name="campaign_name" label=t!("name") hint=t!("campaigns-name-hint") value=name />
                    <Field name="subject" label=t!("campaigns-subject") value=subject />
                    <Field name="preheader" label=t!("campaigns-preheader") hint=t!("campaigns-preheader-hint") value=preheader />
                    <TextArea name="html" label=t!("campaigns-html") hint=t!("campaigns-html-hint") value=html rows=18 code=true />
                    <Problems problems=Signal::derive(problems) />
                    <Check label=t!("campaigns-own-text") hint=t!("campaigns-own-text-hint") value=own_text />
                    {move || own_text.get().then(|| view! { <TextArea name="text" label=t!("campaigns-plain-text") value=text rows=8 code=true /> })}
                </Card>
                <Card title=t!("campaigns-sender")>
                    {none_verified.then(|| view! { <p class="banner warn">{rich!("campaigns-no-domain", link = view! { <A href="/domains">{t!("campaigns-to-domains")}</A> })}</p> })}
                    <Field name="from_name" label=t!("name") value=from_name />
                    <div class="columns">
                        <Field name="from_local" label=t!("campaigns-sender-address") value=from_local />
                        <Choice name="domain" label=t!("campaigns-sender-domain") value=domain options=Signal::stored(options) />
                    </div>
                    <Field name="reply_to" label=t!("campaigns-reply-to") hint=t!("campaigns-reply-to-hint") value=reply_to />
                </Card>
                <Card title=t!("campaigns-recipients")>
                    <fieldset>
                        <legend>{t!("campaigns-lists")}</legend>
                        {if joined.is_empty() {
                            view! { <p class="hint">{rich!("campaigns-no-lists", link = view! { <A href="/contacts/lists">{t!("campaigns-make-list")}</A> })}</p> }.into_any()
                        } else {
                            joined.into_iter().map(|(l, s)| view! { <Check label=l.name hint=t!("contacts-count", count = l.contacts) value=s /> }).collect_view().into_any()
                        }}
                    </fieldset>
                    <fieldset>
                        <legend>{t!("campaigns-segments")}</legend>
                        {if grouped.is_empty() {
                            view! { <p class="hint">{rich!("campaigns-no-segments", link = view! { <A href="/contacts/segments">{t!("campaigns-make-segment")}</A> })}</p> }.into_any()
                        } else {
                            grouped.into_iter().map(|(s, on)| view! { <Check label=s.name value=on /> }).collect_view().into_any()
                        }}
                        <p class="hint">{t!("campaigns-who-gets-it")}</p>
                    </fieldset>
                </Card>
                <Card title=t!("campaigns-tracking")>
                    <Check label=t!("campaigns-track-opens") hint=t!("campaigns-track-opens-hint") value=opens />
                    <Check label=t!("campaigns-track-clicks") hint=t!("campaigns-track-clicks-hint") value=clicks />
                </Card>
            </div>
            <section class="preview" aria-label=t!("campaigns-preview")>
                <div class="tabs">{tab(Shown::Desktop, t!("campaigns-preview-desktop"))}{tab(Shown::Phone, t!("campaigns-preview-phone"))}{tab(Shown::Text, t!("campaigns-preview-text"))}</div>
                <p class="subject"><strong>{move || preview.with(|p| p.subject.clone())}</strong></p>
                {move || if shown.get() == Shown::Text {
                    view! { <pre tabindex="0">{move || preview.with(|p| p.text.clone())}</pre> }.into_any()
                } else {
                    view! { <iframe class:phone=move || shown.get() == Shown::Phone src=frame title=t!("campaigns-preview-frame") sandbox="allow-popups"></iframe> }.into_any()
                }}
            </section>
        </div>
        <Confirm open=asking title=t!("campaigns-delete-title") text=t!("campaigns-delete-text") action=t!("campaigns-delete-yes") on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}

async fn pause(ms: u32) {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    gloo_timers::future::TimeoutFuture::new(ms).await;
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    let _ = ms;
}

#[component]
fn Problems(problems: Signal<Vec<Blocker>>) -> impl IntoView {
    view! {
        <ul class="plain problems" role="status">
            {move || problems.get().into_iter().map(|p| view! {
                <li class="mistake">{problem_text(p)}</li>
            }).collect_view()}
        </ul>
    }
}
