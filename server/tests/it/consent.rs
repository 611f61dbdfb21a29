//! Forms, confirmations and preferences over HTTP: by strangers, without cookies, from other sites.

use nexsent::{demo, server::Server};
use nexsent_model::{accounts::SignUp, forms::FormDraft};
use nexsent_platform::TenantDb;

use crate::world::{free_port, run, sandbox};

async fn workspace(server: &Server) -> TenantDb {
    let gate = server.platform.gate();
    let token = gate.create_setup_token().await.unwrap();
    let form = SignUp { name: "Owner".into(), workspace: "Acme".into(), email: "owner@acme.example".into(), password: "long enough 1".into() };
    let made = gate.complete_setup(&token, &form).await.unwrap();
    server.platform.tenant(&made.member).await.unwrap()
}

#[test]
fn a_form_on_another_site() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let t = workspace(&server).await;
        let list = t.create_list("News", "").await.unwrap();
        let form = t.create_form("On the site", &list).await.unwrap();
        let url = format!("{base}/f/{form}");
        let abroad = |email: &str| {
            client
                .post(&url)
                .header("origin", "https://shop.example")
                .header("sec-fetch-site", "cross-site")
                .form(&[("email", email), ("consent", "yes")])
        };

        // The page: no script, no frame; what is for frames says so, and only that.
        let page = client.get(&url).send().await.unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
        assert_eq!(page.headers()["x-frame-options"], "DENY");
        assert!(!page.text().await.unwrap().contains("<script"));
        let framed = client.get(format!("{url}?embed")).header("referer", "https://shop.example/news").send().await.unwrap();
        assert!(framed.headers()["content-security-policy"].to_str().unwrap().contains("frame-ancestors *"));
        assert!(!framed.headers().contains_key("x-frame-options"));
        assert!(framed.text().await.unwrap().contains("value=\"https://shop.example/news\""));
        let css = client.get(format!("{url}/style.css")).send().await.unwrap().text().await.unwrap();
        assert!(css.contains("#4338ca") && css.contains("#ffffff"), "{css}");

        // Another site's plain HTML posts, without a cookie: taken, once, whoever sends it again.
        for _ in 0..2 {
            let answer = abroad("ann@example.com").send().await.unwrap();
            assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (303, format!("/f/{form}/done").as_str()));
            assert!(!answer.headers().contains_key("set-cookie"));
        }
        assert!(client.get(format!("{url}/done")).send().await.unwrap().text().await.unwrap().contains("You are on the list"));
        let page = t.contacts(&nexsent_model::contacts::ContactQuery::default()).await.unwrap();
        assert_eq!((page.total, page.items[0].email.as_str()), (Some(1), "ann@example.com"));
        let proof = t.consents(page.items[0].id).await.unwrap()[1].proof.clone();
        assert_eq!((proof.page.as_str(), proof.address.as_deref()), ("https://shop.example", Some("127.0.0.1")));
        // Everything else of another site is still refused.
        let other = client.post(format!("{base}/api/forms")).header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_eq!(other.status(), 403);

        // The same answer for a machine; what is wrong is said beside the field, and what was typed is still there.
        let trapped = client.post(&url).form(&[("email", "bot@example.com"), ("consent", "yes"), ("website", "x")]).send().await.unwrap();
        assert_eq!(trapped.headers()["location"].to_str().unwrap(), format!("/f/{form}/done"));
        let wrong = client.post(&url).form(&[("email", "<b>no"), ("consent", "yes")]).send().await.unwrap();
        assert_eq!(wrong.status(), 400);
        let text = wrong.text().await.unwrap();
        assert!(text.contains("This address has no @.") && text.contains("value=\"&lt;b&gt;no\""), "{text}");
        assert_eq!(t.form(&form).await.unwrap().figures.trapped, 1);

        // A redirect leads to the address in the settings, whatever is asked for.
        let draft = FormDraft { redirect: "https://example.com/thanks".into(), ..t.form(&form).await.unwrap().draft };
        t.save_form(&form, &draft).await.unwrap();
        let answer = client
            .post(format!("{url}?redirect=https://evil.example"))
            .form(&[("email", "ben@example.com"), ("consent", "yes"), ("redirect", "https://evil.example"), ("success", "https://evil.example")])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["location"], "https://example.com/thanks");
        let page = client.get(&url).send().await.unwrap();
        assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("form-action 'self' https://example.com;"));
        assert!(page.text().await.unwrap().contains("Afterwards you go on to example.com."));

        // Too many from one address: told when to come back. (Six a minute from plain HTML; five are gone.)
        let mut slowed = None;
        for n in 0..8 {
            let answer = abroad(&format!("many{n}@example.com")).send().await.unwrap();
            if answer.status() == 429 {
                slowed = Some(answer);
                break;
            }
        }
        assert!(slowed.expect("the limit is reached").headers().contains_key("retry-after"));
        assert!(t.contacts(&nexsent_model::contacts::ContactQuery::default()).await.unwrap().total < Some(10));

        // A form that is gone answers politely; links that are not ours too.
        t.delete_form(&form).await.unwrap();
        let gone = client.get(format!("{url}?embed")).send().await.unwrap();
        assert_eq!(gone.status(), 404);
        assert!(gone.text().await.unwrap().contains("This form is closed"));
        for path in ["/f/nonsense", "/c/nonsense", "/p/nonsense", "/e/nonsense"] {
            let answer = client.get(format!("{base}{path}")).send().await.unwrap();
            assert_eq!(answer.status(), 404, "{path}");
            assert!(answer.text().await.unwrap().contains("<h1>"), "{path}");
            let posted = client.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin").form(&[("a", "b")]).send().await.unwrap();
            assert_eq!(posted.status(), 404, "{path}");
        }
        server.stop().await;
        sandbox.stop().await;
    });
}
