//! How fast one signature is verified, on every curve and with RSA.
//!
//! The signatures are those of Project Wycheproof that are right. Without peers the unit is one verification on P-256,
//! which `ring` does. With them each signature is put to OpenSSL too, whose key is decoded once before the clock starts;
//! Landfall decodes its key and hashes the message every time.

use landfall::asn1::{Profile, Reader, SubjectPublicKeyInfo};
use landfall::crypto::{HashAlgorithm, Pss, PublicKey, SignatureAlgorithm, verify};
use landfall::deviation::Deviations;
use landfall::error::Part;
use std::hint::black_box;
use std::time::{Duration, Instant};
use wycheproof::{HashFunction, TestResult, ecdsa, rsa_pkcs1_verify, rsa_pss_verify};

/// How many signatures of each kind are verified in turn.
const SIGNATURES: usize = 12;
/// How often: the least time counts, so that a busy machine does not.
const ROUNDS: usize = 60;

/// Signatures of one kind by one key.
struct Case {
    name: String,
    key: Vec<u8>,
    algorithm: SignatureAlgorithm,
    /// Message and signature.
    signed: Vec<(Vec<u8>, Vec<u8>)>,
    /// The ratio to OpenSSL that is asked for.
    #[allow(dead_code, reason = "read where OpenSSL is a peer")]
    goal: Option<f64>,
}

impl Case {
    fn key<'a>(&'a self, seen: &mut Deviations) -> PublicKey<'a> {
        let mut reader = Reader::new(&self.key, Part::Input, Profile::Ber);
        let info = SubjectPublicKeyInfo::read(&mut reader, seen).expect("a key");
        PublicKey::of(&info, seen).expect("a key")
    }

    /// Microseconds of one verification by `verify`.
    fn cost(&self, mut verify: impl FnMut(&[u8], &[u8]) -> bool) -> f64 {
        let mut least = vec![Duration::MAX; self.signed.len()];
        for _ in 0..ROUNDS {
            for (least, (message, signature)) in least.iter_mut().zip(&self.signed) {
                let start = Instant::now();
                let right = verify(black_box(message), black_box(signature));
                *least = start.elapsed().min(*least);
                assert!(right, "{}", self.name);
            }
        }
        least.iter().sum::<Duration>().as_secs_f64() * 1e6 / least.len() as f64
    }

    fn ours(&self) -> f64 {
        let mut seen = Deviations::new();
        let key = self.key(&mut seen);
        self.cost(|message, signature| verify(&key, self.algorithm, message, signature).is_ok())
    }
}

/// The curves, their names at Wycheproof, a hash, and the goal against OpenSSL.
const CURVES: [(&str, &str, HashFunction, Option<f64>); 11] = [
    ("P-192 SHA-256", "secp192r1sha256", HashFunction::Sha2_256, None),
    ("P-224 SHA-256", "secp224r1sha256", HashFunction::Sha2_256, None),
    ("P-256 SHA-256, by ring", "secp256r1sha256", HashFunction::Sha2_256, Some(1.05)),
    ("P-256 SHA-512", "secp256r1sha512", HashFunction::Sha2_512, None),
    ("P-384 SHA-512", "secp384r1sha512", HashFunction::Sha2_512, Some(0.5)),
    ("P-521 SHA-512", "secp521r1sha512", HashFunction::Sha2_512, Some(1.7)),
    ("bpP224r1 SHA-224", "brainpool224r1sha224", HashFunction::Sha2_224, None),
    ("bpP256r1 SHA-256", "brainpool256r1sha256", HashFunction::Sha2_256, Some(0.7)),
    ("bpP320r1 SHA-384", "brainpool320r1sha384", HashFunction::Sha2_384, None),
    ("bpP384r1 SHA-384", "brainpool384r1sha384", HashFunction::Sha2_384, Some(0.7)),
    ("bpP512r1 SHA-512", "brainpool512r1sha512", HashFunction::Sha2_512, Some(0.9)),
];

fn hash(function: HashFunction) -> HashAlgorithm {
    match function {
        HashFunction::Sha1 => HashAlgorithm::Sha1,
        HashFunction::Sha2_224 => HashAlgorithm::Sha224,
        HashFunction::Sha2_384 => HashAlgorithm::Sha384,
        HashFunction::Sha2_512 => HashAlgorithm::Sha512,
        _ => HashAlgorithm::Sha256,
    }
}

fn elliptic() -> Vec<Case> {
    let cases = CURVES.iter().filter_map(|(name, word, function, goal)| {
        let squeezed = |name: ecdsa::TestName| format!("{name:?}").to_lowercase().replace('_', "");
        let found = ecdsa::TestName::all().into_iter().find(|name| squeezed(*name).ends_with(word));
        let set = ecdsa::TestSet::load(found?).ok()?;
        let group = set.test_groups.first()?;
        let right = group.tests.iter().filter(|test| test.result == TestResult::Valid);
        let signed = right.map(|test| (test.msg.to_vec(), test.sig.to_vec())).take(SIGNATURES).collect();
        let algorithm = SignatureAlgorithm::Ecdsa(hash(*function));
        Some(Case { name: (*name).to_owned(), key: group.der.to_vec(), algorithm, signed, goal: *goal })
    });
    cases.collect()
}

