//! Double opt-in: who signs up waits until the link in a mail was followed and its button pressed.
//!
//! Until then there is no contact, so that no campaign can reach them: what they typed lies in `opt_in`, one row an address, and is
//! thrown away after seven days.

use chrono::{DateTime, Duration, Utc};
use nexsent_mail::token::Ticket;
use nexsent_model::{
    Fault, OptInId, TenantId,
    consent::{EventKind, LinkState, OptInPage, Proof},
};
use nexsent_texts::{t, within};
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    Event, Visitor,
    join::{self, Joining, Values},
    letters, list_settings,
};
use crate::{
    Core, Error, GateDb, Result,
    accounts::language,
    campaigns::preview::postal_address,
    db::{aid, key, q, retrying, rid},
    domains::tracking::links_base,
};

/// How long a link is good.
const LIFETIME: Duration = Duration::days(7);

/// Somebody who waits.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub lists: Vec<String>,
    pub proof: Proof,
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    code: String,
    email: String,
    lists: Vec<String>,
    form: String,
    typed: String,
    proof: String,
    after: String,
    expires_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
}

const FIELDS: &str = "id, tenant, code, email, lists, form, typed, proof, after, expires_at, confirmed_at";

/// `opt_in:[tenant, mark]`.
pub(super) fn id(tenant: &str, mark: &str) -> RecordId {
    aid("opt_in", key![tenant.to_owned(), mark.to_owned()])
}

/// What an address waits for.
pub(super) async fn pending(core: &Core, tenant: &str, mark: &str) -> Result<Option<Pending>> {
    let row: Option<Row> = q!(core.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = id(tenant, mark))?.take(0)?;
    let Some(row) = row.filter(|r| r.confirmed_at.is_none() && r.expires_at > Utc::now()) else { return Ok(None) };
    Ok(Some(Pending { proof: serde_json::from_str(&row.proof)?, lists: row.lists }))
}

/// What a sign-up asks to be confirmed.
pub(super) struct Wanted<'a> {
    pub tenant: &'a TenantId,
    pub email: &'a str,
    pub mark: &'a str,
    pub form: &'a str,
    pub lists: &'a [list_settings::Known],
    pub values: &'a Values,
    pub proof: &'a Proof,
    pub workspace: &'a str,
}

fn ticket(core: &Core, key: &OptInId, issued: DateTime<Utc>) -> String {
    let mut body = [0; 24];
    body[..16].copy_from_slice(&key.bits().to_be_bytes());
    body[16..].copy_from_slice(&issued.timestamp().to_be_bytes());
    core.links.ticket(Ticket::OptIn, &body)
}

/// Keeps the sign-up, and sends the mail unless the address got too many lately. Returns whether a mail goes out.
pub(super) async fn ask(core: &Core, w: &Wanted<'_>) -> Result<bool> {
    let Some(first) = w.lists.first() else { return Ok(false) };
    let Some(domain) = w.lists.iter().find_map(|l| l.settings.mail.domain.clone()) else { return Ok(false) };
    let t = w.tenant.to_string();
    let now = Utc::now();
    let row = id(&t, w.mark);
    let lists: Vec<String> = w.lists.iter().map(|l| l.id.to_string()).collect();
    let key = retrying(|| async {
        let old: Option<Row> = q!(core.system, format!("SELECT {FIELDS} FROM ONLY $id"), id = row.clone())?.take(0)?;
        let waiting = old.filter(|o| o.confirmed_at.is_none() && o.expires_at > now);
        // Who waits already keeps their link; a link that was used is not good for another sign-up.
        let key: OptInId = match &waiting {
            Some(o) => o.code.parse()?,
            None => OptInId::new(),
        };
        let mut all = waiting.map(|o| o.lists).unwrap_or_default();
        all.extend(lists.iter().filter(|l| !all.contains(l)).cloned().collect::<Vec<_>>());
        q!(
            core.system,
            "UPSERT $id CONTENT { tenant: $t, code: $code, email: $email, lists: $lists, form: $form, typed: $typed, proof: $proof, after: $after,
               requested_at: $now, expires_at: $expires } RETURN NONE",
            id = row.clone(),
            t = t.clone(),
            code = key.to_string(),
            email = w.email.to_owned(),
            lists = all,
            form = w.form.to_owned(),
            typed = serde_json::to_string(w.values)?,
            proof = serde_json::to_string(w.proof)?,
            after = first.settings.after.clone(),
            now = now,
            expires = now + LIFETIME,
        )?;
        Ok(key)
    })
    .await?;
    if !letters::allow(core, &t, w.email, letters::About::SignUp).await? {
        return Ok(false);
    }
    let mail = &first.settings.mail;
    let names: Vec<String> = w.lists.iter().map(list_settings::Known::public_name).collect();
    let address = postal_address(&core.system, &t).await?;
    let language = language::of_workspace(core, &t).await?;
    let (text, label, small) = within(language, async {
        let small = t!("mail-recipient-confirm-why", lists = names.join(", "), workspace = w.workspace);
        (t!("mail-recipient-confirm-text", workspace = w.workspace), t!("mail-recipient-confirm-button"), small)
    })
    .await;
    let content = letters::Content {
        to: w.email.to_owned(),
        domain,
        from_name: if mail.from_name.is_empty() { w.workspace.to_owned() } else { mail.from_name.clone() },
        from_local: mail.from_local.clone(),
        subject: mail.subject.clone(),
        text: if mail.text.is_empty() { text } else { mail.text.clone() },
        link: format!("{}/c/{}", links_base(core, w.tenant.as_str()).await?, ticket(core, &key, now)),
        label,
        small: format!("{small}\n{address}").trim_end().to_owned(),
        language,
    };
    letters::queue(core, w.tenant, &content).await?;
    Ok(true)
}

