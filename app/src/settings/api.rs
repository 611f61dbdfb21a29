//! Server functions of settings.

use leptos::prelude::*;
use nexsent_model::{
    AgentTeamId, Cursor, InviteId, MemberId, Page, TenantId,
    accounts::Role,
    team::{
        AccountSafety, AuditEntry, AuditQuery, Invitation, Language, Proof, TeamView, TrackingDomain, TwoFactorSetup, Workspace, WorkspaceSettings,
    },
};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::server_ctx::{
    Nudge, account_tenant, caller, enter, gate, keep_language, nudge, services, session_id, sign_in_session, signed_in_account, tenant,
};

#[server(prefix = "/api", endpoint = "team")]
pub async fn team() -> Result<TeamView, AppError> {
    Ok(tenant().await?.team().await?)
}

#[server(prefix = "/api", endpoint = "invite")]
pub async fn invite(email: String, role: Role) -> Result<String, AppError> {
    tenant().await?.invite(&email, role).await?;
    nudge(Nudge::SystemMail);
    Ok(email)
}

#[server(prefix = "/api", endpoint = "revoke_invite")]
pub async fn revoke_invite(id: InviteId) -> Result<(), AppError> {
    Ok(tenant().await?.revoke_invite(&id).await?)
}

#[server(prefix = "/api", endpoint = "change_role")]
pub async fn change_role(member: MemberId, role: Role) -> Result<(), AppError> {
    Ok(tenant().await?.change_role(&member, role).await?)
}

#[server(prefix = "/api", endpoint = "remove_member")]
pub async fn remove_member(member: MemberId) -> Result<(), AppError> {
    Ok(tenant().await?.remove_member(&member).await?)
}

#[server(prefix = "/api", endpoint = "transfer_ownership")]
pub async fn transfer_ownership(member: MemberId) -> Result<(), AppError> {
    Ok(tenant().await?.transfer_ownership(&member).await?)
}

#[server(prefix = "/api", endpoint = "leave_workspace")]
pub async fn leave_workspace() -> Result<(), AppError> {
    Ok(account_tenant().await?.leave().await?)
}

#[server(prefix = "/api", endpoint = "workspaces")]
pub async fn workspaces() -> Result<(Vec<Workspace>, bool), AppError> {
    // With whether people make further ones here.
    Ok((account_tenant().await?.workspaces().await?, services().public.sign_up_open))
}

#[server(prefix = "/api", endpoint = "switch_workspace")]
pub async fn switch_workspace(to: TenantId) -> Result<(), AppError> {
    let who = account_tenant().await?.switch_workspace(&to).await?;
    sign_in_session(&who).await
}

#[server(prefix = "/api", endpoint = "invitation")]
pub async fn get_invitation(token: String) -> Result<Invitation, AppError> {
    let who = signed_in_account().await;
    Ok(gate().invitation(&token, who.as_ref()).await?)
}

#[server(prefix = "/api", endpoint = "accept_invitation")]
pub async fn accept_invitation(token: String, name: Option<String>, password: Option<String>) -> Result<Option<String>, AppError> {
    let who = signed_in_account().await;
    let (name, password) = (name.unwrap_or_default(), password.unwrap_or_default());
    let joined = gate().accept_invitation(&token, who.as_ref(), &name, &password, &caller()).await?;
    sign_in_session(&joined).await?;
    enter(&joined.account, "/dashboard").await
}

#[server(prefix = "/api", endpoint = "audit_log", input = server_fn::codec::Json)]
pub async fn audit_log(query: AuditQuery, after: Option<Cursor>) -> Result<Page<AuditEntry>, AppError> {
    Ok(tenant().await?.audit_log(&query, after.as_ref(), 50).await?)
}

#[server(prefix = "/api", endpoint = "settings")]
pub async fn settings() -> Result<WorkspaceSettings, AppError> {
    Ok(tenant().await?.settings().await?)
}

#[server(prefix = "/api", endpoint = "save_settings", input = server_fn::codec::Json)]
pub async fn save_settings(settings: WorkspaceSettings) -> Result<(), AppError> {
    Ok(tenant().await?.save_settings(&settings).await?)
}

#[server(prefix = "/api", endpoint = "account_safety")]
pub async fn get_account_safety() -> Result<AccountSafety, AppError> {
    Ok(account_tenant().await?.account_safety(&session_id()).await?)
}

