//! Contacts as CSV, in pieces: the whole list is never in memory.

use super::{CONTACT, ContactRow, bits, contact_id};
use crate::{Error, Result, TenantDb, db::q};

/// Rows a piece.
const BATCH: usize = 500;

/// Keeps a spreadsheet from running a cell as a formula (CSV injection).
pub(crate) fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
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

    /// The lines of the contacts before `before`, newest first, and where the next piece starts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn contacts_csv(&self, names: &[String], before: u32) -> Result<(Vec<u8>, Option<u32>)> {
        let t = self.t();
        let numbers = bits::page(self.db(), &t, bits::ALL, before, BATCH).await?;
        let ids: Vec<_> = numbers.iter().map(|n| contact_id(&t, *n)).collect();
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
        let next = if numbers.len() == BATCH { numbers.last().copied() } else { None };
        Ok((out, next))
    }
}
