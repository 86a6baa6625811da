//! Digital seals verified: who signed, with what right, when, and over what (Doc 9303-13 App. D, Doc 9303-7 §9.4).
//!
//! ```text
//! seal.signature       did the signer sign this                  seal.country         one country throughout
//! seal.path            does the signer lead to an anchor         seal.document_type   may it sign for this kind
//! seal.validity        was it valid when it signed               seal.format          written as the standard says
//! seal.revocation      is it revoked
//! ```
//!
//! Visible digital seals name their signer and the reference of its certificate, which the trust store has to hold; ICAO
//! barcodes refer to it by hash, or bring it; VDS-NC brings it. Wherever it comes from, its path has to lead to an anchor of
//! its country, and it must be a signer of seals. The sub-indications of the standard are the reasons of these checks.
//!
//! A seal that fails says that the seal is not good. What that means for the visa is for policy: [`trust_level`] gives the
//! three levels of the standard. An unknown signer is not an accusation, and neither is a document type that nobody knows.
//!
//! Not done: the meaning of features; status lists of administrative documents, which would need the network.
//!
//! Hostile input could bring a certificate of its own (it leads to no anchor), name another country's signer
//! (`seal.country`), or leave the signature out (it fails).

mod scope;
mod signature;
mod signer;

pub use signature::verify_with;

use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::country::Code;
use crate::date::{PartialDate, Time};
use crate::error::Part;
use crate::numbered::numbered;
use crate::payload::{Payload, Problems, idb, vds, vds_nc};
use crate::pki::TrustStore;
use crate::secret::Secret;

/// An answer and the reason for it.
type Verdict = (Outcome, Reason);

/// A seal of any of the three kinds.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Seal<'s> {
    /// A visible digital seal.
    Vds(&'s vds::Seal),
    /// A seal as JSON.
    VdsNc(&'s vds_nc::Seal),
    /// An ICAO barcode.
    Idb(&'s idb::Barcode),
}

impl<'s> Seal<'s> {
    /// The seal in a payload, if it is one.
    #[must_use]
    pub const fn of(payload: &'s Payload) -> Option<Self> {
        match payload {
            Payload::Vds(seal) => Some(Seal::Vds(seal)),
            Payload::VdsNc(seal) => Some(Seal::VdsNc(seal)),
            Payload::Idb(barcode) => Some(Seal::Idb(barcode)),
            _ => None,
        }
    }

    /// What is signed.
    fn signed(self) -> &'s [u8] {
        match self {
            Seal::Vds(seal) => seal.signed_bytes(),
            Seal::VdsNc(seal) => seal.signed_bytes(),
            Seal::Idb(barcode) => barcode.signed_bytes(),
        }
    }

    fn signature(self) -> Option<&'s [u8]> {
        match self {
            Seal::Vds(seal) => seal.signature.as_deref(),
            Seal::VdsNc(seal) => Some(&seal.signature),
            Seal::Idb(barcode) => barcode.signature.as_deref().filter(|_| barcode.signing.is_some()),
        }
    }

    /// When it says that it was signed.
    fn signed_on(self) -> Option<PartialDate> {
        match self {
            Seal::Vds(seal) => seal.header.signature_date.map(PartialDate::from),
            Seal::VdsNc(_) => None,
            Seal::Idb(barcode) => barcode.signing.as_ref().and_then(|signing| signing.date),
        }
    }

    /// The issuer's code as it is written.
    fn issuer(self) -> &'s str {
        match self {
            Seal::Vds(seal) => seal.header.issuing_country.reveal(),
            Seal::VdsNc(seal) => seal.issuer.reveal(),
            Seal::Idb(barcode) => barcode.issuing_country.reveal(),
        }
    }

    /// The machine-readable zone in it.
    #[must_use]
    pub fn zone(self) -> Option<&'s Secret<String>> {
        match self {
            Seal::Vds(seal) => seal.zone(),
            Seal::VdsNc(_) => None,
            Seal::Idb(barcode) => barcode.zone(),
        }
    }

    fn problems(self) -> &'s Problems {
        match self {
            Seal::Vds(seal) => &seal.problems,
            Seal::VdsNc(seal) => &seal.problems,
            Seal::Idb(barcode) => &barcode.problems,
        }
    }
}

