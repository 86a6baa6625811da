//! The signature of a seal: `r` and `s` side by side, over any curve of the house.

use super::{Seal, Verdict};
use crate::check::{Outcome, Reason};
use crate::crypto::{HashAlgorithm, PublicKey, SignatureAlgorithm, VerifyFailure, verify};
use crate::payload::idb::Algorithm;

/// The hash for a key: by the bit length of the order of its curve (Doc 9303-13 §2.4).
const fn hash_for(bits: u32) -> HashAlgorithm {
    match bits {
        0..=224 => HashAlgorithm::Sha224,
        225..=256 => HashAlgorithm::Sha256,
        257..=384 => HashAlgorithm::Sha384,
        _ => HashAlgorithm::Sha512,
    }
}

/// The hash that a seal uses with this key; `None` if it names an algorithm that nobody knows.
fn hash(seal: Seal<'_>, key: &PublicKey<'_>) -> Option<HashAlgorithm> {
    match seal {
        Seal::Vds(_) => key.bits().map(hash_for),
        Seal::VdsNc(seal) => match seal.algorithm.as_str() {
            "ES256" => Some(HashAlgorithm::Sha256),
            "ES384" => Some(HashAlgorithm::Sha384),
            "ES512" => Some(HashAlgorithm::Sha512),
            _ => None,
        },
        Seal::Idb(barcode) => match barcode.signing.as_ref()?.algorithm? {
            Algorithm::EcdsaSha256 => Some(HashAlgorithm::Sha256),
            Algorithm::EcdsaSha384 => Some(HashAlgorithm::Sha384),
            Algorithm::EcdsaSha512 => Some(HashAlgorithm::Sha512),
        },
    }
}

/// Verifies the signature of a seal with a key, wherever that comes from. It says nothing of whose key it is.
#[must_use]
pub fn verify_with(seal: Seal<'_>, key: &PublicKey<'_>) -> (Outcome, Reason) {
    let verdict: Verdict = match (seal.signature(), hash(seal, key)) {
        (None, _) => (Outcome::Failed, Reason::WrongFormat),
        (Some(_), _) if !matches!(key, PublicKey::Ec(_)) => (Outcome::NotSupported, Reason::AlgorithmNotSupported),
        (Some(_), None) => (Outcome::NotSupported, Reason::AlgorithmNotSupported),
        (Some(signature), Some(hash)) => {
            match verify(key, SignatureAlgorithm::EcdsaPlain(hash), seal.signed(), signature) {
                Ok(_) => (Outcome::Passed, Reason::Confirmed),
                Err(VerifyFailure::Bad(_)) => (Outcome::Failed, Reason::InvalidSignature),
                Err(_) => (Outcome::NotSupported, Reason::AlgorithmNotSupported),
            }
        }
    };
    verdict
}
