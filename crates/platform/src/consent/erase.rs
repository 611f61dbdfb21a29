//! Somebody's data are erased at their own wish: asked for in the preference centre, confirmed by a link in a mail.
//!
//! What is about them goes at once, in one transaction; a job then walks the ledgers, which have no index by address. Of the address
//! stays a keyed hash on the suppression list, so that no import brings them back.

use chrono::{DateTime, Duration, Utc};
use nexsent_mail::token::Ticket;
use nexsent_model::{
    DomainId, ErasureId, Fault, FaultCode, TenantId,
    consent::{ErasePage, LinkState},
    live::LiveEvent,
};
use nexsent_texts::{t, within};
use surrealdb_types::{Bytes, RecordId, SurrealValue};

use super::{ERASED, join, letters, mark, opt_in, sources};
use crate::{
    Core, Error, GateDb, Result, SystemDb,
    accounts::{
        audit::{self, Caller, Entry},
        language,
    },
    campaigns::preview::postal_address,
    contacts::{bits, bulk::FORGET, contact_id, edit::lock, suppression_id},
    db::{q, retrying, rid, text_key},
    delivery::ledger_id,
    domains::tracking::links_base,
    segments::marks::{self, Marks},
};

/// How long the link is good.
const LIFETIME: Duration = Duration::days(7);

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    contact: u32,
    mark: String,
    sealed: Bytes,
    state: String,
    expires_at: DateTime<Utc>,
}

const FIELDS: &str = "id, tenant, contact, mark, sealed, state, expires_at";

impl Row {
    fn email(&self, core: &Core) -> Result<String> {
        let opened = core.master.open(&owner(&self.tenant, &text_key(&self.id)), self.sealed.as_ref())?;
        Ok(String::from_utf8_lossy(&opened).into_owned())
    }
}

fn owner(tenant: &str, id: &str) -> String {
    format!("{tenant}|{id}|erasure")
}

fn unknown() -> Error {
    Fault::not_found("link").into()
}

/// A verified domain of a workspace, for a mail that no list is about.
async fn any_domain(core: &Core, tenant: &str) -> Result<Option<DomainId>> {
    let ids: Vec<RecordId> =
        q!(core.system, "SELECT VALUE id FROM domain WHERE tenant = $t ORDER BY name LIMIT 200", t = tenant.to_owned())?.take(0)?;
    let states: Vec<RecordId> = ids.iter().map(|id| rid("domain_state", &text_key(id))).collect();
    let good: Vec<RecordId> = q!(core.system, "SELECT VALUE id FROM $ids WHERE status = 'verified'", ids = states)?.take(0)?;
    good.first().map(|id| Ok(text_key(id).parse()?)).transpose()
}

impl GateDb {
    /// Somebody wants their data erased: a mail to their address asks for the confirmation.
    ///
    /// # Errors
    /// A fault for a link that is not ours, or when the workspace cannot send the mail.
    pub async fn ask_erasure(&self, token: &str) -> Result<()> {
        let p = self.person(token).await?;
        let t = p.tenant.to_string();
        let Some(domain) = any_domain(&self.0, &t).await? else {
            let text = t!("fault-consent-no-domain", workspace = &p.workspace);
            return Err(Fault::new(FaultCode::Unavailable, text).into());
        };
        if !letters::allow(&self.0, &t, &p.contact.email, letters::About::Erasure).await? {
            // The page says the same: a mail was sent a moment ago.
            return Ok(());
        }
        let id = ErasureId::new();
        let sealed = self.0.master.seal(&owner(&t, id.as_str()), p.contact.email.as_bytes())?;
        q!(
            self.0.system,
            "CREATE $id SET tenant = $t, contact = $n, mark = $mark, sealed = $sealed, state = 'asked', expires_at = $expires RETURN NONE",
            id = rid("erasure", id.as_str()),
            t = t.clone(),
            n = p.contact.number(),
            mark = mark(&self.0, &t, &p.contact.email)?,
            sealed = Bytes::from(sealed),
            expires = Utc::now() + LIFETIME,
        )?;
        let address = postal_address(&self.0.system, &t).await?;
        let language = language::of_workspace(&self.0, &t).await?;
        let (subject, text, label, small) = within(language, async {
            let text = t!("mail-recipient-erase-text", workspace = &p.workspace);
            (t!("mail-recipient-erase-subject", workspace = &p.workspace), text, t!("mail-recipient-erase-button"), t!("mail-recipient-erase-until"))
        })
        .await;
        let content = letters::Content {
            to: p.contact.email.clone(),
            domain,
            from_name: p.workspace.clone(),
            from_local: "no-reply".to_owned(),
            subject,
            text,
            link: format!("{}/e/{}", links_base(&self.0, p.tenant.as_str()).await?, self.0.links.ticket(Ticket::Erasure, &id.bits().to_be_bytes())),
            label,
            small: format!("{small}\n{address}").trim_end().to_owned(),
            language,
        };
        letters::queue(&self.0, &p.tenant, &content).await
    }

