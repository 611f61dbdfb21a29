//! Imports: upload, map, look, run, report.

use leptos::prelude::*;
#[cfg(any(feature = "hydrate", feature = "csr"))]
use leptos_router::NavigateOptions;
use leptos_router::{
    components::A,
    hooks::{use_navigate, use_params_map},
};
use nexsent_model::{
    Fault, ImportId, ListId,
    attributes::AttributeRow,
    contacts::{ColumnTarget, ImportColumn, ImportPlan, ImportPreview, ImportState, ImportView, ListRow},
    live::LiveEvent,
};

use super::api;
use crate::{
    AppError, live,
    ui::{Badge, Card, Check, Choice, Confirm, Empty, Field, Icon, Message, PageHead, Progress, Stat, Time, Tone, grouped, load, toast},
};

fn state_badge(state: ImportState) -> impl IntoView {
    let (tone, text) = match state {
        ImportState::Uploaded => (Tone::Warn, "To be mapped"),
        ImportState::Queued => (Tone::Busy, "Waiting"),
        ImportState::Running => (Tone::Busy, "Running"),
        ImportState::Done => (Tone::Good, "Done"),
        ImportState::Cancelled => (Tone::Plain, "Cancelled"),
        ImportState::Failed => (Tone::Bad, "Failed"),
    };
    view! { <Badge tone text /> }
}

/// A new import, and those there were.
#[component]
pub fn Imports() -> impl IntoView {
    let all = Resource::new(|| (), |()| api::imports());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Import { .. }) {
                all.refetch()
            }
        },
        move || all.refetch(),
    );
    let error = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let sent = RwSignal::new(0u64);
    let navigate = use_navigate();
    let chosen = move |ev: leptos::ev::Targeted<leptos::ev::Event, leptos::web_sys::HtmlInputElement>| {
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        if let Some(file) = ev.target().files().and_then(|f| f.get(0)) {
            let navigate = navigate.clone();
            let input = ev.target();
            busy.set(true);
            sent.set(0);
            error.set(None);
            leptos::task::spawn_local(async move {
                match super::upload::upload(&file.name(), &file, sent).await {
                    Ok(id) => navigate(&format!("/contacts/import/{id}"), NavigateOptions::default()),
                    Err(e) => {
                        error.set(Some(e));
                        // The same file can be chosen again.
                        input.set_value("");
                    }
                }
                busy.set(false);
            });
        }
        #[cfg(not(any(feature = "hydrate", feature = "csr")))]
        let _ = (ev, &navigate, sent);
    };
    view! {
        <PageHead title="Import" note="Contacts from a CSV file. Who is there already is updated, not doubled." />
        <Card>
            <label class="drop" class:busy=move || busy.get()>
                <Icon name="upload" />
                <strong>{move || if busy.get() { format!("Uploading… {}%", sent.get()) } else { "Choose a CSV file".to_owned() }}</strong>
                <span>"Any delimiter, any encoding, up to 512 MB"</span>
                <input type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain" disabled=move || busy.get() on:change:target=chosen />
            </label>
            {move || busy.get().then(|| view! { <Progress label="Sent of the file" done=sent of=100 /> })}
            <Message error />
            <super::paste::Paste />
        </Card>
        {load(all, |rows| if rows.is_empty() {
            view! { <Empty title="No imports yet" text="What you import is listed here with its report." /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"File"</th><th scope="col">"State"</th><th scope="col" class="num">"Rows"</th><th scope="col" class="num">"Rejected"</th><th scope="col">"When"</th></tr></thead>
                        <tbody>
                            {rows.into_iter().map(|i| view! {
                                <tr>
                                    <td><A href=format!("/contacts/import/{}", i.id)>{i.file_name.clone()}</A></td>
                                    <td data-label="State">{state_badge(i.state)}</td>
                                    <td class="num" data-label="Rows">{grouped(i.rows)}</td>
                                    <td class="num" data-label="Rejected">{grouped(i.rejected)}</td>
                                    <td data-label="When"><Time at=i.created_at /></td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            }.into_any()
        })}
    }
}

async fn fetch(id: Option<ImportId>) -> Result<(ImportView, Vec<ListRow>, Vec<AttributeRow>), AppError> {
    let id = id.ok_or_else(|| AppError(Fault::not_found("import")))?;
    Ok((api::import(id).await?, api::lists().await?, api::attributes().await?))
}

/// One import, wherever it stands.
#[component]
pub fn Import() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|p| p.get("id")).and_then(|i| i.parse::<ImportId>().ok());
    let data = Resource::new(id, fetch);
    load(data, move |(import, lists, attributes)| {
        if import.state == ImportState::Uploaded {
            view! { <Mapping import lists attributes started=Callback::new(move |()| data.refetch()) /> }.into_any()
        } else {
            view! { <Running import /> }.into_any()
        }
    })
}

