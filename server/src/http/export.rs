//! Files out: streamed, never whole in memory.

use std::io;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use nexsent_model::{CampaignId, Cursor, Fault, ImportId};
use nexsent_platform::{Error, TenantDb};
use tokio_util::io::ReaderStream;
use tower_sessions::Session;

use super::{Shared, fault::Refusal, session};

fn file(name: &str, body: Body) -> Response {
    let mut res = body.into_response();
    let h = res.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        h.insert(header::CONTENT_DISPOSITION, value);
    }
    res
}

/// The text before `.csv` as an id.
fn id<T: std::str::FromStr>(file: &str) -> Result<T, Refusal> {
    file.strip_suffix(".csv").and_then(|t| t.parse().ok()).ok_or_else(|| Refusal(Fault::not_found("file")))
}

fn broken(error: Error) -> io::Error {
    // The answer has begun: breaking it off is the only way left to say that it is not whole.
    tracing::error!(%error, "an export broke off");
    io::Error::other("the export broke off")
}

/// Every contact.
pub async fn contacts(State(shared): State<Shared>, session: Session) -> Result<Response, Refusal> {
    let tenant = session::tenant(&shared, &session).await?;
    let (header, names) = tenant.contacts_csv_header().await?;
    let rest = stream::try_unfold((tenant, Some(u32::MAX)), move |(tenant, before): (TenantDb, Option<u32>)| {
        let names = names.clone();
        async move {
            let Some(before) = before else { return Ok(None) };
            let (lines, next) = tenant.contacts_csv(&names, before).await.map_err(broken)?;
            io::Result::Ok(Some((lines, (tenant, next))))
        }
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(header) }), rest);
    Ok(file("contacts.csv", Body::from_stream(body)))
}

/// The audit log, newest first.
pub async fn audit(State(shared): State<Shared>, session: Session) -> Result<Response, Refusal> {
    let tenant = session::tenant(&shared, &session).await?;
    let (first, next) = tenant.audit_csv(None).await?;
    let rest = stream::try_unfold((tenant, next), move |(tenant, after): (TenantDb, Option<Cursor>)| async move {
        let Some(after) = after else { return Ok(None) };
        let (lines, next) = tenant.audit_csv(Some(after)).await.map_err(broken)?;
        io::Result::Ok(Some((lines, (tenant, next))))
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(first) }), rest);
    Ok(file("audit.csv", Body::from_stream(body)))
}

/// Who received a campaign.
pub async fn ledger(State(shared): State<Shared>, session: Session, Path(name): Path<String>) -> Result<Response, Refusal> {
    let campaign: CampaignId = id(&name)?;
    let tenant = session::tenant(&shared, &session).await?;
    // The first piece before the answer begins: a campaign that is not there is a 404.
    let (first, next) = tenant.ledger_csv(&campaign, None).await?;
    let rest = stream::try_unfold((tenant, next), move |(tenant, after): (TenantDb, Option<Cursor>)| {
        let campaign = campaign.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let (lines, next) = tenant.ledger_csv(&campaign, Some(after)).await.map_err(broken)?;
            io::Result::Ok(Some((lines, (tenant, next))))
        }
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(first) }), rest);
    Ok(file("recipients.csv", Body::from_stream(body)))
}

/// The rejected rows of an import, with their reasons.
pub async fn rejected(State(shared): State<Shared>, session: Session, Path(name): Path<String>) -> Result<Response, Refusal> {
    let import: ImportId = id(&name)?;
    let tenant = session::tenant(&shared, &session).await?;
    let path = tenant.rejected_file(&import).await?;
    let open = tokio::fs::File::open(path).await.map_err(|_| Refusal(Fault::not_found("file")))?;
    Ok(file("rejected.csv", Body::from_stream(ReaderStream::new(open))))
}
