//! HTTP: what stands in front of everything, and the routes.
//!
//! From the outside in: panics caught, request id, log line, security headers, hosts that are recipients' alone, the caller's address, rate limit, CSRF, body
//! limit, language, session, rate limit per member, route. Pages and server functions are the app's; the rest is one file an area.

pub(crate) mod assets;
mod client;
mod consent;
mod export;
mod fault;
mod health;
mod host;
mod language;
mod limits;
mod live;
mod logo;
pub(crate) mod metrics;
mod pages;
mod preview;
mod public;
mod security;
mod session;
mod upload;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::HeaderName,
    middleware,
    routing::{get, post},
    serve::ListenerExt,
};
use leptos::config::LeptosOptions;
use nexsent_app::server_ctx::Services;
use nexsent_platform::RecipientPage;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    services::ServeDir,
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::config::Config;

/// The largest body of a server function: a campaign's HTML with room to spare.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// How long a browser stays signed in without a visit.
const SESSION_DAYS: i64 = 14;

/// What every handler has.
#[derive(Clone)]
pub struct Shared {
    pub services: Services,
    pub config: Arc<Config>,
    pub leptos: LeptosOptions,
    pub limits: limits::Limits,
    pub stopping: CancellationToken,
}

impl axum::extract::FromRef<Shared> for LeptosOptions {
    fn from_ref(shared: &Shared) -> Self {
        shared.leptos.clone()
    }
}

/// Serves until the stop, then lets running requests end.
pub fn serve(listener: TcpListener, config: Config, services: Services, stop: CancellationToken) -> JoinHandle<()> {
    nexsent_app::server_ctx::speak();
    let shared =
        Shared { leptos: leptos_options(&config), services, config: Arc::new(config), limits: limits::Limits::default(), stopping: stop.clone() };
    let sweep = shared.limits.clone();
    let swept = stop.clone();
    tokio::spawn(async move {
        while tokio::time::timeout(Duration::from_secs(60), swept.cancelled()).await.is_err() {
            sweep.sweep();
        }
    });
    let app = router(shared).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        // Pages go out in pieces: without this each waits for the other side's delayed acknowledgement, 40 ms.
        let listener = listener.tap_io(|tcp| {
            if let Err(error) = tcp.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY");
            }
        });
        let served = axum::serve(listener, app).with_graceful_shutdown(async move { stop.cancelled().await }).await;
        if let Err(error) = served {
            tracing::error!(%error, "the HTTP listener ended");
        }
    })
}

fn leptos_options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("nexsent")
        .site_root(config.http.site_root.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(config.http.listen)
        .env(leptos::config::Env::PROD)
        .build()
}

fn router(shared: Shared) -> Router {
    let store = shared.services.platform.session_store();
    let sessions = SessionManagerLayer::new(store)
        .with_name("nexsent")
        .with_http_only(true)
        .with_secure(shared.config.http.is_https())
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(tower_sessions::cookie::time::Duration::days(SESSION_DAYS)));
    let pkg = std::path::Path::new(&*shared.leptos.site_root).to_path_buf();
    let assets = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(shared.services.public.assets.version.clone(), assets::keep))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"))))
        .service(ServeDir::new(pkg.join("pkg")).precompressed_br().precompressed_gzip());

    // Behind the session: the pages, their server functions, the socket, files in and out.
    let inside = pages::routes(&shared)
        .route("/api/{*function}", post(pages::server_function).get(pages::server_function))
        .route("/live", get(live::connect))
        .route("/sign-out", post(session::sign_out))
        .route("/upload/import", post(upload::import).layer(DefaultBodyLimit::disable()))
        .route("/upload/logo", post(logo::upload).layer(DefaultBodyLimit::disable()))
        .route("/logo", get(logo::own))
        .route("/preview/{campaign}", get(preview::campaign))
        .route("/export/contacts.csv", get(export::contacts))
        .route("/export/lists.csv", get(export::lists))
        .route("/export/segments.csv", get(export::segments))
        .route("/export/campaigns.csv", get(export::campaigns))
        .route("/export/suppressions.csv", get(export::suppressions))
        .route("/export/audit.csv", get(export::audit))
        .route("/export/ledger/{file}", get(export::ledger))
        .route("/export/rejected/{file}", get(export::rejected))
        .layer(middleware::from_fn_with_state(shared.clone(), session::touch))
        .layer(middleware::from_fn(limits::by_length))
        .layer(middleware::from_fn_with_state(shared.clone(), limits::by_member))
        .layer(sessions)
        .layer(DefaultBodyLimit::max(BODY_LIMIT));

    // Nobody is signed in here: recipients, their mail providers, finders of holes, monitors.
    let outside = Router::new()
        .route("/t/o/{token}", get(public::open))
        .route("/t/c/{token}", get(public::click))
        .route("/u/{token}", get(consent::unsubscribe).post(public::unsubscribe))
        .route("/u/{token}/logo.png", get(|s, p| consent::logo(s, p, RecipientPage::Unsubscribe)))
        .route("/v/{token}", get(public::view))
        .route("/f/{form}", get(consent::form).post(consent::submit))
        .route("/f/{form}/done", get(consent::form_done))
        .route("/f/{form}/style.css", get(consent::form_style))
        .route("/f/{form}/logo.png", get(|s, p| consent::logo(s, p, RecipientPage::Form)))
        .route("/c/{token}", get(consent::opt_in).post(consent::confirm))
        .route("/c/{token}/logo.png", get(|s, p| consent::logo(s, p, RecipientPage::OptIn)))
        .route("/p/{token}", get(consent::preferences).post(consent::save_preferences))
        .route("/p/{token}/{what}", post(consent::act))
        .route("/p/{token}/logo.png", get(|s, p| consent::logo(s, p, RecipientPage::Preferences)))
        .route("/e/{token}", get(consent::erase_page).post(consent::erase))
        .route("/e/{token}/logo.png", get(|s, p| consent::logo(s, p, RecipientPage::Erasure)))
        .route("/.well-known/security.txt", get(public::security_txt))
        .route("/language", post(language::choose))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .layer(DefaultBodyLimit::max(64 * 1024));

    let request_id = HeaderName::from_static("x-request-id");
    let trace = TraceLayer::new_for_http().make_span_with(|req: &Request| {
        // The route, not the path: tokens are in paths.
        let route = req.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
        let id = req.headers().get("x-request-id").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        tracing::info_span!("request", method = %req.method(), route, id)
    });
    let mut app = outside
        .merge(inside)
        .layer(middleware::from_fn(language::answer))
        .nest_service("/pkg", assets)
        .route_service("/favicon.svg", tower_http::services::ServeFile::new(pkg.join("favicon.svg")))
        .layer(middleware::from_fn(security::csrf))
        .layer(middleware::from_fn_with_state(shared.clone(), limits::by_address))
        .layer(middleware::from_fn_with_state(shared.clone(), client::remember))
        .layer(middleware::from_fn_with_state(shared.clone(), host::by_host))
        .layer(middleware::from_fn(security::headers));
    if shared.config.http.is_https() {
        app = app.layer(middleware::from_fn(security::hsts));
    }
    app.layer(trace)
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .layer(CatchPanicLayer::new())
        .with_state(shared)
}
