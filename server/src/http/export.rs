//! Files out: streamed, never whole in memory.

use std::io;

use axum::{
    body::Body,
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use nexsent_model::{CampaignId, Cursor, Fault, FaultCode, ImportId, bulk::ContactFilter, suppressions::SuppressionQuery, team::AuditQuery};
use nexsent_platform::{Error, TenantDb};
use nexsent_texts::t;
use tokio_util::io::ReaderStream;

use super::{fault::Refusal, session::Member};

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

/// What a view of the contacts shows.
#[derive(Debug, Default, serde::Deserialize)]
pub struct ContactView {
    #[serde(default)]
    q: String,
    #[serde(default)]
    list: String,
    #[serde(default)]
    segment: String,
}

/// The contacts that a view shows, newest first.
pub async fn contacts(Member(tenant): Member, Query(view): Query<ContactView>) -> Result<Response, Refusal> {
    let list = match view.list.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Refusal(Fault::not_found("list")))?),
    };
    let segment = match view.segment.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Refusal(Fault::not_found("segment")))?),
    };
    let numbers = tenant.contacts_to_export(&ContactFilter::View { search: view.q, list, segment }).await?;
    tenant.audit_export("export.contacts", "contacts").await?;
    let (header, names) = tenant.contacts_csv_header().await?;
    let rest = stream::try_unfold((tenant, numbers), move |(tenant, mut numbers)| {
        let names = names.clone();
        async move {
            let lines = tenant.contacts_csv(&names, &mut numbers).await.map_err(broken)?;
            io::Result::Ok(lines.map(|lines| (lines, (tenant, numbers))))
        }
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(header) }), rest);
    Ok(file("contacts.csv", Body::from_stream(body)))
}

/// Every list with its size.
pub async fn lists(Member(tenant): Member) -> Result<Response, Refusal> {
    tenant.audit_export("export.lists", "lists").await?;
    Ok(file("lists.csv", Body::from(tenant.lists_csv().await?)))
}

/// Every segment with its size.
pub async fn segments(Member(tenant): Member) -> Result<Response, Refusal> {
    tenant.audit_export("export.segments", "segments").await?;
    Ok(file("segments.csv", Body::from(tenant.segments_csv().await?)))
}

/// Every campaign with its figures, newest first.
pub async fn campaigns(Member(tenant): Member) -> Result<Response, Refusal> {
    let (first, next) = tenant.campaigns_csv(None).await?;
    tenant.audit_export("export.campaigns", "campaigns").await?;
    let rest = stream::try_unfold((tenant, next), move |(tenant, after): (TenantDb, Option<Cursor>)| async move {
        let Some(after) = after else { return Ok(None) };
        let (lines, next) = tenant.campaigns_csv(Some(after)).await.map_err(broken)?;
        io::Result::Ok(Some((lines, (tenant, next))))
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(first) }), rest);
    Ok(file("campaigns.csv", Body::from_stream(body)))
}

/// What a view of the suppression list shows.
#[derive(Debug, Default, serde::Deserialize)]
pub struct SuppressionView {
    #[serde(default)]
    q: String,
    #[serde(default)]
    reason: String,
}

/// The suppressed addresses that a view shows.
pub async fn suppressions(Member(tenant): Member, Query(view): Query<SuppressionView>) -> Result<Response, Refusal> {
    let query = SuppressionQuery { search: view.q, reason: view.reason.parse().ok(), ..SuppressionQuery::default() };
    let (first, next) = tenant.suppressions_csv(&query).await?;
    tenant.audit_export("export.suppressions", "suppressions").await?;
    let rest = stream::try_unfold((tenant, next), move |(tenant, after): (TenantDb, Option<Cursor>)| {
        let query = SuppressionQuery { after: after.clone(), ..query.clone() };
        async move {
            if after.is_none() {
                return Ok(None);
            }
            let (lines, next) = tenant.suppressions_csv(&query).await.map_err(broken)?;
            io::Result::Ok(Some((lines, (tenant, next))))
        }
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(first) }), rest);
    Ok(file("suppressions.csv", Body::from_stream(body)))
}

/// The filters of the audit log's page, as they stand in its address.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Filters {
    q: String,
    who: String,
    what: String,
    from: String,
    until: String,
}

/// The audit log, newest first, as the page's filters say.
pub async fn audit(Member(tenant): Member, Query(f): Query<Filters>) -> Result<Response, Refusal> {
    let query = AuditQuery { search: f.q, actor: f.who, action: f.what, from: f.from.parse().ok(), until: f.until.parse().ok() };
    let (first, next) = tenant.audit_csv(&query, None).await?;
    tenant.audit_export("export.audit", "audit").await?;
    let rest = stream::try_unfold((tenant, next), move |(tenant, after): (TenantDb, Option<Cursor>)| {
        let query = query.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let (lines, next) = tenant.audit_csv(&query, Some(after)).await.map_err(broken)?;
            io::Result::Ok(Some((lines, (tenant, next))))
        }
    });
    let body = futures::StreamExt::chain(stream::once(async { io::Result::Ok(first) }), rest);
    Ok(file("audit.csv", Body::from_stream(body)))
}

/// Who received a campaign.
pub async fn ledger(Member(tenant): Member, Path(name): Path<String>) -> Result<Response, Refusal> {
    let campaign: CampaignId = id(&name)?;
    // The first piece before the answer begins: a campaign that is not there is a 404.
    let (first, next) = tenant.ledger_csv(&campaign, None).await?;
    tenant.audit_export("export.recipients", campaign.as_str()).await?;
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
pub async fn rejected(Member(tenant): Member, Path(name): Path<String>) -> Result<Response, Refusal> {
    let import: ImportId = id(&name)?;
    let path = tenant.rejected_file(&import).await?;
    let gone = || Refusal(Fault::new(FaultCode::NotFound, t!("fault-rejected-gone")));
    let open = tokio::fs::File::open(path).await.map_err(|_| gone())?;
    tenant.audit_export("export.rejected", import.as_str()).await?;
    Ok(file("rejected.csv", Body::from_stream(ReaderStream::new(open))))
}
