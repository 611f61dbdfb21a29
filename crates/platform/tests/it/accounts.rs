//! Getting in, and not getting in.

use std::net::{IpAddr, Ipv4Addr};

use nexsent_model::{Fault, FaultCode, accounts::SignUp};
use nexsent_platform::{Caller, Error, FirstFactor, GateDb, Platform, SignedIn};

use crate::world::{World, config, run};

const IP: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

async fn sign_in(gate: &GateDb, email: &str, password: &str, ip: IpAddr) -> Result<SignedIn, Error> {
    match gate.sign_in(email, password, ip, &Caller::default()).await? {
        FirstFactor::Done(who) => Ok(who),
        FirstFactor::Code(_) | FirstFactor::Nowhere(_) => panic!("no second factor was set up"),
    }
}

fn fault(e: Error) -> Fault {
    e.into()
}

#[test]
fn the_first_owner_comes_by_the_set_up_link_once() {
    run(async {
        let w = World::new().await;
        let gate = w.platform.gate();
        let form = SignUp { name: "Ann".into(), workspace: "Acme".into(), email: "Ann@Acme.test".into(), password: "long enough 1".into() };
        let token = gate.create_setup_token().await.unwrap();
        assert_eq!(fault(gate.complete_setup("wrong", &form).await.unwrap_err()).field.as_deref(), Some("token"));
        let short = SignUp { password: "short".into(), ..form.clone() };
        assert_eq!(fault(gate.complete_setup(&token, &short).await.unwrap_err()).field.as_deref(), Some("password"));
        // Two at once: one of them.
        let (a, b) = tokio::join!(gate.complete_setup(&token, &form), gate.complete_setup(&token, &form));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        assert!(gate.complete_setup(&token, &form).await.is_err());
        let me = w.platform.tenant(&sign_in(&gate, "ann@acme.test", "long enough 1", IP).await.unwrap().member).await.unwrap();
        assert_eq!((me.me().workspace_name.as_str(), me.me().role.as_str(), me.me().email_confirmed), ("Acme", "owner", true));
    });
}

#[test]
fn an_address_is_confirmed_before_anybody_gets_in() {
    run(async {
        let w = World::new().await;
        w.workspace("first").await;
        let gate = w.platform.gate();
        let form = SignUp { name: "Bob".into(), workspace: "Bobs".into(), email: "bob@example.com".into(), password: "long enough 1".into() };
        gate.sign_up(&form).await.unwrap();
        let token = w.mail_token("bob@example.com").await;
        assert_eq!(fault(sign_in(&gate, "bob@example.com", "long enough 1", IP).await.unwrap_err()).field.as_deref(), Some("email"));
        let spare = w.mail_token("bob@example.com").await;
        assert!(gate.confirm_email("nonsense").await.is_err());
        assert!(gate.reset_password(&token, "long enough 2", &Caller::default()).await.is_err(), "a token is for its purpose alone");
        gate.confirm_email(&token).await.unwrap();
        assert!(gate.confirm_email(&token).await.is_err(), "it works once");
        assert!(gate.confirm_email(&spare).await.is_err(), "one left over does not stand in for the password");
        assert!(sign_in(&gate, "bob@example.com", "long enough 1", IP).await.is_ok());
        // Again with the same address: the same answer, and a mail that says so.
        gate.sign_up(&form).await.unwrap();
        let mails = w.platform.system().due_system_mail(10).await.unwrap();
        assert!(mails.iter().any(|m| m.to == "bob@example.com" && m.subject.contains("already")));
    });
}

#[test]
fn a_forgotten_password_is_set_anew_once() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let gate = w.platform.gate();
        gate.request_reset("nobody@example.com").await.unwrap();
        assert!(w.platform.system().due_system_mail(10).await.unwrap().is_empty());
        gate.request_reset(&t.me().email).await.unwrap();
        let token = w.mail_token(&t.me().email).await;
        assert_eq!(fault(gate.reset_password(&token, "short", &Caller::default()).await.unwrap_err()).field.as_deref(), Some("password"));
        gate.reset_password(&token, "another long one", &Caller::default()).await.unwrap();
        assert!(gate.reset_password(&token, "another long two", &Caller::default()).await.is_err());
        assert!(sign_in(&gate, &t.me().email, "long enough 1", IP).await.is_err());
        assert!(sign_in(&gate, &t.me().email, "another long one", IP).await.is_ok());
    });
}

#[test]
fn trying_passwords_is_slowed_down_for_that_caller_alone() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let gate = w.platform.gate();
        for _ in 0..8 {
            assert_eq!(fault(sign_in(&gate, &t.me().email, "wrong wrong", IP).await.unwrap_err()).field.as_deref(), Some("password"));
        }
        assert_eq!(fault(sign_in(&gate, &t.me().email, "long enough 1", IP).await.unwrap_err()).code, FaultCode::TooMany);
        assert!(sign_in(&gate, &t.me().email, "long enough 1", "192.0.2.7".parse().unwrap()).await.is_ok(), "its owner is not locked out");
    });
}

#[test]
fn migrations_run_from_empty_and_again_and_notice_another_key() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("surrealkv://{}", dir.path().join("db").display());
        Platform::open(config(&url, dir.path())).await.unwrap().close().await;
        let again = Platform::open(config(&url, dir.path())).await.unwrap();
        assert!(again.gate().is_fresh().await.unwrap());
        again.close().await;
        let mut other = config(&url, dir.path());
        other.master_key = nexsent_platform::secrets::MasterKey::from_bytes(&[8; 32]).unwrap();
        assert!(Platform::open(other).await.is_err());
    });
}
