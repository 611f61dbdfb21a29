//! The suppression list, and views as files: complete, and nothing in them runs in a spreadsheet.

use nexsent_model::{
    Cursor, Fault, FaultCode, MemberId,
    accounts::Role,
    bulk::{BulkAction, ContactFilter, StopReason},
    contacts::{ContactDraft, ContactStatus},
    suppressions::{SuppressionQuery, SuppressionReason},
};
use nexsent_platform::{TenantDb, testing::RawSystem};

use crate::{
    bulk::{check, import, suppressed},
    world::{World, run},
};

/// What a spreadsheet program takes for the start of a formula (OWASP, CSV injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn parse(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Every cell is a number or begins with nothing that runs.
fn harmless(rows: &[Vec<String>]) {
    assert!(rows.len() > 1, "{rows:?}");
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(FORMULA) || cell.parse::<f64>().is_ok(), "{cell:?}");
    }
}

async fn contacts(t: &TenantDb, filter: &ContactFilter) -> Vec<Vec<String>> {
    let (mut out, names) = t.contacts_csv_header().await.unwrap();
    let mut numbers = t.contacts_to_export(filter).await.unwrap();
    while let Some(lines) = t.contacts_csv(&names, &mut numbers).await.unwrap() {
        out.extend(lines);
    }
    parse(&out)
}

async fn suppressions(t: &TenantDb, query: &SuppressionQuery) -> Vec<Vec<String>> {
    let (mut out, mut next) = t.suppressions_csv(query).await.unwrap();
    while let Some(after) = next {
        let (more, then) = t.suppressions_csv(&SuppressionQuery { after: Some(after), ..query.clone() }).await.unwrap();
        out.extend(more);
        next = then;
    }
    parse(&out)
}

async fn campaigns(t: &TenantDb) -> Vec<Vec<String>> {
    let (mut out, mut next): (Vec<u8>, Option<Cursor>) = t.campaigns_csv(None).await.unwrap();
    while let Some(after) = next {
        let (more, then) = t.campaigns_csv(Some(after)).await.unwrap();
        out.extend(more);
        next = then;
    }
    parse(&out)
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let evil = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1", "＠x", "=HYPERLINK(\"http://evil.example\",\"a\")"];
        let list = t.create_list("=cmd()", "@SUM(A1:A9)").await.unwrap();
        for (n, text) in evil.iter().enumerate() {
            let draft = ContactDraft {
                email: format!("={n}@example.com"),
                first_name: (*text).to_owned(),
                last_name: (*text).to_owned(),
                attributes: [("note".to_owned(), (*text).into()), ("sum".to_owned(), (-5).into()), ("tab".to_owned(), format!("\t{text}").into())]
                    .into(),
                lists: vec![list.clone()],
            };
            t.create_contact(&draft).await.unwrap();
        }
        let rows = contacts(&t, &ContactFilter::all()).await;
        harmless(&rows);
        assert_eq!(rows.len(), 1 + evil.len());
        let note = rows[0].iter().position(|c| c == "note").unwrap();
        assert!(rows[1..].iter().all(|r| evil.contains(&r[note].strip_prefix('\'').unwrap())), "the text is all there: {rows:?}");
        harmless(&parse(&t.lists_csv().await.unwrap()));
        t.create_campaign("=1+1").await.unwrap();
        harmless(&campaigns(&t).await);
        t.add_suppression("+x@example.com").await.unwrap();
        RawSystem::new(&w.platform).run("UPDATE suppression SET origin = '=1+1'").await.unwrap();
        harmless(&suppressions(&t, &SuppressionQuery::default()).await);
    });
}

#[test]
fn an_export_has_what_the_view_shows() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("L", "").await.unwrap();
        import(&w.platform, &t, (0..1234).map(|n| format!("p{n}@example.com,N{n},Paris")), std::slice::from_ref(&list)).await;
        t.create_contact(&ContactDraft { email: "p1@elsewhere.example".into(), ..ContactDraft::default() }).await.unwrap();
        let view = |search: &str, list: Option<_>| ContactFilter::View { search: search.into(), list, segment: None };
        let all = contacts(&t, &ContactFilter::all()).await;
        assert_eq!(all.len(), 1 + 1235, "over several pieces");
        assert_eq!(all[1][0], "p1@elsewhere.example", "newest first");
        let unique: std::collections::BTreeSet<&String> = all[1..].iter().map(|r| &r[0]).collect();
        assert_eq!(unique.len(), 1235);
        assert_eq!(contacts(&t, &view("", Some(list.clone()))).await.len(), 1 + 1234);
        assert_eq!(contacts(&t, &view("p12", None)).await.len(), 1 + 45);
        assert_eq!(contacts(&t, &view("p1@", Some(list.clone()))).await.len(), 1 + 1);
        assert_eq!(contacts(&t, &view("nobody", None)).await.len(), 1);
        let other = w.workspace("other").await;
        assert!(other.contacts_to_export(&view("", Some(list.clone()))).await.is_err());
        assert_eq!(contacts(&other, &ContactFilter::all()).await.len(), 1);
        let lists = parse(&t.lists_csv().await.unwrap());
        assert_eq!((lists.len(), lists[1][0].as_str(), lists[1][2].as_str()), (2, "L", "1234"));
        // More than a page of suppressions, many of one instant.
        t.start_bulk(&view("p12", None), &BulkAction::Suppress { reason: StopReason::Unsubscribed }).await.unwrap();
        t.start_bulk(&view("p3", None), &BulkAction::Suppress { reason: StopReason::Manual }).await.unwrap();
        RawSystem::new(&w.platform).run("UPDATE suppression SET newest = -5 WHERE string::starts_with(email, 'p30')").await.unwrap();
        let all = suppressions(&t, &SuppressionQuery::default()).await;
        let unique: std::collections::BTreeSet<&String> = all[1..].iter().map(|r| &r[0]).collect();
        assert_eq!((all.len(), unique.len()), (1 + 45 + 111, 45 + 111));
        let only = SuppressionQuery { reason: Some(SuppressionReason::Unsubscribed), ..SuppressionQuery::default() };
        assert_eq!(suppressions(&t, &only).await.len(), 1 + 45);
        let found = SuppressionQuery { search: "P30".into(), reason: Some(SuppressionReason::Manual), ..SuppressionQuery::default() };
        assert_eq!(suppressions(&t, &found).await.len(), 1 + 11);
        assert_eq!(suppressed(&t).await.len(), 156, "the page shows the same");
        assert_eq!(suppressions(&other, &SuppressionQuery::default()).await.len(), 1);
    });
}

