//! Rows out of a spreadsheet, pasted instead of saved to a file first.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

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
                match super::upload::upload("pasted.csv", &body, RwSignal::new(0)).await {
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
            <summary>"Or paste rows"</summary>
            <form on:submit=send>
                <TextArea name="rows" label="Rows" value=text rows=8 code=true hint="As copied from a spreadsheet: the first line with the columns' names, then a person a line." />
                <Message error />
                <button type="submit" disabled=move || busy.get() || text.with(|t| t.trim().is_empty())>"Go on with these"</button>
            </form>
        </details>
    }
}
