//! The pages that come in parts of their own: a browser loads a part when one of its pages is opened, or is about to be.
//!
//! What is in no part is in the first load: signing in, the frame, the dashboard. A part is a split point of the module (`xtask` cuts there);
//! what several parts share comes with whichever is first. On the server nothing is split.

use leptos::prelude::*;
use leptos_router::ChooseView;

/// `name { Page => component }`: a module of that name with an enumeration of its pages, which routes take as their view.
macro_rules! parts {
    ($($part:ident { $($page:ident => $view:path,)+ })+) => {
        $(pub(crate) mod $part {
            use super::*;

            #[derive(Clone, Copy, Debug)]
            pub(crate) enum Page { $($page,)+ }

            fn show(page: Page) -> AnyView {
                match page { $(Page::$page => $view().into_any(),)+ }
            }

            #[cfg(feature = "hydrate")]
            #[wasm_split_helpers::wasm_split($part, fallible, preload(fetch))]
            pub(super) fn view(page: Page) -> Result<AnyView, wasm_split_helpers::SplitLoaderError> {
                Ok(show(page))
            }

            #[cfg(not(feature = "hydrate"))]
            async fn view(page: Page) -> Result<AnyView, std::convert::Infallible> {
                // The page names the files of its part, so that the browser asks for them before it has read the module that would.
                leptos::prefetch_lazy_fn_on_server(stringify!($part));
                Ok(show(page))
            }

            impl ChooseView for Page {
                async fn choose(self) -> AnyView {
                    // Loaded before; the router shows nothing while it is not.
                    view(self).await.unwrap_or_else(|_| ().into_any())
                }

                async fn preload(&self) {
                    #[cfg(feature = "hydrate")]
                    absent::until(async || fetch().await.is_ok(), &absent::wanted()).await;
                }
            }
        })+

        /// Fetches a part by its name; whether it is there now.
        #[cfg(feature = "hydrate")]
        async fn fetch(part: &str) -> bool {
            match part {
                $(stringify!($part) => $part::fetch().await.is_ok(),)+
                _ => true,
            }
        }
    };
}

parts! {
    accounts {
        SignUp => crate::accounts::sign_up::SignUpPage,
        Setup => crate::accounts::sign_up::Setup,
        Confirm => crate::accounts::recover::Confirm,
        Forgot => crate::accounts::recover::Forgot,
        Reset => crate::accounts::recover::Reset,
        NotMe => crate::accounts::recover::NotMe,
        NewWorkspace => crate::accounts::nowhere::NewWorkspace,
        Invite => crate::settings::invite::InvitePage,
        Security => crate::security_page::SecurityPage,
    }
    contacts {
        List => crate::contacts::list::Contacts,
        Lists => crate::contacts::lists::Lists,
        ListSettings => crate::contacts::list_settings::ListPage,
        Contact => crate::contacts::edit::ContactPage,
    }
    imports {
        List => crate::contacts::import::Imports,
        Import => crate::contacts::import::Import,
    }
    segments {
        List => crate::segments::list::SegmentList,
        Segment => crate::segments::builder::SegmentPage,
    }
    upkeep {
        Attributes => crate::contacts::attributes::Attributes,
        Actions => crate::contacts::bulk::Actions,
        Duplicates => crate::contacts::duplicates::Duplicates,
        Suppressions => crate::contacts::suppressions::Suppressions,
    }
    campaigns {
        List => crate::campaigns::list::Campaigns,
        Campaign => crate::campaigns::page::Campaign,
        Review => crate::campaigns::review::ReviewPage,
        Recipients => crate::campaigns::recipients::Recipients,
    }
    forms {
        List => crate::forms::list::Forms,
        Form => crate::forms::editor::FormPage,
    }
    domains {
        List => crate::domains::pages::Domains,
        Domain => crate::domains::pages::DomainPage,
    }
    settings {
        Workspace => crate::settings::workspace::WorkspacePage,
        Sending => crate::settings::sending::Sending,
        Data => crate::settings::data::Data,
        Team => crate::settings::team::Team,
        Account => crate::settings::account::Account,
        Audit => crate::settings::audit::AuditLog,
    }
}

