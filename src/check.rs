//! Checks: what was asked of a document, a holder or an inspection, and what came of it.
//!
//! A [`Check`] is evidence, not a decision: evidence rooms make them, judgement reads them. The vocabulary is
//! closed: every check has a stable name and number in the [catalogue](CheckId), every outcome is one of seven,
//! every reason is a word of [`Reason`]. "Not done" has outcomes of its own and can never read as "passed".
//! Nothing in a check is free text, so that none can carry what was read by accident.

mod catalogue;
mod reason;

pub use catalogue::{CheckId, Entry};
pub use reason::Reason;

use crate::error::Part;
use crate::numbered::numbered;
use serde::Serialize;
use serde::ser::SerializeMap;

numbered! {
    /// What came of a check.
    ///
    /// Beside the seven words stand the five results of BSI TR-03135, see [`Outcome::tr03135`].
    pub enum Outcome {
        /// Done, and as it must be.
        Passed = 1, "passed";
        /// Done, and not as it must be.
        Failed = 2, "failed";
        /// Tried, and could not tell: unknown anchor, unknown code, unreadable character.
        Undetermined = 3, "undetermined";
        /// Could have been done and was not: no list loaded, no reading given, a list too old.
        NotPerformed = 4, "not_performed";
        /// This engine cannot do it.
        NotSupported = 5, "not_supported";
        /// Expected, begun and cut short.
        Aborted = 6, "aborted";
        /// The document does not have what would be checked, and need not have it.
        NotPresent = 7, "not_present";
    }
}

impl Outcome {
    /// The result value of BSI TR-03135 (Doc 9303-2 App. C) that this outcome reports as.
    #[must_use]
    pub const fn tr03135(self) -> &'static str {
        match self {
            Outcome::Passed => "successful",
            Outcome::Failed => "failed",
            Outcome::Undetermined => "undetermined",
            Outcome::NotPerformed | Outcome::NotSupported | Outcome::NotPresent => "not supported",
            Outcome::Aborted => "aborted",
        }
    }

    /// The result value of three-valued interfaces: `ok`, `error`, `not_done`.
    #[must_use]
    pub const fn three_valued(self) -> &'static str {
        match self {
            Outcome::Passed => "ok",
            Outcome::Failed => "error",
            _ => "not_done",
        }
    }

    /// Rank from worst (0) to best: failed, then everything that was not concluded, then passed.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Outcome::Failed => 0,
            Outcome::Passed => 2,
            _ => 1,
        }
    }
}

numbered! {
    /// Which of the three questions a check speaks to.
    pub enum Axis {
        /// Is the document genuine?
        Document = 1, "document";
        /// Is it theirs?
        Holder = 2, "holder";
        /// May they enter: alert lists, entry rules?
        Admissibility = 3, "admissibility";
    }
}

/// Whom or what a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// The inspection itself: its time, its material.
    Inspection,
    /// The person at the counter.
    Traveller,
    /// A document of this inspection, counted from 1 in the order of reading.
    Document(u8),
    /// The payload of a barcode, counted from 1 in the order of reading.
    Payload(u8),
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Subject::Inspection => serializer.serialize_str("inspection"),
            Subject::Traveller => serializer.serialize_str("traveller"),
            Subject::Document(index) => serializer.collect_str(&format_args!("document/{index}")),
            Subject::Payload(index) => serializer.collect_str(&format_args!("payload/{index}")),
        }
    }
}

/// Where on a machine-readable zone a check looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u8,
    /// The first column, from 1.
    pub first: u8,
    /// The last column, inclusive.
    pub last: u8,
}

/// What a check saw, in numbers. They tell a digit or a date of the document, so `Debug` redacts them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Seen {
    /// A check digit: the character as printed and the digit that the field gives.
    Digit {
        /// As printed, ASCII.
        printed: u8,
        /// As computed, 0 to 9.
        computed: u8,
    },
    /// Days until the date that the check is about; negative if it has passed.
    DaysLeft(i32),
    /// A likelihood ratio that the reporter's error rates give, in centibans.
    Weight(i32),
}

impl core::fmt::Debug for Seen {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Seen([redacted])")
    }
}

/// What stands behind a check: place, sight, reporter, and the age of the data it used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Evidence {
    /// Where the check looked.
    pub place: Option<Place>,
    /// In which file of the chip.
    pub part: Option<Part>,
    /// What it saw.
    pub seen: Option<Seen>,
    /// Who reported it, if the engine did not see it itself.
    pub reporter: Option<crate::fact::Reporter>,
    /// Age in days of the list or certificate that was used.
    pub age_days: Option<i32>,
    /// The issuer's own deviation list states the defect that this check found.
    pub deviation_listed: bool,
}

impl Evidence {
    const fn is_empty(self) -> bool {
        self.place.is_none()
            && self.part.is_none()
            && self.seen.is_none()
            && self.reporter.is_none()
            && self.age_days.is_none()
            && !self.deviation_listed
    }
}

