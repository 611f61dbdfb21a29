//! Structured logs. Nothing logs a message body, a password or a token.

use tracing_subscriber::{EnvFilter, fmt};

use crate::config::Log;

/// Sends logs to standard error. A second call changes nothing.
pub fn init(log: &Log) {
    // The database logs every slow query with its bindings, which are people's data. Its store is closed before the process ends, and warns
    // all the same when its last part goes after the runtime.
    let filter =
        EnvFilter::try_new(format!("{},surrealdb=warn,surrealdb_core=error,surrealkv=error", log.level)).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = if log.json { builder.json().try_init() } else { builder.compact().try_init() };
    if done.is_err() {
        tracing::debug!("logging was already set up");
    }
}
