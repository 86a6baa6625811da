//! Findings: the checks that were made, and one not performed for each that was expected and is missing.
//!
//! Sorting is what makes everything after it independent of the order of evidence, and finding a check cheap. The
//! sorting key is one number, because this is most of the work of judging.

use crate::check::{Check, CheckId, Outcome, Reason, Subject};

/// Something that the engine derived must be checked in this inspection.
///
/// It is answered by any check of that name about that subject, whatever its outcome; what is not possible is answered
/// by a check that says why. What nobody answered is a gap that no profile accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expected {
    /// Which check.
    pub id: CheckId,
    /// About whom or what.
    pub subject: Subject,
}

/// All checks of an inspection, sorted by check, subject, outcome and reason.
pub(super) struct Findings {
    all: Vec<Check>,
    /// Whether something expected was not even answered.
    pub missing: bool,
}

/// How many bits of a sorting key the answer takes: 7 for the outcome, 20 for the reason.
const ANSWER: u32 = 27;

/// Check and subject in one number, ordered as both are.
fn question(id: CheckId, subject: Subject) -> u64 {
    let subject = match subject {
        Subject::Inspection => 0,
        Subject::Traveller => 1,
        Subject::Document(index) => 2 + u64::from(index),
        Subject::Payload(index) => 258 + u64::from(index),
    };
    u64::from(id.number()) << 10 | subject
}

/// Question and answer in one number, ordered as check, subject, outcome and reason are.
fn key(check: &Check) -> u64 {
    let answer = u64::from(check.outcome.number()) << 20 | u64::from(check.reason.number());
    question(check.id, check.subject) << ANSWER | answer
}

impl Findings {
    /// Sorts `checks` and adds what is `expected` and not among them, as not performed.
    ///
    /// Both may be long and may repeat; the work is that of sorting them.
    pub fn new(checks: &[Check], expected: &[Expected]) -> Self {
        let order = |checks: &[Check]| {
            let mut order: Vec<_> = checks.iter().map(key).zip(0_usize..).collect();
            order.sort_unstable();
            order
        };
        let known = order(checks);
        let is_missing = |item: &&Expected| {
            let question = question(item.id, item.subject);
            known.binary_search_by_key(&question, |(key, _)| key >> ANSWER).is_err()
        };
        let unanswered =
            |item: &Expected| Check::new(item.id, item.subject, Outcome::NotPerformed, Reason::NothingGiven);
        let mut all = Vec::with_capacity(checks.len().saturating_add(expected.len()));
        all.extend(known.iter().filter_map(|(_, place)| checks.get(*place)));
        all.extend(expected.iter().filter(is_missing).map(unanswered));
        let missing = all.len() > checks.len();
        if missing {
            all = order(&all).iter().filter_map(|(_, place)| all.get(*place).copied()).collect();
        }
        Self { all, missing }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Check> {
        self.all.iter()
    }

    /// All of them, the same check on several subjects together.
    pub fn by_check(&self) -> impl Iterator<Item = &[Check]> {
        self.all.chunk_by(|a, b| a.id == b.id)
    }

    /// Those of one check.
    pub fn of(&self, id: CheckId) -> impl Iterator<Item = &Check> {
        let start = self.all.partition_point(|check| check.id < id);
        self.all.iter().skip(start).take_while(move |check| check.id == id)
    }

    /// The documents of the inspection.
    pub fn documents(&self) -> Vec<Subject> {
        let mut documents = Vec::new();
        for check in &self.all {
            if matches!(check.subject, Subject::Document(_)) && !documents.contains(&check.subject) {
                documents.push(check.subject);
            }
        }
        documents.sort_unstable();
        documents
    }
}

/// Whether a check came to no conclusion that it should have come to.
pub(super) const fn is_gap(check: &Check) -> bool {
    !matches!(check.outcome, Outcome::Passed | Outcome::Failed | Outcome::NotPresent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_room_in_a_sorting_key() {
        assert!(CheckId::ALL.iter().all(|id| id.number() < 1 << (64 - 9 - ANSWER)));
        assert!(Outcome::ALL.iter().all(|outcome| outcome.number() < 1 << 7));
        assert!(Reason::ALL.iter().all(|reason| reason.number() < 1 << 20));
    }
}
