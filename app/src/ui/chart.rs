//! Charts: SVG drawn on the server, alive in the browser (pointed at or moved over by the arrows, it says the value), with a table behind each
//! for screen readers.

use leptos::{ev::KeyboardEvent, prelude::*};
use nexsent_texts::t;

use super::{grouped, percent};

/// One line of a chart: its name and a value per point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub values: Vec<u64>,
}

const W: f64 = 640.0;
const H: f64 = 180.0;
/// Above the highest value, and under nothing.
const TOP: f64 = 16.0;
const FOOT: f64 = 8.0;

fn y(value: u64, max: u64) -> f64 {
    H - FOOT - (value as f64 / max.max(1) as f64) * (H - TOP - FOOT)
}

fn points(values: &[u64], max: u64) -> String {
    if let [only] = values {
        // One point is no line: draw it across.
        return points(&[*only, *only], max);
    }
    let step = if values.len() > 1 { W / (values.len() - 1) as f64 } else { 0.0 };
    values.iter().enumerate().map(|(i, v)| format!("{:.1},{:.1}", i as f64 * step, y(*v, max))).collect::<Vec<_>>().join(" ")
}

/// The arrows walk over `count` points.
fn walk(ev: &KeyboardEvent, at: RwSignal<Option<usize>>, count: usize) {
    let last = count.saturating_sub(1);
    let to = match (ev.key().as_str(), at.get_untracked()) {
        _ if count == 0 => return,
        ("ArrowRight", None) | ("Home", _) => Some(0),
        ("ArrowLeft", None) | ("End", _) => Some(last),
        ("ArrowRight", Some(i)) => Some((i + 1).min(last)),
        ("ArrowLeft", Some(i)) => Some(i.saturating_sub(1)),
        ("Escape", Some(_)) => None,
        _ => return,
    };
    ev.prevent_default();
    at.set(to);
}

/// The chart's numbers, for those who do not see it and those who want them.
#[component]
fn Behind(label: String, first: String, names: Signal<Vec<String>>, series: Signal<Vec<Series>>) -> impl IntoView {
    view! {
        <details class="behind">
            <summary>{t!("ui-chart-table")}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=t!("ui-chart-table-of", label = label)>
                <table>
                    <thead><tr><th scope="col">{first}</th>{move || series.get().into_iter().map(|s| view! { <th scope="col" class="num">{s.name}</th> }).collect_view()}</tr></thead>
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
    }
}

/// What the chart says: its sums, or the values of the point that is looked at.
#[component]
fn Legend(names: Signal<Vec<String>>, series: Signal<Vec<Series>>, at: RwSignal<Option<usize>>) -> impl IntoView {
    let keys = move || {
        let at = at.get();
        let value = |s: &Series| at.map_or_else(|| s.values.iter().sum(), |i| s.values.get(i).copied().unwrap_or(0));
        series
            .get()
            .into_iter()
            .enumerate()
            .map(|(i, s)| {
                let value = grouped(value(&s));
                view! { <span class=format!("key s{i}")>{s.name}" "<b>{value}</b></span> }
            })
            .collect_view()
    };
    let point = move || at.get().map_or_else(|| t!("ui-chart-sum"), |i| names.with(|n| n.get(i).cloned().unwrap_or_default()));
    view! { <div class="legend" aria-live="polite"><span class="point">{point}</span>{keys}</div> }
}

