//! Lists.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{contacts::ListRow, live::LiveEvent};

use super::api;
use crate::{
    frame::me,
    live,
    ui::{Card, Confirm, Empty, Field, Icon, Message, PageHead, Time, count, grouped, load, refusal_of, toast},
};

#[component]
pub fn Lists() -> impl IntoView {
    let lists = Resource::new(|| (), |()| api::lists());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Contacts) {
                lists.refetch()
            }
        },
        move || lists.refetch(),
    );
    let name = RwSignal::new(String::new());
    let note = toast::notifier();
    let add = Action::new(move |name_: &String| {
        let wanted = name_.clone();
        async move {
            let made = api::save_list(None, wanted, String::new()).await;
            if made.is_ok() {
                name.set(String::new());
                lists.refetch();
            }
            made
        }
    });
    let error = refusal_of(add);
    let can = me().role.can_send();
    let doomed = RwSignal::new(None::<ListRow>);
    let asking = RwSignal::new(false);
    let delete = Action::new(move |(): &()| async move {
        let Some(list) = doomed.get_untracked() else { return };
        match api::delete_list(list.id).await {
            Ok(()) => {
                note(format!("“{}” is gone; its contacts are still there.", list.name), false);
                lists.refetch();
            }
            Err(e) => note(e.to_string(), true),
        }
    });
    let question = Signal::derive(move || {
        doomed.with(|d| {
            d.as_ref()
                .map(|l| format!("“{}” with {}. The contacts themselves stay.", l.name, count(l.contacts, "member", "members")))
                .unwrap_or_default()
        })
    });
    view! {
        <PageHead title="Lists" note="A campaign goes to one or more lists.">
            <a class="button quiet" href="/export/lists.csv" rel="external" download><Icon name="download" />"Export"</a>
        </PageHead>
        <super::Tabs />
        {can.then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(name.get_untracked()); }>
                    <Field name="name" label="A new list" placeholder="Newsletter" value=name error />
                    <button type="submit" class="primary" disabled=move || add.pending().get()>"Make"</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load(lists, move |rows| if rows.is_empty() {
            view! { <Empty title="No lists yet" text="Make a list, then import contacts into it." /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table>
                        <thead><tr><th scope="col">"List"</th><th scope="col" class="num">"Contacts"</th><th scope="col">"Made"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                        <tbody>
                            {rows.into_iter().map(|l| {
                                let row = l.clone();
                                let name = l.name.clone();
                                view! {
                                    <tr>
                                        <td><A href=format!("/contacts?list={}", l.id)>{l.name.clone()}</A></td>
                                        <td class="num">{grouped(l.contacts)}</td>
                                        <td><Time at=l.created_at /></td>
                                        <td class="right"><A href=format!("/contacts/lists/{}", l.id) attr:class="button quiet" attr:aria-label=format!("Settings of {name}")>"Settings"</A>{can.then(|| view! { <button type="button" class="quiet" aria-label=format!("Delete {name}") on:click=move |_| { doomed.set(Some(row.clone())); asking.set(true); }>"Delete"</button> })}</td>
                                    </tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            }.into_any()
        })}
        <Confirm open=asking title="Delete this list?" text=question action="Delete the list" on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}
