//! Light or dark: the system's, until one is chosen.

use leptos::prelude::*;
use nexsent_texts::t;

use super::Icon;

/// Before anything is drawn: the theme that was chosen, so that nothing flashes.
pub const EARLY: &str = "try{var t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch(e){}";

/// The other theme, from now on.
pub fn switch() {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    {
        let Some(root) = document().document_element() else { return };
        let dark_system = window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|m| m.matches());
        let dark = root.get_attribute("data-theme").map_or(dark_system, |t| t == "dark");
        let next = if dark { "light" } else { "dark" };
        drop(root.set_attribute("data-theme", next));
        if let Ok(Some(storage)) = window().local_storage() {
            drop(storage.set_item("theme", next));
        }
    }
}

/// A button that switches.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    view! { <button type="button" class="quiet icon-button" aria-label=t!("ui-theme") on:click=|_| switch()><Icon name="sun" /></button> }
}
