//! Payloads of others, where the folder `LANDFALL_CORPUS` holds them: licences, boarding passes and seals. Without the
//! variable nothing is read, and that is said.
#![cfg(feature = "barcode")]
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::deviation::Deviation;
use landfall::payload::{self, Kind, Payload};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("LANDFALL_CORPUS").map(|path| PathBuf::from(path).join("barcode"));
    if corpus.is_none() {
        println!("not run: payloads (LANDFALL_CORPUS is not set)");
    }
    corpus
}

fn problems(payload: &Payload) -> Vec<(&'static str, &'static str)> {
    payload.problems().iter().map(|problem| (problem.deviation.name(), problem.field)).collect()
}

#[test]
fn every_licence_gives_number_name_and_dates() {
    let Some(corpus) = corpus() else { return };
    let mut paths: Vec<_> = fs::read_dir(corpus.join("aamva")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 23);
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let payload = payload::read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Payload::Aamva(card) = &payload else { panic!("{name} is {}", payload.kind()) };
        println!("{name}: {:?}", problems(&payload));
        let has_number = card.document_number.is_some() || name.contains("_NY");
        assert!(card.family_name.is_some() && card.first_name.is_some() && has_number, "{name}");
        let dates = [card.birth_date, card.expiry_date, card.issue_date];
        assert!(dates.iter().all(Option::is_some), "{name}");
        assert!(card.sex.is_some() && card.jurisdiction.is_some(), "{name}");
        let unexpected = [Deviation::FieldUnknown, Deviation::FieldRepeated];
        let is_there = !card.problems.contains(Deviation::SubfileMissing);
        let lost = ["_KY", "_WV"].iter().any(|card| name.contains(card));
        assert!(is_there || lost, "{name}: two cards lost the type of a subfile");
        assert!(unexpected.iter().all(|deviation| !card.problems.contains(*deviation)), "{name}");
        assert!(name.contains("_MI") || name.contains("_SC_") || card.height.is_some(), "{name}");
    }
}

#[test]
fn every_boarding_pass_gives_its_legs() {
    let Some(corpus) = corpus() else { return };
    let text = fs::read_to_string(corpus.join("bcbp/passes.json")).unwrap();
    let passes: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(passes.len() >= 26);
    for pass in passes {
        let raw = pass["raw"].as_str().unwrap();
        let payload = payload::read(raw.as_bytes()).unwrap_or_else(|error| panic!("{raw}: {error}"));
        println!("{raw:?}: {:?}", problems(&payload));
        let Payload::Bcbp(pass) = payload else { panic!("{raw}") };
        let declared = usize::from(pass.legs_declared);
        assert!(pass.legs.len() == declared || pass.problems.contains(Deviation::LegsMissing), "{raw}");
        assert!(pass.surname.is_some() && pass.given_names.is_some());
        assert!(pass.legs.last().unwrap().from.is_some(), "{raw}");
        if pass.problems.is_empty() {
            let written = payload::bcbp::write(&pass).unwrap();
            assert_eq!(written.reveal(), raw, "a pass without a problem is written as it was read");
        }
    }
}

#[test]
fn every_seal_is_read_to_its_last_byte() {
    let Some(corpus) = corpus() else { return };
    let text = fs::read_to_string(corpus.join("vds/vds.json")).unwrap();
    for seal in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
        let id = seal["id"].as_str().unwrap();
        let bytes = data_encoding::HEXLOWER.decode(seal["hex"].as_str().unwrap().as_bytes()).unwrap();
        let payload = payload::read(&bytes).unwrap_or_else(|error| panic!("{id}: {error}"));
        println!("{id}: {:?}", problems(&payload));
        let Payload::Vds(seal) = payload else { panic!("{id}") };
        println!("   {}", serde_json::to_string(&seal).unwrap());
        assert!(!seal.problems.contains(Deviation::TrailingText), "{id}");
        assert!(
            seal.features.iter().all(|feature| seal.header.document_type.is_none()
                || feature.name.is_some()
                || id.starts_with("admin"))
        );
    }
    for name in ["validVDSJson.json", "invalidVDSJson.json"] {
        let bytes = fs::read(corpus.join("vdsnc").join(name)).unwrap();
        let payload = payload::read(&bytes).unwrap();
        println!("{name}: {:?}", problems(&payload));
        let Payload::VdsNc(seal) = payload else { panic!("{name}") };
        assert!(seal.person.birth_date.is_some() && seal.person.document_number.is_some());
    }
    let text = fs::read_to_string(corpus.join("vds/idb.json")).unwrap();
    for barcode in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
        let raw = barcode["raw"].as_str().unwrap();
        let payload = payload::read(raw.as_bytes()).unwrap_or_else(|error| panic!("{raw}: {error}"));
        println!("{}: {:?}", barcode["id"], problems(&payload));
        assert_eq!(payload.kind(), Kind::Idb);
        println!("   {:.600}", payload.to_json());
    }
}

