//! The same under every kind of chain, issued by OpenSSL and held against it:
//!
//! ```text
//! floor      the signatures of document and signer with keys at hand, and the digest of everything that is signed
//! OpenSSL    CMS_verify with a warm store of the same anchors, and the digest of every data group
//! ```
//!
//! Keys and certificates are OpenSSL's, made for the moment, with curves by name, since OpenSSL verifies no others; the
//! data groups are those of a specimen.

use crate::measure::{allocated, met};
use landfall::check::{CheckId, Outcome, Subject};
use landfall::crypto::{HashAlgorithm, SignatureAlgorithm, verify as verify_signature};
use landfall::date::{Date, Time};
use landfall::deviation::Deviations;
use landfall::lds::{Content, ElementaryFile, Kind};
use landfall::passive::{Terms, verify};
use landfall::pki::{Certificate, TrustStore, Voucher};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sha::sha256;
use openssl::x509::extension::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::{X509, X509Name, X509PurposeId};
use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

const ANCHORS: usize = 900;
const ROUNDS: usize = 200;

type Key = PKey<Private>;

fn rsa(bits: u32) -> Key {
    PKey::from_rsa(Rsa::generate(bits).expect("a key")).expect("a key")
}

fn elliptic(curve: Nid) -> Key {
    let group = EcGroup::from_curve_name(curve).expect("a curve");
    PKey::from_ec_key(EcKey::generate(&group).expect("a key")).expect("a key")
}

fn name(country: &str, common: &str) -> X509Name {
    let mut name = X509Name::builder().expect("a name");
    name.append_entry_by_text("C", country).expect("a country");
    name.append_entry_by_text("CN", common).expect("a name");
    name.build()
}

/// A certificate for `key` in the name of `subject`; self-signed without an issuer.
fn certificate(subject: &X509Name, key: &Key, issuer: Option<(&X509, &Key)>, serial: u32) -> X509 {
    let mut builder = X509::builder().expect("a certificate");
    builder.set_version(2).expect("a version");
    let serial = BigNum::from_u32(serial).and_then(|number| number.to_asn1_integer()).expect("a number");
    builder.set_serial_number(&serial).expect("a number");
    builder.set_subject_name(subject).expect("a name");
    builder.set_issuer_name(issuer.map_or(subject, |(issuer, _)| issuer.subject_name())).expect("a name");
    builder.set_pubkey(key).expect("a key");
    builder.set_not_before(&Asn1Time::from_unix(now() - 86_400).expect("a time")).expect("a time");
    builder.set_not_after(&Asn1Time::days_from_now(3650).expect("a time")).expect("a time");
    let subject_key = SubjectKeyIdentifier::new();
    let extension = subject_key.build(&builder.x509v3_context(None, None)).expect("an extension");
    builder.append_extension(extension).expect("an extension");
    if let Some((issuer, _)) = issuer {
        let context = builder.x509v3_context(Some(issuer), None);
        let extension = AuthorityKeyIdentifier::new().keyid(true).build(&context).expect("an extension");
        builder.append_extension(extension).expect("an extension");
        let usage = KeyUsage::new().critical().digital_signature().build().expect("an extension");
        builder.append_extension(usage).expect("an extension");
    } else {
        let authority = BasicConstraints::new().critical().ca().pathlen(0).build().expect("an extension");
        builder.append_extension(authority).expect("an extension");
        let usage = KeyUsage::new().critical().key_cert_sign().crl_sign().build().expect("an extension");
        builder.append_extension(usage).expect("an extension");
    }
    builder.sign(issuer.map_or(key, |(_, key)| key), MessageDigest::sha256()).expect("a signature");
    builder.build()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a clock");
    i64::try_from(since.as_secs()).expect("a time")
}

/// The anchors of the rest of the world, a handful for each country.
fn others() -> Vec<X509> {
    let key = elliptic(Nid::X9_62_PRIME256V1);
    let countries: Vec<_> = landfall::country::all().filter_map(|entry| entry.alpha2).collect();
    let issue = |number: usize| {
        let name = name(countries[number % countries.len()], &format!("CSCA {number}"));
        certificate(&name, &key, None, u32::try_from(number).expect("a number") + 1)
    };
    (1..ANCHORS).map(issue).collect()
}

/// One chain: the files, and the anchors as each of the two keeps them.
struct Chain {
    name: &'static str,
    files: Vec<Vec<u8>>,
    cms: Vec<u8>,
    root: Vec<u8>,
    store: TrustStore,
    theirs: X509Store,
}

const GROUPS: [&[u8]; 6] = [
    include_bytes!("../../fixtures/specimens/utopia-passport/DG1"),
    include_bytes!("../../fixtures/specimens/utopia-passport/DG2"),
    include_bytes!("../../fixtures/specimens/utopia-passport/DG11"),
    include_bytes!("../../fixtures/specimens/utopia-passport/DG12"),
    include_bytes!("../../fixtures/specimens/utopia-passport/DG14"),
    include_bytes!("../../fixtures/specimens/utopia-passport/DG15"),
];
const SOD: &[u8] = include_bytes!("../../fixtures/specimens/utopia-passport/EF.SOD");

