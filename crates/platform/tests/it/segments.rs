//! Segments against a look at every contact: whatever a rule is and whatever has changed, the index finds exactly whom it should.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use nexsent_model::{
    CampaignId, ContactId, Cursor, Fault, FaultCode, ImportId, ListId, SegmentId,
    attributes::{AttributeKind, date, number, text_of, yes_no},
    campaigns::{CampaignDraft, CampaignState, LedgerQuery, LedgerState},
    contacts::{Contact, ContactDraft, ContactQuery, ContactStatus, ImportState},
    segments::{Condition, Field, Group, MAX_DEPTH, Matching, Op, Rule, STANDINGS},
};
use nexsent_platform::{
    DeliveryResult, Fate, ImportProgress, Platform, TenantDb,
    testing::{RawSystem, rule_numbers},
};
use proptest::{prelude::*, test_runner::TestRunner};

use crate::world::{World, config, run};

const KINDS: [(&str, AttributeKind); 5] = [
    ("city", AttributeKind::Text),
    ("seats", AttributeKind::Number),
    ("vip", AttributeKind::YesNo),
    ("since", AttributeKind::Date),
    // Never declared: seen on a contact, and text by that.
    ("plan", AttributeKind::Text),
];

/// When a contact received, opened and clicked.
type Times = [Option<DateTime<Utc>>; 3];

/// What is known of the workspace without the index.
struct Truth {
    contacts: Vec<Contact>,
    reasons: HashMap<String, String>,
    activity: HashMap<CampaignId, HashMap<u32, Times>>,
    now: DateTime<Utc>,
}

async fn every_contact(t: &TenantDb) -> Vec<Contact> {
    let (mut out, mut after) = (Vec::new(), None);
    loop {
        let page = t.contacts(&ContactQuery { after, limit: 200, ..ContactQuery::default() }).await.unwrap();
        out.extend(page.items);
        after = page.next;
        if after.is_none() {
            return out;
        }
    }
}

