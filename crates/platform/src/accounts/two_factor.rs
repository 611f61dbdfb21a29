//! Two-factor sign-in by time-based codes (TOTP, RFC 6238: SHA-1, six digits, 30 seconds), with recovery codes.

use chrono::Utc;
use nexsent_model::{AccountId, Fault, FaultCode, team::TwoFactorSetup};
use nexsent_texts::t;
use qrcode::{QrCode, render::svg};
use surrealdb_types::{Bytes, SurrealValue};
use totp_rs::{Algorithm, Secret, TOTP};
use zeroize::Zeroizing;

use super::{
    FirstFactor,
    audit::{Caller, Entry},
    sessions_of, throttle,
};
use crate::{
    Core, Error, GateDb, Result, TenantDb,
    db::{q, retrying, rid},
    secrets::{random_token, token_hash},
};

const STEP: u64 = 30;
/// Steps before and after the present one that are taken: clocks differ.
const SKEW: i64 = 1;
const RECOVERY_CODES: usize = 10;
/// RFC 4226 §4 R6: 160 bits.
const SECRET_BYTES: usize = 20;

#[derive(SurrealValue)]
struct Row {
    secret: Bytes,
    active: bool,
    step: i64,
    recovery: Vec<String>,
}

fn owner(account: &AccountId) -> String {
    format!("account|{account}|totp")
}

fn totp(secret: &[u8]) -> Result<TOTP> {
    TOTP::new(Algorithm::SHA1, 6, 0, STEP, secret.to_vec()).map_err(|e| Error::Corrupt(e.to_string()))
}

async fn row(core: &Core, account: &AccountId) -> Result<Option<Row>> {
    Ok(q!(core.system, "SELECT secret, active, step, recovery FROM ONLY $id", id = rid("two_factor", account.as_str()))?.take(0)?)
}

/// Whether it is on, and how many recovery codes are left.
pub(super) async fn state(core: &Core, account: &AccountId) -> Result<(bool, u32)> {
    Ok(row(core, account).await?.filter(|r| r.active).map_or((false, 0), |r| (true, r.recovery.len() as u32)))
}

/// The step whose code this is, later than the last one used.
fn step_of(secret: &[u8], code: &str, after: i64) -> Result<Option<i64>> {
    let totp = totp(secret)?;
    let now = Utc::now().timestamp() / STEP as i64;
    // All are compared, whichever matches.
    let found = (now - SKEW..=now + SKEW).filter(|s| totp.generate(*s as u64 * STEP) == code).max();
    Ok(found.filter(|s| *s > after))
}

fn wrong() -> Error {
    Fault::field("code", t!("fault-code")).into()
}

/// Letters and digits that are not mistaken for each other, in two groups.
fn recovery_code() -> Result<String> {
    const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let token = random_token()?;
    let text: String = token.bytes().take(10).map(|b| LETTERS[usize::from(b) % LETTERS.len()] as char).collect();
    Ok(format!("{}-{}", &text[..5], &text[5..]))
}

/// Uses a code up: a time-based one, or one for recovery. In one transaction, so that of two at once one is taken.
pub(super) async fn use_code(core: &Core, account: &AccountId, code: &str) -> Result<bool> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let id = rid("two_factor", account.as_str());
    retrying(|| async {
        let Some(row) = row(core, account).await?.filter(|r| r.active) else { return Ok(false) };
        let secret = core.master.open(&owner(account), row.secret.as_ref())?;
        let taken: Vec<surrealdb_types::Value> = if let Some(step) = step_of(&secret, &code, row.step)? {
            q!(core.system, "UPDATE $id SET step = $step WHERE active AND step < $step RETURN AFTER", id = id.clone(), step = step)?.take(0)?
        } else {
            let hash = token_hash(&code);
            if !row.recovery.contains(&hash) {
                return Ok(false);
            }
            q!(
                core.system,
                "UPDATE $id SET recovery = array::complement(recovery, [$hash]) WHERE recovery CONTAINS $hash RETURN AFTER",
                id = id.clone(),
                hash = hash
            )?
            .take(0)?
        };
        Ok(!taken.is_empty())
    })
    .await
}

impl GateDb {
    /// The second step of signing in, for an account whose password was right a moment ago.
    ///
    /// # Errors
    /// A fault on `code`, or `TooMany`.
    pub async fn second_factor(&self, account: &AccountId, code: &str, caller: &Caller) -> Result<FirstFactor> {
        let (key, ip) = (format!("second factor of {account}"), caller.ip());
        throttle::take(&self.0, &key, ip).await?;
        // Whoever comes here knows the password, and may have many addresses: there is a bound for the account, too. It does not hold where
        // the account has signed in from before, so that a stranger locks nobody out of their own house.
        let address = caller.address.as_deref().unwrap_or_default();
        if !sessions_of::tries(&self.0, account).await?.iter().any(|t| t.ok && t.address == address) {
            throttle::take_anywhere(&self.0, &key).await?;
        }
        if !use_code(&self.0, account, code).await? {
            sessions_of::keep_try(&self.0, account, caller, false).await?;
            return Err(wrong());
        }
        throttle::forgive(&self.0, &key, ip).await?;
        sessions_of::keep_try(&self.0, account, caller, true).await?;
        self.enter(account).await
    }
}

