//! Days and times: whole dates, partly known dates, and the moment of an inspection.
//!
//! Calendar: proleptic Gregorian, years 1 to 9999. There is no clock here and no time zone: a moment is given by
//! the caller in UTC, and a date printed on a document is a date, not a moment. Birth dates may be wholly or
//! partly unknown (Doc 9303-3 §4.8).

use crate::error::{Error, ErrorKind, Part, Result};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use core::fmt;

/// A day that exists in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day, if it exists and its year is 1 to 9999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let in_range = (1..=9999).contains(&year);
        NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).filter(|_| in_range).map(Self)
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0.year()).unwrap_or(0)
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        u8::try_from(self.0.month()).unwrap_or(0)
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        u8::try_from(self.0.day()).unwrap_or(0)
    }

    /// The `day`-th day of the year, from 1, if the year has so many.
    #[must_use]
    pub fn of_ordinal(year: u16, day: u16) -> Option<Self> {
        let in_range = (1..=9999).contains(&year);
        NaiveDate::from_yo_opt(i32::from(year), u32::from(day)).filter(|_| in_range).map(Self)
    }

    /// Which day of its year it is, 1 to 366.
    #[must_use]
    pub fn ordinal(self) -> u16 {
        u16::try_from(self.0.ordinal()).unwrap_or(0)
    }

    /// The day that is `days` later, or earlier if that is negative; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let moved = self.0.checked_add_signed(chrono::TimeDelta::days(i64::from(days)))?;
        Some(Self(moved)).filter(|_| (1..=9999).contains(&moved.year()))
    }

    /// How many days from this day to `later`; negative if `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Date) -> i32 {
        i32::try_from((later.0 - self.0).num_days()).unwrap_or(i32::MAX)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Date([redacted])")
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl core::str::FromStr for Date {
    type Err = Error;

    /// Reads `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadTime, Part::Call, 0);
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| wrong)?;
        let day = Date(day);
        if (1..=9999).contains(&day.0.year()) && day.to_string() == text { Ok(day) } else { Err(wrong) }
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
        from_text(deserializer)
    }
}

/// Reads a date from its text form.
fn from_text<'de, T, D>(deserializer: D) -> core::result::Result<T, D::Error>
where
    T: core::str::FromStr<Err = Error>,
    D: serde::Deserializer<'de>,
{
    let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// A date of which year, month or day may be unknown.
///
/// Text form: `1974-08-12`, with `XX` or `XXXX` where a part is unknown, as in the visual zone (Doc 9303-3 §4.8).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { year: None, month: None, day: None };

    /// A partly known date, if its known parts can belong to some day of the calendar.
    ///
    /// 29 February needs a leap year where the year is known; 31 with an unknown month is possible.
    #[must_use]
    pub fn new(year: Option<u16>, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let longest = Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1));
        longest.map(|_| Self { year, month, day })
    }

    /// The year, if known.
    #[must_use]
    pub const fn year(self) -> Option<u16> {
        self.year
    }

    /// The month, if known.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if known.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// The whole date, if nothing of it is unknown.
    #[must_use]
    pub fn full(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?)
    }

    /// The earliest day that this can be, if the year is known.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The latest day that this can be, if the year is known.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        let year = self.year?;
        let fits = |month: u8| match self.day {
            Some(day) => Date::new(year, month, day),
            None => (28..=31).rev().find_map(|day| Date::new(year, month, day)),
        };
        match self.month {
            Some(month) => fits(month),
            None => (1..=12).rev().find_map(fits),
        }
    }

    /// Whether the two can be the same day: no part known to both differs.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        let agree = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
        agree(self.year, other.year)
            && agree(self.month.map(u16::from), other.month.map(u16::from))
            && agree(self.day.map(u16::from), other.day.map(u16::from))
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-")?,
            None => f.write_str("XXXX-")?,
        }
        match self.month {
            Some(month) => write!(f, "{month:02}-")?,
            None => f.write_str("XX-")?,
        }
        match self.day {
            Some(day) => write!(f, "{day:02}"),
            None => f.write_str("XX"),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartialDate([redacted])")
    }
}

impl core::str::FromStr for PartialDate {
    type Err = Error;

    /// Reads `YYYY-MM-DD`, where `XXXX` and `XX` stand for unknown parts.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadTime, Part::Call, 0);
        let mut parts = text.split('-').map(|part| match part {
            "XXXX" | "XX" => Ok(None),
            _ => part.parse::<u16>().map(Some).map_err(|_| wrong),
        });
        let mut next = || parts.next().unwrap_or(Err(wrong));
        let (year, month, day) = (next()?, next()?, next()?);
        let small = |part: Option<u16>| part.map(u8::try_from).transpose().map_err(|_| wrong);
        match Self::new(year, small(month)?, small(day)?) {
            // One way to write each date: no short parts, nothing behind.
            Some(date) if date.to_string() == text => Ok(date),
            _ => Err(wrong),
        }
    }
}

