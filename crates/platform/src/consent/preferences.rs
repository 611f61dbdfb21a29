//! The preference centre: what somebody chooses for themselves, by a signed link to their address.

use chrono::{DateTime, Utc};
use nexsent_mail::token::Ticket;
use nexsent_model::{
    Fault, TenantId,
    consent::{EventKind, Method, Preferences, Proof, PublicList},
    live::LiveEvent,
};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    Event, Visitor, address_bytes,
    events::{self, IN_PREFERENCES},
    list_settings, mask,
    proofs::{self, Row},
    sources, suppression_ids,
};
use crate::{
    Error, GateDb, Result,
    contacts::{CONTACT, ContactRow, bits, contact_id, edit::lock, suppression_id},
    db::{q, retrying, rid, text_key},
    delivery::ledger_id,
    segments::marks::{self, Marks},
};

/// Whose preferences a link shows.
pub(super) struct Person {
    pub tenant: TenantId,
    pub workspace: String,
    pub contact: ContactRow,
}

fn unknown() -> Error {
    Fault::not_found("link").into()
}

impl GateDb {
    /// # Errors
    /// A fault when the link is not ours, the contact is gone, or its address is another one by now.
    pub(super) async fn person(&self, token: &str) -> Result<Person> {
        let body: [u8; 28] = self.0.links.open_ticket(Ticket::Preferences, token).ok_or_else(unknown)?;
        let (tenant, rest) = body.split_at(16);
        let (number, address) = rest.split_at(4);
        let tenant = TenantId::from_bits(u128::from_be_bytes(tenant.try_into().map_err(|_| unknown())?));
        let number = u32::from_be_bytes(number.try_into().map_err(|_| unknown())?);
        let mut found = q!(
            self.0.system,
            format!("SELECT {CONTACT} FROM ONLY $contact; SELECT VALUE name FROM ONLY $tenant"),
            contact = contact_id(tenant.as_str(), number),
            tenant = rid("tenant", tenant.as_str())
        )?;
        let contact: Option<ContactRow> = found.take(0)?;
        let workspace: Option<String> = found.take(1)?;
        let (Some(contact), Some(workspace)) = (contact, workspace) else { return Err(unknown()) };
        if address_bytes(&tenant, &contact.email) != address {
            return Err(unknown());
        }
        Ok(Person { tenant, workspace, contact })
    }

    /// The lists that somebody is or was in, without those that are not shown.
    async fn public_lists(&self, p: &Person) -> Result<Vec<PublicList>> {
        let t = p.tenant.as_str();
        let mut ids = p.contact.lists.clone();
        for row in proofs::of(&self.0, t, p.contact.number()).await? {
            if row.scope != proofs::EMAIL && !ids.contains(&row.scope) {
                ids.push(row.scope);
            }
        }
        let known = list_settings::known(&self.0.system, t, &ids).await?;
        Ok(known
            .into_iter()
            .filter(|k| !k.settings.private)
            .map(|k| PublicList {
                member: p.contact.lists.iter().any(|l| l == k.id.as_str()),
                name: k.public_name(),
                description: k.settings.public_description.clone(),
                id: k.id,
            })
            .collect())
    }

