//! How a workspace's pages for recipients look: in its language, with its logo. Whoever has the link to one of them may see that.

use nexsent_mail::token::{Link, Ticket};
use nexsent_model::{CampaignId, ErasureId, Fault, FormId, OptInId, TenantId};
use nexsent_texts::Language;
use surrealdb_types::{Bytes, SurrealValue};

use crate::{
    Error, GateDb, Result,
    accounts::language,
    db::{q, rid},
};

/// A page that a recipient reaches by a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientPage {
    Unsubscribe,
    Form,
    OptIn,
    Preferences,
    Erasure,
}

/// What such a page shows of its workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub workspace: String,
    pub language: Language,
    pub has_logo: bool,
}

#[derive(SurrealValue)]
struct Logo {
    png: Bytes,
}

fn unknown() -> Error {
    Fault::not_found("link").into()
}

impl GateDb {
    /// Whose page a link leads to. `link`: a token, or a form's id.
    async fn tenant_behind(&self, page: RecipientPage, link: &str) -> Result<String> {
        let links = &self.0.links;
        let row = match page {
            RecipientPage::Unsubscribe => {
                let Some(Link::Unsubscribe { campaign, .. }) = links.verify(link) else { return Err(unknown()) };
                rid("sent_template", CampaignId::from_bits(campaign).as_str())
            }
            RecipientPage::Form => rid("form", link.parse::<FormId>().map_err(|_| unknown())?.as_str()),
            RecipientPage::OptIn => {
                let body: [u8; 24] = links.open_ticket(Ticket::OptIn, link).ok_or_else(unknown)?;
                let mut code = [0; 16];
                code.copy_from_slice(&body[..16]);
                let code = OptInId::from_bits(u128::from_be_bytes(code)).to_string();
                let sql = "SELECT VALUE tenant FROM opt_in WHERE code = $code LIMIT 1";
                return q!(self.0.system, sql, code = code)?.take::<Option<String>>(0)?.ok_or_else(unknown);
            }
            RecipientPage::Preferences => {
                let body: [u8; 28] = links.open_ticket(Ticket::Preferences, link).ok_or_else(unknown)?;
                let mut tenant = [0; 16];
                tenant.copy_from_slice(&body[..16]);
                return Ok(TenantId::from_bits(u128::from_be_bytes(tenant)).to_string());
            }
            RecipientPage::Erasure => {
                let body: [u8; 16] = links.open_ticket(Ticket::Erasure, link).ok_or_else(unknown)?;
                rid("erasure", ErasureId::from_bits(u128::from_be_bytes(body)).as_str())
            }
        };
        q!(self.0.system, "SELECT VALUE tenant FROM ONLY $row", row = row)?.take::<Option<String>>(0)?.ok_or_else(unknown)
    }

    /// How a recipient's page looks.
    ///
    /// # Errors
    /// A fault for a link that is not ours, or whose workspace is gone.
    pub async fn look(&self, page: RecipientPage, link: &str) -> Result<Look> {
        let tenant = self.tenant_behind(page, link).await?;
        let mut found = q!(
            self.0.system,
            "SELECT VALUE name FROM ONLY $tenant; SELECT VALUE mark FROM ONLY $logo",
            tenant = rid("tenant", &tenant),
            logo = rid("logo", &tenant)
        )?;
        let (workspace, logo): (Option<String>, Option<String>) = (found.take(0)?, found.take(1)?);
        Ok(Look { workspace: workspace.ok_or_else(unknown)?, language: language::of_workspace(&self.0, &tenant).await?, has_logo: logo.is_some() })
    }

    /// The logo on a recipient's page.
    ///
    /// # Errors
    /// A fault for a link that is not ours, or a workspace without a logo.
    pub async fn logo_behind(&self, page: RecipientPage, link: &str) -> Result<Vec<u8>> {
        let tenant = self.tenant_behind(page, link).await?;
        let kept: Option<Logo> = q!(self.0.system, "SELECT png FROM ONLY $id", id = rid("logo", &tenant))?.take(0)?;
        kept.map(|k| k.png.to_vec()).ok_or_else(|| Fault::not_found("logo").into())
    }
}