/// Values over time.
#[component]
pub fn LineChart(#[prop(into)] label: String, #[prop(into)] names: Signal<Vec<String>>, #[prop(into)] series: Signal<Vec<Series>>) -> impl IntoView {
    let at = RwSignal::new(None::<usize>);
    let count = move || names.with(Vec::len);
    let max = move || series.with(|s| s.iter().flat_map(|s| s.values.iter().copied()).max().unwrap_or(0).max(1));
    let x = move |i: usize| if count() > 1 { i as f64 * W / (count() - 1) as f64 } else { W / 2.0 };
    let looked = move || {
        at.get().map(|i| {
            let max = max();
            view! {
                <line class="cursor" x1=x(i).to_string() x2=x(i).to_string() y1="0" y2=(H - FOOT).to_string() vector-effect="non-scaling-stroke" />
                {series.get().into_iter().enumerate().map(|(n, s)| {
                    let v = s.values.get(i).copied().unwrap_or(0);
                    // A line of no length with round ends: a dot that the stretching of the picture leaves round.
                    view! { <path class=format!("dot s{n}") d=format!("M{:.1} {:.1}h0", x(i), y(v, max)) vector-effect="non-scaling-stroke" /> }
                }).collect_view()}
            }
        })
    };
    // One strip a point, as wide as the way to its neighbours.
    let strips = move || {
        let step = W / count().max(1) as f64;
        (0..count())
            .map(|i| view! { <rect class="strip" x=format!("{:.1}", i as f64 * step) y="0" width=format!("{step:.1}") height=H.to_string() on:pointerenter=move |_| at.set(Some(i)) /> })
            .collect_view()
    };
    let caption = label.clone();
    view! {
        <figure class="chart">
            <Legend names series at />
            <svg
                viewBox=format!("0 0 {W} {H}")
                preserveAspectRatio="none"
                role="img"
                tabindex="0"
                aria-label=t!("ui-chart-keys", label = label)
                on:keydown=move |ev| walk(&ev, at, count())
                on:pointerleave=move |_| at.set(None)
                on:blur=move |_| at.set(None)
            >
                <line class="axis" x1="0" y1=(H - FOOT).to_string() x2=W.to_string() y2=(H - FOOT).to_string() vector-effect="non-scaling-stroke" />
                <line class="grid" x1="0" y1=TOP.to_string() x2=W.to_string() y2=TOP.to_string() vector-effect="non-scaling-stroke" />
                <line class="grid" x1="0" y1=((H + TOP - FOOT) / 2.0).to_string() x2=W.to_string() y2=((H + TOP - FOOT) / 2.0).to_string() vector-effect="non-scaling-stroke" />
                {move || {
                    let max = max();
                    let lines = series.get();
                    let area = lines.first().map(|s| view! { <polygon class="area" points=format!("0,{} {} {W},{}", H - FOOT, points(&s.values, max), H - FOOT) /> });
                    view! { {area}{lines.into_iter().enumerate().map(|(i, s)| view! { <polyline class=format!("line s{i}") points=points(&s.values, max) vector-effect="non-scaling-stroke" /> }).collect_view()} }
                }}
                {looked}
                {strips}
            </svg>
            <div class="scale"><span>{move || names.with(|n| n.first().cloned().unwrap_or_default())}</span><span>{move || t!("ui-chart-highest", count = max())}</span><span>{move || names.with(|n| n.last().cloned().unwrap_or_default())}</span></div>
            <Behind label=caption first=t!("ui-chart-time") names series />
        </figure>
    }
}

