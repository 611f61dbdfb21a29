//! DKIM signatures (RFC 6376): rsa-sha256, relaxed/relaxed, 2048-bit keys, made with aws-lc-rs.

use aws_lc_rs::{
    digest,
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use thiserror::Error;

/// What is signed, where the message has it. `From` is named once more than it occurs, so that none can be added (§8.15).
const HEADERS: [&str; 13] = [
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
];

/// A key is unusable.
#[derive(Debug, Error)]
pub enum DkimError {
    #[error("the key cannot be made")]
    Generate,
    #[error("not a PKCS#8 RSA key")]
    Key,
    #[error("the message cannot be signed")]
    Sign,
}

/// A domain's signing key.
pub struct DkimKey {
    pair: RsaKeyPair,
}

impl DkimKey {
    /// A new RSA key of 2048 bits. Takes tens of milliseconds and more: call it off the async threads.
    ///
    /// # Errors
    /// [`DkimError::Generate`] when the system gives no randomness.
    pub fn generate() -> Result<Self, DkimError> {
        Ok(Self { pair: RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| DkimError::Generate)? })
    }

    /// From what [`Self::to_pkcs8`] gave.
    ///
    /// # Errors
    /// [`DkimError::Key`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, DkimError> {
        Ok(Self { pair: RsaKeyPair::from_pkcs8(der).map_err(|_| DkimError::Key)? })
    }

    /// The private key as PKCS#8 DER. Secret: seal it before it is stored.
    ///
    /// # Errors
    /// [`DkimError::Key`].
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, DkimError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| DkimError::Key)?;
        Ok(der.as_ref().to_vec())
    }

    /// The TXT record to publish (RFC 6376 §3.6.1), some 410 characters.
    ///
    /// # Errors
    /// [`DkimError::Key`].
    pub fn record(&self) -> Result<String, DkimError> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().map_err(|_| DkimError::Key)?;
        Ok(format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(der.as_ref())))
    }
}

/// Signs messages for one domain and selector.
pub struct Signer {
    key: DkimKey,
    head: String,
    rng: SystemRandom,
}

impl Signer {
    #[must_use]
    pub fn new(key: DkimKey, domain: &str, selector: &str) -> Self {
        let head = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector}");
        Self { key, head, rng: SystemRandom::new() }
    }

    /// The `DKIM-Signature` header with its line end, to be put before the message. `at`: seconds since 1970 (the `t=` tag).
    ///
    /// # Errors
    /// [`DkimError::Sign`] for a message without an empty line after its header.
    pub fn sign(&self, message: &[u8], at: i64) -> Result<String, DkimError> {
        let end = find(message, b"\r\n\r\n").ok_or(DkimError::Sign)?;
        let (header, body) = (&message[..end + 2], &message[end + 4..]);
        let mut hash = digest::Context::new(&digest::SHA256);
        relaxed_body(body, &mut |part| hash.update(part));
        let fields = split_fields(header);
        let mut names = String::with_capacity(160);
        let mut signed = Vec::with_capacity(1024);
        let mut used = vec![false; fields.len()];
        for name in HEADERS {
            // From the bottom up (§5.4.2).
            let found = fields.iter().enumerate().rev().find(|(i, f)| !used[*i] && f.0.eq_ignore_ascii_case(name.as_bytes()));
            if let Some((i, field)) = found {
                used[i] = true;
                relaxed_field(name, field.1, &mut signed);
            } else if name != "from" {
                continue;
            }
            if !names.is_empty() {
                names.push(':');
            }
            names.push_str(name);
        }
        let bh = STANDARD.encode(hash.finish().as_ref());
        let value = format!("{}; t={at};\r\n\th={};\r\n\tbh={bh};\r\n\tb=", self.head, fold_names(&names));
        relaxed_field("dkim-signature", value.as_bytes(), &mut signed);
        // The signature's own field goes in without its line end (§3.7).
        signed.truncate(signed.len() - 2);
        let mut signature = vec![0; self.key.pair.public_modulus_len()];
        self.key.pair.sign(&RSA_PKCS1_SHA256, &self.rng, &signed, &mut signature).map_err(|_| DkimError::Sign)?;
        let b = STANDARD.encode(signature);
        let mut out = String::with_capacity(900);
        out.push_str("DKIM-Signature: ");
        out.push_str(&value);
        for (i, chunk) in b.as_bytes().chunks(72).enumerate() {
            if i > 0 {
                out.push_str("\r\n\t ");
            }
            out.push_str(std::str::from_utf8(chunk).map_err(|_| DkimError::Sign)?);
        }
        out.push_str("\r\n");
        Ok(out)
    }
}

