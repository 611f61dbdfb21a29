//! Who is in the workspace, in which role, and who was invited.

use leptos::prelude::*;
use nexsent_model::{
    MemberId,
    accounts::{RIGHTS, Right, Role},
    live::LiveEvent,
    team::{InviteView, MemberView, TeamView},
};
use nexsent_texts::t;

use super::{Tabs, api, proof::prover, teams::Teams};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Choice, Confirm, Field, Message, PageHead, Time, Tone, load, refusal_of, toast},
};

/// Roles that somebody can be given.
fn given_roles() -> Vec<(String, String)> {
    Role::ALL.iter().filter(|r| **r != Role::Owner).map(|r| (r.as_str().to_owned(), r.label())).collect()
}

#[component]
pub fn Team() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::team());
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Team) {
                data.refetch();
            }
        },
        move || data.refetch(),
    );
    let changed = Callback::new(move |()| data.refetch());
    view! {
        <PageHead title=t!("settings-team") note=t!("settings-team-note") />
        <Tabs />
        {me().role.can_admin().then(|| view! { <Invite changed /> })}
        {load(data, move |team: TeamView| view! { <Members members=team.members.clone() changed /><Invites invites=team.invites changed /><Teams teams=team.teams members=team.members changed /> })}
        <Rights />
        <Leave />
    }
}

#[component]
fn Invite(changed: Callback<()>) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Marketer.as_str().to_owned());
    let note = toast::notifier();
    let send = Action::new(move |(): &()| {
        let (to, role) = (email.get_untracked(), role.get_untracked().parse().unwrap_or(Role::Viewer));
        async move {
            let sent = api::invite(to, role).await?;
            note(t!("settings-invite-sent", email = sent), false);
            email.set(String::new());
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(send);
    view! {
        <Card title=t!("settings-invite")>
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); send.dispatch(()); }>
                <Field name="email" label=t!("email") kind="email" value=email error />
                <Choice name="role" label=t!("settings-role") value=role options=Signal::derive(given_roles) error />
                <button type="submit" class="primary" disabled=move || send.pending().get()>{t!("settings-invite-send")}</button>
            </form>
            <Message error fields=&["email", "role"] />
            <p class="hint">{t!("settings-invite-hint")}</p>
        </Card>
    }
}

