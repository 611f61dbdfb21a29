//! A table of rows: sorted where all of them are here, ticked, its head in sight, its columns chosen and remembered.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use leptos::prelude::*;
use nexsent_texts::t;

use super::Icon;

/// What a column shows of a row.
type Cell<T> = Arc<dyn Fn(T) -> AnyView + Send + Sync>;

/// One column.
pub struct Column<T> {
    key: &'static str,
    title: String,
    num: bool,
    fixed: bool,
    cell: Cell<T>,
    order: Option<fn(&T, &T) -> Ordering>,
}

impl<T> Column<T> {
    /// `key`: what the choice of columns is remembered by.
    pub fn new<V: IntoView + 'static>(key: &'static str, title: impl Into<String>, cell: impl Fn(T) -> V + Send + Sync + 'static) -> Self {
        Self { key, title: title.into(), num: false, fixed: false, cell: Arc::new(move |row| cell(row).into_any()), order: None }
    }

    /// Figures, to the right.
    #[must_use]
    pub fn num(self) -> Self {
        Self { num: true, ..self }
    }

    /// What the row is called: always shown.
    #[must_use]
    pub fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }

    /// Can be sorted by. Only where every row is on the page: a page of many sorted by itself would mislead.
    #[must_use]
    pub fn sorted(self, order: fn(&T, &T) -> Ordering) -> Self {
        Self { order: Some(order), ..self }
    }
}

/// Which rows are ticked.
pub struct Ticks<T: 'static> {
    pub chosen: RwSignal<BTreeSet<String>>,
    /// What tells rows apart.
    pub id: fn(&T) -> String,
    /// What the tick is called: "Select …".
    pub name: fn(&T) -> String,
}

// Not derived: rows need not be `Copy` for this to be.
impl<T> Clone for Ticks<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ticks<T> {}

/// The columns that somebody does not want to see, kept in a cookie: so the server knows them, too, and nothing moves.
fn remembered(name: &str) -> BTreeSet<String> {
    let wanted = format!("columns-{name}=");
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    let all = js_sys::Reflect::get(&document(), &"cookie".into()).ok().and_then(|c| c.as_string()).unwrap_or_default();
    #[cfg(all(feature = "ssr", not(any(feature = "hydrate", feature = "csr"))))]
    let all = use_context::<http::request::Parts>()
        .and_then(|p| p.headers.get(http::header::COOKIE).and_then(|c| c.to_str().ok().map(str::to_owned)))
        .unwrap_or_default();
    #[cfg(not(any(feature = "ssr", feature = "hydrate", feature = "csr")))]
    let all = String::new();
    let found = all.split(';').find_map(|c| c.trim().strip_prefix(&wanted).map(str::to_owned)).unwrap_or_default();
    found.split('.').filter(|k| !k.is_empty()).map(str::to_owned).collect()
}

fn remember(name: &str, hidden: &BTreeSet<String>) {
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    {
        let all = hidden.iter().cloned().collect::<Vec<_>>().join(".");
        let cookie = format!("columns-{name}={all}; path=/; max-age=31536000; samesite=lax");
        drop(js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into()));
    }
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    let _ = (name, hidden);
}

/// Rows under their columns. On a phone each row is a card.
#[component]
pub fn DataTable<T>(
    /// What the choice of columns is remembered under.
    name: &'static str,
    /// What it lists, for screen readers.
    #[prop(into)]
    label: String,
    columns: Vec<Column<T>>,
    rows: Vec<T>,
    #[prop(optional)] ticks: Option<Ticks<T>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let hidden = RwSignal::new(remembered(name));
    let order = RwSignal::new(None::<(usize, bool)>);
    let all = StoredValue::new(rows);
    let columns = StoredValue::new(columns);
    let shown = Memo::new(move |_| hidden.with(|h| columns.with_value(|c| c.iter().map(|c| c.fixed || !h.contains(c.key)).collect::<Vec<_>>())));
    let head = columns.with_value(|c| c.iter().map(|c| (c.title.clone(), c.num, c.order.is_some())).collect::<Vec<_>>());
    let choices = columns.with_value(|c| c.iter().filter(|c| !c.fixed).map(|c| (c.key, c.title.clone())).collect::<Vec<_>>());
    let body = move || {
        let mut rows = all.get_value();
        if let Some((at, falling)) = order.get()
            && let Some(by) = columns.with_value(|c| c.get(at).and_then(|c| c.order))
        {
            rows.sort_by(|a, b| if falling { by(b, a) } else { by(a, b) });
        }
        let shown = shown.get();
        columns.with_value(|columns| {
            rows.iter()
                .map(|row| {
                    let cells = columns
                        .iter()
                        .zip(&shown)
                        .filter(|(_, s)| **s)
                        .map(|(c, _)| view! { <td class:num=c.num data-label=c.title.clone()>{(c.cell)(row.clone())}</td> })
                        .collect_view();
                    view! { <tr>{ticks.map(|t| tick(t, row))}{cells}</tr> }
                })
                .collect_view()
        })
    };
    view! {
        <div class="table-box">
            <Columns name hidden choices />
            <div class="scroll grid">
                <table class="cards" aria-label=label>
                    <thead>
                        <tr>
                            {ticks.map(|t| tick_all(t, all))}
                            {move || {
                                let shown = shown.get();
                                head.iter().cloned().enumerate().filter(|(i, _)| shown.get(*i) == Some(&true)).map(|(i, (title, num, sorts))| view! { <Head i title num sorts order /> }).collect_view()
                            }}
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </div>
    }
}

