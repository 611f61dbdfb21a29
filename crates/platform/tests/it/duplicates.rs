//! Duplicates: found, told apart, merged, and several again.

use std::collections::BTreeMap;

use nexsent_model::{
    ContactId, Fault, FaultCode,
    bulk::{BulkState, SkipReason},
    contacts::{Contact, ContactDraft, ContactQuery, ContactStatus},
    duplicates::{DuplicateGroup, DuplicateReason, MergePlan},
    suppressions::SuppressionQuery,
};
use nexsent_platform::{ScanProgress, TenantDb, testing::RawSystem};

use crate::{
    bulk::{check, mailed, suppressed},
    world::{World, run},
};

async fn add(t: &TenantDb, email: &str, first: &str, last: &str, attributes: &[(&str, &str)]) -> Contact {
    let attributes = attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect();
    let draft = ContactDraft { email: email.into(), first_name: first.into(), last_name: last.into(), attributes, ..ContactDraft::default() };
    t.create_contact(&draft).await.unwrap()
}

async fn scan(w: &World, t: &TenantDb, attribute: &str) -> Vec<DuplicateGroup> {
    t.start_duplicate_scan(attribute).await.unwrap();
    assert!(t.start_duplicate_scan(attribute).await.is_err(), "one at a time");
    work(w, t, None).await;
    groups(t).await
}

async fn work(w: &World, t: &TenantDb, steps: Option<usize>) {
    let system = w.platform.system();
    let Some(mut running) = system.begin_duplicate_scan(&t.me().workspace).await.unwrap() else { return };
    let mut n = 0;
    while steps.is_none_or(|s| n < s) && system.step_duplicate_scan(&mut running).await.unwrap() == ScanProgress::More {
        n += 1;
    }
}

async fn groups(t: &TenantDb) -> Vec<DuplicateGroup> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = t.duplicate_groups(after.as_ref()).await.unwrap();
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

fn plain(survivor: &Contact, others: &[&Contact]) -> MergePlan {
    MergePlan {
        survivor: survivor.id,
        others: others.iter().map(|c| c.id).collect(),
        first_name: survivor.id,
        last_name: survivor.id,
        attributes: BTreeMap::new(),
    }
}

#[test]
fn duplicates_are_found_by_mailbox_name_and_attribute_and_told_apart_for_good() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let other = w.workspace("other").await;
        for (email, first, last, phone) in [
            ("ann.b@gmail.com", "Ann", "B", "+49 30 1234567"),
            ("annb+news@googlemail.com", "", "", ""),
            ("ann@work.example", "Ann", "B", "0049-30-1234567"),
            ("bob@firm.example", "Bob", "Miller", ""),
            ("b.miller@firm.example", " bob ", "MILLER", ""),
            ("bob@elsewhere.example", "Bob", "Miller", ""),
            ("carl@firm.example", "Carl", "", ""),
            ("carl2@firm.example", "Carl", "", ""),
        ] {
            add(&t, email, first, last, &[("phone", phone)]).await;
        }
        for n in 0..21 {
            add(&t, &format!("info{n}@big.example"), "Info", "Desk", &[]).await;
        }
        add(&other, "annb@gmail.com", "Ann", "B", &[]).await;
        let found = scan(&w, &t, "phone").await;
        let shape: Vec<(DuplicateReason, Vec<&str>)> =
            found.iter().map(|g| (g.reason, g.contacts.iter().map(|c| c.email.as_str()).collect())).collect();
        assert_eq!(
            shape,
            [
                (DuplicateReason::Address, vec!["ann.b@gmail.com", "annb+news@googlemail.com"]),
                (DuplicateReason::Attribute, vec!["ann.b@gmail.com", "ann@work.example"]),
                (DuplicateReason::Name, vec!["bob@firm.example", "b.miller@firm.example"]),
            ]
        );
        let state = t.duplicate_scan().await.unwrap().unwrap();
        assert_eq!((state.state, state.total, state.looked, state.groups, state.too_large), (BulkState::Done, 29, 29, 3, 1));
        assert!(other.duplicate_scan().await.unwrap().is_none() && groups(&other).await.is_empty());
        // Not the same: not shown, and not found again.
        let bobs = found.iter().find(|g| g.reason == DuplicateReason::Name).unwrap();
        t.not_duplicates(bobs.rank).await.unwrap();
        assert_eq!(groups(&t).await.len(), 2);
        assert!(other.not_duplicates(0).await.is_err() && t.not_duplicates(99).await.is_err());
        assert_eq!(scan(&w, &t, "phone").await.len(), 2);
        assert_eq!(RawSystem::new(&w.platform).count("SELECT id FROM duplicate_group").await, 2, "the old result is gone");
        // Somebody new makes it a question again.
        add(&t, "bobby@firm.example", "Bob", "Miller", &[]).await;
        assert_eq!(scan(&w, &t, "").await.iter().map(|g| g.contacts.len()).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(Fault::from(t.start_duplicate_scan("1x").await.unwrap_err()).field.as_deref(), Some("attribute"));
        // Killed half way, it begins anew; cancelled, the old result stays.
        t.start_duplicate_scan("").await.unwrap();
        work(&w, &t, Some(1)).await;
        work(&w, &t, None).await;
        assert_eq!(groups(&t).await.len(), 2);
        t.start_duplicate_scan("").await.unwrap();
        t.cancel_duplicate_scan().await.unwrap();
        work(&w, &t, None).await;
        assert_eq!((t.duplicate_scan().await.unwrap().unwrap().state, groups(&t).await.len()), (BulkState::Cancelled, 2));
        assert!(t.cancel_duplicate_scan().await.is_err());
    });
}

