//! The wasm entry: hydrates the app that the server has rendered, nothing else. With `csr`, the gallery on its own.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the module and the texts of its language are loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen]
pub fn hydrate(language: &str, texts: String) {
    console_error_panic_hook::set_once();
    #[cfg(target_arch = "wasm32")]
    drop(nexsent_texts::install(language.parse().unwrap_or_default(), texts));
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (language, texts);
    leptos::mount::hydrate_body(nexsent_app::App);
}

/// The gallery, as Trunk serves it.
#[cfg(all(feature = "csr", not(feature = "hydrate")))]
#[wasm_bindgen(start)]
pub fn gallery() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(nexsent_app::GalleryApp);
}
