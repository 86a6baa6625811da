//! What an entry lacks, said to whoever writes it: an entry that would stop half the world, or that nobody answers for.

use super::normal;
use super::number;
use crate::list::{DocumentStatus, Entry, ListedDocument, NameKind};
use crate::numbered::numbered;

numbered! {
    /// What an entry lacks.
    pub enum Shortfall {
        /// A single name, and neither birth date nor document: everybody of that name alarms.
        NameAlone = 1, "name_alone";
        /// Nothing but weak aliases, and neither birth date nor document.
        WeakAliasAlone = 2, "weak_alias_alone";
        /// Whole names and no birth date: namesakes alarm.
        NoBirthDate = 3, "no_birth_date";
        /// A birth date between days that are more than twenty years apart says nothing.
        BirthDateTooWide = 4, "birth_date_too_wide";
        /// A range whose ends do not belong together: it stands for its first number alone.
        RangeBroken = 5, "range_broken";
        /// A range of more than a million numbers, or a series that begins with fewer than three characters.
        RangeTooWide = 6, "range_too_wide";
        /// A reported document with a number and no issuer: documents of other countries have the same.
        NoIssuer = 7, "no_issuer";
        /// A number of fewer than four characters.
        NumberTooShort = 8, "number_too_short";
        /// Nobody who could be asked about it.
        NoAuthority = 9, "no_authority";
        /// Neither a last day nor a day of review: personal data without an end.
        NoEnd = 10, "no_end";
    }
}

impl Shortfall {
    /// Whether the entry would stop people whom it does not mean.
    #[must_use]
    pub const fn alarms_on_many(self) -> bool {
        !matches!(self, Self::RangeBroken | Self::NoAuthority | Self::NoEnd | Self::NoBirthDate)
    }
}

/// The widest span of years that a birth date may leave open.
const YEARS: u16 = 20;
/// The most numbers of a range.
const NUMBERS: u64 = 1_000_000;
/// The fewest characters of a number, and of the beginning of a series.
const CHARACTERS: usize = 4;
const BEGINNING: usize = 3;

/// Everything that an entry lacks, by number.
#[must_use]
pub fn shortfalls(entry: &Entry) -> Vec<Shortfall> {
    let mut found: Vec<Shortfall> = entry.documents.iter().filter_map(document).collect();
    if entry.births.is_empty() && entry.documents.is_empty() {
        found.extend(names(entry));
    }
    let span = |from: Option<u16>, to: Option<u16>| from.zip(to).map_or(0, |(from, to)| to.saturating_sub(from));
    if entry.births.iter().any(|birth| span(birth.from.year(), birth.to.year()) > YEARS) {
        found.push(Shortfall::BirthDateTooWide);
    }
    if entry.authority.is_empty() && entry.source.is_empty() {
        found.push(Shortfall::NoAuthority);
    }
    if entry.valid_until.is_none() && entry.review_by.is_none() {
        found.push(Shortfall::NoEnd);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What names lack where there is nothing beside them.
fn names(entry: &Entry) -> Option<Shortfall> {
    let parts = |text: &str| {
        let (surname, given) = normal::listed(text);
        let all = surname.into_iter().chain(given);
        all.filter(|token| token.len() > 1 && !normal::is_title(token) && !normal::is_particle(token)).count()
    };
    let strong = entry.names.iter().filter(|name| name.kind != NameKind::WeakAlias);
    let fewest = strong.map(|name| parts(name.text.reveal())).min();
    match fewest {
        None if entry.names.is_empty() => None,
        None => Some(Shortfall::WeakAliasAlone),
        Some(0 | 1) => Some(Shortfall::NameAlone),
        Some(_) => Some(Shortfall::NoBirthDate),
    }
}

fn document(document: &ListedDocument) -> Option<Shortfall> {
    let (first, last) = (number::bare(document.number.reveal()), document.last.reveal());
    match last.as_str() {
        "" if first.len() < CHARACTERS => return Some(Shortfall::NumberTooShort),
        "*" if first.len() < BEGINNING => return Some(Shortfall::RangeTooWide),
        "" | "*" => {}
        last => match number::width(&first, &number::bare(last)) {
            None => return Some(Shortfall::RangeBroken),
            Some(width) if width > NUMBERS => return Some(Shortfall::RangeTooWide),
            Some(_) => {}
        },
    }
    (document.status != DocumentStatus::Held && document.issuer.is_none()).then_some(Shortfall::NoIssuer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::read_csv;

    fn of(row: &str) -> Vec<Shortfall> {
        let text = format!("id,names,dobs,docs,authority,review_by\n{row}\n");
        shortfalls(&read_csv(text.as_bytes()).entries[0])
    }

    #[test]
    fn an_entry_that_would_stop_half_the_world_is_named_with_the_reason() {
        for (row, lacks) in [
            ("1,\"DOE, Jane\",1974-08-12,,Police,2026-01-01", vec![]),
            ("1,Ali,,,Police,2026-01-01", vec![Shortfall::NameAlone]),
            ("1,\"DOE, Jane\",,,Police,2026-01-01", vec![Shortfall::NoBirthDate]),
            ("1,weak_alias:the Doctor,,,Police,2026-01-01", vec![Shortfall::WeakAliasAlone]),
            ("1,\"DOE, Jane\",1940-1990,,Police,2026-01-01", vec![Shortfall::BirthDateTooWide]),
            ("1,,,UTO/passport/stolen/A1000..A1999,Police,2026-01-01", vec![]),
            ("1,,,UTO/passport/stolen/A1000..B1999,Police,2026-01-01", vec![Shortfall::RangeBroken]),
            ("1,,,UTO/passport/stolen/A0000000..A9999999,Police,2026-01-01", vec![Shortfall::RangeTooWide]),
            ("1,,,UTO/passport/stolen/A1*,Police,2026-01-01", vec![Shortfall::RangeTooWide]),
            ("1,,,stolen/A1234567,Police,2026-01-01", vec![Shortfall::NoIssuer]),
            ("1,,,UTO/passport/stolen/A1,Police,2026-01-01", vec![Shortfall::NumberTooShort]),
            ("1,\"DOE, Jane\",1974-08-12,,,", vec![Shortfall::NoAuthority, Shortfall::NoEnd]),
        ] {
            assert_eq!(of(row), lacks, "{row}");
        }
    }
}
