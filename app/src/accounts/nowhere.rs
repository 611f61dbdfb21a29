//! A further workspace, and the page for those who belong to none.

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::components::A;

use super::api::{self, CreateWorkspace, Whereabouts};
use crate::{
    frame,
    ui::{Field, Message, load, refusal_of_server},
};

#[component]
pub fn NewWorkspace() -> impl IntoView {
    frame::forget_viewer();
    let data = Resource::new_blocking(|| (), |()| api::get_whereabouts());
    view! {
        <Title text="New workspace" />
        <main class="narrow">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            {load(data, |who| view! { <Choices who /> })}
        </main>
    }
}

#[component]
fn Choices(who: Whereabouts) -> impl IntoView {
    let action = ServerAction::<CreateWorkspace>::new();
    let error = refusal_of_server(action);
    let nowhere = who.workspaces == 0;
    view! {
        {if nowhere {
            Either::Left(view! {
                <h1>"You belong to no workspace"</h1>
                <p>"You are signed in as "<strong>{who.email}</strong>". The workspaces you were in are gone, or you were taken out of them. An admin can invite you again: the link in that mail leads back in."</p>
            })
        } else {
            Either::Right(view! {
                <h1>"A further workspace"</h1>
                <p>"It has contacts, domains and members of its own, and you are its owner. You switch between your workspaces in the menu."</p>
            })
        }}
        {if who.may_create {
            Either::Left(view! {
                <ActionForm action=action>
                    <Message error fields=&["workspace"] />
                    <Field name="workspace" label="Name of the workspace" hint="The name of your business, for example." autocomplete="organization" required=true error />
                    <button type="submit" class="primary wide" disabled=move || action.pending().get()>"Make the workspace"</button>
                </ActionForm>
            })
        } else {
            Either::Right(view! { <p class="hint">"Only the operator of this instance makes workspaces."</p> })
        }}
        {if nowhere {
            Either::Left(view! { <form method="post" action="/sign-out"><button type="submit" class="quiet">"Sign out"</button></form> })
        } else {
            Either::Right(view! { <p class="hint"><A href="/dashboard">"Back to the dashboard"</A></p> })
        }}
    }
}
