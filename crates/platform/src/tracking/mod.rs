//! What recipients do: open, click, look at the page in the browser, unsubscribe.
//!
//! Before the answer goes out, the event is durable. The actor counts events afterwards, in the order they came.

mod count;

use chrono::Utc;
use nexsent_mail::token::Link;
use nexsent_model::{CampaignId, Fault, live::LiveEvent};
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Error, GateDb, Result, SystemDb, consent,
    contacts::{CONTACT, ContactRow, contact_id, duplicates::merge::survivor_of, suppression_id, suppressions::SUPPRESS},
    db::{q, retrying, rid},
    delivery::ledger_id,
    segments::marks::{self, Marks},
};

/// Where a click leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clicked {
    pub url: String,
}

/// What the unsubscribe page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsubscribePage {
    /// `a…@example.com`: enough for its owner, little for a stranger with the link.
    pub email: String,
    pub workspace: String,
    /// Whether it is done already.
    pub done: bool,
    /// Where their lists are chosen; none when the contact is gone or has another address by now.
    pub preferences: Option<String>,
}

struct Target {
    tenant: String,
    campaign: CampaignId,
    contact: u32,
}

fn unknown() -> Error {
    Fault::not_found("link").into()
}

#[derive(SurrealValue)]
struct Template {
    tenant: String,
    links: Vec<String>,
}

impl GateDb {
    async fn template(&self, bits: u128) -> Result<(CampaignId, Template)> {
        let campaign = CampaignId::from_bits(bits);
        let found: Option<Template> =
            q!(self.0.system, "SELECT tenant, links FROM ONLY $id", id = rid("sent_template", campaign.as_str()))?.take(0)?;
        Ok((campaign, found.ok_or_else(unknown)?))
    }

    async fn keep(&self, target: &Target, kind: &str, link: Option<u32>) -> Result<()> {
        q!(
            self.0.system,
            "CREATE $id SET tenant = $t, campaign = $c, contact = $n, kind = $kind, link = $link, at = $now RETURN NONE",
            id = rid("event", &ulid::Ulid::new().to_string()),
            t = target.tenant.clone(),
            c = target.campaign.to_string(),
            n = target.contact,
            kind = kind.to_owned(),
            link = link,
            now = Utc::now()
        )
        .map(drop)
    }

    /// The pixel was fetched.
    ///
    /// # Errors
    /// A fault for a token that is not ours.
    pub async fn track_open(&self, token: &str) -> Result<()> {
        let Some(Link::Open { campaign, contact }) = self.0.links.verify(token) else { return Err(unknown()) };
        let (campaign, template) = self.template(campaign).await?;
        self.keep(&Target { tenant: template.tenant, campaign, contact }, "open", None).await
    }

    /// A link was followed: keeps it, and says where it leads. Only ever to a link of that campaign.
    ///
    /// # Errors
    /// A fault for a token that is not ours.
    pub async fn track_click(&self, token: &str) -> Result<Clicked> {
        let Some(Link::Click { campaign, contact, link }) = self.0.links.verify(token) else { return Err(unknown()) };
        let (campaign, template) = self.template(campaign).await?;
        let url = template.links.get(link as usize).cloned().ok_or_else(unknown)?;
        self.keep(&Target { tenant: template.tenant, campaign, contact }, "click", Some(link)).await?;
        Ok(Clicked { url })
    }

    async fn unsubscribe_target(&self, token: &str) -> Result<Target> {
        let Some(Link::Unsubscribe { campaign, contact }) = self.0.links.verify(token) else { return Err(unknown()) };
        let (campaign, template) = self.template(campaign).await?;
        Ok(Target { tenant: template.tenant, campaign, contact })
    }

    /// What the unsubscribe page shows. Changes nothing: scanners follow links, too.
    ///
    /// # Errors
    /// A fault for a token that is not ours.
    pub async fn unsubscribe_page(&self, token: &str) -> Result<UnsubscribePage> {
        let target = self.unsubscribe_target(token).await?;
        let email = self.email_of(&target).await?;
        let mut found = q!(
            self.0.system,
            "SELECT VALUE name FROM ONLY $tenant; SELECT VALUE email FROM ONLY $stop; SELECT VALUE email FROM ONLY $contact",
            contact = contact_id(&target.tenant, target.contact),
            tenant = rid("tenant", &target.tenant),
            stop = suppression_id(&target.tenant, &email)
        )?;
        let workspace: Option<String> = found.take(0)?;
        let stopped: Option<String> = found.take(1)?;
        let current: Option<String> = found.take(2)?;
        let preferences = match (current, target.tenant.parse()) {
            (Some(current), Ok(tenant)) if current == email => {
                Some(format!("/p/{}", consent::preferences_ticket(&self.0.links, &tenant, target.contact, &email)))
            }
            _ => None,
        };
        Ok(UnsubscribePage { email: consent::mask(&email), workspace: workspace.unwrap_or_default(), done: stopped.is_some(), preferences })
    }

