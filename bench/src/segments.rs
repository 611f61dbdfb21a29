//! `segments`: how long it takes to index many contacts, to count whom a rule finds, and to show the first page of them.

use std::time::{Duration, Instant};

use nexsent_model::{
    attributes::AttributeKind,
    contacts::ContactQuery,
    segments::{Condition, Field, Group, Matching, Op, Rule},
};

use crate::world::{World, p, peak_rss_mb};

/// Every rule is asked this often once its columns are in memory.
const ROUNDS: usize = 10;

fn condition(field: Field, op: Op, value: &str, to: &str) -> Rule {
    Rule::Condition(Condition { field, op, value: value.into(), to: to.into() })
}

fn group(matching: Matching, rules: Vec<Rule>) -> Group {
    Group { matching, rules }
}

fn attribute(name: &str) -> Field {
    Field::Attribute(name.into())
}

/// A common rule, one that reads every address, a rare one, and nested groups over all of it.
fn rules(list: &nexsent_model::ListId) -> [(&'static str, Group); 4] {
    let city = || condition(attribute("city"), Op::Is, "City 7", "");
    let seats = || condition(attribute("seats"), Op::Between, "10", "40");
    [
        ("attribute", group(Matching::All, vec![condition(attribute("plan"), Op::Is, "plan2", "")])),
        ("address", group(Matching::All, vec![condition(Field::Email, Op::Contains, "9@box1", "")])),
        ("rare", group(Matching::All, vec![city(), seats(), condition(Field::LastName, Op::StartsWith, "last12", "")])),
        (
            "nested",
            group(
                Matching::All,
                vec![
                    condition(Field::Status, Op::Is, "active", ""),
                    condition(Field::List(Some(list.clone())), Op::Yes, "", ""),
                    condition(Field::Created, Op::InLast, "30", ""),
                    condition(Field::Opened(None), Op::Never, "", ""),
                    Rule::Group(group(
                        Matching::Any,
                        vec![
                            city(),
                            condition(Field::FirstName, Op::Contains, "77", ""),
                            Rule::Group(group(Matching::All, vec![seats(), condition(Field::Email, Op::ContainsNot, "@box3", "")])),
                        ],
                    )),
                ],
            ),
        ),
    ]
}

pub async fn run(contacts: u32) {
    let w = World::new(None).await;
    let t = &w.tenant;
    t.create_attribute("seats", AttributeKind::Number).await.unwrap();
    let (list, imported, view) = w.import(contacts).await;
    assert_eq!(view.created, u64::from(contacts));
    let all = group(Matching::All, vec![condition(Field::Email, Op::NotEmpty, "", "")]);
    let fresh = || async {
        while !t.try_segment(&all, 0).await.unwrap().count.fresh {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    // What of the index was not made while the import ran.
    let began = Instant::now();
    fresh().await;
    let rest = began.elapsed();
    // All of it from nothing, as after an upgrade.
    let began = Instant::now();
    w.server.platform.system().rebuild_segments(&t.me().workspace).await.unwrap();
    fresh().await;
    let rebuilt = began.elapsed();
    assert_eq!(t.try_segment(&all, 0).await.unwrap().count.contacts, u64::from(contacts));
    let ms = |d: Duration| (d.as_secs_f64() * 10_000.0).round() / 10.0;
    let mut out = serde_json::Map::new();
    let (mut counts, mut firsts, mut colds) = (Vec::new(), Vec::new(), Vec::new());
    for (name, rule) in rules(&list) {
        let id = t.create_segment(name, &rule).await.unwrap();
        // The first time its columns come from the disk.
        let began = Instant::now();
        let found = t.count_segment(&id).await.unwrap().contacts;
        let cold = ms(began.elapsed());
        let (mut count, mut first) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let began = Instant::now();
            assert_eq!(t.count_segment(&id).await.unwrap().contacts, found);
            count.push(ms(began.elapsed()));
            let began = Instant::now();
            let page = t.contacts(&ContactQuery { segment: Some(id.clone()), ..ContactQuery::default() }).await.unwrap();
            first.push(ms(began.elapsed()));
            assert_eq!(page.items.len() as u64, found.min(50));
        }
        let (count, first) = (p(&mut count, 0.95), p(&mut first, 0.95));
        out.insert(name.into(), serde_json::json!({ "found": found, "cold_ms": cold, "count_ms": count, "first_page_ms": first }));
        colds.push(cold);
        counts.push(count);
        firsts.push(first);
    }
    let worst = |v: &[f64]| v.iter().copied().fold(0.0, f64::max);
    println!(
        "{}",
        serde_json::json!({
            "bench": "segments", "contacts": contacts,
            // The slowest of the four rules, 95 of 100 times.
            "count_ms": worst(&counts), "first_page_ms": worst(&firsts), "cold_count_ms": worst(&colds), "rules": out,
            "import_rows_per_s": (f64::from(contacts) / imported.as_secs_f64()).round(),
            "index_after_import_s": (rest.as_secs_f64() * 10.0).round() / 10.0,
            "index_s": (rebuilt.as_secs_f64() * 10.0).round() / 10.0, "peak_rss_mb": peak_rss_mb(),
        })
    );
    w.stop().await;
}