    async fn erasure(&self, token: &str) -> Result<Option<Row>> {
        let body: [u8; 16] = self.0.links.open_ticket(Ticket::Erasure, token).ok_or_else(unknown)?;
        let id = ErasureId::from_bits(u128::from_be_bytes(body));
        let row: Option<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = rid("erasure", id.as_str()))?.take(0)?;
        Ok(row.filter(|r| r.state != "asked" || r.expires_at > Utc::now()))
    }

    /// What the page behind an erasure's link shows. Changes nothing.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn erase_page(&self, token: &str) -> Result<ErasePage> {
        let Some(row) = self.erasure(token).await? else { return Ok(ErasePage { state: LinkState::Expired, workspace: String::new() }) };
        let workspace: Option<String> = q!(self.0.system, "SELECT VALUE name FROM ONLY $id", id = rid("tenant", &row.tenant))?.take(0)?;
        let state = if row.state == "asked" { LinkState::Open } else { LinkState::Done };
        Ok(ErasePage { state, workspace: workspace.unwrap_or_default() })
    }

    /// The button was pressed: what is about them goes. Twice is once.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn erase(&self, token: &str) -> Result<ErasePage> {
        if let Some(row) = self.erasure(token).await?.filter(|r| r.state == "asked") {
            let tenant: TenantId = row.tenant.parse()?;
            let email = row.email(&self.0)?;
            let _held = lock(&self.0, &tenant).await;
            let done = retrying(|| erase_once(&self.0, &row, &email)).await;
            match done {
                Ok(()) => {
                    let target = format!("con_{}", row.contact);
                    audit::at_gate(&self.0, &tenant, "the contact", &Caller::default(), Entry::new("contact.erased", &target)).await?;
                    self.0.events.publish(&tenant, LiveEvent::Contacts);
                }
                // Somebody pressed it at the same time.
                Err(Error::Database(e)) if e.is_thrown() => {}
                Err(e) => return Err(e),
            }
        }
        self.erase_page(token).await
    }
}

async fn erase_once(core: &Core, row: &Row, email: &str) -> Result<()> {
    let db = &core.system;
    let t = &row.tenant;
    let mut change = bits::Change::default();
    let mut contacts = Vec::new();
    if let Some(c) = join::by_email(db, t, email).await? {
        let n = c.number();
        change.remove(bits::ALL, n);
        c.lists.iter().for_each(|l| change.remove(l, n));
        sources::of(core, t, n).await?.iter().for_each(|s| change.remove(&s.id, n));
        contacts.push(n);
    }
    let reason: Option<String> = q!(db, "SELECT VALUE reason FROM ONLY $id", id = suppression_id(t, email))?.take(0)?;
    let marked = format!("{ERASED}{}", row.mark);
    q!(
        db,
        format!(
            "BEGIN;
             LET $claimed = (UPDATE $erasure SET state = 'running' WHERE state = 'asked' RETURN VALUE state);
             IF array::len($claimed) = 0 {{ THROW 'erased already' }};
             DELETE $ids RETURN NONE;
             FOR $n IN $contacts {{
               DELETE contact_event WHERE tenant = $t AND contact = $n RETURN NONE;
               DELETE note WHERE tenant = $t AND contact = $n RETURN NONE;
               DELETE consent:[$t, $n, '']..=[$t, $n, '~'] RETURN NONE;
             }};
             {} {}
             {FORGET}
             DELETE $stop RETURN NONE;
             DELETE $marked RETURN NONE;
             CREATE $marked SET tenant = $t, email = $hash, reason = $reason, origin = 'erased' RETURN NONE;
             DELETE $opt_in RETURN NONE;
             DELETE letter WHERE tenant = $t AND mark = $mark RETURN NONE;
             COMMIT;",
            bits::WRITE,
            marks::WRITE
        ),
        dirty = Marks::contacts(contacts.iter().copied()).rows(t),
        erasure = row.id.clone(),
        ids = contacts.iter().map(|n| contact_id(t, *n)).collect::<Vec<_>>(),
        contacts = contacts.clone(),
        t = t.clone(),
        bits = change.rows(db, t).await?,
        email = email.to_owned(),
        stop = suppression_id(t, email),
        marked = suppression_id(t, &marked),
        hash = marked.clone(),
        // A complaint is remembered: nothing brings them back after one.
        reason = match reason.as_deref() {
            Some("complaint") => "complaint",
            _ => "manual",
        }
        .to_owned(),
        opt_in = opt_in::id(t, &row.mark),
        mark = row.mark.clone(),
    )
    .map(drop)
}

impl SystemDb {
    /// Goes through the ledgers and imports of whoever was erased; returns how many are through.
    ///
    /// # Errors
    /// When the database does not answer: it is taken up again.
    pub async fn sweep_erasures(&self) -> Result<u64> {
        let rows: Vec<Row> = q!(self.0.system, format!("SELECT {FIELDS} FROM erasure WHERE state = 'running' LIMIT 20"))?.take(0)?;
        let mut done = 0;
        for row in rows {
            let email = row.email(&self.0)?;
            self.sweep_ledgers(&row, &email).await?;
            self.sweep_imports(&row, &email).await?;
            q!(
                self.0.system,
                "BEGIN; DELETE test_send WHERE tenant = $t AND email = $email RETURN NONE; UPDATE $id SET state = 'done', sealed = <bytes>'', mark = '' RETURN NONE; COMMIT;",
                t = row.tenant.clone(),
                email = email,
                id = row.id.clone()
            )?;
            done += 1;
        }
        Ok(done)
    }

