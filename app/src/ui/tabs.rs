//! Tabs: pages side by side, and parts of one page.

use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_router::{components::A, hooks::use_location};

/// Pages under one head: their addresses and names.
#[component]
pub fn NavTabs(#[prop(into)] label: String, places: Vec<(&'static str, String)>) -> impl IntoView {
    let path = use_location().pathname;
    view! {
        <nav class="tabs" aria-label=label>
            {places.into_iter().map(|(href, name)| view! {
                <A href=href exact=true attr:aria-current=move || path.with(|p| (p == href).then_some("page"))>{name}</A>
            }).collect_view()}
        </nav>
    }
}

/// Parts of which one is shown: arrows move, as a tab list's do. Show the part whose number `at` holds in an element with the role
/// `tabpanel` and the id `{name}-panel`.
#[component]
pub fn TabList(name: &'static str, #[prop(into)] label: String, names: Vec<String>, at: RwSignal<usize>) -> impl IntoView {
    let count = names.len();
    let key = move |ev: KeyboardEvent| {
        let now = at.get_untracked();
        let to = match ev.key().as_str() {
            "ArrowRight" => (now + 1) % count,
            "ArrowLeft" => (now + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        ev.prevent_default();
        at.set(to);
        if let Some(tab) = document().get_element_by_id(&format!("{name}-tab-{to}")).and_then(|t| t.dyn_into::<HtmlElement>().ok()) {
            drop(tab.focus());
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=key>
            {names.into_iter().enumerate().map(|(i, text)| view! {
                <button
                    type="button"
                    role="tab"
                    id=format!("{name}-tab-{i}")
                    aria-controls=format!("{name}-panel")
                    aria-selected=move || (at.get() == i).to_string()
                    tabindex=move || if at.get() == i { "0" } else { "-1" }
                    on:click=move |_| at.set(i)
                >
                    {text}
                </button>
            }).collect_view()}
        </div>
    }
}
