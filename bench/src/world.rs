//! What the benchmarks share: a sandbox, a server, a workspace.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use nexsent::{demo, server::Server};
use nexsent_app::server_ctx::Nudge;
use nexsent_model::{
    DomainId, ImportId, ListId,
    accounts::SignUp,
    contacts::ImportView,
    domains::{DomainStatus, RecordPurpose},
    team::WorkspaceSettings,
};
use nexsent_platform::TenantDb;
use nexsent_sandbox::{Sandbox, SandboxConfig};

pub struct World {
    pub server: Server,
    pub sandbox: Sandbox,
    pub tenant: TenantDb,
    pub dir: tempfile::TempDir,
}

/// The most memory this process has had, in MB.
pub fn peak_rss_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

pub fn p(values: &mut [f64], q: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 * q) as usize).min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

impl World {
    /// `smtp_port`: of another mail server than the sandbox's own.
    pub async fn new(smtp_port: Option<u16>) -> Self {
        Self::with(smtp_port, &[]).await
    }

    /// The same with other settings.
    pub async fn with(smtp_port: Option<u16>, more: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
        let listen: SocketAddr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let port = smtp_port.unwrap_or(sandbox.smtp_addr.port()).to_string();
        let mut settings = vec![("NEXSENT_MAIL_SMTP_PORT", port.as_str()), ("NEXSENT_LOG_LEVEL", "error")];
        settings.extend_from_slice(more);
        let config = demo::config(&sandbox, dir.path(), listen, &settings).unwrap();
        nexsent::telemetry::init(&config.log);
        let server = Server::start(config).await.unwrap();
        let gate = server.platform.gate();
        let token = gate.create_setup_token().await.unwrap();
        let form = SignUp { name: "Owner".into(), workspace: "Bench".into(), email: "owner@bench.example".into(), password: "long enough 1".into() };
        let made = gate.complete_setup(&token, &form).await.unwrap();
        let tenant = server.platform.tenant(&made.member).await.unwrap();
        let settings = tenant.settings().await.unwrap();
        tenant.save_settings(&WorkspaceSettings { postal_address: "1 Main Street\nSpringfield".into(), ..settings }).await.unwrap();
        Self { server, sandbox, tenant, dir }
    }

    pub async fn domain(&self) -> DomainId {
        let id = self.tenant.add_domain("bench.example").await.unwrap();
        self.sandbox.zone.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
        for r in self.tenant.domain(&id).await.unwrap().records {
            self.sandbox.zone.publish(&r.host, if r.purpose == RecordPurpose::ReturnPath { "CNAME" } else { "TXT" }, &r.value);
        }
        self.tenant.recheck_domain(&id).await.unwrap();
        (self.server.services.nudge)(Nudge::Domains);
        while self.tenant.domain(&id).await.unwrap().domain.status != DomainStatus::Verified {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        id
    }

    /// Imports `n` contacts; how long from the start to the end, and the report.
    pub async fn import(&self, n: u32) -> (ListId, Duration, ImportView) {
        let list = self.tenant.create_list("all", "").await.unwrap();
        let id = ImportId::new();
        let path = self.tenant.import_upload_path(&id).await.unwrap();
        write_csv(&path, n);
        self.tenant.create_import(&id, "people.csv").await.unwrap();
        let mut plan = self.tenant.import(&id).await.unwrap().plan;
        plan.lists = vec![list.clone()];
        let began = Instant::now();
        self.tenant.start_import(&id, &plan).await.unwrap();
        (self.server.services.nudge)(Nudge::Imports);
        loop {
            let view = self.tenant.import(&id).await.unwrap();
            if view.state.is_final() {
                return (list, began.elapsed(), view);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn stop(self) {
        drop(self.tenant);
        self.server.stop().await;
        self.sandbox.stop().await;
        drop(self.dir);
    }
}

fn write_csv(path: &Path, n: u32) {
    use std::io::Write;
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "email,first_name,last_name,city,plan,seats").unwrap();
    for i in 0..n {
        writeln!(out, "person{i}@box{}.example,First{i},Last{i},City {},plan{},{}", i % 20, i % 500, i % 4, i % 90).unwrap();
    }
}

/// The sandbox as a sink, in a process of its own.
pub struct Sink {
    child: Child,
    pub smtp: SocketAddr,
    pub web: SocketAddr,
}

impl Sink {
    pub fn start(samples: &Path) -> Self {
        let binary = std::env::current_exe().unwrap().with_file_name("nexsent-sandbox");
        let mut child = Command::new(binary)
            .args(["--sink", "--samples", "200"])
            .arg(samples)
            .stdout(Stdio::piped())
            .spawn()
            .expect("nexsent-sandbox is built beside this program");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        Self { child, smtp: words[3].parse().unwrap(), web: words[5].parse().unwrap() }
    }

    pub async fn stats(&self) -> serde_json::Value {
        reqwest::get(format!("http://{}/api/stats", self.web)).await.unwrap().json().await.unwrap()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
