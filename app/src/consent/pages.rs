//! Each page as a whole document, in the language of whoever renders it: [`nexsent_texts::within`] that of the workspace.

use leptos::prelude::*;
use nexsent_model::{
    Fault,
    consent::{ErasePage, LinkState, OptInPage, Preferences},
    forms::{PublicForm, Submission},
};
use nexsent_texts::{current, t};

pub use crate::unsubscribe::page as unsubscribe;
use crate::{
    forms::body::{Carried, body},
    rich,
};

/// The workspace's logo, where it has one.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its address: whoever has the page's link may see it.
    pub src: String,
    /// The workspace's name.
    pub alt: String,
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A document without a script; it follows the system's theme. `class`: that of its content.
pub(crate) fn document(class: &str, title: &str, style: Option<&str>, logo: Option<&Logo>, content: AnyView) -> String {
    let content = move || {
        let logo = logo.map(|l| view! { <img class="logo" src=l.src.clone() alt=l.alt.clone() /> });
        view! { <div class="recipient">{logo}{content}</div> }.to_html()
    };
    let inside = Owner::new().with(content);
    let own = style.map(|href| format!("<link rel=\"stylesheet\" href=\"{}\">", escape(href))).unwrap_or_default();
    let language = current();
    format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><title>{}</title>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"/pkg/nexsent.css\">{own}</head>\
         <body><main class=\"{class}\">{inside}</main></body></html>",
        language.as_str(),
        language.direction(),
        escape(title)
    )
}

fn public(title: &str, logo: Option<&Logo>, content: AnyView) -> String {
    document("public", title, None, logo, content)
}

fn form_document(form: &PublicForm, logo: Option<&Logo>, content: AnyView) -> String {
    document("public", &form.draft.title, Some(&format!("/f/{}/style.css", form.id)), logo, content)
}

/// The form's page.
#[must_use]
pub fn form(form: &PublicForm, given: &Submission, fault: Option<&Fault>, carried: &Carried, logo: Option<&Logo>) -> String {
    form_document(form, logo, body(form, given, fault, carried))
}

/// After it was sent in.
#[must_use]
pub fn form_done(form: &PublicForm, logo: Option<&Logo>) -> String {
    let lines = form.draft.success.lines().map(|l| view! { <p>{l.to_owned()}</p> }).collect_view();
    let confirm = form.confirms.then(|| {
        let lead = view! { <strong>{t!("recipients-one-step")}</strong> };
        view! { <p>{rich!("recipients-one-step-text", lead = lead)}</p> }
    });
    let content = view! { <div class="said" role="status"><h1>{form.draft.title.clone()}</h1>{lines}{confirm}</div> };
    form_document(form, logo, content.into_any())
}

/// A page that says one thing.
#[must_use]
pub fn message(title: &str, text: &str, logo: Option<&Logo>) -> String {
    let content = view! { <div class="said"><h1>{title.to_owned()}</h1><p>{text.to_owned()}</p></div> };
    public(title, logo, content.into_any())
}

pub(crate) fn post(action: String, button: String, class: &'static str) -> AnyView {
    view! { <form method="post" action=action><button type="submit" class=class>{button}</button></form> }.into_any()
}

fn strong(text: &str) -> AnyView {
    view! { <strong>{text.to_owned()}</strong> }.into_any()
}

/// Behind a confirmation's link.
#[must_use]
pub fn opt_in(page: &OptInPage, token: &str, logo: Option<&Logo>) -> String {
    let lists = || page.lists.iter().map(|l| view! { <li>{l.clone()}</li> }).collect_view();
    match page.state {
        LinkState::Expired => message(&t!("recipients-link-old"), &t!("recipients-confirm-old"), logo),
        LinkState::Open => {
            let title = t!("recipients-confirm");
            let content = view! {
                <div class="said">
                    <h1>{title.clone()}</h1>
                    <p>{rich!("recipients-confirm-text", workspace = strong(&page.workspace))}</p>
                    <ul>{lists()}</ul>
                    {post(format!("/c/{token}"), t!("recipients-confirm-button"), "primary")}
                    <p class="hint">{t!("recipients-confirm-not-me")}</p>
                </div>
            };
            public(&title, logo, content.into_any())
        }
        LinkState::Done => {
            let title = t!("recipients-confirmed");
            let words = if page.after.is_empty() { t!("recipients-confirmed-text", workspace = &page.workspace) } else { page.after.clone() };
            let words = words.lines().map(|l| view! { <p>{l.to_owned()}</p> }).collect_view();
            let content = view! { <div class="said" role="status"><h1>{title.clone()}</h1>{words}</div> };
            public(&title, logo, content.into_any())
        }
    }
}

