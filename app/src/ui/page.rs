//! What pages are made of.

use std::pin::Pin;

use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use nexsent_model::{Cursor, FaultCode};
use nexsent_texts::t;

use super::{Icon, grouped};
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

/// A button that is an icon alone; the label is read out, and shown by the browser where the mouse rests.
#[component]
pub fn IconButton(
    icon: &'static str,
    #[prop(into)] label: String,
    on_press: Callback<()>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button type="button" class="quiet icon-button" aria-label=label.clone() title=label disabled=move || disabled.get() on:click=move |_| on_press.run(())><Icon name=icon /></button>
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

/// What is on its way, so that what is shown meanwhile has its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A few lines of text.
    Lines,
    /// A table of so many rows.
    Table(usize),
    /// Figures in a row, so many.
    Stats(usize),
    /// So many fields under each other.
    Form(usize),
    Chart,
}

/// Grey bars in the shape of what is fetched.
#[component]
pub fn Loading(#[prop(default = Shape::Lines)] shape: Shape) -> impl IntoView {
    let (class, bars) = match shape {
        Shape::Lines => ("loading", 3),
        Shape::Table(rows) => ("loading as-table", rows + 1),
        Shape::Stats(figures) => ("loading as-stats", figures),
        Shape::Form(fields) => ("loading as-form", fields),
        Shape::Chart => ("loading as-chart", 1),
    };
    view! { <div class=class role="status" aria-busy="true" aria-label=t!("loading")>{(0..bars).map(|_| view! { <i></i> }).collect_view()}</div> }
}

/// What went wrong with a page.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    if error.0.code == FaultCode::SignedOut {
        return Either::Left(view! { <leptos_router::components::Redirect path="/sign-in" /> });
    }
    Either::Right(view! {
        <div class="empty" role="alert">
            <h2>{t!("ui-not-shown")}</h2>
            <p>{error.0.message}</p>
        </div>
    })
}

/// Fetched data as a view, with what is shown meanwhile and when it fails.
pub fn load<T, V>(resource: Resource<Result<T, AppError>>, show: impl Fn(T) -> V + Send + Sync + Clone + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    load_as(Shape::Lines, resource, show)
}

/// The same, with the shape of what is on its way.
pub fn load_as<T, V>(shape: Shape, resource: Resource<Result<T, AppError>>, show: impl Fn(T) -> V + Send + Sync + Clone + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    shown(
        shape,
        Box::new(move || {
            let show = show.clone();
            Box::pin(async move {
                match resource.await {
                    Ok(data) => show(data).into_any(),
                    Err(error) => view! { <Problem error /> }.into_any(),
                }
            })
        }),
    )
}

/// A view that is on its way.
type Coming = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// Once for all data: what depends on its type is no larger than it must be.
fn shown(shape: Shape, fetch: Box<dyn Fn() -> Coming + Send + Sync>) -> AnyView {
    view! { <Transition fallback=move || view! { <Loading shape /> }>{move || Suspend::new(fetch())}</Transition> }.into_any()
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

/// Somebody by the first letters of their name, in a colour that stays theirs. The name stands beside it: this is not read out.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next());
    let letters: String = words.next().into_iter().chain(words.next_back()).collect::<String>().to_uppercase();
    let tone = name.bytes().fold(0u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b))) % 6;
    view! { <span class=format!("avatar s{tone}") aria-hidden="true">{letters}</span> }
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

/// Lines of code with a head that names them, to be read and copied.
#[component]
pub fn CodeBlock(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    let title = label.clone();
    view! {
        <div class="code-block">
            <div class="code-head"><span>{title}</span><CopyButton label=label.clone() text=text.clone() /></div>
            <pre tabindex="0" role="region" aria-label=label><code>{text}</code></pre>
        </div>
    }
}

/// A value to be copied with a click.
#[component]
pub fn CopyBlock(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="copy">
            <code>{text.clone()}</code>
            <CopyButton label text />
        </div>
    }
}

#[component]
fn CopyButton(label: String, text: String) -> impl IntoView {
    let (copied, set_copied) = signal(false);
    let value = StoredValue::new(text);
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
        <button type="button" class="quiet" aria-label=t!("ui-copy-what", what = label) on:click=copy>
            {move || if copied.get() { view! { <Icon name="check" /> } } else { view! { <Icon name="copy" /> } }}
            <span>{move || if copied.get() { t!("copied") } else { t!("copy") }}</span>
        </button>
    }
}

/// To the next page of a list.
#[component]
pub fn Pager(next: Option<Cursor>, after: RwSignal<Option<Cursor>>) -> impl IntoView {
    let first = move || after.with(Option::is_none);
    view! {
        <nav class="pager" aria-label=t!("ui-pages")>
            <button type="button" class="quiet" disabled=first on:click=move |_| after.set(None)>{t!("ui-first-page")}</button>
            <button type="button" class="quiet" disabled=next.is_none() on:click=move |_| after.set(next.clone())>{t!("ui-next-page")}</button>
        </nav>
    }
}