    async fn sweep_ledgers(&self, row: &Row, email: &str) -> Result<()> {
        const CHANGE: &str = "SET email = $hash, reply = IF reply != NONE AND string::contains(string::lowercase(reply), $email) { NONE } ELSE { reply } WHERE email = $email RETURN NONE";
        #[derive(SurrealValue)]
        struct Chunk {
            first: u32,
            last: u32,
        }
        #[derive(SurrealValue)]
        struct Campaign {
            id: RecordId,
            newest: i64,
        }
        let db = &self.0.system;
        let t = &row.tenant;
        let hash = format!("{ERASED}{}", row.mark);
        let mut from = i64::MIN;
        loop {
            let campaigns: Vec<Campaign> =
                q!(db, "SELECT id, newest FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT 200", t = t.clone(), from = from)?
                    .take(0)?;
            // Under the number they had, first: these are all in almost every case.
            let ids: Vec<RecordId> = campaigns.iter().map(|c| ledger_id(t, &text_key(&c.id), row.contact)).collect();
            q!(db, format!("UPDATE $ids {CHANGE}"), ids = ids, hash = hash.clone(), email = email.to_owned())?;
            for campaign in &campaigns {
                let c = text_key(&campaign.id);
                let chunks: Vec<Chunk> =
                    q!(db, "SELECT first, last FROM chunk:[$t, $c, 0]..=[$t, $c, 4294967295]", t = t.clone(), c = c.clone())?.take(0)?;
                // Under another number: they had been deleted and came again.
                for chunk in chunks {
                    q!(
                        db,
                        format!("UPDATE ledger:[$t, $c, $first]..=[$t, $c, $last] {CHANGE}"),
                        t = t.clone(),
                        c = c.clone(),
                        first = i64::from(chunk.first),
                        last = i64::from(chunk.last),
                        hash = hash.clone(),
                        email = email.to_owned()
                    )?;
                }
            }
            match campaigns.last() {
                Some(last) if campaigns.len() == 200 => from = last.newest,
                _ => return Ok(()),
            }
        }
    }

    /// Samples of files, and rejected rows, may hold the address too.
    async fn sweep_imports(&self, row: &Row, email: &str) -> Result<()> {
        #[derive(SurrealValue)]
        struct Import {
            id: RecordId,
            columns: String,
        }
        let imports: Vec<Import> = q!(self.0.system, "SELECT id, columns FROM import WHERE tenant = $t", t = row.tenant.clone())?.take(0)?;
        for import in imports {
            if import.columns.to_lowercase().contains(email) {
                let mut columns: Vec<nexsent_model::contacts::ImportColumn> = serde_json::from_str(&import.columns)?;
                // Their name stands beside the address: no sample of the file stays.
                columns.iter_mut().for_each(|c| c.samples.clear());
                q!(
                    self.0.system,
                    "UPDATE $id SET columns = $columns RETURN NONE",
                    id = import.id.clone(),
                    columns = serde_json::to_string(&columns)?
                )?;
            }
            let id = text_key(&import.id).parse()?;
            let path = crate::imports::rejected_path(&self.0, &id);
            let email = email.to_owned();
            tokio::task::spawn_blocking(move || without_lines(&path, &email)).await.map_err(|e| Error::Setup(e.to_string()))??;
        }
        Ok(())
    }

    /// Throws away what was asked for and never confirmed, and counts that are over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn drop_expired_consents(&self) -> Result<()> {
        q!(
            self.0.system,
            "DELETE opt_in WHERE expires_at < time::now() RETURN NONE;
             DELETE erasure WHERE expires_at < time::now() AND state != 'running' RETURN NONE;
             DELETE mail_limit WHERE since < $day RETURN NONE",
            day = Utc::now() - Duration::days(2)
        )
        .map(drop)
    }
}

/// Rewrites a file of rejected rows without those that hold a text.
fn without_lines(path: &std::path::Path, text: &str) -> Result<()> {
    use std::io::{BufRead, Write};
    let Ok(file) = std::fs::File::open(path) else { return Ok(()) };
    let held = std::io::BufReader::new(file).split(b'\n').any(|l| l.is_ok_and(|l| String::from_utf8_lossy(&l).to_lowercase().contains(text)));
    if !held {
        return Ok(());
    }
    let fresh = path.with_extension("csv.new");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&fresh)?);
    for line in std::io::BufReader::new(std::fs::File::open(path)?).split(b'\n') {
        let line = line?;
        if !String::from_utf8_lossy(&line).to_lowercase().contains(text) {
            out.write_all(&line)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    out.get_ref().sync_all()?;
    std::fs::rename(&fresh, path)?;
    Ok(())
}
