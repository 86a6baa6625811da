//! What two birth dates say of each other.
//!
//! A stranger's date is taken to be any day of 70 years: a whole date that agrees is worth 25,000 to 1. What is known
//! to less than a day is worth less, a slip (day and month swapped, one year off, one digit wrong) less again, and only
//! what cannot be a slip speaks against. The weights are assumed, not measured: lists do not
//! say how often their own dates are wrong.

use crate::date::PartialDate;
use crate::list::Birth;

/// Year, month and day agree.
const WHOLE: i32 = 420;
/// Year, month and day agree, and it is 1 January: the day of those whose day is not known.
const NEW_YEAR: i32 = 300;
/// All that is known agrees, and that is year and month.
const MONTH: i32 = 270;
/// All that is known agrees, and that is the year.
const YEAR: i32 = 165;
/// Day and month have changed places.
const SWAPPED: i32 = 270;
/// Day and month agree, and the years are next to each other.
const YEAR_BESIDE: i32 = 240;
/// Day and month agree, the year does not.
const DAY_ALONE: i32 = 60;
/// One digit differs.
const DIGIT: i32 = 130;
/// Year and month agree, or year and day.
const TWO_PARTS: i32 = 60;
/// The year alone agrees, and more is known.
const YEAR_ALONE: i32 = -20;
/// Years next to each other where no more is known; and one further.
const BESIDE: i32 = 40;
const NEAR: i32 = -30;
/// It cannot be the same date by any slip; the same, and years apart.
const OTHER: i32 = -160;
const FAR: i32 = -230;
/// The years that a date may lie from one called approximate.
const CIRCA: i32 = 2;

/// The evidence of a date against all that an entry names, and a word for it; `None` if either side has none.
pub(super) fn evidence(read: Option<PartialDate>, listed: &[Birth]) -> Option<(i32, &'static str)> {
    let read = read.filter(|date| date.year().is_some())?;
    let best = listed.iter().map(|birth| against(read, birth)).max_by_key(|(score, _)| *score)?;
    // Of several dates one agrees more easily by chance.
    let several = i32::try_from(listed.len().ilog2()).unwrap_or(0) * 15;
    Some((if best.0 > 0 { (best.0 - several).max(0) } else { best.0 }, best.1))
}

fn against(read: PartialDate, listed: &Birth) -> (i32, &'static str) {
    if listed.from != listed.to {
        return span(read, listed);
    }
    let found = whole(read, listed.from);
    let apart = years_apart(read, listed.from);
    if listed.approximate && apart <= CIRCA && found.0 < YEAR - 60 {
        return (YEAR - 60, "within an approximate year");
    }
    found
}

/// A listed span: inside it, beside it, outside it.
fn span(read: PartialDate, listed: &Birth) -> (i32, &'static str) {
    let inside = read.latest() >= listed.from.earliest() && read.earliest() <= listed.to.latest();
    let years = years_apart(listed.from, listed.to).clamp(1, 30);
    if inside {
        let width = super::centiban::ratio(70, u64::try_from(years).unwrap_or(1) + 1);
        return ((width - 10).min(YEAR), "within the listed span");
    }
    let apart = years_apart(read, listed.from).min(years_apart(read, listed.to));
    if apart <= 1 { (NEAR, "beside the listed span") } else { (FAR, "outside the listed span") }
}

fn years_apart(one: PartialDate, other: PartialDate) -> i32 {
    let year = |date: PartialDate| i32::from(date.year().unwrap_or(0));
    (year(one) - year(other)).abs()
}

