//! Confirming an address, and a forgotten password.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use super::api::{Confirm as ConfirmAction, NotMe as NotMeAction, RequestReset, Reset as ResetAction};
use crate::ui::{Field, Message, refusal_of_server};

fn token() -> String {
    use_query_map().with_untracked(|q| q.get("token").unwrap_or_default())
}

/// A button, not the link alone: scanners follow links, and would use it up.
#[component]
pub fn Confirm() -> impl IntoView {
    let action = ServerAction::<ConfirmAction>::new();
    let error = refusal_of_server(action);
    view! {
        <Title text="Confirm your address" />
        <main class="narrow">
            <h1>"Confirm your address"</h1>
            <ActionForm action=action>
                <Message error />
                <input type="hidden" name="token" value=token() />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Confirm and sign in"</button>
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
        <Title text="Was it not you?" />
        <main class="narrow">
            {move || if done() {
                Either::Left(view! {
                    <h1>"Every session has ended"</h1>
                    <p>"Nobody is signed in to your account any more. Set a new password now: whoever was in may know the old one."</p>
                    <A href="/forgot" attr:class="button primary wide">"Set a new password"</A>
                })
            } else {
                Either::Right(view! {
                    <h1>"Was it not you?"</h1>
                    <p>"End every session of your account, in every browser, at once."</p>
                    <ActionForm action=action>
                        <Message error />
                        <input type="hidden" name="token" value=token() />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>"End all sessions"</button>
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
        <Title text="Forgot the password" />
        <main class="narrow">
            {move || match sent() {
                Some(email) => Either::Left(view! {
                    <h1>"Check your mail"</h1>
                    <p>"If "<strong>{email}</strong>" has an account, a link to set a new password is on its way. It works for an hour."</p>
                }),
                None => Either::Right(view! {
                    <h1>"Forgot the password"</h1>
                    <ActionForm action=action>
                        <Message error fields=&["email"] />
                        <Field name="email" label="E-mail" kind="email" autocomplete="username" required=true error />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Send a link"</button>
                    </ActionForm>
                }),
            }}
            <p class="hint"><A href="/sign-in">"Back to sign in"</A></p>
        </main>
    }
}

#[component]
pub fn Reset() -> impl IntoView {
    let action = ServerAction::<ResetAction>::new();
    let error = refusal_of_server(action);
    view! {
        <Title text="A new password" />
        <main class="narrow">
            <h1>"A new password"</h1>
            <ActionForm action=action>
                <Message error fields=&["password"] />
                <input type="hidden" name="token" value=token() />
                <Field name="password" label="New password" kind="password" hint="At least 10 characters. Every session ends." autocomplete="new-password" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Set the password"</button>
            </ActionForm>
        </main>
    }
}
