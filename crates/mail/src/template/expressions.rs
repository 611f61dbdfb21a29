//! Template expressions put aside while HTML is rewritten: an HTML parser must not look inside `{{ … }}`.

/// Private-use characters that stand around the number of an expression. Taken out of what authors type.
const OPEN: char = '\u{E0F1}';
const CLOSE: char = '\u{E0F2}';

/// The expressions of one source.
#[derive(Default)]
pub(super) struct Expressions(Vec<String>);

impl Expressions {
    /// Replaces every `{{…}}`, `{%…%}` and `{#…#}` by a mark.
    pub fn hide(&mut self, source: &str) -> String {
        let mut out = String::with_capacity(source.len());
        let mut rest = source;
        while let Some(at) = rest.find('{') {
            let (before, tail) = rest.split_at(at);
            push_clean(&mut out, before);
            let end = match tail.as_bytes().get(1) {
                Some(b'{') => Some("}}"),
                Some(b'%') => Some("%}"),
                Some(b'#') => Some("#}"),
                _ => None,
            };
            match end.and_then(|e| close(&tail[2..], e)) {
                Some(len) => {
                    out.push_str(&self.mark(&tail[..2 + len]));
                    rest = &tail[2 + len..];
                }
                None => {
                    out.push('{');
                    rest = &tail[1..];
                }
            }
        }
        push_clean(&mut out, rest);
        out
    }

    /// A mark for an expression of our own.
    pub fn mark(&mut self, expression: &str) -> String {
        self.0.push(expression.to_owned());
        format!("{OPEN}{}{CLOSE}", self.0.len() - 1)
    }

    /// Whether a hidden text has an expression in it.
    pub fn is_dynamic(text: &str) -> bool {
        text.contains(OPEN)
    }

    /// Puts the expressions back.
    pub fn reveal(&self, hidden: &str) -> String {
        let mut out = String::with_capacity(hidden.len() * 2);
        let mut rest = hidden;
        while let Some(at) = rest.find(OPEN) {
            out.push_str(&rest[..at]);
            let tail = &rest[at + OPEN.len_utf8()..];
            let Some(end) = tail.find(CLOSE) else { break };
            if let Some(expression) = tail[..end].parse::<usize>().ok().and_then(|i| self.0.get(i)) {
                out.push_str(expression);
            }
            rest = &tail[end + CLOSE.len_utf8()..];
        }
        out.push_str(rest);
        out
    }
}

fn push_clean(out: &mut String, text: &str) {
    out.extend(text.chars().filter(|c| !matches!(*c, OPEN | CLOSE)));
}

/// Where an expression ends, quotes respected.
fn close(text: &str, end: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut i = 0;
    while i < bytes.len() {
        match quote {
            Some(q) if bytes[i] == b'\\' && q != 0 => i += 1,
            Some(q) if bytes[i] == q => quote = None,
            Some(_) => {}
            None if end != "#}" && matches!(bytes[i], b'"' | b'\'') => quote = Some(bytes[i]),
            None if bytes[i..].starts_with(end.as_bytes()) => return Some(i + end.len()),
            None => {}
        }
        i += 1;
    }
    None
}

/// The first line on which an expression names `name`, from 1.
pub(super) fn line_of(source: &str, name: &str) -> Option<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    source
        .lines()
        .position(|line| {
            line.match_indices(name).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = line[at + name.len()..].chars().next();
                line[..at].contains('{') && !before.is_some_and(|c| is_word(c) || c == '.') && !after.is_some_and(is_word)
            })
        })
        .map(|i| i + 1)
}
