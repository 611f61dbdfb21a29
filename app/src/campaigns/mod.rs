//! Campaigns: written, reviewed, sent, and what became of them.

pub mod api;
mod editor;
pub mod list;
pub mod page;
pub mod recipients;
mod report;
pub mod review;

use nexsent_model::campaigns::Blocker;
use nexsent_texts::t;

/// What is wrong in a template, after where.
fn problem_text(p: Blocker) -> String {
    let field = match p.field.as_str() {
        "subject" => t!("campaigns-field-subject"),
        "preheader" => t!("campaigns-field-preheader"),
        "text" => t!("campaigns-field-text"),
        _ => p.field,
    };
    match p.line {
        Some(line) => t!("campaigns-problem-line", field = field, line = line.to_string(), message = p.message),
        None => t!("campaigns-problem", field = field, message = p.message),
    }
}
