//! Test messages: queued by a member, built here, sent by the actor.

use std::sync::Arc;

use nexsent_model::{CampaignId, TenantId, campaigns::CampaignDraft, live::LiveEvent};
use surrealdb_types::{RecordId, SurrealValue};

use super::Built;
use crate::{
    Result, SystemDb,
    contacts::{CONTACT, ContactRow},
    db::{q, rid},
};

/// A test message that waits.
pub struct TestSend {
    id: RecordId,
    pub tenant: TenantId,
    pub campaign: CampaignId,
    pub email: String,
}

impl SystemDb {
    /// Test messages that wait.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn waiting_tests(&self) -> Result<Vec<TestSend>> {
        #[derive(SurrealValue)]
        struct Row {
            id: RecordId,
            tenant: String,
            campaign: String,
            email: String,
        }
        let rows: Vec<Row> = q!(self.0.system, "SELECT id, tenant, campaign, email FROM test_send LIMIT 50")?.take(0)?;
        rows.into_iter().map(|r| Ok(TestSend { id: r.id, tenant: r.tenant.parse()?, campaign: r.campaign.parse()?, email: r.email })).collect()
    }

    /// The message of a test: of the draft as it is saved now, from a domain that is verified now.
    ///
    /// # Errors
    /// A fault that says what stops it.
    pub async fn build_test(&self, test: &TestSend) -> Result<Built> {
        let draft: Option<String> = q!(
            self.0.system,
            "SELECT VALUE draft FROM ONLY $id WHERE tenant = $t",
            id = rid("campaign", test.campaign.as_str()),
            t = test.tenant.to_string()
        )?
        .take(0)?;
        let draft: CampaignDraft = serde_json::from_str(&draft.ok_or_else(|| nexsent_model::Fault::not_found("campaign"))?)?;
        let context = Arc::new(self.context_of(&test.campaign, &test.tenant, draft).await?);
        let contact: Option<ContactRow> = q!(
            self.0.system,
            format!("SELECT {CONTACT} FROM contact WITH INDEX contact_email WHERE tenant = $t AND email = $email LIMIT 1"),
            t = test.tenant.to_string(),
            email = test.email.clone()
        )?
        .take(0)?;
        let built = context.build_test(&test.email, contact.as_ref());
        built.map_err(|e| nexsent_model::Fault::field(e.field, e.message).into())
    }

    /// A test is over; its sender is told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_test(&self, test: &TestSend, accepted: bool, reply: &str) -> Result<()> {
        q!(self.0.system, "DELETE $id", id = test.id.clone())?;
        self.publish(
            &test.tenant,
            LiveEvent::TestSend { campaign: test.campaign.clone(), email: test.email.clone(), accepted, reply: reply.to_owned() },
        );
        Ok(())
    }
}