/// What one has chosen; `None`: whichever the browser asks for.
#[server(prefix = "/api", endpoint = "language")]
pub async fn get_language() -> Result<Option<Language>, AppError> {
    let account = signed_in_account().await.ok_or(nexsent_platform::Error::SignedOut)?;
    Ok(gate().account_language(&account).await?)
}

#[server(prefix = "/api", endpoint = "choose_language")]
pub async fn choose_language(language: Option<Language>) -> Result<(), AppError> {
    let account = signed_in_account().await.ok_or(nexsent_platform::Error::SignedOut)?;
    gate().choose_language(&account, language).await?;
    keep_language(language);
    Ok(())
}

#[server(prefix = "/api", endpoint = "end_session")]
pub async fn end_session(id: String) -> Result<(), AppError> {
    Ok(account_tenant().await?.end_session(&id).await?)
}

#[server(prefix = "/api", endpoint = "end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    Ok(account_tenant().await?.end_other_sessions(&session_id()).await?)
}

#[server(prefix = "/api", endpoint = "change_password")]
pub async fn change_password(new_password: String) -> Result<(), AppError> {
    Ok(account_tenant().await?.change_password(&new_password, &session_id()).await?)
}

#[server(prefix = "/api", endpoint = "begin_two_factor")]
pub async fn begin_two_factor() -> Result<TwoFactorSetup, AppError> {
    Ok(account_tenant().await?.begin_two_factor().await?)
}

#[server(prefix = "/api", endpoint = "confirm_two_factor")]
pub async fn confirm_two_factor(code: String) -> Result<Vec<String>, AppError> {
    Ok(account_tenant().await?.confirm_two_factor(&code).await?)
}

#[server(prefix = "/api", endpoint = "new_recovery_codes")]
pub async fn new_recovery_codes() -> Result<Vec<String>, AppError> {
    Ok(account_tenant().await?.new_recovery_codes().await?)
}

#[server(prefix = "/api", endpoint = "end_two_factor")]
pub async fn end_two_factor() -> Result<(), AppError> {
    Ok(account_tenant().await?.end_two_factor().await?)
}

#[server(prefix = "/api", endpoint = "prove", input = server_fn::codec::Json)]
pub async fn prove(proof: Proof) -> Result<(), AppError> {
    Ok(account_tenant().await?.prove(&proof).await?)
}

#[server(prefix = "/api", endpoint = "save_agent_team", input = server_fn::codec::Json)]
pub async fn save_agent_team(id: Option<AgentTeamId>, name: String, members: Vec<MemberId>) -> Result<AgentTeamId, AppError> {
    Ok(tenant().await?.save_agent_team(id.as_ref(), &name, &members).await?)
}

#[server(prefix = "/api", endpoint = "delete_agent_team")]
pub async fn delete_agent_team(id: AgentTeamId) -> Result<(), AppError> {
    Ok(tenant().await?.delete_agent_team(&id).await?)
}

#[server(prefix = "/api", endpoint = "remove_logo")]
pub async fn remove_logo() -> Result<(), AppError> {
    Ok(tenant().await?.remove_logo().await?)
}

#[server(prefix = "/api", endpoint = "tracking_domain")]
pub async fn get_tracking_domain() -> Result<Option<TrackingDomain>, AppError> {
    Ok(tenant().await?.tracking_domain().await?)
}

#[server(prefix = "/api", endpoint = "set_tracking_domain")]
pub async fn set_tracking_domain(host: String) -> Result<(), AppError> {
    tenant().await?.set_tracking_domain(&host).await?;
    nudge(Nudge::Domains);
    Ok(())
}

#[server(prefix = "/api", endpoint = "remove_tracking_domain")]
pub async fn remove_tracking_domain() -> Result<(), AppError> {
    Ok(tenant().await?.remove_tracking_domain().await?)
}

#[server(prefix = "/api", endpoint = "recheck_tracking_domain")]
pub async fn recheck_tracking_domain() -> Result<(), AppError> {
    tenant().await?.recheck_tracking_domain().await?;
    nudge(Nudge::Domains);
    Ok(())
}

#[server(prefix = "/api", endpoint = "delete_workspace")]
pub async fn delete_workspace(name: String) -> Result<(), AppError> {
    tenant().await?.delete_workspace(&name).await?;
    nudge(Nudge::SystemMail);
    nudge(Nudge::Campaigns);
    Ok(())
}

#[server(prefix = "/api", endpoint = "restore_workspace")]
pub async fn restore_workspace() -> Result<(), AppError> {
    Ok(tenant().await?.restore_workspace().await?)
}
