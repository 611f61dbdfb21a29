//! Lists whose state is in the address: search, filters and the page one is on. Back works, and a link shows somebody else the same.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
    params::ParamsMap,
};
use nexsent_model::Cursor;
use nexsent_texts::t;

/// The parameter that says where a page starts.
const AFTER: &str = "after";

/// What the address says of a list.
#[derive(Clone, Copy)]
pub struct Listing {
    query: Memo<ParamsMap>,
    path: Memo<String>,
    go: Callback<String>,
}

/// The list of this page.
#[must_use]
pub fn use_listing() -> Listing {
    let navigate = use_navigate();
    let go = Callback::new(move |href: String| navigate(&href, NavigateOptions::default()));
    Listing { query: use_query_map(), path: use_location().pathname, go }
}

impl Listing {
    /// A filter's value; empty when it is not set.
    #[must_use]
    pub fn get(self, name: &str) -> String {
        self.query.with(|q| q.get(name).unwrap_or_default())
    }

    /// Where this page of the list starts.
    #[must_use]
    pub fn after(self) -> Option<Cursor> {
        self.query.with(|q| q.get(AFTER)).filter(|a| !a.is_empty()).map(Cursor)
    }

    /// Whether any filter is set.
    #[must_use]
    pub fn filtered(self) -> bool {
        self.query.with(|q| q.clone().into_iter().any(|(k, v)| k != AFTER && !v.is_empty()))
    }

    /// The address with some parameters changed; an empty value takes one away.
    #[must_use]
    pub fn href(self, changes: &[(&'static str, String)]) -> String {
        let mut all = self.query.get();
        for (name, value) in changes {
            all.remove(name);
            if !value.is_empty() {
                all.insert(*name, value.clone());
            }
        }
        format!("{}{}", self.path.get(), all.to_query_string())
    }

    /// Sets a filter, and begins at the first page.
    pub fn set(self, name: &'static str, value: &str) {
        let href = untrack(|| self.href(&[(name, value.trim().to_owned()), (AFTER, String::new())]));
        self.go.run(href);
    }
}

/// The search of a list: `q` in the address. Filters go inside.
#[component]
pub fn ListSearch(list: Listing, #[prop(into)] label: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let typed = RwSignal::new(untrack(|| list.get("q")));
    // Back to another search: the field follows.
    Effect::new(move |_| typed.set(list.get("q")));
    view! {
        <form class="filters" role="search" method="get" on:submit=move |ev| { ev.prevent_default(); list.set("q", &typed.get_untracked()); }>
            <label class="unseen" for="q">{label.clone()}</label>
            <input id="q" name="q" type="search" placeholder=label prop:value=move || typed.get() value=typed.get_untracked() on:input:target=move |ev| typed.set(ev.target().value()) />
            {children.map(|c| c())}
            <button type="submit">{t!("search")}</button>
        </form>
    }
}

/// A filter of a list, by its parameter in the address.
#[component]
pub fn ListFilter(
    list: Listing,
    name: &'static str,
    #[prop(into)] label: String,
    /// Value and text; the empty value is for everything.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    view! {
        <label class="unseen" for=name>{label}</label>
        <select id=name name=name on:change:target=move |ev| list.set(name, &ev.target().value())>
            {move || {
                let chosen = list.get(name);
                options.get().into_iter().map(|(v, text)| { let selected = v == chosen; view! { <option value=v selected=selected>{text}</option> } }).collect_view()
            }}
        </select>
    }
}

/// What stands under a list: how many there are, and the way to the next page and back to the first.
#[component]
pub fn ListFoot(list: Listing, next: Option<Cursor>, #[prop(optional, into)] total: Option<String>) -> impl IntoView {
    let first = list.after().is_some().then(|| list.href(&[(AFTER, String::new())]));
    let next = next.map(|c| list.href(&[(AFTER, c.0)]));
    let paged = first.is_some() || next.is_some();
    let link = |href: Option<String>, text: String| match href {
        Some(href) => view! { <a class="button quiet" href=href>{text}</a> }.into_any(),
        None => view! { <span class="button quiet" aria-disabled="true">{text}</span> }.into_any(),
    };
    view! {
        <div class="under">
            <span class="muted">{total}</span>
            {paged.then(|| view! { <nav class="pager" aria-label=t!("ui-pages")>{link(first, t!("ui-first-page"))}{link(next, t!("ui-next-page"))}</nav> })}
        </div>
    }
}
