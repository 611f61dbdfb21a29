//! What the documents claim is where they say it is.

use std::{collections::BTreeSet, path::Path};

use nexsent_app::MEASURES;

const MODEL: &str = include_str!("../../../docs/SECURITY-MODEL.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

struct Row {
    name: &'static str,
    enforced: &'static str,
    held: &'static str,
}

fn rows() -> Vec<Row> {
    MODEL
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [measure, enforced, held] = cells[..] else { panic!("three cells: {line}") };
            Row { name: quoted(measure).next().unwrap(), enforced, held }
        })
        .collect()
}

#[test]
fn every_path_of_the_security_model_is_there() {
    for row in rows() {
        let paths: Vec<&str> = quoted(row.enforced).chain(quoted(row.held)).collect();
        assert!(quoted(row.enforced).next().is_some(), "{} is enforced somewhere", row.name);
        for path in paths {
            assert!(root().join(path).exists(), "{}: {path}", row.name);
        }
    }
}

#[test]
fn every_line_of_the_security_page_is_a_row_with_a_test() {
    let rows = rows();
    assert!(MEASURES.len() > 15 && rows.len() > 30);
    for m in MEASURES {
        let row = rows.iter().find(|r| r.name == m.row).unwrap_or_else(|| panic!("“{}” names a row {} that is not there", (m.name)(), m.row));
        assert_ne!(row.held, "none", "“{}” is promised in public, and no test holds it", (m.name)());
    }
}

#[test]
fn the_rows_have_names_of_their_own_and_the_prose_names_none_that_is_missing() {
    let rows = rows();
    let names: BTreeSet<&str> = rows.iter().map(|r| r.name).collect();
    assert_eq!(names.len(), rows.len());
    let prose = MODEL.split("## What is not protected").next().unwrap();
    let named: Vec<&str> = quoted(prose).filter(|w| !w.contains(['/', '.'])).collect();
    assert!(named.len() > 20);
    for name in named {
        assert!(names.contains(name), "{name}");
    }
}
