//! Differential test of the signature arithmetic: every case is put to Landfall, to OpenSSL and, for the curves that
//! it has, to RustCrypto. A difference ends the run with the case that showed it.
//!
//! usage: cargo run --release -- [CASES] [SEED] [SECONDS]
//!
//! Most of the time goes into verifying, not into making cases: a nonce serves many signatures, for with a known key
//! another message costs one multiplication. A case is a signature that is right (plain, with s and n - s, or with
//! numbers and keys chosen so that the two multiples are short, long, equal or opposite), or wrong in one of a dozen
//! ways. RSA cases open random numbers with random odd moduli, compared with OpenSSL and `num-bigint`. At
//! the end it prints what each of the three took.

mod edge;
mod peer;
mod rsa;

use landfall::crypto::{Curve, EcKey, HashAlgorithm, Parameters, PublicKey, SignatureAlgorithm, verify};
use cpu_time::ThreadTime;
use openssl::bn::{BigNum, BigNumContext, BigNumRef};
use openssl::ec::{EcGroup, EcKey as OpensslKey, EcPoint, PointConversionForm};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::{MessageDigest, hash};
use openssl::nid::Nid;
use openssl::pkey::Public;
use peer::Peer;
use std::time::{Duration, Instant};

/// SplitMix64: enough to choose cases.
pub struct Choice(u64);

impl Choice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// Curve, its name at OpenSSL, and how many of a thousand rounds it gets: fewer where one costs more. The rest goes
/// to RSA.
const CURVES: [(Curve, Nid, usize); 10] = [
    (Curve::P192, Nid::X9_62_PRIME192V1, 100),
    (Curve::P224, Nid::SECP224R1, 100),
    (Curve::P256, Nid::X9_62_PRIME256V1, 100),
    (Curve::BrainpoolP224r1, Nid::BRAINPOOL_P224R1, 40),
    (Curve::BrainpoolP256r1, Nid::BRAINPOOL_P256R1, 50),
    (Curve::BrainpoolP320r1, Nid::BRAINPOOL_P320R1, 20),
    (Curve::BrainpoolP384r1, Nid::BRAINPOOL_P384R1, 20),
    (Curve::P384, Nid::SECP384R1, 20),
    (Curve::P521, Nid::SECP521R1, 20),
    (Curve::BrainpoolP512r1, Nid::BRAINPOOL_P512R1, 15),
];

type Digester = fn() -> MessageDigest;

const HASHES: [(HashAlgorithm, Digester); 5] = [
    (HashAlgorithm::Sha1, MessageDigest::sha1),
    (HashAlgorithm::Sha224, MessageDigest::sha224),
    (HashAlgorithm::Sha256, MessageDigest::sha256),
    (HashAlgorithm::Sha384, MessageDigest::sha384),
    (HashAlgorithm::Sha512, MessageDigest::sha512),
];

/// A key pair as each of the three reads it.
struct Pair {
    private: BigNum,
    public: OpensslKey<Public>,
    peer: Peer,
    point: Vec<u8>,
}

/// A nonce: its inverse and the r that it leads to.
struct Nonce {
    k: BigNum,
    inverse: BigNum,
    r: BigNum,
}

/// Cases and time, of one curve.
#[derive(Default, Clone, Copy)]
struct Tally {
    wrong: u64,
    right: u64,
    asked_peer: u64,
    ours: Duration,
    openssl: Duration,
    peer: Duration,
}

pub struct Bench {
    curve: Curve,
    group: EcGroup,
    order: BigNum,
    context: BigNumContext,
    pairs: Vec<Pair>,
    nonces: Vec<Nonce>,
    tally: Tally,
}

impl Bench {
    fn new(curve: Curve, nid: Nid) -> Self {
        let group = EcGroup::from_curve_name(nid).unwrap();
        let mut context = BigNumContext::new().unwrap();
        let mut order = BigNum::new().unwrap();
        group.order(&mut order, &mut context).unwrap();
        let (pairs, nonces) = (Vec::new(), Vec::new());
        let mut bench = Self { curve, group, order, context, pairs, nonces, tally: Tally::default() };
        bench.renew();
        bench
    }

    /// Draws a new key and a new nonce; a few of the last ones stay.
    fn renew(&mut self) {
        let [d, k] = [self.random(), self.random()];
        let pair = self.pair(d);
        self.pairs.insert(0, pair);
        self.pairs.truncate(4);
        let nonce = self.nonce(k);
        self.nonces.insert(0, nonce);
        self.nonces.truncate(4);
    }

    /// A number above 0 and below the order.
    fn random(&self) -> BigNum {
        loop {
            let mut number = BigNum::new().unwrap();
            self.order.rand_range(&mut number).unwrap();
            if number.num_bits() > 0 {
                return number;
            }
        }
    }

