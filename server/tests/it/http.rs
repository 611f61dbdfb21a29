//! What stands in front of every handler.

use std::time::Instant;

use nexsent::{demo, server::Server};
use nexsent_model::accounts::SignUp;

use crate::world::{free_port, run, sandbox};

/// Signs the first owner in, and gives the session's cookie as it was set.
pub async fn signed_in(server: &Server, base: &str, client: &reqwest::Client) -> String {
    let gate = server.platform.gate();
    let token = gate.create_setup_token().await.unwrap();
    let form = SignUp { name: "Owner".into(), workspace: "Acme".into(), email: "owner@acme.example".into(), password: "long enough 1".into() };
    gate.complete_setup(&token, &form).await.unwrap();
    let answer = client
        .post(format!("{base}/api/sign_in"))
        .header("sec-fetch-site", "same-origin")
        .form(&[("email", "owner@acme.example"), ("password", "long enough 1")])
        .send()
        .await
        .unwrap();
    answer.headers()["set-cookie"].to_str().unwrap().to_owned()
}

#[test]
fn an_instance_behind_https() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let listen = free_port();
        let more = [("NEXSENT_HTTP_BASE_URL", "https://mail.example.com"), ("NEXSENT_LOG_LEVEL", "error")];
        let server = Server::start(demo::config(&sandbox, dir.path(), listen, &more).unwrap()).await.unwrap();
        let base = format!("http://{listen}");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        // Browsers are told to come by https alone, and whom to tell of a hole.
        let answer = client.get(format!("{base}/.well-known/security.txt")).send().await.unwrap();
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
        assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
        assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        let text = answer.text().await.unwrap();
        let field = |name: &str| text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("{name} in {text}")).to_owned();
        assert_eq!(field("Contact: "), "mailto:security@mail.example.com");
        assert_eq!(field("Canonical: "), "https://mail.example.com/.well-known/security.txt");
        assert_eq!(field("Policy: "), "https://mail.example.com/security");
        let expires: chrono::DateTime<chrono::Utc> = field("Expires: ").parse().unwrap();
        let days = (expires - chrono::Utc::now()).num_days();
        assert!((90..365).contains(&days), "{days}");
        // The session's cookie travels by https alone, and no script reads it; the database knows it by its hash.
        let cookie = signed_in(&server, &base, &client).await;
        for flag in ["HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(cookie.contains(flag), "{flag} in {cookie}");
        }
        let value = cookie.split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
        let kept = nexsent_platform::testing::RawSystem::new(&server.platform).dump("session").await;
        assert!(kept.contains("owner") || kept.contains("member"), "{kept}");
        assert!(!kept.contains(&value), "the session's name is kept as it is");
        server.stop().await;
        sandbox.stop().await;
    });
}

#[test]
fn a_member_who_asks_too_often_waits() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let cookie = signed_in(&server, &base, &client).await.split(';').next().unwrap().to_owned();
        // 600 at once and 100 a second are let through: a burst that is larger meets the limit, whatever the machine's speed.
        let began = Instant::now();
        let mut refused = None;
        while refused.is_none() && began.elapsed().as_secs() < 20 {
            let some = (0..100).map(|_| client.get(format!("{base}/export/nothing.csv")).header("cookie", &cookie).send());
            refused = futures::future::join_all(some).await.into_iter().flatten().find(|a| a.status() == 429);
        }
        let refused = refused.expect("the limit is reached");
        assert!(refused.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
        let fault: nexsent_model::Fault = refused.json().await.unwrap();
        assert_eq!(fault.code, nexsent_model::FaultCode::TooMany);
        // Somebody else at the same address is not held up.
        assert_eq!(client.get(format!("{base}/healthz")).send().await.unwrap().status(), 200);
        server.stop().await;
        sandbox.stop().await;
    });
}

#[test]
fn limits_refusals_and_figures() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let metrics = free_port();
        let metrics_text = metrics.to_string();
        let more = [("NEXSENT_HTTP_METRICS_LISTEN", metrics_text.as_str()), ("NEXSENT_LOG_LEVEL", "error")];
        let config = demo::config(&sandbox, dir.path(), free_port(), &more).unwrap();
        let server = Server::start(config).await.unwrap();
        let base = server.base_url.clone();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let post = |path: &str| client.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin");

        // A stranger: every function of a workspace refuses, and so do files in and out.
        for path in ["/api/domains", "/api/lists", "/api/overview", "/upload/import"] {
            assert_eq!(post(path).send().await.unwrap().status(), 401, "{path}");
        }
        for path in ["/export/contacts.csv", "/live"] {
            let refused = client.get(format!("{base}{path}")).send().await.unwrap().status().as_u16();
            assert!((400..500).contains(&refused), "{path}: {refused}");
        }
        // Another site's page is refused; a mail provider's one-click POST is not: only its token counts.
        let cross = client.post(format!("{base}/api/sign_in")).header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_eq!(cross.status(), 403);
        let one_click = client.post(format!("{base}/u/nonsense")).body("List-Unsubscribe=One-Click").send().await.unwrap();
        assert_eq!(one_click.status(), 404);
        // Bodies have a bound. The server may answer and close while the rest is still being sent: that is a refusal, too.
        let huge = post("/api/sign_in").body("x".repeat(5 << 20)).send().await;
        assert!(!huge.is_ok_and(|answer| answer.status().is_success()));
        // Trying passwords is slowed down per address, with word of when to come back.
        let mut slowed = None;
        for _ in 0..60 {
            let answer = post("/api/sign_in").form(&[("email", "a@example.com"), ("password", "wrong wrong")]).send().await.unwrap();
            if answer.status() == 429 {
                slowed = Some(answer);
                break;
            }
        }
        let slowed = slowed.expect("the limit is reached");
        assert!(slowed.headers().contains_key("x-request-id"));
        // Figures are on their own listener, not on the public one.
        let text = reqwest::get(format!("http://{metrics}/metrics")).await.unwrap().text().await.unwrap();
        assert!(text.lines().any(|l| l == "nexsent_up 1"), "{text}");
        assert_eq!(client.get(format!("{base}/metrics")).send().await.unwrap().status(), 404);
        assert_eq!(client.get(format!("{base}/readyz")).send().await.unwrap().status(), 200);
        server.stop().await;
        sandbox.stop().await;
    });
}
