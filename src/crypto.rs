//! Signatures and hashes: verified, and made for lists ([`ed25519_sign`]) and for specimens, whose keys are published. The only room that names the crates for them.
//!
//! [`verify()`] takes a key as its SubjectPublicKeyInfo holds it, an algorithm as its AlgorithmIdentifier names it, a
//! message and a signature, and answers *right*, *wrong* (and in what way) or *not supported* (and what). Covered:
//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017), ECDSA (FIPS 186-4, BSI TR-03111), with SHA-1 and SHA-2, as
//! Doc 9303-12 §4.1.6 and its earlier editions allow. Whether an algorithm is still good enough is policy, and is not
//! judged here. Not covered: DSA, Edwards curves, RSA keys beyond [`MAX_RSA_BITS`].
//!
//! What is verified is public: keys, messages and signatures. None of the arithmetic here takes care to run in constant time, and
//! it may not be used with a secret.
//!
//! Hostile input could bring a key with which anybody can sign (exponent 1, a known curve with another base point),
//! a point off its curve, or numbers so large that trying them takes minutes. The first are refused by name, the
//! last by size.

mod algorithm;
mod curve;
mod ecdsa;
mod hash;
mod key;
mod montgomery;
mod point;
#[cfg(feature = "specimen")]
mod published;
mod rsa;
mod seal_key;
mod through_ring;
mod verify;

pub use algorithm::{Pss, SignatureAlgorithm};
pub use curve::{Curve, Domain, Parameters};
pub use hash::{Digest, HashAlgorithm, MAX_DIGEST, sha256};
pub use key::{EcKey, PublicKey, RsaKey};
#[cfg(feature = "specimen")]
pub(crate) use published::PublishedKey;
pub use seal_key::{ed25519_sign, ed25519_verify};
pub use verify::{Defect, MAX_RSA_BITS, MIN_RSA_BITS, Unsupported, Verified, VerifyFailure, recover, verify};

#[cfg(test)]
pub(crate) mod tests;
