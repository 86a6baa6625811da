//! Dates by their sums: every date that exists, not every six characters (Doc 9303-3 §4.8).
//!
//! The days of the year are tabled and joined by the digits of the year, over their sums; only 29 February needs
//! to know the year.
//! A birth date may have unknown parts. An expiry date is a whole date, unless six fillers are what is printed. The
//! order of the two dates is not looked at: it depends on the day of inspection.

use super::best::{Best, Grid, Remainders, Sums, TEN};
use super::chain::{Problem, class};
use super::plan::{CHARACTERS, FILLER};
use crate::mrz::layout::MAX_CHARACTERS;
use crate::mrz::{ShortDate, digit};
use zeroize::Zeroize;

/// A date field in the joined zone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct DateField {
    /// Where its six characters begin.
    pub(super) first: usize,
    /// Where its digit stands, if it has one.
    pub(super) digit: Option<usize>,
    /// Whether it is a birth date, of which parts may be unknown.
    pub(super) is_birth: bool,
}

/// The characters of a date and of its digit, as places in [`CHARACTERS`].
type Written = [u8; 7];

/// The readings of a date field, with the cheapest one for each remainder.
pub(super) struct Dates {
    field: DateField,
    /// The readings, digit included, by their contribution to the composite sum.
    pub(super) remainders: Remainders,
    /// The cheapest of each.
    written: [Written; TEN],
}

impl Drop for Dates {
    fn drop(&mut self) {
        self.written.as_flattened_mut().zeroize();
    }
}

impl Dates {
    /// Writes the cheapest reading that leaves `remainder`.
    pub(super) fn write(&self, remainder: usize, text: &mut [u8; MAX_CHARACTERS]) {
        let positions = (self.field.first..self.field.first + 6).chain(self.field.digit);
        let written = self.written.get(remainder).into_iter().flatten();
        for (position, glyph) in positions.zip(written) {
            let character = CHARACTERS.get(usize::from(*glyph)).copied();
            if let (Some(slot), Some(character)) = (text.get_mut(position), character) {
                *slot = character;
            }
        }
    }
}

/// A part of a date: two fillers, or a number of two digits.
type Two = Option<u8>;
/// Month and day.
type Day = (Two, Two);
/// Year, month and day.
type Date = (Two, Day);

/// Two fillers.
const UNKNOWN: Two = None;
/// Days of the months of a leap year.
const MONTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The days of the year, apart from 29 February, with unknown parts if they may be unknown.
fn days(unknown: bool) -> impl Iterator<Item = Day> {
    let of_month = |(month, longest): (u8, u8)| (1..=longest).map(move |day| (Some(month), Some(day)));
    let known = (1..).zip(MONTHS).flat_map(of_month);
    let partly = (1..=12)
        .map(|month| (Some(month), UNKNOWN))
        .chain((1..=31).map(|day| (UNKNOWN, Some(day))))
        .chain([(UNKNOWN, UNKNOWN)]);
    known.filter(|day| *day != LEAP_DAY).chain(partly.filter(move |_| unknown))
}

/// The one day that not every year has.
const LEAP_DAY: Day = (Some(2), Some(29));

/// The years that are leap years in some century, 00 in 2000; a year that is unknown may be one.
fn leap_years(unknown: bool) -> impl Iterator<Item = Two> {
    let known = (0..100).step_by(4).map(Some);
    known.chain([UNKNOWN].into_iter().filter(move |_| unknown))
}

/// A number of two digits; 0 stands for the fillers.
fn number(number: u8) -> Two {
    Some(number).filter(|number| *number > 0)
}

/// How a part is written, as places in [`CHARACTERS`].
fn glyphs(two: Two) -> [u8; 2] {
    two.map_or([FILLER as u8; 2], |number| [number / 10, number % 10])
}

/// The cheapest readings by both sums, and what the cheapest of each is.
struct Table<T> {
    grid: Grid,
    cheapest: [T; TEN * TEN],
}

impl<T: Copy> Table<T> {
    /// An empty table; `nothing` stands where no reading does.
    const fn new(nothing: T) -> Self {
        Self { grid: Grid::new(), cheapest: [nothing; TEN * TEN] }
    }

    /// Takes a reading, or a set of them whose cheapest it is.
    fn take(&mut self, (sums, best): Weighed, reading: T) {
        if self.grid.take(sums, best)
            && let Some(slot) = self.cheapest.get_mut(sums.index())
        {
            *slot = reading;
        }
    }

    /// Both sums, what is kept, and the cheapest reading.
    fn reached(&self) -> impl Iterator<Item = (Weighed, T)> {
        self.grid.reached().filter_map(|(sums, best)| {
            let reading = self.cheapest.get(sums.index())?;
            Some(((sums, best), *reading))
        })
    }
}

/// What a stretch of a date leaves in both sums, and its cost.
type Weighed = (Sums, Best);

/// A stretch of a date followed by the next.
fn then(first: Weighed, next: Weighed) -> Weighed {
    (first.0.plus(next.0), first.1.then(next.1))
}

/// Six fillers.
const NOTHING: Date = (UNKNOWN, (UNKNOWN, UNKNOWN));

