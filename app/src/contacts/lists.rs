//! Lists.

use leptos::prelude::*;
use leptos_router::components::A;
use nexsent_model::{contacts::ListRow, live::LiveEvent};
use nexsent_texts::t;

use super::api;
use crate::{
    frame::me,
    live,
    ui::{Card, Confirm, Empty, Field, Icon, Message, PageHead, Time, grouped, load, refusal_of, toast},
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
                note(t!("contacts-lists-gone", name = &list.name), false);
                lists.refetch();
            }
            Err(e) => note(e.to_string(), true),
        }
    });
    let question = Signal::derive(move || {
        doomed.with(|d| d.as_ref().map(|l| t!("contacts-lists-delete-text", name = &l.name, count = l.contacts)).unwrap_or_default())
    });
    view! {
        <PageHead title=t!("contacts-lists-title") note=t!("contacts-lists-note")>
            <a class="button quiet" href="/export/lists.csv" rel="external" download><Icon name="download" />{t!("export")}</a>
        </PageHead>
        <super::Tabs />
        {can.then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); add.dispatch(name.get_untracked()); }>
                    <Field name="name" label=t!("contacts-lists-new") placeholder=t!("contacts-lists-placeholder") value=name error />
                    <button type="submit" class="primary" disabled=move || add.pending().get()>{t!("contacts-lists-make")}</button>
                </form>
                <Message error fields=&["name"] />
            </Card>
        })}
        {load(lists, move |rows| if rows.is_empty() {
            view! { <Empty title=t!("contacts-lists-empty-title") text=t!("contacts-lists-empty-text") /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table>
                        <thead><tr><th scope="col">{t!("contacts-lists-column-list")}</th><th scope="col" class="num">{t!("contacts-lists-column-contacts")}</th><th scope="col">{t!("contacts-lists-column-made")}</th><th scope="col"><span class="unseen">{t!("contacts-lists-column-actions")}</span></th></tr></thead>
                        <tbody>
                            {rows.into_iter().map(|l| {
                                let row = l.clone();
                                let name = l.name.clone();
                                view! {
                                    <tr>
                                        <td><A href=format!("/contacts?list={}", l.id)>{l.name.clone()}</A></td>
                                        <td class="num">{grouped(l.contacts)}</td>
                                        <td><Time at=l.created_at /></td>
                                        <td class="right"><A href=format!("/contacts/lists/{}", l.id) attr:class="button quiet" attr:aria-label=t!("contacts-lists-settings-of", name = &name)>{t!("contacts-lists-settings")}</A>{can.then(|| view! { <button type="button" class="quiet" aria-label=t!("contacts-lists-delete-one", name = &name) on:click=move |_| { doomed.set(Some(row.clone())); asking.set(true); }>{t!("delete")}</button> })}</td>
                                    </tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            }.into_any()
        })}
        <Confirm open=asking title=t!("contacts-lists-delete-title") text=question action=t!("contacts-lists-delete-action") on_yes=Callback::new(move |()| { delete.dispatch(()); }) />
    }
}
