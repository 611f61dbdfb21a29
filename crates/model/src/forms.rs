//! Sign-up forms.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{Fault, FormId, ListId, validate};

/// What a field of a form fills in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "name")]
pub enum FieldKind {
    FirstName,
    LastName,
    /// Custom attributes, by the name that templates use.
    Text(String),
    Number(String),
    Date(String),
    YesNo(String),
}

impl FieldKind {
    /// What the field is called in the form's HTML.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::FirstName => "first_name".to_owned(),
            Self::LastName => "last_name".to_owned(),
            Self::Text(n) | Self::Number(n) | Self::Date(n) | Self::YesNo(n) => format!("a_{n}"),
        }
    }

    /// The attribute it fills in.
    #[must_use]
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Self::FirstName | Self::LastName => None,
            Self::Text(n) | Self::Number(n) | Self::Date(n) | Self::YesNo(n) => Some(n),
        }
    }
}

/// One field; the address is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    pub kind: FieldKind,
    pub label: String,
    pub required: bool,
}

/// What a person makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDraft {
    /// For the dashboard alone.
    pub name: String,
    pub title: String,
    pub intro: String,
    pub email_label: String,
    pub fields: Vec<FormField>,
    pub lists: Vec<ListId>,
    /// The person ticks which of the lists; otherwise all are joined.
    pub choose_lists: bool,
    /// The sentence with a checkbox that must be ticked; empty: there is none.
    pub consent: String,
    pub button: String,
    pub success: String,
    /// An https address to go to instead of the message; empty: none.
    pub redirect: String,
    /// `#rrggbb`, the button's.
    pub accent: String,
    /// Whether other sites may post to it without having loaded it, from plain HTML.
    pub plain_html: bool,
}

/// Fields a form may have.
pub const MAX_FIELDS: usize = 20;
/// Lists a form may lead to.
pub const MAX_LISTS: usize = 20;

/// What a form says before anybody has written it. Whoever keeps it says in which language.
impl Default for FormDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            title: t!("forms-default-title"),
            intro: String::new(),
            email_label: t!("email"),
            fields: Vec::new(),
            lists: Vec::new(),
            choose_lists: false,
            consent: t!("forms-default-consent"),
            button: t!("forms-default-button"),
            success: t!("forms-default-success"),
            redirect: String::new(),
            accent: "#4338ca".to_owned(),
            plain_html: true,
        }
    }
}

/// A text of several lines, trimmed, at most `max` characters; empty is allowed.
///
/// # Errors
/// A fault on `field`.
pub fn lines(field: &str, text: &str, max: usize) -> Result<String, Fault> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > max {
        return Err(Fault::field(field, t!("model-too-long", max = max)));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Fault::field(field, t!("forms-control")));
    }
    Ok(text.to_owned())
}

/// `#rrggbb` in lower case.
///
/// # Errors
/// A fault on `accent`.
pub fn colour(text: &str) -> Result<String, Fault> {
    let text = text.trim().to_ascii_lowercase();
    let good = text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit());
    if good { Ok(text) } else { Err(Fault::field("accent", t!("forms-colour"))) }
}

/// Whether dark text reads better than white on a colour (relative luminance, WCAG 2.2 §1.4.3).
#[must_use]
pub fn wants_dark_text(accent: &str) -> bool {
    let channel = |at: usize| {
        let byte = accent.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0);
        let c = f64::from(byte) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    // Black has the higher contrast from here on: (l + 0.05) / 0.05 > 1.05 / (l + 0.05).
    luminance > 0.179
}

impl FormDraft {
    /// The draft as it is kept.
    ///
    /// # Errors
    /// A fault on the field that is wrong.
    pub fn check(&self) -> Result<Self, Fault> {
        let optional = |field: &str, text: &str, max| if text.trim().is_empty() { Ok(String::new()) } else { validate::name(field, text, max) };
        if self.fields.len() > MAX_FIELDS {
            return Err(Fault::field("fields", t!("forms-too-many-fields", max = MAX_FIELDS)));
        }
        if self.lists.is_empty() || self.lists.len() > MAX_LISTS {
            return Err(Fault::field("lists", t!("forms-choose-lists", max = MAX_LISTS)));
        }
        let mut fields = Vec::with_capacity(self.fields.len());
        let mut seen = Vec::new();
        for field in &self.fields {
            let named = |n: &str| validate::attribute(n).map_err(|e| Fault::field("fields", t!("forms-attribute-wrong", name = n, why = e)));
            let kind = match &field.kind {
                FieldKind::FirstName => FieldKind::FirstName,
                FieldKind::LastName => FieldKind::LastName,
                FieldKind::Text(n) => FieldKind::Text(named(n)?),
                FieldKind::Number(n) => FieldKind::Number(named(n)?),
                FieldKind::Date(n) => FieldKind::Date(named(n)?),
                FieldKind::YesNo(n) => FieldKind::YesNo(named(n)?),
            };
            if seen.contains(&kind.key()) {
                return Err(Fault::field("fields", t!("forms-field-twice")));
            }
            seen.push(kind.key());
            fields.push(FormField { kind, label: validate::name("fields", &field.label, 120)?, required: field.required });
        }
        let redirect = self.redirect.trim();
        let redirect = if redirect.is_empty() { String::new() } else { https(redirect)? };
        Ok(Self {
            name: validate::name("name", &self.name, 120)?,
            title: validate::name("title", &self.title, 120)?,
            intro: lines("intro", &self.intro, 1000)?,
            email_label: validate::name("email_label", &self.email_label, 60)?,
            fields,
            lists: self.lists.clone(),
            choose_lists: self.choose_lists,
            consent: optional("consent", &self.consent, 1000)?,
            button: validate::name("button", &self.button, 60)?,
            success: lines("success", &self.success, 1000)?,
            redirect,
            accent: colour(&self.accent)?,
            plain_html: self.plain_html,
        })
    }

