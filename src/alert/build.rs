//! From entries to a package: records, details, and the indexes over them.

use super::filed::{self, mixed};
use super::key;
use super::normal;
use super::number;
use super::opened::AlertList;
use super::record::{NameRecord, packed, put_detail, put_record};
use super::root::{Labels, write};
use super::store::{BLOCK, SECTIONS, Section};
use crate::error::Result;
use crate::list::wire::put_number;
use crate::list::{Entry, Handling};
use std::collections::HashMap;

/// Builds a package, signed if a seed is given: the bytes of its file. The same entries and labels give the same bytes.
///
/// Covert entries go into a package of their own ([`Labels::covert`]) and leave no trace in the other: not even the
/// frequencies of names, and so no score, depend on them.
#[must_use]
pub fn package(entries: &[Entry], labels: &Labels, seed: Option<&[u8; 32]>) -> Vec<u8> {
    let belongs = |entry: &&Entry| (entry.handling == Handling::Covert) == labels.covert;
    let vocabulary = Vocabulary::of(entries.iter().filter(belongs));
    let mut draft = Draft::new(vocabulary);
    for entry in entries.iter().filter(belongs) {
        draft.add(entry);
    }
    let slots = draft.postings.iter().map(|posting| posting.len() as u64).sum();
    let count = draft.records.count;
    write(&draft.sections(), (count, slots), labels, seed)
}

/// Builds a list in memory, unsigned.
///
/// # Errors
/// None that entries can bring about: what was just written is read.
pub fn build(entries: &[Entry]) -> Result<AlertList> {
    AlertList::open(Box::new(package(entries, &Labels::default(), None)), 0)
}

/// The tokens of a list, the most frequent first: their numbers are the shortest.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Vocabulary {
    fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for name in entries.flat_map(|entry| &entry.names) {
            let (surname, given) = normal::listed(name.text.reveal());
            for token in surname.into_iter().chain(given) {
                *counts.entry(token).or_insert(0) += 1;
            }
        }
        let mut sorted: Vec<(String, u32)> = counts.into_iter().collect();
        sorted.sort_unstable_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| one.cmp(other)));
        let texts: Vec<String> = sorted.into_iter().map(|(text, _)| text).collect();
        let numbers = texts.iter().cloned().zip(0..).collect();
        Self { numbers, texts }
    }
}

/// Items behind their lengths, with the places of every so many.
#[derive(Default)]
struct Items {
    count: u32,
    places: Vec<u8>,
    bytes: Vec<u8>,
}

impl Items {
    fn push(&mut self, item: &[u8]) {
        if self.count.is_multiple_of(BLOCK) {
            self.place();
        }
        put_number(&mut self.bytes, item.len() as u32);
        self.bytes.extend_from_slice(item);
        self.count += 1;
    }

    fn place(&mut self) {
        self.places.extend_from_slice(&(self.bytes.len() as u32).to_le_bytes());
    }
}

/// Texts that many entries share, by their numbers from 1.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, u32>,
    places: Vec<u8>,
    bytes: Vec<u8>,
}

impl Words {
    fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.numbers.len() as u32 + 1;
        self.numbers.insert(text.to_owned(), number);
        self.places.extend_from_slice(&(self.bytes.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        number
    }
}

/// What is written while a package is built.
struct Draft {
    vocabulary: Vocabulary,
    postings: Vec<Vec<u32>>,
    days: Vec<(u32, u32)>,
    numbers: Vec<(u32, u32)>,
    records: Items,
    details: Items,
    words: Words,
}

impl Draft {
    fn new(vocabulary: Vocabulary) -> Self {
        Self {
            postings: vec![Vec::new(); vocabulary.texts.len()],
            vocabulary,
            days: Vec::new(),
            numbers: Vec::new(),
            records: Items::default(),
            details: Items::default(),
            words: Words::default(),
        }
    }

