//! The frame around every page of somebody signed in: where to go, who one is, the theme.

use leptos::{either::Either, prelude::*};
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};
use nexsent_model::{
    accounts::{Me, Right, Role},
    live::LiveEvent,
};
use nexsent_texts::t;

use crate::{
    accounts::api,
    live, rich, settings,
    ui::{Icon, Loading, Problem, theme::ThemeSwitch, time::utc},
};

/// Who is signed in, for whatever is inside the frame.
#[must_use]
pub fn me() -> Me {
    expect_context::<Me>()
}

const PLACES: [(&str, &str); 7] = [
    ("/dashboard", "home"),
    ("/campaigns", "send"),
    ("/contacts", "people"),
    ("/contacts/import", "upload"),
    ("/forms", "list"),
    ("/domains", "globe"),
    ("/settings", "gear"),
];

fn name_of(href: &str) -> String {
    match href {
        "/dashboard" => t!("places-dashboard"),
        "/campaigns" => t!("places-campaigns"),
        "/contacts" => t!("places-contacts"),
        "/contacts/import" => t!("places-import"),
        "/forms" => t!("places-forms"),
        "/domains" => t!("places-domains"),
        _ => t!("places-settings"),
    }
}

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

/// On pages that lead into another workspace: who is signed in afterwards is asked of the server.
pub(crate) fn forget_viewer() {
    let viewer = expect_context::<Viewer>().0;
    Effect::new(move |_| viewer.set(None));
}

/// What the frame shows of the workspace, fresh whenever somebody has changed it.
#[derive(Clone, Copy)]
pub(crate) struct Brand(RwSignal<Me>);

impl Brand {
    /// Looks at it; runs again when it changes.
    pub fn with<T>(self, look: impl FnOnce(&Me) -> T) -> T {
        self.0.with(look)
    }

    /// Asks the server for it again.
    pub fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Ok(me) = api::get_me().await {
                // The page may be gone by now.
                drop(self.0.try_set(me));
            }
        });
    }
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
    let brand = Brand(RwSignal::new(me.clone()));
    provide_context(brand);
    settings::proof::provide();
    live::provide().listen(
        move |e| {
            if matches!(e, LiveEvent::Team) {
                brand.refresh();
            }
        },
        move || brand.refresh(),
    );
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
        <a class="skip" href="#main" on:click=move |_| if let Some(main) = main.get_untracked() { drop(main.focus()) }>{t!("places-skip")}</a>
        <div class="frame" class:open=move || open.get()>
            <aside>
                <div class="brand">
                    <A href="/dashboard"><span class="mark" aria-hidden="true"></span>"NexSent"</A>
                    <button type="button" class="quiet menu" aria-label=t!("places-menu") aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                        <Icon name="menu" />
                    </button>
                </div>
                <crate::palette::FindButton />
                <nav aria-label=t!("places-main")>
                    {PLACES.into_iter().filter(|(href, _)| open_to(href, role)).map(|(href, icon)| view! {
                        <a href=href aria-current=move || current(href) on:click=move |_| open.set(false)><Icon name=icon /><span>{name_of(href)}</span></a>
                    }).collect_view()}
                </nav>
                <div class="who">
                    <Workspaces brand />
                    <p><span>{me.email}</span><span>{me.role.label()}</span></p>
                    <div class="row">
                        <ThemeSwitch />
                        <form method="post" action="/sign-out">
                            <button type="submit" class="quiet"><Icon name="out" /><span>{t!("places-sign-out")}</span></button>
                        </form>
                    </div>
                </div>
            </aside>
            <main id="main" tabindex="-1" node_ref=main><Closing brand /><Outlet /></main>
        </div>
        <settings::proof::ProofDialog />
        <crate::palette::Palette />
    }
}

/// Says on every page that the workspace is being deleted.
#[component]
fn Closing(brand: Brand) -> impl IntoView {
    move || {
        brand.with(|me| me.closing_at.map(|at| (at, me.role.may(Right::Delete)))).map(|(at, owner)| {
            let text = if owner {
                let restore = view! { <A href="/settings/data">{t!("places-closing-restore")}</A> };
                rich!("places-closing-own", restore = restore; when = utc(at))
            } else {
                vec![t!("places-closing", when = utc(at)).into_any()]
            };
            view! { <p class="banner bad" role="status">{text}</p> }
        })
    }
}

/// The workspace's logo and name; a choice for those who are in several, and the way to a further one.
#[component]
fn Workspaces(brand: Brand) -> impl IntoView {
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
    let name = move || brand.with(|me| me.workspace_name.clone());
    view! {
        {move || brand.with(|me| me.logo.clone()).map(|mark| view! { <img class="logo" src=format!("/logo?v={mark}") alt="" /> })}
        <Suspense fallback=move || view! { <strong>{name}</strong> }>
            {move || {
                Suspend::new(async move {
                    let (all, may_create) = all.await.unwrap_or_default();
                    // A page of its own: what is there belongs to no workspace yet.
                    let further = may_create.then(|| view! { <a href="/workspaces/new" class="further">{t!("places-new-workspace")}</a> });
                    if all.len() < 2 {
                        return Either::Left(view! { <strong>{name}</strong>{further} });
                    }
                    Either::Right(view! {
                        <select aria-label=t!("places-workspace") on:change:target=move |ev| { switch.dispatch(ev.target().value()); }>
                            {all.into_iter().map(|w| view! { <option value=w.id.to_string() selected=w.current>{w.name}</option> }).collect_view()}
                        </select>
                        {further}
                    })
                })
            }}
        </Suspense>
    }
}