#[component]
fn Head(i: usize, title: String, num: bool, sorts: bool, order: RwSignal<Option<(usize, bool)>>) -> impl IntoView {
    if !sorts {
        return view! { <th scope="col" class:num=num>{title}</th> }.into_any();
    }
    let mine = move || order.get().filter(|(at, _)| *at == i).map(|(_, falling)| falling);
    let turn = move |_| order.set(Some((i, mine() == Some(false))));
    view! {
        <th scope="col" class:num=num aria-sort=move || match mine() { None => "none", Some(false) => "ascending", Some(true) => "descending" }>
            <button type="button" class="sort" class:falling=move || mine() == Some(true) class:on=move || mine().is_some() on:click=turn>{title}<Icon name="down" /></button>
        </th>
    }
    .into_any()
}

fn tick<T>(ticks: Ticks<T>, row: &T) -> impl IntoView + use<T> {
    let id = (ticks.id)(row);
    let (of, on) = (id.clone(), ticks.chosen);
    view! {
        <td class="tick">
            <input type="checkbox" aria-label=t!("ui-select-row", row = (ticks.name)(row)) prop:checked=move || on.with(|c| c.contains(&of))
                on:change:target=move |ev| on.update(|c| { if ev.target().checked() { c.insert(id.clone()); } else { c.remove(&id); } }) />
        </td>
    }
}

fn tick_all<T: Send + Sync>(ticks: Ticks<T>, all: StoredValue<Vec<T>>) -> impl IntoView + use<T> {
    let ids = StoredValue::new(all.with_value(|rows| rows.iter().map(ticks.id).collect::<BTreeSet<_>>()));
    let on = ticks.chosen;
    view! {
        <th scope="col" class="tick">
            <input type="checkbox" aria-label=t!("ui-select-page") prop:checked=move || ids.with_value(|ids| on.with(|c| !ids.is_empty() && ids.is_subset(c)))
                on:change:target=move |ev| on.set(if ev.target().checked() { ids.get_value() } else { BTreeSet::new() }) />
        </th>
    }
}

/// Which columns are shown.
#[component]
fn Columns(name: &'static str, hidden: RwSignal<BTreeSet<String>>, choices: Vec<(&'static str, String)>) -> impl IntoView {
    let choose = move |key: &'static str, on: bool| {
        hidden.update(|h| {
            if on {
                h.remove(key);
            } else {
                h.insert(key.to_owned());
            }
        });
        hidden.with_untracked(|h| remember(name, h));
    };
    (choices.len() > 1).then(|| {
        view! {
            <details class="columns-menu">
                <summary><Icon name="columns" /><span>{t!("ui-columns")}</span></summary>
                <fieldset>
                    <legend class="unseen">{t!("ui-columns-shown")}</legend>
                    {choices.into_iter().map(|(key, title)| view! {
                        <label class="check"><input type="checkbox" prop:checked=move || hidden.with(|h| !h.contains(key)) on:change:target=move |ev| choose(key, ev.target().checked()) /><span>{title}</span></label>
                    }).collect_view()}
                </fieldset>
            </details>
        }
    })
}

/// What can be done with the rows that are ticked; nothing while none is.
#[component]
pub fn BulkBar(chosen: RwSignal<BTreeSet<String>>, children: Children) -> impl IntoView {
    view! {
        <div class="bulk" role="region" aria-label=t!("ui-selected-rows") hidden=move || chosen.with(BTreeSet::is_empty)>
            <span role="status">{move || t!("ui-selected", count = chosen.with(BTreeSet::len))}</span>
            {children()}
            <button type="button" class="quiet" on:click=move |_| chosen.set(BTreeSet::new())>{t!("ui-clear")}</button>
        </div>
    }
}
