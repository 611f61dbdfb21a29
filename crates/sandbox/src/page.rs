//! The sandbox's pages: plain, self-contained.

use std::fmt::Write;

use crate::{web::View, zone::Entry};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1f;background:#fafafa}header{background:#1f2430;color:#fff;padding:12px 24px;display:flex;gap:24px}\
header a{color:#cbd2e0;text-decoration:none}header b{margin-right:auto}main{display:grid;grid-template-columns:260px 1fr;gap:24px;padding:24px;max-width:1100px;margin:auto}\
nav a,td a{color:#1f2430;text-decoration:none}nav a{display:flex;justify-content:space-between;padding:4px 8px;border-radius:6px;overflow-wrap:anywhere}nav a[aria-current]{background:#e6e8ef}\
table{border-collapse:collapse;width:100%;background:#fff;border:1px solid #e3e5ea}td,th{text-align:left;padding:8px 12px;border-bottom:1px solid #eef0f3;vertical-align:top;overflow-wrap:anywhere}\
iframe{width:100%;height:520px;border:1px solid #e3e5ea;background:#fff}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;border:1px solid #e3e5ea;padding:12px;font-size:13px}\
form{display:flex;gap:8px;margin:0 0 16px;flex-wrap:wrap}input,select,button{font:inherit;padding:6px 10px}@media(max-width:700px){main{grid-template-columns:1fr}}";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn frame(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>{title} · sandbox</title><style>{STYLE}</style>\
         <header><b>NexSent sandbox</b><a href=/>Mailboxes</a><a href=/dns>DNS</a></header><main>{main}</main>"
    )
}

pub(crate) fn inbox(mailboxes: &[(String, usize)], selected: &str, messages: &[View]) -> String {
    let mut main = "<nav><a href=/>All mailboxes</a>".to_owned();
    for (name, count) in mailboxes.iter().take(300) {
        let current = if name.eq_ignore_ascii_case(selected) { " aria-current=page" } else { "" };
        let query: String = name
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() || b"@.-_".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        let _ = write!(main, "<a href=\"/?to={query}\"{current}><span>{}</span><span>{count}</span></a>", escape(name));
    }
    main.push_str("</nav><section>");
    if messages.is_empty() {
        main.push_str("<p>Nothing has arrived here yet.</p>");
    } else {
        main.push_str("<table><tr><th>To<th>Subject<th>Arrived</tr>");
        for m in messages {
            let _ = write!(
                main,
                "<tr><td>{}<td><a href=/messages/{}><b>{}</b></a><td>{}</tr>",
                escape(&m.to),
                m.id,
                escape(&m.subject),
                escape(m.at.get(11..19).unwrap_or_default())
            );
        }
        main.push_str("</table>");
    }
    frame("Mailboxes", &format!("{main}</section>"))
}

pub(crate) fn message(m: &View) -> String {
    let main = format!(
        "<nav><a href=\"/\">← Mailboxes</a><p><b>From</b><br>{}<p><b>To</b><br>{}<p><b>Arrived</b><br>{}<p><b>TLS</b><br>{}<p><a href=/api/messages/{}/raw>Source</a></nav>\
         <section><h1>{}</h1><iframe src=/messages/{}/html title=\"The message\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\"></iframe><h2>Text</h2><pre>{}</pre><h2>Header</h2><pre>{}</pre></section>",
        escape(&m.from),
        escape(&m.to),
        escape(&m.at),
        if m.tls { "yes" } else { "no" },
        m.id,
        escape(&m.subject),
        m.id,
        escape(&m.text),
        escape(&m.headers)
    );
    frame(&escape(&m.subject), &main)
}

pub(crate) fn dns(entries: &[Entry]) -> String {
    let mut main = "<nav><p>What is published here is all the DNS the product sees. A name that is not listed is a mailbox domain of this sandbox.</nav><section><form method=post action=/dns>\
         <input name=name placeholder=Name aria-label=Name required><select name=type aria-label=Type><option>TXT<option>CNAME<option>MX<option>A</select>\
         <input name=value placeholder=Value aria-label=Value required><button>Publish</button></form><table><tr><th>Name<th>Type<th>Value</tr>"
        .to_owned();
    for e in entries {
        let _ = write!(main, "<tr><td>{}<td>{}<td>{}</tr>", escape(&e.name), escape(&e.kind), escape(&e.value));
    }
    frame("DNS", &format!("{main}</table></section>"))
}
