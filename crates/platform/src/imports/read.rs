//! Rows of a file, one at a time: decoded, cut, checked. Memory does not grow with the file.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::Path,
    rc::Rc,
};

use encoding_rs::{CoderResult, Decoder, Encoding};
use nexsent_model::{
    Fault,
    contacts::{ColumnTarget, ImportPlan},
    validate,
};
use nexsent_texts::t;

use crate::{
    Result,
    contacts::{attributes::Kinds, edit::MAX_VALUE},
};

/// A row larger than this is rejected.
const MAX_ROW: usize = 1024 * 1024;
/// A row larger than this ends the import: a quote that is not closed would otherwise swallow the file into memory.
const MAX_UNCLOSED: u64 = 32 * 1024 * 1024;

/// A row that becomes a contact. `None`: the file does not say.
#[derive(Clone, Debug)]
pub(super) struct NewContact {
    pub email: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub attributes: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug)]
pub(super) struct Rejected {
    pub line: u64,
    pub reason: String,
    pub excerpt: String,
    pub cells: Vec<String>,
}

pub(super) enum Parsed {
    Contact(NewContact),
    Rejected(Rejected),
    /// The rest cannot be read.
    Broken(String),
}

/// Decodes a file into UTF-8 while it is read, and counts what was read of it.
struct Decoding {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    start: usize,
    end: usize,
    eof: bool,
    /// The decoder has given all it had; it must not be asked again, but a reader asks for the end more than once.
    finished: bool,
    out: Vec<u8>,
    out_at: usize,
    read: Rc<Cell<u64>>,
    row: Rc<Cell<u64>>,
}

impl Read for Decoding {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.out_at == self.out.len() {
            if self.finished {
                return Ok(0);
            }
            if self.start == self.end && !self.eof {
                self.end = self.file.read(&mut self.raw)?;
                self.start = 0;
                self.eof = self.end == 0;
                self.read.set(self.read.get() + self.end as u64);
            }
            self.out.resize(self.raw.len() * 3 + 16, 0);
            self.out_at = 0;
            let (result, used, written, _) = self.decoder.decode_to_utf8(&self.raw[self.start..self.end], &mut self.out, self.eof);
            self.out.truncate(written);
            self.start += used;
            self.finished = self.eof && result == CoderResult::InputEmpty;
        }
        if self.row.get() > MAX_UNCLOSED {
            return Err(io::Error::other("unclosed"));
        }
        let n = buf.len().min(self.out.len() - self.out_at);
        buf[..n].copy_from_slice(&self.out[self.out_at..self.out_at + n]);
        self.out_at += n;
        self.row.set(self.row.get() + n as u64);
        Ok(n)
    }
}

/// The rows of a file under a plan.
pub(super) struct Rows {
    reader: csv::Reader<Decoding>,
    targets: Vec<ColumnTarget>,
    kinds: Kinds,
    record: csv::ByteRecord,
    read: Rc<Cell<u64>>,
    row: Rc<Cell<u64>>,
    header: Vec<String>,
    over: bool,
}

impl Rows {
    /// Starts after `skip` rows of data.
    pub fn open(path: &Path, plan: &ImportPlan, kinds: &Kinds, skip: u64) -> Result<Self> {
        let encoding = Encoding::for_label(plan.encoding.as_bytes()).ok_or_else(|| Fault::field("encoding", t!("fault-import-encoding")))?;
        let (read, row) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let source = Decoding {
            file: File::open(path)?,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; 64 * 1024],
            start: 0,
            end: 0,
            eof: false,
            finished: false,
            out: Vec::new(),
            out_at: 0,
            read: read.clone(),
            row: row.clone(),
        };
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(plan.delimiter).unwrap_or(b',')).from_reader(source);
        let (targets, record) = (plan.targets.clone(), csv::ByteRecord::new());
        let mut rows = Self { reader, targets, kinds: kinds.clone(), record, read, row, header: Vec::new(), over: false };
        if plan.header {
            rows.advance().map_err(|reason| Fault::field("file", reason))?;
            rows.header = cells(&rows.record);
        }
        for _ in 0..skip {
            if !matches!(rows.advance(), Ok(true)) {
                break;
            }
        }
        Ok(rows)
    }

    /// The names in the header; empty without one.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Bytes of the file read so far.
    pub fn bytes_read(&self) -> u64 {
        self.read.get()
    }

    fn advance(&mut self) -> std::result::Result<bool, String> {
        self.row.set(0);
        self.reader.read_byte_record(&mut self.record).map_err(|_| {
            let line = self.record.position().map_or(1, csv::Position::line);
            t!("fault-import-unclosed", line = line.to_string())
        })
    }

    /// The next row; `None` at the end.
    pub fn next_row(&mut self) -> Option<Parsed> {
        if self.over {
            return None;
        }
        match self.advance() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(reason) => {
                self.over = true;
                return Some(Parsed::Broken(reason));
            }
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        Some(match check(&self.record, &self.targets, &self.kinds) {
            Ok(contact) => Parsed::Contact(contact),
            Err(reason) => {
                let cells: Vec<String> = if self.record.as_slice().len() > MAX_ROW { Vec::new() } else { cells(&self.record) };
                Parsed::Rejected(Rejected { line, reason, excerpt: cells.join(" | ").chars().take(200).collect(), cells })
            }
        })
    }
}

