//! From a query to the entries that it could be, the strongest first.

use super::birth;
use super::centiban;
use super::evidence::{Hit, Owner, PartKind, ScorePart};
use super::filed::{self, mixed};
use super::name::{self, Depth, Weights};
use super::number::{self, Agreement, issuers_agree};
use super::opened::{AlertList, RECORDS, Token};
use super::promise::{Bits, Promise, Table};
use super::record::{Detail, Record, packed};
use super::store::Section;
use super::unit::Units;
use crate::date::{Date, PartialDate};
use crate::error::Result;
use crate::list::{Entry, ListedName, NameKind, Nation, Query};
use crate::person::Sex;
use crate::secret::Secret;

/// The most matches that a search gives.
pub(super) const BEST: usize = 20;
/// A token that more entries hold than this says little by itself.
const FREQUENT: u32 = 400;
/// The most entries of which more than their promise is looked at.
const COMPARED: usize = 100;
/// The most entries whose names are compared in full.
const FULL: usize = 60;
/// The most entries of which leftovers are compared too.
const DEEP: usize = 30;
/// The most entries under one date or number that are looked at.
const UNDER_A_DAY: usize = 4000;
/// Sexes that agree, and that do not.
const SAME_SEX: i32 = 25;
const OTHER_SEX: i32 = -150;
/// A nationality that agrees, in a world of some fifty that travel much; and one that does not.
const SAME_NATION: i32 = 120;
const OTHER_NATION: i32 = -50;
/// A document number that agrees, and one that agrees but for characters that readers confuse.
const SAME_NUMBER: i32 = 600;
const CONFUSED_NUMBER: i32 = 450;
/// Every other name of an entry is another chance to agree.
const SEVERAL_NAMES: i32 = 12;

/// Who is to see the matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// The counter: every entry but covert ones.
    Counter,
    /// The authority behind a covert channel: covert entries alone.
    Authority,
}

impl AlertList {
    /// The best matches of a query among the entries that hold on the day `on`, whatever their score; none from a
    /// covert package.
    ///
    /// # Errors
    /// If the package contradicts itself.
    pub fn search(&self, query: &Query, on: Date) -> Result<Vec<Hit>> {
        self.ranked(query, Audience::Counter, on)
    }

    /// The best matches among the entries that this audience may see.
    pub(super) fn ranked(&self, query: &Query, audience: Audience, on: Date) -> Result<Vec<Hit>> {
        if self.labels().covert != (audience == Audience::Authority) {
            return Ok(Vec::new());
        }
        let units = Units::of(query, self)?;
        let mut scored = Vec::with_capacity(FULL);
        let promising = self.promising(query, &units, on)?;
        let names = promising.iter().flat_map(|(record, _)| &record.names);
        self.fetch_letters(names.flat_map(|name| name.tokens.iter().copied()));
        for (record, entry) in promising {
            scored.push((sum(&self.score(query, &units, &record, Depth::Keys)?), entry, record));
        }
        scored.sort_by_key(|(score, entry, _)| (-score, *entry));
        scored.truncate(DEEP);
        let mut found = Vec::with_capacity(scored.len());
        for (_, entry, record) in scored {
            let parts = self.score(query, &units, &record, Depth::Leftovers)?;
            found.push(Found { score: sum(&parts), entry, record, parts });
        }
        found.sort_by_key(|found| (-found.score, found.entry));
        found.truncate(BEST);
        found.into_iter().map(|found| self.hit(found, on)).collect()
    }

    /// The records that are worth comparing name by name: of the candidates that hold on this day those for which what their names
    /// promise and all that is known beside the name speak most.
    fn promising(&self, query: &Query, units: &Units, on: Date) -> Result<Vec<(Record, u32)>> {
        let mut ranked = Vec::with_capacity(COMPARED);
        let by_number = !query.document_number.reveal().is_empty();
        let candidates = self.candidates(query, units)?;
        self.store.fetch_items(RECORDS, candidates.iter().map(|promise| promise.entry));
        for Promise { entry, name } in candidates {
            let record = if by_number { self.record(entry)? } else { self.without_documents(entry)? };
            if record.validity.holds_on(on) {
                let beside: i32 = beside_the_name(query, &record).map(|(_, score, _)| score).sum();
                ranked.push((-name::worth_of_promise(name) - beside, entry, record));
            }
        }
        if ranked.len() > FULL {
            ranked.select_nth_unstable_by_key(FULL, |(score, entry, _)| (*score, *entry));
            ranked.truncate(FULL);
        }
        Ok(ranked.into_iter().map(|(_, entry, record)| (record, entry)).collect())
    }

    /// The entries that share a spelling, a birth date or a number with the query; the most promising if they are many.
    fn candidates(&self, query: &Query, units: &Units) -> Result<Vec<Promise>> {
        let mut table = Table::new();
        self.promise(query, units, &mut table)?;
        Ok(table.best(COMPARED))
    }

