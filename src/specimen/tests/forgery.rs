//! Signatures that anybody could have made. Each of them holds by its own arithmetic, and none passes.

use super::outside::{
    Attributes, Signer, answer, certify, emsa_pkcs1, genuine, judged, pkcs1, pss, pss_algorithm, rsa_info, sod, store,
};
use crate::asn1::{Oid, Tag, oid};
use crate::check::{CheckId, Outcome, Reason};
use crate::crypto::HashAlgorithm::{Sha1, Sha256, Sha512};
use crate::crypto::{Curve, HashAlgorithm};
use crate::specimen::certificate::Role;
use crate::specimen::key::{Outside, Shipped, SigningKey, p256, sequence};
use crate::specimen::seed::Seed;
use crate::specimen::trust::Csca;

const LDS: Oid<'static> = oid!(2, 23, 136, 1, 1, 1);
const DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 1);

/// An RSA key with this exponent, with which the padded digest is its own signature.
fn self_signing(exponent: &[u8]) -> SigningKey {
    let mut modulus = vec![0xC5; 256];
    modulus[255] = 1;
    let sign = |message: &[u8]| emsa_pkcs1(Sha256, message, 256);
    let algorithm = sequence(|w| {
        w.oid(oid!(1, 2, 840, 113549, 1, 1, 11)).null();
    });
    SigningKey::Outside(Outside { public: rsa_info(&modulus, exponent), algorithm, sign: Box::new(sign) })
}

/// An authority with a key as it should be, and its certificate.
fn authority() -> (SigningKey, Vec<u8>) {
    let key = pkcs1(Shipped::MasterListSigner, Sha256);
    let root = certify(Csca::Utopia, &key, Role::Csca, &key);
    (key, root)
}

/// What is said of the signature of `signer`, whose certificate is good.
fn signature_of(key: &SigningKey, hash: HashAlgorithm, algorithm: Option<Vec<u8>>) -> (Outcome, Reason) {
    let (csca, root) = authority();
    let certificate = certify(Csca::Utopia, &csca, Role::DocumentSigner, key);
    let signer = Signer { algorithm, ..Signer::new(key, &certificate, hash) };
    let bytes = sod(LDS, &genuine().1, &[&certificate], &[signer]);
    answer(&judged(&bytes, &store(&[&root])).0, CheckId::SodSignature)
}

#[test]
fn an_exponent_of_one_or_an_even_one_signs_nothing_and_issues_nothing() {
    for exponent in [&[1][..], &[2], &[4], &[1, 0, 0]] {
        let key = self_signing(exponent);
        assert_eq!(signature_of(&key, Sha256, None), (Outcome::Failed, Reason::KeyUnfit), "{exponent:?}");
        // As an authority that somebody let into the store.
        let root = certify(Csca::Utopia, &key, Role::Csca, &key);
        let signer = SigningKey::EcdsaP256(p256(&Seed::of("forged signer", 0)).unwrap());
        let certificate = certify(Csca::Utopia, &key, Role::DocumentSigner, &signer);
        let bytes = sod(LDS, &genuine().1, &[&certificate], &[Signer::new(&signer, &certificate, Sha256)]);
        let mut store = crate::pki::TrustStore::new();
        let _ = store.import(&root, &crate::pki::Voucher::new("nobody careful"));
        let (checks, _) = judged(&bytes, &store);
        assert_ne!(answer(&checks, CheckId::SodPath).0, Outcome::Passed, "{exponent:?}");
    }
}

/// Explicit parameters of P-256 with another base point, and a key on them.
fn foreign_info(base: &[u8]) -> Vec<u8> {
    let domain = Curve::P256.domain();
    sequence(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(oid!(1, 2, 840, 10045, 2, 1)).constructed(Tag::SEQUENCE, |w| {
                w.integer(1).constructed(Tag::SEQUENCE, |w| {
                    w.oid(oid!(1, 2, 840, 10045, 1, 1)).unsigned(domain.p);
                });
                w.constructed(Tag::SEQUENCE, |w| {
                    w.octet_string(domain.a).octet_string(domain.b);
                });
                w.octet_string(base).unsigned(domain.n).integer(1);
            });
        });
        w.bit_string(base);
    })
}

/// `(one + other) mod n` of P-256, for numbers of 32 octets below n.
fn sum(one: &[u8], other: &[u8]) -> Vec<u8> {
    let order = Curve::P256.domain().n;
    let mut sum = vec![0; 33];
    let mut carry = 0;
    for index in (0..32).rev() {
        let digit = u16::from(one[index]) + u16::from(other[index]) + carry;
        sum[index + 1] = digit as u8;
        carry = digit >> 8;
    }
    sum[0] = carry as u8;
    let order = [&[0], order].concat();
    if sum >= order {
        let mut borrow = 0;
        for index in (0..33).rev() {
            let digit = i16::from(sum[index]) - i16::from(order[index]) - borrow;
            sum[index] = digit as u8;
            borrow = i16::from(digit < 0);
        }
    }
    sum.split_off(1)
}

