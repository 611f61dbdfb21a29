//! The second factor: set up, recovery codes, off.

use leptos::prelude::*;
use nexsent_model::team::TwoFactorSetup;
use nexsent_texts::t;

use super::{api, proof::prover};
use crate::{
    AppError,
    frame::me,
    rich,
    ui::{Badge, Card, Confirm, CopyBlock, Field, Message, Tone, refusal_of, toast},
};

#[component]
pub(super) fn TwoFactor(on: bool, left: u32, changed: Callback<()>) -> impl IntoView {
    // Shown once; they stay until the person says that they are kept.
    let codes = RwSignal::new(Vec::<String>::new());
    let shown = move || codes.with(|c| !c.is_empty());
    view! {
        <Card title=t!("settings-two-factor")>
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
        <p>{rich!("settings-codes-keep", request = view! { <strong>{t!("settings-codes-keep-request")}</strong> })}</p>
        <CopyBlock label=t!("settings-codes-copy") text=codes.get_untracked().join("\n") />
        <button type="button" class="primary" on:click=done>{t!("settings-codes-kept")}</button>
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
            Ok(()) => note(t!("settings-two-factor-ended"), false),
            Err(e) => note(e.to_string(), true),
        }
        changed.run(());
    });
    view! {
        <p><Badge tone=Tone::Good text=t!("settings-two-factor-on") />" "{t!("settings-codes-left", count = left)}</p>
        <div class="row">
            <button type="button" on:click=move |_| renewing.set(true)>{t!("settings-codes-new")}</button>
            <button type="button" class="quiet danger" on:click=move |_| ending.set(true)>{t!("settings-two-factor-end")}</button>
        </div>
        <Confirm open=renewing title=t!("settings-codes-new-ask") text=Signal::stored(t!("settings-codes-new-what")) action=t!("settings-codes-new-do") on_yes=Callback::new(move |()| { renew.dispatch(()); }) />
        <Confirm open=ending title=t!("settings-two-factor-end-ask") text=Signal::stored(t!("settings-two-factor-end-what")) action=t!("settings-two-factor-end") on_yes=Callback::new(move |()| { end.dispatch(()); }) />
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
                <p>{t!("settings-two-factor-what")}</p>
                <Message error />
                <button type="button" class="primary" disabled=move || begin.pending().get() on:click=move |_| { begin.dispatch(()); }>{t!("settings-two-factor-begin")}</button>
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
        <p>{t!("settings-two-factor-scan")}</p>
        // Drawn by the server out of its own words.
        <div class="qr" role="img" aria-label=t!("settings-two-factor-qr") inner_html=setup.qr_svg></div>
        <CopyBlock label=t!("settings-two-factor-key") text=setup.secret />
        <form class="inline" on:submit=move |ev| { ev.prevent_default(); confirm.dispatch(()); }>
            <Field name="code" label=t!("accounts-code") autocomplete="one-time-code" value=code error />
            <button type="submit" class="primary" disabled=move || confirm.pending().get()>{t!("settings-two-factor-confirm")}</button>
        </form>
        <Message error fields=&["code"] />
    }
}
