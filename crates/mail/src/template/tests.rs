use super::*;

fn source(html: &str) -> Source<'_> {
    Source {
        subject: "Hi {{ contact.first_name | default('there') }}",
        preheader: "",
        html,
        text: None,
        postal_address: "",
        track_opens: true,
        track_clicks: true,
    }
}

fn contact(pairs: &[(&str, &str)]) -> Value {
    Value::from_pairs(pairs.iter().copied())
}

fn recipient(template: &Template, contact: Value) -> Recipient {
    Recipient {
        contact,
        links: (0..template.links().len()).map(|i| format!("https://nx.test/t/c/{i}")).collect(),
        open_url: Some("https://nx.test/t/o/x".into()),
        unsubscribe_url: "https://nx.test/u/x".into(),
        preferences_url: "https://nx.test/p/x".into(),
        view_url: "https://nx.test/v/x".into(),
    }
}

#[test]
fn a_campaign_is_personal_tracked_and_can_be_left() {
    let html = r#"<html><body><h1>Hi {{ contact.first_name | default("there") }}</h1>
<p><a href="https://example.com/a?x=1&amp;y=2">First</a> <a href="mailto:x@example.com">Mail</a>
<a href="https://example.com/{{ contact.plan }}">Yours</a></p></body></html>"#;
    let t = Template::compile(&source(html)).expect("compiles");
    assert_eq!(t.links(), ["https://example.com/a?x=1&y=2"]);
    let ann = t.render(&recipient(&t, contact(&[("first_name", "Ann <b>"), ("plan", "pro")]))).expect("renders");
    assert_eq!(ann.subject, "Hi Ann <b>");
    assert!(ann.html.contains("Hi Ann &lt;b&gt;"), "{}", ann.html);
    assert!(ann.html.contains("href=\"https://nx.test/t/c/0\""), "{}", ann.html);
    assert!(ann.html.contains("https://example.com/pro"));
    assert!(ann.html.contains("mailto:x@example.com"));
    assert!(ann.html.contains("https://nx.test/u/x") && ann.html.contains("https://nx.test/t/o/x"));
    assert!(ann.html.trim_end().ends_with("</html>"));
    assert!(
        ann.text.contains("Hi Ann <b>") && ann.text.contains("https://nx.test/t/c/0") && ann.text.contains("https://nx.test/u/x"),
        "{}",
        ann.text
    );
    let nobody = t.render(&recipient(&t, contact(&[("first_name", "  ")]))).expect("renders");
    assert_eq!(nobody.subject, "Hi there");
}

#[test]
fn the_postal_address_is_under_both_parts() {
    let t = Template::compile(&Source { postal_address: "Acme & Söhne\n1 <Main> St", ..source("<body><p>Hello</p></body>") }).expect("compiles");
    let out = t.render(&recipient(&t, contact(&[]))).expect("renders");
    assert!(out.html.contains("Acme &amp; Söhne<br>1 &lt;Main&gt; St</p>"), "{}", out.html);
    assert!(out.text.trim_end().ends_with("Acme & Söhne\n1 <Main> St"), "{}", out.text);
}

#[test]
fn tracking_can_be_off_and_the_authors_own_unsubscribe_link_stays() {
    let html = "<p><a href='https://example.com/'>x</a> <a href='{{ unsubscribe_url }}'>leave</a></p>";
    let t = Template::compile(&Source { track_opens: false, track_clicks: false, ..source(html) }).expect("compiles");
    assert!(t.links().is_empty());
    let r = t.render(&recipient(&t, contact(&[]))).expect("renders");
    assert!(r.html.contains("https://example.com/") && !r.html.contains("/t/o/"));
    assert_eq!(r.html.matches("https://nx.test/u/x").count(), 1);
}

#[test]
fn scripts_handlers_and_forms_go() {
    let html = "<p onclick='x()'>a<script>alert(1)</script><a href=' JaVa\tscript:alert(1)'>b</a><form action=/x>words<input></form><iframe src=x></iframe>\
                <svg onload=alert(1)></svg><img src=x onerror=alert(1)><meta http-equiv=refresh content='0;url=x'></p>";
    let t = Template::compile(&source(html)).expect("compiles");
    let html = t.render(&recipient(&t, contact(&[]))).expect("renders").html.to_lowercase();
    for bad in ["<script", "onclick", "onload", "onerror", "script:", "<form", "<input", "<iframe", "refresh"] {
        assert!(!html.contains(bad), "{bad}: {html}");
    }
    assert!(html.contains("words"));
}

#[test]
fn mistakes_are_shown_at_their_line() {
    let at = |html: &str| Template::compile(&source(html)).err().map(|p| (p[0].field, p[0].line, p[0].message.clone())).expect("a problem");
    let (field, line, message) = at("<p>\n<b>\n{{ contact.first_name | shout }}</b>");
    assert_eq!((field, line), ("html", Some(3)), "{message}");
    assert!(message.contains("shout"));
    let (_, line, _) = at("<p>\n{% if contact.x %}\n");
    assert!(line.is_some());
    let (_, line, message) = at("one\ntwo {{ first_name }}");
    assert_eq!(line, Some(2));
    assert!(message.contains("contact.first_name"), "{message}");
}

#[test]
fn endless_and_huge_templates_are_stopped() {
    let began = std::time::Instant::now();
    for bad in [
        "{% for a in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for b in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for c in \
         'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for d in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ 'x' * 100000000000 }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% include 'html' %}",
        "{{ range(1000000000) }}",
        "{{ 10 ** 10 ** 10 }}",
    ] {
        assert!(Template::compile(&source(bad)).is_err(), "{bad}");
    }
    let deep = format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000));
    assert!(Template::compile(&source(&deep)).is_err());
    assert!(Template::compile(&source(&"x".repeat(2 * 1024 * 1024))).is_err());
    assert!(began.elapsed().as_secs() < 20, "limits take effect early");
}

#[test]
fn broken_html_is_still_a_message() {
    for html in [
        "",
        "<",
        "<p",
        "</p></p>",
        "<table><tr>{% for x in contact.tags %}<td>{{ x }}{% endfor %}",
        "{ { % } }",
        "a\u{E0F1}0\u{E0F2}b",
        "<a href=\"https://example.com",
    ] {
        let t = Template::compile(&source(html)).unwrap_or_else(|p| panic!("{html:?}: {p:?}"));
        assert!(t.render(&recipient(&t, contact(&[]))).is_ok(), "{html:?}");
    }
}

#[test]
fn a_preheader_comes_first_and_is_escaped() {
    let t = Template::compile(&Source { preheader: "For {{ contact.first_name }} & co", ..source("<body class=x><p>hello") }).expect("compiles");
    let html = t.render(&recipient(&t, contact(&[("first_name", "<i>")]))).expect("renders").html;
    let (pre, rest) = html.split_once("hello").expect("body");
    assert!(pre.contains("For &lt;i&gt;"), "{pre}");
    assert!(!rest.contains("For"));
}
