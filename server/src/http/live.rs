//! The one WebSocket of a tab: everything live, in one order, with resume.

use std::time::Duration;

use axum::{
    extract::{
        Query, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
};
use nexsent_model::live::{Resume, ServerFrame};
use nexsent_platform::{TenantDb, events::Next};
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
    Ok(ws.max_message_size(16 * 1024).on_upgrade(move |socket| async move {
        metrics::gauge!("nexsent_live_sockets").increment(1.0);
        if let Err(error) = run(socket, &tenant, resume, stop).await {
            tracing::debug!(%error, "a live socket ended");
        }
        metrics::gauge!("nexsent_live_sockets").decrement(1.0);
    }))
}

fn text(frame: &ServerFrame) -> Result<Message, axum::Error> {
    serde_json::to_string(frame).map(|s| Message::Text(s.into())).map_err(axum::Error::new)
}

async fn run(mut socket: WebSocket, tenant: &TenantDb, resume: Resume, stop: CancellationToken) -> Result<(), axum::Error> {
    let mut events = tenant.subscribe(&resume);
    socket.send(text(&events.hello())?).await?;
    let mut ping = tokio::time::interval(PING);
    let mut recheck = tokio::time::interval(RECHECK);
    recheck.tick().await;
    loop {
        tokio::select! {
            () = stop.cancelled() => return socket.send(Message::Close(None)).await,
            next = events.next() => match next {
                Some(Next::Event { seq, event }) => socket.send(text(&ServerFrame::Event { seq, event })?).await?,
                // Too slow for the ring: the tab connects again and fetches afresh.
                Some(Next::Lagged) | None => return socket.send(Message::Close(None)).await,
            },
            _ = ping.tick() => socket.send(Message::Ping(Default::default())).await?,
            _ = recheck.tick() => if tenant.check_alive().await.is_err() {
                socket.send(text(&ServerFrame::Bye)?).await?;
                return socket.send(Message::Close(None)).await;
            },
            got = socket.recv() => match got {
                None | Some(Ok(Message::Close(_))) => return Ok(()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
            },
        }
    }
}
