//! What server functions get from the server: put into the context of every request.

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use leptos::{
    WasmSplitManifest,
    prelude::{ArcStoredValue, expect_context, use_context},
};
use leptos_axum::ResponseOptions;
use nexsent_mail::dns::Resolver;
use nexsent_model::{AccountId, Fault, MemberId, accounts::Me};
use nexsent_platform::{Caller, Error, GateDb, Platform, SignedIn, TenantDb};
use nexsent_texts::{Language, t};
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
    /// Where holes are reported: a `mailto:` or https address.
    pub security_contact: String,
    pub assets: Assets,
}

/// The browser's half, as built.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Which build it is of: in its addresses, so that browsers may keep it for good and never mix two.
    pub version: String,
    /// The files, without their ending, of each part that pages load when they are opened.
    pub parts: HashMap<String, Vec<String>>,
}

impl Assets {
    /// The script that loads parts.
    pub(crate) const LOADER: &str = "__wasm_split.js";

    /// Where the build's files are.
    pub(crate) fn folder(&self) -> String {
        format!("/pkg/{}", self.version)
    }

    /// The same for whoever turns the parts that a page used into links.
    pub(crate) fn manifest(&self) -> WasmSplitManifest {
        WasmSplitManifest(ArcStoredValue::new((self.folder(), self.parts.clone(), Self::LOADER.to_owned())))
    }
}

/// Which job may have something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    SystemMail,
    Imports,
    Campaigns,
    Domains,
    Tracking,
    Consent,
    Bulk,
    Duplicates,
}

/// Who is calling, behind trusted proxies.
#[derive(Clone, Copy, Debug)]
pub struct ClientIp(pub IpAddr);

/// The cookie that holds the language somebody has chosen.
pub const LANGUAGE_COOKIE: &str = "nexsent_language";

/// The line that keeps a language in the browser, for a year; `None` takes it away.
#[must_use]
pub fn language_cookie(language: Option<Language>, secure: bool) -> String {
    let (value, age) = language.map_or(("", 0), |l| (l.as_str(), 31_536_000));
    let secure = if secure { "; Secure" } else { "" };
    format!("{LANGUAGE_COOKIE}={value}; Path=/; Max-Age={age}; SameSite=Lax{secure}")
}

/// Puts that line on this request's answer.
pub(crate) fn keep_language(language: Option<Language>) {
    let secure = services().public.base_url.starts_with("https://");
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(line) = http::HeaderValue::from_str(&language_cookie(language, secure))
    {
        response.append_header(http::header::SET_COOKIE, line);
    }
}

/// Where somebody goes who has just been let in, in the language of their account from now on. Texts are loaded once a document: where a
/// running page speaks another one, this gives the address that the whole page is to be loaded from.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn enter(account: &AccountId, to: &str) -> Result<Option<String>, AppError> {
    if let Some(language) = gate().account_language(account).await? {
        keep_language(Some(language));
        let accept = use_context::<http::request::Parts>().and_then(|p| p.headers.get(http::header::ACCEPT).cloned());
        let plain_form = accept.is_some_and(|a| a.to_str().is_ok_and(|a| a.contains("text/html")));
        if language != nexsent_texts::current() && !plain_form {
            return Ok(Some(to.to_owned()));
        }
    }
    leptos_axum::redirect(to);
    Ok(None)
}

/// Lets texts find the language of the request that a page or a server function answers.
pub fn speak() {
    nexsent_texts::set_hook(use_context::<Language>);
}

/// The session's key for the member who is signed in.
const MEMBER: &str = "member";
/// The session's key for the account of whoever is signed in; alone for those who belong to no workspace.
const ACCOUNT: &str = "account";
/// The session's key for the account whose password was right, and until when its code is awaited.
const PENDING: &str = "pending";
const PENDING_SECONDS: i64 = 300;

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

/// Where a request came from, for the audit log and the list of sign-ins.
pub(crate) fn caller() -> Caller {
    use_context::<http::request::Parts>().map(|p| caller_of(&p.extensions, &p.headers)).unwrap_or_default()
}

/// The same, from a request's parts.
#[must_use]
pub fn caller_of(extensions: &http::Extensions, headers: &http::HeaderMap) -> Caller {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    Caller {
        address: extensions.get::<ClientIp>().map(|c| c.0.to_string()),
        device: nexsent_model::team::device_name(text("user-agent").unwrap_or_default()),
        request: text("x-request-id").map(str::to_owned),
        session: extensions.get::<Session>().and_then(Session::id).map(|id| Caller::session_key(&id.to_string())),
    }
}

/// The id of the browser's session, as it is in the cookie; empty where there is none.
pub(crate) fn session_id() -> String {
    session().and_then(|s| s.id()).map(|id| id.to_string()).unwrap_or_default()
}

fn session() -> Option<Session> {
    use_context::<http::request::Parts>().and_then(|p| p.extensions.get::<Session>().cloned())
}

