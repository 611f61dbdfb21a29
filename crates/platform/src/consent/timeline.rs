//! One line after the other of what happened to a contact, newest first, from every table that knows some of it.
//!
//! Mails, opens and clicks are looked up in the ledger by ids, one for each campaign of the workspace: nothing is written for them. What no
//! other table knows is in `contact_event`. A page is the newest of all sources before a moment.

use chrono::{DateTime, TimeZone, Utc};
use nexsent_model::{
    ContactId, Cursor, Fault, Page,
    campaigns::LedgerState,
    consent::{EventKind, NoteRef, TimelineEntry},
};
use nexsent_texts::t;
use surrealdb_types::{RecordId, SurrealValue};

use super::{events::told, sources};
use crate::{
    Result, TenantDb,
    contacts::suppression_id,
    db::{q, text_key},
    delivery::ledger_id,
};

/// Lines a page.
const PAGE: usize = 50;
/// Campaigns whose mails are looked up: the newest.
const CAMPAIGNS: u32 = 1000;

#[derive(SurrealValue)]
struct Line {
    newest: i64,
    kind: String,
    what: String,
    detail: String,
    who: String,
    address: Option<String>,
}

#[derive(SurrealValue)]
struct NoteRow {
    id: RecordId,
    newest: i64,
    text: String,
    member: String,
    author: String,
    edited_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Mail {
    id: RecordId,
    state: String,
    reply: Option<String>,
    host: Option<String>,
    queued_at: DateTime<Utc>,
    tried_at: Option<DateTime<Utc>>,
    opened_at: Option<DateTime<Utc>>,
    clicked_at: Option<DateTime<Utc>>,
    unsubscribed_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Stop {
    reason: String,
    origin: String,
    created_at: DateTime<Utc>,
}

fn entry(at: DateTime<Utc>, kind: EventKind, what: impl Into<String>) -> TimelineEntry {
    TimelineEntry { at, kind, what: what.into(), href: None, detail: String::new(), who: String::new(), address: None, note: None }
}

fn moment(newest: i64) -> DateTime<Utc> {
    Utc.timestamp_micros(-newest).single().unwrap_or_default()
}

/// Why an address is not mailed, for people.
pub(super) fn reason_label(reason: &str) -> String {
    match reason {
        "unsubscribed" => t!("people-stopped-unsubscribed"),
        "bad_address" => t!("people-stopped-bad-address"),
        "complaint" => t!("people-stopped-complaint"),
        _ => t!("people-stopped-manual"),
    }
}

/// Where a suppression came from, where that is not told by a name or an id.
pub(super) fn origin_label(origin: String) -> String {
    if origin == "preferences" { t!("people-origin-preferences") } else { origin }
}

impl TenantDb {
    /// One page of a contact's timeline.
    ///
    /// # Errors
    /// A fault when there is no such contact, or for a cursor that is none.
    pub async fn timeline(&self, id: ContactId, after: Option<&Cursor>) -> Result<Page<TimelineEntry>> {
        let contact = self.contact(id).await?;
        let before = match after {
            Some(c) => c.0.parse::<i64>().map_err(|_| Fault::field("after", t!("fault-people-page-gone")))?,
            None => i64::MAX,
        };
        let mut all = self.written_lines(id, before).await?;
        // Whoever signed up or was added by hand has a line of the same moment.
        let near = |e: &TimelineEntry| (e.at - contact.created_at).num_seconds().abs() < 10;
        let written = all.iter().any(|e| matches!(e.kind, EventKind::Added | EventKind::SignedUp | EventKind::Confirmed) && near(e));
        let names = self.list_names().await?;
        for s in sources::of(self.core(), &self.t(), id.0).await? {
            let joined: Vec<&str> = s.lists.iter().filter_map(|l| names.get(l)).map(String::as_str).collect();
            let detail = match (joined.join(", "), s.consent) {
                (lists, source) if lists.is_empty() => source,
                (lists, source) if source.is_empty() => t!("people-imported-onto", lists = lists),
                (lists, source) => t!("people-imported-onto-by", lists = lists, source = source),
            };
            all.push(TimelineEntry { href: Some(format!("/contacts/import/{}", s.id)), detail, ..entry(s.at, EventKind::Imported, s.file) });
        }
        // A contact that is older than this record of it.
        let told = written || all.iter().any(|e| e.kind == EventKind::Imported && e.at <= contact.created_at);
        let full = all.len() > PAGE;
        if !told && !full {
            all.push(entry(contact.created_at, EventKind::Added, ""));
        }
        let mails = if self.me().role.may(nexsent_model::accounts::Right::ReadCampaigns) { self.mails(id).await? } else { Vec::new() };
        let left_by_mail = mails.iter().any(|e| e.kind == EventKind::Unsubscribed);
        all.extend(mails);
        let stop: Option<Stop> = q!(
            self.db(),
            "SELECT reason, origin, created_at FROM ONLY $id WHERE tenant = $t",
            id = suppression_id(&self.t(), &contact.email),
            t = self.t()
        )?
        .take(0)?;
        if let Some(s) = stop.filter(|s| s.reason != "unsubscribed" || (s.origin.starts_with("cmp_") && !left_by_mail)) {
            // "Unsubscribed" says it all.
            let (kind, why) = match s.reason.as_str() {
                "unsubscribed" => (EventKind::Unsubscribed, String::new()),
                reason => (EventKind::Suppressed, reason_label(reason)),
            };
            let origin = if s.origin.starts_with("cmp_") { s.origin.split_once(": ").map_or("", |(_, r)| r).to_owned() } else { s.origin };
            all.push(TimelineEntry { detail: origin, ..entry(s.created_at, kind, why) });
        }
        all.retain(|e| e.at.timestamp_micros() < before);
        all.sort_by_key(|e| std::cmp::Reverse(e.at));
        // Lines of one instant stay together: a page ends between two instants.
        let mut end = PAGE.min(all.len());
        while end > 0 && end < all.len() && all[end].at.timestamp_micros() == all[end - 1].at.timestamp_micros() {
            end += 1;
        }
        let next = (end < all.len()).then(|| Cursor(all[end - 1].at.timestamp_micros().to_string()));
        all.truncate(end);
        Ok(Page { items: all, next, total: None })
    }

    /// Lines and notes before a moment, a page of each and one more.
    async fn written_lines(&self, id: ContactId, before: i64) -> Result<Vec<TimelineEntry>> {
        let from = if before == i64::MAX { i64::MIN } else { -before };
        let limit = PAGE as i64 + 10;
        let mut found = q!(
            self.db(),
            "SELECT newest, kind, what, detail, who, address FROM contact_event WHERE tenant = $t AND contact = $n AND newest > $from ORDER BY newest LIMIT $limit;
             SELECT id, newest, text, member, author, edited_at FROM note WHERE tenant = $t AND contact = $n AND newest > $from ORDER BY newest LIMIT $limit",
            t = self.t(),
            n = id.0,
            from = from,
            limit = limit,
        )?;
        let lines: Vec<Line> = found.take(0)?;
        let notes: Vec<NoteRow> = found.take(1)?;
        let me = self.me().member.to_string();
        let mut out = Vec::with_capacity(lines.len() + notes.len());
        for l in lines {
            let kind = l.kind.parse().unwrap_or(EventKind::Edited);
            let (what, detail) = told(kind, l.what, l.detail);
            out.push(TimelineEntry { detail, who: l.who, address: l.address, ..entry(moment(l.newest), kind, what) });
        }
        for n in notes {
            let note = NoteRef { id: text_key(&n.id).parse()?, mine: n.member == me, edited_at: n.edited_at };
            out.push(TimelineEntry { who: n.author, note: Some(note), ..entry(moment(n.newest), EventKind::Note, n.text) });
        }
        Ok(out)
    }

    /// What the ledger knows of a contact.
    async fn mails(&self, id: ContactId) -> Result<Vec<TimelineEntry>> {
        #[derive(SurrealValue)]
        struct Named {
            id: RecordId,
            name: String,
            newest: i64,
        }
        let campaigns: Vec<Named> = q!(
            self.db(),
            "SELECT id, name, newest FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT $limit",
            t = self.t(),
            from = i64::MIN,
            limit = CAMPAIGNS
        )?
        .take(0)?;
        let ids: Vec<RecordId> = campaigns.iter().map(|c| ledger_id(&self.t(), &text_key(&c.id), id.0)).collect();
        let rows: Vec<Mail> = q!(
            self.db(),
            "SELECT id, state, reply, host, queued_at, tried_at, opened_at, clicked_at, unsubscribed_at FROM $ids WHERE tenant = $t",
            ids = ids.clone(),
            t = self.t()
        )?
        .take(0)?;
        let mut out = Vec::new();
        for m in rows {
            let Some(c) = ids.iter().position(|i| *i == m.id).and_then(|i| campaigns.get(i)) else { continue };
            let line = |at: DateTime<Utc>, kind| TimelineEntry { href: Some(format!("/campaigns/{}", text_key(&c.id))), ..entry(at, kind, &c.name) };
            let state: LedgerState = m.state.parse().unwrap_or(LedgerState::Queued);
            let kind = match state {
                LedgerState::Sent => EventKind::Sent,
                LedgerState::Queued | LedgerState::Deferred => EventKind::Queued,
                LedgerState::Failed | LedgerState::Suppressed | LedgerState::InDoubt => EventKind::NotSent,
            };
            let reply = m.reply.unwrap_or_default();
            let detail = match (state, m.host) {
                (LedgerState::InDoubt, _) => t!("people-mail-in-doubt", reply = reply),
                (_, Some(host)) if !reply.is_empty() => format!("{host}: {reply}"),
                _ => reply,
            };
            out.push(TimelineEntry { detail, ..line(m.tried_at.unwrap_or(m.queued_at), kind) });
            for (at, kind) in [(m.opened_at, EventKind::Opened), (m.clicked_at, EventKind::Clicked), (m.unsubscribed_at, EventKind::Unsubscribed)] {
                out.extend(at.map(|at| line(at, kind)));
            }
        }
        Ok(out)
    }
}
