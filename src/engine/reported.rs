//! From the host's facts to checks.
//!
//! Several reporters may speak to one check: the worst outcome counts, and where they contradict each other that
//! is said. A host can only report what the catalogue marks as reportable, and what it did not report comes out
//! as not performed, with the reason.

use super::centiban::ratio_in_centibans;
use super::expected::{OF_A_CHIP, may_hold_a_chip};
use crate::check::{Check, CheckId, Outcome, Reason, Seen, Subject};
use crate::fact::{Claim, Comparison, Fact};
use crate::mrz::DocumentKind;

/// Rates are counted per million.
const MILLION: u32 = 1_000_000;

/// Checks of a document that a host may report, and why they are missing when it does not.
const DOCUMENT_REPORTS: [(CheckId, Reason); 4] = [
    (CheckId::OpticalMrzInfrared, Reason::NothingGiven),
    (CheckId::OpticalUltraviolet, Reason::NothingGiven),
    (CheckId::OpticalAuthenticity, Reason::NothingGiven),
    (CheckId::AlertDocument, Reason::NoListLoaded),
];

const TRAVELLER_REPORTS: [(CheckId, Reason); 2] =
    [(CheckId::AlertPerson, Reason::NoListLoaded), (CheckId::RuleEntry, Reason::NoRulesLoaded)];

/// Whether a fact can be about anything: its check may be reported, and of a document or of the traveller as it says.
pub(super) fn is_sound(fact: Fact, most_documents: usize) -> bool {
    let possible = |number: u8| (1..=most_documents).contains(&usize::from(number));
    match fact.claim {
        Claim::Specimen { document }
        | Claim::ChipSymbol { document, .. }
        | Claim::ChipAccess { document, .. }
        | Claim::ChipProof { document, .. }
        | Claim::ChipFileUnread { document, .. } => possible(document),
        Claim::CheckResult { check, document, .. } => {
            let of_traveller = TRAVELLER_REPORTS.iter().any(|(id, _)| *id == check);
            check.entry().reportable && document.is_none() == of_traveller && document.is_none_or(possible)
        }
        Claim::HolderComparison { .. } | Claim::FaceDecision { .. } => true,
    }
}

pub(super) fn is_marked_specimen(facts: &[Fact], number: u8) -> bool {
    facts.iter().any(|fact| matches!(fact.claim, Claim::Specimen { document } if document == number))
}

/// The checks of document `number` that rest on facts, on pictures that the engine has `seen`, or on the absence of both.
pub(super) fn document_checks(facts: &[Fact], seen: &[Check], number: u8, checks: &mut Vec<Check>) {
    let subject = Subject::Document(number);
    let of_document = || seen.iter().filter(|check| check.subject == subject);
    for (id, missing) in DOCUMENT_REPORTS {
        let own = of_document().filter(|check| check.id == id);
        checks.push(reported(facts, own, id, subject, Some(number), missing));
    }
    let reportable = |check: &&Check| DOCUMENT_REPORTS.iter().any(|(id, _)| *id == check.id);
    checks.extend(of_document().filter(|check| !reportable(check)));
}

/// What was reported of documents that were not read: it may not get lost, and it cannot be in favour of anything.
pub(super) fn orphaned_checks(facts: &[Fact], documents: usize, checks: &mut Vec<Check>) {
    for fact in facts {
        let (number, check, outcome, reason) = match fact.claim {
            Claim::CheckResult { check, outcome, document: Some(number) } => {
                (number, check, outcome, Reason::HostAsserted)
            }
            Claim::ChipAccess { document, .. }
            | Claim::ChipProof { document, .. }
            | Claim::ChipFileUnread { document, .. } => {
                (document, CheckId::ChipExpected, Outcome::NotPerformed, Reason::ChipNotRead)
            }
            _ => continue,
        };
        if usize::from(number) > documents && outcome != Outcome::Passed {
            let check = Check::new(check, Subject::Document(number), outcome, reason).reported_by(fact.reporter);
            if !checks.contains(&check) {
                checks.push(check);
            }
        }
    }
}

/// The checks of the traveller that rest on facts, or on their absence.
pub(super) fn traveller_checks(facts: &[Fact], checks: &mut Vec<Check>) {
    for (id, missing) in TRAVELLER_REPORTS {
        checks.push(reported(facts, [].iter(), id, Subject::Traveller, None, missing));
    }
    checks.push(comparison(facts));
    checks.push(face(facts));
}

