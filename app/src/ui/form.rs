//! Fields: a label, a hint, the mistake beside the cause.

use leptos::prelude::*;

use crate::AppError;

/// The mistake of one field, out of whatever went wrong.
fn mistake(error: Signal<Option<AppError>>, name: &'static str) -> impl Fn() -> Option<String> + Copy + Send + 'static {
    move || error.with(|e| e.as_ref().and_then(|e| e.on(name)))
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
    #[prop(optional)] placeholder: &'static str,
    /// The id of a `datalist` that offers values.
    #[prop(optional)]
    list: Option<&'static str>,
    /// What is typed; without it the field belongs to a plain form.
    #[prop(optional, into)]
    value: Option<RwSignal<String>>,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = mistake(error, name);
    let hinted = !hint.is_empty();
    let describe = move || match (wrong().is_some(), hinted) {
        (true, _) => Some(format!("{name}-error")),
        (false, true) => Some(format!("{name}-hint")),
        _ => None,
    };
    view! {
        <div class="field" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                required=required
                placeholder=placeholder
                list=list
                aria-invalid=move || wrong().is_some().then_some("true")
                aria-describedby=describe
                prop:value=move || value.map(|v| v.get()).unwrap_or_default()
                on:input:target=move |ev| if let Some(v) = value { v.set(ev.target().value()) }
            />
            {hinted.then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {move || wrong().map(|m| view! { <p class="mistake" id=format!("{name}-error") role="alert">{m}</p> })}
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
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = mistake(error, name);
    view! {
        <div class="field" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <textarea id=name name=name rows=rows class:code=code spellcheck=if code { "false" } else { "true" } prop:value=move || value.get() on:input:target=move |ev| value.set(ev.target().value())>
                {value.get_untracked()}
            </textarea>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {move || wrong().map(|m| view! { <p class="mistake" role="alert">{m}</p> })}
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
    let wrong = mistake(error, name);
    view! {
        <div class="field" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <select id=name name=name on:change:target=move |ev| value.set(ev.target().value())>
                {move || {
                    let chosen = value.get();
                    options.get().into_iter().map(|(v, text)| {
                        let selected = v == chosen;
                        view! { <option value=v selected=selected>{text}</option> }
                    }).collect_view()
                }}
            </select>
            {move || wrong().map(|m| view! { <p class="mistake" role="alert">{m}</p> })}
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

/// Asks for the password before something that matters. Stays open while it is refused.
#[component]
pub fn Proof(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] action: String,
    #[prop(into)] error: Signal<Option<AppError>>,
    /// Gets the password.
    on_yes: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let password = RwSignal::new(String::new());
    Effect::new(move |_| {
        let wanted = open.get();
        if !wanted {
            password.set(String::new());
        }
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
            // Only while it is open: two of these on a page must not have fields of one id.
            {move || open.get().then(|| view! {
                <form id="proof" on:submit=move |ev| { ev.prevent_default(); on_yes.run(password.get_untracked()); }>
                    <Field name="password" label="Your password" kind="password" autocomplete="current-password" value=password error />
                    <Message error fields=&["password"] />
                </form>
            })}
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| open.set(false)>"Keep"</button>
                <button type="submit" form="proof" class="danger">{action}</button>
            </div>
        </dialog>
    }
}