fn target_value(target: &ColumnTarget) -> String {
    match target {
        ColumnTarget::Ignore => String::new(),
        ColumnTarget::Email => "email".to_owned(),
        ColumnTarget::FirstName => "first_name".to_owned(),
        ColumnTarget::LastName => "last_name".to_owned(),
        ColumnTarget::Attribute(name) => format!("attribute:{name}"),
    }
}

fn parse_target(value: &str) -> ColumnTarget {
    match value {
        "email" => ColumnTarget::Email,
        "first_name" => ColumnTarget::FirstName,
        "last_name" => ColumnTarget::LastName,
        v => v.strip_prefix("attribute:").map_or(ColumnTarget::Ignore, |name| ColumnTarget::Attribute(name.to_owned())),
    }
}

/// What the column would be called as an attribute.
fn attribute_name(column: &str) -> String {
    let clean: String = column.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    nexsent_model::validate::attribute(clean.trim_matches('_')).unwrap_or_else(|_| "value".to_owned())
}

/// Where a column can go: the fields, the attributes there are, and one of the column's own name.
fn targets(own: &str, known: &[AttributeRow]) -> Vec<(String, String)> {
    let fields = [("", "Ignore"), ("email", "E-mail"), ("first_name", "First name"), ("last_name", "Last name")];
    let mut out: Vec<(String, String)> = fields.map(|(v, t)| (v.to_owned(), t.to_owned())).to_vec();
    let attributes = known.iter().filter(|a| !a.removing);
    out.extend(attributes.map(|a| (format!("attribute:{}", a.name), format!("Attribute {} ({})", a.name, a.kind.label().to_lowercase()))));
    if !out.iter().any(|(v, _)| v == own) {
        out.push((own.to_owned(), format!("New attribute {}", own.trim_start_matches("attribute:"))));
    }
    out
}

