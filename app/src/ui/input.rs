//! Fields beyond a line of text: a switch, one of many by typing, several words, a day, a moment.

use leptos::{ev::KeyboardEvent, prelude::*};
use nexsent_texts::t;

use super::{Icon, time};
use crate::AppError;

/// On or off, at once.
#[component]
pub fn Switch(
    #[prop(into)] label: String,
    value: RwSignal<bool>,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    view! {
        <label class="check switch">
            <input type="checkbox" role="switch" disabled=disabled prop:checked=move || value.get() on:change:target=move |ev| value.set(ev.target().checked()) />
            <span>{label}{(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</span>
        </label>
    }
}

fn option_id(name: &str, index: usize) -> String {
    format!("{name}-option-{index}")
}

/// The most options that are shown at once: who has more types another letter.
const SHOWN: usize = 50;

/// One of many: typed in part, chosen with the arrows or the mouse.
#[component]
pub fn Combobox(
    name: &'static str,
    #[prop(into)] label: String,
    /// The chosen value; empty when there is none.
    value: RwSignal<String>,
    /// Value and text.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let text_of = move |v: &str| options.with(|o| o.iter().find(|(k, _)| k == v).map(|(_, t)| t.clone()).unwrap_or_default());
    // What is typed; nothing while the chosen one is shown.
    let typed = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);
    let at = RwSignal::new(0usize);
    let fitting = Memo::new(move |_| {
        let wanted = typed.get().unwrap_or_default().trim().to_lowercase();
        options.with(|o| o.iter().filter(|(_, t)| wanted.is_empty() || t.to_lowercase().contains(&wanted)).take(SHOWN).cloned().collect::<Vec<_>>())
    });
    let active = move || at.get().min(fitting.with(Vec::len).saturating_sub(1));
    let close = move || {
        open.set(false);
        typed.set(None);
    };
    let choose = move |index: usize| {
        if let Some((v, _)) = fitting.with_untracked(|f| f.get(index).cloned()) {
            value.set(v);
        }
        close();
    };
    let show = move || {
        if !open.get_untracked() {
            let chosen = value.get_untracked();
            at.set(fitting.with_untracked(|f| f.iter().position(|(v, _)| *v == chosen).unwrap_or(0)));
            open.set(true);
        }
    };
    let reveal = move || {
        request_animation_frame(move || {
            if let Some(line) = document().get_element_by_id(&option_id(name, at.get_untracked())) {
                line.scroll_into_view_with_bool(false);
            }
        });
    };
    let key = move |ev: KeyboardEvent| {
        if ev.is_composing() || ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
            return;
        }
        let last = fitting.with_untracked(Vec::len).saturating_sub(1);
        match ev.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open.get_untracked() => show(),
            "ArrowDown" => at.set(if active() >= last { 0 } else { active() + 1 }),
            "ArrowUp" => at.set(if active() == 0 { last } else { active() - 1 }),
            "Enter" if open.get_untracked() => choose(active()),
            "Escape" if open.get_untracked() => {
                // The dialog around it stays.
                ev.stop_propagation();
                close();
            }
            _ => return,
        }
        ev.prevent_default();
        reveal();
    };
    let wrong = move || error.with(|e| e.as_ref().and_then(|e| e.on(name)));
    let list = format!("{name}-list");
    let (controls, label_of_list) = (list.clone(), label.clone());
    view! {
        <div class="field combobox" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <div class="combobox-box">
                <input
                    id=name
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=controls
                    aria-expanded=move || open.get().to_string()
                    aria-activedescendant=move || (open.get() && fitting.with(|f| !f.is_empty())).then(|| option_id(name, active()))
                    aria-invalid=move || wrong().is_some().then_some("true")
                    aria-describedby=move || wrong().is_some().then(|| format!("{name}-error"))
                    prop:value=move || typed.get().unwrap_or_else(|| value.with(|v| text_of(v)))
                    on:input:target=move |ev| {
                        typed.set(Some(ev.target().value()));
                        at.set(0);
                        open.set(true);
                    }
                    on:click=move |_| show()
                    on:keydown=key
                    on:blur=move |_| close()
                />
                <Icon name="down" />
                <input type="hidden" name=name prop:value=move || value.get() />
                <div class="combobox-list" id=list role="listbox" aria-label=label_of_list hidden=move || !open.get()>
                    {move || if open.get() {
                        fitting.get().into_iter().enumerate().map(|(index, (v, text))| {
                            let selected = move || value.with(|now| *now == v);
                            view! {
                                <div
                                    id=option_id(name, index)
                                    role="option"
                                    class="option"
                                    class:active=move || active() == index
                                    aria-selected=move || selected().to_string()
                                    // Pressed, it leaves the focus in the field.
                                    on:mousedown=move |ev| { ev.prevent_default(); choose(index); }
                                    on:mousemove=move |_| if at.get_untracked() != index { at.set(index) }
                                >
                                    {text}
                                </div>
                            }
                        }).collect_view().into_any()
                    } else {
                        ().into_any()
                    }}
                    {move || (open.get() && fitting.with(Vec::is_empty)).then(|| view! { <p class="option muted">{t!("ui-nothing-fits")}</p> })}
                </div>
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {move || wrong().map(|m| view! { <p class="mistake" id=format!("{name}-error") role="alert">{m}</p> })}
        </div>
    }
}

