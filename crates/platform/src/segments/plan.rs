//! A rule made ready for a workspace: what it names is looked up, what it compares with is read, once.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use nexsent_model::{
    Fault,
    attributes::{self, AttributeKind},
    segments::{Condition, Field, FieldKind, Group, Matching, Op, Rule},
};
use nexsent_texts::t;
use roaring::RoaringBitmap;
use surrealdb_types::{RecordId, SurrealValue};

use super::{
    column::{self, Bits, Texts, fold},
    index::{self, BLOCK},
    marks::{ACTIVITY, CONTACTS},
};
use crate::{
    Error, Result,
    contacts::{
        attributes::Kinds,
        bits,
        edit::{Counter, counter_id},
    },
    db::{Db, q, rid},
};

/// Seconds since 1970, from and up to (not included). 0 stands for no time at all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span(u32, u32);

#[derive(Debug)]
enum TextTest {
    Is(String),
    Contains(String),
    StartsWith(String),
    Any,
    /// Number, both ends included.
    Number(f64, f64),
    More(f64),
    Less(f64),
    YesNo(bool),
    /// Days, both ends included.
    Date(NaiveDate, NaiveDate),
    /// Any value that fits the type.
    Fits(AttributeKind),
}

impl TextTest {
    fn passes(&self, word: &str) -> bool {
        match self {
            Self::Is(text) => word == text,
            Self::Contains(text) => word.contains(text.as_str()),
            Self::StartsWith(text) => word.starts_with(text.as_str()),
            Self::Any => true,
            Self::Number(from, to) => attributes::number(word).is_some_and(|n| *from <= n && n <= *to),
            Self::More(than) => attributes::number(word).is_some_and(|n| n > *than),
            Self::Less(than) => attributes::number(word).is_some_and(|n| n < *than),
            Self::YesNo(wanted) => attributes::yes_no(word) == Some(*wanted),
            Self::Date(from, to) => attributes::date(word).is_some_and(|d| *from <= d && d <= *to),
            Self::Fits(kind) => kind.fits(word),
        }
    }
}

#[derive(Debug)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Text { column: usize, test: TextTest, not: bool },
    Time { column: usize, span: Span, not: bool },
    Status { wanted: &'static [u8], not: bool },
    Listed { list: usize, not: bool },
}

impl Node {
    const fn cost(&self) -> u8 {
        match self {
            Self::Status { .. } | Self::Listed { .. } => 0,
            Self::Time { .. } => 1,
            Self::Text { test: TextTest::Is(_) | TextTest::Any, .. } => 2,
            Self::Text { .. } => 3,
            Self::All(_) | Self::Any(_) => 4,
        }
    }
}

/// A column that a rule looks at: its source and its name.
pub(super) type Need = (String, String);

/// A rule that can be evaluated block by block.
pub(super) struct Plan {
    root: Node,
    /// Every contact there is.
    pub all: RoaringBitmap,
    lists: Vec<RoaringBitmap>,
    pub needs: Vec<Need>,
    status: Option<usize>,
}

/// What a session can see of the workspace, and when it is.
pub(super) struct Workspace<'a> {
    pub db: &'a Db,
    pub tenant: &'a str,
    pub now: DateTime<Utc>,
}

#[derive(Default)]
struct Compiler {
    needs: Vec<Need>,
    lists: Vec<String>,
    status: bool,
}

impl Compiler {
    fn column(&mut self, source: &str, name: &str) -> usize {
        let need = (source.to_owned(), name.to_owned());
        self.needs.iter().position(|n| *n == need).unwrap_or_else(|| {
            self.needs.push(need);
            self.needs.len() - 1
        })
    }

    fn group(&mut self, group: &Group, kinds: &Kinds, now: DateTime<Utc>, zone: Tz) -> Node {
        let mut nodes: Vec<Node> = group
            .rules
            .iter()
            .map(|rule| match rule {
                Rule::Group(g) => self.group(g, kinds, now, zone),
                Rule::Condition(c) => self.condition(c, kinds, now, zone),
            })
            .collect();
        // What is cheap may decide before what reads words is asked.
        nodes.sort_by_key(Node::cost);
        match group.matching {
            Matching::All => Node::All(nodes),
            Matching::Any => Node::Any(nodes),
        }
    }

