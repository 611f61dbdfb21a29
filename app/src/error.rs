//! The one error of the app: a fault that a person can read.

use std::fmt;

use leptos::{
    prelude::FromServerFnError,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use nexsent_model::{Fault, FaultCode};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

/// What server functions return when they refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError(pub Fault);

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self(Fault::new(FaultCode::Unavailable, t!("places-unreachable"))),
            _ => Self(Fault::new(FaultCode::Internal, t!("places-went-wrong"))),
        }
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

#[cfg(feature = "ssr")]
impl From<nexsent_platform::Error> for AppError {
    fn from(error: nexsent_platform::Error) -> Self {
        let fault = Fault::from(error);
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
            && let Ok(status) = http::StatusCode::from_u16(fault.code.status())
        {
            response.set_status(status);
        }
        Self(fault)
    }
}

impl AppError {
    /// What is wrong with a field, when this is about it.
    #[must_use]
    pub fn on(&self, field: &str) -> Option<String> {
        (self.0.field.as_deref() == Some(field)).then(|| self.0.message.clone())
    }
}
