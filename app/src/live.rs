//! Everything live, over one WebSocket a tab: typed events, resumed where they broke off.

use leptos::prelude::*;
#[cfg(not(any(feature = "hydrate", feature = "csr")))]
use nexsent_model::live::LiveEvent;

#[cfg(any(feature = "hydrate", feature = "csr"))]
pub use browser::Live;

/// On the server nobody waits for what comes later.
#[cfg(not(any(feature = "hydrate", feature = "csr")))]
#[derive(Clone, Copy)]
pub struct Live;

#[cfg(not(any(feature = "hydrate", feature = "csr")))]
impl Live {
    /// Runs `on_event` for each event, and `on_reset` when some were missed: until the caller is gone.
    pub fn listen(self, _on_event: impl Fn(&LiveEvent) + 'static, _on_reset: impl Fn() + 'static) {}

    fn start(_from: Option<(String, u64)>) -> Self {
        Self
    }
}

/// Opens the tab's socket once, in the browser.
pub fn provide() -> Live {
    if let Some(live) = use_context::<Live>() {
        return live;
    }
    // Where the page was rendered: what happened since is told, too. Taken before any page asks for its data.
    let rendered_at = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::server_ctx::event_position();
        #[cfg(not(feature = "ssr"))]
        None::<(String, u64)>
    });
    let live = Live::start(rendered_at.into_inner());
    provide_context(live);
    live
}

#[cfg(any(feature = "hydrate", feature = "csr"))]
mod browser {
    use std::rc::Rc;

    use leptos::prelude::*;
    use nexsent_model::live::LiveEvent;

    /// What is to be done about events.
    struct Listener {
        id: u64,
        on_event: Rc<dyn Fn(&LiveEvent)>,
        on_reset: Rc<dyn Fn()>,
    }

    #[derive(Default)]
    struct Listeners {
        last: u64,
        all: Vec<Listener>,
    }

    /// Who listens in this tab.
    #[derive(Clone, Copy)]
    pub struct Live(StoredValue<Listeners, LocalStorage>);

    impl Live {
        pub(super) fn start(from: Option<(String, u64)>) -> Self {
            let live = Self(StoredValue::new_local(Listeners::default()));
            let stop = StoredValue::new(false);
            on_cleanup(move || stop.set_value(true));
            Effect::new(move |_| leptos::task::spawn_local(super::socket::run(live, from.clone(), stop)));
            live
        }

        /// Runs `on_event` for each event, and `on_reset` when some were missed: until the caller is gone.
        pub fn listen(self, on_event: impl Fn(&LiveEvent) + 'static, on_reset: impl Fn() + 'static) {
            let id = self.0.try_update_value(|l| {
                l.last += 1;
                l.all.push(Listener { id: l.last, on_event: Rc::new(on_event), on_reset: Rc::new(on_reset) });
                l.last
            });
            on_cleanup(move || {
                self.0.try_update_value(|l| l.all.retain(|x| Some(x.id) != id));
            });
        }

        /// Each event by itself: of a signal, the first of two at once would be lost.
        pub(super) fn tell(self, event: Option<&LiveEvent>) {
            let all: Vec<_> = self.0.try_with_value(|l| l.all.iter().map(|x| (x.on_event.clone(), x.on_reset.clone())).collect()).unwrap_or_default();
            untrack(|| {
                for (on_event, on_reset) in all {
                    match event {
                        Some(event) => on_event(event),
                        None => on_reset(),
                    }
                }
            });
        }
    }
}

#[cfg(any(feature = "hydrate", feature = "csr"))]
mod socket {
    use futures::StreamExt;
    use gloo_net::websocket::{Message, futures::WebSocket};
    use leptos::prelude::*;
    use nexsent_model::live::ServerFrame;

    use super::Live;

    /// Connects, and again with widening pauses, until the page is left.
    pub async fn run(live: Live, mut resume: Option<(String, u64)>, stop: StoredValue<bool>) {
        let mut pause = 500;
        while stop.try_get_value() == Some(false) {
            let location = window().location();
            let scheme = if location.protocol().is_ok_and(|p| p == "https:") { "wss" } else { "ws" };
            let query = resume.as_ref().map(|(epoch, seq)| format!("?epoch={epoch}&seq={seq}")).unwrap_or_default();
            let url = format!("{scheme}://{}/live{query}", location.host().unwrap_or_default());
            if let Ok(mut socket) = WebSocket::open(&url) {
                while let Some(Ok(Message::Text(text))) = socket.next().await {
                    if stop.try_get_value() != Some(false) {
                        return;
                    }
                    pause = 500;
                    match serde_json::from_str(&text) {
                        Ok(ServerFrame::Hello { epoch, seq, reset }) => {
                            // Without a place to go on from, something may have happened between the page's data and this.
                            if reset || resume.is_none() {
                                live.tell(None);
                            }
                            resume = Some((epoch, seq));
                        }
                        Ok(ServerFrame::Event { seq, event }) => {
                            if let Some((_, at)) = &mut resume {
                                *at = seq;
                            }
                            live.tell(Some(&event));
                        }
                        // Removed, in another role, or signed out elsewhere: the page as it is now for this person.
                        Ok(ServerFrame::Bye) => {
                            drop(window().location().reload());
                            return;
                        }
                        Err(_) => {}
                    }
                }
            }
            gloo_timers::future::TimeoutFuture::new(pause).await;
            pause = (pause * 2).min(15_000);
        }
    }
}
