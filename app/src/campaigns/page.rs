//! One campaign: the editor while it is a draft, the report afterwards.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nexsent_model::{
    CampaignId, Fault,
    campaigns::{CampaignState, CampaignView},
    contacts::ListRow,
    domains::DomainRow,
    segments::SegmentRow,
};

use super::{api, editor::Editor, report::Report};
use crate::{AppError, contacts, domains, segments, ui::load};

/// The id in the address.
pub(super) fn id_param() -> impl Fn() -> Option<CampaignId> + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|p| p.get("id")).and_then(|i| i.parse().ok())
}

pub(super) fn missing() -> AppError {
    AppError(Fault::not_found("campaign"))
}

type Fetched = (CampaignView, Vec<DomainRow>, Vec<ListRow>, Vec<SegmentRow>);

async fn fetch(id: Option<CampaignId>) -> Result<Fetched, AppError> {
    let view = api::campaign(id.ok_or_else(missing)?).await?;
    if view.row.state != CampaignState::Draft {
        return Ok((view, Vec::new(), Vec::new(), Vec::new()));
    }
    Ok((view, domains::api::domains().await?, contacts::api::lists().await?, segments::api::segments().await?))
}

#[component]
pub fn Campaign() -> impl IntoView {
    let data = Resource::new(id_param(), fetch);
    load(data, move |(campaign, domains, lists, segments)| {
        if campaign.row.state == CampaignState::Draft {
            view! { <Editor campaign domains lists segments /> }.into_any()
        } else {
            view! { <Report campaign changed=Callback::new(move |()| data.refetch()) /> }.into_any()
        }
    })
}
