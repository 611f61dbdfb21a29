//! A list's own page: its names, and how it is joined.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use nexsent_model::{
    Fault, ListId,
    consent::{ConfirmMail, ListSettings, ListView},
    domains::{DomainRow, DomainStatus},
};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    domains::api as domains,
    frame::me,
    ui::{Card, Check, Choice, Field, Message, PageHead, TextArea, load, refusal_of, toast, unsaved},
};

async fn fetch(id: Option<ListId>) -> Result<(ListView, Vec<DomainRow>), AppError> {
    let id = id.ok_or_else(|| AppError(Fault::not_found("list")))?;
    Ok((api::list(id).await?, domains::domains().await?))
}

#[component]
pub fn ListPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|p| p.get("id")).and_then(|i| i.parse::<ListId>().ok());
    let data = Resource::new(id, fetch);
    load(data, |(list, domains)| view! { <Settings list domains /> })
}

#[component]
fn Settings(list: ListView, domains: Vec<DomainRow>) -> impl IntoView {
    let s = list.settings.clone();
    let id = StoredValue::new(list.id.clone());
    let text = |t: &str| RwSignal::new(t.to_owned());
    let (name, description) = (text(&list.name), text(&list.description));
    let (public_name, public_description) = (text(&s.public_name), text(&s.public_description));
    let (double, private) = (RwSignal::new(s.double_opt_in), RwSignal::new(s.private));
    let domain = RwSignal::new(s.mail.domain.as_ref().map(ToString::to_string).unwrap_or_default());
    let from_name = text(&s.mail.from_name);
    let from_local = text(if s.mail.from_local.is_empty() { "hello" } else { &s.mail.from_local });
    let or = |t: &str, empty: String| RwSignal::new(if t.is_empty() { empty } else { t.to_owned() });
    let subject = or(&s.mail.subject, t!("contacts-list-mail-subject"));
    let body = or(&s.mail.text, t!("contacts-list-mail-text"));
    let after = text(&s.after);
    let note = toast::notifier();
    let typed = move || ListView {
        id: id.get_value(),
        name: name.get(),
        description: description.get(),
        settings: ListSettings {
            double_opt_in: double.get(),
            private: private.get(),
            public_name: public_name.get(),
            public_description: public_description.get(),
            mail: ConfirmMail {
                domain: domain.get().parse().ok(),
                from_name: from_name.get(),
                from_local: from_local.get(),
                subject: subject.get(),
                text: body.get(),
            },
            after: after.get(),
        },
    };
    let kept = unsaved(typed);
    let save = Action::new(move |(): &()| {
        let view = untrack(typed);
        async move {
            api::save_list_settings(view).await?;
            kept.saved();
            note(t!("saved"), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let mut options: Vec<(String, String)> = domains
        .into_iter()
        .filter(|d| d.status == DomainStatus::Verified || s.mail.domain.as_ref() == Some(&d.id))
        .map(|d| (d.id.to_string(), d.name))
        .collect();
    options.insert(0, (String::new(), if options.is_empty() { t!("contacts-list-domain-none") } else { t!("contacts-list-domain-choose") }));
    let can = me().role.can_send();
    view! {
        <PageHead title=list.name.clone() note=t!("contacts-list-note")>
            <A href=format!("/contacts?list={}", list.id) attr:class="button">{t!("contacts-list-contacts")}</A>
        </PageHead>
        <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
            <Message error fields=&["name", "description", "public_name", "public_description", "domain", "from_name", "from_local", "subject", "text", "after"] />
            <Card title=t!("name")>
                <Field name="name" label=t!("name") required=true value=name error />
                <Field name="description" label=t!("contacts-list-description") value=description error />
            </Card>
            <Card title=t!("contacts-list-seen")>
                <Check label=t!("contacts-list-private") hint=t!("contacts-list-private-hint") value=private />
                <Field name="public_name" label=t!("contacts-list-public-name") hint=t!("contacts-list-public-name-hint") value=public_name error />
                <Field name="public_description" label=t!("contacts-list-public-description") value=public_description error />
            </Card>
            <Card title=t!("contacts-list-double")>
                <Check label=t!("contacts-list-double-check") hint=t!("contacts-list-double-hint") value=double />
                <div class="grid" hidden=move || !double.get()>
                    <div class="columns">
                        <Field name="from_name" label=t!("contacts-list-sender") hint=t!("contacts-list-sender-hint") value=from_name error />
                        <Field name="from_local" label=t!("contacts-list-local") value=from_local error />
                        <Choice name="domain" label=t!("contacts-list-domain") value=domain options=Signal::stored(options) error />
                    </div>
                    <Field name="subject" label=t!("contacts-list-subject") value=subject error />
                    <TextArea name="text" label=t!("contacts-list-text") rows=5 hint=t!("contacts-list-text-hint") value=body error />
                    <TextArea name="after" label=t!("contacts-list-after") rows=3 hint=t!("contacts-list-after-hint") value=after error />
                </div>
            </Card>
            {can.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button> })}
        </form>
    }
}
