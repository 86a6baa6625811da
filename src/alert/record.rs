//! An entry in a package: what is compared of it, and what is shown of it.
//!
//! ```text
//! record   flags 1         sex 2 bits, action 2, restricted 1, dates 1
//!          counts 1 + 1    nationalities and births, names and documents: 4 bits each, 15 is "and so many more" behind it
//!          nationalities   2 each
//!          births          4 each, or 8 for a span
//!          names           kind 3 bits and surname's tokens 5 bits, count of tokens, tokens
//!          documents       flags 1, issuer 2 if known, kind as a word, number, last number or nothing
//!          dates           only if flagged: first day, last day and day of review, 4 each, 0 for none
//! detail   identifier, source, authority and legal basis as words, reason, count of names, names
//! ```
//! A *word* is the number of a text that many entries share, 0 for none.

use crate::date::{Date, PartialDate};
use crate::list::wire::{Wire, put_number, put_text};
use crate::list::{Action, Birth, DocumentStatus, Entry, Handling, ListedDocument, NameKind, Nation};
use crate::person::Sex;
use crate::secret::Secret;

const RESTRICTED: u8 = 1 << 4;
const DATED: u8 = 1 << 5;
const ISSUED: u8 = 1 << 3;
const RANGE: u8 = 1 << 4;
const SERIES: u8 = 1 << 5;
/// The most tokens of a surname that a name can tell.
const SURNAME: usize = 31;

/// A name of an entry, as tokens.
#[derive(Debug)]
pub(super) struct NameRecord {
    pub(super) kind: NameKind,
    /// How many of the tokens are the surname's; none if the list does not tell.
    pub(super) surname: usize,
    pub(super) tokens: Vec<u32>,
}

/// From when to when an entry holds, and when it has to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Validity {
    from: Option<Date>,
    until: Option<Date>,
    review: Option<Date>,
}

impl Validity {
    pub(super) fn holds_on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    pub(super) fn is_overdue(self, day: Date) -> bool {
        self.review.is_some_and(|review| review < day)
    }
}

/// What is compared of an entry.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) sex: Option<Sex>,
    pub(super) action: Action,
    pub(super) restricted: bool,
    pub(super) nations: Vec<Nation>,
    pub(super) births: Vec<Birth>,
    pub(super) names: Vec<NameRecord>,
    pub(super) documents: Vec<ListedDocument>,
    pub(super) validity: Validity,
}

/// What is shown of an entry; words are numbers.
#[derive(Debug)]
pub(super) struct Detail {
    pub(super) id: String,
    pub(super) source: u32,
    pub(super) authority: u32,
    pub(super) legal_basis: u32,
    pub(super) reason: Secret<String>,
    pub(super) names: Vec<String>,
}

/// A date in one number: year, month, day; zero is unknown.
pub(super) fn packed(date: PartialDate) -> u32 {
    let year = u32::from(date.year().unwrap_or(0));
    year << 9 | u32::from(date.month().unwrap_or(0)) << 5 | u32::from(date.day().unwrap_or(0))
}

fn unpacked(word: u32) -> Option<PartialDate> {
    let some = |number: u32| (number != 0).then_some(number);
    let year = some(word >> 9 & 0x3FFF).and_then(|year| u16::try_from(year).ok());
    let month = some(word >> 5 & 15).and_then(|month| u8::try_from(month).ok());
    let day = some(word & 31).and_then(|day| u8::try_from(day).ok());
    PartialDate::new(year, month, day)
}

/// Two counts in a byte, and what does not fit behind it.
fn put_counts(out: &mut Vec<u8>, one: usize, other: usize) {
    out.push((one.min(15) << 4 | other.min(15)) as u8);
    for count in [one, other].into_iter().filter(|count| *count >= 15) {
        put_number(out, (count - 15) as u32);
    }
}

fn counts(wire: &mut Wire<'_>) -> Option<(u32, u32)> {
    let both = u32::from(wire.byte()?);
    let mut whole = |count: u32| if count < 15 { Some(count) } else { wire.number()?.checked_add(15) };
    Some((whole(both >> 4)?, whole(both & 15)?))
}

/// Writes a record. `word` gives the number of a shared text.
pub(super) fn put_record(out: &mut Vec<u8>, entry: &Entry, names: &[NameRecord], word: &mut dyn FnMut(&str) -> u32) {
    let sex = match entry.sex {
        Some(Sex::Female) => 1,
        Some(Sex::Male) => 2,
        _ => 0,
    };
    let dates = [entry.valid_from, entry.valid_until, entry.review_by];
    let dated = dates.iter().any(Option::is_some);
    let restricted = if entry.handling == Handling::Restricted { RESTRICTED } else { 0 };
    let action = (entry.action.number() - 1) as u8 & 3;
    out.push(sex | action << 2 | restricted | if dated { DATED } else { 0 });
    put_counts(out, entry.nationalities.len(), entry.births.len());
    put_counts(out, names.len(), entry.documents.len());
    for nation in &entry.nationalities {
        out.extend_from_slice(&nation.number().to_le_bytes());
    }
    for birth in &entry.births {
        put_birth(out, birth);
    }
    for name in names {
        out.push(name.kind.number() as u8 & 7 | (name.surname.min(SURNAME) as u8) << 3);
        put_number(out, name.tokens.len() as u32);
        name.tokens.iter().for_each(|token| put_number(out, *token));
    }
    for document in &entry.documents {
        put_document(out, document, word);
    }
    if dated {
        for date in dates {
            out.extend_from_slice(&date.map_or(0, |date| packed(date.into())).to_le_bytes());
        }
    }
}

