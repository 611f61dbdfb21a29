//! The front page, and the page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use nexsent_texts::t;

use crate::accounts::api;

/// For people who are not signed in.
#[component]
pub fn Landing() -> impl IntoView {
    let instance = Resource::new_blocking(|| (), |()| api::get_instance());
    view! {
        <Title text="" />
        <main class="landing">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            <h1>{t!("places-landing-title")}</h1>
            <p class="lead">{t!("places-landing-lead")}</p>
            <div class="actions">
                <A href="/sign-in" attr:class="button primary">{t!("places-sign-in")}</A>
                <Suspense>
                    {move || Suspend::new(async move {
                        instance.await.ok().filter(|i| i.sign_up_open).map(|_| view! { <A href="/sign-up" attr:class="button">{t!("places-make-workspace")}</A> })
                    })}
                </Suspense>
            </div>
            <ul class="promises">
                <li><strong>{t!("places-isolated")}</strong>{t!("places-isolated-text")}</li>
                <li><strong>{t!("places-vouched")}</strong>{t!("places-vouched-text")}</li>
                <li><strong>{t!("places-one-click")}</strong>{t!("places-one-click-text")}</li>
            </ul>
            <footer class="hint"><A href="/security">{t!("places-security")}</A></footer>
        </main>
    }
}

/// Nothing is here.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <Title text=t!("places-missing-title") />
        <main class="narrow">
            <h1>{t!("places-missing")}</h1>
            <p>{t!("places-missing-text")}</p>
            <A href="/dashboard" attr:class="button primary">{t!("places-to-dashboard")}</A>
        </main>
    }
}
