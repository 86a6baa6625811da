//! Active authentication: whether the holder of a key answered a challenge (Doc 9303-11 §6.1).
//!
//! RSA keys sign with message recovery (`recovery`), keys on a curve by ECDSA over the challenge, the two numbers side
//! by side (BSI TR-03111 §5.2.1) with the hash that ActiveAuthenticationInfo in DG14 names. Met in the field, read and
//! noted: the two numbers as a DER sequence; DG14 without that info, where each hash is tried; SHA-1.
//!
//! Whose key it is and who issued the challenge is not asked here.

use super::{Challenge, recovery};
use crate::asn1::{AlgorithmIdentifier, SubjectPublicKeyInfo};
use crate::crypto::{Defect, HashAlgorithm, PublicKey, SignatureAlgorithm, VerifyFailure, recover, verify as signed};
use crate::deviation::{Deviation, Deviations};
use crate::error::Part;
use crate::lds::{SecurityInfo, SecurityInfos};

/// The longest answer that is looked at, in bytes: twice the longest that any key of this engine gives.
pub const MAX_ANSWER: usize = 2048;

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answered {
    /// The key signed the challenge.
    Right,
    /// It did not.
    Wrong,
    /// The key is one with which anybody could answer, or nobody.
    KeyUnfit,
    /// This engine does not know the algorithm, the curve or the size of the key.
    NotSupported,
}

/// Verifies `answer` to `challenge` with the key of DG15. `infos` are those of DG14, if it was read.
///
/// What was tolerated is noted in `seen`.
pub fn verify(
    key: &SubjectPublicKeyInfo<'_>,
    infos: Option<&SecurityInfos<'_>>,
    challenge: &Challenge,
    answer: &[u8],
    seen: &mut Deviations,
) -> Answered {
    match PublicKey::of(key, &mut Deviations::new()) {
        Err(_) => Answered::KeyUnfit,
        Ok(_) if answer.len() > MAX_ANSWER => Answered::Wrong,
        Ok(PublicKey::Rsa(key)) => match recover(&key, answer) {
            Ok(opened) if recovery::signs(&opened, key.modulus, challenge, seen) => Answered::Right,
            // Lengths that are no whole octets may shift the header by bits: no chip that does so is known.
            Ok(_) if key.bits() % 8 != 0 => Answered::NotSupported,
            Ok(_) => Answered::Wrong,
            Err(failure) => failed(failure),
        },
        Ok(key @ PublicKey::Ec(_)) => elliptic(&key, infos, challenge, answer, seen),
        Ok(_) => Answered::NotSupported,
    }
}

/// What a failure of the signature means for the answer.
const fn failed(failure: VerifyFailure) -> Answered {
    match failure {
        VerifyFailure::Bad(Defect::Signature) => Answered::Wrong,
        VerifyFailure::Bad(_) => Answered::KeyUnfit,
        VerifyFailure::NotSupported(_) => Answered::NotSupported,
    }
}

/// The hashes that are tried where DG14 names none, likeliest first.
const HASHES: [HashAlgorithm; 5] =
    [HashAlgorithm::Sha256, HashAlgorithm::Sha224, HashAlgorithm::Sha384, HashAlgorithm::Sha512, HashAlgorithm::Sha1];

fn elliptic(
    key: &PublicKey<'_>,
    infos: Option<&SecurityInfos<'_>>,
    challenge: &Challenge,
    answer: &[u8],
    seen: &mut Deviations,
) -> Answered {
    let named = match infos.and_then(signature_algorithm) {
        None => HASHES.as_slice(),
        Some(Some(hash)) => HASHES.iter().find(|known| **known == hash).map_or(&[][..], core::slice::from_ref),
        Some(None) => return Answered::NotSupported,
    };
    let mut worst = Answered::Wrong;
    for hash in named {
        match with_hash(key, *hash, challenge, answer) {
            Ok(plain) => {
                note(named.len() > 1, plain, *hash, seen);
                return Answered::Right;
            }
            Err(failure) if failure != VerifyFailure::Bad(Defect::Signature) => worst = failed(failure),
            Err(_) => {}
        }
    }
    worst
}

/// Whether the answer is right with this hash: `true` if it is written plainly, `false` if as a sequence.
fn with_hash(
    key: &PublicKey<'_>,
    hash: HashAlgorithm,
    challenge: &Challenge,
    answer: &[u8],
) -> Result<bool, VerifyFailure> {
    signed(key, SignatureAlgorithm::EcdsaPlain(hash), challenge, answer)
        .map(|_| true)
        .or_else(|_| signed(key, SignatureAlgorithm::Ecdsa(hash), challenge, answer).map(|_| false))
}

fn note(hash_was_guessed: bool, plain: bool, hash: HashAlgorithm, seen: &mut Deviations) {
    if hash_was_guessed {
        seen.note(Deviation::ChipAlgorithmNotNamed, Part::Dg(14), 0);
    }
    if !plain {
        seen.note(Deviation::ChipSignatureDer, Part::Dg(15), 0);
    }
    if hash == HashAlgorithm::Sha1 {
        seen.note(Deviation::WeakHash, Part::Dg(15), 0);
    }
}

/// The hash of the first ActiveAuthenticationInfo: `None` without one, `Some(None)` if it names no known ECDSA.
fn signature_algorithm(infos: &SecurityInfos<'_>) -> Option<Option<HashAlgorithm>> {
    infos.entries.iter().find_map(|entry| {
        let SecurityInfo::ActiveAuthentication { signature_algorithm: oid, .. } = entry.info else {
            return None;
        };
        let identifier = AlgorithmIdentifier { oid, parameters: None, tlv: entry.tlv };
        Some(match SignatureAlgorithm::of(&identifier, None, &mut Deviations::new()) {
            Ok(SignatureAlgorithm::EcdsaPlain(hash) | SignatureAlgorithm::Ecdsa(hash)) => Some(hash),
            _ => None,
        })
    })
}
