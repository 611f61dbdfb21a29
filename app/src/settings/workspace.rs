//! The workspace's own settings.

use leptos::prelude::*;
use nexsent_model::team::{Language, WorkspaceSettings};

use super::{Tabs, api, logo::Logo, proof::prover};
use crate::{
    frame::me,
    ui::{Card, Check, Choice, Field, Message, PageHead, TextArea, load, refusal_of, toast},
};

/// Offered as one types; any IANA name is taken.
const ZONES: [&str; 24] = [
    "UTC",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Rome",
    "Europe/Athens",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
];

#[component]
pub fn WorkspacePage() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::settings());
    view! {
        <PageHead title="Workspace" note="What holds for everybody here." />
        <Tabs />
        {load(data, |settings| view! { <Form settings /> })}
    }
}

#[component]
fn Form(settings: WorkspaceSettings) -> impl IntoView {
    let name = RwSignal::new(settings.name.clone());
    let address = RwSignal::new(settings.postal_address.clone());
    let zone = RwSignal::new(settings.time_zone.clone());
    let language = RwSignal::new(settings.language.as_str().to_owned());
    let languages = Language::ALL.map(|l| (l.as_str().to_owned(), l.label().to_owned())).to_vec();
    let proof = prover();
    let opens = RwSignal::new(settings.track_opens);
    let clicks = RwSignal::new(settings.track_clicks);
    let two = RwSignal::new(settings.require_two_factor);
    let note = toast::notifier();
    let save = Action::new(move |(): &()| {
        let settings = WorkspaceSettings {
            name: name.get_untracked(),
            postal_address: address.get_untracked(),
            time_zone: zone.get_untracked().trim().to_owned(),
            track_opens: opens.get_untracked(),
            track_clicks: clicks.get_untracked(),
            require_two_factor: two.get_untracked(),
            language: language.get_untracked().parse().unwrap_or_default(),
            ..settings.clone()
        };
        async move {
            proof.run(|| api::save_settings(settings.clone())).await?;
            note("Saved.".to_owned(), false);
            Ok::<_, crate::AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    view! {
        <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
            <fieldset class="plain" disabled=!admin>
                <Card title="About">
                    <Logo />
                    <Field name="name" label="Name" value=name error />
                    <TextArea name="postal_address" label="Postal address" value=address rows=4 hint="Stands under every bulk message: laws in most countries ask for it. Without it no campaign is sent." error />
                    <Field name="time_zone" label="Time zone" value=zone hint="An IANA name, such as Europe/Madrid." list="zones" error />
                    <Choice name="language" label="Language of the pages that recipients see" value=language options=Signal::stored(languages) error />
                    <datalist id="zones">{ZONES.map(|z| view! { <option value=z></option> }).collect_view()}</datalist>
                </Card>
                <Card title="New campaigns">
                    <Check label="Count opens" value=opens hint="A tiny image tells when a message is shown. Each campaign can change it." />
                    <Check label="Count clicks" value=clicks hint="Links lead through this server." />
                </Card>
                <Card title="Signing in">
                    <Check label="Require two-factor sign-in" value=two hint="Whoever has none must set it up before they see anything else." />
                    <Message error fields=&["name", "postal_address", "time_zone"] />
                </Card>
                {if admin {
                    view! { <button type="submit" class="primary" disabled=move || save.pending().get()>"Save"</button> }.into_any()
                } else {
                    view! { <p class="hint">"Owners and admins can change these."</p> }.into_any()
                }}
            </fieldset>
        </form>
    }
}
