//! Who did what.

use leptos::prelude::*;
use nexsent_model::team::AuditEntry;

use super::{Tabs, api};
use crate::ui::{Column, DataTable, Empty, Icon, ListFoot, ListSearch, PageHead, Shape, Time, load_as, use_listing};

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
    let page = Resource::new(move || (list.get("q"), list.after()), |(q, after)| api::audit_log(q, after));
    view! {
        <PageHead title="Audit log" note="Who did what, and from where. Nobody can change it.">
            <a class="button quiet" href="/export/audit.csv" rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        <Tabs />
        <ListSearch list label="Search person, action or target" />
        {load_as(Shape::Table(8), page, move |p| if p.items.is_empty() {
            view! { <Empty title="Nothing found" text="Invitations, roles, settings, sign-in protection and the like are written here." /> }.into_any()
        } else {
            view! {
                <DataTable name="audit" label="The audit log" columns=columns() rows=p.items />
                <ListFoot list next=p.next />
            }.into_any()
        })}
    }
}