    /// What the preference centre shows. Changes nothing.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn preferences(&self, token: &str) -> Result<Preferences> {
        let p = self.person(token).await?;
        let stop: Option<String> =
            q!(self.0.system, "SELECT VALUE reason FROM ONLY $id", id = suppression_id(p.tenant.as_str(), &p.contact.email))?.take(0)?;
        Ok(Preferences {
            email: mask(&p.contact.email),
            unsubscribed: stop.as_deref() == Some("unsubscribed"),
            stopped: stop.is_some_and(|s| s != "unsubscribed"),
            lists: self.public_lists(&p).await?,
            workspace: p.workspace,
        })
    }

    /// Somebody chose their lists: of those they are shown, exactly these.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn save_preferences(&self, token: &str, chosen: &[String], who: &Visitor) -> Result<()> {
        let p = self.person(token).await?;
        let t = p.tenant.to_string();
        let _held = lock(&self.0, &p.tenant).await;
        retrying(|| async {
            let p = self.person(token).await?;
            let number = p.contact.number();
            let mut lists = p.contact.lists.clone();
            let mut change = bits::Change::default();
            let (mut rows, mut lines) = (Vec::new(), Vec::new());
            for list in self.public_lists(&p).await? {
                let id = list.id.to_string();
                let wanted = chosen.contains(&id);
                if wanted == list.member {
                    continue;
                }
                if wanted {
                    change.add(&id, number);
                    lists.push(id.clone());
                } else {
                    change.remove(&id, number);
                    lists.retain(|l| *l != id);
                }
                rows.push(Row::new(&t, number, &id, wanted, &own_wish(who)));
                let kind = if wanted { EventKind::Joined } else { EventKind::Left };
                lines.push(Event::new(kind, list.name).detail(IN_PREFERENCES).from(who.address.as_deref()));
            }
            if rows.is_empty() {
                return Ok(());
            }
            q!(
                self.0.system,
                format!(
                    "BEGIN; UPDATE $id SET lists = $lists, updated_at = time::now() RETURN NONE; {} {} {} COMMIT;",
                    bits::WRITE,
                    events::WRITE,
                    proofs::WRITE
                ),
                id = contact_id(&t, number),
                lists = lists,
                bits = change.rows(&self.0.system, &t).await?,
                events = events::rows(&t, number, lines),
                consents = rows,
            )
            .map(drop)
        })
        .await?;
        self.0.events.publish(&p.tenant, LiveEvent::Contacts);
        Ok(())
    }

    /// No mail at all from now on (`true`), or mail again after that.
    ///
    /// # Errors
    /// A fault for a link that is not ours, or when something else than their own wish stops the mail.
    pub async fn stop_mail(&self, token: &str, stop: bool, who: &Visitor) -> Result<()> {
        let p = self.person(token).await?;
        let t = p.tenant.to_string();
        let number = p.contact.number();
        let kind = if stop { EventKind::Unsubscribed } else { EventKind::Returned };
        let line = Event::new(kind, "").detail(IN_PREFERENCES).from(who.address.as_deref());
        let rows = vec![Row::new(&t, number, proofs::EMAIL, !stop, &own_wish(who))];
        let change = if stop {
            "LET $there = (SELECT VALUE origin FROM ONLY $stop);
             IF $there != NONE AND !string::starts_with($there, 'blk_') { THROW 'nothing to do' };
             UPSERT $stop SET tenant = $t, email = $email, reason = 'unsubscribed', origin = 'preferences' RETURN NONE;
             UPDATE $id SET status = 'unsubscribed', updated_at = time::now() WHERE status = 'active' RETURN NONE;"
        } else {
            "LET $there = (SELECT VALUE reason FROM ONLY $stop);
             IF $there != 'unsubscribed' { THROW 'nothing to do' };
             DELETE $stop RETURN NONE;
             UPDATE $id SET status = 'active', updated_at = time::now() WHERE status = 'unsubscribed' RETURN NONE;"
        };
        let done = retrying(|| async {
            q!(
                self.0.system,
                format!("BEGIN; {change} {} {} {} COMMIT;", marks::WRITE, events::WRITE, proofs::WRITE),
                dirty = Marks::contacts([number]).rows(&t),
                stop = suppression_id(&t, &p.contact.email),
                t = t.clone(),
                email = p.contact.email.clone(),
                id = contact_id(&t, number),
                events = events::rows(&t, number, vec![line.clone()]),
                consents = rows.clone(),
            )
            .map(drop)
        })
        .await;
        match done {
            Ok(()) => self.0.events.publish(&p.tenant, LiveEvent::Contacts),
            // It is so already.
            Err(Error::Database(e)) if e.is_thrown() => {}
            Err(e) => return Err(e),
        }
        Ok(())
    }

    /// Everything that the workspace keeps about somebody.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn export_person(&self, token: &str) -> Result<serde_json::Value> {
        let p = self.person(token).await?;
        let t = p.tenant.to_string();
        let n = p.contact.number();
        let db = &self.0.system;
        let lists = list_settings::known(db, &t, &p.contact.lists).await?;
        let consents: Vec<serde_json::Value> =
            q!(db, "SELECT * OMIT id, tenant, contact FROM consent:[$t, $n, '']..=[$t, $n, '~']", t = t.clone(), n = i64::from(n))?.take(0)?;
        let lines: Vec<serde_json::Value> = q!(
            db,
            "SELECT kind, what, detail, who, address, newest FROM contact_event WHERE tenant = $t AND contact = $n ORDER BY newest",
            t = t.clone(),
            n = n
        )?
        .take(0)?;
        let notes: Vec<serde_json::Value> =
            q!(db, "SELECT text, author, edited_at, newest FROM note WHERE tenant = $t AND contact = $n ORDER BY newest", t = t.clone(), n = n)?
                .take(0)?;
        let stops: Vec<serde_json::Value> =
            q!(db, "SELECT email, reason, origin, created_at FROM $ids", ids = suppression_ids(&self.0, &t, &p.contact.email)?)?.take(0)?;
        let imports: Vec<serde_json::Value> = sources::of(&self.0, &t, n)
            .await?
            .into_iter()
            .map(|i| serde_json::json!({ "file": i.file, "declared_source": i.consent, "at": i.at.to_rfc3339() }))
            .collect();
        let c = &p.contact;
        Ok(serde_json::json!({
            "workspace": p.workspace,
            "exported_at": Utc::now().to_rfc3339(),
            "contact": {
                "email": c.email, "first_name": c.first_name, "last_name": c.last_name, "attributes": c.attributes, "status": c.status,
                "created_at": c.created_at.to_rfc3339(), "updated_at": c.updated_at.to_rfc3339(),
                "lists": lists.iter().map(|l| l.name.clone()).collect::<Vec<_>>(),
            },
            "consents": consents,
            "timeline": dated(lines),
            "notes": dated(notes),
            "suppressions": stops,
            "imports": imports,
            "mails": self.mails_of(&t, n).await?,
        }))
    }

    /// What the ledgers of every campaign know of a contact.
    async fn mails_of(&self, t: &str, number: u32) -> Result<Vec<serde_json::Value>> {
        #[derive(SurrealValue)]
        struct Named {
            id: RecordId,
            name: String,
            newest: i64,
        }
        let mut out = Vec::new();
        let mut from = i64::MIN;
        loop {
            let campaigns: Vec<Named> = q!(
                self.0.system,
                "SELECT id, name, newest FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT 1000",
                t = t.to_owned(),
                from = from
            )?
            .take(0)?;
            for part in campaigns.chunks(200) {
                let ids: Vec<RecordId> = part.iter().map(|c| ledger_id(t, &text_key(&c.id), number)).collect();
                let rows: Vec<serde_json::Value> =
                    q!(self.0.system, "SELECT record::id(id)[1] AS campaign, * OMIT id, tenant FROM $ids", ids = ids)?.take(0)?;
                for mut row in rows {
                    let name = part.iter().find(|c| row["campaign"] == text_key(&c.id)).map(|c| c.name.clone());
                    row["campaign_name"] = name.into();
                    out.push(row);
                }
            }
            match campaigns.last() {
                Some(last) if campaigns.len() == 1000 => from = last.newest,
                _ => return Ok(out),
            }
        }
    }
}

fn own_wish(who: &Visitor) -> Proof {
    Proof { method: Method::Preferences, at: Some(Utc::now()), address: who.address.clone(), agent: who.agent.clone(), ..Proof::default() }
}

/// Rows with their time as people read it.
fn dated(rows: Vec<serde_json::Value>) -> Vec<serde_json::Value> {
    rows.into_iter()
        .map(|mut row| {
            let at = row["newest"].as_i64().and_then(|n| DateTime::<Utc>::from_timestamp_micros(-n)).map(|at| at.to_rfc3339());
            if let Some(fields) = row.as_object_mut() {
                fields.remove("newest");
                fields.insert("at".to_owned(), at.into());
            }
            row
        })
        .collect()
}