/// What was just done in the preference centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Saved,
    EraseAsked,
}

/// The preference centre.
#[must_use]
pub fn preferences(p: &Preferences, token: &str, said: Option<Said>, logo: Option<&Logo>) -> String {
    let at = |what: &str| format!("/p/{token}{what}");
    let banner = said.map(|s| match s {
        Said::Saved => t!("saved"),
        Said::EraseAsked => t!("recipients-preferences-asked"),
    });
    let lists = p
        .lists
        .iter()
        .map(|l| {
            let about = (!l.description.is_empty()).then(|| view! { <small>{l.description.clone()}</small> });
            view! {
                <label class="check">
                    <input type="checkbox" name="lists" value=l.id.to_string() checked=l.member />
                    <span>{l.name.clone()}{about}</span>
                </label>
            }
        })
        .collect_view();
    let choose = if p.lists.is_empty() {
        view! { <p class="hint">{t!("recipients-lists-none")}</p> }.into_any()
    } else {
        view! {
            <form method="post" action=at("")>
                <fieldset><legend>{t!("recipients-lists-yours")}</legend>{lists}</fieldset>
                <button type="submit" class="primary">{t!("save")}</button>
            </form>
        }
        .into_any()
    };
    let mail = if p.stopped {
        view! { <p>{t!("recipients-mail-stopped")}</p> }.into_any()
    } else if p.unsubscribed {
        view! { <p>{t!("recipients-mail-left")}</p>{post(at("/return"), t!("recipients-mail-return"), "")} }.into_any()
    } else {
        view! { <p>{t!("recipients-mail-leave-text")}</p>{post(at("/unsubscribe"), t!("recipients-mail-leave"), "")} }.into_any()
    };
    let title = t!("recipients-preferences");
    let content = view! {
        <div class="said">
            <h1>{title.clone()}</h1>
            <p>{rich!("recipients-preferences-whose", workspace = strong(&p.workspace); email = &p.email)}</p>
            {banner.map(|t| view! { <p class="banner good" role="status">{t}</p> })}
            <section class="card"><h2>{t!("recipients-lists")}</h2>{choose}</section>
            <section class="card"><h2>{t!("recipients-mail")}</h2>{mail}</section>
            <section class="card">
                <h2>{t!("recipients-data")}</h2>
                <p>{t!("recipients-data-text")}</p>
                {post(at("/export"), t!("recipients-data-download"), "")}
                <p>{t!("recipients-data-erase-text")}</p>
                {post(at("/erase"), t!("recipients-data-erase"), "danger")}
            </section>
        </div>
    };
    public(&title, logo, content.into_any())
}

/// Behind an erasure's link.
#[must_use]
pub fn erase(page: &ErasePage, token: &str, logo: Option<&Logo>) -> String {
    match page.state {
        LinkState::Expired => message(&t!("recipients-link-old"), &t!("recipients-erase-old"), logo),
        LinkState::Done => message(&t!("recipients-erased"), &t!("recipients-erased-text"), logo),
        LinkState::Open => {
            let title = t!("recipients-erase");
            let content = view! {
                <div class="said">
                    <h1>{title.clone()}</h1>
                    <p>{rich!("recipients-erase-text", workspace = strong(&page.workspace))}</p>
                    {post(format!("/e/{token}"), t!("recipients-erase-button"), "danger")}
                    <p class="hint">{t!("recipients-erase-not-me")}</p>
                </div>
            };
            public(&title, logo, content.into_any())
        }
    }
}

#[cfg(test)]
mod tests {
    use nexsent_model::{FormId, ListId, forms::FormDraft};

    use super::*;

    #[test]
    fn what_members_and_strangers_type_is_text() {
        let draft = FormDraft { title: "<script>alert(1)</script>".into(), success: "<img src=x>".into(), ..FormDraft::default() };
        let f = PublicForm { id: FormId::new(), draft, workspace: "<i>".into(), lists: vec![(ListId::new(), "x".into())], confirms: true };
        let given = Submission { email: "\"><script>".into(), ..Submission::default() };
        let fault = Fault::field("email", "<u>");
        let logo = Logo { src: "\"><img>".into(), alt: "\"><i>".into() };
        let logo = Some(&logo);
        let pages = [form(&f, &given, Some(&fault), &Carried::default(), logo), form_done(&f, logo), message("<b>", "<b>", None)];
        for page in pages {
            for bad in ["<script", "<img src=x", "<img>", "<i>", "<u>", "<b>"] {
                assert!(!page.contains(bad), "{bad} in {page}");
            }
            assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1"));
        }
    }
}
