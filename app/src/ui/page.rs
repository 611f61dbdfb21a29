//! What pages are made of.

use chrono::{DateTime, Utc};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use nexsent_model::{Cursor, FaultCode};

use super::{Icon, grouped, utc};
use crate::AppError;

/// The top of a page: its title, and what can be done here.
#[component]
pub fn PageHead(#[prop(into)] title: String, #[prop(optional, into)] note: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            </div>
            <div class="actions">{children.map(|c| c())}</div>
        </header>
    }
}

/// A box with a heading.
#[component]
pub fn Card(#[prop(optional, into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="card">
            {(!title.is_empty()).then(|| view! { <h2>{title}</h2> })}
            {children()}
        </section>
    }
}

/// Nothing here yet, and what to do about it.
#[component]
pub fn Empty(#[prop(into)] title: String, #[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|c| c())}
        </div>
    }
}

/// Grey bars while something is fetched.
#[component]
pub fn Loading() -> impl IntoView {
    view! { <div class="loading" role="status" aria-busy="true" aria-label="Loading"><i></i><i></i><i></i></div> }
}

/// What went wrong with a page.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    if error.0.code == FaultCode::SignedOut {
        return Either::Left(view! { <leptos_router::components::Redirect path="/sign-in" /> });
    }
    Either::Right(view! {
        <div class="empty" role="alert">
            <h2>"This cannot be shown"</h2>
            <p>{error.0.message}</p>
        </div>
    })
}

/// Fetched data as a view, with what is shown meanwhile and when it fails.
pub fn load<T, V>(resource: Resource<Result<T, AppError>>, show: impl Fn(T) -> V + Send + Sync + Clone + 'static) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <Loading /> }>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(data) => Either::Left(show(data)),
                        Err(error) => Either::Right(view! { <Problem error /> }),
                    }
                })
            }}
        </Transition>
    }
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Busy,
    Warn,
    Bad,
}

/// A state in one word, told by more than its colour.
#[component]
pub fn Badge(tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "badge",
        Tone::Good => "badge good",
        Tone::Busy => "badge busy",
        Tone::Warn => "badge warn",
        Tone::Bad => "badge bad",
    };
    view! { <span class=class>{text}</span> }
}

/// A figure with its name.
#[component]
pub fn Stat(#[prop(into)] label: String, #[prop(into)] value: Signal<u64>, #[prop(optional, into)] note: Signal<String>) -> impl IntoView {
    view! {
        <div class="stat">
            <span>{label}</span>
            <strong>{move || grouped(value.get())}</strong>
            <small>{move || note.get()}</small>
        </div>
    }
}

/// How far something is.
#[component]
pub fn Progress(#[prop(into)] label: String, #[prop(into)] done: Signal<u64>, #[prop(into)] of: Signal<u64>) -> impl IntoView {
    view! { <progress aria-label=label max=move || of.get().max(1).to_string() value=move || done.get().min(of.get().max(1)).to_string()></progress> }
}

/// A time: in UTC from the server, in the viewer's zone from the browser; the exact one in a tooltip.
#[component]
pub fn Time(at: DateTime<Utc>) -> impl IntoView {
    let (text, set_text) = signal(utc(at));
    let iso = at.to_rfc3339();
    let title = iso.clone();
    Effect::new(move |_| {
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        {
            let date = js_sys::Date::new(&(at.timestamp_millis() as f64).into());
            set_text.set(String::from(date.to_locale_string("en-GB", &js_sys::Object::new().into())));
        }
        #[cfg(not(any(feature = "hydrate", feature = "csr")))]
        let _ = set_text;
    });
    view! { <time datetime=iso title=title>{text}</time> }
}

/// A value to be copied with a click.
#[component]
pub fn CopyBlock(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    let (copied, set_copied) = signal(false);
    let value = StoredValue::new(text.clone());
    let copy = move |_| {
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        {
            let promise = window().navigator().clipboard().write_text(&value.get_value());
            leptos::task::spawn_local(async move {
                if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
                    set_copied.set(true);
                    set_timeout(move || set_copied.set(false), std::time::Duration::from_secs(2));
                }
            });
        }
        #[cfg(not(any(feature = "hydrate", feature = "csr")))]
        let _ = (set_copied, value);
    };
    view! {
        <div class="copy">
            <code>{text}</code>
            <button type="button" class="quiet" aria-label=format!("Copy {label}") on:click=copy>
                {move || if copied.get() { view! { <Icon name="check" /> } } else { view! { <Icon name="copy" /> } }}
                <span>{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
        </div>
    }
}

/// To the next page of a list.
#[component]
pub fn Pager(next: Option<Cursor>, after: RwSignal<Option<Cursor>>) -> impl IntoView {
    let first = move || after.with(Option::is_none);
    view! {
        <nav class="pager" aria-label="Pages">
            <button type="button" class="quiet" disabled=first on:click=move |_| after.set(None)>"First page"</button>
            <button type="button" class="quiet" disabled=next.is_none() on:click=move |_| after.set(next.clone())>"Next page"</button>
        </nav>
    }
}

/// Asks before something that cannot be taken back. Opens while `open` is true; Esc closes it, focus stays inside.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] action: String,
    #[prop(optional)] harmless: bool,
    on_yes: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = node.get() {
            if wanted && !dialog.open() {
                drop(dialog.show_modal());
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    let heading = title.clone();
    view! {
        <dialog node_ref=node aria-label=title on:close=move |_| open.set(false)>
            <h2>{heading}</h2>
            <p>{text}</p>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| open.set(false)>"Keep"</button>
                <button
                    type="button"
                    class=if harmless { "primary" } else { "danger" }
                    on:click=move |_| {
                        open.set(false);
                        on_yes.run(());
                    }
                >
                    {action}
                </button>
            </div>
        </dialog>
    }
}
