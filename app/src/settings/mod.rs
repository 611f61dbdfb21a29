//! Settings: the workspace, its team, one's own account, the audit log.

pub mod account;
pub mod api;
pub mod audit;
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

use crate::{frame::me, ui::NavTabs};

/// The settings' pages, under the head of each.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let admin = me().role.can_admin();
    let mut places = vec![
        ("/settings", "Workspace"),
        ("/settings/sending", "Sending"),
        ("/settings/team", "Team"),
        ("/settings/data", "Data"),
        ("/settings/account", "Your account"),
    ];
    if admin {
        places.push(("/settings/audit", "Audit log"));
    }
    view! { <NavTabs label="Settings" places /> }
}