impl<'de> serde::Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
        from_text(deserializer)
    }
}

impl serde::Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A moment in UTC, in whole seconds. It always comes from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(DateTime<Utc>);

impl Time {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted.
    ///
    /// # Errors
    /// `BadTime` outside the years 1 to 9999.
    pub fn from_unix(seconds: i64) -> Result<Self> {
        DateTime::from_timestamp(seconds, 0)
            .filter(|time| (1..=9999).contains(&time.year()))
            .map(Self)
            .ok_or(Error::new(ErrorKind::BadTime, Part::Call, 0))
    }

    /// Reads RFC 3339 with any offset, or a bare `YYYY-MM-DD`, which means its midnight UTC.
    ///
    /// # Errors
    /// `BadTime` for any other text.
    pub fn parse(text: &str) -> Result<Self> {
        if let Ok(date) = text.parse::<Date>() {
            return Ok(Self::midnight(date));
        }
        let wrong = Error::new(ErrorKind::BadTime, Part::Call, 0);
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| wrong)?;
        Self::from_unix(time.timestamp())
    }

    /// The first second of `date`.
    #[must_use]
    pub fn midnight(date: Date) -> Self {
        Self(date.0.and_time(chrono::NaiveTime::MIN).and_utc())
    }

    /// Seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.0.date_naive())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl serde::Serialize for Time {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        assert!(Date::new(1900, 2, 29).is_none() && Date::new(2000, 2, 29).is_some());
        assert!(Date::new(2024, 13, 1).is_none() && Date::new(0, 1, 1).is_none() && Date::new(2024, 4, 31).is_none());
        assert!("2024-2-1".parse::<Date>().is_err() && "2024-02-30".parse::<Date>().is_err());
    }

    #[test]
    fn a_partly_known_date_spans_all_the_days_it_can_be() {
        let february = PartialDate::new(Some(2024), Some(2), None).unwrap();
        assert_eq!(february.to_string(), "2024-02-XX");
        assert_eq!(february.earliest(), Date::new(2024, 2, 1));
        assert_eq!(february.latest(), Date::new(2024, 2, 29));
        let last = PartialDate::new(Some(2024), None, Some(31)).unwrap();
        assert_eq!(last.latest(), Date::new(2024, 12, 31));
        assert!(PartialDate::new(None, Some(2), Some(30)).is_none());
        assert!(PartialDate::new(None, Some(2), Some(29)).is_some());
        assert!(PartialDate::UNKNOWN.agrees_with(february) && february.full().is_none());
    }

    #[test]
    fn a_partly_known_date_has_one_text_form_and_it_is_read_back() {
        for text in ["1974-08-12", "1974-XX-XX", "XXXX-08-12", "XXXX-XX-XX", "1974-XX-31"] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
            let json = format!("\"{text}\"");
            assert_eq!(serde_json::from_str::<PartialDate>(&json).unwrap(), date);
        }
        for wrong in [
            "",
            "1974",
            "1974-08",
            "1974-8-12",
            "74-08-12",
            "1974-13-XX",
            "1974-02-30",
            "1974-08-12-",
            "1974-08-12-01",
            "XX-XX-XX",
            "+974-08-12",
            "1974-xx-xx",
        ] {
            assert_eq!(wrong.parse::<PartialDate>().map_err(|error| error.kind), Err(ErrorKind::BadTime), "{wrong}");
        }
    }

    #[test]
    fn times_are_utc_seconds_and_nothing_else() {
        let time = Time::parse("2026-11-22T13:00:00+12:00").unwrap();
        assert_eq!(time.to_string(), "2026-11-22T01:00:00Z");
        assert_eq!(Time::parse("2026-11-22").unwrap().to_string(), "2026-11-22T00:00:00Z");
        assert_eq!(Time::from_unix(time.unix()), Ok(time));
        for wrong in ["", "now", "2026-11-22T13:00:00", "2026-02-30", "+12026-01-01T00:00:00Z"] {
            assert_eq!(Time::parse(wrong).map_err(|e| e.kind), Err(ErrorKind::BadTime), "{wrong}");
        }
        assert!(Time::from_unix(i64::MAX).is_err() && Time::from_unix(i64::MIN).is_err());
    }
}
