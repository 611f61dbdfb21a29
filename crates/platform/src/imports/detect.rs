//! How a file is to be read: its encoding, delimiter, header and columns, from its first part.

use std::{fs::File, io::Read, path::Path};

use encoding_rs::Encoding;
use nexsent_model::{
    Fault,
    contacts::{ColumnTarget, ImportColumn, ImportPlan},
    validate,
};
use nexsent_texts::t;

use super::read;
use crate::Result;

/// How much is looked at.
const HEAD: usize = 256 * 1024;
/// Columns a file may have.
const MAX_COLUMNS: usize = 200;

pub(super) struct Detected {
    pub columns: Vec<ImportColumn>,
    pub plan: ImportPlan,
}

pub(super) fn detect(path: &Path) -> Result<Detected> {
    let mut head = Vec::with_capacity(HEAD);
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::field("file", t!("fault-import-empty")).into());
    }
    let encoding = encoding(&head);
    let (text, _, _) = encoding.decode(&head);
    if text.chars().take(4096).filter(|c| *c == '\0' || *c == '\u{FFFD}').count() > 64 || head.starts_with(b"PK\x03\x04") {
        return Err(Fault::field("file", t!("fault-import-not-csv")).into());
    }
    let delimiter = delimiter(&text);
    let first: Vec<String> = read::head_records(&text, delimiter, 1).into_iter().next().unwrap_or_default();
    // A header names things; a row of data has an address in it.
    let header = !first.iter().any(|cell| validate::email(cell).is_ok());
    let columns = columns(path, encoding.name(), delimiter, header)?;
    let targets = columns.iter().map(|c| c.target.clone()).collect();
    Ok(Detected {
        columns,
        plan: ImportPlan { encoding: encoding.name().to_ascii_lowercase(), delimiter, header, targets, lists: Vec::new(), consent: String::new() },
    })
}

fn encoding(head: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    // The cut may lie in the middle of a character.
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && head.len() == HEAD,
    };
    if valid {
        return encoding_rs::UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The delimiter that cuts the first rows into the same number of cells, the more the better.
fn delimiter(text: &str) -> char {
    let score = |d: char| {
        let counts: Vec<usize> = read::head_records(text, d, 20).iter().map(Vec::len).collect();
        let first = counts.first().copied().unwrap_or(0);
        if first < 2 { 0 } else { counts.iter().filter(|c| **c == first).count() * 1000 / counts.len().max(1) * 10 + first.min(50) }
    };
    [',', ';', '\t', '|'].into_iter().map(|d| (score(d), d)).rev().max_by_key(|(s, _)| *s).filter(|(s, _)| *s > 0).map_or(',', |(_, d)| d)
}

/// The columns of a file, with samples and a guess of where each goes.
pub(super) fn columns(path: &Path, encoding: &str, delimiter: char, header: bool) -> Result<Vec<ImportColumn>> {
    let encoding = Encoding::for_label(encoding.as_bytes()).ok_or_else(|| Fault::field("encoding", t!("fault-import-encoding")))?;
    let mut head = Vec::with_capacity(HEAD);
    File::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    let (text, _, _) = encoding.decode(&head);
    let mut records = read::head_records(&text, delimiter, 6);
    let names = if header && !records.is_empty() { records.remove(0) } else { Vec::new() };
    let width = records.iter().map(Vec::len).chain([names.len()]).max().unwrap_or(0).min(MAX_COLUMNS);
    let mut taken: Vec<ColumnTarget> = Vec::new();
    let cut = |s: &str| s.trim().chars().take(80).collect::<String>();
    let mut out = Vec::with_capacity(width);
    for i in 0..width {
        let name = names.get(i).map(|n| cut(n)).filter(|n| !n.is_empty()).unwrap_or_else(|| t!("fault-import-column", number = i + 1));
        let samples: Vec<String> = records.iter().filter_map(|r| r.get(i)).map(|c| cut(c)).filter(|c| !c.is_empty()).take(5).collect();
        let mut target = guess(&name, &samples, header);
        // The same thing twice: the first one counts.
        if target != ColumnTarget::Ignore && taken.contains(&target) {
            target = ColumnTarget::Ignore;
        }
        taken.push(target.clone());
        out.push(ImportColumn { name, samples, target });
    }
    Ok(out)
}

fn guess(name: &str, samples: &[String], header: bool) -> ColumnTarget {
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let addresses = samples.iter().filter(|s| validate::email(s).is_ok()).count();
    match plain.as_str() {
        "email" | "emailaddress" | "mail" | "correo" | "correoelectronico" | "courriel" | "emailadresse" => return ColumnTarget::Email,
        "firstname" | "givenname" | "vorname" | "prenom" | "prénom" | "nombre" | "first" => return ColumnTarget::FirstName,
        "lastname" | "surname" | "familyname" | "nachname" | "nom" | "apellido" | "apellidos" | "last" => return ColumnTarget::LastName,
        _ => {}
    }
    if addresses > 0 && addresses * 2 >= samples.len() {
        return ColumnTarget::Email;
    }
    if !header {
        return ColumnTarget::Ignore;
    }
    // "Favourite colour (2024)" becomes favourite_colour_2024.
    let mut clean = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            clean.push(c);
        } else if !clean.ends_with('_') {
            clean.push('_');
        }
    }
    let clean = clean.trim_matches('_').chars().take(40).collect::<String>();
    validate::attribute(&clean).map_or(ColumnTarget::Ignore, ColumnTarget::Attribute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(bytes: &[u8]) -> Result<Detected> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        detect(file.path())
    }

    #[test]
    fn encodings_delimiters_and_headers() {
        let d = detected("\u{feff}E-Mail;Vorname;Lieblingsfarbe\nann@example.com;Änn;grün\n".as_bytes()).unwrap();
        assert_eq!((d.plan.encoding.as_str(), d.plan.delimiter, d.plan.header), ("utf-8", ';', true));
        assert_eq!(d.plan.targets, [ColumnTarget::Email, ColumnTarget::FirstName, ColumnTarget::Attribute("lieblingsfarbe".into())]);
        // The same in Latin-1.
        let d = detected(b"email,name\nann@example.com,J\xf6rg M\xfcller\n").unwrap();
        assert_eq!(d.plan.encoding, "windows-1252");
        assert_eq!(d.columns[1].samples, ["Jörg Müller"]);
        let utf16: Vec<u8> = "\u{feff}email\tcity\r\nann@example.com\tZürich\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let d = detected(&utf16).unwrap();
        assert_eq!((d.plan.encoding.as_str(), d.plan.delimiter), ("utf-16le", '\t'));
        assert_eq!(d.columns[1].samples, ["Zürich"]);
        let d = detected(b"ann@example.com\nbob@example.com\n").unwrap();
        assert!(!d.plan.header);
        assert_eq!(d.plan.targets, [ColumnTarget::Email]);
    }

    #[test]
    fn a_column_twice_goes_to_one_place() {
        let d = detected(b"email,email,plan,plan\na@example.com,b@example.com,x,y\n").unwrap();
        assert_eq!(d.plan.targets, [ColumnTarget::Email, ColumnTarget::Ignore, ColumnTarget::Attribute("plan".into()), ColumnTarget::Ignore]);
    }

    #[test]
    fn what_is_not_csv() {
        for bad in [&b""[..], b" \r\n\t", b"PK\x03\x04 a spreadsheet", &[0u8; 5000]] {
            assert!(detected(bad).is_err(), "{:?}", &bad[..bad.len().min(10)]);
        }
    }
}