use landfall::check::{Check, CheckId, Outcome, Reason, Subject};
use landfall::crypto::{Curve, EcKey, Parameters, PublicKey};
use landfall::date::Time;
use landfall::pki::{TrustStore, Voucher};
use landfall::seal::{Seal, verify, verify_with};

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").unwrap()
}

fn outcome(checks: &[Check], id: CheckId) -> (Outcome, Reason) {
    checks.iter().find(|check| check.id == id).map(|check| (check.outcome, check.reason)).unwrap()
}

/// A store with these certificates of the corpus.
fn store(corpus: &std::path::Path, files: &[&str]) -> TrustStore {
    let mut store = TrustStore::new();
    for file in files {
        store.import(&fs::read(corpus.join(file)).unwrap(), &Voucher::new("a test")).unwrap();
    }
    store
}

/// Whether any single flipped bit of what is signed, or of the signature, leaves it verified.
fn survives_tampering(bytes: &[u8], verified: impl Fn(&Payload) -> bool) -> bool {
    (4..bytes.len()).step_by(3).any(|at| {
        let mut tampered = bytes.to_vec();
        tampered[at] ^= 0x10;
        payload::read(&tampered).is_ok_and(|payload| verified(&payload))
    })
}

#[test]
fn every_seal_whose_key_is_at_hand_verifies_and_no_tampered_one_does() {
    let Some(corpus) = corpus() else { return };
    let files = ["vds/cert_dets27.der", "vds/cert_dets32_0.der", "vds/cert_utts5b_0.der"];
    let store = store(&corpus, &files);
    assert_eq!(store.signers().len(), 3);
    let text = fs::read_to_string(corpus.join("vds/vds.json")).unwrap();
    let (mut by_certificate, mut by_key) = (0, 0);
    for entry in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
        let id = entry["id"].as_str().unwrap();
        let bytes = data_encoding::HEXLOWER.decode(entry["hex"].as_str().unwrap().as_bytes()).unwrap();
        let payload = payload::read(&bytes).unwrap();
        if let Some(point) = entry["pubkey_brainpoolP256r1"].as_str() {
            let point = data_encoding::HEXUPPER.decode(point.as_bytes()).unwrap();
            let key = PublicKey::Ec(EcKey { parameters: Parameters::Named(Curve::BrainpoolP256r1), point: &point });
            let passes = |payload: &Payload| verify_with(Seal::of(payload).unwrap(), &key).0 == Outcome::Passed;
            assert!(passes(&payload), "{id}");
            assert!(!survives_tampering(&bytes, passes), "{id}");
            let fails = |payload: &Payload| verify_with(Seal::of(payload).unwrap(), &key).0 == Outcome::Failed;
            assert!(
                !survives_tampering(&bytes, |payload| !fails(payload)),
                "{id}: with its key at hand each one fails"
            );
            by_key += 1;
            continue;
        }
        let checks = verify(&payload, &store, at(), Subject::Payload(1));
        let signature = outcome(&checks, CheckId::SealSignature);
        println!("{id}: {signature:?} {:?}", outcome(&checks, CheckId::SealPath));
        if signature == (Outcome::Passed, Reason::Confirmed) {
            let passes = |payload: &Payload| {
                outcome(&verify(payload, &store, at(), Subject::Payload(1)), CheckId::SealSignature).0
                    == Outcome::Passed
            };
            assert!(!survives_tampering(&bytes, passes), "{id}");
            by_certificate += 1;
        }
        assert!(signature.0 != Outcome::Failed || signature.1 == Reason::WrongFormat, "{id}");
    }
    println!("verified: {by_certificate} by a certificate, {by_key} by a key");
    assert!(by_certificate >= 8 && by_key >= 6);
}

#[test]
fn a_seal_as_json_verifies_to_its_anchor_and_a_tampered_one_does_not() {
    let Some(corpus) = corpus() else { return };
    let store = store(&corpus, &["vdsnc/cscaCertData.der", "vdsnc/crlData.der"]);
    let checks = |name: &str| {
        let payload = payload::read(&fs::read(corpus.join("vdsnc").join(name)).unwrap()).unwrap();
        verify(&payload, &store, at(), Subject::Payload(1))
    };
    let valid = checks("validVDSJson.json");
    println!("{valid:#?}");
    for id in [
        CheckId::SealSignature,
        CheckId::SealPath,
        CheckId::SealValidity,
        CheckId::SealCountry,
        CheckId::SealDocumentType,
    ] {
        assert_eq!(outcome(&valid, id).0, Outcome::Passed, "{id}");
    }
    assert_ne!(outcome(&valid, CheckId::SealRevocation).0, Outcome::Failed);
    let tampered = checks("invalidVDSJson.json");
    assert_eq!(outcome(&tampered, CheckId::SealSignature), (Outcome::Failed, Reason::InvalidSignature));
    assert_eq!(outcome(&tampered, CheckId::SealPath).0, Outcome::Passed);
}
