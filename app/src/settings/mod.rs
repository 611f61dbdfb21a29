//! Settings: the workspace, its team, one's own account, the audit log.

pub mod account;
pub mod api;
pub mod audit;
pub mod invite;
pub mod team;
pub mod two_factor;
pub mod workspace;

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

use crate::frame::me;

/// The settings' pages, under the head of each.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let admin = me().role.can_admin();
    let path = use_location().pathname;
    let places = [
        ("/settings", "Workspace", true),
        ("/settings/team", "Team", true),
        ("/settings/account", "Your account", true),
        ("/settings/audit", "Audit log", admin),
    ];
    view! {
        <nav class="tabs" aria-label="Settings">
            {places.into_iter().filter(|p| p.2).map(|(href, name, _)| view! {
                <A href=href exact=true attr:aria-current=move || path.with(|p| (p == href).then_some("page"))>{name}</A>
            }).collect_view()}
        </nav>
    }
}