    fn base_times(&self, number: &BigNumRef) -> EcPoint {
        let mut point = EcPoint::new(&self.group).unwrap();
        point.mul_generator2(&self.group, number, &mut BigNumContext::new().unwrap()).unwrap();
        point
    }

    fn pair(&mut self, private: BigNum) -> Pair {
        let point = self.base_times(&private);
        let form = PointConversionForm::UNCOMPRESSED;
        let octets = point.to_bytes(&self.group, form, &mut self.context).unwrap();
        let public = OpensslKey::from_public_key(&self.group, &point).unwrap();
        Pair { private, public, peer: Peer::new(self.curve, &octets), point: octets }
    }

    fn nonce(&mut self, k: BigNum) -> Nonce {
        let point = self.base_times(&k);
        let [mut x, mut y, mut r, mut inverse] = [(); 4].map(|()| BigNum::new().unwrap());
        point.affine_coordinates(&self.group, &mut x, &mut y, &mut self.context).unwrap();
        r.nnmod(&x, &self.order, &mut self.context).unwrap();
        inverse.mod_inverse(&k, &self.order, &mut self.context).unwrap();
        Nonce { k, inverse, r }
    }

    fn times(&mut self, one: &BigNumRef, other: &BigNumRef) -> BigNum {
        let mut product = BigNum::new().unwrap();
        product.mod_mul(one, other, &self.order, &mut self.context).unwrap();
        product
    }

    fn over(&mut self, one: &BigNumRef, other: &BigNumRef) -> BigNum {
        let mut inverse = BigNum::new().unwrap();
        inverse.mod_inverse(other, &self.order, &mut self.context).unwrap();
        self.times(one, &inverse)
    }

    fn plus(&mut self, one: &BigNumRef, other: &BigNumRef) -> BigNum {
        let mut sum = BigNum::new().unwrap();
        sum.mod_add(one, other, &self.order, &mut self.context).unwrap();
        sum
    }

    fn minus(&mut self, one: &BigNumRef, other: &BigNumRef) -> BigNum {
        let mut difference = BigNum::new().unwrap();
        difference.mod_sub(one, other, &self.order, &mut self.context).unwrap();
        difference
    }

    /// The number that a digest counts as (FIPS 186-4 §6.4).
    fn number_of(&mut self, digest: &[u8]) -> BigNum {
        let bits = self.order.num_bits();
        let mut number = BigNum::from_slice(digest).unwrap();
        let surplus = digest.len() as i32 * 8 - bits;
        if surplus > 0 {
            let whole = (*number).to_owned().unwrap();
            number.rshift(&whole, surplus).unwrap();
        }
        let zero = BigNum::new().unwrap();
        self.plus(&number, &zero)
    }

    /// The numbers of a signature that was `(r, s)`, changed in the way `variant`.
    fn vary(&self, r: &BigNumRef, s: &BigNumRef, variant: usize, choice: &mut Choice) -> (BigNum, BigNum) {
        let number = |value: u32| BigNum::from_u32(value).unwrap();
        let own = |value: &BigNumRef| value.to_owned().unwrap();
        let order = &self.order;
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
            10 => (own(r), self.random()),
            11 => (self.random(), own(s)),
            _ => (flip(r, choice), own(s)),
        }
    }

    /// A message and its hash. `ring` would answer for P-256 with SHA-256 and SHA-384.
    fn message(&self, choice: &mut Choice) -> Message {
        let by_ring = self.curve == Curve::P256;
        let usable: &[usize] = if by_ring { &[0, 1, 4] } else { &[0, 1, 2, 3, 4] };
        let (algorithm, digester) = HASHES[usable[choice.below(usable.len())]];
        let length = choice.below(40);
        let octets = choice.bytes(length);
        let digest = hash(digester(), &octets).unwrap().to_vec();
        Message { octets, algorithm, digest }
    }

    /// Puts one case to all three.
    fn ask(&mut self, pair: &Pair, message: &Message, r: BigNum, s: BigNum, expected: Option<bool>) {
        let signature = EcdsaSig::from_private_components(r, s).unwrap();
        let encoded = signature.to_der().unwrap();
        let key = PublicKey::Ec(EcKey { parameters: Parameters::Named(self.curve), point: &pair.point });
        let begun = ThreadTime::now();
        let ours = verify(&key, SignatureAlgorithm::Ecdsa(message.algorithm), &message.octets, &encoded).is_ok();
        let until_ours = begun.elapsed();
        let theirs = signature.verify(&message.digest, &pair.public).unwrap_or(false);
        let until_openssl = begun.elapsed();
        let third = pair.peer.verify(&message.digest, &encoded);
        let tally = &mut self.tally;
        tally.peer += begun.elapsed() - until_openssl;
        tally.ours += until_ours;
        tally.openssl += until_openssl - until_ours;
        tally.asked_peer += u64::from(third.is_some());
        *(if ours { &mut tally.right } else { &mut tally.wrong }) += 1;
        if ours != theirs || ours != third.unwrap_or(ours) || ours != expected.unwrap_or(ours) {
            println!("DIFFERENCE on {}: ours {ours}, openssl {theirs}, rustcrypto {third:?}", self.curve.name());
            println!("expected {expected:?}, hash {:?}", message.algorithm);
            println!("point {:02x?}\nmessage {:02x?}\nsignature {encoded:02x?}", pair.point, message.octets);
            std::process::exit(1);
        }
    }

    /// Ten signatures that are right, two of which come in every variant, and one of numbers at the edge.
    fn round(&mut self, choice: &mut Choice) {
        if choice.below(16) == 0 {
            self.renew();
        }
        let pairs = std::mem::take(&mut self.pairs);
        let nonces = std::mem::take(&mut self.nonces);
        for index in 0..10 {
            let pair = &pairs[choice.below(pairs.len())];
            let nonce = &nonces[choice.below(nonces.len())];
            let message = self.message(choice);
            let e = self.number_of(&message.digest);
            let secret = self.times(&nonce.r, &pair.private);
            let sum = self.plus(&e, &secret);
            let s = self.times(&nonce.inverse, &sum);
            for variant in 0..if index < 2 { 13 } else { 1 } {
                let (r, s) = self.vary(&nonce.r, &s, variant, choice);
                self.ask(pair, &message, r, s, (variant < 2).then_some(true));
            }
        }
        let nonce = &nonces[choice.below(nonces.len())];
        edge::ask(self, nonce, choice);
        (self.pairs, self.nonces) = (pairs, nonces);
    }

    fn done(&self) -> u64 {
        self.tally.right + self.tally.wrong
    }
}