    fn promise(&self, query: &Query, units: &Units, table: &mut Table) -> Result<()> {
        for (section, keys, worth) in [
            (Section::Days, days(query.birth), 300),
            (Section::Numbers, number::looked_up_under(query.document_number.reveal()), 600),
        ] {
            let keys: Vec<u32> = keys.into_iter().map(mixed).collect();
            filed::under(&self.store, section, &keys, UNDER_A_DAY, |entry, _| table.add(entry, worth))?;
        }
        let mut frequent = Vec::new();
        for unit in &units.all {
            let spelled = unit.spelled.iter().map(|spelled| (spelled.token, unit.rarity - spelled.cost));
            let pieces = unit.pieces.iter().copied();
            let mut tokens: Vec<(Token, i32)> = spelled.chain(pieces).filter(|(_, worth)| *worth > 0).collect();
            tokens.sort_by_key(|(_, worth)| -worth);
            self.store.fetch(Section::Postings, tokens.iter().map(|(token, _)| u64::from(token.posting.0)));
            let (mut of_unit, mut opened) = (Vec::new(), 0);
            for (token, worth) in tokens {
                if opened + token.count > FREQUENT {
                    of_unit.push((token, worth));
                } else {
                    opened += token.count;
                    self.posting(&token, |entry| table.spelled(entry, worth))?;
                }
            }
            table.close();
            if !of_unit.is_empty() {
                frequent.push(of_unit);
            }
        }
        self.promise_frequent(&frequent, table)
    }

    /// What frequent tokens promise, by units. Tens of thousands hold each of them, so that one opens no entry by itself: it adds to those
    /// that something else speaks for, be it another of them. Where hardly anything does, each opens its entries after all.
    fn promise_frequent(&self, frequent: &[Vec<(Token, i32)>], table: &mut Table) -> Result<()> {
        if frequent.is_empty() {
            return Ok(());
        }
        let mut named = Vec::with_capacity(frequent.len());
        for of_unit in frequent {
            let mut entries = Vec::new();
            for (token, worth) in of_unit {
                self.posting(token, |entry| entries.push((entry, *worth)))?;
            }
            named.push(entries);
        }
        if let [first, others @ ..] = named.as_slice() {
            let mut once = Bits::new(if others.is_empty() { 0 } else { self.entries });
            first.iter().for_each(|(entry, _)| once.set(*entry));
            for of_unit in others {
                of_unit.iter().filter(|(entry, _)| once.has(*entry)).for_each(|(entry, _)| table.open(*entry));
                of_unit.iter().for_each(|(entry, _)| once.set(*entry));
            }
        }
        let (few, open) = (table.len() < COMPARED, table.bits(self.entries));
        for of_unit in named {
            for (entry, worth) in of_unit {
                if few || open.has(entry) {
                    table.spelled(entry, worth);
                }
            }
            table.close();
        }
        Ok(())
    }

    /// The parts of the evidence for one entry, with the number of the name that agrees best.
    fn score(&self, query: &Query, units: &Units, record: &Record, depth: Depth) -> Result<Vec<Part>> {
        let mut parts = Vec::with_capacity(5);
        if units.singles > 0 && !record.names.is_empty() {
            let dated = birth::evidence(query.birth, &record.births).is_some();
            let weights = if dated { Weights::BESIDE_A_DATE } else { Weights::ALONE };
            let mut best: Option<(i32, usize, name::Compared)> = None;
            for (at, name) in record.names.iter().enumerate() {
                let compared = name::compare(self, units, name, (weights, depth))?;
                if best.is_none_or(|(score, _, _)| compared.score > score) {
                    best = Some((compared.score, at, compared));
                }
            }
            if let Some((score, at, compared)) = best {
                let several = i32::try_from(record.names.len().ilog2()).unwrap_or(0) * SEVERAL_NAMES;
                let words = Words::Name { at, paired: compared.paired, of: compared.of };
                parts.push((PartKind::Name, score - several, words));
            }
        }
        parts.extend(beside_the_name(query, record));
        Ok(parts)
    }

    /// A match in full.
    fn hit(&self, Found { score, entry, record, parts }: Found, on: Date) -> Result<Hit> {
        let detail = self.detail(entry)?;
        let parts = parts.into_iter().map(|(part, score, words)| {
            let words = if record.restricted { String::new() } else { words.written(&detail.names) };
            ScorePart { part, score, words: Secret::new(words) }
        });
        Ok(Hit {
            score,
            alarm: score >= self.threshold(),
            parts: parts.collect(),
            owner: self.owner(&record, &detail, on)?,
            entry: detail.id,
            cleared: false,
        })
    }

    /// Who answers for an entry, and what they ask for.
    pub(super) fn owner(&self, record: &Record, detail: &Detail, on: Date) -> Result<Owner> {
        let shown = |number| if record.restricted { Ok(String::new()) } else { self.word(number) };
        Ok(Owner {
            action: record.action,
            authority: self.word(detail.authority)?,
            source: self.word(detail.source)?,
            legal_basis: shown(detail.legal_basis)?,
            reason: if record.restricted { Secret::default() } else { detail.reason.clone() },
            restricted: record.restricted,
            review_overdue: record.validity.is_overdue(on),
        })
    }

