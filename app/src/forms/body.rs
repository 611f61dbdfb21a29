//! A sign-up form as strangers see it: on its own page, in a frame on another site, and in the editor's preview.

use leptos::prelude::*;
use nexsent_model::{
    Fault,
    forms::{FieldKind, FormField, PublicForm, Submission},
};
use nexsent_texts::t;

/// The name of the field that people do not see.
pub const TRAP: &str = "website";

/// What the form carries besides its fields.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    pub action: String,
    /// When it was shown, signed; empty in the preview.
    pub stamp: String,
    /// The page it is on.
    pub page: String,
    /// In a frame: what follows a redirect leaves it.
    pub framed: bool,
}

fn mistake(fault: Option<&Fault>, key: &str) -> Option<String> {
    fault.filter(|f| f.field.as_deref() == Some(key)).map(|f| f.message.clone())
}

fn wrong(key: &str, text: Option<String>) -> impl IntoView + use<> {
    let id = format!("sf-{key}-error");
    text.map(|t| view! { <p class="mistake" id=id role="alert">{t}</p> })
}

fn line(key: String, label: String, kind: &'static str, complete: &'static str, required: bool, value: String, fault: Option<&Fault>) -> AnyView {
    let text = mistake(fault, &key);
    let bad = text.is_some();
    let described = bad.then(|| format!("sf-{key}-error"));
    let id = format!("sf-{key}");
    let label = if required { label } else { t!("forms-optional", label = label) };
    view! {
        <div class="field" class:wrong=bad>
            <label for=id.clone()>{label}</label>
            <input id=id name=key.clone() type=kind autocomplete=complete required=required value=value step=(kind == "number").then_some("any") aria-invalid=bad.then_some("true") aria-describedby=described />
            {wrong(&key, text)}
        </div>
    }
    .into_any()
}

fn tick(key: String, value: &'static str, label: String, required: bool, checked: bool, fault: Option<&Fault>) -> AnyView {
    let text = mistake(fault, &key);
    let described = text.is_some().then(|| format!("sf-{key}-error"));
    view! {
        <div>
            <label class="check">
                <input type="checkbox" name=key.clone() value=value required=required checked=checked aria-describedby=described />
                <span>{label}</span>
            </label>
            {wrong(&key, text)}
        </div>
    }
    .into_any()
}

fn field(f: &FormField, given: &Submission, fault: Option<&Fault>) -> AnyView {
    let key = f.kind.key();
    let value = given.values.get(&key).cloned().unwrap_or_default();
    let (kind, complete) = match &f.kind {
        FieldKind::FirstName => ("text", "given-name"),
        FieldKind::LastName => ("text", "family-name"),
        FieldKind::Number(_) => ("number", "off"),
        FieldKind::Date(_) => ("date", "off"),
        FieldKind::Text(_) => ("text", "on"),
        FieldKind::YesNo(_) => return tick(key, "yes", f.label.clone(), f.required, !value.is_empty(), fault),
    };
    line(key, f.label.clone(), kind, complete, f.required, value, fault)
}

