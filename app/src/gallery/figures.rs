//! Figures and charts.

use leptos::prelude::*;

use crate::ui::{BarChart, Bars, Card, Donut, Funnel, HeatStrip, LineChart, Stat, chart::Series};

#[component]
pub(super) fn Figures() -> impl IntoView {
    let names = Signal::stored((1..=14).map(|d| format!("{d} Nov")).collect::<Vec<_>>());
    let accepted = Signal::stored(Series { name: "Accepted".to_owned(), values: (0..14).map(|i| (i * 37) % 90 + 20).collect() });
    let series = vec![
        Series { name: "Accepted".to_owned(), values: (0..14).map(|i| (i * 37) % 90 + 20).collect() },
        Series { name: "Opened".to_owned(), values: (0..14).map(|i| (i * 23) % 50 + 5).collect() },
    ];
    let none = vec![Series { name: "Accepted".to_owned(), values: vec![0; 14] }];
    let links = vec![
        ("https://example.com/a-rather-long-address/that-goes-on?and=on".to_owned(), 1204),
        ("https://example.com/".to_owned(), 311),
        ("https://example.com/none".to_owned(), 0),
    ];
    let hours: Vec<(String, u64)> = (0..24).map(|h| (format!("{h:02}:00"), if h < 6 { 0 } else { (h * 41) % 97 })).collect();
    let steps = vec![("Accepted".to_owned(), 12_040), ("Opened".to_owned(), 5_012), ("Clicked".to_owned(), 811), ("Unsubscribed".to_owned(), 12)];
    view! {
        <div class="stats">
            <Stat label="Contacts" value=1_234_567 />
            <Stat label="Opened" value=812 note="42.1%".to_owned() />
            <Stat label="Failed" value=0 note="0.0%".to_owned() />
        </div>
        <div class="columns uneven">
            <Card title="Over time"><LineChart label="Accepted and opened by day" names series /></Card>
            <Card title="Parts"><Donut label="Recipients by state" parts=vec![("Accepted".to_owned(), 900), ("Deferred".to_owned(), 40), ("Failed".to_owned(), 60)] /></Card>
        </div>
        <div class="columns">
            <Card title="Side by side"><BarChart label="Accepted by day" names series=accepted /></Card>
            <Card title="Nothing yet"><LineChart label="Accepted by day, so far nothing" names series=none /></Card>
        </div>
        <div class="columns">
            <Card title="Amounts"><Bars label="Clicks per link" rows=links /></Card>
            <Card title="Fewer and fewer"><Funnel label="From accepted to unsubscribed" steps /></Card>
        </div>
        <Card title="When"><HeatStrip label="Opens by the hour of the day" unit="Opened" points=hours /></Card>
    }
}
