//! Every form, with what came of it.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use nexsent_model::{Fault, contacts::ListRow, forms::FormRow};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    contacts::api as contacts,
    frame::me,
    ui::{Card, Choice, Empty, Field, Message, PageHead, Time, grouped, load, refusal_of},
};

async fn fetch() -> Result<(Vec<FormRow>, Vec<ListRow>), AppError> {
    Ok((api::forms().await?, contacts::lists().await?))
}

#[component]
pub fn Forms() -> impl IntoView {
    let data = Resource::new(|| (), |()| fetch());
    view! {
        <PageHead title=t!("forms-title") note=t!("forms-note") />
        {load(data, |(forms, lists)| view! { <Inside forms lists /> })}
    }
}

#[component]
fn Inside(forms: Vec<FormRow>, lists: Vec<ListRow>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let list = RwSignal::new(lists.first().map(|l| l.id.to_string()).unwrap_or_default());
    let navigate = use_navigate();
    let make = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            let to = list.get_untracked().parse().map_err(|_| AppError(Fault::field("list", t!("forms-choose-list"))))?;
            let id = api::create_form(name.get_untracked(), to).await?;
            navigate(&format!("/forms/{id}"), NavigateOptions::default());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(make);
    let none = lists.is_empty();
    let options: Vec<(String, String)> = lists.into_iter().map(|l| (l.id.to_string(), l.name)).collect();
    view! {
        {(me().role.can_send() && !none).then(|| view! {
            <Card>
                <form class="inline" on:submit=move |ev| { ev.prevent_default(); make.dispatch(()); }>
                    <Field name="name" label=t!("forms-new") placeholder=t!("forms-new-example") value=name error />
                    <Choice name="list" label=t!("forms-leads-to") value=list options=Signal::stored(options.clone()) error />
                    <button type="submit" class="primary" disabled=move || make.pending().get()>{t!("forms-make")}</button>
                </form>
                <Message error fields=&["name", "list"] />
            </Card>
        })}
        {if forms.is_empty() && none {
            view! { <Empty title=t!("forms-no-list") text=t!("forms-no-list-text")><A href="/contacts/lists" attr:class="button primary">{t!("forms-to-lists")}</A></Empty> }.into_any()
        } else if forms.is_empty() {
            view! { <Empty title=t!("forms-none") text=t!("forms-none-text") /> }.into_any()
        } else {
            view! {
                <div class="scroll">
                    <table>
                        <thead><tr><th scope="col">{t!("forms-form")}</th><th scope="col" class="num">{t!("forms-sent-in")}</th><th scope="col" class="num">{t!("forms-joined")}</th><th scope="col" class="num">{t!("forms-confirmed")}</th><th scope="col">{t!("forms-made")}</th></tr></thead>
                        <tbody>
                            {forms.into_iter().map(|f| view! {
                                <tr>
                                    <td><A href=format!("/forms/{}", f.id)>{f.name}</A></td>
                                    <td class="num">{grouped(f.figures.submissions)}</td>
                                    <td class="num">{grouped(f.figures.joined)}</td>
                                    <td class="num">{t!("forms-confirmed-of", confirmed = f.figures.confirmed, asked = f.figures.asked)}</td>
                                    <td><Time at=f.created_at /></td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            }.into_any()
        }}
    }
}