impl Truth {
    async fn of(t: &TenantDb, system: &RawSystem, campaigns: &[CampaignId]) -> Self {
        let contacts = every_contact(t).await;
        let mut reasons = HashMap::new();
        for c in contacts.iter().filter(|c| c.status != ContactStatus::Active) {
            let row = system.dump(&format!("suppression:['{}', '{}']", t.me().workspace, c.email)).await;
            let found = ["unsubscribed", "bad_address", "complaint", "manual"].into_iter().find(|r| row.contains(&format!("String(\"{r}\")")));
            reasons.insert(c.email.clone(), found.unwrap_or_default().to_owned());
        }
        let mut activity = HashMap::new();
        for id in campaigns {
            let (mut rows, mut after): (HashMap<u32, _>, Option<Cursor>) = (HashMap::new(), None);
            loop {
                let page = t.ledger(id, &LedgerQuery { after, limit: 200, ..LedgerQuery::default() }).await.unwrap();
                for r in page.items {
                    rows.insert(r.contact.0, [r.tried_at.filter(|_| r.state == LedgerState::Sent), r.opened_at, r.clicked_at]);
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            activity.insert(id.clone(), rows);
        }
        Self { contacts, reasons, activity, now: Utc::now() }
    }

    fn find(&self, rule: &Group) -> Vec<u32> {
        let mut out: Vec<u32> = self.contacts.iter().filter(|c| self.group(rule, c)).map(|c| c.id.0).collect();
        out.sort_unstable();
        out
    }

    fn group(&self, g: &Group, c: &Contact) -> bool {
        let mut holds = g.rules.iter().map(|r| match r {
            Rule::Group(g) => self.group(g, c),
            Rule::Condition(x) => self.condition(x, c),
        });
        if g.matching == Matching::All { holds.all(|h| h) } else { holds.any(|h| h) }
    }

    fn condition(&self, x: &Condition, c: &Contact) -> bool {
        match &x.field {
            Field::Email => text(x, Some(c.email.clone())),
            Field::FirstName => text(x, Some(c.first_name.clone())),
            Field::LastName => text(x, Some(c.last_name.clone())),
            Field::Attribute(name) => {
                let kind = KINDS.iter().find(|(n, _)| n == name).unwrap().1;
                let value = c.attributes.get(name).and_then(text_of);
                match kind {
                    AttributeKind::Text => text(x, value),
                    AttributeKind::Number => numeric(x, value.and_then(|v| number(&v))),
                    AttributeKind::YesNo => flag(x, value.and_then(|v| yes_no(&v))),
                    AttributeKind::Date => self.day(x, value.and_then(|v| date(&v))),
                }
            }
            Field::Created => {
                let at = c.created_at;
                let day = at.date_naive();
                let given = |v: &str| date(v).unwrap();
                match x.op {
                    Op::InLast => at >= self.now - Duration::days(i64::from(x.days().unwrap())),
                    Op::NotInLast => at < self.now - Duration::days(i64::from(x.days().unwrap())),
                    Op::Is => day == given(&x.value),
                    Op::Before => day < given(&x.value),
                    Op::After => day > given(&x.value),
                    Op::Between => given(&x.value) <= day && day <= given(&x.to),
                    other => panic!("{other:?}"),
                }
            }
            Field::Status => {
                let reason = self.reasons.get(&c.email).map(String::as_str).unwrap_or_default();
                let is = match (c.status, x.value.as_str()) {
                    (ContactStatus::Active, "active") | (ContactStatus::Unsubscribed, "unsubscribed") | (ContactStatus::Suppressed, "suppressed") => {
                        true
                    }
                    (ContactStatus::Suppressed, wanted) => reason == wanted,
                    _ => false,
                };
                is == (x.op == Op::Is)
            }
            Field::List(list) => c.lists.contains(list.as_ref().unwrap()) == (x.op == Op::Yes),
            Field::Received(campaign) => self.active(x, c, campaign.as_ref(), 0),
            Field::Opened(campaign) => self.active(x, c, campaign.as_ref(), 1),
            Field::Clicked(campaign) => self.active(x, c, campaign.as_ref(), 2),
        }
    }

    fn active(&self, x: &Condition, c: &Contact, campaign: Option<&CampaignId>, what: usize) -> bool {
        let of = |id: &CampaignId| self.activity.get(id).and_then(|rows| rows.get(&c.id.0)).and_then(|times| times[what]);
        let last = match campaign {
            Some(id) => of(id),
            None => self.activity.keys().filter_map(of).max(),
        };
        let lately = |n: u32| last.is_some_and(|at| at >= self.now - Duration::days(i64::from(n)));
        match x.op {
            Op::Ever => last.is_some(),
            Op::Never => last.is_none(),
            Op::InLast => lately(x.days().unwrap()),
            Op::NotInLast => !lately(x.days().unwrap()),
            other => panic!("{other:?}"),
        }
    }

    fn day(&self, x: &Condition, value: Option<NaiveDate>) -> bool {
        let given = |v: &str| date(v).unwrap();
        let today = self.now.date_naive();
        let lately = || value.is_some_and(|d| d <= today && d >= today - Duration::days(i64::from(x.days().unwrap())));
        match x.op {
            Op::Is => value == Some(given(&x.value)),
            Op::Before => value.is_some_and(|d| d < given(&x.value)),
            Op::After => value.is_some_and(|d| d > given(&x.value)),
            Op::Between => value.is_some_and(|d| d >= given(&x.value) && d <= given(&x.to)),
            Op::InLast => lately(),
            Op::NotInLast => !lately(),
            Op::Empty => value.is_none(),
            Op::NotEmpty => value.is_some(),
            other => panic!("{other:?}"),
        }
    }
}

fn text(x: &Condition, value: Option<String>) -> bool {
    let value = value.map(|v| v.trim().to_lowercase()).filter(|v| !v.is_empty());
    let wanted = x.value.trim().to_lowercase();
    match x.op {
        Op::Is => value.as_deref() == Some(&wanted),
        Op::IsNot => value.as_deref() != Some(&wanted),
        Op::Contains => value.is_some_and(|v| v.contains(&wanted)),
        Op::ContainsNot => !value.is_some_and(|v| v.contains(&wanted)),
        Op::StartsWith => value.is_some_and(|v| v.starts_with(&wanted)),
        Op::Empty => value.is_none(),
        Op::NotEmpty => value.is_some(),
        other => panic!("{other:?}"),
    }
}

fn numeric(x: &Condition, value: Option<f64>) -> bool {
    let given = |v: &str| number(v).unwrap();
    match x.op {
        Op::Is => value == Some(given(&x.value)),
        Op::IsNot => value != Some(given(&x.value)),
        Op::Greater => value.is_some_and(|n| n > given(&x.value)),
        Op::Less => value.is_some_and(|n| n < given(&x.value)),
        Op::Between => value.is_some_and(|n| n >= given(&x.value) && n <= given(&x.to)),
        Op::Empty => value.is_none(),
        Op::NotEmpty => value.is_some(),
        other => panic!("{other:?}"),
    }
}

fn flag(x: &Condition, value: Option<bool>) -> bool {
    match x.op {
        Op::Yes => value == Some(true),
        Op::No => value == Some(false),
        Op::Empty => value.is_none(),
        Op::NotEmpty => value.is_some(),
        other => panic!("{other:?}"),
    }
}

fn condition(field: Field, op: Op, value: &str, to: &str) -> Rule {
    Rule::Condition(Condition { field, op, value: value.into(), to: to.into() })
}

fn all(rules: Vec<Rule>) -> Group {
    Group { matching: Matching::All, rules }
}

fn any(rules: Vec<Rule>) -> Group {
    Group { matching: Matching::Any, rules }
}

/// Everything that can be asked, with values that some contacts have and some do not.
fn vocabulary(lists: &[ListId], campaigns: &[CampaignId]) -> Vec<Rule> {
    let today = Utc::now().date_naive();
    let day = |ago: i64| (today - Duration::days(ago)).to_string();
    let mut fields: Vec<Field> = vec![Field::Email, Field::FirstName, Field::LastName, Field::Created, Field::Status];
    fields.extend(KINDS.map(|(n, _)| Field::Attribute(n.into())));
    fields.extend(lists.iter().map(|l| Field::List(Some(l.clone()))));
    for id in std::iter::once(None).chain(campaigns.iter().cloned().map(Some)) {
        fields.extend([Field::Opened(id.clone()), Field::Clicked(id.clone()), Field::Received(id)]);
    }
    let kind_of = |name: &str| KINDS.iter().find(|(n, _)| *n == name).map(|(_, k)| *k);
    let mut out = Vec::new();
    for field in fields {
        let kind = Condition { field: field.clone(), op: Op::Is, value: String::new(), to: String::new() }.kind(&kind_of).unwrap();
        let texts: &[&str] = match &field {
            Field::Email => &["c7@example.com", "example.org", "C1", "@"],
            Field::FirstName => &["ann", "Ä", "zoë"],
            Field::LastName => &["nobody", "son"],
            _ => &["paris", " PARIS ", "Köln", "a", "pro", "7"],
        };
        for op in kind.ops() {
            use nexsent_model::segments::FieldKind as K;
            let values: Vec<(String, String)> = match (kind, op) {
                _ if op.values() == 0 => vec![(String::new(), String::new())],
                (K::Text, _) => texts.iter().map(|t| ((*t).to_owned(), String::new())).collect(),
                (K::Number, Op::Between) => vec![("2".into(), "5".into()), ("2.5".into(), "2.5".into())],
                (K::Number, _) => ["0", "3", "2.5", "-1e3"].map(|n| (n.to_owned(), String::new())).to_vec(),
                (_, Op::InLast | Op::NotInLast) => ["1", "5", "30", "3650"].map(|n| (n.to_owned(), String::new())).to_vec(),
                (K::Status, _) => STANDINGS.map(|v| (v.to_owned(), String::new())).to_vec(),
                (_, Op::Between) => vec![(day(40), day(3)), (day(0), day(0))],
                _ => vec![(day(0), String::new()), (day(10), String::new()), (day(400), String::new())],
            };
            out.extend(values.into_iter().map(|(v, to)| condition(field.clone(), *op, &v, &to)));
        }
    }
    out
}

fn trees(leaves: Vec<Rule>) -> impl Strategy<Value = Group> {
    let leaf = proptest::sample::select(leaves);
    let rule = leaf.prop_recursive(3, 24, 5, |inner| {
        (any_matching(), prop::collection::vec(inner, 1..5)).prop_map(|(matching, rules)| Rule::Group(Group { matching, rules }))
    });
    (any_matching(), prop::collection::vec(rule, 1..5)).prop_map(|(matching, rules)| Group { matching, rules })
}

fn any_matching() -> impl Strategy<Value = Matching> {
    prop_oneof![Just(Matching::All), Just(Matching::Any)]
}

/// What the index says.
async fn found(t: &TenantDb, rule: &Group) -> Vec<u32> {
    rule_numbers(t, rule).await.unwrap()
}

async fn compare(t: &TenantDb, truth: &Truth, rules: &[Group], at: &str) {
    for rule in rules {
        assert_eq!(found(t, rule).await, truth.find(rule), "{at}: {rule:?}");
    }
}

async fn caught_up(w: &World, t: &TenantDb) {
    while w.platform.system().refresh_segments().await.unwrap() {}
    assert!(t.try_segment(&everyone(), 0).await.unwrap().count.fresh);
}

fn everyone() -> Group {
    all(vec![condition(Field::Email, Op::NotEmpty, "", "")])
}

/// A workspace with contacts of all kinds in two blocks, and two campaigns of which some were received, opened and clicked.
struct Town {
    t: TenantDb,
    lists: Vec<ListId>,
    campaigns: Vec<CampaignId>,
    raw: RawSystem,
}

async fn import(w: &World, t: &TenantDb, csv: &str, list: &ListId) {
    let id = ImportId::new();
    std::fs::write(t.import_upload_path(&id).await.unwrap(), csv).unwrap();
    t.create_import(&id, "people.csv").await.unwrap();
    let mut plan = t.import(&id).await.unwrap().plan;
    plan.lists = vec![list.clone()];
    t.start_import(&id, &plan).await.unwrap();
    let system = w.platform.system();
    let mut running = system.begin_import(&id).await.unwrap().unwrap();
    while system.step_import(&mut running).await.unwrap() == ImportProgress::More {}
    assert_eq!(t.import(&id).await.unwrap().state, ImportState::Done);
}

async fn town(w: &World) -> Town {
    let t = w.workspace("acme").await;
    let raw = RawSystem::new(&w.platform);
    for (name, kind) in KINDS.iter().filter(|(n, _)| *n != "plan") {
        t.create_attribute(name, *kind).await.unwrap();
    }
    let (big, small) = (t.create_list("big", "").await.unwrap(), t.create_list("small", "").await.unwrap());
    let today = Utc::now().date_naive();
    let mut csv = "email,first name,last name,city,seats,vip,since,plan\n".to_owned();
    // Most of the first block is there only so that there is a second.
    for i in 0..4100u32 {
        let row = if (30..4060).contains(&i) && i % 50 != 0 {
            format!("c{i}@example.com,,,,,,,\n")
        } else {
            let pick = |values: &[&'static str]| values[(i as usize * 7 + i as usize / 3) % values.len()];
            let day = if i % 4 == 0 { String::new() } else { (today - Duration::days(i64::from(i % 60) - 5)).to_string() };
            let domain = if i % 3 == 0 { "example.org" } else { "example.com" };
            let (first, last) = (pick(&["Ann", "ZOË", "Änne", ""]), pick(&["Ericson", "Nobody", ""]));
            let (city, seats) = (pick(&["Paris", "Köln", "paris", "", "Las Palmas"]), pick(&["3", "0", "2.5", "", "7"]));
            format!("c{i}@{domain},{first},{last},{city},{seats},{},{day},{}\n", pick(&["yes", "no", ""]), pick(&["pro", "7", "free", ""]))
        };
        csv.push_str(&row);
    }
    import(w, &t, &csv, &big).await;
    for c in every_contact(&t).await.into_iter().filter(|c| c.id.0 % 9 == 0 && c.id.0 < 400) {
        let draft = ContactDraft {
            email: c.email,
            first_name: c.first_name,
            last_name: c.last_name,
            attributes: c.attributes,
            lists: vec![big.clone(), small.clone()],
        };
        t.update_contact(c.id, &draft).await.unwrap();
    }
    // Some were added long ago.
    for n in 1..30 {
        let id = format!("contact:['{}', {n}]", t.me().workspace);
        let again = format!(
            "LET $c = (SELECT * FROM ONLY {id}); DELETE {id}; CREATE {id} CONTENT object::extend($c, {{ created_at: time::now() - {}h }});",
            n * 24 * n + 3
        );
        raw.run(&again).await.unwrap();
    }
    let domain = w.verified_domain(&t, "acme.test").await;
    let mut campaigns = Vec::new();
    for (n, list) in [&big, &small].into_iter().enumerate() {
        let id = t.create_campaign(&format!("News {n}")).await.unwrap();
        t.save_campaign(&id, 1, &World::draft(&domain, list)).await.unwrap();
        t.send_campaign(&id).await.unwrap();
        let (system, me) = (w.platform.system(), t.me().workspace.clone());
        system.prepare_campaign(&me, &id).await.unwrap();
        let context = std::sync::Arc::new(system.campaign_context(&id).await.unwrap());
        while let Some(chunk) = system.lease_chunk(&context).await.unwrap() {
            let results: Vec<DeliveryResult> = chunk.jobs.iter().map(|j| outcome(j, n)).collect();
            system.record(&results).await.unwrap();
            system.release_chunk(&me, &id, chunk.chunk).await.unwrap();
        }
        campaigns.push(id);
    }
    Town { t, lists: vec![big, small], campaigns, raw }
}

/// Most are accepted, on different days; some fail for good.
fn outcome(job: &nexsent_platform::Job, campaign: usize) -> DeliveryResult {
    let fate = match job.number % 11 {
        3 => Fate::Failed { suppress: job.number.is_multiple_of(2) && job.number < 300 },
        7 => Fate::InDoubt,
        _ => Fate::Sent,
    };
    DeliveryResult {
        tenant: job.campaign.tenant.clone(),
        campaign: job.campaign.id.clone(),
        chunk: job.chunk,
        number: job.number,
        attempt: job.attempt,
        email: job.email.clone(),
        fate,
        reply: "ok".into(),
        host: None,
        tls: None,
        at: Utc::now() - Duration::hours(i64::from(job.number % 40) * 24 + 7 + campaign as i64),
    }
}

impl Town {
    /// Opens and clicks by the links that were sent.
    async fn open(&self, w: &World, campaign: usize, numbers: impl Iterator<Item = u32>, click: bool) {
        let system = w.platform.system();
        for number in numbers {
            let event = format!(
                "CREATE event SET tenant = '{}', campaign = '{}', contact = {number}, kind = '{}', link = {}, at = time::now() - {}h",
                self.t.me().workspace,
                self.campaigns[campaign],
                if click { "click" } else { "open" },
                if click { "0" } else { "NONE" },
                number % 20 * 24 + 5
            );
            self.raw.run(&event).await.unwrap();
        }
        while system.count_events(500).await.unwrap().0 > 0 {}
    }

    fn leaves(&self) -> Vec<Rule> {
        vocabulary(&self.lists, &self.campaigns)
    }
}

#[test]
fn every_rule_finds_exactly_whom_a_look_at_every_contact_finds() {
    run(async {
        let w = World::new().await;
        let town = town(&w).await;
        let t = &town.t;
        assert!(!t.try_segment(&everyone(), 0).await.unwrap().count.fresh, "what has changed is said");
        town.open(&w, 0, (1..300).step_by(4), false).await;
        town.open(&w, 1, (9..120).step_by(18), true).await;
        caught_up(&w, t).await;
        let singles: Vec<Group> = town.leaves().into_iter().map(|r| all(vec![r])).collect();
        assert!(singles.len() > 150, "{}", singles.len());
        let truth = Truth::of(t, &town.raw, &town.campaigns).await;
        compare(t, &truth, &singles, "one condition").await;
        // A vocabulary that finds all or nobody would show little.
        let telling = singles.iter().filter(|r| !matches!(truth.find(r).len(), 0 | 4100)).count();
        assert!(telling * 2 > singles.len(), "{telling} of {}", singles.len());

        let mut runner = TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() });
        let handle = tokio::runtime::Handle::current();
        let outcome = tokio::task::block_in_place(|| {
            runner.run(&trees(town.leaves()), |rule| {
                prop_assert_eq!(handle.block_on(found(t, &rule)), truth.find(&rule));
                Ok(())
            })
        });
        outcome.unwrap();

        // Changed, deleted, imported again, unsubscribed, opened: the same, once the marks are worked off.
        let contact = t.contact(ContactId(5)).await.unwrap();
        let draft =
            ContactDraft { email: "new@example.net".into(), attributes: [("city".to_owned(), "Paris".into())].into(), ..ContactDraft::default() };
        t.update_contact(contact.id, &draft).await.unwrap();
        t.delete_contacts(&[ContactId(9), ContactId(4100)]).await.unwrap();
        import(&w, &t.clone(), "email,city,seats\nc12@example.org,Lyon,9\nfresh@example.com,Paris,1\n", &town.lists[1]).await;
        town.open(&w, 0, (2..200).step_by(10), true).await;
        assert!(!t.try_segment(&everyone(), 0).await.unwrap().count.fresh);
        caught_up(&w, t).await;
        let truth = Truth::of(t, &town.raw, &town.campaigns).await;
        compare(t, &truth, &singles, "after changes").await;

        // Made anew from nothing.
        w.platform.system().rebuild_segments(&t.me().workspace).await.unwrap();
        assert_eq!(t.try_segment(&everyone(), 0).await.unwrap().count.contacts, 0, "nothing is known while nothing is indexed");
        caught_up(&w, t).await;
        compare(t, &truth, &singles, "made anew").await;
    });
}

#[test]
fn an_index_that_is_killed_while_it_is_made_is_made_to_its_end() {
    run(async {
        let w = World::new().await;
        let dir = tempfile::tempdir().unwrap();
        let url = format!("surrealkv://{}", dir.path().join("db").display());
        let mut w = World { platform: Platform::open(config(&url, dir.path())).await.unwrap(), ..w };
        let t = w.workspace("acme").await;
        let list = t.create_list("all", "").await.unwrap();
        let mut csv = "email,city\n".to_owned();
        (0..4500).for_each(|i| csv.push_str(&format!("c{i}@example.com,{}\n", ["Paris", "Lyon", ""][i % 3])));
        import(&w, &t, &csv, &list).await;
        let rule = all(vec![condition(Field::Attribute("city".into()), Op::Is, "paris", "")]);
        let member = t.me().member.clone();
        drop(t);
        for i in 0..12u64 {
            let t = w.platform.tenant(&member).await.unwrap();
            // A change, and an end of everything at some point of the work that follows it.
            let draft = ContactDraft {
                email: format!("late{i}@example.com"),
                attributes: [("city".to_owned(), "Paris".into())].into(),
                ..ContactDraft::default()
            };
            t.create_contact(&draft).await.unwrap();
            let system = w.platform.system();
            drop(tokio::time::timeout(std::time::Duration::from_millis(5 + i * 23), system.refresh_segments()).await);
            drop((t, system));
            let World { platform, resolver, zone, dir: own, server } = w;
            platform.close().await;
            w = World { platform: Platform::open(config(&url, dir.path())).await.unwrap(), resolver, zone, dir: own, server };
        }
        let t = w.platform.tenant(&member).await.unwrap();
        caught_up(&w, &t).await;
        let truth = Truth::of(&t, &RawSystem::new(&w.platform), &[]).await;
        assert_eq!(truth.find(&rule).len(), 1500 + 12);
        compare(&t, &truth, &[rule], "after kills").await;
    });
}

fn refusal<T: std::fmt::Debug>(done: nexsent_platform::Result<T>) -> Fault {
    Fault::from(done.unwrap_err())
}

#[test]
fn hostile_rules_are_refused() {
    run(async {
        let w = World::new().await;
        let (t, other) = (w.workspace("acme").await, w.workspace("evil").await);
        let ok = || condition(Field::Email, Op::Contains, "@", "");
        let foreign_list = other.create_list("theirs", "").await.unwrap();
        let foreign_campaign = other.create_campaign("theirs").await.unwrap();
        other.create_attribute("secret", AttributeKind::Text).await.unwrap();
        let foreign_segment = other.create_segment("theirs", &all(vec![ok()])).await.unwrap();
        let mut deep = ok();
        for _ in 0..MAX_DEPTH {
            deep = Rule::Group(all(vec![deep]));
        }
        for (rule, field) in [
            (all(vec![ok(), condition(Field::List(Some(foreign_list)), Op::No, "", "")]), "condition:1"),
            (all(vec![condition(Field::Opened(Some(foreign_campaign)), Op::Never, "", "")]), "condition:0"),
            (all(vec![condition(Field::Attribute("secret".into()), Op::Empty, "", "")]), "condition:0"),
            (all(vec![condition(Field::Attribute("'; DELETE contact; '".into()), Op::Empty, "", "")]), "condition:0"),
            (all(vec![deep]), "rule"),
            (all((0..5000).map(|_| ok()).collect()), "rule"),
            (all(Vec::new()), "rule"),
            (all(vec![condition(Field::Email, Op::Is, &"x".repeat(100_000), "")]), "condition:0"),
        ] {
            for fault in [refusal(t.try_segment(&rule, 5).await), refusal(t.create_segment("x", &rule).await)] {
                assert_eq!((fault.code, fault.field.as_deref()), (FaultCode::Invalid, Some(field)), "{fault:?}");
            }
        }
        // Another tenant's segment is none.
        assert!(t.segment(&foreign_segment).await.is_err() && t.count_segment(&foreign_segment).await.is_err());
        assert!(t.save_segment(&foreign_segment, 1, "mine", &all(vec![ok()])).await.is_err());
        assert!(t.delete_segment(&foreign_segment).await.is_err());
        assert!(t.contacts(&ContactQuery { segment: Some(foreign_segment.clone()), ..ContactQuery::default() }).await.is_err());
        assert_eq!(other.segment(&foreign_segment).await.unwrap().row.name, "theirs");
    });
}

#[test]
fn segments_are_kept_changed_and_deleted() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = w.list(&t, "p", 8).await;
        caught_up(&w, &t).await;
        let rule = all(vec![condition(Field::FirstName, Op::IsNot, "N3", "")]);
        let id = t.create_segment("Most", &rule).await.unwrap();
        assert_eq!(refusal(t.create_segment("Most", &rule).await).field.as_deref(), Some("name"));
        let count = t.count_segment(&id).await.unwrap();
        assert_eq!((count.contacts, count.of, count.fresh), (7, 8, true));
        assert_eq!(t.save_segment(&id, 1, "Many", &any(vec![condition(Field::List(Some(list.clone())), Op::Yes, "", "")])).await.unwrap(), 2);
        assert_eq!(refusal(t.save_segment(&id, 1, "Late", &rule).await).code, FaultCode::Conflict);
        assert_eq!(t.segments().await.unwrap().iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Many"]);
        // Pages, newest first; and searched.
        let query = |after| ContactQuery { segment: Some(id.clone()), after, limit: 3, ..ContactQuery::default() };
        let first = t.contacts(&query(None)).await.unwrap();
        assert_eq!(first.items.iter().map(|c| c.id.0).collect::<Vec<_>>(), [8, 7, 6]);
        let second = t.contacts(&query(first.next)).await.unwrap();
        let third = t.contacts(&query(second.next)).await.unwrap();
        assert_eq!((third.items.iter().map(|c| c.id.0).collect::<Vec<_>>(), third.next), (vec![2, 1], None));
        let searched = t.contacts(&ContactQuery { search: "p3".into(), ..query(None) }).await.unwrap();
        assert_eq!(searched.items.iter().map(|c| c.email.as_str()).collect::<Vec<_>>(), ["p3@example.com"]);
        // What it looks at is gone: it says so, and finds nobody by mistake.
        t.save_segment(&id, 2, "Others", &all(vec![condition(Field::List(Some(list.clone())), Op::No, "", "")])).await.unwrap();
        t.delete_list(&list).await.unwrap();
        assert!(refusal(t.count_segment(&id).await).message.contains("list is no longer there"));
        t.delete_segment(&id).await.unwrap();
        assert!(t.segment(&id).await.is_err());
    });
}