fn unknown() -> Error {
    Fault::not_found("link").into()
}

impl GateDb {
    /// The row behind a link; `None` when it is too old.
    async fn opt_in_row(&self, token: &str) -> Result<Option<Row>> {
        let body: [u8; 24] = self.0.links.open_ticket(Ticket::OptIn, token).ok_or_else(unknown)?;
        let (key, issued) = body.split_at(16);
        let key = OptInId::from_bits(u128::from_be_bytes(key.try_into().map_err(|_| unknown())?));
        let issued = DateTime::from_timestamp(i64::from_be_bytes(issued.try_into().map_err(|_| unknown())?), 0).unwrap_or_default();
        if Utc::now() - issued > LIFETIME {
            return Ok(None);
        }
        Ok(q!(self.0.system, format!("SELECT {FIELDS} FROM opt_in WHERE code = $code LIMIT 1"), code = key.to_string())?.take(0)?)
    }

    async fn opt_in_view(&self, row: Option<Row>) -> Result<OptInPage> {
        let Some(row) = row else {
            return Ok(OptInPage { state: LinkState::Expired, workspace: String::new(), lists: Vec::new(), after: String::new() });
        };
        let workspace: Option<String> = q!(self.0.system, "SELECT VALUE name FROM ONLY $id", id = rid("tenant", &row.tenant))?.take(0)?;
        let lists = list_settings::known(&self.0.system, &row.tenant, &row.lists).await?;
        let state = if row.confirmed_at.is_some() { LinkState::Done } else { LinkState::Open };
        Ok(OptInPage {
            state,
            workspace: workspace.unwrap_or_default(),
            lists: lists.iter().map(list_settings::Known::public_name).collect(),
            after: row.after,
        })
    }

    /// What the page behind a confirmation link shows. Changes nothing: scanners follow links, too.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn opt_in_page(&self, token: &str) -> Result<OptInPage> {
        let row = self.opt_in_row(token).await?;
        self.opt_in_view(row).await
    }

    /// The button was pressed: they join. Twice is once.
    ///
    /// # Errors
    /// A fault for a link that is not ours.
    pub async fn confirm_opt_in(&self, token: &str, who: &Visitor) -> Result<OptInPage> {
        let Some(row) = self.opt_in_row(token).await? else { return self.opt_in_view(None).await };
        if row.confirmed_at.is_some() {
            return self.opt_in_view(Some(row)).await;
        }
        let tenant: TenantId = row.tenant.parse()?;
        let lists = list_settings::known(&self.0.system, &row.tenant, &row.lists).await?;
        let proof: Proof = serde_json::from_str(&row.proof)?;
        let source = proof.source.clone();
        let joining = Joining {
            tenant,
            email: row.email.clone(),
            values: serde_json::from_str(&row.typed)?,
            lists: lists.iter().map(|l| l.id.to_string()).collect(),
            confirmed: true,
            proof: Proof { confirmed_at: Some(Utc::now()), confirmed_address: who.address.clone(), confirmed_agent: who.agent.clone(), ..proof },
            event: Event::new(EventKind::Confirmed, lists.iter().map(|l| l.name.clone()).collect::<Vec<_>>().join(", "))
                .detail(source)
                .from(who.address.as_deref()),
            opt_in: Some((row.id.clone(), row.code.clone(), row.form.clone())),
        };
        match join::join(&self.0, &joining).await {
            Ok(Some(_)) => {}
            // A complaint came between: nothing brings them back.
            Ok(None) => return self.opt_in_view(None).await,
            // Somebody pressed it at the same time.
            Err(Error::Database(e)) if e.is_thrown() => {}
            Err(e) => return Err(e),
        }
        let row = self.opt_in_row(token).await?;
        self.opt_in_view(row).await
    }
}
