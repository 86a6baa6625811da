//! Passive authentication: whether the files of a chip are those that the issuer signed (Doc 9303-11 §5.1).
//!
//! [`verify`] takes the files that a reader took off the chip and answers every question about EF.SOD with a
//! [`Check`], each apart from the others:
//!
//! ```text
//! sod.signature          did its signers sign this security object         sod.country        one country throughout
//! sod.path               does the signer lead to a trusted anchor          sod.profile        written as the standard says
//! sod.data_group_hash    is each file the one that was signed              sod.document_type  may it sign for this kind
//! sod.validity.*         when were signer and anchor valid                 sod.revocation     is the signer revoked
//! ```
//!
//! Every one of them is answered, whatever comes in; what could not be asked says why. Expiry never spoils the path,
//! and not knowing an anchor is not an accusation. A security object may have several signers: all of them have to
//! hold, and the worst answer counts.
//!
//! SHA-1, RSA below 2048 bits and curves below 224 pass only for what was made before a day that the caller states
//! ([`Terms::weak_until`]), by the later of signing time and the beginning of the signer's validity.
//!
//! Not done: LDS2 objects. The signer's period of private-key use is held against the date of issue in
//! [`cross`](crate::cross).
//!
//! Hostile input could bring two files for one place (they contradict, unless they are the same), a file that nobody
//! signed (it fails), a security object of another country (`sod.country`), or none at all (nothing passes). Nothing
//! inside the document is trusted; only what [`TrustStore`] holds is.

mod hash;
mod listed;
mod path;
mod revocation;
mod scope;
mod signer;

pub use listed::listed_defects;

use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::date::{Date, Time};
use crate::deviation::Deviations;
use crate::error::Part;
use crate::lds::{Content, ElementaryFile, Kind, SecurityObjectFile};
use crate::pki::TrustStore;
use crate::pki::signed::certificates;
use signer::Signer;

/// An answer and the reason for it.
type Verdict = (Outcome, Reason);

/// What the caller states and no document can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The time of the inspection.
    pub at: Time,
    /// Weak algorithms are good enough for what was made before this day.
    pub weak_until: Date,
}

/// Verifies the files of one chip.
///
/// `files` are all that were read, in any order; those that are no data groups and not EF.SOD are passed over. Whether
/// there is a chip at all is the caller's to know.
///
/// ```
/// use landfall::check::{CheckId, Outcome, Subject};
/// use landfall::date::{Date, Time};
/// use landfall::passive::{Terms, verify};
/// use landfall::pki::TrustStore;
///
/// let at = Time::parse("2026-11-01T12:00:00Z")?;
/// let terms = Terms { at, weak_until: at.date() };
/// let checks = verify(&[], &TrustStore::new(), &terms, Subject::Document(1));
/// assert!(checks.iter().any(|check| check.id == CheckId::SodSignature));
/// assert!(checks.iter().all(|check| check.outcome != Outcome::Passed));
/// # Ok::<(), landfall::Error>(())
/// ```
#[must_use]
pub fn verify(files: &[ElementaryFile<'_>], store: &TrustStore, terms: &Terms, subject: Subject) -> Vec<Check> {
    verify_noting(files, store, terms, subject, &mut Deviations::new())
}

/// As [`verify`]; everything that was tolerated in EF.SOD and its signers is noted in `seen`.
pub fn verify_noting(
    files: &[ElementaryFile<'_>],
    store: &TrustStore,
    terms: &Terms,
    subject: Subject,
    seen: &mut Deviations,
) -> Vec<Check> {
    let mut of_object = Deviations::new();
    let checks = match security_object(files, &mut of_object) {
        Ok(object) => {
            let verification = Verification { files, object: &object, store, terms, subject };
            verification.checks(&mut of_object)
        }
        Err(trouble) => without_object(trouble, subject),
    };
    seen.absorb(&of_object);
    checks
}

/// The one security object of the chip, or why there is none.
fn security_object<'a>(
    files: &[ElementaryFile<'a>],
    seen: &mut Deviations,
) -> Result<Box<SecurityObjectFile<'a>>, Verdict> {
    let mut objects = files.iter().filter(|file| file.kind() == Kind::Sod);
    let first = objects.next().ok_or((Outcome::Aborted, Reason::SodMissing))?;
    if objects.any(|other| other.bytes() != first.bytes()) {
        return Err((Outcome::Failed, Reason::FilesContradict));
    }
    match first.content(seen) {
        Ok(Content::Sod(object)) => Ok(object),
        _ => Err((Outcome::Undetermined, Reason::SodUnreadable)),
    }
}

/// Every check, where there is no security object to make them on.
fn without_object((outcome, reason): Verdict, subject: Subject) -> Vec<Check> {
    let open = match outcome {
        Outcome::Failed => Outcome::Undetermined,
        other => other,
    };
    let rows = [
        (CheckId::SodSignature, outcome),
        (CheckId::SodPath, open),
        (CheckId::SodDataGroupHash, open),
        (CheckId::SodValiditySignerAtIssue, Outcome::NotPerformed),
        (CheckId::SodValiditySignerNow, Outcome::NotPerformed),
        (CheckId::SodValidityAnchor, Outcome::NotPerformed),
        (CheckId::SodRevocation, Outcome::NotPerformed),
        (CheckId::SodCountry, Outcome::NotPerformed),
        (CheckId::SodProfile, Outcome::NotPerformed),
        (CheckId::SodDocumentType, Outcome::NotPerformed),
        (CheckId::SodValidityDocument, Outcome::NotPerformed),
    ];
    rows.into_iter().map(|(id, outcome)| Check::new(id, subject, outcome, reason).in_file(Part::Sod)).collect()
}

/// The worst of several answers; the first of equally bad ones.
fn worst(verdicts: impl Iterator<Item = Verdict>) -> Option<Verdict> {
    verdicts.min_by_key(|(outcome, _)| outcome.rank())
}

/// One security object, and everything that it is held against.
struct Verification<'v, 'a> {
    files: &'v [ElementaryFile<'a>],
    object: &'v SecurityObjectFile<'a>,
    store: &'v TrustStore,
    terms: &'v Terms,
    subject: Subject,
}

