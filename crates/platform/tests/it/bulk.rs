//! Actions over many contacts, killed half way, taken back, and at once with others.

use std::collections::{BTreeMap, BTreeSet};

use nexsent_model::{
    BulkId, ContactId, Fault, FaultCode, ImportId, ListId,
    bulk::{BulkAction, BulkState, BulkView, ContactFilter, SkipReason, StopReason},
    campaigns::CampaignDraft,
    contacts::{Contact, ContactDraft, ContactQuery, ContactStatus},
    suppressions::SuppressionQuery,
};
use nexsent_platform::{BulkProgress, ImportProgress, Platform, TenantDb, testing::RawSystem};

use crate::world::{World, config, run};

/// Every contact, by pages.
pub async fn everyone(t: &TenantDb) -> Vec<Contact> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = t.contacts(&ContactQuery { limit: 200, after, ..ContactQuery::default() }).await.unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Bitmaps, counts and rows agree: whoever says of a contact that it is in a list says it everywhere, and nobody else does.
pub async fn check(platform: &Platform, t: &TenantDb) {
    let rows = everyone(t).await;
    let total = t.contacts(&ContactQuery::default()).await.unwrap().total.unwrap();
    assert_eq!(rows.len() as u64, total, "the bitmap of all counts who is there");
    let raw = RawSystem::new(platform);
    let tenant = &t.me().workspace;
    assert_eq!(raw.count(&format!("SELECT id FROM contact WHERE tenant = '{tenant}'")).await as u64, total, "every row is in the bitmap");
    let emails: BTreeSet<&str> = rows.iter().map(|c| c.email.as_str()).collect();
    assert_eq!(emails.len(), rows.len(), "an address once");
    for list in t.lists().await.unwrap() {
        let by_rows: BTreeSet<ContactId> = rows.iter().filter(|c| c.lists.contains(&list.id)).map(|c| c.id).collect();
        let filter = ContactFilter::View { search: String::new(), list: Some(list.id.clone()), segment: None };
        assert_eq!(list.contacts, by_rows.len() as u64, "{}: the count", list.name);
        let bits = t.contacts_to_export(&filter).await.unwrap();
        assert_eq!(bits.iter().map(ContactId).collect::<BTreeSet<_>>(), by_rows, "{}: the bitmap", list.name);
    }
    let stops: BTreeSet<String> = suppressed(t).await;
    for c in &rows {
        assert_eq!(c.status != ContactStatus::Active, stops.contains(&c.email), "{} is {:?}", c.email, c.status);
    }
}

