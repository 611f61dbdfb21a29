//! `bundle`: what the first load of the dashboard takes over the wire, of the release build of the browser's half.

use std::{path::PathBuf, process::Command};

use crate::world::World;

/// What the page names, and what its script asks for.
fn assets(html: &str) -> Vec<String> {
    let mut found: Vec<String> =
        html.split(['"', '\'']).filter(|part| part.starts_with("/pkg/") || *part == "/favicon.svg").map(str::to_owned).collect();
    found.sort();
    found.dedup();
    let named = |name: &str| found.iter().any(|f| f.ends_with(name));
    assert!(["/nexsent.js", "/__wasm_split.js", "/nexsent_bg.wasm", "/nexsent.css"].into_iter().all(named), "the page names everything: {found:?}");
    found
}

pub async fn run() {
    let program = std::env::current_exe().unwrap().with_file_name("xtask");
    let built = Command::new(program).args(["site", "--release"]).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let said = String::from_utf8_lossy(&built.stdout).into_owned();
    let site = PathBuf::from(said.lines().find_map(|l| l.strip_prefix("site: ")).unwrap());
    let w = World::with(None, &[("NEXSENT_HTTP_SITE_ROOT", &site.display().to_string())]).await;
    let base = &w.server.base_url;
    let client = reqwest::Client::builder().cookie_store(true).gzip(false).build().unwrap();
    let form = [("email", "owner@bench.example"), ("password", "long enough 1")];
    client.post(format!("{base}/api/sign_in")).header("sec-fetch-site", "same-origin").form(&form).send().await.unwrap();
    let get = async |path: &str| {
        let answer = client.get(format!("{base}{path}")).header("accept-encoding", "br").send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        let coding = answer.headers().get("content-encoding").map_or("-", |v| v.to_str().unwrap_or("?")).to_owned();
        (coding, answer.bytes().await.unwrap())
    };
    let (coding, page) = get("/dashboard").await;
    let html = String::from_utf8_lossy(&page).into_owned();
    assert!(html.contains("First steps"), "the dashboard of somebody signed in");
    let mut total = page.len();
    println!("{:>10}  {coding:<4}  /dashboard", page.len());
    for path in assets(&html) {
        let (coding, bytes) = get(&path).await;
        println!("{:>10}  {coding:<4}  {path}", bytes.len());
        total += bytes.len();
    }
    let kb = (total as f64 / 102.4).round() / 10.0;
    println!("{}", serde_json::json!({ "bench": "bundle", "first_load_brotli_kb": kb }));
    w.stop().await;
}
