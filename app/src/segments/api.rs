//! Server functions of segments.

use leptos::prelude::*;
use nexsent_model::{
    SegmentId,
    segments::{Group, SegmentChoices, SegmentCount, SegmentRow, SegmentTrial, SegmentView},
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::tenant;

/// Contacts shown of a rule that is tried.
#[cfg(feature = "ssr")]
const SAMPLE: usize = 5;

#[server(prefix = "/api", endpoint = "segments")]
pub async fn segments() -> Result<Vec<SegmentRow>, AppError> {
    Ok(tenant().await?.segments().await?)
}

#[server(prefix = "/api", endpoint = "segment")]
pub async fn segment(id: SegmentId) -> Result<SegmentView, AppError> {
    Ok(tenant().await?.segment(&id).await?)
}

#[server(prefix = "/api", endpoint = "segment_choices")]
pub async fn get_choices() -> Result<SegmentChoices, AppError> {
    Ok(tenant().await?.segment_choices().await?)
}

/// Makes a segment, or saves version `version` of one; returns its id and version.
#[server(prefix = "/api", endpoint = "save_segment", input = server_fn::codec::Json)]
pub async fn save_segment(id: Option<SegmentId>, version: u64, name: String, rule: Group) -> Result<(SegmentId, u64), AppError> {
    let tenant = tenant().await?;
    Ok(match id {
        Some(id) => {
            let version = tenant.save_segment(&id, version, &name, &rule).await?;
            (id, version)
        }
        None => (tenant.create_segment(&name, &rule).await?, 1),
    })
}

#[server(prefix = "/api", endpoint = "delete_segment")]
pub async fn delete_segment(id: SegmentId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_segment(&id).await?)
}

#[server(prefix = "/api", endpoint = "count_segment")]
pub async fn count_segment(id: SegmentId) -> Result<SegmentCount, AppError> {
    Ok(tenant().await?.count_segment(&id).await?)
}

#[server(prefix = "/api", endpoint = "try_segment", input = server_fn::codec::Json)]
pub async fn try_segment(rule: Group) -> Result<SegmentTrial, AppError> {
    Ok(tenant().await?.try_segment(&rule, SAMPLE).await?)
}
