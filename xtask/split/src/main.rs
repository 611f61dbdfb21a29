//! Splits a linked module: `nexsent-split <module> <folder>`. Leaves the main part, for wasm-bindgen, beside the module as `main.wasm`,
//! and in the folder the other parts and the script that loads them. Writes a line for each split, with the files that it needs.

mod merge;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

fn split(module: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let linked = fs::read(module)?;
    let main = module.with_file_name("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&linked);
    options.output_dir = folder;
    options.main_out_path = &main;
    let loader = "./__wasm_split.js";
    options.link_name = loader;
    options.main_module = "./nexsent.js";
    let split = wasm_split_cli_support::transform(options).map_err(|error| format!("{error:#}"))?;
    let mut parts: Vec<_> = split.prefetch_map.into_iter().collect();
    parts.sort();
    let own = |file: &String| file.starts_with("split_");
    let mut shared: Vec<String> = parts.iter().flat_map(|(_, files)| files.iter().filter(|f| !own(f)).cloned()).collect();
    shared.sort();
    shared.dedup();
    if !shared.is_empty() {
        merge::merge(folder, loader, &shared)?;
    }
    for (name, files) in parts {
        for file in files.iter().filter(|f| own(f)) {
            merge::plain(&folder.join(format!("{file}.wasm")))?;
        }
        let first = files.iter().any(|f| !own(f)).then_some(merge::SHARED);
        let files: Vec<&str> = first.into_iter().chain(files.iter().filter(|f| own(f)).map(String::as_str)).collect();
        println!("{name} {}", files.join(" "));
    }
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<_> = env::args_os().skip(1).collect();
    let [module, folder] = args.as_slice() else {
        eprintln!("nexsent-split <module> <folder>");
        return ExitCode::FAILURE;
    };
    match split(Path::new(module), Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nexsent-split: {error}");
            ExitCode::FAILURE
        }
    }
}
