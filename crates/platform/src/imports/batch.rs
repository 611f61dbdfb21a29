//! The file's half of an import: rows read ahead of the database, batch by batch.

use std::path::Path;

use nexsent_model::contacts::ImportPlan;

use super::read;
use crate::contacts::{attributes::Kinds, export};

/// Rows a batch.
const BATCH: usize = 1000;

/// A batch read from the file.
pub(super) struct Batch {
    pub contacts: Vec<read::NewContact>,
    pub rejected: Vec<u8>,
    pub rejected_rows: u64,
    pub rows: u64,
    pub bytes_read: u64,
    pub broken: Option<String>,
    pub end: bool,
}

/// Reads ahead of the database, two batches at most.
pub(super) fn read_batches(path: &Path, plan: &ImportPlan, kinds: &Kinds, skip: u64, first: bool, tx: &tokio::sync::mpsc::Sender<Batch>) {
    let Ok(mut rows) = read::Rows::open(path, plan, kinds, skip) else { return };
    let mut header = first;
    loop {
        let mut batch =
            Batch { contacts: Vec::with_capacity(BATCH), rejected: Vec::new(), rejected_rows: 0, rows: 0, bytes_read: 0, broken: None, end: false };
        while batch.rows < BATCH as u64 {
            match rows.next_row() {
                None => {
                    batch.end = true;
                    break;
                }
                Some(read::Parsed::Broken(reason)) => {
                    batch.broken = Some(reason);
                    break;
                }
                Some(read::Parsed::Contact(c)) => batch.contacts.push(c),
                Some(read::Parsed::Rejected(r)) => {
                    if header {
                        header = false;
                        let mut cells = vec!["line".to_owned(), "reason".to_owned()];
                        cells.extend(rows.header().iter().map(|c| export::cell(c)));
                        batch.rejected.extend(export::line(&cells).unwrap_or_default());
                    }
                    let mut cells = vec![r.line.to_string(), r.reason.clone()];
                    cells.extend(r.cells.iter().map(|c| export::cell(c)));
                    batch.rejected.extend(export::line(&cells).unwrap_or_default());
                    batch.rejected_rows += 1;
                }
            }
            batch.rows += 1;
        }
        batch.bytes_read = rows.bytes_read();
        let over = batch.end || batch.broken.is_some();
        if tx.blocking_send(batch).is_err() || over {
            return;
        }
    }
}
