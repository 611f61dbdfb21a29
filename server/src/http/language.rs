//! In which language a request is answered: the one that was chosen, or else the browser's.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use nexsent_app::server_ctx::LANGUAGE_COOKIE;
use nexsent_texts::{Language, within};

fn chosen(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|one| one.trim().strip_prefix(LANGUAGE_COOKIE)?.strip_prefix('=')?.parse().ok())
}

fn wanted(headers: &HeaderMap) -> Language {
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

#[cfg(test)]
mod tests {
    use super::*;

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
