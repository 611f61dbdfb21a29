//! A session with one server: many messages, one after the other.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncBufRead, AsyncRead, AsyncWriteExt, BufReader, ReadBuf},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::client::TlsStream;

use super::{
    Delivery, Outcome, Timeouts,
    connect::Capabilities,
    reply::{self, ReadError, Reply},
};

pub(super) enum Stream {
    Plain(BufReader<TcpStream>),
    Tls(Box<BufReader<TlsStream<TcpStream>>>),
}

impl Stream {
    pub(super) async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(s) => s.get_mut().write_all(bytes).await,
            Self::Tls(s) => {
                s.get_mut().write_all(bytes).await?;
                s.get_mut().flush().await
            }
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_read(cx, buf),
            Self::Tls(s) => Pin::new(s.as_mut()).poll_read(cx, buf),
        }
    }
}

impl AsyncBufRead for Stream {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).poll_fill_buf(cx),
            Self::Tls(s) => Pin::new(s.as_mut()).poll_fill_buf(cx),
        }
    }

    fn consume(self: Pin<&mut Self>, amt: usize) {
        match self.get_mut() {
            Self::Plain(s) => Pin::new(s).consume(amt),
            Self::Tls(s) => Pin::new(s.as_mut()).consume(amt),
        }
    }
}

/// A session in which messages can be sent.
pub struct Session {
    stream: Stream,
    host: String,
    tls: Option<&'static str>,
    capabilities: Capabilities,
    timeouts: Timeouts,
    usable: bool,
    sent: usize,
}

enum Step {
    Closed,
    Timeout,
    Protocol(&'static str),
    Io(String),
}

impl Step {
    fn cause(self) -> String {
        match self {
            Self::Closed => "the server closed the connection".to_owned(),
            Self::Timeout => "the server did not answer in time".to_owned(),
            Self::Protocol(what) => format!("the server sent {what}"),
            Self::Io(e) => e,
        }
    }
}

impl Session {
    pub(super) fn new(stream: Stream, host: String, tls: Option<&'static str>, capabilities: Capabilities, timeouts: Timeouts) -> Self {
        Self { stream, host, tls, capabilities, timeouts, usable: true, sent: 0 }
    }

    /// Whether another message can be sent in it.
    #[must_use]
    pub const fn is_usable(&self) -> bool {
        self.usable
    }

    /// Messages tried in it so far.
    #[must_use]
    pub const fn sent(&self) -> usize {
        self.sent
    }

    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Sends one message to one recipient.
    ///
    /// `ready` runs once the server has taken the envelope and must say `true` before any of the message goes out: the caller makes
    /// its intent durable there. When it says `false` nothing is sent and the outcome is [`Outcome::Lost`].
    pub async fn send(&mut self, from: &str, to: &str, message: &[u8], ready: impl Future<Output = bool>) -> Delivery {
        self.sent += 1;
        let outcome = self.transact(from, to, message, ready).await;
        Delivery { outcome, host: self.host.clone(), tls: self.tls }
    }

    async fn transact(&mut self, from: &str, to: &str, message: &[u8], ready: impl Future<Output = bool>) -> Outcome {
        if self.capabilities.size > 0 && message.len() as u64 > self.capabilities.size {
            let text = format!("5.3.4 The message has {} bytes, the server takes {}", message.len(), self.capabilities.size);
            return Outcome::Refused(Reply { code: 552, enhanced: Some((5, 3, 4)), text });
        }
        let mut mail = format!("MAIL FROM:<{from}>");
        if self.capabilities.size > 0 {
            mail.push_str(&format!(" SIZE={}", message.len()));
        }
        if self.capabilities.eight_bit {
            mail.push_str(" BODY=8BITMIME");
        }
        mail.push_str("\r\n");
        let rcpt = format!("RCPT TO:<{to}>\r\n");
        let envelope = if self.capabilities.pipelining {
            let group = format!("{mail}{rcpt}DATA\r\n");
            self.pipelined(group.as_bytes()).await
        } else {
            self.in_steps(&[mail, rcpt, "DATA\r\n".to_owned()]).await
        };
        match envelope {
            // Only now: a try that ends before this point can never be in doubt.
            Ok(Envelope::Go) if ready.await => {}
            Ok(Envelope::Go) => {
                self.usable = false;
                return Outcome::Lost("the intent could not be kept".to_owned());
            }
            Ok(Envelope::No(reply)) => return self.judge(reply, true).await,
            Err(step) => {
                self.usable = false;
                return Outcome::Lost(step.cause());
            }
        }
        let body = stuff(message);
        let (all_but_dot, dot) = body.split_at(body.len() - 3);
        if let Err(step) = self.write(self.timeouts.data, all_but_dot).await {
            self.usable = false;
            // The dot was not handed to the kernel. A server may have refused midway, and its reply is worth keeping.
            return match self.read(Duration::from_millis(200)).await {
                Ok(reply) if !reply.is_positive() && reply.code >= 400 => Self::verdict(reply),
                _ => Outcome::Lost(step.cause()),
            };
        }
        if let Err(step) = self.write(self.timeouts.command, dot).await {
            self.usable = false;
            return Outcome::InDoubt(step.cause());
        }
        match self.read(self.timeouts.end_of_data).await {
            Ok(reply) => self.judge(reply, false).await,
            Err(step) => {
                self.usable = false;
                Outcome::InDoubt(step.cause())
            }
        }
    }

