//! Failed tries slow down the address they come from, for that account: nobody else can lock its owner out. Kept in the database, so
//! that a restart forgives nothing and several processes count together.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{Fault, FaultCode};
use nexsent_texts::t;
use surrealdb_types::SurrealValue;

use crate::{
    Core, Result,
    db::{q, retrying, rid},
    secrets::token_hash,
};

/// Tries that are free within the window.
const FREE: u32 = 8;
/// Codes that may be tried for an account from everywhere together, within the window.
const FREE_ANYWHERE: u32 = 60;
const WINDOW_MINUTES: i64 = 15;

/// What counts as one caller: an address, or the network that one subscriber has (IPv6: 64 bits of it).
fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments()[..4].iter().map(|s| format!("{s:x}:")).collect(),
    }
}

#[derive(SurrealValue)]
struct Row {
    failures: u32,
    expires_at: DateTime<Utc>,
}

/// Counts the try before it is made: of many at once, no more than are free get through.
async fn count(core: &Core, key: &str, free: u32) -> Result<()> {
    let row: Option<Row> = retrying(|| async {
        let sql = "UPSERT ONLY $id SET failures = IF expires_at > time::now() { math::min([failures + 1, $free + 1]) } ELSE { 1 },
                     expires_at = IF expires_at > time::now() { expires_at } ELSE { $until } RETURN failures, expires_at";
        let until = Utc::now() + Duration::minutes(WINDOW_MINUTES);
        Ok(q!(core.system, sql, id = rid("attempt", &token_hash(key)), free = free, until = until)?.take(0)?)
    })
    .await?;
    match row {
        Some(row) if row.failures > free => {
            let minutes = (row.expires_at - Utc::now()).num_seconds().max(0) / 60 + 1;
            Err(Fault::new(FaultCode::TooMany, t!("fault-too-many-tries", minutes = minutes)).into())
        }
        _ => Ok(()),
    }
}

/// Takes one of the tries that an address has for `what`, such as an account.
///
/// # Errors
/// `TooMany` when none is left.
pub(crate) async fn take(core: &Core, what: &str, ip: IpAddr) -> Result<()> {
    count(core, &format!("{what}|{}", network(ip)), FREE).await
}

/// The same, for tries from everywhere together: whoever has many addresses has no more tries for it.
///
/// # Errors
/// `TooMany` when none is left.
pub(crate) async fn take_anywhere(core: &Core, what: &str) -> Result<()> {
    count(core, &format!("{what}|anywhere"), FREE_ANYWHERE).await
}

/// The try was right: the address has all of them again.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forgive(core: &Core, what: &str, ip: IpAddr) -> Result<()> {
    let id = rid("attempt", &token_hash(&format!("{what}|{}", network(ip))));
    retrying(|| async { q!(core.system, "DELETE $id RETURN NONE", id = id.clone()).map(drop) }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_caller() {
        let of = |s: &str| network(s.parse().unwrap());
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