pub async fn suppressed(t: &TenantDb) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut after = None;
    loop {
        let page = t.suppressions(&SuppressionQuery { limit: 200, after, ..SuppressionQuery::default() }).await.unwrap();
        let before = all.len();
        let got = page.items.len();
        all.extend(page.items.into_iter().map(|s| s.email));
        assert_eq!(all.len(), before + got, "a page shows nobody twice");
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Contacts by an import: many at once.
pub async fn import(platform: &Platform, t: &TenantDb, rows: impl Iterator<Item = String>, lists: &[ListId]) {
    let id = ImportId::new();
    let text = format!("email,first name,city\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    std::fs::write(t.import_upload_path(&id).await.unwrap(), text).unwrap();
    t.create_import(&id, "people.csv").await.unwrap();
    let mut plan = t.import(&id).await.unwrap().plan;
    plan.lists = lists.to_vec();
    t.start_import(&id, &plan).await.unwrap();
    let system = platform.system();
    let mut running = system.begin_import(&id).await.unwrap().unwrap();
    while system.step_import(&mut running).await.unwrap() == ImportProgress::More {}
}

/// Works until the end, or for some batches: then the process is gone.
async fn work(platform: &Platform, id: &BulkId, batches: Option<usize>) {
    let system = platform.system();
    let Some(mut running) = system.begin_bulk(id).await.unwrap() else { return };
    let mut n = 0;
    while batches.is_none_or(|b| n < b) && system.step_bulk(&mut running).await.unwrap() == BulkProgress::More {
        n += 1;
    }
}

/// What can be compared of contacts: all but when they were changed.
fn facts(all: &[Contact]) -> BTreeMap<ContactId, (String, String, String, Vec<ListId>, ContactStatus)> {
    let sorted = |c: &Contact| c.lists.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let one = |c: &Contact| (c.email.clone(), c.first_name.clone(), format!("{:?} {}", c.attributes, c.created_at), sorted(c), c.status);
    all.iter().map(|c| (c.id, one(c))).collect()
}

/// The links in a message.
pub struct Links {
    pub unsubscribe: String,
    pub view: String,
}

/// Sends a campaign to so many new contacts, as far as their messages; gives addresses and links, in the order of their numbers.
pub async fn mailed(w: &World, t: &TenantDb, contacts: u32) -> Vec<(String, Links)> {
    let domain = w.verified_domain(t, "acme.test").await;
    let list = w.list(t, "m", contacts).await;
    let id = t.create_campaign("News").await.unwrap();
    let draft = CampaignDraft { html: "<p>Dear {{ contact.email }}, <a href='{{ view_url }}'>look</a></p>".into(), ..World::draft(&domain, &list) };
    t.save_campaign(&id, 1, &draft).await.unwrap();
    t.send_campaign(&id).await.unwrap();
    let system = w.platform.system();
    system.prepare_campaign(&t.me().workspace, &id).await.unwrap();
    let context = std::sync::Arc::new(system.campaign_context(&id).await.unwrap());
    let chunk = system.lease_chunk(&context).await.unwrap().unwrap();
    let token = |text: &str, path: &str| text.split(path).nth(1).unwrap().split(['>', '"', '\'']).next().unwrap().to_owned();
    chunk
        .jobs
        .iter()
        .map(|job| {
            let built = context.build(job).map(|b| b.message).unwrap();
            let message = mail_parser::MessageParser::default().parse(&built[..]).unwrap();
            let html = message.body_html(0).unwrap().into_owned();
            let head = String::from_utf8_lossy(&built).replace("\r\n ", "").replace("\r\n\t", "");
            (job.email.clone(), Links { unsubscribe: token(&head, "/u/"), view: token(&html, "/v/") })
        })
        .collect()
}

const PEOPLE: u32 = 1300;

#[test]
fn every_action_and_its_undo_survive_being_killed() {
    run(async {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("surrealkv://{}", dir.path().join("db").display());
        let mut platform = Platform::open(config(&url, dir.path())).await.unwrap();
        let token = platform.gate().create_setup_token().await.unwrap();
        let form = nexsent_model::accounts::SignUp {
            name: "Owner".into(),
            workspace: "Acme".into(),
            email: "owner@acme.test".into(),
            password: "long enough 1".into(),
        };
        let me = platform.gate().complete_setup(&token, &form).await.unwrap().member;
        let mut t = platform.tenant(&me).await.unwrap();
        let a = t.create_list("A", "").await.unwrap();
        let b = t.create_list("B", "").await.unwrap();
        import(
            &platform,
            &t,
            (0..PEOPLE).map(|n| format!("p{n}@example.com,N{n},{}", if n % 2 == 0 { "Paris" } else { "" })),
            std::slice::from_ref(&a),
        )
        .await;
        // Some are in the other list already, and somebody has unsubscribed before.
        let few: Vec<ContactId> = (1..=40).map(ContactId).collect();
        t.start_bulk(&ContactFilter::Ids { ids: few.clone() }, &BulkAction::AddToList { list: b.clone() }).await.unwrap();
        t.add_suppression("p7@example.com").await.unwrap();
        check(&platform, &t).await;
        let before = everyone(&t).await;
        for action in [
            BulkAction::AddToList { list: b.clone() },
            BulkAction::RemoveFromList { list: a.clone() },
            BulkAction::SetAttribute { name: "city".into(), value: "Rome".into() },
            BulkAction::ClearAttribute { name: "city".into() },
            BulkAction::Suppress { reason: StopReason::Unsubscribed },
            BulkAction::Suppress { reason: StopReason::Manual },
            BulkAction::Delete,
        ] {
            let made = t.start_bulk(&ContactFilter::all(), &action).await.unwrap();
            assert_eq!((made.state, made.total), (BulkState::Queued, u64::from(PEOPLE)), "{action:?} is left to the background");
            assert!(t.undo_bulk(&made.id).await.is_err(), "not before it is over");
            work(&platform, &made.id, Some(1)).await;
            (platform, t) = reopen(platform, t, &url, dir.path()).await;
            let half = t.bulk(&made.id).await.unwrap();
            assert_eq!((half.state, half.processed), (BulkState::Running, 500), "{action:?}");
            check(&platform, &t).await;
            work(&platform, &made.id, None).await;
            let done = t.bulk(&made.id).await.unwrap();
            let skipped: u64 = done.skipped.iter().map(|s| s.count).sum();
            assert_eq!((done.state, done.processed, done.changed + skipped), (BulkState::Done, u64::from(PEOPLE), u64::from(PEOPLE)), "{done:?}");
            assert_eq!(done.changed, expected(&action), "{done:?}");
            check(&platform, &t).await;
            assert!(facts(&everyone(&t).await) != facts(&before), "{action:?} did something");
            // Back, killed half way as well.
            let undo = t.undo_bulk(&made.id).await.unwrap();
            assert!(t.undo_bulk(&made.id).await.is_err(), "once");
            if undo.state == BulkState::Queued {
                work(&platform, &undo.id, Some(1)).await;
                (platform, t) = reopen(platform, t, &url, dir.path()).await;
                check(&platform, &t).await;
                work(&platform, &undo.id, None).await;
            }
            let undone = t.bulk(&undo.id).await.unwrap();
            assert_eq!((undone.state, undone.processed, undone.changed), (BulkState::Done, done.changed, done.changed), "{undone:?}");
            assert!(undone.skipped.is_empty(), "{undone:?}");
            check(&platform, &t).await;
            let (now, was) = (facts(&everyone(&t).await), facts(&before));
            let other = now.iter().find(|(id, c)| was.get(id) != Some(c));
            assert!(other.is_none() && now.len() == was.len(), "{action:?} was not taken back as it was: {other:?}");
            assert_eq!(
                RawSystem::new(&platform).count(&format!("SELECT id FROM bulk_undo WHERE tenant = '{}'", t.me().workspace)).await,
                40,
                "what has undone something is used up"
            );
        }
    });
}

fn expected(action: &BulkAction) -> u64 {
    let all = u64::from(PEOPLE);
    match action {
        BulkAction::AddToList { .. } => all - 40,
        BulkAction::ClearAttribute { .. } => all / 2,
        BulkAction::Suppress { .. } => all - 1,
        _ => all,
    }
}

async fn reopen(platform: Platform, t: TenantDb, url: &str, dir: &std::path::Path) -> (Platform, TenantDb) {
    let me = t.me().member.clone();
    drop(t);
    platform.close().await;
    let platform = Platform::open(config(url, dir)).await.unwrap();
    let t = platform.tenant(&me).await.unwrap();
    (platform, t)
}

async fn world(people: u32) -> (World, TenantDb, ListId) {
    let w = World::new().await;
    let t = w.workspace("acme").await;
    let list = t.create_list("L", "").await.unwrap();
    import(&w.platform, &t, (0..people).map(|n| format!("p{n}@example.com,N{n},Paris")), std::slice::from_ref(&list)).await;
    (w, t, list)
}

fn skips(view: &BulkView) -> Vec<(SkipReason, u64)> {
    view.skipped.iter().map(|s| (s.reason, s.count)).collect()
}

async fn find(t: &TenantDb, email: &str) -> Contact {
    t.contacts(&ContactQuery { search: email.into(), ..ContactQuery::default() }).await.unwrap().items.remove(0)
}

fn draft(email: &str) -> ContactDraft {
    ContactDraft { email: email.into(), ..ContactDraft::default() }
}

#[test]
fn a_filter_is_a_view_or_some_named_ones_and_never_anothers() {
    run(async {
        let (w, t, list) = world(30).await;
        let other = w.workspace("other").await;
        let view = |search: &str, list: Option<&ListId>| ContactFilter::View { search: search.into(), list: list.cloned(), segment: None };
        t.create_contact(&draft("p1@elsewhere.example")).await.unwrap();
        assert_eq!(t.count_contacts(&ContactFilter::all()).await.unwrap(), 31);
        assert_eq!(t.count_contacts(&view("", Some(&list))).await.unwrap(), 30);
        assert_eq!(t.count_contacts(&view(" P1@ ", None)).await.unwrap(), 2);
        assert_eq!(t.count_contacts(&view("p1@", Some(&list))).await.unwrap(), 1);
        assert_eq!(t.count_contacts(&ContactFilter::Ids { ids: vec![ContactId(3), ContactId(3), ContactId(999)] }).await.unwrap(), 1);
        let none = ContactFilter::Ids { ids: Vec::new() };
        assert_eq!(Fault::from(t.start_bulk(&none, &BulkAction::Delete).await.unwrap_err()).code, FaultCode::NotFound);
        let many = ContactFilter::Ids { ids: (0..1001).map(ContactId).collect() };
        assert_eq!(Fault::from(t.start_bulk(&many, &BulkAction::Delete).await.unwrap_err()).code, FaultCode::TooLarge);
        // Another workspace's list, action, contacts.
        assert!(other.count_contacts(&view("", Some(&list))).await.is_err());
        assert!(other.start_bulk(&ContactFilter::all(), &BulkAction::Delete).await.is_err(), "it has nobody");
        other.create_contact(&draft("x@example.com")).await.unwrap();
        let refused = other.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: list.clone() }).await.unwrap_err();
        assert_eq!(Fault::from(refused).field.as_deref(), Some("list"));
        let made = t.start_bulk(&ContactFilter::Ids { ids: vec![ContactId(1)] }, &BulkAction::Delete).await.unwrap();
        assert_eq!((made.state, made.changed), (BulkState::Done, 1), "a few are done at once");
        for refused in [other.bulk(&made.id).await, other.undo_bulk(&made.id).await, other.cancel_bulk(&made.id).await] {
            assert_eq!(Fault::from(refused.unwrap_err()).code, FaultCode::NotFound);
        }
        // What is wrong is said at its field.
        for (action, field) in [
            (BulkAction::SetAttribute { name: "email".into(), value: "x".into() }, "name"),
            (BulkAction::SetAttribute { name: "city".into(), value: "  ".into() }, "value"),
            (BulkAction::SetAttribute { name: "city".into(), value: serde_json::json!([1]) }, "value"),
            (BulkAction::SetAttribute { name: "city".into(), value: "x".repeat(2001).into() }, "value"),
            (BulkAction::ClearAttribute { name: "1".into() }, "name"),
        ] {
            let fault = Fault::from(t.start_bulk(&ContactFilter::all(), &action).await.unwrap_err());
            assert_eq!(fault.field.as_deref(), Some(field), "{action:?}: {fault}");
        }
        check(&w.platform, &t).await;
        check(&w.platform, &other).await;
    });
}

