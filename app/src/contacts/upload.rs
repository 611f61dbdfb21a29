//! Sends a file as the body of a request, and says how far it is: `fetch` cannot tell, so this is the older way.

use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use nexsent_model::{Fault, FaultCode, ImportId};
use nexsent_texts::t;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use crate::AppError;

#[derive(serde::Deserialize)]
struct Uploaded {
    id: ImportId,
}

/// Uploads `body` under a name. `percent` grows to 100 while it is sent; leaving the page stops it.
///
/// # Errors
/// What the server refuses; [`FaultCode::Unavailable`] where the connection broke.
pub(super) async fn upload(name: &str, body: &Blob, percent: RwSignal<u64>) -> Result<ImportId, AppError> {
    let offline = || AppError(Fault::new(FaultCode::Unavailable, t!("contacts-import-offline")));
    let request = XmlHttpRequest::new().map_err(|_| offline())?;
    request.open("POST", "/upload/import").map_err(|_| offline())?;
    request.set_request_header("x-file-name", &String::from(js_sys::encode_uri_component(name))).map_err(|_| offline())?;
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |ev: ProgressEvent| {
        if ev.length_computable() && ev.total() > 0.0 {
            percent.try_set((ev.loaded() * 100.0 / ev.total()) as u64);
        }
    });
    if let Ok(sending) = request.upload() {
        sending.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    }
    // Loaded, refused, broken off: each ends it once.
    let (end, ended) = oneshot::channel::<()>();
    let end = Rc::new(RefCell::new(Some(end)));
    let over = Closure::<dyn Fn()>::new(move || {
        if let Some(end) = end.borrow_mut().take() {
            let _ = end.send(());
        }
    });
    request.set_onloadend(Some(over.as_ref().unchecked_ref()));
    request.send_with_opt_blob(Some(body)).map_err(|_| offline())?;
    let _ = ended.await;
    let (status, text) = (request.status().unwrap_or(0), request.response_text().ok().flatten().unwrap_or_default());
    match status {
        200..300 => serde_json::from_str::<Uploaded>(&text).map(|u| u.id).map_err(|_| offline()),
        0 => Err(offline()),
        _ => Err(serde_json::from_str::<Fault>(&text).map_or_else(|_| offline(), AppError)),
    }
}