impl Serialize for Evidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(place) = self.place {
            map.serialize_entry("line", &place.line)?;
            map.serialize_entry("columns", &[place.first, place.last])?;
        }
        if let Some(part) = self.part {
            map.serialize_entry("file", &format_args!("{part}"))?;
        }
        match self.seen {
            Some(Seen::Digit { printed, computed }) => {
                map.serialize_entry("printed", &char::from(printed))?;
                map.serialize_entry("computed", &char::from(b'0' + computed % 10))?;
            }
            Some(Seen::DaysLeft(days)) => map.serialize_entry("days_left", &days)?,
            Some(Seen::Weight(centibans)) => map.serialize_entry("weight", &centibans)?,
            None => {}
        }
        if let Some(reporter) = self.reporter {
            map.serialize_entry("reporter", &reporter)?;
        }
        if let Some(days) = self.age_days {
            map.serialize_entry("age_days", &days)?;
        }
        if self.deviation_listed {
            map.serialize_entry("deviation_listed", &true)?;
        }
        map.end()
    }
}

/// One question, its answer and the reason for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Check {
    /// Which question.
    pub id: CheckId,
    /// The answer.
    pub outcome: Outcome,
    /// Why it is so.
    pub reason: Reason,
    /// To which of the three questions it speaks; the catalogue fixes it.
    pub axis: Axis,
    /// Whom or what it is about.
    pub subject: Subject,
    /// The clause of the standard that it stands on.
    pub clause: &'static str,
    /// What it rests on.
    #[serde(skip_serializing_if = "Evidence::is_absent")]
    pub evidence: Evidence,
}

impl Evidence {
    fn is_absent(evidence: &Evidence) -> bool {
        evidence.is_empty()
    }
}

impl Check {
    /// A check about `subject`; axis and clause come from the catalogue.
    #[must_use]
    pub const fn new(id: CheckId, subject: Subject, outcome: Outcome, reason: Reason) -> Self {
        let entry = id.entry();
        Self {
            id,
            outcome,
            reason,
            axis: entry.axis,
            subject,
            clause: entry.clause,
            evidence: Evidence {
                place: None,
                part: None,
                seen: None,
                reporter: None,
                age_days: None,
                deviation_listed: false,
            },
        }
    }

    /// The same check, having looked at `place`.
    #[must_use]
    pub const fn at(mut self, place: Place) -> Self {
        self.evidence.place = Some(place);
        self
    }

    /// The same check, having looked into the file `part`.
    #[must_use]
    pub const fn in_file(mut self, part: Part) -> Self {
        self.evidence.part = Some(part);
        self
    }

    /// The same check, having seen `seen`.
    #[must_use]
    pub const fn seeing(mut self, seen: Seen) -> Self {
        self.evidence.seen = Some(seen);
        self
    }

    /// The same check, having used data that was `days` old.
    #[must_use]
    pub const fn aged(mut self, days: i32) -> Self {
        self.evidence.age_days = Some(days);
        self
    }

    /// The same check, resting on what `reporter` said.
    #[must_use]
    pub const fn reported_by(mut self, reporter: crate::fact::Reporter) -> Self {
        self.evidence.reporter = Some(reporter);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn only_passed_maps_to_success_in_every_vocabulary() {
        for outcome in Outcome::ALL {
            let passed = *outcome == Outcome::Passed;
            assert_eq!(outcome.tr03135() == "successful", passed);
            assert_eq!(outcome.three_valued() == "ok", passed);
            assert_eq!(outcome.rank() == 2, passed);
        }
    }

    #[test]
    fn every_check_has_one_number_one_name_and_an_entry() {
        let numbers: HashSet<_> = CheckId::ALL.iter().map(|id| id.number()).collect();
        let names: HashSet<_> = CheckId::ALL.iter().map(|id| id.name()).collect();
        assert_eq!((numbers.len(), names.len()), (CheckId::ALL.len(), CheckId::ALL.len()));
        for id in CheckId::ALL {
            assert!(!id.entry().title.is_empty() && !id.entry().clause.is_empty(), "{id}");
        }
    }

    #[test]
    fn a_check_is_written_with_its_place_and_without_empty_evidence() {
        let subject = Subject::Document(1);
        let check = Check::new(CheckId::MrzCalendar, subject, Outcome::Failed, Reason::ImpossibleDate);
        let bare = serde_json::to_string(&check).unwrap();
        assert!(!bare.contains("evidence") && bare.contains(r#""subject":"document/1""#), "{bare}");
        let placed = serde_json::to_string(&check.at(Place { line: 2, first: 14, last: 19 })).unwrap();
        assert!(placed.contains(r#""evidence":{"line":2,"columns":[14,19]}"#), "{placed}");
        let filed = serde_json::to_string(&check.in_file(Part::Dg(2))).unwrap();
        assert!(filed.contains(r#""evidence":{"file":"dg2"}"#), "{filed}");
    }
}
