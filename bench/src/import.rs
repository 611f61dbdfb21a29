//! `import`: rows a second from file to searchable contact.

use nexsent_model::contacts::ContactQuery;

use crate::world::{World, peak_rss_mb};

pub async fn run(rows: u32) {
    let w = World::new(None).await;
    let (_, elapsed, view) = w.import(rows).await;
    let found = w.tenant.contacts(&ContactQuery { search: format!("person{}@", rows - 1), ..ContactQuery::default() }).await.unwrap();
    assert_eq!((view.created, found.items.len()), (u64::from(rows), 1), "every row is a contact that is found");
    println!(
        "{}",
        serde_json::json!({ "bench": "import", "rows": rows, "rows_per_s": (f64::from(rows) / elapsed.as_secs_f64()).round(), "peak_rss_mb": peak_rss_mb() })
    );
    w.stop().await;
}
