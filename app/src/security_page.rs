//! What is done so that people's data stay theirs: for customers, in plain words.

pub mod measures;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use nexsent_texts::t;

use self::measures::{MEASURES, Part};
use crate::{accounts::api, rich, ui::load};

/// For everybody, signed in or not. Where security.txt sends people for the policy.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let instance = Resource::new_blocking(|| (), |()| api::get_instance());
    view! {
        <Title text=t!("security-title") />
        <main class="landing security">
            <p class="brand"><A href="/"><span class="mark" aria-hidden="true"></span>"NexSent"</A></p>
            <h1>{t!("security-lead-heading")}</h1>
            <p class="lead">{t!("security-lead")}</p>
            <Measures part=Part::Layers />
            <Measures part=Part::Practices />
            <p class="hint">{t!("security-rows")}</p>
            <section aria-labelledby="report">
                <h2 id="report">{t!("security-report")}</h2>
                {load(instance, |i| view! { <Report contact=i.security_contact /> })}
            </section>
        </main>
    }
}

#[component]
fn Measures(part: Part) -> impl IntoView {
    let (id, title) = part.heading();
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="promises">
                {MEASURES.iter().filter(|m| m.part == part).map(|m| view! {
                    <li><strong>{(m.name)()}</strong>{(m.sentence)()}<code>{m.row}</code></li>
                }).collect_view()}
            </ul>
        </section>
    }
}

/// `contact`: a `mailto:` or https address.
#[component]
fn Report(contact: String) -> impl IntoView {
    let shown = contact.strip_prefix("mailto:").unwrap_or(&contact).to_owned();
    view! {
        <p>{rich!("security-report-text", contact = view! { <a href=contact rel="external">{shown}</a> })}</p>
        <p class="hint">{rich!("security-report-programs", file = view! { <a href="/.well-known/security.txt" rel="external">"security.txt"</a> })}</p>
    }
}
