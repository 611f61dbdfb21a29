//! Server functions of accounts.

use leptos::prelude::*;
use nexsent_model::accounts::Me;
use serde::{Deserialize, Serialize};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{Nudge, client_ip, gate, nudge, services, sign_in_session, tenant};

/// What everybody may know of the instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub name: String,
    pub sign_up_open: bool,
}

#[server(prefix = "/api", endpoint = "instance")]
pub async fn get_instance() -> Result<Instance, AppError> {
    let public = services().public;
    Ok(Instance { name: public.instance_name, sign_up_open: public.sign_up_open })
}

#[server(prefix = "/api", endpoint = "me")]
pub async fn get_me() -> Result<Me, AppError> {
    Ok(tenant().await?.me().clone())
}

#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String) -> Result<(), AppError> {
    let outcome = gate().sign_in(&email, &password, client_ip()).await;
    // An address that is not confirmed yet gets another mail.
    nudge(Nudge::SystemMail);
    sign_in_session(&outcome?).await?;
    leptos_axum::redirect("/dashboard");
    Ok(())
}

#[server(prefix = "/api", endpoint = "sign_up")]
pub async fn sign_up(name: String, workspace: String, email: String, password: String) -> Result<String, AppError> {
    if !services().public.sign_up_open {
        return Err(nexsent_model::Fault::new(nexsent_model::FaultCode::Forbidden, "Only the operator of this instance makes workspaces.").into());
    }
    gate().sign_up(&nexsent_model::accounts::SignUp { name, workspace, email: email.clone(), password }).await?;
    nudge(Nudge::SystemMail);
    Ok(email)
}

#[server(prefix = "/api", endpoint = "complete_setup")]
pub async fn complete_setup(token: String, name: String, workspace: String, email: String, password: String) -> Result<(), AppError> {
    let who = gate().complete_setup(&token, &nexsent_model::accounts::SignUp { name, workspace, email, password }).await?;
    sign_in_session(&who).await?;
    leptos_axum::redirect("/dashboard");
    Ok(())
}

#[server(prefix = "/api", endpoint = "confirm")]
pub async fn confirm(token: String) -> Result<(), AppError> {
    let who = gate().confirm_email(&token).await?;
    sign_in_session(&who).await?;
    leptos_axum::redirect("/dashboard");
    Ok(())
}

#[server(prefix = "/api", endpoint = "request_reset")]
pub async fn request_reset(email: String) -> Result<String, AppError> {
    gate().request_reset(&email).await?;
    nudge(Nudge::SystemMail);
    Ok(email)
}

#[server(prefix = "/api", endpoint = "reset")]
pub async fn reset(token: String, password: String) -> Result<(), AppError> {
    gate().reset_password(&token, &password).await?;
    leptos_axum::redirect("/sign-in?reset=done");
    Ok(())
}
