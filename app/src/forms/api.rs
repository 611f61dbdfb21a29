//! Server functions of sign-up forms.

use leptos::prelude::*;
use nexsent_model::{
    FormId, ListId,
    forms::{FormDraft, FormRow, FormView},
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::tenant;

#[server(prefix = "/api", endpoint = "forms")]
pub async fn forms() -> Result<Vec<FormRow>, AppError> {
    Ok(tenant().await?.forms().await?)
}

#[server(prefix = "/api", endpoint = "form")]
pub async fn form(id: FormId) -> Result<FormView, AppError> {
    Ok(tenant().await?.form(&id).await?)
}

#[server(prefix = "/api", endpoint = "create_form")]
pub async fn create_form(name: String, list: ListId) -> Result<FormId, AppError> {
    Ok(tenant().await?.create_form(&name, &list).await?)
}

#[server(prefix = "/api", endpoint = "save_form", input = server_fn::codec::Json)]
pub async fn save_form(id: FormId, draft: FormDraft) -> Result<FormView, AppError> {
    let tenant = tenant().await?;
    tenant.save_form(&id, &draft).await?;
    Ok(tenant.form(&id).await?)
}

#[server(prefix = "/api", endpoint = "delete_form")]
pub async fn delete_form(id: FormId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_form(&id).await?)
}