/// The worst of several verdicts, whatever order they came in; where one passed and another failed, that is said.
fn worst(verdicts: impl Iterator<Item = Check>, missing: Check) -> Check {
    let all: Vec<_> = verdicts.collect();
    let told = |outcome| all.iter().any(|check| check.outcome == outcome);
    let disagree = told(Outcome::Passed) && told(Outcome::Failed);
    let weight = |check: &Check| match check.evidence.seen {
        Some(Seen::Weight(weight)) => weight,
        _ => 0,
    };
    let order =
        |check: &&Check| (check.outcome.rank(), check.outcome, weight(check), check.evidence.reporter, check.reason);
    match all.iter().min_by_key(order) {
        Some(worst) if disagree => Check { reason: Reason::ReportersDisagree, ..*worst },
        Some(worst) => *worst,
        None => missing,
    }
}

/// The worst of what reporters say of a check and what the engine saw itself.
fn reported<'c>(
    facts: &[Fact],
    seen: impl Iterator<Item = &'c Check>,
    id: CheckId,
    subject: Subject,
    number: Option<u8>,
    missing: Reason,
) -> Check {
    let verdicts = facts.iter().filter_map(|fact| match fact.claim {
        Claim::CheckResult { check, outcome, document } if check == id && document == number => {
            Some(Check::new(id, subject, outcome, Reason::HostAsserted).reported_by(fact.reporter))
        }
        _ => None,
    });
    worst(verdicts.chain(seen.copied()), Check::new(id, subject, Outcome::NotPerformed, missing))
}

/// No chip was read: whether one was to be expected, and what follows for the checks that need it.
///
/// A document of a kind that holds no chip needs none, unless somebody saw a chip symbol on it or tried to read a chip.
pub(super) fn chip_checks(facts: &[Fact], number: u8, kind: DocumentKind, checks: &mut Vec<Check>) {
    let subject = Subject::Document(number);
    let told = |wanted: bool| {
        let mut reporters = facts.iter().filter_map(|fact| match fact.claim {
            Claim::ChipSymbol { document, seen } if document == number && seen == wanted => Some(fact.reporter),
            Claim::ChipAccess { document, .. }
            | Claim::ChipProof { document, .. }
            | Claim::ChipFileUnread { document, .. }
                if document == number && wanted =>
            {
                Some(fact.reporter)
            }
            _ => None,
        });
        reporters.next()
    };
    let (seen, absent) = (told(true), told(false));
    let verdict = match (seen, absent) {
        (Some(_), Some(_)) => (Outcome::NotPerformed, Reason::ReportersDisagree),
        (None, Some(_)) => (Outcome::NotPresent, Reason::NoChipSymbol),
        (None, None) if !may_hold_a_chip(kind) => (Outcome::NotPresent, Reason::NoChipInThisKind),
        _ => (Outcome::NotPerformed, Reason::ChipNotRead),
    };
    let reporter = seen.or(absent);
    checks.extend(OF_A_CHIP.iter().map(|id| {
        let check = Check::new(*id, subject, verdict.0, verdict.1);
        reporter.map_or(check, |reporter| check.reported_by(reporter))
    }));
}

fn comparison(facts: &[Fact]) -> Check {
    let id = CheckId::HolderComparison;
    let verdicts = facts.iter().filter_map(|fact| {
        let Claim::HolderComparison { result } = fact.claim else {
            return None;
        };
        let (outcome, reason) = match result {
            Comparison::Same => (Outcome::Passed, Reason::OfficerSaysSame),
            Comparison::Different => (Outcome::Failed, Reason::OfficerSaysDifferent),
            Comparison::Unsure => (Outcome::Undetermined, Reason::OfficerUnsure),
        };
        Some(Check::new(id, Subject::Traveller, outcome, reason).reported_by(fact.reporter))
    });
    worst(verdicts, Check::new(id, Subject::Traveller, Outcome::NotPerformed, Reason::NothingGiven))
}

fn face(facts: &[Fact]) -> Check {
    let id = CheckId::HolderFace;
    let verdicts = facts.iter().filter_map(|fact| {
        let Claim::FaceDecision { accepted, false_match_per_million, false_non_match_per_million } = fact.claim else {
            return None;
        };
        let (outcome, reason, weight) = face_verdict(accepted, false_match_per_million, false_non_match_per_million);
        let check = Check::new(id, Subject::Traveller, outcome, reason).reported_by(fact.reporter);
        Some(check.seeing(Seen::Weight(weight)))
    });
    worst(verdicts, Check::new(id, Subject::Traveller, Outcome::NotPerformed, Reason::NothingGiven))
}

