//! What opens beside its button: a menu, a tooltip.

use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlElement, Node},
};

use super::{Icon, guard};

/// What an entry of a menu does.
#[derive(Clone)]
pub enum Act {
    /// To a page.
    Go(String),
    Run(Callback<()>),
}

/// An entry of a menu.
#[derive(Clone)]
pub struct Item {
    pub text: String,
    /// Nothing where it is empty.
    pub icon: &'static str,
    pub danger: bool,
    pub act: Act,
}

impl Item {
    pub fn run(text: impl Into<String>, icon: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self { text: text.into(), icon, danger: false, act: Act::Run(Callback::new(move |()| act())) }
    }

    pub fn go(text: impl Into<String>, icon: &'static str, href: impl Into<String>) -> Self {
        Self { text: text.into(), icon, danger: false, act: Act::Go(href.into()) }
    }

    #[must_use]
    pub fn danger(self) -> Self {
        Self { danger: true, ..self }
    }
}

/// A button that opens a list of actions: arrows move, Enter does, Esc and Tab close.
#[component]
pub fn Menu(
    /// What the button says, or is called where `text` is empty.
    #[prop(into)]
    label: String,
    items: Vec<Item>,
    /// The icon alone; the label is read out.
    #[prop(optional)]
    icon: &'static str,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = RwSignal::new(0usize);
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let count = items.len();
    let items = StoredValue::new(items);
    let navigate = leptos_router::hooks::use_navigate();
    let go = Callback::new(move |href: String| navigate(&href, leptos_router::NavigateOptions::default()));
    // The focus follows: into the menu, and from line to line.
    Effect::new(move |_| {
        if let Some(list) = list.get().filter(|_| open.get()) {
            let line = list.query_selector(&format!("[role=menuitem]:nth-child({})", at.get() + 1)).ok().flatten();
            if let Some(line) = line.and_then(|l| l.dyn_into::<HtmlElement>().ok()) {
                drop(line.focus());
            }
        }
    });
    let close = move |back: bool| {
        open.set(false);
        if back && let Some(button) = button.get_untracked() {
            drop(button.focus());
        }
    };
    let choose = move |index: usize| {
        close(true);
        match items.with_value(|i| i.get(index).map(|i| i.act.clone())) {
            Some(Act::Run(act)) => act.run(()),
            Some(Act::Go(href)) => guard::leave(Callback::new(move |()| go.run(href.clone()))),
            None => {}
        }
    };
    let key = move |ev: KeyboardEvent| {
        let last = count.saturating_sub(1);
        match (ev.key().as_str(), open.get_untracked()) {
            ("ArrowDown" | "ArrowUp", false) => {
                at.set(if ev.key() == "ArrowUp" { last } else { 0 });
                open.set(true);
            }
            ("ArrowDown", true) => at.update(|a| *a = if *a >= last { 0 } else { *a + 1 }),
            ("ArrowUp", true) => at.update(|a| *a = if *a == 0 { last } else { *a - 1 }),
            ("Home", true) => at.set(0),
            ("End", true) => at.set(last),
            ("Escape", true) => {
                // The dialog around it stays.
                ev.stop_propagation();
                close(true);
            }
            ("Tab", true) => {
                open.set(false);
                return;
            }
            _ => return,
        }
        ev.prevent_default();
    };
    let lost = move |ev: FocusEvent| {
        let to = ev.related_target().and_then(|t| t.dyn_into::<Node>().ok());
        let inside = list.get_untracked().is_some_and(|l| l.contains(to.as_ref())) || button.get_untracked().is_some_and(|b| b.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    let name = label.clone();
    let toggle = move |_| {
        at.set(0);
        open.update(|o| *o = !*o);
    };
    view! {
        <div class="menu-box" on:keydown=key on:focusout=lost>
            <button
                type="button"
                class=if icon.is_empty() { "" } else { "quiet icon-button" }
                node_ref=button
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-label=(!icon.is_empty()).then(|| label.clone())
                on:click=toggle
            >
                {if icon.is_empty() { view! { <span>{name.clone()}</span><Icon name="down" /> }.into_any() } else { view! { <Icon name=icon /> }.into_any() }}
            </button>
            {move || open.get().then(|| view! {
                <div class="menu-list" role="menu" aria-label=name.clone() node_ref=list>
                    {items.get_value().into_iter().enumerate().map(|(index, item)| view! {
                        <button type="button" role="menuitem" tabindex="-1" class:danger=item.danger on:click=move |_| choose(index)>
                            {(!item.icon.is_empty()).then(|| view! { <Icon name=item.icon /> })}
                            <span>{item.text}</span>
                        </button>
                    }).collect_view()}
                </div>
            })}
        </div>
    }
}

/// A word more about what it surrounds: shown while that is hovered or has the focus, sent away by Esc.
#[component]
pub fn Tip(
    /// Of the page's only one with this id: screen readers read it with what is described by it.
    id: &'static str,
    #[prop(into)] text: String,
    children: Children,
) -> impl IntoView {
    let gone = RwSignal::new(false);
    view! {
        <span class="tip" class:gone=move || gone.get() on:keydown=move |ev| if ev.key() == "Escape" { gone.set(true) } on:mouseleave=move |_| gone.set(false) on:focusout=move |_| gone.set(false)>
            {children()}
            <span role="tooltip" id=id>{text}</span>
        </span>
    }
}
