//! The one dialog, and what is made of it: questions, a drawer.

use leptos::{ev::MouseEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use nexsent_texts::t;

use super::Icon;

/// Open while the signal says so. The browser keeps the focus inside and gives it back; Esc closes.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] label: String,
    #[prop(optional)] class: &'static str,
    /// A click beside it closes it, too: where nothing typed would be lost.
    #[prop(optional)]
    light: bool,
    /// Runs whenever it has closed, however that came.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
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
    let closed = move |_| {
        // The browser tells of the end a moment later; by then it may be open again.
        if node.get_untracked().is_none_or(|d| !d.open()) {
            open.set(false);
        }
        if let Some(after) = on_close {
            after.run(());
        }
    };
    let pressed = move |ev: MouseEvent| {
        let Some(dialog) = node.get_untracked().filter(|_| light) else { return };
        // The dark around a dialog is the dialog itself; what is inside has targets of its own.
        let (x, y) = (ev.offset_x(), ev.offset_y());
        let own = ev.target().and_then(|t| t.dyn_into::<Element>().ok()).is_some_and(|t| t.tag_name() == "DIALOG");
        if own && (x < 0 || y < 0 || x > dialog.client_width() || y > dialog.client_height()) {
            open.set(false);
        }
    };
    view! { <dialog class=class node_ref=node aria-label=label on:close=closed on:mousedown=pressed>{children()}</dialog> }
}

/// A dialog's heading, and the button that closes it.
#[component]
pub fn DialogHead(open: RwSignal<bool>, #[prop(into)] title: String) -> impl IntoView {
    view! {
        <div class="dialog-head">
            <h2>{title}</h2>
            <button type="button" class="quiet icon-button" aria-label=t!("close") on:click=move |_| open.set(false)><Icon name="cross" /></button>
        </div>
    }
}

/// A dialog along the right edge, for what belongs to the page behind it.
#[component]
pub fn Drawer(open: RwSignal<bool>, #[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <Dialog open label=title.clone() class="drawer" light=true>
            <DialogHead open title />
            <div class="drawer-body">{children()}</div>
        </Dialog>
    }
}

/// Asks before something that cannot be taken back.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] action: String,
    #[prop(optional)] harmless: bool,
    on_yes: Callback<()>,
) -> impl IntoView {
    let yes = move |_| {
        open.set(false);
        on_yes.run(());
    };
    view! {
        <Dialog open label=title.clone()>
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="actions">
                <button type="button" class="quiet" on:click=move |_| open.set(false)>{t!("keep")}</button>
                <button type="button" class=if harmless { "primary" } else { "danger" } on:click=yes>{action}</button>
            </div>
        </Dialog>
    }
}
