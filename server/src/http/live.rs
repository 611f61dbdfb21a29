//! The one WebSocket of a tab: everything live, in one order, with resume.

use std::time::Duration;

use axum::{
    extract::{
        Query, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
};
use nexsent_model::live::{LiveEvent, Resume, ServerFrame};
use nexsent_platform::{Platform, TenantDb, events::Next};
use tokio_util::sync::CancellationToken;
use tower_sessions::Session;

use super::{Shared, fault::Refusal, session};

/// How often an idle socket is pinged: proxies close connections that are silent for a minute.
const PING: Duration = Duration::from_secs(25);
/// How often it is checked that the member is still one.
const RECHECK: Duration = Duration::from_secs(60);

/// Upgrades a signed-in tab. The CSRF layer has checked the origin: browsers do not for sockets.
pub async fn connect(
    ws: WebSocketUpgrade,
    Query(resume): Query<Resume>,
    session: Session,
    State(shared): State<Shared>,
) -> Result<Response, Refusal> {
    let tenant = session::tenant(&shared, &session).await?;
    let stop = shared.stopping.clone();
    let (platform, id) = (shared.services.platform.clone(), session.id().map(|id| id.to_string()).unwrap_or_default());
    Ok(ws.max_message_size(16 * 1024).on_upgrade(move |socket| async move {
        metrics::gauge!("nexsent_live_sockets").increment(1.0);
        if let Err(error) = run(socket, &tenant, &Alive { platform, id }, resume, stop).await {
            tracing::debug!(%error, "a live socket ended");
        }
        metrics::gauge!("nexsent_live_sockets").decrement(1.0);
    }))
}

fn text(frame: &ServerFrame) -> Result<Message, axum::Error> {
    serde_json::to_string(frame).map(|s| Message::Text(s.into())).map_err(axum::Error::new)
}

/// What a socket stands on besides the member: the browser's session.
struct Alive {
    platform: Platform,
    id: String,
}

impl Alive {
    async fn check(&self, tenant: &TenantDb) -> bool {
        tenant.check_alive().await.is_ok() && self.platform.session_alive(&self.id).await.unwrap_or(true)
    }
}

async fn goodbye(socket: &mut WebSocket) -> Result<(), axum::Error> {
    socket.send(text(&ServerFrame::Bye)?).await?;
    socket.send(Message::Close(None)).await
}

async fn run(mut socket: WebSocket, tenant: &TenantDb, alive: &Alive, resume: Resume, stop: CancellationToken) -> Result<(), axum::Error> {
    let mut events = tenant.subscribe(&resume);
    socket.send(text(&events.hello())?).await?;
    let mut ping = tokio::time::interval(PING);
    let mut recheck = tokio::time::interval(RECHECK);
    recheck.tick().await;
    loop {
        tokio::select! {
            () = stop.cancelled() => return socket.send(Message::Close(None)).await,
            next = events.next() => match next {
                Some(Next::Event { seq, event }) => {
                    // Somebody may have been removed, or a session ended: not in a minute but now.
                    if event == LiveEvent::Team && !alive.check(tenant).await {
                        return goodbye(&mut socket).await;
                    }
                    socket.send(text(&ServerFrame::Event { seq, event })?).await?;
                }
                // Too slow for the ring: the tab connects again and fetches afresh.
                Some(Next::Lagged) | None => return socket.send(Message::Close(None)).await,
            },
            _ = ping.tick() => socket.send(Message::Ping(Default::default())).await?,
            _ = recheck.tick() => if !alive.check(tenant).await {
                return goodbye(&mut socket).await;
            },
            got = socket.recv() => match got {
                None | Some(Ok(Message::Close(_))) => return Ok(()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
            },
        }
    }
}
