//! In which language the product answers: the browser's, the one chosen at the foot of a page, the one an account keeps.

use nexsent::{demo, server::Server};
use nexsent_app::server_ctx::LANGUAGE_COOKIE;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect::Policy};

use crate::{
    http::signed_in,
    world::{free_port, run, sandbox},
};

/// The line of an answer that sets the language, where there is one.
fn language_of(answer: &Response) -> Option<String> {
    let lines = answer.headers().get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    lines.filter(|l| l.starts_with(LANGUAGE_COOKIE)).map(str::to_owned).next()
}

fn session_of(answer: &Response) -> String {
    let lines = answer.headers().get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
    lines.filter(|l| l.starts_with("nexsent=")).map(|l| l.split(';').next().unwrap().to_owned()).next().unwrap()
}

const SPANISH: &str = "nexsent_language=es; Path=/; Max-Age=31536000; SameSite=Lax";

#[test]
fn a_stranger_reads_what_the_browser_asks_for_or_what_was_chosen() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let page = async |headers: &[(&str, &str)]| {
            let asked = headers.iter().fold(client.get(format!("{base}/sign-in?invite=x")), |r: RequestBuilder, (k, v)| r.header(*k, *v));
            asked.send().await.unwrap().text().await.unwrap()
        };
        let (english, spanish) = ("<h1>Sign in<", "<h1>Iniciar sesión<");
        for (headers, lang, heading) in [
            (vec![], "en", english),
            (vec![("accept-language", "es-MX,es;q=0.9")], "es", spanish),
            (vec![("accept-language", "en"), ("cookie", "nexsent_language=es")], "es", spanish),
            (vec![("accept-language", "es"), ("cookie", "nexsent_language=en")], "en", english),
        ] {
            let html = page(&headers).await;
            assert!(html.contains(&format!("<html lang=\"{lang}\"")) && html.contains(heading), "{headers:?}: {html}");
            assert!(html.contains(&format!("texts-{lang}.ftl")), "the browser loads the same");
        }
        // The switch at the foot: a form that says where it is.
        let html = page(&[]).await;
        assert!(html.contains("action=\"/language\"") && html.contains("value=\"/sign-in?invite=x\""), "{html}");
        let choose = async |to: &str, back: &str| {
            let form = [("to", to), ("back", back)];
            client.post(format!("{base}/language")).header("sec-fetch-site", "same-origin").form(&form).send().await.unwrap()
        };
        for (back, place) in
            [("/sign-in?invite=x", "/sign-in?invite=x"), ("//evil.example/", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/")]
        {
            let answer = choose("es", back).await;
            assert_eq!((answer.status(), answer.headers()["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, place));
            assert_eq!(language_of(&answer).as_deref(), Some(SPANISH));
        }
        for unknown in ["tlh", "ar-XB", ""] {
            assert_eq!(language_of(&choose(unknown, "/sign-up").await), None, "{unknown}");
        }
        // To look at a page changes nothing, and another site changes nothing either.
        assert_eq!(client.get(format!("{base}/language?to=es")).send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
        let other = client.post(format!("{base}/language")).header("sec-fetch-site", "cross-site").form(&[("to", "es")]).send().await.unwrap();
        assert_eq!((other.status(), language_of(&other)), (StatusCode::FORBIDDEN, None));
        server.stop().await;
        sandbox.stop().await;
    });
}

#[test]
fn an_accounts_choice_is_kept_and_comes_along_when_it_signs_in() {
    run(async {
        let sandbox = sandbox().await;
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(demo::config(&sandbox, dir.path(), free_port(), &[("NEXSENT_LOG_LEVEL", "error")]).unwrap()).await.unwrap();
        let base = server.base_url.clone();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let owner = signed_in(&server, &base, &client).await.split(';').next().unwrap().to_owned();
        let post = |path: &str| client.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin");
        let choose = async |form: &[(&str, &str)]| post("/api/choose_language").header("cookie", &owner).form(form).send().await.unwrap();
        let chosen = async || post("/api/language").header("cookie", &owner).send().await.unwrap().text().await.unwrap();
        let again = async |accept: &str, cookie: &str| {
            let form = [("email", "owner@acme.example"), ("password", "long enough 1")];
            post("/api/sign_in").header("accept", accept).header("cookie", cookie).form(&form).send().await.unwrap()
        };
        assert_eq!(chosen().await, "null", "nothing is chosen at first");
        assert_eq!(language_of(&again("application/json", "").await), None, "and nothing is said of it");
        let answer = choose(&[("language", "es")]).await;
        assert_eq!((answer.status(), language_of(&answer).as_deref()), (StatusCode::OK, Some(SPANISH)));
        assert_eq!(chosen().await, "\"es\"");
        // Another browser, in English: its running page is told to come anew.
        let elsewhere = again("application/json", "nexsent_language=en").await;
        assert_eq!(language_of(&elsewhere).as_deref(), Some(SPANISH));
        assert!(!elsewhere.headers().contains_key("serverfnredirect"));
        let cookies = format!("{}; nexsent_language=es", session_of(&elsewhere));
        assert_eq!(elsewhere.text().await.unwrap(), "\"/dashboard\"");
        let html = client.get(format!("{base}/settings/account")).header("cookie", &cookies).send().await.unwrap().text().await.unwrap();
        assert!(html.contains("<html lang=\"es\"") && html.contains("Su cuenta") && html.contains("Propietario"), "{html}");
        // A page that speaks it already goes on as it is; a plain form is led on by the server.
        let same = again("application/json", "nexsent_language=es").await;
        assert!(same.headers().contains_key("serverfnredirect"));
        assert_eq!((language_of(&same).as_deref(), same.text().await.unwrap().as_str()), (Some(SPANISH), "null"));
        let plain = again("text/html", "").await;
        assert_eq!((plain.status(), plain.headers()["location"].to_str().unwrap()), (StatusCode::FOUND, "/dashboard"));
        assert_eq!(language_of(&plain).as_deref(), Some(SPANISH));
        // What is not offered is not kept; the browser's takes the choice away.
        assert_eq!(choose(&[("language", "pseudo")]).await.status(), StatusCode::BAD_REQUEST);
        assert_eq!(chosen().await, "\"es\"");
        let answer = choose(&[]).await;
        assert_eq!(language_of(&answer).as_deref(), Some("nexsent_language=; Path=/; Max-Age=0; SameSite=Lax"));
        assert_eq!(chosen().await, "null");
        assert_eq!(post("/api/choose_language").form(&[("language", "es")]).send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
        server.stop().await;
        sandbox.stop().await;
    });
}
