//! What was to be expected of an inspection, derived from the documents and from nothing that the caller says.
//!
//! Judgement holds the checks against this list: whatever is on it and was not made is a gap, and no gap clears.

use crate::assess::Expected;
use crate::check::{CheckId, Subject};
use crate::mrz::DocumentKind;

/// What every zone's text is held against.
const OF_EVERY_ZONE: [CheckId; 13] = [
    CheckId::MrzCheckDigitDocumentNumber,
    CheckId::MrzCheckDigitBirthDate,
    CheckId::MrzCheckDigitExpiryDate,
    CheckId::MrzCheckDigitOptionalData,
    CheckId::MrzCheckDigitComposite,
    CheckId::MrzCalendar,
    CheckId::MrzCodes,
    CheckId::MrzDocumentCode,
    CheckId::MrzCharacters,
    CheckId::MrzName,
    CheckId::MrzSex,
    CheckId::DocumentExpiry,
    CheckId::DocumentSpecimen,
];

/// What a look at the page gives, whatever the document.
const OF_EVERY_PAGE: [CheckId; 4] =
    [CheckId::OpticalMrzInfrared, CheckId::OpticalUltraviolet, CheckId::OpticalAuthenticity, CheckId::AlertDocument];

/// What a chip gives.
pub(super) const OF_A_CHIP: [CheckId; 5] =
    [CheckId::ChipExpected, CheckId::SodSignature, CheckId::SodPath, CheckId::SodDataGroupHash, CheckId::ChipAuthentic];

const OF_THE_TRAVELLER: [CheckId; 3] = [CheckId::HolderComparison, CheckId::AlertPerson, CheckId::RuleEntry];

/// Whether documents of this kind hold a chip unless they show otherwise.
pub(super) const fn may_hold_a_chip(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Passport | DocumentKind::IdentityCard | DocumentKind::Other)
}

/// What a chip gives that was read, whatever kind of document it is in.
const OF_A_CHIP_THAT_WAS_READ: [CheckId; 1] = [CheckId::ChipAccess];

/// The expected checks for documents of these kinds, of which some have a chip that was read.
pub(super) fn derive(documents: &[(u8, DocumentKind, bool)]) -> Vec<Expected> {
    let of = |subject: Subject| move |id: &CheckId| Expected { id: *id, subject };
    let of_inspection = [CheckId::EngineClock, CheckId::EngineInput];
    let mut expected: Vec<_> = of_inspection.iter().map(of(Subject::Inspection)).collect();
    for (number, kind, chip_read) in documents {
        let subject = Subject::Document(*number);
        expected.extend(OF_EVERY_ZONE.iter().map(of(subject)));
        expected.extend(OF_EVERY_PAGE.iter().map(of(subject)));
        if *chip_read || may_hold_a_chip(*kind) {
            expected.extend(OF_A_CHIP.iter().map(of(subject)));
        }
        if *chip_read {
            expected.extend(OF_A_CHIP_THAT_WAS_READ.iter().map(of(subject)));
        }
    }
    expected.extend(OF_THE_TRAVELLER.iter().map(of(Subject::Traveller)));
    expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passport_is_expected_to_hold_a_chip_and_a_visa_is_not() {
        let expects =
            |kind, read| derive(&[(1, kind, read)]).iter().any(|expected| expected.id == CheckId::ChipAuthentic);
        assert!(expects(DocumentKind::Passport, false) && expects(DocumentKind::Other, false));
        assert!(!expects(DocumentKind::Visa, false) && expects(DocumentKind::Visa, true));
    }

    #[test]
    fn nothing_read_still_leaves_the_traveller_to_be_checked() {
        let ids: Vec<_> = derive(&[]).iter().map(|expected| expected.id).collect();
        assert!(ids.contains(&CheckId::HolderComparison) && ids.contains(&CheckId::AlertPerson));
    }
}
