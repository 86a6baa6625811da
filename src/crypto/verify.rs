//! Verifying one signature with one key.

use super::algorithm::{Pss, SignatureAlgorithm};
use super::curve::{Curve, Parameters};
use super::ecdsa::{self, Answer};
use super::hash::HashAlgorithm;
use super::key::{EcKey, PublicKey, RsaKey};
use super::rsa;
use super::through_ring;
use core::fmt;

/// The largest RSA modulus that is computed with, in bits: a bound on the work that a hostile key can cause.
pub const MAX_RSA_BITS: u32 = 8192;
/// The smallest RSA modulus that a signature may be verified with, in bits.
pub const MIN_RSA_BITS: u32 = 1024;

/// That a signature is right. Only [`verify`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Verified(());

/// Why a signature does not count as right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerifyFailure {
    /// It is wrong, or its key is none that may verify anything.
    Bad(Defect),
    /// This engine cannot tell.
    NotSupported(Unsupported),
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Defect {
    /// The signature was not made with this key over this message.
    Signature,
    /// The algorithm is not one for keys of this type.
    KeyType,
    /// The RSA exponent is even or 1: anybody could have signed.
    Exponent,
    /// The RSA modulus is even.
    Modulus,
    /// The explicit parameters repeat a known curve with another base point, order or cofactor.
    ForeignParameters,
    /// The point does not lie on the curve.
    Point,
}

/// What cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unsupported {
    /// The signature algorithm.
    Algorithm(SignatureAlgorithm),
    /// The type of the key.
    KeyType,
    /// A curve that is in no table.
    UnknownCurve,
    /// A compressed point on this curve.
    CompressedPoint(Curve),
    /// An RSA key of this many bits.
    RsaModulus(u32),
    /// An RSA exponent of this many bits.
    RsaExponent(u32),
}

impl VerifyFailure {
    /// Whether the signature may be right after all.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::NotSupported(_))
    }

    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bad(Defect::Signature) => "bad_signature",
            Self::Bad(Defect::KeyType) => "key_of_another_type",
            Self::Bad(Defect::Exponent) => "rsa_exponent_forgeable",
            Self::Bad(Defect::Modulus) => "rsa_modulus_even",
            Self::Bad(Defect::ForeignParameters) => "foreign_curve_parameters",
            Self::Bad(Defect::Point) => "point_off_the_curve",
            Self::NotSupported(Unsupported::Algorithm(_)) => "algorithm_not_supported",
            Self::NotSupported(Unsupported::KeyType) => "key_type_not_supported",
            Self::NotSupported(Unsupported::UnknownCurve) => "unknown_curve",
            Self::NotSupported(Unsupported::CompressedPoint(_)) => "compressed_point_not_supported",
            Self::NotSupported(Unsupported::RsaModulus(_)) => "rsa_size_not_supported",
            Self::NotSupported(Unsupported::RsaExponent(_)) => "rsa_exponent_not_supported",
        }
    }
}

/// The name, and what it is about: `rsa_size_not_supported (512 bits)`.
impl fmt::Display for VerifyFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::NotSupported(Unsupported::Algorithm(algorithm)) => write!(f, " ({algorithm})"),
            Self::NotSupported(Unsupported::CompressedPoint(curve)) => {
                write!(f, " ({})", curve.name())
            }
            Self::NotSupported(Unsupported::RsaModulus(bits) | Unsupported::RsaExponent(bits)) => {
                write!(f, " ({bits} bits)")
            }
            _ => Ok(()),
        }
    }
}

type Outcome = Result<Verified, VerifyFailure>;

fn bad(defect: Defect) -> Outcome {
    Err(VerifyFailure::Bad(defect))
}

fn not_supported(what: Unsupported) -> Outcome {
    Err(VerifyFailure::NotSupported(what))
}

