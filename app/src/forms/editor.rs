//! A form: written on one side, seen on the other; its figures, and how it gets onto a site.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    Fault, FormId, ListId,
    contacts::ListRow,
    forms::{FieldKind, FormDraft, FormField, FormView, PublicForm, Submission, wants_dark_text},
};
use nexsent_texts::t;

use super::{
    api,
    body::{Carried, body, frame_snippet, html_snippet},
};
use crate::{
    AppError,
    contacts::api as contacts,
    frame::me,
    ui::{Card, Check, Confirm, CopyBlock, Field, Icon, Message, PageHead, Stat, TextArea, load, refusal_of, toast, unsaved},
};

const FIELDS: &[&str] = &["name", "title", "intro", "email_label", "consent", "button", "success", "redirect", "accent"];

async fn fetch(id: Option<FormId>) -> Result<(FormView, Vec<ListRow>), AppError> {
    let id = id.ok_or_else(|| AppError(Fault::not_found("form")))?;
    Ok((api::form(id).await?, contacts::lists().await?))
}

#[component]
pub fn FormPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|p| p.get("id")).and_then(|i| i.parse::<FormId>().ok());
    let data = Resource::new(id, fetch);
    load(data, |(form, lists)| view! { <Editor form lists /> })
}

/// A field as it is edited: every part a signal, so that a key typed in one does not draw the others afresh.
#[derive(Clone, Copy)]
struct Line {
    id: u32,
    what: RwSignal<String>,
    attribute: RwSignal<String>,
    label: RwSignal<String>,
    required: RwSignal<bool>,
}

impl Line {
    fn new(id: u32, f: &FormField) -> Self {
        let what = match f.kind {
            FieldKind::FirstName => "first_name",
            FieldKind::LastName => "last_name",
            FieldKind::Text(_) => "text",
            FieldKind::Number(_) => "number",
            FieldKind::Date(_) => "date",
            FieldKind::YesNo(_) => "yes_no",
        };
        Self {
            id,
            what: RwSignal::new(what.to_owned()),
            attribute: RwSignal::new(f.kind.attribute().unwrap_or_default().to_owned()),
            label: RwSignal::new(f.label.clone()),
            required: RwSignal::new(f.required),
        }
    }

    fn field(self) -> FormField {
        let name = self.attribute.get();
        let kind = match self.what.get().as_str() {
            "first_name" => FieldKind::FirstName,
            "last_name" => FieldKind::LastName,
            "number" => FieldKind::Number(name),
            "date" => FieldKind::Date(name),
            "yes_no" => FieldKind::YesNo(name),
            _ => FieldKind::Text(name),
        };
        FormField { kind, label: self.label.get(), required: self.required.get() }
    }
}

