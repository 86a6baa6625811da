//! Six-character dates: years without a century, parts that may be unknown (Doc 9303-3 §4.8).
//!
//! A date that does not exist is *read, but wrong*: the six characters are kept and the calendar check fails.
//! The century is never guessed from a clock: the caller gives the day to reckon from.

use super::UNREAD;
use crate::date::{Date, PartialDate};

/// What the six characters of a date say.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShortDate {
    /// Year of the century, month and day, each absent where fillers say that it is unknown.
    ///
    /// At least one is present, and they can belong to a day of some century.
    Known {
        /// Year of the century, 0 to 99.
        year: Option<u8>,
        /// Month, 1 to 12.
        month: Option<u8>,
        /// Day, 1 to 31.
        day: Option<u8>,
    },
    /// Six fillers.
    Unknown,
    /// Digits that are no date in any century.
    Impossible,
    /// Letters, or half a part: no date is written like this.
    Malformed,
    /// A character could not be read.
    Unreadable,
}

/// One of the three parts of a date; `Err` if it is neither two digits nor two fillers.
fn part(tens: u8, ones: u8) -> core::result::Result<Option<u8>, ()> {
    match (tens, ones) {
        (b'0'..=b'9', b'0'..=b'9') => Ok(Some((tens - b'0') * 10 + ones - b'0')),
        (b'<', b'<') => Ok(None),
        _ => Err(()),
    }
}

impl ShortDate {
    /// Reads six characters of a zone.
    #[must_use]
    pub fn read(field: &[u8]) -> Self {
        let parts = match field {
            [a, b, c, d, e, f] => (part(*a, *b), part(*c, *d), part(*e, *f)),
            _ => (Err(()), Err(()), Err(())),
        };
        match parts {
            (Ok(None), Ok(None), Ok(None)) => Self::Unknown,
            (Ok(year), Ok(month), Ok(day)) if exists(year, month, day) => Self::Known { year, month, day },
            (Ok(_), Ok(_), Ok(_)) => Self::Impossible,
            _ if field.contains(&UNREAD) => Self::Unreadable,
            _ => Self::Malformed,
        }
    }

    /// Whether fillers say that a part of it, or all of it, is unknown: allowed for births alone.
    #[must_use]
    pub const fn has_unknown_part(self) -> bool {
        match self {
            Self::Known { year, month, day } => year.is_none() || month.is_none() || day.is_none(),
            Self::Unknown => true,
            Self::Impossible | Self::Malformed | Self::Unreadable => false,
        }
    }

    /// The date of birth: the latest century in which it is not after `on`.
    #[must_use]
    pub fn as_birth(self, on: Date) -> Option<PartialDate> {
        let Self::Known { year, month, day } = self else {
            return (self == Self::Unknown).then_some(PartialDate::UNKNOWN);
        };
        let Some(year) = year else {
            return PartialDate::new(None, month, day);
        };
        let first_day = (month.unwrap_or(1), day.unwrap_or(1));
        let today = (on.year(), (on.month(), on.day()));
        centuries(year, on.year() - on.year() % 100)
            .filter(|year| (*year, first_day) <= today)
            .find_map(|year| PartialDate::new(Some(year), month, day))
    }

    /// The last day of validity: in the century that brings it nearest to `on`, within 50 years.
    ///
    /// Unknown parts are kept as printed, though an expiry date may have none.
    #[must_use]
    pub fn as_expiry(self, on: Date) -> Option<PartialDate> {
        let Self::Known { year, month, day } = self else {
            return None;
        };
        let distance = |year: &u16| year.abs_diff(on.year());
        let year = centuries(year?, on.year() - on.year() % 100 + 100).min_by_key(distance)?;
        PartialDate::new(Some(year), month, day)
    }
}

/// The years that end in `year`, in the century that begins with `first` and in the two before it.
fn centuries(year: u8, first: u16) -> impl Iterator<Item = u16> {
    (0..3).map(move |back| (first + u16::from(year)).saturating_sub(back * 100))
}