/// The form. `given` is what was typed before, `fault` what was wrong with it.
pub fn body(form: &PublicForm, given: &Submission, fault: Option<&Fault>, carried: &Carried) -> AnyView {
    let d = &form.draft;
    let general = fault.filter(|f| f.field.is_none()).map(|f| f.message.clone());
    let intro = d.intro.lines().map(|l| view! { <p>{l.to_owned()}</p> }).collect_view();
    let fields = d.fields.iter().map(|f| field(f, given, fault)).collect_view();
    let email = line("email".to_owned(), d.email_label.clone(), "email", "email", true, given.email.clone(), fault);
    let lists = d.choose_lists.then(|| {
        let ticks = form
            .lists
            .iter()
            .map(|(id, name)| {
                let id = id.to_string();
                let checked = given.lists.contains(&id);
                view! {
                    <label class="check">
                        <input type="checkbox" name="lists" value=id checked=checked />
                        <span>{name.clone()}</span>
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{t!("forms-what-you-want")}</legend>{ticks}{wrong("lists", mistake(fault, "lists"))}</fieldset> }
    });
    let consent = (!d.consent.is_empty()).then(|| tick("consent".to_owned(), "yes", d.consent.clone(), true, given.consent, fault));
    let leads = d.redirect_host().map(|h| view! { <p class="hint">{t!("forms-afterwards-to", host = h)}</p> });
    let target = (carried.framed && !d.redirect.is_empty()).then_some("_top");
    view! {
        <form class="sign-up" method="post" action=carried.action.clone() target=target accept-charset="utf-8">
            <h1>{d.title.clone()}</h1>
            {intro}
            {general.map(|t| view! { <p class="banner bad" role="alert">{t}</p> })}
            {email}
            {fields}
            {lists}
            {consent}
            <div class="trap" aria-hidden="true">
                <label for="sf-website">{t!("forms-leave-empty")}</label>
                <input id="sf-website" name=TRAP type="text" tabindex="-1" autocomplete="off" />
            </div>
            <input type="hidden" name="stamp" value=carried.stamp.clone() />
            <input type="hidden" name="page" value=carried.page.clone() />
            <button type="submit" class="primary">{d.button.clone()}</button>
            {leads}
        </form>
    }
    .into_any()
}

/// The snippet that puts the form into a frame on another site.
#[must_use]
pub fn frame_snippet(url: &str, title: &str) -> String {
    let title = escape(title);
    format!("<iframe src=\"{url}?embed\" title=\"{title}\" width=\"100%\" height=\"480\" style=\"border:0\" loading=\"lazy\"></iframe>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The form as plain HTML, to be pasted into another site and given its look.
#[must_use]
pub fn html_snippet(url: &str, form: &PublicForm) -> String {
    let d = &form.draft;
    let mut out = format!("<form method=\"post\" action=\"{url}\" accept-charset=\"utf-8\">\n");
    out.push_str(&format!(
        "  <p><label>{}<br><input type=\"email\" name=\"email\" autocomplete=\"email\" required></label></p>\n",
        escape(&d.email_label)
    ));
    for f in &d.fields {
        let key = f.kind.key();
        let required = if f.required { " required" } else { "" };
        let label = escape(&f.label);
        out.push_str(&match &f.kind {
            FieldKind::YesNo(_) => format!("  <p><label><input type=\"checkbox\" name=\"{key}\" value=\"yes\"{required}> {label}</label></p>\n"),
            kind => {
                let kind = match kind {
                    FieldKind::Number(_) => "number\" step=\"any",
                    FieldKind::Date(_) => "date",
                    _ => "text",
                };
                format!("  <p><label>{label}<br><input type=\"{kind}\" name=\"{key}\"{required}></label></p>\n")
            }
        });
    }
    if d.choose_lists {
        for (id, name) in &form.lists {
            out.push_str(&format!("  <p><label><input type=\"checkbox\" name=\"lists\" value=\"{id}\"> {}</label></p>\n", escape(name)));
        }
    }
    if !d.consent.is_empty() {
        out.push_str(&format!("  <p><label><input type=\"checkbox\" name=\"consent\" value=\"yes\" required> {}</label></p>\n", escape(&d.consent)));
    }
    let trap = escape(&t!("forms-leave-empty"));
    out.push_str(&format!("  <p style=\"position:absolute;left:-9999px\" aria-hidden=\"true\"><label>{trap}<input name=\"{TRAP}\" tabindex=\"-1\" autocomplete=\"off\"></label></p>\n"));
    out.push_str(&format!("  <p><button type=\"submit\">{}</button></p>\n</form>", escape(&d.button)));
    out
}

#[cfg(test)]
mod tests {
    use nexsent_model::{FormId, ListId, forms::FormDraft};

    use super::*;

    #[test]
    fn what_members_type_is_text_in_the_snippets() {
        let field = FormField { kind: FieldKind::Text("city".into()), label: "</label><script>".into(), required: true };
        let draft = FormDraft { button: "<b>".into(), fields: vec![field], choose_lists: true, ..FormDraft::default() };
        let form = PublicForm { id: FormId::new(), draft, workspace: "A".into(), lists: vec![(ListId::new(), "\"><img>".into())], confirms: false };
        let html = html_snippet("https://nx.test/f/frm_1", &form);
        assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("<img"), "{html}");
        assert!(html.contains("name=\"a_city\" required") && html.contains(TRAP) && html.contains("name=\"consent\""));
        assert!(frame_snippet("https://nx.test/f/frm_1", "a\"b").contains("title=\"a&quot;b\""));
    }
}
