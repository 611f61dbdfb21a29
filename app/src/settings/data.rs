//! How long things are kept, and the end of the workspace.

use leptos::prelude::*;
use nexsent_model::{
    accounts::Right,
    team::{Retention, WorkspaceSettings},
};

use super::{Tabs, api, proof::prover};
use crate::{
    AppError,
    frame::me,
    ui::{Card, Field, Message, PageHead, load, refusal_of, time::utc, toast},
};

#[component]
pub fn Data() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::settings());
    view! {
        <PageHead title="Data" note="How long things are kept." />
        <Tabs />
        {load(data, |settings| view! { <Keep settings /> })}
        {me().role.may(Right::Delete).then(|| view! { <End /> })}
    }
}

#[component]
fn Keep(settings: WorkspaceSettings) -> impl IntoView {
    let [details, imports, sign_ins, audit] = settings.keep.days().map(|d| RwSignal::new(d.to_string()));
    let note = toast::notifier();
    let save = Action::new(move |(): &()| {
        // What is no number is out of every bound: the server says so beside the field.
        let days = |s: RwSignal<String>| s.get_untracked().trim().parse().unwrap_or(0);
        let keep = Retention { details: days(details), imports: days(imports), sign_ins: days(sign_ins), audit: days(audit) };
        let settings = WorkspaceSettings { keep, ..settings.clone() };
        async move {
            api::save_settings(settings).await?;
            note("Saved.".to_owned(), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    let [b1, b2, b3, b4] = Retention::BOUNDS.map(|(_, least, most)| format!("{least} to {most} days."));
    view! {
        <Card title="Kept for, in days">
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <fieldset class="plain" disabled=!admin>
                    <Field name="keep_details" label="Who received a campaign, and what they did" kind="number" hint=format!("Counted from its end; {b1} Its figures stay, and so does who has unsubscribed.") value=details error />
                    <Field name="keep_imports" label="Files of imports and rejected rows" kind="number" hint=format!("{b2} The report stays.") value=imports error />
                    <Field name="keep_sign_ins" label="Members' sign-ins" kind="number" hint=format!("{b3} The shortest counts for somebody who is in several workspaces.") value=sign_ins error />
                    <Field name="keep_audit" label="Audit log" kind="number" hint=b4 value=audit error />
                    <Message error fields=&["keep_details", "keep_imports", "keep_sign_ins", "keep_audit"] />
                    {if admin {
                        view! { <button type="submit" class="primary" disabled=move || save.pending().get()>"Save"</button> }.into_any()
                    } else {
                        view! { <p class="hint">"Owners and admins can change these."</p> }.into_any()
                    }}
                </fieldset>
            </form>
        </Card>
    }
}

#[component]
fn End() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let proof = prover();
    let reload = || drop(window().location().reload());
    let delete = Action::new(move |(): &()| {
        let typed = name.get_untracked();
        async move {
            proof.run(|| api::delete_workspace(typed.clone())).await?;
            reload();
            Ok::<_, AppError>(())
        }
    });
    let restore = Action::new(move |(): &()| async move {
        api::restore_workspace().await?;
        reload();
        Ok::<_, AppError>(())
    });
    let (error, not_restored) = (refusal_of(delete), refusal_of(restore));
    let who = me();
    if let Some(at) = who.closing_at {
        return view! {
            <Card title="Delete the workspace">
                <p>{format!("Everything in it is deleted on {}. Until then you can take that back. What was paused stays so until it is resumed.", utc(at))}</p>
                <Message error=not_restored />
                <button type="button" class="primary" disabled=move || restore.pending().get() on:click=move |_| { restore.dispatch(()); }>"Restore the workspace"</button>
            </Card>
        }
        .into_any();
    }
    view! {
        <Card title="Delete the workspace">
            <p>"Sending stops at once: what is on its way is paused, what is scheduled becomes a draft again. After 14 days everything is deleted for good: contacts, campaigns, reports, files, settings. Until then you can take it back."</p>
            <form on:submit=move |ev| { ev.prevent_default(); delete.dispatch(()); }>
                <Field name="confirm_name" label=format!("Type {} to confirm", who.workspace_name) value=name error />
                <Message error fields=&["confirm_name"] />
                <button type="submit" class="danger" disabled=move || delete.pending().get() || name.with(|n| n.trim().is_empty())>"Delete the workspace"</button>
            </form>
        </Card>
    }
    .into_any()
}
