//! Outcomes into the ledger: rows, counters and retries in one transaction. Recording twice changes nothing.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use nexsent_model::campaigns::LedgerState;
use surrealdb_types::{RecordId, SurrealValue};

use super::{DeliveryResult, Fate, chunk_id, ledger_id, retry_id};
use crate::{
    Result, SystemDb,
    campaigns::figures_id,
    contacts::{suppression_id, suppressions::SUPPRESS},
    db::{aid, key, q, retrying},
    segments::marks::{self, MarkRow, Marks},
};

#[derive(SurrealValue)]
struct Before {
    id: RecordId,
    state: String,
    attempts: u32,
}

#[derive(SurrealValue)]
struct After {
    id: RecordId,
    state: String,
    attempts: u32,
    reply: String,
    host: Option<String>,
    tls: Option<String>,
    tried_at: DateTime<Utc>,
    next_try_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Default)]
struct Delta([i64; 6]);

impl Delta {
    fn shift(&mut self, from: LedgerState, to: LedgerState) {
        self.0[index(from)] -= 1;
        self.0[index(to)] += 1;
    }
}

fn index(state: LedgerState) -> usize {
    LedgerState::ALL.iter().position(|s| *s == state).unwrap_or(0)
}

#[derive(SurrealValue)]
struct Count {
    id: RecordId,
    queued: i64,
    sent: i64,
    deferred: i64,
    failed: i64,
    suppressed: i64,
    in_doubt: i64,
}

impl Count {
    fn new(id: RecordId, d: Delta) -> Self {
        let [queued, sent, deferred, failed, suppressed, in_doubt] = d.0;
        Self { id, queued, sent, deferred, failed, suppressed, in_doubt }
    }
}

#[derive(SurrealValue)]
struct Bucket {
    id: RecordId,
    tenant: String,
    sent: i64,
    failed: i64,
}

#[derive(SurrealValue)]
struct Retry {
    id: RecordId,
    tenant: String,
    campaign: String,
    chunk: u32,
    due_at: DateTime<Utc>,
}

const ADD: &str = "queued += $x.queued, sent += $x.sent, deferred += $x.deferred, failed += $x.failed, suppressed += $x.suppressed, in_doubt += $x.in_doubt RETURN NONE";

impl SystemDb {
    /// Records outcomes, at most some hundreds at once. Those of tries that are in the ledger already are left out.
    ///
    /// # Errors
    /// When the database does not answer: nothing of it is recorded then.
    pub async fn record(&self, results: &[DeliveryResult]) -> Result<()> {
        if results.is_empty() {
            return Ok(());
        }
        retrying(|| self.record_once(results)).await?;
        let bad: Vec<&DeliveryResult> = results.iter().filter(|r| r.fate == Fate::Failed { suppress: true }).collect();
        for r in bad {
            self.suppress(r).await?;
        }
        Ok(())
    }

