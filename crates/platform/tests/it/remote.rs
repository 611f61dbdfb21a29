//! The same platform on a database server: nothing but the URL is another.

use nexsent_platform::{Error, TenantDb};

use crate::{
    campaign, contacts, tenancy,
    world::{World, run},
};

#[test]
fn a_database_server_isolates_and_works_like_the_embedded_engine() {
    run(async {
        tenancy::walk_every_table(World::remote().await).await;
        contacts::a_contacts_life(World::remote().await).await;
        campaign::a_whole_campaign(World::remote().await).await;
    });
}

#[test]
fn one_server_works_on_a_database_at_a_time() {
    run(async {
        let w = World::remote().await;
        let second = nexsent_platform::Platform::open(w.config()).await.unwrap();
        w.platform.system().claim_node("first").await.unwrap();
        w.platform.system().claim_node("first").await.unwrap();
        let refused = second.system().claim_node("second").await.unwrap_err().to_string();
        assert!(refused.contains("another server (“first”)"), "{refused}");
        assert!(w.platform.is_at_work() && !second.is_at_work());
        // A restart of the same server takes its own lease up again.
        let restarted = nexsent_platform::Platform::open(w.config()).await.unwrap();
        restarted.system().claim_node("first").await.unwrap();
        // One that is not heard of loses it, and knows.
        nexsent_platform::testing::RawSystem::new(&w.platform).run("UPDATE node:one SET until = time::now() - 1s").await.unwrap();
        let third = nexsent_platform::Platform::open(w.config()).await.unwrap();
        third.system().claim_node("third").await.unwrap();
        assert!(w.platform.system().claim_node("first").await.is_err());
        assert!(!w.platform.is_at_work() && third.is_at_work());
        third.system().release_node("third").await.unwrap();
        nexsent_platform::Platform::open(w.config()).await.unwrap().system().claim_node("fourth").await.unwrap();
        // Of many that come at once, one.
        nexsent_platform::testing::RawSystem::new(&w.platform).run("DELETE node:one").await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let system = third.system();
                tokio::spawn(async move { system.claim_node(&format!("node {n}")).await.is_ok() })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            won += u32::from(task.await.unwrap());
        }
        assert_eq!(won, 1);
    });
}

#[test]
fn a_connection_that_breaks_is_made_again_with_everybodys_session() {
    run(async {
        let w = World::remote().await;
        let (a, b) = (w.workspace("alpha").await, w.workspace("beta").await);
        let (list, other) = (w.list(&a, "people", 3).await, w.list(&b, "others", 2).await);
        w.server.as_ref().unwrap().cut();
        // What was on the wire fails, at whatever moment the cut is noticed; what comes after goes through, as the same members.
        let sizes = async |t: &TenantDb| {
            for _ in 0..100 {
                match t.lists().await {
                    Ok(lists) => return lists.into_iter().map(|l| (l.id, l.contacts)).collect::<Vec<_>>(),
                    Err(Error::Database(_)) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
                    Err(other) => panic!("{other}"),
                }
            }
            panic!("the connection does not come back");
        };
        assert_eq!(sizes(&a).await, [(list, 3)]);
        assert_eq!(sizes(&b).await, [(other, 2)]);
        w.platform.ping().await.unwrap();
        // The schema is there: a second process on the same database changes nothing.
        let again = nexsent_platform::Platform::open(w.config()).await.unwrap();
        assert_eq!(again.tenant(&a.me().member).await.unwrap().me(), a.me());
    });
}