#[test]
fn merging_unites_and_undo_parts_again() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let a = t.create_list("A", "").await.unwrap();
        let b = t.create_list("B", "").await.unwrap();
        let gone = t.create_list("gone", "").await.unwrap();
        let ann = add(&t, "ann@example.com", "Ann", "", &[("city", "Paris"), ("plan", "pro")]).await;
        let ann = t.update_contact(ann.id, &with(&ann, vec![a.clone()])).await.unwrap();
        let old = add(&t, "ann.old@example.com", "Anna", "Bee", &[("city", "Rome"), ("since", "2019")]).await;
        let old = t.update_contact(old.id, &with(&old, vec![a.clone(), b.clone(), gone.clone()])).await.unwrap();
        t.delete_list(&gone).await.unwrap();
        let third = add(&t, "third@example.com", "", "", &[("plan", "free")]).await;
        let before = [t.contact(ann.id).await.unwrap(), t.contact(old.id).await.unwrap(), t.contact(third.id).await.unwrap()];
        for (plan, code) in [
            (plain(&ann, &[]), FaultCode::Invalid),
            (plain(&ann, &[&ann]), FaultCode::Invalid),
            (MergePlan { others: vec![ContactId(99)], ..plain(&ann, &[]) }, FaultCode::Conflict),
            (MergePlan { others: (10..40).map(ContactId).collect(), ..plain(&ann, &[]) }, FaultCode::Invalid),
        ] {
            assert_eq!(Fault::from(t.merge_contacts(&plan).await.unwrap_err()).code, code, "{plan:?}");
        }
        // What somebody chose wins; the survivor's is next; what it lacks comes from the others.
        let plan = MergePlan { first_name: old.id, attributes: [("plan".to_owned(), third.id)].into(), ..plain(&ann, &[&old, &third]) };
        let made = t.merge_contacts(&plan).await.unwrap();
        assert_eq!((made.state, made.changed, made.subject.as_str()), (BulkState::Done, 2, "ann@example.com"));
        let one = t.contact(ann.id).await.unwrap();
        assert_eq!(
            (one.email.as_str(), one.first_name.as_str(), one.last_name.as_str(), one.status),
            ("ann@example.com", "Anna", "Bee", ContactStatus::Active)
        );
        assert_eq!(one.attributes, [("city", "Paris"), ("plan", "free"), ("since", "2019")].map(|(k, v)| (k.to_owned(), v.into())).into());
        assert_eq!(one.lists, [a.clone(), b.clone()]);
        assert!(t.contact(old.id).await.is_err() && t.contact(third.id).await.is_err());
        check(&w.platform, &t).await;
        // Back: the survivor keeps what was changed since.
        t.update_contact(ann.id, &ContactDraft { last_name: "Changed".into(), ..with(&one, one.lists.clone()) }).await.unwrap();
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!((undone.state, undone.changed, undone.skipped.len()), (BulkState::Done, 3, 0), "{undone:?}");
        let now = t.contact(ann.id).await.unwrap();
        assert_eq!(
            (now.first_name.as_str(), now.last_name.as_str(), &now.attributes, &now.lists),
            ("Ann", "Changed", &before[0].attributes, &before[0].lists)
        );
        let back = t.contact(old.id).await.unwrap();
        assert_eq!((&back.attributes, back.created_at, &back.lists), (&before[1].attributes, before[1].created_at, &vec![a.clone(), b.clone()]));
        assert_eq!(t.contact(third.id).await.unwrap().attributes, before[2].attributes);
        assert_eq!(RawSystem::new(&w.platform).count("SELECT id FROM contact_merge").await, 0);
        check(&w.platform, &t).await;
        // One of them cannot come back: the survivor keeps what it has got.
        let made = t.merge_contacts(&plain(&back, &[&now, &third])).await.unwrap();
        let merged = t.contact(old.id).await.unwrap();
        add(&t, "third@example.com", "", "", &[]).await;
        let undone = t.undo_bulk(&made.id).await.unwrap();
        assert_eq!(undone.changed, 1);
        let mut why: Vec<SkipReason> = undone.skipped.iter().map(|s| s.reason).collect();
        why.sort();
        assert_eq!(why, [SkipReason::ChangedSince, SkipReason::AddressTaken]);
        assert_eq!(t.contact(old.id).await.unwrap().attributes, merged.attributes);
        check(&w.platform, &t).await;
    });
}

