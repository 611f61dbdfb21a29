//! Replies (RFC 5321 §4.2), read within bounds.

use std::fmt;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Longer than any real line (§4.5.3.1.5 says 512), short enough not to fill memory.
const MAX_LINE: usize = 2048;
const MAX_LINES: usize = 100;
/// What is kept of the text.
const MAX_TEXT: usize = 1000;

/// A server's reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 200–559.
    pub code: u16,
    /// RFC 3463, where the text starts with one.
    pub enhanced: Option<(u8, u16, u16)>,
    /// All lines, joined by spaces, at most 1,000 characters, without control characters.
    pub text: String,
}

impl Reply {
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        matches!(self.code, 200..=299)
    }

    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        matches!(self.code, 500..=599)
    }

    /// `550 5.1.1 No such user`, taken apart; `None` when it does not start with a code.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let code = line.get(..3)?.parse().ok().filter(|c| (200..600).contains(c))?;
        let text: String = line[3..].trim_start_matches(['-', ' ']).chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_TEXT).collect();
        Some(Self { code, enhanced: enhanced(&text), text })
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

fn enhanced(text: &str) -> Option<(u8, u16, u16)> {
    let word = text.split_ascii_whitespace().next()?.trim_end_matches([':', ';', ',']);
    let mut parts = word.split('.');
    let class = parts.next()?.parse().ok().filter(|c| matches!(c, 2 | 4 | 5))?;
    let subject = parts.next()?.parse().ok().filter(|s| *s < 1000)?;
    let detail = parts.next()?.parse().ok().filter(|s| *s < 1000)?;
    parts.next().is_none().then_some((class, subject, detail))
}

/// Why no reply was read.
#[derive(Debug)]
pub(super) enum ReadError {
    Closed,
    Io(std::io::Error),
    /// The bytes are not SMTP, or never end.
    Protocol(&'static str),
}

/// Reads one reply, all its lines.
pub(super) async fn read<R: AsyncBufRead + Unpin>(from: &mut R, mut each: impl FnMut(&str)) -> Result<Reply, ReadError> {
    let mut line = Vec::with_capacity(256);
    let mut text = String::new();
    for _ in 0..MAX_LINES {
        read_line(from, &mut line).await?;
        let bytes = line.trim_ascii_end();
        let digits = bytes.get(..3).filter(|d| d.iter().all(u8::is_ascii_digit)).ok_or(ReadError::Protocol("a reply without a code"))?;
        let code = digits.iter().fold(0u16, |n, d| n * 10 + u16::from(d - b'0'));
        if !(200..600).contains(&code) {
            return Err(ReadError::Protocol("a reply with an impossible code"));
        }
        let rest = String::from_utf8_lossy(bytes.get(4..).unwrap_or_default());
        each(&rest);
        if text.len() < MAX_TEXT {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(rest.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_TEXT - text.len()));
        }
        match bytes.get(3) {
            None | Some(b' ') => return Ok(Reply { code, enhanced: enhanced(&text), text }),
            Some(b'-') => {}
            Some(_) => return Err(ReadError::Protocol("a reply without a space after its code")),
        }
    }
    Err(ReadError::Protocol("a reply that does not end"))
}

async fn read_line<R: AsyncBufRead + Unpin>(from: &mut R, line: &mut Vec<u8>) -> Result<(), ReadError> {
    line.clear();
    loop {
        let available = from.fill_buf().await.map_err(ReadError::Io)?;
        if available.is_empty() {
            return Err(ReadError::Closed);
        }
        let (take, done) = match available.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (available.len(), false),
        };
        line.extend_from_slice(&available[..take]);
        from.consume(take);
        if line.len() > MAX_LINE {
            return Err(ReadError::Protocol("a line that does not end"));
        }
        if done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn parsed(bytes: &[u8]) -> Result<Reply, String> {
        let mut from = tokio::io::BufReader::new(bytes);
        read(&mut from, |_| {}).await.map_err(|e| format!("{e:?}"))
    }

    #[tokio::test]
    async fn replies_of_one_and_more_lines() {
        let r = parsed(b"250-5.0.0 a\r\n250 b\r\n").await.expect("a reply");
        assert_eq!((r.code, r.text.as_str(), r.enhanced), (250, "5.0.0 a b", Some((5, 0, 0))));
        let r = parsed(b"550 5.1.1: No such user\xff\x1b[31m\n").await.expect("a reply");
        assert_eq!((r.code, r.enhanced), (550, Some((5, 1, 1))));
        assert!(!r.text.contains('\u{1b}'));
        assert_eq!(parsed(b"354\r\n").await.map(|r| r.code), Ok(354));
    }

    #[tokio::test]
    async fn what_is_not_a_reply() {
        for bad in [&b""[..], b"hello\r\n", b"25", b"999 x\r\n", b"250x\r\n", "２５０ x\r\n".as_bytes(), &[b'2'; 5000], &b"250-x\r\n".repeat(200)]
        {
            assert!(parsed(bad).await.is_err());
        }
    }
}
