//! The values of one block of contacts, column by column, in a form that is evaluated as it lies in the database: nothing is unpacked.
//!
//! A text column is a dictionary and a code a contact: a condition is asked once of every different value. Numbers, dates and yes/no are
//! texts like any other here; what they are read as is decided when they are compared, so that another type needs no other index.

use std::collections::HashMap;

use super::index::BLOCK;

const WORDS: usize = BLOCK as usize / 64;

/// Contacts of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bits(pub [u64; WORDS]);

impl Bits {
    pub const NONE: Self = Self([0; WORDS]);
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    pub fn set(&mut self, slot: usize, to: bool) {
        if let Some(word) = self.0.get_mut(slot / 64) {
            let bit = 1u64 << (slot % 64);
            *word = if to { *word | bit } else { *word & !bit };
        }
    }

    pub fn is_none(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    pub fn not(mut self) -> Self {
        self.0.iter_mut().for_each(|a| *a = !*a);
        self
    }

    #[cfg(test)]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    /// Slots in ascending order.
    pub fn slots(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        (0..BLOCK).filter(|s| self.0[*s as usize / 64] >> (s % 64) & 1 == 1)
    }
}

/// Characters of a value that conditions look at. More than a condition's own value may have: only “contains” can tell the difference.
pub(crate) const LOOKED_AT: usize = 256;

/// Text as it is compared: without regard to case, without space around it, its first [`LOOKED_AT`] characters.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase().chars().take(LOOKED_AT).collect()
}

/// Builds a text column.
#[derive(Default)]
pub(crate) struct TextBuilder {
    codes: Vec<u16>,
    index: HashMap<String, u16>,
    words: Vec<String>,
    values: u64,
}

impl TextBuilder {
    /// Gives a slot a value; empty texts are none. A block has no more slots than there are codes.
    pub fn put(&mut self, slot: usize, text: &str) {
        let text = fold(text);
        if text.is_empty() {
            return;
        }
        let code = *self.index.entry(text).or_insert_with_key(|text| {
            self.words.push(text.clone());
            u16::try_from(self.words.len()).unwrap_or(0)
        });
        if self.codes.len() <= slot {
            self.codes.resize(slot + 1, 0);
        }
        self.codes[slot] = code;
        self.values += 1;
    }

    /// The column and how many values it holds; `None` for an empty one.
    ///
    /// Layout, little-endian: number of words (u32), the end of each word (u32), the words, a code a slot (u16, 0 for none).
    pub fn finish(self) -> Option<(Vec<u8>, u64)> {
        if self.values == 0 {
            return None;
        }
        let bytes: usize = self.words.iter().map(String::len).sum();
        let mut out = Vec::with_capacity(4 + 4 * self.words.len() + bytes + 2 * self.codes.len());
        out.extend((self.words.len() as u32).to_le_bytes());
        let mut end = 0u32;
        for word in &self.words {
            end += word.len() as u32;
            out.extend(end.to_le_bytes());
        }
        self.words.iter().for_each(|w| out.extend(w.as_bytes()));
        self.codes.iter().for_each(|c| out.extend(c.to_le_bytes()));
        Some((out, self.values))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes) as usize
}

/// A text column.
pub(crate) struct Texts<'a> {
    ends: &'a [u8],
    words: &'a [u8],
    codes: &'a [u8],
}

impl<'a> Texts<'a> {
    pub fn read(bytes: &'a [u8]) -> Self {
        let n = u32_at(bytes, 0);
        let (ends, rest) = bytes.get(4..).and_then(|b| b.split_at_checked(4 * n)).unwrap_or((&[], &[]));
        let (words, codes) = rest.split_at_checked(if n == 0 { 0 } else { u32_at(ends, 4 * (n - 1)) }).unwrap_or((&[], &[]));
        Self { ends, words, codes }
    }

    /// The different values.
    pub fn words(&self) -> impl Iterator<Item = &'a str> + '_ {
        let mut start = 0;
        self.ends.chunks_exact(4).map(move |end| {
            let end = u32_at(end, 0);
            let word = self.words.get(start..end).unwrap_or_default();
            start = end;
            // What was written was text.
            std::str::from_utf8(word).unwrap_or_default()
        })
    }

