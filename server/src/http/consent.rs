//! What strangers reach by a link or on another site: sign-up forms, confirmations, the preference centre, erasures, where they unsubscribe.
//!
//! A GET changes nothing; a POST is a plain form's, and works without JavaScript and without cookies. All of it is said in the language that
//! the workspace has chosen for its recipients; only where a link leads to no workspace, in the browser's.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use nexsent_app::{
    public::{
        Carried, Said, TRAP,
        pages::{self, Logo},
    },
    server_ctx::{ClientIp, Nudge},
};
use nexsent_model::{
    Fault, FaultCode, FormId,
    forms::{PublicForm, Submission, wants_dark_text},
};
use nexsent_platform::{Error, RecipientPage, Signed, Visitor};
use nexsent_texts::{Language, current, t, within};

use super::{Shared, fault::Refusal, logo::png, security::Framable};

type Asked = Query<Vec<(String, String)>>;
type Sent = Form<Vec<(String, String)>>;

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

fn visitor(ip: Option<ClientIp>, headers: &HeaderMap) -> Visitor {
    let agent: String = text(headers, header::USER_AGENT).chars().filter(|c| !c.is_control()).take(300).collect();
    Visitor { address: ip.map(|i| i.0.to_string()), agent: (!agent.is_empty()).then_some(agent) }
}

/// A page without a script. `framable`: other sites may show it in a frame; `leads`: where its form may end up besides here.
fn page(status: StatusCode, html: String, framable: bool, leads: &str) -> Response {
    let ancestors = if framable { "*" } else { "'none'" };
    let policy =
        format!("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{leads}; base-uri 'none'; frame-ancestors {ancestors}");
    let mut res = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    let h = res.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&policy) {
        h.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    // The next page's site does not learn the token; our own forms still say where they come from.
    h.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if framable {
        res.extensions_mut().insert(Framable);
    }
    res
}

fn plain(html: String) -> Response {
    page(StatusCode::OK, html, false, "")
}

/// In which language a page is, and what it shows of its workspace. `link`: what stands in its address.
async fn look(shared: &Shared, of: RecipientPage, link: &str) -> (Language, Option<Logo>) {
    let at = match of {
        RecipientPage::Unsubscribe => "u",
        RecipientPage::Form => "f",
        RecipientPage::OptIn => "c",
        RecipientPage::Preferences => "p",
        RecipientPage::Erasure => "e",
    };
    match shared.services.platform.gate().look(of, link).await {
        Ok(look) => (look.language, look.has_logo.then(|| Logo { src: format!("/{at}/{link}/logo.png"), alt: look.workspace })),
        // What is wrong with the link, the page itself says.
        Err(_) => (current(), None),
    }
}

/// The logo on these pages: who has the link may see it.
pub async fn logo(State(shared): State<Shared>, Path(link): Path<String>, of: RecipientPage) -> Result<Response, Refusal> {
    Ok(png(shared.services.platform.gate().logo_behind(of, &link).await?))
}

