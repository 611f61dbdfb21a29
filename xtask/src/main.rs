//! The build of the browser's half: wasm, wasm-bindgen, wasm-opt, style, public files. `cargo run -p xtask -- site`, and `-- gallery`.
//!
//! wasm-bindgen is used as a library, at the version that Cargo.lock has for everything: it cannot disagree with the generated code.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::{Parser, Subcommand};
use nexsent_texts::Language;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the browser's half into `<target>/site`.
    Site {
        /// Small and slow to build: for packages.
        #[arg(long)]
        release: bool,
    },
    /// Build the gallery, a site of its own that needs no server, into `<target>/gallery`.
    Gallery,
}

fn main() -> ExitCode {
    let built = match Cli::parse().task {
        Task::Site { release } => site(release).map(|dir| ("site", dir)),
        Task::Gallery => gallery().map(|dir| ("gallery", dir)),
    };
    match built {
        Ok((what, dir)) => {
            println!("{what}: {}", dir.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(1).map(Path::to_owned).unwrap_or_default()
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The frontend as a module: `<pkg>/nexsent.js` and `<pkg>/nexsent_bg.wasm`.
fn module(profile: &str, features: &[&str], pkg: &Path) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .current_dir(root())
        .args(["build", "-p", "nexsent-frontend", "--lib", "--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(features)
        .status()?;
    if !status.success() {
        return Err("the wasm build failed".into());
    }
    let wasm = target().join("wasm32-unknown-unknown").join(profile).join("nexsent_frontend.wasm");
    fs::create_dir_all(pkg)?;
    wasm_bindgen_cli_support::Bindgen::new().input_path(&wasm).web(true)?.out_name("nexsent").typescript(false).generate(pkg)?;
    Ok(())
}

fn style(to: &Path) -> Result<()> {
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    Ok(fs::write(to, grass::from_path(root().join("style/main.scss"), &options)?)?)
}

fn public(out: &Path) -> Result<()> {
    for entry in fs::read_dir(root().join("public"))? {
        let entry = entry?;
        fs::copy(entry.path(), out.join(entry.file_name()))?;
    }
    Ok(())
}

fn site(release: bool) -> Result<PathBuf> {
    let out = target().join("site");
    let pkg = out.join("pkg");
    module(if release { "wasm-release" } else { "wasm-dev" }, &[], &pkg)?;
    style(&pkg.join("nexsent.css"))?;
    let texts = Language::EVERY.map(|l| (format!("texts-{}.ftl", l.as_str()), nexsent_texts::for_browser(l)));
    for (name, text) in &texts {
        fs::write(pkg.join(name), text)?;
    }
    public(&out)?;
    if release {
        optimise(&pkg.join("nexsent_bg.wasm"))?;
    }
    for name in ["nexsent_bg.wasm", "nexsent.js", "nexsent.css"].into_iter().chain(texts.iter().map(|(name, _)| name.as_str())) {
        let file = pkg.join(name);
        if release {
            compress(&file)?;
        } else {
            // Of an earlier release build; served in place of the new file otherwise.
            for extension in ["br", "gz"] {
                let stale = pkg.join(format!("{name}.{extension}"));
                if stale.exists() {
                    fs::remove_file(stale)?;
                }
            }
        }
    }
    Ok(out)
}

/// What `Trunk.toml` builds, by other means: any static file server shows it.
fn gallery() -> Result<PathBuf> {
    let out = target().join("gallery");
    module("wasm-dev", &["--no-default-features", "--features", "csr"], &out)?;
    style(&out.join("nexsent.css"))?;
    public(&out)?;
    // Trunk replaces its links by the same three lines.
    let page = fs::read_to_string(root().join("frontend/index.html"))?;
    let own: Vec<&str> = page.lines().filter(|line| !line.contains("data-trunk")).collect();
    let head = "    <link rel=\"icon\" href=\"favicon.svg\" type=\"image/svg+xml\" />\n    <link rel=\"stylesheet\" href=\"nexsent.css\" />\n    \
                <script type=\"module\">import start from \"./nexsent.js\"; start({ module_or_path: \"nexsent_bg.wasm\" });</script>\n  </head>";
    fs::write(out.join("index.html"), own.join("\n").replace("  </head>", head))?;
    Ok(out)
}

/// What rustc emits for wasm32-unknown-unknown, and wasm-bindgen after it.
const WASM_FEATURES: [&str; 6] = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/// Makes the module smaller with binaryen's wasm-opt: of the npm packages that `scripts/setup.sh --release` installs, or on the path.
fn optimise(wasm: &Path) -> Result<()> {
    let installed = env::var_os("NEXSENT_CACHE").map(|c| Path::new(&c).join("node/node_modules/.bin/wasm-opt")).filter(|p| p.exists());
    let program = installed.unwrap_or_else(|| PathBuf::from("wasm-opt"));
    let before = fs::metadata(wasm)?.len();
    let smaller = wasm.with_extension("opt.wasm");
    let ran = Command::new(&program)
        .args(["-Oz", "--converge"])
        .args(WASM_FEATURES.map(|f| format!("--enable-{f}")))
        .arg(wasm)
        .arg("-o")
        .arg(&smaller)
        .status();
    match ran {
        Ok(status) if status.success() => {
            fs::rename(&smaller, wasm)?;
            eprintln!("xtask: wasm-opt made {before} bytes {}", fs::metadata(wasm)?.len());
            Ok(())
        }
        Ok(status) => Err(format!("wasm-opt ended with {status}").into()),
        Err(_) => {
            eprintln!("xtask: no wasm-opt here (scripts/setup.sh --release installs it): the module stays larger than it could be");
            Ok(())
        }
    }
}

/// Compressed copies beside the file, served where the browser takes them.
fn compress(path: &Path) -> Result<()> {
    use std::io::Write;
    let bytes = fs::read(path)?;
    let name = |extension: &str| PathBuf::from(format!("{}.{extension}", path.display()));
    let mut br = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut br, &brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() })?;
    fs::write(name("br"), br)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(&bytes)?;
    fs::write(name("gz"), gz.finish()?)?;
    Ok(())
}
