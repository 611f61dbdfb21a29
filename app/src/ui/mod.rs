//! The kit: every button, field, table, dialog and chart comes from here.

pub mod chart;
pub mod dialog;
pub mod form;
pub mod guard;
pub mod habits;
pub mod icon;
pub mod input;
pub mod listing;
pub mod menu;
pub mod page;
pub mod table;
pub mod tabs;
pub mod text;
pub mod theme;
pub mod time;
pub mod toast;

pub use chart::{BarChart, Bars, Donut, Funnel, HeatStrip, LineChart};
pub use dialog::{Confirm, Dialog, DialogHead, Drawer};
pub use form::{Check, Choice, Field, Message, TextArea, refusal_of, refusal_of_server};
pub use guard::unsaved;
pub use icon::Icon;
pub use input::{Combobox, Switch, TagInput, When};
pub use listing::{ListFilter, ListFoot, ListSearch, Listing, use_listing};
pub use menu::{Item, Menu, Tip};
pub use page::{
    Avatar, Badge, Card, CodeBlock, CopyBlock, Empty, IconButton, Loading, PageHead, Pager, Problem, Progress, Shape, Stat, Tone, load, load_as,
};
pub use table::{BulkBar, Column, DataTable, Ticks};
pub use tabs::{NavTabs, TabList};
pub use time::Time;

/// 1,234,567, as the language writes it.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mark = nexsent_texts::current().group_mark();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(c);
    }
    out
}

/// `12.3%`; a dash of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = format!("{:.1}", part as f64 * 100.0 / whole as f64);
    nexsent_texts::t!("ui-percent", share = tenths.replace('.', nexsent_texts::current().decimal_mark().encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use nexsent_texts::{Language, within};

    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!([grouped(0), grouped(999), grouped(1000), grouped(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([percent(1, 0), percent(1, 8)], ["–", "12.5%"]);
        let spanish = std::pin::pin!(within(Language::Es, async { (grouped(12_345), percent(1, 8)) })).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(spanish, Poll::Ready(("12.345".to_owned(), "12,5\u{a0}%".to_owned())));
    }
}
