//! A list's own page: its names, and how it is joined.

use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_params_map};
use nexsent_model::{
    Fault, ListId,
    consent::{ConfirmMail, ListSettings, ListView},
    domains::{DomainRow, DomainStatus},
};

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
    let subject = text(if s.mail.subject.is_empty() { "Please confirm your sign-up" } else { &s.mail.subject });
    let body = text(if s.mail.text.is_empty() { "Hello,\n\nthank you for signing up. Please confirm that you want our mail." } else { &s.mail.text });
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
            note("Saved.".to_owned(), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let mut options: Vec<(String, String)> = domains
        .into_iter()
        .filter(|d| d.status == DomainStatus::Verified || s.mail.domain.as_ref() == Some(&d.id))
        .map(|d| (d.id.to_string(), d.name))
        .collect();
    options.insert(0, (String::new(), if options.is_empty() { "No verified domain yet".to_owned() } else { "Choose a domain".to_owned() }));
    let can = me().role.can_send();
    view! {
        <PageHead title=list.name.clone() note="What the list is called, and how people join it.">
            <A href=format!("/contacts?list={}", list.id) attr:class="button">"Its contacts"</A>
        </PageHead>
        <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
            <Message error fields=&["name", "description", "public_name", "public_description", "domain", "from_name", "from_local", "subject", "text", "after"] />
            <Card title="Name">
                <Field name="name" label="Name" required=true value=name error />
                <Field name="description" label="Description, for the team" value=description error />
            </Card>
            <Card title="What people see">
                <Check label="Not shown in the preference centre" hint="People leave it only with everything else." value=private />
                <Field name="public_name" label="Public name" hint="Empty: the name above." value=public_name error />
                <Field name="public_description" label="Public description" value=public_description error />
            </Card>
            <Card title="Double opt-in">
                <Check label="Who signs up by a form confirms by mail first" hint="Until then they are no contact, and no campaign reaches them." value=double />
                <div class="grid" hidden=move || !double.get()>
                    <div class="columns">
                        <Field name="from_name" label="Sender's name" hint="Empty: the workspace's." value=from_name error />
                        <Field name="from_local" label="Before the @" value=from_local error />
                        <Choice name="domain" label="Domain" value=domain options=Signal::stored(options) error />
                    </div>
                    <Field name="subject" label="Subject" value=subject error />
                    <TextArea name="text" label="Text" rows=5 hint="The button, what it is about and your postal address are put under it." value=body error />
                    <TextArea name="after" label="Shown once it is confirmed" rows=3 hint="Empty: a sentence of ours." value=after error />
                </div>
            </Card>
            {can.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>"Save"</button> })}
        </form>
    }
}
