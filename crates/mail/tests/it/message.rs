//! Messages read back by an independent parser.

use chrono::Utc;
use mail_parser::MessageParser;
use nexsent_mail::compose::{Bulk, Outgoing, build};

fn mail<'a>(subject: &'a str, html: &'a str, text: &'a str) -> Outgoing<'a> {
    Outgoing {
        from_name: "Café — 東京",
        from_email: "news@example.com",
        reply_to: "help@example.com",
        to: "ann@example.org",
        subject,
        message_id: "abc.1@example.com",
        date: Utc::now(),
        html: Some(html),
        text,
        bulk: Some(Bulk { list_id: "c1.example.com", unsubscribe_url: "https://nx.test/u/abc", feedback_id: "c1:w1:bulk:nexsent" }),
    }
}

#[test]
fn any_language_arrives_as_it_was_written() {
    let long_word = "x".repeat(5000);
    for text in [
        "plain",
        "Grüße aus Zürich",
        "日本語のメール\r\nです",
        "مرحبا بالعالم",
        "emoji 🎉 and \u{200d}",
        ".\r\n.leading dot\r\n..",
        "tab\tand  spaces  ",
        &long_word,
        "",
    ] {
        let html = format!("<p>{text}</p>");
        let bytes = build(&mail(text.lines().next().unwrap_or_default(), &html, text));
        for line in bytes.split(|b| *b == b'\n') {
            assert!(line.len() <= 999, "RFC 5322 §2.1.1");
            assert!(line.is_empty() || line.ends_with(b"\r"), "every line ends in CRLF: {:?}", String::from_utf8_lossy(line));
        }
        let parsed = MessageParser::default().parse(&bytes).unwrap();
        let norm = |s: &str| s.replace("\r\n", "\n").trim_end().to_owned();
        assert_eq!(norm(&parsed.body_text(0).unwrap_or_default()), norm(text));
        assert_eq!(norm(&parsed.body_html(0).unwrap()), norm(&html));
        assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Café — 東京"));
        assert!(mail_parser::MimeHeaders::content_type(&parsed).unwrap().subtype() == Some("alternative"));
    }
}

#[test]
fn bulk_headers_are_as_providers_want_them() {
    let bytes = build(&mail("s", "<p>x", "x"));
    let text = String::from_utf8(bytes).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    for wanted in [
        "List-Unsubscribe: <https://nx.test/u/abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Id: <c1.example.com>",
        "Feedback-ID: c1:w1:bulk:nexsent",
        "Message-ID: <abc.1@example.com>",
        "MIME-Version: 1.0",
    ] {
        assert!(head.lines().any(|l| l.trim_end() == wanted), "{wanted}\n{head}");
    }
}

#[test]
fn a_header_cannot_be_smuggled_in() {
    let bytes = build(&mail("Hello\r\nBcc: victim@example.com", "<p>", "x"));
    let parsed = MessageParser::default().parse(&bytes).unwrap();
    assert!(parsed.bcc().is_none());
    assert_eq!(parsed.subject(), Some("Hello  Bcc: victim@example.com"));
}
