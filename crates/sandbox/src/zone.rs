//! A DNS zone for the whole world: what is published here, and mail servers for everybody else.

use std::{
    collections::BTreeMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use hickory_proto::{
    op::{Header, HeaderCounts, MessageType, Metadata, OpCode, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, CNAME, MX, TXT},
    },
};
use hickory_server::{
    Server,
    net::runtime::Time,
    server::{Request, RequestHandler, ResponseHandler, ResponseInfo},
    zone_handler::MessageResponseBuilder,
};
use serde::Serialize;
use tokio::{
    net::{TcpListener, UdpSocket},
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// Short, so that what is changed is seen at once.
const TTL: u32 = 2;

/// A published record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub name: String,
    /// `TXT`, `CNAME`, `MX` (`10 host`) or `A`.
    pub kind: String,
    pub value: String,
}

/// How a name misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer at all.
    Timeout,
    Servfail,
}

/// What is published. Names that are not get a mail server, `mx.sandbox.test`, so that any address is a mailbox here.
pub struct Zone {
    mx_ip: Ipv4Addr,
    entries: Mutex<Vec<Entry>>,
    faults: Mutex<BTreeMap<String, Fault>>,
}

fn clean(name: &str) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}

impl Zone {
    pub(crate) fn new(mx_ip: Ipv4Addr) -> Self {
        Self { mx_ip, entries: Mutex::default(), faults: Mutex::default() }
    }

    /// Publishes a record; a TXT or A besides those there are, a CNAME in place of the one there is.
    pub fn publish(&self, name: &str, kind: &str, value: &str) {
        let entry = Entry { name: clean(name), kind: kind.trim().to_ascii_uppercase(), value: value.trim().to_owned() };
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entry.kind == "CNAME" {
            entries.retain(|e| !(e.name == entry.name && e.kind == "CNAME"));
        }
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// Takes every record of that name and type away.
    pub fn remove(&self, name: &str, kind: &str) {
        let (name, kind) = (clean(name), kind.to_ascii_uppercase());
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).retain(|e| e.name != name || e.kind != kind);
    }

    /// Makes a name fail; `None` heals it.
    pub fn fault(&self, name: &str, fault: Option<Fault>) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(f) => drop(faults.insert(clean(name), f)),
            None => drop(faults.remove(&clean(name))),
        }
    }

    /// All that is published.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn answer(&self, name: &Name, kind: RecordType) -> Result<Vec<Record>, Option<ResponseCode>> {
        let text = clean(&name.to_ascii());
        match self.faults.lock().unwrap_or_else(PoisonError::into_inner).get(&text) {
            Some(Fault::Timeout) => return Err(None),
            Some(Fault::Servfail) => return Err(Some(ResponseCode::ServFail)),
            None => {}
        }
        let entries = self.entries();
        let named: Vec<&Entry> = entries.iter().filter(|e| e.name == text).collect();
        let record = |data| Record::from_rdata(name.clone(), TTL, data);
        let mut found: Vec<Record> =
            named.iter().filter(|e| e.kind == kind.to_string() || e.kind == "CNAME").filter_map(|e| data(e)).map(record).collect();
        if found.is_empty() && named.is_empty() {
            let host = Name::from_ascii("mx.sandbox.test.").unwrap_or_default();
            let is_infrastructure = text.starts_with('_') || text.contains("._") || text.starts_with("bounce.");
            match kind {
                RecordType::MX if !is_infrastructure && text != "mx.sandbox.test" => found.push(record(RData::MX(MX::new(10, host)))),
                RecordType::A if text == "mx.sandbox.test" => found.push(record(RData::A(A(self.mx_ip)))),
                _ if is_infrastructure => return Err(Some(ResponseCode::NXDomain)),
                _ => {}
            }
        }
        Ok(found)
    }
}

fn data(entry: &Entry) -> Option<RData> {
    let name = |s: &str| Name::from_ascii(format!("{}.", s.trim_end_matches('.'))).ok();
    match entry.kind.as_str() {
        // A provider splits what is longer than 255 characters (RFC 1035 §3.3.14).
        "TXT" => Some(RData::TXT(TXT::new(entry.value.as_bytes().chunks(255).map(|c| String::from_utf8_lossy(c).into_owned()).collect()))),
        "CNAME" => name(&entry.value).map(|n| RData::CNAME(CNAME(n))),
        "MX" => {
            let (preference, host) = entry.value.split_once(' ')?;
            Some(RData::MX(MX::new(preference.parse().ok()?, name(host.trim())?)))
        }
        "A" => entry.value.parse().ok().map(|ip| RData::A(A(ip))),
        _ => None,
    }
}

struct Handler(Arc<Zone>);

#[async_trait]
impl RequestHandler for Handler {
    async fn handle_request<R: ResponseHandler, T: Time>(&self, request: &Request, mut out: R) -> ResponseInfo {
        let failed = || {
            let mut metadata = Metadata::new(request.metadata.id, MessageType::Response, OpCode::Query);
            metadata.response_code = ResponseCode::ServFail;
            ResponseInfo::from(Header { metadata, counts: HeaderCounts::default() })
        };
        let Ok(info) = request.request_info() else { return failed() };
        let name = Name::from(info.query.name());
        let mut metadata = Metadata::response_from_request(info.metadata);
        metadata.authoritative = true;
        let records = match self.0.answer(&name, info.query.query_type()) {
            Ok(records) => records,
            // As if the packet had been lost.
            Err(None) => return failed(),
            Err(Some(code)) => {
                metadata.response_code = code;
                Vec::new()
            }
        };
        let response = MessageResponseBuilder::from_message_request(request).build(metadata, records.iter(), [], [], []);
        out.send_response(response).await.unwrap_or_else(|_| failed())
    }
}

pub(crate) fn serve(udp: UdpSocket, tcp: TcpListener, zone: Arc<Zone>, stop: CancellationToken) -> JoinHandle<()> {
    let mut server = Server::new(Handler(zone));
    server.register_socket(udp);
    server.register_listener(tcp, Duration::from_secs(10), 16);
    tokio::spawn(async move {
        stop.cancelled().await;
        if let Err(error) = server.shutdown_gracefully().await {
            tracing::warn!(%error, "the sandbox's name server did not stop cleanly");
        }
    })
}
