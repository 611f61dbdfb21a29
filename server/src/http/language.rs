//! In which language a request is answered: the one that was chosen, or else the browser's.

use axum::{
    Form,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use nexsent_app::server_ctx::{LANGUAGE_COOKIE, language_cookie};
use nexsent_texts::{Language, within};
use serde::Deserialize;

use super::Shared;

fn chosen(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|one| one.trim().strip_prefix(LANGUAGE_COOKIE)?.strip_prefix('=')?.parse().ok())
}

/// For what stands in front of [`answer`], too.
pub(super) fn wanted(headers: &HeaderMap) -> Language {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Language::accepted);
    chosen(headers).or_else(accepted).unwrap_or_default()
}

/// Answers in it, and says so to whoever keeps answers.
pub async fn answer(mut req: Request, next: Next) -> Response {
    let language = wanted(req.headers());
    req.extensions_mut().insert(language);
    let mut res = within(language, next.run(req)).await;
    res.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    res
}

/// What the switch at the foot of a page sends.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    to: String,
    /// Where it was.
    #[serde(default)]
    back: String,
}

/// A place of this server, and nothing that a browser could take for another one's; the start where it is none.
fn local(back: &str) -> &str {
    let is_path = back.starts_with('/') && !back.starts_with("//");
    if is_path && back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') { back } else { "/" }
}

/// Keeps the choice of somebody who is not signed in, and goes back.
pub async fn choose(State(shared): State<Shared>, Form(choice): Form<Choice>) -> Response {
    let mut res = Redirect::to(local(&choice.back)).into_response();
    let offered = Language::ALL.into_iter().find(|l| l.as_str() == choice.to);
    if let Some(language) = offered
        && let Ok(line) = HeaderValue::from_str(&language_cookie(Some(language), shared.config.http.is_https()))
    {
        res.headers_mut().append(header::SET_COOKIE, line);
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_is_on_this_server() {
        for fine in ["/", "/sign-in", "/sign-in?invite=a%20b&x=1"] {
            assert_eq!(local(fine), fine);
        }
        for other in [
            "",
            "sign-in",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/a\r\nx: y",
            "/ñ",
        ] {
            assert_eq!(local(other), "/", "{other:?}");
        }
    }

    #[test]
    fn a_choice_counts_more_than_the_browsers_languages() {
        let of = |cookie: &'static str, accept: &'static str| {
            let mut h = HeaderMap::new();
            h.insert(header::COOKIE, HeaderValue::from_static(cookie));
            h.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            wanted(&h)
        };
        assert_eq!(of("", "es-AR, en;q=0.5"), Language::Es);
        assert_eq!(of("nexsent=x; nexsent_language=en", "es"), Language::En);
        assert_eq!(of("nexsent_language=tlh", "es"), Language::Es, "what does not exist is not chosen");
        assert_eq!(of("nexsent_language=ar-XB", "es"), Language::Pseudo, "for tests");
        assert_eq!(wanted(&HeaderMap::new()), Language::En);
    }
}
