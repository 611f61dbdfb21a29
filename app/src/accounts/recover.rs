//! Confirming an address, and a forgotten password.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};
use nexsent_texts::t;

use super::{
    api::{Confirm as ConfirmAction, NotMe as NotMeAction, RequestReset, Reset as ResetAction},
    language::{LanguageSwitch, anew},
};
use crate::{
    rich,
    ui::{Field, Message, refusal_of_server},
};

fn token() -> String {
    use_query_map().with_untracked(|q| q.get("token").unwrap_or_default())
}

/// A button, not the link alone: scanners follow links, and would use it up.
#[component]
pub fn Confirm() -> impl IntoView {
    let action = ServerAction::<ConfirmAction>::new();
    anew(action);
    let error = refusal_of_server(action);
    view! {
        <Title text=t!("accounts-confirm") />
        <main class="narrow">
            <h1>{t!("accounts-confirm")}</h1>
            <ActionForm action=action>
                <Message error />
                <input type="hidden" name="token" value=token() />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-confirm-do")}</button>
            </ActionForm>
        </main>
    }
}

/// Where the link in the mail about a new browser leads: a page that asks, and changes nothing by itself.
#[component]
pub fn NotMe() -> impl IntoView {
    let action = ServerAction::<NotMeAction>::new();
    let error = refusal_of_server(action);
    let done = move || matches!(action.value().get(), Some(Ok(())));
    view! {
        <Title text=t!("accounts-not-you") />
        <main class="narrow">
            {move || if done() {
                Either::Left(view! {
                    <h1>{t!("accounts-all-ended")}</h1>
                    <p>{t!("accounts-all-ended-next")}</p>
                    <A href="/forgot" attr:class="button primary wide">{t!("accounts-set-new-password")}</A>
                })
            } else {
                Either::Right(view! {
                    <h1>{t!("accounts-not-you")}</h1>
                    <p>{t!("accounts-end-all-what")}</p>
                    <ActionForm action=action>
                        <Message error />
                        <input type="hidden" name="token" value=token() />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-end-all")}</button>
                    </ActionForm>
                })
            }}
        </main>
    }
}

#[component]
pub fn Forgot() -> impl IntoView {
    let action = ServerAction::<RequestReset>::new();
    let error = refusal_of_server(action);
    let sent = move || action.value().get().and_then(Result::ok);
    view! {
        <Title text=t!("accounts-forgot") />
        <main class="narrow">
            {move || match sent() {
                Some(email) => Either::Left(view! {
                    <h1>{t!("accounts-check-mail")}</h1>
                    <p>{rich!("accounts-forgot-sent", email = view! { <strong>{email}</strong> })}</p>
                }),
                None => Either::Right(view! {
                    <h1>{t!("accounts-forgot")}</h1>
                    <ActionForm action=action>
                        <Message error fields=&["email"] />
                        <Field name="email" label=t!("email") kind="email" autocomplete="username" required=true error />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-send-link")}</button>
                    </ActionForm>
                }),
            }}
            <p class="hint"><A href="/sign-in">{t!("accounts-back-to-sign-in")}</A></p>
            <LanguageSwitch />
        </main>
    }
}

#[component]
pub fn Reset() -> impl IntoView {
    let action = ServerAction::<ResetAction>::new();
    let error = refusal_of_server(action);
    view! {
        <Title text=t!("accounts-new-password-title") />
        <main class="narrow">
            <h1>{t!("accounts-new-password-title")}</h1>
            <ActionForm action=action>
                <Message error fields=&["password"] />
                <input type="hidden" name="token" value=token() />
                <Field name="password" label=t!("accounts-new-password") kind="password" hint=t!("accounts-new-password-hint") autocomplete="new-password" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-set-password")}</button>
            </ActionForm>
        </main>
    }
}