#[component]
fn Editor(form: FormView, lists: Vec<ListRow>) -> impl IntoView {
    let id = StoredValue::new(form.id.clone());
    let url = StoredValue::new(form.url.clone());
    let d = form.draft.clone();
    let text = |t: &str| RwSignal::new(t.to_owned());
    let (name, title, intro, email_label) = (text(&d.name), text(&d.title), text(&d.intro), text(&d.email_label));
    let (consent, button, success) = (text(&d.consent), text(&d.button), text(&d.success));
    let (redirect, accent) = (text(&d.redirect), text(&d.accent));
    let (choose, plain) = (RwSignal::new(d.choose_lists), RwSignal::new(d.plain_html));
    let lines = RwSignal::new(d.fields.iter().zip(0u32..).map(|(f, i)| Line::new(i, f)).collect::<Vec<_>>());
    let joined: Vec<(ListRow, RwSignal<bool>)> = lists
        .into_iter()
        .map(|l| {
            let is_in = d.lists.contains(&l.id);
            (l, RwSignal::new(is_in))
        })
        .collect();
    let chosen = StoredValue::new(joined.iter().map(|(l, s)| (l.id.clone(), l.name.clone(), *s)).collect::<Vec<(ListId, String, RwSignal<bool>)>>());
    let draft = Memo::new(move |_| FormDraft {
        name: name.get(),
        title: title.get(),
        intro: intro.get(),
        email_label: email_label.get(),
        fields: lines.get().into_iter().map(Line::field).collect(),
        lists: chosen.with_value(|c| c.iter().filter(|(.., s)| s.get()).map(|(l, ..)| l.clone()).collect()),
        choose_lists: choose.get(),
        consent: consent.get(),
        button: button.get(),
        success: success.get(),
        redirect: redirect.get(),
        accent: accent.get(),
        plain_html: plain.get(),
    });
    let public = Memo::new(move |_| PublicForm {
        id: id.get_value(),
        draft: draft.get(),
        workspace: String::new(),
        lists: chosen.with_value(|c| c.iter().filter(|(.., s)| s.get()).map(|(l, n, _)| (l.clone(), n.clone())).collect()),
        confirms: false,
    });
    let figures = RwSignal::new(form.figures);
    let problem = RwSignal::new(form.problem.clone());
    let note = toast::notifier();
    let kept = unsaved(move || draft.get());
    let save = Action::new(move |(): &()| {
        let wanted = draft.get_untracked();
        async move {
            let saved = api::save_form(id.get_value(), wanted).await?;
            kept.saved();
            figures.set(saved.figures);
            problem.set(saved.problem);
            note(t!("saved"), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let back = use_navigate();
    let delete = Action::new(move |(): &()| {
        let back = back.clone();
        async move {
            match api::delete_form(id.get_value()).await {
                Ok(()) => back("/forms", NavigateOptions::default()),
                Err(e) => note(e.to_string(), true),
            }
        }
    });
    let asking = RwSignal::new(false);
    let can = me().role.can_send();
    let of = move |f: fn(&nexsent_model::forms::FormFigures) -> u64| Signal::derive(move || figures.with(f));
    view! {
        <PageHead title=form.draft.name.clone()>
            <a class="button" href=url.get_value() target="_blank" rel="external noopener">{t!("forms-open")}</a>
            {can.then(|| view! { <button type="button" class="quiet" on:click=move |_| asking.set(true)>{t!("delete")}</button> })}
        </PageHead>
        {move || problem.get().map(|p| view! { <p class="banner warn" role="alert">{p}</p> })}
        <div class="stats">
            <Stat label=t!("forms-sent-in") value=of(|f| f.submissions) />
            <Stat label=t!("forms-joined-at-once") value=of(|f| f.joined) />
            <Stat label=t!("forms-asked") value=of(|f| f.asked) />
            <Stat label=t!("forms-confirmed") value=of(|f| f.confirmed) />
            <Stat label=t!("forms-trapped") value=of(|f| f.trapped) />
        </div>
        <div class="editor">
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <Message error fields=FIELDS />
                <Card title=t!("forms-the-form")>
                    <Field name="name" label=t!("forms-name") required=true value=name error />
                    <Field name="title" label=t!("forms-heading") required=true value=title error />
                    <TextArea name="intro" label=t!("forms-intro") rows=2 value=intro error />
                    <div class="columns">
                        <Field name="button" label=t!("forms-button") required=true value=button error />
                        <Field name="accent" label=t!("forms-accent") kind="color" value=accent error />
                    </div>
                </Card>
                <Card title=t!("forms-fields")>
                    <Field name="email_label" label=t!("forms-email-label") required=true value=email_label error />
                    <For each=move || lines.get() key=|l| l.id let:line><FieldLine line lines /></For>
                    <button type="button" on:click=move |_| lines.update(|l| {
                        let next = l.iter().map(|x| x.id).max().map_or(0, |m| m + 1);
                        l.push(Line::new(next, &FormField { kind: FieldKind::FirstName, label: t!("first-name"), required: false }));
                    })><Icon name="plus" />{t!("forms-add-field")}</button>
                </Card>
                <Card title=t!("forms-lists")>
                    {joined.into_iter().map(|(l, s)| view! { <Check label=l.name value=s /> }).collect_view()}
                    <Check label=t!("forms-choose") hint=t!("forms-choose-hint") value=choose />
                </Card>
                <Card title=t!("forms-consent")>
                    <TextArea name="consent" label=t!("forms-consent-sentence") rows=3 hint=t!("forms-consent-hint") value=consent error />
                </Card>
                <Card title=t!("forms-afterwards")>
                    <TextArea name="success" label=t!("forms-success") rows=2 hint=t!("forms-success-hint") value=success error />
                    <Field name="redirect" label=t!("forms-redirect") placeholder="https://example.com/thanks" hint=t!("forms-redirect-hint") value=redirect error />
                </Card>
                {can.then(|| view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button> })}
            </form>
            <div>
                <section class="card public" aria-label=t!("forms-preview") node_ref=coloured(accent)>
                    // Nothing in it acts: it is what the saved form will look like.
                    <div inert>{move || body(&public.get(), &Submission::default(), None, &Carried::default())}</div>
                </section>
                <Card title=t!("forms-on-site")>
                    <h3>{t!("forms-own-page")}</h3>
                    <CopyBlock label=t!("forms-copy-address") text=url.get_value() />
                    <h3>{t!("forms-in-frame")}</h3>
                    {move || { let title = title.get(); view! { <CopyBlock label=t!("forms-copy-frame") text=frame_snippet(&url.get_value(), &title) /> } }}
                    <h3>{t!("forms-as-html")}</h3>
                    <Check label=t!("forms-plain-html") hint=t!("forms-plain-html-hint") value=plain />
                    {move || plain.get().then(|| view! { <CopyBlock label=t!("forms-copy-html") text=html_snippet(&url.get_value(), &public.get()) /> })}
                </Card>
            </div>
        </div>
        <Confirm open=asking title=t!("forms-delete") text=t!("forms-delete-text") action=t!("forms-delete-button") on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}

/// Gives an element the form's colour. By a property, in the browser: the page's policy allows no inline styles.
fn coloured(accent: RwSignal<String>) -> NodeRef<leptos::html::Section> {
    let node: NodeRef<leptos::html::Section> = NodeRef::new();
    Effect::new(move |_| {
        let colour = nexsent_model::forms::colour(&accent.get()).unwrap_or_else(|_| "#4338ca".to_owned());
        let ink = if wants_dark_text(&colour) { "#000000" } else { "#ffffff" };
        if let Some(section) = node.get() {
            for (name, value) in [("--accent", colour.as_str()), ("--accent-text", ink)] {
                drop(leptos::web_sys::HtmlElement::style(&section).set_property(name, value));
            }
        }
    });
    node
}

#[component]
fn FieldLine(line: Line, lines: RwSignal<Vec<Line>>) -> impl IntoView {
    let kinds = [
        ("first_name", t!("first-name")),
        ("last_name", t!("last-name")),
        ("text", t!("forms-kind-text")),
        ("number", t!("forms-kind-number")),
        ("date", t!("forms-kind-date")),
        ("yes_no", t!("forms-kind-yes-no")),
    ];
    let n = line.id;
    let is_attribute = move || !matches!(line.what.get().as_str(), "first_name" | "last_name");
    view! {
        <fieldset class="field-line">
            <legend class="unseen">{move || t!("forms-field", label = line.label.get())}</legend>
            <div class="field">
                <label for=format!("what-{n}")>{t!("forms-fills-in")}</label>
                <select id=format!("what-{n}") on:change:target=move |ev| line.what.set(ev.target().value())>
                    {kinds.map(|(v, t)| view! { <option value=v selected=move || line.what.get() == v>{t}</option> }).collect_view()}
                </select>
            </div>
            {move || is_attribute().then(|| view! {
                <div class="field">
                    <label for=format!("attribute-{n}")>{t!("forms-attribute")}</label>
                    <input id=format!("attribute-{n}") autocomplete="off" placeholder=t!("forms-attribute-example") prop:value=move || line.attribute.get() on:input:target=move |ev| line.attribute.set(ev.target().value()) />
                </div>
            })}
            <div class="field">
                <label for=format!("label-{n}")>{t!("forms-label")}</label>
                <input id=format!("label-{n}") autocomplete="off" prop:value=move || line.label.get() on:input:target=move |ev| line.label.set(ev.target().value()) />
            </div>
            <Check label=t!("forms-needed") value=line.required />
            <button type="button" class="quiet" aria-label=move || t!("forms-take-away", label = line.label.get()) on:click=move |_| lines.update(|l| l.retain(|x| x.id != n))><Icon name="cross" /></button>
        </fieldset>
    }
}