    fn add(&mut self, entry: &Entry) {
        let number = self.records.count;
        let names: Vec<NameRecord> = entry.names.iter().map(|name| self.name(number, name)).collect();
        let whole = entry.births.iter().filter(|birth| birth.from == birth.to && birth.from.full().is_some());
        self.days.extend(whole.map(|birth| (mixed(packed(birth.from)), number)));
        let keys = entry.documents.iter().flat_map(number::filed_under);
        self.numbers.extend(keys.map(|key| (mixed(key), number)));
        let mut bytes = Vec::new();
        put_record(&mut bytes, entry, &names, &mut |text| self.words.number(text));
        self.records.push(&bytes);
        bytes.clear();
        put_detail(&mut bytes, entry, &mut |text| self.words.number(text));
        self.details.push(&bytes);
    }

    fn name(&mut self, number: u32, name: &crate::list::ListedName) -> NameRecord {
        let (surname, given) = normal::listed(name.text.reveal());
        let mut record = NameRecord { kind: name.kind, surname: surname.len(), tokens: Vec::new() };
        for token in surname.into_iter().chain(given) {
            let Some(id) = self.vocabulary.numbers.get(&token) else { continue };
            record.tokens.push(*id);
            if let Some(posting) = self.postings.get_mut(*id as usize)
                && posting.last() != Some(&number)
            {
                posting.push(number);
            }
        }
        record
    }

    /// Tokens, their letters and postings.
    fn tokens(&self) -> [Vec<u8>; 3] {
        let (mut rows, mut letters, mut lists) = (Vec::new(), Vec::new(), Vec::new());
        for (text, posting) in self.vocabulary.texts.iter().zip(&self.postings) {
            rows.extend_from_slice(&(letters.len() as u32).to_le_bytes());
            rows.extend_from_slice(&(lists.len() as u32).to_le_bytes());
            rows.extend_from_slice(&(posting.len() as u32).to_le_bytes());
            letters.extend_from_slice(text.as_bytes());
            let mut before = 0;
            for entry in posting {
                put_number(&mut lists, entry - before);
                before = *entry;
            }
        }
        rows.extend_from_slice(&(letters.len() as u32).to_le_bytes());
        rows.extend_from_slice(&(lists.len() as u32).to_le_bytes());
        rows.extend_from_slice(&0_u32.to_le_bytes());
        [rows, letters, lists]
    }

    /// The keys of every token.
    fn keys(&self) -> Vec<(u32, u32)> {
        let own = |(text, id): (&String, u32)| {
            let all = key::filed_under(text).into_iter().chain([key::exact(text)]);
            all.map(|key| (key, id)).collect::<Vec<_>>()
        };
        self.vocabulary.texts.iter().zip(0..).flat_map(own).collect()
    }

    /// Lays the sections out.
    fn sections(mut self) -> [Vec<u8>; SECTIONS] {
        let [rows, letters, lists] = self.tokens();
        let spelled = |id: u32| self.vocabulary.texts.get(id as usize).map_or("", String::as_str);
        let keys = filed::write(Section::Keys, self.keys(), spelled);
        self.records.place();
        self.details.place();
        let end = (self.words.bytes.len() as u32).to_le_bytes();
        self.words.places.extend_from_slice(&end);
        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        for (section, bytes) in [
            (Section::Tokens, rows),
            (Section::Letters, letters),
            (Section::Keys, keys),
            (Section::Postings, lists),
            (Section::RecordPlaces, self.records.places),
            (Section::Records, self.records.bytes),
            (Section::Days, filed::write(Section::Days, self.days, |_| "")),
            (Section::Numbers, filed::write(Section::Numbers, self.numbers, |_| "")),
            (Section::DetailPlaces, self.details.places),
            (Section::Details, self.details.bytes),
            (Section::WordPlaces, self.words.places),
            (Section::Words, self.words.bytes),
        ] {
            if let Some(slot) = sections.get_mut(section as usize) {
                *slot = bytes;
            }
        }
        sections
    }
}