#[test]
fn undo_touches_only_what_is_still_as_the_action_left_it() {
    run(async {
        let (w, t, list) = world(6).await;
        let other = t.create_list("other", "").await.unwrap();
        let set = |c: &Contact, f: &dyn Fn(&mut ContactDraft)| {
            let mut d = ContactDraft {
                email: c.email.clone(),
                first_name: c.first_name.clone(),
                last_name: c.last_name.clone(),
                attributes: c.attributes.clone(),
                lists: c.lists.clone(),
            };
            f(&mut d);
            d
        };
        // An attribute that somebody has changed since, a contact that went.
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::SetAttribute { name: "City".into(), value: "Rome".into() }).await.unwrap();
        let c = find(&t, "p0@").await;
        t.update_contact(c.id, &set(&c, &|d| drop(d.attributes.insert("city".into(), "Oslo".into())))).await.unwrap();
        t.delete_contacts(&[find(&t, "p1@").await.id]).await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.changed, skips(&undone)), (4, vec![(SkipReason::Gone, 1), (SkipReason::ChangedSince, 1)]), "{undone:?}");
        assert_eq!(undone.skipped[1].examples[0].email, "p0@example.com");
        assert_eq!(
            (find(&t, "p0@").await.attributes["city"].as_str(), find(&t, "p2@").await.attributes["city"].as_str()),
            (Some("Oslo"), Some("Paris"))
        );
        // A list that somebody has left since, and one that is gone altogether.
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: other.clone() }).await.unwrap();
        let c = find(&t, "p2@").await;
        t.update_contact(c.id, &set(&c, &|d| d.lists = vec![list.clone()])).await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.changed, skips(&undone)), (4, vec![(SkipReason::ChangedSince, 1)]));
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: other.clone() }).await.unwrap();
        t.delete_list(&other).await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.changed, skips(&undone)), (0, vec![(SkipReason::ListGone, 5)]));
        check(&w.platform, &t).await;
        // Deleted: one address is added anew, a list is gone, somebody has unsubscribed: they come back as they may.
        let third = t.create_list("third", "").await.unwrap();
        t.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: third.clone() }).await.unwrap();
        let before = find(&t, "p3@").await;
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::Delete).await.unwrap();
        assert_eq!(t.count_contacts(&ContactFilter::all()).await.unwrap(), 0);
        let anew = t.create_contact(&draft("p2@example.com")).await.unwrap();
        t.delete_list(&third).await.unwrap();
        t.add_suppression("p4@example.com").await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.changed, skips(&undone)), (4, vec![(SkipReason::AddressTaken, 1)]), "{undone:?}");
        assert_eq!(undone.skipped[0].examples[0].id, anew.id);
        let back = find(&t, "p3@").await;
        assert_eq!(
            (back.id, &back.attributes, back.created_at, &back.lists),
            (before.id, &before.attributes, before.created_at, &vec![list.clone()])
        );
        assert_eq!(find(&t, "p4@").await.status, ContactStatus::Suppressed);
        check(&w.platform, &t).await;
        // A number is given once: the next contact does not get a deleted one's.
        let next = t.create_contact(&draft("next@example.com")).await.unwrap();
        assert!(next.id > anew.id);
        // The log has it all.
        let log = t.audit_log(&Default::default(), None, 200).await.unwrap();
        for action in ["contacts.delete", "contacts.list_add", "contacts.attribute_set", "bulk.undo"] {
            assert!(log.items.iter().any(|e| e.action == action), "{action}");
        }
    });
}