/// Whoever may choose the base point chooses the public point itself: the private key is then 1, and with the nonce 1
/// the signature is r = x, s = e + r.
#[test]
fn a_curve_with_the_key_as_base_point_signs_nothing() {
    let victim = p256(&Seed::of("victim", 0)).unwrap();
    let point = victim.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    let x = point[1..33].to_vec();
    let sign = move |message: &[u8]| {
        let s = sum(Sha256.digest(message).as_bytes(), &x);
        sequence(|w| {
            w.unsigned(&x).unsigned(&s);
        })
    };
    let algorithm = sequence(|w| {
        w.oid(oid!(1, 2, 840, 10045, 4, 3, 2));
    });
    let key = SigningKey::Outside(Outside { public: foreign_info(&point), algorithm, sign: Box::new(sign) });
    assert_eq!(signature_of(&key, Sha256, None), (Outcome::Failed, Reason::KeyUnfit));
}

/// The AlgorithmIdentifier of a signer is signed by nobody: naming another hash there must not help.
#[test]
fn a_signature_made_with_another_hash_than_is_named_fails() {
    let wrong = (Outcome::Failed, Reason::SignatureWrong);
    for (made, named) in [(Sha1, Sha256), (Sha256, Sha1), (Sha256, Sha512), (Sha512, Sha256)] {
        let key = pss(Shipped::Signer, made, 20);
        assert_eq!(signature_of(&key, made, Some(pss_algorithm(named, 20))), wrong, "{made:?} as {named:?}");
        assert_eq!(signature_of(&key, named, Some(pss_algorithm(named, 20))), wrong, "{made:?} as {named:?}");
    }
    let key = pss(Shipped::Signer, Sha256, 32);
    for salt in [0, 20, 31, 33, 64] {
        assert_eq!(signature_of(&key, Sha256, Some(pss_algorithm(Sha256, salt))), wrong, "salt of {salt}");
    }
}

/// A signature over attributes is also one over content that consists of them (RFC 5652 §11, and as shown by others).
#[test]
fn attributes_passed_off_as_content_are_refused() {
    let (csca, root) = authority();
    let key = SigningKey::EcdsaP256(p256(&Seed::of("forged signer", 0)).unwrap());
    let certificate = certify(Csca::Utopia, &csca, Role::DocumentSigner, &key);
    let honest = Signer::new(&key, &certificate, Sha256);
    let (attributes, _) = honest.signed_octets(LDS, &genuine().1);
    for kind in [LDS, DATA] {
        let moved = Signer { attributes: Attributes::None, ..honest.clone() };
        let bytes = sod(kind, &attributes, &[&certificate], &[moved]);
        let (checks, _) = judged(&bytes, &store(&[&root]));
        for id in [CheckId::SodSignature, CheckId::SodDataGroupHash, CheckId::SodPath] {
            assert_ne!(answer(&checks, id).0, Outcome::Passed, "{id}");
        }
    }
}

#[test]
fn of_two_signers_one_bad_one_spoils_the_whole_in_either_place() {
    let (csca, root) = authority();
    let keys =
        ["forged signer", "second signer"].map(|label| SigningKey::EcdsaP256(p256(&Seed::of(label, 0)).unwrap()));
    let stranger = SigningKey::EcdsaP256(p256(&Seed::of("stranger", 0)).unwrap());
    let certificates = keys.each_ref().map(|key| certify(Csca::Utopia, &csca, Role::DocumentSigner, key));
    for bad in [0, 1] {
        let mut signers = [0, 1].map(|index| Signer::new(&keys[index], &certificates[index], Sha256));
        signers[bad].key = &stranger;
        let bytes = sod(LDS, &genuine().1, &[&certificates[0], &certificates[1]], &signers);
        let (checks, _) = judged(&bytes, &store(&[&root]));
        assert_eq!(answer(&checks, CheckId::SodSignature), (Outcome::Failed, Reason::SignatureWrong));
    }
}

#[test]
fn the_right_key_for_the_wrong_purpose_or_of_the_wrong_country_does_not_pass() {
    let (csca, root) = authority();
    let key = SigningKey::EcdsaP256(p256(&Seed::of("forged signer", 0)).unwrap());
    for (country, role, id) in [
        (Csca::Utopia, Role::MasterListSigner, CheckId::SodPath),
        (Csca::Utopia, Role::Csca, CheckId::SodPath),
        (Csca::Second, Role::DocumentSigner, CheckId::SodCountry),
        (Csca::Second, Role::DocumentSigner, CheckId::SodPath),
    ] {
        let certificate = certify(country, &csca, role, &key);
        let bytes = sod(LDS, &genuine().1, &[&certificate], &[Signer::new(&key, &certificate, Sha256)]);
        let (checks, _) = judged(&bytes, &store(&[&root]));
        assert_ne!(answer(&checks, id).0, Outcome::Passed, "{id}");
    }
}
