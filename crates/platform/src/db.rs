//! Small helpers around queries.

use std::{future::Future, time::Duration};

use rand::Rng;
use surrealdb::IndexedResults;
use surrealdb_types::{Array, RecordId, RecordIdKey, SurrealValue, Value};

pub(crate) use crate::engine::Db;
use crate::{Error, Result};

/// Runs statements with bound parameters; every statement must succeed.
#[macro_export]
#[doc(hidden)]
macro_rules! q {
    ($db:expr, $sql:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "a query may have no parameters")]
        let mut vars = surrealdb_types::Variables::new();
        $(vars.insert(stringify!($name), $value);)*
        match ($db).query($sql, vars).await {
            Ok(results) => $crate::db::settle(results),
            Err(error) => Err($crate::Error::from(error)),
        }
    }};
}
pub(crate) use q;

/// The results, or the error that caused the others.
pub(crate) fn settle(mut results: IndexedResults) -> Result<IndexedResults> {
    let mut errors: Vec<(usize, surrealdb::Error)> = results.take_errors().into_iter().collect();
    if errors.is_empty() {
        return Ok(results);
    }
    errors.sort_by_key(|(i, _)| *i);
    // In a transaction every statement fails with the one that did; that one has another message.
    let at = errors.iter().position(|(_, e)| !is_echo(e)).unwrap_or(0);
    let conflict = errors.iter().position(|(_, e)| e.to_string().contains("can be retried"));
    Err(errors.swap_remove(conflict.unwrap_or(at)).1.into())
}

fn is_echo(error: &surrealdb::Error) -> bool {
    let text = error.to_string();
    text.contains("not executed due to a failed transaction") || text.contains("not executed due to a cancelled transaction")
}

/// Runs a whole transaction again when several writers met: at most six times, with jitter from 10 ms.
pub(crate) async fn retrying<T, F, Fut>(mut attempt: F) -> Result<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let mut pause = 10;
    for _ in 0..5 {
        match attempt().await {
            Err(Error::Conflict) => {}
            other => return other,
        }
        let jittered = rand::rng().random_range(pause..pause * 2);
        tokio::time::sleep(Duration::from_millis(jittered)).await;
        pause *= 2;
    }
    attempt().await
}

/// `table:⟨key⟩`.
pub(crate) fn rid(table: &str, key: &str) -> RecordId {
    RecordId::new(table, key)
}

/// `table:[a, b, …]`.
pub(crate) fn aid(table: &str, parts: Vec<Value>) -> RecordId {
    RecordId::new(table, RecordIdKey::Array(Array::from(parts)))
}

/// Parts of an array id.
#[macro_export]
#[doc(hidden)]
macro_rules! key {
    ($($part:expr),* $(,)?) => { vec![$(surrealdb_types::SurrealValue::into_value($part)),*] };
}
pub(crate) use key;

/// The text key of a record id.
pub(crate) fn text_key(id: &RecordId) -> String {
    match &id.key {
        RecordIdKey::String(s) => s.clone(),
        other => format!("{other:?}"),
    }
}

/// The last part of an array id, as a number.
pub(crate) fn last_number(id: &RecordId) -> u32 {
    match &id.key {
        RecordIdKey::Array(parts) => parts.iter().next_back().and_then(|v| u32::from_value(v.clone()).ok()).unwrap_or(0),
        _ => 0,
    }
}
