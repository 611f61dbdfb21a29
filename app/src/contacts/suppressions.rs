//! Who is never mailed, why, and since when.

use leptos::prelude::*;
use nexsent_model::{
    live::LiveEvent,
    suppressions::{Suppression, SuppressionQuery, SuppressionReason},
};
use nexsent_texts::t;

use super::{Tabs, many_api as api};
use crate::{
    AppError,
    frame::me,
    live,
    settings::proof::prover,
    ui::{
        Badge, Card, Dialog, Empty, Field, Icon, ListFilter, ListFoot, ListSearch, Message, PageHead, Shape, Time, Tone, load_as, refusal_of, toast,
        use_listing,
    },
};

fn badge(reason: SuppressionReason) -> impl IntoView {
    let tone = match reason {
        SuppressionReason::Unsubscribed => Tone::Warn,
        SuppressionReason::BadAddress | SuppressionReason::Complaint => Tone::Bad,
        SuppressionReason::Manual => Tone::Plain,
    };
    view! { <Badge tone text=reason.label() /> }
}

/// Where an entry came from: a campaign and an action have pages.
fn origin(text: String) -> impl IntoView {
    let campaign = text.split(':').next().filter(|t| t.starts_with("cmp_")).map(str::to_owned);
    match campaign {
        Some(id) => {
            let rest = text.strip_prefix(id.as_str()).map(|r| r.trim_start_matches(':').trim().to_owned()).unwrap_or_default();
            view! { <leptos_router::components::A href=format!("/campaigns/{id}")>{t!("people-origin-campaign")}</leptos_router::components::A><small>{rest}</small> }
                .into_any()
        }
        None if text.starts_with("blk_") => {
            view! { <leptos_router::components::A href="/contacts/actions">{t!("people-origin-action")}</leptos_router::components::A> }.into_any()
        }
        None => match text.as_str() {
            "preferences" => t!("people-origin-preferences").into_any(),
            "erased" => t!("people-origin-erased").into_any(),
            // A member's address.
            _ => text.into_any(),
        },
    }
}

#[component]
pub fn Suppressions() -> impl IntoView {
    let list = use_listing();
    let ask = move || SuppressionQuery { search: list.get("q"), reason: list.get("reason").parse().ok(), after: list.after(), limit: 50 };
    let page = Resource::new(ask, api::suppressions);
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts) {
                page.refetch()
            }
        },
        move || page.refetch(),
    );
    let export = move || {
        let mut params = leptos_router::params::ParamsMap::new();
        ["q", "reason"].into_iter().map(|name| (name, list.get(name))).filter(|(_, v)| !v.is_empty()).for_each(|(name, v)| params.insert(name, v));
        format!("/export/suppressions.csv{}", params.to_query_string())
    };
    let reasons = std::iter::once((String::new(), t!("people-reason-every")))
        .chain(SuppressionReason::ALL.map(|r| (r.as_str().to_owned(), r.label())))
        .collect::<Vec<_>>();
    let role = me().role;
    let doomed = RwSignal::new(None::<Suppression>);
    let open = RwSignal::new(false);
    view! {
        <PageHead title=t!("people-suppressed") note=t!("people-suppressed-note")>
            <a class="button quiet" href=export rel="external" download><Icon name="download" />{t!("export")}</a>
        </PageHead>
        <Tabs />
        {role.can_send().then(|| view! { <Add done=Callback::new(move |()| page.refetch()) /> })}
        <ListSearch list label=t!("people-suppressed-search")>
            <ListFilter list name="reason" label=t!("people-reason") options=Signal::stored(reasons) />
        </ListSearch>
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            let text = if !untrack(|| list.filtered()) { t!("people-suppressed-none") } else { t!("people-suppressed-no-match") };
            view! { <Empty title=t!("people-nobody") text /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">{t!("people-address")}</th><th scope="col">{t!("people-suppressed-why")}</th><th scope="col">{t!("people-origin")}</th><th scope="col">{t!("people-since")}</th><th scope="col"><span class="unseen">{t!("people-actions")}</span></th></tr></thead>
                        <tbody>
                            {p.items.into_iter().map(|s| {
                                let row = s.clone();
                                let label = t!("people-remove-whom", address = &s.email);
                                // A keyed hash stands there: only its owner can take it off, by signing up.
                                let erased = s.email.starts_with("erased:");
                                view! {
                                    <tr>
                                        <td>{if erased { t!("people-erased-address") } else { s.email.clone() }}</td>
                                        <td>{badge(s.reason)}</td>
                                        <td class="said">{origin(s.origin.clone())}</td>
                                        <td><Time at=s.created_at /></td>
                                        <td class="right">{(role.can_admin() && !erased).then(|| view! { <button type="button" class="quiet" aria-label=label on:click=move |_| { doomed.set(Some(row.clone())); open.set(true); }>{t!("remove")}</button> })}</td>
                                    </tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
                <ListFoot list next=p.next />
            }.into_any()
        })}
        <Removal doomed open done=Callback::new(move |()| page.refetch()) />
    }
}

