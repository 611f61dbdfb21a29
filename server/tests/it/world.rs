//! A sandbox, a data directory, and the product in this process or as a child.

use std::{
    future::Future,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use nexsent::{config::Config, demo, server::Server};
use nexsent_app::server_ctx::Nudge;
use nexsent_model::{
    CampaignId, ImportId,
    accounts::SignUp,
    campaigns::CampaignDraft,
    domains::{DomainStatus, RecordPurpose},
    team::WorkspaceSettings,
};
use nexsent_platform::TenantDb;
use nexsent_sandbox::{Sandbox, SandboxConfig};

/// The database's planner recurses deeply: threads with larger stacks than tests have.
pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).thread_stack_size(16 << 20).enable_all().build().unwrap().block_on(test);
}

pub fn free_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

pub async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).await.unwrap()
}

pub fn config(sandbox: &Sandbox, dir: &Path, listen: SocketAddr) -> Config {
    demo::config(sandbox, dir, listen, &[("NEXSENT_MAIL_CONNECTIONS_PER_PROVIDER", "8"), ("NEXSENT_LOG_LEVEL", "error")]).unwrap()
}

/// The same settings in the environment of a child.
pub fn child(sandbox: &Sandbox, dir: &Path, listen: SocketAddr, wrapper: &[&str]) -> Child {
    let binary = env!("CARGO_BIN_EXE_nexsent");
    let mut command = match wrapper {
        [] => Command::new(binary),
        [program, args @ ..] => {
            let mut c = Command::new(program);
            c.args(args).arg(binary);
            c
        }
    };
    command
        .arg("serve")
        .env("NEXSENT_DATA_DIR", dir)
        .env("NEXSENT_HTTP_LISTEN", listen.to_string())
        .env("NEXSENT_HTTP_BASE_URL", format!("http://{listen}"))
        .env("NEXSENT_DNS_SERVERS", sandbox.dns_addr.to_string())
        .env("NEXSENT_MAIL_HOSTNAME", "mail.nexsent.example")
        .env("NEXSENT_MAIL_SMTP_PORT", sandbox.smtp_addr.port().to_string())
        .env("NEXSENT_MAIL_ALLOW_PRIVATE_HOSTS", "true")
        .env("NEXSENT_MAIL_CONNECTIONS_PER_PROVIDER", "8")
        .env("NEXSENT_MAIL_RETRY_AFTER", "1s,10m")
        .env("NEXSENT_LOG_LEVEL", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the child has said where it listens.
pub fn wait_started(child: &mut Child) {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().is_some(), "the server started");
    // Keep reading: a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
}

pub async fn until<F, Fut>(what: &str, seconds: u64, mut look: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    for _ in 0..seconds * 20 {
        if look().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited {seconds} s until {what}, in vain");
}

/// A workspace with a verified domain and `n` contacts, made through a running server.
pub async fn workspace(server: &Server, sandbox: &Sandbox, csv: &str) -> (TenantDb, CampaignDraft) {
    let gate = server.platform.gate();
    let token = gate.create_setup_token().await.unwrap();
    let form = SignUp { name: "Owner".into(), workspace: "Acme".into(), email: "owner@acme.example".into(), password: "long enough 1".into() };
    let made = gate.complete_setup(&token, &form).await.unwrap();
    let tenant = server.platform.tenant(&made.member).await.unwrap();
    let settings = tenant.settings().await.unwrap();
    tenant.save_settings(&WorkspaceSettings { postal_address: "1 Main Street\nSpringfield".into(), ..settings }).await.unwrap();
    let domain = tenant.add_domain("acme.example").await.unwrap();
    sandbox.zone.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
    for r in tenant.domain(&domain).await.unwrap().records {
        sandbox.zone.publish(&r.host, if r.purpose == RecordPurpose::ReturnPath { "CNAME" } else { "TXT" }, &r.value);
    }
    tenant.recheck_domain(&domain).await.unwrap();
    (server.services.nudge)(Nudge::Domains);
    until("the domain is verified", 30, || async { tenant.domain(&domain).await.unwrap().domain.status == DomainStatus::Verified }).await;
    let list = tenant.create_list("all", "").await.unwrap();
    let import = ImportId::new();
    std::fs::write(tenant.import_upload_path(&import).await.unwrap(), csv).unwrap();
    tenant.create_import(&import, "people.csv").await.unwrap();
    let mut plan = tenant.import(&import).await.unwrap().plan;
    plan.lists = vec![list.clone()];
    tenant.start_import(&import, &plan).await.unwrap();
    (server.services.nudge)(Nudge::Imports);
    until("the import is over", 60, || async { tenant.import(&import).await.unwrap().state.is_final() }).await;
    let draft = CampaignDraft {
        name: "News".into(),
        from_name: "Acme".into(),
        from_local: "news".into(),
        domain: Some(domain),
        subject: "Hello {{ contact.email }}".into(),
        html: "<p>Hi</p><p><a href=\"https://example.com/a\">a</a></p>".into(),
        lists: vec![list],
        track_opens: true,
        track_clicks: true,
        ..CampaignDraft::default()
    };
    (tenant, draft)
}

pub async fn campaign(tenant: &TenantDb, draft: &CampaignDraft) -> CampaignId {
    let id = tenant.create_campaign("News").await.unwrap();
    tenant.save_campaign(&id, 1, draft).await.unwrap();
    id
}
