//! `nexsent demo`: the sandbox, the product, and the main job run on them from sign-up to report.

mod job;

use std::{net::SocketAddr, path::PathBuf};

use nexsent_sandbox::{Sandbox, SandboxConfig};

use crate::{
    config::{Config, Source},
    server::{self, Server},
    telemetry,
};

/// What can be said on the command line.
#[derive(clap::Args)]
pub struct DemoArgs {
    /// End after the main job, with a JSON summary as the last line.
    #[arg(long)]
    once: bool,
    /// Recipients of the demonstration campaign.
    #[arg(long, default_value_t = 400)]
    recipients: u32,
    /// Where the dashboard listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where the sandbox's mailboxes are shown.
    #[arg(long, default_value = "127.0.0.1:8025")]
    sandbox: SocketAddr,
    /// Do not run the main job: leave a fresh instance beside the sandbox.
    #[arg(long)]
    fresh: bool,
    /// Where the built browser half lies; by default beside the binary.
    #[arg(long)]
    site_root: Option<PathBuf>,
}

/// Who can sign in to the demonstration.
pub const EMAIL: &str = "owner@demo.example";
/// The demonstration's password: it guards nothing but mailboxes on this machine.
pub const PASSWORD: &str = "demo-password";

/// The product's settings for a world that is the sandbox.
///
/// # Errors
/// A setting that is wrong, by name.
pub fn config(sandbox: &Sandbox, data_dir: &std::path::Path, listen: SocketAddr, more: &[(&str, &str)]) -> Result<Config, String> {
    let mut settings = vec![
        ("NEXSENT_DATA_DIR".to_owned(), data_dir.display().to_string()),
        ("NEXSENT_HTTP_LISTEN".to_owned(), listen.to_string()),
        ("NEXSENT_HTTP_BASE_URL".to_owned(), format!("http://{}:{}", listen.ip(), listen.port())),
        ("NEXSENT_INSTANCE_SIGN_UP".to_owned(), "open".to_owned()),
        ("NEXSENT_DNS_SERVERS".to_owned(), sandbox.dns_addr.to_string()),
        ("NEXSENT_MAIL_HOSTNAME".to_owned(), "mail.nexsent.example".to_owned()),
        ("NEXSENT_MAIL_SMTP_PORT".to_owned(), sandbox.smtp_addr.port().to_string()),
        ("NEXSENT_MAIL_RELAY".to_owned(), format!("smtp://{}?tls=none", sandbox.smtp_addr)),
        ("NEXSENT_MAIL_ALLOW_PRIVATE_HOSTS".to_owned(), "true".to_owned()),
        // Short, so that a greylisted recipient gets the message while one looks on.
        ("NEXSENT_MAIL_RETRY_AFTER".to_owned(), "2s,10m,1h,8h".to_owned()),
        ("NEXSENT_LOG_LEVEL".to_owned(), "warn".to_owned()),
    ];
    settings.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    let source = Source::read(None, settings.into_iter(), crate::config::NAMES).map_err(|e| e.to_string())?;
    Config::from_source(&source).map_err(|e| e.to_string())
}

/// Runs the demonstration.
pub(crate) async fn run(args: DemoArgs) -> Result<(), String> {
    let dir = std::env::temp_dir().join(format!("nexsent-demo-{}", std::process::id()));
    std::fs::create_dir_all(&dir).map_err(|e| format!("cannot make {}: {e}", dir.display()))?;
    let outcome = in_dir(&args, &dir).await;
    if let Err(error) = std::fs::remove_dir_all(&dir) {
        eprintln!("{} could not be removed: {error}", dir.display());
    }
    outcome
}

async fn in_dir(args: &DemoArgs, dir: &std::path::Path) -> Result<(), String> {
    let web = if args.once { SocketAddr::from(([127, 0, 0, 1], 0)) } else { args.sandbox };
    let listen = if args.once { free_port().map_err(|e| e.to_string())? } else { args.listen };
    let sandbox = Sandbox::start(SandboxConfig { web, ..SandboxConfig::default() })
        .await
        .map_err(|e| format!("the sandbox does not start: {e} (try --sandbox 127.0.0.1:0)"))?;
    let site = args.site_root.as_ref().map(|p| p.display().to_string());
    let more: Vec<(&str, &str)> = site.iter().map(|s| ("NEXSENT_HTTP_SITE_ROOT", s.as_str())).collect();
    let config = config(&sandbox, dir, listen, &more)?;
    telemetry::init(&config.log);
    let server = Server::start(config).await.map_err(|e| e.to_string())?;
    let outcome = if args.fresh {
        server.print_welcome().await;
        Ok(None)
    } else {
        job::main_job(&server, &sandbox, args.recipients).await.map(Some)
    };
    match outcome {
        Ok(summary) => {
            println!("dashboard: {}   mailboxes and DNS: http://{}", server.base_url, sandbox.web_addr);
            if summary.is_some() {
                println!("sign in as {EMAIL} with the password {PASSWORD}");
            }
            if let Some(summary) = summary {
                println!("{summary}");
            }
            if !args.once {
                println!("Ctrl-C ends it; nothing is kept.");
                server::stop_signal().await;
            }
        }
        Err(error) => {
            server.stop().await;
            sandbox.stop().await;
            return Err(error);
        }
    }
    server.stop().await;
    sandbox.stop().await;
    Ok(())
}

fn free_port() -> std::io::Result<SocketAddr> {
    std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()
}
