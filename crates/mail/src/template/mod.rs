//! What a campaign's author writes: checked and compiled once, rendered per recipient under limits.
//!
//! Placeholders are minijinja's: `{{ contact.first_name | default("there") }}`, `{% if contact.plan == "pro" %}…{% endif %}`. Available:
//! `contact` (its fields and custom attributes), `unsubscribe_url`, `preferences_url`, `view_url`. What a contact does not have is empty.
//! Compiling takes scripts, event handlers, frames and forms out of the HTML, replaces links by tracked ones, adds the preheader, the
//! open pixel and, where the author left it out, a way to unsubscribe.

mod engine;
mod expressions;
mod html;

use minijinja::{Environment, Value, context};
use thiserror::Error;

/// The largest HTML taken: Gmail clips messages at 102 KB; this is ten times that.
pub const MAX_SOURCE: usize = 1024 * 1024;
/// The largest part a template may render to.
pub const MAX_OUTPUT: usize = 2 * 1024 * 1024;
/// Instructions a part may run: a 10 KB mail takes some hundreds.
const FUEL: u64 = 200_000;

/// What an author typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    pub subject: &'a str,
    pub preheader: &'a str,
    pub html: &'a str,
    /// `None`: made from the HTML.
    pub text: Option<&'a str>,
    /// The sender's postal address, under every message; lines by `\n`, without braces.
    pub postal_address: &'a str,
    pub track_opens: bool,
    pub track_clicks: bool,
}

/// A mistake, where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `subject`, `preheader`, `html` or `text`.
    pub field: &'static str,
    /// From 1.
    pub line: Option<u32>,
    pub message: String,
}

/// Rendering for one recipient failed, although the template compiles: it ran out of fuel or grew too large for this contact.
#[derive(Clone, Debug, Error)]
#[error("{field}: {message}")]
pub struct RenderError {
    pub field: &'static str,
    pub message: String,
}

/// What differs per recipient.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// A map: `email`, `first_name`, `last_name`, and every custom attribute.
    pub contact: Value,
    /// One tracked address per link of [`Template::links`].
    pub links: Vec<String>,
    /// The pixel's address; `None` leaves it out.
    pub open_url: Option<String>,
    pub unsubscribe_url: String,
    /// Where lists are chosen, and one's data exported or erased.
    pub preferences_url: String,
    pub view_url: String,
}

/// An address of our own making: base64url after a configured base, nothing to escape.
fn ours(url: &str) -> Value {
    Value::from_safe_string(url.to_owned())
}

/// A contact as templates see it: its fields, and its custom attributes (which cannot hide a field).
#[must_use]
pub fn contact_value<'a>(
    email: &str,
    first_name: &str,
    last_name: &str,
    attributes: impl IntoIterator<Item = (&'a String, &'a serde_json::Value)>,
) -> Value {
    let fields = [("email", email), ("first_name", first_name), ("last_name", last_name)];
    let own = attributes.into_iter().map(|(name, value)| (name.clone(), from_json(value)));
    Value::from_pairs(own.chain(fields.map(|(name, value)| (name.to_owned(), Value::from(value)))))
}

fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(b) => Value::from(*b),
        serde_json::Value::Number(n) => n.as_i64().map_or_else(|| Value::from(n.as_f64().unwrap_or_default()), Value::from),
        serde_json::Value::String(s) => Value::from(s.as_str()),
        serde_json::Value::Array(list) => list.iter().map(from_json).collect(),
        serde_json::Value::Object(map) => Value::from_pairs(map.iter().map(|(k, v)| (k.clone(), from_json(v)))),
    }
}

/// A rendered message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// A compiled template: cheap to render, shared between threads.
pub struct Template {
    env: Environment<'static>,
    links: Vec<String>,
    auto_text: String,
}

impl Template {
    /// Checks and compiles.
    ///
    /// # Errors
    /// Every mistake found, each with its field and, where known, its line.
    pub fn compile(source: &Source<'_>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        for (field, text) in
            [("subject", source.subject), ("preheader", source.preheader), ("html", source.html), ("text", source.text.unwrap_or_default())]
        {
            if text.len() > MAX_SOURCE {
                problems.push(Problem {
                    field,
                    line: None,
                    message: format!("This is {} KB; the largest is {} KB.", text.len() / 1024, MAX_SOURCE / 1024),
                });
            } else {
                problems.extend(engine::check(field, text));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let prepared = html::prepare(source).map_err(|message| vec![Problem { field: "html", line: None, message }])?;
        let auto_text = prepared.text.clone();
        let mut env = engine::environment();
        let parts = [("subject", source.subject.to_owned()), ("html", prepared.html), ("text", prepared.text)];
        for (field, text) in parts {
            if let Err(error) = env.add_template_owned(field, text) {
                let message = if field == "text" && source.text.is_none() {
                    "The plain-text part cannot be made from this HTML. Write it yourself.".to_owned()
                } else {
                    engine::explain(&error)
                };
                problems.push(Problem { field, line: None, message });
            }
        }
        if problems.is_empty() { Ok(Self { env, links: prepared.links, auto_text }) } else { Err(problems) }
    }

    /// Where the tracked links lead, by index.
    #[must_use]
    pub fn links(&self) -> &[String] {
        &self.links
    }

    /// The source of the plain-text part, as made from the HTML or as given.
    #[must_use]
    pub fn text_source(&self) -> &str {
        &self.auto_text
    }

    /// Renders every part.
    ///
    /// # Errors
    /// [`RenderError`], about this recipient alone.
    pub fn render(&self, recipient: &Recipient) -> Result<Rendered, RenderError> {
        let values = context! {
            contact => recipient.contact.clone(),
            unsubscribe_url => ours(&recipient.unsubscribe_url),
            preferences_url => ours(&recipient.preferences_url),
            view_url => ours(&recipient.view_url),
            nx_links => recipient.links.iter().map(|l| ours(l)).collect::<Vec<_>>(),
            nx_open => recipient.open_url.as_deref().map(ours),
        };
        let part = |field: &'static str| {
            let template = self.env.get_template(field).map_err(|e| RenderError { field, message: engine::explain(&e) })?;
            engine::render(&template, &values).map_err(|message| RenderError { field, message })
        };
        let subject = part("subject")?;
        Ok(Rendered { subject: subject.split_whitespace().collect::<Vec<_>>().join(" "), html: part("html")?, text: part("text")? })
    }
}

#[cfg(test)]
mod tests;
