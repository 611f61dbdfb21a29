//! Fields: a label, a hint, the mistake beside the cause.

use leptos::prelude::*;
use nexsent_model::validate;
use nexsent_texts::t;

use crate::AppError;

/// What a field is checked with when it is left: a sentence that says what is wrong.
pub type Checker = fn(&str) -> Option<String>;

/// Checks an address as the server will.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    validate::email(text).err().map(|what| t!("ui-address-wrong", what = what))
}

/// What is wrong with a field: found when it was left, or said by the server.
#[derive(Clone, Copy)]
struct Wrong {
    name: &'static str,
    own: RwSignal<Option<String>>,
    server: Signal<Option<AppError>>,
    check: Option<Checker>,
}

impl Wrong {
    fn new(name: &'static str, server: Signal<Option<AppError>>, check: Option<Checker>) -> Self {
        Self { name, own: RwSignal::new(None), server, check }
    }

    fn says(self) -> Option<String> {
        self.own.get().or_else(|| self.server.with(|e| e.as_ref().and_then(|e| e.on(self.name))))
    }

    fn any(self) -> bool {
        self.says().is_some()
    }

    /// The field was left. What is empty is not nagged about: it may be on its way.
    fn left(self, text: &str) {
        self.own.set(self.check.filter(|_| !text.trim().is_empty()).and_then(|check| check(text)));
    }

    /// Somebody types: what was found is being mended.
    fn typed(self) {
        if self.own.with_untracked(Option::is_some) {
            self.own.set(None);
        }
    }

    fn described(self, hinted: bool) -> Option<String> {
        let name = self.name;
        match (self.any(), hinted) {
            (true, _) => Some(format!("{name}-error")),
            (false, true) => Some(format!("{name}-hint")),
            _ => None,
        }
    }
}

/// What stands under a field: how much of it is used, a hint, the mistake.
#[component]
fn Under(wrong: Wrong, hint: String, max: Option<usize>, used: Signal<usize>) -> impl IntoView {
    let name = wrong.name;
    view! {
        {(!hint.is_empty() || max.is_some()).then(|| view! {
            <p class="hint" id=format!("{name}-hint")>
                {hint}
                {max.map(|max| view! { <span class="counter" class:over=move || { used.get() > max }>{move || t!("ui-used-of", used = used.get(), max = max)}</span> })}
            </p>
        })}
        {move || wrong.says().map(|m| view! { <p class="mistake" id=format!("{name}-error") role="alert">{m}</p> })}
    }
}

/// A line of text.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] placeholder: String,
    /// The id of a `datalist` that offers values.
    #[prop(optional)]
    list: Option<&'static str>,
    /// The most characters there should be; they are counted as one types.
    #[prop(optional)]
    max: Option<usize>,
    /// Checked when the field is left; addresses are by themselves.
    #[prop(optional)]
    check: Option<Checker>,
    /// What is typed; without it the field belongs to a plain form.
    #[prop(optional, into)]
    value: Option<RwSignal<String>>,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = Wrong::new(name, error, check.or((kind == "email").then_some(email as Checker)));
    let hinted = !hint.is_empty() || max.is_some();
    let typed = RwSignal::new(0usize);
    let used = Signal::derive(move || value.map_or_else(|| typed.get(), |v| v.with(|v| v.chars().count())));
    view! {
        <div class="field" class:wrong=move || wrong.any()>
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                required=required
                placeholder=placeholder
                list=list
                aria-invalid=move || wrong.any().then_some("true")
                aria-describedby=move || wrong.described(hinted)
                prop:value=move || value.map(|v| v.get()).unwrap_or_default()
                on:input:target=move |ev| {
                    wrong.typed();
                    match value {
                        Some(v) => v.set(ev.target().value()),
                        None => typed.set(ev.target().value().chars().count()),
                    }
                }
                on:blur:target=move |ev| wrong.left(&ev.target().value())
            />
            <Under wrong hint max used />
        </div>
    }
}

/// Many lines of text.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] code: bool,
    #[prop(optional, into)] hint: String,
    /// The most characters there should be; they are counted as one types.
    #[prop(optional)]
    max: Option<usize>,
    #[prop(optional)] check: Option<Checker>,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = Wrong::new(name, error, check);
    let hinted = !hint.is_empty() || max.is_some();
    let used = Signal::derive(move || value.with(|v| v.chars().count()));
    view! {
        <div class="field" class:wrong=move || wrong.any()>
            <label for=name>{label}</label>
            <textarea
                id=name
                name=name
                rows=rows
                class:code=code
                spellcheck=if code { "false" } else { "true" }
                aria-invalid=move || wrong.any().then_some("true")
                aria-describedby=move || wrong.described(hinted)
                prop:value=move || value.get()
                on:input:target=move |ev| {
                    wrong.typed();
                    value.set(ev.target().value());
                }
                on:blur:target=move |ev| wrong.left(&ev.target().value())
            >
                {value.get_untracked()}
            </textarea>
            <Under wrong hint max used />
        </div>
    }
}

/// One of several.
#[component]
pub fn Choice(
    name: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// Value and text.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = Wrong::new(name, error, None);
    view! {
        <div class="field" class:wrong=move || wrong.any()>
            <label for=name>{label}</label>
            <select id=name name=name aria-invalid=move || wrong.any().then_some("true") aria-describedby=move || wrong.described(false) on:change:target=move |ev| value.set(ev.target().value())>
                {move || {
                    let chosen = value.get();
                    options.get().into_iter().map(|(v, text)| {
                        let selected = v == chosen;
                        view! { <option value=v selected=selected>{text}</option> }
                    }).collect_view()
                }}
            </select>
            <Under wrong hint=String::new() max=None used=Signal::stored(0) />
        </div>
    }
}

/// Yes or no.
#[component]
pub fn Check(#[prop(into)] label: String, value: RwSignal<bool>, #[prop(optional, into)] hint: String) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || value.get() on:change:target=move |ev| value.set(ev.target().checked()) />
            <span>{label}{(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</span>
        </label>
    }
}

/// What went wrong with a whole form: mistakes of fields that the form has are shown there instead.
#[component]
pub fn Message(#[prop(into)] error: Signal<Option<AppError>>, #[prop(optional)] fields: &'static [&'static str]) -> impl IntoView {
    let text = move || error.with(|e| e.as_ref().filter(|e| !e.0.field.as_deref().is_some_and(|f| fields.contains(&f))).map(|e| e.0.message.clone()));
    move || text().map(|t| view! { <p class="banner bad" role="alert">{t}</p> })
}

/// What refused an action.
pub fn refusal_of<I, T>(action: Action<I, Result<T, AppError>>) -> Signal<Option<AppError>>
where
    I: Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get().and_then(Result::err))
}

/// What refused a server function that a form calls.
pub fn refusal_of_server<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: server_fn::ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get().and_then(Result::err))
}