    /// Of a condition that was checked.
    fn condition(&mut self, c: &Condition, kinds: &Kinds, now: DateTime<Utc>, zone: Tz) -> Node {
        let kind = c.kind(&|name| Some(kinds.declared(name).unwrap_or_default())).unwrap_or(FieldKind::Text);
        match &c.field {
            Field::Email => self.text("email", kind, c, now, zone),
            Field::FirstName => self.text("first_name", kind, c, now, zone),
            Field::LastName => self.text("last_name", kind, c, now, zone),
            Field::Attribute(name) => self.text(&format!("a:{name}"), kind, c, now, zone),
            Field::Created => {
                let (span, not) = time_span(c, now, zone);
                Node::Time { column: self.column(CONTACTS, "created"), span, not }
            }
            Field::Opened(campaign) => self.activity("opened", campaign.as_ref().map(|c| c.as_str()), c, now),
            Field::Clicked(campaign) => self.activity("clicked", campaign.as_ref().map(|c| c.as_str()), c, now),
            Field::Received(campaign) => self.activity("received", campaign.as_ref().map(|c| c.as_str()), c, now),
            Field::List(list) => {
                let id = list.as_ref().map_or_else(String::new, ToString::to_string);
                let list = self.lists.iter().position(|l| *l == id).unwrap_or_else(|| {
                    self.lists.push(id);
                    self.lists.len() - 1
                });
                Node::Listed { list, not: c.op == Op::No }
            }
            Field::Status => {
                self.status = true;
                let wanted: &[u8] = match c.value.as_str() {
                    "active" => &[1],
                    "unsubscribed" => &[2],
                    "bad_address" => &[4],
                    "complaint" => &[5],
                    "manual" => &[6],
                    _ => &[3, 4, 5, 6],
                };
                Node::Status { wanted, not: c.op == Op::IsNot }
            }
        }
    }

    fn activity(&mut self, column: &str, campaign: Option<&str>, c: &Condition, now: DateTime<Utc>) -> Node {
        let column = self.column(campaign.unwrap_or(ACTIVITY), column);
        let (span, not) = match c.op {
            Op::Never => (Span(1, u32::MAX), true),
            Op::InLast | Op::NotInLast => (Span(since(c, now), u32::MAX), c.op == Op::NotInLast),
            _ => (Span(1, u32::MAX), false),
        };
        Node::Time { column, span, not }
    }

    fn text(&mut self, column: &str, kind: FieldKind, c: &Condition, now: DateTime<Utc>, zone: Tz) -> Node {
        let number = |text: &str| attributes::number(text).unwrap_or_default();
        let today = now.with_timezone(&zone).date_naive();
        let ago = |days: u32| today.checked_sub_signed(Duration::days(i64::from(days))).unwrap_or(NaiveDate::MIN);
        let date = |text: &str| attributes::date(text).unwrap_or_default();
        let fits = match kind {
            FieldKind::Number => TextTest::Fits(AttributeKind::Number),
            FieldKind::YesNo => TextTest::Fits(AttributeKind::YesNo),
            FieldKind::Date => TextTest::Fits(AttributeKind::Date),
            _ => TextTest::Any,
        };
        let test = match (c.op, kind) {
            (Op::Empty | Op::NotEmpty, _) => fits,
            (Op::Is | Op::IsNot, FieldKind::Number) => TextTest::Number(number(&c.value), number(&c.value)),
            (Op::Between, FieldKind::Number) => TextTest::Number(number(&c.value), number(&c.to)),
            (Op::Greater, _) => TextTest::More(number(&c.value)),
            (Op::Less, _) => TextTest::Less(number(&c.value)),
            (Op::Yes | Op::No, _) => TextTest::YesNo(c.op == Op::Yes),
            (Op::Is, FieldKind::Date) => TextTest::Date(date(&c.value), date(&c.value)),
            (Op::Between, _) => TextTest::Date(date(&c.value), date(&c.to)),
            (Op::Before, _) => TextTest::Date(NaiveDate::MIN, date(&c.value).pred_opt().unwrap_or(NaiveDate::MIN)),
            (Op::After, _) => TextTest::Date(date(&c.value).succ_opt().unwrap_or(NaiveDate::MAX), NaiveDate::MAX),
            (Op::InLast | Op::NotInLast, _) => TextTest::Date(ago(c.days().unwrap_or(1)), today),
            (Op::Contains | Op::ContainsNot, _) => TextTest::Contains(fold(&c.value)),
            (Op::StartsWith, _) => TextTest::StartsWith(fold(&c.value)),
            _ => TextTest::Is(fold(&c.value)),
        };
        let not = matches!(c.op, Op::Empty | Op::IsNot | Op::ContainsNot | Op::NotInLast);
        Node::Text { column: self.column(CONTACTS, column), test, not }
    }
}

