//! Events into figures: the actor's half.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use nexsent_model::{CampaignId, TenantId};
use surrealdb_types::{RecordId, SurrealValue};

use super::Row;
use crate::{
    Result, SystemDb,
    campaigns::figures_id,
    db::{aid, key, q, retrying},
    delivery::ledger_id,
    segments::marks::{self, MarkRow, Marks},
};

#[derive(SurrealValue)]
struct Seen {
    id: RecordId,
    opened_at: Option<DateTime<Utc>>,
    clicked_at: Option<DateTime<Utc>>,
    unsubscribed_at: Option<DateTime<Utc>>,
}

#[derive(Default, SurrealValue)]
struct Sums {
    opened: u64,
    clicked: u64,
    unsubscribed: u64,
}

#[derive(SurrealValue)]
struct SumsFor {
    id: RecordId,
    tenant: String,
    opened: u64,
    clicked: u64,
    unsubscribed: u64,
}

#[derive(SurrealValue)]
struct Clicks {
    id: RecordId,
    tenant: String,
    count: u64,
}

impl SystemDb {
    /// Counts up to `limit` waiting events; returns how many there were, and which campaigns' figures changed.
    ///
    /// # Errors
    /// When the database does not answer: nothing of it is counted then.
    pub async fn count_events(&self, limit: u32) -> Result<(usize, Vec<(TenantId, CampaignId)>)> {
        retrying(|| self.count_once(limit)).await
    }

    async fn count_once(&self, limit: u32) -> Result<(usize, Vec<(TenantId, CampaignId)>)> {
        let db = &self.0.system;
        let events: Vec<Row> = q!(db, "SELECT id, tenant, campaign, contact, kind, link, at FROM event LIMIT $limit", limit = limit)?.take(0)?;
        if events.is_empty() {
            return Ok((0, Vec::new()));
        }
        let ids: BTreeSet<(&str, &str, u32)> = events.iter().map(|e| (e.tenant.as_str(), e.campaign.as_str(), e.contact)).collect();
        let ids: Vec<RecordId> = ids.into_iter().map(|(t, c, n)| ledger_id(t, c, n)).collect();
        let seen: Vec<Seen> = q!(db, "SELECT id, opened_at, clicked_at, unsubscribed_at FROM $ids", ids = ids)?.take(0)?;
        let mut seen: BTreeMap<String, (Seen, bool)> = seen.into_iter().map(|s| (format!("{:?}", s.id.key), (s, false))).collect();
        let mut figures: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
        let mut series: BTreeMap<(&str, String, i64), Sums> = BTreeMap::new();
        let mut clicks: BTreeMap<(&str, &str, u32), u64> = BTreeMap::new();
        let mut active: BTreeMap<&str, Marks> = BTreeMap::new();
        for e in &events {
            let id = ledger_id(&e.tenant, &e.campaign, e.contact);
            let Some((row, changed)) = seen.get_mut(&format!("{:?}", id.key)) else { continue };
            if let (Some(link), "click") = (e.link, e.kind.as_str()) {
                *clicks.entry((&e.tenant, &e.campaign, link)).or_default() += 1;
            }
            // Recipients are counted, not times; a click shows that the mail was opened, whatever became of the pixel.
            let mut sums = Sums::default();
            let mut first = |at: &mut Option<DateTime<Utc>>, count: &mut u64| {
                if at.is_none() {
                    *at = Some(e.at);
                    *count = 1;
                    *changed = true;
                }
            };
            match e.kind.as_str() {
                "open" => first(&mut row.opened_at, &mut sums.opened),
                "click" => {
                    first(&mut row.clicked_at, &mut sums.clicked);
                    first(&mut row.opened_at, &mut sums.opened);
                }
                _ => first(&mut row.unsubscribed_at, &mut sums.unsubscribed),
            }
            if sums.opened + sums.clicked > 0 {
                active.entry(&e.tenant).or_default().campaign(&e.campaign, e.contact);
            }
            add(figures.entry((&e.tenant, &e.campaign)).or_default(), &sums);
            for (source, width) in [(e.campaign.clone(), 3600), ("day".to_owned(), 86_400)] {
                add(series.entry((&e.tenant, source, e.at.timestamp() / width * width)).or_default(), &sums);
            }
        }
        let changed = figures.keys().map(|(t, c)| Ok((t.parse()?, c.parse()?))).collect::<Result<Vec<_>>>()?;
        let rows: Vec<Seen> = seen.into_values().filter(|(_, changed)| *changed).map(|(s, _)| s).collect();
        let of = |id: RecordId, tenant: &str, s: Sums| SumsFor {
            id,
            tenant: tenant.to_owned(),
            opened: s.opened,
            clicked: s.clicked,
            unsubscribed: s.unsubscribed,
        };
        let figures: Vec<SumsFor> = figures.into_iter().map(|((t, c), s)| of(figures_id(t, c, "tracking"), t, s)).collect();
        let series: Vec<SumsFor> =
            series.into_iter().map(|((t, source, at), s)| of(aid("series", key![t.to_owned(), source, at, "tracking".to_owned()]), t, s)).collect();
        let clicks: Vec<Clicks> = clicks
            .into_iter()
            .map(|((t, c, link), count)| Clicks { id: aid("clicks", key![t.to_owned(), c.to_owned(), i64::from(link)]), tenant: t.to_owned(), count })
            .collect();
        let done: Vec<RecordId> = events.iter().map(|e| e.id.clone()).collect();
        let dirty: Vec<MarkRow> = active.iter().flat_map(|(t, m)| m.rows(t)).collect();
        q!(
            db,
            format!(
                "BEGIN;
                 FOR $r IN $rows {{ UPDATE $r.id SET opened_at = $r.opened_at, clicked_at = $r.clicked_at, unsubscribed_at = $r.unsubscribed_at RETURN NONE }};
                 FOR $f IN $figures {{ UPSERT $f.id SET tenant = $f.tenant, opened = (opened ?? 0) + $f.opened, clicked = (clicked ?? 0) + $f.clicked, unsubscribed = (unsubscribed ?? 0) + $f.unsubscribed RETURN NONE }};
                 FOR $f IN $series {{ UPSERT $f.id SET tenant = $f.tenant, opened = (opened ?? 0) + $f.opened, clicked = (clicked ?? 0) + $f.clicked, unsubscribed = (unsubscribed ?? 0) + $f.unsubscribed RETURN NONE }};
                 FOR $c IN $clicks {{ UPSERT $c.id SET tenant = $c.tenant, count = (count ?? 0) + $c.count RETURN NONE }};
                 {}
                 DELETE $done RETURN NONE;
                 COMMIT;",
                marks::WRITE
            ),
            dirty = dirty,
            rows = rows,
            figures = figures,
            series = series,
            clicks = clicks,
            done = done
        )?;
        Ok((events.len(), changed))
    }
}

fn add(to: &mut Sums, from: &Sums) {
    to.opened += from.opened;
    to.clicked += from.clicked;
    to.unsubscribed += from.unsubscribed;
}
