//! The workspace over HTTP: its logo, whatever is sent as one, and the host that is its recipients' alone.

use nexsent::{demo, server::Server};
use nexsent_model::{Fault, FaultCode, accounts::SignUp};
use nexsent_platform::testing::RawSystem;
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};

use crate::{
    http::signed_in,
    world::{free_port, run, sandbox},
};

/// A picture of two pixels.
const PICTURE: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x01\x08\x00\x00\x00\x00\xd1\x49\x20\x56\x00\x00\x00\x0b\x49\x44\x41\x54\x78\xda\x63\xf8\xcf\x00\x00\x02\x01\x01\x00\xa1\x1e\x5c\x75\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";
/// A picture that says it has 60,000 pixels a side.
const BOMB: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\xea\x60\x00\x00\xea\x60\x08\x00\x00\x00\x00\xa5\xb9\x2a\x9e\x00\x00\x00\x11\x49\x44\x41\x54\x78\xda\x63\x60\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\x03\xe8\x00\x01\xce\x49\x4c\x58\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn cookie(set: &str) -> String {
    set.split(';').next().unwrap().to_owned()
}

#[test]
fn a_logo_is_decoded_or_refused() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let owner = cookie(&signed_in(&server, &base, &client).await);
        let upload = |cookie: &str, body: Vec<u8>| -> RequestBuilder {
            client
                .post(format!("{base}/upload/logo"))
                .header("sec-fetch-site", "same-origin")
                .header("cookie", cookie)
                .header("content-type", "image/png")
                .body(body)
        };
        let logo = |cookie: &str| client.get(format!("{base}/logo")).header("cookie", cookie).send();
        assert_eq!(upload("", PICTURE.to_vec()).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        let svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
        for bad in [Vec::new(), b"hello".to_vec(), svg, BOMB.to_vec(), PICTURE[..40].to_vec(), vec![0; 900 * 1024]] {
            let answer = upload(&owner, bad).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
            assert_eq!(answer.json::<Fault>().await.unwrap().field.as_deref(), Some("logo"));
        }
        // The server may answer and close while the rest is still being sent: that is a refusal, too.
        let huge = upload(&owner, vec![0; 3 << 20]).send().await;
        assert!(huge.is_err() || huge.unwrap().status() == StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(logo(&owner).await.unwrap().status(), StatusCode::NOT_FOUND, "nothing of that was kept");
        assert_eq!(upload(&owner, PICTURE.to_vec()).send().await.unwrap().status(), StatusCode::OK);
        let shown = logo(&owner).await.unwrap();
        assert_eq!(
            (shown.headers()["content-type"].to_str().unwrap(), shown.headers()["x-content-type-options"].to_str().unwrap()),
            ("image/png", "nosniff")
        );
        assert!(shown.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        assert!(shown.bytes().await.unwrap().starts_with(b"\x89PNG"));
        // A stranger and another workspace do not see it.
        assert_eq!(client.get(format!("{base}/logo")).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        assert_eq!(client.get(format!("{base}/u/nonsense/logo.png")).send().await.unwrap().status(), StatusCode::NOT_FOUND);
        let gate = server.platform.gate();
        let form = SignUp { name: "Eve".into(), workspace: "Evil".into(), email: "eve@evil.example".into(), password: "long enough 1".into() };
        gate.sign_up(&form).await.unwrap();
        RawSystem::new(&server.platform).run("UPDATE account SET confirmed_at = time::now()").await.unwrap();
        let answer = client
            .post(format!("{base}/api/sign_in"))
            .header("sec-fetch-site", "same-origin")
            .form(&[("email", "eve@evil.example"), ("password", "long enough 1")])
            .send()
            .await
            .unwrap();
        let eve = cookie(answer.headers()["set-cookie"].to_str().unwrap());
        assert_eq!(logo(&eve).await.unwrap().status(), StatusCode::NOT_FOUND);
        // What is carried out as a file is in the log, with where from.
        let csv = client.get(format!("{base}/export/contacts.csv")).header("cookie", &owner).send().await.unwrap();
        assert_eq!(csv.status(), StatusCode::OK);
        let log = client.get(format!("{base}/export/audit.csv?what=export")).header("cookie", &owner).send().await.unwrap().text().await.unwrap();
        assert_eq!(log.lines().count(), 2, "{log}");
        assert!(log.contains("export.contacts") && log.contains("127.0.0.1"), "{log}");
        // A proof is needed over HTTP, too, and says so by a code of its own.
        let refused = client
            .post(format!("{base}/api/end_two_factor"))
            .header("sec-fetch-site", "same-origin")
            .header("cookie", &owner)
            .header("accept", "application/json")
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(refused.text().await.unwrap().contains("proof_needed"));
        drop(gate);
        server.stop().await;
        sandbox.stop().await;
    });
}

#[test]
fn a_tracking_host_answers_to_recipients_alone() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let owner = cookie(&signed_in(&server, &base, &client).await);
        let state = "CREATE tracking_state:['w', 'click.acme.example'] SET tenant = 'w', host = 'click.acme.example', status = 'drifted', checked_at = time::now(), verified_at = time::now()";
        RawSystem::new(&server.platform).run(state).await.unwrap();
        let status = async |host: &str, path: &str| {
            client.get(format!("{base}{path}")).header("host", host).header("cookie", &owner).send().await.unwrap().status().as_u16()
        };
        for host in ["click.acme.example", "CLICK.acme.example:8080"] {
            for path in [
                "/",
                "/sign-in",
                "/dashboard",
                "/settings",
                "/logo",
                "/api/me",
                "/live",
                "/export/contacts.csv",
                "/healthz",
                "/readyz",
                "/.well-known/security.txt",
                "/preview/x",
                "/u",
                "//u/x",
            ] {
                assert_eq!(status(host, path).await, 404, "{host}{path}");
            }
            assert_eq!(status(host, "/t/o/x").await, 200, "the pixel");
            assert_eq!(status(host, "/favicon.svg").await, status("127.0.0.1", "/favicon.svg").await);
            let post = client.post(format!("{base}/api/sign_in")).header("host", host).header("sec-fetch-site", "same-origin").send().await.unwrap();
            assert_eq!(post.status(), 404);
            let fault: Fault = client.post(format!("{base}/u/x")).header("host", host).send().await.unwrap().json().await.unwrap();
            assert_eq!((fault.code, fault.message.as_str()), (FaultCode::NotFound, "There is no such link."));
        }
        assert_eq!(status("127.0.0.1", "/sign-in").await, 200);
        assert_eq!(status("somebody.example", "/healthz").await, 200, "a name that no workspace has");
        server.stop().await;
        sandbox.stop().await;
    });
}
