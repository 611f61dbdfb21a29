//! Raw statements, for the tests that prove what the database itself refuses. In the daily profile only: a release build does not have it.

use nexsent_model::MemberId;
use surrealdb_types::{SurrealValue, Value};

use crate::{Error, Platform, Result, TenantDb, db::Db};

async fn run(db: &Db, sql: &str) -> Result<Value> {
    let mut results = crate::db::settle(db.query(sql, surrealdb_types::Variables::new()).await?)?;
    Ok(results.take(0)?)
}

fn count(value: &Value) -> usize {
    match value {
        Value::None | Value::Null => 0,
        Value::Array(rows) => rows.iter().filter(|v| !matches!(v, Value::None | Value::Null)).count(),
        _ => 1,
    }
}

impl TenantDb {
    /// What the browser's session is known by.
    #[must_use]
    pub fn session(&self) -> Option<String> {
        self.caller().session.clone()
    }
}

/// Statements as a member.
pub struct RawMember(TenantDb);

impl RawMember {
    /// # Errors
    /// When the member is none.
    pub async fn sign_in(platform: &Platform, member: &MemberId) -> Result<Self> {
        platform.tenant(member).await.map(Self)
    }

    /// # Errors
    /// What the database says.
    pub async fn run(&self, sql: &str) -> Result<()> {
        run(self.0.db(), sql).await.map(drop)
    }

    /// Rows in the result; a refusal is none.
    pub async fn count(&self, sql: &str) -> usize {
        run(self.0.db(), sql).await.map_or(0, |v| count(&v))
    }

    /// The result as text; `None` for nothing and for a refusal.
    pub async fn value(&self, sql: &str) -> Option<String> {
        match run(self.0.db(), sql).await {
            Ok(Value::None | Value::Null) | Err(_) => None,
            Ok(v) => Some(v.into_json_value().to_string()),
        }
    }
}

/// Whom a rule finds, by number, as a member sees it.
///
/// # Errors
/// As [`TenantDb::try_segment`].
pub async fn rule_numbers(t: &TenantDb, rule: &nexsent_model::segments::Group) -> Result<Vec<u32>> {
    let found = crate::segments::eval::find(t.core(), t.db(), &t.t(), rule, crate::segments::eval::Wanted::Everyone).await?;
    Ok(found.iter().collect())
}

/// Statements as root.
pub struct RawSystem(Platform);

impl RawSystem {
    #[must_use]
    pub fn new(platform: &Platform) -> Self {
        Self(platform.clone())
    }

    /// # Errors
    /// What the database says.
    pub async fn run(&self, sql: &str) -> Result<()> {
        run(&self.0.0.system, sql).await.map(drop)
    }

    /// Rows in the result.
    pub async fn count(&self, sql: &str) -> usize {
        run(&self.0.0.system, sql).await.map_or(0, |v| count(&v))
    }

    /// A row as text.
    pub async fn dump(&self, id: &str) -> String {
        run(&self.0.0.system, &format!("SELECT * FROM {id}")).await.map_or_else(|e| e.to_string(), |v| format!("{v:?}"))
    }

    /// Every table of the database.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tables(&self) -> Result<Vec<String>> {
        let value = run(&self.0.0.system, "RETURN object::keys((INFO FOR DB).tables)").await?;
        Vec::<String>::from_value(value).map_err(|e| Error::Corrupt(e.to_string()))
    }

    /// The plan of a query.
    ///
    /// # Errors
    /// What the database says.
    pub async fn explain(&self, sql: &str) -> Result<String> {
        let value = run(&self.0.0.system, &format!("EXPLAIN {sql}")).await?;
        Ok(format!("{value:?}"))
    }
}
