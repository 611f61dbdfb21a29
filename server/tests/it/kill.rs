//! Killed at any instant and started again: nobody lost, nobody twice.

use std::time::Duration;

use nexsent::server::Server;
use nexsent_model::campaigns::{CampaignState, LedgerQuery, LedgerState};
use rand::Rng;

use crate::world::{campaign, child, config, free_port, run, sandbox, until, wait_started, workspace};

const RECIPIENTS: usize = 6000;
const KILLS: usize = 20;
const CONNECTIONS: u64 = 8;

#[test]
fn twenty_kills_in_the_middle_of_a_campaign_lose_and_double_nothing() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let listen = free_port();
        let mut csv = "email\n".to_owned();
        for i in 0..RECIPIENTS {
            let kind = if i % 100 == 3 { "greylist" } else { "reader" };
            csv.push_str(&format!("{kind}{i}@box{}.example\n", i % 3));
        }
        // Everything up to the button, in this process; the send by children.
        let server = Server::start(config(&sandbox, dir.path(), listen)).await.unwrap();
        let (tenant, draft) = workspace(&server, &sandbox, &csv).await;
        let id = campaign(&tenant, &draft).await;
        tenant.send_campaign(&id).await.unwrap();
        let member = tenant.me().member.clone();
        drop(tenant);
        server.stop().await;
        // The engine lets go of its files when its last handle is dropped.
        tokio::time::sleep(Duration::from_secs(1)).await;

        let mut at_kill = Vec::new();
        for _ in 0..KILLS {
            let mut child = child(&sandbox, dir.path(), listen, &[]);
            wait_started(&mut child);
            let pause = rand::rng().random_range(20..500);
            tokio::time::sleep(Duration::from_millis(pause)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            at_kill.push(sandbox.store.stats().messages);
        }
        println!("messages at each kill: {at_kill:?}");
        assert!(at_kill.iter().any(|n| *n > 0 && *n < RECIPIENTS as u64), "at least one kill hit the middle of the send");

        let server = Server::start(config(&sandbox, dir.path(), listen)).await.unwrap();
        let tenant = server.platform.tenant(&member).await.unwrap();
        until("the campaign is finished", 120, || async { tenant.campaign(&id).await.unwrap().row.state == CampaignState::Finished }).await;
        let s = tenant.campaign(&id).await.unwrap().row.stats;
        let got = sandbox.store.stats();
        println!("{s:?} {got:?}");
        assert_eq!(s.recipients(), RECIPIENTS as u64, "every recipient is in exactly one state");
        assert_eq!((s.queued, s.deferred, s.failed, s.suppressed), (0, 0, 0, 0));
        assert_eq!(got.doubled, 0, "nobody got it twice");
        // In doubt: at most one an open connection and kill. Each of them got it or not; everybody else got it.
        assert!(s.in_doubt <= CONNECTIONS * KILLS as u64, "{}", s.in_doubt);
        assert!(got.unique >= s.sent && got.unique <= s.sent + s.in_doubt, "{got:?} {s:?}");
        // The ledger agrees with its counters, row by row, and each row that says sent is true.
        let mut after = None;
        let mut counted = 0;
        loop {
            let page = tenant.ledger(&id, &LedgerQuery { after, limit: 200, ..LedgerQuery::default() }).await.unwrap();
            for r in &page.items {
                counted += 1;
                if r.state == LedgerState::Sent {
                    assert_eq!(sandbox.store.list(&r.email, 3).len(), 1, "{}", r.email);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(counted, RECIPIENTS);
        drop(tenant);
        server.stop().await;
        sandbox.stop().await;
    });
}
