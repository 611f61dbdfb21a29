//! The front page, and the page for addresses that lead nowhere.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::accounts::api;

/// For people who are not signed in.
#[component]
pub fn Landing() -> impl IntoView {
    let instance = Resource::new_blocking(|| (), |()| api::get_instance());
    view! {
        <Title text="" />
        <main class="landing">
            <p class="brand"><span class="mark" aria-hidden="true"></span>"NexSent"</p>
            <h1>"Email that arrives, and proof of what happened to it."</h1>
            <p class="lead">"Send campaigns from domains that DNS vouches for. Every recipient has a row that says what became of the message: queued, accepted with the server's own words, deferred, refused, left out, and why."</p>
            <div class="actions">
                <A href="/sign-in" attr:class="button primary">"Sign in"</A>
                <Suspense>
                    {move || Suspend::new(async move {
                        instance.await.ok().filter(|i| i.sign_up_open).map(|_| view! { <A href="/sign-up" attr:class="button">"Make a workspace"</A> })
                    })}
                </Suspense>
            </div>
            <ul class="promises">
                <li><strong>"Isolated by the database"</strong>"Each workspace's rows are refused to every other by the database itself, not by a filter somebody may forget."</li>
                <li><strong>"Nothing leaves unvouched"</strong>"Ownership, DKIM, SPF, DMARC and return path all pass, or nothing is sent."</li>
                <li><strong>"One click to leave"</strong>"Unsubscribing is honoured at once, also by messages already queued."</li>
            </ul>
            <footer class="hint"><A href="/security">"Security"</A></footer>
        </main>
    }
}

/// Nothing is here.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <main class="narrow">
            <h1>"There is no such page"</h1>
            <p>"The address may be mistyped, or what was here is gone."</p>
            <A href="/dashboard" attr:class="button primary">"To the dashboard"</A>
        </main>
    }
}
