//! Writing campaigns.

use chrono::Utc;
use nexsent_model::{
    CampaignId, Cursor, Fault, FaultCode, Page,
    campaigns::{CampaignDraft, CampaignRow, CampaignView},
    validate,
};
use nexsent_texts::{Language, t};
use surrealdb_types::SurrealValue;

use super::{FIELDS, Row, stats, stats_of};
use crate::{
    Result, TenantDb,
    accounts::audit::Entry,
    db::{q, rid},
};

/// What a new campaign starts with, in the language of those who will read it.
const fn starter(language: Language) -> &'static str {
    match language {
        Language::Es => include_str!("starter.es.html"),
        _ => include_str!("starter.html"),
    }
}
/// Lists a campaign may go to, and segments.
const MAX_LISTS: usize = 50;

impl TenantDb {
    pub(crate) async fn campaign_row(&self, id: &CampaignId) -> Result<Row> {
        let row: Option<Row> =
            q!(self.db(), format!("SELECT {FIELDS} FROM ONLY $id WHERE tenant = $t"), id = rid("campaign", id.as_str()), t = self.t())?.take(0)?;
        row.ok_or_else(|| Fault::not_found("campaign").into())
    }

    /// One page of campaigns, newest first.
    ///
    /// # Errors
    /// A fault for a cursor that is none.
    pub async fn campaigns(&self, after: Option<&Cursor>, limit: u32) -> Result<Page<CampaignRow>> {
        let limit = crate::contacts::query::page_size(limit);
        let from = match after {
            Some(c) => c.0.parse::<i64>().map_err(|_| Fault::field("after", t!("fault-campaigns-page-gone")))?,
            None => i64::MIN,
        };
        let sql = format!("SELECT {FIELDS} FROM campaign WHERE tenant = $t AND newest > $from ORDER BY newest LIMIT $limit");
        let mut rows: Vec<Row> = q!(self.db(), sql, t = self.t(), from = from, limit = limit as i64 + 1)?.take(0)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more.then(|| rows.last().map(|r| Cursor(r.newest.to_string()))).flatten();
        let ids = rows.iter().map(|r| r.id().map(|id| id.to_string())).collect::<Result<Vec<_>>>()?;
        let figures = stats_of(self.db(), &self.t(), &ids).await?;
        let items = rows.into_iter().zip(figures).map(|(row, f)| row.row(f)).collect::<Result<Vec<_>>>()?;
        Ok(Page { items, next, total: None })
    }

    /// Starts a campaign: a draft with an example to write over, from the sender that the settings name, or that of the last one.
    ///
    /// # Errors
    /// A fault on `name`.
    pub async fn create_campaign(&self, name: &str) -> Result<CampaignId> {
        self.may_send()?;
        let name = validate::name("name", name, 120)?;
        let settings = self.settings().await?;
        let sender = settings.sender;
        let first = |texts: [String; 3]| texts.into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let last: Option<Row> =
            q!(self.db(), format!("SELECT {FIELDS} FROM campaign WHERE tenant = $t ORDER BY newest LIMIT 1"), t = self.t())?.take(0)?;
        let last = last.map(|r| r.draft()).transpose()?.unwrap_or_default();
        let draft = CampaignDraft {
            name: name.clone(),
            from_name: first([sender.name, last.from_name, self.me().workspace_name.clone()]),
            from_local: first([sender.local, last.from_local, "news".to_owned()]),
            domain: sender.domain.or(last.domain),
            reply_to: first([sender.reply_to, last.reply_to, String::new()]),
            html: starter(settings.language).to_owned(),
            track_opens: settings.track_opens,
            track_clicks: settings.track_clicks,
            ..CampaignDraft::default()
        };
        self.insert_campaign(&draft).await
    }

    async fn insert_campaign(&self, draft: &CampaignDraft) -> Result<CampaignId> {
        let id = CampaignId::new();
        q!(
            self.db(),
            "CREATE $id SET tenant = $t, name = $name, draft = $draft, state = 'draft', version = 1, created_at = $now",
            id = rid("campaign", id.as_str()),
            t = self.t(),
            name = draft.name.clone(),
            draft = serde_json::to_string(draft)?,
            now = Utc::now()
        )?;
        self.audit(Entry { after: Some(draft.name.clone()), ..Entry::new("campaign.create", id.as_str()) }).await?;
        Ok(id)
    }

    /// A whole campaign.
    ///
    /// # Errors
    /// A fault when there is none.
    pub async fn campaign(&self, id: &CampaignId) -> Result<CampaignView> {
        let row = self.campaign_row(id).await?;
        let draft = row.draft()?;
        let from_email = match &draft.domain {
            Some(domain) => self.domain(domain).await.ok().map(|d| format!("{}@{}", draft.from_local, d.domain.name)),
            None => None,
        };
        let figures = stats(self.db(), &self.t(), id.as_str()).await?;
        Ok(CampaignView { row: row.row(figures)?, draft, from_email, version: row.version, held: row.held.filter(|_| row.state == "paused") })
    }

