//! `campaign`: a 10 KB message with five tracked links to each of many recipients, the ledger durable.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use nexsent_app::server_ctx::Nudge;
use nexsent_mail::dkim::{DkimKey, Signer};
use nexsent_model::campaigns::{CampaignDraft, CampaignState, LedgerQuery};

use crate::world::{Sink, World, p, peak_rss_mb};

/// 10 KB of HTML with five links.
pub fn html() -> String {
    let mut out = "<html><body><h1>Hello {{ contact.first_name | default('there') }}</h1>".to_owned();
    for i in 0..5 {
        out.push_str(&format!("<p><a href=\"https://example.com/article/{i}?utm=x\">Article {i} for {{{{ contact.city }}}}</a></p>"));
        for _ in 0..12 {
            out.push_str("<p style=\"margin:0 0 16px;font:16px/1.6 sans-serif\">The quick brown fox jumps over the lazy dog, again and again and again, until the paragraph is long enough.</p>");
        }
    }
    out + "</body></html>"
}

/// Signatures a second of one core: the bound that the message rate is compared with.
fn signs_per_s() -> f64 {
    let signer = Signer::new(DkimKey::generate().unwrap(), "bench.example", "x");
    let message = b"From: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\nx\r\n";
    let (began, mut n) = (Instant::now(), 0u32);
    while began.elapsed() < Duration::from_secs(2) {
        signer.sign(message, 0).unwrap();
        n += 1;
    }
    f64::from(n) / began.elapsed().as_secs_f64()
}

pub async fn run(recipients: u32) {
    let samples = tempfile::tempdir().unwrap();
    let sink = Sink::start(samples.path());
    let w = World::new(Some(sink.smtp.port())).await;
    let signs = tokio::task::spawn_blocking(signs_per_s).await.unwrap();
    let domain = w.domain().await;
    let (list, ..) = w.import(recipients).await;
    let id = w.tenant.create_campaign("Bench").await.unwrap();
    let draft = CampaignDraft {
        name: "Bench".into(),
        from_name: "Bench".into(),
        from_local: "news".into(),
        domain: Some(domain.clone()),
        subject: "Hello {{ contact.first_name }}".into(),
        html: html(),
        lists: vec![list],
        track_opens: true,
        track_clicks: true,
        ..CampaignDraft::default()
    };
    w.tenant.save_campaign(&id, 1, &draft).await.unwrap();
    let began = Instant::now();
    w.tenant.send_campaign(&id).await.unwrap();
    (w.server.services.nudge)(Nudge::Campaigns);
    while w.tenant.campaign(&id).await.unwrap().row.state != CampaignState::Finished {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let elapsed = began.elapsed().as_secs_f64();
    let stats = w.tenant.campaign(&id).await.unwrap().row.stats;
    let mut waits = Vec::with_capacity(recipients as usize);
    let mut after = None;
    loop {
        let page = w.tenant.ledger(&id, &LedgerQuery { after, limit: 200, ..LedgerQuery::default() }).await.unwrap();
        waits.extend(page.items.iter().filter_map(|r| r.tried_at.map(|t| (t - r.queued_at).num_milliseconds() as f64)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let got = sink.stats().await;
    let unique = got["unique"].as_u64().unwrap();
    let rate = stats.sent as f64 / elapsed;
    let published = w.tenant.domain(&domain).await.unwrap().records.into_iter().find(|r| r.host.contains("_domainkey")).unwrap();
    let (host, record) = (published.host, published.value);
    let (checked, verified) = verify(samples.path(), &record);
    println!(
        "{}",
        serde_json::json!({
            "bench": "campaign", "recipients": recipients, "sent": stats.sent,
            "messages_per_s": rate.round(), "rsa2048_signs_per_s": signs.round(), "ratio": (rate / signs * 1000.0).round() / 1000.0,
            "p50_ms": p(&mut waits, 0.5), "p99_ms": p(&mut waits, 0.99), "peak_rss_mb": peak_rss_mb(),
            "lost": stats.sent.saturating_sub(unique), "doubled": got["doubled"], "samples": checked, "samples_verified_by_dkimpy": verified, "samples_verified_by_opendkim": opendkim(samples.path(), &host, &record),
        })
    );
    w.stop().await;
}

/// Checks the sampled messages with dkimpy, the key given in place of DNS.
fn verify(dir: &std::path::Path, record: &str) -> (u64, u64) {
    let script = "import sys, os, dkim\nr = sys.argv[2].encode()\nn = ok = 0\nfor f in os.listdir(sys.argv[1]):\n    m = open(os.path.join(sys.argv[1], f), 'rb').read()\n    n += 1\n    ok += bool(dkim.verify(m, dnsfunc=lambda *a, **k: r))\nprint(n, ok)";
    let out = Command::new("/usr/bin/python3").args(["-c", script]).arg(dir).arg(record).output();
    let text = out.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    let mut words = text.split_whitespace().filter_map(|w| w.parse().ok());
    (words.next().unwrap_or(0), words.next().unwrap_or(0))
}

/// The same with OpenDKIM.
fn opendkim(dir: &std::path::Path, host: &str, record: &str) -> u64 {
    let own = tempfile::tempdir().unwrap();
    let (keys, conf) = (own.path().join("keys"), own.path().join("conf"));
    std::fs::write(&keys, format!("{host} {record}\n")).unwrap();
    std::fs::write(&conf, format!("TestPublicKeys {}\nMode v\nBackground no\nSyslog no\nOn-Default accept\n", keys.display())).unwrap();
    let mut ok = 0;
    for file in std::fs::read_dir(dir).unwrap().flatten() {
        let out = Command::new("/usr/sbin/opendkim").arg("-x").arg(&conf).arg("-t").arg(file.path()).arg("-v").output();
        let said = out.map(|o| [o.stdout, o.stderr].concat()).unwrap_or_default();
        ok += u64::from(String::from_utf8_lossy(&said).contains("succeeded"));
    }
    ok
}
