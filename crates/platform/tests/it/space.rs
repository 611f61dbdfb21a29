//! The workspace itself: proofs, throttles, teams of agents, the sender, the logo, a further workspace.

use std::io::Cursor;

use nexsent_model::{
    Fault, FaultCode,
    accounts::Role,
    team::{AuditQuery, Language, Proof, Sender, WorkspaceSettings},
};
use nexsent_platform::{Caller, Error, FirstFactor, RecipientPage, TenantDb, testing::RawSystem};

use crate::{
    team::join,
    world::{World, run},
};

fn fault(e: Error) -> Fault {
    e.into()
}

fn needed<T: std::fmt::Debug>(done: Result<T, Error>) -> bool {
    fault(done.unwrap_err()).code == FaultCode::ProofNeeded
}

#[test]
fn what_matters_needs_a_proof_that_is_fresh_and_of_this_browser() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let viewer = join(&w, &owner, "viewer@example.com", Role::Viewer).await;
        let v = viewer.me().member.clone();
        let domain = owner.add_domain("alpha.test").await.unwrap();
        let setup = owner.begin_two_factor().await.unwrap();
        let app = crate::team::authenticator(&setup.secret);
        owner.confirm_two_factor(&app.generate(crate::team::seconds())).await.unwrap();
        let settings = owner.settings().await.unwrap();
        owner.save_settings(&WorkspaceSettings { require_two_factor: true, ..settings.clone() }).await.unwrap();
        // Without one, and with one that is somebody else's or old: every one of them refuses, and nothing has changed.
        let browser = w.browser(&owner).await;
        let stranger = w.proven(&w.workspace("beta").await).await;
        let stolen = Caller { session: stranger.1, ..Caller::default() };
        let old = w.proven(&owner).await;
        let system = RawSystem::new(&w.platform);
        system.run(&format!("UPDATE session:⟨{}⟩ SET proven_at = time::now() - 11m", old.1.as_deref().unwrap())).await.unwrap();
        for db in [owner.clone(), browser.clone(), owner.clone().with_caller(stolen), old.0] {
            assert!(needed(db.change_role(&v, Role::Admin).await));
            assert!(needed(db.remove_member(&v).await));
            assert!(needed(db.transfer_ownership(&v).await));
            assert!(needed(db.remove_domain(&domain).await));
            assert!(needed(db.delete_workspace("alpha").await));
            assert!(needed(db.end_two_factor().await));
            assert!(needed(db.new_recovery_codes().await));
            assert!(needed(db.change_password("a new long one", "s").await));
            assert!(needed(db.save_settings(&settings).await), "no longer requiring the second factor");
        }
        assert_eq!(owner.team().await.unwrap().members.iter().map(|m| m.role).collect::<Vec<_>>(), [Role::Owner, Role::Viewer]);
        assert_eq!((owner.domains().await.unwrap().len(), w.platform.tenant(&owner.me().member).await.unwrap().me().closing_at), (1, None));
        // What is no danger goes without.
        browser.change_role(&v, Role::Marketer).await.unwrap();
        // A wrong password is none; a right one holds, in this browser alone.
        let wrong = fault(browser.prove(&Proof::Password("wrong".into())).await.unwrap_err());
        assert_eq!(wrong.field.as_deref(), Some("proof"));
        assert_eq!(
            fault(owner.prove(&Proof::Password("long enough 1".into())).await.unwrap_err()).code,
            FaultCode::SignedOut,
            "no browser, no proof"
        );
        browser.prove(&Proof::Password("long enough 1".into())).await.unwrap();
        browser.change_role(&v, Role::Admin).await.unwrap();
        assert!(needed(w.browser(&owner).await.remove_member(&v).await), "another browser of the same person");
        let codes = browser.new_recovery_codes().await.unwrap();
        // A code of the second factor is one, too; each once.
        let second = w.browser(&owner).await;
        second.prove(&Proof::Code(codes[0].clone())).await.unwrap();
        assert!(w.browser(&owner).await.prove(&Proof::Code(codes[0].clone())).await.is_err());
        second.save_settings(&settings).await.unwrap();
        second.end_two_factor().await.unwrap();
        second.remove_member(&v).await.unwrap();
        // Trying is slowed down.
        let third = w.browser(&owner).await;
        let mut last = None;
        for _ in 0..10 {
            last = third.prove(&Proof::Password("wrong".into())).await.err().map(fault);
        }
        assert_eq!(last.unwrap().code, FaultCode::TooMany);
    });
}

