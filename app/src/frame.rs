//! The frame around every page of somebody signed in: where to go, who one is, the theme.

use leptos::{either::Either, prelude::*};
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};
use nexsent_model::accounts::{Me, Right, Role};

use crate::{
    accounts::api,
    live, settings,
    ui::{Icon, Loading, Problem, theme::ThemeSwitch},
};

/// Who is signed in, for whatever is inside the frame.
#[must_use]
pub fn me() -> Me {
    expect_context::<Me>()
}

const PLACES: [(&str, &str, &str); 7] = [
    ("/dashboard", "home", "Dashboard"),
    ("/campaigns", "send", "Campaigns"),
    ("/contacts", "people", "Contacts"),
    ("/contacts/import", "upload", "Import"),
    ("/forms", "list", "Forms"),
    ("/domains", "globe", "Domains"),
    ("/settings", "gear", "Settings"),
];

/// Whether a place is of use to a role: what it may not even read is not offered.
pub(crate) fn open_to(href: &str, role: Role) -> bool {
    match href {
        "/campaigns" => role.may(Right::ReadCampaigns),
        "/contacts/import" => role.can_send(),
        "/settings/audit" => role.can_admin(),
        _ => true,
    }
}

/// Who is signed in, once that is known: the server knows it before it renders, the browser from the server.
#[derive(Clone, Copy)]
struct Viewer(RwSignal<Option<Me>>);

/// Puts who is signed in into the app's context.
pub(crate) fn provide_viewer() {
    let found = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::server_ctx::viewer();
        #[cfg(not(feature = "ssr"))]
        None
    });
    provide_context(Viewer(RwSignal::new(found.into_inner())));
}

/// Around every page for somebody signed in; others are sent to sign in. It stays while its pages come and go.
#[component]
pub fn Frame() -> impl IntoView {
    let viewer = expect_context::<Viewer>().0;
    live::provide();
    if let Some(me) = viewer.get_untracked() {
        return Either::Left(view! { <Inside me /> });
    }
    // Somebody who signed in without leaving the page.
    let me = Resource::new_blocking(|| (), |()| api::get_me());
    Either::Right(view! {
        <Suspense fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => {
                        viewer.set(Some(me.clone()));
                        Either::Left(view! { <Inside me /> })
                    }
                    Err(error) => Either::Right(view! { <Problem error /> }),
                }
            })}
        </Suspense>
    })
}

#[component]
fn Inside(me: Me) -> impl IntoView {
    provide_context(me.clone());
    crate::palette::provide();
    let path = use_location().pathname;
    let role = me.role;
    let open = RwSignal::new(false);
    let main = NodeRef::<leptos::html::Main>::new();
    let current = move |href: &'static str| {
        path.with(|p| {
            let best = PLACES.iter().filter(|(h, ..)| p == h || p.starts_with(&format!("{h}/"))).max_by_key(|(h, ..)| h.len());
            best.is_some_and(|(h, ..)| *h == href).then_some("page")
        })
    };
    view! {
        // The router takes the click for itself; without it the browser would move the focus.
        <a class="skip" href="#main" on:click=move |_| if let Some(main) = main.get_untracked() { drop(main.focus()) }>"Skip to the content"</a>
        <div class="frame" class:open=move || open.get()>
            <aside>
                <div class="brand">
                    <A href="/dashboard"><span class="mark" aria-hidden="true"></span>"NexSent"</A>
                    <button type="button" class="quiet menu" aria-label="Menu" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                        <Icon name="menu" />
                    </button>
                </div>
                <crate::palette::FindButton />
                <nav aria-label="Main">
                    {PLACES.into_iter().filter(|(href, ..)| open_to(href, role)).map(|(href, icon, name)| view! {
                        <a href=href aria-current=move || current(href) on:click=move |_| open.set(false)><Icon name=icon /><span>{name}</span></a>
                    }).collect_view()}
                </nav>
                <div class="who">
                    <Workspaces current=me.workspace_name.clone() />
                    <p><span>{me.email}</span><span>{me.role.label()}</span></p>
                    <div class="row">
                        <ThemeSwitch />
                        <form method="post" action="/sign-out">
                            <button type="submit" class="quiet"><Icon name="out" /><span>"Sign out"</span></button>
                        </form>
                    </div>
                </div>
            </aside>
            <main id="main" tabindex="-1" node_ref=main><Outlet /></main>
        </div>
        <crate::palette::Palette />
    }
}

/// The workspace's name; a choice for those who are in several.
#[component]
fn Workspaces(current: String) -> impl IntoView {
    let all = Resource::new(|| (), |()| settings::api::workspaces());
    let switch = Action::new(|to: &String| {
        let to = to.parse();
        async move {
            if let Ok(to) = to
                && settings::api::switch_workspace(to).await.is_ok()
            {
                // Everything is another's now: the whole page anew.
                drop(window().location().set_href("/dashboard"));
            }
        }
    });
    let name = current.clone();
    view! {
        <Suspense fallback=move || view! { <strong>{name.clone()}</strong> }>
            {move || {
                let current = current.clone();
                Suspend::new(async move {
                    let all = all.await.unwrap_or_default();
                    if all.len() < 2 {
                        return Either::Left(view! { <strong>{current}</strong> });
                    }
                    Either::Right(view! {
                        <select aria-label="Workspace" on:change:target=move |ev| { switch.dispatch(ev.target().value()); }>
                            {all.into_iter().map(|w| view! { <option value=w.id.to_string() selected=w.current>{w.name}</option> }).collect_view()}
                        </select>
                    })
                })
            }}
        </Suspense>
    }
}
