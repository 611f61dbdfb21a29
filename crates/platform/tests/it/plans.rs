//! The queries that run often use an index or a bounded range of ids: EXPLAIN says so.

use nexsent_platform::testing::RawSystem;

use crate::world::{World, run};

const HOT: [&str; 48] = [
    "SELECT email FROM contact WHERE tenant = 'w' AND email > 'a' ORDER BY email LIMIT 5000",
    "SELECT id FROM contact WHERE tenant = 'w' AND email >= 'a' AND email < 'b' ORDER BY email LIMIT 50",
    "SELECT id FROM contact WITH INDEX contact_email WHERE tenant = 'w' AND email = 'a' LIMIT 1",
    "SELECT id, newest FROM campaign WHERE tenant = 'w' AND newest > -9 ORDER BY newest LIMIT 50",
    "SELECT id FROM campaign WHERE state = 'sending'",
    "SELECT id FROM chunk WHERE campaign = 'c' AND state = 'ready' LIMIT 1",
    "SELECT id, due_at FROM retry WHERE due_at <= time::now() ORDER BY due_at LIMIT 100",
    "SELECT id, newest FROM import WHERE tenant = 'w' ORDER BY newest LIMIT 50",
    "SELECT id FROM import WHERE state IN ['queued', 'running']",
    "SELECT id FROM contact_list WHERE tenant = 'w' ORDER BY name LIMIT 500",
    "SELECT id FROM domain WHERE tenant = 'w' ORDER BY name LIMIT 500",
    "SELECT id, check_at FROM domain WHERE check_at <= time::now() ORDER BY check_at LIMIT 100",
    "SELECT id FROM account WHERE email = 'a' LIMIT 1",
    "SELECT at, newest FROM audit WHERE tenant = 'w' AND newest > -9 ORDER BY newest LIMIT 500",
    "SELECT at, newest FROM sign_in WHERE account = 'a' AND newest > -9 ORDER BY newest LIMIT 200",
    "SELECT id FROM session WHERE account = 'a'",
    "SELECT id FROM invite WHERE token = 't' LIMIT 1",
    "SELECT id FROM invite WHERE tenant = 'w' AND expires_at > time::now()",
    "SELECT id FROM member WHERE account = 'a' LIMIT 1",
    "SELECT newest, kind FROM contact_event WHERE tenant = 'w' AND contact = 1 AND newest > -9 ORDER BY newest LIMIT 60",
    "SELECT id, newest FROM note WHERE tenant = 'w' AND contact = 1 AND newest > -9 ORDER BY newest LIMIT 60",
    "SELECT id, newest FROM form WHERE tenant = 'w' ORDER BY newest LIMIT 200",
    "SELECT id FROM opt_in WHERE code = 'c' LIMIT 1",
    "SELECT id FROM opt_in WHERE expires_at < time::now()",
    "SELECT id, next_try_at FROM letter WHERE next_try_at <= time::now() ORDER BY next_try_at LIMIT 20",
    "SELECT id FROM letter WHERE tenant = 'w' AND mark = 'm'",
    "SELECT id FROM erasure WHERE state = 'running' LIMIT 20",
    "SELECT id FROM segment WHERE tenant = 'w' ORDER BY name LIMIT 200",
    "SELECT VALUE name FROM attribute WHERE removing = true AND tenant = 'w'",
    "SELECT name, draft FROM campaign WHERE state IN ['scheduled', 'preparing', 'paused'] AND tenant = 'w' AND prepared = false",
    "SELECT id, email FROM contact WHERE tenant = 'w' AND email >= 'a' AND email < 'b' ORDER BY email LIMIT 5000",
    "SELECT id, newest FROM bulk WHERE tenant = 'w' ORDER BY newest LIMIT 50",
    "SELECT id FROM bulk WHERE state IN ['queued', 'running']",
    "SELECT id FROM bulk WHERE state IN ['queued', 'running'] AND tenant = 'w'",
    "SELECT id FROM bulk WHERE kept = true AND undo_until <= time::now() LIMIT 100",
    "SELECT id FROM bulk_undo WHERE tenant = 'w' AND contact = 7",
    "SELECT id FROM bulk_undo WHERE tenant = 'w' AND email = 'a'",
    "SELECT id FROM duplicate_scan WHERE state IN ['queued', 'running']",
    "SELECT email, newest FROM suppression WHERE tenant = 'w' AND newest >= -9 ORDER BY newest LIMIT 115",
    "SELECT email, newest FROM suppression WHERE tenant = 'w' AND reason = 'manual' AND newest >= -9 ORDER BY newest LIMIT 115",
    "SELECT email FROM suppression WHERE tenant = 'w' AND email >= 'a' AND email < 'b' ORDER BY email LIMIT 500",
    "SELECT at, newest FROM audit WHERE tenant = 'w' AND newest > -9 AND newest <= -3 ORDER BY newest LIMIT 500",
    "SELECT id FROM attempt WHERE expires_at < time::now() LIMIT 500",
    "SELECT id, expires_at FROM attempt WHERE expires_at > time::now() ORDER BY expires_at LIMIT 500",
    "SELECT id FROM agent_team WHERE tenant = 'w' ORDER BY name LIMIT 200",
    "SELECT id FROM tracking_domain WHERE tenant = 'w' AND active = true LIMIT 1",
    "SELECT id, check_at FROM tracking_domain WHERE active = true AND check_at <= time::now() ORDER BY check_at LIMIT 100",
    "SELECT id FROM closing WHERE due_at <= time::now() LIMIT 50",
];

/// Bounded ranges of ids: what segments are evaluated and kept by.
const RANGES: [&str; 6] = [
    "SELECT id, columns FROM segment_block:['w', 'contacts', 0]..=['w', 'contacts', 1048575]",
    "SELECT id FROM segment_dirty:['w', '']..=['w', '~']",
    "SELECT name, kind, removing FROM attribute:['w', 'a']..['w', '{']",
    "SELECT id, email FROM contact:['w', 4096]..=['w', 5119]",
    "SELECT id, state FROM ledger:['w', 'c', 4096]..=['w', 'c', 8191]",
    "SELECT VALUE id FROM contact:['w', 0]..=['w', 4095] WHERE attributes['city'] != NONE",
];

#[test]
fn ranges_are_read_as_ranges() {
    run(async {
        let w = World::new().await;
        let system = RawSystem::new(&w.platform);
        for sql in RANGES {
            let plan = system.explain(sql).await.unwrap();
            assert!(plan.contains("RecordIdScan") || plan.contains("Range"), "{sql}\n{plan}");
            assert!(!plan.contains("TableScan") && !plan.contains("Backward"), "{sql}\n{plan}");
        }
    });
}

#[test]
fn hot_queries_scan_no_table() {
    run(async {
        let w = World::new().await;
        let system = RawSystem::new(&w.platform);
        for sql in HOT {
            let plan = system.explain(sql).await.unwrap();
            assert!(!plan.contains("TableScan") && !plan.contains("Iterate Table"), "{sql}\n{plan}");
            assert!(plan.contains("Index"), "{sql}\n{plan}");
            assert!(!plan.contains("Backward") && !plan.contains("backward"), "a backward scan walks the engine's whole write buffer: {sql}\n{plan}");
        }
        let plan = system.explain("SELECT id FROM contact").await.unwrap();
        assert!(plan.contains("Table"), "the test can tell: {plan}");
    });
}