#[test]
fn throttles_survive_a_restart_and_lock_no_owner_out() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("surrealkv://{}", dir.path().join("db").display());
        let open = async || nexsent_platform::Platform::open(crate::world::config(&url, dir.path())).await.unwrap();
        let here: std::net::IpAddr = "192.0.2.7".parse().unwrap();
        let elsewhere: std::net::IpAddr = "192.0.2.8".parse().unwrap();
        let caller = |ip: std::net::IpAddr| Caller { address: Some(ip.to_string()), device: "Firefox on Linux".into(), ..Caller::default() };
        let platform = open().await;
        let gate = platform.gate();
        let form = nexsent_model::accounts::SignUp {
            name: "Ann".into(),
            workspace: "Acme".into(),
            email: "ann@acme.test".into(),
            password: "long enough 1".into(),
        };
        gate.complete_setup(&gate.create_setup_token().await.unwrap(), &form).await.unwrap();
        // Many at once: no more get through than are free.
        let nobody = Caller::default();
        let tries = (0..30).map(|_| gate.sign_in("ann@acme.test", "wrong wrong", here, &nobody));
        let refused =
            futures::future::join_all(tries).await.into_iter().filter(|r| matches!(r, Err(Error::Fault(f)) if f.code == FaultCode::TooMany)).count();
        assert!(refused >= 22, "{refused}");
        drop(gate);
        platform.close().await;
        let platform = open().await;
        let gate = platform.gate();
        let code = async |ip| match gate.sign_in("ann@acme.test", "long enough 1", ip, &caller(ip)).await {
            Ok(_) => None,
            Err(e) => Some(fault(e).code),
        };
        assert_eq!(code(here).await, Some(FaultCode::TooMany), "a restart forgives nothing");
        assert_eq!(code(elsewhere).await, None, "the owner, from where nobody failed");
        // The second factor: a stranger with the password and many addresses meets a bound for the account ...
        let member = match gate.sign_in("ann@acme.test", "long enough 1", elsewhere, &caller(elsewhere)).await.unwrap() {
            FirstFactor::Done(who) => who.member,
            other => panic!("{other:?}"),
        };
        let ann = platform.tenant(&member).await.unwrap();
        let app = crate::team::authenticator(&ann.begin_two_factor().await.unwrap().secret);
        let recovery = ann.confirm_two_factor(&app.generate(crate::team::seconds())).await.unwrap();
        let account = ann.me().account.clone();
        let mut refused = 0;
        for n in 0..80u8 {
            let from = caller(std::net::IpAddr::from([198, 51, 100, n]));
            refused += usize::from(gate.second_factor(&account, "12345x", &from).await.is_err_and(|e| fault(e).code == FaultCode::TooMany));
        }
        assert_eq!(refused, 20);
        // ... but the owner gets in from where they have been before.
        assert!(gate.second_factor(&account, &recovery[0], &caller("198.51.100.99".parse().unwrap())).await.is_err());
        assert!(gate.second_factor(&account, &recovery[0], &caller(elsewhere)).await.is_ok());
        // Rows go when they have run out.
        let system = RawSystem::new(&platform);
        assert!(system.count("SELECT id FROM attempt").await > 1);
        platform.system().sweep(chrono::Utc::now()).await.unwrap();
        assert!(system.count("SELECT id FROM attempt").await > 1, "not before");
        platform.system().sweep(chrono::Utc::now() + chrono::Duration::minutes(16)).await.unwrap();
        assert_eq!(system.count("SELECT id FROM attempt").await, 0);
        drop((gate, ann, system));
        platform.close().await;
    });
}

#[test]
fn a_mail_about_a_new_browser_ends_every_session_once() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let owner = w.workspace("alpha").await;
        let ip = "192.0.2.9".parse().unwrap();
        for device in ["Firefox on Linux", "Chrome on Windows"] {
            let caller = Caller { address: Some("192.0.2.9".into()), device: device.into(), ..Caller::default() };
            gate.sign_in("owner@alpha.test", "long enough 1", ip, &caller).await.unwrap();
        }
        let token = w.mail_token("owner@alpha.test").await;
        let (first, second) = (w.browser(&owner).await, w.browser(&w.workspace("beta").await).await);
        assert!(gate.reset_password(&token, "another long one", &Caller::default()).await.is_err(), "a token is for its purpose alone");
        assert!(gate.end_all_sessions("nonsense", &Caller::default()).await.is_err());
        let nobody = Caller::default();
        let (a, b) = tokio::join!(gate.end_all_sessions(&token, &nobody), gate.end_all_sessions(&token, &nobody));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        let left = async |db: &TenantDb| db.account_safety("none").await.unwrap().sessions.len();
        assert_eq!(left(&first).await, 0);
        assert_eq!(left(&second).await, 1, "nobody else's");
        let log = owner.audit_log(&AuditQuery { action: "session".into(), ..AuditQuery::default() }, None, 50).await.unwrap().items;
        assert_eq!(log.iter().map(|e| e.action.as_str()).collect::<Vec<_>>(), ["session.end_all"]);
    });
}

