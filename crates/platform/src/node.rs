//! One server works on a database at a time.
//!
//! What a server has put on the wire and not yet into the ledger is in the journal on its own disk. A second server on the same database
//! would take its leases for stale and send again; hence a lease in the database, by the database's clock. The embedded engine needs none:
//! its files open once.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use surrealdb_types::SurrealValue;

use crate::{Error, Platform, Result, SystemDb, db::q, db::retrying};

/// How long a server that is no longer heard of keeps others out.
const LEASE: Duration = Duration::from_secs(30);
/// How often a server says that it is there.
pub const BEAT: Duration = Duration::from_secs(5);

#[derive(SurrealValue)]
struct Held {
    holder: String,
    mine: bool,
}

impl SystemDb {
    /// Takes or renews the lease for this server; `name` stays the same over its restarts. Once it cannot be renewed in time, or somebody
    /// else has it, [`Platform::is_at_work`] says so.
    ///
    /// # Errors
    /// [`Error::Setup`] with the name of the other server that works on this database.
    pub async fn claim_node(&self, name: &str) -> Result<()> {
        if self.0.engine.store().is_some() {
            return Ok(());
        }
        let began = Instant::now();
        let held: Option<Held> = retrying(|| async {
            // One statement that compares and sets: of two that come at once, one meets a conflict and looks again.
            let sql = "BEGIN;
                 LET $now = (SELECT * FROM ONLY node:one);
                 LET $mine = $now = NONE OR $now.holder = $name OR $now.until < time::now();
                 IF $mine { UPSERT node:one SET holder = $name, until = time::now() + $lease RETURN NONE };
                 RETURN { holder: IF $mine { $name } ELSE { $now.holder }, mine: $mine };
                 COMMIT;";
            Ok(q!(self.0.system, sql, name = name.to_owned(), lease = surrealdb_types::Duration::from(LEASE))?.take(4)?)
        })
        .await?;
        let held = held.ok_or_else(|| Error::Corrupt("the node's lease".to_owned()))?;
        if held.mine {
            *self.0.node_since.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(began);
            return Ok(());
        }
        self.0.node_lost.store(true, Ordering::Relaxed);
        Err(Error::Setup(format!(
            "another server (“{}”) works on this database. Stop it first; if it is gone for good, wait half a minute and start again",
            held.holder
        )))
    }

    /// Gives the lease back, so that another server need not wait.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_node(&self, name: &str) -> Result<()> {
        if self.0.engine.store().is_some() {
            return Ok(());
        }
        q!(self.0.system, "DELETE node:one WHERE holder = $name", name = name.to_owned()).map(drop)
    }
}

impl Platform {
    /// Whether this server is the one that works on the database. Told by its own clock, so that it stops in time even when the database
    /// does not answer.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        let since = *self.0.node_since.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        !self.0.node_lost.load(Ordering::Relaxed) && since.is_none_or(|s| s.elapsed() < LEASE - BEAT)
    }
}
