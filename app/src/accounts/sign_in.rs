//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};
use nexsent_texts::t;

use super::{
    api::{SignIn as SignInAction, SignInCode},
    language::{LanguageSwitch, anew},
};
use crate::ui::{Field, Message, refusal_of_server};

#[component]
pub fn SignIn() -> impl IntoView {
    let action = ServerAction::<SignInAction>::new();
    anew(action);
    let error = refusal_of_server(action);
    let invite = use_query_map().with_untracked(|q| q.get("invite"));
    let reset = use_query_map().with_untracked(|q| q.get("reset").is_some());
    view! {
        <Title text=t!("accounts-sign-in") />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>{t!("accounts-sign-in")}</h1>
            {reset.then(|| view! { <p class="banner good" role="status">{t!("accounts-reset-done")}</p> })}
            <ActionForm action=action>
                {invite.map(|token| view! { <input type="hidden" name="next" value=format!("/invite?token={token}") /> })}
                <Message error fields=&["email", "password"] />
                <Field name="email" label=t!("email") kind="email" autocomplete="username" required=true error />
                <Field name="password" label=t!("accounts-password") kind="password" autocomplete="current-password" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-sign-in")}</button>
            </ActionForm>
            <p class="hint"><A href="/forgot">{t!("accounts-forgot-ask")}</A></p>
            <p class="hint"><A href="/security" attr:class="muted">{t!("accounts-security")}</A></p>
            <LanguageSwitch />
        </main>
    }
}

/// The second step: a code from the app, or one for recovery.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let action = ServerAction::<SignInCode>::new();
    anew(action);
    let error = refusal_of_server(action);
    let invite = use_query_map().with_untracked(|q| q.get("invite"));
    view! {
        <Title text=t!("accounts-enter-code") />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>{t!("accounts-enter-code")}</h1>
            <ActionForm action=action>
                {invite.map(|token| view! { <input type="hidden" name="invite" value=token /> })}
                <Message error fields=&["code"] />
                <Field name="code" label=t!("accounts-code") hint=t!("accounts-code-hint") autocomplete="one-time-code" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-sign-in")}</button>
            </ActionForm>
            <p class="hint"><A href="/sign-in">{t!("accounts-start-again")}</A></p>
        </main>
    }
}
