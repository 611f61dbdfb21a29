//! Who did what.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use nexsent_model::team::{AUDIT_AREAS, AuditEntry, AuditQuery};
use nexsent_texts::t;

use super::{Tabs, api, audit_words as words};
use crate::ui::{Column, DataTable, Empty, Icon, ListFoot, Listing, PageHead, Shape, Time, load_as, use_listing};

fn columns() -> Vec<Column<AuditEntry>> {
    vec![
        Column::new("when", t!("settings-when"), |e: AuditEntry| view! { <Time at=e.at /> }).fixed(),
        Column::new("who", t!("settings-audit-who"), |e: AuditEntry| words::actor(e.actor)),
        Column::new("what", t!("settings-audit-what"), |e: AuditEntry| {
            let said = words::sentence(&e.action);
            view! { <code title=said>{e.action}</code> }
        })
        .fixed(),
        Column::new("to", t!("settings-audit-to"), |e: AuditEntry| view! { <span translate="no">{e.target}</span> }),
        Column::new("change", t!("settings-audit-change"), |e: AuditEntry| {
            let said = |kept: Option<String>| kept.map(|v| words::value(&e.action, v));
            let change = match (said(e.before), said(e.after)) {
                (Some(b), Some(a)) if !b.is_empty() => format!("{b} → {a}"),
                (Some(_), Some(a)) => a,
                (b, a) => b.or(a).unwrap_or_default(),
            };
            // As it was kept: it stands for good.
            view! { <span translate="no">{change}</span> }
        }),
        Column::new("from", t!("settings-audit-from"), |e: AuditEntry| view! { <span title=e.request>{e.address}</span> }),
    ]
}

#[component]
pub fn AuditLog() -> impl IntoView {
    let list = use_listing();
    let day = move |name: &str| list.get(name).parse::<NaiveDate>().ok();
    let query =
        move || AuditQuery { search: list.get("q"), actor: list.get("who"), action: list.get("what"), from: day("from"), until: day("until") };
    let page = Resource::new(move || (query(), list.after()), |(q, after)| api::audit_log(q, after));
    // The same filters, for the file.
    let export = move || {
        let href = list.href(&[("after", String::new())]);
        format!("/export/audit.csv{}", href.find('?').map_or("", |at| &href[at..]))
    };
    view! {
        <PageHead title=t!("settings-audit") note=t!("settings-audit-note")>
            <a class="button quiet" href=export rel="external" download><Icon name="download" />{t!("export")}</a>
        </PageHead>
        <Tabs />
        <Filters list />
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            view! { <Empty title=t!("settings-audit-empty") text=t!("settings-audit-empty-what") /> }.into_any()
        } else {
            view! {
                <DataTable name="audit" label=t!("settings-audit-table") columns=columns() rows=p.items />
                <ListFoot list next=p.next />
            }.into_any()
        })}
    }
}

/// Everything that narrows the log down, in one form: it is the address that says what is shown.
#[component]
fn Filters(list: Listing) -> impl IntoView {
    const NAMES: [&str; 5] = ["q", "who", "what", "from", "until"];
    let typed = NAMES.map(|name| RwSignal::new(untrack(|| list.get(name))));
    // Back to other filters: the fields follow.
    Effect::new(move |_| NAMES.into_iter().zip(typed).for_each(|(name, field)| field.set(list.get(name))));
    let navigate = use_navigate();
    let go = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let mut all: Vec<(&'static str, String)> =
            NAMES.into_iter().zip(typed).map(|(name, field)| (name, field.get_untracked().trim().to_owned())).collect();
        all.push(("after", String::new()));
        navigate(&untrack(|| list.href(&all)), NavigateOptions::default());
    };
    let members = Resource::new(|| (), |()| api::team());
    let [search, who, what, from, until] = typed;
    let field = move |name: &'static str, label: String, kind: &'static str, value: RwSignal<String>| {
        view! {
            <label class="small">
                <span>{label}</span>
                <input name=name type=kind list=(kind == "text").then_some("people") autocomplete="off" prop:value=move || value.get() on:input:target=move |ev| value.set(ev.target().value()) />
            </label>
        }
    };
    view! {
        <form class="filters" role="search" method="get" on:submit=go>
            <label class="unseen" for="q">{t!("settings-audit-search")}</label>
            <input id="q" name="q" type="search" placeholder=t!("settings-audit-search") prop:value=move || search.get() on:input:target=move |ev| search.set(ev.target().value()) />
            {field("who", t!("settings-audit-person"), "text", who)}
            // Offered as one types; who has left since is typed by hand.
            <Suspense>
                {move || Suspend::new(async move {
                    let all = members.await.map(|t| t.members).unwrap_or_default();
                    view! { <datalist id="people">{all.into_iter().map(|m| view! { <option value=m.email></option> }).collect_view()}</datalist> }
                })}
            </Suspense>
            <label class="small">
                <span>{t!("settings-audit-action")}</span>
                <select name="what" on:change:target=move |ev| what.set(ev.target().value())>
                    <option value="">{t!("settings-audit-all")}</option>
                    {AUDIT_AREAS.map(|a| view! { <option value=a selected=move || what.get() == a>{words::area(a)}</option> }).collect_view()}
                </select>
            </label>
            {field("from", t!("settings-audit-from-day"), "date", from)}
            {field("until", t!("settings-until"), "date", until)}
            <button type="submit">{t!("search")}</button>
        </form>
    }
}