#[test]
fn attributes_have_types_that_can_be_changed_and_go_for_good() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let list = t.create_list("all", "").await.unwrap();
        import(&w, &t, "email,seats,born\na@example.com,3,2001-02-03\nb@example.com,many,\nc@example.com,,1.2.1990\n", &list).await;
        caught_up(&w, &t).await;
        let row = |name: &str, all: &[nexsent_model::attributes::AttributeRow]| {
            all.iter().find(|a| a.name == name).map(|a| (a.kind, a.declared, a.contacts))
        };
        let seen = t.attributes().await.unwrap();
        assert_eq!(row("seats", &seen), Some((AttributeKind::Text, false, Some(2))), "seen in an import, text by itself");
        // What a number would make of it is said first.
        let change = t.preview_attribute_kind("seats", AttributeKind::Number).await.unwrap();
        assert_eq!((change.values, change.misfits, change.examples.as_slice(), change.fresh), (2, 1, &["many".to_owned()][..], true));
        t.set_attribute_kind("seats", AttributeKind::Number).await.unwrap();
        t.set_attribute_kind("born", AttributeKind::Date).await.unwrap();
        let found = |rule: Rule| {
            let t = t.clone();
            async move { t.try_segment(&all(vec![rule]), 10).await.unwrap().sample.into_iter().map(|c| c.email).collect::<Vec<_>>() }
        };
        let seats = || Field::Attribute("seats".into());
        assert_eq!(found(condition(seats(), Op::Greater, "2", "")).await, ["a@example.com"]);
        assert_eq!(found(condition(seats(), Op::Empty, "", "")).await, ["c@example.com", "b@example.com"], "what does not fit counts as empty");
        assert_eq!(found(condition(Field::Attribute("born".into()), Op::Before, "1995-01-01", "")).await, ["c@example.com"]);
        // It stayed as it was, and a contact can be saved with it; a new value has to fit.
        let b = t.contacts(&ContactQuery { search: "b@".into(), ..ContactQuery::default() }).await.unwrap().items.remove(0);
        let draft =
            |attributes: BTreeMap<String, serde_json::Value>| ContactDraft { email: "b@example.com".into(), attributes, ..ContactDraft::default() };
        let saved = t.update_contact(b.id, &draft(b.attributes.clone())).await.unwrap();
        assert_eq!(saved.attributes["seats"], "many");
        let fault = refusal(t.update_contact(b.id, &draft([("seats".to_owned(), "more".into())].into())).await);
        assert_eq!(fault.field.as_deref(), Some("attributes.seats"), "{fault:?}");
        let saved =
            t.update_contact(b.id, &draft([("seats".to_owned(), "12".into()), ("born".to_owned(), "31.12.1999".into())].into())).await.unwrap();
        assert_eq!((saved.attributes["seats"].as_i64(), saved.attributes["born"].as_str()), (Some(12), Some("1999-12-31")));
        // An import converts, or rejects the row with its reason.
        let id = ImportId::new();
        std::fs::write(
            t.import_upload_path(&id).await.unwrap(),
            "email,seats,born\nd@example.com,007,2020/01/31\ne@example.com,few,\nf@example.com,,01/31/2020\n",
        )
        .unwrap();
        t.create_import(&id, "x.csv").await.unwrap();
        let plan = t.import(&id).await.unwrap().plan;
        let (_, _, preview) = t.preview_import(&id, &plan).await.unwrap();
        let reasons: Vec<_> = preview.rejected.iter().map(|r| r.reason.as_str()).collect();
        assert_eq!(reasons, ["“seats”: “few” is not a number such as 42 or 1.5.", "“born”: “01/31/2020” is not a date such as 2026-11-24."]);
        assert_eq!((preview.rows[0].attributes["seats"].as_i64(), preview.rows[0].attributes["born"].as_str()), (Some(7), Some("2020-01-31")));

        // Deleted: refused while a segment looks at it, then out of use at once, and out of the contacts step by step.
        let segment = t.create_segment("Seats", &all(vec![condition(seats(), Op::NotEmpty, "", "")])).await.unwrap();
        assert!(refusal(t.delete_attribute("seats").await).message.contains("“Seats”"));
        t.delete_segment(&segment).await.unwrap();
        t.delete_attribute("seats").await.unwrap();
        assert!(t.attributes().await.unwrap().iter().any(|a| a.name == "seats" && a.removing));
        assert!(t.try_segment(&all(vec![condition(seats(), Op::NotEmpty, "", "")]), 0).await.is_err());
        assert_eq!(refusal(t.create_attribute("seats", AttributeKind::Text).await).code, FaultCode::Conflict);
        assert!(t.update_contact(b.id, &draft([("seats".to_owned(), "1".into())].into())).await.is_err());
        while w.platform.system().remove_attribute_values(1).await.unwrap() {}
        assert!(every_contact(&t).await.iter().all(|c| !c.attributes.contains_key("seats")));
        assert!(every_contact(&t).await.iter().any(|c| c.attributes.contains_key("born")));
        caught_up(&w, &t).await;
        assert!(row("seats", &t.attributes().await.unwrap()).is_none());
        t.create_attribute("Seats", AttributeKind::Number).await.unwrap();
        assert!(refusal(t.create_attribute("e mail!", AttributeKind::Text).await).field.as_deref() == Some("name"));
    });
}

