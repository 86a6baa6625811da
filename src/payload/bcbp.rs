//! Bar coded boarding passes of one to four legs (IATA resolution 792).
//!
//! ```text
//! M legs name 20 E | per leg: 37 characters, the last two the size of what follows |
//!    first leg: > version, size, unique items | every leg: size, repeated items | airline data | ^ type size security
//! ```
//!
//! A structured message may be shorter than the list of its items, cut from the right, or longer: it is read up to its
//! size, and what is longer is kept. A size that does not lead to the next leg is passed over: the next leg is found by its
//! shape, and the size is reported. A pass that was cut short gives what it still has.
//!
//! Dates have no year. [`Pass::resolve`] derives it from the day of issue and a day of reference, without time zones; it
//! stays a derived value.
//!
//! Not done: the signature of the security field, for which there is no public key; a pass proves nothing, it is only
//! consistent or not.
//!
//! Hostile input: at most four legs, and every size ends at the end of the text.

mod code;
mod day;
mod parse;
mod write;

pub use code::Coded;
pub use day::{flight_date, issue_date, nearest};
pub(super) use parse::is_pass;
pub use parse::read;
pub use write::write;

use super::Problems;
use crate::date::Date;
use crate::deviation::Deviation;
use crate::secret::Secret;
use serde::Serialize;

/// A text item; absent if it is blank.
pub type Item = Option<Secret<String>>;

/// A pass that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pass {
    /// The name as printed, `LAST/FIRST`, without the blanks behind it.
    pub name: Item,
    /// What stands before the stroke.
    pub surname: Item,
    /// What stands behind it: given names, often with a title attached.
    pub given_names: Item,
    /// Whether the name fills its field and may be cut.
    pub name_may_be_truncated: bool,
    /// Whether it stands on an electronic ticket.
    pub electronic_ticket: bool,
    /// How many legs the pass says that it has.
    pub legs_declared: u8,
    /// The items that stand once, if they are there.
    #[serde(flatten)]
    pub issue: Option<Issue>,
    /// The day of issue, once it was [resolved](Pass::resolve).
    pub issue_date: Option<Date>,
    /// The legs.
    pub legs: Vec<Leg>,
    /// The security data, if there are any.
    pub security: Option<Security>,
    /// What is not as the format asks.
    pub problems: Problems,
}

/// The conditional items that stand once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The version of the pass.
    pub version: Option<char>,
    /// How many characters the unique items have.
    #[serde(skip)]
    pub size: u8,
    /// Who the passenger is.
    pub passenger_description: Option<Coded>,
    /// Where the passenger checked in.
    pub check_in_source: Option<Coded>,
    /// Where the pass was issued.
    pub issuance_source: Option<Coded>,
    /// Last digit of the year and day of the year of issue, as written.
    pub issue_day: Item,
    /// Boarding pass or itinerary receipt.
    pub document_type: Option<Coded>,
    /// The airline that issued it.
    pub issuing_airline: Item,
    /// The licence plates of bag tags, up to three.
    pub bag_tags: Vec<Secret<String>>,
    /// Items of newer versions, as they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further_items: Item,
}

/// One leg.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Leg {
    /// The booking reference of the operating carrier.
    pub booking_reference: Item,
    /// The airport of departure.
    pub from: Item,
    /// The airport of arrival.
    pub to: Item,
    /// The operating carrier.
    pub carrier: Item,
    /// The flight number.
    pub flight_number: Item,
    /// The day of the year, 1 to 366.
    pub day_of_year: Option<u16>,
    /// The day, once it was [resolved](Pass::resolve).
    pub date: Option<Date>,
    /// The compartment.
    pub compartment: Option<Coded>,
    /// The seat.
    pub seat: Item,
    /// The check-in sequence number.
    pub sequence_number: Item,
    /// What the passenger has done.
    pub passenger_status: Option<Coded>,
    /// The conditional items of the leg, if they are there.
    #[serde(flatten)]
    pub conditional: Option<Conditional>,
    /// What the airline writes for itself, exactly as it stands.
    pub airline_data: Item,
}

/// The conditional items of a leg.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Conditional {
    /// How many characters they have.
    #[serde(skip)]
    pub size: u8,
    /// The number of the airline in ticket numbers.
    pub airline_number: Item,
    /// The serial number of the ticket.
    pub document_serial: Item,
    /// Whether the passenger is selected for closer screening.
    pub selectee: Option<Coded>,
    /// Whether travel documents were looked at.
    pub document_verification: Option<Coded>,
    /// The carrier that sold the flight.
    pub marketing_carrier: Item,
    /// The airline of the frequent-flyer programme.
    pub frequent_flyer_airline: Item,
    /// The number in the frequent-flyer programme.
    pub frequent_flyer_number: Item,
    /// Industry or agency discount.
    pub discount: Option<Coded>,
    /// The free baggage allowance.
    pub baggage_allowance: Item,
    /// Whether the passenger may use the fast track.
    pub fast_track: Option<bool>,
    /// Items of newer versions, as they stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further_items: Item,
}

/// The security data of a pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Security {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: char,
    /// The data.
    pub data: Secret<String>,
}

impl Pass {
    /// Derives the days of issue and of every leg from `reference`, the day on which the pass is looked at.
    ///
    /// A day of issue that was read fixes the year ([`issue_date`]); each leg then is the first such day on or after it
    /// ([`flight_date`]). Without it, the first leg is the day [`nearest`] to the reference, and each further leg the one
    /// nearest to the leg before it.
    pub fn resolve(&mut self, reference: Date) {
        self.issue_date = None;
        let written = self.issue.as_ref().and_then(|issue| issue.issue_day.as_ref());
        if let Some((digit, day)) = written.and_then(|text| day::digit_and_day(text.reveal())) {
            self.issue_date = issue_date(digit, day, reference);
            if self.issue_date.is_none() {
                self.problems.note(Deviation::DateImpossible, "issue_date", 0);
            }
        }
        let mut before = reference;
        for leg in &mut self.legs {
            let date = leg.day_of_year.map(|day| match self.issue_date {
                Some(issued) => flight_date(day, issued),
                None => nearest(day, before),
            });
            leg.date = date.flatten();
            if date == Some(None) {
                self.problems.note(Deviation::DateImpossible, "date", 0);
            }
            before = leg.date.unwrap_or(before);
        }
    }
}

#[cfg(test)]
mod tests;