#[test]
fn addresses_are_suppressed_by_hand_and_let_go_by_admins_alone() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let raw = RawSystem::new(&w.platform);
        let tenant = t.me().workspace.clone();
        let ann = t.create_contact(&ContactDraft { email: "ann@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        t.add_suppression(" ANN@example.com").await.unwrap();
        assert_eq!(t.contact(ann.id).await.unwrap().status, ContactStatus::Suppressed);
        let again = Fault::from(t.add_suppression("ann@example.com").await.unwrap_err());
        assert_eq!((again.code, again.field.as_deref()), (FaultCode::Conflict, Some("email")));
        assert_eq!(Fault::from(t.add_suppression("no address").await.unwrap_err()).field.as_deref(), Some("email"));
        // Whether it is a contact or not: who comes later is suppressed, too.
        t.add_suppression("later@example.com").await.unwrap();
        let later = t.create_contact(&ContactDraft { email: "later@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        assert_eq!(later.status, ContactStatus::Suppressed);
        check(&w.platform, &t).await;
        // A marketer adds, but lets nobody go; a viewer does neither.
        for (role, adds) in [(Role::Marketer, true), (Role::Viewer, false)] {
            let member = MemberId::new();
            let account = nexsent_model::AccountId::new();
            raw.run(&format!("CREATE member:⟨{member}⟩ SET tenant = '{tenant}', account = '{account}', role = '{}'", role.as_str())).await.unwrap();
            raw.run(&format!("CREATE account:⟨{account}⟩ SET email = '{member}', name = 'x', password = 'x'")).await.unwrap();
            let m = w.platform.tenant(&member).await.unwrap();
            assert_eq!(m.add_suppression(&format!("{}@example.com", role.as_str())).await.is_ok(), adds);
            assert_eq!(Fault::from(m.remove_suppression("ann@example.com", "").await.unwrap_err()).code, FaultCode::Forbidden);
            assert_eq!(m.start_bulk(&ContactFilter::all(), &BulkAction::Delete).await.is_ok(), adds);
        }
        assert_eq!(t.count_contacts(&ContactFilter::all()).await.unwrap(), 0, "the marketer may");
        let newest = t.bulks().await.unwrap().remove(0);
        t.undo_bulk(&newest.id).await.unwrap();
        t.remove_suppression("ann@example.com", "").await.unwrap();
        assert_eq!(t.contact(ann.id).await.unwrap().status, ContactStatus::Active);
        assert!(t.remove_suppression("ann@example.com", "").await.is_err(), "once");
        // Who has complained is let go by their whole address alone.
        raw.run("UPDATE suppression SET reason = 'complaint' WHERE email = 'later@example.com'").await.unwrap();
        for typed in ["", "later", "ann@example.com"] {
            let refused = Fault::from(t.remove_suppression("later@example.com", typed).await.unwrap_err());
            assert_eq!(refused.field.as_deref(), Some("typed"));
        }
        let other = w.workspace("other").await;
        assert_eq!(Fault::from(other.remove_suppression("later@example.com", "later@example.com").await.unwrap_err()).code, FaultCode::NotFound);
        // And not with a borrowed browser.
        for unproven in [&t, &w.browser(&t).await] {
            let refused = Fault::from(unproven.remove_suppression("later@example.com", "later@example.com").await.unwrap_err());
            assert_eq!(refused.code, FaultCode::ProofNeeded);
            assert_eq!(t.contact(later.id).await.unwrap().status, ContactStatus::Suppressed);
        }
        w.proven(&t).await.0.remove_suppression("later@example.com", "Later@Example.com ").await.unwrap();
        assert_eq!(t.contact(later.id).await.unwrap().status, ContactStatus::Active);
        let log = t.audit_log(&nexsent_model::team::AuditQuery { search: "suppression".into(), ..Default::default() }, None, 50).await.unwrap();
        assert!(log.items.iter().any(|e| e.action == "suppression.remove" && e.before.as_deref().is_some_and(|b| b.starts_with("complaint"))));
        check(&w.platform, &t).await;
    });
}
