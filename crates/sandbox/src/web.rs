//! The web server: pages to look at, and JSON for tests. It acts as a recipient's mail client where it is told to.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use mail_parser::MessageParser;
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    page,
    store::{Received, Stats, Store},
    zone::{Entry, Fault, Zone},
};

#[derive(Clone)]
struct Shared {
    zone: Arc<Zone>,
    store: Arc<Store>,
}

#[derive(Deserialize)]
struct ListQuery {
    #[serde(default)]
    to: String,
    limit: Option<usize>,
}

#[derive(Deserialize)]
struct Record {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
struct Faulty {
    name: String,
    fault: String,
}

/// A message in JSON.
#[derive(Serialize)]
pub(crate) struct View {
    pub id: u64,
    pub from: String,
    pub to: String,
    pub at: String,
    pub tls: bool,
    pub subject: String,
    pub headers: String,
    pub text: String,
    pub html: String,
    /// The addresses in the HTML's links, in order.
    pub links: Vec<String>,
}

pub(crate) fn view(m: &Received) -> View {
    let parsed = MessageParser::default().parse(m.raw.as_slice());
    let body = |f: fn(&mail_parser::Message<'_>) -> Option<String>| parsed.as_ref().and_then(f).unwrap_or_default();
    let html = body(|p| p.body_html(0).map(std::borrow::Cow::into_owned));
    let end = m.raw.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(m.raw.len());
    View {
        id: m.id,
        from: m.from.clone(),
        to: m.to.clone(),
        at: m.at.to_rfc3339(),
        tls: m.tls,
        subject: body(|p| p.subject().map(str::to_owned)),
        headers: String::from_utf8_lossy(&m.raw[..end]).into_owned(),
        text: body(|p| p.body_text(0).map(std::borrow::Cow::into_owned)),
        links: links(&html),
        html,
    }
}

fn links(html: &str) -> Vec<String> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(|l| l.replace("&amp;", "&")).collect()
}

async fn list(State(s): State<Shared>, Query(q): Query<ListQuery>) -> Json<Vec<View>> {
    Json(s.store.list(&q.to, q.limit.unwrap_or(50)).iter().map(view).collect())
}

async fn one(State(s): State<Shared>, Path(id): Path<u64>) -> Result<Json<View>, StatusCode> {
    s.store.get(id).map(|m| Json(view(&m))).ok_or(StatusCode::NOT_FOUND)
}

async fn raw(State(s): State<Shared>, Path(id): Path<u64>) -> Result<Response, StatusCode> {
    let m = s.store.get(id).ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], m.raw.as_ref().clone()).into_response())
}

async fn stats(State(s): State<Shared>) -> Json<Stats> {
    Json(s.store.stats())
}

async fn clear(State(s): State<Shared>) -> StatusCode {
    s.store.clear();
    StatusCode::NO_CONTENT
}

async fn zone(State(s): State<Shared>) -> Json<Vec<Entry>> {
    Json(s.zone.entries())
}

async fn publish(State(s): State<Shared>, Json(r): Json<Record>) -> StatusCode {
    s.zone.publish(&r.name, &r.kind, &r.value);
    StatusCode::NO_CONTENT
}

async fn publish_form(State(s): State<Shared>, Form(r): Form<Record>) -> Redirect {
    s.zone.publish(&r.name, &r.kind, &r.value);
    Redirect::to("/dns")
}

async fn remove(State(s): State<Shared>, Query(r): Query<Record>) -> StatusCode {
    s.zone.remove(&r.name, &r.kind);
    StatusCode::NO_CONTENT
}

async fn fault(State(s): State<Shared>, Json(f): Json<Faulty>) -> StatusCode {
    let fault = match f.fault.as_str() {
        "timeout" => Some(Fault::Timeout),
        "servfail" => Some(Fault::Servfail),
        _ => None,
    };
    s.zone.fault(&f.name, fault);
    StatusCode::NO_CONTENT
}

async fn inbox(State(s): State<Shared>, Query(q): Query<ListQuery>) -> Html<String> {
    Html(page::inbox(&s.store.mailboxes(), &q.to, &s.store.list(&q.to, 100).iter().map(view).collect::<Vec<_>>()))
}

async fn message(State(s): State<Shared>, Path(id): Path<u64>) -> Result<Html<String>, StatusCode> {
    s.store.get(id).map(|m| Html(page::message(&view(&m)))).ok_or(StatusCode::NOT_FOUND)
}

async fn html(State(s): State<Shared>, Path(id): Path<u64>) -> Result<Response, StatusCode> {
    let m = s.store.get(id).ok_or(StatusCode::NOT_FOUND)?;
    let policy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'";
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(view(&m).html)).into_response())
}

async fn dns(State(s): State<Shared>) -> Html<String> {
    Html(page::dns(&s.zone.entries()))
}

pub(crate) fn serve(listener: TcpListener, zone_: Arc<Zone>, store: Arc<Store>, stop: CancellationToken) -> JoinHandle<()> {
    let app = Router::new()
        .route("/", get(inbox))
        .route("/messages/{id}", get(message))
        .route("/messages/{id}/html", get(html))
        .route("/dns", get(dns).post(publish_form))
        .route("/api/messages", get(list).delete(clear))
        .route("/api/messages/{id}", get(one))
        .route("/api/messages/{id}/raw", get(raw))
        .route("/api/stats", get(stats))
        .route("/api/dns", get(zone).post(publish).delete(remove))
        .route("/api/dns/fault", post(fault))
        .with_state(Shared { zone: zone_, store });
    tokio::spawn(async move {
        let served = axum::serve(listener, app).with_graceful_shutdown(async move { stop.cancelled().await }).await;
        if let Err(error) = served {
            tracing::error!(%error, "the sandbox's web server ended");
        }
    })
}
