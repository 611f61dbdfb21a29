//! What a refusal means: the enhanced status code first (RFC 3463), then the text by rules that are data (`rules/replies.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::smtp::Reply;

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    BadMailbox,
    BadDomain,
    Inactive,
    MailboxFull,
    MessageTooBig,
    Policy,
    Blocklisted,
    RateLimited,
    Greylisted,
    Auth,
    Tls,
    Dns,
    Protocol,
    Other,
}

impl Class {
    /// Whether it says something about the recipient: only then may a permanent refusal suppress the address.
    #[must_use]
    pub const fn blames_recipient(self) -> bool {
        matches!(self, Self::BadMailbox | Self::BadDomain | Self::Inactive)
    }

    /// Whether to go slower with this provider.
    #[must_use]
    pub const fn asks_to_slow_down(self) -> bool {
        matches!(self, Self::RateLimited | Self::Blocklisted)
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadMailbox => "bad_mailbox",
            Self::BadDomain => "bad_domain",
            Self::Inactive => "inactive",
            Self::MailboxFull => "mailbox_full",
            Self::MessageTooBig => "message_too_big",
            Self::Policy => "policy",
            Self::Blocklisted => "blocklisted",
            Self::RateLimited => "rate_limited",
            Self::Greylisted => "greylisted",
            Self::Auth => "auth",
            Self::Tls => "tls",
            Self::Dns => "dns",
            Self::Protocol => "protocol",
            Self::Other => "other",
        }
    }
}

#[derive(Deserialize)]
struct Rules {
    /// In order: the first rule with a matching phrase decides.
    text: Vec<TextRule>,
    code: Vec<CodeRule>,
}

#[derive(Deserialize)]
struct TextRule {
    class: Class,
    /// Only replies that are permanent (`5`) or not (`4`); both when missing.
    only: Option<u8>,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct CodeRule {
    class: Class,
    /// `5.1.1`, or `x.1.1` for both kinds.
    codes: Vec<String>,
}

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../rules/replies.toml")).unwrap_or(Rules { text: Vec::new(), code: Vec::new() }));

/// The class of a refusal.
///
/// A precise code decides; a vague one (`x.0.0`, `x.7.0`, `x.7.1`, or none) leaves it to the text.
#[must_use]
pub fn classify(reply: &Reply) -> Class {
    let by_code = reply.enhanced.and_then(|(class, subject, detail)| {
        let exact = format!("{class}.{subject}.{detail}");
        let any = format!("x.{subject}.{detail}");
        RULES.code.iter().find(|r| r.codes.iter().any(|c| *c == exact || *c == any)).map(|r| r.class)
    });
    if let Some(class) = by_code {
        return class;
    }
    let text = reply.text.to_lowercase();
    let kind = if reply.is_permanent() { 5 } else { 4 };
    let by_text = RULES.text.iter().filter(|r| r.only.is_none_or(|o| o == kind)).find(|r| r.phrases.iter().any(|p| text.contains(p.as_str())));
    by_text.map_or_else(
        || match (reply.code, reply.enhanced) {
            (500..=504, _) => Class::Protocol,
            (552, None) => Class::MailboxFull,
            (_, Some((_, 1, _))) => Class::BadMailbox,
            (_, Some((_, 7, _))) => Class::Policy,
            (_, Some((_, 4, _))) => Class::Dns,
            (_, Some((_, 5, _))) => Class::Protocol,
            _ => Class::Other,
        },
        |r| r.class,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(line: &str) -> Class {
        classify(&Reply::parse(line).expect("a reply"))
    }

    #[test]
    fn the_rules_read() {
        assert!(RULES.text.len() > 5 && RULES.code.len() > 5);
        for phrase in RULES.text.iter().flat_map(|r| &r.phrases) {
            assert_eq!(phrase, &phrase.to_lowercase(), "phrases are compared in lower case");
        }
    }

    #[test]
    fn replies_of_every_class() {
        for (line, expected) in [
            ("550 5.1.1 The email account that you tried to reach does not exist", Class::BadMailbox),
            ("550 No such user here", Class::BadMailbox),
            ("550 5.1.2 bad domain", Class::BadDomain),
            ("550 5.2.1 The account is disabled", Class::Inactive),
            ("452 4.2.2 The recipient's inbox is out of storage space", Class::MailboxFull),
            ("552 5.3.4 too big", Class::MessageTooBig),
            ("451 4.7.1 Greylisting in action, please come back later", Class::Greylisted),
            ("450 Greylisted, try again", Class::Greylisted),
            ("421 4.7.0 Too many messages from this IP, slow down", Class::RateLimited),
            ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using a DNSBL", Class::Blocklisted),
            ("550 5.7.26 This mail is unauthenticated", Class::Auth),
            ("554 5.7.1 Message rejected as spam", Class::Policy),
            ("530 5.7.0 Must issue a STARTTLS command first", Class::Tls),
            ("500 Syntax error", Class::Protocol),
            ("451 internal error", Class::Other),
        ] {
            assert_eq!(class(line), expected, "{line}");
        }
    }
}
