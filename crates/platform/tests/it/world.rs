//! A platform to test on: a database of its own, name servers that say what a test wants.

use std::{
    collections::HashMap,
    future::Future,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use hickory_proto::{
    op::{Message, MessageType, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{CNAME, TXT},
    },
};
use nexsent_mail::dns::Resolver;
use nexsent_model::{
    DomainId, ListId,
    accounts::SignUp,
    campaigns::CampaignDraft,
    contacts::ContactDraft,
    domains::{DomainStatus, RecordPurpose},
    team::{Proof, WorkspaceSettings},
};
use nexsent_platform::{Caller, Platform, PlatformConfig, TenantDb, secrets::MasterKey};
use tokio::net::UdpSocket;

use crate::rpc_server::{PASSWORD, RpcServer};

/// The database's planner recurses deeply: threads with larger stacks than tests have.
pub fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_stack_size(16 << 20).enable_all().build().unwrap().block_on(test);
}

pub struct World {
    pub platform: Platform,
    pub resolver: Resolver,
    pub zone: Zone,
    pub dir: tempfile::TempDir,
    /// The database's, where it is not embedded.
    pub server: Option<RpcServer>,
}

/// What the name server answers: name in lower case and type, to values.
pub type Zone = Arc<Mutex<HashMap<(String, RecordType), Vec<String>>>>;

pub fn config(url: &str, dir: &std::path::Path) -> PlatformConfig {
    PlatformConfig {
        url: url.to_owned(),
        namespace: "nexsent".into(),
        database: "test".into(),
        user: "root".into(),
        password: None,
        cache_mb: 64,
        master_key: MasterKey::from_bytes(&[9; 32]).unwrap(),
        data_dir: dir.to_owned(),
        base_url: "http://nx.test".into(),
        instance_name: "NexSent".into(),
        spf_include: "spf.nx.test".into(),
        return_path_host: "mx.nx.test".into(),
    }
}