#[test]
fn teams_are_made_by_admins_of_members() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let agent = join(&w, &owner, "agent@example.com", Role::Agent).await;
        let other = w.workspace("beta").await;
        let (o, a) = (owner.me().member.clone(), agent.me().member.clone());
        let field = |e: Error| fault(e).field.unwrap_or_default();
        let id = owner.save_agent_team(None, " Support ", &[a.clone(), o.clone(), a.clone()]).await.unwrap();
        assert_eq!(field(owner.save_agent_team(None, "Support", &[]).await.unwrap_err()), "team_name", "the name is taken");
        assert_eq!(field(owner.save_agent_team(None, " ", &[]).await.unwrap_err()), "team_name");
        assert_eq!(field(owner.save_agent_team(None, "Sales", &[other.me().member.clone()]).await.unwrap_err()), "members");
        assert_eq!(fault(agent.save_agent_team(None, "Mine", &[]).await.unwrap_err()).code, FaultCode::Forbidden);
        assert_eq!(fault(agent.delete_agent_team(&id).await.unwrap_err()).code, FaultCode::Forbidden);
        assert_eq!(fault(other.delete_agent_team(&id).await.unwrap_err()).code, FaultCode::NotFound, "another workspace's");
        assert_eq!(fault(other.save_agent_team(Some(&id), "Hacked", &[]).await.unwrap_err()).code, FaultCode::NotFound);
        let seen = agent.agent_teams().await.unwrap();
        assert_eq!((seen.len(), seen[0].name.as_str(), seen[0].members.len()), (1, "Support", 2), "every member reads");
        assert!(other.agent_teams().await.unwrap().is_empty());
        owner.save_agent_team(Some(&id), "Help", std::slice::from_ref(&a)).await.unwrap();
        // Whoever leaves the workspace leaves its teams.
        agent.leave().await.unwrap();
        let seen = owner.agent_teams().await.unwrap();
        assert_eq!((seen[0].name.as_str(), seen[0].members.len()), ("Help", 0));
        owner.delete_agent_team(&id).await.unwrap();
        assert!(owner.team().await.unwrap().teams.is_empty());
    });
}

#[test]
fn a_new_campaign_starts_with_the_sender_of_the_settings() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let domain = w.verified_domain(&owner, "alpha.test").await;
        let pending = owner.add_domain("later.test").await.unwrap();
        let settings = owner.settings().await.unwrap();
        let with = |sender: Sender| WorkspaceSettings { sender, ..settings.clone() };
        let good = Sender { name: "Alpha".into(), local: "Hello".into(), domain: Some(domain.clone()), reply_to: "Desk@Alpha.test".into() };
        for (bad, field) in [
            (Sender { name: "a\nb".into(), ..good.clone() }, "sender_name"),
            (Sender { local: "a b".into(), ..good.clone() }, "sender_local"),
            (Sender { domain: Some(pending), ..good.clone() }, "sender_domain"),
            (Sender { domain: Some(nexsent_model::DomainId::new()), ..good.clone() }, "sender_domain"),
            (Sender { reply_to: "nobody".into(), ..good.clone() }, "sender_reply_to"),
        ] {
            assert_eq!(fault(owner.save_settings(&with(bad)).await.unwrap_err()).field.as_deref(), Some(field));
        }
        owner.save_settings(&WorkspaceSettings { language: Language::Es, ..with(good) }).await.unwrap();
        let id = owner.create_campaign("News").await.unwrap();
        let d = owner.campaign(&id).await.unwrap().draft;
        assert_eq!((d.from_name.as_str(), d.from_local.as_str(), d.domain, d.reply_to.as_str()), ("Alpha", "hello", Some(domain), "desk@alpha.test"));
        assert_eq!(owner.settings().await.unwrap().language, Language::Es);
    });
}

fn picture() -> Vec<u8> {
    let mut out = Vec::new();
    image::RgbaImage::from_pixel(900, 300, image::Rgba([10, 90, 200, 255])).write_to(&mut Cursor::new(&mut out), image::ImageFormat::Png).unwrap();
    out
}

#[test]
fn a_logo_is_the_workspaces_own() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let viewer = join(&w, &owner, "viewer@example.com", Role::Viewer).await;
        let other = w.workspace("beta").await;
        assert_eq!(fault(owner.logo().await.unwrap_err()).code, FaultCode::NotFound);
        assert_eq!(fault(viewer.set_logo(picture()).await.unwrap_err()).code, FaultCode::Forbidden);
        for bad in [b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), vec![0; 2 << 20], Vec::new()] {
            assert_eq!(fault(owner.set_logo(bad).await.unwrap_err()).field.as_deref(), Some("logo"));
        }
        assert!(owner.logo().await.is_err(), "nothing of what was refused is kept");
        owner.set_logo(picture()).await.unwrap();
        let png = viewer.logo().await.unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        assert_ne!(png, picture(), "it is of our own making");
        assert!(other.logo().await.is_err(), "another workspace's");
        assert!(w.platform.tenant(&owner.me().member).await.unwrap().me().logo.is_some());
        assert!(w.platform.gate().logo_behind(RecipientPage::Unsubscribe, "nonsense").await.is_err());
        owner.remove_logo().await.unwrap();
        assert!(viewer.logo().await.is_err());
    });
}

