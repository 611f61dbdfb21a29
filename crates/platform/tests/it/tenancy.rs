//! Every table, as two tenants and as every role: nobody sees or touches what is another's, and everybody may do what the role says.
//!
//! The tables are read from the database: a new one that is not seeded here fails the test.

use std::collections::BTreeSet;

use nexsent_model::{AccountId, MemberId, accounts::Role};
use nexsent_platform::testing::{RawMember, RawSystem};

use crate::world::{World, run};

/// Tables that no member may see at all.
const CLOSED: [&str; 17] = [
    "account",
    "attempt",
    "bulk_target",
    "bulk_undo",
    "erasure",
    "letter",
    "mail_limit",
    "migration",
    "node",
    "opt_in",
    "segment_index",
    "session",
    "setup",
    "sign_in",
    "system_mail",
    "two_factor",
    "used_token",
];

/// What each role may do with a tenant table: s(elect) c(reate) u(pdate) d(elete).
fn allowed(table: &str, role: Role) -> &'static str {
    let (admin, sender, reader) = (role.can_admin(), role.can_send(), role != Role::Agent);
    match table {
        "tenant" if admin => "su",
        "tenant" | "member" => "s",
        "invite" | "audit" if admin => "s",
        "invite" | "audit" => "",
        "agent_team" | "tracking_domain" if admin => "scud",
        "agent_team" | "tracking_domain" => "s",
        "logo" | "closing" | "tracking_state" => "s",
        "domain" if admin => "scud",
        "domain" => "s",
        "domain_state" if admin => "sd",
        "domain_state" => "s",
        "domain_key" if admin => "cd",
        "domain_key" => "",
        "contact" | "contact_list" | "contact_bits" | "note" | "form" if sender => "scud",
        "contact" | "contact_list" | "contact_bits" | "note" | "form" => "s",
        "contact_event" if sender => "sc",
        "contact_event" | "consent" | "form_figures" => "s",
        "attribute" if sender => "scud",
        "attribute" => "s",
        "segment" if sender => "scud",
        "segment_dirty" if sender => "sc",
        "segment" | "segment_dirty" | "segment_block" | "segment_column" if reader => "s",
        "segment" | "segment_dirty" | "segment_block" | "segment_column" => "",
        "contact_counter" if sender => "scu",
        "contact_counter" => "s",
        "suppression" if admin => "scd",
        "suppression" if sender => "sc",
        "suppression" => "s",
        "bulk" | "duplicate_scan" | "duplicate_group" | "duplicate_apart" if sender => "s",
        "bulk" | "duplicate_scan" | "duplicate_group" | "duplicate_apart" => "",
        "contact_merge" => "s",
        "import" if sender => "scud",
        "import" => "",
        "campaign" if sender => "scud",
        "campaign" if reader => "s",
        "campaign" => "",
        "test_send" if sender => "sc",
        "test_send" => "",
        "ledger" | "chunk" | "retry" | "figures" | "series" | "event" | "clicks" | "sent_template" if reader => "s",
        "ledger" | "chunk" | "retry" | "figures" | "series" | "event" | "clicks" | "sent_template" => "",
        other => panic!("{other} is a new table: say here who may do what with it"),
    }
}

