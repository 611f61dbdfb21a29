//! Numbered, checksummed migrations, run at every start.

use surrealdb_types::SurrealValue;

use crate::{
    Error, Result,
    db::{Db, q, rid},
    secrets::{self, MasterKey},
};

/// Each runs once, in order. One that has run anywhere is never changed: a change is a new number.
const MIGRATIONS: &[(u32, &str, &[&str])] = &[
    (
        1,
        "start",
        &[
            include_str!("accounts/schema.surql"),
            include_str!("domains/schema.surql"),
            include_str!("contacts/schema.surql"),
            include_str!("imports/schema.surql"),
            include_str!("campaigns/schema.surql"),
            include_str!("delivery/schema.surql"),
            include_str!("tracking/schema.surql"),
        ],
    ),
    (2, "newest first", &[include_str!("campaigns/newest.surql")]),
    (3, "teams", &[include_str!("accounts/team.surql")]),
    (4, "segments", &[include_str!("contacts/attributes.surql"), include_str!("segments/schema.surql")]),
    (5, "bulk", &[include_str!("contacts/bulk.surql")]),
    (6, "consent", &[include_str!("consent/schema.surql")]),
    (7, "workspace", &[include_str!("accounts/workspace.surql")]),
    (8, "one server", &[include_str!("node.surql")]),
    (9, "language", &[include_str!("accounts/own_language.surql")]),
    (10, "imports", &[include_str!("imports/reserved.surql")]),
];

/// Words that stand for the conditions of permissions: written once, so that no table can spell one differently.
const CONDITIONS: &[(&str, &str)] = &[
    // Flat and without `$auth`: that would not fold to a constant. NONE = NONE is true, hence the first half.
    ("@senders", "@own AND $session.data.role IN ['owner', 'admin', 'marketer']"),
    ("@admins", "@own AND $session.data.role IN ['owner', 'admin']"),
    ("@readers", "@own AND $session.data.role IN ['owner', 'admin', 'marketer', 'viewer']"),
    ("@keyed", "record::id(id)[0] = tenant"),
    ("@own", "($session.data.tenant != NONE AND tenant = $session.data.tenant)"),
];

#[derive(SurrealValue)]
struct Applied {
    number: u32,
    checksum: String,
}

fn expand(parts: &[&str]) -> String {
    let mut text = parts.join("\n");
    for (word, condition) in CONDITIONS {
        text = text.replace(word, condition);
    }
    text
}

pub(crate) async fn migrate(db: &Db, master: &MasterKey) -> Result<()> {
    q!(
        db,
        "DEFINE TABLE IF NOT EXISTS migration SCHEMAFULL PERMISSIONS NONE;
         DEFINE FIELD IF NOT EXISTS number ON migration TYPE int;
         DEFINE FIELD IF NOT EXISTS name ON migration TYPE string;
         DEFINE FIELD IF NOT EXISTS checksum ON migration TYPE string;
         DEFINE FIELD IF NOT EXISTS applied_at ON migration TYPE datetime VALUE time::now() READONLY;"
    )?;
    let applied: Vec<Applied> = q!(db, "SELECT number, checksum FROM migration")?.take(0)?;
    for (number, name, parts) in MIGRATIONS {
        let text = expand(parts);
        let checksum = secrets::token_hash(&text);
        match applied.iter().find(|a| a.number == *number) {
            Some(a) if a.checksum == checksum => {}
            Some(_) => {
                return Err(Error::Setup(format!(
                    "migration {number} ({name}) is not the one that made this database; use the version of NexSent that did"
                )));
            }
            None => {
                tracing::info!(number, name, "migrating the database");
                q!(
                    db,
                    format!("BEGIN; {text}; CREATE $id SET number = $number, name = $name, checksum = $checksum; COMMIT;"),
                    id = rid("migration", &number.to_string()),
                    number = *number,
                    name = (*name).to_owned(),
                    checksum = checksum
                )?;
            }
        }
    }
    access(db, master).await?;
    verify_key(db, master).await
}

/// How members sign in. Defined at every start: its key follows from the master key.
async fn access(db: &Db, master: &MasterKey) -> Result<()> {
    let key = master.derive_hex("database access")?;
    let sql = format!(
        "DEFINE ACCESS OVERWRITE member ON DATABASE TYPE RECORD WITH JWT ALGORITHM HS512 KEY '{key}'
         AUTHENTICATE {{ IF $auth.id = NONE {{ THROW 'no such member' }}; RETURN $auth.id; }}
         CONTEXT {{ RETURN {{ tenant: $auth.tenant, role: $auth.role }}; }}
         DURATION FOR TOKEN 15m, FOR SESSION 15m;"
    );
    q!(db, sql).map(drop)
}

/// Finds out at the start, not at the first send, that the master key is another one.
async fn verify_key(db: &Db, master: &MasterKey) -> Result<()> {
    let seen: Option<String> = q!(db, "RETURN (SELECT VALUE checksum FROM ONLY migration:key)")?.take(0)?;
    let mark = master.derive_hex("this database")?;
    match seen {
        Some(seen) if seen == mark => Ok(()),
        Some(_) => Err(Error::Setup("the master key is not the one this database was made with".to_owned())),
        None => q!(db, "CREATE migration:key SET number = 0, name = 'key', checksum = $mark", mark = mark).map(drop),
    }
}
