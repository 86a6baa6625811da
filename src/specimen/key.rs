//! The keys of Utopia: fixed, public, and worth nothing outside specimens.
//!
//! RSA keys take seconds to make and are shipped as PKCS#8 files under `keys/`; keys on curves are made from a label
//! in microseconds. Every signature is reproducible: PKCS#1 v1.5 has no randomness (RFC 8017 §8.2), ECDSA takes its nonce
//! from key and message (RFC 6979 on P-256, a generator seeded by both on the others), and so does the salt of PSS.
//!
//! Public keys on curves are written with explicit domain parameters, as Doc 9303-12 §7.1 asks of certificates.
//!
//! Not done: blinding and constant time. These keys are published; there is nothing to hide.

use super::seed::Seed;
use super::{DigitalSignature, invalid};
use crate::asn1::oid;
use crate::asn1::{Oid, Tag, Writer};
use crate::crypto::{Curve, HashAlgorithm, PublishedKey};
use crate::error::Result;
use p256::ecdsa::signature::Signer as _;
use rand_chacha::rand_core::Rng as _;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256};

const RSA_ENCRYPTION: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 1);
const MGF1: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 8);
const RSA_PSS: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 10);
const SHA256_WITH_RSA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 11);
const EC_PUBLIC_KEY: Oid<'static> = oid!(1, 2, 840, 10045, 2, 1);
const PRIME_FIELD: Oid<'static> = oid!(1, 2, 840, 10045, 1, 1);
const ECDSA_WITH_SHA256: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 2);
const ECDSA_WITH_SHA384: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 3);
const ECDSA_WITH_SHA512: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 4);

/// The shipped RSA keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shipped {
    /// The country signing CA of Utopia, 4096 bits.
    UtopiaCsca,
    /// The country signing CA of the second invented issuer, 3072 bits.
    SecondCsca,
    /// A country signing CA in Utopia's name that nobody published, 3072 bits.
    UnpublishedCsca,
    /// The document signer of Utopia, 2048 bits, as are all that follow.
    Signer,
    /// The document signer that is revoked later.
    RevokedSigner,
    /// The document signer of the second issuer.
    SecondSigner,
    /// The document signer below the unpublished CA.
    UnpublishedSigner,
    /// The signer of Utopia's master list.
    MasterListSigner,
    /// The chip.
    Chip,
    /// The chip of the clone.
    CloneChip,
}

impl Shipped {
    /// The PKCS#8 encoding.
    const fn pkcs8(self) -> &'static [u8] {
        match self {
            Self::UtopiaCsca => include_bytes!("keys/csca-utopia.p8"),
            Self::SecondCsca => include_bytes!("keys/csca-second.p8"),
            Self::UnpublishedCsca => include_bytes!("keys/csca-unpublished.p8"),
            Self::Signer => include_bytes!("keys/signer.p8"),
            Self::RevokedSigner => include_bytes!("keys/signer-revoked.p8"),
            Self::SecondSigner => include_bytes!("keys/signer-second.p8"),
            Self::UnpublishedSigner => include_bytes!("keys/signer-unpublished.p8"),
            Self::MasterListSigner => include_bytes!("keys/master-list.p8"),
            Self::Chip => include_bytes!("keys/chip.p8"),
            Self::CloneChip => include_bytes!("keys/chip-clone.p8"),
        }
    }

    /// The key.
    pub(super) fn key(self) -> Result<RsaPrivateKey> {
        RsaPrivateKey::from_pkcs8_der(self.pkcs8()).map_err(|_| invalid())
    }
}

/// A private key and the way it signs.
pub(super) enum SigningKey {
    /// RSA with PKCS#1 v1.5 and SHA-256.
    RsaPkcs1(RsaPrivateKey),
    /// RSA with PSS: SHA-256 for message and mask, salt of 32 octets.
    RsaPss(RsaPrivateKey),
    /// ECDSA on P-256 with SHA-256.
    EcdsaP256(p256::ecdsa::SigningKey),
    /// ECDSA on another curve, with a hash as long as its order or the longest there is.
    Ecdsa(PublishedKey),
    /// A key that is held elsewhere, for algorithms that no specimen has.
    #[cfg(test)]
    Outside(Outside),
}

/// Signs a message.
#[cfg(test)]
type Sign = dyn Fn(&[u8]) -> Vec<u8>;

/// A key that is held elsewhere: what it says of itself, and a way to have something signed.
#[cfg(test)]
pub(super) struct Outside {
    /// Its SubjectPublicKeyInfo.
    pub(super) public: Vec<u8>,
    /// The AlgorithmIdentifier of its signatures.
    pub(super) algorithm: Vec<u8>,
    /// Signs a message.
    pub(super) sign: Box<Sign>,
}

