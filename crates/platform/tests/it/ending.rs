//! What ends: the tracking domain that DNS no longer vouches for, what is kept long enough, the workspace itself.

use std::sync::Arc;

use chrono::{Duration, Utc};
use hickory_proto::rr::RecordType;
use nexsent_model::{
    Fault, FaultCode, TenantId,
    accounts::Role,
    campaigns::{CampaignState, LedgerQuery},
    domains::DomainStatus,
    team::{Retention, WorkspaceSettings},
};
use nexsent_platform::{Error, FirstFactor, TenantDb, testing::RawSystem};

use crate::{
    team::join,
    world::{World, run},
};

fn fault(e: Error) -> Fault {
    e.into()
}

/// A campaign that is being sent, with its first message as text.
async fn sending(w: &World, t: &TenantDb, domain: &nexsent_model::DomainId, list: &nexsent_model::ListId) -> (nexsent_model::CampaignId, String) {
    let id = t.create_campaign("News").await.unwrap();
    t.save_campaign(&id, 1, &World::draft(domain, list)).await.unwrap();
    t.send_campaign(&id).await.unwrap();
    let system = w.platform.system();
    system.prepare_campaign(&t.me().workspace, &id).await.unwrap();
    let context = Arc::new(system.campaign_context(&id).await.unwrap());
    let chunk = system.lease_chunk(&context).await.unwrap().unwrap();
    let built = context.build(&chunk.jobs[0]).unwrap();
    system.release_chunk(&t.me().workspace, &id, chunk.chunk).await.unwrap();
    (id, String::from_utf8(built.message).unwrap().replace("=\r\n", ""))
}

fn unsubscribe_token(message: &str) -> String {
    message.split("/u/").nth(1).unwrap().split('>').next().unwrap().replace(['\r', '\n', ' ', '\t'], "")
}

#[test]
fn links_lead_through_the_tracking_domain_while_dns_says_so() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let viewer = join(&w, &t, "viewer@example.com", Role::Viewer).await;
        let (gate, system, me) = (w.platform.gate(), w.platform.system(), t.me().workspace.clone());
        let domain = w.verified_domain(&t, "acme.test").await;
        let list = w.list(&t, "people", 2).await;
        let other = w.workspace("beta").await;
        for bad in ["", "click", "click.beta.test", "evilacme.test", "acme.test", "bounce.acme.test", "nx.test", "click.acme.test.evil.test"] {
            assert_eq!(fault(t.set_tracking_domain(bad).await.unwrap_err()).field.as_deref(), Some("host"), "{bad}");
        }
        assert_eq!(fault(viewer.set_tracking_domain("click.acme.test").await.unwrap_err()).code, FaultCode::Forbidden);
        assert!(other.set_tracking_domain("click.acme.test").await.is_err(), "another workspace's domain");
        t.set_tracking_domain("Click.Acme.test").await.unwrap();
        let seen = t.tracking_domain().await.unwrap().unwrap();
        assert_eq!((seen.host.as_str(), seen.target.as_str(), seen.status), ("click.acme.test", "nx.test", DomainStatus::Pending));
        assert_eq!(system.tracking_to_check(10).await.unwrap(), [(me.clone(), "click.acme.test".to_owned())]);
        let check = async || system.check_tracking(&me, "click.acme.test", &w.resolver).await.unwrap();
        assert_eq!(check().await, DomainStatus::Pending, "nothing is published");
        assert!(!gate.is_tracking_host("click.acme.test").await.unwrap());
        assert!(sending(&w, &t, &domain, &list).await.1.contains("http://nx.test/u/"), "not before it is verified");
        let publish = |value: &str| w.zone.lock().unwrap().insert(("click.acme.test".into(), RecordType::CNAME), vec![value.into()]);
        publish("elsewhere.test");
        assert_eq!(check().await, DomainStatus::Pending);
        assert!(t.tracking_domain().await.unwrap().unwrap().problem.unwrap().contains("points elsewhere"));
        publish("nx.test");
        assert_eq!(check().await, DomainStatus::Verified);
        let (_, message) = sending(&w, &t, &domain, &list).await;
        assert!(message.contains("http://click.acme.test/u/") && !message.contains("nx.test/"), "{message}");
        for host in ["click.acme.test", "CLICK.acme.test:8080", "click.acme.test."] {
            assert!(gate.is_tracking_host(host).await.unwrap(), "{host}");
        }
        for host in ["nx.test", "nx.test:80", "acme.test", "", "127.0.0.1:8080", "[::1]:8080"] {
            assert!(!gate.is_tracking_host(host).await.unwrap(), "{host}");
        }
        // DNS changes: new mails lead through the instance, and those that were sent still find their way.
        publish("elsewhere.test");
        assert_eq!(check().await, DomainStatus::Drifted);
        assert!(sending(&w, &t, &domain, &list).await.1.contains("http://nx.test/u/"));
        assert!(gate.is_tracking_host("click.acme.test").await.unwrap(), "it still is no place for the dashboard");
        gate.unsubscribe(&unsubscribe_token(&message)).await.unwrap();
        // The domain above it is no longer vouched for, or the host is given up.
        publish("nx.test");
        assert_eq!(check().await, DomainStatus::Verified);
        t.set_tracking_domain("go.acme.test").await.unwrap();
        assert!(sending(&w, &t, &domain, &list).await.1.contains("http://nx.test/u/"), "the new one is not verified yet");
        t.set_tracking_domain("click.acme.test").await.unwrap();
        w.proven(&t).await.0.remove_domain(&domain).await.unwrap_err();
        w.zone.lock().unwrap().retain(|(name, _), _| !name.contains("acme.test") || name == "click.acme.test");
        system.check_domain(&domain, &w.resolver).await.unwrap();
        assert_eq!(check().await, DomainStatus::Drifted);
        t.remove_tracking_domain().await.unwrap();
        assert!(t.tracking_domain().await.unwrap().is_none());
        assert!(gate.is_tracking_host("click.acme.test").await.unwrap());
    });
}

