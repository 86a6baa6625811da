//! Chips of the specimen issuer with 900 anchors: RSA held against `ring`'s two bare verifications, signers on curves
//! against the bare verifications of this crate; both floors hash every data group, the list of hashes and the attributes.

use crate::at;
use crate::measure::{Ratio, Stage};
use landfall::check::{Check, CheckId, Outcome, Subject};
use landfall::crypto::{HashAlgorithm, PublicKey, SignatureAlgorithm, verify as verify_signature};
use landfall::date::Date;
use landfall::deviation::Deviations;
use landfall::lds::{Content, ElementaryFile, Kind};
use landfall::passive::{Terms, verify};
use landfall::pki::{Anchor, Certificate, Purposes, Source, TrustStore};
use landfall::specimen::{self, DigitalSignature, Order};
use ring::digest;
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents};
use std::hint::black_box;

const ANCHORS: usize = 900;

/// A chip to verify, and the certificates of its chain.
pub struct Chain {
    name: &'static str,
    files: Vec<Vec<u8>>,
    store: TrustStore,
    anchor: Certificate,
}

/// Every kind of chain that is measured. Other algorithms join here, each with its floor in [`floor`].
pub fn chains() -> Vec<Chain> {
    let rows = [
        ("RSA PKCS#1", DigitalSignature::RsaPkcs1),
        ("RSA PSS", DigitalSignature::RsaPss),
        ("P-256", DigitalSignature::EcdsaP256),
        ("P-384", DigitalSignature::EcdsaP384),
        ("P-521", DigitalSignature::EcdsaP521),
        ("bpP256r1", DigitalSignature::EcdsaBrainpoolP256r1),
        ("bpP384r1", DigitalSignature::EcdsaBrainpoolP384r1),
        ("bpP512r1", DigitalSignature::EcdsaBrainpoolP512r1),
    ];
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

/// The document's signature alone: through ring as it stands, on a curve through this crate, whose key is decoded each time.
fn of_document(chain: &Chain) -> Box<dyn Fn() + '_> {
    let SecurityObject { certificate, attributes: message, signature, .. } = SecurityObject::of(chain);
    let parameters: &'static RsaParameters = match chain.name {
        "RSA PSS" => &signature::RSA_PSS_2048_8192_SHA256,
        "RSA PKCS#1" => &signature::RSA_PKCS1_2048_8192_SHA256,
        _ => {
            let algorithm = SignatureAlgorithm::Ecdsa(hash(chain));
            return Box::new(move || {
                let key = certificate.public_key();
                assert!(verify_signature(&key, algorithm, &message, &signature).is_ok(), "a good signature");
            });
        }
    };
    let bare = Bare::new(&certificate, parameters, message, &signature);
    Box::new(move || bare.verify())
}

/// The hash that belongs to the curve of `chain`'s signer.
fn hash(chain: &Chain) -> HashAlgorithm {
    match chain.name {
        "P-384" | "bpP384r1" => HashAlgorithm::Sha384,
        "P-521" | "bpP512r1" => HashAlgorithm::Sha512,
        _ => HashAlgorithm::Sha256,
    }
}

/// What the floor takes out of EF.SOD beforehand.
struct SecurityObject {
    certificate: Certificate,
    attributes: Vec<u8>,
    signature: Vec<u8>,
    content: Vec<u8>,
}

impl SecurityObject {
    fn of(chain: &Chain) -> Self {
        let files = chain.files();
        let sod = files.iter().find(|file| file.kind() == Kind::Sod).expect("EF.SOD");
        let Ok(Content::Sod(sod)) = sod.content(&mut Deviations::new()) else { panic!("EF.SOD") };
        let signed = &sod.signed;
        let signer = &signed.signers[0];
        let raw = signed.certificates[0].raw;
        Self {
            certificate: Certificate::parse(raw, &mut Deviations::new()).expect("a certificate"),
            attributes: signer.attributes.as_ref().expect("attributes").as_received(),
            signature: signer.signature.to_vec(),
            content: signed.content.as_ref().expect("content").octets.to_vec(),
        }
    }
}

/// What nobody can leave out: both signatures, and the digest of everything that is signed.
fn floor(chain: &Chain) -> Stage<'_> {
    let SecurityObject { certificate, content, .. } = SecurityObject::of(chain);
    let of_document = of_document(chain);
    let authority = &signature::RSA_PKCS1_2048_8192_SHA256;
    let of_signer = Bare::new(&chain.anchor, authority, certificate.body().to_vec(), certificate.signature());
    let files = chain.files();
    let groups = chain.files.iter().zip(&files).filter(|(_, file)| matches!(file.kind(), Kind::DataGroup(_)));
    let hashed: Vec<_> = groups.map(|(bytes, _)| bytes.clone()).chain([content]).collect();
    Stage::new("two bare verifications and hashing", move || {
        of_document();
        of_signer.verify();
        for bytes in &hashed {
            black_box(digest::digest(&digest::SHA256, black_box(bytes)));
        }
    })
}

/// One ratio for each chain.
pub fn ratios(chains: &[Chain]) -> impl Iterator<Item = Ratio<'_>> {
    chains.iter().map(|chain| {
        let passed = |id| chain.verify().iter().any(|check| check.id == id && check.outcome == Outcome::Passed);
        assert!(passed(CheckId::SodSignature) && passed(CheckId::SodPath), "{}", chain.name);
        let name = format!("passive authentication, {} under RSA-4096, {ANCHORS} anchors", chain.name);
        let stage = Stage::new(name, move || {
            black_box(chain.verify());
        });
        Ratio { stage, floor: floor(chain), goal: 1.25 }
    })
}
