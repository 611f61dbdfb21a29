//! Headers on every answer, and the check that a change was asked for by our own pages.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use nexsent_model::{Fault, FaultCode};
use nexsent_texts::{t, within_sync};

use super::{fault::Refusal, language};

/// The policy of pages we render ourselves; `nonce` lets our own inline scripts run.
#[must_use]
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: https: http:; \
         connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// The policy of anything that is not a page of ours, and so needs nothing.
const STRICT: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// A tenant's HTML: no script, no form, an origin of its own.
pub const TENANT_HTML: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; font-src https: data:";

/// Marks an answer that other sites may show in a frame.
#[derive(Clone, Copy)]
pub struct Framable;

/// Sets the security headers that the handler did not set itself.
pub async fn headers(req: Request, next: Next) -> Response {
    let is_asset = req.uri().path().starts_with("/pkg/");
    let mut res = next.run(req).await;
    let framable = res.extensions().get::<Framable>().is_some();
    let h = res.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        h.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, STRICT);
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // The older header knows no "everybody": where a page is for frames, its policy says so alone.
    if !framable {
        default(header::X_FRAME_OPTIONS, "DENY");
    }
    default(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    default(header::CACHE_CONTROL, if is_asset { "no-cache" } else { "no-store" });
    res
}

/// Adds HSTS; only for instances that are reached over https.
pub async fn hsts(req: Request, next: Next) -> Response {
    let mut res = next.run(req).await;
    res.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    res
}

/// Whether a request that changes something came from our own pages (Fetch Metadata; `Origin` where a browser has none).
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, h)| h);
            host.is_some() && host == text("host")
        }
        // Not a browser. Without a cookie there is nothing to abuse.
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

/// Refuses state-changing requests that another site's page made the browser send.
///
/// `/u/…` is left out: mail providers post the one-click unsubscribe there (RFC 8058 §3.1: no cookies, no context), and its
/// signed token is what entitles it. `/f/…` is left out too: a sign-up form is public, and other sites post to it; it looks at no cookie.
pub async fn csrf(req: Request, next: Next) -> Response {
    let safe = matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let upgrade = req.headers().contains_key(header::UPGRADE);
    let public = ["/u/", "/f/"].iter().any(|p| req.uri().path().starts_with(p));
    if (safe && !upgrade) || public || is_own(req.headers()) {
        return next.run(req).await;
    }
    let text = within_sync(language::wanted(req.headers()), || t!("fault-other-site"));
    Refusal(Fault::new(FaultCode::Forbidden, text)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut h = HeaderMap::new();
        for (k, v) in pairs {
            h.insert(*k, HeaderValue::from_static(v));
        }
        is_own(&h)
    }

    #[test]
    fn another_sites_requests_are_told_from_ours() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("sec-fetch-site", "same-site"), ("origin", "https://a.example.com"), ("host", "a.example.com")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(own(&[("origin", "https://a.example.com"), ("host", "a.example.com")]));
        assert!(!own(&[("origin", "https://evil.example"), ("host", "a.example.com")]));
        assert!(!own(&[("origin", "null"), ("host", "a.example.com")]));
        assert!(own(&[("host", "a.example.com")]));
        assert!(!own(&[("host", "a.example.com"), ("cookie", "nexsent=1")]));
    }
}
