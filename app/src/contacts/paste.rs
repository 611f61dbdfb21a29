//! Rows out of a spreadsheet, pasted instead of saved to a file first.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use nexsent_texts::t;

use crate::{
    AppError,
    ui::{Message, TextArea},
};

#[component]
pub(super) fn Paste() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let send = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        {
            let navigate = navigate.clone();
            busy.set(true);
            error.set(None);
            leptos::task::spawn_local(async move {
                let parts = js_sys::Array::of1(&text.get_untracked().into());
                let Ok(body) = web_sys::Blob::new_with_str_sequence(&parts) else { return };
                match super::upload::upload(&t!("contacts-paste-file"), &body, RwSignal::new(0)).await {
                    Ok(id) => navigate(&format!("/contacts/import/{id}"), leptos_router::NavigateOptions::default()),
                    Err(e) => error.set(Some(e)),
                }
                busy.set(false);
            });
        }
        #[cfg(not(any(feature = "hydrate", feature = "csr")))]
        let _ = (&navigate, busy);
    };
    view! {
        <details>
            <summary>{t!("contacts-paste-summary")}</summary>
            <form on:submit=send>
                <TextArea name="rows" label=t!("contacts-paste-rows") value=text rows=8 code=true hint=t!("contacts-paste-hint") />
                <Message error />
                <button type="submit" disabled=move || busy.get() || text.with(|t| t.trim().is_empty())>{t!("contacts-paste-go")}</button>
            </form>
        </details>
    }
}
