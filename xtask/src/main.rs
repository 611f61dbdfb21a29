//! The build of the browser's half: wasm, wasm-bindgen, wasm-opt, style, public files. `cargo run -p xtask -- site`, and `-- gallery`.
//!
//! wasm-bindgen is used as a library, at the version that Cargo.lock has for everything: it cannot disagree with the generated code.

mod parts;

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

/// The frontend as linked by cargo, with what is said behind `--` for the linker.
fn linked(profile: &str, features: &[&str], linker: &[&str]) -> Result<PathBuf> {
    run(Command::new(cargo())
        .current_dir(root())
        .args(["rustc", "-p", "nexsent-frontend", "--lib", "--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(features)
        .arg("--")
        .args(linker))?;
    Ok(target().join("wasm32-unknown-unknown").join(profile).join("nexsent_frontend.wasm"))
}

fn cargo() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", command.get_program().display()).into()) }
}

/// An empty folder: what an earlier build has left there is not served with this one.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// The module's script and what of it is in wasm: `<to>/nexsent.js` and `<to>/nexsent_bg.wasm`.
fn bind(wasm: &Path, to: &Path, split: bool) -> Result<()> {
    // The other parts share what the linker exports. Names of functions are for debuggers alone.
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .out_name("nexsent")
        .typescript(false)
        .keep_lld_exports(split)
        .remove_name_section(true)
        .generate(to)?;
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
    let wasm = linked(if release { "wasm-release" } else { "wasm-dev" }, &[], &["-Clink-arg=--emit-relocs"])?;
    empty(&pkg)?;
    bind(&parts::split(&wasm, &pkg)?, &pkg, true)?;
    style(&pkg.join("nexsent.css"))?;
    for language in Language::EVERY {
        fs::write(pkg.join(format!("texts-{}.ftl", language.as_str())), nexsent_texts::for_browser(language))?;
    }
    public(&out)?;
    if release {
        let files: Vec<PathBuf> = fs::read_dir(&pkg)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        let (wasm, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| f.extension().is_some_and(|e| e == "wasm"));
        optimise(&wasm)?;
        for file in wasm.iter().chain(&others) {
            compress(file)?;
        }
    }
    Ok(out)
}

/// What `Trunk.toml` builds, by other means: any static file server shows it.
fn gallery() -> Result<PathBuf> {
    let out = target().join("gallery");
    let wasm = linked("wasm-dev", &["--no-default-features", "--features", "csr"], &[])?;
    empty(&out)?;
    bind(&wasm, &out, false)?;
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

/// Makes modules smaller with binaryen's wasm-opt: of the npm packages that `scripts/setup.sh --release` installs, or on the path.
fn optimise(modules: &[PathBuf]) -> Result<()> {
    let installed = env::var_os("NEXSENT_CACHE").map(|c| Path::new(&c).join("node/node_modules/.bin/wasm-opt")).filter(|p| p.exists());
    let program = installed.unwrap_or_else(|| PathBuf::from("wasm-opt"));
    if Command::new(&program).arg("--version").output().is_err() {
        eprintln!("xtask: no wasm-opt here (scripts/setup.sh --release installs it): the modules stay larger than they could be");
        return Ok(());
    }
    let (mut before, mut after) = (0, 0);
    for wasm in modules {
        let smaller = wasm.with_extension("opt.wasm");
        run(Command::new(&program)
            .args(["-Oz", "--converge"])
            .args(WASM_FEATURES.map(|f| format!("--enable-{f}")))
            .arg(wasm)
            .arg("-o")
            .arg(&smaller))?;
        before += fs::metadata(wasm)?.len();
        fs::rename(&smaller, wasm)?;
        after += fs::metadata(wasm)?.len();
    }
    eprintln!("xtask: wasm-opt made {before} bytes {after}");
    Ok(())
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