#[test]
fn what_is_kept_long_enough_goes_and_what_is_needed_stays() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let (system, raw, me) = (w.platform.system(), RawSystem::new(&w.platform), t.me().workspace.clone());
        let settings = t.settings().await.unwrap();
        for (keep, field) in [
            (Retention { details: 89, ..settings.keep }, "keep_details"),
            (Retention { imports: 0, ..settings.keep }, "keep_imports"),
            (Retention { sign_ins: 366, ..settings.keep }, "keep_sign_ins"),
            (Retention { audit: 1, ..settings.keep }, "keep_audit"),
        ] {
            let wrong = WorkspaceSettings { keep, ..settings.clone() };
            assert_eq!(fault(t.save_settings(&wrong).await.unwrap_err()).field.as_deref(), Some(field));
        }
        let domain = w.verified_domain(&t, "acme.test").await;
        let list = w.list(&t, "people", 3).await;
        let (old, message) = sending(&w, &t, &domain, &list).await;
        let (new, _) = sending(&w, &t, &domain, &list).await;
        raw.run("UPDATE campaign SET state = 'finished', finished_at = time::now()").await.unwrap();
        let long_ago = Utc::now() - Duration::days(800);
        let back = format!("newest = -{}, finished_at = d'{}'", long_ago.timestamp_micros(), long_ago.to_rfc3339());
        raw.run(&format!("UPDATE campaign:⟨{old}⟩ SET {back}")).await.unwrap();
        raw.run(&format!(
            "CREATE audit SET tenant = '{me}', at = d'2020-01-01T00:00:00Z', newest = -1577836800000000, actor = 'x', action = 'x.y', target = 't'"
        ))
        .await
        .unwrap();
        raw.run(&format!("FOR $n IN 1..=1200 {{ CREATE sign_in SET account = '{}', at = d'2020-01-01T00:00:00Z', newest = -1577836800000000 + $n, address = 'a', device = 'd', ok = true }}", t.me().account)).await.unwrap();
        let audit = t.audit_log(&Default::default(), None, 200).await.unwrap().items.len();
        assert_eq!(system.workspaces_after(None, 10).await.unwrap(), std::slice::from_ref(&me));
        assert!(system.workspaces_after(Some(&me), 10).await.unwrap().is_empty());
        // Killed after the first batch: nothing is half done, and the next run goes on.
        let mut batches = 0;
        system
            .retain(&me, Utc::now(), || {
                batches += 1;
                batches <= 2
            })
            .await
            .unwrap();
        system.retain(&me, Utc::now(), || true).await.unwrap();
        assert_eq!(system.retain(&me, Utc::now(), || true).await.unwrap(), 0, "nothing is left to do");
        assert_eq!(t.audit_log(&Default::default(), None, 200).await.unwrap().items.len(), audit - 1);
        assert_eq!(raw.count("SELECT id FROM sign_in").await, 0);
        let rows = async |id| t.ledger(id, &LedgerQuery::default()).await.unwrap().items.len();
        assert_eq!((rows(&old).await, rows(&new).await), (0, 3), "the old campaign's alone");
        assert!(raw.count(&format!("SELECT id FROM segment_dirty WHERE record::id(id)[1] = '{old}'")).await > 0, "segments look afresh");
        assert_eq!(t.campaign(&old).await.unwrap().row.stats.recipients(), 3, "figures stay");
        // Links of the old mail: they lead where they did, and an unsubscription still finds whom it is for.
        let gate = w.platform.gate();
        assert!(!gate.unsubscribe_page(&unsubscribe_token(&message)).await.unwrap().done);
        gate.unsubscribe(&unsubscribe_token(&message)).await.unwrap();
        assert_eq!(raw.count("SELECT id FROM suppression").await, 1);
        while system.count_events(500).await.unwrap().0 > 0 {}
        system.retain(&me, Utc::now(), || true).await.unwrap();
        assert_eq!(raw.count("SELECT id FROM suppression").await, 1, "suppressions are never touched");
        // Imports' files.
        let import = nexsent_model::ImportId::new();
        let path = t.import_upload_path(&import).await.unwrap();
        std::fs::write(&path, "email\na@example.com\n").unwrap();
        t.create_import(&import, "a.csv").await.unwrap();
        let orphan = t.import_upload_path(&nexsent_model::ImportId::new()).await.unwrap();
        std::fs::write(&orphan, "x").unwrap();
        let now = Utc::now();
        assert_eq!(system.retain_import_files(now + Duration::hours(1), || true).await.unwrap(), 0);
        assert_eq!(system.retain_import_files(now + Duration::days(2), || true).await.unwrap(), 1, "nobody's");
        assert!(path.exists() && !orphan.exists());
        assert_eq!(system.retain_import_files(now + Duration::days(31), || true).await.unwrap(), 1);
        assert!(!path.exists());
    });
}