#[component]
fn Mapping(import: ImportView, lists: Vec<ListRow>, attributes: Vec<AttributeRow>, started: Callback<()>) -> impl IntoView {
    let id = StoredValue::new(import.id.clone());
    let known = StoredValue::new(attributes);
    let plan = RwSignal::new(import.plan.clone());
    let columns = RwSignal::new(import.columns.clone());
    let shown = RwSignal::new(None::<ImportPreview>);
    let error = RwSignal::new(None::<AppError>);
    let look = Action::new(move |plan_: &ImportPlan| {
        let wanted = plan_.clone();
        async move {
            match api::preview_import(id.get_value(), wanted).await {
                Ok((found, settled, preview)) => {
                    columns.set(found);
                    plan.set(settled);
                    shown.set(Some(preview));
                    error.set(None);
                }
                Err(e) => error.set(Some(e)),
            }
        }
    });
    Effect::new(move |_| {
        look.dispatch(plan.get_untracked());
    });
    let change = move |f: &dyn Fn(&mut ImportPlan)| {
        let mut next = plan.get_untracked();
        f(&mut next);
        look.dispatch(next);
    };
    let joined: Vec<(ListRow, RwSignal<bool>)> = lists.into_iter().map(|l| (l, RwSignal::new(false))).collect();
    let chosen = StoredValue::new(joined.iter().map(|(l, s)| (l.id.clone(), *s)).collect::<Vec<(ListId, RwSignal<bool>)>>());
    let consent = RwSignal::new(import.plan.consent.clone());
    let start = Action::new(move |(): &()| {
        let mut wanted = plan.get_untracked();
        wanted.consent = consent.get_untracked();
        wanted.lists = chosen.with_value(|c| c.iter().filter(|(_, s)| s.get_untracked()).map(|(l, _)| l.clone()).collect());
        async move {
            match api::start_import(id.get_value(), wanted).await {
                Ok(()) => started.run(()),
                Err(e) => error.set(Some(e)),
            }
        }
    });
    let encoding = RwSignal::new(import.plan.encoding.clone());
    let delimiter = RwSignal::new(import.plan.delimiter.to_string());
    let header = RwSignal::new(import.plan.header);
    Effect::new(move |before: Option<(String, String, bool)>| {
        let now = (encoding.get(), delimiter.get(), header.get());
        if before.is_some_and(|b| b != now) {
            let (e, d, h) = now.clone();
            change(&move |p| {
                p.encoding = e.clone();
                p.delimiter = d.chars().next().unwrap_or(',');
                p.header = h;
            });
        }
        now
    });
    let own = import.plan.encoding.clone();
    let encodings = Signal::derive(move || {
        let mut all: Vec<String> = ["utf-8", "windows-1252", "iso-8859-2", "utf-16le", "shift_jis", "gb18030"].map(str::to_owned).to_vec();
        if !all.contains(&own) {
            all.insert(0, own.clone());
        }
        all.into_iter().map(|e| (e.clone(), e.to_uppercase())).collect::<Vec<_>>()
    });
    let delimiters: Vec<(String, String)> =
        [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Pipe")].map(|(v, t)| (v.to_owned(), t.to_owned())).to_vec();
    let ready = move || shown.with(|s| s.as_ref().is_some_and(|s| s.problem.is_none())) && !look.pending().get();
    view! {
        <PageHead title=import.file_name.clone() note="Say where each column goes. Nothing is imported before you start." />
        <Card title="How the file is read">
            <div class="columns three">
                <Choice name="encoding" label="Encoding" value=encoding options=encodings />
                <Choice name="delimiter" label="Delimiter" value=delimiter options=Signal::stored(delimiters) />
                <Check label="The first row is a header" value=header />
            </div>
        </Card>
        <Card title="Columns">
            <div class="scroll" tabindex="0" role="region" aria-label="The file's columns">
                <table>
                    <thead><tr><th scope="col">"Column"</th><th scope="col">"First values"</th><th scope="col">"Goes to"</th></tr></thead>
                    <tbody>
                        {move || columns.get().into_iter().enumerate().map(|(i, c): (usize, ImportColumn)| {
                            let current = plan.with(|p| p.targets.get(i).map(target_value).unwrap_or_default());
                            let own = format!("attribute:{}", attribute_name(&c.name));
                            let own = if current.starts_with("attribute:") { current.clone() } else { own };
                            let options = known.with_value(|known| targets(&own, known));
                            view! {
                                <tr>
                                    <td><strong>{c.name.clone()}</strong></td>
                                    <td class="samples">{c.samples.join(" · ")}</td>
                                    <td>
                                        <select aria-label=format!("Where {} goes", c.name) on:change:target=move |ev| { let target = parse_target(&ev.target().value()); change(&move |p| if let Some(t) = p.targets.get_mut(i) { *t = target.clone() }); }>
                                            {options.into_iter().map(|(v, t)| { let selected = v == current; view! { <option value=v selected=selected>{t}</option> } }).collect_view()}
                                        </select>
                                    </td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </Card>
        <Card title="Preview">{move || shown.get().map(preview)}</Card>
        <Card title="Lists">
            {if joined.is_empty() {
                view! { <p class="hint">"There are no lists yet: a campaign needs one. "<A href="/contacts/lists">"Make one"</A></p> }.into_any()
            } else {
                joined.into_iter().map(|(l, s)| view! { <Check label=format!("Everyone in the file joins “{}”", l.name) value=s /> }).collect_view().into_any()
            }}
        </Card>
        <Card title="Consent">
            <Field name="consent" label="Where their consent comes from" hint="A sentence, kept as proof with everyone in the file: “Newsletter form on our site, since 2021.”" value=consent error />
        </Card>
        <Message error fields=&["consent"] />
        <button type="button" class="primary" disabled=move || !ready() || start.pending().get() on:click=move |_| { start.dispatch(()); }>"Start the import"</button>
    }
}

fn preview(p: ImportPreview) -> impl IntoView {
    let good = p.rows.len();
    view! {
        {p.problem.map(|t| view! { <p class="banner bad" role="alert">{t}</p> })}
        {(good > 0).then(|| view! {
            <div class="scroll" tabindex="0" role="region" aria-label="The first rows">
                <table>
                    <thead><tr><th scope="col">"E-mail"</th><th scope="col">"First name"</th><th scope="col">"Last name"</th><th scope="col">"Attributes"</th></tr></thead>
                    <tbody>
                        {p.rows.into_iter().take(5).map(|r| view! {
                            <tr><td>{r.email}</td><td>{r.first_name}</td><td>{r.last_name}</td><td class="samples">{r.attributes.iter().map(|(k, v)| format!("{k}: {}", v.as_str().map_or_else(|| v.to_string(), str::to_owned))).collect::<Vec<_>>().join(" · ")}</td></tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        })}
        {(!p.rejected.is_empty()).then(|| view! {
            <h3>{format!("Rows that would be rejected, among the first {}", grouped(p.looked_at))}</h3>
            <ul class="plain rejected">
                {p.rejected.into_iter().map(|r| view! { <li><b>{format!("Line {}", r.line)}</b>" "{r.reason}<code>{r.excerpt}</code></li> }).collect_view()}
            </ul>
        })}
    }
}

#[component]
fn Running(import: ImportView) -> impl IntoView {
    let now = RwSignal::new(import.clone());
    let id = StoredValue::new(import.id.clone());
    let refresh = move || {
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = api::import(id.get_value()).await {
                now.set(fresh);
            }
        });
    };
    live::provide().listen(
        move |e| {
            if let LiveEvent::Import { id: which, state, bytes_done, rows, created, updated, rejected, .. } = e
                && *which == id.get_value()
            {
                now.update(|n| {
                    n.state = *state;
                    n.bytes_done = *bytes_done;
                    n.rows = *rows;
                    n.created = *created;
                    n.updated = *updated;
                    n.rejected = *rejected;
                });
                if state.is_final() {
                    refresh();
                }
            }
        },
        refresh,
    );
    // What happened between the fetch and the first event that is heard here.
    Effect::new(move |_| refresh());
    let note = toast::notifier();
    let cancel = Action::new(move |(): &()| async move {
        if let Err(e) = api::cancel_import(id.get_value()).await {
            note(e.to_string(), true);
        }
    });
    let asking = RwSignal::new(false);
    let over = move || now.with(|n| n.state.is_final());
    let href = format!("/export/rejected/{}.csv", import.id);
    view! {
        <PageHead title=import.file_name.clone()>
            {move || state_badge(now.with(|n| n.state))}
            {move || (!over()).then(|| view! { <button type="button" on:click=move |_| asking.set(true)>"Cancel"</button> })}
        </PageHead>
        {move || now.with(|n| n.problem.clone()).map(|p| view! { <p class="banner bad" role="alert">{p}</p> })}
        <Card>
            <Progress label="Read of the file" done=Signal::derive(move || now.with(|n| if n.state == ImportState::Done { n.bytes } else { n.bytes_done })) of=Signal::derive(move || now.with(|n| n.bytes)) />
            <div class="stats">
                <Stat label="Rows" value=Signal::derive(move || now.with(|n| n.rows)) />
                <Stat label="New contacts" value=Signal::derive(move || now.with(|n| n.created)) />
                <Stat label="Updated" value=Signal::derive(move || now.with(|n| n.updated)) />
                <Stat label="Rejected" value=Signal::derive(move || now.with(|n| n.rejected)) />
            </div>
            {move || (over() && now.with(|n| n.rejected > 0)).then(|| view! { <a class="button" href=href.clone() rel="external" download><Icon name="download" />"Rejected rows with their reasons"</a> })}
        </Card>
        {move || over().then(|| view! { <A href="/contacts" attr:class="button primary">"To the contacts"</A> })}
        <Confirm open=asking title="Cancel this import?" text="What was imported so far stays." action="Cancel the import" on_yes=Callback::new(move |()| { cancel.dispatch(()); }) />
    }
}
