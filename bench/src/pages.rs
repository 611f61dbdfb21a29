//! `pages`: whole pages over HTTP, of a workspace with many contacts and a finished campaign to all of them.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Utc;
use nexsent_app::server_ctx::Nudge;
use nexsent_model::campaigns::{CampaignDraft, CampaignState};
use nexsent_platform::{DeliveryResult, Fate};

use crate::world::{World, p};

const REQUESTS: usize = 200;

pub async fn run(contacts: u32) {
    let w = World::new(None).await;
    let domain = w.domain().await;
    let (list, ..) = w.import(contacts).await;
    let id = w.tenant.create_campaign("Bench").await.unwrap();
    let draft = CampaignDraft {
        name: "Bench".into(),
        from_local: "news".into(),
        domain: Some(domain),
        subject: "Hello".into(),
        html: crate::campaign::html(),
        lists: vec![list],
        ..CampaignDraft::default()
    };
    w.tenant.save_campaign(&id, 1, &draft).await.unwrap();
    // The ledger of a finished campaign, written as the actor writes it; sending is the other benchmark's matter.
    let system = w.server.platform.system();
    let tenant = w.tenant.me().workspace.clone();
    w.tenant.send_campaign(&id).await.unwrap();
    // The actor does the same by itself; of two that meet, one goes again.
    while system.prepare_campaign(&tenant, &id).await.is_err() {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    w.tenant.pause_campaign(&id).await.ok();
    let context = Arc::new(system.campaign_context(&id).await.unwrap());
    while let Some(chunk) = system.lease_chunk(&context).await.unwrap() {
        let results: Vec<DeliveryResult> = chunk
            .jobs
            .iter()
            .map(|j| DeliveryResult {
                tenant: tenant.clone(),
                campaign: id.clone(),
                chunk: chunk.chunk,
                number: j.number,
                attempt: 1,
                email: j.email.clone(),
                fate: Fate::Sent,
                reply: "250 2.0.0 ok".into(),
                host: Some("mx.example".into()),
                tls: Some("TLSv1.3".into()),
                at: Utc::now(),
            })
            .collect();
        system.record(&results).await.unwrap();
        system.release_chunk(&tenant, &id, chunk.chunk).await.unwrap();
    }
    w.tenant.resume_campaign(&id).await.ok();
    (w.server.services.nudge)(Nudge::Campaigns);
    while w.tenant.campaign(&id).await.unwrap().row.state != CampaignState::Finished {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let base = &w.server.base_url;
    let client = reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let signed_in = client
        .post(format!("{base}/api/sign_in"))
        .header("sec-fetch-site", "same-origin")
        .form(&[("email", "owner@bench.example"), ("password", "long enough 1")])
        .send()
        .await
        .unwrap();
    assert!(signed_in.status().is_redirection() || signed_in.status().is_success(), "{}", signed_in.status());
    let mut out = serde_json::Map::new();
    out.insert("bench".into(), "pages".into());
    out.insert("contacts".into(), contacts.into());
    // To the first byte, and to the last of the whole page, rendered on the server with its data.
    for (name, path, shows) in [
        ("contacts", "contacts".to_owned(), format!("person{}@", contacts - 1)),
        ("campaign", format!("campaigns/{id}/recipients"), "person0@".to_owned()),
        ("dashboard", "dashboard".to_owned(), "Newest campaigns".to_owned()),
    ] {
        let (mut first, mut whole) = (Vec::with_capacity(REQUESTS), Vec::with_capacity(REQUESTS));
        for _ in 0..REQUESTS {
            let began = Instant::now();
            let mut answer = client.get(format!("{base}/{path}")).send().await.unwrap();
            let mut body = answer.chunk().await.unwrap().unwrap().to_vec();
            first.push(began.elapsed().as_secs_f64() * 1000.0);
            while let Some(chunk) = answer.chunk().await.unwrap() {
                body.extend_from_slice(&chunk);
            }
            whole.push(began.elapsed().as_secs_f64() * 1000.0);
            let text = String::from_utf8(body).unwrap();
            assert!(text.contains(&shows), "{path} shows its data");
            tokio::time::sleep(Duration::from_millis(12)).await;
        }
        for (key, times) in [(format!("{name}_p95_ms"), &mut first), (format!("{name}_whole_p95_ms"), &mut whole)] {
            out.insert(key, ((p(times, 0.95) * 10.0).round() / 10.0).into());
        }
    }
    println!("{}", serde_json::Value::Object(out));
    w.stop().await;
}
