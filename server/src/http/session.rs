//! The browser's session outside the pages: signing out, and keeping device and last visit.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use nexsent_model::{Fault, FaultCode, MemberId};
use nexsent_platform::TenantDb;
use tower_sessions::Session;

use super::{Shared, fault::Refusal};

/// The session's key for the member who is signed in.
pub const MEMBER: &str = "member";
/// The session's key for the browser it belongs to.
const DEVICE: &str = "device";

/// The workspace of the caller, signed in to the database as its member.
///
/// # Errors
/// `SignedOut` when nobody is, or the member was removed.
pub async fn tenant(shared: &Shared, session: &Session) -> Result<TenantDb, Refusal> {
    let signed_out = || Refusal(Fault::new(FaultCode::SignedOut, "Sign in to go on."));
    let member: MemberId = session.get(MEMBER).await.ok().flatten().ok_or_else(signed_out)?;
    Ok(shared.services.platform.tenant(&member).await?)
}

/// Finds out who is signed in before a page is rendered: the whole page is rendered for one member as of one instant.
pub async fn viewer(State(shared): State<Shared>, session: Session, mut req: Request, next: Next) -> Response {
    if let Ok(tenant) = tenant(&shared, &session).await {
        req.extensions_mut().insert(tenant);
    }
    next.run(req).await
}

/// Ends the session, in the database too, and goes to the sign-in page.
pub async fn sign_out(session: Session) -> Response {
    match session.flush().await {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(error) => {
            tracing::error!(%error, "a session could not be ended");
            Refusal(Fault::new(FaultCode::Unavailable, "Signing out did not work. Try again.")).into_response()
        }
    }
}

/// Keeps which browser a session belongs to, once, when somebody signs in with it.
pub async fn touch(State(_): State<Shared>, session: Session, req: Request, next: Next) -> Response {
    let device = req.headers().get(header::USER_AGENT).and_then(|v| v.to_str().ok()).map(|v| v.chars().take(200).collect::<String>());
    let res = next.run(req).await;
    // After the handler: a session that nobody signed in with is not stored at all.
    if let Some(device) = device
        && matches!(session.get::<String>(MEMBER).await, Ok(Some(_)))
        && !matches!(session.get::<String>(DEVICE).await, Ok(Some(_)))
        && let Err(error) = session.insert(DEVICE, device).await
    {
        tracing::warn!(%error, "the device of a session could not be kept");
    }
    res
}
