//! A campaign from draft to report, without a network: the outcomes are given.

use std::sync::Arc;

use chrono::Utc;
use nexsent_model::{
    Fault, FaultCode,
    campaigns::{CampaignDraft, CampaignState, LedgerQuery, LedgerState},
    contacts::{ContactQuery, ContactStatus},
};
use nexsent_platform::{DeliveryResult, Fate, Job};

use crate::world::{World, run};

fn outcome(job: &Job, fate: Fate, reply: &str) -> DeliveryResult {
    DeliveryResult {
        tenant: job.campaign.tenant.clone(),
        campaign: job.campaign.id.clone(),
        chunk: job.chunk,
        number: job.number,
        attempt: job.attempt,
        email: job.email.clone(),
        fate,
        reply: reply.to_owned(),
        host: Some("mx.example.com".into()),
        tls: Some("TLSv1.3".into()),
        at: Utc::now(),
    }
}

#[test]
fn nothing_is_sent_from_a_domain_that_is_not_verified() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        w.address(&t).await;
        let domain = t.add_domain("acme.test").await.unwrap();
        let list = w.list(&t, "people", 2).await;
        let id = t.create_campaign("News").await.unwrap();
        t.save_campaign(&id, 1, &World::draft(&domain, &list)).await.unwrap();
        for refused in [
            t.send_campaign(&id).await,
            t.schedule_campaign(&id, Utc::now() + chrono::Duration::hours(1)).await,
            t.test_campaign(&id, &["a@example.com".into()]).await.map(drop),
        ] {
            let f = Fault::from(refused.unwrap_err());
            assert_eq!((f.field.as_deref(), f.code), (Some("domain"), FaultCode::Invalid), "{f:?}");
        }
        // Verified, then drifted: what is on its way stops, and the owner is told what is wrong and what would be right.
        let system = w.platform.system();
        w.publish(&t, &domain).await;
        system.check_domain(&domain, &w.resolver).await.unwrap();
        t.send_campaign(&id).await.unwrap();
        let kept = w.zone.lock().unwrap().clone();
        let dkim = kept.keys().find(|(name, _)| name.contains("_domainkey")).unwrap().clone();
        w.zone.lock().unwrap().insert(dkim.clone(), vec!["v=DKIM1; k=rsa; p=MIIB".into()]);
        system.check_domain(&domain, &w.resolver).await.unwrap();
        let view = t.campaign(&id).await.unwrap();
        assert_eq!(view.row.state, CampaignState::Paused);
        assert!(view.held.as_deref().unwrap().contains("acme.test is no longer vouched for by DNS (DKIM)"), "{:?}", view.held);
        let mails = system.due_system_mail(100).await.unwrap();
        let told = mails.iter().find(|m| m.to == "owner@acme.test" && m.subject.contains("acme.test cannot send")).expect("a mail to the owner");
        assert!(told.text.contains("found:     v=DKIM1; k=rsa; p=MIIB\n"), "{}", told.text);
        assert!(told.text.contains(&format!("should be: {}", kept[&dkim][0])) && told.text.contains("has been paused"), "{}", told.text);
        // Nothing moves it but DNS that is right again, and somebody who says so. The mail comes once, not at every check.
        assert!(t.resume_campaign(&id).await.is_err());
        system.check_domain(&domain, &w.resolver).await.unwrap();
        assert_eq!(system.due_system_mail(100).await.unwrap().len(), mails.len());
        *w.zone.lock().unwrap() = kept;
        system.check_domain(&domain, &w.resolver).await.unwrap();
        assert_eq!(t.campaign(&id).await.unwrap().row.state, CampaignState::Paused);
        t.resume_campaign(&id).await.unwrap();
        assert_eq!(t.campaign(&id).await.unwrap().held, None);
        system.prepare_campaign(&t.me().workspace, &id).await.unwrap();
        assert!(system.waiting_tests().await.unwrap().is_empty());
    });
}

#[test]
fn every_recipient_has_a_row_that_says_what_happened() {
    run(async { a_whole_campaign(World::new().await).await });
}

