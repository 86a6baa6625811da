//! Differential test of the signature arithmetic: every case is put to Landfall, to OpenSSL and, for the curves that
//! it has, to RustCrypto. A difference ends the run with the case that showed it.
//!
//! usage: cargo run --release -- [CASES] [SEED]
//!
//! A case is a key, a message and a signature that is right, the other right one (s becomes n - s), or one of a dozen
//! ways wrong. RSA cases open random numbers with random odd moduli. The seed makes the choice of variants repeatable;
//! keys and signatures are fresh in every run.

use landfall::crypto::{
    Curve, EcKey, HashAlgorithm, Parameters, PublicKey, RsaKey, SignatureAlgorithm, recover, verify,
};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey as OpensslKey, PointConversionForm};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::{MessageDigest, hash};
use openssl::nid::Nid;
use openssl::pkey::{Private, Public};
use std::collections::BTreeMap;
use std::time::Instant;

/// SplitMix64: enough to choose variants.
struct Choice(u64);

impl Choice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// Curve, its name at OpenSSL, and how many of a thousand signatures are made on it: fewer where one costs more. The rest
/// goes to RSA.
const CURVES: [(Curve, Nid, usize); 10] = [
    (Curve::P192, Nid::X9_62_PRIME192V1, 180),
    (Curve::P224, Nid::SECP224R1, 180),
    (Curve::P256, Nid::X9_62_PRIME256V1, 180),
    (Curve::BrainpoolP224r1, Nid::BRAINPOOL_P224R1, 80),
    (Curve::BrainpoolP256r1, Nid::BRAINPOOL_P256R1, 80),
    (Curve::BrainpoolP320r1, Nid::BRAINPOOL_P320R1, 50),
    (Curve::BrainpoolP384r1, Nid::BRAINPOOL_P384R1, 50),
    (Curve::P384, Nid::SECP384R1, 50),
    (Curve::P521, Nid::SECP521R1, 50),
    (Curve::BrainpoolP512r1, Nid::BRAINPOOL_P512R1, 30),
];

const HASHES: [(HashAlgorithm, fn() -> MessageDigest); 5] = [
    (HashAlgorithm::Sha1, MessageDigest::sha1),
    (HashAlgorithm::Sha224, MessageDigest::sha224),
    (HashAlgorithm::Sha256, MessageDigest::sha256),
    (HashAlgorithm::Sha384, MessageDigest::sha384),
    (HashAlgorithm::Sha512, MessageDigest::sha512),
];

/// A key pair and the point of it as encoded.
struct Pair {
    private: OpensslKey<Private>,
    public: OpensslKey<Public>,
    point: Vec<u8>,
}

struct Bench {
    curve: Curve,
    group: EcGroup,
    order: BigNum,
    pairs: Vec<Pair>,
}

impl Bench {
    fn new(curve: Curve, nid: Nid) -> Self {
        let group = EcGroup::from_curve_name(nid).unwrap();
        let mut context = BigNumContext::new().unwrap();
        let mut order = BigNum::new().unwrap();
        group.order(&mut order, &mut context).unwrap();
        let mut bench = Self { curve, group, order, pairs: Vec::new() };
        bench.renew();
        bench
    }

    fn renew(&mut self) {
        let mut context = BigNumContext::new().unwrap();
        let private = OpensslKey::generate(&self.group).unwrap();
        let form = PointConversionForm::UNCOMPRESSED;
        let point = private.public_key().to_bytes(&self.group, form, &mut context).unwrap();
        let public = OpensslKey::from_public_key(&self.group, private.public_key()).unwrap();
        self.pairs.insert(0, Pair { private, public, point });
        self.pairs.truncate(4);
    }

    /// The numbers of a signature that was `(r, s)`, changed in the way `variant`.
    fn vary(&self, r: &BigNum, s: &BigNum, variant: usize, choice: &mut Choice) -> (BigNum, BigNum) {
        let number = |value: u32| BigNum::from_u32(value).unwrap();
        let own = |value: &BigNum| (**value).to_owned().unwrap();
        let order = &self.order;
        let mut random = BigNum::new().unwrap();
        order.rand_range(&mut random).unwrap();
        match variant {
            0 => (own(r), own(s)),
            1 => (own(r), order - s),
            2 => (order - r, own(s)),
            3 => (own(s), own(r)),
            4 => (number(0), own(s)),
            5 => (own(r), number(0)),
            6 => (r + order, own(s)),
            7 => (own(r), s + order),
            8 => (number(1 + choice.below(4) as u32), own(s)),
            9 => (own(r), order - &number(choice.below(4) as u32)),
            10 => (own(r), random),
            11 => (random, own(s)),
            _ => (flip(r, choice), own(s)),
        }
    }
}

fn flip(number: &BigNum, choice: &mut Choice) -> BigNum {
    let mut flipped = (**number).to_owned().unwrap();
    let bit = choice.below(number.num_bits().max(1) as usize) as i32;
    if number.is_bit_set(bit) {
        flipped.clear_bit(bit).unwrap();
    } else {
        flipped.set_bit(bit).unwrap();
    }
    flipped
}

