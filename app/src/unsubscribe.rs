//! Where the unsubscribe link leads: a page that asks, and changes nothing by itself.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use nexsent_model::team::Language;
use serde::{Deserialize, Serialize};

use crate::{AppError, ui::load};

/// What the page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub email: String,
    pub workspace: String,
    pub done: bool,
    pub preferences: Option<String>,
    pub logo: bool,
    pub language: Language,
}

#[server(prefix = "/api", endpoint = "unsubscribe_page")]
pub async fn unsubscribe_page(token: String) -> Result<Leaving, AppError> {
    let page = crate::server_ctx::gate().unsubscribe_page(&token).await?;
    Ok(Leaving {
        email: page.email,
        workspace: page.workspace,
        done: page.done,
        preferences: page.preferences,
        logo: page.logo,
        language: page.language,
    })
}

/// The page's words: title, question, what follows at once, what was done, what that means, what else there is.
const fn words(language: Language) -> [&'static str; 6] {
    match language {
        Language::En | Language::Pseudo => [
            "Unsubscribe",
            "Stop all mail from",
            "It takes effect at once.",
            "You are unsubscribed",
            "gets no more mail from",
            "Choose lists, see or erase your data",
        ],
        Language::Es => [
            "Cancelar la suscripción",
            "¿Dejar de recibir correos de",
            "Tiene efecto de inmediato.",
            "Suscripción cancelada",
            "ya no recibirá correos de",
            "Elegir listas, ver o borrar sus datos",
        ],
    }
}

/// Works without JavaScript: the button is a plain form. In the language that the workspace has chosen for its recipients.
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
                let [unsubscribe, stop, at_once, done, no_more, data] = words(p.language);
                let to = if p.language == Language::Es { " a " } else { " to " };
                let choose = p.preferences.map(|href| view! { <p><a href=href rel="external">{data}</a></p> });
                view! {
                    <div class="recipient" lang=p.language.as_str()>
                        {p.logo.then(|| view! { <img class="logo" src=format!("/u/{}/logo.png", token()) alt=p.workspace.clone() /> })}
                        {if p.done {
                            view! { <h1>{done}</h1><p>{p.email}" "{no_more}" "<strong>{p.workspace}</strong>"."</p> }.into_any()
                        } else {
                            view! {
                                <h1>{unsubscribe}</h1>
                                <p>{stop}" "<strong>{p.workspace}</strong>{to}{p.email}"?"</p>
                                <form method="post" action=action><button type="submit" class="primary">{unsubscribe}</button></form>
                                <p class="hint">{at_once}</p>
                            }.into_any()
                        }}
                        {choose}
                    </div>
                }
            })}
        </main>
    }
}
