//! What is typed and not saved is not lost by a click elsewhere, the Back button or a closed tab: the page asks first.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use nexsent_texts::t;

use super::Confirm;

/// What is watched on this page, and what goes on once leaving is allowed.
#[derive(Clone, Copy)]
struct Guard {
    watched: StoredValue<Vec<(u32, Signal<bool>)>>,
    asking: RwSignal<bool>,
    then: StoredValue<Option<Callback<()>>>,
    /// Leaving was allowed: until the next form is watched, nothing asks again.
    allowed: StoredValue<bool>,
}

impl Guard {
    fn unsaved(self) -> bool {
        !self.allowed.try_get_value().unwrap_or(true)
            && self.watched.try_with_value(|w| w.iter().any(|(_, s)| s.try_get_untracked().unwrap_or(false))).unwrap_or(false)
    }

    fn ask(self, then: Callback<()>) {
        self.then.set_value(Some(then));
        self.asking.set(true);
    }
}

/// Goes on with `then` at once, or after the question.
pub fn leave(then: Callback<()>) {
    match use_context::<Guard>() {
        Some(guard) if guard.unsaved() => guard.ask(then),
        _ => then.run(()),
    }
}

/// What a form holds, and what of it is saved.
pub struct Unsaved<T: Send + Sync + 'static> {
    now: Memo<T>,
    saved: RwSignal<T>,
}

// Not derived: what a form holds need not be `Copy` for this to be.
impl<T: Send + Sync> Clone for Unsaved<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for Unsaved<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Unsaved<T> {
    /// What the form holds now is saved.
    pub fn saved(self) {
        self.saved.set(self.now.get_untracked());
    }

    /// Whether something would be lost.
    #[must_use]
    pub fn any(self) -> bool {
        self.now.with(|n| self.saved.with(|s| n != s))
    }
}

/// Watches what a form holds: leaving asks first while that differs from what is saved.
pub fn unsaved<T>(holds: impl Fn() -> T + Send + Sync + 'static) -> Unsaved<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let now = Memo::new(move |_| holds());
    let unsaved = Unsaved { now, saved: RwSignal::new(now.get_untracked()) };
    if let Some(guard) = use_context::<Guard>() {
        let id = guard.watched.with_value(|w| w.last().map_or(1, |(id, _)| id + 1));
        guard.allowed.set_value(false);
        guard.watched.update_value(|w| w.push((id, Signal::derive(move || unsaved.any()))));
        on_cleanup(move || {
            guard.watched.try_update_value(|w| w.retain(|(i, _)| *i != id));
        });
    }
    unsaved
}

/// Makes the page's guard. Call it once, inside the router, beside [`Leaving`].
pub fn provide() {
    let guard =
        Guard { watched: StoredValue::new(Vec::new()), asking: RwSignal::new(false), then: StoredValue::new(None), allowed: StoredValue::new(false) };
    provide_context(guard);
}

/// The question, and the ears for what would leave.
#[component]
pub fn Leaving() -> impl IntoView {
    let Some(guard) = use_context::<Guard>() else { return ().into_any() };
    let navigate = leptos_router::hooks::use_navigate();
    let go = Callback::new(move |href: String| navigate(&href, leptos_router::NavigateOptions::default()));
    Effect::new(move |_| {
        let closing = window_event_listener(ev::beforeunload, move |ev| {
            if guard.unsaved() {
                ev.prevent_default();
            }
        });
        on_cleanup(move || closing.remove());
        listen(guard, go);
    });
    let yes = Callback::new(move |()| {
        guard.allowed.set_value(true);
        if let Some(then) = guard.then.get_value() {
            then.run(());
        }
    });
    view! {
        <Confirm open=guard.asking title=t!("ui-leave-title") text=t!("ui-leave-text") action=t!("ui-leave") on_yes=yes />
    }
    .into_any()
}

/// The place of a link of our own that this click follows; nothing for others, which `beforeunload` hears.
fn followed(ev: &ev::MouseEvent) -> Option<String> {
    if ev.button() != 0 || ev.ctrl_key() || ev.meta_key() || ev.shift_key() || ev.alt_key() {
        return None;
    }
    let link = ev.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let own = href.starts_with('/') && !link.has_attribute("download") && !link.has_attribute("target") && !link.has_attribute("rel");
    own.then_some(href)
}

/// Hears clicks before the router does, and the Back button where the browser lets it be asked.
#[cfg(any(feature = "hydrate", feature = "csr"))]
fn listen(guard: Guard, go: Callback<String>) {
    use leptos::wasm_bindgen::{JsValue, closure::Closure};
    let clicked = Closure::<dyn Fn(ev::MouseEvent)>::new(move |ev: ev::MouseEvent| {
        if !guard.unsaved() {
            return;
        }
        if let Some(href) = followed(&ev) {
            ev.prevent_default();
            ev.stop_propagation();
            guard.ask(Callback::new(move |()| go.run(href.clone())));
        }
    });
    drop(document().add_event_listener_with_callback_and_bool("click", clicked.as_ref().unchecked_ref(), true));
    // The app listens as long as the page lives.
    clicked.forget();
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let navigation = of(&window(), "navigation");
    let Ok(target) = navigation.clone().dyn_into::<leptos::web_sys::EventTarget>() else { return };
    let back = Closure::<dyn Fn(ev::Event)>::new(move |ev: ev::Event| {
        let traverses = of(&ev, "navigationType").as_string().is_some_and(|t| t == "traverse");
        if !traverses || !ev.cancelable() || !guard.unsaved() {
            return;
        }
        ev.prevent_default();
        let key = of(&of(&ev, "destination"), "key").as_string().unwrap_or_default();
        guard.ask(Callback::new(move |()| {
            let navigation = of(&window(), "navigation");
            if let Ok(traverse) = of(&navigation, "traverseTo").dyn_into::<js_sys::Function>() {
                drop(traverse.call1(&navigation, &key.clone().into()));
            }
        }));
    });
    drop(target.add_event_listener_with_callback("navigate", back.as_ref().unchecked_ref()));
    back.forget();
}

#[cfg(not(any(feature = "hydrate", feature = "csr")))]
fn listen(guard: Guard, go: Callback<String>) {
    let _ = (guard, go, followed as fn(&ev::MouseEvent) -> Option<String>);
}
