//! From entries to a package: records, details, and the indexes over them.

use super::key;
use super::normal;
use super::opened::AlertList;
use super::root::{Labels, write};
use super::store::{SECTIONS, Section};
use crate::date::PartialDate;
use crate::error::Result;
use crate::list::wire::{put_number, put_text};
use crate::list::{Birth, Entry, Handling, ListedName};
use crate::person::Sex;
use std::collections::{BTreeMap, HashMap};

/// What is written while a package is built.
#[derive(Default)]
struct Draft {
    tokens: HashMap<String, u32>,
    texts: Vec<String>,
    postings: Vec<Vec<u32>>,
    days: Vec<(u32, u32)>,
    numbers: Vec<(u32, u32)>,
    record_places: Vec<u32>,
    records: Vec<u8>,
    detail_places: Vec<u32>,
    details: Vec<u8>,
}

/// Builds a package, signed if a seed is given: the bytes of its file. The same entries and labels give the same bytes.
///
/// Covert entries go into a package of their own ([`Labels::covert`]) and leave no trace in the other: not even the
/// frequencies of names, and so no score, depend on them.
#[must_use]
pub fn package(entries: &[Entry], labels: &Labels, seed: Option<&[u8; 32]>) -> Vec<u8> {
    let mut draft = Draft::default();
    let belongs = |entry: &&Entry| (entry.handling == Handling::Covert) == labels.covert;
    for (number, entry) in (0_u32..).zip(entries.iter().filter(belongs)) {
        draft.add(number, entry);
    }
    let slots = draft.postings.iter().map(|posting| posting.len() as u64).sum();
    let count = draft.record_places.len() as u32;
    write(&draft.sections(), (count, slots), labels, seed)
}

/// Builds a list in memory, unsigned.
///
/// # Errors
/// None that entries can bring about: what was just written is read.
pub fn build(entries: &[Entry]) -> Result<AlertList> {
    AlertList::open(Box::new(package(entries, &Labels::default(), None)), 0)
}

/// A date in one number: year, month, day; zero is unknown.
pub(super) fn packed(date: PartialDate) -> u32 {
    let year = u32::from(date.year().unwrap_or(0));
    year << 9 | u32::from(date.month().unwrap_or(0)) << 5 | u32::from(date.day().unwrap_or(0))
}

/// The key under which a document number is filed: letters and digits that readers confuse are one.
pub(super) fn number_key(number: &str) -> Option<u32> {
    let folded: Vec<u8> =
        number.bytes().filter(u8::is_ascii_alphanumeric).map(|b| alike(b.to_ascii_uppercase())).collect();
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let hash = folded.iter().fold(0x811C_9DC5, step);
    (!folded.is_empty()).then_some((hash ^ hash >> 16).wrapping_mul(0x9E37_79B1))
}

/// One of the characters that a reader confuses with this one.
const fn alike(byte: u8) -> u8 {
    match byte {
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'G' => b'6',
        b'B' => b'8',
        other => other,
    }
}

impl Draft {
    fn add(&mut self, number: u32, entry: &Entry) {
        self.record_places.push(self.records.len() as u32);
        self.detail_places.push(self.details.len() as u32);
        let sex = match entry.sex {
            Some(Sex::Female) => 1,
            Some(Sex::Male) => 2,
            _ => 0,
        };
        self.records.push(sex);
        put_number(&mut self.records, entry.nationalities.len() as u32);
        for nation in &entry.nationalities {
            self.records.extend_from_slice(&nation.number().to_le_bytes());
        }
        self.births(number, &entry.births);
        put_number(&mut self.records, entry.names.len() as u32);
        for name in &entry.names {
            self.name(number, name);
        }
        for document in &entry.documents {
            self.numbers.extend(number_key(document.number.reveal()).map(|key| (key, number)));
        }
        self.detail(entry);
    }

