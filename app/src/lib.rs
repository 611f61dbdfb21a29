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
mod parts;
mod security_page;
mod segments;
#[cfg(feature = "ssr")]
pub mod server_ctx;
mod settings;
pub mod ui;
mod unsubscribe;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::MetaTags;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

pub use error::AppError;
#[cfg(feature = "hydrate")]
pub use parts::arrive;
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

/// The document around the app. `assets`: which build the browser's half is of, and what belongs to it.
#[cfg(feature = "ssr")]
pub fn shell(assets: &server_ctx::Assets) -> impl IntoView + use<> {
    let folder = assets.folder();
    let of = |name: &str| format!("{folder}/{name}");
    let (css, js, parts, wasm) = (of("nexsent.css"), of("nexsent.js"), of(server_ctx::Assets::LOADER), of("nexsent_bg.wasm"));
    let language = nexsent_texts::current();
    let texts = of(&format!("texts-{}.ftl", language.as_str()));
    // For whoever sends the answer: the files of the parts that the page turns out to be made of.
    provide_context(assets.manifest());
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
                <link rel="modulepreload" href=parts />
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
    Effect::new(|_| parts::fetch_ahead());
    view! {
        <Title formatter=|title: String| if title.is_empty() { "NexSent".to_owned() } else { format!("{title} · NexSent") } />
        <Router>
            <Habits />
            <Routes fallback=|| view! { <landing::Missing /> }>
                <Route path=path!("/") view=landing::Landing />
                <Route path=path!("/security") view=parts::accounts::Page::Security />
                <Route path=path!("/sign-in") view=accounts::sign_in::SignIn />
                <Route path=path!("/sign-in/code") view=accounts::sign_in::SignInCodePage />
                <Route path=path!("/invite") view=parts::accounts::Page::Invite />
                <Route path=path!("/sign-up") view=parts::accounts::Page::SignUp />
                <Route path=path!("/setup") view=parts::accounts::Page::Setup />
                <Route path=path!("/confirm") view=parts::accounts::Page::Confirm />
                <Route path=path!("/forgot") view=parts::accounts::Page::Forgot />
                <Route path=path!("/reset") view=parts::accounts::Page::Reset />
                <Route path=path!("/not-me") view=parts::accounts::Page::NotMe />
                <Route path=path!("/workspaces/new") view=parts::accounts::Page::NewWorkspace />
                <ParentRoute path=path!("") view=frame::Frame>
                    <Route path=path!("/dashboard") view=dashboard::Dashboard />
                    <Route path=path!("/contacts") view=parts::contacts::Page::List />
                    <Route path=path!("/contacts/lists") view=parts::contacts::Page::Lists />
                    <Route path=path!("/contacts/lists/:id") view=parts::contacts::Page::ListSettings />
                    <Route path=path!("/contacts/attributes") view=parts::upkeep::Page::Attributes />
                    <Route path=path!("/contacts/segments") view=parts::segments::Page::List />
                    <Route path=path!("/contacts/segments/:id") view=parts::segments::Page::Segment />
                    <Route path=path!("/contacts/actions") view=parts::upkeep::Page::Actions />
                    <Route path=path!("/contacts/duplicates") view=parts::upkeep::Page::Duplicates />
                    <Route path=path!("/contacts/suppressions") view=parts::upkeep::Page::Suppressions />
                    <Route path=path!("/contacts/import") view=parts::imports::Page::List />
                    <Route path=path!("/contacts/import/:id") view=parts::imports::Page::Import />
                    <Route path=path!("/contacts/:id") view=parts::contacts::Page::Contact />
                    <Route path=path!("/campaigns") view=parts::campaigns::Page::List />
                    <Route path=path!("/campaigns/:id") view=parts::campaigns::Page::Campaign />
                    <Route path=path!("/campaigns/:id/review") view=parts::campaigns::Page::Review />
                    <Route path=path!("/campaigns/:id/recipients") view=parts::campaigns::Page::Recipients />
                    <Route path=path!("/forms") view=parts::forms::Page::List />
                    <Route path=path!("/forms/:id") view=parts::forms::Page::Form />
                    <Route path=path!("/domains") view=parts::domains::Page::List />
                    <Route path=path!("/domains/:id") view=parts::domains::Page::Domain />
                    <Route path=path!("/settings") view=parts::settings::Page::Workspace />
                    <Route path=path!("/settings/sending") view=parts::settings::Page::Sending />
                    <Route path=path!("/settings/data") view=parts::settings::Page::Data />
                    <Route path=path!("/settings/team") view=parts::settings::Page::Team />
                    <Route path=path!("/settings/account") view=parts::settings::Page::Account />
                    <Route path=path!("/settings/audit") view=parts::settings::Page::Audit />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