    /// Saves a draft. What is wrong in it is said at the review, not here: half-written work is kept.
    ///
    /// # Errors
    /// `Conflict` when somebody saved another version meanwhile; a fault for what cannot be kept at all.
    pub async fn save_campaign(&self, id: &CampaignId, version: u64, draft: &CampaignDraft) -> Result<u64> {
        self.may_send()?;
        let mut draft = draft.clone();
        draft.name = validate::name("name", &draft.name, 120)?;
        for (field, text, max) in [
            ("from_name", &draft.from_name, 100),
            ("from_local", &draft.from_local, 64),
            ("reply_to", &draft.reply_to, 254),
            ("subject", &draft.subject, 1000),
            ("preheader", &draft.preheader, 1000),
        ] {
            if text.chars().count() > max {
                return Err(Fault::field(field, t!("model-too-long", max = max.to_string())).into());
            }
        }
        for (field, text) in [("html", Some(&draft.html)), ("text", draft.text.as_ref())] {
            if text.is_some_and(|t| t.len() > nexsent_mail::template::MAX_SOURCE) {
                return Err(Fault { code: FaultCode::TooLarge, message: t!("fault-campaigns-too-large"), field: Some(field.to_owned()) }.into());
            }
        }
        if draft.lists.len() > MAX_LISTS {
            return Err(Fault::field("lists", t!("fault-campaigns-many-lists", max = MAX_LISTS)).into());
        }
        if draft.segments.len() > MAX_LISTS {
            return Err(Fault::field("segments", t!("fault-campaigns-many-segments", max = MAX_LISTS)).into());
        }
        #[derive(SurrealValue)]
        struct Saved {
            version: u64,
            before: String,
        }
        let changed: Vec<Saved> = q!(
            self.db(),
            "UPDATE $id SET name = $name, draft = $draft, version += 1 WHERE tenant = $t AND state = 'draft' AND version = $version RETURN version, $before.draft AS before",
            id = rid("campaign", id.as_str()),
            t = self.t(),
            version = version,
            name = draft.name.clone(),
            draft = serde_json::to_string(&draft)?
        )?
        .take(0)?;
        if let Some(saved) = changed.first() {
            self.audit_edit(id, &saved.before, &draft).await?;
            return Ok(saved.version);
        }
        let row = self.campaign_row(id).await?;
        Err(if row.state == "draft" {
            Fault::new(FaultCode::Conflict, t!("fault-campaigns-changed-meanwhile")).into()
        } else {
            Fault::new(FaultCode::WrongState, t!("fault-campaigns-not-a-draft")).into()
        })
    }

    /// Which fields of a draft were changed. Somebody who is writing saves every few seconds: that is one line, not hundreds.
    async fn audit_edit(&self, id: &CampaignId, before: &str, draft: &CampaignDraft) -> Result<()> {
        let (before, after): (serde_json::Value, serde_json::Value) = (serde_json::from_str(before)?, serde_json::to_value(draft)?);
        let fields = after.as_object().into_iter().flatten().filter(|(k, v)| before.get(k) != Some(v)).map(|(k, _)| k.as_str());
        let fields = fields.collect::<Vec<_>>().join(", ");
        if fields.is_empty() {
            return Ok(());
        }
        self.audit_once(Entry { after: Some(fields), ..Entry::new("campaign.change", id.as_str()) }).await
    }

    /// A draft with the same content.
    ///
    /// # Errors
    /// A fault when there is no such campaign.
    pub async fn duplicate_campaign(&self, id: &CampaignId) -> Result<CampaignId> {
        self.may_send()?;
        let mut draft = self.campaign_row(id).await?.draft()?;
        draft.name = t!("fault-campaigns-copy", name = draft.name.chars().take(110).collect::<String>());
        self.insert_campaign(&draft).await
    }

    /// Deletes a draft. What was sent stays: its ledger answers who received it.
    ///
    /// # Errors
    /// A fault unless it is a draft.
    pub async fn delete_campaign(&self, id: &CampaignId) -> Result<()> {
        self.may_send()?;
        let gone: Vec<String> = q!(
            self.db(),
            "DELETE $id WHERE tenant = $t AND state = 'draft' RETURN VALUE $before.name",
            id = rid("campaign", id.as_str()),
            t = self.t()
        )?
        .take(0)?;
        let Some(name) = gone.into_iter().next() else {
            self.campaign_row(id).await?;
            return Err(Fault::new(FaultCode::WrongState, t!("fault-campaigns-only-drafts")).into());
        };
        self.audit(Entry { before: Some(name), ..Entry::new("campaign.delete", id.as_str()) }).await
    }
}
