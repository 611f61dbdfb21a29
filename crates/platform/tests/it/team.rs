//! Members, invitations, the audit log, the second factor.

use nexsent_model::{
    Fault, FaultCode,
    accounts::Role,
    team::{AuditQuery, WorkspaceSettings},
};
use nexsent_platform::{
    Caller, Error, FirstFactor, TenantDb,
    testing::{RawMember, RawSystem},
};
use totp_rs::{Algorithm, Secret, TOTP};

use crate::world::{World, run};

fn fault(e: Error) -> Fault {
    e.into()
}

fn from(address: &str, device: &str) -> Caller {
    Caller { address: Some(address.into()), device: device.into(), request: Some("req-1".into()), session: None }
}

/// An authenticator app that has scanned the secret.
pub fn authenticator(secret: &str) -> TOTP {
    TOTP::new(Algorithm::SHA1, 6, 0, 30, Secret::Encoded(secret.to_owned()).to_bytes().unwrap()).unwrap()
}

/// Its clock.
pub fn seconds() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

/// Invites an address without an account and lets it join.
pub async fn join(w: &World, by: &TenantDb, email: &str, role: Role) -> TenantDb {
    by.invite(email, role).await.unwrap();
    let token = w.mail_token(email).await;
    let who = w.platform.gate().accept_invitation(&token, None, "Somebody", "long enough 1", &Caller::default()).await.unwrap();
    w.platform.tenant(&who.member).await.unwrap()
}

#[test]
fn an_invitation_works_once_for_whom_it_is() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let owner = w.workspace("alpha").await;
        assert_eq!(fault(owner.invite("nonsense", Role::Viewer).await.unwrap_err()).field.as_deref(), Some("email"));
        assert_eq!(fault(owner.invite("x@example.com", Role::Owner).await.unwrap_err()).field.as_deref(), Some("role"));
        assert_eq!(fault(owner.invite("owner@alpha.test", Role::Viewer).await.unwrap_err()).field.as_deref(), Some("email"));
        owner.invite("Bob@Example.com", Role::Marketer).await.unwrap();
        let old = w.mail_token("bob@example.com").await;
        owner.invite("bob@example.com", Role::Marketer).await.unwrap();
        let token = w.mail_token("bob@example.com").await;
        assert_eq!(fault(gate.invitation(&old, None).await.unwrap_err()).field.as_deref(), Some("token"), "a newer one replaces it");
        let seen = gate.invitation(&token, None).await.unwrap();
        assert_eq!((seen.workspace.as_str(), seen.role, seen.has_account), ("alpha", Role::Marketer, false));
        let caller = Caller::default();
        let weak = gate.accept_invitation(&token, None, "Bob", "password123", &caller).await.unwrap_err();
        assert_eq!(fault(weak).field.as_deref(), Some("password"));
        let accept = || gate.accept_invitation(&token, None, "Bob", "long enough 1", &caller);
        let (a, b) = tokio::join!(accept(), accept());
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        let bob = w.platform.tenant(&a.or(b).unwrap().member).await.unwrap();
        assert_eq!((bob.me().role, bob.me().workspace == owner.me().workspace), (Role::Marketer, true));
        assert!(bob.me().email_confirmed, "whoever has the link reads the mailbox");
        // Another workspace invites the same person: only the account itself may accept, with its password kept.
        let other = w.workspace("beta").await;
        other.invite("bob@example.com", Role::Viewer).await.unwrap();
        let token = w.mail_token("bob@example.com").await;
        let stranger = gate.accept_invitation(&token, Some(&other.me().account), "X", "long enough 2", &caller).await.unwrap_err();
        assert_eq!(fault(stranger).code, FaultCode::Forbidden);
        let joined = gate.accept_invitation(&token, Some(&bob.me().account), "", "", &caller).await.unwrap();
        assert_eq!(joined.account, bob.me().account);
        let all = bob.workspaces().await.unwrap();
        assert_eq!(all.iter().map(|w| (w.name.as_str(), w.current)).collect::<Vec<_>>(), [("alpha", true), ("beta", false)]);
        let there = bob.switch_workspace(&other.me().workspace).await.unwrap();
        assert_eq!(there.member, joined.member);
        assert!(owner.switch_workspace(&other.me().workspace).await.is_err(), "nobody switches to where they are not");
        // A revoked one is no longer good.
        owner.invite("eve@example.com", Role::Admin).await.unwrap();
        let token = w.mail_token("eve@example.com").await;
        let id = owner.team().await.unwrap().invites.into_iter().find(|i| i.email == "eve@example.com").unwrap().id;
        assert!(other.revoke_invite(&id).await.is_err(), "another workspace's");
        owner.revoke_invite(&id).await.unwrap();
        assert!(gate.accept_invitation(&token, None, "Eve", "long enough 1", &caller).await.is_err());
    });
}