/// One signature in all its variants; answers how many cases that were.
fn elliptic(bench: &mut Bench, choice: &mut Choice, tally: &mut BTreeMap<String, [u64; 2]>) -> u64 {
    if choice.below(8) == 0 {
        bench.renew();
    }
    let chosen = choice.below(bench.pairs.len());
    let pair = &bench.pairs[chosen];
    // `ring` would answer for these two curves with these two hashes.
    let by_ring = matches!(bench.curve, Curve::P256 | Curve::P384);
    let usable: &[usize] = if by_ring { &[0, 1, 4] } else { &[0, 1, 2, 3, 4] };
    let (own_hash, message_digest) = HASHES[usable[choice.below(usable.len())]];
    let message = { let length = choice.below(40); choice.bytes(length) };
    let digest = hash(message_digest(), &message).unwrap();
    let signed = EcdsaSig::sign(&digest, &pair.private).unwrap();
    let (r, s) = (signed.r().to_owned().unwrap(), signed.s().to_owned().unwrap());
    for variant in 0..13 {
        let (r, s) = bench.vary(&r, &s, variant, choice);
        let signature = EcdsaSig::from_private_components(r, s).unwrap();
        let encoded = signature.to_der().unwrap();
        let theirs = signature.verify(&digest, &pair.public).unwrap_or(false);
        let key = PublicKey::Ec(EcKey { parameters: Parameters::Named(bench.curve), point: &pair.point });
        let ours = verify(&key, SignatureAlgorithm::Ecdsa(own_hash), &message, &encoded).is_ok();
        let third = rust_crypto(bench.curve, &pair.point, &digest, &encoded).unwrap_or(theirs);
        if ours != theirs || ours != third {
            println!("DIFFERENCE on {} variant {variant}: ours {ours}, openssl {theirs}, rustcrypto {third}", bench.curve.name());
            println!("point {:02x?}\nmessage {message:02x?}\nsignature {encoded:02x?}", pair.point);
            std::process::exit(1);
        }
        tally.entry(bench.curve.name().to_owned()).or_default()[usize::from(ours)] += 1;
    }
    13
}

/// The answer of RustCrypto, for the curves that it has here. It demands digests of half the order's length at least.
fn rust_crypto(curve: Curve, point: &[u8], digest: &[u8], encoded: &[u8]) -> Option<bool> {
    use p256::ecdsa::signature::hazmat::PrehashVerifier;
    macro_rules! ask {
        ($key:ty, $signature:ty) => {{
            if digest.len() * 2 < curve.field_len() {
                return None;
            }
            let key = <$key>::from_sec1_bytes(point).ok()?;
            let signature = <$signature>::from_der(encoded);
            Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
        }};
    }
    match curve {
        Curve::P256 => ask!(p256::ecdsa::VerifyingKey, p256::ecdsa::Signature),
        Curve::P384 => ask!(p384::ecdsa::VerifyingKey, p384::ecdsa::Signature),
        Curve::P521 => ask!(p521::ecdsa::VerifyingKey, p521::ecdsa::Signature),
        Curve::BrainpoolP256r1 => ask!(ecdsa::VerifyingKey<bp256::r1::BrainpoolP256r1>, bp256::r1::ecdsa::Signature),
        Curve::BrainpoolP384r1 => ask!(ecdsa::VerifyingKey<bp384::r1::BrainpoolP384r1>, bp384::r1::ecdsa::Signature),
        _ => None,
    }
}

fn rsa(choice: &mut Choice, tally: &mut BTreeMap<String, [u64; 2]>) -> u64 {
    let mut modulus = { let length = 128 + choice.below(160); choice.bytes(length) };
    modulus[0] |= 1;
    *modulus.last_mut().unwrap() |= 1;
    let exponents: [&[u8]; 5] = [&[3], &[1, 0, 1], &[0x94, 0xF1], &[1, 0xA5, 0x7F], &[0xFF; 9]];
    let exponent = exponents[choice.below(exponents.len())];
    let key = RsaKey { modulus: &modulus, exponent, pss_only: false };
    let mut context = BigNumContext::new().unwrap();
    let [n, e] = [&modulus[..], exponent].map(|octets| BigNum::from_slice(octets).unwrap());
    for _ in 0..8 {
        let number = choice.bytes(modulus.len());
        let ours = recover(&key, &number).ok();
        let base = BigNum::from_slice(&number).unwrap();
        let theirs = (base < n).then(|| {
            let mut power = BigNum::new().unwrap();
            power.mod_exp(&base, &e, &n, &mut context).unwrap();
            power.to_vec_padded(modulus.len() as i32).unwrap()
        });
        // Moduli below the smallest key are refused; the highest bits may be zero.
        let expected = if key.bits() < 1024 { None } else { theirs };
        if ours != expected {
            println!("DIFFERENCE in RSA: modulus {modulus:02x?} exponent {exponent:02x?} number {number:02x?}");
            std::process::exit(1);
        }
        tally.entry("rsa".to_owned()).or_default()[usize::from(ours.is_some())] += 1;
    }
    8
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().expect("a number"));
    let cases = arguments.next().unwrap_or(100_000);
    let mut choice = Choice(arguments.next().unwrap_or(1));
    let mut benches: Vec<_> = CURVES.iter().map(|(curve, nid, _)| Bench::new(*curve, *nid)).collect();
    let mut tally = BTreeMap::new();
    let (mut done, begun) = (0, Instant::now());
    while done < cases {
        let mut ticket = choice.below(1000);
        let bench = CURVES.iter().position(|(.., share)| match ticket.checked_sub(*share) {
            Some(rest) => { ticket = rest; false }
            None => true,
        });
        done += match bench {
            Some(index) => elliptic(&mut benches[index], &mut choice, &mut tally),
            None => rsa(&mut choice, &mut tally),
        };
    }
    for (name, [wrong, right]) in &tally {
        println!("{name:18} {right:9} right {wrong:9} wrong");
    }
    println!("{done} cases, no difference, {:.0} s", begun.elapsed().as_secs_f64());
}