/// The code of an issuer as seals write it, with or without fillers, of two letters or three.
fn code(text: &str) -> Option<Code> {
    let text = text.trim_end_matches(['<', ' ']);
    let padded = format!("{text:<<3}");
    let as_mrz = crate::country::read(padded.as_bytes()).entry();
    as_mrz.or_else(|| crate::country::by_alpha2_any_case(text)).map(|entry| entry.code)
}

/// Verifies a seal at the time `at`; none for payloads that are no seals.
///
/// Every check is answered, whatever comes in; what could not be asked says why.
#[must_use]
pub fn verify(payload: &Payload, store: &TrustStore, at: Time, subject: Subject) -> Vec<Check> {
    let Some(seal) = Seal::of(payload) else {
        return Vec::new();
    };
    let signer = signer::Signer::of(seal, store);
    let check = |id, (outcome, reason): Verdict| Check::new(id, subject, outcome, reason).in_file(Part::Seal);
    let mut checks = vec![
        check(CheckId::SealSignature, signer.signature),
        check(CheckId::SealPath, signer.path_verdict(seal)),
        check(CheckId::SealValidity, signer.validity(seal, at)),
        check(CheckId::SealRevocation, signer.revocation(store, at)),
        check(CheckId::SealCountry, scope::country(seal, &signer)),
        check(CheckId::SealDocumentType, scope::document_type(seal, &signer)),
        check(CheckId::SealFormat, scope::format(seal)),
    ];
    if signer.ends_at_test_anchor() {
        checks.push(check(CheckId::DocumentSpecimen, (Outcome::Failed, Reason::TestAnchor)));
    }
    checks
}

numbered! {
    /// How far a seal is to be trusted (Doc 9303-13 App. D).
    pub enum TrustLevel {
        /// Nothing speaks against it.
        Trustable = 1, "trustable";
        /// Its signer had expired.
        MediumFraudPotential = 2, "medium_fraud_potential";
        /// Anything else is wrong with it, or with the document that it belongs to.
        HighFraudPotential = 3, "high_fraud_potential";
    }
}

/// The level that the checks of a seal come to, its comparison with the document among them; `None` if they leave open whether it is good: an unknown signer offline,
/// for example, about which the standard says that it is invalid, and practice that the list was not at hand.
#[must_use]
pub fn trust_level(checks: &[Check]) -> Option<TrustLevel> {
    const DECIDING: [CheckId; 5] =
        [CheckId::SealSignature, CheckId::SealPath, CheckId::SealValidity, CheckId::SealCountry, CheckId::SealFormat];
    // A seal that was held against nothing says nothing of the paper that it is on.
    const COMPARED: [CheckId; 3] = [CheckId::CrossSealVisa, CheckId::CrossSealPassport, CheckId::CrossSealDocument];
    // Neither says that the seal is false: that it is a specimen's, and that a day of the paper has passed.
    const BESIDE: [CheckId; 2] = [CheckId::DocumentSpecimen, CheckId::CrossPayloadDates];
    let failed: Vec<_> =
        checks.iter().filter(|check| check.outcome == Outcome::Failed && !BESIDE.contains(&check.id)).collect();
    if failed.iter().any(|check| check.reason != Reason::ExpiredCertificate) {
        return Some(TrustLevel::HighFraudPotential);
    }
    if !failed.is_empty() {
        return Some(TrustLevel::MediumFraudPotential);
    }
    let passed = |id: &CheckId| checks.iter().any(|check| check.id == *id && check.outcome == Outcome::Passed);
    // A signer whose country publishes no list cannot be on one.
    let answered =
        |check: &Check| check.outcome == Outcome::Passed || check.reason == Reason::RevocationListNeverPublished;
    let standing = checks.iter().filter(|check| check.id == CheckId::SealRevocation).all(answered);
    let compared =
        checks.iter().filter(|check| COMPARED.contains(&check.id)).all(|check| check.outcome == Outcome::Passed);
    (DECIDING.iter().all(passed) && standing && compared).then_some(TrustLevel::Trustable)
}
