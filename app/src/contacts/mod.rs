//! Contacts, lists, imports, duplicates, the suppression list, and what is done to many at once.

pub mod api;
mod attribute_fields;
pub mod attributes;
pub mod bulk;
mod bulk_bar;
mod consent_card;
pub mod duplicates;
pub mod edit;
pub mod import;
pub mod list;
pub mod list_settings;
pub mod lists;
mod many_api;
mod merge;
mod paste;
mod profile;
pub mod suppressions;
mod timeline;
#[cfg(any(feature = "hydrate", feature = "csr"))]
mod upload;

use leptos::prelude::*;
use nexsent_model::accounts::Right;
use nexsent_texts::t;

use crate::{frame::me, ui::NavTabs};

/// The contacts' pages, under the head of each.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let role = me().role;
    let mut places = vec![("/contacts", t!("contacts-title")), ("/contacts/lists", t!("contacts-tab-lists"))];
    if role.may(Right::ReadCampaigns) {
        places.push(("/contacts/segments", t!("contacts-tab-segments")));
    }
    places.extend([("/contacts/attributes", t!("contacts-tab-attributes")), ("/contacts/suppressions", t!("contacts-tab-suppressed"))]);
    if role.can_send() {
        places.extend([("/contacts/duplicates", t!("contacts-tab-duplicates")), ("/contacts/actions", t!("contacts-tab-actions"))]);
    }
    view! { <NavTabs label=t!("contacts-title") places /> }
}
