//! Rate limits: per address, tighter for signing in, and per member.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DashMapStateStore,
};
use nexsent_app::server_ctx::ClientIp;
use nexsent_model::{Fault, FaultCode};
use nexsent_texts::{t, within_sync};
use tower_sessions::Session;

use super::{BODY_LIMIT, Shared, fault::Refusal, language};

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock>;

/// The limiters of one server.
#[derive(Clone)]
pub struct Limits {
    address: Arc<Keyed<IpAddr>>,
    entry: Arc<Keyed<IpAddr>>,
    member: Arc<Keyed<String>>,
    form: Arc<Keyed<(String, IpAddr)>>,
    bare_form: Arc<Keyed<(String, IpAddr)>>,
}

const fn per_second(n: u32, burst: u32) -> Quota {
    match (NonZeroU32::new(n), NonZeroU32::new(burst)) {
        (Some(n), Some(burst)) => Quota::per_second(n).allow_burst(burst),
        _ => panic!("limits are positive"),
    }
}

const fn per_minute(n: u32, burst: u32) -> Quota {
    match (NonZeroU32::new(n), NonZeroU32::new(burst)) {
        (Some(n), Some(burst)) => Quota::per_minute(n).allow_burst(burst),
        _ => panic!("limits are positive"),
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Mail providers fetch pixels and links for many people from few addresses: wide enough for them.
            address: Arc::new(RateLimiter::keyed(per_second(400, 2000))),
            // Signing in, signing up, resetting: one every two seconds, a few dozen at once for an office behind one address.
            entry: Arc::new(RateLimiter::keyed(per_second(1, 40))),
            member: Arc::new(RateLimiter::keyed(per_second(100, 600))),
            // A sign-up form from one address: a stand at a fair fits, a machine does not.
            form: Arc::new(RateLimiter::keyed(per_minute(20, 20))),
            // The same from another site's plain HTML, which shows no sign of having been looked at.
            bare_form: Arc::new(RateLimiter::keyed(per_minute(6, 6))),
        }
    }
}

impl Limits {
    /// Forgets callers that have been quiet; run it from time to time.
    pub fn sweep(&self) {
        self.address.retain_recent();
        self.entry.retain_recent();
        self.member.retain_recent();
        self.form.retain_recent();
        self.bare_form.retain_recent();
    }

    /// How long an address must wait before it sends a form in again; `shown`: the form came from our page.
    pub fn form(&self, form: &str, ip: Option<ClientIp>, shown: bool) -> Option<Duration> {
        let key = (form.to_owned(), ip.map_or(IpAddr::from([0, 0, 0, 0]), |i| i.0));
        let limiter = if shown { &self.form } else { &self.bare_form };
        limiter.check_key(&key).err().map(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}

fn too_many(wait: Duration) -> Response {
    let seconds = wait.as_secs() + 1;
    let mut res = Refusal(Fault::new(FaultCode::TooMany, t!("fault-too-many-requests", seconds = seconds))).into_response();
    res.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    res
}

fn check<K: Clone + Eq + std::hash::Hash>(limiter: &Keyed<K>, key: &K) -> Option<Response> {
    limiter.check_key(key).err().map(|until| too_many(until.wait_time_from(DefaultClock::default().now())))
}

/// Paths on which a stranger can try secrets.
fn is_entry(path: &str) -> bool {
    [
        "/api/sign",
        "/api/setup",
        "/api/complete_setup",
        "/api/request_reset",
        "/api/reset",
        "/api/confirm",
        "/api/invitation",
        "/api/accept",
        "/api/not_me",
        "/api/prove",
    ]
    .iter()
    .any(|p| path.starts_with(p))
}

/// Refuses a server function's body that is too large before it is read: afterwards it would look like our mistake.
pub async fn by_length(req: Request, next: Next) -> Response {
    let length = req.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    if req.uri().path().starts_with("/api/") && length.is_some_and(|n| n > BODY_LIMIT) {
        let text = t!("fault-body-large", megabytes = BODY_LIMIT / 1024 / 1024);
        return Refusal(Fault::new(FaultCode::TooLarge, text)).into_response();
    }
    next.run(req).await
}

/// Per address.
pub async fn by_address(State(shared): State<Shared>, req: Request, next: Next) -> Response {
    if let Some(ClientIp(ip)) = req.extensions().get().copied() {
        let limits = &shared.limits;
        let entry = || is_entry(req.uri().path()).then(|| check(&limits.entry, &ip)).flatten();
        // In front of the layer that finds out the language.
        let refused = within_sync(language::wanted(req.headers()), || check(&limits.address, &ip).or_else(entry));
        if let Some(res) = refused {
            return res;
        }
    }
    next.run(req).await
}

/// Per member; runs inside the session layer.
pub async fn by_member(State(shared): State<Shared>, session: Session, req: Request, next: Next) -> Response {
    // Files need no session: reading one for them would cost a look-up each.
    if !req.uri().path().starts_with("/pkg/")
        && let Ok(Some(member)) = session.get::<String>("member").await
        && let Some(res) = check(&shared.limits.member, &member)
    {
        return res;
    }
    next.run(req).await
}
