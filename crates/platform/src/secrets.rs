//! The master key, what is derived from it, and sealing of secrets at rest.
//!
//! AES-256-GCM; the associated data names tenant, record and field, so that a sealed value cannot be moved to another row. The key's
//! own id stands in front, for rotation.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest,
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand,
};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// 32 random bytes from which every other key of the instance follows.
pub struct MasterKey {
    prk: Prk,
    seal: LessSafeKey,
    id: [u8; 4],
}

struct Len(usize);

impl KeyType for Len {
    fn len(&self) -> usize {
        self.0
    }
}

impl MasterKey {
    /// Reads the file; makes it, with mode 0600, when there is none.
    ///
    /// # Errors
    /// When it cannot be read or made, is not 64 hexadecimal digits, or others may read it.
    pub fn from_file_or_create(path: &Path) -> Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let mode = fs::metadata(path)?.permissions().mode();
                if mode & 0o077 != 0 {
                    return Err(Error::Setup(format!("others may read it; run: chmod 600 {}", path.display())));
                }
                let text = Zeroizing::new(text);
                Self::from_bytes(&decode(text.trim()).ok_or_else(|| Error::Setup("it is not 64 hexadecimal digits".to_owned()))?)
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut bytes = Zeroizing::new([0; 32]);
                rand::fill(&mut *bytes).map_err(|_| Error::Secret)?;
                if let Some(dir) = path.parent() {
                    fs::create_dir_all(dir)?;
                }
                let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
                file.write_all(encode(&*bytes).as_bytes())?;
                file.sync_all()?;
                Self::from_bytes(&bytes)
            }
            Err(e) => Err(e.into()),
        }
    }

    /// From the 32 bytes themselves.
    ///
    /// # Errors
    /// Never with 32 bytes; the cryptographic library's types want it said.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self> {
        let prk = Salt::new(HKDF_SHA256, b"nexsent").extract(bytes);
        let key = expand(&prk, b"seal")?;
        let seal = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*key).map_err(|_| Error::Secret)?);
        let hash = digest::digest(&digest::SHA256, &*expand(&prk, b"key id")?);
        let mut id = [0; 4];
        id.copy_from_slice(&hash.as_ref()[..4]);
        Ok(Self { prk, seal, id })
    }

    /// A key for one purpose (HKDF-SHA256).
    ///
    /// # Errors
    /// See [`Self::from_bytes`].
    pub fn derive(&self, purpose: &str) -> Result<[u8; 32]> {
        expand(&self.prk, purpose.as_bytes()).map(|k| *k)
    }

    pub(crate) fn derive_hex(&self, purpose: &str) -> Result<String> {
        Ok(encode(&self.derive(purpose)?))
    }

    /// Seals a secret that belongs to `owner`, such as `tenant|record|field`.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, owner: &str, secret: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_| Error::Secret)?;
        let mut out = [&self.id[..], &nonce].concat();
        let mut body = secret.to_vec();
        self.seal.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut body).map_err(|_| Error::Secret)?;
        out.extend_from_slice(&body);
        Ok(out)
    }

    /// Opens what [`Self::seal`] gave for the same owner.
    ///
    /// # Errors
    /// [`Error::Secret`].
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let (id, rest) = sealed.split_at_checked(4).ok_or(Error::Secret)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(Error::Secret)?;
        if id != self.id {
            return Err(Error::Secret);
        }
        let mut body = Zeroizing::new(body.to_vec());
        let n =
            self.seal.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(owner.as_bytes()), &mut body).map_err(|_| Error::Secret)?.len();
        body.truncate(n);
        Ok(body)
    }
}

fn expand(prk: &Prk, info: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let mut out = Zeroizing::new([0; 32]);
    prk.expand(&[info], Len(32)).and_then(|okm| okm.fill(&mut *out)).map_err(|_| Error::Secret)?;
    Ok(out)
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn decode(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    (text.len() == 64 && text.is_ascii()).then_some(())?;
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

/// A random token of 32 bytes, as base64url.
pub(crate) fn random_token() -> Result<String> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| Error::Secret)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a token: whoever reads the database cannot use it.
pub(crate) fn token_hash(token: &str) -> String {
    encode(digest::digest(&digest::SHA256, token.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_owner_alone() {
        let key = MasterKey::from_bytes(&[1; 32]).unwrap();
        let sealed = key.seal("wsp_1|dom_1|dkim", b"secret").unwrap();
        assert_eq!(&**key.open("wsp_1|dom_1|dkim", &sealed).unwrap(), b"secret");
        assert!(key.open("wsp_2|dom_1|dkim", &sealed).is_err());
        assert!(MasterKey::from_bytes(&[2; 32]).unwrap().open("wsp_1|dom_1|dkim", &sealed).is_err());
        for i in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[i] ^= 1;
            assert!(key.open("wsp_1|dom_1|dkim", &bad).is_err());
        }
        assert!(key.open("x", b"").is_err());
        assert!(!sealed.windows(6).any(|w| w == b"secret"));
    }

    #[test]
    fn the_file_is_made_once_and_for_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/master.key");
        let a = MasterKey::from_file_or_create(&path).unwrap();
        let b = MasterKey::from_file_or_create(&path).unwrap();
        assert_eq!(a.derive("x").unwrap(), b.derive("x").unwrap());
        assert_ne!(a.derive("x").unwrap(), a.derive("y").unwrap());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(MasterKey::from_file_or_create(&path).is_err());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "nonsense").unwrap();
        assert!(MasterKey::from_file_or_create(&path).is_err());
    }
}
