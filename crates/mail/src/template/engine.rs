//! minijinja under limits: a closed set of filters, fuel, a recursion limit, a bound on what comes out.

use std::io;

use minijinja::{AutoEscape, Environment, Error, ErrorKind, Template, UndefinedBehavior, Value, context, filters, tests};

use super::{FUEL, MAX_OUTPUT, Problem};

/// The names a template may use; the last two are what compiling puts in.
const KNOWN: [&str; 6] = ["contact", "unsubscribe_url", "preferences_url", "view_url", "nx_links", "nx_open"];

/// An environment with nothing in it that reads a file, runs for long or makes much out of little.
pub(super) fn environment() -> Environment<'static> {
    let mut env = Environment::empty();
    env.set_fuel(Some(FUEL));
    env.set_recursion_limit(50);
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    env.set_auto_escape_callback(|name| if name == "html" || name == "preheader" { AutoEscape::Html } else { AutoEscape::None });
    env.add_filter("default", default);
    env.add_filter("upper", filters::upper);
    env.add_filter("lower", filters::lower);
    env.add_filter("title", filters::title);
    env.add_filter("capitalize", filters::capitalize);
    env.add_filter("trim", filters::trim);
    env.add_filter("length", filters::length);
    env.add_filter("first", filters::first);
    env.add_filter("last", filters::last);
    env.add_filter("join", filters::join);
    env.add_filter("split", filters::split);
    env.add_filter("round", filters::round);
    env.add_filter("int", filters::int);
    env.add_filter("float", filters::float);
    env.add_filter("abs", filters::abs);
    env.add_filter("urlencode", urlencode);
    env.add_filter("escape", filters::escape);
    env.add_filter("e", filters::escape);
    env.add_filter("truncate", truncate);
    env.add_test("defined", tests::is_defined);
    env.add_test("undefined", tests::is_undefined);
    env.add_test("none", tests::is_none);
    env.add_test("number", tests::is_number);
    env.add_test("string", tests::is_string);
    env.add_test("odd", tests::is_odd);
    env.add_test("even", tests::is_even);
    env
}

/// Unlike Jinja's: an empty text takes the default too, since an empty field of a contact is a missing one.
fn default(value: &Value, other: Option<Value>) -> Value {
    let missing = value.is_undefined() || value.is_none() || value.as_str().is_some_and(|s| s.trim().is_empty());
    if missing { other.unwrap_or_else(|| Value::from("")) } else { value.clone() }
}

fn urlencode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn truncate(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// Syntax, unknown names, and a run with an empty contact: what every recipient would meet.
pub(super) fn check(field: &'static str, source: &str) -> Vec<Problem> {
    let problem = |line: Option<usize>, message: String| Problem { field, line: line.and_then(|l| u32::try_from(l).ok()), message };
    let env = environment();
    let template = match env.template_from_named_str(if field == "html" { "html" } else { "text" }, source) {
        Ok(t) => t,
        Err(e) => return vec![problem(e.line(), explain(&e))],
    };
    let mut unknown: Vec<String> = template.undeclared_variables(false).into_iter().filter(|n| !KNOWN.contains(&n.as_str())).collect();
    if !unknown.is_empty() {
        unknown.sort();
        return unknown
            .into_iter()
            .map(|name| {
                let line = super::expressions::line_of(source, &name);
                problem(line, format!("There is no `{name}` here. A contact's field is written `contact.{name}`."))
            })
            .collect();
    }
    let nobody = context! { contact => context! { email => "name@example.com" }, unsubscribe_url => "", preferences_url => "", view_url => "", nx_links => Vec::<String>::new() };
    let mut sink = Bounded(0);
    match template.render_captured_to(nobody, &mut sink) {
        Ok(_) => Vec::new(),
        Err(e) => vec![problem(e.line(), explain(&e))],
    }
}

/// Renders into at most [`MAX_OUTPUT`] bytes.
pub(super) fn render(template: &Template<'_, '_>, values: &Value) -> Result<String, String> {
    let mut out = Buffer(Vec::with_capacity(16 * 1024));
    template.render_captured_to(values.clone(), &mut out).map_err(|e| explain(&e))?;
    String::from_utf8(out.0).map_err(|_| "The result is not text.".to_owned())
}

struct Bounded(usize);

impl io::Write for Bounded {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.0 += buf.len();
        if self.0 > MAX_OUTPUT { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(buf.len()) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Buffer(Vec<u8>);

impl io::Write for Buffer {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        if self.0.len() + buf.len() > MAX_OUTPUT {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(buf);
        Ok(buf.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template error as a sentence for its author.
pub(super) fn explain(error: &Error) -> String {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::OutOfFuel => "This runs for too long. Make its loops smaller.".to_owned(),
        ErrorKind::WriteFailure => format!("The result is larger than {} MB.", MAX_OUTPUT / 1024 / 1024),
        ErrorKind::UnknownFilter => format!("Unknown filter: {detail}."),
        ErrorKind::UnknownTest => format!("Unknown test: {detail}."),
        ErrorKind::UnknownFunction => format!("Unknown function: {detail}."),
        ErrorKind::SyntaxError => format!("This cannot be read: {detail}."),
        kind if detail.is_empty() => format!("{kind}."),
        kind => format!("{kind}: {detail}."),
    }
}
