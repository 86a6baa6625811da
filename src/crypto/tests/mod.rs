//! Keys that were made for the moment, signatures with them, and keys with which anybody could sign.

use super::*;
use crate::asn1::{Profile, Reader, SubjectPublicKeyInfo, Tag, Writer, oid};
use crate::deviation::Deviations;
use crate::error::Part;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

const ECDSA: SignatureAlgorithm = SignatureAlgorithm::Ecdsa(HashAlgorithm::Sha256);

/// How a key names its curve.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    Named,
    Explicit,
    /// Everything right but the base point, which is the key itself: its private key is then 1.
    Foreign,
}

/// A P-256 key pair for tests.
pub(crate) struct Signer(EcdsaKeyPair);

impl Signer {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random).unwrap())
    }

    pub(crate) fn point(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
    }

    /// The SubjectPublicKeyInfo.
    pub(crate) fn info(&self, naming: Naming) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |info| {
            info.constructed(Tag::SEQUENCE, |algorithm| {
                algorithm.oid(oid!(1, 2, 840, 10045, 2, 1));
                match naming {
                    Naming::Named => {
                        algorithm.oid(Curve::P256.oid());
                    }
                    Naming::Explicit => explicit(algorithm, &generator()),
                    Naming::Foreign => explicit(algorithm, self.point()),
                }
            });
            info.bit_string(self.point());
        });
        writer.into_bytes()
    }
}

fn generator() -> Vec<u8> {
    let domain = Curve::P256.domain();
    [&[4], domain.gx, domain.gy].concat()
}

fn explicit(writer: &mut Writer, base: &[u8]) {
    let domain = Curve::P256.domain();
    writer.constructed(Tag::SEQUENCE, |out| {
        out.integer(1);
        out.constructed(Tag::SEQUENCE, |field| {
            field.oid(oid!(1, 2, 840, 10045, 1, 1)).unsigned(domain.p);
        });
        out.constructed(Tag::SEQUENCE, |equation| {
            equation.octet_string(domain.a).octet_string(domain.b);
        });
        out.octet_string(base).unsigned(domain.n).integer(1);
    });
}

fn with_key<T>(info: &[u8], look: impl FnOnce(&PublicKey<'_>) -> T) -> T {
    let seen = &mut Deviations::new();
    let mut reader = Reader::new(info, Part::Certificate, Profile::Ber);
    let info = SubjectPublicKeyInfo::read(&mut reader, seen).unwrap();
    look(&PublicKey::of(&info, seen).unwrap())
}

#[test]
fn a_key_verifies_under_the_name_of_its_curve_and_under_explicit_parameters_alike() {
    let signer = Signer::new();
    let signature = signer.sign(b"Utopia");
    for naming in [Naming::Named, Naming::Explicit] {
        with_key(&signer.info(naming), |key| {
            assert!(verify(key, ECDSA, b"Utopia", &signature).is_ok());
            let wrong = Err(VerifyFailure::Bad(Defect::Signature));
            assert_eq!(verify(key, ECDSA, b"utopia", &signature), wrong);
        });
    }
}

#[test]
fn a_known_curve_with_another_base_point_verifies_nothing() {
    let signer = Signer::new();
    let signature = signer.sign(b"Utopia");
    with_key(&signer.info(Naming::Foreign), |key| {
        let refused = Err(VerifyFailure::Bad(Defect::ForeignParameters));
        assert_eq!(verify(key, ECDSA, b"Utopia", &signature), refused);
    });
}

#[test]
fn a_compressed_point_verifies_and_the_other_root_does_not() {
    let signer = Signer::new();
    let signature = signer.sign(b"Utopia");
    let odd = signer.point()[64] & 1;
    for (form, right) in [(2 + odd, true), (3 - odd, false)] {
        let point = [&[form], &signer.point()[1..33]].concat();
        let key = PublicKey::Ec(EcKey { parameters: Parameters::Named(Curve::P256), point: &point });
        assert_eq!(verify(&key, ECDSA, b"Utopia", &signature).is_ok(), right);
    }
}

#[test]
fn a_point_off_the_curve_is_refused_by_name_on_every_curve() {
    for curve in Curve::ALL {
        let domain = curve.domain();
        let generator = [&[4], domain.gx, domain.gy].concat();
        let mut moved = generator.clone();
        *moved.last_mut().unwrap() ^= 1;
        let beyond = [&[4], domain.p, domain.gy].concat();
        let rows = [
            (generator, Defect::Signature),
            (moved, Defect::Point),
            (beyond, Defect::Point),
            (vec![], Defect::Point),
            (vec![0], Defect::Point),
            (vec![4], Defect::Point),
        ];
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |out| {
            out.integer(1).integer(1);
        });
        let signature = writer.into_bytes();
        for (point, defect) in rows {
            let key = PublicKey::Ec(EcKey { parameters: Parameters::Explicit(curve), point: &point });
            let told = verify(&key, ECDSA, b"Utopia", &signature);
            assert_eq!(told, Err(VerifyFailure::Bad(defect)), "{}", curve.name());
        }
    }
}

