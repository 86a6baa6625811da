//! The keys of Utopia: fixed, public, and worth nothing outside specimens.
//!
//! RSA keys take seconds to make and are shipped as PKCS#8 files under `keys/`; keys on P-256 are made from a label
//! in microseconds. Every signature is reproducible: PKCS#1 v1.5 has no randomness (RFC 8017 §8.2), ECDSA takes its nonce
//! from key and message (RFC 6979), and the salt of PSS is drawn from a generator seeded by key and message.
//!
//! Public keys on P-256 are written with explicit domain parameters, as Doc 9303-12 §7.1 asks of certificates.
//!
//! Not done: blinding and constant time. These keys are published; there is nothing to hide.

use super::seed::Seed;
use super::{DigitalSignature, invalid};
use crate::asn1::oid;
use crate::asn1::{Oid, Tag, Writer};
use crate::error::Result;
use p256::ecdsa::signature::Signer as _;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest, Sha256};

/// SHA-256, the only hash that specimens use (NIST arc).
const SHA256: Oid<'static> = oid!(2, 16, 840, 1, 101, 3, 4, 2, 1);
const RSA_ENCRYPTION: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 1);
const MGF1: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 8);
const RSA_PSS: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 10);
const SHA256_WITH_RSA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 11);
const EC_PUBLIC_KEY: Oid<'static> = oid!(1, 2, 840, 10045, 2, 1);
const PRIME_FIELD: Oid<'static> = oid!(1, 2, 840, 10045, 1, 1);
const ECDSA_WITH_SHA256: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 2);

/// The domain parameters of P-256 (FIPS 186-4 §D.1.2.3), big endian.
mod p256_domain {
    /// The prime of the field.
    pub(super) const P: &[u8; 32] = b"\xFF\xFF\xFF\xFF\0\0\0\x01\0\0\0\0\0\0\0\0\
        \0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    /// The first coefficient: p - 3.
    pub(super) const A: &[u8; 32] = b"\xFF\xFF\xFF\xFF\0\0\0\x01\0\0\0\0\0\0\0\0\
        \0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFC";
    /// The second coefficient.
    pub(super) const B: &[u8; 32] = b"\x5A\xC6\x35\xD8\xAA\x3A\x93\xE7\xB3\xEB\xBD\x55\x76\x98\x86\xBC\
        \x65\x1D\x06\xB0\xCC\x53\xB0\xF6\x3B\xCE\x3C\x3E\x27\xD2\x60\x4B";
    /// The base point, uncompressed.
    pub(super) const G: &[u8; 65] = b"\x04\
        \x6B\x17\xD1\xF2\xE1\x2C\x42\x47\xF8\xBC\xE6\xE5\x63\xA4\x40\xF2\
        \x77\x03\x7D\x81\x2D\xEB\x33\xA0\xF4\xA1\x39\x45\xD8\x98\xC2\x96\
        \x4F\xE3\x42\xE2\xFE\x1A\x7F\x9B\x8E\xE7\xEB\x4A\x7C\x0F\x9E\x16\
        \x2B\xCE\x33\x57\x6B\x31\x5E\xCE\xCB\xB6\x40\x68\x37\xBF\x51\xF5";
    /// The order of the base point; the cofactor is 1.
    pub(super) const N: &[u8; 32] = b"\xFF\xFF\xFF\xFF\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\
        \xBC\xE6\xFA\xAD\xA7\x17\x9E\x84\xF3\xB9\xCA\xC2\xFC\x63\x25\x51";
}

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
    /// The key `shipped` if RSA is asked for, else one on P-256 made from `label`.
    pub(super) fn of(kind: DigitalSignature, shipped: Shipped, label: &str) -> Result<Self> {
        match kind {
            DigitalSignature::RsaPkcs1 => shipped.key().map(Self::RsaPkcs1),
            DigitalSignature::RsaPss => shipped.key().map(Self::RsaPss),
            DigitalSignature::EcdsaP256 => p256(&Seed::of(label, 0)).map(Self::EcdsaP256),
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
            Self::EcdsaP256(_) => {
                w.oid(ECDSA_WITH_SHA256);
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

/// AlgorithmIdentifier of SHA-256, parameters absent (RFC 5754 §2).
pub(super) fn sha256_algorithm() -> Vec<u8> {
    sequence(|w| {
        w.oid(SHA256);
    })
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
    let hash = sha256_algorithm();
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

/// SubjectPublicKeyInfo of a key on P-256, domain parameters explicit (ECParameters, RFC 3279 §2.3.5).
///
/// ```text
/// SEQUENCE { SEQUENCE { id-ecPublicKey, ECParameters }
///            BIT STRING 04 ‖ x ‖ y }
/// ```
pub(super) fn p256_public(key: &p256::ecdsa::SigningKey) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    sequence(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(EC_PUBLIC_KEY).raw(&p256_parameters());
        });
        w.bit_string(point.as_bytes());
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
fn p256_parameters() -> Vec<u8> {
    use p256_domain::{A, B, G, N, P};
    sequence(|w| {
        w.integer(1);
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(PRIME_FIELD).unsigned(P);
        });
        w.constructed(Tag::SEQUENCE, |w| {
            w.octet_string(A).octet_string(B);
        });
        w.octet_string(G).unsigned(N).integer(1);
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