    async fn record_once(&self, results: &[DeliveryResult]) -> Result<()> {
        let ids: Vec<RecordId> = results.iter().map(|r| ledger_id(r.tenant.as_str(), r.campaign.as_str(), r.number)).collect();
        let before: Vec<Before> = q!(self.0.system, "SELECT id, state, attempts FROM $ids", ids = ids)?.take(0)?;
        let mut before: HashMap<String, Before> = before.into_iter().map(|b| (format!("{:?}", b.id.key), b)).collect();
        let mut rows = Vec::with_capacity(results.len());
        let mut chunks: BTreeMap<(&str, &str, u32), Delta> = BTreeMap::new();
        let mut figures: BTreeMap<(&str, &str), Delta> = BTreeMap::new();
        let mut series: BTreeMap<(&str, String, i64), (i64, i64)> = BTreeMap::new();
        let (mut retries, mut over) = (Vec::new(), Vec::new());
        let mut received: BTreeMap<&str, Marks> = BTreeMap::new();
        for r in results {
            let id = ledger_id(r.tenant.as_str(), r.campaign.as_str(), r.number);
            let Some(was) = before.get_mut(&format!("{:?}", id.key)) else { continue };
            let old: LedgerState = was.state.parse().unwrap_or(LedgerState::Queued);
            // The ledger has this try, or a later one.
            if was.attempts >= r.attempt || !matches!(old, LedgerState::Queued | LedgerState::Deferred) {
                continue;
            }
            let new = r.fate.state();
            was.attempts = r.attempt;
            was.state = new.as_str().to_owned();
            let (t, c) = (r.tenant.as_str(), r.campaign.as_str());
            chunks.entry((t, c, r.chunk)).or_default().shift(old, new);
            if new == LedgerState::Sent {
                received.entry(t).or_default().campaign(c, r.number);
            }
            figures.entry((t, c)).or_default().shift(old, new);
            let (sent, failed) = (i64::from(new == LedgerState::Sent), i64::from(new == LedgerState::Failed));
            if sent + failed > 0 {
                for (source, width) in [(c.to_owned(), 3600), ("day".to_owned(), 86_400)] {
                    let at = r.at.timestamp() / width * width;
                    let entry = series.entry((t, source, at)).or_default();
                    entry.0 += sent;
                    entry.1 += failed;
                }
            }
            let next_try_at = match &r.fate {
                Fate::Deferred { next_try_at } => Some(*next_try_at),
                _ => None,
            };
            let retry = retry_id(t, c, r.number);
            match next_try_at {
                Some(due_at) => retries.push(Retry { id: retry, tenant: t.to_owned(), campaign: c.to_owned(), chunk: r.chunk, due_at }),
                None if old == LedgerState::Deferred => over.push(retry),
                None => {}
            }
            rows.push(After {
                id,
                state: new.as_str().to_owned(),
                // A try that never was (left out, cancelled) does not count.
                attempts: if r.fate == Fate::Suppressed { r.attempt - 1 } else { r.attempt },
                reply: r.reply.chars().take(1000).collect(),
                host: r.host.clone(),
                tls: r.tls.clone(),
                tried_at: r.at,
                next_try_at,
            });
        }
        if rows.is_empty() {
            return Ok(());
        }
        let chunks: Vec<Count> = chunks.into_iter().map(|((t, c, k), d)| Count::new(chunk_id(t, c, k), d)).collect();
        let figures: Vec<Count> = figures.into_iter().map(|((t, c), d)| Count::new(figures_id(t, c, "delivery"), d)).collect();
        let series: Vec<Bucket> = series
            .into_iter()
            .map(|((t, source, at), (sent, failed))| Bucket {
                id: aid("series", key![t.to_owned(), source, at, "delivery".to_owned()]),
                tenant: t.to_owned(),
                sent,
                failed,
            })
            .collect();
        let dirty: Vec<MarkRow> = received.iter().flat_map(|(t, m)| m.rows(t)).collect();
        q!(
            self.0.system,
            format!(
                "BEGIN;
                 FOR $r IN $rows {{ UPDATE $r.id SET state = $r.state, attempts = $r.attempts, reply = $r.reply, host = $r.host, tls = $r.tls, tried_at = $r.tried_at, next_try_at = $r.next_try_at RETURN NONE }};
                 FOR $x IN $chunks {{ UPDATE $x.id SET {ADD} }};
                 FOR $x IN $figures {{ UPDATE $x.id SET {ADD} }};
                 FOR $s IN $series {{ UPSERT $s.id SET tenant = $s.tenant, sent = (sent ?? 0) + $s.sent, failed = (failed ?? 0) + $s.failed RETURN NONE }};
                 FOR $r IN $retries {{ UPSERT $r.id SET tenant = $r.tenant, campaign = $r.campaign, chunk = $r.chunk, due_at = $r.due_at RETURN NONE }};
                 DELETE $over RETURN NONE;
                 {}
                 COMMIT;",
                marks::WRITE
            ),
            dirty = dirty,
            rows = rows,
            chunks = chunks,
            figures = figures,
            series = series,
            retries = retries,
            over = over
        )
        .map(drop)
    }

    /// The address does not work: it is not mailed again, by any campaign of the tenant.
    async fn suppress(&self, r: &DeliveryResult) -> Result<()> {
        let t = r.tenant.to_string();
        q!(
            self.0.system,
            format!(
                "BEGIN;
                 {SUPPRESS}
                 UPDATE $contact SET status = 'suppressed' WHERE email = $email AND status = 'active' RETURN NONE;
                 {}
                 COMMIT;",
                marks::WRITE
            ),
            dirty = Marks::contacts([r.number]).rows(&t),
            stop = suppression_id(&t, &r.email),
            t = t.clone(),
            email = r.email.clone(),
            reason = "bad_address".to_owned(),
            origin = format!("{}: {}", r.campaign, r.reply).chars().take(300).collect::<String>(),
            contact = crate::contacts::contact_id(&t, r.number)
        )
        .map(drop)
    }

    /// Tells the workspace how far a campaign is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn announce_campaign(&self, tenant: &nexsent_model::TenantId, id: &nexsent_model::CampaignId) -> Result<()> {
        let state: Option<String> = q!(self.0.system, "SELECT VALUE state FROM ONLY $id", id = crate::db::rid("campaign", id.as_str()))?.take(0)?;
        if let Some(state) = state {
            let event = crate::campaigns::event(&self.0.system, tenant.as_str(), id, crate::campaigns::state(&state)).await?;
            self.publish(tenant, event);
        }
        Ok(())
    }
}
