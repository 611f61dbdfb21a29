//! The browser's half: its address says which build it is of, so that browsers keep it for good and never keep the wrong one.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use nexsent_app::server_ctx::Assets;

/// What was built. A file that is missing makes another build, too; the page says so by itself.
pub(crate) fn of(site_root: &Path) -> Assets {
    let pkg = site_root.join("pkg");
    let parts = fs::read(pkg.join("parts.json")).ok().and_then(|parts| serde_json::from_slice(&parts).ok()).unwrap_or_default();
    Assets { version: version(&pkg), parts }
}

/// What a build is told by: changes with any of its files.
fn version(pkg: &Path) -> String {
    let mut files: Vec<PathBuf> = fs::read_dir(pkg).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    // Their compressed copies say nothing new.
    files.retain(|file| file.extension().is_some_and(|e| e != "br" && e != "gz"));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// Lets browsers keep what was asked for by the present version, `<version>/<file>`. Parts of another build are not to be had: mixed with what
/// the page has loaded already they would do anything; the page asks for itself anew instead. A style fits well enough.
pub(super) async fn keep(State(version): State<String>, mut req: Request, next: Next) -> Response {
    let path = req.uri().path().trim_start_matches('/').to_owned();
    let Some((asked, file)) = path.split_once('/') else {
        return next.run(req).await;
    };
    let present = asked == version;
    let Ok(file) = format!("/{file}").parse::<Uri>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !present && !file.path().ends_with(".css") {
        return StatusCode::NOT_FOUND.into_response();
    }
    *req.uri_mut() = file;
    let mut res = next.run(req).await;
    if present && res.status().is_success() {
        res.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    res
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn a_version_changes_with_its_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let now = || super::of(dir.path());
        let none = now();
        let pkg = dir.path().join("pkg");
        fs::create_dir(&pkg).expect("a folder in it");
        fs::write(pkg.join("nexsent.css"), "a{}").expect("a file");
        let one = now();
        fs::write(pkg.join("nexsent.css"), "b{}").expect("a file");
        let other = now();
        assert!(none.version != one.version && one.version != other.version && none.version != other.version);
        fs::write(pkg.join("nexsent.css.br"), "b").expect("a copy");
        assert_eq!(other.version, now().version);
        fs::write(pkg.join("parts.json"), r#"{"forms":["chunk_1","split_forms"]}"#).expect("the parts");
        assert_ne!(other.version, now().version);
        assert_eq!(now().parts["forms"], ["chunk_1", "split_forms"]);
    }
}