/// Amounts side by side: a column a point.
#[component]
pub fn BarChart(#[prop(into)] label: String, #[prop(into)] names: Signal<Vec<String>>, #[prop(into)] series: Signal<Series>) -> impl IntoView {
    let at = RwSignal::new(None::<usize>);
    let all = Signal::derive(move || vec![series.get()]);
    let count = move || names.with(Vec::len);
    let max = move || series.with(|s| s.values.iter().copied().max().unwrap_or(0).max(1));
    let columns = move || {
        let (step, max, values) = (W / count().max(1) as f64, max(), series.get().values);
        (0..count())
            .map(|i| {
                let top = y(values.get(i).copied().unwrap_or(0), max);
                view! {
                    <g class="column" class:on=move || at.get() == Some(i) on:pointerenter=move |_| at.set(Some(i))>
                        <rect class="strip" x=format!("{:.1}", i as f64 * step) y="0" width=format!("{step:.1}") height=H.to_string() />
                        <rect class="fill" x=format!("{:.1}", i as f64 * step + step * 0.15) y=format!("{top:.1}") width=format!("{:.1}", step * 0.7) height=format!("{:.1}", H - FOOT - top) />
                    </g>
                }
            })
            .collect_view()
    };
    let caption = label.clone();
    view! {
        <figure class="chart">
            <Legend names series=all at />
            <svg
                viewBox=format!("0 0 {W} {H}")
                preserveAspectRatio="none"
                role="img"
                tabindex="0"
                aria-label=t!("ui-chart-keys", label = label)
                on:keydown=move |ev| walk(&ev, at, count())
                on:pointerleave=move |_| at.set(None)
                on:blur=move |_| at.set(None)
            >
                <line class="axis" x1="0" y1=(H - FOOT).to_string() x2=W.to_string() y2=(H - FOOT).to_string() vector-effect="non-scaling-stroke" />
                {columns}
            </svg>
            <div class="scale"><span>{move || names.with(|n| n.first().cloned().unwrap_or_default())}</span><span>{move || t!("ui-chart-highest", count = max())}</span><span>{move || names.with(|n| n.last().cloned().unwrap_or_default())}</span></div>
            <Behind label=caption first=t!("name") names series=all />
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

/// Steps that fewer and fewer take: each with its share of the first and of the one before.
#[component]
pub fn Funnel(#[prop(into)] label: String, #[prop(into)] steps: Signal<Vec<(String, u64)>>) -> impl IntoView {
    view! {
        <table class="bars funnel">
            <caption class="unseen">{label}</caption>
            <thead class="unseen"><tr><th scope="col">{t!("ui-funnel-step")}</th><th scope="col">{t!("ui-funnel-picture")}</th><th scope="col">{t!("ui-funnel-count")}</th><th scope="col">{t!("ui-funnel-share")}</th></tr></thead>
            <tbody>
                {move || {
                    let steps = steps.get();
                    let first = steps.first().map_or(0, |s| s.1);
                    steps.iter().enumerate().map(|(i, (name, n))| {
                        let share = *n as f64 * 100.0 / first.max(1) as f64;
                        let kept = i.checked_sub(1).and_then(|b| steps.get(b)).map(|(before, m)| t!("ui-funnel-kept", share = percent(*n, *m), before = before.to_lowercase()));
                        view! {
                            <tr title=kept>
                                <th scope="row">{name.clone()}</th>
                                <td><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class=format!("s{i}") x=format!("{:.2}", (100.0 - share) / 2.0) width=format!("{share:.2}") height="8" rx="1" /></svg></td>
                                <td class="num">{grouped(*n)}</td>
                                <td class="num muted">{percent(*n, first)}</td>
                            </tr>
                        }
                    }).collect_view()
                }}
            </tbody>
        </table>
    }
}

/// How much at which time: a cell a point, darker for more.
#[component]
pub fn HeatStrip(#[prop(into)] label: String, #[prop(into)] unit: String, #[prop(into)] points: Signal<Vec<(String, u64)>>) -> impl IntoView {
    let at = RwSignal::new(None::<usize>);
    let names = Signal::derive(move || points.get().into_iter().map(|p| p.0).collect::<Vec<_>>());
    let series = Signal::derive(move || vec![Series { name: unit.clone(), values: points.get().into_iter().map(|p| p.1).collect() }]);
    let count = move || points.with(Vec::len);
    let cells = move || {
        let all = points.get();
        let max = all.iter().map(|p| p.1).max().unwrap_or(0).max(1);
        let step = W / all.len().max(1) as f64;
        all.into_iter()
            .enumerate()
            .map(|(i, (_, n))| {
                // Five shades, and the empty one.
                let shade = if n == 0 { 0 } else { (n * 5).div_ceil(max).min(5) };
                view! { <rect class=format!("heat h{shade}") class:on=move || at.get() == Some(i) x=format!("{:.1}", i as f64 * step) y="0" width=format!("{:.1}", (step - 2.0).max(1.0)) height="28" on:pointerenter=move |_| at.set(Some(i)) /> }
            })
            .collect_view()
    };
    let caption = label.clone();
    view! {
        <figure class="chart">
            <Legend names series at />
            <svg
                class="strip-chart"
                viewBox=format!("0 0 {W} 28")
                preserveAspectRatio="none"
                role="img"
                tabindex="0"
                aria-label=t!("ui-chart-keys", label = label)
                on:keydown=move |ev| walk(&ev, at, count())
                on:pointerleave=move |_| at.set(None)
                on:blur=move |_| at.set(None)
            >
                {cells}
            </svg>
            <Behind label=caption first=t!("ui-chart-time") names series />
        </figure>
    }
}

/// Parts of a whole.
#[component]
pub fn Donut(#[prop(into)] label: String, #[prop(into)] parts: Signal<Vec<(String, u64)>>) -> impl IntoView {
    let at = RwSignal::new(None::<usize>);
    let total = move || parts.with(|p| p.iter().map(|p| p.1).sum::<u64>());
    let middle = move || {
        let of = total();
        match at.get().and_then(|i| parts.with(|p| p.get(i).map(|p| p.1))) {
            Some(n) => percent(n, of),
            None => grouped(of),
        }
    };
    view! {
        <figure class="donut">
            <svg viewBox="0 0 42 42" role="img" aria-label=label on:pointerleave=move |_| at.set(None)>
                <circle class="ring" cx="21" cy="21" r="15.9" fill="none" stroke-width="5" />
                {move || {
                    let total = total().max(1) as f64;
                    let mut start = 25.0;
                    parts.get().into_iter().enumerate().filter(|(_, p)| p.1 > 0).map(|(i, (_, n))| {
                        let share = n as f64 * 100.0 / total;
                        let offset = start;
                        start -= share;
                        view! { <circle class=format!("arc s{i}") class:off=move || at.get().is_some_and(|a| a != i) cx="21" cy="21" r="15.9" fill="none" stroke-width="5" stroke-dasharray=format!("{share:.2} {:.2}", 100.0 - share) stroke-dashoffset=format!("{offset:.2}") on:pointerenter=move |_| at.set(Some(i)) /> }
                    }).collect_view()
                }}
                <text class="middle" x="21" y="21">{middle}</text>
            </svg>
            <ul>
                {move || {
                    let total = total();
                    parts.get().into_iter().enumerate().map(|(i, (name, n))| view! { <li class=format!("key s{i}") class:off=move || at.get().is_some_and(|a| a != i) on:pointerenter=move |_| at.set(Some(i)) on:pointerleave=move |_| at.set(None)><span>{name}</span><b>{grouped(n)}</b><small>{percent(n, total)}</small></li> }).collect_view()
                }}
            </ul>
        </figure>
    }
}