/// Fetches the part of the page that the server has rendered: its document names the file. Before anything is hydrated, which then waits for
/// nothing: were an effect to run between, the page would begin with something else than the server's view.
#[cfg(feature = "hydrate")]
pub async fn arrive() {
    let link = document().query_selector("link[rel=preload][href*='/split_']").ok().flatten();
    let href = link.and_then(|link| link.get_attribute("href")).unwrap_or_default();
    let Some(part) = href.rsplit_once("/split_").and_then(|(_, file)| file.strip_suffix(".wasm")) else { return };
    let location = window().location();
    let address = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    absent::until(async || fetch(part).await, &address).await;
}

/// Fetches the part that a link leads to as soon as somebody is about to follow it: the pointer or the focus is on it, or a finger.
pub(crate) fn fetch_ahead() {
    #[cfg(feature = "hydrate")]
    for intent in ["pointerover", "focusin", "touchstart"] {
        use leptos::{ev::Event, wasm_bindgen::JsCast, web_sys::Element};
        // Listens as long as the page lives.
        drop(window_event_listener_untyped(intent, |ev: Event| {
            let link = ev.target().and_then(|t| t.dyn_into::<Element>().ok()).and_then(|e| e.closest("a[href^='/']").ok().flatten());
            let href = link.and_then(|l| l.get_attribute("href")).unwrap_or_default();
            let part = part_of(&href);
            // Whether it has come is seen when it is wanted.
            leptos::task::spawn_local(async move {
                _ = fetch(part).await;
            });
        }));
    }
}

/// The part that an address of somebody signed in leads to; nothing for the first load's pages, and for those who are on their way to sign in.
#[cfg(any(feature = "hydrate", test))]
fn part_of(href: &str) -> &'static str {
    let mut steps = href.split(['?', '#']).next().unwrap_or_default().split('/').skip(1);
    match (steps.next().unwrap_or_default(), steps.next().unwrap_or_default()) {
        ("contacts", "import") => "imports",
        ("contacts", "segments") => "segments",
        ("contacts", "attributes" | "actions" | "duplicates" | "suppressions") => "upkeep",
        ("contacts", _) => "contacts",
        ("campaigns", _) => "campaigns",
        ("forms", _) => "forms",
        ("domains", _) => "domains",
        ("settings", _) => "settings",
        _ => "",
    }
}

/// A part that does not come: the server has another build by now, or is out of reach.
#[cfg(feature = "hydrate")]
mod absent {
    use std::future::pending;

    use leptos::prelude::*;
    use leptos_router::hooks::use_url;

    /// When a page was last loaded anew for want of a part, in milliseconds: in the tab's own storage, to end a circle.
    const MARK: &str = "nexsent.reloaded";
    const CIRCLE_MS: f64 = 20_000.0;

    /// The address that the router is on its way to.
    pub(super) fn wanted() -> String {
        use_url().with_untracked(|url| match url.search() {
            "" => url.path().to_owned(),
            search => format!("{}?{search}", url.path()),
        })
    }

    /// Fetches; tries again a little later; then asks the server for the whole page, which is what the link would do without us. Whoever has
    /// gone elsewhere meanwhile is not fetched back: the router has dropped this by then.
    pub(super) async fn until(fetch: impl AsyncFn() -> bool, address: &str) {
        if fetch().await {
            return;
        }
        gloo_timers::future::TimeoutFuture::new(500).await;
        if fetch().await {
            return;
        }
        if alive() || !again() {
            drop(window().location().assign(address));
        } else {
            // What the server has rendered stays, with links and forms that work without us.
            leptos::logging::error!("a part of this page cannot be loaded");
        }
        pending::<()>().await;
    }

    /// Whether the page is beyond its start: then its address is one that somebody wants to get to.
    fn alive() -> bool {
        document().document_element().is_some_and(|root| root.has_attribute("data-alive"))
    }

    /// Whether this page was loaded anew for the same reason a moment ago. Notes the time.
    fn again() -> bool {
        let Some(storage) = window().session_storage().ok().flatten() else { return true };
        let last = storage.get_item(MARK).ok().flatten().and_then(|t| t.parse::<f64>().ok());
        let now = js_sys::Date::now();
        drop(storage.set_item(MARK, &now.to_string()));
        last.is_some_and(|last| now - last < CIRCLE_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::part_of;

    #[test]
    fn a_link_says_its_part() {
        let of = ["/contacts?tag=a", "/contacts/import", "/contacts/segments/seg_1", "/contacts/duplicates#x", "/settings/team", "/dashboard", "/"]
            .map(part_of);
        assert_eq!(of, ["contacts", "imports", "segments", "upkeep", "settings", "", ""]);
    }
}