/// Several words: Enter or a comma adds one, Backspace takes the last one back.
#[component]
pub fn TagInput(
    name: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<Vec<String>>,
    /// Offered as one types.
    #[prop(optional, into)]
    offers: Signal<Vec<String>>,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional, into)] hint: String,
    /// Checked before a word is added.
    #[prop(optional)]
    check: Option<super::form::Checker>,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let own = RwSignal::new(None::<String>);
    let add = move || {
        let text = typed.get_untracked();
        let word = text.trim().trim_end_matches(',').trim().to_owned();
        if word.is_empty() {
            return;
        }
        if let Some(mistake) = check.and_then(|check| check(&word)) {
            own.set(Some(mistake));
            return;
        }
        value.update(|v| {
            if !v.contains(&word) {
                v.push(word);
            }
        });
        typed.set(String::new());
        own.set(None);
    };
    let key = move |ev: KeyboardEvent| {
        let (typing, plain) = (typed.with_untracked(|t| !t.trim().is_empty()), !ev.is_composing() && !ev.ctrl_key() && !ev.meta_key());
        match ev.key().as_str() {
            // An empty field leaves Enter to the form.
            "Enter" if plain && typing => add(),
            "," if plain => add(),
            "Backspace" if typed.with_untracked(String::is_empty) => {
                value.update(|v| drop(v.pop()));
                return;
            }
            _ => return,
        }
        ev.prevent_default();
    };
    let wrong = move || own.get().or_else(|| error.with(|e| e.as_ref().and_then(|e| e.on(name))));
    let list = format!("{name}-offers");
    let offered = list.clone();
    view! {
        <div class="field" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <div class="tags">
                <ul class="plain" aria-label=t!("ui-chosen")>
                    <For each=move || value.get() key=String::clone let:word>
                        {
                            let gone = word.clone();
                            view! {
                                <li class="tag">
                                    <span>{word.clone()}</span>
                                    <button type="button" aria-label=t!("ui-remove-what", what = &word) on:click=move |_| value.update(|v| v.retain(|w| *w != gone))><Icon name="cross" /></button>
                                </li>
                            }
                        }
                    </For>
                </ul>
                <input
                    id=name
                    type="text"
                    list=offered
                    autocomplete="off"
                    placeholder=placeholder
                    aria-invalid=move || wrong().is_some().then_some("true")
                    aria-describedby=move || wrong().is_some().then(|| format!("{name}-error"))
                    prop:value=move || typed.get()
                    on:input:target=move |ev| {
                        own.set(None);
                        typed.set(ev.target().value());
                    }
                    on:keydown=key
                    on:blur=move |_| add()
                />
            </div>
            <datalist id=list>{move || offers.get().into_iter().filter(|o| value.with(|v| !v.contains(o))).map(|o| view! { <option value=o></option> }).collect_view()}</datalist>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {move || wrong().map(|m| view! { <p class="mistake" id=format!("{name}-error") role="alert">{m}</p> })}
        </div>
    }
}

/// A day, or a day and a time, in the viewer's zone, which it names. [`time::moment`] reads it.
#[component]
pub fn When(
    name: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// The day alone.
    #[prop(optional)]
    day: bool,
    #[prop(optional, into)] error: Signal<Option<AppError>>,
) -> impl IntoView {
    let wrong = move || error.with(|e| e.as_ref().and_then(|e| e.on(name)));
    let zone = RwSignal::new(t!("ui-your-zone"));
    Effect::new(move |_| {
        if let Some(own) = time::zone() {
            zone.set(t!("ui-your-zone-named", zone = own));
        }
    });
    view! {
        <div class="field when" class:wrong=move || wrong().is_some()>
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=if day { "date" } else { "datetime-local" }
                aria-invalid=move || wrong().is_some().then_some("true")
                aria-describedby=move || if wrong().is_some() { format!("{name}-error") } else { format!("{name}-hint") }
                prop:value=move || value.get()
                on:input:target=move |ev| value.set(ev.target().value())
            />
            {(!day).then(|| view! { <p class="hint" id=format!("{name}-hint")>{zone}</p> })}
            {move || wrong().map(|m| view! { <p class="mistake" id=format!("{name}-error") role="alert">{m}</p> })}
        </div>
    }
}