impl World {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let platform = Platform::open(config("mem://", dir.path())).await.unwrap();
        Self::of(platform, dir, None).await
    }

    /// On a database server.
    pub async fn remote() -> Self {
        let (dir, server) = (tempfile::tempdir().unwrap(), RpcServer::start().await);
        let platform = Platform::open(PlatformConfig { password: Some(PASSWORD.into()), ..config(&server.url(), dir.path()) }).await.unwrap();
        Self::of(platform, dir, Some(server)).await
    }

    async fn of(platform: Platform, dir: tempfile::TempDir, server: Option<RpcServer>) -> Self {
        let (addr, zone) = name_server().await;
        Self { platform, resolver: Resolver::with_servers(&[addr], Duration::from_secs(2)), zone, dir, server }
    }

    /// What this world's platform was opened with.
    pub fn config(&self) -> PlatformConfig {
        match &self.server {
            Some(server) => PlatformConfig { password: Some(PASSWORD.into()), ..config(&server.url(), self.dir.path()) },
            None => config("mem://", self.dir.path()),
        }
    }

    /// A workspace with a confirmed owner.
    pub async fn workspace(&self, name: &str) -> TenantDb {
        let gate = self.platform.gate();
        let form = SignUp { name: "Owner".into(), workspace: name.into(), email: format!("owner@{name}.test"), password: "long enough 1".into() };
        if gate.is_fresh().await.unwrap() {
            let token = gate.create_setup_token().await.unwrap();
            let made = gate.complete_setup(&token, &form).await.unwrap();
            return self.platform.tenant(&made.member).await.unwrap();
        }
        gate.sign_up(&form).await.unwrap();
        let made = gate.confirm_email(&self.mail_token(&form.email).await).await.unwrap();
        self.platform.tenant(&made.member).await.unwrap()
    }

    /// The same member at a browser that is signed in.
    pub async fn browser(&self, tenant: &TenantDb) -> TenantDb {
        let data = [("member".to_owned(), serde_json::json!(tenant.me().member)), ("account".to_owned(), serde_json::json!(tenant.me().account))];
        let mut record = tower_sessions::session::Record {
            id: tower_sessions::session::Id::default(),
            data: data.into(),
            expiry_date: tower_sessions::cookie::time::OffsetDateTime::from_unix_timestamp(chrono::Utc::now().timestamp() + 3600).unwrap(),
        };
        tower_sessions::SessionStore::create(&self.platform.session_store(), &mut record).await.unwrap();
        let session = Some(Caller::session_key(&record.id.to_string()));
        tenant.clone().with_caller(Caller { session, ..Caller::default() })
    }

    /// At a browser in which the password was just typed again, and what its session is known by.
    pub async fn proven(&self, tenant: &TenantDb) -> (TenantDb, Option<String>) {
        let db = self.browser(tenant).await;
        db.prove(&Proof::Password("long enough 1".into())).await.unwrap();
        let session = db.session();
        (db, session)
    }

    /// The token in the newest system mail to an address; takes the mail out of the queue.
    pub async fn mail_token(&self, to: &str) -> String {
        let mails = self.platform.system().due_system_mail(100).await.unwrap();
        let mail = mails.into_iter().rev().find(|m| m.to == to).expect("a mail");
        self.platform.system().drop_system_mail(&mail.id).await.unwrap();
        mail.text.split("token=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    }

    /// What no bulk message leaves without.
    pub async fn address(&self, tenant: &TenantDb) {
        let settings = tenant.settings().await.unwrap();
        tenant.save_settings(&WorkspaceSettings { postal_address: "1 Main Street\nSpringfield".into(), ..settings }).await.unwrap();
    }

    /// Adds a domain and publishes what it wants.
    pub async fn verified_domain(&self, tenant: &TenantDb, name: &str) -> DomainId {
        self.address(tenant).await;
        let id = tenant.add_domain(name).await.unwrap();
        self.publish(tenant, &id).await;
        let status = self.platform.system().check_domain(&id, &self.resolver).await.unwrap();
        assert_eq!(status, Some(DomainStatus::Verified), "{:#?}", tenant.domain(&id).await.unwrap().records);
        id
    }

    pub async fn publish(&self, tenant: &TenantDb, id: &DomainId) {
        self.zone.lock().unwrap().insert(("spf.nx.test".into(), RecordType::TXT), vec!["v=spf1 ip4:192.0.2.1 -all".into()]);
        for record in tenant.domain(id).await.unwrap().records {
            let kind = if record.purpose == RecordPurpose::ReturnPath { RecordType::CNAME } else { RecordType::TXT };
            self.zone.lock().unwrap().insert((record.host, kind), vec![record.value]);
        }
    }

    /// A list with this many contacts.
    pub async fn list(&self, tenant: &TenantDb, name: &str, contacts: u32) -> ListId {
        let list = tenant.create_list(name, "").await.unwrap();
        for n in 0..contacts {
            let draft = ContactDraft {
                email: format!("{name}{n}@example.com"),
                first_name: format!("N{n}"),
                lists: vec![list.clone()],
                ..ContactDraft::default()
            };
            tenant.create_contact(&draft).await.unwrap();
        }
        list
    }

    pub fn draft(domain: &DomainId, list: &ListId) -> CampaignDraft {
        CampaignDraft {
            name: "News".into(),
            from_name: "Example".into(),
            from_local: "news".into(),
            domain: Some(domain.clone()),
            subject: "Hello {{ contact.first_name | default('there') }}".into(),
            html: "<p>Hi <a href='https://example.com/offer'>offer</a></p>".into(),
            lists: vec![list.clone()],
            track_opens: true,
            track_clicks: true,
            ..CampaignDraft::default()
        }
    }
}

async fn name_server() -> (SocketAddr, Zone) {
    let zone: Zone = Arc::default();
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let addr = socket.local_addr().unwrap();
    let records = zone.clone();
    tokio::spawn(async move {
        let mut buf = [0; 4096];
        while let Ok((n, peer)) = socket.recv_from(&mut buf).await {
            let Ok(query) = Message::from_vec(&buf[..n]) else { continue };
            let Some(question) = query.queries.first().cloned() else { continue };
            let name = question.name().to_ascii().trim_end_matches('.').to_lowercase();
            let mut reply = Message::response(query.metadata.id, query.metadata.op_code);
            reply.metadata.message_type = MessageType::Response;
            reply.add_query(question.clone());
            match records.lock().unwrap().get(&(name, question.query_type())) {
                Some(values) => {
                    for v in values {
                        let data = if question.query_type() == RecordType::CNAME {
                            RData::CNAME(CNAME(Name::from_ascii(format!("{v}.")).unwrap()))
                        } else {
                            RData::TXT(TXT::new(v.as_bytes().chunks(255).map(|c| String::from_utf8_lossy(c).into_owned()).collect()))
                        };
                        reply.add_answer(Record::from_rdata(question.name().clone(), 5, data));
                    }
                }
                None => reply.metadata.response_code = ResponseCode::NXDomain,
            }
            drop(socket.send_to(&reply.to_vec().unwrap(), peer).await);
        }
    });
    (addr, zone)
}