#[test]
fn somebody_without_a_workspace_gets_in_and_makes_one() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let owner = w.workspace("alpha").await;
        let bob = join(&w, &owner, "bob@example.com", Role::Viewer).await;
        let account = bob.me().account.clone();
        bob.leave().await.unwrap();
        let entered = gate.sign_in("bob@example.com", "long enough 1", "192.0.2.9".parse().unwrap(), &Caller::default()).await.unwrap();
        assert!(matches!(&entered, FirstFactor::Nowhere(a) if *a == account), "{entered:?}");
        assert_eq!(
            (gate.account_person(&account).await.unwrap().email.as_str(), gate.workspaces_of(&account).await.unwrap().len()),
            ("bob@example.com", 0)
        );
        assert_eq!(fault(gate.create_workspace(&account, " ", &Caller::default()).await.unwrap_err()).field.as_deref(), Some("workspace"));
        assert!(gate.create_workspace(&nexsent_model::AccountId::new(), "Nobody's", &Caller::default()).await.is_err());
        let made = gate.create_workspace(&account, "Bob's", &Caller::default()).await.unwrap();
        let bob = w.platform.tenant(&made.member).await.unwrap();
        assert_eq!((bob.me().workspace_name.as_str(), bob.me().role), ("Bob's", Role::Owner));
        for n in 1..20 {
            gate.create_workspace(&account, &format!("No. {n}"), &Caller::default()).await.unwrap();
        }
        assert_eq!(fault(gate.create_workspace(&account, "One too many", &Caller::default()).await.unwrap_err()).code, FaultCode::Forbidden);
        assert_eq!(bob.workspaces().await.unwrap().len(), 20);
    });
}

#[test]
fn the_log_is_searched_by_person_action_and_day() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let admin = join(&w, &owner, "marketer@example.com", Role::Marketer).await;
        let campaign = admin.create_campaign("News").await.unwrap();
        let mut draft = admin.campaign(&campaign).await.unwrap().draft;
        for n in 1..4 {
            draft.subject = format!("Hello {n}");
            admin.save_campaign(&campaign, n, &draft).await.unwrap();
        }
        let list = admin.create_list("People", "").await.unwrap();
        admin.update_list(&list, "Readers", "").await.unwrap();
        let contact = nexsent_model::contacts::ContactDraft { email: "a@example.com".into(), ..Default::default() };
        let made = admin.create_contact(&contact).await.unwrap().id;
        admin.update_contact(made, &nexsent_model::contacts::ContactDraft { email: "b@example.com".into(), ..Default::default() }).await.unwrap();
        admin.duplicate_campaign(&campaign).await.unwrap();
        admin.audit_export("export.contacts", "contacts").await.unwrap();
        let find =
            async |q: AuditQuery| -> Vec<String> { owner.audit_log(&q, None, 50).await.unwrap().items.into_iter().map(|e| e.action).collect() };
        let by = |actor: &str| AuditQuery { actor: actor.into(), ..AuditQuery::default() };
        assert_eq!(
            find(by("Marketer@example.com")).await,
            [
                "export.contacts",
                "campaign.create",
                "contact.change",
                "contact.create",
                "list.rename",
                "list.create",
                "campaign.change",
                "campaign.create",
                "invite.accept"
            ],
            "who is writing makes one line"
        );
        assert!(find(by("marketer@example")).await.is_empty(), "a whole address");
        assert_eq!(find(AuditQuery { action: "list".into(), ..AuditQuery::default() }).await, ["list.rename", "list.create"]);
        assert_eq!(find(AuditQuery { action: "list.create".into(), ..by("marketer@example.com") }).await, ["list.create"]);
        let today = chrono::Utc::now().date_naive();
        let days = |from, until| AuditQuery { from, until, action: "list".into(), ..AuditQuery::default() };
        assert_eq!(find(days(Some(today), Some(today))).await.len(), 2);
        assert!(find(days(today.succ_opt(), None)).await.is_empty());
        assert!(find(days(None, today.pred_opt())).await.is_empty());
        assert_eq!(find(days(today.pred_opt(), today.succ_opt())).await.len(), 2);
        let (csv, next) = owner.audit_csv(&days(None, None), None).await.unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert_eq!((text.lines().count(), next), (3, None), "{text}");
        assert!(text.contains("People,Readers") || text.contains("Readers"), "{text}");
    });
}
