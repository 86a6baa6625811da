//! One signer of the security object: its signature, its certificate, and where that leads.

use super::path::Road;
use super::{Terms, Verdict, Verification};
use crate::check::{Outcome, Reason};
use crate::cms::{SignedData, SignerIdentifier, SignerInfo};
use crate::crypto::{Defect, HashAlgorithm, PublicKey, SignatureAlgorithm, VerifyFailure};
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::lds::SodContentType;
use crate::pki::Certificate;
use crate::pki::profile::{Role, examine};
use crate::pki::signed::{SignerFailure, signer_certificate, verify_signer};

/// Below so many bits an RSA key is short (Doc 9303-12 §4.1.6.1).
const SHORT_RSA: u32 = 2048;

/// Below so many bits a curve is small (Doc 9303-12 §4.1.6.3).
const SMALL_CURVE: u32 = 224;

/// A signer, everything about it answered that takes a signature to verify.
pub(super) struct Signer<'s> {
    /// Its certificate, if it came along.
    pub(super) certificate: Option<&'s Certificate>,
    /// When it says it signed.
    pub(super) signed_at: Option<Time>,
    /// Whether it signed this.
    pub(super) signature: Verdict,
    /// Where its certificate leads.
    pub(super) road: Option<Road<'s>>,
}

impl<'s> Signer<'s> {
    /// Verifies the signature of `info` and looks for the anchor behind it.
    pub(super) fn of(
        info: &SignerInfo<'_>,
        signed: &SignedData<'_>,
        certificates: &'s [Certificate],
        context: &Verification<'s, '_>,
        seen: &mut Deviations,
    ) -> Self {
        let signed_at = info.attributes.as_ref().and_then(|all| all.signing_time);
        let along = signer_certificate(info, certificates, seen);
        let known = || context.store.signers().find(&info.identifier);
        let Some(certificate) = along.or_else(known) else {
            return Self {
                certificate: None,
                signed_at,
                signature: (Outcome::Undetermined, Reason::SignerCertificateMissing),
                road: None,
            };
        };
        examine(certificate, Role::DocumentSigner, seen);
        note_unsigned(info, signed, certificate, seen);
        let signature = match verify_signer(signed, info, certificate, seen) {
            Ok(algorithm) if rests_on_weak(info, algorithm, certificate) => {
                weak(context.terms, made_at(certificate, signed_at))
            }
            Ok(_) => (Outcome::Passed, Reason::Confirmed),
            Err(failure) => verdict_of(failure),
        };
        Self {
            certificate: Some(certificate),
            signed_at,
            signature,
            road: Some(Road::of(certificate, context.store, context.terms)),
        }
    }

    /// When the signature was made at the earliest, as far as it can be told.
    pub(super) fn made_at(&self) -> Option<Time> {
        let certificate = self.certificate?;
        Some(made_at(certificate, self.signed_at))
    }

    /// Whether the signer leads to an anchor.
    pub(super) fn path_verdict(&self) -> Verdict {
        let missing = (Outcome::Undetermined, Reason::SignerCertificateMissing);
        self.road.as_ref().map_or(missing, |road| road.verdict)
    }

    /// Whether the anchor is one for tests.
    pub(super) fn ends_at_test_anchor(&self) -> bool {
        let path = self.road.as_ref().and_then(|road| road.path);
        path.is_some_and(|path| path.anchor.test)
    }
}

/// The later of signing time and the beginning of the signer's validity: a signer may claim any time, and one before
/// its own certificate must not make it older.
fn made_at(certificate: &Certificate, signed_at: Option<Time>) -> Time {
    let began = certificate.not_before();
    signed_at.map_or(began, |time| time.max(began))
}

/// The answer where everything is right and an algorithm is weak.
pub(super) fn weak(terms: &Terms, made_at: Time) -> Verdict {
    let outcome = if made_at.date() < terms.weak_until { Outcome::Passed } else { Outcome::Undetermined };
    (outcome, Reason::WeakAlgorithm)
}

/// Notes what no signature covers and nobody else compares: the version of the signed data (RFC 5652 §5.1) and the
/// exact name of the issuer.
fn note_unsigned(info: &SignerInfo<'_>, signed: &SignedData<'_>, certificate: &Certificate, seen: &mut Deviations) {
    let at = &info.digest_algorithm.tlv;
    let plain = SodContentType::from_oid(signed.content_type) == Some(SodContentType::Data);
    let by_key = |info: &SignerInfo<'_>| matches!(info.identifier, SignerIdentifier::KeyIdentifier(_));
    let fitting = match plain && !signed.signers.iter().any(by_key) {
        true => 1,
        false => 3,
    };
    if signed.version != fitting {
        seen.note(Deviation::CmsVersion, at.part(), at.offset());
    }
    if let SignerIdentifier::IssuerAndSerial { issuer, .. } = &info.identifier
        && issuer.raw != certificate.issuer().as_bytes()
    {
        seen.note(Deviation::CmsSignerNameDiffers, at.part(), at.offset());
    }
}

/// Whether digest, signature or key are weak.
fn rests_on_weak(info: &SignerInfo<'_>, algorithm: SignatureAlgorithm, certificate: &Certificate) -> bool {
    let digest = HashAlgorithm::from_oid(info.digest_algorithm.oid);
    [digest, algorithm.hash()].contains(&Some(HashAlgorithm::Sha1)) || is_weak_key(&certificate.public_key())
}

/// Whether a key is short by the standard's measure.
pub(super) fn is_weak_key(key: &PublicKey<'_>) -> bool {
    let least = match key {
        PublicKey::Rsa(_) => SHORT_RSA,
        _ => SMALL_CURVE,
    };
    key.bits().is_some_and(|bits| bits < least)
}

/// What a failure means for the check of the signature.
fn verdict_of(failure: SignerFailure) -> Verdict {
    let reason = match failure {
        SignerFailure::DigestNotSupported | SignerFailure::Signature(VerifyFailure::NotSupported(_)) => {
            return (Outcome::NotSupported, Reason::AlgorithmNotSupported);
        }
        SignerFailure::Signature(VerifyFailure::Bad(Defect::Signature)) => Reason::SignatureWrong,
        SignerFailure::Signature(VerifyFailure::Bad(_)) => Reason::KeyUnfit,
        SignerFailure::Content | SignerFailure::ContentMissing => Reason::ContentAltered,
        SignerFailure::ContentType | SignerFailure::DigestMissing => Reason::SignedAttributesWrong,
        SignerFailure::AttributesAsContent => Reason::AttributesAsContent,
        _ => Reason::SignerMalformed,
    };
    (Outcome::Failed, reason)
}
