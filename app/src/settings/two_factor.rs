//! The second factor: set up, recovery codes, off.

use leptos::prelude::*;
use nexsent_model::team::TwoFactorSetup;

use super::{api, proof::prover};
use crate::{
    AppError,
    frame::me,
    ui::{Badge, Card, Confirm, CopyBlock, Field, Message, Tone, count, refusal_of, toast},
};

#[component]
pub(super) fn TwoFactor(on: bool, left: u32, changed: Callback<()>) -> impl IntoView {
    // Shown once; they stay until the person says that they are kept.
    let codes = RwSignal::new(Vec::<String>::new());
    let shown = move || codes.with(|c| !c.is_empty());
    view! {
        <Card title="Two-factor sign-in">
            {move || if shown() {
                view! { <Codes codes changed /> }.into_any()
            } else if on {
                view! { <On left codes changed /> }.into_any()
            } else {
                view! { <Off codes /> }.into_any()
            }}
        </Card>
    }
}

#[component]
fn Codes(codes: RwSignal<Vec<String>>, changed: Callback<()>) -> impl IntoView {
    let done = move |_| {
        codes.set(Vec::new());
        if me().must_enrol {
            // What was closed is open now: the whole page anew.
            drop(window().location().set_href("/dashboard"));
        } else {
            changed.run(());
        }
    };
    view! {
        <p><strong>"Keep these recovery codes."</strong>" Each lets you in once when your phone is not at hand. They are not shown again."</p>
        <CopyBlock label="the recovery codes" text=codes.get_untracked().join("\n") />
        <button type="button" class="primary" on:click=done>"I have kept them"</button>
    }
}

#[component]
fn On(left: u32, codes: RwSignal<Vec<String>>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let renewing = RwSignal::new(false);
    let ending = RwSignal::new(false);
    let proof = prover();
    let renew = Action::new(move |(): &()| async move {
        match proof.run(api::new_recovery_codes).await {
            Ok(new) => codes.set(new),
            Err(e) => note(e.to_string(), true),
        }
    });
    let end = Action::new(move |(): &()| async move {
        match proof.run(api::end_two_factor).await {
            Ok(()) => note("Two-factor sign-in is off.".to_owned(), false),
            Err(e) => note(e.to_string(), true),
        }
        changed.run(());
    });
    view! {
        <p><Badge tone=Tone::Good text="On" />" "{format!("{} left.", count(u64::from(left), "recovery code", "recovery codes"))}</p>
        <div class="row">
            <button type="button" on:click=move |_| renewing.set(true)>"New recovery codes"</button>
            <button type="button" class="quiet danger" on:click=move |_| ending.set(true)>"Turn it off"</button>
        </div>
        <Confirm open=renewing title="New recovery codes?" text=Signal::stored("The old ones stop working.".to_owned()) action="Make new ones" on_yes=Callback::new(move |()| { renew.dispatch(()); }) />
        <Confirm open=ending title="Turn two-factor sign-in off?" text=Signal::stored("Your password alone will let anybody in who has it.".to_owned()) action="Turn it off" on_yes=Callback::new(move |()| { end.dispatch(()); }) />
    }
}

#[component]
fn Off(codes: RwSignal<Vec<String>>) -> impl IntoView {
    let begin = Action::new(|(): &()| api::begin_two_factor());
    let setup = move || begin.value().get().and_then(Result::ok);
    let error = refusal_of(begin);
    view! {
        {move || match setup() {
            None => view! {
                <p>"With it, your password alone lets nobody in: each sign-in also asks for a code from an app on your phone."</p>
                <Message error />
                <button type="button" class="primary" disabled=move || begin.pending().get() on:click=move |_| { begin.dispatch(()); }>"Set it up"</button>
            }.into_any(),
            Some(setup) => view! { <Enrol setup codes /> }.into_any(),
        }}
    }
}

#[component]
fn Enrol(setup: TwoFactorSetup, codes: RwSignal<Vec<String>>) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let confirm = Action::new(move |(): &()| {
        let typed = code.get_untracked();
        async move {
            let new = api::confirm_two_factor(typed).await?;
            codes.set(new);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(confirm);
    view! {
        <p>"Scan this with an authenticator app, or type the key. Then enter the code that it shows."</p>
        // Drawn by the server out of its own words.
        <div class="qr" role="img" aria-label="QR code for an authenticator app" inner_html=setup.qr_svg></div>
        <CopyBlock label="the key" text=setup.secret />
        <form class="inline" on:submit=move |ev| { ev.prevent_default(); confirm.dispatch(()); }>
            <Field name="code" label="Code" autocomplete="one-time-code" value=code error />
            <button type="submit" class="primary" disabled=move || confirm.pending().get()>"Turn it on"</button>
        </form>
        <Message error fields=&["code"] />
    }
}