#[test]
fn base_points_lie_on_their_curves_and_have_the_order_that_the_table_says() {
    for curve in Curve::ALL {
        let domain = curve.domain();
        let generator = [&[4], domain.gx, domain.gy].concat();
        assert_eq!(ecdsa::order_annihilates(curve, &generator), Some(true), "{}", curve.name());
    }
}

/// An RSA modulus of 1024 bits: any odd number does, since nobody needs its factors here.
const MODULUS: [u8; 128] = [0xC5; 128];

#[test]
fn an_exponent_of_one_with_which_anybody_signs_is_refused() {
    let digest = HashAlgorithm::Sha256.digest(b"Utopia");
    let info =
        [&oid_prefix()[..], &[0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 32], digest.as_bytes()]
            .concat();
    let mut forged = vec![0, 1];
    forged.resize(128 - info.len() - 1, 0xFF);
    forged.push(0);
    forged.extend_from_slice(&info);
    let algorithm = SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256);
    let rows: [(&[u8], _); 5] = [
        (&[1], Defect::Exponent),
        (&[0, 0, 1], Defect::Exponent),
        (&[], Defect::Exponent),
        (&[1, 0, 0], Defect::Exponent),
        (&[3], Defect::Signature),
    ];
    for (exponent, defect) in rows {
        let key = PublicKey::Rsa(RsaKey { modulus: &MODULUS, exponent, pss_only: false });
        let told = verify(&key, algorithm, b"Utopia", &forged);
        assert_eq!(told, Err(VerifyFailure::Bad(defect)), "{exponent:?}");
    }
}

/// `SEQUENCE {` of a DigestInfo of SHA-256.
const fn oid_prefix() -> [u8; 2] {
    [0x30, 49]
}

#[test]
fn rsa_keys_that_are_too_small_too_large_or_even_are_refused_by_size_or_name() {
    let algorithm = SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256);
    let even = [&MODULUS[..127], &[0xC4]].concat();
    let long = [0xFF; 65];
    let rows: [(&[u8], &[u8], VerifyFailure); 4] = [
        (&MODULUS[..64], &[3], VerifyFailure::NotSupported(Unsupported::RsaModulus(512))),
        (&[0xC5; 1025], &[3], VerifyFailure::NotSupported(Unsupported::RsaModulus(8200))),
        (&even, &[3], VerifyFailure::Bad(Defect::Modulus)),
        (&MODULUS, &long, VerifyFailure::NotSupported(Unsupported::RsaExponent(520))),
    ];
    for (modulus, exponent, failure) in rows {
        let key = RsaKey { modulus, exponent, pss_only: false };
        let signature = vec![1; modulus.len()];
        let told = verify(&PublicKey::Rsa(key), algorithm, b"", &signature);
        assert_eq!(told, Err(failure));
        assert_eq!(recover(&key, &signature), Err(failure));
    }
}

#[test]
fn keys_and_algorithms_of_different_kinds_do_not_verify() {
    let signer = Signer::new();
    let signature = signer.sign(b"Utopia");
    let rsa = SignatureAlgorithm::RsaPkcs1(HashAlgorithm::Sha256);
    with_key(&signer.info(Naming::Named), |key| {
        let told = verify(key, rsa, b"Utopia", &signature);
        assert_eq!(told, Err(VerifyFailure::Bad(Defect::KeyType)));
        let told = verify(key, SignatureAlgorithm::Unknown, b"Utopia", &signature);
        assert!(told.unwrap_err().is_open());
    });
    let told = verify(&PublicKey::Unknown, ECDSA, b"Utopia", &signature);
    assert_eq!(told, Err(VerifyFailure::NotSupported(Unsupported::KeyType)));
}

#[test]
fn opening_an_rsa_signature_is_raising_it_to_the_exponent() {
    let key = RsaKey { modulus: &MODULUS, exponent: &[3], pss_only: false };
    let mut signature = [0; 128];
    signature[127] = 7;
    let mut cube = vec![0; 128];
    cube[126..].copy_from_slice(&343_u16.to_be_bytes());
    assert_eq!(recover(&key, &signature), Ok(cube));
    for wrong in [&signature[1..], &MODULUS] {
        assert_eq!(recover(&key, wrong), Err(VerifyFailure::Bad(Defect::Signature)));
    }
}
