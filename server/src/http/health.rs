//! `/healthz` (the process runs) and `/readyz` (it can do its work).

use axum::{extract::State, http::StatusCode};

use super::Shared;

/// 200 while the process answers at all.
pub async fn live() -> &'static str {
    "ok\n"
}

/// 200 when the database answers and the background actor runs; 503 otherwise, and while stopping.
pub async fn ready(State(shared): State<Shared>) -> (StatusCode, &'static str) {
    if shared.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    if !shared.services.platform.is_at_work() {
        return (StatusCode::SERVICE_UNAVAILABLE, "another server works on the database\n");
    }
    match shared.services.platform.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