#[test]
fn roles_change_and_end_at_once() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let admin = join(&w, &owner, "admin@example.com", Role::Admin).await;
        let viewer = join(&w, &owner, "viewer@example.com", Role::Viewer).await;
        let (o, a, v) = (owner.me().member.clone(), admin.me().member.clone(), viewer.me().member.clone());
        assert_eq!(fault(viewer.change_role(&a, Role::Viewer).await.unwrap_err()).code, FaultCode::Forbidden);
        assert_eq!(fault(viewer.invite("x@example.com", Role::Viewer).await.unwrap_err()).code, FaultCode::Forbidden);
        owner.invite("later@example.com", Role::Viewer).await.unwrap();
        assert!(viewer.team().await.unwrap().invites.is_empty(), "invitations are told to admins only");
        assert!(admin.change_role(&o, Role::Viewer).await.is_err(), "not the owner's");
        assert!(admin.change_role(&v, Role::Owner).await.is_err(), "nobody becomes the owner so");
        assert!(admin.change_role(&a, Role::Viewer).await.is_err(), "not one's own");
        assert!(admin.remove_member(&o).await.is_err());
        assert!(owner.leave().await.is_err());
        // The database itself refuses what the operations would not do.
        let raw = RawMember::sign_in(&w.platform, &a).await.unwrap();
        drop(raw.run(&format!("UPDATE member:⟨{v}⟩ SET role = 'owner'")).await);
        drop(raw.run(&format!("DELETE member:⟨{o}⟩")).await);
        assert_eq!(w.platform.tenant(&v).await.unwrap().me().role, Role::Viewer);
        // A change is seen by what was open before.
        admin.change_role(&v, Role::Marketer).await.unwrap();
        assert!(viewer.check_alive().await.is_err());
        let viewer = w.platform.tenant(&v).await.unwrap();
        viewer.create_list("now I may", "").await.unwrap();
        // Whoever lost their role changes nothing with what they still hold.
        owner.change_role(&a, Role::Viewer).await.unwrap();
        assert_eq!(fault(admin.change_role(&v, Role::Viewer).await.unwrap_err()).code, FaultCode::Forbidden);
        let owner = w.proven(&owner).await.0;
        owner.remove_member(&v).await.unwrap();
        assert!(w.platform.tenant(&v).await.is_err());
        assert!(viewer.check_alive().await.is_err());
        // Ownership leaves one owner.
        assert!(w.platform.tenant(&a).await.unwrap().transfer_ownership(&a).await.is_err());
        owner.transfer_ownership(&a).await.unwrap();
        let now = w.platform.tenant(&a).await.unwrap();
        let roles: Vec<Role> = now.team().await.unwrap().members.iter().map(|m| m.role).collect();
        assert_eq!(roles, [Role::Admin, Role::Owner]);
        w.platform.tenant(&o).await.unwrap().leave().await.unwrap();
        assert!(w.platform.tenant(&o).await.is_err());
    });
}

