//! Making a workspace: the first one by the set-up link, others by signing up.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};

use super::api::{CompleteSetup, SignUp};
use crate::{
    AppError,
    ui::{Field, Message, refusal_of_server},
};

#[component]
fn Fields(error: Signal<Option<AppError>>) -> impl IntoView {
    view! {
        <Field name="name" label="Your name" autocomplete="name" required=true error />
        <Field name="workspace" label="Workspace" hint="The name of your business, for example." autocomplete="organization" required=true error />
        <Field name="email" label="E-mail" kind="email" autocomplete="username" required=true error />
        <Field name="password" label="Password" kind="password" hint="At least 10 characters. Long beats complicated." autocomplete="new-password" required=true error />
    }
}

/// For anyone, where the instance is open.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let error = refusal_of_server(action);
    let sent = move || action.value().get().and_then(Result::ok);
    view! {
        <Title text="Make a workspace" />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            {move || match sent() {
                Some(email) => Either::Left(view! {
                    <h1>"Check your mail"</h1>
                    <p>"We have sent a link to "<strong>{email}</strong>". Open it to confirm the address; it works for three days."</p>
                }),
                None => Either::Right(view! {
                    <h1>"Make a workspace"</h1>
                    <ActionForm action=action>
                        <Message error fields=&["name", "workspace", "email", "password"] />
                        <Fields error />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Sign up"</button>
                    </ActionForm>
                    <p class="hint"><A href="/sign-in">"Sign in instead"</A></p>
                }),
            }}
        </main>
    }
}

/// For the first owner, by the link that the server printed.
#[component]
pub fn Setup() -> impl IntoView {
    let action = ServerAction::<CompleteSetup>::new();
    let error = refusal_of_server(action);
    let token = use_query_map().with_untracked(|q| q.get("token").unwrap_or_default());
    view! {
        <Title text="Set up" />
        <main class="narrow">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            <h1>"Set up this instance"</h1>
            <p>"You are its first owner. This link works once."</p>
            <ActionForm action=action>
                <input type="hidden" name="token" value=token />
                <Message error fields=&["name", "workspace", "email", "password"] />
                <Fields error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Make the workspace"</button>
            </ActionForm>
        </main>
    }
}