/// Lines of at most 78 characters (RFC 5322 §2.1.1).
fn fold_names(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 12);
    let mut width = 3;
    for (i, name) in names.split(':').enumerate() {
        if i > 0 {
            out.push(':');
            width += 1;
        }
        if width + name.len() > 74 {
            out.push_str("\r\n\t ");
            width = 2;
        }
        out.push_str(name);
        width += name.len();
    }
    out
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// Name and raw value of each field, folded lines kept together.
fn split_fields(header: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut fields = Vec::with_capacity(16);
    let mut start = 0;
    let mut i = 0;
    while i < header.len() {
        let line_end = find(&header[i..], b"\r\n").map_or(header.len(), |n| i + n + 2);
        let folded = header.get(line_end).is_some_and(|b| matches!(b, b' ' | b'\t'));
        if !folded {
            let field = &header[start..line_end];
            if let Some(colon) = field.iter().position(|b| *b == b':') {
                fields.push((field[..colon].trim_ascii_end(), &field[colon + 1..]));
            }
            start = line_end;
        }
        i = line_end;
    }
    fields
}

/// §3.4.2: name in lower case, white space runs as one space, none at the ends.
fn relaxed_field(name: &str, value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.push(b':');
    let start = out.len();
    let mut space = false;
    for &b in value {
        match b {
            b' ' | b'\t' | b'\r' | b'\n' => space = true,
            _ => {
                if space && out.len() > start {
                    out.push(b' ');
                }
                space = false;
                out.push(b);
            }
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// §3.4.4: white space runs as one space, none at line ends, no empty lines at the end.
fn relaxed_body(body: &[u8], sink: &mut impl FnMut(&[u8])) {
    let mut empty_lines = 0usize;
    let mut line = Vec::with_capacity(1024);
    for raw in body.split_inclusive(|b| *b == b'\n') {
        let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw).trim_ascii_end();
        if raw.is_empty() {
            empty_lines += 1;
            continue;
        }
        for _ in 0..empty_lines {
            sink(b"\r\n");
        }
        empty_lines = 0;
        if raw.windows(2).any(|w| matches!(w, [b' ' | b'\t', b' ' | b'\t'])) || raw.contains(&b'\t') {
            line.clear();
            let mut space = false;
            for &b in raw {
                if matches!(b, b' ' | b'\t') {
                    space = true;
                } else {
                    if space {
                        line.push(b' ');
                    }
                    space = false;
                    line.push(b);
                }
            }
            sink(&line);
        } else {
            sink(raw);
        }
        sink(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relaxed(body: &str) -> String {
        let mut out = Vec::new();
        relaxed_body(body.as_bytes(), &mut |p| out.extend_from_slice(p));
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn bodies_as_in_rfc_6376() {
        // §3.4.5, the example.
        assert_eq!(relaxed(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed(""), "");
        assert_eq!(relaxed("\r\n\r\n"), "");
        assert_eq!(relaxed("a\r\n\r\nb"), "a\r\n\r\nb\r\n");
    }

    #[test]
    fn fields_as_in_rfc_6376() {
        let header = b"A: X\r\nB : Y\t\r\n\tZ  \r\n";
        let fields = split_fields(header);
        let mut out = Vec::new();
        relaxed_field("a", fields[0].1, &mut out);
        relaxed_field("b", fields[1].1, &mut out);
        assert_eq!(out, b"a:X\r\nb:Y Z\r\n");
    }

    #[test]
    fn a_key_survives_its_storage() {
        let key = DkimKey::generate().expect("a key");
        let again = DkimKey::from_pkcs8(&key.to_pkcs8().expect("der")).expect("the key again");
        assert_eq!(key.record().ok(), again.record().ok());
        let record = key.record().expect("record");
        assert!(record.starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"), "{record}");
        assert!(DkimKey::from_pkcs8(b"nonsense").is_err());
    }
}
