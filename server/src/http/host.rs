//! Workspaces' own tracking domains: such a host answers to recipients, and to nobody else.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use nexsent_model::{Fault, FaultCode};
use nexsent_texts::{t, within_sync};

use super::{Shared, fault::Refusal, language};

/// What recipients and their mail clients reach, and the files of the pages that they see.
const PUBLIC: &[&str] = &["/t/", "/u/", "/v/", "/p/", "/c/", "/e/", "/f/", "/pkg/"];

fn is_public(path: &str) -> bool {
    path == "/favicon.svg" || PUBLIC.iter().any(|p| path.starts_with(p))
}

/// Refuses everything but recipients' routes where the host is a workspace's tracking domain: neither the dashboard nor the API is there.
pub async fn by_host(State(shared): State<Shared>, req: Request, next: Next) -> Response {
    let host = req.headers().get(header::HOST).and_then(|h| h.to_str().ok()).or_else(|| req.uri().host()).unwrap_or_default();
    if !is_public(req.uri().path()) {
        match shared.services.platform.gate().is_tracking_host(host).await {
            Ok(false) => {}
            Ok(true) => {
                let text = within_sync(language::wanted(req.headers()), || t!("fault-nothing-here"));
                return Refusal(Fault::new(FaultCode::NotFound, text)).into_response();
            }
            Err(error) => return within_sync(language::wanted(req.headers()), || Refusal::from(error)).into_response(),
        }
    }
    next.run(req).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_routes_alone() {
        for path in ["/t/o/x", "/t/c/x", "/u/x", "/u/x/logo.png", "/v/x", "/pkg/nexsent.css", "/favicon.svg"] {
            assert!(is_public(path), "{path}");
        }
        for path in ["/", "/sign-in", "/dashboard", "/api/sign_in", "/live", "/export/contacts.csv", "/healthz", "/logo", "/u", "/contacts"] {
            assert!(!is_public(path), "{path}");
        }
    }
}
