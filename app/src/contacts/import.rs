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
use nexsent_texts::t;

use super::api;
use crate::{
    AppError, live, rich,
    ui::{Badge, Card, Check, Choice, Confirm, Empty, Field, Icon, Message, PageHead, Progress, Stat, Time, Tone, grouped, load, toast},
};

fn state_badge(state: ImportState) -> impl IntoView {
    let (tone, text) = match state {
        ImportState::Uploaded => (Tone::Warn, t!("contacts-import-uploaded")),
        ImportState::Queued => (Tone::Busy, t!("contacts-import-queued")),
        ImportState::Running => (Tone::Busy, t!("contacts-import-running")),
        ImportState::Done => (Tone::Good, t!("contacts-import-done")),
        ImportState::Cancelled => (Tone::Plain, t!("contacts-import-cancelled")),
        ImportState::Failed => (Tone::Bad, t!("contacts-import-failed")),
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
        <PageHead title=t!("contacts-import-title") note=t!("contacts-import-note") />
        <Card>
            <label class="drop" class:busy=move || busy.get()>
                <Icon name="upload" />
                <strong>{move || if busy.get() { t!("contacts-import-uploading", percent = sent.get()) } else { t!("contacts-import-choose") }}</strong>
                <span>{t!("contacts-import-any")}</span>
                <input type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain" disabled=move || busy.get() on:change:target=chosen />
            </label>
            {move || busy.get().then(|| view! { <Progress label=t!("contacts-import-sent") done=sent of=100 /> })}
            <Message error />
            <super::paste::Paste />
        </Card>
        {load(all, |rows| if rows.is_empty() {
            view! { <Empty title=t!("contacts-import-empty-title") text=t!("contacts-import-empty-text") /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">{t!("contacts-import-column-file")}</th><th scope="col">{t!("contacts-import-column-state")}</th><th scope="col" class="num">{t!("contacts-import-column-rows")}</th><th scope="col" class="num">{t!("contacts-import-column-rejected")}</th><th scope="col">{t!("contacts-import-column-when")}</th></tr></thead>
                        <tbody>
                            {rows.into_iter().map(|i| view! {
                                <tr>
                                    <td><A href=format!("/contacts/import/{}", i.id)>{i.file_name.clone()}</A></td>
                                    <td data-label=t!("contacts-import-column-state")>{state_badge(i.state)}</td>
                                    <td class="num" data-label=t!("contacts-import-column-rows")>{grouped(i.rows)}</td>
                                    <td class="num" data-label=t!("contacts-import-column-rejected")>{grouped(i.rejected)}</td>
                                    <td data-label=t!("contacts-import-column-when")><Time at=i.created_at /></td>
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
    let fields = [("", t!("contacts-map-ignore")), ("email", t!("email")), ("first_name", t!("first-name")), ("last_name", t!("last-name"))];
    let mut out: Vec<(String, String)> = fields.map(|(v, t)| (v.to_owned(), t)).to_vec();
    let attributes = known.iter().filter(|a| !a.removing);
    out.extend(
        attributes.map(|a| (format!("attribute:{}", a.name), t!("contacts-map-attribute", name = &a.name, kind = a.kind.label().to_lowercase()))),
    );
    if !out.iter().any(|(v, _)| v == own) {
        out.push((own.to_owned(), t!("contacts-map-new-attribute", name = own.trim_start_matches("attribute:"))));
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
    let delimiters =
        [(",", t!("contacts-map-comma")), (";", t!("contacts-map-semicolon")), ("\t", t!("contacts-map-tab")), ("|", t!("contacts-map-pipe"))];
    let delimiters: Vec<(String, String)> = delimiters.map(|(v, t)| (v.to_owned(), t)).to_vec();
    let ready = move || shown.with(|s| s.as_ref().is_some_and(|s| s.problem.is_none())) && !look.pending().get();
    view! {
        <PageHead title=import.file_name.clone() note=t!("contacts-map-note") />
        <Card title=t!("contacts-map-how")>
            <div class="columns three">
                <Choice name="encoding" label=t!("contacts-map-encoding") value=encoding options=encodings />
                <Choice name="delimiter" label=t!("contacts-map-delimiter") value=delimiter options=Signal::stored(delimiters) />
                <Check label=t!("contacts-map-header") value=header />
            </div>
        </Card>
        <Card title=t!("contacts-map-columns")>
            <div class="scroll" tabindex="0" role="region" aria-label=t!("contacts-map-columns-region")>
                <table>
                    <thead><tr><th scope="col">{t!("contacts-map-column")}</th><th scope="col">{t!("contacts-map-samples")}</th><th scope="col">{t!("contacts-map-to")}</th></tr></thead>
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
                                        <select aria-label=t!("contacts-map-where", column = &c.name) on:change:target=move |ev| { let target = parse_target(&ev.target().value()); change(&move |p| if let Some(t) = p.targets.get_mut(i) { *t = target.clone() }); }>
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
        <Card title=t!("contacts-map-preview")>{move || shown.get().map(preview)}</Card>
        <Card title=t!("contacts-map-lists")>
            {if joined.is_empty() {
                view! { <p class="hint">{rich!("contacts-map-no-lists", link = view! { <A href="/contacts/lists">{t!("contacts-form-make-list")}</A> })}</p> }.into_any()
            } else {
                joined.into_iter().map(|(l, s)| view! { <Check label=t!("contacts-map-join", list = l.name) value=s /> }).collect_view().into_any()
            }}
        </Card>
        <Card title=t!("contacts-map-consent")>
            <Field name="consent" label=t!("contacts-consent-label") hint=t!("contacts-map-consent-hint") value=consent error />
        </Card>
        <Message error fields=&["consent"] />
        <button type="button" class="primary" disabled=move || !ready() || start.pending().get() on:click=move |_| { start.dispatch(()); }>{t!("contacts-map-start")}</button>
    }
}

fn preview(p: ImportPreview) -> impl IntoView {
    let good = p.rows.len();
    view! {
        {p.problem.map(|t| view! { <p class="banner bad" role="alert">{t}</p> })}
        {(good > 0).then(|| view! {
            <div class="scroll" tabindex="0" role="region" aria-label=t!("contacts-preview-region")>
                <table>
                    <thead><tr><th scope="col">{t!("email")}</th><th scope="col">{t!("first-name")}</th><th scope="col">{t!("last-name")}</th><th scope="col">{t!("contacts-preview-attributes")}</th></tr></thead>
                    <tbody>
                        {p.rows.into_iter().take(5).map(|r| view! {
                            <tr><td>{r.email}</td><td>{r.first_name}</td><td>{r.last_name}</td><td class="samples">{r.attributes.iter().map(|(k, v)| format!("{k}: {}", v.as_str().map_or_else(|| v.to_string(), str::to_owned))).collect::<Vec<_>>().join(" · ")}</td></tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        })}
        {(!p.rejected.is_empty()).then(|| view! {
            <h3>{t!("contacts-preview-rejected", count = p.looked_at)}</h3>
            <ul class="plain rejected">
                {p.rejected.into_iter().map(|r| view! { <li><b>{t!("contacts-preview-line", line = r.line.to_string())}</b>" "{r.reason}<code>{r.excerpt}</code></li> }).collect_view()}
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
            {move || (!over()).then(|| view! { <button type="button" on:click=move |_| asking.set(true)>{t!("cancel")}</button> })}
        </PageHead>
        {move || now.with(|n| n.problem.clone()).map(|p| view! { <p class="banner bad" role="alert">{p}</p> })}
        <Card>
            <Progress label=t!("contacts-run-read") done=Signal::derive(move || now.with(|n| if n.state == ImportState::Done { n.bytes } else { n.bytes_done })) of=Signal::derive(move || now.with(|n| n.bytes)) />
            <div class="stats">
                <Stat label=t!("contacts-run-rows") value=Signal::derive(move || now.with(|n| n.rows)) />
                <Stat label=t!("contacts-run-created") value=Signal::derive(move || now.with(|n| n.created)) />
                <Stat label=t!("contacts-run-updated") value=Signal::derive(move || now.with(|n| n.updated)) />
                <Stat label=t!("contacts-run-rejected") value=Signal::derive(move || now.with(|n| n.rejected)) />
            </div>
            {move || (over() && now.with(|n| n.rejected > 0)).then(|| view! { <a class="button" href=href.clone() rel="external" download><Icon name="download" />{t!("contacts-run-rejected-file")}</a> })}
        </Card>
        {move || over().then(|| view! { <A href="/contacts" attr:class="button primary">{t!("contacts-run-to-contacts")}</A> })}
        <Confirm open=asking title=t!("contacts-run-cancel-title") text=t!("contacts-run-cancel-text") action=t!("contacts-run-cancel-action") on_yes=Callback::new(move |()| { cancel.dispatch(()); }) />
    }
}
