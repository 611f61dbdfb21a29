//! Charts: SVG drawn on the server, with a table behind each for screen readers.

use leptos::prelude::*;

use super::{grouped, percent};

/// One line of a chart: its name and a value per point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: &'static str,
    pub values: Vec<u64>,
}

const W: f64 = 640.0;
const H: f64 = 180.0;

fn points(values: &[u64], max: u64) -> String {
    if let [only] = values {
        // One point is no line: draw it across.
        return points(&[*only, *only], max);
    }
    let step = if values.len() > 1 { W / (values.len() - 1) as f64 } else { 0.0 };
    values
        .iter()
        .enumerate()
        .map(|(i, v)| format!("{:.1},{:.1}", i as f64 * step, H - 8.0 - (*v as f64 / max as f64) * (H - 24.0)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Values over time.
#[component]
pub fn LineChart(#[prop(into)] label: String, #[prop(into)] names: Signal<Vec<String>>, #[prop(into)] series: Signal<Vec<Series>>) -> impl IntoView {
    let max = move || series.with(|s| s.iter().flat_map(|s| s.values.iter().copied()).max().unwrap_or(0).max(1));
    let caption = label.clone();
    view! {
        <figure class="chart">
            <div class="legend">
                {move || series.get().into_iter().enumerate().map(|(i, s)| view! { <span class=format!("key s{i}")>{s.name}" "<b>{grouped(s.values.iter().sum())}</b></span> }).collect_view()}
            </div>
            <svg viewBox=format!("0 0 {W} {H}") preserveAspectRatio="none" role="img" aria-label=label>
                <line class="axis" x1="0" y1=(H - 8.0).to_string() x2=W.to_string() y2=(H - 8.0).to_string() />
                <line class="grid" x1="0" y1="16" x2=W.to_string() y2="16" />
                <line class="grid" x1="0" y1=((H + 8.0) / 2.0).to_string() x2=W.to_string() y2=((H + 8.0) / 2.0).to_string() />
                {move || {
                    let max = max();
                    series.get().into_iter().enumerate().map(|(i, s)| view! { <polyline class=format!("line s{i}") points=points(&s.values, max) vector-effect="non-scaling-stroke" /> }).collect_view()
                }}
            </svg>
            <div class="scale"><span>{move || names.with(|n| n.first().cloned().unwrap_or_default())}</span><span>{move || format!("highest {}", grouped(max()))}</span><span>{move || names.with(|n| n.last().cloned().unwrap_or_default())}</span></div>
            <details class="behind">
                <summary>"As a table"</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=format!("{caption}, as a table")>
                    <table>
                        <thead><tr><th scope="col">"Time"</th>{move || series.get().into_iter().map(|s| view! { <th scope="col" class="num">{s.name}</th> }).collect_view()}</tr></thead>
                        <tbody>
                            {move || {
                                let series = series.get();
                                names.get().into_iter().enumerate().map(|(i, name)| view! {
                                    <tr><th scope="row">{name}</th>{series.iter().map(|s| view! { <td class="num">{grouped(s.values.get(i).copied().unwrap_or(0))}</td> }).collect_view()}</tr>
                                }).collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
}

/// Names with amounts, the largest first.
#[component]
pub fn Bars(#[prop(into)] label: String, #[prop(into)] rows: Signal<Vec<(String, u64)>>) -> impl IntoView {
    view! {
        <table class="bars">
            <caption class="unseen">{label}</caption>
            <tbody>
                {move || {
                    let mut rows = rows.get();
                    rows.sort_by_key(|r| std::cmp::Reverse(r.1));
                    let max = rows.iter().map(|r| r.1).max().unwrap_or(0).max(1);
                    rows.into_iter().map(|(name, n)| view! {
                        <tr>
                            <th scope="row">{name}</th>
                            <td><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width=(n as f64 * 100.0 / max as f64).to_string() height="8" rx="1" /></svg></td>
                            <td class="num">{grouped(n)}</td>
                        </tr>
                    }).collect_view()
                }}
            </tbody>
        </table>
    }
}

/// Parts of a whole.
#[component]
pub fn Donut(#[prop(into)] label: String, #[prop(into)] parts: Signal<Vec<(&'static str, u64)>>) -> impl IntoView {
    let total = move || parts.with(|p| p.iter().map(|p| p.1).sum::<u64>());
    view! {
        <figure class="donut">
            <svg viewBox="0 0 42 42" role="img" aria-label=label>
                <circle class="ring" cx="21" cy="21" r="15.9" fill="none" stroke-width="5" />
                {move || {
                    let total = total().max(1) as f64;
                    let mut start = 25.0;
                    parts.get().into_iter().enumerate().filter(|(_, p)| p.1 > 0).map(|(i, (_, n))| {
                        let share = n as f64 * 100.0 / total;
                        let offset = start;
                        start -= share;
                        view! { <circle class=format!("arc s{i}") cx="21" cy="21" r="15.9" fill="none" stroke-width="5" stroke-dasharray=format!("{share:.2} {:.2}", 100.0 - share) stroke-dashoffset=format!("{offset:.2}") /> }
                    }).collect_view()
                }}
            </svg>
            <ul>
                {move || {
                    let total = total();
                    parts.get().into_iter().enumerate().map(|(i, (name, n))| view! { <li class=format!("key s{i}")><span>{name}</span><b>{grouped(n)}</b><small>{percent(n, total)}</small></li> }).collect_view()
                }}
            </ul>
        </figure>
    }
}
