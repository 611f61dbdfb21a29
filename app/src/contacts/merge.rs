//! One group of contacts that are probably one person, side by side.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{
    ContactId,
    contacts::{Contact, ContactStatus, ListRow},
    duplicates::{DuplicateGroup, MergePlan},
};
use nexsent_texts::t;

use super::{bulk::announcer, list::status_badge, many_api as api};
use crate::{
    AppError,
    ui::{Badge, Message, Time, Tone, refusal_of, toast},
};

const FIRST: &str = "first_name";
const LAST: &str = "last_name";

/// A contact's value of a field, as text; empty for none.
fn value(c: &Contact, field: &str) -> String {
    match field {
        FIRST => c.first_name.clone(),
        LAST => c.last_name.clone(),
        name => c.attributes.get(name).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).unwrap_or_default(),
    }
}

/// What the page knows of a group.
#[derive(Clone, Copy)]
struct Choice {
    contacts: StoredValue<Vec<Contact>>,
    survivor: RwSignal<ContactId>,
    /// Who is not one of them.
    out: RwSignal<BTreeSet<ContactId>>,
    /// Whose value of a field wins, where somebody has said so.
    wins: RwSignal<BTreeMap<String, ContactId>>,
}

impl Choice {
    fn of(contacts: Vec<Contact>) -> Option<Self> {
        let survivor = contacts.iter().find(|c| c.status == ContactStatus::Active).or(contacts.first())?.id;
        Some(Self {
            contacts: StoredValue::new(contacts),
            survivor: RwSignal::new(survivor),
            out: RwSignal::new(BTreeSet::new()),
            wins: RwSignal::new(BTreeMap::new()),
        })
    }

    fn is_in(self, id: ContactId) -> bool {
        id == self.survivor.get() || !self.out.with(|o| o.contains(&id))
    }

    /// Whose value a field gets: as was said, or the survivor's, or the first one that has one.
    fn winner(self, field: &str) -> ContactId {
        let survivor = self.survivor.get();
        let said = self.wins.with(|w| w.get(field).copied()).filter(|id| self.is_in(*id));
        let has = |id: ContactId| self.contacts.with_value(|all| all.iter().any(|c| c.id == id && !value(c, field).is_empty()));
        said.or_else(|| has(survivor).then_some(survivor))
            .or_else(|| self.contacts.with_value(|all| all.iter().map(|c| c.id).find(|id| self.is_in(*id) && has(*id))))
            .unwrap_or(survivor)
    }

    fn leave_out(self, id: ContactId, out: bool) {
        self.out.update(|o| {
            if out {
                o.insert(id);
            } else {
                o.remove(&id);
            }
        });
    }

    fn others(self) -> Vec<ContactId> {
        let survivor = self.survivor.get();
        self.contacts.with_value(|all| all.iter().map(|c| c.id).filter(|id| *id != survivor && self.is_in(*id)).collect())
    }

    fn plan(self, attributes: &[String]) -> MergePlan {
        let survivor = self.survivor.get();
        MergePlan {
            survivor,
            others: self.others(),
            first_name: self.winner(FIRST),
            last_name: self.winner(LAST),
            attributes: attributes.iter().map(|n| (n.clone(), self.winner(n))).filter(|(_, id)| *id != survivor).collect(),
        }
    }

    /// What merging does to the one that stays, where it would not be mailed any more.
    fn warning(self) -> Option<String> {
        let (survivor, others) = (self.survivor.get(), self.others());
        self.contacts.with_value(|all| {
            let fine = all.iter().any(|c| c.id == survivor && c.status == ContactStatus::Active);
            let stopped = all.iter().find(|c| others.contains(&c.id) && c.status != ContactStatus::Active);
            stopped.filter(|_| fine).map(|c| t!("people-merge-warning", address = &c.email))
        })
    }
}