struct Message {
    octets: Vec<u8>,
    algorithm: HashAlgorithm,
    digest: Vec<u8>,
}

fn flip(number: &BigNumRef, choice: &mut Choice) -> BigNum {
    let mut flipped = number.to_owned().unwrap();
    let bit = choice.below(number.num_bits().max(1) as usize) as i32;
    if number.is_bit_set(bit) {
        flipped.clear_bit(bit).unwrap();
    } else {
        flipped.set_bit(bit).unwrap();
    }
    flipped
}

fn report(benches: &[Bench], rsa: &rsa::Tally, begun: Instant) {
    println!("{:18} {:>9} {:>9} {:>9}   microseconds a case", "", "right", "wrong", "three");
    println!("{:50} ours openssl rustcrypto", "");
    for Bench { curve, tally, .. } in benches {
        let each = |time: Duration, count: u64| time.as_secs_f64() * 1e6 / count.max(1) as f64;
        let count = tally.right + tally.wrong;
        print!("{:18} {:9} {:9} {:9} ", curve.name(), tally.right, tally.wrong, tally.asked_peer);
        print!("{:6.0} {:6.0}", each(tally.ours, count), each(tally.openssl, count));
        println!(" {:6.0}", each(tally.peer, tally.asked_peer));
    }
    println!("{:18} {:9} {:9}", "rsa", rsa.opened, rsa.refused);
    let all = benches.iter().map(Bench::done).sum::<u64>() + rsa.opened + rsa.refused;
    let third = benches.iter().map(|bench| bench.tally.asked_peer).sum::<u64>();
    println!("{all} cases, {third} on curves put to RustCrypto too, no difference, {:.0} s", begun.elapsed().as_secs_f64());
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().expect("a number"));
    let cases = arguments.next().unwrap_or(100_000);
    let mut choice = Choice(arguments.next().unwrap_or(1));
    let limit = Duration::from_secs(arguments.next().unwrap_or(u64::MAX));
    let mut benches: Vec<_> = CURVES.iter().map(|(curve, nid, _)| Bench::new(*curve, *nid)).collect();
    let mut rsa = rsa::Tally::default();
    let (begun, mut told) = (Instant::now(), 0);
    while begun.elapsed() < limit {
        let done = benches.iter().map(Bench::done).sum::<u64>() + rsa.opened + rsa.refused;
        if done >= cases {
            break;
        }
        if begun.elapsed().as_secs() / 300 > told {
            told = begun.elapsed().as_secs() / 300;
            report(&benches, &rsa, begun);
        }
        let mut ticket = choice.below(1000);
        let bench = CURVES.iter().position(|(.., share)| match ticket.checked_sub(*share) {
            Some(rest) => {
                ticket = rest;
                false
            }
            None => true,
        });
        match bench {
            Some(index) => benches[index].round(&mut choice),
            None => rsa::round(&mut choice, &mut rsa),
        }
    }
    report(&benches, &rsa, begun);
}
