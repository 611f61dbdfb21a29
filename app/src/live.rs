//! Everything live, over one WebSocket a tab: typed events, resumed where they broke off.

use leptos::prelude::*;
use nexsent_model::live::LiveEvent;

/// What pages listen to.
#[derive(Clone, Copy)]
pub struct Live {
    /// The last event.
    pub last: ReadSignal<Option<LiveEvent>>,
    /// Grows when events were missed: fetch afresh.
    pub resets: ReadSignal<u32>,
}

impl Live {
    /// Runs `on_event` for each event, and `on_reset` when some were missed.
    pub fn listen(self, on_event: impl Fn(&LiveEvent) + 'static, on_reset: impl Fn() + 'static) {
        Effect::new(move |_| {
            self.last.with(|e| {
                if let Some(e) = e {
                    on_event(e)
                }
            })
        });
        Effect::new(move |before: Option<u32>| {
            let now = self.resets.get();
            if before.is_some_and(|b| b != now) {
                on_reset();
            }
            now
        });
    }
}

/// Opens the tab's socket once, in the browser.
pub fn provide() -> Live {
    if let Some(live) = use_context::<Live>() {
        return live;
    }
    let (last, set_last) = signal(None);
    let (resets, set_resets) = signal(0u32);
    let live = Live { last, resets };
    provide_context(live);
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    {
        let stop = StoredValue::new(false);
        on_cleanup(move || stop.set_value(true));
        Effect::new(move |_| leptos::task::spawn_local(socket::run(set_last, set_resets, stop)));
    }
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    let _ = (set_last, set_resets);
    live
}

#[cfg(any(feature = "hydrate", feature = "csr"))]
mod socket {
    use futures::StreamExt;
    use gloo_net::websocket::{Message, futures::WebSocket};
    use leptos::prelude::*;
    use nexsent_model::live::{LiveEvent, ServerFrame};

    /// Connects, and again with widening pauses, until the page is left.
    pub async fn run(last: WriteSignal<Option<LiveEvent>>, resets: WriteSignal<u32>, stop: StoredValue<bool>) {
        let mut resume: Option<(String, u64)> = None;
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
                            if reset {
                                resets.update(|n| *n += 1);
                            }
                            resume = Some((epoch, seq));
                        }
                        Ok(ServerFrame::Event { seq, event }) => {
                            if let Some((_, at)) = &mut resume {
                                *at = seq;
                            }
                            last.set(Some(event));
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
