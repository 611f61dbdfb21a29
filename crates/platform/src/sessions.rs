//! Browsers' sessions in the database (tower-sessions' store).

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use surrealdb_types::SurrealValue;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{self, Error as StoreError},
};

use crate::{
    Core,
    db::{q, rid},
    secrets::token_hash,
};

/// Keeps sessions under the hash of their id: whoever reads the database cannot take one over.
#[derive(Clone)]
pub struct SurrealStore(Arc<Core>);

impl fmt::Debug for SurrealStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SurrealStore")
    }
}

#[derive(SurrealValue)]
struct Row {
    data: String,
    expires_at: DateTime<Utc>,
}

fn key(id: &Id) -> String {
    token_hash(&id.to_string())
}

fn backend(error: impl fmt::Display) -> StoreError {
    StoreError::Backend(error.to_string())
}

impl SurrealStore {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self(core)
    }

    async fn put(&self, record: &Record, fresh: bool) -> session_store::Result<bool> {
        let text = |name: &str| record.data.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let expires_at = DateTime::<Utc>::from_timestamp(record.expiry_date.unix_timestamp(), 0).ok_or_else(|| backend("an expiry out of range"))?;
        let data = serde_json::to_string(&record.data).map_err(|e| StoreError::Encode(e.to_string()))?;
        let sql = if fresh {
            "CREATE ONLY $id SET data = $data, member = $member, account = $account, device = $device, address = $address, expires_at = $expires, last_seen_at = time::now(), created_at = time::now()"
        } else {
            // A session that was ended meanwhile stays ended.
            "UPDATE $id SET data = $data, member = $member, account = $account, device = $device, address = $address, expires_at = $expires, last_seen_at = time::now()"
        };
        match q!(
            self.0.system,
            sql,
            id = rid("session", &key(&record.id)),
            data = data,
            member = text("member"),
            account = text("account"),
            device = text("device"),
            address = text("address"),
            expires = expires_at
        ) {
            Ok(_) => Ok(true),
            Err(e) if fresh && e.is_duplicate() => Ok(false),
            Err(e) => Err(backend(e)),
        }
    }
}

#[async_trait]
impl SessionStore for SurrealStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !self.put(record, true).await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.put(record, false).await.map(drop)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let found = q!(self.0.system, "SELECT data, expires_at FROM ONLY $id WHERE expires_at > time::now()", id = rid("session", &key(id)));
        let row: Option<Row> = found.and_then(|mut r| Ok(r.take(0)?)).map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let data: HashMap<String, serde_json::Value> = serde_json::from_str(&row.data).map_err(|e| StoreError::Decode(e.to_string()))?;
        let expiry_date = tower_sessions::cookie::time::OffsetDateTime::from_unix_timestamp(row.expires_at.timestamp()).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        q!(self.0.system, "DELETE $id", id = rid("session", &key(id))).map(drop).map_err(backend)
    }
}
