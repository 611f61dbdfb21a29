//! Server functions of what is done to many contacts, of duplicates and of the suppression list.

use leptos::prelude::*;
use nexsent_model::{
    BulkId, Cursor, Page,
    bulk::{BulkAction, BulkView, ContactFilter},
    duplicates::{DuplicateGroup, DuplicateScan, MergePlan},
    suppressions::{Suppression, SuppressionQuery},
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{Nudge, nudge, tenant};

#[server(prefix = "/api", endpoint = "count_contacts", input = server_fn::codec::Json)]
pub async fn count_contacts(filter: ContactFilter) -> Result<u64, AppError> {
    Ok(tenant().await?.count_contacts(&filter).await?)
}

#[server(prefix = "/api", endpoint = "start_bulk", input = server_fn::codec::Json)]
pub async fn start_bulk(filter: ContactFilter, action: BulkAction) -> Result<BulkView, AppError> {
    let view = tenant().await?.start_bulk(&filter, &action).await?;
    nudge(Nudge::Bulk);
    Ok(view)
}

#[server(prefix = "/api", endpoint = "bulks")]
pub async fn bulks() -> Result<Vec<BulkView>, AppError> {
    Ok(tenant().await?.bulks().await?)
}

#[server(prefix = "/api", endpoint = "bulk")]
pub async fn bulk(id: BulkId) -> Result<BulkView, AppError> {
    Ok(tenant().await?.bulk(&id).await?)
}

#[server(prefix = "/api", endpoint = "cancel_bulk")]
pub async fn cancel_bulk(id: BulkId) -> Result<BulkView, AppError> {
    Ok(tenant().await?.cancel_bulk(&id).await?)
}

#[server(prefix = "/api", endpoint = "undo_bulk")]
pub async fn undo_bulk(id: BulkId) -> Result<BulkView, AppError> {
    let view = tenant().await?.undo_bulk(&id).await?;
    nudge(Nudge::Bulk);
    Ok(view)
}

#[server(prefix = "/api", endpoint = "suppressions", input = server_fn::codec::Json)]
pub async fn suppressions(query: SuppressionQuery) -> Result<Page<Suppression>, AppError> {
    Ok(tenant().await?.suppressions(&query).await?)
}

#[server(prefix = "/api", endpoint = "add_suppression")]
pub async fn add_suppression(email: String) -> Result<(), AppError> {
    Ok(tenant().await?.add_suppression(&email).await?)
}

#[server(prefix = "/api", endpoint = "remove_suppression")]
pub async fn remove_suppression(email: String, typed: String) -> Result<(), AppError> {
    Ok(tenant().await?.remove_suppression(&email, &typed).await?)
}

#[server(name = AskScan, prefix = "/api", endpoint = "duplicate_scan")]
pub async fn duplicate_scan() -> Result<Option<DuplicateScan>, AppError> {
    Ok(tenant().await?.duplicate_scan().await?)
}

#[server(prefix = "/api", endpoint = "start_duplicate_scan")]
pub async fn start_duplicate_scan(attribute: String) -> Result<(), AppError> {
    tenant().await?.start_duplicate_scan(&attribute).await?;
    nudge(Nudge::Duplicates);
    Ok(())
}

#[server(prefix = "/api", endpoint = "cancel_duplicate_scan")]
pub async fn cancel_duplicate_scan() -> Result<(), AppError> {
    Ok(tenant().await?.cancel_duplicate_scan().await?)
}

#[server(prefix = "/api", endpoint = "duplicate_groups")]
pub async fn duplicate_groups(after: Option<Cursor>) -> Result<Page<DuplicateGroup>, AppError> {
    Ok(tenant().await?.duplicate_groups(after.as_ref()).await?)
}

#[server(prefix = "/api", endpoint = "not_duplicates")]
pub async fn not_duplicates(rank: u32) -> Result<(), AppError> {
    Ok(tenant().await?.not_duplicates(rank).await?)
}

#[server(prefix = "/api", endpoint = "merge_contacts", input = server_fn::codec::Json)]
pub async fn merge_contacts(plan: MergePlan) -> Result<BulkView, AppError> {
    Ok(tenant().await?.merge_contacts(&plan).await?)
}
