//! The page behind an invitation's link.

use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::A, hooks::use_query_map};
use nexsent_model::team::Invitation;
use nexsent_texts::t;

use super::api::{self, AcceptInvitation};
use crate::{
    accounts::language::anew,
    rich,
    ui::{Field, Message, load, refusal_of_server},
};

#[component]
pub fn InvitePage() -> impl IntoView {
    // Whoever joins is somewhere else afterwards.
    crate::frame::forget_viewer();
    let token = use_query_map().with_untracked(|q| q.get("token").unwrap_or_default());
    let asked = token.clone();
    let data = Resource::new(move || asked.clone(), api::get_invitation);
    view! {
        <Title text=t!("settings-invitation") />
        <main class="narrow">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            {load(data, move |i| view! { <Accept invitation=i token=token.clone() /> })}
        </main>
    }
}

#[component]
fn Accept(invitation: Invitation, token: String) -> impl IntoView {
    let action = ServerAction::<AcceptInvitation>::new();
    anew(action);
    let error = refusal_of_server(action);
    let i = invitation;
    let pending = move || action.pending().get();
    let way = if i.is_you {
        EitherOf3::A(view! {
            <ActionForm action=action>
                <input type="hidden" name="token" value=token />
                <Message error />
                <button type="submit" class="primary wide" disabled=pending>{t!("settings-join")}</button>
            </ActionForm>
        })
    } else if i.has_account {
        EitherOf3::B(view! {
            <p>{rich!("settings-join-sign-in", email = view! { <strong>{i.email.clone()}</strong> })}</p>
            <A href=format!("/sign-in?invite={token}") attr:class="button primary wide">{t!("accounts-sign-in")}</A>
        })
    } else {
        EitherOf3::C(view! {
            <ActionForm action=action>
                <input type="hidden" name="token" value=token />
                <Message error fields=&["name", "password"] />
                <Field name="name" label=t!("accounts-your-name") autocomplete="name" required=true error />
                <Field name="password" label=t!("accounts-password") kind="password" hint=t!("accounts-password-hint") autocomplete="new-password" required=true error />
                <button type="submit" class="primary wide" disabled=pending>{t!("settings-join")}</button>
            </ActionForm>
        })
    };
    view! {
        <h1>{t!("settings-join-workspace", workspace = i.workspace)}</h1>
        <p>{t!("settings-join-who", inviter = i.invited_by, email = i.email, role = i.role.in_sentence())}</p>
        {way}
    }
}