fn status(code: FaultCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A refusal as a page for people.
fn refusal(error: Error, title: &str, framable: bool) -> Response {
    let fault = Fault::from(error);
    let text = match fault.code {
        FaultCode::NotFound => t!("recipients-not-there"),
        _ => fault.message,
    };
    page(status(fault.code), pages::message(title, &text, None), framable, "")
}

/// A refusal behind a link of ours.
fn no_link(error: Error) -> Response {
    refusal(error, &t!("recipients-no-link"), false)
}

fn closed(error: Error, framed: bool) -> Response {
    refusal(error, &t!("recipients-form-closed"), framed)
}

fn leads(form: &PublicForm) -> String {
    form.draft.redirect_host().map(|h| format!(" https://{h}")).unwrap_or_default()
}

fn is_framed(query: &[(String, String)]) -> bool {
    query.iter().any(|(k, _)| k == "embed")
}

fn carried(shared: &Shared, form: &PublicForm, framed: bool, on_page: String) -> Carried {
    Carried {
        action: format!("/f/{}{}", form.id, if framed { "?embed" } else { "" }),
        stamp: shared.services.platform.gate().form_stamp(&form.id),
        page: on_page,
        framed,
    }
}

async fn load(shared: &Shared, id: &str) -> Result<PublicForm, Error> {
    let id: FormId = id.parse().map_err(|_| Error::Fault(Fault::not_found("form")))?;
    shared.services.platform.gate().public_form(&id).await
}

/// The form.
pub async fn form(State(shared): State<Shared>, Path(id): Path<String>, Query(query): Asked, headers: HeaderMap) -> Response {
    let framed = is_framed(&query);
    let (language, logo) = look(&shared, RecipientPage::Form, &id).await;
    within(language, async {
        match load(&shared, &id).await {
            Ok(form) => {
                // In a frame, the browser tells which page it is on; on its own page it is that.
                let on = if framed { text(&headers, header::REFERER).to_owned() } else { format!("{}/f/{id}", shared.services.public.base_url) };
                let html = pages::form(&form, &Submission::default(), None, &carried(&shared, &form, framed, on), logo.as_ref());
                page(StatusCode::OK, html, framed, &leads(&form))
            }
            Err(error) => closed(error, framed),
        }
    })
    .await
}

/// The form's own colour.
pub async fn form_style(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    let accent = load(&shared, &id).await.map_or_else(|_| "#4338ca".to_owned(), |f| f.draft.accent);
    let ink = if wants_dark_text(&accent) { "#000000" } else { "#ffffff" };
    let css = format!(".public .primary{{background:{accent};border-color:{accent};color:{ink}}}");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

/// After the form was sent in.
pub async fn form_done(State(shared): State<Shared>, Path(id): Path<String>, Query(query): Asked) -> Response {
    let framed = is_framed(&query);
    let (language, logo) = look(&shared, RecipientPage::Form, &id).await;
    within(language, async {
        match load(&shared, &id).await {
            Ok(form) => page(StatusCode::OK, pages::form_done(&form, logo.as_ref()), framed, ""),
            Err(error) => closed(error, framed),
        }
    })
    .await
}

fn submission(pairs: Vec<(String, String)>) -> Submission {
    let mut s = Submission::default();
    for (name, value) in pairs.into_iter().take(200) {
        match name.as_str() {
            "email" => s.email = value,
            "lists" => s.lists.push(value),
            "consent" => s.consent = !value.is_empty(),
            "stamp" => s.stamp = Some(value),
            "page" => s.page = value,
            TRAP => s.trap = value,
            _ => drop(s.values.insert(name, value)),
        }
    }
    s
}

/// A form sent in, from our page, from a frame, or from another site's plain HTML.
pub async fn submit(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Query(query): Asked,
    ip: Option<axum::Extension<ClientIp>>,
    headers: HeaderMap,
    Form(pairs): Sent,
) -> Response {
    let (language, logo) = look(&shared, RecipientPage::Form, &id).await;
    within(language, take(&shared, &id, is_framed(&query), ip.map(|e| e.0), &headers, submission(pairs), logo)).await
}

async fn take(
    shared: &Shared,
    id: &str,
    framed: bool,
    ip: Option<ClientIp>,
    headers: &HeaderMap,
    mut sent: Submission,
    logo: Option<Logo>,
) -> Response {
    let form = match load(shared, id).await {
        Ok(form) => form,
        Err(error) => return closed(error, framed),
    };
    if let Some(wait) = shared.limits.form(id, ip, sent.stamp.is_some()) {
        let seconds = wait.as_secs() + 1;
        let html = pages::message(&t!("recipients-too-many"), &t!("recipients-too-many-text", seconds = seconds), logo.as_ref());
        let mut res = page(StatusCode::TOO_MANY_REQUESTS, html, framed, "");
        res.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return res;
    }
    if sent.stamp.is_none() {
        let from = [text(headers, header::REFERER), text(headers, header::ORIGIN)].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        from.clone_into(&mut sent.page);
    }
    let again = |fault: Fault, code: StatusCode| {
        let html = pages::form(&form, &sent, Some(&fault), &carried(shared, &form, framed, sent.page.clone()), logo.as_ref());
        page(code, html, framed, &leads(&form))
    };
    match shared.services.platform.gate().sign_up_by_form(&form.id, &sent, &visitor(ip, headers)).await {
        Ok(Signed::Done) => {
            (shared.services.nudge)(Nudge::Consent);
            let done = format!("/f/{}/done{}", form.id, if framed { "?embed" } else { "" });
            // Only ever to the address that stands in the form's settings.
            Redirect::to(if form.draft.redirect.is_empty() { &done } else { &form.draft.redirect }).into_response()
        }
        Ok(Signed::Again) => again(Fault::new(FaultCode::Invalid, t!("recipients-again")), StatusCode::OK),
        Err(Error::Fault(fault)) if fault.field.is_some() => {
            let code = status(fault.code);
            again(fault, code)
        }
        Err(error) => closed(error, framed),
    }
}

/// Where the unsubscribe link leads: a page that asks. A mail provider's one click is [`super::public::unsubscribe`], as is its button.
pub async fn unsubscribe(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    let (language, logo) = look(&shared, RecipientPage::Unsubscribe, &token).await;
    within(language, async {
        match shared.services.platform.gate().unsubscribe_page(&token).await {
            Ok(p) => plain(pages::unsubscribe(&p, &token, logo.as_ref())),
            Err(error) => no_link(error),
        }
    })
    .await
}

/// Behind a confirmation's link: a page that asks.
pub async fn opt_in(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    let (language, logo) = look(&shared, RecipientPage::OptIn, &token).await;
    within(language, async {
        match shared.services.platform.gate().opt_in_page(&token).await {
            Ok(p) => plain(pages::opt_in(&p, &token, logo.as_ref())),
            Err(error) => no_link(error),
        }
    })
    .await
}

/// Its button.
pub async fn confirm(State(shared): State<Shared>, Path(token): Path<String>, ip: Option<axum::Extension<ClientIp>>, headers: HeaderMap) -> Response {
    let (language, logo) = look(&shared, RecipientPage::OptIn, &token).await;
    within(language, async {
        match shared.services.platform.gate().confirm_opt_in(&token, &visitor(ip.map(|e| e.0), &headers)).await {
            Ok(p) => plain(pages::opt_in(&p, &token, logo.as_ref())),
            Err(error) => no_link(error),
        }
    })
    .await
}

/// The preference centre.
pub async fn preferences(State(shared): State<Shared>, Path(token): Path<String>, Query(query): Asked) -> Response {
    let said = query.iter().find_map(|(k, _)| match k.as_str() {
        "saved" => Some(Said::Saved),
        "asked" => Some(Said::EraseAsked),
        _ => None,
    });
    let (language, logo) = look(&shared, RecipientPage::Preferences, &token).await;
    within(language, async {
        match shared.services.platform.gate().preferences(&token).await {
            Ok(p) => plain(pages::preferences(&p, &token, said, logo.as_ref())),
            Err(error) => no_link(error),
        }
    })
    .await
}

fn back(token: &str, done: Result<(), Error>, said: &str) -> Response {
    match done {
        Ok(()) => Redirect::to(&format!("/p/{token}?{said}")).into_response(),
        Err(error) => no_link(error),
    }
}

/// Lists chosen in the preference centre.
pub async fn save_preferences(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    ip: Option<axum::Extension<ClientIp>>,
    headers: HeaderMap,
    Form(pairs): Sent,
) -> Response {
    let chosen: Vec<String> = pairs.into_iter().filter(|(k, _)| k == "lists").map(|(_, v)| v).take(500).collect();
    let (language, _) = look(&shared, RecipientPage::Preferences, &token).await;
    within(language, async {
        let done = shared.services.platform.gate().save_preferences(&token, &chosen, &visitor(ip.map(|e| e.0), &headers)).await;
        back(&token, done, "saved")
    })
    .await
}

/// What the preference centre's other buttons do: no mail, mail again, a file of one's data, their erasure.
pub async fn act(
    State(shared): State<Shared>,
    Path((token, what)): Path<(String, String)>,
    ip: Option<axum::Extension<ClientIp>>,
    headers: HeaderMap,
) -> Response {
    let (language, _) = look(&shared, RecipientPage::Preferences, &token).await;
    within(language, do_it(&shared, &token, &what, &visitor(ip.map(|e| e.0), &headers))).await
}

async fn do_it(shared: &Shared, token: &str, what: &str, who: &Visitor) -> Response {
    let gate = shared.services.platform.gate();
    match what {
        "unsubscribe" => back(token, gate.stop_mail(token, true, who).await, "saved"),
        "return" => back(token, gate.stop_mail(token, false, who).await, "saved"),
        "erase" => {
            let done = gate.ask_erasure(token).await;
            (shared.services.nudge)(Nudge::Consent);
            back(token, done, "asked")
        }
        "export" => match gate.export_person(token).await {
            Ok(data) => {
                let body = serde_json::to_string_pretty(&data).unwrap_or_default();
                let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")];
                (headers, body).into_response()
            }
            Err(error) => no_link(error),
        },
        _ => Refusal(Fault::not_found("page")).into_response(),
    }
}

/// Behind an erasure's link: a page that asks.
pub async fn erase_page(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    let (language, logo) = look(&shared, RecipientPage::Erasure, &token).await;
    within(language, async {
        match shared.services.platform.gate().erase_page(&token).await {
            Ok(p) => plain(pages::erase(&p, &token, logo.as_ref())),
            Err(error) => no_link(error),
        }
    })
    .await
}

/// Its button.
pub async fn erase(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    let (language, logo) = look(&shared, RecipientPage::Erasure, &token).await;
    within(language, async {
        match shared.services.platform.gate().erase(&token).await {
            Ok(p) => {
                (shared.services.nudge)(Nudge::Consent);
                plain(pages::erase(&p, &token, logo.as_ref()))
            }
            Err(error) => no_link(error),
        }
    })
    .await
}
