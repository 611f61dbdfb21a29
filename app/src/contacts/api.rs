//! Server functions of contacts.

use leptos::prelude::*;
use nexsent_model::{
    ContactId, ImportId, ListId, Page,
    contacts::{Contact, ContactDraft, ContactQuery, ImportColumn, ImportPlan, ImportPreview, ImportView, ListRow},
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{Nudge, nudge, tenant};

#[server(prefix = "/api", endpoint = "contacts", input = server_fn::codec::Json)]
pub async fn contacts(query: ContactQuery) -> Result<Page<Contact>, AppError> {
    Ok(tenant().await?.contacts(&query).await?)
}

#[server(prefix = "/api", endpoint = "contact")]
pub async fn get_contact(id: ContactId) -> Result<Contact, AppError> {
    Ok(tenant().await?.contact(id).await?)
}

#[server(prefix = "/api", endpoint = "save_contact", input = server_fn::codec::Json)]
pub async fn save_contact(id: Option<ContactId>, draft: ContactDraft) -> Result<Contact, AppError> {
    let tenant = tenant().await?;
    Ok(match id {
        Some(id) => tenant.update_contact(id, &draft).await?,
        None => tenant.create_contact(&draft).await?,
    })
}

#[server(prefix = "/api", endpoint = "delete_contacts", input = server_fn::codec::Json)]
pub async fn delete_contacts(ids: Vec<ContactId>) -> Result<u64, AppError> {
    Ok(tenant().await?.delete_contacts(&ids).await?)
}

#[server(prefix = "/api", endpoint = "lists")]
pub async fn lists() -> Result<Vec<ListRow>, AppError> {
    Ok(tenant().await?.lists().await?)
}

#[server(prefix = "/api", endpoint = "save_list")]
pub async fn save_list(id: Option<ListId>, name: String, description: String) -> Result<ListId, AppError> {
    let tenant = tenant().await?;
    Ok(match id {
        Some(id) => {
            tenant.update_list(&id, &name, &description).await?;
            id
        }
        None => tenant.create_list(&name, &description).await?,
    })
}

#[server(prefix = "/api", endpoint = "delete_list")]
pub async fn delete_list(id: ListId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_list(&id).await?)
}

#[server(prefix = "/api", endpoint = "imports")]
pub async fn imports() -> Result<Vec<ImportView>, AppError> {
    Ok(tenant().await?.imports().await?)
}

#[server(prefix = "/api", endpoint = "import")]
pub async fn import(id: ImportId) -> Result<ImportView, AppError> {
    Ok(tenant().await?.import(&id).await?)
}

#[server(prefix = "/api", endpoint = "preview_import", input = server_fn::codec::Json)]
pub async fn preview_import(id: ImportId, plan: ImportPlan) -> Result<(Vec<ImportColumn>, ImportPlan, ImportPreview), AppError> {
    Ok(tenant().await?.preview_import(&id, &plan).await?)
}

#[server(prefix = "/api", endpoint = "start_import", input = server_fn::codec::Json)]
pub async fn start_import(id: ImportId, plan: ImportPlan) -> Result<(), AppError> {
    tenant().await?.start_import(&id, &plan).await?;
    nudge(Nudge::Imports);
    Ok(())
}

#[server(prefix = "/api", endpoint = "cancel_import")]
pub async fn cancel_import(id: ImportId) -> Result<(), AppError> {
    Ok(tenant().await?.cancel_import(&id).await?)
}
