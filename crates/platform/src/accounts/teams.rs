//! Teams of agents: groups of members who answer together.

use nexsent_model::{AgentTeamId, Fault, MemberId, live::LiveEvent, team::AgentTeam, validate};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::audit::Entry;
use crate::{
    Error, Result, TenantDb,
    db::{q, rid, text_key},
};

/// How many a workspace may have.
const MAX: usize = 100;

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    name: String,
    members: Vec<String>,
}

impl Row {
    fn view(self) -> Result<AgentTeam> {
        let members = self.members.iter().map(|m| m.parse().map_err(Error::from)).collect::<Result<Vec<MemberId>>>()?;
        Ok(AgentTeam { id: text_key(&self.id).parse()?, name: self.name, members })
    }
}

impl TenantDb {
    /// Every team of agents, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn agent_teams(&self) -> Result<Vec<AgentTeam>> {
        let sql = "SELECT id, name, members FROM agent_team WHERE tenant = $t ORDER BY name LIMIT 200";
        let rows: Vec<Row> = q!(self.db(), sql, t = self.t())?.take(0)?;
        rows.into_iter().map(Row::view).collect()
    }

    /// Makes a team, or changes one: with an id.
    ///
    /// # Errors
    /// A fault unless the role may, on `team_name` and on `members`.
    pub async fn save_agent_team(&self, id: Option<&AgentTeamId>, name: &str, members: &[MemberId]) -> Result<AgentTeamId> {
        self.may_admin()?;
        let name = validate::name("team_name", name, 80)?;
        let all = self.agent_teams().await?;
        if id.is_none() && all.len() >= MAX {
            return Err(Fault::field("team_name", t!("fault-teams-enough", max = MAX)).into());
        }
        let mut members: Vec<String> = members.iter().map(ToString::to_string).collect();
        members.sort_unstable();
        members.dedup();
        let here: Vec<String> = q!(self.core().system, "SELECT VALUE record::id(id) FROM member WHERE tenant = $t", t = self.t())?.take(0)?;
        if members.iter().any(|m| !here.contains(m)) {
            return Err(Fault::field("members", t!("fault-team-member-gone")).into());
        }
        let before = match id {
            Some(id) => Some(all.into_iter().find(|t| t.id == *id).ok_or_else(|| Fault::not_found("team"))?),
            None => None,
        };
        let id = id.cloned().unwrap_or_default();
        let sql = if before.is_some() {
            "UPDATE $id SET name = $name, members = $members WHERE tenant = $t RETURN NONE"
        } else {
            "CREATE $id SET tenant = $t, name = $name, members = $members RETURN NONE"
        };
        let done = q!(self.db(), sql, id = rid("agent_team", id.as_str()), t = self.t(), name = name.clone(), members = members.clone());
        match done {
            Ok(_) => {}
            Err(e) if e.is_duplicate() => return Err(Fault::field("team_name", t!("fault-team-name-taken", name = name)).into()),
            Err(e) => return Err(e),
        }
        let says = |name: &str, n: usize| format!("{name} ({n})");
        let entry = Entry {
            before: before.map(|b| says(&b.name, b.members.len())),
            after: Some(says(&name, members.len())),
            ..Entry::new("team.save", &name)
        };
        self.audit(entry).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(id)
    }

    /// Deletes a team; its members stay in the workspace.
    ///
    /// # Errors
    /// A fault unless the role may, or when there is none.
    pub async fn delete_agent_team(&self, id: &AgentTeamId) -> Result<()> {
        self.may_admin()?;
        let gone: Vec<Row> =
            q!(self.db(), "DELETE $id WHERE tenant = $t RETURN BEFORE", id = rid("agent_team", id.as_str()), t = self.t())?.take(0)?;
        let gone = gone.into_iter().next().ok_or_else(|| Fault::not_found("team"))?;
        self.audit(Entry { before: Some(gone.members.len().to_string()), ..Entry::new("team.delete", &gone.name) }).await?;
        self.core().events.publish(self.tenant_id(), LiveEvent::Team);
        Ok(())
    }
}
