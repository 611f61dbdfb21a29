//! Line icons of 20 pixels, drawn with the text's colour.

use leptos::prelude::*;

fn shape(name: &str) -> &'static str {
    match name {
        "home" => "M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-4v-5H8v5H4a1 1 0 0 1-1-1z",
        "people" => "M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c0-3 2.5-5 5.5-5s5.5 2 5.5 5M13 3.8a3 3 0 0 1 0 5.4M15 12c1.9.7 3 2.3 3 4.5",
        "send" => "M17 3 2.5 9l5.5 2.5L10.5 17z M8 11.5 17 3",
        "globe" => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM2.5 10h15M10 2.5c2 2 3 4.5 3 7.5s-1 5.5-3 7.5c-2-2-3-4.5-3-7.5s1-5.5 3-7.5Z",
        "list" => "M7 5h10M7 10h10M7 15h10M3 5h.01M3 10h.01M3 15h.01",
        "upload" => "M10 13V3.5M6 7l4-4 4 4M3.5 13v2.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V13",
        "download" => "M10 3.5V13M6 9l4 4 4-4M3.5 14v1.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V14",
        "copy" => "M7 7h8.5v9.5H7zM4.5 13V3.5H13",
        "check" => "m4 10.5 4 4 8-9",
        "cross" => "m5 5 10 10M15 5 5 15",
        "warn" => "M10 3 2.5 16.5h15zM10 8v4M10 14.2h.01",
        "sun" => {
            "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.5 4.5l1 1M14.5 14.5l1 1M4.5 15.5l1-1M14.5 5.5l1-1"
        }
        "out" => "M12 3.5H4.5v13H12M9 10h8M14 7l3 3-3 3",
        "gear" => {
            "M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4"
        }
        "plus" => "M10 4v12M4 10h12",
        "menu" => "M3 6h14M3 10h14M3 14h14",
        "search" => "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4",
        "down" => "m5 8 5 5 5-5",
        "dots" => "M5 10h.01M10 10h.01M15 10h.01",
        "columns" => "M3.5 4.5h13v11h-13zM8 4.5v11M12.5 4.5v11",
        "pencil" => "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.5 5.9l2.6 2.6",
        "trash" => "M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4.5M11.5 9v4.5",
        "shield" => "M10 2.5 4 5v4.5c0 4 2.6 6.6 6 8 3.4-1.4 6-4 6-8V5z",
        "info" => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9.5v4M10 6.5h.01",
        "clock" => "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 5.5V10l3 2",
        "inbox" => "M3 11.5 5.5 4h9l2.5 7.5v4a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1zM3 11.5h4l1 2.5h4l1-2.5h4",
        _ => "",
    }
}

/// An icon beside a text; alone, the control around it needs a label.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=shape(name) />
        </svg>
    }
}
