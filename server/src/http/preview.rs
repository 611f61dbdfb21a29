//! A draft as a page for the editor's frame: a tenant's HTML, in a sandbox, with an origin of its own.

use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use nexsent_model::{CampaignId, Fault};
use nexsent_texts::t;
use tower_sessions::Session;

use super::{Shared, fault::Refusal, security, session};

/// The saved draft as its first recipient would see it; what is wrong with it where it cannot be rendered.
pub async fn campaign(State(shared): State<Shared>, session: Session, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: CampaignId = id.parse().map_err(|_| Refusal(Fault::not_found("campaign")))?;
    let tenant = session::tenant(&shared, &session).await?;
    let draft = tenant.campaign(&id).await?.draft;
    let preview = tenant.preview_campaign(&draft).await?;
    let html = if preview.problems.is_empty() {
        preview.html
    } else {
        format!("<p style=\"font:15px sans-serif;padding:24px;color:#666\">{}</p>", t!("fault-preview"))
    };
    let headers =
        [(header::CONTENT_SECURITY_POLICY, security::TENANT_HTML), (header::X_FRAME_OPTIONS, "SAMEORIGIN"), (header::REFERRER_POLICY, "no-referrer")];
    Ok((headers, Html(html)).into_response())
}
