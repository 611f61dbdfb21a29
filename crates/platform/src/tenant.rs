//! The door of a signed-in member: a database session that can see one tenant.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use nexsent_model::{
    AccountId, Fault, FaultCode, MemberId, TenantId,
    accounts::{Me, Right, Role},
};
use nexsent_texts::t;
use serde::Serialize;
use surrealdb_types::SurrealValue;

use crate::{
    Caller, Core, Error, Result,
    db::{Db, q, rid},
};

/// Renewed well before the access method's 15 minutes are over.
const RENEW_AFTER: Duration = Duration::from_secs(600);

/// A member's signed-in database session.
pub(crate) struct CachedSession {
    db: Arc<Db>,
    role: Role,
    since: Instant,
}

/// One member's view of one workspace. Cheap to clone.
#[derive(Clone)]
pub struct TenantDb {
    core: Arc<Core>,
    me: Arc<Me>,
    db: Arc<Db>,
    caller: Arc<Caller>,
}

#[derive(Serialize)]
struct Claims<'a> {
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(rename = "NS")]
    ns: &'a str,
    #[serde(rename = "DB")]
    db: &'a str,
    #[serde(rename = "AC")]
    ac: &'a str,
    #[serde(rename = "ID")]
    id: String,
}

#[derive(SurrealValue)]
struct MemberRow {
    tenant: String,
    account: String,
    role: String,
    name: String,
    email: String,
    confirmed: bool,
    workspace: String,
    must_enrol: bool,
    two_factor: bool,
    logo: Option<String>,
    closing_at: Option<DateTime<Utc>>,
}

impl TenantDb {
    pub(crate) async fn open(core: Arc<Core>, member: &MemberId) -> Result<Self> {
        let me = load(&core, member).await?;
        let cached = core.sessions.get(member).filter(|s| s.role == me.role && s.since.elapsed() < RENEW_AFTER).map(|s| s.db.clone());
        let db = match cached {
            Some(db) => db,
            None => {
                let db = Arc::new(sign_in(&core, member).await?);
                if core.sessions.len() > 10_000 {
                    core.sessions.retain(|_, s| s.since.elapsed() < RENEW_AFTER);
                }
                core.sessions.insert(member.clone(), CachedSession { db: db.clone(), role: me.role, since: Instant::now() });
                db
            }
        };
        Ok(Self { core, me: Arc::new(me), db, caller: Arc::default() })
    }

    /// The same, on behalf of a request: the audit log says where it came from.
    #[must_use]
    pub fn with_caller(self, caller: Caller) -> Self {
        Self { caller: Arc::new(caller), ..self }
    }

    /// # Errors
    /// A fault while the workspace requires two-factor sign-in and the account has none.
    pub fn check_enrolled(&self) -> Result<()> {
        if self.me.must_enrol {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-must-enrol")).into());
        }
        Ok(())
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Who this is, and where.
    #[must_use]
    pub fn me(&self) -> &Me {
        &self.me
    }

    /// Whether the member is still one, in the same role. Long-lived sockets ask from time to time.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when not.
    pub async fn check_alive(&self) -> Result<()> {
        match load(&self.core, &self.me.member).await {
            Ok(me) if me.role == self.me.role => Ok(()),
            Ok(_) => Err(Error::SignedOut),
            Err(e) => {
                self.core.sessions.remove(&self.me.member);
                Err(e)
            }
        }
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    pub(crate) fn tenant_id(&self) -> &TenantId {
        &self.me.workspace
    }

    /// The tenant's key, for queries.
    pub(crate) fn t(&self) -> String {
        self.me.workspace.to_string()
    }

    /// # Errors
    /// A fault unless the role may change contacts and campaigns. The database's permissions say the same.
    pub(crate) fn may_send(&self) -> Result<()> {
        self.may(self.me.role.can_send())
    }

    /// # Errors
    /// A fault unless the role may change domains and settings.
    pub(crate) fn may_admin(&self) -> Result<()> {
        self.may(self.me.role.can_admin())
    }

    /// # Errors
    /// A fault unless the role may read segments: they say who opened and clicked.
    pub(crate) fn may_read_segments(&self) -> Result<()> {
        self.may(self.me.role.may(Right::ReadCampaigns))
    }

    fn may(&self, allowed: bool) -> Result<()> {
        if allowed { Ok(()) } else { Err(Fault::new(FaultCode::Forbidden, t!("fault-role", role = self.me.role.label())).into()) }
    }
}

async fn load(core: &Core, member: &MemberId) -> Result<Me> {
    let sql = "SELECT tenant, account, role, type::record('account', account).name AS name, type::record('account', account).email AS email, \
               type::record('account', account).confirmed_at != NONE AS confirmed, type::record('tenant', tenant).name AS workspace, \
               type::record('tenant', tenant).require_two_factor == true AND type::record('two_factor', account).active != true AS must_enrol, \
               type::record('two_factor', account).active == true AS two_factor, type::record('logo', tenant).mark AS logo, \
               type::record('closing', tenant).due_at AS closing_at FROM ONLY $id";
    let row: Option<MemberRow> = q!(core.system, sql, id = rid("member", member.as_str()))?.take(0)?;
    let row = row.ok_or(Error::SignedOut)?;
    Ok(Me {
        account: row.account.parse::<AccountId>()?,
        member: member.clone(),
        name: row.name,
        email: row.email,
        email_confirmed: row.confirmed,
        workspace: row.tenant.parse()?,
        workspace_name: row.workspace,
        must_enrol: row.must_enrol,
        two_factor: row.two_factor,
        logo: row.logo,
        closing_at: row.closing_at,
        role: row.role.parse().map_err(|()| Error::Corrupt("a role".to_owned()))?,
    })
}

/// A session of its own, signed in as the member's record by a token of 15 minutes.
async fn sign_in(core: &Core, member: &MemberId) -> Result<Db> {
    let now = Utc::now().timestamp();
    let claims = Claims {
        iat: now,
        nbf: now - 5,
        exp: now + 900,
        ns: &core.namespace,
        db: &core.database,
        ac: "member",
        id: format!("member:{}", member.as_str()),
    };
    let key = EncodingKey::from_secret(core.master.derive_hex("database access")?.as_bytes());
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS512), &claims, &key).map_err(|e| Error::Setup(e.to_string()))?;
    let db = core.system.clone();
    db.authenticate(token).await?;
    Ok(db)
}
