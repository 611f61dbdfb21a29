//! The pseudo-locale's texts: the English ones, letters exchanged and longer by a third.

use fluent_syntax::{ast, parser, serializer};

fn pattern(p: &mut ast::Pattern<String>) {
    for element in &mut p.elements {
        match element {
            ast::PatternElement::TextElement { value } => *value = fluent_pseudo::transform(value, false, true).into_owned(),
            ast::PatternElement::Placeable { expression: ast::Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|v| pattern(&mut v.value));
            }
            ast::PatternElement::Placeable { .. } => {}
        }
    }
}

pub(crate) fn source(english: String) -> String {
    let mut resource = parser::parse(english).unwrap_or_else(|(readable, _)| readable);
    for entry in &mut resource.body {
        if let ast::Entry::Message(ast::Message { value: Some(value), .. }) | ast::Entry::Term(ast::Term { value, .. }) = entry {
            pattern(value);
        }
    }
    serializer::serialize(&resource)
}
