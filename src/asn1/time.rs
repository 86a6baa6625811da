//! UTCTime and GeneralizedTime, strict and as found.
//!
//! DER asks for `YYMMDDHHMMSSZ` and `YYYYMMDDHHMMSSZ`. Also read, and noted: times without seconds (or without
//! minutes, for GeneralizedTime), with a fraction, with an offset, without any zone. Two-digit years from 50 on
//! are of the twentieth century (RFC 5280 §4.1.2.5.1). A second 60 is no time here.
//!
//! ```text
//! UTCTime           YY MM DD hh mm [ss] [.f] (Z | +hhmm | -hhmm)
//! GeneralizedTime   YYYY MM DD hh [mm [ss]] [.f] [Z | +hhmm | -hhmm]
//! ```
//!
//! A fraction is dropped, because validity is counted in seconds; a fraction of a minute or an hour is refused, since
//! dropping it would move the time. Hostile input could play with offsets: the moment is computed in 64 bits and must
//! lie in the years 1 to 9999.

use super::reader::Tlv;
use super::tag::Tag;
use crate::date::{Date, Time};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};

impl Tlv<'_> {
    /// The moment that a UTCTime or GeneralizedTime names.
    ///
    /// # Errors
    /// `Asn1Tag` for any other tag, `BadTime` if there is no such moment, `Asn1NotDer` under DER for other forms.
    pub fn time(&self, seen: &mut Deviations) -> Result<Time> {
        match self.tag {
            Tag::UTC_TIME => self.utc_time(seen),
            Tag::GENERALIZED_TIME => self.generalized_time(seen),
            _ => Err(self.error(ErrorKind::Asn1Tag)),
        }
    }

    /// The moment, the content being a UTCTime.
    ///
    /// # Errors
    /// `BadTime` and `Asn1NotDer`, as [`Tlv::time`].
    pub fn utc_time(&self, seen: &mut Deviations) -> Result<Time> {
        let mut digits = Digits(self.value);
        let year = digits.short_year();
        self.moment(year, digits, seen)
    }

    /// The moment, the content being a GeneralizedTime.
    ///
    /// # Errors
    /// `BadTime` and `Asn1NotDer`, as [`Tlv::time`].
    pub fn generalized_time(&self, seen: &mut Deviations) -> Result<Time> {
        let mut digits = Digits(self.value);
        let year = digits.long_year();
        self.moment(year, digits, seen)
    }

    /// Reads what follows the year and settles what is tolerated.
    fn moment(&self, year: Option<u16>, mut digits: Digits<'_>, seen: &mut Deviations) -> Result<Time> {
        let wrong = self.error(ErrorKind::BadTime);
        let found = year.and_then(|year| digits.moment(year)).ok_or(wrong)?;
        for deviation in found.deviations.into_iter().flatten() {
            self.tolerate(deviation, seen)?;
        }
        Time::from_unix(found.unix).map_err(|_| wrong)
    }
}

/// A moment and what was unusual about its writing.
struct Moment {
    /// Seconds after 1970-01-01T00:00:00Z.
    unix: i64,
    deviations: [Option<Deviation>; 3],
}

