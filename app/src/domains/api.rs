//! Server functions of domains.

use leptos::prelude::*;
use nexsent_model::{
    DomainId,
    domains::{DomainRow, DomainView},
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{Nudge, nudge, tenant};

#[server(prefix = "/api", endpoint = "domains")]
pub async fn domains() -> Result<Vec<DomainRow>, AppError> {
    Ok(tenant().await?.domains().await?)
}

#[server(prefix = "/api", endpoint = "domain")]
pub async fn domain(id: DomainId) -> Result<DomainView, AppError> {
    Ok(tenant().await?.domain(&id).await?)
}

#[server(prefix = "/api", endpoint = "add_domain")]
pub async fn add_domain(name: String) -> Result<DomainId, AppError> {
    let id = tenant().await?.add_domain(&name).await?;
    nudge(Nudge::Domains);
    Ok(id)
}

#[server(prefix = "/api", endpoint = "recheck_domain")]
pub async fn recheck_domain(id: DomainId) -> Result<(), AppError> {
    tenant().await?.recheck_domain(&id).await?;
    nudge(Nudge::Domains);
    Ok(())
}

#[server(prefix = "/api", endpoint = "remove_domain")]
pub async fn remove_domain(id: DomainId) -> Result<(), AppError> {
    Ok(tenant().await?.remove_domain(&id).await?)
}
