//! Benchmarks. Each does its own set-up on a fresh data directory and prints one line of JSON, the last line.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on says where")]

mod bundle;
mod campaign;
mod import;
mod pages;
mod segments;
mod world;

use clap::{Parser, Subcommand};

/// The server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    program: Program,
}

#[derive(Subcommand)]
enum Program {
    /// What the first load of the dashboard takes over the wire.
    Bundle,
    /// Imports, expands, renders, signs and sends to a sink in a process of its own.
    Campaign {
        #[arg(long, default_value_t = 20_000)]
        recipients: u32,
    },
    /// From file to searchable contact.
    Import {
        #[arg(long, default_value_t = 200_000)]
        rows: u32,
    },
    /// How long whole pages of a large workspace take.
    Pages {
        #[arg(long, default_value_t = 200_000)]
        contacts: u32,
    },
    /// How long it takes to index contacts, and to find some of them by a rule.
    Segments {
        #[arg(long, default_value_t = 200_000)]
        contacts: u32,
    },
}

fn main() {
    let program = Cli::parse().program;
    // The database's planner recurses deeply.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(10 << 20).build().unwrap();
    runtime.block_on(async {
        match program {
            Program::Bundle => bundle::run().await,
            Program::Campaign { recipients } => campaign::run(recipients).await,
            Program::Import { rows } => import::run(rows).await,
            Program::Pages { contacts } => pages::run(contacts).await,
            Program::Segments { contacts } => segments::run(contacts).await,
        }
    });
}