    /// One write, three replies (RFC 2920).
    async fn pipelined(&mut self, group: &[u8]) -> Result<Envelope, Step> {
        let t = self.timeouts.command;
        self.write(t, group).await?;
        let mail = self.read(t).await?;
        let rcpt = self.read(t).await?;
        let data = self.read(t).await?;
        let refused = [mail, rcpt].into_iter().find(|r| !r.is_positive());
        match (refused, data.code) {
            (None, 354) => Ok(Envelope::Go),
            (None, _) => Ok(Envelope::No(data)),
            (Some(reply), 354) => {
                // It waits for a message all the same: an empty one, whose reply does not matter (RFC 2920 §3.1).
                self.write(t, b".\r\n").await?;
                self.read(t).await?;
                Ok(Envelope::No(reply))
            }
            (Some(reply), _) => Ok(Envelope::No(reply)),
        }
    }

    async fn in_steps(&mut self, steps: &[String; 3]) -> Result<Envelope, Step> {
        let t = self.timeouts.command;
        for (i, step) in steps.iter().enumerate() {
            self.write(t, step.as_bytes()).await?;
            let reply = self.read(t).await?;
            let good = if i == 2 { reply.code == 354 } else { reply.is_positive() };
            if !good {
                return Ok(Envelope::No(reply));
            }
        }
        Ok(Envelope::Go)
    }

    async fn judge(&mut self, reply: Reply, reset: bool) -> Outcome {
        // 421: the server is about to close (§3.8).
        if reply.code == 421 {
            self.usable = false;
        } else if reset && self.usable {
            let t = self.timeouts.command;
            let clean = match self.write(t, b"RSET\r\n").await {
                Ok(()) => matches!(self.read(t).await, Ok(r) if r.is_positive()),
                Err(_) => false,
            };
            self.usable = clean;
        }
        Self::verdict(reply)
    }

    fn verdict(reply: Reply) -> Outcome {
        match reply.code {
            200..=299 => Outcome::Accepted(reply),
            500..=599 => Outcome::Refused(reply),
            // 3xx where there should be a verdict: not SMTP, but not a "no" for good either.
            _ => Outcome::Deferred(reply),
        }
    }

    /// Says goodbye; whether the server answers does not matter.
    pub async fn quit(mut self) {
        let t = Duration::from_secs(5);
        if self.write(t, b"QUIT\r\n").await.is_ok() {
            drop(self.read(t).await);
        }
    }

    async fn write(&mut self, limit: Duration, bytes: &[u8]) -> Result<(), Step> {
        match timeout(limit, self.stream.write_all(bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(Step::Io(e.to_string())),
            Err(_) => Err(Step::Timeout),
        }
    }

    async fn read(&mut self, limit: Duration) -> Result<Reply, Step> {
        match timeout(limit, reply::read(&mut self.stream, |_| {})).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(ReadError::Closed)) => Err(Step::Closed),
            Ok(Err(ReadError::Io(e))) => Err(Step::Io(e.to_string())),
            Ok(Err(ReadError::Protocol(what))) => Err(Step::Protocol(what)),
            Err(_) => Err(Step::Timeout),
        }
    }
}

enum Envelope {
    /// 354: the message may go.
    Go,
    No(Reply),
}

/// Dot-stuffing (§4.5.2), line ends made CRLF, the final dot included as the last three bytes.
fn stuff(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 64 + 8);
    for line in message.split_inclusive(|b| *b == b'\n') {
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        // A bare CR or LF could end the message for one server and not for another (SMTP smuggling).
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        out.extend(body.iter().copied().filter(|b| *b != b'\r'));
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::stuff;

    #[test]
    fn dots_are_stuffed_and_line_ends_are_whole() {
        assert_eq!(stuff(b"a\r\n.b\r\n..\r\n"), b"a\r\n..b\r\n...\r\n.\r\n");
        assert_eq!(stuff(b"a\n.\nb\r.\rc"), b"a\r\n..\r\nb.c\r\n.\r\n");
        assert_eq!(stuff(b""), b".\r\n");
    }
}