fn cells(record: &csv::ByteRecord) -> Vec<String> {
    record.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()
}

fn check(record: &csv::ByteRecord, targets: &[ColumnTarget], kinds: &Kinds) -> std::result::Result<NewContact, String> {
    if record.as_slice().len() > MAX_ROW {
        return Err(t!("fault-import-row-large", kilobytes = (MAX_ROW / 1024).to_string()));
    }
    if record.iter().all(|c| c.trim_ascii().is_empty()) {
        return Err(t!("fault-import-row-empty"));
    }
    let mut contact = NewContact { email: String::new(), first_name: None, last_name: None, attributes: BTreeMap::new() };
    let mut has_email = false;
    for (cell, target) in record.iter().zip(targets) {
        if *target == ColumnTarget::Ignore {
            continue;
        }
        let text = std::str::from_utf8(cell).map_err(|_| t!("fault-import-row-no-text"))?.trim();
        if text.contains('\u{FFFD}') {
            return Err(t!("fault-import-row-characters"));
        }
        match target {
            ColumnTarget::Email => {
                contact.email = validate::email(text)
                    .map_err(|e| if text.is_empty() { t!("fault-import-no-address") } else { t!("fault-import-address", problem = e) })?;
                has_email = true;
            }
            ColumnTarget::FirstName => contact.first_name = name(text)?,
            ColumnTarget::LastName => contact.last_name = name(text)?,
            ColumnTarget::Attribute(key) if !text.is_empty() => {
                if text.chars().count() > MAX_VALUE {
                    return Err(t!("fault-contacts-value-long", name = key, most = MAX_VALUE.to_string()));
                }
                // A type decides what is kept; without one, what the text looks like.
                let given = if kinds.declared(key).is_some() { text.into() } else { value(text) };
                if let Some(kept) = kinds.convert(key, given)? {
                    contact.attributes.insert(key.clone(), kept);
                }
            }
            ColumnTarget::Attribute(_) | ColumnTarget::Ignore => {}
        }
    }
    if has_email { Ok(contact) } else { Err(t!("fault-import-row-short")) }
}

fn name(text: &str) -> std::result::Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > 100 {
        return Err(t!("fault-import-name-long"));
    }
    Ok(Some(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()))
}

/// Numbers and yes/no keep their type, where writing them back gives the same text: `007` stays text.
fn value(text: &str) -> serde_json::Value {
    match text {
        "true" => return true.into(),
        "false" => return false.into(),
        _ => {}
    }
    if text.len() < 16 {
        if let Ok(n) = text.parse::<i64>()
            && n.to_string() == text
        {
            return n.into();
        }
        if let Ok(n) = text.parse::<f64>()
            && n.is_finite()
            && n.to_string() == text
        {
            return n.into();
        }
    }
    text.into()
}

