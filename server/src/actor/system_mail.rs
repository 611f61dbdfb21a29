//! The instance's own mail: by the configured relay, or from its own verified domain.

use std::{sync::Arc, time::Duration};

use chrono::Utc;
use nexsent_mail::{
    compose::{self, Outgoing},
    mx,
    relay::{Relay, RelayError},
    smtp::{Connector, Outcome, Timeouts},
};
use nexsent_platform::SystemMail;

use super::{Ctx, JobError};

/// Sends what waits, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let relay = ctx.config.mail.relay.as_deref().map(Relay::parse).transpose()?;
    let connector = Connector::new(&ctx.config.mail.hostname, ctx.config.mail.smtp_port, Timeouts::default());
    loop {
        let system = ctx.platform.system();
        for mail in system.due_system_mail(20).await? {
            match send(&ctx, relay.as_ref(), &connector, &mail).await? {
                Ok(()) => system.drop_system_mail(&mail.id).await?,
                Err(Refused::Now(why)) => {
                    tracing::warn!(id = %mail.id, why, "a mail of the instance waits");
                    system.postpone_system_mail(&mail, &why).await?;
                }
                Err(Refused::Forever(why)) => {
                    tracing::warn!(id = %mail.id, why, "a mail of the instance was refused");
                    system.drop_system_mail(&mail.id).await?;
                }
            }
        }
        if !ctx.wait(&ctx.nudges.system_mail, Duration::from_secs(15)).await {
            return Ok(());
        }
    }
}

enum Refused {
    Now(String),
    Forever(String),
}

async fn send(ctx: &Ctx, relay: Option<&Relay>, connector: &Connector, mail: &SystemMail) -> Result<Result<(), Refused>, JobError> {
    let from = &ctx.config.mail.system_from;
    let domain = from.split('@').nth(1).unwrap_or_default();
    let message = compose::build(&Outgoing {
        from_name: &ctx.config.instance_name,
        from_email: from,
        reply_to: "",
        to: &mail.to,
        subject: &mail.subject,
        message_id: &format!("{}@{domain}", mail.id),
        date: Utc::now(),
        html: None,
        text: &mail.text,
        bulk: None,
    });
    if let Some(relay) = relay {
        return Ok(relay.send(from, &mail.to, &message).await.map_err(|e| match e {
            RelayError::Later(_) => Refused::Now(e.to_string()),
            _ => Refused::Forever(e.to_string()),
        }));
    }
    let Some(sender) = ctx.platform.system().system_sender(domain).await? else {
        return Ok(Err(Refused::Now(format!("there is no way out: set mail.relay, or verify {domain} as a sending domain"))));
    };
    let signature = sender.signer.sign(&message, Utc::now().timestamp())?;
    let bytes = [signature.into_bytes(), message].concat();
    let to_domain = mail.to.split('@').nth(1).unwrap_or_default();
    let route = match mx::route(&ctx.resolver, to_domain, ctx.config.mail.allow_private_hosts).await {
        Ok(route) => route,
        Err(e) if e.is_permanent() => return Ok(Err(Refused::Forever(e.to_string()))),
        Err(e) => return Ok(Err(Refused::Now(e.to_string()))),
    };
    let mut session = match connector.connect(&route).await {
        Ok(session) => session,
        Err(e) => return Ok(Err(Refused::Now(e.to_string()))),
    };
    // One more confirmation does no harm: a lost reply is tried again.
    let delivery = session.send(&format!("no-reply@bounce.{}", sender.domain), &mail.to, &bytes, async { true }).await;
    session.quit().await;
    Ok(match delivery.outcome {
        Outcome::Accepted(_) => Ok(()),
        Outcome::Refused(reply) => Err(Refused::Forever(reply.to_string())),
        Outcome::Deferred(reply) => Err(Refused::Now(reply.to_string())),
        Outcome::Lost(why) | Outcome::InDoubt(why) => Err(Refused::Now(why)),
    })
}
