//! What is selected in the list of contacts, and what can be done with it.

use std::collections::BTreeSet;

use leptos::prelude::*;
use nexsent_model::{
    ContactId, Fault, ListId,
    bulk::{BulkAction, ContactFilter, StopReason, UNDO_DAYS},
    contacts::ListRow,
};
use nexsent_texts::t;

use super::{api as contacts_api, bulk::announcer, many_api as api};
use crate::{
    AppError,
    ui::{Check, Choice, Dialog, Field, Message, refusal_of},
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

    fn button(self) -> String {
        match self {
            Self::Add => t!("people-ask-add"),
            Self::Remove => t!("people-ask-remove"),
            Self::Attribute => t!("people-ask-attribute"),
            Self::Stop => t!("people-action-unsubscribe"),
            Self::Delete => t!("delete"),
        }
    }

    fn heading(self) -> String {
        match self {
            Self::Add => t!("people-add-to-list"),
            Self::Remove => t!("people-ask-remove-heading"),
            Self::Attribute => t!("people-ask-attribute-heading"),
            Self::Stop => t!("people-ask-stop-heading"),
            Self::Delete => t!("people-ask-delete-heading"),
        }
    }

    fn text(self, n: u64, clear: bool) -> String {
        match self {
            Self::Add => t!("people-ask-add-text", count = n, days = UNDO_DAYS),
            Self::Remove => t!("people-ask-remove-text", count = n, days = UNDO_DAYS),
            Self::Attribute if clear => t!("people-ask-clear-text", count = n, days = UNDO_DAYS),
            Self::Attribute => t!("people-ask-attribute-text", count = n, days = UNDO_DAYS),
            Self::Stop => t!("people-ask-stop-text", count = n, days = UNDO_DAYS),
            Self::Delete => t!("people-ask-delete-text", count = n, days = UNDO_DAYS),
        }
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
        let list = || self.list.get_untracked().parse::<ListId>().map_err(|_| AppError(Fault::field("bulk_list", t!("people-choose-list"))));
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
    // Closed first and emptied then, so that the browser gives the focus back.
    let ask = RwSignal::new(None::<Ask>);
    let open = RwSignal::new(false);
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
            open.set(false);
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
    let names = LocalResource::new(move || {
        let wanted = ask.get() == Some(Ask::Attribute);
        async move { if wanted { contacts_api::attributes().await.unwrap_or_default() } else { Vec::new() } }
    });
    view! {
        <div class="bulk" role="region" aria-label=t!("people-selected") hidden=move || selection.size() == 0>
            <span>
                {move || t!("people-selected-count", count = selection.size())}
            </span>
            {move || found().map(|n| view! {
                <button type="button" class="quiet" on:click=move |_| selection.everyone.set(Some(n))>{t!("people-select-all", count = n)}</button>
            })}
            <button type="button" class="quiet" hidden=move || selection.whole_page() on:click=move |_| selection.tick_page(true)>{t!("people-select-page")}</button>
            {Ask::ALL.map(|a| view! {
                <button type="button" class:danger=a == Ask::Delete on:click=move |_| { start.value().set(None); ask.set(Some(a)); open.set(true); }>{a.button()}</button>
            }).into_iter().collect_view()}
            <button type="button" class="quiet" on:click=move |_| selection.clear()>{t!("people-clear")}</button>
        </div>
        {move || ask.get().map(|a| view! {
            <Dialog open label=a.heading() on_close=Callback::new(move |()| if !open.get_untracked() { ask.set(None) })>
                <h2>{a.heading()}</h2>
                <form id="bulk-form" on:submit=move |ev| { ev.prevent_default(); start.dispatch(a); }>
                    <p>{move || a.text(selection.size(), form.clear.get())}</p>
                    {match a {
                        Ask::Add | Ask::Remove => {
                            let options = Signal::derive(move || {
                                let all = lists.get().into_iter().map(|l| (l.id.to_string(), t!("people-list-with-count", list = l.name, count = l.contacts)));
                                std::iter::once((String::new(), t!("people-list-none"))).chain(all).collect::<Vec<_>>()
                            });
                            view! { <Choice name="bulk_list" label=t!("people-list") value=form.list options error=Signal::derive(move || error.get().map(on_list)) /> }.into_any()
                        }
                        Ask::Attribute => view! {
                            <Field name="name" label=t!("people-attribute") list="bulk-names" value=form.name error />
                            <datalist id="bulk-names">{move || names.get().unwrap_or_default().into_iter().map(|a| view! { <option value=a.name></option> }).collect_view()}</datalist>
                            <Check label=t!("people-attribute-clear") value=form.clear />
                            <div hidden=move || form.clear.get()><Field name="value" label=t!("people-value") hint=t!("people-value-hint") value=form.value error /></div>
                        }.into_any(),
                        Ask::Stop => {
                            let options = vec![
                                ("unsubscribed".to_owned(), t!("people-stop-asked")),
                                ("manual".to_owned(), t!("people-stop-ours")),
                            ];
                            view! { <Choice name="reason" label=t!("people-stop-why") value=form.reason options=Signal::stored(options) /> }.into_any()
                        }
                        Ask::Delete => ().into_any(),
                    }}
                    <Message error=Signal::derive(move || error.get().map(on_list)) fields=&["bulk_list", "name", "value"] />
                </form>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| open.set(false)>{t!("keep")}</button>
                    <button type="submit" form="bulk-form" class=if a == Ask::Delete || a == Ask::Stop { "danger" } else { "primary" } disabled=move || start.pending().get()>{a.button()}</button>
                </div>
            </Dialog>
        })}
    }
}

/// The server calls the field `list`; on this page that is the id of another one.
fn on_list(error: AppError) -> AppError {
    let field = error.0.field.map(|f| if f == "list" { "bulk_list".to_owned() } else { f });
    AppError(Fault { field, ..error.0 })
}
