//! What people see, and the server functions behind it.
//!
//! One folder an area, its pages and its `api.rs` side by side; [`ui`] is the kit that everything is built from. The same code is rendered
//! on the server (`ssr`) and hydrated in the browser (`hydrate`).

#![recursion_limit = "512"]

mod accounts;
mod campaigns;
#[cfg(feature = "ssr")]
mod consent;
mod contacts;
mod dashboard;
mod domains;
mod error;
mod forms;
mod frame;
pub mod gallery;
mod landing;
mod live;
mod palette;
mod security_page;
mod segments;
#[cfg(feature = "ssr")]
pub mod server_ctx;
mod settings;
pub mod ui;
mod unsubscribe;

use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

pub use error::AppError;
/// Pages that the server renders without the app around them.
#[cfg(feature = "ssr")]
pub mod public {
    pub use crate::{
        consent::pages::{self, Said},
        forms::body::{Carried, TRAP},
    };
}
pub use security_page::measures::{MEASURES, Measure, Part};

/// The gallery on its own, without a server.
#[component]
pub fn GalleryApp() -> impl IntoView {
    provide_meta_context();
    ui::toast::provide();
    ui::habits::provide();
    view! {
        <Router>
            <Habits />
            <gallery::Gallery />
        </Router>
    }
}

/// What every page has, whoever looks at it. Inside the router: it asks before a page is left.
#[component]
fn Habits() -> impl IntoView {
    view! { <ui::toast::Toasts /><ui::guard::Leaving /> }
}

/// The document around the app. `assets`: which build the browser's half is of.
pub fn shell(assets: String) -> impl IntoView {
    let of = |name: &str| format!("/pkg/{name}?v={assets}");
    let language = nexsent_texts::current();
    let texts = of(&format!("texts-{}.ftl", language.as_str()));
    let (css, js, wasm) = (of("nexsent.css"), of("nexsent.js"), of("nexsent_bg.wasm"));
    // All at once: the script would name the module only when it runs. Nothing comes alive without its texts.
    let start = format!(
        "import start,{{hydrate}} from '{js}';const texts=fetch('{texts}').then(r=>r.ok?r.text():Promise.reject(new Error('texts: '+r.status)));\
         start({{module_or_path:'{wasm}'}}).then(()=>texts).then(t=>hydrate('{}',t))",
        language.as_str()
    );
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str() dir=language.direction()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content="Email that arrives: campaigns from your own server." />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <script nonce=leptos::nonce::use_nonce()>{ui::theme::EARLY}</script>
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link rel="preload" href=texts r#as="fetch" r#type="text/plain" crossorigin="" />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                <script type="module" nonce=leptos::nonce::use_nonce()>{start}</script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The app: every page and its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    ui::toast::provide();
    ui::habits::provide();
    frame::provide_viewer();
    // For tests: the page has come alive, a click is heard from now on.
    Effect::new(|_| {
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("data-alive", ""));
        }
    });
    view! {
        <Title formatter=|title: String| if title.is_empty() { "NexSent".to_owned() } else { format!("{title} · NexSent") } />
        <Router>
            <Habits />
            <Routes fallback=|| view! { <landing::Missing /> }>
                <Route path=path!("/") view=landing::Landing />
                <Route path=path!("/security") view=security_page::SecurityPage />
                <Route path=path!("/sign-in") view=accounts::sign_in::SignIn />
                <Route path=path!("/sign-in/code") view=accounts::sign_in::SignInCodePage />
                <Route path=path!("/invite") view=settings::invite::InvitePage />
                <Route path=path!("/sign-up") view=accounts::sign_up::SignUpPage />
                <Route path=path!("/setup") view=accounts::sign_up::Setup />
                <Route path=path!("/confirm") view=accounts::recover::Confirm />
                <Route path=path!("/forgot") view=accounts::recover::Forgot />
                <Route path=path!("/reset") view=accounts::recover::Reset />
                <Route path=path!("/not-me") view=accounts::recover::NotMe />
                <Route path=path!("/workspaces/new") view=accounts::nowhere::NewWorkspace />
                <ParentRoute path=path!("") view=frame::Frame>
                    <Route path=path!("/dashboard") view=dashboard::Dashboard />
                    <Route path=path!("/contacts") view=contacts::list::Contacts />
                    <Route path=path!("/contacts/lists") view=contacts::lists::Lists />
                    <Route path=path!("/contacts/lists/:id") view=contacts::list_settings::ListPage />
                    <Route path=path!("/contacts/attributes") view=contacts::attributes::Attributes />
                    <Route path=path!("/contacts/segments") view=segments::list::SegmentList />
                    <Route path=path!("/contacts/segments/:id") view=segments::builder::SegmentPage />
                    <Route path=path!("/contacts/actions") view=contacts::bulk::Actions />
                    <Route path=path!("/contacts/duplicates") view=contacts::duplicates::Duplicates />
                    <Route path=path!("/contacts/suppressions") view=contacts::suppressions::Suppressions />
                    <Route path=path!("/contacts/import") view=contacts::import::Imports />
                    <Route path=path!("/contacts/import/:id") view=contacts::import::Import />
                    <Route path=path!("/contacts/:id") view=contacts::edit::ContactPage />
                    <Route path=path!("/campaigns") view=campaigns::list::Campaigns />
                    <Route path=path!("/campaigns/:id") view=campaigns::page::Campaign />
                    <Route path=path!("/campaigns/:id/review") view=campaigns::review::ReviewPage />
                    <Route path=path!("/campaigns/:id/recipients") view=campaigns::recipients::Recipients />
                    <Route path=path!("/forms") view=forms::list::Forms />
                    <Route path=path!("/forms/:id") view=forms::editor::FormPage />
                    <Route path=path!("/domains") view=domains::pages::Domains />
                    <Route path=path!("/domains/:id") view=domains::pages::DomainPage />
                    <Route path=path!("/settings") view=settings::workspace::WorkspacePage />
                    <Route path=path!("/settings/sending") view=settings::sending::Sending />
                    <Route path=path!("/settings/data") view=settings::data::Data />
                    <Route path=path!("/settings/team") view=settings::team::Team />
                    <Route path=path!("/settings/account") view=settings::account::Account />
                    <Route path=path!("/settings/audit") view=settings::audit::AuditLog />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