/// RSA of several sizes; PSS with a salt that `ring` does not take.
fn rsa() -> Vec<Case> {
    let mut cases = Vec::new();
    for (word, bits) in [("2048sha256", 2048), ("4096sha512", 4096), ("2048sha224", 2048)] {
        let squeezed = |name: rsa_pkcs1_verify::TestName| format!("{name:?}").to_lowercase().replace('_', "");
        let found = rsa_pkcs1_verify::TestName::all().into_iter().find(|name| squeezed(*name).ends_with(word));
        let Some(set) = found.and_then(|name| rsa_pkcs1_verify::TestSet::load(name).ok()) else { continue };
        let Some(group) = set.test_groups.first() else { continue };
        let right = group.tests.iter().filter(|test| test.result == TestResult::Valid);
        cases.push(Case {
            name: format!("RSA-{bits} PKCS#1 {word}"),
            key: group.der.to_vec(),
            algorithm: SignatureAlgorithm::RsaPkcs1(hash(group.hash)),
            signed: right.map(|test| (test.msg.to_vec(), test.sig.to_vec())).take(SIGNATURES).collect(),
            goal: None,
        });
    }
    for name in rsa_pss_verify::TestName::all() {
        let Ok(set) = rsa_pss_verify::TestSet::load(name) else { continue };
        let Some(group) = set.test_groups.first() else { continue };
        let mask = group.mgf_hash;
        if !matches!(group.key_size, 2048 | 4096) || mask != Some(group.hash) || group.hash != HashFunction::Sha2_256 {
            continue;
        }
        let salt_len = u32::try_from(group.salt_size).expect("a length");
        let pss = Pss { salt_len, ..Pss::with(HashAlgorithm::Sha256) };
        let right = group.tests.iter().filter(|test| test.result == TestResult::Valid);
        cases.push(Case {
            name: format!("RSA-{} PSS SHA-256, salt {salt_len}", group.key_size),
            key: group.der.to_vec(),
            algorithm: SignatureAlgorithm::RsaPss(pss),
            signed: right.map(|test| (test.msg.to_vec(), test.sig.to_vec())).take(SIGNATURES).collect(),
            goal: None,
        });
    }
    cases
}

#[cfg(any(peers, openssl_peer))]
mod peer {
    use super::Case;
    use landfall::crypto::{HashAlgorithm, SignatureAlgorithm};
    use openssl::ecdsa::EcdsaSig;
    use openssl::hash::{MessageDigest, hash};
    use openssl::pkey::PKey;
    use openssl::rsa::Padding;
    use openssl::sign::{RsaPssSaltlen, Verifier};

    fn digester(hash: HashAlgorithm) -> MessageDigest {
        match hash {
            HashAlgorithm::Sha1 => MessageDigest::sha1(),
            HashAlgorithm::Sha224 => MessageDigest::sha224(),
            HashAlgorithm::Sha256 => MessageDigest::sha256(),
            HashAlgorithm::Sha384 => MessageDigest::sha384(),
            HashAlgorithm::Sha512 => MessageDigest::sha512(),
        }
    }

    /// Microseconds of one verification by OpenSSL.
    pub fn cost(case: &Case) -> f64 {
        let key = PKey::public_key_from_der(&case.key).expect("a key");
        let digester = digester(case.algorithm.hash().expect("a hash"));
        if let SignatureAlgorithm::Ecdsa(_) = case.algorithm {
            let key = key.ec_key().expect("a key on a curve");
            return case.cost(|message, signature| {
                let digest = hash(digester, message).expect("a digest");
                EcdsaSig::from_der(signature).and_then(|signature| signature.verify(&digest, &key)).unwrap_or(false)
            });
        }
        case.cost(|message, signature| {
            let mut verifier = Verifier::new(digester, &key).expect("a verifier");
            if let SignatureAlgorithm::RsaPss(pss) = case.algorithm {
                verifier.set_rsa_padding(Padding::PKCS1_PSS).expect("padding");
                let length = i32::try_from(pss.salt_len).expect("a length");
                verifier.set_rsa_pss_saltlen(RsaPssSaltlen::custom(length)).expect("a length");
            }
            verifier.verify_oneshot(signature, message).unwrap_or(false)
        })
    }
}

#[cfg(not(any(peers, openssl_peer)))]
fn print_costs(cases: &[Case]) {
    let unit = cases.iter().find(|case| case.name.contains("by ring")).map_or(1.0, Case::ours);
    println!("unit: P-256 SHA-256, by ring: {unit:.0} microseconds");
    for case in cases {
        let cost = case.ours();
        println!("{:34} {cost:6.0} microseconds = {:5.2} units", case.name, cost / unit);
    }
}

#[cfg(any(peers, openssl_peer))]
fn print_costs(cases: &[Case]) {
    for case in cases {
        let (ours, theirs) = (case.ours(), peer::cost(case));
        let ratio = ours / theirs;
        let goal = match case.goal {
            Some(goal) if ratio <= goal => format!(" (goal {goal}: met)"),
            Some(goal) => format!(" (goal {goal}: MISSED)"),
            None => String::new(),
        };
        println!("{:34} {ours:6.0} microseconds, OpenSSL {theirs:6.0}: {ratio:5.2}{goal}", case.name);
    }
}

/// Every kind of signature, a line each.
pub fn print() {
    let mut cases = elliptic();
    assert_eq!(cases.len(), CURVES.len(), "a set of Wycheproof is missing");
    cases.extend(rsa());
    print_costs(&cases);
}
