//! What mailboxes of every kind lead to, and that acknowledgements follow a sync to disk.

use std::{process::Command, time::Duration};

use nexsent::server::Server;
use nexsent_app::server_ctx::Nudge;
use nexsent_model::campaigns::{LedgerQuery, LedgerState};

use crate::world::{campaign, child, config, free_port, run, sandbox, until, wait_started, workspace};

#[test]
fn every_kind_of_mailbox_ends_in_its_state() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let kinds = [
            ("ok", LedgerState::Sent),
            ("slow", LedgerState::Sent),
            ("greylist", LedgerState::Sent),
            ("full", LedgerState::Deferred),
            ("unknown", LedgerState::Failed),
            ("spam", LedgerState::Failed),
            ("busy", LedgerState::Deferred),
            // A small message is with the kernel, dot and all, before the server closes: it may have it, for all we know.
            ("drop-in-data", LedgerState::InDoubt),
            ("drop-after-dot", LedgerState::InDoubt),
            ("close-at-rcpt", LedgerState::Deferred),
            ("garbage", LedgerState::Deferred),
        ];
        let csv = kinds.iter().fold("email\n".to_owned(), |csv, (k, _)| format!("{csv}{k}1@box.example\n")) + "x@null.example\n";
        sandbox.zone.publish("null.example", "MX", "0 .");
        let server = Server::start(config(&sandbox, dir.path(), free_port())).await.unwrap();
        let (tenant, draft) = workspace(&server, &sandbox, &csv).await;
        let id = campaign(&tenant, &draft).await;
        tenant.send_campaign(&id).await.unwrap();
        (server.services.nudge)(Nudge::Campaigns);
        let state = |email: String| {
            let (tenant, id) = (tenant.clone(), id.clone());
            async move { tenant.ledger(&id, &LedgerQuery { search: email, ..LedgerQuery::default() }).await.unwrap().items.into_iter().next() }
        };
        for (kind, expected) in kinds {
            until(&format!("{kind} is {expected:?}"), 40, || async {
                state(format!("{kind}1@box.example")).await.is_some_and(|r| r.state == expected)
            })
            .await;
        }
        let greylisted = state("greylist1@box.example".into()).await.unwrap();
        assert_eq!((greylisted.attempts, greylisted.tls.as_deref(), greylisted.host.as_deref()), (2, Some("TLSv1.3"), Some("mx.sandbox.test")));
        assert!(greylisted.reply.unwrap().starts_with("250"));
        let full = state("full1@box.example".into()).await.unwrap();
        assert!(full.reply.unwrap().contains("452 4.2.2") && full.next_try_at.is_some());
        // Paused and cancelled: whoever waits is left out, and the ledger says why.
        tenant.pause_campaign(&id).await.unwrap();
        tenant.cancel_campaign(&id).await.unwrap();
        (server.services.nudge)(Nudge::Campaigns);
        until("nobody waits", 20, || async { tenant.campaign(&id).await.unwrap().row.stats.deferred == 0 }).await;
        assert!(state("full1@box.example".into()).await.unwrap().reply.unwrap().contains("cancelled"));
        // A refused address is not tried by the next campaign; spam says nothing about the address.
        let second = campaign(&tenant, &draft).await;
        tenant.send_campaign(&second).await.unwrap();
        (server.services.nudge)(Nudge::Campaigns);
        let of_second = |email: &'static str| {
            let (tenant, second) = (tenant.clone(), second.clone());
            async move { tenant.ledger(&second, &LedgerQuery { search: email.into(), ..LedgerQuery::default() }).await.unwrap().items.into_iter().next() }
        };
        until("the second one has looked at everybody", 30, || async {
            of_second("ok1@box.example").await.is_some_and(|r| r.state == LedgerState::Sent)
        })
        .await;
        assert_eq!(of_second("unknown1@box.example").await.unwrap().state, LedgerState::Suppressed);
        assert_ne!(of_second("spam1@box.example").await.unwrap().state, LedgerState::Suppressed);
        drop(tenant);
        server.stop().await;
        sandbox.stop().await;
    });
}

#[test]
fn an_acknowledgement_follows_a_sync_to_disk() {
    if Command::new("strace").arg("-V").output().is_err() {
        eprintln!("skipped: strace is not installed");
        return;
    }
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let listen = free_port();
        let server = Server::start(config(&sandbox, dir.path(), listen)).await.unwrap();
        let (tenant, draft) = workspace(&server, &sandbox, "email\nok1@box.example\n").await;
        let id = campaign(&tenant, &draft).await;
        tenant.send_campaign(&id).await.unwrap();
        (server.services.nudge)(Nudge::Campaigns);
        until("it has arrived", 30, || async { !sandbox.store.list("ok1@box.example", 1).is_empty() }).await;
        drop(tenant);
        server.stop().await;
        tokio::time::sleep(Duration::from_secs(1)).await;

        let raw = sandbox.store.list("ok1@box.example", 1).remove(0).raw;
        let message = mail_parser::MessageParser::default().parse(raw.as_slice()).unwrap();
        let url = message.header_raw("List-Unsubscribe").unwrap().replace(['\r', '\n', '\t', ' ', '<', '>'], "");
        let log = dir.path().join("calls");
        let path = log.display().to_string();
        let mut child = child(
            &sandbox,
            dir.path(),
            listen,
            &["strace", "-f", "-q", "-ttt", "-e", "trace=fsync,fdatasync,sendto,write,writev", "-s", "40", "-o", &path],
        );
        wait_started(&mut child);
        let text = || std::fs::read_to_string(&log).unwrap_or_default();
        let before = text().len();
        let answer = reqwest::Client::new().post(url).body("List-Unsubscribe=One-Click").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        tokio::time::sleep(Duration::from_millis(500)).await;
        let calls = text();
        // strace holds the product; killing it alone would leave that running.
        Command::new("pkill").args(["-KILL", "-P", &child.id().to_string()]).status().unwrap();
        child.kill().ok();
        child.wait().unwrap();
        let calls = &calls[before..];
        let sync = calls.find("fdatasync(").or_else(|| calls.find("fsync(")).expect("a sync");
        let answer = calls.find("HTTP/1.1 200").expect("the answer");
        assert!(sync < answer, "the answer goes out after the sync:\n{calls}");
        sandbox.stop().await;
    });
}
