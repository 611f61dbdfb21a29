//! Taking work from the queue, and giving it back.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use nexsent_model::{CampaignId, TenantId, campaigns::CampaignState};
use nexsent_texts::{t, within_sync};
use surrealdb_types::{RecordId, SurrealValue};

use super::{CampaignContext, DeliveryResult, Fate, Job, chunk_id, expand::reason_text, ledger_id};
use crate::{
    Result, SystemDb,
    campaigns::event,
    contacts::{CONTACT, ContactRow, contact_id},
    db::{last_number, q, rid},
};

/// Recipients that belong to whoever holds this.
pub struct LeasedChunk {
    pub tenant: TenantId,
    pub campaign: CampaignId,
    pub chunk: u32,
    pub jobs: Vec<Job>,
    /// Who is not to be mailed after all: to be recorded like any other outcome.
    pub settled: Vec<DeliveryResult>,
}

#[derive(SurrealValue)]
struct Waiting {
    id: RecordId,
    email: String,
    attempts: u32,
    queued_at: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct Due {
    id: RecordId,
    campaign: String,
    tenant: String,
    chunk: u32,
}

impl SystemDb {
    /// Gives back what a process that died had leased. Run once, at the start.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_stale_leases(&self) -> Result<()> {
        for state in [CampaignState::Sending, CampaignState::Paused, CampaignState::Cancelled] {
            for (_, campaign) in self.campaigns_in(state).await? {
                q!(self.0.system, "UPDATE chunk SET state = 'ready' WHERE campaign = $c AND state = 'leased' RETURN NONE", c = campaign.to_string())?;
            }
        }
        Ok(())
    }

