//! The lines of the public Security page, and the row of docs/SECURITY-MODEL.md in which each is shown to be true.
//!
//! A line stands here once its row is in the document with a test that holds it; `server/tests/it/docs.rs` keeps the two together.

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
    pub const fn heading(self) -> (&'static str, &'static str) {
        match self {
            Self::Layers => ("layers", "Layers"),
            Self::Practices => ("practices", "Practices"),
        }
    }
}

/// One line of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub part: Part,
    /// Two or three words.
    pub name: &'static str,
    /// For a customer; true of every instance, however it is configured.
    pub sentence: &'static str,
    /// The name of the row in docs/SECURITY-MODEL.md.
    pub row: &'static str,
}

/// Every line, in the page's order.
pub const MEASURES: &[Measure] = &[
    Measure {
        part: Part::Layers,
        name: "Isolation",
        sentence: "Contacts, campaigns, reports and settings of a workspace are refused to every other by the database itself.",
        row: "isolation",
    },
    Measure {
        part: Part::Layers,
        name: "Roles",
        sentence: "What a member may read or change follows from their role, by permissions that the database enforces.",
        row: "roles",
    },
    Measure {
        part: Part::Layers,
        name: "Passwords",
        sentence: "Never kept in plain text: each goes through argon2id with a salt of its own, and nobody can read it back.",
        row: "passwords",
    },
    Measure {
        part: Part::Layers,
        name: "Signing keys",
        sentence: "The private keys of your domains lie sealed with AES-256-GCM, under a key that is not in the database.",
        row: "sealed-secrets",
    },
    Measure {
        part: Part::Layers,
        name: "Proof of the domain",
        sentence: "No campaign starts before DNS shows that the domain is yours, with SPF, DKIM, DMARC and return path in place.",
        row: "vouched-domains",
    },
    Measure {
        part: Part::Layers,
        name: "Signed messages",
        sentence: "Every campaign's messages carry a DKIM signature by a 2048-bit RSA key made for your domain alone.",
        row: "dkim-signatures",
    },
    Measure {
        part: Part::Layers,
        name: "In transit",
        sentence: "Mail goes out under TLS 1.2 or 1.3 where the other server can; the report says for each recipient whether it did.",
        row: "transport",
    },
    Measure {
        part: Part::Practices,
        name: "Confirmed sign-ups",
        sentence: "Where a list asks for it, nobody is mailed before they press a button behind a link in their own mailbox; a scanner that opens the link changes nothing.",
        row: "scanner-safe",
    },
    Measure {
        part: Part::Practices,
        name: "Erasure",
        sentence: "Whoever asks for it, and confirms by mail, is taken out of every table; a keyed hash keeps their address from being imported again.",
        row: "erasure",
    },
    Measure {
        part: Part::Practices,
        name: "Sessions",
        sentence: "A session is a cookie that no script can read; where the instance is reached by https, it travels by https alone.",
        row: "session-cookie",
    },
    Measure {
        part: Part::Practices,
        name: "Kept as a hash",
        sentence: "The database keeps a session under a hash of its name alone: a copy of the database hands nobody a session.",
        row: "session-store",
    },
    Measure {
        part: Part::Practices,
        name: "Guessing passwords",
        sentence: "Wrong passwords slow down the place that they come from; the account's owner gets in from everywhere else.",
        row: "throttled-sign-in",
    },
    Measure {
        part: Part::Practices,
        name: "Common passwords",
        sentence: "A password has at least ten characters, and those that are among the first to be tried are refused.",
        row: "common-passwords",
    },
    Measure {
        part: Part::Practices,
        name: "No hints",
        sentence: "Signing in, signing up and resetting answer the same, whether an address has an account or not.",
        row: "unknown-addresses",
    },
    Measure {
        part: Part::Practices,
        name: "Links in our mail",
        sentence: "A link that confirms an address or sets a new password works once and for that purpose alone.",
        row: "mail-links",
    },
    Measure {
        part: Part::Practices,
        name: "Rate limits",
        sentence: "Signing in, signing up and resetting are limited for each internet address that such requests come from.",
        row: "entry-rate",
    },
    Measure {
        part: Part::Practices,
        name: "Requests from elsewhere",
        sentence: "A change in your workspace that another site's page makes your browser ask for is refused, signed in or not.",
        row: "csrf",
    },
    Measure {
        part: Part::Practices,
        name: "Content policy",
        sentence: "Pages run the platform's own scripts alone; one that stands within a page needs a word that is new each time.",
        row: "content-policy",
    },
    Measure {
        part: Part::Practices,
        name: "Checked input",
        sentence: "Addresses, domains, names and fields are checked on the server, whatever a browser has let through.",
        row: "validated-input",
    },
    Measure {
        part: Part::Practices,
        name: "Bounded requests",
        sentence: "Everything that is sent to the platform has a largest size, and the server counts while it comes in.",
        row: "body-limits",
    },
    Measure {
        part: Part::Practices,
        name: "Templates",
        sentence: "A message's template runs with a bound on steps, depth and output, and reaches nothing but its recipient's fields.",
        row: "template-limits",
    },
    Measure {
        part: Part::Practices,
        name: "Messages as pages",
        sentence: "A message that is looked at in the browser is shut in a sandbox, where no script and no form can act.",
        row: "sandboxed-html",
    },
    Measure {
        part: Part::Practices,
        name: "Tracked links",
        sentence: "A tracked link leads where the campaign's author pointed, and nowhere else; a changed one leads nowhere.",
        row: "no-open-redirect",
    },
    Measure {
        part: Part::Practices,
        name: "Opened by programs",
        sentence: "Scanners that follow a link in a mail unsubscribe nobody and confirm nothing: it takes a button.",
        row: "harmless-get",
    },
    Measure {
        part: Part::Practices,
        name: "Leaving",
        sentence: "Unsubscribing counts at once and for all campaigns of the workspace, messages already queued included.",
        row: "unsubscribe-at-once",
    },
    Measure {
        part: Part::Practices,
        name: "Refused addresses",
        sentence: "An address that its mail server refuses for good is left out from then on, which protects your reputation.",
        row: "refused-addresses",
    },
];