/// Verifies `signature` over `message`, which is hashed as `algorithm` says.
///
/// # Errors
/// [`VerifyFailure::Bad`] if the signature is wrong or the key unfit, [`VerifyFailure::NotSupported`] if this
/// engine cannot tell. There is no third way: what is not verified is a failure.
///
/// A key that says it serves RSASSA-PSS alone is used for PKCS #1 v1.5 all the same, because issuers do; whoever
/// asks can see it in [`RsaKey::pss_only`].
pub fn verify(
    key: &PublicKey<'_>,
    algorithm: SignatureAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<Verified, VerifyFailure> {
    match (key, algorithm) {
        (PublicKey::Unknown, _) => not_supported(Unsupported::KeyType),
        (_, SignatureAlgorithm::Unknown) => not_supported(Unsupported::Algorithm(algorithm)),
        (PublicKey::Rsa(key), SignatureAlgorithm::RsaPkcs1(hash)) => {
            fit(key).and_then(|()| pkcs1(key, hash, message, signature))
        }
        (PublicKey::Rsa(key), SignatureAlgorithm::RsaPss(parameters)) => {
            fit(key).and_then(|()| pss(key, parameters, message, signature))
        }
        (PublicKey::Ec(key), SignatureAlgorithm::Ecdsa(hash)) => elliptic(key, hash, false, message, signature),
        (PublicKey::Ec(key), SignatureAlgorithm::EcdsaPlain(hash)) => elliptic(key, hash, true, message, signature),
        _ => bad(Defect::KeyType),
    }
}

fn right_or_wrong(right: bool) -> Outcome {
    if right { Ok(Verified(())) } else { bad(Defect::Signature) }
}

/// Refuses RSA keys with which anybody could sign, and those that cost too much to try.
fn fit(key: &RsaKey<'_>) -> Result<(), VerifyFailure> {
    let odd = |octets: &[u8]| octets.last().is_some_and(|octet| octet & 1 == 1);
    let bits = key.bits();
    // Whoever makes a key by hand may have left zeros before the number.
    let one = key.exponent.split_last().is_some_and(|(last, rest)| *last == 1 && rest.iter().all(|octet| *octet == 0));
    if !odd(key.exponent) || one {
        Err(VerifyFailure::Bad(Defect::Exponent))
    } else if !odd(key.modulus) {
        Err(VerifyFailure::Bad(Defect::Modulus))
    } else if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
        Err(VerifyFailure::NotSupported(Unsupported::RsaModulus(bits)))
    } else if key.exponent_bits() > rsa::MAX_EXPONENT_BITS {
        let bits = key.exponent_bits();
        Err(VerifyFailure::NotSupported(Unsupported::RsaExponent(bits)))
    } else {
        Ok(())
    }
}

/// Opens an RSA signature with message recovery: `signature^e mod n`, as long as the modulus (ISO/IEC 9796-2, for
/// active authentication). What it opens to has to be looked at by whoever asked.
///
/// # Errors
/// [`VerifyFailure::Bad`] if the key is unfit or `signature` is no number below the modulus and as long as it;
/// [`VerifyFailure::NotSupported`] if the key is too small or too large.
pub fn recover(key: &RsaKey<'_>, signature: &[u8]) -> Result<Vec<u8>, VerifyFailure> {
    fit(key)?;
    rsa::open(key, signature).ok_or(VerifyFailure::Bad(Defect::Signature))
}

/// What `ring` finds wrong may still be right with the hash named without parameters.
fn pkcs1(key: &RsaKey<'_>, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> Outcome {
    let right = through_ring::rsa_pkcs1(key, hash, message, signature) == Some(true)
        || rsa::verify_pkcs1(key, hash, message, signature);
    right_or_wrong(right)
}

fn pss(key: &RsaKey<'_>, parameters: Pss, message: &[u8], signature: &[u8]) -> Outcome {
    let right = through_ring::rsa_pss(key, parameters, message, signature)
        .unwrap_or_else(|| rsa::verify_pss(key, parameters, message, signature));
    right_or_wrong(right)
}

fn elliptic(key: &EcKey<'_>, hash: HashAlgorithm, plain: bool, message: &[u8], signature: &[u8]) -> Outcome {
    let curve = match key.parameters {
        Parameters::Named(curve) | Parameters::Explicit(curve) => curve,
        Parameters::Foreign(_) => return bad(Defect::ForeignParameters),
        Parameters::Unknown => return not_supported(Unsupported::UnknownCurve),
    };
    let told = through_ring::ecdsa(curve, key.point, hash, plain, message, signature);
    let answer = match told {
        Some(true) => Some(Answer::Right),
        // Only to tell a point off the curve from a wrong signature.
        Some(false) => ecdsa::check_point(curve, key.point).or(Some(Answer::Wrong)),
        None => ecdsa::verify(curve, key.point, &hash.digest(message), plain, signature),
    };
    match answer {
        Some(Answer::Right) => Ok(Verified(())),
        Some(Answer::Wrong) => bad(Defect::Signature),
        Some(Answer::NoPoint) => bad(Defect::Point),
        Some(Answer::Compressed) | None => not_supported(Unsupported::CompressedPoint(curve)),
    }
}
