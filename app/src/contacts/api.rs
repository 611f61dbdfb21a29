//! Server functions of contacts.

use leptos::prelude::*;
use nexsent_model::{
    ContactId, Cursor, ImportId, ListId, NoteId, Page,
    attributes::{AttributeKind, AttributeRow, KindChange},
    consent::{Consent, FieldChange, ListView, TimelineEntry},
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

#[server(prefix = "/api", endpoint = "add_contact", input = server_fn::codec::Json)]
pub async fn add_contact(draft: ContactDraft, consent: String) -> Result<Contact, AppError> {
    let tenant = tenant().await?;
    let made = tenant.create_contact(&draft).await?;
    if !consent.trim().is_empty() {
        let scopes: Vec<Option<ListId>> = std::iter::once(None).chain(made.lists.iter().cloned().map(Some)).collect();
        tenant.record_consent(made.id, &scopes, &consent).await?;
    }
    Ok(made)
}

#[server(prefix = "/api", endpoint = "change_field", input = server_fn::codec::Json)]
pub async fn change_field(id: ContactId, change: FieldChange) -> Result<Contact, AppError> {
    Ok(tenant().await?.change_field(id, &change).await?)
}

#[server(prefix = "/api", endpoint = "set_list", input = server_fn::codec::Json)]
pub async fn set_list(id: ContactId, list: ListId, member: bool, reason: String) -> Result<Contact, AppError> {
    Ok(tenant().await?.set_list(id, &list, member, &reason).await?)
}

#[server(prefix = "/api", endpoint = "timeline", input = server_fn::codec::Json)]
pub async fn timeline(id: ContactId, after: Option<Cursor>) -> Result<Page<TimelineEntry>, AppError> {
    Ok(tenant().await?.timeline(id, after.as_ref()).await?)
}

#[server(prefix = "/api", endpoint = "consents")]
pub async fn consents(id: ContactId) -> Result<Vec<Consent>, AppError> {
    Ok(tenant().await?.consents(id).await?)
}

#[server(prefix = "/api", endpoint = "record_consent", input = server_fn::codec::Json)]
pub async fn record_consent(id: ContactId, scopes: Vec<Option<ListId>>, reason: String) -> Result<(), AppError> {
    Ok(tenant().await?.record_consent(id, &scopes, &reason).await?)
}

#[server(prefix = "/api", endpoint = "save_note")]
pub async fn save_note(contact: ContactId, note: Option<NoteId>, text: String) -> Result<(), AppError> {
    let tenant = tenant().await?;
    match note {
        Some(note) => tenant.edit_note(&note, &text).await?,
        None => drop(tenant.add_note(contact, &text).await?),
    }
    Ok(())
}

#[server(prefix = "/api", endpoint = "delete_note")]
pub async fn delete_note(note: NoteId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_note(&note).await?)
}

#[server(prefix = "/api", endpoint = "list")]
pub async fn list(id: ListId) -> Result<ListView, AppError> {
    Ok(tenant().await?.list(&id).await?)
}

#[server(prefix = "/api", endpoint = "save_list_settings", input = server_fn::codec::Json)]
pub async fn save_list_settings(view: ListView) -> Result<(), AppError> {
    Ok(tenant().await?.save_list_settings(&view).await?)
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

#[server(prefix = "/api", endpoint = "attributes")]
pub async fn attributes() -> Result<Vec<AttributeRow>, AppError> {
    Ok(tenant().await?.attributes().await?)
}

#[server(prefix = "/api", endpoint = "create_attribute")]
pub async fn create_attribute(name: String, kind: AttributeKind) -> Result<(), AppError> {
    Ok(tenant().await?.create_attribute(&name, kind).await?)
}

#[server(prefix = "/api", endpoint = "preview_attribute_kind")]
pub async fn preview_attribute_kind(name: String, kind: AttributeKind) -> Result<KindChange, AppError> {
    Ok(tenant().await?.preview_attribute_kind(&name, kind).await?)
}

#[server(prefix = "/api", endpoint = "set_attribute_kind")]
pub async fn set_attribute_kind(name: String, kind: AttributeKind) -> Result<(), AppError> {
    Ok(tenant().await?.set_attribute_kind(&name, kind).await?)
}

#[server(prefix = "/api", endpoint = "delete_attribute")]
pub async fn delete_attribute(name: String) -> Result<(), AppError> {
    Ok(tenant().await?.delete_attribute(&name).await?)
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
