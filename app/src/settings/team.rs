//! Who is in the workspace, in which role, and who was invited.

use leptos::prelude::*;
use nexsent_model::{
    MemberId,
    accounts::{RIGHTS, Right, Role},
    live::LiveEvent,
    team::{InviteView, MemberView, TeamView},
};

use super::{Tabs, api, proof::prover, teams::Teams};
use crate::{
    AppError,
    frame::me,
    live,
    ui::{Badge, Card, Choice, Confirm, Field, Message, PageHead, Time, Tone, load, refusal_of, toast},
};

/// Roles that somebody can be given.
fn given_roles() -> Vec<(String, String)> {
    Role::ALL.iter().filter(|r| **r != Role::Owner).map(|r| (r.as_str().to_owned(), r.label().to_owned())).collect()
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
        <PageHead title="Team" note="Who is in this workspace, and what they may do." />
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
            note(format!("The invitation is on its way to {sent}."), false);
            email.set(String::new());
            changed.run(());
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(send);
    view! {
        <Card title="Invite somebody">
            <form class="inline" on:submit=move |ev| { ev.prevent_default(); send.dispatch(()); }>
                <Field name="email" label="E-mail" kind="email" value=email error />
                <Choice name="role" label="Role" value=role options=Signal::derive(given_roles) error />
                <button type="submit" class="primary" disabled=move || send.pending().get()>"Send the invitation"</button>
            </form>
            <Message error fields=&["email", "role"] />
            <p class="hint">"They get a link that works once, for seven days."</p>
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
                Ok(()) => note(format!("{name} is out; their sessions have ended."), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    let change = Action::new(move |(id, role, name): &(MemberId, Role, String)| {
        let (id, role, name) = (id.clone(), *role, name.clone());
        async move {
            match proof.run(|| api::change_role(id.clone(), role)).await {
                Ok(()) => note(format!("{name} is now {}.", role.label().to_lowercase()), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    let question = Signal::derive(move || {
        let who = removing.with(|r| r.as_ref().map(|r| r.1.clone()).unwrap_or_default());
        format!("{who} loses access at once, in every browser. What they made stays.")
    });
    let (admin, owner) = (me().role.can_admin(), me().role.may(Right::Own));
    view! {
        <Card title="Members">
            <div class="scroll">
                <table class="cards">
                    <thead><tr><th scope="col">"Name"</th><th scope="col">"Address"</th><th scope="col">"Role"</th><th scope="col">"Signs in with"</th><th scope="col">"Last seen"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                    <tbody>
                        {members.into_iter().map(|m| {
                            let (id, name, role) = (m.id.clone(), m.name.clone(), m.role);
                            let changeable = admin && !m.you && role != Role::Owner;
                            let (for_role, for_removal, for_owner) = ((id.clone(), name.clone()), (id.clone(), name.clone()), (id, name.clone()));
                            view! {
                                <tr>
                                    <td>{name}{m.you.then(|| view! { <span class="muted">" (you)"</span> })}</td>
                                    <td data-label="Address">{m.email.clone()}</td>
                                    <td data-label="Role">{if changeable {
                                        view! {
                                            <select aria-label=format!("Role of {}", m.name) on:change:target=move |ev| {
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
                                    <td data-label="Signs in with">{if m.two_factor { view! { <Badge tone=Tone::Good text="Two-factor" /> } } else { view! { <Badge tone=Tone::Plain text="Password alone" /> } }}</td>
                                    <td data-label="Last seen">{m.last_seen_at.map(|at| view! { <Time at /> })}</td>
                                    <td class="row">
                                        {(owner && !m.you).then(|| view! { <button type="button" class="quiet" on:click=move |_| { handing.set(Some(for_owner.clone())); handing_open.set(true); }>"Make owner"</button> })}
                                        {changeable.then(|| view! { <button type="button" class="quiet danger" on:click=move |_| { removing.set(Some(for_removal.clone())); asking.set(true); }>"Remove"</button> })}
                                    </td>
                                </tr>
                            }
                        }).collect_view()}
                    </tbody>
                </table>
            </div>
        </Card>
        <Confirm open=asking title="Remove this member?" text=question action="Remove" on_yes=Callback::new(move |()| { if let Some(who) = removing.get_untracked() { remove.dispatch(who); } }) />
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
                    Ok(()) => note(format!("{name} is the owner now; you are an admin."), false),
                    Err(e) => note(e.to_string(), true),
                }
                changed.run(());
            }
        }
    });
    let text = Signal::derive(move || {
        let name = to.with(|t| t.as_ref().map(|t| t.1.clone()).unwrap_or_default());
        format!("{name} becomes the owner of the workspace, and you an admin. Only they can give it back.")
    });
    view! { <Confirm open title="Hand the workspace over?" text action="Hand it over" on_yes=Callback::new(move |()| { hand.dispatch(()); }) /> }
}

#[component]
fn Invites(invites: Vec<InviteView>, changed: Callback<()>) -> impl IntoView {
    let note = toast::notifier();
    let revoke = Action::new(move |id: &nexsent_model::InviteId| {
        let id = id.clone();
        async move {
            match api::revoke_invite(id).await {
                Ok(()) => note("The invitation no longer works.".to_owned(), false),
                Err(e) => note(e.to_string(), true),
            }
            changed.run(());
        }
    });
    (!invites.is_empty()).then(|| {
        view! {
            <Card title="Invited">
                <div class="scroll">
                    <table class="cards">
                        <thead><tr><th scope="col">"Address"</th><th scope="col">"Role"</th><th scope="col">"By"</th><th scope="col">"Until"</th><th scope="col"><span class="unseen">"Actions"</span></th></tr></thead>
                        <tbody>
                            {invites.into_iter().map(|i| {
                                let id = i.id.clone();
                                view! {
                                    <tr>
                                        <td>{i.email}</td><td data-label="Role">{i.role.label()}</td><td data-label="By">{i.invited_by}</td><td data-label="Until"><Time at=i.expires_at /></td>
                                        <td><button type="button" class="quiet" on:click=move |_| { revoke.dispatch(id.clone()); }>"Revoke"</button></td>
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
        <Card title="What each role may do">
            <div class="scroll" tabindex="0" role="region" aria-label="What each role may do">
                <table>
                    <thead><tr><th scope="col"><span class="unseen">"Right"</span></th>{Role::ALL.map(|r| view! { <th scope="col">{r.label()}</th> }).collect_view()}</tr></thead>
                    <tbody>
                        {RIGHTS.iter().map(|(_, label, roles)| view! {
                            <tr><th scope="row">{*label}</th>{Role::ALL.map(|r| view! { <td>{if roles.contains(&r) { "Yes" } else { "–" }}</td> }).collect_view()}</tr>
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
            <Card title="Leave">
                <p>"You lose access to this workspace at once. An admin can invite you again."</p>
                <button type="button" class="danger" on:click=move |_| asking.set(true)>"Leave the workspace"</button>
            </Card>
            <Confirm open=asking title="Leave this workspace?" text=Signal::stored("You are signed out of it in every browser.".to_owned()) action="Leave" on_yes=Callback::new(move |()| { leave.dispatch(()); }) />
        }
    })
}
