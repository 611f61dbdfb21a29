//! Files in: written to disk as they come, bounded.

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
};
use futures::StreamExt;
use nexsent_model::{Fault, FaultCode, ImportId};
use nexsent_platform::TenantDb;
use nexsent_texts::t;
use serde::Serialize;
use tokio::io::AsyncWriteExt;
use tower_sessions::Session;

use super::{Shared, fault::Refusal, session};

/// What the page is told.
#[derive(Serialize)]
pub struct Uploaded {
    id: ImportId,
}

/// Takes a CSV file as the request's body; its name is in `x-file-name`, percent-encoded.
pub async fn import(State(shared): State<Shared>, session: Session, req: Request) -> Result<Json<Uploaded>, Refusal> {
    let tenant = session::tenant(&shared, &session).await?;
    let name = req.headers().get("x-file-name").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let name =
        url::form_urlencoded::parse(format!("n={}", name.replace('+', "%2B")).as_bytes()).next().map(|(_, v)| v.into_owned()).unwrap_or_default();
    let id = ImportId::new();
    let path = tenant.import_upload_path(&id).await?;
    let stored = store(&path, req.into_body()).await;
    let registered = match stored {
        Ok(()) => tenant.create_import(&id, &name).await.map_err(Refusal::from),
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = registered {
        // Nothing refers to it.
        drop(tokio::fs::remove_file(&path).await);
        return Err(refusal);
    }
    Ok(Json(Uploaded { id }))
}

async fn store(path: &std::path::Path, body: Body) -> Result<(), Refusal> {
    let failed = |error: std::io::Error| {
        tracing::error!(%error, "an upload could not be stored");
        Refusal(Fault::new(FaultCode::Internal, t!("fault-upload-failed")))
    };
    let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
    let mut stream = body.into_data_stream();
    let mut size = 0u64;
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Refusal(Fault::field("file", t!("fault-upload-broken"))))?;
        size += part.len() as u64;
        if size > TenantDb::import_limit() {
            let text = t!("fault-upload-large", megabytes = TenantDb::import_limit() / 1024 / 1024);
            return Err(Refusal(Fault { code: FaultCode::TooLarge, message: text, field: Some("file".to_owned()) }));
        }
        file.write_all(&part).await.map_err(failed)?;
    }
    file.sync_all().await.map_err(failed)
}
