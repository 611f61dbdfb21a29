//! What opens over or beside the page.

use leptos::prelude::*;

use crate::ui::{Card, Confirm, Drawer, Item, Menu, TabList, Tip};

#[component]
pub(super) fn Overlays() -> impl IntoView {
    let (asking, drawer) = (RwSignal::new(false), RwSignal::new(false));
    let chosen = RwSignal::new(String::from("nothing yet"));
    let tab = RwSignal::new(0usize);
    let actions = move || {
        vec![
            Item::run("Rename", "pencil", move || chosen.set("Rename".to_owned())),
            Item::run("Duplicate", "copy", move || chosen.set("Duplicate".to_owned())),
            Item::run("Delete", "trash", move || chosen.set("Delete".to_owned())).danger(),
        ]
    };
    view! {
        <Card title="Over the page">
            <div class="row-wrap">
                <button type="button" class="danger" on:click=move |_| asking.set(true)>"A question"</button>
                <button type="button" on:click=move |_| drawer.set(true)>"A drawer"</button>
                <Menu label="A menu" items=actions() />
                <Menu label="More" icon="dots" items=actions() />
                <Tip id="tip-sent" text="The recipient's server took it. Whether it lies in the inbox, no sender can know."><button type="button" class="quiet" aria-describedby="tip-sent">"With a tooltip"</button></Tip>
            </div>
            <p class="hint" role="status">"Chosen: " {chosen}</p>
            <Confirm open=asking title="Delete this list?" text="“Newsletter” with 1,204 members. The contacts themselves stay." action="Delete the list" on_yes=Callback::new(|()| ()) />
            <Drawer open=drawer title="A contact"><p>"What belongs to the page behind it, without leaving it."</p></Drawer>
        </Card>
        <Card title="Tabs">
            <TabList name="parts" label="Parts" names=["Desktop", "Phone", "Text"].map(str::to_owned).to_vec() at=tab />
            <div role="tabpanel" id="parts-panel" tabindex="0" aria-labelledby=move || format!("parts-tab-{}", tab.get())>
                <p>{move || ["As on a desk.", "As in a hand.", "As plain text."].get(tab.get()).copied()}</p>
            </div>
        </Card>
    }
}