fn with(c: &Contact, lists: Vec<nexsent_model::ListId>) -> ContactDraft {
    ContactDraft { email: c.email.clone(), first_name: c.first_name.clone(), last_name: c.last_name.clone(), attributes: c.attributes.clone(), lists }
}

#[test]
fn merging_resubscribes_nobody() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let fine = add(&t, "fine@example.com", "", "", &[]).await;
        let left = add(&t, "left@example.com", "", "", &[]).await;
        t.add_suppression("left@example.com").await.unwrap();
        let made = t.merge_contacts(&plain(&fine, &[&left])).await.unwrap();
        assert_eq!(t.contact(fine.id).await.unwrap().status, ContactStatus::Suppressed);
        assert_eq!(
            suppressed(&t).await,
            ["fine@example.com".to_owned(), "left@example.com".to_owned()].into(),
            "the address that went stays suppressed"
        );
        // The other way round: the one that stays is the one that is not mailed.
        t.undo_bulk(&made.id).await.unwrap();
        assert_eq!(suppressed(&t).await, ["left@example.com".to_owned()].into());
        assert_eq!(t.contact(fine.id).await.unwrap().status, ContactStatus::Active);
        let left = t.contact(left.id).await.unwrap();
        assert_eq!(left.status, ContactStatus::Suppressed);
        t.merge_contacts(&plain(&left, &[&fine])).await.unwrap();
        assert_eq!(t.contact(left.id).await.unwrap().status, ContactStatus::Suppressed);
        check(&w.platform, &t).await;
    });
}

#[test]
fn links_in_mail_to_a_contact_that_was_merged_away_still_work() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let mail = mailed(&w, &t, 3).await;
        let all = t.contacts(&ContactQuery::default()).await.unwrap().items;
        let by = |email: &str| all.iter().find(|c| c.email == email).unwrap();
        let [(one, links), (two, _), (three, _)] = &mail[..] else { panic!("three") };
        let gate = w.platform.gate();
        assert!(gate.view_in_browser(&links.view).await.unwrap().contains(one.as_str()));
        // Into the second, and that one into the third.
        t.merge_contacts(&plain(by(two), &[by(one)])).await.unwrap();
        t.merge_contacts(&plain(by(three), &[by(two)])).await.unwrap();
        assert!(gate.view_in_browser(&links.view).await.unwrap().contains(three.as_str()), "shown as the contact that it is now");
        assert!(!gate.unsubscribe_page(&links.unsubscribe).await.unwrap().done);
        gate.unsubscribe(&links.unsubscribe).await.unwrap();
        assert!(gate.unsubscribe_page(&links.unsubscribe).await.unwrap().done);
        // The address that was mailed, and the person's address now.
        assert_eq!(suppressed(&t).await, [one.clone(), three.clone()].into());
        let now = t.contact(by(three).id).await.unwrap();
        assert_eq!(now.status, ContactStatus::Unsubscribed);
        let why = t.suppressions(&SuppressionQuery { search: three.clone(), ..SuppressionQuery::default() }).await.unwrap();
        assert!(why.items[0].origin.starts_with("cmp_"));
        check(&w.platform, &t).await;
    });
}