fn clamp(at: DateTime<Utc>) -> u32 {
    u32::try_from(at.timestamp().max(1)).unwrap_or(u32::MAX)
}

/// So many days ago.
fn since(c: &Condition, now: DateTime<Utc>) -> u32 {
    clamp(now - Duration::days(i64::from(c.days().unwrap_or(1))))
}

/// The instant a day begins in a zone: later where its midnight is skipped.
fn midnight(day: NaiveDate, zone: Tz) -> u32 {
    let Some(local) = day.and_hms_opt(0, 0, 0) else { return 1 };
    let at = (0..4).find_map(|h| zone.from_local_datetime(&(local + Duration::hours(h))).earliest());
    clamp(at.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc)))
}

fn time_span(c: &Condition, now: DateTime<Utc>, zone: Tz) -> (Span, bool) {
    let begin = |text: &str| midnight(attributes::date(text).unwrap_or_default(), zone);
    let end = |text: &str| midnight(attributes::date(text).unwrap_or_default().succ_opt().unwrap_or(NaiveDate::MAX), zone);
    match c.op {
        Op::Before => (Span(1, begin(&c.value)), false),
        Op::After => (Span(end(&c.value), u32::MAX), false),
        Op::Between => (Span(begin(&c.value), end(&c.to)), false),
        Op::InLast | Op::NotInLast => (Span(since(c, now), u32::MAX), c.op == Op::NotInLast),
        _ => (Span(begin(&c.value), end(&c.value)), false),
    }
}

/// Looks the whole rule over: its tree, and that everything it names is this workspace's and still there.
pub(super) async fn check(db: &Db, tenant: &str, rule: &Group, kinds: &Kinds) -> Result<()> {
    // The tree first: nothing is looked up for one that is too large.
    rule.check(&|name| Some(kinds.declared(name).unwrap_or_default()))?;
    let conditions = rule.conditions();
    let mut seen: Option<Vec<String>> = None;
    let (mut lists, mut campaigns) = (Vec::new(), Vec::new());
    for (i, c) in conditions.iter().enumerate() {
        match &c.field {
            Field::Attribute(name) if kinds.declared(name).is_none() => {
                if seen.is_none() {
                    let sql = "SELECT next, attributes FROM ONLY $id WHERE tenant = $t";
                    let counter: Option<Counter> = q!(db, sql, id = counter_id(tenant), t = tenant.to_owned())?.take(0)?;
                    seen = Some(counter.map(|c| c.attributes).unwrap_or_default());
                }
                if kinds.is_removing(name) || !seen.iter().flatten().any(|s| s == name) {
                    return Err(missing(i, "attribute"));
                }
            }
            Field::List(Some(list)) => lists.push((i, rid("contact_list", list.as_str()))),
            Field::Opened(Some(id)) | Field::Clicked(Some(id)) | Field::Received(Some(id)) => campaigns.push((i, rid("campaign", id.as_str()))),
            _ => {}
        }
    }
    for (what, wanted) in [("list", lists), ("campaign", campaigns)] {
        let ids: Vec<RecordId> = wanted.iter().map(|(_, id)| id.clone()).collect();
        let found: Vec<RecordId> =
            if ids.is_empty() { ids } else { q!(db, "SELECT VALUE id FROM $ids WHERE tenant = $t", ids = ids, t = tenant.to_owned())?.take(0)? };
        if let Some((i, _)) = wanted.iter().find(|(_, id)| !found.contains(id)) {
            return Err(missing(*i, what));
        }
    }
    Ok(())
}

fn missing(condition: usize, what: &str) -> Error {
    Fault::field(format!("condition:{condition}"), t!("fault-segments-missing", what = what)).into()
}

#[derive(SurrealValue)]
struct Zone {
    time_zone: Option<String>,
}