    /// The address a message went to: the ledger knows, even when the contact was changed or deleted since. Where the ledger's rows are so
    /// old that they are no longer kept, the contact does.
    async fn email_of(&self, target: &Target) -> Result<String> {
        let row = ledger_id(&target.tenant, target.campaign.as_str(), target.contact);
        let contact = contact_id(&target.tenant, target.contact);
        let sql = "SELECT VALUE email FROM ONLY $id; SELECT VALUE email FROM ONLY $contact";
        let mut found = q!(self.0.system, sql, id = row, contact = contact)?;
        let (sent, now): (Option<String>, Option<String>) = (found.take(0)?, found.take(1)?);
        sent.or(now).ok_or_else(unknown)
    }

    /// Unsubscribes, at once and for every campaign of the workspace. Twice is once.
    ///
    /// # Errors
    /// A fault for a token that is not ours.
    pub async fn unsubscribe(&self, token: &str) -> Result<()> {
        let target = self.unsubscribe_target(token).await?;
        let email = self.email_of(&target).await?;
        self.stop(&target, target.contact, email).await?;
        // Merged into another contact since: it is the same person who says this.
        if let Some(now) = survivor_of(&self.0.system, &target.tenant, target.contact).await? {
            let email: Option<String> = q!(self.0.system, "SELECT VALUE email FROM ONLY $id", id = contact_id(&target.tenant, now))?.take(0)?;
            if let Some(email) = email {
                self.stop(&target, now, email).await?;
            }
        }
        self.keep(&target, "unsubscribe", None).await?;
        if let Ok(tenant) = target.tenant.parse() {
            self.0.events.publish(&tenant, LiveEvent::Contacts);
        }
        Ok(())
    }

    async fn stop(&self, target: &Target, contact: u32, email: String) -> Result<()> {
        retrying(|| async {
            q!(
                self.0.system,
                format!(
                    "BEGIN;
                     {SUPPRESS}
                     UPDATE $contact SET status = 'unsubscribed', updated_at = time::now() WHERE email = $email AND status = 'active' RETURN NONE;
                     {}
                     COMMIT;",
                    marks::WRITE
                ),
                dirty = Marks::contacts([contact]).rows(&target.tenant),
                stop = suppression_id(&target.tenant, &email),
                t = target.tenant.clone(),
                email = email.clone(),
                reason = "unsubscribed".to_owned(),
                origin = target.campaign.to_string(),
                contact = contact_id(&target.tenant, contact)
            )
            .map(drop)
        })
        .await
    }

    /// The message as a page.
    ///
    /// # Errors
    /// A fault for a token that is not ours, or a contact that was deleted.
    pub async fn view_in_browser(&self, token: &str) -> Result<String> {
        let Some(Link::View { campaign, contact }) = self.0.links.verify(token) else { return Err(unknown()) };
        let (campaign, template) = self.template(campaign).await?;
        let read = async |number: u32| -> Result<Option<ContactRow>> {
            Ok(q!(self.0.system, format!("SELECT {CONTACT} FROM ONLY $id"), id = contact_id(&template.tenant, number))?.take(0)?)
        };
        let row = match read(contact).await? {
            Some(row) => Some(row),
            None => match survivor_of(&self.0.system, &template.tenant, contact).await? {
                Some(now) => read(now).await?,
                None => None,
            },
        };
        let row = row.ok_or_else(unknown)?;
        let context = SystemDb(self.0.clone()).campaign_context(&campaign).await?;
        context.view(contact, &row).map_err(|_| unknown())
    }
}

/// An event as it waits.
#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    tenant: String,
    campaign: String,
    contact: u32,
    kind: String,
    link: Option<u32>,
    at: chrono::DateTime<Utc>,
}
