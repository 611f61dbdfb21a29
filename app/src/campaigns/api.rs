//! Server functions of campaigns.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use nexsent_model::{
    CampaignId, Cursor, Page,
    campaigns::{CampaignDraft, CampaignReport, CampaignRow, CampaignView, LedgerQuery, LedgerRow, Preview, Review},
};
use serde::{Deserialize, Serialize};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{Nudge, nudge, tenant};
#[cfg(feature = "ssr")]
use nexsent_model::{Fault, FaultCode, accounts::Right};
#[cfg(feature = "ssr")]
use nexsent_texts::t;

/// What can be done with a campaign besides writing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Send,
    Unschedule,
    Pause,
    Resume,
    Cancel,
}

#[server(prefix = "/api", endpoint = "campaigns", input = server_fn::codec::Json)]
pub async fn campaigns(after: Option<Cursor>) -> Result<Page<CampaignRow>, AppError> {
    let tenant = tenant().await?;
    // The database shows such a role none: an empty list would say that there are none.
    if !tenant.me().role.may(Right::ReadCampaigns) {
        return Err(Fault::new(FaultCode::Forbidden, t!("campaigns-role-reads-none")).into());
    }
    Ok(tenant.campaigns(after.as_ref(), 30).await?)
}

#[server(prefix = "/api", endpoint = "campaign")]
pub async fn campaign(id: CampaignId) -> Result<CampaignView, AppError> {
    Ok(tenant().await?.campaign(&id).await?)
}

#[server(prefix = "/api", endpoint = "create_campaign")]
pub async fn create_campaign(name: String) -> Result<CampaignId, AppError> {
    Ok(tenant().await?.create_campaign(&name).await?)
}

#[server(prefix = "/api", endpoint = "save_campaign", input = server_fn::codec::Json)]
pub async fn save_campaign(id: CampaignId, version: u64, draft: CampaignDraft) -> Result<u64, AppError> {
    Ok(tenant().await?.save_campaign(&id, version, &draft).await?)
}

#[server(prefix = "/api", endpoint = "duplicate_campaign")]
pub async fn duplicate_campaign(id: CampaignId) -> Result<CampaignId, AppError> {
    Ok(tenant().await?.duplicate_campaign(&id).await?)
}

#[server(prefix = "/api", endpoint = "delete_campaign")]
pub async fn delete_campaign(id: CampaignId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_campaign(&id).await?)
}

#[server(prefix = "/api", endpoint = "preview_campaign", input = server_fn::codec::Json)]
pub async fn preview_campaign(draft: CampaignDraft) -> Result<Preview, AppError> {
    Ok(tenant().await?.preview_campaign(&draft).await?)
}

#[server(prefix = "/api", endpoint = "review_campaign")]
pub async fn review_campaign(id: CampaignId) -> Result<Review, AppError> {
    Ok(tenant().await?.review_campaign(&id).await?)
}

#[server(prefix = "/api", endpoint = "test_campaign", input = server_fn::codec::Json)]
pub async fn test_campaign(id: CampaignId, emails: Vec<String>) -> Result<u64, AppError> {
    let n = tenant().await?.test_campaign(&id, &emails).await?;
    nudge(Nudge::Campaigns);
    Ok(n)
}

#[server(prefix = "/api", endpoint = "schedule_campaign", input = server_fn::codec::Json)]
pub async fn schedule_campaign(id: CampaignId, at: DateTime<Utc>) -> Result<(), AppError> {
    Ok(tenant().await?.schedule_campaign(&id, at).await?)
}

#[server(prefix = "/api", endpoint = "act_on_campaign", input = server_fn::codec::Json)]
pub async fn act_on_campaign(id: CampaignId, act: Act) -> Result<(), AppError> {
    let tenant = tenant().await?;
    match act {
        Act::Send => tenant.send_campaign(&id).await?,
        Act::Unschedule => tenant.unschedule_campaign(&id).await?,
        Act::Pause => tenant.pause_campaign(&id).await?,
        Act::Resume => tenant.resume_campaign(&id).await?,
        Act::Cancel => tenant.cancel_campaign(&id).await?,
    }
    nudge(Nudge::Campaigns);
    Ok(())
}

#[server(prefix = "/api", endpoint = "campaign_report")]
pub async fn get_report(id: CampaignId) -> Result<CampaignReport, AppError> {
    Ok(tenant().await?.campaign_report(&id).await?)
}

#[server(prefix = "/api", endpoint = "ledger", input = server_fn::codec::Json)]
pub async fn ledger(id: CampaignId, query: LedgerQuery) -> Result<Page<LedgerRow>, AppError> {
    Ok(tenant().await?.ledger(&id, &query).await?)
}
