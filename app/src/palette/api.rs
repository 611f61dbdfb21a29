//! The server's half of the search.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;

/// Something with a page of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub href: String,
    pub title: String,
    pub note: String,
}

/// What the server knows by a name or an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    pub campaigns: Vec<Place>,
    pub contacts: Vec<Place>,
}

/// Campaigns by any part of their name, contacts by the start of their address: six of each at most.
#[server(name = AskJump, prefix = "/api", endpoint = "jump")]
pub async fn jump(query: String) -> Result<Jump, AppError> {
    use nexsent_model::{accounts::Right, contacts::ContactQuery};
    use nexsent_texts::t;
    const MOST: u32 = 6;
    let tenant = crate::server_ctx::tenant().await?;
    let wanted = query.trim().to_lowercase();
    let mut found = Jump::default();
    if wanted.is_empty() {
        return Ok(found);
    }
    if tenant.me().role.may(Right::ReadCampaigns) {
        let rows = tenant.campaigns(None, 200).await?.items.into_iter();
        found.campaigns = rows
            .filter(|c| c.name.to_lowercase().contains(&wanted))
            .take(MOST as usize)
            .map(|c| Place { href: format!("/campaigns/{}", c.id), title: c.name, note: t!("places-campaign-state", state = c.state.as_str()) })
            .collect();
    }
    // Too many addresses begin with one letter alone.
    if wanted.chars().count() >= 2 {
        let query = ContactQuery { search: wanted, limit: MOST, ..ContactQuery::default() };
        let rows = tenant.contacts(&query).await?.items.into_iter();
        found.contacts = rows
            .map(|c| {
                let note = format!("{} {}", c.first_name, c.last_name).trim().to_owned();
                Place { href: format!("/contacts/{}", c.id), title: c.email, note }
            })
            .collect();
    }
    Ok(found)
}
