//! What a draft looks like, and what would stop it.

use nexsent_mail::template::{self, Recipient, Source, Template};
use nexsent_model::{
    CampaignId, ContactId, Fault,
    campaigns::{Blocker, CampaignDraft, Preview, Review},
    validate,
};
use nexsent_texts::t;
use roaring::RoaringBitmap;

use crate::{
    Core, Error, Result, TenantDb,
    accounts::audit::Entry,
    contacts::bits,
    db::{Db, q, rid},
    segments::{self, eval::Wanted},
};

/// A draft as template source.
pub(crate) fn source<'a>(draft: &'a CampaignDraft, postal_address: &'a str) -> Source<'a> {
    Source {
        postal_address,
        subject: &draft.subject,
        preheader: &draft.preheader,
        html: &draft.html,
        text: draft.text.as_deref(),
        track_opens: draft.track_opens,
        track_clicks: draft.track_clicks,
    }
}

/// What stands under every message of a workspace.
pub(crate) async fn postal_address(db: &Db, tenant: &str) -> Result<String> {
    let found: Option<String> =
        q!(db, "SELECT VALUE postal_address FROM ONLY $id WHERE tenant = $t", id = rid("tenant", tenant), t = tenant.to_owned())?.take(0)?;
    Ok(found.unwrap_or_default())
}

fn blockers(problems: Vec<template::Problem>) -> Vec<Blocker> {
    problems.into_iter().map(|p| Blocker { field: p.field.to_owned(), message: p.message, line: p.line }).collect()
}

fn blocker(field: &str, message: impl Into<String>) -> Blocker {
    Blocker { field: field.to_owned(), message: message.into(), line: None }
}

/// The numbers of everyone in the lists and segments, the segments as the index knows them.
pub(crate) async fn audience(core: &Core, db: &Db, tenant: &str, draft: &CampaignDraft, wanted: Wanted) -> Result<RoaringBitmap> {
    let mut all = segments::union(core, db, tenant, &draft.segments, wanted).await?;
    for list in &draft.lists {
        all |= bits::load(db, tenant, list.as_str()).await?;
    }
    Ok(all)
}

