//! Members, invitations, the audit log, and how an account is kept safe.

use chrono::{DateTime, NaiveDate, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

pub use crate::workspace::*;
use crate::{AgentTeamId, InviteId, MemberId, TenantId, accounts::Role};

/// Somebody in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Whether this is the one who asks.
    pub you: bool,
    pub two_factor: bool,
    pub joined_at: DateTime<Utc>,
    pub last_seen_at: Option<DateTime<Utc>>,
}

/// Somebody who was invited and has not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    pub id: InviteId,
    pub email: String,
    pub role: Role,
    pub invited_by: String,
    pub expires_at: DateTime<Utc>,
}

/// A group of members who answer together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentTeam {
    pub id: AgentTeamId,
    pub name: String,
    pub members: Vec<MemberId>,
}

/// Everybody in the workspace; invitations are told to admins only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    pub members: Vec<MemberView>,
    pub invites: Vec<InviteView>,
    /// By name.
    pub teams: Vec<AgentTeam>,
}

/// What an invitation's link says before it is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub workspace: String,
    pub email: String,
    pub role: Role,
    pub invited_by: String,
    /// The address has an account already: sign in with it to accept.
    pub has_account: bool,
    /// Who looks is signed in as the invited address.
    pub is_you: bool,
}

/// A workspace that somebody belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    pub id: TenantId,
    pub name: String,
    pub role: Role,
    pub current: bool,
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub at: DateTime<Utc>,
    /// The e-mail address of who did it.
    pub actor: String,
    /// `area.verb`, such as `member.role`.
    pub action: String,
    /// What it was done to.
    pub target: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// The network address it came from.
    pub address: Option<String>,
    pub request: Option<String>,
}

/// Which lines of the audit log are wanted. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// A part of the person's address, the action or the target.
    pub search: String,
    /// A person's whole address.
    pub actor: String,
    /// A whole action, or an area: `member` finds `member.role`.
    pub action: String,
    /// From this day on, in UTC.
    pub from: Option<NaiveDate>,
    /// Up to this day and with it, in UTC.
    pub until: Option<NaiveDate>,
}

/// The areas of actions, for a choice: what stands before the dot.
pub const AUDIT_AREAS: [&str; 19] = [
    "account",
    "attribute",
    "bulk",
    "campaign",
    "contact",
    "contacts",
    "domain",
    "duplicates",
    "export",
    "form",
    "import",
    "invite",
    "list",
    "member",
    "segment",
    "session",
    "suppression",
    "team",
    "workspace",
];

/// What somebody shows to prove again who they are.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Password(String),
    /// A code of the second factor, or one for recovery.
    Code(String),
}

impl std::fmt::Debug for Proof {
    /// Which kind it is: what was typed is for nobody's log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Password(_)) { "Password" } else { "Code" })
    }
}

/// How long a proof holds, in minutes.
pub const PROOF_MINUTES: i64 = 10;

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: String,
    pub device: String,
    pub address: Option<String>,
    pub since: Option<DateTime<Utc>>,
    pub last_seen_at: DateTime<Utc>,
    /// The browser that asks.
    pub current: bool,
}

/// A try to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInEntry {
    pub at: DateTime<Utc>,
    pub address: String,
    pub device: String,
    /// Whether it let somebody in.
    pub ok: bool,
}

/// How an account is kept safe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSafety {
    pub two_factor: bool,
    pub recovery_codes_left: u32,
    pub sessions: Vec<SessionView>,
    pub sign_ins: Vec<SignInEntry>,
}

/// What an authenticator app needs; kept by the server until the first code proves that it has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactorSetup {
    /// Base32, to be typed where no camera is.
    pub secret: String,
    /// The code to scan: an SVG drawn by the server.
    pub qr_svg: String,
}

/// `Firefox on Linux`, out of a `User-Agent` header: enough for a person to know their own. Kept as it is, and compared; people see it by
/// [`device_label`].
#[must_use]
pub fn device_name(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    // The order matters: others' names are in most of them.
    let browser =
        find(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(b), Some(s)) => format!("{b} on {s}"),
        (Some(b), None) => b.to_owned(),
        (None, Some(s)) => format!("{SOME_BROWSER}{s}"),
        (None, None) => UNKNOWN_BROWSER.to_owned(),
    }
}

const SOME_BROWSER: &str = "A browser on ";
const UNKNOWN_BROWSER: &str = "Unknown browser";

/// What [`device_name`] has said, in the language of whoever reads it.
#[must_use]
pub fn device_label(device: &str) -> String {
    if device == UNKNOWN_BROWSER {
        return t!("accounts-device-unknown");
    }
    match (device.strip_prefix(SOME_BROWSER), device.split_once(" on ")) {
        (Some(system), _) => t!("accounts-device-some", system = system),
        (None, Some((browser, system))) => t!("accounts-device-on", browser = browser, system = system),
        _ => device.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_names() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(device_name(chrome), "Chrome on Linux");
        assert_eq!(device_name(&format!("{chrome} Edg/140.0")), "Edge on Linux");
        assert_eq!(device_name(""), "Unknown browser");
        // In English they are called what they are kept as.
        for kept in ["Chrome on Linux", "A browser on iPad", "Unknown browser", "curl", ""] {
            assert_eq!(device_label(kept), kept);
        }
    }
}
