//! The sandbox as a program of its own: a sink for benchmarks, a world for manual tests.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use nexsent_sandbox::{Sandbox, SandboxConfig};

fn usage() -> ExitCode {
    eprintln!("usage: nexsent-sandbox [--dns ADDR] [--smtp ADDR] [--web ADDR] [--sink] [--samples N DIR]");
    ExitCode::FAILURE
}

#[tokio::main]
async fn main() -> ExitCode {
    let mut config = SandboxConfig::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut addr = |to: &mut SocketAddr| args.next().and_then(|a| a.parse().ok()).map(|a| *to = a).is_some();
        let ok = match arg.as_str() {
            "--dns" => addr(&mut config.dns),
            "--smtp" => addr(&mut config.smtp),
            "--web" => addr(&mut config.web),
            "--sink" => {
                config.sink = true;
                true
            }
            "--samples" => match (args.next().and_then(|n| n.parse().ok()), args.next()) {
                (Some(n), Some(dir)) => {
                    config.samples = Some((PathBuf::from(dir), n));
                    true
                }
                _ => false,
            },
            _ => false,
        };
        if !ok {
            return usage();
        }
    }
    let sandbox = match Sandbox::start(config).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("nexsent-sandbox: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("dns {} smtp {} web {}", sandbox.dns_addr, sandbox.smtp_addr, sandbox.web_addr);
    drop(tokio::signal::ctrl_c().await);
    sandbox.stop().await;
    ExitCode::SUCCESS
}
