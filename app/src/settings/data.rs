//! How long things are kept, and the end of the workspace.

use leptos::prelude::*;
use nexsent_model::{
    accounts::Right,
    team::{Retention, WorkspaceSettings},
};
use nexsent_texts::t;

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
        <PageHead title=t!("settings-data") note=t!("settings-data-note") />
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
            note(t!("saved"), false);
            Ok::<_, AppError>(())
        }
    });
    let error = refusal_of(save);
    let admin = me().role.can_admin();
    // As words: days are not written in groups of three.
    let [(l1, m1), (l2, m2), (l3, m3), (l4, m4)] = Retention::BOUNDS.map(|(_, least, most)| (least.to_string(), most.to_string()));
    view! {
        <Card title=t!("settings-kept-for")>
            <form on:submit=move |ev| { ev.prevent_default(); save.dispatch(()); }>
                <fieldset class="plain" disabled=!admin>
                    <Field name="keep_details" label=t!("settings-keep-details") kind="number" hint=t!("settings-keep-details-hint", least = l1, most = m1) value=details error />
                    <Field name="keep_imports" label=t!("settings-keep-imports") kind="number" hint=t!("settings-keep-imports-hint", least = l2, most = m2) value=imports error />
                    <Field name="keep_sign_ins" label=t!("settings-keep-sign-ins") kind="number" hint=t!("settings-keep-sign-ins-hint", least = l3, most = m3) value=sign_ins error />
                    <Field name="keep_audit" label=t!("settings-audit") kind="number" hint=t!("settings-keep-audit-hint", least = l4, most = m4) value=audit error />
                    <Message error fields=&["keep_details", "keep_imports", "keep_sign_ins", "keep_audit"] />
                    {if admin {
                        view! { <button type="submit" class="primary" disabled=move || save.pending().get()>{t!("save")}</button> }.into_any()
                    } else {
                        view! { <p class="hint">{t!("settings-admins-only")}</p> }.into_any()
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
            <Card title=t!("settings-delete-workspace")>
                <p>{t!("settings-closing-at", date = utc(at))}</p>
                <Message error=not_restored />
                <button type="button" class="primary" disabled=move || restore.pending().get() on:click=move |_| { restore.dispatch(()); }>{t!("settings-restore-workspace")}</button>
            </Card>
        }
        .into_any();
    }
    view! {
        <Card title=t!("settings-delete-workspace")>
            <p>{t!("settings-delete-what")}</p>
            <form on:submit=move |ev| { ev.prevent_default(); delete.dispatch(()); }>
                <Field name="confirm_name" label=t!("settings-type-to-confirm", name = who.workspace_name) value=name error />
                <Message error fields=&["confirm_name"] />
                <button type="submit" class="danger" disabled=move || delete.pending().get() || name.with(|n| n.trim().is_empty())>{t!("settings-delete-workspace")}</button>
            </form>
        </Card>
    }
    .into_any()
}
