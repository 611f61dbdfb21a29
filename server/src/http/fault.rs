//! Faults as answers outside the pages: a status, a stable code, a sentence.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use nexsent_model::{Fault, FaultCode};

/// A [`Fault`] as a JSON answer with its status.
#[derive(Debug)]
pub struct Refusal(pub Fault);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.0)).into_response()
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl From<nexsent_platform::Error> for Refusal {
    fn from(error: nexsent_platform::Error) -> Self {
        let fault = Fault::from(error);
        if fault.code == FaultCode::Internal {
            tracing::error!(message = %fault.message, "a request failed");
        }
        Self(fault)
    }
}
