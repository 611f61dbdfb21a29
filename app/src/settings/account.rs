//! One's own account: password, second factor, browsers that are signed in, tries there were.

use leptos::prelude::*;
use nexsent_model::team::{AccountSafety, SessionView, SignInEntry};

use super::{Tabs, api, proof::prover, two_factor::TwoFactor};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Field, Message, PageHead, Time, Tone, load, refusal_of, toast},
};

#[component]
pub fn Account() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::get_account_safety());
    live::provide().listen(|_| {}, move || data.refetch());
    let changed = Callback::new(move |()| data.refetch());
    let who = me();
    view! {
        <PageHead title="Your account" note=format!("{}, {}", who.name, who.email) />
        <Tabs />
        {who.must_enrol.then(|| view! { <p class="banner warn" role="status">"This workspace requires two-factor sign-in. Set it up to go on."</p> })}
        {load(data, move |safety: AccountSafety| view! {
            <TwoFactor on=safety.two_factor left=safety.recovery_codes_left changed />
            <Sessions sessions=safety.sessions changed />
            <SignIns tries=safety.sign_ins />
        })}
        <Password changed />
    }
}

#[component]
fn Sessions(sessions: Vec<SessionView>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let done = move |result: Result<(), AppError>, text: &str| {
        match result {
            Ok(()) => note(text.to_owned(), false),
            Err(e) => note(e.to_string(), true),
        }
        changed.run(());
    };
    let end = Action::new(move |id: &String| {
        let id = id.clone();
        async move { done(api::end_session(id).await, "That browser is signed out.") }
    });
    let end_others = Action::new(move |(): &()| async move { done(api::end_other_sessions().await, "Every other browser is signed out.") });
    let several = sessions.len() > 1;
    view! {
        <Card title="Signed in">
            <div class="scroll">
                <table class="cards">
                    <thead><tr><th scope="col">"Browser"</th><th scope="col">"Address"</th><th scope="col">"Since"</th><th scope="col">"Last seen"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                    <tbody>
                        {sessions.into_iter().map(|s| {
                            let id = s.id.clone();
                            view! {
                                <tr>
                                    <td>{s.device}" "{s.current.then(|| view! { <Badge tone=Tone::Good text="This one" /> })}</td>
                                    <td data-label="Address">{s.address}</td>
                                    <td data-label="Since">{s.since.map(|at| view! { <Time at /> })}</td>
                                    <td data-label="Last seen"><Time at=s.last_seen_at /></td>
                                    <td>{(!s.current).then(|| view! { <button type="button" class="quiet" on:click=move |_| { end.dispatch(id.clone()); }>"Sign out"</button> })}</td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
            {several.then(|| view! { <button type="button" on:click=move |_| { end_others.dispatch(()); }>"Sign out everywhere else"</button> })}
        </Card>
    }
}

#[component]
fn SignIns(tries: Vec<SignInEntry>) -> impl IntoView {
    (!tries.is_empty()).then(|| {
        view! {
            <Card title="Latest sign-ins">
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"When"</th><th scope="col">"Outcome"</th><th scope="col">"Browser"</th><th scope="col">"Address"</th></tr></thead>
                        <tbody>
                            {tries.into_iter().map(|t| view! {
                                <tr>
                                    <td><Time at=t.at /></td>
                                    <td data-label="Outcome">{if t.ok { view! { <Badge tone=Tone::Good text="Signed in" /> } } else { view! { <Badge tone=Tone::Bad text="Refused" /> } }}</td>
                                    <td data-label="Browser">{t.device}</td><td data-label="Address">{t.address}</td>
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
            note("The new password is set; every other browser is signed out.".to_owned(), false);
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let email = me().email;
    view! {
        <Card title="Password">
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <input type="hidden" autocomplete="username" value=email />
                <Field name="new_password" label="New password" kind="password" autocomplete="new-password" hint="At least 10 characters. Long beats complicated." value=new error />
                <Message error fields=&["new_password"] />
                <button type="submit" disabled=move || save.pending().get()>"Change the password"</button>
            </form>
        </Card>
    }
}
