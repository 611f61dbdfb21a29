//! The build of the browser's half: wasm, wasm-bindgen, style, public files. `cargo run -p xtask -- site`.
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
}

fn main() -> ExitCode {
    let Task::Site { release } = Cli::parse().task;
    match site(release) {
        Ok(dir) => {
            println!("site: {}", dir.display());
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

fn site(release: bool) -> Result<PathBuf> {
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .current_dir(root())
        .args(["build", "-p", "nexsent-frontend", "--lib", "--target", "wasm32-unknown-unknown", "--profile", profile])
        .status()?;
    if !status.success() {
        return Err("the wasm build failed".into());
    }
    let wasm = target().join("wasm32-unknown-unknown").join(profile).join("nexsent_frontend.wasm");
    let out = target().join("site");
    let pkg = out.join("pkg");
    fs::create_dir_all(&pkg)?;
    wasm_bindgen_cli_support::Bindgen::new().input_path(&wasm).web(true)?.out_name("nexsent").typescript(false).generate(&pkg)?;
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    fs::write(pkg.join("nexsent.css"), grass::from_path(root().join("style/main.scss"), &options)?)?;
    for entry in fs::read_dir(root().join("public"))? {
        let entry = entry?;
        fs::copy(entry.path(), out.join(entry.file_name()))?;
    }
    if release {
        for name in ["nexsent_bg.wasm", "nexsent.js", "nexsent.css"] {
            compress(&pkg.join(name))?;
        }
    } else {
        for name in ["nexsent_bg.wasm", "nexsent.js", "nexsent.css"] {
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

/// Compressed copies beside the file, served where the browser takes them.
fn compress(path: &Path) -> Result<()> {
    use std::io::Write;
    let bytes = fs::read(path)?;
    let name = |extension: &str| PathBuf::from(format!("{}.{extension}", path.display()));
    let mut br = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut br, &brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() })?;
    fs::write(name("br"), br)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(&bytes)?;
    fs::write(name("gz"), gz.finish()?)?;
    Ok(())
}
