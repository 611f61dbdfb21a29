//! What is selected in the list of contacts, and what can be done with it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use nexsent_model::{
    ContactId, Fault, ListId,
    bulk::{BulkAction, ContactFilter, StopReason, UNDO_DAYS},
    contacts::ListRow,
};

use super::{api as contacts_api, bulk::announcer, many_api as api};
use crate::{
    AppError,
    ui::{Check, Choice, Field, Message, count, grouped, refusal_of},
};

/// Who is selected.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    pub chosen: RwSignal<BTreeSet<ContactId>>,
    /// Who is on the page.
    pub page: RwSignal<Vec<ContactId>>,
    /// Whether more match than the page shows.
    pub more: RwSignal<bool>,
    /// Everyone who matches is selected: so many.
    pub everyone: RwSignal<Option<u64>>,
}

impl Selection {
    pub fn new() -> Self {
        Self { chosen: RwSignal::new(BTreeSet::new()), page: RwSignal::new(Vec::new()), more: RwSignal::new(false), everyone: RwSignal::new(None) }
    }

    pub fn clear(self) {
        self.everyone.set(None);
        self.chosen.set(BTreeSet::new());
    }

    pub fn has(self, id: ContactId) -> bool {
        self.everyone.with(Option::is_some) || self.chosen.with(|c| c.contains(&id))
    }

    pub fn tick(self, id: ContactId, on: bool) {
        // One who is left out: it is no longer everyone, but those on the page.
        if self.everyone.get_untracked().is_some() {
            self.everyone.set(None);
            self.chosen.set(self.page.get_untracked().into_iter().collect());
        }
        self.chosen.update(|s| {
            if on {
                s.insert(id);
            } else {
                s.remove(&id);
            }
        });
    }

    pub fn tick_page(self, on: bool) {
        self.everyone.set(None);
        self.chosen.set(if on { self.page.get_untracked().into_iter().collect() } else { BTreeSet::new() });
    }

    pub fn whole_page(self) -> bool {
        self.page.with(|p| !p.is_empty() && p.iter().all(|id| self.has(*id)))
    }

    fn size(self) -> u64 {
        self.everyone.get().unwrap_or_else(|| self.chosen.with(|c| c.len() as u64))
    }

    /// Whom it is about, in a view.
    fn filter(self, view: ContactFilter) -> ContactFilter {
        if self.everyone.get_untracked().is_some() {
            return view;
        }
        ContactFilter::Ids { ids: self.chosen.get_untracked().into_iter().collect() }
    }
}

/// What the dialog asks about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ask {
    Add,
    Remove,
    Attribute,
    Stop,
    Delete,
}

impl Ask {
    const ALL: [Self; 5] = [Self::Add, Self::Remove, Self::Attribute, Self::Stop, Self::Delete];

    const fn button(self) -> &'static str {
        match self {
            Self::Add => "Add to list",
            Self::Remove => "Remove from list",
            Self::Attribute => "Set attribute",
            Self::Stop => "Unsubscribe",
            Self::Delete => "Delete",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Add => "Add to a list",
            Self::Remove => "Remove from a list",
            Self::Attribute => "Set an attribute",
            Self::Stop => "Do not mail these contacts any more?",
            Self::Delete => "Delete these contacts?",
        }
    }

    fn text(self, n: u64, clear: bool) -> String {
        let who = count(n, "contact", "contacts");
        let what = match self {
            Self::Add => format!("{who} will be in the list. Those in it already stay."),
            Self::Remove => format!("{who} will leave the list. The contacts themselves stay."),
            Self::Attribute if clear => format!("{who} will have no such value any more."),
            Self::Attribute => format!("{who} will have this value. What they had before is replaced."),
            Self::Stop => format!("{who} will get no more mail, in any list."),
            Self::Delete => format!("{who} will go, with attributes and list memberships. Unsubscriptions stay in force."),
        };
        format!("{what} This can be undone for {UNDO_DAYS} days.")
    }
}

/// What was filled in.
#[derive(Clone, Copy)]
struct Form {
    list: RwSignal<String>,
    name: RwSignal<String>,
    value: RwSignal<String>,
    clear: RwSignal<bool>,
    reason: RwSignal<String>,
}

/// A value as it is meant: yes or no, a whole number where nothing is lost, or text.
fn parsed(text: &str) -> serde_json::Value {
    match text.trim() {
        t @ ("true" | "false") => serde_json::Value::Bool(t == "true"),
        t => t.parse::<i64>().ok().filter(|n| n.to_string() == t).map_or_else(|| t.into(), serde_json::Value::from),
    }
}

impl Form {
    fn action(self, ask: Ask) -> Result<BulkAction, AppError> {
        let list = || self.list.get_untracked().parse::<ListId>().map_err(|_| AppError(Fault::field("bulk_list", "Choose a list.")));
        let name = self.name.get_untracked();
        Ok(match ask {
            Ask::Add => BulkAction::AddToList { list: list()? },
            Ask::Remove => BulkAction::RemoveFromList { list: list()? },
            Ask::Attribute if self.clear.get_untracked() => BulkAction::ClearAttribute { name },
            Ask::Attribute => BulkAction::SetAttribute { name, value: parsed(&self.value.get_untracked()) },
            Ask::Stop if self.reason.get_untracked() == "manual" => BulkAction::Suppress { reason: StopReason::Manual },
            Ask::Stop => BulkAction::Suppress { reason: StopReason::Unsubscribed },
            Ask::Delete => BulkAction::Delete,
        })
    }
}

