//! What all recipients of a campaign share, and the message for one of them.

use chrono::Utc;
use nexsent_mail::{
    compose::{self, Bulk, Outgoing},
    dkim::Signer,
    template::{self, Recipient, RenderError, Template},
    token::{Link, LinkKey},
};
use nexsent_model::{CampaignId, TenantId, campaigns::CampaignDraft};
use nexsent_texts::{Language, t, within};
use surrealdb_types::SurrealValue;

use super::Job;
use crate::{
    Error, Result, SystemDb,
    accounts::closing::must_be_open,
    campaigns::preview::{postal_address, source},
    consent,
    contacts::ContactRow,
    db::{q, rid},
    domains::tracking::links_base,
};

/// A campaign ready to be rendered and signed. Shared by every worker.
pub struct CampaignContext {
    pub id: CampaignId,
    pub tenant: TenantId,
    /// The verified domain it is sent from.
    pub domain: String,
    /// The workspace's: what the ledger says of its own accord is said in it.
    pub language: Language,
    draft: CampaignDraft,
    from_email: String,
    template: Template,
    signer: Signer,
    links: LinkKey,
    base_url: String,
}

/// A message with its envelope.
pub struct Built {
    pub from: String,
    pub message: Vec<u8>,
}

#[derive(SurrealValue)]
struct Snapshot {
    tenant: String,
    draft: String,
}

impl CampaignContext {
    fn urls(&self, number: u32, email: &str) -> Recipient {
        let bits = self.id.bits();
        let base = &self.base_url;
        let sign = |link| self.links.sign(link);
        Recipient {
            contact: template::contact_value("", "", "", []),
            links: (0..self.template.links().len() as u32)
                .map(|link| format!("{base}/t/c/{}", sign(Link::Click { campaign: bits, contact: number, link })))
                .collect(),
            open_url: self.draft.track_opens.then(|| format!("{base}/t/o/{}", sign(Link::Open { campaign: bits, contact: number }))),
            unsubscribe_url: format!("{base}/u/{}", sign(Link::Unsubscribe { campaign: bits, contact: number })),
            preferences_url: format!("{base}/p/{}", consent::preferences_ticket(&self.links, &self.tenant, number, email)),
            view_url: format!("{base}/v/{}", sign(Link::View { campaign: bits, contact: number })),
        }
    }

    /// Renders and signs the message for one recipient.
    ///
    /// # Errors
    /// When the template does not come out for this contact.
    pub fn build(&self, job: &Job) -> std::result::Result<Built, RenderError> {
        let c = &job.contact;
        let recipient =
            Recipient { contact: template::contact_value(&c.email, &c.first_name, &c.last_name, &c.attributes), ..self.urls(job.number, &job.email) };
        let rendered = self.template.render(&recipient)?;
        let list_id = format!("{}.{}", self.id.as_str().replace('_', "-"), self.domain);
        let feedback = format!("{}:{}:bulk:nexsent", self.id, self.tenant);
        let message = compose::build(&Outgoing {
            from_name: &self.draft.from_name,
            from_email: &self.from_email,
            reply_to: &self.draft.reply_to,
            to: &job.email,
            subject: &rendered.subject,
            // Stable over retries: a receiver that has it already can tell.
            message_id: &format!("{}.{}@{}", self.id, job.number, self.domain),
            date: Utc::now(),
            html: Some(&rendered.html),
            text: &rendered.text,
            bulk: Some(Bulk { list_id: &list_id, unsubscribe_url: &recipient.unsubscribe_url, feedback_id: &feedback }),
        });
        let bounce = self.links.sign(Link::Bounce { campaign: self.id.bits(), contact: job.number });
        self.signed(message, format!("b+{bounce}@bounce.{}", self.domain))
    }