/// The fields a row needs, and whether the table's ids begin with the tenant.
fn row(table: &str) -> (&'static str, bool) {
    match table {
        "tenant" => ("name: 'x'", false),
        "member" => ("account: rand::string(8), role: 'viewer'", false),
        "invite" => ("email: rand::string(8), role: 'viewer', token: rand::string(8), invited_by: 'x', expires_at: time::now()", false),
        "audit" => ("at: time::now(), newest: -1, actor: 'a', action: 'x.y', target: 't'", false),
        "agent_team" => ("name: rand::string(8)", false),
        "tracking_domain" => ("host: 'x.example.com', active: false, check_at: time::now()", true),
        "tracking_state" => ("host: 'x.example.com', status: 'pending', checked_at: time::now()", true),
        "logo" => ("png: <bytes>'x', mark: 'x'", false),
        "closing" => ("by: 'x', asked_at: time::now(), due_at: time::now()", false),
        "domain" => ("name: rand::string(8), selector: 's', ownership: 'o', dkim: 'd', check_at: time::now()", false),
        "domain_state" => ("status: 'pending', records: '[]', checked_at: time::now()", false),
        "domain_key" => ("sealed: <bytes>'x'", false),
        "contact" => ("email: rand::string(12), created_at: time::now(), updated_at: time::now()", true),
        "contact_list" => ("name: rand::string(12)", false),
        "contact_bits" => ("bits: <bytes>'x', count: 1", true),
        "contact_counter" => ("next: 1", true),
        "attribute" => ("name: 'city', kind: 'text'", true),
        "segment" => ("name: rand::string(12), rule: '{}', version: 1, updated_at: time::now()", false),
        "segment_dirty" => ("", true),
        "segment_block" => ("columns: '{}'", true),
        "segment_column" => ("hash: 'h', data: <bytes>'x'", true),
        "suppression" => ("email: 'x@example.com', reason: 'manual', origin: 'test'", true),
        "bulk" => ("action: '{}', subject: '', scope: '', state: 'done', total: 1, undo_until: time::now(), by: 'x', newest: -1", false),
        "contact_merge" => ("into: 1, bulk: 'b'", true),
        "duplicate_scan" => ("state: 'done', run: 'r', started_at: time::now()", true),
        "duplicate_group" => ("reason: 'name', numbers: [1, 2]", true),
        "duplicate_apart" => ("", true),
        "import" => ("file_name: 'f', bytes: 1, state: 'uploaded', columns: '[]', plan: '{}'", false),
        "contact_event" => ("contact: 1, newest: -1, kind: 'added', what: '', detail: '', who: ''", true),
        "note" => ("contact: 1, newest: -1, text: 't', member: 'm', author: 'a'", false),
        "consent" => {
            ("contact: 1, scope: 'email', state: 'given', method: 'form', at: time::now(), source: '', note: '', wording: '', page: ''", true)
        }
        "form" => ("name: 'n', draft: '{}', newest: -1, created_at: time::now()", false),
        "form_figures" => ("submissions: 1", true),
        "campaign" => ("name: 'n', draft: '{}', state: 'draft', version: 1, created_at: time::now()", false),
        "test_send" => ("campaign: 'c', email: 'e'", false),
        "ledger" => ("email: 'e', state: 'queued', attempts: 0, queued_at: time::now()", true),
        "chunk" => ("campaign: 'c', first: 1, last: 2, state: 'ready', queued: 1", true),
        "retry" => ("campaign: 'c', chunk: 0, due_at: time::now()", true),
        "figures" | "series" => ("queued: NONE", true),
        "event" => ("campaign: 'c', contact: 1, kind: 'open', at: time::now()", false),
        "clicks" => ("count: 1", true),
        "sent_template" => ("draft: '{}', links: []", false),
        other => panic!("{other} is a new table: say here what a row of it holds"),
    }
}

fn content(table: &str, tenant: &str) -> String {
    let (fields, _) = row(table);
    let fields = if matches!(table, "figures" | "series") { "" } else { fields };
    if fields.is_empty() { format!("{{ tenant: '{tenant}' }}") } else { format!("{{ tenant: '{tenant}', {fields} }}") }
}

fn id(table: &str, tenant: &str, name: &str) -> String {
    if row(table).1 { format!("{table}:['{tenant}', '{name}']") } else { format!("{table}:⟨{tenant}{name}⟩") }
}

struct Side {
    tenant: String,
    roles: Vec<(Role, RawMember)>,
}

async fn side(w: &World, system: &RawSystem, name: &str) -> Side {
    let t = w.workspace(name).await;
    let tenant = t.me().workspace.to_string();
    let mut roles = Vec::new();
    for role in Role::ALL {
        let member = if role == Role::Owner {
            t.me().member.clone()
        } else {
            let member = MemberId::new();
            // One account may be a member once; the walk needs a member a role.
            let account = AccountId::new();
            let sql = format!("CREATE member:⟨{member}⟩ SET tenant = '{tenant}', account = '{account}', role = '{}'", role.as_str());
            system.run(&sql).await.unwrap();
            system.run(&format!("CREATE account:⟨{account}⟩ SET email = '{member}', name = 'x', password = 'x'")).await.unwrap();
            member
        };
        roles.push((role, RawMember::sign_in(&w.platform, &member).await.unwrap()));
    }
    Side { tenant, roles }
}

#[test]
fn no_tenant_reaches_anothers_rows_and_every_role_does_what_it_may() {
    run(async { walk_every_table(World::new().await).await });
}

pub async fn walk_every_table(w: World) {
    let system = RawSystem::new(&w.platform);
    let a = side(&w, &system, "alpha").await;
    let b = side(&w, &system, "beta").await;
    let tables = system.tables().await.unwrap();
    assert!(tables.len() > 20, "{tables:?}");
    let closed: BTreeSet<&str> = CLOSED.into();
    for table in &tables {
        if closed.contains(table.as_str()) {
            system.run(&format!("CREATE {table} SET x = 1")).await.ok();
            for (role, member) in &a.roles {
                assert_eq!(member.count(&format!("SELECT id FROM {table}")).await, 0, "{table} is closed, but {role:?} reads it");
            }
            continue;
        }
        for s in [&a, &b] {
            system
                .run(&format!("CREATE {} CONTENT {}", id(table, &s.tenant, "seed"), content(table, &s.tenant)))
                .await
                .unwrap_or_else(|e| panic!("seeding {table}: {e}"));
        }
        walk(&system, table, &a, &b).await;
    }
}