    /// Where the redirect leads, as it is shown: the host.
    #[must_use]
    pub fn redirect_host(&self) -> Option<&str> {
        host(&self.redirect)
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    rest.split(['/', '?', '#']).next().filter(|h| !h.is_empty())
}

/// An https address without a user, a space or a trick in its host.
///
/// # Errors
/// A fault on `redirect`.
pub fn https(url: &str) -> Result<String, Fault> {
    let wrong = |text: String| Err(Fault::field("redirect", text));
    let Some(host) = host(url) else { return wrong(t!("forms-redirect-whole")) };
    let visible = url.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'<' && b != b'>' && b != b'\\' && b != b'`');
    let (name, port) = host.split_once(':').map_or((host, None), |(n, p)| (n, Some(p)));
    if url.len() > 1000 || !visible || validate::domain(name).is_err() || port.is_some_and(|p| p.parse::<u16>().is_err()) {
        return wrong(t!("forms-redirect-wrong"));
    }
    Ok(url.to_owned())
}

/// What came of a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFigures {
    /// Everything that was sent in, whatever became of it.
    pub submissions: u64,
    /// Joined at once: no list asked for a confirmation.
    pub joined: u64,
    /// Asked to confirm by mail.
    pub asked: u64,
    /// Of those, who did.
    pub confirmed: u64,
    /// Taken for a machine.
    pub trapped: u64,
}

/// A form in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    pub id: FormId,
    pub name: String,
    pub figures: FormFigures,
    pub created_at: DateTime<Utc>,
}

/// A whole form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormView {
    pub id: FormId,
    pub draft: FormDraft,
    pub figures: FormFigures,
    /// Where it is hosted.
    pub url: String,
    /// What would keep a confirmation mail from leaving.
    pub problem: Option<String>,
}

/// A form as a stranger sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicForm {
    pub id: FormId,
    pub draft: FormDraft,
    pub workspace: String,
    /// Those of its lists that are still there, as people see them.
    pub lists: Vec<(ListId, String)>,
    /// Whether a confirmation by mail follows.
    pub confirms: bool,
}

/// What was sent in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    pub email: String,
    /// By [`FieldKind::key`].
    pub values: BTreeMap<String, String>,
    pub lists: Vec<String>,
    pub consent: bool,
    /// People do not see this field.
    pub trap: String,
    /// When the form was shown; other sites' plain HTML has none.
    pub stamp: Option<String>,
    pub page: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_an_https_address_and_nothing_else() {
        for good in ["https://example.com/thanks?a=1#b", "https://www.example.com", "https://example.com:8443/x"] {
            assert_eq!(https(good).as_deref(), Ok(good));
        }
        let bad = [
            "http://example.com",
            "javascript:alert(1)",
            "//example.com",
            "https://",
            "https://user@evil.example/",
            "https://exa mple.com/",
            "https://example.com/\" onload=\"x",
            "https://example.com\\@evil.example",
            "https://localhost/",
            "https://example.com:99999/",
            "https://example.com/\r\nSet-Cookie: a=b",
        ];
        for bad in bad {
            assert!(https(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_draft_is_checked_field_by_field() {
        let good = FormDraft { name: "Site".into(), lists: vec![ListId::new()], ..FormDraft::default() };
        assert_eq!(good.check(), Ok(good.clone()));
        let on = |draft: FormDraft| draft.check().expect_err("refused").field.unwrap_or_default();
        assert_eq!(on(FormDraft { lists: Vec::new(), ..good.clone() }), "lists");
        assert_eq!(on(FormDraft { accent: "red;}body{display:none".into(), ..good.clone() }), "accent");
        assert_eq!(on(FormDraft { accent: "#ééé".into(), ..good.clone() }), "accent");
        assert_eq!(on(FormDraft { redirect: "http://example.com".into(), ..good.clone() }), "redirect");
        assert_eq!(on(FormDraft { title: "x".repeat(121), ..good.clone() }), "title");
        let field = FormField { kind: FieldKind::Text("City".into()), label: "City".into(), required: false };
        assert_eq!(on(FormDraft { fields: vec![field.clone(), field.clone()], ..good.clone() }), "fields");
        let kept = FormDraft { fields: vec![field], ..good }.check().expect("taken");
        assert_eq!(kept.fields[0].kind, FieldKind::Text("city".into()));
    }

    #[test]
    fn text_on_a_colour_can_be_read() {
        assert!(wants_dark_text("#ffffff") && wants_dark_text("#ffd400"));
        assert!(!wants_dark_text("#000000") && !wants_dark_text("#4338ca"));
    }
}
