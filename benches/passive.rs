//! How fast a chip is verified and judged, as ratios to what nobody can leave out, measured in the same run.
//!
//! ```text
//! passive authentication   files and 900 anchors in, checks out    the two bare ring verifications, and hashing every
//!                                                                  data group, the list of hashes and the attributes
//! judgement                60 checks in, verdict out               one P-256 verification with ring
//! ```
//!
//! `cargo bench --bench passive` prints the ratios first and criterion's statistics behind them. Each kind of chain is a
//! row of [`chains`]; peers are built with `RUSTFLAGS="--cfg peers"` and join as functions beside the floors.

use criterion::Criterion;
use landfall::assess::{Expected, Policy, judge};
use landfall::check::{Axis, Check, CheckId, Outcome, Reason, Subject};
use landfall::crypto::PublicKey;
use landfall::date::{Date, Time};
use landfall::deviation::Deviations;
use landfall::lds::{Content, ElementaryFile, Kind};
use landfall::passive::{Terms, verify};
use landfall::pki::{Anchor, Certificate, Purposes, Source, TrustStore};
use landfall::specimen::{self, DigitalSignature, Order};
use ring::digest;
use ring::signature::{self, KeyPair, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ANCHORS: usize = 900;
const CHECKS: usize = 60;
const ROUNDS: usize = 60;

/// Something that is measured.
struct Stage<'s> {
    name: String,
    run: Box<dyn Fn() + 's>,
}

impl<'s> Stage<'s> {
    fn new(name: impl Into<String>, run: impl Fn() + 's) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }
}

/// A stage, what it is held against, and how much more it may take.
struct Ratio<'s> {
    stage: Stage<'s>,
    floor: Stage<'s>,
    goal: f64,
}

/// Nanoseconds of one run of each: the least of many rounds in turn, so that a busy machine does not count.
fn costs(ratio: &Ratio<'_>) -> [f64; 2] {
    let mut least = [Duration::MAX; 2];
    let runs = 20;
    for _ in 0..ROUNDS {
        for (least, stage) in least.iter_mut().zip([&ratio.stage, &ratio.floor]) {
            let start = Instant::now();
            for _ in 0..runs {
                (stage.run)();
            }
            *least = start.elapsed().min(*least);
        }
    }
    least.map(|least| least.as_secs_f64() * 1e9 / f64::from(runs))
}

fn print_ratio(ratio: &Ratio<'_>) {
    let [stage, floor] = costs(ratio);
    let (goal, found) = (ratio.goal, stage / floor);
    let met = if found <= goal { "met" } else { "MISSED" };
    println!(
        "{}: {:.1} µs = {found:.3} × {} of {:.1} µs (goal {goal}: {met})",
        ratio.stage.name,
        stage / 1000.0,
        ratio.floor.name,
        floor / 1000.0
    );
}

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").expect("a time")
}

/// A chip to verify, and the certificates of its chain.
struct Chain {
    name: &'static str,
    files: Vec<Vec<u8>>,
    store: TrustStore,
    anchor: Certificate,
}

/// Every kind of chain that is measured. Other algorithms join here, each with its floor in [`floor`].
fn chains() -> Vec<Chain> {
    let rows = [("RSA PKCS#1", DigitalSignature::RsaPkcs1), ("RSA PSS", DigitalSignature::RsaPss)];
    rows.into_iter().map(|(name, signature)| Chain::of(name, signature)).collect()
}

impl Chain {
    fn of(name: &'static str, signature: DigitalSignature) -> Self {
        let mut order = Order::new(specimen::Kind::Genuine, 1, at());
        order.signature = signature;
        let folder = order.issue().expect("a specimen").folder;
        let is_chip = |file: &&specimen::File| file.name.starts_with("DG") || file.name.starts_with("EF");
        let files = folder.files().iter().filter(is_chip).map(|file| file.bytes.clone()).collect();
        let anchor = Certificate::parse(specimen::anchor(), &mut Deviations::new()).expect("a certificate");
        Self { name, files, store: anchors(&anchor), anchor }
    }

