//! What recipients and their mail clients reach: pixel, links, the one-click unsubscribe, the message as a page.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use nexsent_app::server_ctx::Nudge;

use super::{Shared, fault::Refusal, security};

/// A transparent GIF of one pixel.
const PIXEL: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The open pixel. A token that is not ours gets the pixel too: there is nothing to find out here.
pub async fn open(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    match shared.services.platform.gate().track_open(&token).await {
        Ok(()) => (shared.services.nudge)(Nudge::Tracking),
        Err(error) => tracing::debug!(%error, "a pixel that is not ours"),
    }
    ([(header::CONTENT_TYPE, "image/gif"), (header::CACHE_CONTROL, "no-store, private")], PIXEL).into_response()
}

/// A tracked link: on to where the campaign's author pointed, and nowhere else.
pub async fn click(State(shared): State<Shared>, Path(token): Path<String>) -> Result<Response, Refusal> {
    let clicked = shared.services.platform.gate().track_click(&token).await?;
    (shared.services.nudge)(Nudge::Tracking);
    let mut res = Redirect::to(&clicked.url).into_response();
    // The page it leads to does not learn the token.
    res.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(res)
}

/// Unsubscribes: the one-click POST of a mail provider (RFC 8058), and the page's button.
pub async fn unsubscribe(State(shared): State<Shared>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    shared.services.platform.gate().unsubscribe(&token).await?;
    (shared.services.nudge)(Nudge::Tracking);
    let browser = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|a| a.contains("text/html"));
    // A provider wants a plain 200; a person wants to see that it is done.
    Ok(if browser { Redirect::to(&format!("/u/{token}")).into_response() } else { (StatusCode::OK, "unsubscribed\n").into_response() })
}

/// The message as a page: a tenant's HTML, in a sandbox.
pub async fn view(State(shared): State<Shared>, Path(token): Path<String>) -> Result<Response, Refusal> {
    let html = shared.services.platform.gate().view_in_browser(&token).await?;
    let headers =
        [(header::CONTENT_SECURITY_POLICY, security::TENANT_HTML), (header::REFERRER_POLICY, "no-referrer"), (header::X_FRAME_OPTIONS, "DENY")];
    Ok((headers, Html(html)).into_response())
}
