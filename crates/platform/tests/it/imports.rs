//! Imports from file to contact.

use nexsent_model::{
    ImportId, ListId,
    contacts::{ContactDraft, ContactQuery, ImportState, ImportView},
};
use nexsent_platform::{ImportProgress, TenantDb, testing::RawSystem};

use crate::world::{World, run};

async fn upload(t: &TenantDb, bytes: &[u8]) -> ImportId {
    let id = ImportId::new();
    std::fs::write(t.import_upload_path(&id).await.unwrap(), bytes).unwrap();
    t.create_import(&id, "people.csv").await.unwrap();
    id
}

async fn import(w: &World, t: &TenantDb, bytes: &[u8], list: &ListId, stop_after: Option<usize>) -> ImportView {
    let id = upload(t, bytes).await;
    let mut plan = t.import(&id).await.unwrap().plan;
    plan.lists = vec![list.clone()];
    t.start_import(&id, &plan).await.unwrap();
    work(w, &id, stop_after).await;
    t.import(&id).await.unwrap()
}

async fn work(w: &World, id: &ImportId, stop_after: Option<usize>) {
    let system = w.platform.system();
    let Some(mut running) = system.begin_import(id).await.unwrap() else { return };
    let mut steps = 0;
    while stop_after.is_none_or(|n| steps < n) && system.step_import(&mut running).await.unwrap() == ImportProgress::More {
        steps += 1;
    }
}

#[test]
fn an_import_creates_updates_rejects_and_reports() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("all", "").await.unwrap();
        let csv = "E-Mail,First name,Plan\nann@example.com,Ann,pro\nnot an address,X,\nbob@example.com,Bob,7\nANN@example.com,,max\n";
        let view = import(&w, &t, csv.as_bytes(), &list, None).await;
        assert_eq!((view.state, view.rows, view.created, view.updated, view.rejected), (ImportState::Done, 4, 2, 0, 1));
        let page = t.contacts(&ContactQuery { search: "ann@".into(), ..ContactQuery::default() }).await.unwrap();
        assert_eq!((page.items[0].first_name.as_str(), page.items[0].attributes["plan"].as_str()), ("Ann", Some("max")));
        let file = std::fs::read_to_string(t.rejected_file(&view.id).await.unwrap()).unwrap();
        assert_eq!(file, "line,reason,E-Mail,First name,Plan\r\n3,The address has no @.,not an address,X,\r\n");
        // The same file again updates and doubles nothing.
        let view = import(&w, &t, csv.replace("Bob", "Robert").as_bytes(), &list, None).await;
        assert_eq!((view.created, view.updated), (0, 2));
        assert_eq!(t.contacts(&ContactQuery::default()).await.unwrap().total, Some(2));
        assert_eq!(t.contacts(&ContactQuery { search: "bob".into(), ..ContactQuery::default() }).await.unwrap().items[0].first_name, "Robert");
        assert_eq!(t.lists().await.unwrap()[0].contacts, 2);
    });
}

#[test]
fn an_interrupted_import_goes_on_where_it_was() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("all", "").await.unwrap();
        let mut csv = "email,name\n".to_owned();
        for n in 0..3500 {
            csv.push_str(&if n % 1000 == 7 { format!("bad{n},x\n") } else { format!("c{n}@example.com,N{n}\n") });
        }
        let view = import(&w, &t, csv.as_bytes(), &list, Some(2)).await;
        assert_eq!((view.state, view.rows), (ImportState::Running, 2000));
        // What a batch that was not committed has written to the rejected file is taken back.
        let path = w.dir.path().join("imports").join(format!("{}.rejected.csv", view.id));
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, [before.clone(), b"torn".to_vec()].concat()).unwrap();
        work(&w, &view.id, None).await;
        let view = t.import(&view.id).await.unwrap();
        assert_eq!((view.state, view.rows, view.created, view.rejected), (ImportState::Done, 3500, 3496, 4));
        assert_eq!(t.lists().await.unwrap()[0].contacts, 3496);
        assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 5);
    });
}

#[test]
fn an_import_can_be_cancelled_and_a_broken_file_says_where() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("all", "").await.unwrap();
        let id = upload(&t, "email\na@example.com\n".repeat(3).as_bytes()).await;
        let plan = t.import(&id).await.unwrap().plan;
        t.start_import(&id, &plan).await.unwrap();
        assert!(t.start_import(&id, &plan).await.is_err(), "once");
        t.cancel_import(&id).await.unwrap();
        work(&w, &id, None).await;
        assert_eq!(t.import(&id).await.unwrap().state, ImportState::Cancelled);
        assert!(t.cancel_import(&id).await.is_err());
        // Further down than the preview looks.
        let mut bytes = b"email,note\n".to_vec();
        (0..1200).for_each(|n| bytes.extend(format!("a{n}@example.com,x\n").bytes()));
        bytes.extend(b"b@example.com,\"open\n");
        bytes.extend(b"c@example.com,y\n".repeat(3_000_000));
        let view = import(&w, &t, &bytes, &list, None).await;
        assert_eq!((view.state, view.created), (ImportState::Failed, 1200));
        assert!(view.problem.unwrap().contains("quotation mark"));
    });
}

