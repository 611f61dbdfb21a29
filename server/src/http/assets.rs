//! The browser's half: its address says which build it is of, so that browsers keep it for good and never keep the wrong one.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::Path,
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// What a build is told by: changes with any of its files.
pub(crate) fn version(site_root: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    for name in ["nexsent_bg.wasm", "nexsent.js", "nexsent.css"] {
        // A file that is missing is another build, too; the page says so by itself.
        fs::read(site_root.join("pkg").join(name)).unwrap_or_default().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// Lets browsers keep what was asked for by the present version. Anything else they have to ask for again.
pub(super) async fn keep(State(version): State<String>, req: Request, next: Next) -> Response {
    let asked = req.uri().query().and_then(|q| q.strip_prefix("v=")).is_some_and(|v| v == version);
    let mut res = next.run(req).await;
    if asked && res.status().is_success() {
        res.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    res
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_version_changes_with_its_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let none = super::version(dir.path());
        std::fs::create_dir(dir.path().join("pkg")).expect("a folder in it");
        std::fs::write(dir.path().join("pkg/nexsent.css"), "a{}").expect("a file");
        let one = super::version(dir.path());
        std::fs::write(dir.path().join("pkg/nexsent.css"), "b{}").expect("a file");
        let other = super::version(dir.path());
        assert!(none != one && one != other && none != other);
        assert_eq!(other, super::version(dir.path()));
    }
}
