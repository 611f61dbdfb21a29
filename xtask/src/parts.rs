//! The module in parts: the first load, and what pages bring with them when they are opened (`app/src/parts.rs` says which).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Result, cargo, root, run, target};

/// Splits a module that was linked with its relocations. Puts into `pkg` the parts, the script that loads them, and `parts.json`, from which
/// the server knows the files of each. Answers with the main part, for wasm-bindgen.
///
/// The splitter is a program of its own: its dependencies would change features of crates below the database, which cargo unifies in a
/// workspace.
pub fn split(linked: &Path, pkg: &Path) -> Result<PathBuf> {
    let manifest = root().join("xtask/split/Cargo.toml");
    run(Command::new(cargo())
        .args(["build", "--release", "--locked", "--quiet", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target()))?;
    let said = Command::new(target().join("release/nexsent-split")).arg(linked).arg(pkg).output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into_owned().into());
    }
    let said = String::from_utf8(said.stdout)?;
    let parts: BTreeMap<&str, Vec<&str>> = said
        .lines()
        .map(|line| {
            let mut words = line.split(' ').filter(|w| !w.is_empty());
            (words.next().unwrap_or_default(), words.collect())
        })
        .collect();
    fs::write(pkg.join("parts.json"), serde_json::to_vec(&parts)?)?;
    Ok(linked.with_file_name("main.wasm"))
}
