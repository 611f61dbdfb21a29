//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use super::api::{SignIn as SignInAction, SignInCode};
use crate::ui::{Field, Message, refusal_of_server};

#[component]
pub fn SignIn() -> impl IntoView {
    let action = ServerAction::<SignInAction>::new();
    let error = refusal_of_server(action);
    let invite = use_query_map().with_untracked(|q| q.get("invite"));
    let reset = use_query_map().with_untracked(|q| q.get("reset").is_some());
    view! {
        <Title text="Sign in" />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>"Sign in"</h1>
            {reset.then(|| view! { <p class="banner good" role="status">"The new password is set. Sign in with it."</p> })}
            <ActionForm action=action>
                {invite.map(|token| view! { <input type="hidden" name="next" value=format!("/invite?token={token}") /> })}
                <Message error fields=&["email", "password"] />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" required=true error />
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Sign in"</button>
            </ActionForm>
            <p class="hint"><A href="/forgot">"Forgot the password?"</A></p>
            <p class="hint"><A href="/security" attr:class="muted">"Security"</A></p>
        </main>
    }
}

/// The second step: a code from the app, or one for recovery.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let action = ServerAction::<SignInCode>::new();
    let error = refusal_of_server(action);
    let invite = use_query_map().with_untracked(|q| q.get("invite"));
    view! {
        <Title text="Enter your code" />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>"Enter your code"</h1>
            <ActionForm action=action>
                {invite.map(|token| view! { <input type="hidden" name="invite" value=token /> })}
                <Message error fields=&["code"] />
                <Field name="code" label="Code" hint="From your authenticator app, or one of your recovery codes." autocomplete="one-time-code" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Sign in"</button>
            </ActionForm>
            <p class="hint"><A href="/sign-in">"Start again"</A></p>
        </main>
    }
}
