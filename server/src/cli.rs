//! The command line: `nexsent serve | demo | migrate | check-config`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{config::Config, demo, server::Server, telemetry};

#[derive(Parser)]
#[command(name = "nexsent", version, about = "Sends email that arrives, for many tenants, with every row isolated by the database itself.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Args)]
struct ConfigArg {
    /// The configuration file; settings in the environment (NEXSENT_…) go before it.
    #[arg(long, short, env = "NEXSENT_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the dashboard, the public pages and the background actor.
    Serve(ConfigArg),
    /// Start the product with the sandbox (DNS and mailboxes on this machine), run the main job, leave the dashboard open.
    Demo(demo::DemoArgs),
    /// Bring the database's schema up to date and stop.
    Migrate(ConfigArg),
    /// Read the configuration, say what is wrong with it, and stop.
    CheckConfig(ConfigArg),
}

/// SurrealDB's planner recurses deeply: its threads need more than the default 2 MiB.
const STACK: usize = 10 * 1024 * 1024;

/// Parses the arguments and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the runtime: {error}")),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("nexsent: {message}");
    ExitCode::FAILURE
}

async fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Serve(arg) => {
            let config = load(&arg)?;
            telemetry::init(&config.log);
            let server = Server::start(config).await.map_err(|e| e.to_string())?;
            server.print_welcome().await;
            crate::server::stop_signal().await;
            server.stop().await;
            Ok(())
        }
        Command::Demo(args) => demo::run(args).await,
        Command::Migrate(arg) => {
            let config = load(&arg)?;
            telemetry::init(&config.log);
            crate::server::open_platform(&config).await.map_err(|e| e.to_string())?;
            println!("The schema is up to date.");
            Ok(())
        }
        Command::CheckConfig(arg) => {
            let config = load(&arg)?;
            println!("The configuration is right. The dashboard will be at {}.", config.http.base_url);
            Ok(())
        }
    }
}

fn load(arg: &ConfigArg) -> Result<Config, String> {
    Config::load(arg.config.as_deref()).map_err(|e| e.to_string())
}