impl SigningKey {
    /// The key `shipped` if RSA is asked for, else one on the curve made from `label`.
    pub(super) fn of(kind: DigitalSignature, shipped: Shipped, label: &str) -> Result<Self> {
        match kind {
            DigitalSignature::RsaPkcs1 => shipped.key().map(Self::RsaPkcs1),
            DigitalSignature::RsaPss => shipped.key().map(Self::RsaPss),
            DigitalSignature::EcdsaP256 => p256(&Seed::of(label, 0)).map(Self::EcdsaP256),
            DigitalSignature::EcdsaP384 => Self::on(Curve::P384, label),
            DigitalSignature::EcdsaP521 => Self::on(Curve::P521, label),
            DigitalSignature::EcdsaBrainpoolP256r1 => Self::on(Curve::BrainpoolP256r1, label),
            DigitalSignature::EcdsaBrainpoolP384r1 => Self::on(Curve::BrainpoolP384r1, label),
            DigitalSignature::EcdsaBrainpoolP512r1 => Self::on(Curve::BrainpoolP512r1, label),
        }
    }

    /// A key on this curve made from `label`.
    fn on(curve: Curve, label: &str) -> Result<Self> {
        let mut source = Seed::of(label, 0).with(curve.name().as_bytes()).generator();
        PublishedKey::draw(curve, |octets| source.fill_bytes(octets)).map(Self::Ecdsa).ok_or(invalid())
    }

    /// The hash that goes with its signatures.
    pub(super) fn hash(&self) -> HashAlgorithm {
        match self {
            Self::Ecdsa(key) => hash_for(key.curve()),
            _ => HashAlgorithm::Sha256,
        }
    }

    /// Signs `message`: RSA as long as the modulus, ECDSA as the SEQUENCE of two INTEGERs (RFC 3279 §2.2.3).
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let digest = Sha256::digest(message);
        match self {
            Self::RsaPkcs1(key) => key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest).map_err(|_| invalid()),
            Self::RsaPss(key) => {
                let mut salt = Seed::of("salt", 0).with(&digest).generator();
                key.sign_with_rng(&mut salt, Pss::<Sha256>::new_with_salt(32), &digest).map_err(|_| invalid())
            }
            Self::EcdsaP256(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).map_err(|_| invalid())?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Self::Ecdsa(key) => {
                let point = key.point().ok_or(invalid())?;
                let mut source = Seed::of("nonce", 0).with(&point).with(message).generator();
                key.sign(self.hash(), message, |octets| source.fill_bytes(octets)).ok_or(invalid())
            }
            #[cfg(test)]
            Self::Outside(outside) => Ok((outside.sign)(message)),
        }
    }

    /// Signs as seals do: `r` and `s` side by side (Doc 9303-13 §2.4). RSA has no such form.
    #[cfg(feature = "barcode")]
    pub(super) fn sign_plain(&self, message: &[u8]) -> Result<Vec<u8>> {
        let Self::EcdsaP256(key) = self else {
            return Err(invalid());
        };
        let signature: p256::ecdsa::Signature = key.try_sign(message).map_err(|_| invalid())?;
        Ok(signature.to_bytes().to_vec())
    }

    /// The AlgorithmIdentifier of its signatures.
    pub(super) fn algorithm(&self) -> Vec<u8> {
        #[cfg(test)]
        if let Self::Outside(outside) = self {
            return outside.algorithm.clone();
        }
        sequence(|w| match self {
            Self::RsaPkcs1(_) => {
                w.oid(SHA256_WITH_RSA).null();
            }
            Self::RsaPss(_) => pss_algorithm(w),
            Self::EcdsaP256(_) | Self::Ecdsa(_) => {
                w.oid(match self.hash() {
                    HashAlgorithm::Sha384 => ECDSA_WITH_SHA384,
                    HashAlgorithm::Sha512 => ECDSA_WITH_SHA512,
                    _ => ECDSA_WITH_SHA256,
                });
            }
            #[cfg(test)]
            Self::Outside(_) => {}
        })
    }

    /// Its SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    pub(super) fn public(&self) -> Vec<u8> {
        match self {
            Self::RsaPkcs1(key) | Self::RsaPss(key) => rsa_public(key),
            Self::EcdsaP256(key) => p256_public(key),
            // That the point can be computed was made sure of when the key was drawn.
            Self::Ecdsa(key) => elliptic_public(key.curve(), &key.point().unwrap_or_default()),
            #[cfg(test)]
            Self::Outside(outside) => outside.public.clone(),
        }
    }
}

/// One SEQUENCE, written by `fill`.
pub(super) fn sequence(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, fill);
    writer.into_bytes()
}

/// AlgorithmIdentifier of a hash, parameters absent (RFC 5754 §2).
pub(super) fn hash_algorithm(hash: HashAlgorithm) -> Vec<u8> {
    sequence(|w| {
        w.oid(hash.oid());
    })
}

/// The hash as long as the order of a curve (Doc 9303-12 §4.1.6.4).
const fn hash_for(curve: Curve) -> HashAlgorithm {
    match curve.field_len() {
        0..=32 => HashAlgorithm::Sha256,
        33..=48 => HashAlgorithm::Sha384,
        _ => HashAlgorithm::Sha512,
    }
}