/// The most days that a month has; at 0 for an unknown month.
const MOST_DAYS: [u8; 13] = [31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Whether the parts can belong to a day: 29 February needs a year that is a leap year in some century.
fn exists(year: Option<u8>, month: Option<u8>, day: Option<u8>) -> bool {
    let months = month != Some(0);
    let most = MOST_DAYS.get(usize::from(month.unwrap_or(0)));
    let fits = most.is_some_and(|most| (1..=*most).contains(&day.unwrap_or(1)));
    let leap_day = month == Some(2) && day == Some(29);
    // Of the years that end in 00, 2000 had one.
    months && fits && (!leap_day || year.is_none_or(|year| year % 4 == 0))
}

impl core::fmt::Debug for ShortDate {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Known { .. } => "Known([redacted])",
            Self::Unknown => "Unknown",
            Self::Impossible => "Impossible",
            Self::Malformed => "Malformed",
            Self::Unreadable => "Unreadable",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on() -> Date {
        Date::new(2026, 11, 22).unwrap()
    }

    fn birth(text: &[u8]) -> Option<String> {
        ShortDate::read(text).as_birth(on()).map(|date| date.to_string())
    }

    fn expiry(text: &[u8]) -> Option<String> {
        ShortDate::read(text).as_expiry(on()).map(|date| date.to_string())
    }

    #[test]
    fn a_birth_lies_in_the_latest_century_that_has_it_in_the_past() {
        assert_eq!(birth(b"740812").as_deref(), Some("1974-08-12"));
        assert_eq!(birth(b"261122").as_deref(), Some("2026-11-22"), "born on the day of inspection");
        assert_eq!(birth(b"261123").as_deref(), Some("1926-11-23"), "a day later is a hundred years ago");
        assert_eq!(birth(b"26<<<<").as_deref(), Some("2026-XX-XX"));
        assert_eq!(birth(b"000229").as_deref(), Some("2000-02-29"));
    }

    #[test]
    fn an_expiry_lies_in_the_nearest_century() {
        assert_eq!(expiry(b"120415").as_deref(), Some("2012-04-15"));
        assert_eq!(expiry(b"760101").as_deref(), Some("2076-01-01"));
        assert_eq!(expiry(b"770101").as_deref(), Some("1977-01-01"));
        let new_year = Date::new(1999, 12, 31).unwrap();
        assert_eq!(ShortDate::read(b"090101").as_expiry(new_year).unwrap().to_string(), "2009-01-01");
    }

    #[test]
    fn unknown_parts_are_kept_as_unknown() {
        assert_eq!(birth(b"<<<<<<").as_deref(), Some("XXXX-XX-XX"));
        assert_eq!(birth(b"74<<<<").as_deref(), Some("1974-XX-XX"));
        assert_eq!(birth(b"<<0812").as_deref(), Some("XXXX-08-12"));
        assert_eq!(expiry(b"<<<<<<"), None);
    }

    #[test]
    fn what_is_no_date_is_told_apart() {
        for (text, kind) in [
            (b"741312", ShortDate::Impossible),
            (b"740230", ShortDate::Impossible),
            (b"740000", ShortDate::Impossible),
            (b"230229", ShortDate::Impossible),
            (b"7<0812", ShortDate::Malformed),
            (b"74O812", ShortDate::Malformed),
            (b"74?812", ShortDate::Unreadable),
        ] {
            assert_eq!(ShortDate::read(text), kind);
        }
        assert_eq!(ShortDate::read(b"7408"), ShortDate::Malformed);
        assert_eq!(ShortDate::read(b""), ShortDate::Malformed);
    }

    #[test]
    fn a_date_is_known_exactly_when_its_parts_fit_some_day_of_some_century() {
        let parts = |most: u8| (0..=most).map(Some).chain([None]);
        for year in parts(99) {
            for (month, day) in parts(99).flat_map(|month| parts(99).map(move |day| (month, day))) {
                let some_century = year.map_or(2000, |year| 2000 + u16::from(year));
                let fits = PartialDate::new(Some(some_century), month, day).is_some();
                assert_eq!(exists(year, month, day), fits, "{year:?} {month:?} {day:?}");
            }
        }
    }

    #[test]
    fn a_leap_day_needs_a_leap_year_in_the_century_that_is_chosen() {
        let before = Date::new(1999, 1, 1).unwrap();
        assert_eq!(ShortDate::read(b"000229").as_birth(before), None, "1900 had no 29 February");
    }
}