impl TenantDb {
    /// A draft as its first recipient would see it, tracking left out; or what is wrong with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn preview_campaign(&self, draft: &CampaignDraft) -> Result<Preview> {
        let plain = CampaignDraft { track_opens: false, track_clicks: false, ..draft.clone() };
        let first = match audience(self.core(), self.db(), &self.t(), draft, Wanted::First).await {
            Ok(found) => found.min(),
            // What is wrong with a segment is said at the review.
            Err(Error::Fault(_)) => None,
            Err(e) => return Err(e),
        };
        let contact = match first {
            Some(number) => self.contact(ContactId(number)).await.ok(),
            None => None,
        };
        let value = match &contact {
            Some(c) => template::contact_value(&c.email, &c.first_name, &c.last_name, &c.attributes),
            None => template::contact_value("name@example.com", "", "", []),
        };
        let base = self.core().base_url.clone();
        let address = postal_address(self.db(), &self.t()).await?;
        let done = tokio::task::spawn_blocking(move || {
            let compiled = Template::compile(&source(&plain, &address)).map_err(blockers)?;
            let recipient = Recipient {
                contact: value,
                links: Vec::new(),
                open_url: None,
                unsubscribe_url: format!("{base}/preview-of-unsubscribe"),
                preferences_url: format!("{base}/preview-of-preferences"),
                view_url: format!("{base}/preview-of-view"),
            };
            compiled.render(&recipient).map_err(|e| vec![blocker(e.field, e.message)])
        });
        Ok(match done.await.map_err(|e| Error::Setup(e.to_string()))? {
            Ok(r) => Preview { subject: r.subject, html: r.html, text: r.text, problems: Vec::new() },
            Err(problems) => Preview { problems, ..Preview::default() },
        })
    }

    /// What would stop a campaign, and what is worth a look.
    ///
    /// # Errors
    /// A fault when there is no such campaign.
    pub async fn review_campaign(&self, id: &CampaignId) -> Result<Review> {
        let draft = self.campaign_row(id).await?.draft()?;
        self.review_draft(&draft).await
    }

    pub(crate) async fn review_draft(&self, draft: &CampaignDraft) -> Result<Review> {
        let mut review = Review::default();
        match self.verified_domain(draft.domain.as_ref()).await {
            Ok(domain) => {
                if validate::email(&format!("{}@{domain}", draft.from_local)).is_err() {
                    review.blockers.push(blocker("from_local", t!("fault-campaigns-sender")));
                }
            }
            Err(Error::Fault(f)) => review.blockers.push(blocker("domain", f.message)),
            Err(e) => return Err(e),
        }
        if !draft.reply_to.trim().is_empty()
            && let Err(e) = validate::email(&draft.reply_to)
        {
            review.blockers.push(blocker("reply_to", t!("fault-campaigns-reply-to", problem = e)));
        }
        if postal_address(self.db(), &self.t()).await?.is_empty() {
            review.blockers.push(blocker("postal_address", t!("fault-campaigns-no-postal-address")));
        }
        if draft.from_name.trim().is_empty() {
            review.warnings.push(blocker("from_name", t!("fault-campaigns-no-sender-name")));
        }
        if draft.subject.trim().is_empty() {
            review.blockers.push(blocker("subject", t!("fault-campaigns-no-subject")));
        }
        if draft.html.trim().is_empty() {
            review.blockers.push(blocker("html", t!("fault-campaigns-no-message")));
        }
        if draft.lists.is_empty() && draft.segments.is_empty() {
            review.blockers.push(blocker("lists", t!("fault-campaigns-no-audience")));
        } else {
            self.review_audience(draft, &mut review).await?;
        }
        let preview = self.preview_campaign(draft).await?;
        review.size = (preview.html.len() + preview.text.len()) as u64;
        if preview.html.len() > 102 * 1024 {
            review.warnings.push(blocker("html", t!("fault-campaigns-cut-off")));
        }
        if preview.problems.is_empty() && preview.subject.trim().is_empty() && !draft.subject.trim().is_empty() {
            review.blockers.push(blocker("subject", t!("fault-campaigns-empty-subject")));
        }
        review.blockers.extend(preview.problems);
        Ok(review)
    }

    async fn review_audience(&self, draft: &CampaignDraft, review: &mut Review) -> Result<()> {
        let found = match self.known_lists(&draft.lists).await {
            Ok(_) => audience(self.core(), self.db(), &self.t(), draft, Wanted::Everyone).await,
            Err(e) => Err(e),
        };
        match found {
            Ok(found) => {
                review.audience = found.len();
                if found.is_empty() {
                    review.blockers.push(blocker("lists", t!("fault-campaigns-nobody")));
                }
            }
            Err(Error::Fault(f)) => review.blockers.push(blocker(f.field.as_deref().unwrap_or("lists"), f.message)),
            Err(e) => return Err(e),
        }
        if !draft.segments.is_empty() && !segments::index::is_fresh(self.db(), &self.t()).await? {
            review.warnings.push(blocker("segments", t!("fault-campaigns-segments-behind")));
        }
        Ok(())
    }

    /// Queues a test of the saved draft to a few addresses. Only from a verified domain, like everything else.
    ///
    /// # Errors
    /// A fault that says what stops it.
    pub async fn test_campaign(&self, id: &CampaignId, emails: &[String]) -> Result<u64> {
        self.may_send()?;
        self.must_be_open().await?;
        let draft = self.campaign_row(id).await?.draft()?;
        self.verified_domain(draft.domain.as_ref()).await?;
        let mut to = Vec::new();
        for email in emails.iter().filter(|e| !e.trim().is_empty()) {
            to.push(validate::email(email).map_err(|e| Fault::field("test", t!("fault-campaigns-test-address", email = email.trim(), problem = e)))?);
        }
        if to.is_empty() || to.len() > 5 {
            return Err(Fault::field("test", t!("fault-campaigns-test-many")).into());
        }
        if let Some(problem) = self.preview_campaign(&draft).await?.problems.first() {
            let text = match problem.line {
                Some(line) => t!("fault-campaigns-test-line", message = &problem.message, line = line.to_string()),
                None => problem.message.clone(),
            };
            return Err(Fault::field(problem.field.clone(), text).into());
        }
        for email in &to {
            crate::db::q!(
                self.db(),
                "CREATE test_send SET tenant = $t, campaign = $campaign, email = $email RETURN NONE",
                t = self.t(),
                campaign = id.to_string(),
                email = email.clone()
            )?;
        }
        self.audit(Entry { after: Some(to.join(", ")), ..Entry::new("campaign.test", id.as_str()) }).await?;
        Ok(to.len() as u64)
    }
}
