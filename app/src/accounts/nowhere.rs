//! A further workspace, and the page for those who belong to none.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::components::A;
use nexsent_texts::t;

use super::{
    api::{self, CreateWorkspace, Whereabouts},
    language::anew,
};
use crate::{
    frame, rich,
    ui::{Field, Message, load, refusal_of_server},
};

#[component]
pub fn NewWorkspace() -> impl IntoView {
    frame::forget_viewer();
    let data = Resource::new_blocking(|| (), |()| api::get_whereabouts());
    view! {
        <Title text=t!("accounts-new-workspace") />
        <main class="narrow">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            {load(data, |who| view! { <Choices who /> })}
        </main>
    }
}

#[component]
fn Choices(who: Whereabouts) -> impl IntoView {
    let action = ServerAction::<CreateWorkspace>::new();
    anew(action);
    let error = refusal_of_server(action);
    let nowhere = who.workspaces == 0;
    view! {
        {if nowhere {
            Either::Left(view! {
                <h1>{t!("accounts-nowhere")}</h1>
                <p>{rich!("accounts-nowhere-why", email = view! { <strong>{who.email}</strong> })}</p>
            })
        } else {
            Either::Right(view! {
                <h1>{t!("accounts-further")}</h1>
                <p>{t!("accounts-further-what")}</p>
            })
        }}
        {if who.may_create {
            Either::Left(view! {
                <ActionForm action=action>
                    <Message error fields=&["workspace"] />
                    <Field name="workspace" label=t!("accounts-workspace-name") hint=t!("accounts-workspace-hint") autocomplete="organization" required=true error />
                    <button type="submit" class="primary wide" disabled=move || action.pending().get()>{t!("accounts-make-workspace")}</button>
                </ActionForm>
            })
        } else {
            Either::Right(view! { <p class="hint">{t!("accounts-operator-only")}</p> })
        }}
        {if nowhere {
            Either::Left(view! { <form method="post" action="/sign-out"><button type="submit" class="quiet">{t!("accounts-sign-out")}</button></form> })
        } else {
            Either::Right(view! { <p class="hint"><A href="/dashboard">{t!("accounts-back-to-dashboard")}</A></p> })
        }}
    }
}
