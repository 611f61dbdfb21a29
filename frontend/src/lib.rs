//! The wasm entry: hydrates the app that the server has rendered, nothing else. With `csr`, the gallery on its own.

#[cfg(feature = "hydrate")]
use std::{cell::OnceCell, rc::Rc};

#[cfg(feature = "hydrate")]
use leptos::reactive::owner::Owner;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the module and the texts of its language are loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen]
pub async fn hydrate(language: String, texts: String) {
    console_error_panic_hook::set_once();
    #[cfg(target_arch = "wasm32")]
    drop(nexsent_texts::install(language.parse().unwrap_or_default(), texts));
    #[cfg(not(target_arch = "wasm32"))]
    drop((language, texts));
    nexsent_app::arrive().await;
    let shared = Rc::new(OnceCell::new());
    let app = {
        let shared = shared.clone();
        move || {
            drop(shared.set(Owner::current_shared_context()));
            nexsent_app::App()
        }
    };
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), app).await.forget();
    // It looks for this in the present owner, which is none at its end: what is made later must not look for values of the server's.
    if let Some(shared) = shared.get().and_then(Option::as_ref) {
        shared.hydration_complete();
    }
    // What was begun on the way, listeners above all, comes first.
    leptos::task::tick().await;
    // The page has come alive, a click is heard from now on.
    if let Some(root) = leptos::prelude::document().document_element() {
        drop(root.set_attribute("data-alive", ""));
    }
}

/// The gallery, as Trunk serves it.
#[cfg(all(feature = "csr", not(feature = "hydrate")))]
#[wasm_bindgen(start)]
pub fn gallery() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(nexsent_app::GalleryApp);
}
