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
        ("/settings", "Workspace".to_owned()),
        ("/settings/sending", "Sending".to_owned()),
        ("/settings/team", "Team".to_owned()),
        ("/settings/data", "Data".to_owned()),
        ("/settings/account", "Your account".to_owned()),
    ];
    if admin {
        places.push(("/settings/audit", "Audit log".to_owned()));
    }
    view! { <NavTabs label="Settings" places /> }
}