#[test]
fn the_audit_log_says_who_did_what_and_nobody_changes_it() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await.with_caller(from("192.0.2.1", "Firefox on Linux"));
        let viewer = join(&w, &owner, "viewer@example.com", Role::Viewer).await;
        owner.change_role(&viewer.me().member, Role::Agent).await.unwrap();
        let settings = owner.settings().await.unwrap();
        owner.save_settings(&WorkspaceSettings { name: "Alpha & Co".into(), ..settings.clone() }).await.unwrap();
        assert!(viewer.save_settings(&settings).await.is_err());
        let log = owner.audit_log(&AuditQuery::default(), None, 50).await.unwrap().items;
        let lines: Vec<(&str, &str)> = log.iter().map(|e| (e.action.as_str(), e.target.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("workspace.settings", "name"),
                ("member.role", "viewer@example.com"),
                ("invite.accept", "viewer@example.com"),
                ("invite.send", "viewer@example.com"),
                ("workspace.create", owner.me().workspace.as_str()),
            ]
        );
        assert_eq!((log[1].before.as_deref(), log[1].after.as_deref()), (Some("viewer"), Some("agent")));
        assert_eq!(
            (log[0].address.as_deref(), log[0].request.as_deref(), log[0].actor.as_str()),
            (Some("192.0.2.1"), Some("req-1"), "owner@alpha.test")
        );
        assert_eq!(owner.audit_log(&AuditQuery { search: "ROLE".into(), ..AuditQuery::default() }, None, 50).await.unwrap().items.len(), 1);
        let first = owner.audit_log(&AuditQuery::default(), None, 3).await.unwrap();
        let second = owner.audit_log(&AuditQuery::default(), first.next.as_ref(), 3).await.unwrap();
        assert_eq!((first.items.len(), second.items.len(), second.next.is_some()), (3, 2, false));
        assert_eq!(fault(viewer.audit_log(&AuditQuery::default(), None, 50).await.unwrap_err()).code, FaultCode::Forbidden);
        // Append-only: refused by the database even to the owner.
        let (raw, system) = (RawMember::sign_in(&w.platform, &owner.me().member).await.unwrap(), RawSystem::new(&w.platform));
        let t = &owner.me().workspace;
        for sql in [
            "UPDATE audit SET action = 'nothing'".to_owned(),
            "DELETE audit".to_owned(),
            format!("CREATE audit SET tenant = '{t}', at = time::now(), newest = -1, actor = 'x', action = 'x', target = 'x'"),
        ] {
            drop(raw.run(&sql).await);
        }
        assert_eq!(system.count("SELECT id FROM audit").await, 5);
        assert_eq!(system.count("SELECT id FROM audit WHERE action = 'nothing'").await, 0);
        let (csv, next) = owner.audit_csv(&AuditQuery::default(), None).await.unwrap();
        assert_eq!((String::from_utf8(csv).unwrap().lines().count(), next), (6, None));
    });
}

#[test]
fn a_second_factor_is_asked_for_and_each_code_works_once() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let owner = w.workspace("alpha").await;
        let ip = "192.0.2.9".parse().unwrap();
        let caller = from("192.0.2.9", "Firefox on Linux");
        let sign_in = async || gate.sign_in("owner@alpha.test", "long enough 1", ip, &caller).await.unwrap();
        let required = WorkspaceSettings { require_two_factor: true, ..owner.settings().await.unwrap() };
        let refused = fault(owner.save_settings(&required).await.unwrap_err());
        assert_eq!(refused.field.as_deref(), Some("require_two_factor"), "it would lock oneself out");
        let setup = owner.begin_two_factor().await.unwrap();
        assert!(setup.qr_svg.contains("<svg"));
        assert!(matches!(sign_in().await, FirstFactor::Done(_)), "not on yet");
        let app = authenticator(&setup.secret);
        let now = seconds;
        assert_eq!(fault(owner.confirm_two_factor("000").await.unwrap_err()).field.as_deref(), Some("code"));
        let codes = owner.confirm_two_factor(&app.generate(now() - 30)).await.unwrap();
        assert_eq!(codes.len(), 10);
        let FirstFactor::Code(account) = sign_in().await else { panic!("a code is asked for") };
        let code = app.generate(now());
        let (a, b) = tokio::join!(gate.second_factor(&account, &code, &caller), gate.second_factor(&account, &code, &caller));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "one use: {a:?} {b:?}");
        assert!(gate.second_factor(&account, &format!(" {} ", codes[0].to_uppercase()), &caller).await.is_ok(), "a recovery code, however typed");
        assert!(gate.second_factor(&account, &codes[0], &caller).await.is_err());
        let safety = owner.account_safety("none").await.unwrap();
        assert_eq!((safety.two_factor, safety.recovery_codes_left), (true, 9));
        // Whoever tries codes is slowed down.
        let mut last = None;
        for _ in 0..12 {
            last = gate.second_factor(&account, "12345x", &caller).await.err().map(fault);
        }
        assert_eq!(last.unwrap().code, FaultCode::TooMany);
        // Required: a member without one may do nothing but set it up.
        let bob = join(&w, &owner, "bob@example.com", Role::Admin).await;
        owner.save_settings(&required).await.unwrap();
        let bob = w.platform.tenant(&bob.me().member).await.unwrap();
        assert!(bob.me().must_enrol && bob.check_enrolled().is_err() && owner.check_enrolled().is_ok());
        let owner = w.proven(&owner).await.0;
        assert!(owner.end_two_factor().await.is_err(), "required");
        owner.save_settings(&WorkspaceSettings { require_two_factor: false, ..required.clone() }).await.unwrap();
        owner.end_two_factor().await.unwrap();
        assert!(matches!(sign_in().await, FirstFactor::Done(_)), "off");
    });
}

