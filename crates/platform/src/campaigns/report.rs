//! Figures over time and per link, and the dashboard's sums.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{
    CampaignId,
    campaigns::{CampaignReport, CampaignStats, LinkStat, Overview, SeriesPoint},
    domains::DomainStatus,
};
use surrealdb_types::{RecordId, RecordIdKey, SurrealValue};

use super::stats;
use crate::{
    Result, TenantDb,
    contacts::bits,
    db::{last_number, q, rid},
};

#[derive(SurrealValue)]
struct Point {
    id: RecordId,
    sent: u64,
    failed: u64,
    opened: u64,
    clicked: u64,
    unsubscribed: u64,
}

/// The start of the bucket: `series:[tenant, source, start, writer]`.
fn start(id: &RecordId) -> i64 {
    match &id.key {
        RecordIdKey::Array(parts) => parts.get(2).and_then(|v| i64::from_value(v.clone()).ok()).unwrap_or(0),
        _ => 0,
    }
}

fn merge(points: Vec<Point>) -> BTreeMap<i64, SeriesPoint> {
    let mut out: BTreeMap<i64, SeriesPoint> = BTreeMap::new();
    for p in points {
        let at = start(&p.id);
        let s = out.entry(at).or_insert_with(|| SeriesPoint { at: DateTime::from_timestamp(at, 0).unwrap_or_default(), ..SeriesPoint::default() });
        s.sent += p.sent;
        s.failed += p.failed;
        s.opened += p.opened;
        s.clicked += p.clicked;
        s.unsubscribed += p.unsubscribed;
    }
    out
}

impl TenantDb {
    async fn series(&self, source: &str, from: i64, to: i64) -> Result<BTreeMap<i64, SeriesPoint>> {
        let sql = "SELECT id, sent, failed, opened, clicked, unsubscribed FROM series:[$t, $source, $from, '']..=[$t, $source, $to, 'z']";
        let points: Vec<Point> = q!(self.db(), sql, t = self.t(), source = source.to_owned(), from = from, to = to)?.take(0)?;
        Ok(merge(points))
    }

    /// A campaign's figures: sums, by the hour, and per link.
    ///
    /// # Errors
    /// A fault when there is no such campaign.
    pub async fn campaign_report(&self, id: &CampaignId) -> Result<CampaignReport> {
        let row = self.campaign_row(id).await?;
        let from = row.started_at.unwrap_or(row.created_at).timestamp() / 3600 * 3600;
        // The first three days: what comes later is in the sums.
        let found = self.series(id.as_str(), from, from + 72 * 3600).await?;
        let last = found.keys().next_back().copied().unwrap_or(from);
        let series = if found.is_empty() {
            Vec::new()
        } else {
            (0..=((last - from) / 3600).clamp(0, 72)).map(|h| from + h * 3600).map(|at| point(&found, at)).collect()
        };
        #[derive(SurrealValue)]
        struct Sent {
            links: Vec<String>,
        }
        let sent: Option<Sent> =
            q!(self.db(), "SELECT links FROM ONLY $id WHERE tenant = $t", id = rid("sent_template", id.as_str()), t = self.t())?.take(0)?;
        #[derive(SurrealValue)]
        struct Count {
            id: RecordId,
            count: u64,
        }
        let counts: Vec<Count> =
            q!(self.db(), "SELECT id, count FROM clicks:[$t, $c, 0]..=[$t, $c, 100000]", t = self.t(), c = id.to_string())?.take(0)?;
        let links = sent
            .map(|s| s.links)
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(|(i, url)| LinkStat {
                index: i as u32,
                clicks: counts.iter().find(|c| last_number(&c.id) as usize == i).map_or(0, |c| c.count),
                url,
            })
            .collect();
        Ok(CampaignReport { stats: stats(self.db(), &self.t(), id.as_str()).await?, series, links })
    }

    /// The dashboard: sums and days of the last 30, the newest campaigns.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overview(&self) -> Result<Overview> {
        const DAY: i64 = 86_400;
        let today = Utc::now().timestamp() / DAY * DAY;
        let from = (Utc::now() - Duration::days(29)).timestamp() / DAY * DAY;
        let found = self.series("day", from, today).await?;
        let series: Vec<SeriesPoint> = (0..30).map(|d| point(&found, from + d * DAY)).collect();
        let mut sums = CampaignStats::default();
        for p in &series {
            sums.sent += p.sent;
            sums.failed += p.failed;
            sums.opened += p.opened;
            sums.clicked += p.clicked;
            sums.unsubscribed += p.unsubscribed;
        }
        let verified = self.domains().await?.iter().filter(|d| d.status == DomainStatus::Verified).count() as u64;
        Ok(Overview {
            contacts: bits::count(self.db(), &self.t(), bits::ALL).await?,
            verified_domains: verified,
            postal_address: !self.settings().await?.postal_address.is_empty(),
            stats: sums,
            series,
            campaigns: self.campaigns(None, 5).await?.items,
        })
    }
}

fn point(found: &BTreeMap<i64, SeriesPoint>, at: i64) -> SeriesPoint {
    found.get(&at).copied().unwrap_or(SeriesPoint { at: DateTime::from_timestamp(at, 0).unwrap_or_default(), ..SeriesPoint::default() })
}
