//! From an audience to ledger rows: in chunks, each one transaction, so that it can be taken up where it was left.

use chrono::{DateTime, Utc};
use nexsent_mail::template::Template;
use nexsent_model::{
    CampaignId, TenantId,
    campaigns::{CampaignDraft, CampaignState},
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{CHUNK, chunk_id, ledger_id};
use crate::{
    Error, Result, SystemDb,
    campaigns::{self, Row, event, figures_id, preview},
    consent,
    contacts::{contact_id, suppression_id},
    db::{last_number, q, retrying, rid, text_key},
    segments,
};

#[derive(SurrealValue)]
struct LedgerNew {
    id: RecordId,
    tenant: String,
    email: String,
    state: String,
    attempts: u32,
    reply: Option<String>,
    queued_at: DateTime<Utc>,
    tried_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct LastChunk {
    id: RecordId,
    last: u32,
}

impl SystemDb {
    /// Campaigns in a state.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn campaigns_in(&self, state: CampaignState) -> Result<Vec<(TenantId, CampaignId)>> {
        #[derive(SurrealValue)]
        struct Found {
            id: RecordId,
            tenant: String,
        }
        let rows: Vec<Found> =
            q!(self.0.system, "SELECT id, tenant FROM campaign WHERE state = $state", state = state.as_str().to_owned())?.take(0)?;
        rows.into_iter().map(|r| Ok((r.tenant.parse()?, text_key(&r.id).parse()?))).collect()
    }

    /// Writes the ledger of a campaign that is being prepared; ends early when it is paused or cancelled meanwhile.
    ///
    /// # Errors
    /// A fault when something stops it: the caller pauses the campaign.
    pub async fn prepare_campaign(&self, tenant: &TenantId, id: &CampaignId) -> Result<()> {
        let db = &self.0.system;
        let t = tenant.to_string();
        let row: Option<Row> = q!(db, format!("SELECT {} FROM ONLY $id", campaigns::FIELDS), id = rid("campaign", id.as_str()))?.take(0)?;
        let Some(row) = row.filter(|r| r.state == "preparing") else { return Ok(()) };
        let draft = self.snapshot(&t, id, row.draft()?).await?;
        // Nothing goes into the queue of a domain that may not send.
        self.campaign_context(id).await?;
        if !draft.segments.is_empty() {
            // Whatever was changed before this moment is in the segments that it goes to.
            segments::index::catch_up(&self.0, &t).await?;
        }
        let audience = preview::audience(&self.0, db, &t, &draft, segments::eval::Wanted::Everyone).await?;
        // Forwards, all of them: one for 500 recipients.
        let written: Vec<LastChunk> =
            q!(db, "SELECT id, last FROM chunk:[$t, $c, 0]..=[$t, $c, 4294967295]", t = t.clone(), c = id.to_string())?.take(0)?;
        let (mut k, from) = written.iter().map(|l| (last_number(&l.id) + 1, l.last + 1)).max().unwrap_or((0, 0));
        let numbers: Vec<u32> = audience.range(from..).collect();
        for part in numbers.chunks(CHUNK) {
            // The figures are the deliverers' as well.
            if !retrying(|| self.write_chunk(tenant, id, k, part)).await? {
                return Ok(());
            }
            k += 1;
            let event = event(db, &t, id, CampaignState::Preparing).await?;
            self.publish(tenant, event);
        }
        let moved: Vec<String> = q!(
            db,
            "UPDATE $id SET state = 'sending', prepared = true WHERE state = 'preparing' RETURN VALUE state",
            id = rid("campaign", id.as_str())
        )?
        .take(0)?;
        if !moved.is_empty() {
            let event = event(db, &t, id, CampaignState::Sending).await?;
            self.publish(tenant, event);
        }
        Ok(())
    }

    /// Keeps the draft as it is sent, with where its links lead; an earlier snapshot stays.
    async fn snapshot(&self, t: &str, id: &CampaignId, draft: CampaignDraft) -> Result<CampaignDraft> {
        let kept: Option<String> = q!(self.0.system, "SELECT VALUE draft FROM ONLY $id", id = rid("sent_template", id.as_str()))?.take(0)?;
        if let Some(kept) = kept {
            return Ok(serde_json::from_str(&kept)?);
        }
        let compiling = draft.clone();
        let compiled = tokio::task::spawn_blocking(move || Template::compile(&preview::source(&compiling, "")).map(|t| t.links().to_vec()));
        let links = compiled
            .await
            .map_err(|e| Error::Setup(e.to_string()))?
            .map_err(|_| nexsent_model::Fault::field("html", t!("fault-delivery-mistakes")))?;
        q!(
            self.0.system,
            "BEGIN; CREATE $id SET tenant = $t, draft = $draft, links = $links RETURN NONE; UPSERT $figures SET tenant = $t RETURN NONE; UPSERT $tracking SET tenant = $t RETURN NONE; COMMIT",
            id = rid("sent_template", id.as_str()),
            figures = figures_id(t, id.as_str(), "delivery"),
            tracking = figures_id(t, id.as_str(), "tracking"),
            t = t.to_owned(),
            draft = serde_json::to_string(&draft)?,
            links = links
        )?;
        Ok(draft)
    }

    async fn write_chunk(&self, tenant: &TenantId, id: &CampaignId, k: u32, numbers: &[u32]) -> Result<bool> {
        let db = &self.0.system;
        let t = tenant.to_string();
        #[derive(SurrealValue)]
        struct Who {
            id: RecordId,
            email: String,
        }
        let contacts: Vec<RecordId> = numbers.iter().map(|n| contact_id(&t, *n)).collect();
        let found: Vec<Who> = q!(db, "SELECT id, email FROM $ids", ids = contacts)?.take(0)?;
        let stops = self.suppressed(&t, found.iter().map(|w| w.email.as_str())).await?;
        let now = Utc::now();
        let mut queued = 0u64;
        let rows: Vec<LedgerNew> = found
            .iter()
            .map(|w| {
                let stop = stops.iter().find(|(email, _)| *email == w.email).map(|(_, reason)| reason_text(reason));
                queued += u64::from(stop.is_none());
                LedgerNew {
                    id: ledger_id(&t, id.as_str(), last_number(&w.id)),
                    tenant: t.clone(),
                    email: w.email.clone(),
                    state: if stop.is_none() { "queued" } else { "suppressed" }.to_owned(),
                    attempts: 0,
                    tried_at: stop.as_ref().map(|_| now),
                    reply: stop,
                    queued_at: now,
                }
            })
            .collect();
        let suppressed = rows.len() as u64 - queued;
        let done = q!(
            db,
            "BEGIN;
             IF (SELECT VALUE state FROM ONLY $campaign) != 'preparing' { THROW 'stopped' };
             INSERT INTO ledger $rows RETURN NONE;
             CREATE $chunk SET tenant = $t, campaign = $c, first = $first, last = $last, state = IF $queued > 0 { 'ready' } ELSE { 'done' }, queued = $queued, suppressed = $suppressed RETURN NONE;
             UPDATE $figures SET queued += $queued, suppressed += $suppressed RETURN NONE;
             COMMIT;",
            campaign = rid("campaign", id.as_str()),
            rows = rows,
            chunk = chunk_id(&t, id.as_str(), k),
            t = t.clone(),
            c = id.to_string(),
            first = numbers.first().copied().unwrap_or(0),
            last = numbers.last().copied().unwrap_or(0),
            queued = queued,
            suppressed = suppressed,
            figures = figures_id(&t, id.as_str(), "delivery")
        );
        match done {
            Ok(_) => Ok(true),
            Err(Error::Database(e)) if e.is_thrown() => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Which of some addresses are not to be mailed, and why.
    pub(super) async fn suppressed(&self, t: &str, emails: impl Iterator<Item = &str>) -> Result<Vec<(String, String)>> {
        #[derive(SurrealValue)]
        struct Stop {
            email: String,
            reason: String,
        }
        let emails: Vec<&str> = emails.collect();
        let ids: Vec<RecordId> = emails.iter().map(|e| suppression_id(t, e)).collect();
        let stops: Vec<Stop> = q!(self.0.system, "SELECT email, reason FROM $ids", ids = ids)?.take(0)?;
        let mut out: Vec<(String, String)> = stops.into_iter().map(|s| (s.email, s.reason)).collect();
        // Of an erased address only a mark is known; most workspaces have none.
        let erased = consent::erased_set(&self.0.system, t).await?;
        if !erased.is_empty() {
            for email in emails {
                if erased.contains(&consent::erased(&self.0, t, email)?) {
                    out.push((email.to_owned(), "erased".to_owned()));
                }
            }
        }
        Ok(out)
    }
}

/// Why somebody was not mailed, for the ledger.
pub(super) fn reason_text(reason: &str) -> String {
    match reason {
        "unsubscribed" => t!("fault-delivery-unsubscribed"),
        "bad_address" => t!("fault-delivery-bad-address"),
        "complaint" => t!("fault-delivery-complaint"),
        "erased" => t!("fault-delivery-erased"),
        _ => t!("fault-delivery-suppressed"),
    }
}
