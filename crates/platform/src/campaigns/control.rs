//! Starting, stopping and scheduling.

use chrono::{DateTime, Duration, Utc};
use nexsent_model::{CampaignId, Fault, FaultCode, campaigns::CampaignState};
use nexsent_texts::t;

use super::{FIELDS, Row, event, state};
use crate::{
    Result, SystemDb, TenantDb,
    accounts::audit::Entry,
    db::{q, rid},
};

impl TenantDb {
    /// Moves a campaign from one of some states to another, or says why not.
    async fn move_to(&self, id: &CampaignId, from: &[&str], to: CampaignState, set: &str, at: Option<DateTime<Utc>>) -> Result<()> {
        self.may_send()?;
        let from: Vec<String> = from.iter().map(|s| (*s).to_owned()).collect();
        let changed: Vec<String> = q!(
            self.db(),
            format!("UPDATE $id SET state = $to, version += 1 {set} WHERE tenant = $t AND state IN $from RETURN VALUE state"),
            id = rid("campaign", id.as_str()),
            t = self.t(),
            from = from,
            to = to.as_str().to_owned(),
            at = at
        )?
        .take(0)?;
        if changed.is_empty() {
            let now = state(&self.campaign_row(id).await?.state);
            return Err(Fault::new(FaultCode::WrongState, t!("fault-campaigns-state-now", state = now.as_str())).into());
        }
        self.audit(Entry { after: Some(to.as_str().to_owned()), ..Entry::new("campaign.state", id.as_str()) }).await?;
        self.core().events.publish(self.tenant_id(), event(self.db(), &self.t(), id, to).await?);
        Ok(())
    }

    /// # Errors
    /// The first thing that stops the campaign, as a fault on its field.
    async fn must_be_ready(&self, id: &CampaignId) -> Result<()> {
        self.may_send()?;
        self.must_be_open().await?;
        if let Some(b) = self.review_campaign(id).await?.blockers.into_iter().next() {
            return Err(Fault::field(b.field, b.message).into());
        }
        Ok(())
    }

    /// Starts sending.
    ///
    /// # Errors
    /// What stops it, as a fault on its field.
    pub async fn send_campaign(&self, id: &CampaignId) -> Result<()> {
        self.must_be_ready(id).await?;
        self.move_to(id, &["draft", "scheduled"], CampaignState::Preparing, ", started_at = time::now(), scheduled_at = NONE", None).await
    }

    /// Sends at a time to come.
    ///
    /// # Errors
    /// What stops it, as a fault on its field.
    pub async fn schedule_campaign(&self, id: &CampaignId, at: DateTime<Utc>) -> Result<()> {
        if at < Utc::now() + Duration::seconds(30) {
            return Err(Fault::field("scheduled_at", t!("fault-campaigns-past")).into());
        }
        if at > Utc::now() + Duration::days(366) {
            return Err(Fault::field("scheduled_at", t!("fault-campaigns-far")).into());
        }
        self.must_be_ready(id).await?;
        self.move_to(id, &["draft", "scheduled"], CampaignState::Scheduled, ", scheduled_at = $at", Some(at)).await
    }

    /// Back to a draft.
    ///
    /// # Errors
    /// A fault unless it is scheduled.
    pub async fn unschedule_campaign(&self, id: &CampaignId) -> Result<()> {
        self.move_to(id, &["scheduled"], CampaignState::Draft, ", scheduled_at = NONE", None).await
    }

    /// Stops for now: what is on the wire ends, nothing new starts.
    ///
    /// # Errors
    /// A fault unless it is being sent.
    pub async fn pause_campaign(&self, id: &CampaignId) -> Result<()> {
        self.move_to(id, &["preparing", "sending"], CampaignState::Paused, "", None).await
    }

    /// Goes on. The domain must still be verified.
    ///
    /// # Errors
    /// A fault unless it is paused and may be sent.
    pub async fn resume_campaign(&self, id: &CampaignId) -> Result<()> {
        self.must_be_open().await?;
        let row = self.campaign_row(id).await?;
        self.verified_domain(row.draft()?.domain.as_ref()).await?;
        let to = if row.prepared { CampaignState::Sending } else { CampaignState::Preparing };
        self.move_to(id, &["paused"], to, ", held = NONE", None).await
    }

    /// Ends it: whoever has not got it by now will not.
    ///
    /// # Errors
    /// A fault when it is over already.
    pub async fn cancel_campaign(&self, id: &CampaignId) -> Result<()> {
        self.move_to(id, &["scheduled", "preparing", "sending", "paused"], CampaignState::Cancelled, ", finished_at = time::now()", None).await
    }
}

impl SystemDb {
    /// Starts what is scheduled and due; returns how many. When something stops one, it goes back to a draft.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn start_due_campaigns(&self) -> Result<usize> {
        let sql = format!("SELECT {FIELDS} FROM campaign WHERE state = 'scheduled'");
        let rows: Vec<Row> = q!(self.0.system, sql)?.take(0)?;
        let mut started = 0;
        for row in rows.into_iter().filter(|r| r.scheduled_at.is_some_and(|at| at <= Utc::now())) {
            let changed: Vec<String> = q!(
                self.0.system,
                "UPDATE $id SET state = 'preparing', started_at = time::now(), version += 1 WHERE state = 'scheduled' RETURN VALUE state",
                id = row.id.clone()
            )?
            .take(0)?;
            started += changed.len();
            let event = event(&self.0.system, &row.tenant, &row.id()?, CampaignState::Preparing).await?;
            self.publish(&row.tenant.parse()?, event);
        }
        Ok(started)
    }
}