    fn births(&mut self, number: u32, births: &[Birth]) {
        put_number(&mut self.records, births.len() as u32);
        for birth in births {
            let span = birth.from != birth.to;
            let flags = u32::from(birth.approximate) << 30 | u32::from(span) << 31;
            self.records.extend_from_slice(&(packed(birth.from) | flags).to_le_bytes());
            if span {
                self.records.extend_from_slice(&packed(birth.to).to_le_bytes());
            }
            if birth.from.full().is_some() && !span {
                self.days.push((packed(birth.from), number));
            }
        }
    }

    fn name(&mut self, number: u32, name: &ListedName) {
        let (surname, given) = normal::listed(name.text.reveal());
        self.records.push(name.kind.number() as u8);
        put_number(&mut self.records, surname.len() as u32);
        put_number(&mut self.records, (surname.len() + given.len()) as u32);
        for token in surname.into_iter().chain(given) {
            let id = self.token(token);
            put_number(&mut self.records, id);
            if let Some(posting) = self.postings.get_mut(id as usize)
                && posting.last() != Some(&number)
            {
                posting.push(number);
            }
        }
    }

    fn token(&mut self, token: String) -> u32 {
        if let Some(id) = self.tokens.get(&token) {
            return *id;
        }
        let id = self.texts.len() as u32;
        self.texts.push(token.clone());
        self.tokens.insert(token, id);
        self.postings.push(Vec::new());
        id
    }

    fn detail(&mut self, entry: &Entry) {
        put_text(&mut self.details, &entry.id);
        put_number(&mut self.details, entry.names.len() as u32);
        for name in &entry.names {
            put_text(&mut self.details, name.text.reveal());
        }
        put_number(&mut self.details, entry.documents.len() as u32);
        for document in &entry.documents {
            put_text(&mut self.details, document.number.reveal());
        }
    }

    /// Lays the sections out.
    fn sections(mut self) -> [Vec<u8>; SECTIONS] {
        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        let mut keys: BTreeMap<(u32, u32), ()> = BTreeMap::new();
        let (mut rows, mut letters, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        for (id, (text, posting)) in (0_u32..).zip(self.texts.iter().zip(&self.postings)) {
            rows.extend_from_slice(&(letters.len() as u32).to_le_bytes());
            rows.extend_from_slice(&(lists.len() as u32).to_le_bytes());
            rows.extend_from_slice(&(posting.len() as u32).to_le_bytes());
            rows.extend_from_slice(&[text.len() as u8, 0, 0, 0]);
            letters.extend_from_slice(text.as_bytes());
            let mut before = 0;
            for entry in posting {
                put_number(&mut lists, entry - before);
                before = *entry;
            }
            for key in key::keys(text).into_iter().chain([key::exact(text)]) {
                keys.insert((key, id), ());
            }
        }
        self.record_places.push(self.records.len() as u32);
        self.detail_places.push(self.details.len() as u32);
        self.days.sort_unstable();
        self.days.dedup();
        self.numbers.sort_unstable();
        self.numbers.dedup();
        let pairs = |pairs: &mut dyn Iterator<Item = (u32, u32)>| -> Vec<u8> {
            pairs.flat_map(|(one, other)| [one.to_le_bytes(), other.to_le_bytes()]).flatten().collect()
        };
        let singles = |all: &[u32]| -> Vec<u8> { all.iter().flat_map(|number| number.to_le_bytes()).collect() };
        for (section, bytes) in [
            (Section::Tokens, rows),
            (Section::Letters, letters),
            (Section::Keys, pairs(&mut keys.into_keys())),
            (Section::Postings, lists),
            (Section::RecordPlaces, singles(&self.record_places)),
            (Section::Records, self.records),
            (Section::Days, pairs(&mut self.days.into_iter())),
            (Section::Numbers, pairs(&mut self.numbers.into_iter())),
            (Section::DetailPlaces, singles(&self.detail_places)),
            (Section::Details, self.details),
        ] {
            if let Some(slot) = sections.get_mut(section as usize) {
                *slot = bytes;
            }
        }
        sections
    }
}
