//! One mail to one person from a verified domain of the workspace: queued durably, sealed, built and signed when it is sent.
//!
//! An address gets few of them, whoever asks: for sign-ups three a day from a workspace and at most one in five minutes, ten a day from the
//! instance. Erasures are asked for by who holds a link already; they are counted apart, so that nobody's sign-ups stand in their way.

use chrono::{DateTime, Duration, Utc};
use nexsent_mail::compose::{self, Outgoing};
use nexsent_model::{DomainId, LetterId, TenantId};
use nexsent_texts::Language;
use serde::{Deserialize, Serialize};
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use super::mark;
use crate::{
    Core, Error, Result, SystemDb,
    db::{aid, key, q, retrying, rid, text_key},
};

/// Mails a day to one address from one workspace.
const PER_WORKSPACE: u32 = 3;
/// Mails a day to one address from the whole instance.
const PER_INSTANCE: u32 = 10;
/// Between two mails to one address from one workspace.
const PAUSE: Duration = Duration::minutes(5);
/// How long one may wait to be sent.
const GIVE_UP_AFTER: Duration = Duration::days(1);

/// What is sent to whom.
#[derive(Serialize, Deserialize)]
pub(super) struct Content {
    pub to: String,
    pub domain: DomainId,
    pub from_name: String,
    pub from_local: String,
    pub subject: String,
    /// What stands above the link.
    pub text: String,
    pub link: String,
    /// What the link's button says.
    pub label: String,
    /// What stands under the link.
    pub small: String,
    /// What all of it is written in; letters that wait since before there were languages are English.
    #[serde(default)]
    pub language: Language,
}

/// A mail that waits.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: LetterId,
    pub tenant: TenantId,
    pub attempts: u32,
    created_at: DateTime<Utc>,
    sealed: Vec<u8>,
}

/// A mail with its envelope, signed.
pub struct BuiltLetter {
    pub from: String,
    pub to: String,
    pub message: Vec<u8>,
}

fn owner(tenant: &str, id: &LetterId) -> String {
    format!("{tenant}|{id}|letter")
}

#[derive(SurrealValue)]
struct Limit {
    id: RecordId,
    since: DateTime<Utc>,
    last: DateTime<Utc>,
    sent: u32,
}

/// What a mail is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    SignUp,
    Erasure,
}

/// Whether an address may get another mail now; if so, it counts as sent.
pub(super) async fn allow(core: &Core, tenant: &str, email: &str, about: About) -> Result<bool> {
    let (word, pause) = if about == About::SignUp { ("", PAUSE) } else { ("erasure ", Duration::zero()) };
    let own = aid("mail_limit", key![tenant.to_owned(), format!("{word}{}", mark(core, tenant, email)?)]);
    let all = aid("mail_limit", key!["*".to_owned(), format!("{word}{}", mark(core, "*", email)?)]);
    retrying(|| async {
        let now = Utc::now();
        let rows: Vec<Limit> = q!(core.system, "SELECT id, since, last, sent FROM $ids", ids = vec![own.clone(), all.clone()])?.take(0)?;
        let mut next = Vec::with_capacity(2);
        for (id, most, pause) in [(&own, PER_WORKSPACE, pause), (&all, PER_INSTANCE, Duration::zero())] {
            let fresh = rows.iter().find(|r| r.id == *id && now - r.since < Duration::days(1));
            let (since, sent) = fresh.map_or((now, 0), |r| (r.since, r.sent));
            if sent >= most || fresh.is_some_and(|r| now - r.last < pause) {
                return Ok(false);
            }
            next.push(Limit { id: id.clone(), since, last: now, sent: sent + 1 });
        }
        q!(
            core.system,
            "BEGIN; FOR $r IN $rows { UPSERT $r.id SET since = $r.since, last = $r.last, sent = $r.sent RETURN NONE }; COMMIT;",
            rows = next
        )?;
        Ok(true)
    })
    .await
}

