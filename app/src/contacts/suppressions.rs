//! Who is never mailed, why, and since when.

use leptos::prelude::*;
use nexsent_model::{
    live::LiveEvent,
    suppressions::{Suppression, SuppressionQuery, SuppressionReason},
};

use super::{Tabs, many_api as api};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{
        Badge, Card, Empty, Field, Icon, ListFilter, ListFoot, ListSearch, Message, PageHead, Shape, Time, Tone, load_as, refusal_of, toast,
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
            view! { <leptos_router::components::A href=format!("/campaigns/{id}")>"A campaign"</leptos_router::components::A><small>{rest}</small> }
                .into_any()
        }
        None if text.starts_with("blk_") => {
            view! { <leptos_router::components::A href="/contacts/actions">"An action"</leptos_router::components::A> }.into_any()
        }
        None => text.into_any(),
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
    let reasons = std::iter::once((String::new(), "Every reason".to_owned()))
        .chain(SuppressionReason::ALL.map(|r| (r.as_str().to_owned(), r.label().to_owned())))
        .collect::<Vec<_>>();
    let role = me().role;
    let doomed = RwSignal::new(None::<Suppression>);
    view! {
        <PageHead title="Suppressed" note="Addresses that are never mailed, by any campaign, whatever is imported.">
            <a class="button quiet" href=export rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        <Tabs />
        {role.can_send().then(|| view! { <Add done=Callback::new(move |()| page.refetch()) /> })}
        <ListSearch list label="Search by the start of an address">
            <ListFilter list name="reason" label="Reason" options=Signal::stored(reasons) />
        </ListSearch>
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            let text = if !untrack(|| list.filtered()) { "Whoever unsubscribes, complains or cannot be reached is listed here." } else { "Nobody here matches. Try fewer letters, or every reason." };
            view! { <Empty title="Nobody" text /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"Address"</th><th scope="col">"Why"</th><th scope="col">"Origin"</th><th scope="col">"Since"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                        <tbody>
                            {p.items.into_iter().map(|s| {
                                let row = s.clone();
                                let label = format!("Remove {}", s.email);
                                // A keyed hash stands there: only its owner can take it off, by signing up.
                                let erased = s.email.starts_with("erased:");
                                view! {
                                    <tr>
                                        <td>{if erased { "An erased address".to_owned() } else { s.email.clone() }}</td>
                                        <td>{badge(s.reason)}</td>
                                        <td class="said">{origin(s.origin.clone())}</td>
                                        <td><Time at=s.created_at /></td>
                                        <td class="right">{(role.can_admin() && !erased).then(|| view! { <button type="button" class="quiet" aria-label=label on:click=move |_| doomed.set(Some(row.clone()))>"Remove"</button> })}</td>
                                    </tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
                <ListFoot list next=p.next />
            }.into_any()
        })}
        <Removal doomed done=Callback::new(move |()| page.refetch()) />
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
            note("It will not be mailed any more.".to_owned(), false);
            done.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(add);
    view! {
        <Card>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(email.get_untracked()); }>
                <Field name="email" label="Never mail" kind="email" placeholder="name@example.com" value=email error />
                <button type="submit" class="primary" disabled=move || add.pending().get()>"Suppress"</button>
            </form>
            <Message error fields=&["email"] />
        </Card>
    }
}

/// What it means to mail somebody again.
fn meaning(s: &Suppression) -> String {
    let what = match s.reason {
        SuppressionReason::Unsubscribed => {
            "They have asked not to be mailed. Mailing them again without a new wish of theirs breaks the law in many countries."
        }
        SuppressionReason::BadAddress => "The server of this address has refused it for good. Mail to such addresses harms your reputation.",
        SuppressionReason::Complaint => {
            "They have reported your mail as spam. Mailing them again harms the reputation of everybody who sends from here. Only go on if they have asked you to."
        }
        SuppressionReason::Manual => "Somebody of this workspace has put it here.",
    };
    format!("{} can be mailed again after this. {what}", s.email)
}

#[component]
fn Removal(doomed: RwSignal<Option<Suppression>>, done: Callback<()>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let note = toast::notifier();
    let remove = Action::new(move |(): &()| {
        let (target, typed) = (doomed.get_untracked(), typed.get_untracked());
        async move {
            if let Some(s) = target {
                api::remove_suppression(s.email.clone(), typed).await?;
                note(format!("{} can be mailed again.", s.email), false);
                doomed.set(None);
                done.run(());
            }
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(remove);
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = doomed.with(Option::is_some);
        typed.set(String::new());
        remove.value().set(None);
        if let Some(dialog) = node.get() {
            if wanted && !dialog.open() {
                drop(dialog.show_modal());
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    view! {
        <dialog node_ref=node aria-label="Mail this address again?" on:close=move |_| doomed.set(None)>
            {move || doomed.get().map(|s| view! {
                <h2>"Mail this address again?"</h2>
                <p>{meaning(&s)}</p>
                <form id="removal" on:submit=move |ev| { ev.prevent_default(); remove.dispatch(()); }>
                    {(s.reason == SuppressionReason::Complaint).then(|| view! { <Field name="typed" label="Type the address" autocomplete="off" value=typed error /> })}
                    <Message error fields=&["typed"] />
                </form>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| doomed.set(None)>"Keep"</button>
                    <button type="submit" form="removal" class="danger" disabled=move || remove.pending().get()>"Remove from the list"</button>
                </div>
            })}
        </dialog>
    }
}