pub async fn a_whole_campaign(w: World) {
    let t = w.workspace("acme").await;
    let domain = w.verified_domain(&t, "acme.test").await;
    let list = w.list(&t, "p", 5).await;
    let id = t.create_campaign("News").await.unwrap();
    t.save_campaign(&id, 1, &World::draft(&domain, &list)).await.unwrap();
    let stale = Fault::from(t.save_campaign(&id, 1, &World::draft(&domain, &list)).await.unwrap_err());
    assert_eq!(stale.code, FaultCode::Conflict);
    assert!(t.review_campaign(&id).await.unwrap().blockers.is_empty());
    t.send_campaign(&id).await.unwrap();
    assert!(t.send_campaign(&id).await.is_err(), "once");
    let system = w.platform.system();
    let me = t.me().workspace.clone();
    system.prepare_campaign(&me, &id).await.unwrap();
    assert_eq!(t.campaign(&id).await.unwrap().row.state, CampaignState::Sending);
    let context = Arc::new(system.campaign_context(&id).await.unwrap());
    // Somebody unsubscribes while the message is in the queue. The link is in what others got.
    let chunk = system.lease_chunk(&context).await.unwrap().unwrap();
    let built = context.build(&chunk.jobs[4]).map(|b| String::from_utf8(b.message).unwrap()).unwrap();
    let token = built.split("/u/").nth(1).unwrap().split('>').next().unwrap().replace(['\r', '\n', ' ', '\t'], "");
    w.platform.gate().unsubscribe(&token).await.unwrap();
    system.release_chunk(&me, &id, chunk.chunk).await.unwrap();
    let chunk = system.lease_chunk(&context).await.unwrap().unwrap();
    assert_eq!((chunk.jobs.len(), chunk.settled.len()), (4, 1));
    assert!(chunk.settled[0].reply.contains("unsubscribed"));
    assert!(system.lease_chunk(&context).await.unwrap().is_none(), "leased once");
    let later = Utc::now() - chrono::Duration::seconds(1);
    let mut results = vec![
        outcome(&chunk.jobs[0], Fate::Sent, "250 2.0.0 ok"),
        outcome(&chunk.jobs[1], Fate::Failed { suppress: true }, "550 5.1.1 no such user"),
        outcome(&chunk.jobs[2], Fate::Deferred { next_try_at: later }, "451 4.7.1 greylisted"),
        outcome(&chunk.jobs[3], Fate::InDoubt, "closed"),
    ];
    results.extend(chunk.settled);
    system.record(&results).await.unwrap();
    system.record(&results).await.unwrap();
    let s = t.campaign(&id).await.unwrap().row.stats;
    assert_eq!(
        (s.queued, s.sent, s.deferred, s.failed, s.suppressed, s.in_doubt, s.unsubscribed),
        (0, 1, 1, 1, 1, 1, 0),
        "recording twice counts once"
    );
    system.release_chunk(&me, &id, chunk.chunk).await.unwrap();
    assert!(!system.finish_campaign(&me, &id).await.unwrap(), "one is deferred");
    let due = system.due_retries(10).await.unwrap();
    assert_eq!(due.len(), 1);
    let (jobs, settled) = system.retry_jobs(&context, &[(due[0].2, due[0].3)]).await.unwrap();
    assert_eq!((jobs.len(), jobs[0].attempt, settled.len()), (1, 2, 0));
    system.record(&[outcome(&jobs[0], Fate::Sent, "250 ok now")]).await.unwrap();
    assert!(system.due_retries(10).await.unwrap().is_empty());
    assert!(system.finish_campaign(&me, &id).await.unwrap());

    // Opened, clicked, counted.
    let open = built.split("/t/o/").nth(1);
    assert!(open.is_some());
    let html = mail_html(&built);
    let pixel = html.split("/t/o/").nth(1).unwrap().split('"').next().unwrap();
    let click = html.split("/t/c/").nth(1).unwrap().split('"').next().unwrap();
    let gate = w.platform.gate();
    gate.track_open(pixel).await.unwrap();
    gate.track_open(pixel).await.unwrap();
    assert_eq!(gate.track_click(click).await.unwrap().url, "https://example.com/offer");
    assert!(gate.track_click(pixel).await.is_err() && gate.unsubscribe(click).await.is_err(), "a token is for its purpose alone");
    let (n, changed) = system.count_events(100).await.unwrap();
    assert_eq!((n, changed.len()), (4, 1));
    let report = t.campaign_report(&id).await.unwrap();
    assert_eq!((report.stats.opened, report.stats.clicked, report.stats.unsubscribed), (1, 1, 1));
    assert_eq!((report.links[0].url.as_str(), report.links[0].clicks), ("https://example.com/offer", 1));
    assert_eq!(report.series.iter().map(|p| p.sent).sum::<u64>(), 2);
    let overview = t.overview().await.unwrap();
    assert_eq!((overview.stats.sent, overview.stats.opened, overview.contacts, overview.verified_domains), (2, 1, 5, 1));

    // Who received it.
    let all = t.ledger(&id, &LedgerQuery { limit: 3, ..LedgerQuery::default() }).await.unwrap();
    assert_eq!((all.items.len(), all.total), (3, Some(5)));
    assert_eq!(t.ledger(&id, &LedgerQuery { after: all.next, limit: 3, ..LedgerQuery::default() }).await.unwrap().items.len(), 2);
    let failed = t.ledger(&id, &LedgerQuery { state: Some(LedgerState::Failed), ..LedgerQuery::default() }).await.unwrap();
    assert_eq!((failed.items.len(), failed.items[0].reply.as_deref()), (1, Some("550 5.1.1 no such user")));
    let one = t.ledger(&id, &LedgerQuery { search: "P2@example.com".into(), ..LedgerQuery::default() }).await.unwrap();
    assert_eq!((one.items[0].state, one.items[0].attempts, one.items[0].tls.as_deref()), (LedgerState::Sent, 2, Some("TLSv1.3")));
    let (csv, next) = t.ledger_csv(&id, None).await.unwrap();
    assert_eq!((String::from_utf8(csv).unwrap().lines().count(), next), (6, None));
    // A hard failure and an unsubscription keep the addresses out of the next one.
    let gone = t.contacts(&ContactQuery { search: "p".into(), ..ContactQuery::default() }).await.unwrap();
    let statuses: Vec<_> = gone.items.iter().map(|c| c.status).collect();
    assert_eq!(
        statuses,
        [ContactStatus::Active, ContactStatus::Suppressed, ContactStatus::Active, ContactStatus::Active, ContactStatus::Unsubscribed]
    );
}

