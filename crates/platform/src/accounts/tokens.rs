//! Tokens in mails: JWTs with a purpose and an expiry, each good for one use.

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use nexsent_model::{AccountId, Fault};
use nexsent_texts::t;
use serde::{Deserialize, Serialize};

use crate::{
    Core, Error, Result,
    db::{q, rid},
    secrets::{random_token, token_hash},
};

/// What a token entitles to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Confirm,
    Reset,
    /// “That was not me”: ends every session.
    NotMe,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::NotMe => "not_me",
        }
    }

    fn lifetime(self) -> Duration {
        match self {
            Self::Confirm => Duration::days(3),
            Self::Reset => Duration::hours(1),
            Self::NotMe => Duration::days(7),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    aud: String,
    iat: i64,
    exp: i64,
    jti: String,
}

fn secret(core: &Core) -> Result<String> {
    core.master.derive_hex("mail tokens")
}

pub(crate) fn issue(core: &Core, purpose: Purpose, account: &AccountId) -> Result<String> {
    let now = Utc::now();
    let claims = Claims {
        sub: account.to_string(),
        aud: purpose.as_str().to_owned(),
        iat: now.timestamp(),
        exp: (now + purpose.lifetime()).timestamp(),
        jti: random_token()?,
    };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret(core)?.as_bytes()))
        .map_err(|e| Error::Setup(e.to_string()))
}

/// Whose token it is; from now on it is used.
pub(crate) async fn redeem(core: &Core, purpose: Purpose, token: &str) -> Result<AccountId> {
    let stale = || Error::from(Fault::field("token", t!("fault-link-old")));
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[purpose.as_str()]);
    rules.set_required_spec_claims(&["exp", "aud", "sub"]);
    let data = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret(core)?.as_bytes()), &rules).map_err(|_| stale())?;
    let expires = DateTime::<Utc>::from_timestamp(data.claims.exp, 0).unwrap_or_default();
    // The row's id is the token's: of two that come at once, one creates it.
    match q!(core.system, "CREATE ONLY $id SET expires_at = $expires", id = rid("used_token", &token_hash(&data.claims.jti)), expires = expires) {
        Ok(_) => Ok(data.claims.sub.parse()?),
        Err(Error::Conflict) => Err(stale()),
        Err(e) if e.is_duplicate() => Err(stale()),
        Err(e) => Err(e),
    }
}
