//! The texts and the code that asks for them: nothing missing, nothing left over, every language the same.

#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use fluent_syntax::{ast, parser};
use nexsent_texts::{FILES, Language, Piece, for_browser, pieces, source, t, text, within};

fn variables(p: &ast::Pattern<String>, out: &mut BTreeSet<String>) {
    fn inline(e: &ast::InlineExpression<String>, out: &mut BTreeSet<String>) {
        match e {
            ast::InlineExpression::VariableReference { id } => {
                out.insert(id.name.clone());
            }
            ast::InlineExpression::Placeable { expression } => expression_of(expression, out),
            _ => {}
        }
    }
    fn expression_of(e: &ast::Expression<String>, out: &mut BTreeSet<String>) {
        match e {
            ast::Expression::Inline(e) => inline(e, out),
            ast::Expression::Select { selector, variants } => {
                inline(selector, out);
                variants.iter().for_each(|v| variables(&v.value, out));
            }
        }
    }
    for element in &p.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_of(expression, out);
        }
    }
}

/// Ids of a file with the variables each text has.
fn read(name: &str, language: &str, text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = parser::parse(text.to_owned()).unwrap_or_else(|(_, wrong)| panic!("{language}/{name}.ftl: {wrong:?}"));
    let mut out = BTreeMap::new();
    for entry in resource.body {
        if let ast::Entry::Message(m) = entry {
            let mut found = BTreeSet::new();
            variables(m.value.as_ref().unwrap_or_else(|| panic!("{language}/{name}.ftl: {} says nothing", m.id.name)), &mut found);
            assert!(out.insert(m.id.name.clone(), found).is_none(), "{language}/{name}.ftl: {} is there twice", m.id.name);
        }
    }
    out
}

#[test]
fn every_language_says_the_same() {
    let mut all = BTreeMap::new();
    for f in FILES {
        let (en, es) = (read(f.name, "en", f.en), read(f.name, "es", f.es));
        for id in en.keys().chain(es.keys()) {
            assert!(en.contains_key(id) && es.contains_key(id), "{}.ftl: {id} is in one language only", f.name);
            assert_eq!(en[id], es[id], "{}.ftl: {id} is filled in with other things", f.name);
        }
        for id in en.keys() {
            assert!(all.insert(id.clone(), f.name).is_none_or(|other: &str| panic!("{id} is in {other}.ftl and {}.ftl", f.name)));
        }
    }
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Ids that follow a macro's name in a file.
fn asked<'a>(code: &'a str, macro_name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    code.match_indices(macro_name).filter_map(move |(at, _)| {
        let before = code[..at].chars().next_back();
        let rest = code[at + macro_name.len()..].trim_start().strip_prefix('"')?;
        (!before.is_some_and(|c| c.is_alphanumeric() || c == '_')).then(|| rest.split('"').next().unwrap_or_default())
    })
}

#[test]
fn every_text_that_the_code_asks_for_is_there_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned();
    let mut files = Vec::new();
    for dir in ["app/src", "server/src", "crates/model/src", "crates/platform/src"] {
        sources(&root.join(dir), &mut files);
    }
    let known: BTreeMap<String, bool> = FILES.iter().flat_map(|f| read(f.name, "en", f.en).into_keys().map(|id| (id, f.server_only))).collect();
    let mut used = BTreeSet::new();
    for path in &files {
        let code = std::fs::read_to_string(path).unwrap();
        let for_both = path.starts_with(root.join("app/src")) || path.starts_with(root.join("crates/model/src"));
        // What a page's file asks for under `cfg(feature = "ssr")` is the server's.
        for id in asked(&code, "t!(").chain(asked(&code, "rich!(")).chain(asked(&code, "keyed!(")) {
            let server_only = known.get(id).unwrap_or_else(|| panic!("{}: no text {id}", path.display()));
            let rendered_there = ["consent/pages.rs", "src/unsubscribe.rs"].iter().any(|f| path.ends_with(f));
            assert!(!for_both || !server_only || rendered_there, "{}: {id} is not loaded by the browser", path.display());
            used.insert(id.to_owned());
        }
    }
    let left: Vec<&String> = known.keys().filter(|id| !used.contains(*id)).collect();
    assert!(left.is_empty(), "nobody asks for {left:?}");
}

#[test]
fn texts_are_filled_in_counted_and_cut() {
    assert_eq!(t!("contacts-count", count = 1), "1 contact");
    assert_eq!(t!("contacts-count", count = 1_234_567u64), "1,234,567 contacts");
    let parts = pieces("ui-added-changed", &["added", "changed"], &[]);
    assert_eq!(parts, [Piece::Text("Added ".into()), Piece::Hole(0), Piece::Text(", changed ".into()), Piece::Hole(1)]);
}

#[test]
fn a_language_holds_for_a_future_and_not_beyond_it() {
    let runtime = std::pin::pin!(within(Language::Es, async { (t!("contacts-count", count = 2000), text("save", &[])) }));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready((count, save)) = runtime.poll(&mut context) else { panic!("it is ready at once") };
    assert_eq!((count.as_str(), save.as_str()), ("2.000 contactos", "Guardar"));
    assert_eq!(t!("save"), "Save");
}

#[test]
fn the_pseudo_locale_leaves_no_text_as_it_was() {
    let (english, pseudo) = (source(Language::En), source(Language::Pseudo));
    let of = |text: &str| read("all", "ar-XB", text);
    assert_eq!(of(&english), of(&pseudo), "the same ids, filled in with the same");
    assert!(!pseudo.contains("Save") && pseudo.contains("Şaaṽee"));
    for language in Language::EVERY {
        let (all, loaded) = (of(&source(language)), of(&for_browser(language)));
        assert!(loaded.len() < all.len() && loaded.iter().all(|(id, variables)| all[id] == *variables));
        assert!(for_browser(language).lines().all(|l| !l.starts_with('#')));
    }
}