/// The HTML part, decoded.
fn mail_html(message: &str) -> String {
    mail_parser::MessageParser::default().parse(message.as_bytes()).unwrap().body_html(0).unwrap().into_owned()
}

#[test]
fn a_campaign_is_paused_resumed_and_cancelled() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let domain = w.verified_domain(&t, "acme.test").await;
        let list = w.list(&t, "p", 3).await;
        let id = t.create_campaign("News").await.unwrap();
        t.save_campaign(&id, 1, &World::draft(&domain, &list)).await.unwrap();
        let system = w.platform.system();
        let me = t.me().workspace.clone();
        t.schedule_campaign(&id, Utc::now() + chrono::Duration::hours(1)).await.unwrap();
        assert_eq!(system.start_due_campaigns().await.unwrap(), 0);
        t.unschedule_campaign(&id).await.unwrap();
        t.send_campaign(&id).await.unwrap();
        t.pause_campaign(&id).await.unwrap();
        system.prepare_campaign(&me, &id).await.unwrap();
        assert_eq!(t.campaign(&id).await.unwrap().row.stats.recipients(), 0, "paused before anything was written");
        t.resume_campaign(&id).await.unwrap();
        system.prepare_campaign(&me, &id).await.unwrap();
        t.pause_campaign(&id).await.unwrap();
        assert!(system.campaigns_in(CampaignState::Sending).await.unwrap().is_empty());
        t.resume_campaign(&id).await.unwrap();
        assert_eq!(t.campaign(&id).await.unwrap().row.state, CampaignState::Sending);
        t.cancel_campaign(&id).await.unwrap();
        assert!(t.resume_campaign(&id).await.is_err());
        let rest = system.cancelled_rest(&me, &id).await.unwrap();
        assert_eq!(rest.len(), 3);
        system.record(&rest).await.unwrap();
        assert!(system.cancelled_rest(&me, &id).await.unwrap().is_empty());
        let s = t.campaign(&id).await.unwrap().row.stats;
        assert_eq!((s.queued, s.suppressed), (0, 3));
        assert!(t.delete_campaign(&id).await.is_err(), "what was sent stays on record");
        let copy = t.duplicate_campaign(&id).await.unwrap();
        t.delete_campaign(&copy).await.unwrap();
    });
}

#[test]
fn a_review_lists_what_would_stop_it() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let id = t.create_campaign("News").await.unwrap();
        let draft =
            CampaignDraft { name: "News".into(), html: "line\n{{ contact.x | nope }}".into(), reply_to: "nobody".into(), ..CampaignDraft::default() };
        t.save_campaign(&id, 1, &draft).await.unwrap();
        let review = t.review_campaign(&id).await.unwrap();
        let fields: Vec<_> = review.blockers.iter().map(|b| (b.field.as_str(), b.line)).collect();
        for wanted in [("domain", None), ("reply_to", None), ("subject", None), ("lists", None), ("html", Some(2))] {
            assert!(fields.contains(&wanted), "{wanted:?} in {fields:?}");
        }
    });
}
