//! Where a contact stands with e-mail as such and with each list, and what shows it.

use leptos::prelude::*;
use nexsent_model::consent::{Consent, ConsentState, Method, Proof};

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
        note("Kept.".to_owned(), false);
        shared.changed.update(|n| *n += 1);
        Ok::<_, AppError>(())
    });
    let error = refusal_of(save);
    let can = me().role.can_send();
    view! {
        <Card title="Consent">
            {load(data, |all| all.into_iter().map(entry).collect_view())}
            {can.then(|| view! {
                <details>
                    <summary>"Write down a consent"</summary>
                    <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                        <Field name="consent" label="Where it comes from" hint="Kept as proof for e-mail in general and every list above, under your name." value=reason error />
                        <Message error fields=&["consent"] />
                        <button type="submit" disabled=move || save.pending().get()>"Keep it"</button>
                    </form>
                </details>
            })}
        </Card>
    }
}

fn entry(c: Consent) -> impl IntoView {
    let (tone, word) = match c.state {
        ConsentState::Given => (Tone::Good, "Given"),
        ConsentState::Pending => (Tone::Busy, "Waits for confirmation"),
        ConsentState::Withdrawn => (Tone::Warn, "Withdrawn"),
        ConsentState::Unknown => (Tone::Plain, "No record"),
    };
    let name = if c.list.is_none() { "E-mail in general".to_owned() } else { c.name };
    view! {
        <div class="consent">
            <p class="row-wrap"><strong>{name}</strong><Badge tone text=word /></p>
            {(c.state != ConsentState::Unknown).then(|| proof(c.proof))}
        </div>
    }
}

fn line(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <dt>{name}</dt><dd>{value}</dd> }.into_any()
}

fn text(name: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| line(name, value))
}

fn proof(p: Proof) -> impl IntoView {
    let from = [p.address, p.agent].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let confirmed_from = [p.confirmed_address, p.confirmed_agent].into_iter().flatten().collect::<Vec<_>>().join(", ");
    view! {
        <dl class="facts">
            {p.at.map(|at| line("When", view! { <Time at /> }))}
            {(p.method != Method::Unknown).then(|| line("How", p.method.label()))}
            {text("By", p.source)}
            {text("Why", p.note)}
            {text("Agreed to", p.wording)}
            {text("On", p.page)}
            {text("From", from)}
            {p.confirmed_at.map(|at| line("Confirmed", view! { <Time at /> }))}
            {text("Confirmed from", confirmed_from)}
        </dl>
    }
}