#[test]
fn a_campaign_goes_to_who_is_in_its_segments_when_it_starts() {
    run(async {
        let w = World::new().await;
        let t = w.workspace("acme").await;
        let domain = w.verified_domain(&t, "acme.test").await;
        let list = w.list(&t, "p", 4).await;
        let draft = |email: &str, city: &str| ContactDraft {
            email: email.into(),
            attributes: [("city".to_owned(), city.into())].into(),
            ..ContactDraft::default()
        };
        t.create_contact(&draft("a@example.com", "Paris")).await.unwrap();
        t.create_contact(&draft("b@example.com", "Lyon")).await.unwrap();
        caught_up(&w, &t).await;
        let paris = t.create_segment("Paris", &all(vec![condition(Field::Attribute("city".into()), Op::Is, "paris", "")])).await.unwrap();
        let id = t.create_campaign("News").await.unwrap();
        let unknown = CampaignDraft { segments: vec![SegmentId::new()], lists: Vec::new(), ..World::draft(&domain, &list) };
        t.save_campaign(&id, 1, &unknown).await.unwrap();
        assert!(t.review_campaign(&id).await.unwrap().blockers.iter().any(|b| b.field == "segments"), "a segment that is not there");
        let both = CampaignDraft { segments: vec![paris.clone()], ..World::draft(&domain, &list) };
        t.save_campaign(&id, 2, &both).await.unwrap();
        let review = t.review_campaign(&id).await.unwrap();
        assert_eq!((review.audience, review.blockers.len(), review.warnings.len()), (5, 0, 0), "{review:?}");
        t.schedule_campaign(&id, Utc::now() + Duration::hours(1)).await.unwrap();
        assert!(refusal(t.delete_segment(&paris).await).message.contains("“News”"));
        assert_eq!(t.segment(&paris).await.unwrap().used_by, ["News"]);
        t.unschedule_campaign(&id).await.unwrap();
        // One more moves to Paris after the review; nobody has told the index.
        t.create_contact(&draft("c@example.com", "PARIS")).await.unwrap();
        assert_eq!(t.review_campaign(&id).await.unwrap().warnings.len(), 1, "the count may change");
        t.send_campaign(&id).await.unwrap();
        let (system, me) = (w.platform.system(), t.me().workspace.clone());
        system.prepare_campaign(&me, &id).await.unwrap();
        let rows = t.ledger(&id, &LedgerQuery::default()).await.unwrap().items;
        let mut emails: Vec<_> = rows.iter().map(|r| r.email.as_str()).collect();
        emails.sort_unstable();
        assert_eq!(emails, ["a@example.com", "c@example.com", "p0@example.com", "p1@example.com", "p2@example.com", "p3@example.com"]);
        // A segment whose attribute is gone by then holds its campaign instead of going to anybody else.
        let next = t.create_campaign("More").await.unwrap();
        let not = t.create_segment("Not a list", &all(vec![condition(Field::List(Some(list.clone())), Op::No, "", "")])).await.unwrap();
        t.save_campaign(&next, 1, &CampaignDraft { segments: vec![not], lists: Vec::new(), ..World::draft(&domain, &list) }).await.unwrap();
        t.send_campaign(&next).await.unwrap();
        t.delete_list(&list).await.unwrap();
        let fault = refusal(system.prepare_campaign(&me, &next).await);
        assert_eq!(fault.field.as_deref(), Some("segments"), "{fault:?}");
        assert_eq!(t.campaign(&next).await.unwrap().row.stats.recipients(), 0);
        assert_eq!(t.campaign(&next).await.unwrap().row.state, CampaignState::Preparing);
    });
}
