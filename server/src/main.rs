//! The `nexsent` command. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    nexsent::cli::main()
}
