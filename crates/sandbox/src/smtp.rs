//! A mail server that does what its mailboxes' names say.

use std::{io, sync::Arc, time::Duration};

use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::{behaviour::Behaviour, store::Store};

/// The largest message taken, announced by SIZE.
const MAX_MESSAGE: usize = 25 * 1024 * 1024;
const MAX_LINE: usize = 4096;

pub(crate) fn serve(listener: TcpListener, store: Arc<Store>, stop: CancellationToken) -> io::Result<JoinHandle<()>> {
    let acceptor = TlsAcceptor::from(Arc::new(tls()?));
    Ok(tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                () = stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else { continue };
            let (store, acceptor, stop) = (store.clone(), acceptor.clone(), stop.clone());
            tokio::spawn(async move {
                let session = async {
                    stream.set_nodelay(true)?;
                    if let Some(plain) = talk(stream, &store, false).await? {
                        let encrypted = acceptor.accept(plain).await?;
                        talk(encrypted, &store, true).await?;
                    }
                    io::Result::Ok(())
                };
                tokio::select! {
                    () = stop.cancelled() => {}
                    ended = session => if let Err(error) = ended { tracing::debug!(%error, "a session broke") },
                }
            });
        }
    }))
}

/// A certificate nobody has signed: mail servers do not look.
fn tls() -> io::Result<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(vec!["mx.sandbox.test".to_owned()]).map_err(io::Error::other)?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .map_err(io::Error::other)
}

#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<(String, Behaviour)>,
}

/// Speaks until the end, or until STARTTLS, which gives the stream back.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(stream: S, store: &Store, tls: bool) -> io::Result<Option<S>> {
    let mut s = BufReader::with_capacity(64 * 1024, stream);
    let mut out = String::new();
    if !tls {
        s.get_mut().write_all(b"220 mx.sandbox.test ESMTP\r\n").await?;
    }
    let mut envelope = Envelope::default();
    let mut line = String::new();
    loop {
        line.clear();
        let n = (&mut s).take(MAX_LINE as u64).read_line(&mut line).await?;
        if n == 0 {
            return Ok(None);
        }
        let command = line.trim_end();
        let upper = command.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            out.push_str("250-mx.sandbox.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n");
            if !tls {
                out.push_str("250-STARTTLS\r\n");
            }
            out.push_str(&format!("250 SIZE {MAX_MESSAGE}\r\n"));
        } else if upper.starts_with("HELO") {
            out.push_str("250 mx.sandbox.test\r\n");
        } else if upper == "STARTTLS" && !tls {
            s.get_mut().write_all(b"220 2.0.0 go\r\n").await?;
            return Ok(Some(s.into_inner()));
        } else if upper.starts_with("MAIL FROM:") {
            envelope = Envelope { from: Some(address(command)), to: Vec::new() };
            out.push_str("250 2.1.0 ok\r\n");
        } else if upper.starts_with("RCPT TO:") {
            let to = address(command);
            let behaviour = Behaviour::of(&to);
            match behaviour {
                Behaviour::CloseAtRcpt => return Ok(None),
                Behaviour::Slow => tokio::time::sleep(Duration::from_secs(1)).await,
                _ => {}
            }
            match behaviour {
                _ if envelope.from.is_none() => out.push_str("503 5.5.1 MAIL first\r\n"),
                Behaviour::Greylist if store.first_try(&to) => out.push_str("451 4.7.1 Greylisted, come back later\r\n"),
                Behaviour::Full => out.push_str("452 4.2.2 The mailbox is full\r\n"),
                Behaviour::Unknown => out.push_str("550 5.1.1 No such user here\r\n"),
                Behaviour::Garbage => out.push_str("banana\r\n"),
                Behaviour::Busy => {
                    s.get_mut().write_all(format!("{out}421 4.7.28 Too many messages, slow down\r\n").as_bytes()).await?;
                    return Ok(None);
                }
                _ => {
                    envelope.to.push((to, behaviour));
                    out.push_str("250 2.1.5 ok\r\n");
                }
            }
        } else if upper == "DATA" {
            if envelope.to.is_empty() {
                out.push_str("554 5.5.1 no valid recipients\r\n");
            } else {
                s.get_mut().write_all(format!("{out}354 go on\r\n").as_bytes()).await?;
                out.clear();
                match data(&mut s, store, &envelope, tls).await? {
                    Some(reply) => out.push_str(reply),
                    None => return Ok(None),
                }
                envelope = Envelope::default();
            }
        } else if upper == "RSET" || upper == "NOOP" {
            envelope = Envelope::default();
            out.push_str("250 2.0.0 ok\r\n");
        } else if upper == "QUIT" {
            s.get_mut().write_all(b"221 2.0.0 bye\r\n").await?;
            return Ok(None);
        } else {
            out.push_str("500 5.5.2 not understood\r\n");
        }
        // Answers of a pipelined group go out together (RFC 2920 §3.2).
        if s.buffer().is_empty() && !out.is_empty() {
            s.get_mut().write_all(out.as_bytes()).await?;
            s.get_mut().flush().await?;
            out.clear();
        }
    }
}

/// Reads a message to its final dot; `None`: the connection is to be closed.
async fn data<S: AsyncRead + AsyncWrite + Unpin>(
    s: &mut BufReader<S>,
    store: &Store,
    envelope: &Envelope,
    tls: bool,
) -> io::Result<Option<&'static str>> {
    if envelope.to.iter().any(|(_, b)| *b == Behaviour::DropInData) {
        let mut some = [0; 64];
        drop(s.read(&mut some).await);
        return Ok(None);
    }
    let mut raw = Vec::with_capacity(16 * 1024);
    loop {
        let start = raw.len();
        let n = s.read_until(b'\n', &mut raw).await?;
        if n == 0 {
            return Ok(None);
        }
        if raw.len() > MAX_MESSAGE {
            return Ok(None);
        }
        if &raw[start..] == b".\r\n" {
            raw.truncate(start);
            break;
        }
        if raw[start] == b'.' {
            raw.remove(start);
        }
    }
    if envelope.to.iter().any(|(_, b)| *b == Behaviour::Spam) {
        return Ok(Some("554 5.7.1 This message looks like spam\r\n"));
    }
    let from = envelope.from.as_deref().unwrap_or_default();
    for (to, _) in &envelope.to {
        store.take(from, to, raw.clone(), tls);
    }
    if envelope.to.iter().any(|(_, b)| *b == Behaviour::DropAfterDot) {
        return Ok(None);
    }
    if envelope.to.iter().any(|(_, b)| *b == Behaviour::Slow) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok(Some("250 2.0.0 taken\r\n"))
}

fn address(command: &str) -> String {
    let inside = command.split_once('<').and_then(|(_, r)| r.split_once('>')).map(|(a, _)| a);
    inside.unwrap_or_default().to_owned()
}
