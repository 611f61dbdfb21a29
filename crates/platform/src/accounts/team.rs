//! Members: who is in the workspace, in which role; the workspaces of a person.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use nexsent_model::{
    AccountId, Fault, FaultCode, MemberId, TenantId,
    accounts::{Right, Role},
    live::LiveEvent,
    team::{InviteView, MemberView, TeamView, Workspace},
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{SignedIn, audit::Entry};
use crate::{
    Error, Result, TenantDb,
    db::{q, retrying, rid, text_key},
};

#[derive(SurrealValue)]
struct MemberRow {
    id: RecordId,
    account: String,
    role: String,
    name: String,
    email: String,
    two_factor: bool,
    created_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct Seen {
    member: Option<String>,
    last_seen_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct InviteRow {
    id: RecordId,
    email: String,
    role: String,
    invited_by: String,
    expires_at: DateTime<Utc>,
}

pub(super) fn role(text: &str) -> Result<Role> {
    text.parse().map_err(|()| Error::Corrupt("a role".to_owned()))
}

/// A member is gone, with their sessions, and out of every team.
const GONE: &str = "DELETE $member WHERE tenant = $t AND role != 'owner'; DELETE session WHERE member = record::id($member);
    UPDATE agent_team SET members -= record::id($member) WHERE tenant = $t RETURN NONE";

impl TenantDb {
    async fn members(&self) -> Result<Vec<MemberRow>> {
        // Names and addresses are of accounts, which members cannot read; this gives those of one's own workspace.
        let sql =
            "SELECT id, account, role, created_at, type::record('account', account).name AS name, type::record('account', account).email AS email,
                   type::record('two_factor', account).active == true AS two_factor FROM member WHERE tenant = $t";
        Ok(q!(self.core().system, sql, t = self.t())?.take(0)?)
    }

    async fn member(&self, id: &MemberId) -> Result<MemberRow> {
        let found = self.members().await?.into_iter().find(|m| text_key(&m.id) == id.as_str());
        found.ok_or_else(|| Fault::not_found("member").into())
    }

    /// Everybody in the workspace, in the order they came.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn team(&self) -> Result<TeamView> {
        let mut rows = self.members().await?;
        rows.sort_by_key(|m| m.created_at);
        let ids: Vec<String> = rows.iter().map(|m| text_key(&m.id)).collect();
        let seen: Vec<Seen> = q!(self.core().system, "SELECT member, last_seen_at FROM session WHERE member IN $ids", ids = ids)?.take(0)?;
        let mut last: HashMap<String, DateTime<Utc>> = HashMap::new();
        for s in seen {
            let at = last.entry(s.member.unwrap_or_default()).or_insert(s.last_seen_at);
            *at = (*at).max(s.last_seen_at);
        }
        let members = rows
            .into_iter()
            .map(|m| {
                let id = text_key(&m.id);
                Ok(MemberView {
                    last_seen_at: last.get(&id).copied(),
                    you: id == self.me().member.as_str(),
                    id: id.parse()?,
                    name: m.name,
                    email: m.email,
                    role: role(&m.role)?,
                    two_factor: m.two_factor,
                    joined_at: m.created_at,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let invites: Vec<InviteRow> =
            q!(self.db(), "SELECT id, email, role, invited_by, expires_at FROM invite WHERE tenant = $t AND expires_at > time::now()", t = self.t())?
                .take(0)?;
        let invites = invites
            .into_iter()
            .map(|i| {
                Ok(InviteView {
                    id: text_key(&i.id).parse()?,
                    email: i.email,
                    role: role(&i.role)?,
                    invited_by: i.invited_by,
                    expires_at: i.expires_at,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(TeamView { members, invites, teams: self.agent_teams().await? })
    }

    /// Gives a member another role; what they have open sees it at once. An admin is made with a proof only.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault unless the role may, for one's own role, and for the owner's.
    pub async fn change_role(&self, member: &MemberId, to: Role) -> Result<()> {
        self.may_admin()?;
        let row = self.member(member).await?;
        let from = role(&row.role)?;
        if from == Role::Owner || to == Role::Owner {
            return Err(Fault::field("role", t!("fault-role-owner")).into());
        }
        if *member == self.me().member {
            return Err(Fault::field("role", t!("fault-role-own")).into());
        }
        if to == Role::Admin {
            self.must_be_proven().await?;
        }
        // Decided by the rows as they are when it is written: whoever lost their role meanwhile changes nothing.
        self.team_change(
            "UPDATE $member SET role = $to WHERE tenant = $t AND role != 'owner' RETURN NONE",
            &[Role::Owner, Role::Admin],
            member,
            Some(to),
        )
        .await?;
        self.after_change(member, Entry::change("member.role", &row.email, from.as_str(), to.as_str())).await
    }

    /// Takes a member out; their sessions in this workspace end at once. Needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault unless the role may, and for the owner.
    pub async fn remove_member(&self, member: &MemberId) -> Result<()> {
        self.may_admin()?;
        let row = self.member(member).await?;
        if role(&row.role)? == Role::Owner {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-owner-stays")).into());
        }
        self.must_be_proven().await?;
        self.team_change(GONE, &[Role::Owner, Role::Admin], member, None).await?;
        self.after_change(member, Entry { before: Some(row.role), ..Entry::new("member.remove", &row.email) }).await
    }

    /// Leaves the workspace.
    ///
    /// # Errors
    /// A fault for its owner.
    pub async fn leave(&self) -> Result<()> {
        if self.me().role == Role::Owner {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-owner-leaves")).into());
        }
        let me = self.me().member.clone();
        self.team_change(GONE, &Role::ALL, &me, None).await?;
        self.after_change(&me, Entry { before: Some(self.me().role.as_str().to_owned()), ..Entry::new("member.leave", &self.me().email) }).await
    }

    /// Makes a member the owner; the one who was becomes an admin. Needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault unless the caller is the owner.
    pub async fn transfer_ownership(&self, to: &MemberId) -> Result<()> {
        if !self.me().role.may(Right::Own) {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-owner-only")).into());
        }
        let row = self.member(to).await?;
        if *to == self.me().member {
            return Err(Fault::field("member", t!("fault-owner-already")).into());
        }
        self.must_be_proven().await?;
        self.team_change(
            "UPDATE $by SET role = 'admin' RETURN NONE; UPDATE $member SET role = 'owner' WHERE tenant = $t RETURN NONE",
            &[Role::Owner],
            to,
            None,
        )
        .await?;
        self.core().sessions.remove(&self.me().member);
        let before = self.me().email.clone();
        self.after_change(to, Entry::change("workspace.owner", &row.email, before, row.email.clone())).await
    }

    /// One change of members in one transaction that also checks the caller's role as it is now.
    async fn team_change(&self, change: &str, roles: &[Role], member: &MemberId, to: Option<Role>) -> Result<()> {
        let sql = format!("BEGIN; IF (SELECT VALUE role FROM ONLY $by) NOT IN $roles {{ THROW 'role' }}; {change}; COMMIT;");
        let done = retrying(|| async {
            q!(
                self.core().system,
                sql.clone(),
                by = rid("member", self.me().member.as_str()),
                roles = roles.iter().map(|r| r.as_str().to_owned()).collect::<Vec<_>>(),
                member = rid("member", member.as_str()),
                to = to.map(|r| r.as_str().to_owned()),
                t = self.t(),
            )
        })
        .await;
        match done {
            Ok(_) => Ok(()),
            Err(Error::Database(e)) if e.to_string().contains("role") => Err(Fault::new(FaultCode::Forbidden, t!("fault-role-changed")).into()),
            Err(e) => Err(e),
        }
    }

    async fn after_change(&self, member: &MemberId, entry: Entry<'_>) -> Result<()> {
        self.core().sessions.remove(member);
        self.audit(entry).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }

    /// The workspaces of the person who asks.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>> {
        #[derive(SurrealValue)]
        struct Row {
            tenant: String,
            role: String,
            name: Option<String>,
        }
        let sql = "SELECT tenant, role, type::record('tenant', tenant).name AS name FROM member WHERE account = $account";
        let rows: Vec<Row> = q!(self.core().system, sql, account = self.me().account.to_string())?.take(0)?;
        let mut all = rows
            .into_iter()
            .map(|r| {
                let id: TenantId = r.tenant.parse()?;
                Ok(Workspace { current: id == self.me().workspace, id, name: r.name.unwrap_or_default(), role: role(&r.role)? })
            })
            .collect::<Result<Vec<_>>>()?;
        all.sort_by_key(|w| w.name.to_lowercase());
        Ok(all)
    }

    /// The same person in another of their workspaces.
    ///
    /// # Errors
    /// A fault when they are not in it.
    pub async fn switch_workspace(&self, to: &TenantId) -> Result<SignedIn> {
        member_of(self.core(), &self.me().account, to).await
    }
}

/// The member that an account is in a workspace.
pub(super) async fn member_of(core: &crate::Core, account: &AccountId, tenant: &TenantId) -> Result<SignedIn> {
    let sql = "SELECT VALUE id FROM member WHERE account = $account AND tenant = $t LIMIT 1";
    let found: Option<RecordId> = q!(core.system, sql, account = account.to_string(), t = tenant.to_string())?.take(0)?;
    let id = found.ok_or_else(|| Fault::not_found("workspace"))?;
    Ok(SignedIn { account: account.clone(), member: text_key(&id).parse()?, tenant: tenant.clone() })
}