/// Outcome and weight of a decision: how much likelier it is for the same person than for a stranger.
///
/// A rate of zero cannot be measured and counts as one in a million; rates with which the decision says nothing,
/// or the opposite of what it claims, make it useless.
fn face_verdict(accepted: bool, false_match: u32, false_non_match: u32) -> (Outcome, Reason, i32) {
    let (false_match, false_non_match) = (false_match.max(1), false_non_match.max(1));
    if false_match.saturating_add(false_non_match) >= MILLION {
        return (Outcome::Undetermined, Reason::FaceRatesUseless, 0);
    }
    if accepted {
        let weight = ratio_in_centibans(MILLION - false_non_match, false_match);
        (Outcome::Passed, Reason::FaceAccepted, weight)
    } else {
        let weight = ratio_in_centibans(false_non_match, MILLION - false_match);
        (Outcome::Failed, Reason::FaceRejected, weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Reporter;

    fn officer(result: Comparison) -> Fact {
        Fact { reporter: Reporter::Officer, claim: Claim::HolderComparison { result } }
    }

    #[test]
    fn of_two_officers_who_disagree_the_worse_word_counts_in_either_order() {
        let facts = [officer(Comparison::Same), officer(Comparison::Different)];
        let reversed = [facts[1], facts[0]];
        for facts in [facts, reversed] {
            let check = comparison(&facts);
            assert_eq!((check.outcome, check.reason), (Outcome::Failed, Reason::ReportersDisagree));
        }
        assert_eq!(comparison(&[]).outcome, Outcome::NotPerformed);
    }

    #[test]
    fn a_face_decision_weighs_what_its_error_rates_are_worth() {
        assert_eq!(face_verdict(true, 100, 10_000), (Outcome::Passed, Reason::FaceAccepted, 399));
        assert_eq!(face_verdict(false, 100, 10_000), (Outcome::Failed, Reason::FaceRejected, -200));
        assert_eq!(face_verdict(true, 0, 0).2, 599, "a rate of zero is not believed");
        assert_eq!(face_verdict(true, 600_000, 500_000).0, Outcome::Undetermined);
        assert_eq!(face_verdict(true, u32::MAX, u32::MAX).0, Outcome::Undetermined);
    }

    #[test]
    fn no_chip_symbol_makes_the_chip_checks_not_present_unless_somebody_saw_one() {
        let symbol = |seen| Fact { reporter: Reporter::Officer, claim: Claim::ChipSymbol { document: 1, seen } };
        let outcome = |facts: &[Fact]| {
            let mut checks = Vec::new();
            chip_checks(facts, 1, DocumentKind::Passport, &mut checks);
            checks.iter().map(|check| check.outcome).collect::<Vec<_>>()
        };
        assert_eq!(outcome(&[symbol(false)]), [Outcome::NotPresent; 5]);
        assert_eq!(outcome(&[symbol(false), symbol(true)]), [Outcome::NotPerformed; 5]);
        assert_eq!(outcome(&[]), [Outcome::NotPerformed; 5]);
    }

    #[test]
    fn a_kind_without_a_chip_needs_none_unless_somebody_saw_the_symbol() {
        let symbol = Fact { reporter: Reporter::Officer, claim: Claim::ChipSymbol { document: 1, seen: true } };
        let outcome = |facts: &[Fact]| {
            let mut checks = Vec::new();
            chip_checks(facts, 1, DocumentKind::EmergencyTravelDocument, &mut checks);
            (checks[0].outcome, checks[0].reason)
        };
        assert_eq!(outcome(&[]), (Outcome::NotPresent, Reason::NoChipInThisKind));
        assert_eq!(outcome(&[symbol]), (Outcome::NotPerformed, Reason::ChipNotRead));
    }

    #[test]
    fn of_two_face_decisions_the_weaker_counts_in_either_order() {
        let accepted = |false_match_per_million| Fact {
            reporter: Reporter::FaceMatcher,
            claim: Claim::FaceDecision { accepted: true, false_match_per_million, false_non_match_per_million: 10_000 },
        };
        let (weak, strong) = (accepted(300_000), accepted(10));
        assert_eq!(face(&[weak, strong]), face(&[strong, weak]));
        assert_eq!(face(&[weak, strong]), face(&[weak]));
    }
}
