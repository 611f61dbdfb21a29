//! What recipients and their mail clients reach: pixel, links, the one-click unsubscribe, the message as a page. And whom to tell of a
//! hole.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::{Duration, SecondsFormat, Utc};
use nexsent_app::server_ctx::Nudge;

use super::{Shared, fault::Refusal, security};

/// A transparent GIF of one pixel.
const PIXEL: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
/// How long security.txt may be believed; RFC 9116 §2.5.5 asks for less than a year.
const SECURITY_TXT_DAYS: i64 = 180;

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

/// Whom to tell of a hole (RFC 9116). Made anew for every request: a file would be out of date some day.
pub async fn security_txt(State(shared): State<Shared>) -> Response {
    let public = &shared.services.public;
    let expires = (Utc::now() + Duration::days(SECURITY_TXT_DAYS)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut text = format!("Contact: {}\nExpires: {expires}\nPreferred-Languages: en\n", public.security_contact);
    // Both must be https addresses (§2.5.2, §2.5.7), which an instance on plain http, such as the demo, does not have.
    if shared.config.http.is_https() {
        text.push_str(&format!("Canonical: {0}/.well-known/security.txt\nPolicy: {0}/security\n", public.base_url));
    }
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
