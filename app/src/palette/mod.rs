//! Anything at hand by the keyboard: a search over pages, actions, campaigns and contacts, and keys that lead from page to page.

mod api;
mod keys;
mod lines;

use std::time::Duration;

use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::HtmlElement,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use nexsent_texts::t;

use self::{
    api::{Jump, jump},
    keys::{Opened, keys, press},
    lines::{Group, Line, Target, lines, pages},
};
use crate::{
    frame::me,
    rich,
    ui::{Dialog, DialogHead, Icon, guard, theme},
};

/// How long after the last key the server is asked.
const QUIET: Duration = Duration::from_millis(120);
/// The list's id: the field names it, and its lines are numbered under it.
const LIST: &str = "palette-list";

/// The last answer of the server, and to what.
#[derive(Clone, Debug, Default)]
struct Answer {
    to: String,
    found: Jump,
    problem: Option<String>,
}

/// Lets [`FindButton`] open what [`Palette`] shows.
pub(crate) fn provide() {
    provide_context(Opened { palette: RwSignal::new(false), help: RwSignal::new(false) });
}

/// Opens the palette, and tells the keys that do.
#[component]
pub fn FindButton() -> impl IntoView {
    let open = expect_context::<Opened>().palette;
    let keys = RwSignal::new("⌘K");
    // Which keyboard it is, only the browser knows.
    Effect::new(move |_| {
        #[cfg(any(feature = "hydrate", feature = "csr"))]
        {
            let agent = window().navigator().user_agent().unwrap_or_default();
            if !["Mac", "iPhone", "iPad"].iter().any(|apple| agent.contains(apple)) {
                keys.set("Ctrl K");
            }
        }
    });
    view! {
        <button type="button" class="find" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" on:click=move |_| open.set(true)>
            <Icon name="search" />
            <span>{t!("places-find")}</span>
            <kbd>{move || keys.get()}</kbd>
        </button>
    }
}

/// The palette and the table of shortcuts, both closed, and the keys that open them or lead to a page.
#[component]
pub fn Palette() -> impl IntoView {
    let opened = expect_context::<Opened>();
    let navigate = use_navigate();
    let go = Callback::new(move |href: String| {
        let navigate = navigate.clone();
        guard::leave(Callback::new(move |()| navigate(&href, NavigateOptions::default())));
    });
    // When `g` was last pressed, by the clock of the browser's events.
    let prefix = StoredValue::new(f64::NEG_INFINITY);
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |ev| press(&ev, opened, prefix, go));
        on_cleanup(move || handle.remove());
    });
    view! {
        <Finder open=opened.palette go />
        <Help open=opened.help />
    }
}

fn line_id(index: usize) -> String {
    format!("{LIST}-{index}")
}