    /// Contacts whose value passes; `none` says whether those without one do.
    pub fn matching(&self, none: bool, test: impl Fn(&str) -> bool) -> Bits {
        let hits: Vec<bool> = std::iter::once(none).chain(self.words().map(test)).collect();
        let mut out = if none { Bits::ALL } else { Bits::NONE };
        for (word, codes) in out.0.iter_mut().zip(self.codes.chunks(128)) {
            let mut bits = *word;
            for (i, code) in codes.chunks_exact(2).enumerate() {
                let hit = hits.get(usize::from(u16::from_le_bytes([code[0], code[1]]))).copied().unwrap_or(false);
                bits = (bits & !(1 << i)) | (u64::from(hit) << i);
            }
            *word = bits;
        }
        out
    }
}

/// Times of a block in seconds since 1970, a slot each; 0 for none. `None` for an empty column.
pub(crate) fn write_times(times: &[u32]) -> Option<(Vec<u8>, u64)> {
    let last = times.iter().rposition(|t| *t != 0)?;
    let times = &times[..=last];
    Some((times.iter().flat_map(|t| t.to_le_bytes()).collect(), times.iter().filter(|t| **t != 0).count() as u64))
}

pub(crate) fn read_times(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// Contacts whose time passes; where the column ends there is none.
pub(crate) fn matching_times(bytes: &[u8], none: bool, test: impl Fn(u32) -> bool) -> Bits {
    let mut out = if none { Bits::ALL } else { Bits::NONE };
    for (slot, time) in read_times(bytes).enumerate() {
        out.set(slot, if time == 0 { none } else { test(time) });
    }
    out
}

/// Contacts whose small number passes, such as a status; where the column ends it is 0.
pub(crate) fn matching_bytes(bytes: &[u8], test: impl Fn(u8) -> bool) -> Bits {
    let mut out = if test(0) { Bits::ALL } else { Bits::NONE };
    for (slot, byte) in bytes.iter().enumerate() {
        out.set(slot, test(*byte));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_words() {
        let mut b = TextBuilder::default();
        for (slot, text) in [(0, "Paris"), (3, " PARIS "), (64, "Köln"), (65, ""), (4095, "Lyon")] {
            b.put(slot, text);
        }
        let (bytes, values) = b.finish().unwrap();
        assert_eq!(values, 4);
        let t = Texts::read(&bytes);
        assert_eq!(t.words().collect::<Vec<_>>(), ["paris", "köln", "lyon"]);
        let slots = |b: Bits| b.slots().collect::<Vec<_>>();
        assert_eq!(slots(t.matching(false, |w| w == "paris")), [0, 3]);
        assert_eq!(slots(t.matching(false, |w| w.contains('l'))), [64, 4095]);
        let not_paris = t.matching(true, |w| w != "paris");
        assert_eq!(not_paris.count(), 4096 - 2);
        assert_eq!(slots(not_paris.not()), [0, 3]);
        assert!(TextBuilder::default().finish().is_none());
    }

    #[test]
    fn a_block_of_different_values_has_a_code_for_each() {
        let mut b = TextBuilder::default();
        (0..4096).for_each(|s| b.put(s, &format!("person{s}@example.com")));
        let (bytes, values) = b.finish().unwrap();
        assert_eq!(values, 4096);
        let t = Texts::read(&bytes);
        assert_eq!(t.matching(false, |w| w == "person4095@example.com").slots().collect::<Vec<_>>(), [4095]);
        assert_eq!(t.matching(false, |w| w.starts_with("person1")).count(), 1111);
    }

    #[test]
    fn times_and_what_is_torn() {
        let (bytes, n) = write_times(&[0, 100, 0, 200, 0, 0]).unwrap();
        assert_eq!((bytes.len(), n), (16, 2));
        assert_eq!(matching_times(&bytes, false, |t| t > 150).slots().collect::<Vec<_>>(), [3]);
        assert_eq!(matching_times(&bytes, true, |_| false).count(), 4094);
        assert!(write_times(&[0, 0]).is_none());
        // Nothing that lies in the database makes it panic.
        for bad in [&b""[..], b"\x01", b"\xff\xff\xff\xff", b"\x02\x00\x00\x00\xff\xff\xff\x7f\x01\x00\x00\x00zz"] {
            let t = Texts::read(bad);
            assert!(t.words().all(str::is_empty), "{bad:?}");
            assert!(t.matching(false, |_| true).count() <= 1);
        }
    }
}
