//! Proving again who one is: the dialog opens by itself when the server asks for a proof, and then the same thing is done again.

use std::future::Future;

use futures::channel::oneshot;
use leptos::prelude::*;
use nexsent_model::{FaultCode, team::Proof};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::me,
    ui::{Dialog, Field, Message, refusal_of},
};

/// Runs what may need a proof. Take it while a component is made.
#[derive(Clone, Copy)]
pub(crate) struct Prover {
    open: RwSignal<bool>,
    waiting: StoredValue<Option<oneshot::Sender<bool>>>,
}

/// Once a frame.
pub(crate) fn provide() {
    provide_context(Prover { open: RwSignal::new(false), waiting: StoredValue::new(None) });
}

/// The frame's.
pub(crate) fn prover() -> Prover {
    expect_context::<Prover>()
}

impl Prover {
    /// Does it; where the server wants a proof first, asks for that and does it again.
    ///
    /// # Errors
    /// What the server says; that it wants a proof, when the person gives none.
    pub async fn run<T, F, Fut>(self, act: F) -> Result<T, AppError>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T, AppError>>,
    {
        match act().await {
            Err(wanted) if wanted.0.code == FaultCode::ProofNeeded => {
                let (answer, given) = oneshot::channel();
                self.waiting.set_value(Some(answer));
                self.open.set(true);
                match given.await {
                    Ok(true) => act().await,
                    _ => Err(wanted),
                }
            }
            done => done,
        }
    }

    fn settle(self, proven: bool) {
        self.waiting.update_value(|w| {
            // Whoever waited may have left the page.
            let _ = w.take().map(|answer| answer.send(proven));
        });
    }
}

/// Asks for the password, or a code where there is a second factor. Stays open while it is refused; Esc closes it.
#[component]
pub(crate) fn ProofDialog() -> impl IntoView {
    let prover = prover();
    let open = prover.open;
    let typed = RwSignal::new(String::new());
    let by_code = RwSignal::new(false);
    let two_factor = me().two_factor;
    let prove = Action::new(move |(): &()| {
        let text = typed.get_untracked();
        let proof = if by_code.get_untracked() { Proof::Code(text) } else { Proof::Password(text) };
        async move {
            api::prove(proof).await?;
            prover.settle(true);
            open.set(false);
            Ok::<_, AppError>(())
        }
    });
    Effect::new(move |_| {
        if open.get() {
            prove.clear();
        }
        typed.set(String::new());
    });
    let error = refusal_of(prove);
    let closed = Callback::new(move |()| prover.settle(false));
    let other = move |_| {
        prove.clear();
        typed.set(String::new());
        by_code.update(|c| *c = !*c);
    };
    view! {
        <Dialog open label=t!("settings-proof") on_close=closed>
            <h2>{t!("settings-proof")}</h2>
            <p>{t!("settings-proof-what")}</p>
            // Only while it is open: the page may have a field for a password, too.
            {move || open.get().then(|| view! {
                <form id="proof-form" on:submit=move |ev| { ev.prevent_default(); prove.dispatch(()); }>
                    {move || if by_code.get() {
                        view! { <Field name="proof" label=t!("accounts-code") hint=t!("accounts-code-hint") autocomplete="one-time-code" value=typed error /> }
                    } else {
                        view! { <Field name="proof" label=t!("settings-proof-password") kind="password" autocomplete="current-password" value=typed error /> }
                    }}
                    <Message error fields=&["proof"] />
                </form>
            })}
            <div class="actions">
                {two_factor.then(|| view! {
                    <button type="button" class="quiet" on:click=other>{move || if by_code.get() { t!("settings-proof-by-password") } else { t!("settings-proof-by-code") }}</button>
                })}
                <button type="button" class="quiet" on:click=move |_| open.set(false)>{t!("cancel")}</button>
                <button type="submit" form="proof-form" class="primary" disabled=move || prove.pending().get()>{t!("settings-proof-go")}</button>
            </div>
        </Dialog>
    }
}
