//! One shape for everything that goes wrong on the way to a person.

use std::fmt;

use nexsent_texts::t;
use serde::{Deserialize, Serialize};

/// A stable code that programs can match on; each has one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// 400: the input is wrong; `field` names where.
    Invalid,
    /// 401: nobody is signed in.
    SignedOut,
    /// 403: the role does not allow it.
    Forbidden,
    /// 403: it is allowed, but the person has to prove again who they are first; then the same request goes through.
    ProofNeeded,
    /// 404: there is none, or it belongs to another workspace (which nobody may learn).
    NotFound,
    /// 409: it exists already, or has changed meanwhile.
    Conflict,
    /// 409: the thing is not in a state in which this can be done.
    WrongState,
    /// 429: too often; try again later.
    TooMany,
    /// 413: larger than allowed.
    TooLarge,
    /// 503: something behind the server does not answer; try again.
    Unavailable,
    /// 500: our mistake.
    Internal,
}

impl FaultCode {
    /// The HTTP status of this code (RFC 9110 §15).
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::SignedOut => 401,
            Self::Forbidden | Self::ProofNeeded => 403,
            Self::NotFound => 404,
            Self::Conflict | Self::WrongState => 409,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// What a person is told: a code, a sentence that says what to do, and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub code: FaultCode,
    pub message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Fault {
    #[must_use]
    pub fn new(code: FaultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None }
    }

    /// A mistake in one field of a form.
    #[must_use]
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: FaultCode::Invalid, message: message.into(), field: Some(field.into()) }
    }

    /// There is none. `what` chooses the sentence in `model.ftl`: languages have genders.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        let key = what.replace(' ', "-");
        Self::new(FaultCode::NotFound, t!("model-no-such", what = key, name = what))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