/// The bar above the list while somebody is selected.
#[component]
pub(super) fn BulkBar(
    selection: Selection,
    /// What the list shows.
    #[prop(into)]
    view: Signal<ContactFilter>,
    #[prop(into)] lists: Signal<Vec<ListRow>>,
    done: Callback<()>,
) -> impl IntoView {
    let ask = RwSignal::new(None::<Ask>);
    let form = Form {
        list: RwSignal::new(String::new()),
        name: RwSignal::new(String::new()),
        value: RwSignal::new(String::new()),
        clear: RwSignal::new(false),
        reason: RwSignal::new("unsubscribed".to_owned()),
    };
    let announce = announcer();
    let start = Action::new(move |ask_: &Ask| {
        let (action, filter) = (form.action(*ask_), selection.filter(view.get_untracked()));
        async move {
            let made = api::start_bulk(filter, action?).await?;
            ask.set(None);
            selection.clear();
            announce(made);
            done.run(());
            Ok::<_, AppError>(())
        }
    });
    // How many match is asked for once it matters.
    let matching = Action::new(move |filter: &ContactFilter| api::count_contacts(filter.clone()));
    let offer = Memo::new(move |_| selection.more.get() && selection.whole_page() && selection.everyone.with(Option::is_none));
    Effect::new(move |_| {
        if offer.get() {
            matching.dispatch(view.get_untracked());
        }
    });
    let found = move || matching.value().get().and_then(Result::ok).filter(|_| offer.get() && !matching.pending().get());
    let error = refusal_of(start);
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = ask.with(Option::is_some);
        if let Some(dialog) = node.get() {
            if wanted && !dialog.open() {
                drop(dialog.show_modal());
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    let names = LocalResource::new(move || {
        let wanted = ask.get() == Some(Ask::Attribute);
        async move { if wanted { contacts_api::attributes().await.unwrap_or_default() } else { Vec::new() } }
    });
    view! {
        <div class="bulk" role="region" aria-label="Selected contacts" hidden=move || selection.size() == 0>
            <span>
                {move || format!("{} selected", grouped(selection.size()))}
            </span>
            {move || found().map(|n| view! {
                <button type="button" class="quiet" on:click=move |_| selection.everyone.set(Some(n))>{format!("Select all {} that match", grouped(n))}</button>
            })}
            <button type="button" class="quiet" hidden=move || selection.whole_page() on:click=move |_| selection.tick_page(true)>"Select the page"</button>
            {Ask::ALL.map(|a| view! {
                <button type="button" class:danger=a == Ask::Delete on:click=move |_| { start.value().set(None); ask.set(Some(a)); }>{a.button()}</button>
            }).into_iter().collect_view()}
            <button type="button" class="quiet" on:click=move |_| selection.clear()>"Clear"</button>
        </div>
        <dialog node_ref=node aria-label=move || ask.get().map(Ask::heading) on:close=move |_| ask.set(None)>
            {move || ask.get().map(|a| view! {
                <h2>{a.heading()}</h2>
                <form id="bulk-form" on:submit=move |ev| { ev.prevent_default(); start.dispatch(a); }>
                    <p>{move || a.text(selection.size(), form.clear.get())}</p>
                    {match a {
                        Ask::Add | Ask::Remove => {
                            let options = Signal::derive(move || {
                                let all = lists.get().into_iter().map(|l| (l.id.to_string(), format!("{} ({})", l.name, grouped(l.contacts))));
                                std::iter::once((String::new(), "Choose a list".to_owned())).chain(all).collect::<Vec<_>>()
                            });
                            view! { <Choice name="bulk_list" label="List" value=form.list options error=Signal::derive(move || error.get().map(on_list)) /> }.into_any()
                        }
                        Ask::Attribute => view! {
                            <Field name="name" label="Attribute" list="bulk-names" value=form.name error />
                            <datalist id="bulk-names">{move || names.get().unwrap_or_default().into_iter().map(|a| view! { <option value=a.name></option> }).collect_view()}</datalist>
                            <Check label="Clear it instead" value=form.clear />
                            <div hidden=move || form.clear.get()><Field name="value" label="Value" hint="Text, a whole number, true or false." value=form.value error /></div>
                        }.into_any(),
                        Ask::Stop => {
                            let options = vec![
                                ("unsubscribed".to_owned(), "They have asked for it".to_owned()),
                                ("manual".to_owned(), "We do not want to mail them".to_owned()),
                            ];
                            view! { <Choice name="reason" label="Why" value=form.reason options=Signal::stored(options) /> }.into_any()
                        }
                        Ask::Delete => ().into_any(),
                    }}
                    <Message error=Signal::derive(move || error.get().map(on_list)) fields=&["bulk_list", "name", "value"] />
                </form>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| ask.set(None)>"Keep"</button>
                    <button type="submit" form="bulk-form" class=if a == Ask::Delete || a == Ask::Stop { "danger" } else { "primary" } disabled=move || start.pending().get()>{a.button()}</button>
                </div>
            })}
        </dialog>
    }
}

/// The server calls the field `list`; on this page that is the id of another one.
fn on_list(error: AppError) -> AppError {
    let field = error.0.field.map(|f| if f == "list" { "bulk_list".to_owned() } else { f });
    AppError(Fault { field, ..error.0 })
}
