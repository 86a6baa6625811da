//! Whether the signer is revoked, by lists that its own country's anchors have verified (Doc 9303-11 §5.1.1 step 9).
//!
//! Whoever is named fails, whenever that was: a key that is not its owner's alone may have signed anything under any
//! date. Not being named passes under a current list only; every other state says which one it is, and by how many days a
//! list is overdue, for a policy to weigh.

use super::Verification;
use super::signer::Signer;
use crate::check::{Check, CheckId, Outcome, Reason, Seen};
use crate::date::Time;
use crate::pki::Standing;

/// The answer for all signers: the worst counts.
pub(super) fn check(context: &Verification<'_, '_>, signers: &[Signer<'_>]) -> Check {
    let answers = signers.iter().map(|signer| of_signer(context, signer));
    let unsigned = || context.check(CheckId::SodRevocation, (Outcome::NotPerformed, Reason::SodUnsigned));
    answers.min_by_key(|check| check.outcome.rank()).unwrap_or_else(unsigned)
}

fn of_signer(context: &Verification<'_, '_>, signer: &Signer<'_>) -> Check {
    let answer = |outcome, reason| context.check(CheckId::SodRevocation, (outcome, reason));
    let Some(certificate) = signer.certificate else {
        return answer(Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    let Some(path) = signer.road.as_ref().and_then(|road| road.path) else {
        return answer(Outcome::NotPerformed, Reason::NoPath);
    };
    let at = context.terms.at;
    let aged = |check: Check, issued: Time| check.aged(days(issued, at));
    let due_in = |check: Check, due: Time| check.seeing(Seen::DaysLeft(days(at, due)));
    match context.store.standing(certificate, &path, at) {
        Standing::Revoked { issued, .. } => aged(answer(Outcome::Failed, Reason::SignerRevoked), issued),
        Standing::Current { issued, due } => due_in(aged(answer(Outcome::Passed, Reason::Confirmed), issued), due),
        Standing::Stale { issued, due } => {
            due_in(aged(answer(Outcome::NotPerformed, Reason::RevocationListStale), issued), due)
        }
        Standing::NotYetIssued { issued } => aged(answer(Outcome::Undetermined, Reason::TimeBeforeMaterial), issued),
        Standing::Partial => answer(Outcome::NotPerformed, Reason::RevocationListPartial),
        Standing::NeverPublished => answer(Outcome::NotPerformed, Reason::RevocationListNeverPublished),
        Standing::Unobtainable { waiting: true } => answer(Outcome::NotPerformed, Reason::RevocationListUnverified),
        Standing::Unobtainable { waiting: false } => answer(Outcome::NotPerformed, Reason::NoRevocationList),
    }
}

/// Days from one moment to another, begun days counted as whole ones where they lie in the past.
fn days(from: Time, to: Time) -> i32 {
    let days = to.unix().saturating_sub(from.unix()).div_euclid(86_400);
    i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
}