impl TenantDb {
    /// A secret and its QR code; nothing is asked for at sign-in until a first code proves that an app has it.
    ///
    /// # Errors
    /// A fault when it is on already.
    pub async fn begin_two_factor(&self) -> Result<TwoFactorSetup> {
        let account = &self.me().account;
        if state(self.core(), account).await?.0 {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-two-factor-on")).into());
        }
        let mut secret = Zeroizing::new([0u8; SECRET_BYTES]);
        aws_lc_rs::rand::fill(secret.as_mut()).map_err(|_| Error::Setup("no randomness".to_owned()))?;
        let sealed = self.core().master.seal(&owner(account), secret.as_ref())?;
        q!(
            self.core().system,
            "UPSERT $id SET secret = $secret, active = false, step = 0, recovery = [] RETURN NONE",
            id = rid("two_factor", account.as_str()),
            secret = Bytes::from(sealed)
        )?;
        let encoded = Secret::Raw(secret.to_vec()).to_encoded().to_string();
        let part = |s: &str| url::form_urlencoded::byte_serialize(s.as_bytes()).collect::<String>().replace('+', "%20");
        let uri = format!(
            "otpauth://totp/{0}:{1}?secret={encoded}&issuer={0}&algorithm=SHA1&digits=6&period={STEP}",
            part(&self.core().instance_name),
            part(&self.me().email)
        );
        let code = QrCode::new(uri.as_bytes()).map_err(|e| Error::Setup(e.to_string()))?;
        let qr_svg = code.render::<svg::Color<'_>>().min_dimensions(208, 208).dark_color(svg::Color("#000")).light_color(svg::Color("#fff")).build();
        Ok(TwoFactorSetup { secret: encoded, qr_svg })
    }

    /// Turns it on; returns the recovery codes, which are shown once.
    ///
    /// # Errors
    /// A fault on `code`.
    pub async fn confirm_two_factor(&self, code: &str) -> Result<Vec<String>> {
        let account = &self.me().account;
        let row = row(self.core(), account).await?.filter(|r| !r.active);
        let row = row.ok_or_else(|| Fault::new(FaultCode::WrongState, t!("fault-two-factor-begin")))?;
        let secret = self.core().master.open(&owner(account), row.secret.as_ref())?;
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let Some(step) = step_of(&secret, &code, 0)? else { return Err(wrong()) };
        let codes = self.set_recovery_codes(Some(step)).await?;
        self.audit(Entry::new("account.two_factor_on", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), nexsent_model::live::LiveEvent::Team);
        Ok(codes)
    }

    async fn set_recovery_codes(&self, activate: Option<i64>) -> Result<Vec<String>> {
        let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<Vec<_>>>()?;
        q!(
            self.core().system,
            "UPDATE $id SET recovery = $hashes, active = true, step = $step ?? step RETURN NONE",
            id = rid("two_factor", self.me().account.as_str()),
            hashes = codes.iter().map(|c| token_hash(c)).collect::<Vec<_>>(),
            step = activate,
        )?;
        Ok(codes)
    }

    /// New recovery codes; the old ones stop working. Needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault when two-factor sign-in is off.
    pub async fn new_recovery_codes(&self) -> Result<Vec<String>> {
        self.must_be_proven().await?;
        if !state(self.core(), &self.me().account).await?.0 {
            return Err(Fault::new(FaultCode::WrongState, t!("fault-two-factor-off")).into());
        }
        let codes = self.set_recovery_codes(None).await?;
        self.audit(Entry::new("account.recovery_codes", &self.me().email)).await?;
        Ok(codes)
    }

    /// Turns it off. Needs a proof.
    ///
    /// # Errors
    /// `ProofNeeded`; a fault while a workspace requires it.
    pub async fn end_two_factor(&self) -> Result<()> {
        self.must_be_proven().await?;
        let sql =
            "RETURN (SELECT VALUE tenant FROM member WHERE account = $account AND type::record('tenant', tenant).require_two_factor == true) != []";
        let required: Option<bool> = q!(self.core().system, sql, account = self.me().account.to_string())?.take(0)?;
        if required == Some(true) {
            return Err(Fault::new(FaultCode::Forbidden, t!("fault-two-factor-required")).into());
        }
        q!(self.core().system, "DELETE $id", id = rid("two_factor", self.me().account.as_str()))?;
        self.audit(Entry::new("account.two_factor_off", &self.me().email)).await?;
        self.core().events.publish(self.tenant_id(), nexsent_model::live::LiveEvent::Team);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238 appendix B, SHA-1, the last six of its eight digits.
        let totp = totp(b"12345678901234567890").unwrap();
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(totp.generate(at), code);
        }
    }

    #[test]
    fn a_step_works_once() {
        let secret = b"12345678901234567890";
        let now = Utc::now().timestamp() / STEP as i64;
        let code = totp(secret).unwrap().generate(now as u64 * STEP);
        assert_eq!(step_of(secret, &code, 0).unwrap(), Some(now));
        assert_eq!(step_of(secret, &code, now).unwrap(), None);
        let old = totp(secret).unwrap().generate((now - 3) as u64 * STEP);
        assert_eq!(step_of(secret, &old, 0).unwrap(), None);
    }

    #[test]
    fn recovery_codes_are_readable() {
        let code = recovery_code().unwrap();
        assert_eq!(code.len(), 11);
        assert!(code.chars().all(|c| c == '-' || c.is_ascii_alphanumeric()));
    }
}
