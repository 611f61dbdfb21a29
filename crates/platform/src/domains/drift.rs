//! What happens when the DNS of a domain that sends no longer vouches for it: its campaigns stop, and those who can mend it hear of it.

use nexsent_model::{
    DomainId, TenantId,
    campaigns::{CampaignDraft, CampaignState},
    domains::{DnsRecord, RecordState},
};
use nexsent_texts::t;

use crate::{
    Result, SystemDb,
    accounts::system_mail::{self, Drifted},
    db::{q, rid},
};

impl SystemDb {
    /// Stops the campaigns of a domain that has just failed, and writes to the workspace's owner and admins.
    pub(super) async fn drifted(&self, tenant: &TenantId, id: &DomainId, name: &str, records: &[DnsRecord]) -> Result<()> {
        let wrong: Vec<&DnsRecord> = records.iter().filter(|r| matches!(r.state, RecordState::Missing | RecordState::Wrong)).collect();
        let labels: Vec<String> = wrong.iter().map(|r| r.purpose.label()).collect();
        let reason = t!("fault-domains-held", domain = name, records = labels.join(", "));
        let mut held = 0;
        for state in [CampaignState::Preparing, CampaignState::Sending] {
            for (t, campaign) in self.campaigns_in(state).await? {
                if t != *tenant {
                    continue;
                }
                let sent: Option<String> = q!(
                    self.0.system,
                    "RETURN (SELECT VALUE draft FROM ONLY $sent) ?? (SELECT VALUE draft FROM ONLY $id)",
                    sent = rid("sent_template", campaign.as_str()),
                    id = rid("campaign", campaign.as_str())
                )?
                .take(0)?;
                let draft: Option<CampaignDraft> = sent.map(|s| serde_json::from_str(&s)).transpose()?;
                if draft.and_then(|d| d.domain).as_ref() == Some(id) {
                    self.hold_campaign(tenant, &campaign, &reason).await?;
                    held += 1;
                }
            }
        }
        let to: Vec<String> = q!(
            self.0.system,
            "SELECT VALUE type::record('account', account).email FROM member WHERE tenant = $t AND role IN ['owner', 'admin']",
            t = tenant.to_string()
        )?
        .take(0)?;
        let link = format!("{}/domains/{id}", self.0.base_url);
        let letter = || system_mail::drifted(&Drifted { instance: &self.0.instance_name, domain: name, wrong: &wrong, held, link: &link });
        for email in to {
            system_mail::queue(&self.0, &email, Some(tenant.as_str()), letter).await?;
        }
        Ok(())
    }
}
