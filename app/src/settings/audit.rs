//! Who did what.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use nexsent_model::team::{AUDIT_AREAS, AuditEntry, AuditQuery};

use super::{Tabs, api};
use crate::ui::{Column, DataTable, Empty, Icon, ListFoot, Listing, PageHead, Shape, Time, load_as, use_listing};

fn columns() -> Vec<Column<AuditEntry>> {
    vec![
        Column::new("when", "When", |e: AuditEntry| view! { <Time at=e.at /> }).fixed(),
        Column::new("who", "Who", |e: AuditEntry| e.actor),
        Column::new("what", "What", |e: AuditEntry| view! { <code>{e.action}</code> }).fixed(),
        Column::new("to", "To", |e: AuditEntry| e.target),
        Column::new("change", "Change", |e: AuditEntry| match (e.before, e.after) {
            (Some(b), Some(a)) if !b.is_empty() => format!("{b} → {a}"),
            (Some(_), Some(a)) => a,
            (b, a) => b.or(a).unwrap_or_default(),
        }),
        Column::new("from", "From", |e: AuditEntry| view! { <span title=e.request>{e.address}</span> }),
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
        <PageHead title="Audit log" note="Who did what, and from where. Nobody can change it.">
            <a class="button quiet" href=export rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        <Tabs />
        <Filters list />
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            view! { <Empty title="Nothing found" text="Invitations, roles, settings, campaigns, sign-in protection and the like are written here." /> }.into_any()
        } else {
            view! {
                <DataTable name="audit" label="The audit log" columns=columns() rows=p.items />
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
    let field = move |name: &'static str, label: &'static str, kind: &'static str, value: RwSignal<String>| {
        view! {
            <label class="small">
                <span>{label}</span>
                <input name=name type=kind list=(kind == "text").then_some("people") autocomplete="off" prop:value=move || value.get() on:input:target=move |ev| value.set(ev.target().value()) />
            </label>
        }
    };
    view! {
        <form class="filters" role="search" method="get" on:submit=go>
            <label class="unseen" for="q">"Search person, action or target"</label>
            <input id="q" name="q" type="search" placeholder="Search person, action or target" prop:value=move || search.get() on:input:target=move |ev| search.set(ev.target().value()) />
            {field("who", "Person", "text", who)}
            // Offered as one types; who has left since is typed by hand.
            <Suspense>
                {move || Suspend::new(async move {
                    let all = members.await.map(|t| t.members).unwrap_or_default();
                    view! { <datalist id="people">{all.into_iter().map(|m| view! { <option value=m.email></option> }).collect_view()}</datalist> }
                })}
            </Suspense>
            <label class="small">
                <span>"Action"</span>
                <select name="what" on:change:target=move |ev| what.set(ev.target().value())>
                    <option value="">"All"</option>
                    {AUDIT_AREAS.map(|a| view! { <option value=a selected=move || what.get() == a>{a}</option> }).collect_view()}
                </select>
            </label>
            {field("from", "From", "date", from)}
            {field("until", "Until", "date", until)}
            <button type="submit">"Search"</button>
        </form>
    }
}
