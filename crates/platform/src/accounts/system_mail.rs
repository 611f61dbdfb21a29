//! Mail of the instance itself: queued durably, sent by the actor.

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{SystemMailId, domains::DnsRecord};
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use crate::{
    Core, Result, SystemDb,
    db::{q, rid, text_key},
};

/// How long one may wait to be sent: a link in it is old by then.
const GIVE_UP_AFTER: i64 = 24;

pub(crate) struct Letter {
    subject: String,
    text: String,
}

/// One mail to send.
#[derive(Clone, Debug)]
pub struct SystemMail {
    pub id: SystemMailId,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub attempts: u32,
}

pub(super) fn confirmation(instance: &str, name: &str, link: &str) -> Letter {
    let hello = if name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") };
    Letter {
        subject: format!("Confirm your address for {instance}"),
        text: format!(
            "{hello}\n\nopen this link to confirm your address:\n\n{link}\n\nIt works once, for three days. If you did not sign up, you need do nothing.\n"
        ),
    }
}

pub(super) fn already(instance: &str, link: &str) -> Letter {
    Letter {
        subject: format!("You already have an account on {instance}"),
        text: format!(
            "Hello,\n\nsomebody, probably you, signed up with this address, but it has an account already. Sign in here:\n\n{link}\n\nIf you have forgotten the password, the same page helps.\n"
        ),
    }
}

pub(super) fn reset(instance: &str, link: &str) -> Letter {
    Letter {
        subject: format!("A new password for {instance}"),
        text: format!(
            "Hello,\n\nopen this link to set a new password:\n\n{link}\n\nIt works once, for an hour. If you did not ask for it, you need do nothing: your password stays.\n"
        ),
    }
}

pub(super) fn invitation(instance: &str, workspace: &str, by: &str, role: &str, link: &str) -> Letter {
    Letter {
        subject: format!("{by} invites you to {workspace}"),
        text: format!(
            "Hello,\n\n{by} invites you to the workspace {workspace} on {instance}, in the role {role}. Open this link to accept:\n\n{link}\n\nIt works once, for seven days. If you do not know what this is about, you need do nothing.\n"
        ),
    }
}

pub(super) fn new_device(instance: &str, device: &str, address: &str, at: DateTime<Utc>, link: &str) -> Letter {
    Letter {
        subject: format!("A new sign-in to {instance}"),
        text: format!(
            "Hello,\n\nsomebody signed in to your account from a browser that it was not used from before:\n\n  when: {}\n  from: {address}\n  browser: {device}\n\nIf that was you, you need do nothing. If not, open this link and end every session of your account at once; it works once, for seven days:\n\n{link}\n\nThen set a new password.\n",
            at.format("%-d %b %Y, %H:%M UTC")
        ),
    }
}

/// What is told of a domain whose records are wrong now.
pub(crate) struct Drifted<'a> {
    pub instance: &'a str,
    pub domain: &'a str,
    pub wrong: &'a [&'a DnsRecord],
    /// Campaigns that were stopped.
    pub held: u32,
    pub link: &'a str,
}

pub(crate) fn drifted(d: &Drifted) -> Letter {
    let stopped = match d.held {
        0 => "No campaign was being sent from it; none starts until this is mended.".to_owned(),
        1 => "A campaign that was being sent from it has been paused.".to_owned(),
        n => format!("{n} campaigns that were being sent from it have been paused."),
    };
    let mut text = format!("Hello,\n\nthe DNS records of {} no longer say what {} needs to send mail from it. {stopped}\n", d.domain, d.instance);
    for r in d.wrong {
        let found = if r.found.is_empty() { "nothing".to_owned() } else { r.found.join("\n             ") };
        text.push_str(&format!("\n{} ({} {})\n  found:     {found}\n  should be: {}\n", r.purpose.label(), r.kind, r.host, r.value));
    }
    text.push_str(&format!("\nThe records are looked at again every five minutes. Here they are all:\n\n{}\n", d.link));
    Letter { subject: format!("{} cannot send: a DNS record is wrong", d.domain), text }
}

pub(super) fn closing(instance: &str, workspace: &str, by: &str, due: DateTime<Utc>, link: &str) -> Letter {
    Letter {
        subject: format!("{workspace} will be deleted"),
        text: format!(
            "Hello,\n\n{by} has asked to delete the workspace {workspace} on {instance}. Nothing is sent from it any more. On {} everything in it is deleted for good: contacts, campaigns, reports, settings.\n\nUntil then you can restore it here:\n\n{link}\n",
            due.format("%-d %B %Y, %H:%M UTC")
        ),
    }
}

pub(super) fn closing_soon(instance: &str, workspace: &str, due: DateTime<Utc>, link: &str) -> Letter {
    Letter {
        subject: format!("{workspace} is deleted soon"),
        text: format!(
            "Hello,\n\nthe workspace {workspace} on {instance} and everything in it is deleted for good on {}. This is the last mail about it. Until then you can restore it here:\n\n{link}\n",
            due.format("%-d %B %Y, %H:%M UTC")
        ),
    }
}

fn owner(id: &SystemMailId) -> String {
    format!("system|{id}|body")
}

pub(crate) async fn queue(core: &Core, to: &str, letter: &Letter) -> Result<()> {
    let id = SystemMailId::new();
    // The body holds a token that lets its reader in: sealed like any other.
    let body = core.master.seal(&owner(&id), letter.text.as_bytes())?;
    q!(
        core.system,
        "CREATE $id SET recipient = $to, subject = $subject, body = $body, next_try_at = time::now()",
        id = rid("system_mail", id.as_str()),
        to = to.to_owned(),
        subject = letter.subject.clone(),
        body = Bytes::from(body),
    )
    .map(drop)
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    recipient: String,
    subject: String,
    body: Bytes,
    attempts: u32,
}

impl SystemDb {
    /// Mails whose time has come, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_system_mail(&self, limit: u32) -> Result<Vec<SystemMail>> {
        let sql = "SELECT id, recipient, subject, body, attempts, next_try_at FROM system_mail WHERE next_try_at <= time::now() ORDER BY next_try_at LIMIT $limit";
        let rows: Vec<Row> = q!(self.0.system, sql, limit = limit)?.take(0)?;
        rows.into_iter()
            .map(|r| {
                let id: SystemMailId = text_key(&r.id).parse()?;
                let text = self.0.master.open(&owner(&id), r.body.as_ref())?;
                Ok(SystemMail { text: String::from_utf8_lossy(&text).into_owned(), id, to: r.recipient, subject: r.subject, attempts: r.attempts })
            })
            .collect()
    }

    /// It was taken, or never will be: nothing of it is kept.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn drop_system_mail(&self, id: &SystemMailId) -> Result<()> {
        q!(self.0.system, "DELETE $id", id = rid("system_mail", id.as_str())).map(drop)
    }

    /// It was not taken; it is tried again, for a day at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn postpone_system_mail(&self, mail: &SystemMail, problem: &str) -> Result<()> {
        let minutes = [0, 1, 2, 5, 10, 30, 60].get(mail.attempts as usize + 1).copied().unwrap_or(120);
        if mail.attempts > GIVE_UP_AFTER as u32 {
            return self.drop_system_mail(&mail.id).await;
        }
        let next: DateTime<Utc> = Utc::now() + Duration::minutes(minutes);
        q!(
            self.0.system,
            "UPDATE $id SET attempts += 1, next_try_at = $next, problem = $problem",
            id = rid("system_mail", mail.id.as_str()),
            next = next,
            problem = problem.chars().take(300).collect::<String>(),
        )
        .map(drop)
    }
}
