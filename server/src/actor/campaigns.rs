//! Campaigns on their way into the queue and out of it: schedules, audiences, cancellations, test messages.

use std::{collections::HashSet, sync::Arc, time::Duration};

use nexsent_mail::{
    mx,
    smtp::{Connector, Outcome, Timeouts},
};
use nexsent_model::{CampaignId, campaigns::CampaignState};
use nexsent_platform::{Error, TestSend};
use nexsent_texts::within;

use super::{Ctx, JobError};

/// Does what is due, now and when nudged.
pub(crate) async fn run(ctx: Arc<Ctx>) -> Result<(), JobError> {
    let system = ctx.platform.system();
    let mut settled: HashSet<CampaignId> = HashSet::new();
    loop {
        system.start_due_campaigns().await?;
        for (tenant, campaign) in system.campaigns_in(CampaignState::Preparing).await? {
            // Everybody in the workspace reads why somebody was left out, and what stopped it.
            let language = system.language_of(&tenant).await?;
            match within(language, system.prepare_campaign(&tenant, &campaign)).await {
                Ok(()) => ctx.nudges.delivery.notify_one(),
                Err(Error::Fault(fault)) => {
                    tracing::info!(%campaign, reason = %fault, "a campaign is held");
                    system.hold_campaign(&tenant, &campaign, &fault.message).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        for (tenant, campaign) in system.campaigns_in(CampaignState::Cancelled).await? {
            if settled.contains(&campaign) {
                continue;
            }
            let language = system.language_of(&tenant).await?;
            loop {
                let rest = within(language, system.cancelled_rest(&tenant, &campaign)).await?;
                if rest.is_empty() {
                    break;
                }
                system.record(&rest).await?;
                system.announce_campaign(&tenant, &campaign).await?;
            }
            if system.is_settled(&tenant, &campaign).await? {
                settled.insert(campaign);
            }
        }
        for test in system.waiting_tests().await? {
            let language = system.language_of(&test.tenant).await?;
            let (accepted, reply) = match within(language, send_test(&ctx, &test)).await {
                Ok(reply) => (true, reply),
                Err(reply) => (false, reply),
            };
            system.end_test(&test, accepted, &reply).await?;
        }
        if !ctx.wait(&ctx.nudges.campaigns, Duration::from_secs(2)).await {
            return Ok(());
        }
    }
}

/// The remote's reply, good or bad.
async fn send_test(ctx: &Ctx, test: &TestSend) -> Result<String, String> {
    let built = ctx.platform.system().build_test(test).await.map_err(|e| nexsent_model::Fault::from(e).message)?;
    let domain = test.email.split('@').nth(1).unwrap_or_default();
    let route = mx::route(&ctx.resolver, domain, ctx.config.mail.allow_private_hosts).await.map_err(|e| e.to_string())?;
    let timeouts = Timeouts { greeting: Duration::from_secs(20), command: Duration::from_secs(20), ..Timeouts::default() };
    let connector = Connector::new(&ctx.config.mail.hostname, ctx.config.mail.smtp_port, timeouts);
    let mut session = connector.connect(&route).await.map_err(|e| e.to_string())?;
    let delivery = session.send(&built.from, &test.email, &built.message, async { true }).await;
    session.quit().await;
    match delivery.outcome {
        Outcome::Accepted(reply) => Ok(reply.to_string()),
        Outcome::Deferred(reply) | Outcome::Refused(reply) => Err(reply.to_string()),
        Outcome::Lost(why) | Outcome::InDoubt(why) => Err(why),
    }
}
