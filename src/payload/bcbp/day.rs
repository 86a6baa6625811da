//! From a day of the year to a day: the years that a boarding pass does not print.

use crate::date::Date;

/// How many days later than the day of reference a pass may have been issued: the two may lie in different time zones,
/// which are never more than 26 hours apart.
const TOLERANCE: i32 = 2;

/// Half a year: no day is nearer in another year.
const HALF_YEAR: i32 = 183;

/// The digit of the year and the day of the year.
pub(super) fn digit_and_day(text: &str) -> Option<(u16, u16)> {
    let number: u16 = text.parse().ok().filter(|_| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()))?;
    Some((number / 1000, number % 1000)).filter(|(_, day)| (1..=366).contains(day))
}

/// The day of issue: in the latest year that ends in `digit` and whose day `day` is not after `reference`, give or take a
/// time zone. `None` if that year has no such day.
#[must_use]
pub fn issue_date(digit: u16, day: u16, reference: Date) -> Option<Date> {
    let limit = reference.plus_days(TOLERANCE).unwrap_or(reference);
    let newest = limit.year();
    let year = (newest.saturating_sub(10)..=newest).rev().find(|year| {
        let begins = Date::new(*year, 1, 1);
        let that_day = begins.and_then(|first| first.plus_days(i32::from(day) - 1));
        year % 10 == digit && that_day.is_some_and(|that_day| that_day <= limit)
    })?;
    Date::of_ordinal(year, day)
}

/// The day of a flight: the first `day`-th day of a year on or after the day of issue, give or take a time zone: who checks in at
/// midnight far in the east flies yesterday. `None` if that year has no such day.
#[must_use]
pub fn flight_date(day: u16, issued: Date) -> Option<Date> {
    let yesterday = issued.plus_days(-TOLERANCE).unwrap_or(issued);
    let year = yesterday.year() + u16::from(day < yesterday.ordinal());
    Date::of_ordinal(year, day)
}

/// The `day`-th day of a year that is nearest to `reference`, at most half a year away; the later one of two.
#[must_use]
pub fn nearest(day: u16, reference: Date) -> Option<Date> {
    let years = reference.year().saturating_sub(1)..=reference.year().saturating_add(1);
    let days = years.rev().filter_map(|year| Date::of_ordinal(year, day));
    let near = days.filter(|date| reference.days_until(*date).abs() <= HALF_YEAR);
    near.min_by_key(|date| reference.days_until(*date).abs())
}
