//! Where a contact stands with e-mail as such and with each list, and what shows it.

use leptos::prelude::*;
use nexsent_model::consent::{Consent, ConsentState, Method, Proof};
use nexsent_texts::t;

use super::{api, profile::Shared};
use crate::{
    AppError,
    frame::me,
    ui::{Badge, Card, Field, Message, Time, Tone, load, refusal_of, toast},
};

#[component]
pub(super) fn ConsentCard(shared: Shared) -> impl IntoView {
    let id = shared.contact.with_untracked(|c| c.id);
    let data = Resource::new(move || shared.changed.get(), move |_| api::consents(id));
    let reason = RwSignal::new(String::new());
    let note = toast::notifier();
    let save = Action::new(move |(): &()| async move {
        let lists = shared.contact.with_untracked(|c| c.lists.clone());
        let scopes = std::iter::once(None).chain(lists.into_iter().map(Some)).collect();
        api::record_consent(id, scopes, reason.get_untracked()).await?;
        reason.set(String::new());
        note(t!("people-consent-kept"), false);
        shared.changed.update(|n| *n += 1);
        Ok::<_, AppError>(())
    });
    let error = refusal_of(save);
    let can = me().role.can_send();
    view! {
        <Card title=t!("people-consent")>
            {load(data, |all| all.into_iter().map(entry).collect_view())}
            {can.then(|| view! {
                <details>
                    <summary>{t!("people-consent-write-down")}</summary>
                    <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                        <Field name="consent" label=t!("people-consent-source") hint=t!("people-consent-source-hint") value=reason error />
                        <Message error fields=&["consent"] />
                        <button type="submit" disabled=move || save.pending().get()>{t!("people-consent-keep")}</button>
                    </form>
                </details>
            })}
        </Card>
    }
}

fn entry(c: Consent) -> impl IntoView {
    let (tone, word) = match c.state {
        ConsentState::Given => (Tone::Good, t!("people-consent-given")),
        ConsentState::Pending => (Tone::Busy, t!("people-consent-pending")),
        ConsentState::Withdrawn => (Tone::Warn, t!("people-consent-withdrawn")),
        ConsentState::Unknown => (Tone::Plain, t!("people-method-unknown")),
    };
    let name = if c.list.is_none() { t!("people-consent-general") } else { c.name };
    view! {
        <div class="consent">
            <p class="row-wrap"><strong>{name}</strong><Badge tone text=word /></p>
            {(c.state != ConsentState::Unknown).then(|| proof(c.proof))}
        </div>
    }
}

fn line(name: String, value: impl IntoView + 'static) -> AnyView {
    view! { <dt>{name}</dt><dd>{value}</dd> }.into_any()
}

fn text(name: String, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| line(name, value))
}

fn proof(p: Proof) -> impl IntoView {
    let from = [p.address, p.agent].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let confirmed_from = [p.confirmed_address, p.confirmed_agent].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <dl class="facts">
            {p.at.map(|at| line(t!("people-proof-when"), view! { <Time at /> }))}
            {(p.method != Method::Unknown).then(|| line(t!("people-proof-how"), p.method.label()))}
            {text(t!("people-proof-by"), p.source)}
            {text(t!("people-proof-why"), p.note)}
            {text(t!("people-proof-wording"), p.wording)}
            {text(t!("people-proof-page"), p.page)}
            {text(t!("people-proof-from"), from)}
            {p.confirmed_at.map(|at| line(t!("people-proof-confirmed"), view! { <Time at /> }))}
            {text(t!("people-proof-confirmed-from"), confirmed_from)}
        </dl>
    }
}
