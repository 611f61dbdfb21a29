//! What the palette lists: pages, actions, and what the server has found.

use nexsent_model::accounts::Role;

use super::api::{Jump, Place};
use crate::frame::open_to;

/// Kinds of lines, in the order they are shown.
pub(super) const GROUPS: [&str; 4] = ["Pages", "Actions", "Campaigns", "Contacts"];
/// A page's title, its address, and its key after `g`.
pub(super) const PAGES: [(&str, &str, Option<&str>); 18] = [
    ("Dashboard", "/dashboard", Some("d")),
    ("Campaigns", "/campaigns", Some("m")),
    ("Contacts", "/contacts", Some("c")),
    ("Lists", "/contacts/lists", None),
    ("Segments", "/contacts/segments", None),
    ("Attributes", "/contacts/attributes", None),
    ("Suppressed addresses", "/contacts/suppressions", None),
    ("Duplicates", "/contacts/duplicates", None),
    ("Actions over contacts", "/contacts/actions", None),
    ("Import", "/contacts/import", Some("i")),
    ("Sign-up forms", "/forms", Some("f")),
    ("Domains", "/domains", Some("o")),
    ("Settings: Workspace", "/settings", Some("s")),
    ("Settings: Sending", "/settings/sending", None),
    ("Settings: Data", "/settings/data", None),
    ("Settings: Team", "/settings/team", None),
    ("Settings: Your account", "/settings/account", None),
    ("Settings: Audit log", "/settings/audit", None),
];
type Allowed = fn(Role) -> bool;

/// What can be done, where, and by whom.
const ACTIONS: [(&str, &str, Allowed); 4] = [
    ("Add a contact", "/contacts/new", Role::can_send),
    ("Import a file", "/contacts/import", Role::can_send),
    ("New campaign", "/campaigns", Role::can_send),
    ("Add a domain", "/domains", Role::can_admin),
];

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Page(String),
    Theme,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub group: &'static str,
    pub title: String,
    pub note: String,
    pub key: Option<&'static str>,
    pub target: Target,
}

impl Line {
    fn page(group: &'static str, title: &str, href: &str, key: Option<&'static str>) -> Self {
        Self { group, title: title.to_owned(), note: String::new(), key, target: Target::Page(href.to_owned()) }
    }

    fn found(group: &'static str, place: &Place) -> Self {
        Self { note: place.note.clone(), ..Self::page(group, &place.title, &place.href, None) }
    }
}

/// What is listed for `wanted`, which is in lower case.
pub(super) fn lines(wanted: &str, role: Role, found: &Jump) -> Vec<Line> {
    let pages = PAGES.iter().filter(|p| open_to(p.1, role)).map(|(title, href, key)| Line::page("Pages", title, href, *key));
    let actions = ACTIONS.iter().filter(|a| a.2(role)).map(|(title, href, _)| Line::page("Actions", title, href, None));
    let theme = Line { target: Target::Theme, ..Line::page("Actions", "Switch theme", "", None) };
    // The answer may be to fewer letters than are typed by now: it is narrowed down to what still fits.
    let campaigns = found.campaigns.iter().filter(|p| p.title.to_lowercase().contains(wanted)).map(|p| Line::found("Campaigns", p));
    let contacts = found.contacts.iter().filter(|p| p.title.to_lowercase().starts_with(wanted)).map(|p| Line::found("Contacts", p));
    let own = pages.chain(actions).chain([theme]).filter(|l| l.title.to_lowercase().contains(wanted));
    own.chain(campaigns).chain(contacts).collect()
}

#[cfg(test)]
mod tests {
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
}