    fn verify(&self) -> Vec<Check> {
        let terms = Terms { at: at(), weak_until: Date::new(2018, 1, 1).expect("a day") };
        verify(&self.files(), &self.store, &terms, Subject::Document(1))
    }

    fn files(&self) -> Vec<ElementaryFile<'_>> {
        let mut seen = Deviations::new();
        self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes, &mut seen).ok()).collect()
    }
}

/// As many anchors as the world has: the real one, nine more keys of its country, and those of a hundred others.
fn anchors(real: &Certificate) -> TrustStore {
    let mut store = TrustStore::new();
    let source = || Source::Local { vouched_by: "the bench".to_owned(), pinned: false };
    for number in 0..ANCHORS {
        let mut der = real.as_bytes().to_vec();
        if number != ANCHORS / 2 {
            disguise(&mut der, real, number);
        }
        let certificate = Certificate::parse(&der, &mut Deviations::new()).expect("a certificate");
        store.add(Anchor { purposes: Purposes::AUTHORITY, ..Anchor::new(certificate, source()) });
    }
    assert_eq!(store.anchors().count(), ANCHORS);
    store
}

/// Makes another authority of a certificate: another key and identifier, and but for one in a hundred another country.
fn disguise(der: &mut [u8], real: &Certificate, number: usize) {
    let PublicKey::Rsa(rsa) = real.public_key() else { panic!("an RSA key") };
    let identifier = real.subject_key_identifier().expect("an identifier").to_vec();
    let mark = u16::try_from(number).expect("a small number").to_be_bytes();
    replace(der, &identifier, 0, &mark);
    replace(der, &rsa.modulus[1..], 0, &mark);
    if !number.is_multiple_of(100) {
        let code = landfall::country::all().filter_map(|entry| entry.alpha2).nth(number % 100).expect("a country");
        replace(der, b"\x06\x03\x55\x04\x06\x13\x02", 7, code.as_bytes());
    }
}

/// Writes `new` so many bytes behind every place where `what` begins.
fn replace(der: &mut [u8], what: &[u8], behind: usize, new: &[u8]) {
    let places: Vec<_> = (0..der.len()).filter(|at| der[*at..].starts_with(what)).collect();
    for place in places {
        der[place + behind..][..new.len()].copy_from_slice(new);
    }
}

/// A bare verification: key, parameters, message and signature, ready for ring.
struct Bare {
    parameters: &'static RsaParameters,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl Bare {
    fn new(key: &Certificate, parameters: &'static RsaParameters, message: Vec<u8>, signature: &[u8]) -> Self {
        let PublicKey::Rsa(rsa) = key.public_key() else { panic!("an RSA key") };
        let (modulus, exponent) = (rsa.modulus.to_vec(), rsa.exponent.to_vec());
        Self { parameters, modulus, exponent, message, signature: signature.to_vec() }
    }

    fn verify(&self) {
        let key = RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent };
        key.verify(self.parameters, &self.message, &self.signature).expect("a good signature");
    }
}

