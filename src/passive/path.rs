//! From the signer to an anchor, and when each of them was valid (Doc 9303-11 §5.1.1, Doc 9303-12 §4.1.3).
//!
//! Path and times are apart: a path of good signatures stays one when a certificate in it expires.

use super::signer::{Signer, is_weak_key, weak};
use super::{Terms, Verdict};
use crate::check::{Outcome, Reason};
use crate::crypto::{Defect, HashAlgorithm, VerifyFailure};
use crate::date::Time;
use crate::mrz::{Mrz, ShortDate};
use crate::pki::profile::Role;
use crate::pki::{Certificate, FoundBy, NoPath, Path, Purposes, TrustStore, Validity};

/// Where a certificate leads, and what that is worth.
pub(super) struct Road<'s> {
    /// The answer.
    pub(super) verdict: Verdict,
    /// The path, if there is one.
    pub(super) path: Option<Path<'s>>,
}

impl<'s> Road<'s> {
    /// Looks for the anchor that issued `certificate` and vouches for documents.
    pub(super) fn of(certificate: &Certificate, store: &'s TrustStore, terms: &Terms) -> Self {
        match store.find_path(certificate, Purposes::DOCUMENT) {
            Ok(path) => Self { verdict: found(certificate, &path, terms), path: Some(path) },
            Err(none) => Self { verdict: not_found(none), path: None },
        }
    }
}

/// What a path is worth. An authority, or a signer of lists or seals, is no signer of documents.
fn found(certificate: &Certificate, path: &Path<'_>, terms: &Terms) -> Verdict {
    if Role::claimed(certificate) != Role::DocumentSigner {
        return (Outcome::Undetermined, Reason::SignerForOtherPurpose);
    }
    let weak_hash = certificate.algorithm().hash() == Some(HashAlgorithm::Sha1);
    if weak_hash || is_weak_key(&path.anchor.certificate.public_key()) {
        return weak(terms, certificate.not_before());
    }
    let way = match path.found_by {
        FoundBy::KeyIdentifier => Reason::FoundByKeyIdentifier,
        FoundBy::Name => Reason::FoundByName,
        FoundBy::Country | FoundBy::Trial => Reason::FoundByTrial,
    };
    (Outcome::Passed, way)
}

/// What it means that there is no path. Only a signature that is wrong although the anchor is the one that was named,
/// and an anchor that is no longer believed, speak against the document.
fn not_found(none: NoPath) -> Verdict {
    let reason = match none {
        NoPath::Signature(FoundBy::KeyIdentifier, VerifyFailure::Bad(defect)) => {
            return match defect {
                Defect::Signature => (Outcome::Failed, Reason::IssuerSignatureWrong),
                _ => (Outcome::Failed, Reason::KeyUnfit),
            };
        }
        NoPath::Signature(_, VerifyFailure::NotSupported(_)) => {
            return (Outcome::NotSupported, Reason::AlgorithmNotSupported);
        }
        NoPath::Distrusted(_) => return (Outcome::Failed, Reason::AnchorDistrusted),
        NoPath::NoAnchorForCountry(_) => Reason::NoAnchorForCountry,
        NoPath::NoCountry => Reason::SignerWithoutCountry,
        NoPath::Purpose => Reason::AnchorForOtherPurpose,
        NoPath::Budget => Reason::TooManyCandidates,
        _ => Reason::NoIssuer,
    };
    (Outcome::Undetermined, reason)
}

/// Whether the signer signed within the validity of its certificate.
///
/// A signing time after `at` tells that one of the two is wrong, and not which.
pub(super) fn signer_at_issue(signer: &Signer<'_>, at: Time) -> Verdict {
    let Some(certificate) = signer.certificate else {
        return (Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    match signer.signed_at {
        None => (Outcome::Undetermined, Reason::NoSigningTime),
        Some(time) if certificate.validity_at(time) != Validity::Valid => {
            (Outcome::Failed, Reason::SignedOutsideValidity)
        }
        Some(time) if time > at => (Outcome::Undetermined, Reason::TimeBeforeMaterial),
        Some(time) if outside_key_usage(certificate, time) => (Outcome::Undetermined, Reason::SignedOutsideKeyUsage),
        Some(_) => (Outcome::Passed, Reason::Confirmed),
    }
}

/// Whether the private key had not begun to be used, or had ended. Issuers state the period more loosely than the
/// validity, so that a time outside leaves open what it means.
fn outside_key_usage(certificate: &Certificate, time: Time) -> bool {
    certificate.private_key_usage_period().is_some_and(|period| {
        period.not_before.is_some_and(|from| time < from) || period.not_after.is_some_and(|until| time > until)
    })
}

/// Whether the signer's certificate is valid at the time of inspection. It must outlive its documents
/// (Doc 9303-12 §4.1.3), so an expired one belongs to an expired document or to none.
pub(super) fn signer_now(signer: &Signer<'_>, at: Time) -> Verdict {
    let Some(certificate) = signer.certificate else {
        return (Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    match certificate.validity_at(at) {
        Validity::Valid => (Outcome::Passed, Reason::Confirmed),
        Validity::Expired => (Outcome::Failed, Reason::SignerExpired),
        Validity::NotYet => (Outcome::Failed, Reason::SignerNotYetValid),
    }
}

/// Whether the signer's certificate is valid for as long as the document, as it must be (Doc 9303-12 §4.1.3).
///
/// A document that outlives its signer is the issuer's planning and nobody's forgery, so that it leaves open what it
/// means.
pub(super) fn document(signer: &Signer<'_>, zone: Option<&Mrz>, at: Time) -> Verdict {
    let Some(certificate) = signer.certificate else {
        return (Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    let Some(zone) = zone else {
        return (Outcome::NotPerformed, Reason::Dg1NotRead);
    };
    match (zone.expiry_date(), zone.expires(at.date())) {
        (None | Some(ShortDate::Unknown), _) => (Outcome::NotPresent, Reason::NoExpiryDate),
        (_, None) => (Outcome::Undetermined, Reason::ExpiryNotADate),
        (_, Some(last)) if last > certificate.not_after().date() => {
            (Outcome::Undetermined, Reason::DocumentOutlivesSigner)
        }
        _ => (Outcome::Passed, Reason::Confirmed),
    }
}

/// Whether the anchor was valid when it issued the signer.
pub(super) fn anchor(signer: &Signer<'_>, at: Time) -> Verdict {
    let path = signer.road.as_ref().and_then(|road| road.path);
    let (Some(path), Some(certificate)) = (path, signer.certificate) else {
        return (Outcome::NotPerformed, Reason::NoPath);
    };
    let anchor = &path.anchor.certificate;
    if anchor.validity_at(certificate.not_before()) != Validity::Valid {
        return (Outcome::Failed, Reason::AnchorNotValidAtIssue);
    }
    match anchor.validity_at(at) {
        Validity::Expired => (Outcome::Passed, Reason::AnchorExpiredSince),
        _ => (Outcome::Passed, Reason::Confirmed),
    }
}
