//! Server functions of accounts.

use leptos::prelude::*;
use nexsent_model::accounts::Me;
#[cfg(feature = "ssr")]
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::AppError;
#[cfg(feature = "ssr")]
use nexsent_platform::FirstFactor;

#[cfg(feature = "ssr")]
use crate::server_ctx::{
    Nudge, account_tenant, caller, client_ip, enter, gate, keep_pending, nudge, pending, services, sign_in_nowhere, sign_in_session,
    signed_in_account,
};

/// What everybody may know of the instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub name: String,
    pub sign_up_open: bool,
    /// Where holes are reported: a `mailto:` or https address.
    pub security_contact: String,
}

/// Where somebody goes who is in no workspace.
#[cfg(feature = "ssr")]
const NOWHERE: &str = "/workspaces/new";

/// Who is signed in, and in how many workspaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    pub email: String,
    pub workspaces: usize,
    /// Whether people make workspaces here.
    pub may_create: bool,
}

#[server(prefix = "/api", endpoint = "whereabouts")]
pub async fn get_whereabouts() -> Result<Whereabouts, AppError> {
    let account = signed_in_account().await.ok_or(nexsent_platform::Error::SignedOut)?;
    let person = gate().account_person(&account).await?;
    let workspaces = gate().workspaces_of(&account).await?.len();
    Ok(Whereabouts { email: person.email, workspaces, may_create: services().public.sign_up_open })
}

#[server(prefix = "/api", endpoint = "create_workspace")]
pub async fn create_workspace(workspace: String) -> Result<Option<String>, AppError> {
    let account = signed_in_account().await.ok_or(nexsent_platform::Error::SignedOut)?;
    if !services().public.sign_up_open {
        return Err(nexsent_model::Fault::new(nexsent_model::FaultCode::Forbidden, t!("accounts-operator-only")).into());
    }
    let who = gate().create_workspace(&account, &workspace, &caller()).await?;
    sign_in_session(&who).await?;
    enter(&who.account, "/dashboard").await
}

#[server(prefix = "/api", endpoint = "not_me")]
pub async fn not_me(token: String) -> Result<(), AppError> {
    Ok(gate().end_all_sessions(&token, &caller()).await?)
}

#[server(prefix = "/api", endpoint = "instance")]
pub async fn get_instance() -> Result<Instance, AppError> {
    let public = services().public;
    Ok(Instance { name: public.instance_name, sign_up_open: public.sign_up_open, security_contact: public.security_contact })
}

#[server(prefix = "/api", endpoint = "me")]
pub async fn get_me() -> Result<Me, AppError> {
    Ok(account_tenant().await?.me().clone())
}

#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<Option<String>, AppError> {
    let outcome = gate().sign_in(&email, &password, client_ip(), &caller()).await;
    // An address that is not confirmed yet gets another mail; a new browser is told of by one.
    nudge(Nudge::SystemMail);
    let next = next.filter(|n| n.starts_with("/invite?token="));
    match outcome? {
        FirstFactor::Done(who) => {
            sign_in_session(&who).await?;
            enter(&who.account, next.as_deref().unwrap_or("/dashboard")).await
        }
        FirstFactor::Nowhere(account) => {
            sign_in_nowhere(&account).await?;
            enter(&account, next.as_deref().unwrap_or(NOWHERE)).await
        }
        FirstFactor::Code(account) => {
            keep_pending(&account).await?;
            let query = next.and_then(|n| n.split_once("token=").map(|(_, t)| format!("?invite={t}"))).unwrap_or_default();
            leptos_axum::redirect(&format!("/sign-in/code{query}"));
            Ok(None)
        }
    }
}

#[server(prefix = "/api", endpoint = "sign_in_code")]
pub async fn sign_in_code(code: String, invite: Option<String>) -> Result<Option<String>, AppError> {
    let account = pending().await?;
    let outcome = gate().second_factor(&account, &code, &caller()).await;
    nudge(Nudge::SystemMail);
    let entered = outcome?;
    match &entered {
        FirstFactor::Done(who) => sign_in_session(who).await?,
        FirstFactor::Nowhere(account) | FirstFactor::Code(account) => sign_in_nowhere(account).await?,
    }
    let home = if matches!(entered, FirstFactor::Done(_)) { "/dashboard" } else { NOWHERE };
    let next = invite.filter(|t| !t.is_empty()).map_or_else(|| home.to_owned(), |t| format!("/invite?token={t}"));
    enter(&account, &next).await
}

#[server(prefix = "/api", endpoint = "sign_up")]
pub async fn sign_up(name: String, workspace: String, email: String, password: String) -> Result<String, AppError> {
    if !services().public.sign_up_open {
        return Err(nexsent_model::Fault::new(nexsent_model::FaultCode::Forbidden, t!("accounts-operator-only")).into());
    }
    gate().sign_up(&nexsent_model::accounts::SignUp { name, workspace, email: email.clone(), password }).await?;
    nudge(Nudge::SystemMail);
    Ok(email)
}

#[server(prefix = "/api", endpoint = "complete_setup")]
pub async fn complete_setup(token: String, name: String, workspace: String, email: String, password: String) -> Result<Option<String>, AppError> {
    let who = gate().complete_setup(&token, &nexsent_model::accounts::SignUp { name, workspace, email, password }).await?;
    sign_in_session(&who).await?;
    enter(&who.account, "/dashboard").await
}

#[server(prefix = "/api", endpoint = "confirm")]
pub async fn confirm(token: String) -> Result<Option<String>, AppError> {
    let who = gate().confirm_email(&token).await?;
    sign_in_session(&who).await?;
    enter(&who.account, "/dashboard").await
}

#[server(prefix = "/api", endpoint = "request_reset")]
pub async fn request_reset(email: String) -> Result<String, AppError> {
    gate().request_reset(&email).await?;
    nudge(Nudge::SystemMail);
    Ok(email)
}

#[server(prefix = "/api", endpoint = "reset")]
pub async fn reset(token: String, password: String) -> Result<(), AppError> {
    gate().reset_password(&token, &password, &caller()).await?;
    leptos_axum::redirect("/sign-in?reset=done");
    Ok(())
}