/// Writes id-RSASSA-PSS and its parameters:
///
/// ```text
/// SEQUENCE { [0] { SEQUENCE { sha256 } }                       hashAlgorithm
///            [1] { SEQUENCE { mgf1, SEQUENCE { sha256 } } }    maskGenAlgorithm
///            [2] { INTEGER 32 } }                              saltLength; trailerField is the default
/// ```
///
/// RSASSA-PSS-params with SHA-256 twice and a salt of 32 octets (RFC 4055 §3.1).
fn pss_algorithm(w: &mut Writer) {
    let hash = hash_algorithm(HashAlgorithm::Sha256);
    let mask = sequence(|w| {
        w.oid(MGF1).raw(&hash);
    });
    w.oid(RSA_PSS).constructed(Tag::SEQUENCE, |w| {
        w.primitive(Tag::context_constructed(0), &hash);
        w.primitive(Tag::context_constructed(1), &mask);
        w.constructed(Tag::context_constructed(2), |w| {
            w.integer(32);
        });
    });
}

/// SubjectPublicKeyInfo of an RSA key (RFC 3279 §2.3.1).
///
/// ```text
/// SEQUENCE { SEQUENCE { rsaEncryption, NULL }
///            BIT STRING { SEQUENCE { INTEGER modulus, INTEGER publicExponent } } }
/// ```
pub(super) fn rsa_public(key: &RsaPrivateKey) -> Vec<u8> {
    let numbers = sequence(|w| {
        w.unsigned(&key.n().to_be_bytes());
        w.unsigned(&key.e().to_be_bytes());
    });
    sequence(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(RSA_ENCRYPTION).null();
        });
        w.bit_string(&numbers);
    })
}

/// A private key on P-256 drawn from `seed`.
pub(super) fn p256(seed: &Seed) -> Result<p256::ecdsa::SigningKey> {
    p256::ecdsa::SigningKey::from_slice(seed.octets()).map_err(|_| invalid())
}

/// SubjectPublicKeyInfo of a key on P-256.
pub(super) fn p256_public(key: &p256::ecdsa::SigningKey) -> Vec<u8> {
    elliptic_public(Curve::P256, key.verifying_key().to_sec1_point(false).as_bytes())
}

/// SubjectPublicKeyInfo of a key on a curve, domain parameters explicit (ECParameters, RFC 3279 §2.3.5).
///
/// ```text
/// SEQUENCE { SEQUENCE { id-ecPublicKey, ECParameters }
///            BIT STRING 04 ‖ x ‖ y }
/// ```
fn elliptic_public(curve: Curve, point: &[u8]) -> Vec<u8> {
    sequence(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(EC_PUBLIC_KEY).raw(&parameters(curve));
        });
        w.bit_string(point);
    })
}

/// The domain parameters, cofactor included, points uncompressed (Doc 9303-12 §4.1.6):
///
/// ```text
/// SEQUENCE { INTEGER 1                              version: without a seed
///            SEQUENCE { prime-field, INTEGER p }
///            SEQUENCE { OCTET STRING a, OCTET STRING b }
///            OCTET STRING G, INTEGER n, INTEGER h }
/// ```
fn parameters(curve: Curve) -> Vec<u8> {
    let domain = curve.domain();
    sequence(|w| {
        w.integer(1);
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(PRIME_FIELD).unsigned(domain.p);
        });
        w.constructed(Tag::SEQUENCE, |w| {
            w.octet_string(domain.a).octet_string(domain.b);
        });
        w.octet_string(&[&[4], domain.gx, domain.gy].concat()).unsigned(domain.n).integer(1);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rsa::pkcs8::EncodePrivateKey;

    const FILES: [(Shipped, &str, usize); 10] = [
        (Shipped::UtopiaCsca, "csca-utopia", 4096),
        (Shipped::SecondCsca, "csca-second", 3072),
        (Shipped::UnpublishedCsca, "csca-unpublished", 3072),
        (Shipped::Signer, "signer", 2048),
        (Shipped::RevokedSigner, "signer-revoked", 2048),
        (Shipped::SecondSigner, "signer-second", 2048),
        (Shipped::UnpublishedSigner, "signer-unpublished", 2048),
        (Shipped::MasterListSigner, "master-list", 2048),
        (Shipped::Chip, "chip", 2048),
        (Shipped::CloneChip, "chip-clone", 2048),
    ];

    /// How the shipped keys were made.
    fn generate(name: &str, bits: usize) -> RsaPrivateKey {
        let mut generator = Seed::of(&format!("key {name}"), 0).generator();
        RsaPrivateKey::new(&mut generator, bits).unwrap()
    }

    /// With `LANDFALL_BLESS` set it writes them.
    #[test]
    fn the_shipped_keys_are_what_their_generator_makes() {
        for (shipped, name, bits) in FILES {
            let made = generate(name, bits).to_pkcs8_der().unwrap();
            if std::env::var_os("LANDFALL_BLESS").is_some() {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/specimen/keys");
                std::fs::write(format!("{folder}/{name}.p8"), made.as_bytes()).unwrap();
            }
            assert!(made.as_bytes() == shipped.pkcs8(), "{name}");
            assert_eq!(shipped.key().unwrap().size() * 8, bits);
        }
    }
}