/// Queues a mail.
pub(super) async fn queue(core: &Core, tenant: &TenantId, content: &Content) -> Result<()> {
    let id = LetterId::new();
    let t = tenant.to_string();
    let sealed = core.master.seal(&owner(&t, &id), serde_json::to_string(content)?.as_bytes())?;
    q!(
        core.system,
        "CREATE $id SET tenant = $t, mark = $mark, sealed = $sealed, created_at = time::now(), next_try_at = time::now() RETURN NONE",
        id = rid("letter", id.as_str()),
        mark = mark(core, &t, &content.to)?,
        t = t,
        sealed = Bytes::from(sealed),
    )
    .map(drop)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn html(c: &Content) -> String {
    let paragraphs: String = c.text.split("\n\n").map(|p| format!("<p style=\"margin:0 0 16px\">{}</p>", escape(p).replace('\n', "<br>"))).collect();
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><body style=\"margin:0;padding:24px;font:16px/1.5 sans-serif;color:#19191d\">{paragraphs}\
         <p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#19191d;color:#ffffff;text-decoration:none\">{label}</a></p>\
         <p style=\"margin:0;font-size:13px;color:#5c5c67\">{small}</p></body></html>",
        lang = c.language.as_str(),
        dir = c.language.direction(),
        link = escape(&c.link),
        label = escape(&c.label),
        small = escape(&c.small).replace('\n', "<br>"),
    )
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    sealed: Bytes,
    attempts: u32,
    created_at: DateTime<Utc>,
    next_try_at: DateTime<Utc>,
}

impl SystemDb {
    /// Mails whose time has come, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_letters(&self, limit: u32) -> Result<Vec<Letter>> {
        let sql = "SELECT id, tenant, sealed, attempts, created_at, next_try_at FROM letter WHERE next_try_at <= time::now() ORDER BY next_try_at LIMIT $limit";
        let rows: Vec<Row> = q!(self.0.system, sql, limit = limit)?.take(0)?;
        rows.into_iter()
            .map(|r| {
                Ok(Letter {
                    id: text_key(&r.id).parse()?,
                    tenant: r.tenant.parse()?,
                    attempts: r.attempts,
                    created_at: r.created_at,
                    sealed: r.sealed.as_ref().to_vec(),
                })
            })
            .collect()
    }

    /// The message, signed for the domain as it is now.
    ///
    /// # Errors
    /// A fault when the domain may not send now.
    pub async fn build_letter(&self, letter: &Letter) -> Result<BuiltLetter> {
        let opened = self.0.master.open(&owner(letter.tenant.as_str(), &letter.id), &letter.sealed)?;
        let c: Content = serde_json::from_slice(&opened)?;
        let (domain, signer) = self.signer(&letter.tenant, &c.domain).await?;
        let message = compose::build(&Outgoing {
            from_name: &c.from_name,
            from_email: &format!("{}@{domain}", c.from_local),
            reply_to: "",
            to: &c.to,
            subject: &c.subject,
            message_id: &format!("{}@{domain}", letter.id),
            date: letter.created_at,
            html: Some(&html(&c)),
            text: &format!("{}\n\n{}:\n{}\n\n{}\n", c.text, c.label, c.link, c.small),
            bulk: None,
        });
        let header = signer.sign(&message, Utc::now().timestamp()).map_err(|e| Error::Setup(e.to_string()))?;
        Ok(BuiltLetter { from: format!("no-reply@bounce.{domain}"), to: c.to, message: [header.as_bytes(), &message].concat() })
    }

    /// It was taken, or never will be: nothing of it is kept.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn drop_letter(&self, id: &LetterId) -> Result<()> {
        q!(self.0.system, "DELETE $id RETURN NONE", id = rid("letter", id.as_str())).map(drop)
    }

    /// It was not taken; it is tried again, for a day at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn postpone_letter(&self, letter: &Letter, problem: &str) -> Result<()> {
        if Utc::now() - letter.created_at > GIVE_UP_AFTER {
            return self.drop_letter(&letter.id).await;
        }
        let minutes = [1, 2, 5, 10, 30, 60].get(letter.attempts as usize).copied().unwrap_or(120);
        q!(
            self.0.system,
            "UPDATE $id SET attempts += 1, next_try_at = $next, problem = $problem RETURN NONE",
            id = rid("letter", letter.id.as_str()),
            next = Utc::now() + Duration::minutes(minutes),
            problem = problem.chars().take(300).collect::<String>(),
        )
        .map(drop)
    }
}