async fn walk(system: &RawSystem, table: &str, a: &Side, b: &Side) {
    let theirs = id(table, &b.tenant, "seed");
    let mine = id(table, &a.tenant, "seed");
    let before = system.dump(&theirs).await;
    let ours_before = system.count(&format!("SELECT id FROM {table} WHERE tenant = '{}'", b.tenant)).await;
    assert!(ours_before > 0, "{table} is empty");
    for (role, member) in &a.roles {
        let may = allowed(table, *role);
        let at = format!("{table} as {role:?}");
        // --- another tenant's rows
        assert_eq!(member.count(&format!("SELECT id FROM {theirs}")).await, 0, "select, {at}");
        assert_eq!(member.count(&format!("SELECT id FROM {table} WHERE tenant = '{}'", b.tenant)).await, 0, "select by tenant, {at}");
        assert_eq!(member.count(&format!("SELECT id FROM {table} WHERE tenant != '{}'", a.tenant)).await, 0, "select all, {at}");
        assert_eq!(member.value(&format!("RETURN {theirs}.tenant")).await, None, "fetch, {at}");
        assert_ne!(
            member
                .value(&format!("SELECT VALUE n FROM ONLY (SELECT count() AS n FROM {table} WHERE tenant = '{}' GROUP ALL) LIMIT 1", b.tenant))
                .await
                .as_deref(),
            Some("1"),
            "count, {at}"
        );
        let content_b = content(table, &b.tenant);
        for attack in [
            format!("CREATE {} CONTENT {content_b}", id(table, &b.tenant, "new")),
            format!("CREATE {table} CONTENT {content_b}"),
            format!("CREATE {} CONTENT {}", id(table, &b.tenant, "planted"), content(table, &a.tenant)),
            format!(
                "UPDATE {theirs} SET name = 'hacked', email = 'hacked', state = 'hacked', count = 666, status = 'verified', tenant = '{}'",
                a.tenant
            ),
            format!("UPDATE {table} SET name = 'hacked', email = 'hacked', count = 666 WHERE tenant = '{}'", b.tenant),
            format!("UPSERT {theirs} CONTENT {}", content(table, &a.tenant)),
            format!("UPSERT {theirs} SET tenant = '{}'", a.tenant),
            format!(
                "INSERT INTO {table} {{ id: {theirs}, tenant: '{}' }} ON DUPLICATE KEY UPDATE name = 'hacked', email = 'hacked', count = 666, tenant = '{}'",
                b.tenant, a.tenant
            ),
            format!("UPDATE {mine} SET tenant = '{}'", b.tenant),
            format!("RELATE {mine}->{table}->{theirs} SET tenant = '{}'", b.tenant),
            format!("DELETE {theirs}"),
            format!("DELETE {table} WHERE tenant = '{}'", b.tenant),
        ] {
            // An error or an empty result, either is a refusal; what counts is what is there afterwards.
            let planted = attack.contains("planted");
            drop(member.run(&attack).await);
            assert_eq!(system.dump(&theirs).await, before, "{attack}, {at}");
            assert_eq!(system.count(&format!("SELECT id FROM {table} WHERE tenant = '{}'", b.tenant)).await, ours_before, "{attack}, {at}");
            if planted && row(table).1 {
                assert_eq!(
                    system.count(&format!("SELECT id FROM {}", id(table, &b.tenant, "planted"))).await,
                    0,
                    "a row under another tenant's id, {at}"
                );
            } else if planted {
                system.run(&format!("DELETE {}", id(table, &b.tenant, "planted"))).await.unwrap();
            }
        }
        // --- one's own
        let fresh = id(table, &a.tenant, role.as_str());
        assert_eq!(member.count(&format!("SELECT id FROM {mine}")).await > 0, may.contains('s'), "own select, {at}");
        drop(member.run(&format!("CREATE {fresh} CONTENT {}", content(table, &a.tenant))).await);
        let created = system.count(&format!("SELECT id FROM {fresh}")).await > 0;
        assert_eq!(created, may.contains('c'), "own create, {at}");
        if !created {
            system.run(&format!("CREATE {fresh} CONTENT {}", content(table, &a.tenant))).await.unwrap();
        }
        let touched = member.count(&format!("UPDATE {fresh} SET tenant = tenant RETURN AFTER")).await > 0;
        // Without the right to read, an update returns nothing; what cannot be read cannot be updated here, either.
        assert_eq!(touched, may.contains('u'), "own update, {at}");
        drop(member.run(&format!("DELETE {fresh}")).await);
        let gone = system.count(&format!("SELECT id FROM {fresh}")).await == 0;
        assert_eq!(gone, may.contains('d'), "own delete, {at}");
        if !gone {
            system.run(&format!("DELETE {fresh}")).await.unwrap();
        }
    }
}

#[test]
fn a_member_who_was_removed_is_out_at_once() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("alpha").await;
        let system = RawSystem::new(&w.platform);
        t.check_alive().await.unwrap();
        system.run(&format!("DELETE member:⟨{}⟩", t.me().member)).await.unwrap();
        assert!(t.check_alive().await.is_err());
        assert!(w.platform.tenant(&t.me().member).await.is_err());
        assert!(RawMember::sign_in(&w.platform, &t.me().member).await.is_err());
    });
}
