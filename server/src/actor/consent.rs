//! Mails that ask for a confirmation, erasures on their way through the ledgers, and what nobody confirmed.

use std::{sync::Arc, time::Duration};

use nexsent_mail::{
    mx,
    smtp::{Connector, Outcome, Timeouts},
};
use nexsent_platform::{Error, Letter};
use tokio::time::Instant;

use super::{Ctx, JobError};

/// How often what is over is thrown away.
const TIDY: Duration = Duration::from_secs(600);

/// Does what waits, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    let connector = Connector::new(&ctx.config.mail.hostname, ctx.config.mail.smtp_port, Timeouts::default());
    let mut tidied: Option<Instant> = None;
    loop {
        for letter in system.due_letters(20).await? {
            match send(&ctx, &connector, &letter).await? {
                Ok(()) => system.drop_letter(&letter.id).await?,
                Err(Refused::Now(why)) => {
                    tracing::info!(id = %letter.id, why, "a confirmation's mail waits");
                    system.postpone_letter(&letter, &why).await?;
                }
                Err(Refused::Forever(why)) => {
                    tracing::info!(id = %letter.id, why, "a confirmation's mail was refused");
                    system.drop_letter(&letter.id).await?;
                }
            }
        }
        system.sweep_erasures().await?;
        if tidied.is_none_or(|t| t.elapsed() > TIDY) {
            system.drop_expired_consents().await?;
            tidied = Some(Instant::now());
        }
        if !ctx.wait(&ctx.nudges.consent, Duration::from_secs(10)).await {
            return Ok(());
        }
    }
}

enum Refused {
    Now(String),
    Forever(String),
}

async fn send(ctx: &Ctx, connector: &Connector, letter: &Letter) -> Result<Result<(), Refused>, JobError> {
    let built = match ctx.platform.system().build_letter(letter).await {
        Ok(built) => built,
        // The domain may not send now: its owner can mend that.
        Err(Error::Fault(fault)) => return Ok(Err(Refused::Now(fault.message))),
        Err(error) => return Err(error.into()),
    };
    let domain = built.to.split('@').nth(1).unwrap_or_default();
    let route = match mx::route(&ctx.resolver, domain, ctx.config.mail.allow_private_hosts).await {
        Ok(route) => route,
        Err(e) if e.is_permanent() => return Ok(Err(Refused::Forever(e.to_string()))),
        Err(e) => return Ok(Err(Refused::Now(e.to_string()))),
    };
    let mut session = match connector.connect(&route).await {
        Ok(session) => session,
        Err(e) => return Ok(Err(Refused::Now(e.to_string()))),
    };
    // One more of these does no harm: a lost reply is tried again, under the same Message-ID.
    let delivery = session.send(&built.from, &built.to, &built.message, async { true }).await;
    session.quit().await;
    Ok(match delivery.outcome {
        Outcome::Accepted(_) => Ok(()),
        Outcome::Refused(reply) => Err(Refused::Forever(reply.to_string())),
        Outcome::Deferred(reply) => Err(Refused::Now(reply.to_string())),
        Outcome::Lost(why) | Outcome::InDoubt(why) => Err(Refused::Now(why)),
    })
}
