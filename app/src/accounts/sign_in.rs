//! Signing in.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use super::api::SignIn as SignInAction;
use crate::{
    AppError,
    ui::{Field, Message},
};

/// What went wrong with the last try.
pub(super) fn error_of<T: Clone + Send + Sync + 'static>(
    value: impl Fn() -> Option<Result<T, AppError>> + Send + Sync + 'static,
) -> Signal<Option<AppError>> {
    Signal::derive(move || value().and_then(Result::err))
}

#[component]
pub fn SignIn() -> impl IntoView {
    let action = ServerAction::<SignInAction>::new();
    let error = error_of(move || action.value().get());
    let reset = use_query_map().with_untracked(|q| q.get("reset").is_some());
    view! {
        <Title text="Sign in" />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>"Sign in"</h1>
            {reset.then(|| view! { <p class="banner good" role="status">"The new password is set. Sign in with it."</p> })}
            <ActionForm action=action>
                <Message error fields=&["email", "password"] />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" required=true error />
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Sign in"</button>
            </ActionForm>
            <p class="hint"><A href="/forgot">"Forgot the password?"</A></p>
        </main>
    }
}