impl Verification<'_, '_> {
    fn checks(&self, seen: &mut Deviations) -> Vec<Check> {
        let signed = &self.object.signed;
        let certificates = certificates(signed, seen);
        let signers: Vec<Signer<'_>> =
            (signed.signers.iter()).map(|info| Signer::of(info, signed, &certificates, self, seen)).collect();
        let mut checks = self.of_signers(&signers);
        checks.extend(self.of_document(&signers, seen));
        let made = signers.iter().filter_map(Signer::made_at).max();
        checks.extend(hash::checks(self, made));
        checks
    }

    fn check(&self, id: CheckId, (outcome, reason): Verdict) -> Check {
        Check::new(id, self.subject, outcome, reason).in_file(Part::Sod)
    }

    /// What every signer answers for itself.
    fn of_signers(&self, signers: &[Signer<'_>]) -> Vec<Check> {
        let at = self.terms.at;
        let ask = |id, none: Outcome, answer: &dyn Fn(&Signer<'_>) -> Verdict| {
            let verdict = worst(signers.iter().map(answer));
            self.check(id, verdict.unwrap_or((none, Reason::SodUnsigned)))
        };
        let mut checks = vec![
            ask(CheckId::SodSignature, Outcome::Failed, &|signer| signer.signature),
            ask(CheckId::SodPath, Outcome::Undetermined, &|signer| signer.path_verdict()),
            ask(CheckId::SodValiditySignerAtIssue, Outcome::NotPerformed, &|signer| path::signer_at_issue(signer, at)),
            ask(CheckId::SodValiditySignerNow, Outcome::NotPerformed, &|signer| path::signer_now(signer, at)),
            ask(CheckId::SodValidityAnchor, Outcome::NotPerformed, &|signer| path::anchor(signer, at)),
        ];
        checks.push(revocation::check(self, signers));
        if signers.iter().any(Signer::ends_at_test_anchor) {
            let verdict = (Outcome::Failed, Reason::TestAnchor);
            checks.push(self.check(CheckId::DocumentSpecimen, verdict));
        }
        checks
    }

    /// How signers, document and standard fit together.
    fn of_document(&self, signers: &[Signer<'_>], seen: &Deviations) -> Vec<Check> {
        let zone = scope::zone(self.files);
        let unsigned = (Outcome::NotPerformed, Reason::SodUnsigned);
        let country = worst(signers.iter().map(|signer| scope::country(signer, zone.as_ref())));
        let document_type = worst(signers.iter().map(|signer| scope::document_type(signer, zone.as_ref())));
        let at = self.terms.at;
        let outlives = worst(signers.iter().map(|signer| path::document(signer, zone.as_ref(), at)));
        vec![
            self.check(CheckId::SodValidityDocument, outlives.unwrap_or(unsigned)),
            self.check(CheckId::SodCountry, country.unwrap_or(unsigned)),
            self.check(CheckId::SodProfile, scope::profile(seen)),
            self.check(CheckId::SodDocumentType, document_type.unwrap_or(unsigned)),
        ]
    }
}

#[cfg(test)]
mod tests;
