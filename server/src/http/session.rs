//! The browser's session outside the pages: signing out, and keeping device and last visit.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use nexsent_app::server_ctx::caller_of;
use nexsent_model::{Fault, FaultCode, MemberId};
use nexsent_platform::TenantDb;
use nexsent_texts::t;
use tower_sessions::Session;

use super::{Shared, fault::Refusal};

/// The session's key for the member who is signed in.
pub const MEMBER: &str = "member";
/// The session's key for when it was last used, in steps of five minutes.
const SEEN: &str = "seen";

/// The workspace of the caller, signed in to the database as its member.
///
/// # Errors
/// `SignedOut` when nobody is, or the member was removed.
pub async fn tenant(shared: &Shared, session: &Session) -> Result<TenantDb, Refusal> {
    let signed_out = || Refusal(Fault::new(FaultCode::SignedOut, t!("fault-signed-out")));
    let member: MemberId = session.get(MEMBER).await.ok().flatten().ok_or_else(signed_out)?;
    let tenant = shared.services.platform.tenant(&member).await?;
    tenant.check_enrolled()?;
    Ok(tenant)
}

/// The caller's workspace, on behalf of this request: the audit log says where it came from.
pub struct Member(pub TenantDb);

impl FromRequestParts<Shared> for Member {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Refusal> {
        let session = parts.extensions.get::<Session>().cloned();
        let session = session.ok_or_else(|| Refusal(Fault::new(FaultCode::SignedOut, t!("fault-signed-out"))))?;
        let tenant = tenant(shared, &session).await?;
        Ok(Self(tenant.with_caller(caller_of(&parts.extensions, &parts.headers))))
    }
}

/// Finds out who is signed in before a page is rendered: the whole page is rendered for one member as of one instant.
pub async fn viewer(State(shared): State<Shared>, session: Session, mut req: Request, next: Next) -> Response {
    let member: Option<MemberId> = session.get(MEMBER).await.ok().flatten();
    if let Some(member) = member
        && let Ok(tenant) = shared.services.platform.tenant(&member).await
    {
        let caller = caller_of(req.extensions(), req.headers());
        req.extensions_mut().insert(tenant.with_caller(caller));
    }
    next.run(req).await
}

/// Ends the session, in the database too, and goes to the sign-in page.
pub async fn sign_out(session: Session) -> Response {
    match session.flush().await {
        Ok(()) => Redirect::to("/sign-in").into_response(),
        Err(error) => {
            tracing::error!(%error, "a session could not be ended");
            Refusal(Fault::new(FaultCode::Unavailable, t!("fault-sign-out"))).into_response()
        }
    }
}

/// Keeps when a session was last used, to five minutes: which also lengthens its life.
pub async fn touch(State(_): State<Shared>, session: Session, req: Request, next: Next) -> Response {
    let res = next.run(req).await;
    let now = chrono::Utc::now().timestamp() / 300;
    // After the handler: a session that nobody signed in with is not stored at all.
    if matches!(session.get::<String>(MEMBER).await, Ok(Some(_)))
        && !matches!(session.get::<i64>(SEEN).await, Ok(Some(seen)) if seen == now)
        && let Err(error) = session.insert(SEEN, now).await
    {
        tracing::warn!(%error, "the last visit of a session could not be kept");
    }
    res
}