    /// Takes the next chunk of a campaign, when one is ready.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease_chunk(&self, context: &Arc<CampaignContext>) -> Result<Option<LeasedChunk>> {
        #[derive(SurrealValue)]
        struct Chunk {
            id: RecordId,
            first: u32,
            last: u32,
        }
        let sql = "LET $next = (SELECT VALUE id FROM chunk WHERE campaign = $c AND state = 'ready' LIMIT 1)[0];
                   IF $next != NONE { UPDATE ONLY $next SET state = 'leased' WHERE state = 'ready' RETURN id, first, last } ELSE { NONE }";
        let chunk: Option<Chunk> = q!(self.0.system, sql, c = context.id.to_string())?.take(1)?;
        let Some(chunk) = chunk else { return Ok(None) };
        let waiting: Vec<Waiting> = q!(
            self.0.system,
            "SELECT id, email, attempts, queued_at FROM ledger:[$t, $c, $from]..=[$t, $c, $to] WHERE state = 'queued'",
            t = context.tenant.to_string(),
            c = context.id.to_string(),
            from = i64::from(chunk.first),
            to = i64::from(chunk.last)
        )?
        .take(0)?;
        let k = last_number(&chunk.id);
        let (jobs, settled) = self.jobs(context, waiting.into_iter().map(|w| (k, w)).collect()).await?;
        Ok(Some(LeasedChunk { tenant: context.tenant.clone(), campaign: context.id.clone(), chunk: k, jobs, settled }))
    }

    /// Jobs of rows of one campaign: with the contact as it is now, without those who have left since.
    async fn jobs(&self, context: &Arc<CampaignContext>, waiting: Vec<(u32, Waiting)>) -> Result<(Vec<Job>, Vec<DeliveryResult>)> {
        let t = context.tenant.to_string();
        let ids: Vec<RecordId> = waiting.iter().map(|(_, w)| contact_id(&t, last_number(&w.id))).collect();
        let contacts: Vec<ContactRow> = q!(self.0.system, format!("SELECT {CONTACT} FROM $ids"), ids = ids)?.take(0)?;
        let mut contacts: HashMap<u32, ContactRow> = contacts.into_iter().map(|c| (c.number(), c)).collect();
        let stops: HashMap<String, String> = self.suppressed(&t, waiting.iter().map(|(_, w)| w.email.as_str())).await?.into_iter().collect();
        let say = |reason: &str| within_sync(context.language, || reason_text(reason));
        let (mut jobs, mut settled) = (Vec::with_capacity(waiting.len()), Vec::new());
        for (chunk, w) in waiting {
            let number = last_number(&w.id);
            let stop = match (stops.get(&w.email), contacts.remove(&number)) {
                (Some(reason), _) => say(reason),
                (None, None) => within_sync(context.language, || t!("fault-delivery-contact-deleted")),
                (None, Some(contact)) if contact.status != "active" => say(&contact.status),
                (None, Some(contact)) => {
                    jobs.push(Job {
                        campaign: context.clone(),
                        chunk,
                        number,
                        attempt: w.attempts + 1,
                        email: w.email,
                        queued_at: w.queued_at,
                        contact,
                    });
                    continue;
                }
            };
            settled.push(DeliveryResult {
                tenant: context.tenant.clone(),
                campaign: context.id.clone(),
                chunk,
                number,
                attempt: w.attempts + 1,
                email: w.email,
                fate: Fate::Suppressed,
                reply: stop,
                host: None,
                tls: None,
                at: Utc::now(),
            });
        }
        Ok((jobs, settled))
    }

    /// A chunk is no longer worked on: done when nothing in it waits, ready again otherwise.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_chunk(&self, tenant: &TenantId, campaign: &CampaignId, chunk: u32) -> Result<()> {
        let id = chunk_id(tenant.as_str(), campaign.as_str(), chunk);
        q!(self.0.system, "UPDATE $id SET state = IF queued <= 0 { 'done' } ELSE { 'ready' } WHERE state = 'leased' RETURN NONE", id = id).map(drop)
    }

    /// Deferred recipients whose time has come, of campaigns that are being sent: campaign, chunk and number.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_retries(&self, limit: u32) -> Result<Vec<(TenantId, CampaignId, u32, u32)>> {
        let sql = "SELECT id, campaign, tenant, chunk, due_at FROM retry WHERE due_at <= time::now() ORDER BY due_at LIMIT $limit";
        let due: Vec<Due> = q!(self.0.system, sql, limit = limit)?.take(0)?;
        due.into_iter().map(|d| Ok((d.tenant.parse()?, d.campaign.parse()?, d.chunk, last_number(&d.id)))).collect()
    }

    /// The jobs of due retries of one campaign.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn retry_jobs(&self, context: &Arc<CampaignContext>, due: &[(u32, u32)]) -> Result<(Vec<Job>, Vec<DeliveryResult>)> {
        let ids: Vec<RecordId> = due.iter().map(|(_, n)| ledger_id(context.tenant.as_str(), context.id.as_str(), *n)).collect();
        let rows: Vec<Waiting> = q!(self.0.system, "SELECT id, email, attempts, queued_at FROM $ids WHERE state = 'deferred'", ids = ids)?.take(0)?;
        let chunks: HashMap<u32, u32> = due.iter().map(|(chunk, n)| (*n, *chunk)).collect();
        self.jobs(context, rows.into_iter().map(|w| (chunks.get(&last_number(&w.id)).copied().unwrap_or(0), w)).collect()).await
    }

    /// When the next deferred recipient is due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next_retry_at(&self) -> Result<Option<DateTime<Utc>>> {
        let at: Vec<DateTime<Utc>> =
            q!(self.0.system, "SELECT VALUE due_at FROM retry WHERE due_at > $zero ORDER BY due_at LIMIT 1", zero = DateTime::<Utc>::UNIX_EPOCH)?
                .take(0)?;
        Ok(at.first().copied())
    }

    /// Ends a campaign of which nothing waits any more. Returns whether it is over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finish_campaign(&self, tenant: &TenantId, id: &CampaignId) -> Result<bool> {
        let t = tenant.as_str();
        let stats = crate::campaigns::stats(&self.0.system, t, id.as_str()).await?;
        if stats.queued > 0 || stats.deferred > 0 {
            return Ok(false);
        }
        let done: Vec<String> = q!(
            self.0.system,
            "UPDATE $id SET state = 'finished', finished_at = time::now() WHERE state = 'sending' RETURN VALUE state",
            id = rid("campaign", id.as_str())
        )?
        .take(0)?;
        if !done.is_empty() {
            let event = event(&self.0.system, t, id, CampaignState::Finished).await?;
            self.publish(tenant, event);
        }
        Ok(true)
    }

    /// Whether nobody of a campaign waits any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_settled(&self, tenant: &TenantId, id: &CampaignId) -> Result<bool> {
        let stats = crate::campaigns::stats(&self.0.system, tenant.as_str(), id.as_str()).await?;
        Ok(stats.queued == 0 && stats.deferred == 0)
    }

    /// Stops a campaign that cannot go on, as its owner would; the page says why.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn hold_campaign(&self, tenant: &TenantId, id: &CampaignId, reason: &str) -> Result<()> {
        let held: Vec<String> = q!(
            self.0.system,
            "UPDATE $id SET state = 'paused', held = $reason WHERE state IN ['preparing', 'sending'] RETURN VALUE state",
            id = rid("campaign", id.as_str()),
            reason = reason.chars().take(500).collect::<String>()
        )?
        .take(0)?;
        if !held.is_empty() {
            let event = event(&self.0.system, tenant.as_str(), id, CampaignState::Paused).await?;
            self.publish(tenant, event);
        }
        Ok(())
    }

    /// What of a cancelled campaign still waits: to be recorded as not sent. At most a chunk at a time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancelled_rest(&self, tenant: &TenantId, id: &CampaignId) -> Result<Vec<DeliveryResult>> {
        #[derive(SurrealValue)]
        struct Chunk {
            id: RecordId,
            first: u32,
            last: u32,
        }
        let (t, c) = (tenant.to_string(), id.to_string());
        let sql =
            "SELECT id, first, last FROM chunk:[$t, $c, 0]..=[$t, $c, 4294967295] WHERE (queued > 0 AND state != 'leased') OR deferred > 0 LIMIT 1";
        let chunk: Option<Chunk> = q!(self.0.system, sql, t = t.clone(), c = c.clone())?.take(0)?;
        let Some(chunk) = chunk else { return Ok(Vec::new()) };
        let sql = "SELECT id, email, attempts, queued_at FROM ledger:[$t, $c, $from]..=[$t, $c, $to] WHERE state IN ['queued', 'deferred']";
        let rows: Vec<Waiting> = q!(self.0.system, sql, t = t, c = c, from = i64::from(chunk.first), to = i64::from(chunk.last))?.take(0)?;
        Ok(rows
            .into_iter()
            .map(|w| DeliveryResult {
                tenant: tenant.clone(),
                campaign: id.clone(),
                chunk: last_number(&chunk.id),
                number: last_number(&w.id),
                attempt: w.attempts + 1,
                email: w.email,
                fate: Fate::Suppressed,
                reply: t!("fault-delivery-cancelled"),
                host: None,
                tls: None,
                at: Utc::now(),
            })
            .collect())
    }
}
