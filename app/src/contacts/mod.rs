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

use crate::{frame::me, ui::NavTabs};

/// The contacts' pages, under the head of each.
#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let role = me().role;
    let mut places = vec![("/contacts", "Contacts".to_owned()), ("/contacts/lists", "Lists".to_owned())];
    if role.may(Right::ReadCampaigns) {
        places.push(("/contacts/segments", "Segments".to_owned()));
    }
    places.extend([("/contacts/attributes", "Attributes".to_owned()), ("/contacts/suppressions", "Suppressed".to_owned())]);
    if role.can_send() {
        places.extend([("/contacts/duplicates", "Duplicates".to_owned()), ("/contacts/actions", "Actions".to_owned())]);
    }
    view! { <NavTabs label="Contacts" places /> }
}