fn whole(read: PartialDate, listed: PartialDate) -> (i32, &'static str) {
    let apart = years_apart(read, listed);
    let months = read.month().zip(listed.month());
    let days = read.day().zip(listed.day());
    let same = |pair: Option<(u8, u8)>| pair.is_some_and(|(one, other)| one == other);
    match (months, days) {
        (Some((1, 1)), Some((1, 1))) if apart == 0 => (NEW_YEAR, "the same day, a 1 January"),
        (Some(_), Some(_)) if apart == 0 && same(months) && same(days) => (WHOLE, "the same day"),
        (Some(_), None) if apart == 0 && same(months) => (MONTH, "the same year and month"),
        (None, _) if apart == 0 => (YEAR, "the same year"),
        (None, _) | (_, None) => year_only(apart),
        (Some((one, other)), Some((day, listed_day))) => slip(apart, (one, other), (day, listed_day), (read, listed))
            .unwrap_or(if apart > 5 { (FAR, "another date, years apart") } else { (OTHER, "another date") }),
    }
}

/// Years alone can be compared, and they differ.
const fn year_only(apart: i32) -> (i32, &'static str) {
    match apart {
        0 => (YEAR_ALONE, "the same year, another month"),
        1 => (BESIDE, "the year before or after"),
        2 => (NEAR, "two years apart"),
        3..=5 => (OTHER, "another year"),
        _ => (FAR, "another year, far apart"),
    }
}

/// Whole dates that differ as slips differ.
fn slip(
    apart: i32,
    months: (u8, u8),
    days: (u8, u8),
    dates: (PartialDate, PartialDate),
) -> Option<(i32, &'static str)> {
    let (same_month, same_day) = (months.0 == months.1, days.0 == days.1);
    if apart == 0 && months.0 == days.1 && months.1 == days.0 {
        return Some((SWAPPED, "day and month swapped"));
    }
    if apart <= 1 && same_month && same_day {
        return Some((YEAR_BESIDE, "the same day, one year off"));
    }
    let digits = digits_apart(dates.0, dates.1);
    if digits == 1 {
        return Some((DIGIT, "one digit differs"));
    }
    if same_month && same_day {
        return Some((DAY_ALONE, "the same day of another year"));
    }
    if apart == 0 {
        let two = same_month || same_day;
        return Some(if two {
            (TWO_PARTS, "two parts of the date agree")
        } else {
            (YEAR_ALONE, "the year alone agrees")
        });
    }
    let beside = apart == 1 && (same_month || same_day);
    beside.then_some((NEAR, "a year apart, and a part agrees"))
}

/// How many of the eight digits differ.
fn digits_apart(one: PartialDate, other: PartialDate) -> usize {
    let digits = |date: PartialDate| {
        let (year, month, day) = (date.year().unwrap_or(0), date.month().unwrap_or(0), date.day().unwrap_or(0));
        u32::from(year) * 10_000 + u32::from(month) * 100 + u32::from(day)
    };
    let places = (0..8).map(|place| 10_u32.pow(place));
    places.filter(|place| digits(one) / place % 10 != digits(other) / place % 10).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(read: &str, listed: &str) -> i32 {
        let read = Birth::parse(read).map(|birth| birth.from);
        let listed: Vec<Birth> = listed.split('|').filter_map(Birth::parse).collect();
        evidence(read, &listed).map_or(0, |(score, _)| score)
    }

    #[test]
    fn the_closer_the_date_the_more_it_says() {
        let falling = [
            score("1960-05-17", "1960-05-17"),
            score("1960-01-01", "1960-01-01"),
            score("1960-05-06", "1960-06-05"),
            score("1961-05-17", "1960-05-17"),
            score("1960-05-17", "1960"),
            score("1960-05-27", "1960-05-17"),
            score("1975-05-17", "1960-05-17"),
            score("1960-07-19", "1960-05-17"),
            score("1962-07-19", "1960-05-17"),
            score("1992-07-19", "1960-05-17"),
        ];
        assert!(falling.windows(2).all(|pair| pair[0] > pair[1]), "{falling:?}");
    }

    #[test]
    fn a_date_that_nobody_knows_says_nothing() {
        assert_eq!((score("", "1960"), score("1960", "")), (0, 0));
        assert!(score("1961", "1958..1963") > 0);
        assert!(score("1970", "1958..1963") < 0);
        assert!(score("1962", "c1960") > score("1962", "1960"));
    }
}
