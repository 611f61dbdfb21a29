//! Proving again who one is, before what matters: a browser that somebody else sits at is signed in, too.

use chrono::{Duration, Utc};
use nexsent_model::{
    Fault, FaultCode,
    team::{PROOF_MINUTES, Proof},
};
use nexsent_texts::t;
use surrealdb_types::RecordId;

use super::{throttle, two_factor};
use crate::{
    Error, Result, TenantDb,
    db::{q, rid},
};

impl TenantDb {
    /// For operations that must not be done with a borrowed browser, such as handing the workspace over: they ask here, not on the page.
    ///
    /// # Errors
    /// `ProofNeeded` unless the person has proved within ten minutes, in the browser that asks, who they are.
    pub(crate) async fn must_be_proven(&self) -> Result<()> {
        if let Some(session) = &self.caller().session {
            let found: Option<RecordId> = q!(
                self.core().system,
                "SELECT VALUE id FROM ONLY $id WHERE account = $account AND proven_at > $since AND expires_at > time::now()",
                id = rid("session", session),
                account = self.me().account.to_string(),
                since = Utc::now() - Duration::minutes(PROOF_MINUTES),
            )?
            .take(0)?;
            if found.is_some() {
                return Ok(());
            }
        }
        Err(Fault::new(FaultCode::ProofNeeded, t!("fault-proof-needed")).into())
    }

    /// Proves who sits at this browser: by the password, or by a code of the second factor. Holds for ten minutes, here alone.
    ///
    /// # Errors
    /// A fault on `proof`, or `TooMany`.
    pub async fn prove(&self, proof: &Proof) -> Result<()> {
        let account = &self.me().account;
        let session = self.caller().session.clone().ok_or(Error::SignedOut)?;
        let (what, ip) = (format!("proof of {account}"), self.caller().ip());
        throttle::take(self.core(), &what, ip).await?;
        let right = match proof {
            Proof::Password(password) => {
                let kept: Option<String> =
                    q!(self.core().system, "SELECT VALUE password FROM ONLY $id", id = rid("account", account.as_str()))?.take(0)?;
                self.core().passwords.verify(password, kept).await?
            }
            Proof::Code(code) => two_factor::use_code(self.core(), account, code).await?,
        };
        if !right {
            let text = if matches!(proof, Proof::Code(_)) { t!("fault-code") } else { t!("fault-not-your-password") };
            return Err(Fault::field("proof", text).into());
        }
        throttle::forgive(self.core(), &what, ip).await?;
        let kept: Vec<RecordId> = q!(
            self.core().system,
            "UPDATE $id SET proven_at = time::now() WHERE account = $account RETURN VALUE id",
            id = rid("session", &session),
            account = account.to_string(),
        )?
        .take(0)?;
        if kept.is_empty() { Err(Error::SignedOut) } else { Ok(()) }
    }
}
