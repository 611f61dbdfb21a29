//! Where the unsubscribe link leads: a page that asks, and changes nothing by itself.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::{AppError, ui::load};

/// What the page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub email: String,
    pub workspace: String,
    pub done: bool,
    pub preferences: Option<String>,
}

#[server(prefix = "/api", endpoint = "unsubscribe_page")]
pub async fn unsubscribe_page(token: String) -> Result<Leaving, AppError> {
    let page = crate::server_ctx::gate().unsubscribe_page(&token).await?;
    Ok(Leaving { email: page.email, workspace: page.workspace, done: page.done, preferences: page.preferences })
}

/// Works without JavaScript: the button is a plain form.
#[component]
pub fn Unsubscribe() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.with(|p| p.get("token").unwrap_or_default());
    let page = Resource::new_blocking(token, unsubscribe_page);
    view! {
        <Title text="Unsubscribe" />
        <main class="narrow">
            {load(page, move |p| {
                let action = format!("/u/{}", token());
                let choose = p.preferences.map(|href| view! { <p><a href=href rel="external">"Choose lists, see or erase your data"</a></p> });
                if p.done {
                    view! { <h1>"You are unsubscribed"</h1><p>{p.email}" gets no more mail from "<strong>{p.workspace}</strong>"."</p>{choose} }.into_any()
                } else {
                    view! {
                        <h1>"Unsubscribe"</h1>
                        <p>"Stop all mail from "<strong>{p.workspace}</strong>" to "{p.email}"?"</p>
                        <form method="post" action=action><button type="submit" class="primary">"Unsubscribe"</button></form>
                        <p class="hint">"It takes effect at once."</p>
                        {choose}
                    }.into_any()
                }
            })}
        </main>
    }
}
