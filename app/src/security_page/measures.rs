//! The lines of the public Security page, and the row of docs/SECURITY-MODEL.md in which each is shown to be true.
//!
//! A line stands here once its row is in the document with a test that holds it; `server/tests/it/docs.rs` keeps the two together.

use nexsent_texts::t;

/// Where on the page a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What lies around people's data.
    Layers,
    /// How the platform works, day by day.
    Practices,
}

impl Part {
    /// The part's anchor and its heading.
    #[must_use]
    pub fn heading(self) -> (&'static str, String) {
        match self {
            Self::Layers => ("layers", t!("security-layers")),
            Self::Practices => ("practices", t!("security-practices")),
        }
    }
}

/// One line of the page.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub part: Part,
    /// Two or three words.
    pub name: fn() -> String,
    /// For a customer; true of every instance, however it is configured.
    pub sentence: fn() -> String,
    /// The name of the row in docs/SECURITY-MODEL.md.
    pub row: &'static str,
}

/// Every line, in the page's order.
pub const MEASURES: &[Measure] = &[
    Measure { part: Part::Layers, name: || t!("security-isolation"), sentence: || t!("security-isolation-text"), row: "isolation" },
    Measure { part: Part::Layers, name: || t!("security-roles"), sentence: || t!("security-roles-text"), row: "roles" },
    Measure { part: Part::Layers, name: || t!("security-passwords"), sentence: || t!("security-passwords-text"), row: "passwords" },
    Measure { part: Part::Layers, name: || t!("security-sealed-secrets"), sentence: || t!("security-sealed-secrets-text"), row: "sealed-secrets" },
    Measure { part: Part::Layers, name: || t!("security-vouched-domains"), sentence: || t!("security-vouched-domains-text"), row: "vouched-domains" },
    Measure { part: Part::Layers, name: || t!("security-dkim-signatures"), sentence: || t!("security-dkim-signatures-text"), row: "dkim-signatures" },
    Measure { part: Part::Layers, name: || t!("security-transport"), sentence: || t!("security-transport-text"), row: "transport" },
    Measure { part: Part::Practices, name: || t!("security-scanner-safe"), sentence: || t!("security-scanner-safe-text"), row: "scanner-safe" },
    Measure { part: Part::Practices, name: || t!("security-erasure"), sentence: || t!("security-erasure-text"), row: "erasure" },
    Measure { part: Part::Practices, name: || t!("security-session-cookie"), sentence: || t!("security-session-cookie-text"), row: "session-cookie" },
    Measure { part: Part::Practices, name: || t!("security-session-store"), sentence: || t!("security-session-store-text"), row: "session-store" },
    Measure {
        part: Part::Practices,
        name: || t!("security-throttled-sign-in"),
        sentence: || t!("security-throttled-sign-in-text"),
        row: "throttled-sign-in",
    },
    Measure {
        part: Part::Practices,
        name: || t!("security-common-passwords"),
        sentence: || t!("security-common-passwords-text"),
        row: "common-passwords",
    },
    Measure {
        part: Part::Practices,
        name: || t!("security-unknown-addresses"),
        sentence: || t!("security-unknown-addresses-text"),
        row: "unknown-addresses",
    },
    Measure { part: Part::Practices, name: || t!("security-mail-links"), sentence: || t!("security-mail-links-text"), row: "mail-links" },
    Measure { part: Part::Practices, name: || t!("security-entry-rate"), sentence: || t!("security-entry-rate-text"), row: "entry-rate" },
    Measure { part: Part::Practices, name: || t!("security-csrf"), sentence: || t!("security-csrf-text"), row: "csrf" },
    Measure { part: Part::Practices, name: || t!("security-content-policy"), sentence: || t!("security-content-policy-text"), row: "content-policy" },
    Measure {
        part: Part::Practices,
        name: || t!("security-validated-input"),
        sentence: || t!("security-validated-input-text"),
        row: "validated-input",
    },
    Measure { part: Part::Practices, name: || t!("security-body-limits"), sentence: || t!("security-body-limits-text"), row: "body-limits" },
    Measure {
        part: Part::Practices,
        name: || t!("security-template-limits"),
        sentence: || t!("security-template-limits-text"),
        row: "template-limits",
    },
    Measure { part: Part::Practices, name: || t!("security-sandboxed-html"), sentence: || t!("security-sandboxed-html-text"), row: "sandboxed-html" },
    Measure {
        part: Part::Practices,
        name: || t!("security-no-open-redirect"),
        sentence: || t!("security-no-open-redirect-text"),
        row: "no-open-redirect",
    },
    Measure { part: Part::Practices, name: || t!("security-harmless-get"), sentence: || t!("security-harmless-get-text"), row: "harmless-get" },
    Measure {
        part: Part::Practices,
        name: || t!("security-unsubscribe-at-once"),
        sentence: || t!("security-unsubscribe-at-once-text"),
        row: "unsubscribe-at-once",
    },
    Measure {
        part: Part::Practices,
        name: || t!("security-refused-addresses"),
        sentence: || t!("security-refused-addresses-text"),
        row: "refused-addresses",
    },
];
