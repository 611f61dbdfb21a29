//! Contacts, lists and their bitmaps.

use nexsent_model::{
    Fault, FaultCode,
    contacts::{ContactDraft, ContactQuery, ContactStatus},
};

use crate::world::{World, run};

#[test]
fn contacts_are_added_found_changed_and_deleted() {
    run(async { a_contacts_life(World::new().await).await });
}

pub async fn a_contacts_life(w: World) {
    let t = w.workspace("acme").await;
    let list = w.list(&t, "people", 3).await;
    let other = t.create_list("other", "").await.unwrap();
    assert!(t.create_list("other", "").await.is_err(), "a name once");
    let draft = ContactDraft {
        email: " Ann@Example.com ".into(),
        first_name: "Ann".into(),
        attributes: [("plan".to_owned(), "pro".into()), ("seats".to_owned(), 3.into())].into(),
        lists: vec![list.clone()],
        ..ContactDraft::default()
    };
    let ann = t.create_contact(&draft).await.unwrap();
    assert_eq!((ann.email.as_str(), ann.status, ann.attributes["seats"].as_i64()), ("ann@example.com", ContactStatus::Active, Some(3)));
    let again = Fault::from(t.create_contact(&draft).await.unwrap_err());
    assert_eq!((again.code, again.field.as_deref()), (FaultCode::Conflict, Some("email")));
    let bad =
        ContactDraft { attributes: [("x".to_owned(), serde_json::json!([1]))].into(), email: "b@example.com".into(), ..ContactDraft::default() };
    assert_eq!(Fault::from(t.create_contact(&bad).await.unwrap_err()).field.as_deref(), Some("attributes"));
    assert_eq!(t.attribute_names().await.unwrap(), ["plan", "seats"]);

    let page = t.contacts(&ContactQuery { list: Some(list.clone()), limit: 2, ..ContactQuery::default() }).await.unwrap();
    assert_eq!(page.total, Some(4));
    assert_eq!(page.items[0].email, "ann@example.com", "newest first");
    let rest = t.contacts(&ContactQuery { list: Some(list.clone()), limit: 2, after: page.next, ..ContactQuery::default() }).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (2, None));

    let found = t.contacts(&ContactQuery { search: "PEOPLE".into(), limit: 2, ..ContactQuery::default() }).await.unwrap();
    assert_eq!(found.items.len(), 2);
    let more = t.contacts(&ContactQuery { search: "people".into(), limit: 2, after: found.next, ..ContactQuery::default() }).await.unwrap();
    assert_eq!(more.items.iter().map(|c| c.email.as_str()).collect::<Vec<_>>(), ["people2@example.com"]);

    let moved = t.update_contact(ann.id, &ContactDraft { lists: vec![other.clone()], ..draft.clone() }).await.unwrap();
    assert_eq!(moved.lists, std::slice::from_ref(&other));
    let sizes: Vec<_> = t.lists().await.unwrap().into_iter().map(|l| (l.name, l.contacts)).collect();
    assert_eq!(sizes, [("other".to_owned(), 1), ("people".to_owned(), 3)]);
    assert_eq!(t.delete_contacts(&[ann.id, ann.id]).await.unwrap(), 1);
    assert!(t.contact(ann.id).await.is_err());
    t.delete_list(&list).await.unwrap();
    assert_eq!(t.contacts(&ContactQuery::default()).await.unwrap().total, Some(3), "contacts outlive their list");
}

#[test]
fn many_writers_at_once_lose_nothing() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("l", "").await.unwrap();
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let (t, list) = (t.clone(), list.clone());
                tokio::spawn(async move {
                    t.create_contact(&ContactDraft { email: format!("c{}@example.com", n % 30), lists: vec![list], ..ContactDraft::default() })
                        .await
                        .is_ok()
                })
            })
            .collect();
        let mut made = 0;
        for task in tasks {
            made += u64::from(task.await.unwrap());
        }
        assert_eq!(made, 30);
        let page = t.contacts(&ContactQuery { list: Some(list), limit: 200, ..ContactQuery::default() }).await.unwrap();
        assert_eq!((page.total, page.items.len()), (Some(30), 30));
    });
}