#[test]
fn a_persons_own_unsubscription_outlives_the_undo_of_ours() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let mail = mailed(&w, &t, 2).await;
        let [(a, links), (b, _)] = &mail[..] else { panic!("two") };
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::Suppress { reason: StopReason::Manual }).await.unwrap();
        assert_eq!(made.changed, 2);
        let again = t.start_bulk(&ContactFilter::all(), &BulkAction::Suppress { reason: StopReason::Unsubscribed }).await.unwrap();
        assert_eq!((again.changed, skips(&again)), (0, vec![(SkipReason::StoppedAlready, 2)]));
        let page = t.suppressions(&SuppressionQuery::default()).await.unwrap();
        assert!(page.items.iter().all(|s| s.origin == made.id.as_str()), "the origin is the action");
        w.platform.gate().unsubscribe(&links.unsubscribe).await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.changed, skips(&undone)), (1, vec![(SkipReason::StoppedSince, 1)]));
        assert_eq!(suppressed(&t).await, [a.clone()].into());
        assert_ne!(find(&t, a).await.status, ContactStatus::Active);
        assert_eq!(find(&t, b).await.status, ContactStatus::Active);
    });
}

#[test]
fn actions_at_once_with_each_other_with_imports_and_with_edits() {
    run(async {
        let (w, t, list) = world(1200).await;
        let b = t.create_list("B", "").await.unwrap();
        let doomed = t.create_list("doomed", "").await.unwrap();
        // One after the other in the order they were asked for; a small one waits behind a large one.
        let add = t.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: b.clone() }).await.unwrap();
        let three = ContactFilter::Ids { ids: vec![ContactId(1), ContactId(2), ContactId(3)] };
        let remove = t.start_bulk(&three, &BulkAction::RemoveFromList { list: b.clone() }).await.unwrap();
        assert_eq!((add.state, remove.state), (BulkState::Queued, BulkState::Queued));
        let open: Vec<BulkId> = w.platform.system().open_bulks().await.unwrap().into_iter().map(|(_, id)| id).collect();
        assert_eq!(open, [add.id.clone(), remove.id.clone()], "oldest first");
        // Both at work at the same time, an import and edits beside them, and somebody deletes by hand: nothing is torn.
        let platform = w.platform.clone();
        let bulk = |id: BulkId| {
            let platform = platform.clone();
            tokio::spawn(async move { work(&platform, &id, None).await })
        };
        let tasks = [bulk(add.id.clone()), bulk(add.id.clone()), bulk(remove.id.clone())];
        let (p, other, lists) = (w.platform.clone(), t.clone(), vec![list.clone(), b.clone()]);
        let importing = tokio::spawn(async move { import(&p, &other, (1000..2400).map(|n| format!("p{n}@example.com,New,Bonn")), &lists).await });
        for n in 0..20 {
            t.create_contact(&ContactDraft { lists: vec![b.clone()], ..draft(&format!("hand{n}@example.com")) }).await.unwrap();
            t.delete_contacts(&[ContactId(100 + n)]).await.unwrap();
        }
        for task in tasks {
            task.await.unwrap();
        }
        importing.await.unwrap();
        // Two were at the same action: one of them has done it, and whatever is left is done now.
        work(&w.platform, &add.id, None).await;
        let done = t.bulk(&add.id).await.unwrap();
        assert_eq!((done.state, done.processed), (BulkState::Done, 1200), "{done:?}");
        check(&w.platform, &t).await;
        // Its list goes half way.
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::AddToList { list: doomed.clone() }).await.unwrap();
        work(&w.platform, &made.id, Some(1)).await;
        t.delete_list(&doomed).await.unwrap();
        work(&w.platform, &made.id, None).await;
        let failed = t.bulk(&made.id).await.unwrap();
        assert_eq!((failed.state, failed.problem.as_deref()), (BulkState::Failed, Some("The list was deleted meanwhile.")));
        check(&w.platform, &t).await;
        // Cancelled half way: what was done stays, and can be undone.
        let made = t.start_bulk(&ContactFilter::all(), &BulkAction::Delete).await.unwrap();
        work(&w.platform, &made.id, Some(2)).await;
        t.cancel_bulk(&made.id).await.unwrap();
        assert!(t.cancel_bulk(&made.id).await.is_err(), "once");
        work(&w.platform, &made.id, None).await;
        let cancelled = t.bulk(&made.id).await.unwrap();
        assert_eq!((cancelled.state, cancelled.changed), (BulkState::Cancelled, 1000));
        check(&w.platform, &t).await;
        // The undo is cancelled half way, and asked for again: every contact is back, once.
        let undo = t.undo_bulk(&made.id).await.unwrap();
        if !undo.state.is_final() {
            work(&w.platform, &undo.id, Some(1)).await;
            t.cancel_bulk(&undo.id).await.unwrap();
            check(&w.platform, &t).await;
            let rest = t.undo_bulk(&made.id).await.unwrap();
            assert_eq!(rest.total, 500);
            work(&w.platform, &rest.id, None).await;
        }
        assert_eq!(t.count_contacts(&ContactFilter::all()).await.unwrap(), cancelled.total);
        check(&w.platform, &t).await;
    });
}

