//! Where the unsubscribe link leads: a page that asks, and changes nothing by itself. Rendered on the server alone, in the language that the
//! workspace has chosen for its recipients; it works without JavaScript.
#![cfg(feature = "ssr")]

use leptos::prelude::*;
use nexsent_platform::UnsubscribePage;
use nexsent_texts::t;

use crate::{
    consent::pages::{Logo, document, post},
    rich,
};

/// The page as a whole document.
#[must_use]
pub fn page(p: &UnsubscribePage, token: &str, logo: Option<&Logo>) -> String {
    let workspace = view! { <strong>{p.workspace.clone()}</strong> };
    let choose = p.preferences.clone().map(|href| view! { <p><a href=href>{t!("recipients-to-preferences")}</a></p> });
    let (title, inside) = if p.done {
        let title = t!("recipients-left");
        let text = rich!("recipients-left-text", workspace = workspace; email = &p.email);
        (title.clone(), view! { <h1>{title}</h1><p>{text}</p> }.into_any())
    } else {
        let title = t!("recipients-leave");
        let ask = rich!("recipients-leave-ask", workspace = workspace; email = &p.email);
        let button = post(format!("/u/{token}"), title.clone(), "primary");
        (title.clone(), view! { <h1>{title}</h1><p>{ask}</p>{button}<p class="hint">{t!("recipients-leave-at-once")}</p> }.into_any())
    };
    document("narrow", &title, None, logo, view! { {inside}{choose} }.into_any())
}

#[cfg(test)]
mod tests {
    use nexsent_texts::{Language, within};

    use super::*;

    fn rendered(language: Language, p: &UnsubscribePage, logo: Option<&Logo>) -> String {
        let future = std::pin::pin!(within(language, async { page(p, "tok", logo) }));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let std::task::Poll::Ready(html) = future.poll(&mut context) else { panic!("it is ready at once") };
        html
    }

    #[test]
    fn it_asks_in_the_workspaces_language_and_acts_by_its_button_alone() {
        let mut p = UnsubscribePage { email: "a…@example.com".into(), workspace: "<b>Acme".into(), done: false, preferences: Some("/p/x".into()) };
        let logo = Logo { src: "/u/tok/logo.png".into(), alt: "Acme".into() };
        let asked = rendered(Language::Es, &p, Some(&logo));
        assert!(
            asked.starts_with("<!DOCTYPE html><html lang=\"es\" dir=\"ltr\">") && asked.contains("class=\"primary\">Cancelar la suscripción<"),
            "{asked}"
        );
        assert!(asked.contains("method=\"post\" action=\"/u/tok\"") && asked.contains("src=\"/u/tok/logo.png\""), "{asked}");
        assert!(!asked.contains("<script") && !asked.contains("<b>") && asked.contains("href=\"/p/x\""), "{asked}");
        p.done = true;
        let done = rendered(Language::En, &p, None);
        assert!(done.contains("lang=\"en\"") && done.contains("You are unsubscribed") && done.contains("gets no more mail from"), "{done}");
        assert!(!done.contains("<form") && !done.contains("<img"), "{done}");
        assert!(rendered(Language::Pseudo, &p, None).contains("dir=\"rtl\""));
    }
}
