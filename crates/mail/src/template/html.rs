//! The author's HTML made ready to send: active content out; tracking, preheader and the unsubscribe link in; a text part from it.

use std::{cell::RefCell, rc::Rc};

use lol_html::{RewriteStrSettings, element, rewrite_str};

use super::{Source, expressions::Expressions};

/// The parts as template source.
pub(super) struct Prepared {
    pub html: String,
    pub text: String,
    pub links: Vec<String>,
}

/// Elements that no mail client runs and that a view-in-browser page must not either.
const ACTIVE: &str = "script, iframe, frame, frameset, object, embed, applet, form, input, button, select, textarea, base, link, meta[http-equiv='refresh'], noscript, template, portal";

const FOOTER_HTML: &str = "<p style=\"margin:32px 0 0;font:12px/1.5 sans-serif;color:#6b7280;text-align:center\">You get this mail because you are on our list. <a href=\"{{ unsubscribe_url }}\" style=\"color:#6b7280\">Unsubscribe</a></p>";
const ADDRESS_HTML: (&str, &str) = ("<p style=\"margin:8px 0 0;font:12px/1.5 sans-serif;color:#6b7280;text-align:center\">", "</p>");
const FOOTER_TEXT: &str = "\n\n-- \nUnsubscribe: {{ unsubscribe_url }}\n";
const PIXEL: &str = "{% if nx_open %}<img src=\"{{ nx_open }}\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">{% endif %}";

/// Rewrites the HTML and makes the text.
pub(super) fn prepare(source: &Source<'_>) -> Result<Prepared, String> {
    let mut expressions = Expressions::default();
    let hidden = expressions.hide(source.html);
    let (clean, targets) = rewrite(&hidden, source.track_clicks)?;
    // Every tracked link is a mark of its own.
    let mut clean = clean;
    for index in 0..targets.len() {
        let mark = expressions.mark(&format!("{{{{ nx_links[{index}] }}}}"));
        clean = clean.replacen(&placeholder(index), &mark, 1);
    }
    let has_unsubscribe = source.html.contains("unsubscribe_url");
    let text = match source.text {
        Some(text) if !text.trim().is_empty() => {
            let mut text = text.to_owned();
            if !text.contains("unsubscribe_url") {
                text.push_str(FOOTER_TEXT);
            }
            text
        }
        _ => {
            let mut text = expressions.reveal(&to_text(&clean));
            if !has_unsubscribe {
                text.push_str(FOOTER_TEXT);
            }
            text
        }
    };
    let address = source.postal_address.trim();
    let text = if address.is_empty() { text } else { format!("{}\n\n{address}\n", text.trim_end()) };
    let mut tail = String::new();
    if !has_unsubscribe {
        tail.push_str(FOOTER_HTML);
    }
    if !address.is_empty() {
        let lines: Vec<String> = address.lines().map(escape).collect();
        tail.push_str(ADDRESS_HTML.0);
        tail.push_str(&lines.join("<br>"));
        tail.push_str(ADDRESS_HTML.1);
    }
    if source.track_opens {
        tail.push_str(PIXEL);
    }
    let mut html = insert_before_end(&clean, &expressions.mark(&tail));
    if !source.preheader.trim().is_empty() {
        let hidden_block =
            format!("<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{}</div>", expressions.hide(source.preheader));
        html = insert_at_start(&html, &hidden_block);
    }
    Ok(Prepared { html: expressions.reveal(&html), text, links: targets })
}

fn placeholder(index: usize) -> String {
    format!("nx-link-\u{E0F3}{index}\u{E0F4}")
}

fn is_web(url: &str) -> bool {
    url.get(..7).is_some_and(|s| s.eq_ignore_ascii_case("http://")) || url.get(..8).is_some_and(|s| s.eq_ignore_ascii_case("https://"))
}

/// Takes active content out; puts placeholders for the links that are tracked. Returns where they lead, in order.
fn rewrite(hidden: &str, track: bool) -> Result<(String, Vec<String>), String> {
    let targets = Rc::new(RefCell::new(Vec::new()));
    let sink = targets.clone();
    let links = element!("a[href], area[href]", move |el| {
        let Some(href) = el.get_attribute("href") else { return Ok(()) };
        let url = unescape(href.trim());
        // A link that depends on the contact stays as it is: a click token leads only to links that stand in the campaign.
        if track && is_web(&url) && !Expressions::is_dynamic(&url) && url::Url::parse(&url).is_ok() {
            let mut list = sink.borrow_mut();
            el.set_attribute("href", &placeholder(list.len()))?;
            list.push(url);
        }
        Ok(())
    });
    let handlers = element!("*", |el| {
        let bad: Vec<String> = el.attributes().iter().filter(|a| is_active(&a.name(), &a.value())).map(|a| a.name()).collect();
        for name in bad {
            el.remove_attribute(&name);
        }
        Ok(())
    });
    let active = element!(ACTIVE, |el| {
        // The words in a form are the author's; only what acts goes.
        if matches!(el.tag_name().as_str(), "form" | "button" | "noscript" | "template") {
            el.remove_and_keep_content()
        } else {
            el.remove()
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(active)
        .append_element_content_handler(handlers)
        .append_element_content_handler(links);
    let out = rewrite_str(hidden, settings).map_err(|e| format!("The HTML cannot be read: {e}."))?;
    let list = targets.borrow().clone();
    Ok((out, list))
}

fn is_active(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(20).collect::<String>().to_ascii_lowercase();
    let url = matches!(name.as_str(), "href" | "src" | "action" | "formaction" | "background" | "xlink:href" | "poster" | "data");
    name.starts_with("on") || name == "srcdoc" || (url && ["javascript:", "vbscript:", "data:text"].iter().any(|s| value.starts_with(s)))
}

/// The entities that occur in addresses.
fn unescape(text: &str) -> String {
    if text.contains('&') { text.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#39;", "'") } else { text.to_owned() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn find_tag(html: &str, tag: &str, last: bool) -> Option<usize> {
    let lower = html.to_ascii_lowercase();
    if last { lower.rfind(tag) } else { lower.find(tag) }
}

fn insert_before_end(html: &str, what: &str) -> String {
    let at = find_tag(html, "</body", true).or_else(|| find_tag(html, "</html", true)).unwrap_or(html.len());
    format!("{}{what}{}", &html[..at], &html[at..])
}

fn insert_at_start(html: &str, what: &str) -> String {
    let at = find_tag(html, "<body", false).and_then(|b| html[b..].find('>').map(|e| b + e + 1)).unwrap_or(0);
    format!("{}{what}{}", &html[..at], &html[at..])
}

/// Text for readers without HTML: links as footnotes, nothing wrapped in the middle of an expression.
fn to_text(hidden: &str) -> String {
    html2text::config::plain().no_link_wrapping().no_table_borders().string_from_read(hidden.as_bytes(), 78).unwrap_or_default()
}
