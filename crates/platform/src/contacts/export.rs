//! What views show as CSV, in pieces: the whole is never in memory.

use nexsent_model::{Cursor, bulk::ContactFilter};
use roaring::RoaringBitmap;

use super::{CONTACT, ContactRow, contact_id};
use crate::{Error, Result, TenantDb, db::q};

/// Rows a piece.
const BATCH: usize = 500;

/// Keeps a spreadsheet from running a cell as a formula (CSV injection; the characters are OWASP's, with their wide forms).
pub(crate) fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs { format!("'{text}") } else { text.to_owned() }
}

pub(crate) fn line(cells: &[String]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells).map_err(|e| Error::Corrupt(e.to_string()))?;
    writer.into_inner().map_err(|e| Error::Corrupt(e.to_string()))
}

impl TenantDb {
    /// The header line, and the names of the attributes in its order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contacts_csv_header(&self) -> Result<(Vec<u8>, Vec<String>)> {
        let names = self.attribute_names().await?;
        let mut cells: Vec<String> = ["email", "first_name", "last_name", "status", "lists", "created_at"].map(str::to_owned).to_vec();
        cells.extend(names.iter().cloned());
        Ok((line(&cells)?, names))
    }

    /// Whom a filter matches now: what [`Self::contacts_csv`] takes its pieces from. It may stand for millions in little memory.
    ///
    /// # Errors
    /// A fault for a list that is not there.
    pub async fn contacts_to_export(&self, filter: &ContactFilter) -> Result<RoaringBitmap> {
        self.check_filter(filter).await?;
        self.filter_numbers(filter).await
    }

    /// The lines of the newest of some contacts, which are taken out; none when nobody is left.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contacts_csv(&self, names: &[String], numbers: &mut RoaringBitmap) -> Result<Option<Vec<u8>>> {
        let t = self.t();
        let some: Vec<u32> = numbers.iter().rev().take(BATCH).collect();
        let Some(last) = some.last() else { return Ok(None) };
        numbers.remove_range(*last..);
        let ids: Vec<_> = some.iter().map(|n| contact_id(&t, *n)).collect();
        let rows: Vec<ContactRow> = q!(self.db(), format!("SELECT {CONTACT} FROM $ids WHERE tenant = $t"), ids = ids, t = t)?.take(0)?;
        let lists = self.lists().await?;
        let mut out = Vec::with_capacity(rows.len() * 80);
        for row in rows {
            let named: Vec<&str> = lists.iter().filter(|l| row.lists.iter().any(|x| x == l.id.as_str())).map(|l| l.name.as_str()).collect();
            let mut cells = vec![
                cell(&row.email),
                cell(&row.first_name),
                cell(&row.last_name),
                row.status.clone(),
                cell(&named.join("; ")),
                row.created_at.to_rfc3339(),
            ];
            for name in names {
                cells.push(match row.attributes.get(name) {
                    Some(serde_json::Value::String(s)) => cell(s),
                    Some(v) => v.to_string(),
                    None => String::new(),
                });
            }
            out.extend(line(&cells)?);
        }
        Ok(Some(out))
    }

    /// Every list as CSV.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lists_csv(&self) -> Result<Vec<u8>> {
        let mut out = line(&["list", "description", "contacts", "created_at"].map(str::to_owned))?;
        for l in self.lists().await? {
            out.extend(line(&[cell(&l.name), cell(&l.description), l.contacts.to_string(), l.created_at.to_rfc3339()])?);
        }
        Ok(out)
    }

    /// Every segment as CSV, with how many contacts it has in the index as it is; no figure where its rule does not work any more.
    ///
    /// # Errors
    /// A fault unless the role may read segments.
    pub async fn segments_csv(&self) -> Result<Vec<u8>> {
        self.may_read_segments()?;
        let mut out = line(&["segment", "contacts", "created_at", "updated_at"].map(str::to_owned))?;
        for s in self.segments().await? {
            let contacts = self.count_segment(&s.id).await.map(|c| c.contacts.to_string()).unwrap_or_default();
            out.extend(line(&[cell(&s.name), contacts, s.created_at.to_rfc3339(), s.updated_at.to_rfc3339()])?);
        }
        Ok(out)
    }

    /// A piece of the campaigns as CSV, newest first, and where the next begins; the first has the header.
    ///
    /// # Errors
    /// A fault for a cursor that is none.
    pub async fn campaigns_csv(&self, after: Option<Cursor>) -> Result<(Vec<u8>, Option<Cursor>)> {
        let mut out = match after {
            None => line(
                &[
                    "campaign",
                    "subject",
                    "state",
                    "created_at",
                    "scheduled_at",
                    "started_at",
                    "finished_at",
                    "recipients",
                    "accepted",
                    "deferred",
                    "failed",
                    "suppressed",
                    "in_doubt",
                    "opened",
                    "clicked",
                    "unsubscribed",
                ]
                .map(str::to_owned),
            )?,
            Some(_) => Vec::new(),
        };
        let page = self.campaigns(after.as_ref(), 200).await?;
        for c in page.items {
            let time = |t: Option<chrono::DateTime<chrono::Utc>>| t.map(|t| t.to_rfc3339()).unwrap_or_default();
            let s = c.stats;
            let mut cells = vec![cell(&c.name), cell(&c.subject), c.state.as_str().to_owned(), c.created_at.to_rfc3339()];
            cells.extend([c.scheduled_at, c.started_at, c.finished_at].map(time));
            let figures = [s.recipients(), s.sent, s.deferred, s.failed, s.suppressed, s.in_doubt, s.opened, s.clicked, s.unsubscribed];
            cells.extend(figures.map(|n| n.to_string()));
            out.extend(line(&cells)?);
        }
        Ok((out, page.next))
    }
}
