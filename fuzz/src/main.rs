//! Every parser of the lower floors under libFuzzer. One program holds all targets, so that the library is built once;
//! the variable `LANDFALL_TARGET` names the one to run. What must hold for each is said beside it: above all that
//! nothing panics, overflows, hangs or takes more memory than libFuzzer was told to allow.
#![no_main]

mod alert;
mod page;
mod trust;

use landfall::asn1::{self, SubjectPublicKeyInfo};
use landfall::assess::Policy;
use landfall::check::Subject;
use landfall::cms::{SignedData, is_attribute_set};
use landfall::crypto::{HashAlgorithm, Pss, PublicKey, SignatureAlgorithm, verify};
use landfall::date::{Date, Time};
use landfall::deviation::Deviations;
use landfall::error::Part;
use landfall::lds::ElementaryFile;
use landfall::mrz::{self, Content, Reader};
use landfall::passive::{self, Terms};
use landfall::payload::{self, aamva, bcbp, c40, idb, stripe, vds, vds_nc};
use landfall::pki::profile::{Role, examine};
use landfall::pki::{Certificate, MasterList, RevocationList, TrustStore, Voucher};
use landfall::seal;
use landfall::translit;
use libfuzzer_sys::{Corpus, fuzz_target};
use std::sync::LazyLock;

/// Name and body of every target.
const TARGETS: [(&str, fn(&[u8])); 32] = [
    ("mrz", zone),
    ("mrz_repair", repair),
    ("mrz_content", content),
    ("lds", file),
    ("sod", sod),
    ("cms", signed),
    ("asn1", element),
    ("certificate", certificate),
    ("master_list", master_list),
    ("revocation_list", revocation_list),
    ("import", import),
    ("crypto", signature),
    ("policy", policy),
    ("translit", spelling),
    ("payload", any_payload),
    ("aamva", card),
    ("stripe", tracks),
    ("bcbp", pass),
    ("vds", seal),
    ("vds_nc", seal_as_json),
    ("idb", barcode),
    ("c40", characters),
    ("store", trust::store),
    ("ldif", trust::ldif),
    ("deviation_list", trust::deviation_list),
    ("chip", trust::chip),
    ("seal", trust::seal),
    ("picture", page::picture),
    ("optical", page::optical),
    ("barcode", page::barcodes),
    ("alert", alert::package),
    ("alert_csv", alert::table),
];

/// The target that was asked for.
static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("LANDFALL_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|(name, _)| *name == wanted);
    let names = TARGETS.map(|(name, _)| name).join(" ");
    found.unwrap_or_else(|| panic!("LANDFALL_TARGET is none of: {names}")).1
});

fuzz_target!(|data: &[u8]| -> Corpus {
    TARGET(data);
    Corpus::Keep
});

fn day() -> Date {
    Date::new(2026, 11, 1).expect("a day")
}

fn at() -> Time {
    Time::midnight(day())
}

/// Every getter and check of a zone; a zone that was written from what was read reads the same.
fn zone(data: &[u8]) {
    let Ok(zone) = mrz::parse(data) else { return };
    for field in zone.fields() {
        let _ = format!("{field:?}");
    }
    let _ = (zone.person(day()), zone.expires(day()), zone.summary(day()));
    zone.checks(Subject::Document(1), day()).for_each(drop);
    if let Ok(content) = Content::of(&zone, day())
        && let Ok(written) = mrz::write(&content)
    {
        let again = mrz::parse(written.lines().collect::<Vec<_>>().join("\n")).expect("a written zone");
        assert!(again.joined() == written.joined());
    }
}

/// A repaired zone is one that reads.
fn repair(data: &[u8]) {
    let Ok(zone) = mrz::parse(data) else { return };
    for reader in [Reader::OcrB, Reader::Uniform { wrong: 300 }] {
        let repaired = mrz::repair(&zone, reader);
        let _ = (repaired.margin(), repaired.unique(), repaired.changes().count());
        let _ = repaired.zone();
    }
}

/// What is written from JSON is read back.
fn content(data: &[u8]) {
    if let Ok(content) = Content::from_json(data)
        && let Ok(written) = mrz::write(&content)
    {
        let lines = written.lines().collect::<Vec<_>>().join("\n");
        assert!(mrz::parse(lines).is_ok());
    }
}

fn file(data: &[u8]) {
    let seen = &mut Deviations::new();
    if let Ok(file) = ElementaryFile::read(data, seen) {
        let content = file.content(seen);
        let _ = format!("{content:?}");
    }
}

/// The authority of the specimens, so that paths are found.
static STORE: LazyLock<TrustStore> = LazyLock::new(|| {
    let mut store = TrustStore::new();
    let anchor = include_bytes!("../../fixtures/specimens/utopia-trust/csca-uto.der");
    store.import(anchor, &Voucher::new("fuzzing")).expect("the anchor");
    store
});

fn sod(data: &[u8]) {
    let dg1 = include_bytes!("../../fixtures/specimens/utopia-passport/DG1");
    let seen = &mut Deviations::new();
    let files: Vec<_> = [data, dg1].into_iter().filter_map(|bytes| ElementaryFile::read(bytes, seen).ok()).collect();
    let terms = Terms { at: at(), weak_until: day() };
    let checks = passive::verify(&files, &STORE, &terms, Subject::Document(1));
    assert!(checks.len() >= 10);
}

fn signed(data: &[u8]) {
    let seen = &mut Deviations::new();
    let _ = is_attribute_set(data);
    let Ok(signed) = SignedData::read(data, Part::Sod, seen) else { return };
    for attributes in signed.signers.iter().filter_map(|signer| signer.attributes.as_ref()) {
        let _ = (attributes.as_received(), attributes.canonical());
    }
}

