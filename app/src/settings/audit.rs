//! Who did what.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use nexsent_model::Cursor;

use super::{Tabs, api};
use crate::ui::{Empty, Icon, PageHead, Pager, Time, load};

#[component]
pub fn AuditLog() -> impl IntoView {
    let query = use_query_map();
    let search = move || query.with(|q| q.get("q").unwrap_or_default());
    let after = RwSignal::new(None::<Cursor>);
    let page = Resource::new(move || (search(), after.get()), |(q, after)| api::audit_log(q, after));
    let typed = RwSignal::new(search());
    let navigate = use_navigate();
    let go = move || {
        after.set(None);
        let mut params = leptos_router::params::ParamsMap::new();
        let text = typed.get_untracked().trim().to_owned();
        if !text.is_empty() {
            params.insert("q", text);
        }
        navigate(&format!("/settings/audit{}", params.to_query_string()), NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    view! {
        <PageHead title="Audit log" note="Who did what, and from where. Nobody can change it.">
            <a class="button quiet" href="/export/audit.csv" rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        <Tabs />
        <form class="filters" role="search" on:submit=move |ev| { ev.prevent_default(); go(); }>
            <label class="unseen" for="q">"Search person, action or target"</label>
            <input id="q" name="q" type="search" placeholder="Search person, action or target" prop:value=move || typed.get() on:input:target=move |ev| typed.set(ev.target().value()) />
            <button type="submit">"Search"</button>
        </form>
        {load(page, move |p| if p.items.is_empty() {
            view! { <Empty title="Nothing found" text="Invitations, roles, settings, sign-in protection and the like are written here." /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"When"</th><th scope="col">"Who"</th><th scope="col">"What"</th><th scope="col">"To"</th><th scope="col">"Change"</th><th scope="col">"From"</th></tr></thead>
                        <tbody>
                            {p.items.into_iter().map(|e| {
                                let change = match (e.before, e.after) {
                                    (Some(b), Some(a)) if !b.is_empty() => format!("{b} → {a}"),
                                    (Some(_), Some(a)) => a,
                                    (b, a) => b.or(a).unwrap_or_default(),
                                };
                                view! {
                                    <tr><td><Time at=e.at /></td><td>{e.actor}</td><td><code>{e.action}</code></td><td>{e.target}</td><td>{change}</td><td title=e.request>{e.address}</td></tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
                <div class="under"><span></span><Pager next=p.next after /></div>
            }.into_any()
        })}
    }
}