    /// The score from which a match alarms: as much as the size of the list makes up for, and two decades more.
    #[must_use]
    pub fn threshold(&self) -> i32 {
        200 + centiban::ratio(u64::from(self.entries.max(1)), 1)
    }
}

/// A part of the evidence: what it is worth, and in words.
type Part = (PartKind, i32, Words);

/// An entry that was compared in full.
struct Found {
    score: i32,
    entry: u32,
    record: Record,
    parts: Vec<Part>,
}

/// What speaks for or against an entry beside its names.
fn beside_the_name(query: &Query, record: &Record) -> impl Iterator<Item = Part> {
    let fixed = |kind: PartKind, found: Option<(i32, &'static str)>| {
        found.map(|(score, words)| (kind, score, Words::Fixed(words)))
    };
    let birth = fixed(PartKind::BirthDate, birth::evidence(query.birth, &record.births));
    let sex = fixed(PartKind::Sex, sex(query.sex, record.sex));
    let nation = fixed(PartKind::Nationality, nationality(query.nationality, &record.nations));
    [birth, sex, nation, number_evidence(query, record)].into_iter().flatten()
}

/// Words that are written where they are shown: most entries that are compared never are.
#[derive(Debug, Clone, Copy)]
enum Words {
    Fixed(&'static str),
    /// Which name agrees, how many parts of it, of how many.
    Name {
        at: usize,
        paired: usize,
        of: usize,
    },
}

impl Words {
    fn written(self, names: &[String]) -> String {
        match self {
            Self::Fixed(words) => words.to_owned(),
            Self::Name { at, paired, of } => {
                let name = names.get(at).map_or("", String::as_str);
                format!("{name}: {paired} of {of} parts agree")
            }
        }
    }
}

/// The days under which a birth date may be filed: itself, and with day and month or a year mistaken.
fn days(birth: Option<PartialDate>) -> Vec<u32> {
    let Some(date) = birth.filter(|date| date.full().is_some()) else { return Vec::new() };
    let (year, month, day) = (date.year(), date.month(), date.day());
    let moved = |by: i16| year.and_then(|year| year.checked_add_signed(by));
    [(year, month, day), (year, day, month), (moved(1), month, day), (moved(-1), month, day)]
        .into_iter()
        .filter_map(|(year, month, day)| PartialDate::new(year, month, day))
        .map(packed)
        .collect()
}

/// All parts together.
fn sum(parts: &[Part]) -> i32 {
    parts.iter().map(|(_, score, _)| score).sum()
}

fn sex(read: Option<Sex>, listed: Option<Sex>) -> Option<(i32, &'static str)> {
    let told = |sex: Option<Sex>| sex.filter(|sex| *sex != Sex::Unspecified);
    let (read, listed) = (told(read)?, told(listed)?);
    Some(if read == listed { (SAME_SEX, "the same sex") } else { (OTHER_SEX, "the other sex") })
}

fn nationality(read: Option<Nation>, listed: &[Nation]) -> Option<(i32, &'static str)> {
    let read = read.filter(|_| !listed.is_empty())?;
    Some(if listed.contains(&read) {
        (SAME_NATION, "a listed nationality")
    } else {
        (OTHER_NATION, "another nationality")
    })
}

/// What the document number says: the best of the entry's documents.
fn number_evidence(query: &Query, record: &Record) -> Option<Part> {
    let read = query.document_number.reveal();
    let own = record.documents.iter().filter(|document| issuers_agree(query.document_issuer, document.issuer));
    let (score, words) = match own.filter_map(|document| number::compare(read, document)).max()? {
        Agreement::Same => (SAME_NUMBER, "the same document number"),
        Agreement::Confused => (CONFUSED_NUMBER, "the number but for characters that look alike"),
    };
    Some((PartKind::DocumentNumber, score, Words::Fixed(words)))
}

/// How well two names agree, in centibans, with nothing else known: each taken as the listed one, the lower of both.
///
/// # Errors
/// None that input can bring about: the two are a list of one.
pub fn names_alike(one: &str, other: &str) -> Result<i32> {
    let score = |listed: &str, read: &str| -> Result<i32> {
        let mut entry = Entry::new("1");
        entry.names.push(ListedName { text: Secret::from(listed), kind: NameKind::Primary });
        let list = super::build(&[entry])?;
        let (surname, given) = read.split_once(',').unwrap_or(("", read));
        let query = Query { surname: Secret::from(surname), given: Secret::from(given), ..Query::default() };
        let units = Units::of(&query, &list)?;
        let record = list.record(0)?;
        let parts = list.score(&query, &units, &record, Depth::Leftovers)?;
        Ok(sum(&parts))
    };
    Ok(score(one, other)?.min(score(other, one)?))
}
