//! The workspace's own settings.

use leptos::prelude::*;
use nexsent_model::team::{Language, WorkspaceSettings};
use nexsent_texts::t;

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
        <PageHead title=t!("settings-workspace") note=t!("settings-workspace-note") />
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
            note(t!("saved"), false);
            Ok::<_, crate::AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    view! {
        <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
            <fieldset class="plain" disabled=!admin>
                <Card title=t!("settings-about")>
                    <Logo />
                    <Field name="name" label=t!("name") value=name error />
                    <TextArea name="postal_address" label=t!("settings-postal-address") value=address rows=4 hint=t!("settings-postal-address-hint") error />
                    <Field name="time_zone" label=t!("settings-time-zone") value=zone hint=t!("settings-time-zone-hint") list="zones" error />
                    <Choice name="language" label=t!("settings-recipients-language") value=language options=Signal::stored(languages) error />
                    <p class="hint">{t!("settings-recipients-language-hint")}</p>
                    <datalist id="zones">{ZONES.map(|z| view! { <option value=z></option> }).collect_view()}</datalist>
                </Card>
                <Card title=t!("settings-new-campaigns")>
                    <Check label=t!("settings-count-opens") value=opens hint=t!("settings-count-opens-hint") />
                    <Check label=t!("settings-count-clicks") value=clicks hint=t!("settings-count-clicks-hint") />
                </Card>
                <Card title=t!("settings-signing-in")>
                    <Check label=t!("settings-require-two-factor") value=two hint=t!("settings-require-two-factor-hint") />
                    <Message error fields=&["name", "postal_address", "time_zone"] />
                </Card>
                {if admin {
                    view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button> }.into_any()
                } else {
                    view! { <p class="hint">{t!("settings-admins-only")}</p> }.into_any()
                }}
            </fieldset>
        </form>
    }
}