/// Scrolls the list until the line is seen, with room for a heading above it.
fn reveal(index: usize) {
    let line = document().get_element_by_id(&line_id(index)).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    let (Some(line), Some(list)) = (line, document().get_element_by_id(LIST)) else { return };
    let (top, bottom) = (line.offset_top() - 40, line.offset_top() + line.offset_height() + 8);
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

#[component]
fn Finder(open: RwSignal<bool>, go: Callback<String>) -> impl IntoView {
    let role = me().role;
    let query = RwSignal::new(String::new());
    let answer = RwSignal::new(Answer::default());
    let at = RwSignal::new(0usize);
    let wanted = Memo::new(move |_| query.with(|q| q.trim().to_lowercase()));
    // Closed, it lists nothing: so the server renders it, and so the browser begins.
    let shown = Memo::new(move |_| if open.get() { wanted.with(|w| answer.with(|a| lines(w, role, &a.found))) } else { Vec::new() });
    let active = Signal::derive(move || at.get().min(shown.with(Vec::len).saturating_sub(1)));

    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hush = move || {
        if let Some(Some(t)) = timer.try_get_value() {
            t.clear();
        }
    };
    Effect::new(move |_| {
        hush();
        let asked = wanted.get();
        if asked.is_empty() {
            answer.set(Answer::default());
            return;
        }
        let ask = move || {
            leptos::task::spawn_local(async move {
                let said = jump(asked.clone()).await;
                // An answer to what is no longer asked is stale; after the page was left, nobody asks at all.
                if wanted.try_get_untracked().as_ref() != Some(&asked) {
                    return;
                }
                answer.set(match said {
                    Ok(found) => Answer { to: asked, found, problem: None },
                    Err(e) => Answer { to: asked, found: Jump::default(), problem: Some(e.to_string()) },
                });
            });
        };
        timer.set_value(set_timeout_with_handle(ask, QUIET).ok());
    });
    on_cleanup(hush);

    let choose = Callback::new(move |index: usize| {
        let Some(line) = shown.with_untracked(|s| s.get(index).cloned()) else { return };
        open.set(false);
        match line.target {
            Target::Page(href) => go.run(href),
            Target::Theme => theme::switch(),
        }
    });
    let to = move |index: usize| {
        at.set(index);
        // Once the list is drawn.
        request_animation_frame(move || reveal(index));
    };
    let key = move |ev: KeyboardEvent| {
        if ev.is_composing() || ev.ctrl_key() || ev.meta_key() || ev.alt_key() || ev.shift_key() {
            return;
        }
        let (now, count) = (active.get_untracked(), shown.with_untracked(Vec::len));
        let next = match ev.key().as_str() {
            "ArrowDown" if now + 1 < count => now + 1,
            "ArrowDown" | "Home" => 0,
            "ArrowUp" if now > 0 => now - 1,
            "ArrowUp" | "End" => count.saturating_sub(1),
            "Enter" => {
                ev.prevent_default();
                // Held down, it is still the stroke that has opened the palette.
                if !ev.repeat() {
                    choose.run(now);
                }
                return;
            }
            _ => return,
        };
        ev.prevent_default();
        to(next);
    };
    let some = move || shown.with(|s| !s.is_empty());
    let note = move || {
        if !open.get() {
            return None;
        }
        answer.with(|a| match &a.problem {
            Some(problem) => Some(problem.clone()),
            None if some() => None,
            None if wanted.with(|w| *w != a.to) => Some(t!("places-searching")),
            None => Some(t!("places-nothing-found")),
        })
    };
    let closed = move |()| {
        query.set(String::new());
        at.set(0);
    };
    view! {
        <Dialog open label=t!("places-find") class="palette" light=true on_close=Callback::new(closed)>
            <div class="palette-head">
                <Icon name="search" />
                <input
                    type="text"
                    role="combobox"
                    aria-label=t!("places-find-what")
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=LIST
                    aria-expanded=move || some().to_string()
                    aria-activedescendant=move || some().then(|| line_id(active.get()))
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=t!("places-find-hint")
                    prop:value=move || query.get()
                    on:input:target=move |ev| {
                        query.set(ev.target().value());
                        to(0);
                    }
                    on:keydown=key
                />
                <button type="button" class="quiet" aria-label=t!("close") on:click=move |_| open.set(false)><Icon name="cross" /></button>
            </div>
            <div class="palette-list" id=LIST role="listbox" aria-label=t!("places-found")>
                {move || shown.with(|all| Group::ALL.into_iter().filter(|g| all.iter().any(|l| l.group == *g)).map(|group| view! {
                    <div role="group" aria-label=group.label()>
                        <p aria-hidden="true">{group.label()}</p>
                        {all.iter().enumerate().filter(|(_, l)| l.group == group).map(|(index, l)| view! { <Row line=l.clone() index at active choose /> }).collect_view()}
                    </div>
                }).collect_view())}
            </div>
            <div role="status">{move || note().map(|text| view! { <p>{text}</p> })}</div>
        </Dialog>
    }
}

#[component]
fn Row(line: Line, index: usize, at: RwSignal<usize>, active: Signal<usize>, choose: Callback<usize>) -> impl IntoView {
    let Line { title, note, key, .. } = line;
    // The mouse chooses as the arrows do; pressed, it leaves the focus in the field.
    let hover = move |_| {
        if at.get_untracked() != index {
            at.set(index);
        }
    };
    view! {
        <div
            class="palette-line"
            id=line_id(index)
            role="option"
            aria-selected=move || (active.get() == index).to_string()
            on:mousemove=hover
            on:mousedown=move |ev| ev.prevent_default()
            on:click=move |_| choose.run(index)
        >
            <span>{title}</span>
            {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
            {key.map(|k| view! { <span class="keys" aria-hidden="true"><kbd>"g"</kbd><kbd>{k}</kbd></span> })}
        </div>
    }
}

#[component]
fn Help(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open label=t!("places-shortcuts") class="shortcuts" light=true>
            <DialogHead open title=t!("places-shortcuts") />
            // Made when it is opened: closed, its words would be in every page.
            {move || open.get().then(|| view! {
                <table>
                    <thead><tr><th scope="col">{t!("places-keys-what")}</th><th scope="col" class="right">{t!("places-keys")}</th></tr></thead>
                    <tbody>
                        {keys().into_iter().map(|(what, keys)| view! {
                            <tr><th scope="row">{what}</th><td class="right">{keys.iter().map(|k| view! { <kbd>{*k}</kbd> }).collect_view()}</td></tr>
                        }).collect_view()}
                        {pages().into_iter().filter_map(|(what, _, key)| key.map(|k| {
                            let keys = rich!("places-keys-then", first = view! { <kbd>"g"</kbd> }, second = view! { <kbd>{k}</kbd> });
                            view! { <tr><th scope="row">{what}</th><td class="right">{keys}</td></tr> }
                        })).collect_view()}
                    </tbody>
                </table>
            })}
        </Dialog>
    }
}
