//! A table, with all that one can do.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::ui::{Badge, BulkBar, Card, Column, DataTable, ListFoot, Ticks, Time, Tone, grouped, use_listing};

#[derive(Clone)]
struct Row {
    name: &'static str,
    state: Tone,
    word: &'static str,
    members: u64,
    made: DateTime<Utc>,
}

const LONG: &str = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenbeauftragtenversammlung";

fn rows() -> Vec<Row> {
    let row = |name, state, word, members, days| Row { name, state, word, members, made: DateTime::UNIX_EPOCH + TimeDelta::days(days) };
    vec![
        row("Newsletter", Tone::Good, "Active", 120_431, 20_000),
        row(LONG, Tone::Warn, "Paused", 12, 20_100),
        row("قائمة العملاء", Tone::Plain, "Draft", 0, 20_200),
        row("🎉 Party 🎉", Tone::Bad, "Failed", 1_204, 20_300),
    ]
}

#[component]
pub(super) fn Rows() -> impl IntoView {
    let chosen = RwSignal::new(BTreeSet::new());
    let list = use_listing();
    let columns = vec![
        Column::new("name", "Name", |r: Row| r.name).fixed().sorted(|a, b| a.name.cmp(b.name)),
        Column::new("state", "State", |r: Row| view! { <Badge tone=r.state text=r.word /> }),
        Column::new("members", "Members", |r: Row| grouped(r.members)).num().sorted(|a, b| a.members.cmp(&b.members)),
        Column::new("made", "Made", |r: Row| view! { <Time at=r.made /> }).sorted(|a, b| a.made.cmp(&b.made)),
    ];
    let ticks = Ticks { chosen, id: |r: &Row| r.name.to_owned(), name: |r: &Row| r.name.to_owned() };
    view! {
        <Card title="A table">
            <DataTable name="gallery" label="Lists" columns rows=rows() ticks />
            <BulkBar chosen><button type="button" class="danger">"Delete"</button></BulkBar>
            <ListFoot list next=Some(nexsent_model::Cursor("x".to_owned())) total="1,204 lists" />
        </Card>
    }
}