#[test]
fn what_would_undo_an_action_is_removed_after_a_week() {
    run(async {
        let (w, t, _) = world(30).await;
        let raw = RawSystem::new(&w.platform);
        let system = w.platform.system();
        let made = t.start_bulk(&ContactFilter::Ids { ids: (1..=20).map(ContactId).collect() }, &BulkAction::Delete).await.unwrap();
        let days = (made.undo_until.unwrap() - chrono::Utc::now()).num_hours();
        assert!((7 * 24 - 1..=7 * 24).contains(&days), "{days}");
        assert_eq!((system.expire_bulks().await.unwrap(), raw.count("SELECT id FROM bulk_undo").await), (0, 20));
        raw.run("UPDATE bulk SET undo_until = time::now() - 1s").await.unwrap();
        assert!(t.bulk(&made.id).await.unwrap().undo_until.is_none(), "too late");
        assert!(t.undo_bulk(&made.id).await.is_err());
        assert_eq!(system.expire_bulks().await.unwrap(), 1);
        assert_eq!((raw.count("SELECT id FROM bulk_undo").await, raw.count("SELECT id FROM bulk_target").await), (0, 0));
        assert_eq!(system.expire_bulks().await.unwrap(), 0);
        let kept = t.bulk(&made.id).await.unwrap();
        assert_eq!((kept.state, kept.changed), (BulkState::Done, 20), "the report stays");
        check(&w.platform, &t).await;
    });
}