/// Rows of any table that say the workspace's id.
async fn traces(raw: &RawSystem, tenant: &TenantId) -> Vec<String> {
    let mut found = Vec::new();
    for table in raw.tables().await.unwrap() {
        if raw.dump(&table).await.contains(tenant.as_str()) {
            found.push(table);
        }
    }
    found
}

#[test]
fn a_workspace_ends_after_its_days_of_grace_and_leaves_nothing() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let (system, raw, me) = (w.platform.system(), RawSystem::new(&w.platform), t.me().workspace.clone());
        let (owner, secret) = w.proven(&t).await;
        drop(secret);
        let admin = join(&w, &t, "admin@example.com", Role::Viewer).await;
        owner.change_role(&admin.me().member, Role::Admin).await.unwrap();
        let admin = w.proven(&w.platform.tenant(&admin.me().member).await.unwrap()).await.0;
        let other = w.workspace("beta").await;
        let domain = w.verified_domain(&t, "acme.test").await;
        let list = w.list(&t, "people", 3).await;
        let (running, _) = sending(&w, &t, &domain, &list).await;
        let later = t.duplicate_campaign(&running).await.unwrap();
        t.schedule_campaign(&later, Utc::now() + Duration::hours(1)).await.unwrap();
        owner.set_tracking_domain("click.acme.test").await.unwrap();
        system.check_tracking(&me, "click.acme.test", &w.resolver).await.unwrap();
        owner.save_agent_team(None, "Support", &[]).await.unwrap();
        let import = nexsent_model::ImportId::new();
        let path = t.import_upload_path(&import).await.unwrap();
        std::fs::write(&path, "email\na@example.com\n").unwrap();
        t.create_import(&import, "a.csv").await.unwrap();
        let dir = w.dir.path().join("media").join(me.as_str());
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("a"), "x").unwrap();
        // Tables whose rows are named by the workspace alone.
        raw.run(&format!(
            "CREATE segment_index:⟨{me}⟩ SET format = 1; CREATE mail_limit:['{me}', 'x'] SET since = time::now(), last = time::now(), sent = 1"
        ))
        .await
        .unwrap();
        // Only the owner, and only by the name.
        assert_eq!(fault(admin.delete_workspace("acme").await.unwrap_err()).code, FaultCode::Forbidden);
        assert_eq!(fault(owner.delete_workspace("Acme!").await.unwrap_err()).field.as_deref(), Some("confirm_name"));
        let (a, b) = tokio::join!(owner.delete_workspace("acme"), owner.delete_workspace(" acme "));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        // Nothing is sent from now on.
        let state = async |id| t.campaign(id).await.unwrap().row.state;
        assert_eq!((state(&running).await, state(&later).await), (CampaignState::Paused, CampaignState::Draft));
        for refused in
            [t.send_campaign(&later).await, t.resume_campaign(&running).await, t.test_campaign(&later, &["a@example.com".into()]).await.map(drop)]
        {
            assert_eq!(fault(refused.unwrap_err()).code, FaultCode::WrongState);
        }
        assert!(system.campaign_context(&running).await.is_err(), "nor what is on its way");
        assert!(w.platform.tenant(&admin.me().member).await.unwrap().me().closing_at.is_some(), "members are told");
        let subjects = async || -> Vec<String> {
            system.due_system_mail(100).await.unwrap().into_iter().filter(|m| m.to == t.me().email).map(|m| m.subject).collect()
        };
        assert!(subjects().await.iter().any(|s| s == "acme will be deleted"));
        assert!(system.due_closings(Utc::now() + Duration::days(13)).await.unwrap().is_empty());
        // Taken back by the owner alone; what was paused stays so, and goes on when somebody resumes it.
        assert_eq!(fault(admin.restore_workspace().await.unwrap_err()).code, FaultCode::Forbidden);
        owner.restore_workspace().await.unwrap();
        assert!(owner.restore_workspace().await.is_err());
        assert_eq!(state(&running).await, CampaignState::Paused);
        t.resume_campaign(&running).await.unwrap();
        // For good: one more mail before the end, once.
        owner.delete_workspace("acme").await.unwrap();
        assert_eq!(system.warn_of_closings(Utc::now()).await.unwrap(), 0);
        assert_eq!(system.warn_of_closings(Utc::now() + Duration::days(13)).await.unwrap(), 1);
        assert_eq!(system.warn_of_closings(Utc::now() + Duration::days(13)).await.unwrap(), 0);
        assert!(subjects().await.iter().any(|s| s == "acme is deleted soon"));
        assert_eq!(system.due_closings(Utc::now() + Duration::days(15)).await.unwrap(), std::slice::from_ref(&me));
        raw.run("UPDATE closing SET due_at = time::now() - 1s").await.unwrap();
        assert!(owner.restore_workspace().await.is_err(), "too late");
        let mut rows: usize = 0;
        for table in raw.tables().await.unwrap() {
            rows += raw.count(&format!("SELECT id FROM `{table}` WHERE tenant = '{}'", other.me().workspace)).await;
        }
        assert!(traces(&raw, &me).await.len() > 12);
        // Killed after every batch: it is called again, and goes on.
        let mut calls = 0;
        while !system
            .end_workspace(&me, {
                let mut left = 2;
                move || {
                    left -= 1;
                    left >= 0
                }
            })
            .await
            .unwrap()
        {
            calls += 1;
            assert!(calls < 500);
            assert_eq!(system.due_closings(Utc::now()).await.unwrap(), std::slice::from_ref(&me), "not forgotten");
        }
        assert_eq!(traces(&raw, &me).await, [""; 0]);
        assert!(!path.exists() && !dir.exists(), "files, too");
        assert!(system.due_closings(Utc::now()).await.unwrap().is_empty());
        // Everybody else has what they had; whoever was here alone is told so.
        let mut left: usize = 0;
        for table in raw.tables().await.unwrap() {
            left += raw.count(&format!("SELECT id FROM `{table}` WHERE tenant = '{}'", other.me().workspace)).await;
        }
        assert_eq!(left, rows);
        assert!(w.platform.tenant(&t.me().member).await.is_err());
        let entered = w.platform.gate().sign_in(&t.me().email, "long enough 1", "192.0.2.9".parse().unwrap(), &Default::default()).await.unwrap();
        assert!(matches!(entered, FirstFactor::Nowhere(_)), "{entered:?}");
    });
}
