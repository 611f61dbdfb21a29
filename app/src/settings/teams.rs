//! Teams of agents: who answers together.

use leptos::prelude::*;
use nexsent_model::{
    AgentTeamId, MemberId,
    team::{AgentTeam, MemberView},
};
use nexsent_texts::t;

use super::api;
use crate::{
    AppError,
    frame::me,
    ui::{Card, Confirm, Field, Message, refusal_of, toast},
};

/// The teams, and for admins how they are made.
#[component]
pub(super) fn Teams(teams: Vec<AgentTeam>, members: Vec<MemberView>, changed: Callback<()>) -> impl IntoView {
    let admin = me().role.can_admin();
    // The team that is being changed; `None` within: a new one.
    let editing = RwSignal::new(None::<Option<AgentTeam>>);
    let note = toast::notifier();
    let removing = RwSignal::new(None::<(AgentTeamId, String)>);
    let asking = RwSignal::new(false);
    let remove = Action::new(move |id: &AgentTeamId| {
        let id = id.clone();
        async move {
            if let Err(e) = api::delete_agent_team(id).await {
                note(e.to_string(), true);
            }
            changed.run(());
        }
    });
    let question = Signal::derive(move || {
        let name = removing.with(|r| r.as_ref().map(|r| r.1.clone()).unwrap_or_default());
        t!("settings-team-delete-what", name = name)
    });
    let everybody = StoredValue::new(members.clone());
    let empty = teams.is_empty();
    view! {
        <Card title=t!("settings-teams")>
            {empty.then(|| view! { <p class="muted">{t!("settings-teams-what")}</p> })}
            <ul class="plain teams">
                {teams.into_iter().map(|t| {
                    let names: Vec<String> = members.iter().filter(|m| t.members.contains(&m.id)).map(|m| m.name.clone()).collect();
                    let (for_edit, for_removal) = (t.clone(), (t.id.clone(), t.name.clone()));
                    let (label, remove_label) = (t!("settings-team-change", name = &t.name), t!("settings-team-delete", name = &t.name));
                    view! {
                        <li>
                            <div><strong>{t.name.clone()}</strong>" "<span class="muted">{t!("settings-team-members", count = names.len())}</span><p>{names.join(", ")}</p></div>
                            {admin.then(|| view! {
                                <div class="row">
                                    <button type="button" class="quiet" aria-label=label on:click=move |_| editing.set(Some(Some(for_edit.clone())))>{t!("change")}</button>
                                    <button type="button" class="quiet danger" aria-label=remove_label on:click=move |_| { removing.set(Some(for_removal.clone())); asking.set(true); }>{t!("delete")}</button>
                                </div>
                            })}
                        </li>
                    }
                }).collect_view()}
            </ul>
            {admin.then(|| view! {
                {move || match editing.get() {
                    None => view! { <button type="button" on:click=move |_| editing.set(Some(None))>{t!("settings-team-new")}</button> }.into_any(),
                    Some(team) => view! { <Edit team members=everybody.get_value() editing changed /> }.into_any(),
                }}
            })}
        </Card>
        <Confirm open=asking title=t!("settings-team-delete-ask") text=question action=t!("settings-team-delete-do") on_yes=Callback::new(move |()| { if let Some((id, _)) = removing.get_untracked() { remove.dispatch(id); } }) />
    }
}

#[component]
fn Edit(team: Option<AgentTeam>, members: Vec<MemberView>, editing: RwSignal<Option<Option<AgentTeam>>>, changed: Callback<()>) -> impl IntoView {
    let id = team.as_ref().map(|t| t.id.clone());
    let name = RwSignal::new(team.as_ref().map(|t| t.name.clone()).unwrap_or_default());
    let chosen = RwSignal::new(team.map(|t| t.members).unwrap_or_default());
    let save = Action::new(move |(): &()| {
        let (id, name, members) = (id.clone(), name.get_untracked(), chosen.get_untracked());
        async move {
            api::save_agent_team(id, name, members).await?;
            editing.set(None);
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let tick = move |id: MemberId, on: bool| {
        chosen.update(|c| {
            c.retain(|m| *m != id);
            if on {
                c.push(id);
            }
        });
    };
    view! {
        <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
            <Field name="team_name" label=t!("settings-team-name") value=name error />
            <fieldset class="plain">
                <legend>{t!("settings-members")}</legend>
                {members.into_iter().map(|m| {
                    let (for_state, for_tick) = (m.id.clone(), m.id.clone());
                    view! {
                        <label class="check">
                            <input type="checkbox" prop:checked=move || chosen.with(|c| c.contains(&for_state)) on:change:target=move |ev| tick(for_tick.clone(), ev.target().checked()) />
                            <span>{m.name}<small>{m.email}</small></span>
                        </label>
                    }
                }).collect_view()}
            </fieldset>
            <Message error fields=&["team_name"] />
            <div class="row">
                <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("settings-team-save")}</button>
                <button type="button" class="quiet" on:click=move |_| editing.set(None)>{t!("cancel")}</button>
            </div>
        </form>
    }
}
