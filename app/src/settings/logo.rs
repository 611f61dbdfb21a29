//! The workspace's logo: chosen, shown, taken away.

use leptos::prelude::*;
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::{Brand, me},
    ui::{Message, toast},
};

/// Sends the chosen file as the body of a request.
#[cfg(any(feature = "hydrate", feature = "csr"))]
async fn upload(file: web_sys::File) -> Result<(), AppError> {
    use nexsent_model::{Fault, FaultCode};
    let offline = || AppError(Fault::new(FaultCode::Unavailable, t!("settings-logo-offline")));
    // Refused here already: the server would close the connection before it has read the whole of a large file.
    if file.size() > 1024.0 * 1024.0 {
        return Err(AppError(Fault::field("logo", t!("settings-logo-large"))));
    }
    let request = gloo_net::http::Request::post("/upload/logo").body(wasm_bindgen::JsValue::from(file)).map_err(|_| offline())?;
    let answer = request.send().await.map_err(|_| offline())?;
    if answer.ok() {
        return Ok(());
    }
    let text = answer.text().await.map_err(|_| offline())?;
    Err(serde_json::from_str::<Fault>(&text).map_or_else(|_| offline(), AppError))
}

#[component]
pub(super) fn Logo() -> impl IntoView {
    let brand = expect_context::<Brand>();
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let note = toast::notifier();
    let chosen = move |ev: leptos::ev::Targeted<leptos::ev::Event, leptos::web_sys::HtmlInputElement>| {
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        if let Some(file) = ev.target().files().and_then(|f| f.get(0)) {
            let input = ev.target();
            busy.set(true);
            error.set(None);
            leptos::task::spawn_local(async move {
                match upload(file).await {
                    Ok(()) => {
                        note(t!("settings-logo-set"), false);
                        brand.refresh();
                    }
                    Err(e) => error.set(Some(e)),
                }
                // The same file can be chosen again.
                input.set_value("");
                busy.set(false);
            });
        }
        #[cfg(not(any(feature = "hydrate", feature = "csr")))]
        let _ = (ev, note);
    };
    let remove = Action::new(move |(): &()| async move {
        match api::remove_logo().await {
            Ok(()) => brand.refresh(),
            Err(e) => error.set(Some(e)),
        }
    });
    let admin = me().role.can_admin();
    let has = move || brand.with(|me| me.logo.clone());
    view! {
        <div class="field logo">
            <span class="label">{t!("settings-logo")}</span>
            <div class="row">
                {move || has().map(|mark| view! { <img src=format!("/logo?v={mark}") alt=t!("settings-logo-alt") /> })}
                {admin.then(|| view! {
                    <label class="button">
                        {move || if busy.get() { t!("settings-logo-uploading") } else { t!("settings-logo-choose") }}
                        <input type="file" name="logo" class="unseen" accept="image/png,image/jpeg,image/webp" disabled=move || busy.get() on:change:target=chosen />
                    </label>
                })}
                {move || (admin && has().is_some()).then(|| view! { <button type="button" class="quiet" on:click=move |_| { remove.dispatch(()); }>{t!("settings-logo-remove")}</button> })}
            </div>
            <p class="hint">{t!("settings-logo-hint")}</p>
            <Message error />
        </div>
    }
}