/// What nobody can leave out: both signatures, and the digest of everything that is signed.
fn floor(chain: &Chain) -> Stage<'_> {
    let files = chain.files();
    let sod = files.iter().find(|file| file.kind() == Kind::Sod).expect("EF.SOD");
    let Ok(Content::Sod(sod)) = sod.content(&mut Deviations::new()) else { panic!("EF.SOD") };
    let signed = &sod.signed;
    let signer = &signed.signers[0];
    let certificate = Certificate::parse(signed.certificates[0].raw, &mut Deviations::new()).expect("a certificate");
    let attributes = signer.attributes.as_ref().expect("attributes").as_received();
    let parameters: &'static RsaParameters = match chain.name {
        "RSA PSS" => &signature::RSA_PSS_2048_8192_SHA256,
        _ => &signature::RSA_PKCS1_2048_8192_SHA256,
    };
    let of_document = Bare::new(&certificate, parameters, attributes, &signer.signature);
    let authority = &signature::RSA_PKCS1_2048_8192_SHA256;
    let of_signer = Bare::new(&chain.anchor, authority, certificate.body().to_vec(), certificate.signature());
    let content = signed.content.as_ref().expect("content").octets.to_vec();
    let groups = chain.files.iter().zip(&files).filter(|(_, file)| matches!(file.kind(), Kind::DataGroup(_)));
    let hashed: Vec<_> = groups.map(|(bytes, _)| bytes.clone()).chain([content]).collect();
    Stage::new("two ring verifications and hashing", move || {
        of_document.verify();
        of_signer.verify();
        for bytes in &hashed {
            black_box(digest::digest(&digest::SHA256, black_box(bytes)));
        }
    })
}

/// As many checks as a whole inspection makes, near a complete set, on one document.
fn checks() -> (Vec<Check>, Vec<Expected>) {
    let place = |id: CheckId| match id.entry().axis {
        Axis::Document => Subject::Document(1),
        _ => Subject::Traveller,
    };
    let made = CheckId::ALL.iter().cycle().take(CHECKS).enumerate().map(|(index, id)| {
        let (outcome, reason) = match index % 10 {
            3 => (Outcome::NotPerformed, Reason::NothingGiven),
            7 => (Outcome::Undetermined, Reason::Unreadable),
            _ => (Outcome::Passed, Reason::Confirmed),
        };
        Check::new(*id, place(*id), outcome, reason)
    });
    let checks: Vec<_> = made.collect();
    let expected = checks.iter().map(|check| Expected { id: check.id, subject: check.subject }).collect();
    (checks, expected)
}

fn one_verification() -> Stage<'static> {
    let random = ring::rand::SystemRandom::new();
    let algorithm = &signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let pair = signature::EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    let pair = signature::EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random).expect("a key");
    let message = [7_u8; 128];
    let made = pair.sign(&random, &message).expect("a signature");
    let public = pair.public_key().as_ref().to_vec();
    Stage::new("one P-256 verification", move || {
        let key = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, &public);
        key.verify(black_box(&message), made.as_ref()).expect("a good signature");
    })
}

fn ratios(chains: &[Chain]) -> Vec<Ratio<'_>> {
    let mut ratios = Vec::new();
    for chain in chains {
        let passed = |id| chain.verify().iter().any(|check| check.id == id && check.outcome == Outcome::Passed);
        assert!(passed(CheckId::SodSignature) && passed(CheckId::SodPath), "{}", chain.name);
        let name = format!("passive authentication, {}, {ANCHORS} anchors", chain.name);
        let stage = Stage::new(name, move || {
            black_box(chain.verify());
        });
        ratios.push(Ratio { stage, floor: floor(chain), goal: 1.25 });
    }
    let policy = Policy::default_policy().expect("the compiled-in policy");
    let (checks, expected) = checks();
    let stage = Stage::new(format!("judgement of {CHECKS} checks"), move || {
        black_box(judge(&policy, black_box(&checks), &expected));
    });
    ratios.push(Ratio { stage, floor: one_verification(), goal: 0.10 });
    ratios
}

fn main() {
    let chains = chains();
    let ratios = ratios(&chains);
    if std::env::args().any(|argument| argument == "--bench") {
        ratios.iter().for_each(print_ratio);
    } else {
        println!("ratios are not measured: this is no benchmark run");
    }
    let mut criterion = Criterion::default().configure_from_args();
    for ratio in &ratios {
        for stage in [&ratio.stage, &ratio.floor] {
            criterion.bench_function(&format!("{} / {}", ratio.stage.name, stage.name), |b| b.iter(|| (stage.run)()));
        }
    }
    criterion.final_summary();
}