#[component]
pub(super) fn Group(group: DuplicateGroup, lists: StoredValue<Vec<ListRow>>) -> impl IntoView {
    let rank = group.rank;
    let reason = group.reason.label();
    let contacts = group.contacts;
    let names: BTreeSet<String> = contacts.iter().flat_map(|c| c.attributes.keys().cloned()).collect();
    let attributes: Vec<String> = names.into_iter().collect();
    let mut fields: Vec<(String, String)> = vec![(FIRST.to_owned(), t!("first-name")), (LAST.to_owned(), t!("last-name"))];
    fields.extend(attributes.iter().map(|n| (n.clone(), n.clone())));
    fields.retain(|(f, _)| contacts.iter().any(|c| !value(c, f).is_empty()));
    let choice = Choice::of(contacts.clone())?;
    let attributes = StoredValue::new(attributes);
    let announce = announcer();
    let note = toast::notifier();
    // The socket says when contacts have changed: the page is fetched afresh then.
    let merge = Action::new(move |plan: &MergePlan| {
        let plan = plan.clone();
        async move {
            announce(api::merge_contacts(plan).await?);
            Ok::<_, AppError>(())
        }
    });
    let gone = RwSignal::new(false);
    let apart = Action::new(move |(): &()| async move {
        api::not_duplicates(rank).await?;
        gone.set(true);
        note(t!("people-told-apart"), false);
        Ok::<_, AppError>(())
    });
    let (refused, apart_refused) = (refusal_of(merge), refusal_of(apart));
    let error = Signal::derive(move || refused.get().or_else(|| apart_refused.get()));
    let label = contacts.iter().map(|c| c.email.clone()).collect::<Vec<_>>().join(", ");
    let head = contacts.clone();
    Some(view! {
        <section class="card group" aria-label=label hidden=move || gone.get()>
            <div class="group-head"><Badge tone=Tone::Plain text=reason /></div>
            <div class="scroll" tabindex="0" role="group" aria-label=t!("people-side-by-side")>
                <table class="beside">
                    <thead>
                        <tr>
                            <th scope="col"><span class="unseen">{t!("people-field")}</span></th>
                            {head.iter().map(|c| { let id = c.id; let email = c.email.clone(); view! {
                                <th scope="col">
                                    <label class="check">
                                        <input type="radio" name=format!("stays-{rank}") prop:checked=move || choice.survivor.get() == id on:change=move |_| choice.survivor.set(id) aria-label=t!("people-merge-stays-whose", address = &email) />
                                        <span>{move || if choice.survivor.get() == id { t!("people-merge-stays") } else if choice.is_in(id) { t!("people-merge-goes") } else { t!("people-merge-left-out") }}</span>
                                    </label>
                                </th>
                            }}).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        <tr>
                            <th scope="row">{t!("people-address")}</th>
                            {contacts.iter().map(|c| { let (id, email) = (c.id, c.email.clone()); view! { <td><A href=format!("/contacts/{id}")>{email}</A></td> } }).collect_view()}
                        </tr>
                        {fields.into_iter().map(|(field, title)| view! { <Field rank field title contacts=contacts.clone() choice /> }).collect_view()}
                        <tr>
                            <th scope="row">{t!("people-lists")}</th>
                            {contacts.iter().map(|c| {
                                let named = lists.with_value(|l| l.iter().filter(|l| c.lists.contains(&l.id)).map(|l| l.name.clone()).collect::<Vec<_>>().join(", "));
                                view! { <td>{if named.is_empty() { "–".to_owned() } else { named }}</td> }
                            }).collect_view()}
                        </tr>
                        <tr>
                            <th scope="row">{t!("people-status")}</th>
                            {contacts.iter().map(|c| view! { <td>{status_badge(c.status)}</td> }).collect_view()}
                        </tr>
                        <tr>
                            <th scope="row">{t!("people-added")}</th>
                            {contacts.iter().map(|c| view! { <td><Time at=c.created_at /></td> }).collect_view()}
                        </tr>
                        {(contacts.len() > 2).then(|| view! {
                            <tr>
                                <th scope="row">{t!("people-leave-out")}</th>
                                {contacts.iter().map(|c| { let id = c.id; let email = c.email.clone(); view! {
                                    <td><input type="checkbox" aria-label=t!("people-leave-out-whom", address = &email) disabled=move || choice.survivor.get() == id prop:checked=move || !choice.is_in(id)
                                        on:change:target=move |ev| choice.leave_out(id, ev.target().checked()) /></td>
                                }}).collect_view()}
                            </tr>
                        })}
                    </tbody>
                </table>
            </div>
            <p class="hint">{t!("people-merge-hint")}</p>
            {move || choice.warning().map(|w| view! { <p class="banner warn">{w}</p> })}
            <Message error />
            <div class="row-wrap">
                <button type="button" class="primary" disabled=move || merge.pending().get() || choice.others().is_empty() on:click=move |_| { merge.dispatch(untrack(|| attributes.with_value(|a| choice.plan(a)))); }>{t!("people-merge")}</button>
                <button type="button" class="quiet" disabled=move || apart.pending().get() on:click=move |_| { apart.dispatch(()); }>{t!("people-not-the-same")}</button>
            </div>
        </section>
    })
}

/// A field of all of them: where they differ, one is chosen.
#[component]
fn Field(rank: u32, field: String, title: String, contacts: Vec<Contact>, choice: Choice) -> impl IntoView {
    let differ = contacts.iter().map(|c| value(c, &field)).collect::<BTreeSet<_>>().len() > 1;
    let key = StoredValue::new(field.clone());
    let name = format!("{field}-{rank}");
    view! {
        <tr>
            <th scope="row">{title.clone()}</th>
            {contacts.into_iter().map(|c| {
                let (id, text) = (c.id, value(&c, &field));
                if !differ || text.is_empty() {
                    return view! { <td>{if text.is_empty() { "–".to_owned() } else { text }}</td> }.into_any();
                }
                let label = t!("people-value-of", field = &title, value = &text, address = &c.email);
                let wins = move || key.with_value(|f| choice.winner(f)) == id;
                view! {
                    <td>
                        <label class="check">
                            <input type="radio" name=name.clone() aria-label=label prop:checked=wins disabled=move || !choice.is_in(id)
                                on:change=move |_| choice.wins.update(|w| { w.insert(key.get_value(), id); }) />
                            <span>{text}</span>
                        </label>
                    </td>
                }.into_any()
            }).collect_view()}
        </tr>
    }
}
