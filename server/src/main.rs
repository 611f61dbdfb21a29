//! The `nexsent` command. Everything else is in the library.

use std::process::ExitCode;

/// The database allocates much and from many threads: the system's allocator costs it a good part of its speed (`make bench`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    nexsent::cli::main()
}
