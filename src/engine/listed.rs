//! Defects that an issuer has listed of its own documents, applied to the checks that they explain.
//!
//! A check that a listed defect explains says so in its evidence. Its failure becomes undetermined only where the policy
//! names the check, and never passed. A wrong hash needs more: an entry that names the documents by number or day
//! of issue. That a chip's key is known to others works the other way: a passed active authentication proves nothing then.

use crate::check::{Check, CheckId, Outcome, Reason};
use crate::error::Part;
use crate::pki::ListedDefect;

/// Reasons with which active authentication passes: answered here, answered with a deviation, asserted by the reader.
const BY_ACTIVE_AUTHENTICATION: [Reason; 3] =
    [Reason::ChipAnswered, Reason::ChipAnsweredDeviating, Reason::ActiveAuthenticationAsserted];

/// Applies `defects`, each with whether its entry names documents, to the checks of one document.
pub(super) fn apply<'c>(
    checks: impl Iterator<Item = &'c mut Check>,
    defects: &[(ListedDefect, bool)],
    softens: impl Fn(CheckId) -> bool,
) {
    for check in checks {
        for (defect, ranged) in defects {
            one(check, *defect, *ranged, &softens);
        }
    }
}

fn one(check: &mut Check, defect: ListedDefect, ranged: bool, softens: &impl Fn(CheckId) -> bool) {
    if defect == ListedDefect::ActiveAuthenticationKey {
        let passed = check.id == CheckId::ChipAuthentic && check.outcome == Outcome::Passed;
        if passed && BY_ACTIVE_AUTHENTICATION.contains(&check.reason) {
            check.outcome = Outcome::Undetermined;
            check.reason = Reason::ActiveAuthenticationKeyCompromised;
            check.evidence.deviation_listed = true;
        }
        return;
    }
    if check.outcome == Outcome::Passed || !explains(defect, check) {
        return;
    }
    check.evidence.deviation_listed = true;
    let allowed = check.id != CheckId::SodDataGroupHash || ranged;
    if check.outcome == Outcome::Failed && allowed && softens(check.id) {
        check.outcome = Outcome::Undetermined;
    }
}

/// Whether the defect is one that makes this check come out otherwise.
fn explains(defect: ListedDefect, check: &Check) -> bool {
    let group = |number| check.id == CheckId::SodDataGroupHash && check.evidence.part == Some(Part::Dg(number));
    match defect {
        ListedDefect::SignerSignature => check.id == CheckId::SodPath && check.reason == Reason::IssuerSignatureWrong,
        ListedDefect::SignerEncoding | ListedDefect::AuthorityEncoding => check.id == CheckId::SodProfile,
        ListedDefect::DataGroupHash(number) => group(number) && check.reason == Reason::HashDiffers,
        ListedDefect::SecurityObjectSignature => {
            check.id == CheckId::SodSignature && check.reason == Reason::SignatureWrong
        }
        ListedDefect::ComInconsistent => check.id == CheckId::CrossComSod,
        ListedDefect::ZoneCheckDigit(field) => digit(field).contains(&check.id),
        ListedDefect::ZoneData(field) => data(field).contains(&check.id),
        _ => false,
    }
}

/// The check digits that a field of Doc 9303-12 §10.3 stands for; 0 is any.
const fn digit(field: u8) -> &'static [CheckId] {
    use CheckId::{
        MrzCheckDigitBirthDate, MrzCheckDigitComposite, MrzCheckDigitDocumentNumber, MrzCheckDigitExpiryDate,
        MrzCheckDigitOptionalData,
    };
    match field {
        4 => &[MrzCheckDigitDocumentNumber, MrzCheckDigitComposite],
        6 => &[MrzCheckDigitBirthDate, MrzCheckDigitComposite],
        8 => &[MrzCheckDigitExpiryDate, MrzCheckDigitComposite],
        9 => &[MrzCheckDigitOptionalData, MrzCheckDigitComposite],
        0 => &[
            MrzCheckDigitDocumentNumber,
            MrzCheckDigitBirthDate,
            MrzCheckDigitExpiryDate,
            MrzCheckDigitOptionalData,
            MrzCheckDigitComposite,
        ],
        _ => &[],
    }
}

/// The checks on the data of a field.
const fn data(field: u8) -> &'static [CheckId] {
    match field {
        1 => &[CheckId::MrzDocumentCode],
        2 | 5 => &[CheckId::MrzCodes],
        3 => &[CheckId::MrzName],
        6 | 8 => &[CheckId::MrzCalendar],
        7 => &[CheckId::MrzSex],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Subject;

    const SUBJECT: Subject = Subject::Document(1);

    fn applied(check: Check, defect: ListedDefect, ranged: bool, softens: bool) -> (Outcome, bool) {
        let mut checks = [check];
        apply(checks.iter_mut(), &[(defect, ranged)], |_| softens);
        (checks[0].outcome, checks[0].evidence.deviation_listed)
    }

    #[test]
    fn a_wrong_hash_needs_the_policy_and_an_entry_that_names_its_documents() {
        let check = Check::new(CheckId::SodDataGroupHash, SUBJECT, Outcome::Failed, Reason::HashDiffers);
        let check = check.in_file(Part::Dg(2));
        let defect = ListedDefect::DataGroupHash(2);
        assert_eq!(applied(check, defect, true, true), (Outcome::Undetermined, true));
        assert_eq!(applied(check, defect, true, false), (Outcome::Failed, true));
        assert_eq!(applied(check, defect, false, true), (Outcome::Failed, true));
        assert_eq!(applied(check, ListedDefect::DataGroupHash(3), true, true), (Outcome::Failed, false));
        let unlisted = Check { reason: Reason::NotListed, ..check };
        assert_eq!(applied(unlisted, defect, true, true), (Outcome::Failed, false));
    }

    #[test]
    fn no_listed_defect_makes_anything_pass_and_a_compromised_key_takes_a_pass_away() {
        let passed = |reason| Check::new(CheckId::ChipAuthentic, SUBJECT, Outcome::Passed, reason);
        let key = ListedDefect::ActiveAuthenticationKey;
        assert_eq!(applied(passed(Reason::Confirmed), key, true, true), (Outcome::Passed, false), "by another proof");
        let every = [
            key,
            ListedDefect::SignerSignature,
            ListedDefect::SecurityObjectSignature,
            ListedDefect::ComInconsistent,
            ListedDefect::ZoneCheckDigit(0),
            ListedDefect::ZoneData(3),
            ListedDefect::Other,
        ];
        for id in CheckId::ALL {
            for outcome in Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Passed) {
                for reason in [Reason::SignatureWrong, Reason::IssuerSignatureWrong, Reason::HashDiffers] {
                    let check = Check::new(*id, SUBJECT, *outcome, reason);
                    assert!(every.iter().all(|one| applied(check, *one, true, true).0 != Outcome::Passed), "{id}");
                }
            }
        }
    }
}
