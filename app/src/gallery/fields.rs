//! What is typed and chosen.

use leptos::prelude::*;
use nexsent_model::Fault;

use crate::{
    AppError,
    ui::{Card, Check, Choice, CodeBlock, Combobox, CopyBlock, Field, Message, Switch, TagInput, TextArea, When, form},
};

fn fault(field: &'static str, message: &'static str) -> Signal<Option<AppError>> {
    Signal::stored(Some(AppError(Fault::field(field, message))))
}

#[component]
pub(super) fn Fields() -> impl IntoView {
    let text = RwSignal::new("Typed".to_owned());
    let subject = RwSignal::new("November news".to_owned());
    let address = RwSignal::new(String::new());
    let long = RwSignal::new("A very long word: Donaudampfschifffahrtsgesellschaftskapitänsmütze".to_owned());
    let chosen = RwSignal::new("b".to_owned());
    let (ticked, on, off) = (RwSignal::new(true), RwSignal::new(true), RwSignal::new(false));
    let whole = fault("elsewhere", "Somebody else has changed this meanwhile.");
    let options = Signal::stored(vec![("a".to_owned(), "First".to_owned()), ("b".to_owned(), "Second".to_owned())]);
    view! {
        <Card title="Fields">
            <Message error=whole fields=&["wrong"] />
            <div class="columns">
                <Field name="typed" label="With a hint" hint="What goes in here." value=text />
                <Field name="wrong" label="With a mistake" value=text error=fault("wrong", "This address has no @.") />
                <Field name="subject" label="With a counter" value=subject max=20 />
                <Field name="address" label="Checked when it is left" kind="email" placeholder="ann@example.com" value=address />
                <Choice name="choice" label="One of several" value=chosen options=options />
                <div class="field"><label for="off">"Disabled"</label><input id="off" disabled=true value="Not now" /></div>
            </div>
            <TextArea name="long" label="Many lines" value=long rows=3 max=200 />
            <Check label="Ticked" hint="With a word beside it." value=ticked />
            <Switch label="On" hint="At once, without a button to save." value=on />
            <Switch label="Off" value=off />
            <Switch label="Not now" disabled=true value=off />
        </Card>
        <Choosing />
        <Card title="Code">
            <CopyBlock label="a record" text="v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0123456789" />
            <CodeBlock label="A request" text="curl -X POST https://mail.example.com/api/v1/messages \\\n  -H 'Authorization: Bearer nxs_…' \\\n  -d '{\"to\": \"ann@example.com\", \"subject\": \"Hello\"}'" />
        </Card>
    }
}

#[component]
fn Choosing() -> impl IntoView {
    let zone = RwSignal::new("Europe/Madrid".to_owned());
    let none = RwSignal::new(String::new());
    let tags = RwSignal::new(vec!["newsletter".to_owned(), "customer".to_owned()]);
    let people = RwSignal::new(vec!["ann@example.com".to_owned()]);
    let (day, moment) = (RwSignal::new("2026-11-24".to_owned()), RwSignal::new(String::new()));
    let zones = ["Africa/Cairo", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/Madrid", "Europe/Paris", "UTC"];
    let zones = Signal::stored(zones.map(|z| (z.to_owned(), z.replace('_', " "))).to_vec());
    let offers = Signal::stored(["newsletter", "customer", "trial", "partner"].map(str::to_owned).to_vec());
    view! {
        <Card title="Choosing">
            <div class="columns">
                <Combobox name="zone" label="One of many" value=zone options=zones hint="Typed in part, or chosen with the arrows." />
                <Combobox name="none" label="Nothing chosen yet" placeholder="Choose a zone" value=none options=zones error=fault("none", "Choose one.") />
                <TagInput name="tags" label="Several words" value=tags offers placeholder="Add one" hint="Enter or a comma adds it." />
                <TagInput name="people" label="Several addresses" value=people check=form::email as form::Checker placeholder="Add one" />
                <When name="day" label="A day" day=true value=day />
                <When name="moment" label="A moment" value=moment />
            </div>
        </Card>
    }
}
