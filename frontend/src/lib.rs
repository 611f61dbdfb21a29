//! The wasm entry: hydrates the app that the server has rendered, nothing else. With `csr`, the gallery on its own.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page once the module is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(nexsent_app::App);
}

/// The gallery, as Trunk serves it.
#[cfg(all(feature = "csr", not(feature = "hydrate")))]
#[wasm_bindgen(start)]
pub fn gallery() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(nexsent_app::GalleryApp);
}
