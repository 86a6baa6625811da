//! What `ring` verifies: the greater part of the world's signatures, and the fastest.
//!
//! RSA of 2048 to 8192 bits (1024 for SHA-1, SHA-256 and SHA-512) with PKCS #1 v1.5, PSS with a salt as long as
//! the hash, ECDSA on P-256 with SHA-256 and SHA-384. Each function answers `None` where `ring` cannot tell, so that the
//! caller can go on; `Some(false)` is a verdict. P-384, which `ring` has too, takes it nearly three times as long as the
//! arithmetic of this room and is left to that.

use super::algorithm::Pss;
use super::curve::Curve;
use super::hash::HashAlgorithm;
use super::key::RsaKey;
use ring::signature::{self as algorithms, RsaParameters, RsaPublicKeyComponents};
use ring::signature::{UnparsedPublicKey, VerificationAlgorithm};

/// The bits of a modulus up to which `ring` goes, and the bits of an exponent.
const MAX_MODULUS: u32 = 8192;
const MAX_EXPONENT: u32 = 33;

/// RSASSA-PKCS1-v1_5, the hash named with NULL parameters.
pub fn rsa_pkcs1(key: &RsaKey<'_>, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> Option<bool> {
    let (parameters, least): (&RsaParameters, u32) = match hash {
        HashAlgorithm::Sha1 => (&algorithms::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, 1024),
        HashAlgorithm::Sha256 => (&algorithms::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, 1024),
        HashAlgorithm::Sha384 => (&algorithms::RSA_PKCS1_2048_8192_SHA384, 2048),
        HashAlgorithm::Sha512 => (&algorithms::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, 1024),
        HashAlgorithm::Sha224 => return None,
    };
    rsa(key, parameters, least, message, signature)
}

/// RSASSA-PSS with one hash throughout and a salt of its length.
pub fn rsa_pss(key: &RsaKey<'_>, pss: Pss, message: &[u8], signature: &[u8]) -> Option<bool> {
    let parameters = match pss.hash {
        HashAlgorithm::Sha256 => &algorithms::RSA_PSS_2048_8192_SHA256,
        HashAlgorithm::Sha384 => &algorithms::RSA_PSS_2048_8192_SHA384,
        HashAlgorithm::Sha512 => &algorithms::RSA_PSS_2048_8192_SHA512,
        HashAlgorithm::Sha1 | HashAlgorithm::Sha224 => return None,
    };
    if pss != Pss::with(pss.hash) {
        return None;
    }
    rsa(key, parameters, 2048, message, signature)
}

fn rsa(
    key: &RsaKey<'_>,
    parameters: &'static RsaParameters,
    least: u32,
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let fits = (least..=MAX_MODULUS).contains(&key.bits()) && key.exponent_bits() <= MAX_EXPONENT;
    fits.then(|| {
        let key = RsaPublicKeyComponents { n: key.modulus, e: key.exponent };
        key.verify(parameters, message, signature).is_ok()
    })
}

/// ECDSA with an uncompressed point, the signature a SEQUENCE of two INTEGERs or two numbers side by side.
pub fn ecdsa(
    curve: Curve,
    point: &[u8],
    hash: HashAlgorithm,
    plain: bool,
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    use HashAlgorithm::{Sha256, Sha384};
    let algorithm: &dyn VerificationAlgorithm = match (curve, hash, plain) {
        (Curve::P256, Sha256, false) => &algorithms::ECDSA_P256_SHA256_ASN1,
        (Curve::P256, Sha384, false) => &algorithms::ECDSA_P256_SHA384_ASN1,
        (Curve::P256, Sha256, true) => &algorithms::ECDSA_P256_SHA256_FIXED,
        _ => return None,
    };
    let uncompressed = point.first() == Some(&4);
    uncompressed.then(|| UnparsedPublicKey::new(algorithm, point).verify(message, signature).is_ok())
}
