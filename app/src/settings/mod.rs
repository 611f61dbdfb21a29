//! Settings: the workspace, its team, one's own account, the audit log.

pub mod account;
pub mod api;
pub mod audit;
mod audit_words;
pub mod data;
pub mod invite;
mod logo;
pub(crate) mod proof;
pub mod sending;
pub mod team;
mod teams;
pub mod two_factor;
pub mod workspace;

use leptos::prelude::*;
use nexsent_texts::t;

use crate::{frame::me, ui::NavTabs};

/// The settings' pages, under the head of each.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let admin = me().role.can_admin();
    let mut places = vec![
        ("/settings", t!("settings-workspace")),
        ("/settings/sending", t!("settings-sending")),
        ("/settings/team", t!("settings-team")),
        ("/settings/data", t!("settings-data")),
        ("/settings/account", t!("settings-account")),
    ];
    if admin {
        places.push(("/settings/audit", t!("settings-audit")));
    }
    view! { <NavTabs label=t!("settings-title") places /> }
}