    /// A test: as for a contact of that address, without tracking, marked in the subject.
    pub(super) fn build_test(&self, email: &str, contact: Option<&ContactRow>) -> std::result::Result<Built, RenderError> {
        let value = match contact {
            Some(c) => template::contact_value(&c.email, &c.first_name, &c.last_name, &c.attributes),
            None => template::contact_value(email, "", "", []),
        };
        let recipient = Recipient {
            contact: value,
            links: self.template.links().to_vec(),
            open_url: None,
            unsubscribe_url: format!("{}/preview-of-unsubscribe", self.base_url),
            preferences_url: format!("{}/preview-of-preferences", self.base_url),
            view_url: format!("{}/preview-of-view", self.base_url),
        };
        let rendered = self.template.render(&recipient)?;
        let message = compose::build(&Outgoing {
            from_name: &self.draft.from_name,
            from_email: &self.from_email,
            reply_to: &self.draft.reply_to,
            to: email,
            subject: &t!("fault-delivery-test-subject", subject = &rendered.subject),
            message_id: &format!("test.{}@{}", ulid::Ulid::new().to_string().to_lowercase(), self.domain),
            date: Utc::now(),
            html: Some(&rendered.html),
            text: &rendered.text,
            bulk: None,
        });
        self.signed(message, format!("test@bounce.{}", self.domain))
    }

    fn signed(&self, message: Vec<u8>, from: String) -> std::result::Result<Built, RenderError> {
        let header = self.signer.sign(&message, Utc::now().timestamp()).map_err(|e| RenderError { field: "html", message: e.to_string() })?;
        let mut out = Vec::with_capacity(header.len() + message.len());
        out.extend_from_slice(header.as_bytes());
        out.extend_from_slice(&message);
        Ok(Built { from, message: out })
    }

    /// The page behind “view in browser”.
    pub(crate) fn view(&self, number: u32, contact: &ContactRow) -> std::result::Result<String, RenderError> {
        let value = template::contact_value(&contact.email, &contact.first_name, &contact.last_name, &contact.attributes);
        let recipient = Recipient { contact: value, open_url: None, ..self.urls(number, &contact.email) };
        self.template.render(&recipient).map(|r| r.html)
    }
}

impl SystemDb {
    /// What a campaign's recipients share, from the snapshot that was taken when it started.
    ///
    /// # Errors
    /// A fault when its domain may not send now.
    pub async fn campaign_context(&self, id: &CampaignId) -> Result<CampaignContext> {
        let snapshot: Option<Snapshot> = q!(self.0.system, "SELECT tenant, draft FROM ONLY $id", id = rid("sent_template", id.as_str()))?.take(0)?;
        let snapshot = snapshot.ok_or_else(|| Error::Corrupt("a campaign without its snapshot".to_owned()))?;
        let tenant: TenantId = snapshot.tenant.parse()?;
        let draft = serde_json::from_str(&snapshot.draft)?;
        // Why a campaign stops is kept for everybody in the workspace.
        let language = self.language_of(&tenant).await?;
        within(language, self.context_of(id, &tenant, draft)).await
    }

    pub(crate) async fn context_of(&self, id: &CampaignId, tenant: &TenantId, draft: CampaignDraft) -> Result<CampaignContext> {
        let domain_id = draft.domain.clone().ok_or_else(|| nexsent_model::Fault::field("domain", t!("fault-delivery-no-domain")))?;
        must_be_open(&self.0, tenant.as_str()).await?;
        let (domain, signer) = self.signer(tenant, &domain_id).await?;
        self.assemble(id, tenant, draft, domain, signer).await
    }

    async fn assemble(&self, id: &CampaignId, tenant: &TenantId, draft: CampaignDraft, domain: String, signer: Signer) -> Result<CampaignContext> {
        let compiling = draft.clone();
        let address = postal_address(&self.0.system, tenant.as_str()).await?;
        let template =
            tokio::task::spawn_blocking(move || Template::compile(&source(&compiling, &address))).await.map_err(|e| Error::Setup(e.to_string()))?;
        let template = template.map_err(|p| {
            let first = p.into_iter().next();
            nexsent_model::Fault::field("html", first.map_or_else(String::new, |p| p.message))
        })?;
        Ok(CampaignContext {
            id: id.clone(),
            tenant: tenant.clone(),
            from_email: format!("{}@{domain}", draft.from_local),
            domain,
            language: self.language_of(tenant).await?,
            draft,
            template,
            signer,
            links: self.0.links.clone(),
            base_url: links_base(&self.0, tenant.as_str()).await?,
        })
    }
}