#[component]
fn Add(done: Callback<()>) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let note = toast::notifier();
    let add = Action::new(move |wanted: &String| {
        let wanted = wanted.clone();
        async move {
            api::add_suppression(wanted).await?;
            email.set(String::new());
            note(t!("people-suppressed-done"), false);
            done.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(add);
    view! {
        <Card>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(email.get_untracked()); }>
                <Field name="email" label=t!("people-never-mail") kind="email" placeholder=t!("people-address-example") value=email error />
                <button type="submit" class="primary" disabled=move || add.pending().get()>{t!("people-action-suppress")}</button>
            </form>
            <Message error fields=&["email"] />
        </Card>
    }
}

/// What it means to mail somebody again.
fn meaning(s: &Suppression) -> String {
    match s.reason {
        SuppressionReason::Unsubscribed => t!("people-again-unsubscribed", address = &s.email),
        SuppressionReason::BadAddress => t!("people-again-bad-address", address = &s.email),
        SuppressionReason::Complaint => t!("people-again-complaint", address = &s.email),
        SuppressionReason::Manual => t!("people-again-manual", address = &s.email),
    }
}

#[component]
fn Removal(doomed: RwSignal<Option<Suppression>>, open: RwSignal<bool>, done: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let note = toast::notifier();
    // The server wants one for complaints.
    let proof = prover();
    let remove = Action::new(move |(): &()| {
        let (target, typed) = (doomed.get_untracked(), typed.get_untracked());
        async move {
            if let Some(s) = target {
                proof.run(|| api::remove_suppression(s.email.clone(), typed.clone())).await?;
                note(t!("people-again-done", address = &s.email), false);
                open.set(false);
                done.run(());
            }
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(remove);
    Effect::new(move |_| {
        doomed.track();
        typed.set(String::new());
        remove.value().set(None);
    });
    let closed = Callback::new(move |()| {
        if !open.get_untracked() {
            doomed.set(None);
        }
    });
    view! {
        <Dialog open label=t!("people-again") on_close=closed>
            {move || doomed.get().map(|s| view! {
                <h2>{t!("people-again")}</h2>
                <p>{meaning(&s)}</p>
                <form id="removal" on:submit=move |ev| { ev.prevent_default(); remove.dispatch(()); }>
                    {(s.reason == SuppressionReason::Complaint).then(|| view! { <Field name="typed" label=t!("people-again-type") autocomplete="off" value=typed error /> })}
                    <Message error fields=&["typed"] />
                </form>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| open.set(false)>{t!("keep")}</button>
                    <button type="submit" form="removal" class="danger" disabled=move || remove.pending().get()>{t!("people-again-remove")}</button>
                </div>
            })}
        </Dialog>
    }
}
