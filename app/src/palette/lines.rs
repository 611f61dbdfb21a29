//! What the palette lists: pages, actions, and what the server has found.

use nexsent_model::accounts::Role;
use nexsent_texts::t;

use super::api::{Jump, Place};
use crate::frame::open_to;

/// Kinds of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Pages,
    Actions,
    Campaigns,
    Contacts,
}

impl Group {
    /// In the order they are shown.
    pub const ALL: [Self; 4] = [Self::Pages, Self::Actions, Self::Campaigns, Self::Contacts];

    pub fn label(self) -> String {
        match self {
            Self::Pages => t!("places-pages"),
            Self::Actions => t!("places-actions"),
            Self::Campaigns => t!("places-campaigns"),
            Self::Contacts => t!("places-contacts"),
        }
    }
}

/// A page's title, its address, and its key after `g`.
pub(super) fn pages() -> [(String, &'static str, Option<&'static str>); 18] {
    [
        (t!("places-dashboard"), "/dashboard", Some("d")),
        (t!("places-campaigns"), "/campaigns", Some("m")),
        (t!("places-contacts"), "/contacts", Some("c")),
        (t!("places-lists"), "/contacts/lists", None),
        (t!("places-segments"), "/contacts/segments", None),
        (t!("places-attributes"), "/contacts/attributes", None),
        (t!("places-suppressions"), "/contacts/suppressions", None),
        (t!("places-duplicates"), "/contacts/duplicates", None),
        (t!("places-contact-actions"), "/contacts/actions", None),
        (t!("places-import"), "/contacts/import", Some("i")),
        (t!("places-sign-up-forms"), "/forms", Some("f")),
        (t!("places-domains"), "/domains", Some("o")),
        (t!("places-settings-workspace"), "/settings", Some("s")),
        (t!("places-settings-sending"), "/settings/sending", None),
        (t!("places-settings-data"), "/settings/data", None),
        (t!("places-settings-team"), "/settings/team", None),
        (t!("places-settings-account"), "/settings/account", None),
        (t!("places-settings-audit"), "/settings/audit", None),
    ]
}

type Allowed = fn(Role) -> bool;

/// What can be done, where, and by whom.
fn actions() -> [(String, &'static str, Allowed); 4] {
    [
        (t!("places-add-contact"), "/contacts/new", Role::can_send),
        (t!("places-import-file"), "/contacts/import", Role::can_send),
        (t!("places-new-campaign"), "/campaigns", Role::can_send),
        (t!("places-add-domain"), "/domains", Role::can_admin),
    ]
}

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Page(String),
    Theme,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub group: Group,
    pub title: String,
    pub note: String,
    pub key: Option<&'static str>,
    pub target: Target,
}

impl Line {
    fn page(group: Group, title: String, href: &str, key: Option<&'static str>) -> Self {
        Self { group, title, note: String::new(), key, target: Target::Page(href.to_owned()) }
    }

    fn found(group: Group, place: &Place) -> Self {
        Self { note: place.note.clone(), ..Self::page(group, place.title.clone(), &place.href, None) }
    }
}

/// In lower case and without the marks on letters: who types "campana" means "campaña".
fn folded(text: &str) -> String {
    let plain = |c| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c => c,
    };
    text.to_lowercase().chars().map(plain).collect()
}

/// What is listed for `wanted`, which is in lower case.
pub(super) fn lines(wanted: &str, role: Role, found: &Jump) -> Vec<Line> {
    let pages = pages().into_iter().filter(|p| open_to(p.1, role)).map(|(title, href, key)| Line::page(Group::Pages, title, href, key));
    let actions = actions().into_iter().filter(|a| a.2(role)).map(|(title, href, _)| Line::page(Group::Actions, title, href, None));
    let theme = Line { target: Target::Theme, ..Line::page(Group::Actions, t!("places-theme"), "", None) };
    // The answer may be to fewer letters than are typed by now: it is narrowed down to what still fits.
    let campaigns = found.campaigns.iter().filter(|p| p.title.to_lowercase().contains(wanted)).map(|p| Line::found(Group::Campaigns, p));
    let contacts = found.contacts.iter().filter(|p| p.title.to_lowercase().starts_with(wanted)).map(|p| Line::found(Group::Contacts, p));
    let word = folded(wanted);
    let own = pages.chain(actions).chain([theme]).filter(|l| folded(&l.title).contains(&word));
    own.chain(campaigns).chain(contacts).collect()
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use nexsent_texts::{Language, within};

    use super::*;

    #[test]
    fn what_is_listed_for_whom() {
        let place = |title: &str| Place { href: "/x".to_owned(), title: title.to_owned(), note: String::new() };
        let found = Jump { campaigns: vec![place("Autumn news")], contacts: vec![place("ann@a.example")] };
        let titles = |wanted: &str, role| lines(wanted, role, &found).into_iter().map(|l| l.title).collect::<Vec<_>>();
        assert_eq!(titles("camp", Role::Owner), ["Campaigns", "New campaign"]);
        assert_eq!(titles("camp", Role::Viewer), ["Campaigns"]);
        assert!(titles("audit", Role::Marketer).is_empty());
        // An agent is offered nothing of campaigns, not even the page.
        assert_eq!(titles("camp", Role::Agent), Vec::<String>::new());
        assert_eq!(titles("import", Role::Viewer), Vec::<String>::new());
        // An answer to fewer letters is narrowed down.
        assert_eq!(titles("an", Role::Viewer), ["ann@a.example"]);
        assert_eq!(titles("umn", Role::Viewer), ["Autumn news"]);
    }

    #[test]
    fn the_words_of_another_language_are_found_with_and_without_their_marks() {
        let titles = |wanted: &str| {
            let asked = async { lines(wanted, Role::Owner, &Jump::default()).into_iter().map(|l| l.title).collect::<Vec<_>>() };
            let asked = std::pin::pin!(within(Language::Es, asked));
            match asked.poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(titles) => titles,
                Poll::Pending => Vec::new(),
            }
        };
        assert_eq!(titles("campaña"), ["Campañas", "Nueva campaña"]);
        assert_eq!(titles("campana"), titles("campaña"));
        assert!(titles("campaigns").is_empty());
    }
}