impl Plan {
    /// # Errors
    /// A fault at the condition that is wrong, or names what is not there.
    pub async fn make(w: &Workspace<'_>, rule: &Group) -> Result<Self> {
        let kinds = Kinds::load(w.db, w.tenant).await?;
        check(w.db, w.tenant, rule, &kinds).await?;
        let found: Option<Zone> =
            q!(w.db, "SELECT time_zone FROM ONLY $id WHERE tenant = $t", id = rid("tenant", w.tenant), t = w.tenant.to_owned())?.take(0)?;
        let zone: Tz = found.and_then(|z| z.time_zone).and_then(|z| z.parse().ok()).unwrap_or(Tz::UTC);
        let mut compiler = Compiler::default();
        let root = compiler.group(rule, &kinds, w.now, zone);
        let status = compiler.status.then(|| compiler.column(CONTACTS, "status"));
        let mut lists = Vec::with_capacity(compiler.lists.len());
        for list in &compiler.lists {
            lists.push(bits::load(w.db, w.tenant, list).await?);
        }
        Ok(Self { root, all: bits::load(w.db, w.tenant, bits::ALL).await?, lists, needs: compiler.needs, status })
    }

    /// A plan for the contacts whose value of an attribute is there, and fits a type or does not.
    pub async fn values(w: &Workspace<'_>, attribute: &str, fits: Option<AttributeKind>) -> Result<Self> {
        let any = Node::Text { column: 0, test: TextTest::Any, not: false };
        let root = match fits {
            Some(kind) => Node::All(vec![any, Node::Text { column: 0, test: TextTest::Fits(kind), not: true }]),
            None => any,
        };
        let needs = vec![(CONTACTS.to_owned(), format!("a:{attribute}"))];
        Ok(Self { root, all: bits::load(w.db, w.tenant, bits::ALL).await?, lists: Vec::new(), needs, status: None })
    }

    /// Blocks that have contacts, in ascending order.
    pub fn blocks(&self) -> Vec<u32> {
        let mut out = Vec::new();
        let mut next = self.all.min();
        while let Some(number) = next {
            out.push(number / BLOCK);
            next = (number / BLOCK + 1).checked_mul(BLOCK).and_then(|from| self.all.range(from..).next());
        }
        out
    }

    /// The contacts of a block that the rule finds. `columns`: one a need, where the block has it.
    pub fn evaluate(&self, block: u32, columns: &[Option<std::sync::Arc<[u8]>>]) -> Bits {
        let mut out = self.node(&self.root, block, columns);
        out.and(&within(&self.all, block));
        out
    }

    fn node(&self, node: &Node, block: u32, columns: &[Option<std::sync::Arc<[u8]>>]) -> Bits {
        let bytes = |i: usize| columns.get(i).and_then(Option::as_deref).unwrap_or(&[]);
        match node {
            Node::All(nodes) => {
                let mut out = Bits::ALL;
                for n in nodes {
                    if out.is_none() {
                        break;
                    }
                    out.and(&self.node(n, block, columns));
                }
                out
            }
            Node::Any(nodes) => {
                let mut out = Bits::NONE;
                for n in nodes {
                    out.or(&self.node(n, block, columns));
                }
                out
            }
            // Whoever has no value has none that passes: where the opposite is asked for, they pass.
            Node::Text { column, test, not } => Texts::read(bytes(*column)).matching(*not, |word| test.passes(word) != *not),
            Node::Time { column, span, not } => {
                column::matching_times(bytes(*column), *not, |t| (span.0 <= t && (t < span.1 || span.1 == u32::MAX)) != *not)
            }
            Node::Status { wanted, not } => column::matching_bytes(self.status.map_or(&[], bytes), |s| wanted.contains(&s) != *not),
            Node::Listed { list, not } => {
                let listed = self.lists.get(*list).map_or(Bits::NONE, |l| within(l, block));
                if *not { listed.not() } else { listed }
            }
        }
    }
}

/// The part of a bitmap that lies in a block.
fn within(bits: &RoaringBitmap, block: u32) -> Bits {
    let first = block * BLOCK;
    let mut out = Bits::NONE;
    for number in bits.range(first..=first + (BLOCK - 1)) {
        out.set((number - first) as usize, true);
    }
    out
}

/// The range of a source's blocks.
pub(super) const BLOCKS: &str = "SELECT id, columns FROM segment_block:[$t, $s, 0]..=[$t, $s, $last]";

/// What a session sees of a source's blocks.
pub(super) async fn blocks(db: &Db, tenant: &str, source: &str) -> Result<Vec<index::BlockRow>> {
    Ok(q!(db, BLOCKS, t = tenant.to_owned(), s = source.to_owned(), last = index::LAST)?.take(0)?)
}
