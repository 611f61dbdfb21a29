//! Making a workspace: the first one by the set-up link, others by signing up.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};
use nexsent_texts::t;

use super::{
    api::{CompleteSetup, SignUp},
    language::{LanguageSwitch, anew},
};
use crate::{
    AppError, rich,
    ui::{Field, Message, refusal_of_server},
};

#[component]
fn Fields(error: Signal<Option<AppError>>) -> impl IntoView {
    view! {
        <Field name="name" label=t!("accounts-your-name") autocomplete="name" required=true error />
        <Field name="workspace" label=t!("accounts-workspace") hint=t!("accounts-workspace-hint") autocomplete="organization" required=true error />
        <Field name="email" label=t!("email") kind="email" autocomplete="username" required=true error />
        <Field name="password" label=t!("accounts-password") kind="password" hint=t!("accounts-password-hint") autocomplete="new-password" required=true error />
    }
}

/// For anyone, where the instance is open.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let error = refusal_of_server(action);
    let sent = move || action.value().get().and_then(Result::ok);
    view! {
        <Title text=t!("accounts-sign-up") />
        <main class="narrow">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            {move || match sent() {
                Some(email) => Either::Left(view! {
                    <h1>{t!("accounts-check-mail")}</h1>
                    <p>{rich!("accounts-sign-up-sent", email = view! { <strong>{email}</strong> })}</p>
                }),
                None => Either::Right(view! {
                    <h1>{t!("accounts-sign-up")}</h1>
                    <ActionForm action=action>
                        <Message error fields=&["name", "workspace", "email", "password"] />
                        <Fields error />
                        <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-sign-up-do")}</button>
                    </ActionForm>
                    <p class="hint"><A href="/sign-in">{t!("accounts-sign-in-instead")}</A></p>
                }),
            }}
            <LanguageSwitch />
        </main>
    }
}

/// For the first owner, by the link that the server printed.
#[component]
pub fn Setup() -> impl IntoView {
    let action = ServerAction::<CompleteSetup>::new();
    anew(action);
    let error = refusal_of_server(action);
    let token = use_query_map().with_untracked(|q| q.get("token").unwrap_or_default());
    view! {
        <Title text=t!("accounts-set-up") />
        <main class="narrow">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            <h1>{t!("accounts-set-up-instance")}</h1>
            <p>{t!("accounts-set-up-what")}</p>
            <ActionForm action=action>
                <input type="hidden" name="token" value=token />
                <Message error fields=&["name", "workspace", "email", "password"] />
                <Fields error />
                <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-make-workspace")}</button>
            </ActionForm>
        </main>
    }
}