/// The characters of a time that were not taken.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// Takes two digits; takes nothing if there are none.
    fn pair(&mut self) -> Option<u8> {
        let (pair, rest) = self.0.split_first_chunk::<2>()?;
        let [tens, ones] = pair.map(|digit| digit.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| {
            self.0 = rest;
            tens * 10 + ones
        })
    }

    /// Takes a year of two digits: 50 to 99 are of the twentieth century.
    fn short_year(&mut self) -> Option<u16> {
        let year = u16::from(self.pair()?);
        Some(if year < 50 { 2000 + year } else { 1900 + year })
    }

    /// Takes a year of four digits.
    fn long_year(&mut self) -> Option<u16> {
        Some(u16::from(self.pair()?) * 100 + u16::from(self.pair()?))
    }

    /// Takes everything after the year.
    fn moment(&mut self, year: u16) -> Option<Moment> {
        let date = Date::new(year, self.pair()?, self.pair()?)?;
        let hour = self.pair().filter(|hour| *hour < 24)?;
        let minute = self.pair();
        let second = minute.and_then(|_| self.pair());
        let short = second.is_none().then_some(Deviation::TimeWithoutSeconds);
        let [minute, second] = [minute, second].map(|part| part.unwrap_or(0));
        if minute > 59 || second > 59 {
            return None;
        }
        let fraction = self.fraction()?;
        if short.is_some() && fraction.is_some() {
            return None;
        }
        let (offset, zone) = self.zone()?;
        let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Some(Moment { unix: Time::midnight(date).unix() + of_day - offset, deviations: [short, fraction, zone] })
    }

    /// Takes a fraction if there is one; a sign without digits is no time.
    fn fraction(&mut self) -> Option<Option<Deviation>> {
        let Some((b'.' | b',', rest)) = self.0.split_first() else {
            return Some(None);
        };
        let digits = rest.iter().take_while(|digit| digit.is_ascii_digit());
        let (taken, rest) = rest.split_at_checked(digits.count())?;
        self.0 = rest;
        (!taken.is_empty()).then_some(Some(Deviation::TimeWithFraction))
    }

    /// Takes the zone, which ends the time: seconds east of UTC, and what is unusual about it.
    fn zone(&mut self) -> Option<(i64, Option<Deviation>)> {
        let (sign, rest) = match self.0.split_first() {
            None => return Some((0, Some(Deviation::TimeWithoutZone))),
            Some((b'Z', [])) => return Some((0, None)),
            Some((b'+', rest)) => (1, rest),
            Some((b'-', rest)) => (-1, rest),
            Some(_) => return None,
        };
        self.0 = rest;
        let hours = self.pair().filter(|hours| *hours < 24)?;
        let minutes = self.pair().filter(|minutes| *minutes < 60)?;
        let east = sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60);
        self.0.is_empty().then_some((east, Some(Deviation::TimeWithOffset)))
    }
}

#[cfg(test)]
mod tests {
    use crate::asn1::{Profile, Reader, Tag, Writer};
    use crate::deviation::{Deviation, Deviations};
    use crate::error::{ErrorKind, Part};

    fn read(tag: Tag, text: &str, profile: Profile) -> Result<(String, Vec<Deviation>), ErrorKind> {
        let mut writer = Writer::new();
        writer.primitive(tag, text.as_bytes());
        let bytes = writer.into_bytes();
        let mut seen = Deviations::new();
        let time = Reader::new(&bytes, Part::Input, profile).time(&mut seen);
        time.map(|time| (time.to_string(), seen.iter().map(|found| found.deviation).collect()))
            .map_err(|error| error.kind)
    }

    #[test]
    fn both_times_are_read_and_two_digit_years_turn_at_fifty() {
        let read = |tag, text| read(tag, text, Profile::Der).map(|(time, _)| time);
        assert_eq!(read(Tag::UTC_TIME, "491231235959Z").as_deref(), Ok("2049-12-31T23:59:59Z"));
        assert_eq!(read(Tag::UTC_TIME, "500101000000Z").as_deref(), Ok("1950-01-01T00:00:00Z"));
        assert_eq!(read(Tag::GENERALIZED_TIME, "20500101000000Z").as_deref(), Ok("2050-01-01T00:00:00Z"));
    }

    #[test]
    fn field_forms_are_read_and_noted_and_der_refuses_them() {
        use Deviation::*;
        let rows = [
            (Tag::UTC_TIME, "2611220100Z", TimeWithoutSeconds),
            (Tag::UTC_TIME, "261122130000+1200", TimeWithOffset),
            (Tag::GENERALIZED_TIME, "20261122010000.25Z", TimeWithFraction),
            (Tag::GENERALIZED_TIME, "20261122010000", TimeWithoutZone),
            (Tag::GENERALIZED_TIME, "2026112201Z", TimeWithoutSeconds),
        ];
        for (tag, text, deviation) in rows {
            let expected = ("2026-11-22T01:00:00Z".to_owned(), vec![deviation]);
            assert_eq!(read(tag, text, Profile::Ber), Ok(expected), "{text}");
            assert_eq!(read(tag, text, Profile::Der), Err(ErrorKind::Asn1NotDer));
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        let wrong = [
            "",
            "Z",
            "261322010000Z",
            "260230010000Z",
            "261122240000Z",
            "261122016000Z",
            "261122010060Z",
            "261122010000.Z",
            "2611220100.5Z",
            "261122010000ZZ",
            "26112201000",
            "261122010000+12",
            "2611220100 0Z",
            "+61122010000Z",
        ];
        for text in wrong {
            let answer = read(Tag::UTC_TIME, text, Profile::Ber);
            assert_eq!(answer, Err(ErrorKind::BadTime), "{text}");
        }
    }
}
