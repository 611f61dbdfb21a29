//! A further workspace for somebody who has an account, and what is said to those who belong to none.

use nexsent_model::{AccountId, Fault, FaultCode, MemberId, TenantId, validate};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use super::{
    SignedIn,
    audit::{self, Caller, Entry},
    language,
};
use crate::{
    Error, GateDb, Result,
    db::{q, retrying, rid},
};

/// How many one account may own.
const MAX_OWNED: usize = 20;

/// Somebody who has an account.
#[derive(Clone, Debug, SurrealValue)]
pub struct Person {
    pub name: String,
    pub email: String,
}

impl GateDb {
    /// Whose account it is.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when there is none.
    pub async fn account_person(&self, account: &AccountId) -> Result<Person> {
        let sql = "SELECT name, email FROM ONLY $id WHERE confirmed_at != NONE";
        let found: Option<Person> = q!(self.0.system, sql, id = rid("account", account.as_str()))?.take(0)?;
        found.ok_or(Error::SignedOut)
    }

    /// The workspaces that an account belongs to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn workspaces_of(&self, account: &AccountId) -> Result<Vec<TenantId>> {
        let rows: Vec<String> =
            q!(self.0.system, "SELECT VALUE tenant FROM member WHERE account = $account", account = account.to_string())?.take(0)?;
        rows.iter().map(|t| t.parse().map_err(Error::from)).collect()
    }

    /// Makes a workspace for an account that is there; it becomes the owner.
    ///
    /// # Errors
    /// A fault on `workspace`, or when the account owns too many already.
    pub async fn create_workspace(&self, account: &AccountId, name: &str, caller: &Caller) -> Result<SignedIn> {
        let name = validate::name("workspace", name, 80)?;
        let person = self.account_person(account).await?;
        let made = SignedIn { account: account.clone(), member: MemberId::new(), tenant: TenantId::new() };
        // The row of the account is written, too: of two at once that would make one too many, one is told to try again.
        let done = retrying(|| async {
            q!(
                self.0.system,
                "BEGIN;
                 UPDATE $id SET email = email RETURN NONE;
                 IF array::len(SELECT VALUE id FROM member WHERE account = $account AND role = 'owner') >= $max { THROW 'enough' };
                 CREATE $tenant SET tenant = $t, name = $name, language = $language RETURN NONE;
                 CREATE $member SET tenant = $t, account = $account, role = 'owner' RETURN NONE;
                 COMMIT;",
                id = rid("account", account.as_str()),
                account = account.to_string(),
                max = MAX_OWNED as i64,
                tenant = rid("tenant", made.tenant.as_str()),
                t = made.tenant.to_string(),
                name = name.clone(),
                language = language::of_new_workspace(),
                member = rid("member", made.member.as_str()),
            )
        })
        .await;
        match done {
            Ok(_) => {}
            Err(Error::Database(e)) if e.is_thrown() => {
                return Err(Fault::new(FaultCode::Forbidden, t!("fault-workspaces-enough", max = MAX_OWNED)).into());
            }
            Err(e) => return Err(e),
        }
        audit::at_gate(
            &self.0,
            &made.tenant,
            &person.email,
            caller,
            Entry { after: Some(name), ..Entry::new("workspace.create", made.tenant.as_str()) },
        )
        .await?;
        Ok(made)
    }
}
