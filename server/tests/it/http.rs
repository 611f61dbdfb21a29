//! What stands in front of every handler.

use nexsent::{demo, server::Server};

use crate::world::{free_port, run, sandbox};

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
