//! What server functions get from the server: put into the context of every request.

use std::{net::IpAddr, sync::Arc};

use leptos::prelude::{expect_context, use_context};
use nexsent_mail::dns::Resolver;
use nexsent_model::{MemberId, accounts::Me};
use nexsent_platform::{Error, GateDb, Platform, SignedIn, TenantDb};
use tower_sessions::Session;

use crate::AppError;

/// The services behind the pages.
#[derive(Clone)]
pub struct Services {
    pub platform: Platform,
    pub resolver: Resolver,
    /// Wakes a job of the background actor.
    pub nudge: Arc<dyn Fn(Nudge) + Send + Sync>,
    pub public: PublicConfig,
}

/// What everybody may know of the instance.
#[derive(Clone, Debug)]
pub struct PublicConfig {
    pub base_url: String,
    pub instance_name: String,
    pub sign_up_open: bool,
}

/// Which job may have something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    SystemMail,
    Imports,
    Campaigns,
    Domains,
    Tracking,
}

/// Who is calling, behind trusted proxies.
#[derive(Clone, Copy, Debug)]
pub struct ClientIp(pub IpAddr);

/// The session's key for the member who is signed in.
const MEMBER: &str = "member";

pub(crate) fn services() -> Services {
    expect_context::<Services>()
}

pub(crate) fn gate() -> GateDb {
    services().platform.gate()
}

pub(crate) fn nudge(what: Nudge) {
    (services().nudge)(what);
}

pub(crate) fn client_ip() -> IpAddr {
    let parts = use_context::<http::request::Parts>();
    parts.and_then(|p| p.extensions.get::<ClientIp>().map(|c| c.0)).unwrap_or(IpAddr::from([0, 0, 0, 0]))
}

fn session() -> Option<Session> {
    use_context::<http::request::Parts>().and_then(|p| p.extensions.get::<Session>().cloned())
}

/// Who is signed in, found before the page is rendered.
pub(crate) fn viewer() -> Option<Me> {
    page_tenant().map(|t| t.me().clone())
}

fn page_tenant() -> Option<TenantDb> {
    use_context::<http::request::Parts>().and_then(|p| p.extensions.get::<TenantDb>().cloned())
}

/// The workspace of the caller.
///
/// # Errors
/// `SignedOut` when nobody is signed in.
pub(crate) async fn tenant() -> Result<TenantDb, AppError> {
    if let Some(tenant) = page_tenant() {
        return Ok(tenant);
    }
    let services = services();
    let session = session().ok_or(Error::SignedOut)?;
    let member: Option<MemberId> = session.get(MEMBER).await.ok().flatten();
    let member = member.ok_or(Error::SignedOut)?;
    Ok(services.platform.tenant(&member).await?)
}

/// Signs the browser in: under a new id, so that nobody who knew the old one comes along.
///
/// # Errors
/// When the session cannot be kept.
pub(crate) async fn sign_in_session(who: &SignedIn) -> Result<(), AppError> {
    let failed = |e: tower_sessions::session::Error| Error::Setup(e.to_string());
    let session = session().ok_or(Error::SignedOut)?;
    session.cycle_id().await.map_err(failed)?;
    session.insert(MEMBER, who.member.clone()).await.map_err(failed)?;
    Ok(())
}