fn put_birth(out: &mut Vec<u8>, birth: &Birth) {
    let span = birth.from != birth.to;
    let flags = u32::from(birth.approximate) << 30 | u32::from(span) << 31;
    out.extend_from_slice(&(packed(birth.from) | flags).to_le_bytes());
    if span {
        out.extend_from_slice(&packed(birth.to).to_le_bytes());
    }
}

fn put_document(out: &mut Vec<u8>, document: &ListedDocument, word: &mut dyn FnMut(&str) -> u32) {
    let last = document.last.reveal();
    let span = match last.as_str() {
        "" => 0,
        "*" => SERIES,
        _ => RANGE,
    };
    let issued = if document.issuer.is_some() { ISSUED } else { 0 };
    out.push(document.status.number() as u8 & 7 | issued | span);
    if let Some(issuer) = document.issuer {
        out.extend_from_slice(&issuer.number().to_le_bytes());
    }
    put_number(out, word(&document.kind));
    put_text(out, document.number.reveal());
    if span == RANGE {
        put_text(out, last);
    }
}

/// Reads a record. `word` gives a shared text; without it documents are passed over.
pub(super) fn read_record(wire: &mut Wire<'_>, word: Option<&dyn Fn(u32) -> Option<String>>) -> Option<Record> {
    let flags = wire.byte()?;
    let sex = match flags & 3 {
        1 => Some(Sex::Female),
        2 => Some(Sex::Male),
        _ => None,
    };
    let (nations, births) = counts(wire)?;
    let (names, documents) = counts(wire)?;
    let mut record = Record {
        sex,
        action: Action::from_number(u32::from(flags >> 2 & 3) + 1)?,
        restricted: flags & RESTRICTED != 0,
        nations: Vec::new(),
        births: Vec::new(),
        names: Vec::new(),
        documents: Vec::new(),
        validity: Validity::default(),
    };
    for _ in 0..nations {
        record.nations.push(Nation::from_number(wire.short()?));
    }
    for _ in 0..births {
        record.births.push(read_birth(wire)?);
    }
    for _ in 0..names {
        record.names.push(read_name(wire)?);
    }
    for _ in 0..documents {
        let document = document(wire)?;
        if let Some(word) = word {
            record.documents.push(document.listed(word)?);
        }
    }
    if flags & DATED != 0 {
        let mut date = || Some(wire.long()?).map(|word| unpacked(word).and_then(PartialDate::full));
        record.validity = Validity { from: date()?, until: date()?, review: date()? };
    }
    Some(record)
}

fn read_birth(wire: &mut Wire<'_>) -> Option<Birth> {
    let word = wire.long()?;
    let from = unpacked(word)?;
    let to = if word >> 31 == 1 { unpacked(wire.long()?)? } else { from };
    Some(Birth { from, to, approximate: word >> 30 & 1 == 1 })
}

fn read_name(wire: &mut Wire<'_>) -> Option<NameRecord> {
    let head = wire.byte()?;
    let kind = NameKind::from_number(u32::from(head & 7))?;
    let mut name = NameRecord { kind, surname: usize::from(head >> 3), tokens: Vec::new() };
    for _ in 0..wire.number()? {
        name.tokens.push(wire.number()?);
    }
    Some(name)
}

/// A document as it stands in the record.
struct Document<'r> {
    issuer: Option<Nation>,
    kind: u32,
    number: &'r str,
    last: &'r str,
    status: DocumentStatus,
}

fn document<'r>(wire: &mut Wire<'r>) -> Option<Document<'r>> {
    let flags = wire.byte()?;
    let issuer = if flags & ISSUED != 0 { Some(Nation::from_number(wire.short()?)) } else { None };
    let (kind, number) = (wire.number()?, wire.text()?);
    let last = match flags & (RANGE | SERIES) {
        RANGE => wire.text()?,
        SERIES => "*",
        _ => "",
    };
    Some(Document { issuer, kind, number, last, status: DocumentStatus::from_number(u32::from(flags & 7))? })
}

impl Document<'_> {
    fn listed(self, word: &dyn Fn(u32) -> Option<String>) -> Option<ListedDocument> {
        let Self { issuer, kind, number, last, status } = self;
        Some(ListedDocument { issuer, kind: word(kind)?, number: number.into(), last: last.into(), status })
    }
}

/// Writes a detail.
pub(super) fn put_detail(out: &mut Vec<u8>, entry: &Entry, word: &mut dyn FnMut(&str) -> u32) {
    put_text(out, &entry.id);
    for text in [&entry.source, &entry.authority, &entry.legal_basis] {
        put_number(out, word(text));
    }
    put_text(out, entry.reason.reveal());
    put_number(out, entry.names.len() as u32);
    entry.names.iter().for_each(|name| put_text(out, name.text.reveal()));
}

/// Reads a detail.
pub(super) fn read_detail(wire: &mut Wire<'_>) -> Option<Detail> {
    let mut detail = Detail {
        id: wire.text()?.to_owned(),
        source: wire.number()?,
        authority: wire.number()?,
        legal_basis: wire.number()?,
        reason: Secret::from(wire.text()?),
        names: Vec::new(),
    };
    for _ in 0..wire.number()? {
        detail.names.push(wire.text()?.to_owned());
    }
    Some(detail)
}
