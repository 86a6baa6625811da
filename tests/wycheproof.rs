//! The vectors of Project Wycheproof: ECDSA on every curve of the table, RSA PKCS #1 v1.5 and PSS.
//!
//! Each vector has to come out as published. Each one that is valid is also tampered with, in the message and in the
//! signature, and must then be wrong. Sets for hashes and curves that no passport uses are left out by name.

use landfall::asn1::{Profile, Reader, SubjectPublicKeyInfo};
use landfall::crypto::{
    Curve, Defect, HashAlgorithm, Pss, PublicKey, SignatureAlgorithm, Verified, VerifyFailure, verify,
};
use landfall::deviation::Deviations;
use landfall::error::Part;
use wycheproof::{HashFunction, TestResult, ecdsa, rsa_pkcs1_verify, rsa_pss_verify};

/// What a set holds against one key.
struct Vector<'a> {
    key: &'a [u8],
    algorithm: SignatureAlgorithm,
    message: &'a [u8],
    signature: &'a [u8],
    expected: TestResult,
    name: String,
}

fn hash(function: HashFunction) -> Option<HashAlgorithm> {
    Some(match function {
        HashFunction::Sha1 => HashAlgorithm::Sha1,
        HashFunction::Sha2_224 => HashAlgorithm::Sha224,
        HashFunction::Sha2_256 => HashAlgorithm::Sha256,
        HashFunction::Sha2_384 => HashAlgorithm::Sha384,
        HashFunction::Sha2_512 => HashAlgorithm::Sha512,
        _ => return None,
    })
}

impl Vector<'_> {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<Verified, VerifyFailure> {
        let seen = &mut Deviations::new();
        let mut reader = Reader::new(self.key, Part::Input, Profile::Ber);
        let info = SubjectPublicKeyInfo::read(&mut reader, seen).unwrap();
        let key = PublicKey::of(&info, seen).unwrap();
        verify(&key, self.algorithm, message, signature)
    }

    fn check(&self) {
        let told = self.verify(self.message, self.signature);
        match self.expected {
            TestResult::Valid => assert!(told.is_ok(), "{}: {told:?}", self.name),
            TestResult::Invalid => {
                assert!(matches!(told, Err(VerifyFailure::Bad(_))), "{}", self.name)
            }
            TestResult::Acceptable => {}
        }
        if told.is_ok() {
            self.check_tampered();
        }
    }

    fn check_tampered(&self) {
        let wrong = Err(VerifyFailure::Bad(Defect::Signature));
        let mut message = self.message.to_vec();
        message.push(0);
        assert_eq!(self.verify(&message, self.signature), wrong, "{}", self.name);
        let mut signature = self.signature.to_vec();
        // Not the lowest bit: for s = (n - 1)/2 that would make the other right signature.
        *signature.last_mut().unwrap() ^= 4;
        assert_eq!(self.verify(self.message, &signature), wrong, "{}", self.name);
    }
}

fn check_ecdsa(curve: Curve, word: &str, minimum: usize) {
    let mut count = 0;
    for name in ecdsa::TestName::all() {
        let set_name = format!("{name:?}").to_lowercase();
        if !set_name.contains(word) {
            continue;
        }
        let set = ecdsa::TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let Some(hash) = hash(group.hash) else {
                continue;
            };
            let algorithm = match group.test_type {
                ecdsa::TestGroupTypeId::Ecdsa => SignatureAlgorithm::Ecdsa(hash),
                _ => SignatureAlgorithm::EcdsaPlain(hash),
            };
            for test in &group.tests {
                Vector {
                    key: &group.der,
                    algorithm,
                    message: &test.msg,
                    signature: &test.sig,
                    expected: test.result,
                    name: format!("{} {} {}", curve.name(), test.tc_id, test.comment),
                }
                .check();
                count += 1;
            }
        }
    }
    println!("{}: {count} vectors", curve.name());
    assert!(count >= minimum, "{}: {count}", curve.name());
}

#[test]
fn ecdsa_on_nist_curves_is_as_published() {
    let rows = [
        (Curve::P192, "secp192r1", 684),
        (Curve::P224, "secp224r1", 2297),
        (Curve::P256, "secp256r1", 1632),
        (Curve::P384, "secp384r1", 2116),
        (Curve::P521, "secp521r1", 860),
    ];
    for (curve, word, minimum) in rows {
        check_ecdsa(curve, word, minimum);
    }
}

#[test]
fn ecdsa_on_brainpool_curves_is_as_published() {
    let rows = [
        (Curve::BrainpoolP224r1, "brainpool224r1", 682),
        (Curve::BrainpoolP256r1, "brainpool256r1", 746),
        (Curve::BrainpoolP320r1, "brainpool320r1", 754),
        (Curve::BrainpoolP384r1, "brainpool384r1", 808),
        (Curve::BrainpoolP512r1, "brainpool512r1", 896),
    ];
    for (curve, word, minimum) in rows {
        check_ecdsa(curve, word, minimum);
    }
}

#[test]
fn rsa_pkcs1_is_as_published() {
    let mut count = 0;
    for name in rsa_pkcs1_verify::TestName::all() {
        let set = rsa_pkcs1_verify::TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let Some(hash) = hash(group.hash) else {
                continue;
            };
            for test in &group.tests {
                Vector {
                    key: &group.der,
                    algorithm: SignatureAlgorithm::RsaPkcs1(hash),
                    message: &test.msg,
                    signature: &test.sig,
                    expected: test.result,
                    name: format!("pkcs1 {name:?} {} {}", test.tc_id, test.comment),
                }
                .check();
                count += 1;
            }
        }
    }
    println!("{count} vectors");
    assert!(count >= 3364, "{count}");
}

#[test]
fn rsa_pss_is_as_published_with_any_salt_and_any_two_hashes() {
    let mut count = 0;
    for name in rsa_pss_verify::TestName::all() {
        let set = rsa_pss_verify::TestSet::load(name).unwrap();
        for group in &set.test_groups {
            let mask_hash = group.mgf_hash.and_then(hash);
            let (Some(hash), Some(mask_hash)) = (hash(group.hash), mask_hash) else {
                continue;
            };
            let pss = Pss { hash, mask_hash, salt_len: group.salt_size.try_into().unwrap() };
            for test in &group.tests {
                Vector {
                    key: &group.der,
                    algorithm: SignatureAlgorithm::RsaPss(pss),
                    message: &test.msg,
                    signature: &test.sig,
                    expected: test.result,
                    name: format!("pss {name:?} {} {}", test.tc_id, test.comment),
                }
                .check();
                count += 1;
            }
        }
    }
    println!("{count} vectors");
    assert!(count >= 2502, "{count}");
}