impl Chain {
    fn new(label: &'static str, authority: &Key, signer: &Key, others: &[X509]) -> Self {
        let root = certificate(&name("UT", "Utopia CSCA"), authority, None, 1);
        let document_signer = certificate(&name("UT", "Utopia DS"), signer, Some((&root, authority)), 2);
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(SOD, &mut seen).expect("EF.SOD");
        let Ok(Content::Sod(sod)) = file.content(&mut seen) else { panic!("EF.SOD") };
        let content = sod.signed.content.as_ref().expect("content").octets.to_vec();
        let flags = CMSOptions::BINARY | CMSOptions::NOSMIMECAP;
        let cms = CmsContentInfo::sign(Some(&document_signer), Some(signer), None, Some(&content), flags);
        let cms = cms.and_then(|cms| cms.to_der()).expect("signed content");
        let mut file = landfall::asn1::Writer::new();
        file.primitive(landfall::asn1::Tag(0x77), &cms);
        let mut store = TrustStore::new();
        let mut theirs = X509StoreBuilder::new().expect("a store");
        theirs.set_purpose(X509PurposeId::ANY).expect("a purpose");
        for anchor in others.iter().chain([&root]) {
            store.import(&anchor.to_der().expect("DER"), &Voucher::new("the bench")).expect("an anchor");
            theirs.add_cert(anchor.clone()).expect("an anchor");
        }
        assert_eq!(store.anchors().count(), ANCHORS);
        let files = GROUPS.iter().map(|group| group.to_vec()).chain([file.into_bytes()]).collect();
        let root = root.to_der().expect("DER");
        Self { name: label, files, cms, root, store, theirs: theirs.build() }
    }

    fn files(&self) -> Vec<ElementaryFile<'_>> {
        let mut seen = Deviations::new();
        self.files.iter().filter_map(|bytes| ElementaryFile::read(bytes, &mut seen).ok()).collect()
    }

    fn ours(&self) {
        let at = Time::from_unix(now()).expect("a time");
        let terms = Terms { at, weak_until: Date::new(2018, 1, 1).expect("a day") };
        let checks = verify(&self.files(), &self.store, &terms, Subject::Document(1));
        for id in [CheckId::SodSignature, CheckId::SodPath, CheckId::SodDataGroupHash] {
            let mut of = checks.iter().filter(|check| check.id == id);
            assert!(of.all(|check| check.outcome == Outcome::Passed), "{}: {id}", self.name);
        }
    }

    fn openssl(&self) {
        let mut cms = CmsContentInfo::from_der(&self.cms).expect("signed content");
        let mut content = Vec::new();
        cms.verify(None, Some(&self.theirs), None, Some(&mut content), CMSOptions::BINARY).expect("a chain");
        for group in GROUPS {
            black_box(sha256(group));
        }
    }

    /// What nobody can leave out, ready to run.
    fn floor(&self) -> impl Fn() + '_ {
        let files = self.files();
        let sod = files.iter().find(|file| file.kind() == Kind::Sod).expect("EF.SOD");
        let Ok(Content::Sod(sod)) = sod.content(&mut Deviations::new()) else { panic!("EF.SOD") };
        let info = &sod.signed.signers[0];
        let parse = |der: &[u8]| Certificate::parse(der, &mut Deviations::new()).expect("a certificate");
        let (signer, root) = (parse(sod.signed.certificates[0].raw), parse(&self.root));
        let attributes = info.attributes.as_ref().expect("attributes").as_received();
        let signature = info.signature.to_vec();
        let content = sod.signed.content.as_ref().expect("content").octets.to_vec();
        let hash = Some(HashAlgorithm::Sha256);
        let algorithm = SignatureAlgorithm::of(&info.signature_algorithm, hash, &mut Deviations::new());
        let algorithm = algorithm.expect("an algorithm");
        move || {
            let right = verify_signature(&signer.public_key(), algorithm, &attributes, &signature).is_ok()
                && signer.verify_with(&root.public_key()).is_ok();
            assert!(right, "bare signatures");
            for bytes in GROUPS.into_iter().chain([&content[..]]) {
                black_box(HashAlgorithm::Sha256.digest(black_box(bytes)));
            }
        }
    }
}

/// Microseconds of each: the least of many rounds in turn, so that a busy machine does not count.
fn costs(stages: [&dyn Fn(); 3]) -> [f64; 3] {
    let mut least = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        for (least, stage) in least.iter_mut().zip(stages) {
            let start = Instant::now();
            stage();
            *least = start.elapsed().min(*least);
        }
    }
    least.map(|least| least.as_secs_f64() * 1e6)
}

pub fn print() {
    let others = others();
    let (p256, p384) = (Nid::X9_62_PRIME256V1, Nid::SECP384R1);
    let rows = [
        ("RSA-2048 under RSA-4096", rsa(4096), rsa(2048)),
        ("P-256 under P-384", elliptic(p384), elliptic(p256)),
        ("bpP256r1 under bpP256r1", elliptic(Nid::BRAINPOOL_P256R1), elliptic(Nid::BRAINPOOL_P256R1)),
        ("bpP384r1 under bpP512r1", elliptic(Nid::BRAINPOOL_P512R1), elliptic(Nid::BRAINPOOL_P384R1)),
    ];
    for (label, authority, signer) in &rows {
        let chain = Chain::new(label, authority, signer, &others);
        let floor = chain.floor();
        let [ours, bare, openssl] = costs([&|| chain.ours(), &floor, &|| chain.openssl()]);
        let allocated = allocated(|| chain.ours());
        let (over, under) = (ours / bare, ours / openssl);
        print!("{}, {ANCHORS} anchors: {ours:.0} µs = {over:.2} × bare signatures and hashing ", chain.name);
        print!("(goal 1.25: {}) = {under:.2} × OpenSSL (goal 0.6: {}); ", met(over, 1.25), met(under, 0.6));
        println!("{allocated} bytes allocated");
    }
}