#[component]
fn Members(members: Vec<MemberView>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let proof = prover();
    let removing = RwSignal::new(None::<(MemberId, String)>);
    let asking = RwSignal::new(false);
    let handing = RwSignal::new(None::<(MemberId, String)>);
    let handing_open = RwSignal::new(false);
    let remove = Action::new(move |(id, name): &(MemberId, String)| {
        let (id, name) = (id.clone(), name.clone());
        async move {
            match proof.run(|| api::remove_member(id.clone())).await {
                Ok(()) => note(t!("settings-member-removed", name = name), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    let change = Action::new(move |(id, role, name): &(MemberId, Role, String)| {
        let (id, role, name) = (id.clone(), *role, name.clone());
        async move {
            match proof.run(|| api::change_role(id.clone(), role)).await {
                Ok(()) => note(t!("settings-member-role-changed", name = name, role = role.in_sentence()), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    let question = Signal::derive(move || {
        let who = removing.with(|r| r.as_ref().map(|r| r.1.clone()).unwrap_or_default());
        t!("settings-member-remove-what", name = who)
    });
    let (admin, owner) = (me().role.can_admin(), me().role.may(Right::Own));
    view! {
        <Card title=t!("settings-members")>
            <div class="scroll">
                <table class="cards">
                    <thead><tr><th scope="col">{t!("name")}</th><th scope="col">{t!("settings-address")}</th><th scope="col">{t!("settings-role")}</th><th scope="col">{t!("settings-signs-in-with")}</th><th scope="col">{t!("settings-last-seen")}</th><th scope="col"><span class="unseen">{t!("settings-actions")}</span></th></tr></thead>
                    <tbody>
                        {members.into_iter().map(|m| {
                            let (id, name, role) = (m.id.clone(), m.name.clone(), m.role);
                            let changeable = admin && !m.you && role != Role::Owner;
                            let (for_role, for_removal, for_owner) = ((id.clone(), name.clone()), (id.clone(), name.clone()), (id, name.clone()));
                            view! {
                                <tr>
                                    <td>{name}{m.you.then(|| view! { " "<span class="muted">{t!("settings-you")}</span> })}</td>
                                    <td data-label=t!("settings-address")>{m.email.clone()}</td>
                                    <td data-label=t!("settings-role")>{if changeable {
                                        view! {
                                            <select aria-label=t!("settings-role-of", name = &m.name) on:change:target=move |ev| {
                                                if let Ok(to) = ev.target().value().parse::<Role>() {
                                                    change.dispatch((for_role.0.clone(), to, for_role.1.clone()));
                                                }
                                            }>
                                                {given_roles().into_iter().map(|(v, text)| { let selected = v == role.as_str(); view! { <option value=v selected=selected>{text}</option> } }).collect_view()}
                                            </select>
                                        }.into_any()
                                    } else {
                                        role.label().into_any()
                                    }}</td>
                                    <td data-label=t!("settings-signs-in-with")>{if m.two_factor { view! { <Badge tone=Tone::Good text=t!("settings-by-two-factor") /> } } else { view! { <Badge tone=Tone::Plain text=t!("settings-by-password") /> } }}</td>
                                    <td data-label=t!("settings-last-seen")>{m.last_seen_at.map(|at| view! { <Time at /> })}</td>
                                    <td class="row">
                                        {(owner && !m.you).then(|| view! { <button type="button" class="quiet" on:click=move |_| { handing.set(Some(for_owner.clone())); handing_open.set(true); }>{t!("settings-make-owner")}</button> })}
                                        {changeable.then(|| view! { <button type="button" class="quiet danger" on:click=move |_| { removing.set(Some(for_removal.clone())); asking.set(true); }>{t!("remove")}</button> })}
                                    </td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </Card>
        <Confirm open=asking title=t!("settings-member-remove") text=question action=t!("remove") on_yes=Callback::new(move |()| { if let Some(who) = removing.get_untracked() { remove.dispatch(who); } }) />
        <HandOver to=handing open=handing_open changed />
    }
}

/// The workspace to another owner.
#[component]
fn HandOver(to: RwSignal<Option<(MemberId, String)>>, open: RwSignal<bool>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let proof = prover();
    let hand = Action::new(move |(): &()| {
        let who = to.get_untracked();
        async move {
            if let Some((id, name)) = who {
                match proof.run(|| api::transfer_ownership(id.clone())).await {
                    Ok(()) => note(t!("settings-handed-over", name = name), false),
                    Err(e) => note(e.to_string(), true),
                }
                changed.run(());
            }
        }
    });
    let text = Signal::derive(move || {
        let name = to.with(|t| t.as_ref().map(|t| t.1.clone()).unwrap_or_default());
        t!("settings-hand-over-what", name = name)
    });
    view! { <Confirm open title=t!("settings-hand-over") text action=t!("settings-hand-over-do") on_yes=Callback::new(move |()| { hand.dispatch(()); }) /> }
}

#[component]
fn Invites(invites: Vec<InviteView>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let revoke = Action::new(move |id: &nexsent_model::InviteId| {
        let id = id.clone();
        async move {
            match api::revoke_invite(id).await {
                Ok(()) => note(t!("settings-invite-revoked"), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    (!invites.is_empty()).then(|| {
        view! {
            <Card title=t!("settings-invited")>
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">{t!("settings-address")}</th><th scope="col">{t!("settings-role")}</th><th scope="col">{t!("settings-invited-by")}</th><th scope="col">{t!("settings-until")}</th><th scope="col"><span class="unseen">{t!("settings-actions")}</span></th></tr></thead>
                        <tbody>
                            {invites.into_iter().map(|i| {
                                let id = i.id.clone();
                                view! {
                                    <tr>
                                        <td>{i.email}</td><td data-label=t!("settings-role")>{i.role.label()}</td><td data-label=t!("settings-invited-by")>{i.invited_by}</td><td data-label=t!("settings-until")><Time at=i.expires_at /></td>
                                        <td><button type="button" class="quiet" on:click=move |_| { revoke.dispatch(id.clone()); }>{t!("settings-invite-revoke")}</button></td>
                                    </tr>
                                }
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            </Card>
        }
    })
}

/// The one table of rights.
#[component]
fn Rights() -> impl IntoView {
    view! {
        <Card title=t!("settings-rights")>
            <div class="scroll" tabindex="0" role="region" aria-label=t!("settings-rights")>
                <table>
                    <thead><tr><th scope="col"><span class="unseen">{t!("settings-right")}</span></th>{Role::ALL.map(|r| view! { <th scope="col">{r.label()}</th> }).collect_view()}</tr></thead>
                    <tbody>
                        {RIGHTS.iter().map(|(right, roles)| view! {
                            <tr><th scope="row">{right.label()}</th>{Role::ALL.map(|r| view! { <td>{if roles.contains(&r) { t!("yes") } else { "–".to_owned() }}</td> }).collect_view()}</tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </Card>
    }
}

#[component]
fn Leave() -> impl IntoView {
    let asking = RwSignal::new(false);
    let note = toast::notifier();
    let leave = Action::new(move |(): &()| async move {
        match api::leave_workspace().await {
            Ok(()) => drop(window().location().set_href("/sign-in")),
            Err(e) => note(e.to_string(), true),
        }
    });
    (me().role != Role::Owner).then(|| {
        view! {
            <Card title=t!("settings-leave")>
                <p>{t!("settings-leave-what")}</p>
                <button type="button" class="danger" on:click=move |_| asking.set(true)>{t!("settings-leave-workspace")}</button>
            </Card>
            <Confirm open=asking title=t!("settings-leave-ask") text=Signal::stored(t!("settings-leave-ask-what")) action=t!("settings-leave") on_yes=Callback::new(move |()| { leave.dispatch(()); }) />
        }
    })
}
