//! A database server: SurrealDB's own RPC implementation behind a WebSocket, as the server program has it. Its clients are the SDK's.

use std::{net::SocketAddr, sync::Arc};

use futures::{SinkExt, StreamExt};
use surrealdb_core::{dbs::Session, kvs::Datastore, rpc::RpcProtocol};
use surrealdb_rpc::{DbResponse, DbResult, Request};
use surrealdb_types::{HashMap, SurrealValue, Value};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{RwLock, watch},
};
use tokio_tungstenite::tungstenite::{
    Message,
    handshake::server::{Request as Handshake, Response},
    http::HeaderValue,
    protocol::WebSocketConfig,
};

pub const PASSWORD: &str = "of the server";

type Sessions = HashMap<uuid::Uuid, Arc<RwLock<Session>>>;

/// One client's connection.
struct Connection {
    store: Arc<Datastore>,
    sessions: Sessions,
}

impl RpcProtocol for Connection {
    fn kvs(&self) -> &Datastore {
        &self.store
    }
    fn kvs_arc(&self) -> Arc<Datastore> {
        self.store.clone()
    }
    fn version_data(&self) -> DbResult {
        DbResult::Other(Value::String("surrealdb-3.3.5".to_owned()))
    }
    fn session_map(&self) -> &Sessions {
        &self.sessions
    }
    async fn cleanup_lqs(&self, _: &uuid::Uuid) {}
    async fn cleanup_all_lqs(&self) {}
}

/// A server with a database in memory.
pub struct RpcServer {
    addr: SocketAddr,
    cut: watch::Sender<u32>,
}

impl RpcServer {
    pub async fn start() -> Self {
        let store = Datastore::builder().with_auth(true).build_with_path("mem://").await.unwrap();
        store.check_version().await.unwrap();
        store.bootstrap().await.unwrap();
        store.initialise_credentials("root", PASSWORD).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (cut, cuts) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (store, mut cuts) = (store.clone(), cuts.clone());
                cuts.mark_unchanged();
                tokio::spawn(async move {
                    tokio::select! {
                        () = serve(stream, store) => {}
                        _ = cuts.changed() => {}
                    }
                });
            }
        });
        Self { addr, cut }
    }

    pub fn url(&self) -> String {
        format!("ws://{}", self.addr)
    }

    /// Breaks every connection off, as a restart of the server or of the network between does.
    pub fn cut(&self) {
        self.cut.send_modify(|n| *n += 1);
    }
}

async fn serve(stream: TcpStream, store: Arc<Datastore>) {
    #[expect(clippy::result_large_err, reason = "the handshake's callback is typed so")]
    let answer = |request: &Handshake, mut response: Response| {
        assert_eq!(request.headers()["sec-websocket-protocol"], "flatbuffers");
        response.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("flatbuffers"));
        Ok(response)
    };
    let config = WebSocketConfig::default().max_message_size(Some(64 << 20)).max_frame_size(Some(64 << 20));
    let Ok(socket) = tokio_tungstenite::accept_hdr_async_with_config(stream, answer, Some(config)).await else { return };
    let (mut sink, mut requests) = socket.split();
    let (answers, mut waiting) = tokio::sync::mpsc::channel::<Vec<u8>>(64);
    let writer = tokio::spawn(async move {
        while let Some(bytes) = waiting.recv().await {
            if sink.send(Message::Binary(bytes.into())).await.is_err() {
                return;
            }
        }
    });
    let own = uuid::Uuid::now_v7();
    let connection = Arc::new(Connection { store, sessions: HashMap::new() });
    connection.attach(own).await.unwrap();
    while let Some(Ok(message)) = requests.next().await {
        let Message::Binary(bytes) = message else { continue };
        let Ok(Value::Object(object)) = surrealdb_types::decode::<Value>(&bytes) else { continue };
        let Ok(request) = Request::from_object(object) else { continue };
        let (connection, answers) = (connection.clone(), answers.clone());
        // Requests of one connection run beside each other; the client tells their answers apart by their ids.
        let session = request.session_id.map(uuid::Uuid::from);
        let run = async move {
            let txn = request.txn.map(uuid::Uuid::from);
            let result = connection.execute(txn, session.unwrap_or(own), session, request.method, request.params).await;
            let response = DbResponse::new(request.id, session, result).into_value();
            if let Ok(bytes) = surrealdb_types::encode(&response) {
                drop(answers.send(bytes).await);
            }
        };
        tokio::spawn(run);
    }
    writer.abort();
}
