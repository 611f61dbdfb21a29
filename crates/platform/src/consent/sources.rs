//! Which imports a contact came by: a bitmap an import, so that a million rows cost a few writes.

use chrono::{DateTime, Utc};
use nexsent_model::contacts::ImportPlan;
use surrealdb_types::{RecordId, SurrealValue};

use crate::{
    Core, Result,
    contacts::bits,
    db::{q, text_key},
};

/// The imports that are looked at: the newest.
const LOOKED_AT: u32 = 500;

/// An import that had a contact in it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub id: String,
    pub file: String,
    /// Where the consent comes from, in the importer's words.
    pub consent: String,
    pub lists: Vec<String>,
    pub at: DateTime<Utc>,
}

/// The imports that a contact was in, newest first.
pub(super) async fn of(core: &Core, tenant: &str, contact: u32) -> Result<Vec<Source>> {
    #[derive(SurrealValue)]
    struct Row {
        id: RecordId,
        file_name: String,
        plan: String,
        newest: i64,
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT id, file_name, plan, newest, created_at FROM import WHERE tenant = $t ORDER BY newest LIMIT $limit";
    let rows: Vec<Row> = q!(core.system, sql, t = tenant.to_owned(), limit = LOOKED_AT)?.take(0)?;
    let names: Vec<String> = rows.iter().map(|r| text_key(&r.id)).collect();
    let having = bits::having(&core.system, tenant, &names, contact).await?;
    let mut out = Vec::new();
    for row in rows {
        let id = text_key(&row.id);
        if having.contains(&id) {
            let plan: ImportPlan = serde_json::from_str(&row.plan)?;
            let lists = plan.lists.iter().map(ToString::to_string).collect();
            out.push(Source { id, file: row.file_name, consent: plan.consent, lists, at: row.created_at });
        }
    }
    Ok(out)
}