impl Problem<'_> {
    /// All readings of a date field.
    pub(super) fn dates(&self, field: DateField) -> Dates {
        let days = self.days(field);
        let mut table = self.of_known_years(field, &days);
        if field.is_birth {
            let unknown = self.weigh(field, 0, UNKNOWN);
            for (weighed, day) in days.reached() {
                table.take(then(unknown, weighed), (UNKNOWN, day));
            }
        }
        let leap_day = self.weigh_day(field, LEAP_DAY);
        for year in leap_years(field.is_birth) {
            table.take(then(self.weigh(field, 0, year), leap_day), (year, LEAP_DAY));
        }
        let mut dates = Dates { field, remainders: Remainders::NONE, written: [[FILLER as u8; 7]; TEN] };
        for (weighed, date) in table.reached() {
            self.put_digit(field, &mut dates, weighed, date);
        }
        if let Some((year, day)) = self.tolerated(field) {
            let weighed = then(self.weigh(field, 0, year), self.weigh_day(field, day));
            self.put_digit(field, &mut dates, weighed, (year, day));
        }
        dates
    }

    /// Days in years that are two digits: those are free, so they join one after the other.
    fn of_known_years(&self, field: DateField, days: &Table<Day>) -> Table<Date> {
        let digits = |at| (0..10_u8).map(move |digit| (digit, self.weigh_one(field, at, digit)));
        let mut decades = Table::new((0, (UNKNOWN, UNKNOWN)));
        for (weighed, day) in days.reached() {
            for (decade, before) in digits(0) {
                decades.take(then(before, weighed), (decade, day));
            }
        }
        let mut all = Table::new(NOTHING);
        for (weighed, (decade, day)) in decades.reached() {
            for (year, before) in digits(1) {
                all.take(then(before, weighed), (Some(decade * 10 + year), day));
            }
        }
        all
    }

    /// All days but 29 February; the months are weighed once each.
    fn days(&self, field: DateField) -> Table<Day> {
        let mut table = Table::new((UNKNOWN, UNKNOWN));
        let of_month: Vec<Weighed> = (0..32).map(|day| self.weigh(field, 4, number(day))).collect();
        let mut month_before = None;
        for (month, day) in days(field.is_birth) {
            let weighed = match month_before {
                Some((before, weighed)) if before == month => weighed,
                _ => self.weigh(field, 2, month),
            };
            month_before = Some((month, weighed));
            if let Some(day_weighed) = of_month.get(usize::from(day.unwrap_or(0))) {
                table.take(then(weighed, *day_weighed), (month, day));
            }
        }
        table
    }

    /// Two characters of a date that begin `offset` behind its first.
    fn weigh(&self, field: DateField, offset: usize, two: Two) -> Weighed {
        let [first, second] = glyphs(two);
        then(self.weigh_one(field, offset, first), self.weigh_one(field, offset + 1, second))
    }

    /// One character of a date, `at` behind its first.
    fn weigh_one(&self, field: DateField, at: usize, glyph: u8) -> Weighed {
        let (position, glyph) = (field.first + at, usize::from(glyph));
        let sums = Sums {
            own: class(glyph) * digit::weight(at) as usize % TEN,
            composite: class(glyph) * self.plan.composite_at(position) % TEN,
        };
        (sums, Best::one(self.likelihoods.cost(position, glyph)))
    }

    /// Month and day, the last four characters of a date.
    fn weigh_day(&self, field: DateField, (month, day): Day) -> Weighed {
        then(self.weigh(field, 2, month), self.weigh(field, 4, day))
    }

    /// Puts the digit that the sum asks for behind dates with these sums.
    fn put_digit(&self, field: DateField, dates: &mut Dates, (sums, best): Weighed, date: Date) {
        let (cost, composite) = match field.digit {
            Some(position) => (self.likelihoods.cost(position, sums.own), sums.own * self.plan.composite_at(position)),
            None => (0, 0),
        };
        let composite = (sums.composite + composite) % TEN;
        if dates.remainders.take(composite, best.then(Best::one(cost)))
            && let Some(slot) = dates.written.get_mut(composite)
        {
            let (year, (month, day)) = date;
            let ([a, b], [c, d], [e, f]) = (glyphs(year), glyphs(month), glyphs(day));
            *slot = [a, b, c, d, e, f, sums.own as u8];
        }
    }

    /// Six fillers for an expiry date, if that is what is printed: a document without one is tolerated.
    fn tolerated(&self, field: DateField) -> Option<Date> {
        let printed = self.likelihoods.printed();
        let text = printed.get(field.first..field.first + 6)?;
        (!field.is_birth && ShortDate::read(text) == ShortDate::Unknown).then_some(NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_exactly_the_dates_that_the_reader_of_zones_takes() {
        let mut tabled: Vec<Vec<u8>> = Vec::new();
        let text = |two: Two| two.map_or("<<".into(), |number| format!("{number:02}"));
        let mut put = |year, (month, day)| {
            tabled.push([text(year), text(month), text(day)].concat().into());
        };
        let years = || (0..100).map(Some).chain([None]);
        years().for_each(|year| days(true).for_each(|day| put(year, day)));
        leap_years(true).for_each(|year| put(year, LEAP_DAY));
        let parts = || (0..100).map(Some).chain([None]);
        let mut read = Vec::new();
        for (year, month) in parts().flat_map(|year| parts().map(move |month| (year, month))) {
            for day in parts() {
                let date = [text(year), text(month), text(day)].concat().into_bytes();
                if matches!(ShortDate::read(&date), ShortDate::Known { .. } | ShortDate::Unknown) {
                    read.push(date);
                }
            }
        }
        tabled.sort_unstable();
        read.sort_unstable();
        assert!(tabled == read, "{} and {}", tabled.len(), read.len());
    }
}