/// What was brought into DER stays as it is when it is brought into DER.
fn element(data: &[u8]) {
    let seen = &mut Deviations::new();
    for profile in [asn1::Profile::Der, asn1::Profile::Ber] {
        let mut reader = asn1::Reader::new(data, Part::Input, profile);
        while let Ok(Some(tlv)) = reader.next(seen) {
            let _ = (tlv.integer(seen), tlv.oid(seen), tlv.octet_string(seen), tlv.bit_string(seen));
            let _ = (tlv.boolean(seen), tlv.null(seen), tlv.text(seen), tlv.time(seen), asn1::tag_list(&tlv));
            let Ok(der) = tlv.to_der() else { continue };
            let again = asn1::Reader::new(&der, Part::Input, asn1::Profile::Ber).read(seen);
            let again = again.expect("DER is BER").to_der().expect("DER is DER");
            assert!(again == der);
        }
    }
}

fn certificate(data: &[u8]) {
    let seen = &mut Deviations::new();
    let Ok(certificate) = Certificate::parse(data, seen) else { return };
    examine(&certificate, Role::claimed(&certificate), seen);
    let _ = (certificate.country(), certificate.document_types(), certificate.is_self_issued());
    let _ = (certificate.issuer().folded(), certificate.subject().folded());
    for extension in certificate.extensions() {
        let _ = format!("{extension:?}");
    }
    let _ = certificate.verify_issued_by(&certificate);
}

fn master_list(data: &[u8]) {
    let seen = &mut Deviations::new();
    let _ = MasterList::read(data, seen).map(|list| format!("{list:?}"));
}

fn revocation_list(data: &[u8]) {
    let _ = RevocationList::parse(data, &mut Deviations::new()).map(|list| format!("{list:?}"));
}

fn import(data: &[u8]) {
    let _ = TrustStore::new().import(data, &Voucher::new("fuzzing"));
}

/// A key, and a signature behind it.
fn signature(data: &[u8]) {
    let seen = &mut Deviations::new();
    let mut reader = asn1::Reader::new(data, Part::Input, asn1::Profile::Ber);
    let Ok(info) = SubjectPublicKeyInfo::read(&mut reader, seen) else { return };
    let rest = data.get(info.tlv.raw.len()..).unwrap_or_default();
    let Ok(key) = PublicKey::of(&info, seen) else { return };
    for hash in [HashAlgorithm::Sha1, HashAlgorithm::Sha512] {
        let algorithms = match key {
            PublicKey::Rsa(_) => [SignatureAlgorithm::RsaPkcs1(hash), SignatureAlgorithm::RsaPss(Pss::with(hash))],
            _ => [SignatureAlgorithm::Ecdsa(hash), SignatureAlgorithm::EcdsaPlain(hash)],
        };
        for algorithm in algorithms {
            let _ = verify(&key, algorithm, b"Utopia", rest);
        }
    }
}

fn policy(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Policy::from_toml(text);
    }
}

/// A name in its own script, a line, and the name as a zone has it.
fn spelling(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (native, zone) = text.split_once('\n').unwrap_or((text, "ERIKSSON<<ANNA"));
    let _ = translit::matches(zone, native);
    if let Ok(rendering) = translit::transliterate(native, translit::Rules::default()) {
        assert!(rendering.as_str().is_ascii());
    }
}

/// What is recognised is read, shown and verified; no text form shows what it says.
fn any_payload(data: &[u8]) {
    let Ok(mut payload) = payload::read(data) else { return };
    payload.resolve(day());
    let _ = (payload.to_json(), format!("{payload:?}"));
    let _ = seal::verify(&payload, &TrustStore::new(), at(), Subject::Payload(1));
}

/// A card that was read and has no problem is written, and reads the same.
fn card(data: &[u8]) {
    let Ok(card) = aamva::read(data) else { return };
    if card.problems.is_empty()
        && let Ok(written) = aamva::write(&card)
    {
        let again = aamva::read(written.reveal().as_bytes()).expect("a written card");
        assert!(again.elements == card.elements);
    }
}

fn tracks(data: &[u8]) {
    let _ = stripe::read(data).map(|stripe| format!("{stripe:?}"));
}

/// A pass that was read is written, and what was written is written again.
fn pass(data: &[u8]) {
    let Ok(mut pass) = bcbp::read(data) else { return };
    pass.resolve(day());
    if pass.problems.is_empty()
        && let Ok(written) = bcbp::write(&pass)
    {
        let again = bcbp::read(written.reveal().as_bytes()).expect("a written pass");
        assert!(bcbp::write(&again).is_ok_and(|twice| twice == written));
    }
}

/// A seal without a problem is written as it was read.
fn seal(data: &[u8]) {
    let Ok(seal) = vds::read(data) else { return };
    let features: Vec<_> = seal.features.iter().map(|feature| (feature.tag, feature.raw.reveal().clone())).collect();
    if seal.problems.is_empty() {
        let sign = |_: &[u8]| Ok(seal.signature.clone().unwrap_or_default());
        let _ = vds::write(&seal.header, &features, sign);
    }
}

fn seal_as_json(data: &[u8]) {
    let _ = vds_nc::read(data).map(|seal| (seal.signed_bytes().len(), format!("{seal:?}")));
}

fn barcode(data: &[u8]) {
    let _ = idb::read(data).map(|barcode| (barcode.signed_bytes().len(), format!("{barcode:?}")));
}

/// What is read as C40 is written, and reads the same.
fn characters(data: &[u8]) {
    let Ok(text) = c40::decode(data) else { return };
    if let Ok(written) = c40::encode(text.reveal()) {
        assert!(c40::decode(&written).is_ok_and(|again| again == text));
    }
}