#[test]
fn a_new_browser_is_told_of_and_tries_are_listed() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let owner = w.workspace("alpha").await;
        let ip = "192.0.2.9".parse().unwrap();
        let sign_in = async |password: &str, device: &str| gate.sign_in("owner@alpha.test", password, ip, &from("192.0.2.9", device)).await;
        let mails = async || {
            let all = w.platform.system().due_system_mail(100).await.unwrap();
            all.into_iter().filter(|m| m.subject.starts_with("A new sign-in")).count()
        };
        sign_in("long enough 1", "Firefox on Linux").await.unwrap();
        assert_eq!(mails().await, 0, "the first is no news");
        sign_in("long enough 1", "Firefox on Linux").await.unwrap();
        assert_eq!(mails().await, 0);
        assert!(sign_in("wrong wrong", "Chrome on Windows").await.is_err());
        assert_eq!(mails().await, 0);
        sign_in("long enough 1", "Chrome on Windows").await.unwrap();
        assert_eq!(mails().await, 1);
        let tries = owner.account_safety("none").await.unwrap().sign_ins;
        let seen: Vec<(bool, &str)> = tries.iter().map(|t| (t.ok, t.device.as_str())).collect();
        let (firefox, chrome) = ("Firefox on Linux", "Chrome on Windows");
        assert_eq!(seen, [(true, chrome), (false, chrome), (true, firefox), (true, firefox)]);
    });
}

#[test]
fn a_password_is_changed_for_another_good_one() {
    run(async {
        let w = World::new().await;
        let owner = w.proven(&w.workspace("alpha").await).await.0;
        let field = |e: Error| fault(e).field.unwrap_or_default();
        assert_eq!(field(owner.change_password("qwertyuiop", "s").await.unwrap_err()), "new_password");
        assert_eq!(field(owner.change_password("long enough 1", "s").await.unwrap_err()), "new_password");
        owner.change_password("a new long one", "s").await.unwrap();
        let gate = w.platform.gate();
        let sign_in = async |p: &str| gate.sign_in("owner@alpha.test", p, "192.0.2.9".parse().unwrap(), &Caller::default()).await;
        assert!(sign_in("long enough 1").await.is_err());
        assert!(sign_in("a new long one").await.is_ok());
    });
}

#[test]
fn no_campaign_leaves_without_a_postal_address() {
    run(async {
        let w = World::new().await;
        let owner = w.workspace("alpha").await;
        let id = owner.create_campaign("News").await.unwrap();
        let has = async || owner.review_campaign(&id).await.unwrap().blockers.iter().any(|b| b.field == "postal_address");
        assert!(has().await);
        let settings = owner.settings().await.unwrap();
        for bad in ["{{ contact.email }}", "a\u{7}b", &"x".repeat(400)] {
            let wrong = WorkspaceSettings { postal_address: bad.into(), ..settings.clone() };
            assert_eq!(fault(owner.save_settings(&wrong).await.unwrap_err()).field.as_deref(), Some("postal_address"), "{bad}");
        }
        let right = WorkspaceSettings { postal_address: " 1 Main St \n\n Springfield ".into(), track_opens: false, ..settings };
        owner.save_settings(&right).await.unwrap();
        assert_eq!(owner.settings().await.unwrap().postal_address, "1 Main St\nSpringfield");
        assert!(!has().await);
        let next = owner.create_campaign("More").await.unwrap();
        let draft = owner.campaign(&next).await.unwrap().draft;
        assert!(!draft.track_opens && draft.track_clicks, "new campaigns begin as the settings say");
    });
}
