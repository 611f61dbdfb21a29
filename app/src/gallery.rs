//! Every component of the kit in its states: what Trunk serves, and `/gallery` shows.

use chrono::DateTime;
use leptos::prelude::*;
use nexsent_model::{Cursor, Fault};

use crate::{
    AppError,
    ui::{
        Badge, Bars, Card, Check, Choice, Confirm, CopyBlock, Donut, Empty, Field, Icon, LineChart, Loading, Message, PageHead, Pager, Progress,
        Stat, TextArea, Time, Tone, chart::Series, toast,
    },
};

const ICONS: [&str; 17] = [
    "home", "people", "send", "globe", "list", "upload", "download", "copy", "check", "cross", "warn", "sun", "out", "plus", "menu", "people", "send",
];

/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <main class="gallery">
            <PageHead title="Gallery" note="The kit, in its states. Switch the system's theme to see the other one."><button type="button" class="primary">"An action"</button></PageHead>
            <Controls />
            <Figures />
            <Card title="Empty, and loading">
                <Empty title="Nothing here yet" text="An empty state says what would be here, and has the next step in it."><button type="button" class="primary">"The next step"</button></Empty>
                <Loading />
            </Card>
        </main>
    }
}

#[component]
fn Controls() -> impl IntoView {
    let text = RwSignal::new("Typed".to_owned());
    let long = RwSignal::new("A very long word: Donaudampfschifffahrtsgesellschaftskapitänsmütze".to_owned());
    let chosen = RwSignal::new("b".to_owned());
    let ticked = RwSignal::new(true);
    let none = Signal::stored(None::<AppError>);
    let wrong = Signal::stored(Some(AppError(Fault::field("wrong", "This address has no @."))));
    let whole = Signal::stored(Some(AppError(Fault::field("elsewhere", "Somebody else has changed this meanwhile."))));
    let options = Signal::stored(vec![("a".to_owned(), "First".to_owned()), ("b".to_owned(), "Second".to_owned())]);
    let open = RwSignal::new(false);
    let note = toast::notifier();
    view! {
        <Card title="Buttons">
            <div class="row-wrap">
                <button type="button" class="primary">"Primary"</button>
                <button type="button">"Plain"</button>
                <button type="button" class="quiet">"Quiet"</button>
                <button type="button" class="danger" on:click=move |_| open.set(true)>"Dangerous"</button>
                <button type="button" class="primary" disabled=true>"Disabled"</button>
                <button type="button" on:click=move |_| note("Saved.".to_owned(), false)>"A note"</button>
                <button type="button" on:click=move |_| note("That did not work.".to_owned(), true)>"A bad note"</button>
            </div>
            <Confirm open=open title="Delete this list?" text="“Newsletter” with 1,204 members. The contacts themselves stay." action="Delete the list" on_yes=Callback::new(|()| ()) />
        </Card>
        <Card title="Fields">
            <Message error=whole fields=&["wrong"] />
            <div class="columns">
                <Field name="typed" label="With a hint" hint="What goes in here." value=text error=none />
                <Field name="wrong" label="With a mistake" value=text error=wrong />
                <Choice name="choice" label="One of several" value=chosen options=options />
            </div>
            <TextArea name="long" label="Many lines" value=long rows=3 />
            <Check label="Ticked" hint="With a word beside it." value=ticked />
            <CopyBlock label="a record" text="v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0123456789" />
        </Card>
        <Card title="States">
            <div class="row-wrap">
                <Badge tone=Tone::Plain text="Draft" />
                <Badge tone=Tone::Busy text="Sending" />
                <Badge tone=Tone::Good text="Verified" />
                <Badge tone=Tone::Warn text="Paused" />
                <Badge tone=Tone::Bad text="Failed" />
            </div>
            <div class="row-wrap">{ICONS.into_iter().map(|name| view! { <Icon name /> }).collect_view()}</div>
            <Progress label="Some of it" done=40 of=100 />
            <p class="banner">"For information."</p>
            <p class="banner good">"It is done."</p>
            <p class="banner warn">"Worth a look."</p>
        </Card>
    }
}

#[component]
fn Figures() -> impl IntoView {
    let names: Vec<String> = (1..=14).map(|d| format!("{d} Nov")).collect();
    let series = vec![
        Series { name: "Accepted", values: (0..14).map(|i| (i * 37) % 90 + 20).collect() },
        Series { name: "Opened", values: (0..14).map(|i| (i * 23) % 50 + 5).collect() },
    ];
    let links = vec![
        ("https://example.com/a-rather-long-address/that-goes-on?and=on".to_owned(), 1204),
        ("https://example.com/".to_owned(), 311),
        ("https://example.com/none".to_owned(), 0),
    ];
    let after = RwSignal::new(None::<Cursor>);
    view! {
        <div class="stats">
            <Stat label="Contacts" value=1_234_567 />
            <Stat label="Opened" value=812 note="42.1%".to_owned() />
            <Stat label="Failed" value=0 note="0.0%".to_owned() />
        </div>
        <div class="columns uneven">
            <Card title="Over time"><LineChart label="Accepted and opened by day" names=names series=series /></Card>
            <Card title="Parts"><Donut label="Recipients by state" parts=vec![("Accepted", 900), ("Deferred", 40), ("Failed", 60)] /></Card>
        </div>
        <Card title="Amounts"><Bars label="Clicks per link" rows=links /></Card>
        <Card title="A table">
            <div class="scroll">
                <table>
                    <thead><tr><th scope="col">"Name"</th><th scope="col" class="num">"Amount"</th><th scope="col">"When"</th></tr></thead>
                    <tbody><tr><td>"A row"</td><td class="num">"12"</td><td><Time at=DateTime::UNIX_EPOCH /></td></tr></tbody>
                </table>
            </div>
            <Pager next=Some(Cursor("x".to_owned())) after />
        </Card>
    }
}
