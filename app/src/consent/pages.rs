//! Each page as a whole document.

use leptos::prelude::*;
use nexsent_model::{
    Fault,
    consent::{ErasePage, LinkState, OptInPage, Preferences},
    forms::{PublicForm, Submission},
};

use crate::forms::body::{Carried, body};

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A document without a script; it follows the system's theme.
fn document(title: &str, style: Option<&str>, content: AnyView) -> String {
    let inside = Owner::new().with(|| content.to_html());
    let own = style.map(|href| format!("<link rel=\"stylesheet\" href=\"{}\">", escape(href))).unwrap_or_default();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><title>{}</title>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"/pkg/nexsent.css\">{own}</head>\
         <body><main class=\"public\">{inside}</main></body></html>",
        escape(title)
    )
}

fn style_of(form: &PublicForm) -> String {
    format!("/f/{}/style.css", form.id)
}

/// The form's page.
#[must_use]
pub fn form(form: &PublicForm, given: &Submission, fault: Option<&Fault>, carried: &Carried) -> String {
    document(&form.draft.title, Some(&style_of(form)), body(form, given, fault, carried))
}

/// After it was sent in.
#[must_use]
pub fn form_done(form: &PublicForm) -> String {
    let lines = form.draft.success.lines().map(|l| view! { <p>{l.to_owned()}</p> }).collect_view();
    let confirm = form.confirms.then(|| {
        view! { <p><strong>"One step is left: "</strong>"look into your mail and press the button behind the link in it. If nothing comes, look into the spam folder, or sign up again in a few minutes."</p> }
    });
    let content = view! { <div class="said" role="status"><h1>{form.draft.title.clone()}</h1>{lines}{confirm}</div> };
    document(&form.draft.title, Some(&style_of(form)), content.into_any())
}

/// A page that says one thing.
#[must_use]
pub fn message(title: &str, text: &str) -> String {
    let content = view! { <div class="said"><h1>{title.to_owned()}</h1><p>{text.to_owned()}</p></div> };
    document(title, None, content.into_any())
}

fn post(action: String, button: &'static str, class: &'static str) -> AnyView {
    view! { <form method="post" action=action><button type="submit" class=class>{button}</button></form> }.into_any()
}

/// Behind a confirmation's link.
#[must_use]
pub fn opt_in(page: &OptInPage, token: &str) -> String {
    let lists = || page.lists.iter().map(|l| view! { <li>{l.clone()}</li> }).collect_view();
    match page.state {
        LinkState::Expired => message("This link is no longer good", "It works for seven days. Sign up again to get a new one."),
        LinkState::Open => {
            let content = view! {
                <div class="said">
                    <h1>"Confirm your sign-up"</h1>
                    <p>"You get mail from "<strong>{page.workspace.clone()}</strong>" once you press the button. You join:"</p>
                    <ul>{lists()}</ul>
                    {post(format!("/c/{token}"), "Confirm", "primary")}
                    <p class="hint">"If you did not sign up, close this page: nothing is sent."</p>
                </div>
            };
            document("Confirm your sign-up", None, content.into_any())
        }
        LinkState::Done => {
            let words = if page.after.is_empty() { format!("You get mail from {} from now on.", page.workspace) } else { page.after.clone() };
            let words = words.lines().map(|l| view! { <p>{l.to_owned()}</p> }).collect_view();
            let content = view! { <div class="said" role="status"><h1>"Confirmed"</h1>{words}</div> };
            document("Confirmed", None, content.into_any())
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
pub fn preferences(p: &Preferences, token: &str, said: Option<Said>) -> String {
    let at = |what: &str| format!("/p/{token}{what}");
    let banner = said.map(|s| match s {
        Said::Saved => "Saved.",
        Said::EraseAsked => "Look into your mail: the link in it goes on. Nothing is erased before.",
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
        view! { <p class="hint">"There is no list to choose from."</p> }.into_any()
    } else {
        view! {
            <form method="post" action=at("")>
                <fieldset><legend>"You are on these lists"</legend>{lists}</fieldset>
                <button type="submit" class="primary">"Save"</button>
            </form>
        }
        .into_any()
    };
    let mail = if p.stopped {
        view! { <p>"No mail goes to this address any more."</p> }.into_any()
    } else if p.unsubscribed {
        view! { <p>"You are unsubscribed: you get no mail, whatever is ticked above."</p>{post(at("/return"), "Get mail again", "")} }.into_any()
    } else {
        view! { <p>"No more mail, whatever the list. It takes effect at once."</p>{post(at("/unsubscribe"), "Unsubscribe from everything", "")} }
            .into_any()
    };
    let content = view! {
        <div class="said">
            <h1>"Your preferences"</h1>
            <p>{p.email.clone()}" at "<strong>{p.workspace.clone()}</strong></p>
            {banner.map(|t| view! { <p class="banner good" role="status">{t}</p> })}
            <section class="card"><h2>"Lists"</h2>{choose}</section>
            <section class="card"><h2>"All mail"</h2>{mail}</section>
            <section class="card">
                <h2>"Your data"</h2>
                <p>"A file with everything that is kept about you here."</p>
                {post(at("/export"), "Download my data", "")}
                <p>"Everything about you goes for good. A mail asks you to confirm it first."</p>
                {post(at("/erase"), "Erase my data", "danger")}
            </section>
        </div>
    };
    document("Your preferences", None, content.into_any())
}

/// Behind an erasure's link.
#[must_use]
pub fn erase(page: &ErasePage, token: &str) -> String {
    match page.state {
        LinkState::Expired => message("This link is no longer good", "It works for seven days. Ask again in your preferences."),
        LinkState::Done => {
            message("Your data are erased", "Nothing about you is kept any more but a mark that keeps your address from being added again.")
        }
        LinkState::Open => {
            let content = view! {
                <div class="said">
                    <h1>"Erase your data"</h1>
                    <p>"Everything that "<strong>{page.workspace.clone()}</strong>" keeps about you goes: your name and what you told, your lists, notes, and what you opened. Of the mails you got stays that they were sent, not to whom. This cannot be undone."</p>
                    {post(format!("/e/{token}"), "Erase everything", "danger")}
                    <p class="hint">"If you did not ask for this, close the page: nothing changes."</p>
                </div>
            };
            document("Erase your data", None, content.into_any())
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
        let pages = [form(&f, &given, Some(&fault), &Carried::default()), form_done(&f), message("<b>", "<b>")];
        for page in pages {
            for bad in ["<script", "<img", "<i>", "<u>", "<b>"] {
                assert!(!page.contains(bad), "{bad} in {page}");
            }
            assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1"));
        }
    }
}
