//! What undoes an action is kept for a week, then removed: it holds people's data.

use nexsent_model::{BulkId, bulk::BulkAction};
use surrealdb_types::RecordId;

use super::{FIELDS, Row, act, bulk_id, targets, undo_id};
use crate::{Result, SystemDb, consent, contacts::ContactRow, db::q};

/// Rows a statement.
const PIECE: usize = 1000;

/// Removes what would bring somebody back: their data are erased. Bind `$t`, `$email` and `$contacts`.
pub(crate) const FORGET: &str = "DELETE (SELECT VALUE id FROM bulk_undo WHERE tenant = $t AND email = $email) RETURN NONE;
   FOR $n IN $contacts { DELETE (SELECT VALUE id FROM bulk_undo WHERE tenant = $t AND contact = $n) RETURN NONE };";

impl SystemDb {
    /// Removes what would undo actions that are too old to be undone; returns how many there were.
    ///
    /// # Errors
    /// When the database does not answer: the rest is removed the next time.
    pub async fn expire_bulks(&self) -> Result<usize> {
        let db = &self.0.system;
        let sql = format!("SELECT {FIELDS} FROM bulk WHERE kept = true AND undo_until <= time::now() LIMIT 100");
        let rows: Vec<Row> = q!(db, sql)?.take(0)?;
        let mut removed = 0;
        for row in &rows {
            let id: BulkId = row.id()?;
            // One that still runs, or is being undone, is left alone: an end moves its date.
            if !super::state(&row.state).is_final() || self.undo_runs(row).await? {
                continue;
            }
            let numbers: Vec<u32> = targets(db, &row.tenant, &id).await?.into_iter().collect();
            for piece in numbers.chunks(PIECE) {
                let ids: Vec<RecordId> = piece.iter().map(|n| undo_id(&row.tenant, &id, *n)).collect();
                self.forget_gone(row, &ids).await?;
                q!(db, "DELETE $ids RETURN NONE", ids = ids)?;
            }
            q!(
                db,
                "BEGIN;
                 DELETE bulk_target:[$t, $b, 0]..=[$t, $b, 65536] RETURN NONE;
                 UPDATE $id SET kept = false, undo_left = 0 RETURN NONE;
                 COMMIT;",
                t = row.tenant.clone(),
                b = id.to_string(),
                id = bulk_id(&id)
            )?;
            removed += 1;
        }
        Ok(removed)
    }

    /// Notes, lines and proofs of those who were not brought back go now.
    async fn forget_gone(&self, row: &Row, undo: &[RecordId]) -> Result<()> {
        if !matches!(row.action()?, BulkAction::Delete | BulkAction::Merge { .. }) {
            return Ok(());
        }
        let kept: Vec<u32> = q!(self.0.system, "SELECT VALUE contact FROM $ids", ids = undo.to_vec())?.take(0)?;
        let there: Vec<u32> = act::contacts(&self.0.system, &row.tenant, &kept).await?.iter().map(ContactRow::number).collect();
        let gone: Vec<u32> = kept.into_iter().filter(|n| !there.contains(n)).collect();
        consent::forget(&self.0, &row.tenant, &gone).await
    }

    async fn undo_runs(&self, row: &Row) -> Result<bool> {
        let Some(by) = &row.undone_by else { return Ok(false) };
        let state: Option<String> = q!(self.0.system, "SELECT VALUE state FROM ONLY $id", id = bulk_id(&by.parse()?))?.take(0)?;
        Ok(state.is_some_and(|s| !super::state(&s).is_final()))
    }
}
