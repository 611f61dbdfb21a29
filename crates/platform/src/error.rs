//! What goes wrong, with what the caller can do about it.

use nexsent_model::{Fault, FaultCode};
use nexsent_texts::t;
use thiserror::Error;

/// An operation's failure. Turns into a [`Fault`] that never says more than a person may know.
#[derive(Debug, Error)]
pub enum Error {
    /// Something a person can mend; said as it is.
    #[error("{0}")]
    Fault(#[from] Fault),
    #[error("nobody is signed in, or no longer")]
    SignedOut,
    /// Several writers met; trying again helps.
    #[error("the database is busy with the same rows")]
    Conflict,
    #[error("the database: {0}")]
    Database(surrealdb::Error),
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
    #[error("{0}")]
    Setup(String),
    #[error("a secret does not open: it was sealed under another key, or changed")]
    Secret,
    #[error("the file system: {0}")]
    Io(#[from] std::io::Error),
}

impl From<surrealdb::Error> for Error {
    fn from(error: surrealdb::Error) -> Self {
        let conflict =
            matches!(error.query_details(), Some(surrealdb::types::QueryError::TransactionConflict)) || error.to_string().contains("can be retried");
        if conflict { Self::Conflict } else { Self::Database(error) }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<nexsent_model::IdError> for Error {
    fn from(error: nexsent_model::IdError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Fault(fault) => fault,
            Error::SignedOut => Self::new(FaultCode::SignedOut, t!("fault-signed-out")),
            Error::Conflict => Self::new(FaultCode::Unavailable, t!("fault-conflict")),
            other => {
                // The cause is for the log, under the request's id; a person gets a sentence.
                tracing::error!(error = %other, "an operation failed");
                Self::new(FaultCode::Internal, t!("fault-internal"))
            }
        }
    }
}

impl Error {
    /// Whether a unique index refused a row.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(e) if e.is_already_exists() || e.to_string().contains("already contains"))
    }
}
