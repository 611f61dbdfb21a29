//! One's own account: password, second factor, browsers that are signed in, tries there were.

use leptos::prelude::*;
use nexsent_model::team::{AccountSafety, Language, SessionView, SignInEntry, device_label};
use nexsent_texts::t;

use super::{Tabs, api, proof::prover, two_factor::TwoFactor};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Choice, Field, Message, PageHead, Time, Tone, load, refusal_of, toast},
};

#[component]
pub fn Account() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::get_account_safety());
    let chosen = Resource::new(|| (), |()| api::get_language());
    live::provide().listen(|_| {}, move || data.refetch());
    let changed = Callback::new(move |()| data.refetch());
    let who = me();
    view! {
        <PageHead title=t!("settings-account") note=format!("{}, {}", who.name, who.email) />
        <Tabs />
        {who.must_enrol.then(|| view! { <p class="banner warn" role="status">{t!("settings-must-enrol")}</p> })}
        {load(chosen, |chosen| view! { <OwnLanguage chosen /> })}
        {load(data, move |safety: AccountSafety| view! {
            <TwoFactor on=safety.two_factor left=safety.recovery_codes_left changed />
            <Sessions sessions=safety.sessions changed />
            <SignIns tries=safety.sign_ins />
        })}
        <Password changed />
    }
}

/// In which language the pages are. Saved by a button: a page that came anew while somebody looks through the choices would be in their way.
#[component]
fn OwnLanguage(chosen: Option<Language>) -> impl IntoView {
    let value = RwSignal::new(chosen.map_or("", Language::as_str).to_owned());
    let options = move || {
        let all = Language::ALL.map(|l| (l.as_str().to_owned(), l.label().to_owned()));
        std::iter::once((String::new(), t!("settings-language-browser"))).chain(all).collect::<Vec<_>>()
    };
    let save = Action::new(move |(): &()| {
        let wanted = value.get_untracked().parse().ok();
        async move {
            api::choose_language(wanted).await?;
            // Texts are loaded once a document.
            drop(window().location().reload());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    view! {
        <Card title=t!("settings-language")>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <Choice name="language" label=t!("settings-language-of-pages") value options=Signal::derive(options) error />
                <button type="submit" disabled=move || save.pending().get()>{t!("settings-language-use")}</button>
            </form>
            <Message error fields=&["language"] />
        </Card>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionView>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let done = move |result: Result<(), AppError>, text: String| {
        match result {
            Ok(()) => note(text, false),
            Err(e) => note(e.to_string(), true),
        }
        changed.run(());
    };
    let end = Action::new(move |id: &String| {
        let id = id.clone();
        async move { done(api::end_session(id).await, t!("settings-session-ended")) }
    });
    let end_others = Action::new(move |(): &()| async move { done(api::end_other_sessions().await, t!("settings-sessions-ended")) });
    let several = sessions.len() > 1;
    view! {
        <Card title=t!("settings-sessions")>
            <div class="scroll">
                <table class="cards">
                    <thead><tr><th scope="col">{t!("settings-browser")}</th><th scope="col">{t!("settings-address")}</th><th scope="col">{t!("settings-since")}</th><th scope="col">{t!("settings-last-seen")}</th><th scope="col"><span class="unseen">{t!("settings-actions")}</span></th></tr></thead>
                    <tbody>
                        {sessions.into_iter().map(|s| {
                            let id = s.id.clone();
                            view! {
                                <tr>
                                    <td>{device_label(&s.device)}" "{s.current.then(|| view! { <Badge tone=Tone::Good text=t!("settings-session-this") /> })}</td>
                                    <td data-label=t!("settings-address")>{s.address}</td>
                                    <td data-label=t!("settings-since")>{s.since.map(|at| view! { <Time at /> })}</td>
                                    <td data-label=t!("settings-last-seen")><Time at=s.last_seen_at /></td>
                                    <td>{(!s.current).then(|| view! { <button type="button" class="quiet" on:click=move |_| { end.dispatch(id.clone()); }>{t!("accounts-sign-out")}</button> })}</td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
            {several.then(|| view! { <button type="button" on:click=move |_| { end_others.dispatch(()); }>{t!("settings-sessions-end")}</button> })}
        </Card>
    }
}

#[component]
fn SignIns(tries: Vec<SignInEntry>) -> impl IntoView {
    (!tries.is_empty()).then(|| {
        view! {
            <Card title=t!("settings-sign-ins")>
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">{t!("settings-when")}</th><th scope="col">{t!("settings-outcome")}</th><th scope="col">{t!("settings-browser")}</th><th scope="col">{t!("settings-address")}</th></tr></thead>
                        <tbody>
                            {tries.into_iter().map(|t| view! {
                                <tr>
                                    <td><Time at=t.at /></td>
                                    <td data-label=t!("settings-outcome")>{if t.ok { view! { <Badge tone=Tone::Good text=t!("settings-sign-in-ok") /> } } else { view! { <Badge tone=Tone::Bad text=t!("settings-sign-in-refused") /> } }}</td>
                                    <td data-label=t!("settings-browser")>{device_label(&t.device)}</td><td data-label=t!("settings-address")>{t.address}</td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            </Card>
        }
    })
}

#[component]
fn Password(changed: Callback<()>) -> impl IntoView {
    let new = RwSignal::new(String::new());
    let proof = prover();
    let note = toast::notifier();
    let save = Action::new(move |(): &()| {
        let typed = new.get_untracked();
        async move {
            proof.run(|| api::change_password(typed.clone())).await?;
            new.set(String::new());
            note(t!("settings-password-set"), false);
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let email = me().email;
    view! {
        <Card title=t!("accounts-password")>
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <input type="hidden" autocomplete="username" value=email />
                <Field name="new_password" label=t!("accounts-new-password") kind="password" autocomplete="new-password" hint=t!("accounts-password-hint") value=new error />
                <Message error fields=&["new_password"] />
                <button type="submit" disabled=move || save.pending().get()>{t!("settings-password-change")}</button>
            </form>
        </Card>
    }
}