#[test]
fn the_index_of_segments_waits_for_an_import_of_that_workspace_and_of_no_other() {
    run(async {
        let w = World::new().await;
        let (t, other) = (w.workspace("acme").await, w.workspace("other").await);
        let (system, raw) = (w.platform.system(), RawSystem::new(&w.platform));
        let marks = async |t: &TenantDb| raw.count(&format!("SELECT id FROM segment_dirty WHERE tenant = '{}'", t.me().workspace)).await;
        let csv = (0..2500).fold("email\n".to_owned(), |csv, n| format!("{csv}c{n}@example.com\n"));
        let id = upload(&t, csv.as_bytes()).await;
        let plan = t.import(&id).await.unwrap().plan;
        t.start_import(&id, &plan).await.unwrap();
        let mut running = system.begin_import(&id).await.unwrap().unwrap();
        system.step_import(&mut running).await.unwrap();
        other.create_contact(&ContactDraft { email: "one@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        assert_eq!((marks(&t).await, marks(&other).await), (1, 1));
        while system.refresh_segments().await.unwrap() {}
        assert_eq!((marks(&t).await, marks(&other).await), (1, 0));
        // A mark that has lain long enough is dealt with although the import still runs.
        let old = format!("CREATE segment_dirty:['{}', 'contacts', 0, '01ARZ3NDEKTSV4RRFFQ69G5FAV'] SET tenant = '{0}'", t.me().workspace);
        raw.run(&old).await.unwrap();
        while system.refresh_segments().await.unwrap() {}
        assert_eq!(marks(&t).await, 1);
        while system.step_import(&mut running).await.unwrap() == ImportProgress::More {}
        drop(running);
        while system.refresh_segments().await.unwrap() {}
        assert_eq!(marks(&t).await, 0);
    });
}

#[test]
fn what_a_killed_batch_has_inserted_is_taken_back_and_read_again() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let (system, raw) = (w.platform.system(), RawSystem::new(&w.platform));
        let csv = (0..2500).fold("email\n".to_owned(), |csv, n| format!("{csv}c{n}@example.com\n"));
        let id = upload(&t, csv.as_bytes()).await;
        let plan = t.import(&id).await.unwrap().plan;
        t.start_import(&id, &plan).await.unwrap();
        let mut running = system.begin_import(&id).await.unwrap().unwrap();
        system.step_import(&mut running).await.unwrap();
        drop(running);
        // Numbers are reserved and one half is inserted: here the process ends.
        let workspace = t.me().workspace.clone();
        let half = |from: u32, to: u32| {
            format!(
                "FOR $n IN {from}..{to} {{ CREATE contact:['{workspace}', $n] SET tenant = '{workspace}', email = 'c' + <string> ($n - 1) + '@example.com', \
                 created_at = time::now(), updated_at = time::now() }}"
            )
        };
        raw.run(&format!("UPDATE import:⟨{id}⟩ SET reserved = [1001, 2001]; UPDATE contact_counter:['{workspace}'] SET next = 2001")).await.unwrap();
        raw.run(&half(1001, 1501)).await.unwrap();
        let contacts = async || raw.count(&format!("SELECT id FROM contact WHERE tenant = '{workspace}'")).await;
        assert_eq!(contacts().await, 1500);
        // Somebody is added by hand before the import goes on.
        t.create_contact(&ContactDraft { email: "hand@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        system.prepare_imports().await.unwrap();
        assert_eq!(contacts().await, 1001);
        work(&w, &id, None).await;
        let view = t.import(&id).await.unwrap();
        assert_eq!((view.state, view.rows, view.created, view.updated, view.rejected), (ImportState::Done, 2500, 2500, 0, 0));
        assert_eq!((t.contacts(&ContactQuery::default()).await.unwrap().total, contacts().await), (Some(2501), 2501));
        let found = t.contacts(&ContactQuery { search: "c1400@".into(), ..ContactQuery::default() }).await.unwrap();
        assert_eq!(found.items.len(), 1);
        // An import that was ended meanwhile leaves nothing behind either.
        raw.run(&format!("UPDATE import:⟨{id}⟩ SET reserved = [5000, 5400], state = 'cancelled'; {}", half(5000, 5010))).await.unwrap();
        assert!(system.begin_import(&id).await.unwrap().is_none());
        assert_eq!(contacts().await, 2501);
    });
}

#[test]
fn an_address_that_is_added_while_a_batch_is_written_is_neither_lost_nor_doubled() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let system = w.platform.system();
        let csv = (0..1500).fold("email,first name\n".to_owned(), |csv, n| format!("{csv}c{n}@example.com,N{n}\n"));
        let id = upload(&t, csv.as_bytes()).await;
        let plan = t.import(&id).await.unwrap().plan;
        t.start_import(&id, &plan).await.unwrap();
        let mut running = system.begin_import(&id).await.unwrap().unwrap();
        // After the import has read which addresses there are: the unique index refuses the second half of the batch.
        t.create_contact(&ContactDraft { email: "c900@example.com".into(), ..ContactDraft::default() }).await.unwrap();
        while system.step_import(&mut running).await.unwrap() == ImportProgress::More {}
        let view = t.import(&id).await.unwrap();
        assert_eq!((view.state, view.rows, view.created, view.updated), (ImportState::Done, 1500, 1499, 1));
        assert_eq!(t.contacts(&ContactQuery::default()).await.unwrap().total, Some(1500));
        let found = t.contacts(&ContactQuery { search: "c900@".into(), ..ContactQuery::default() }).await.unwrap();
        assert_eq!((found.items.len(), found.items[0].first_name.as_str()), (1, "N900"));
    });
}
