//! Passwords: argon2id with OWASP's parameters, off the async threads, a bounded number at once.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use nexsent_model::{Fault, validate};
use nexsent_texts::t;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// OWASP's first recommendation: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// A hash of nothing anybody knows: checked for addresses without an account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bmV4c2VudG5vYm9keQ$9YnLJ7EcGMTUZCNEBm5SJmWzFWvWmXjWbbbRPHS9g4o";

/// Whether a password may be used: long enough, and not one of the first that are tried (NIST SP 800-63B §5.1.1.2). `mine` are words
/// that a stranger knows: the address, the name.
///
/// # Errors
/// A fault on `password`.
pub(crate) fn check(password: &str, mine: &[&str]) -> std::result::Result<(), Fault> {
    validate::password(password)?;
    // Guesses grow with the length; more than this is not looked at.
    let head: String = password.chars().take(100).collect();
    if zxcvbn::zxcvbn(&head, mine).score() < zxcvbn::Score::Two {
        return Err(Fault::field("password", t!("fault-password-common")));
    }
    Ok(())
}

/// Hashes and verifies. Each takes some 20 ms of a core and 19 MiB: hence the bound.
pub(crate) struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(4)))
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| Error::Setup(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Hasher {
    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let permit = self.0.clone().acquire_owned().await.map_err(|_| Error::Setup("stopping".to_owned()))?;
        let done = tokio::task::spawn_blocking(move || {
            let out = work();
            drop(permit);
            out
        });
        done.await.map_err(|e| Error::Setup(e.to_string()))?
    }

    /// The PHC string to keep.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = Zeroizing::new(password.to_owned());
        self.off_thread(move || {
            let salt = SaltString::generate(&mut OsRng);
            let hash = argon2()?.hash_password(password.as_bytes(), &salt).map_err(|e| Error::Setup(e.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one; takes as long for no account at all.
    pub async fn verify(&self, password: &str, kept: Option<String>) -> Result<bool> {
        let password = Zeroizing::new(password.to_owned());
        self.off_thread(move || {
            let known = kept.is_some();
            let text = kept.unwrap_or_else(|| NOBODY.to_owned());
            let hash = PasswordHash::new(&text).map_err(|e| Error::Corrupt(e.to_string()))?;
            let right = argon2()?.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(right && known)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_are_refused() {
        for bad in ["short", "password123", "qwertyuiop", "1234567890", "iloveyou123", "aaaaaaaaaaaa", "owner@acme.example"] {
            assert!(check(bad, &["owner@acme.example"]).is_err(), "{bad}");
        }
        for good in ["correct horse battery", "long enough 1", "demo-password", &"tr0ub4dor ".repeat(50)] {
            assert!(check(good, &["owner@acme.example"]).is_ok(), "{good}");
        }
    }

    #[tokio::test]
    async fn only_the_password_opens() {
        let hasher = Hasher::default();
        let kept = hasher.hash("correct horse").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(hasher.verify("correct horse", Some(kept.clone())).await.unwrap());
        assert!(!hasher.verify("correct horsf", Some(kept)).await.unwrap());
        assert!(!hasher.verify("correct horse", None).await.unwrap());
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
