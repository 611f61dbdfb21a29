//! Every component of the kit in its states: a site of its own, which `make gallery` and Trunk build. The product does not carry it.

mod fields;
mod figures;
mod overlays;
mod rows;

use leptos::prelude::*;

use crate::ui::{Avatar, Badge, Card, Empty, Icon, IconButton, Loading, PageHead, Progress, Shape, Tone, theme::ThemeSwitch, toast};

const ICONS: [&str; 25] = [
    "home", "people", "send", "globe", "list", "upload", "download", "copy", "check", "cross", "warn", "sun", "out", "gear", "plus", "menu",
    "search", "down", "dots", "columns", "pencil", "trash", "shield", "info", "clock",
];

/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <main class="gallery">
            <PageHead title="Gallery" note="The kit, in its states. The switch shows the other theme."><ThemeSwitch /><button type="button" class="primary">"An action"</button></PageHead>
            <Buttons />
            <fields::Fields />
            <overlays::Overlays />
            <States />
            <rows::Rows />
            <figures::Figures />
            <Waiting />
        </main>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let note = toast::notifier();
    view! {
        <Card title="Buttons">
            <div class="row-wrap">
                <button type="button" class="primary">"Primary"</button>
                <button type="button">"Plain"</button>
                <button type="button" class="quiet">"Quiet"</button>
                <button type="button" class="danger">"Dangerous"</button>
                <button type="button" class="primary"><Icon name="plus" />"With an icon"</button>
                <a class="button" href="#buttons">"A link"</a>
                <IconButton icon="pencil" label="Edit" on_press=Callback::new(|()| ()) />
                <IconButton icon="trash" label="Delete" disabled=true on_press=Callback::new(|()| ()) />
            </div>
            <div class="row-wrap">
                <button type="button" class="primary" disabled=true>"Disabled"</button>
                <button type="button" disabled=true>"Disabled"</button>
                <button type="button" class="quiet" disabled=true>"Disabled"</button>
                <button type="button" class="danger" disabled=true>"Disabled"</button>
            </div>
            <div class="row-wrap">
                <button type="button" on:click=move |_| note("Saved.".to_owned(), false)>"A note"</button>
                <button type="button" on:click=move |_| note("That did not work.".to_owned(), true)>"A bad note"</button>
            </div>
        </Card>
    }
}

#[component]
fn States() -> impl IntoView {
    view! {
        <Card title="States">
            <div class="row-wrap">
                <Badge tone=Tone::Plain text="Draft" />
                <Badge tone=Tone::Busy text="Sending" />
                <Badge tone=Tone::Good text="Verified" />
                <Badge tone=Tone::Warn text="Paused" />
                <Badge tone=Tone::Bad text="Failed" />
            </div>
            <div class="row-wrap">
                <Avatar name="Ann Example" /><Avatar name="ben@example.com" /><Avatar name="Zoë" /><Avatar name="李 雷" /><Avatar name="محمد علي" /><Avatar name="" />
            </div>
            <div class="row-wrap">{ICONS.into_iter().map(|name| view! { <Icon name /> }).collect_view()}</div>
            <Progress label="Nothing of it" done=0 of=100 />
            <Progress label="Some of it" done=40 of=100 />
            <Progress label="All of it" done=100 of=100 />
            <p class="banner">"For information."</p>
            <p class="banner good">"It is done."</p>
            <p class="banner warn">"Worth a look."</p>
            <p class="banner bad">"It did not work."</p>
        </Card>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <Card title="Empty">
            <Empty title="Nothing here yet" text="An empty state says what would be here, and has the next step in it."><button type="button" class="primary">"The next step"</button></Empty>
        </Card>
        <Card title="Loading">
            <Loading />
            <Loading shape=Shape::Stats(4) />
            <Loading shape=Shape::Table(3) />
            <Loading shape=Shape::Form(2) />
            <Loading shape=Shape::Chart />
        </Card>
    }
}