/// The first records of a text.
pub(super) fn head_records(text: &str, delimiter: char, n: usize) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(u8::try_from(delimiter).unwrap_or(b',')).from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut out = Vec::new();
    while out.len() < n && matches!(reader.read_byte_record(&mut record), Ok(true)) {
        out.push(cells(&record));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(targets: Vec<ColumnTarget>) -> ImportPlan {
        ImportPlan { encoding: "utf-8".into(), delimiter: ',', header: true, targets, lists: Vec::new(), consent: String::new() }
    }

    fn rows(bytes: &[u8], plan: &ImportPlan) -> Vec<std::result::Result<String, (u64, String)>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut rows = Rows::open(file.path(), plan, &Kinds::default(), 0).unwrap();
        std::iter::from_fn(|| rows.next_row())
            .map(|p| match p {
                Parsed::Contact(c) => Ok(c.email),
                Parsed::Rejected(r) => Err((r.line, r.reason)),
                Parsed::Broken(reason) => Err((0, reason)),
            })
            .collect()
    }

    #[test]
    fn bad_rows_are_rejected_with_their_line_and_the_others_go_on() {
        let p = plan(vec![ColumnTarget::Email, ColumnTarget::FirstName]);
        let text = "email,name\nann@example.com,Ann\nnonsense,x\n\"bob@example.com\",\"over\ntwo lines\"\n\n,empty\nlate@example.com\n";
        let got = rows(text.as_bytes(), &p);
        assert_eq!(got[0], Ok("ann@example.com".into()));
        assert_eq!(got[1].as_ref().unwrap_err().0, 3);
        assert_eq!(got[2], Ok("bob@example.com".into()));
        assert!(got[3].as_ref().unwrap_err().1.contains("no address"));
        assert_eq!(got[4], Ok("late@example.com".into()));
    }

    #[test]
    fn reasons_are_said_in_the_language_that_is_asked_for() {
        let p = plan(vec![ColumnTarget::Email]);
        let got = nexsent_texts::within_sync(nexsent_texts::Language::Es, || rows(b"email\n,x\n", &p));
        assert_eq!(got, [Err((2, "Falta la dirección.".to_owned()))]);
        assert_eq!(rows(b"email\n,x\n", &p), [Err((2, "There is no address.".to_owned()))]);
    }

    #[test]
    fn a_file_may_end_without_a_line_break_or_in_the_middle_of_a_character() {
        let plan = plan(vec![ColumnTarget::Email, ColumnTarget::FirstName]);
        assert_eq!(rows(b"email,name\na@example.com,Ann", &plan).len(), 1);
        assert_eq!(rows(b"email,name\na@example.com,Ann\nb@example.com,Ze\xc3", &plan).len(), 2);
        assert_eq!(rows(b"email,name", &plan).len(), 0);
        assert_eq!(rows(b"", &plan).len(), 0);
    }

    #[test]
    fn a_huge_field_is_rejected_and_an_endless_quote_ends_the_import() {
        let p = plan(vec![ColumnTarget::Email, ColumnTarget::Attribute("note".into())]);
        let mut text = b"email,note\na@example.com,".to_vec();
        text.extend(std::iter::repeat_n(b'x', 10 * 1024 * 1024));
        text.extend(b"\nb@example.com,ok\n");
        let got = rows(&text, &p);
        assert!(got[0].as_ref().unwrap_err().1.contains("larger than"));
        assert_eq!(got[1], Ok("b@example.com".into()));
        let mut text = b"email,note\na@example.com,\"never closed\n".to_vec();
        text.extend(b"line@example.com,x\n".repeat(3_000_000));
        let got = rows(&text, &p);
        assert!(got[0].as_ref().unwrap_err().1.contains("quotation mark"), "{:?}", got[0]);
        assert_eq!(got.len(), 1);
    }

    #[test]
    fn bytes_that_are_not_in_the_encoding() {
        let p = plan(vec![ColumnTarget::Email, ColumnTarget::FirstName]);
        let got = rows(b"email,name\na@example.com,J\xf6rg\nb@example.com,ok\n", &p);
        assert!(got[0].as_ref().unwrap_err().1.contains("encoding"));
        assert_eq!(got[1], Ok("b@example.com".into()));
    }

    #[test]
    fn values_keep_their_type_only_when_nothing_is_lost() {
        assert_eq!(value("42"), 42);
        assert_eq!(value("007"), "007");
        assert_eq!(value("1.5"), 1.5);
        assert_eq!(value("1e9"), "1e9");
        assert_eq!(value("true"), true);
        assert_eq!(value("NaN"), "NaN");
        assert_eq!(value("12345678901234567890"), "12345678901234567890");
    }
}
