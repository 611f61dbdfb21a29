//! Mail of the instance itself: queued durably, sent by the actor.

use chrono::{DateTime, Datelike, Duration, Utc};
use nexsent_model::{SystemMailId, accounts::Role, domains::DnsRecord};
use nexsent_texts::{t, within_sync};
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use super::language;
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

impl Letter {
    /// A text file ends with the end of a line.
    fn new(subject: String, text: String) -> Self {
        Self { subject, text: text + "\n" }
    }
}

/// `3 Sep 2026, 14:05 UTC`: mails know no time zone of their reader.
fn minute(at: DateTime<Utc>) -> String {
    t!("mail-minute", day = at.day(), month = month(at), year = at.year().to_string(), time = at.format("%H:%M").to_string())
}

/// `3 September 2026, 14:05 UTC`.
fn date(at: DateTime<Utc>) -> String {
    t!("mail-date", day = at.day(), month = month(at), year = at.year().to_string(), time = at.format("%H:%M").to_string())
}

/// The word that chooses the month's name.
fn month(at: DateTime<Utc>) -> String {
    at.format("%b").to_string().to_lowercase()
}

pub(super) fn confirmation(instance: &str, name: &str, link: &str) -> Letter {
    let hello = if name.is_empty() { t!("mail-hello") } else { t!("mail-hello-name", name = name) };
    Letter::new(t!("mail-confirm-subject", instance = instance), t!("mail-confirm-body", hello = hello, link = link))
}

pub(super) fn already(instance: &str, link: &str) -> Letter {
    Letter::new(t!("mail-already-subject", instance = instance), t!("mail-already-body", link = link))
}

pub(super) fn reset(instance: &str, link: &str) -> Letter {
    Letter::new(t!("mail-reset-subject", instance = instance), t!("mail-reset-body", link = link))
}

pub(super) fn invitation(instance: &str, workspace: &str, by: &str, role: Role, link: &str) -> Letter {
    Letter::new(
        t!("mail-invite-subject", by = by, workspace = workspace),
        t!("mail-invite-body", by = by, workspace = workspace, instance = instance, role = role.label(), link = link),
    )
}

pub(super) fn new_device(instance: &str, device: &str, address: &str, at: DateTime<Utc>, link: &str) -> Letter {
    Letter::new(
        t!("mail-device-subject", instance = instance),
        t!("mail-device-body", at = minute(at), address = address, device = device, link = link),
    )
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
    let record = |r: &&DnsRecord| {
        // Under the first, where the text has it.
        let found = if r.found.is_empty() { t!("mail-drift-nothing") } else { r.found.join("\n             ") };
        t!("mail-drift-record", what = r.purpose.label(), kind = &r.kind, host = &r.host, found = found, value = &r.value)
    };
    let records: Vec<String> = d.wrong.iter().map(record).collect();
    Letter::new(
        t!("mail-drift-subject", domain = d.domain),
        t!("mail-drift-body", domain = d.domain, instance = d.instance, held = d.held, records = records.join("\n\n"), link = d.link),
    )
}

pub(super) fn closing(instance: &str, workspace: &str, by: &str, due: DateTime<Utc>, link: &str) -> Letter {
    Letter::new(
        t!("mail-closing-subject", workspace = workspace),
        t!("mail-closing-body", by = by, workspace = workspace, instance = instance, due = date(due), link = link),
    )
}

pub(super) fn closing_soon(instance: &str, workspace: &str, due: DateTime<Utc>, link: &str) -> Letter {
    Letter::new(
        t!("mail-closing-soon-subject", workspace = workspace),
        t!("mail-closing-soon-body", workspace = workspace, instance = instance, due = date(due), link = link),
    )
}

fn owner(id: &SystemMailId) -> String {
    format!("system|{id}|body")
}

/// In the language of whoever gets it; `about`: the workspace that it is about.
pub(crate) async fn queue(core: &Core, to: &str, about: Option<&str>, letter: impl FnOnce() -> Letter) -> Result<()> {
    let reads = language::of_reader(core, to, about).await?;
    let letter = within_sync(reads, letter);
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

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use nexsent_model::domains::{RecordPurpose, RecordState};
    use nexsent_texts::Language;

    use super::*;

    fn at() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 9, 3, 14, 5, 0).unwrap()
    }

    fn record(found: &[&str]) -> DnsRecord {
        DnsRecord {
            purpose: RecordPurpose::Dkim,
            kind: "TXT".to_owned(),
            host: "s._domainkey.acme.example".to_owned(),
            value: "v=DKIM1".to_owned(),
            state: RecordState::Wrong,
            found: found.iter().map(|f| (*f).to_owned()).collect(),
            problem: None,
        }
    }

    #[test]
    fn letters_keep_their_lines() {
        let letter = new_device("NexSent", "Firefox on Linux", "192.0.2.1", at(), "https://x/y");
        assert_eq!(
            letter.text,
            "Hello,\n\nsomebody signed in to your account from a browser that it was not used from before:\n\n  when: 3 Sep 2026, 14:05 UTC\n  \
             from: 192.0.2.1\n  browser: Firefox on Linux\n\nIf that was you, you need do nothing. If not, open this link and end every session of \
             your account at once; it works once, for seven days:\n\nhttps://x/y\n\nThen set a new password.\n"
        );
        let (one, two) = (record(&["a", "b"]), record(&[]));
        let drift = |held| drifted(&Drifted { instance: "NexSent", domain: "acme.example", wrong: &[&one, &two], held, link: "https://x" });
        let head = format!("{} (TXT s._domainkey.acme.example)\n", RecordPurpose::Dkim.label());
        assert_eq!(
            drift(2).text,
            format!(
                "Hello,\n\nthe DNS records of acme.example no longer say what NexSent needs to send mail from it. 2 campaigns that were being sent \
                 from it have been paused.\n\n{head}  found:     a\n             b\n  should be: v=DKIM1\n\n{head}  found:     nothing\n  \
                 should be: v=DKIM1\n\nThe records are looked at again every five minutes. Here they are all:\n\nhttps://x\n"
            )
        );
        assert!(drift(0).text.contains("from it. No campaign was being sent from it; none starts until this is mended.\n\n"));
        assert!(drift(1).text.contains("from it. A campaign that was being sent from it has been paused.\n\n"));
        assert!(confirmation("NexSent", "", "L").text.starts_with("Hello,\n\nopen this link"));
        assert!(
            confirmation("NexSent", "Ann", "L").text.ends_with("L\n\nIt works once, for three days. If you did not sign up, you need do nothing.\n")
        );
    }

    #[test]
    fn letters_are_in_another_language_as_a_whole() {
        let (soon, record) = within_sync(Language::Es, || (closing_soon("NexSent", "Acme", at(), "L"), drifted_record()));
        assert!(soon.text.contains("el 3 de septiembre de 2026, 14:05 UTC"), "{}", soon.text);
        assert!(record.contains("\n  hay ahora: a\n             b\n  debe ser:  v=DKIM1\n"), "{record}");
    }

    fn drifted_record() -> String {
        let one = record(&["a", "b"]);
        drifted(&Drifted { instance: "NexSent", domain: "acme.example", wrong: &[&one], held: 0, link: "L" }).text
    }
}
