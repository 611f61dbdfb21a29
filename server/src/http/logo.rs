//! A workspace's logo: in as whatever picture, out as a PNG of our own making.

use axum::{
    Json,
    body::Bytes,
    extract::Request,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use nexsent_model::{Fault, FaultCode};
use nexsent_platform::MAX_LOGO;
use nexsent_texts::t;

use super::{fault::Refusal, session::Member};

pub(super) fn png(bytes: Vec<u8>) -> Response {
    let mut res = Bytes::from(bytes).into_response();
    let h = res.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    res
}

/// Takes a picture as the request's body. What it is called and claims to be does not matter.
pub async fn upload(Member(tenant): Member, req: Request) -> Result<Json<()>, Refusal> {
    let mut stream = req.into_body().into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Refusal(Fault::field("logo", t!("fault-upload-broken"))))?;
        if bytes.len() + part.len() > MAX_LOGO {
            let text = t!("fault-logo-large", megabytes = MAX_LOGO / 1024 / 1024);
            return Err(Refusal(Fault { code: FaultCode::TooLarge, message: text, field: Some("logo".to_owned()) }));
        }
        bytes.extend_from_slice(&part);
    }
    tenant.set_logo(bytes).await?;
    Ok(Json(()))
}

/// The logo of the workspace that the caller is in.
pub async fn own(Member(tenant): Member) -> Result<Response, Refusal> {
    Ok(png(tenant.logo().await?))
}