/// Who is signed in, found before the page is rendered.
pub(crate) fn viewer() -> Option<Me> {
    page_tenant().map(|t| t.me().clone())
}

/// Where the events of the viewer's workspace stand: a page that is rendered from here on goes on from there.
pub(crate) fn event_position() -> Option<(String, u64)> {
    page_tenant().map(|t| t.event_position())
}

fn page_tenant() -> Option<TenantDb> {
    use_context::<http::request::Parts>().and_then(|p| p.extensions.get::<TenantDb>().cloned())
}

/// The workspace of the caller.
///
/// # Errors
/// `SignedOut` when nobody is signed in; `Forbidden` while the account lacks the second factor that the workspace requires.
pub(crate) async fn tenant() -> Result<TenantDb, AppError> {
    let tenant = account_tenant().await?;
    tenant.check_enrolled()?;
    Ok(tenant)
}

/// The same for what an account does with itself, such as setting up its second factor.
///
/// # Errors
/// `SignedOut` when nobody is signed in.
pub(crate) async fn account_tenant() -> Result<TenantDb, AppError> {
    if let Some(tenant) = page_tenant() {
        return Ok(tenant);
    }
    let services = services();
    let session = session().ok_or(Error::SignedOut)?;
    let member: Option<MemberId> = session.get(MEMBER).await.ok().flatten();
    let member = member.ok_or(Error::SignedOut)?;
    Ok(services.platform.tenant(&member).await?.with_caller(caller()))
}

/// Signs the browser in: under a new id, so that nobody who knew the old one comes along.
///
/// # Errors
/// When the session cannot be kept.
pub(crate) async fn sign_in_session(who: &SignedIn) -> Result<(), AppError> {
    let failed = |e: tower_sessions::session::Error| Error::Setup(e.to_string());
    let session = session().ok_or(Error::SignedOut)?;
    session.cycle_id().await.map_err(failed)?;
    drop(session.remove::<(AccountId, i64)>(PENDING).await);
    session.insert(MEMBER, who.member.clone()).await.map_err(failed)?;
    session.insert(ACCOUNT, who.account.clone()).await.map_err(failed)?;
    let caller = caller();
    session.insert("device", caller.device).await.map_err(failed)?;
    session.insert("address", caller.address).await.map_err(failed)?;
    Ok(())
}

/// Signs in somebody who belongs to no workspace.
///
/// # Errors
/// When the session cannot be kept.
pub(crate) async fn sign_in_nowhere(account: &AccountId) -> Result<(), AppError> {
    let failed = |e: tower_sessions::session::Error| Error::Setup(e.to_string());
    let session = session().ok_or(Error::SignedOut)?;
    session.cycle_id().await.map_err(failed)?;
    // What was of another type or not there is gone all the same.
    drop(session.remove::<MemberId>(MEMBER).await);
    drop(session.remove::<(AccountId, i64)>(PENDING).await);
    session.insert(ACCOUNT, account.clone()).await.map_err(failed)?;
    let caller = caller();
    session.insert("device", caller.device).await.map_err(failed)?;
    session.insert("address", caller.address).await.map_err(failed)?;
    Ok(())
}

/// Remembers whose password was right, until the code of the second factor comes.
///
/// # Errors
/// When the session cannot be kept.
pub(crate) async fn keep_pending(account: &AccountId) -> Result<(), AppError> {
    let failed = |e: tower_sessions::session::Error| Error::Setup(e.to_string());
    let session = session().ok_or(Error::SignedOut)?;
    session.cycle_id().await.map_err(failed)?;
    let until = chrono::Utc::now().timestamp() + PENDING_SECONDS;
    session.insert(PENDING, (account.clone(), until)).await.map_err(failed)?;
    Ok(())
}

/// Whose second factor is awaited.
///
/// # Errors
/// A fault when nobody's is, or no longer.
pub(crate) async fn pending() -> Result<AccountId, AppError> {
    let session = session().ok_or(Error::SignedOut)?;
    let kept: Option<(AccountId, i64)> = session.get(PENDING).await.ok().flatten();
    match kept {
        Some((account, until)) if until > chrono::Utc::now().timestamp() => Ok(account),
        _ => Err(Fault::field("code", t!("accounts-code-too-late")).into()),
    }
}

/// Who is signed in, whatever the workspace requires.
///
/// Nobody being so is no error here: it must not become the answer's status.
pub(crate) async fn signed_in_account() -> Option<AccountId> {
    if let Some(tenant) = page_tenant() {
        return Some(tenant.me().account.clone());
    }
    let session = session()?;
    match session.get::<MemberId>(MEMBER).await.ok().flatten() {
        Some(member) => services().platform.tenant(&member).await.ok().map(|t| t.me().account.clone()),
        // Somebody who belongs to no workspace is signed in, too.
        None => session.get(ACCOUNT).await.ok().flatten(),
    }
}
