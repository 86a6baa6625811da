//! The chip files of others, where the folder `LANDFALL_CORPUS` holds them: the reference data set of BSI TR-03105-5 with
//! a real master list. Without the variable nothing is read, and that is said.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::check::{CheckId, Outcome, Subject};
use landfall::date::{Date, Time};
use landfall::deviation::{Deviation, Deviations};
use landfall::lds::ElementaryFile;
use landfall::passive::{Terms, verify_noting};
use landfall::pki::{TrustStore, Voucher};
use std::fs;
use std::path::PathBuf;

/// The files of the reference document: everything that is called EF.
fn files(corpus: &std::path::Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(corpus.join("pki/bsi_silver"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("EF_")
        })
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn every_check_of_the_reference_data_set_says_what_it_is() {
    let Some(corpus) = std::env::var_os("LANDFALL_CORPUS").map(PathBuf::from) else {
        println!("not run: reference data set (LANDFALL_CORPUS is not set)");
        return;
    };
    let mut store = TrustStore::new();
    let list = fs::read_dir(corpus.join("pki/masterlists"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("DE_ML")
        })
        .unwrap();
    store.import(&fs::read(list).unwrap(), &Voucher::new("the test")).unwrap();
    let files = files(&corpus);
    let mut seen = Deviations::new();
    let read: Vec<_> = (files.iter()).map(|bytes| ElementaryFile::read(bytes, &mut seen).unwrap()).collect();
    let terms = Terms { at: Time::parse("2026-11-01T12:00:00Z").unwrap(), weak_until: Date::new(2018, 1, 1).unwrap() };
    let checks = verify_noting(&read, &store, &terms, Subject::Document(1), &mut seen);
    let told: Vec<_> = checks
        .iter()
        .map(|check| {
            let file = check.evidence.part.map(|part| part.to_string());
            let file = file.unwrap_or_default();
            format!("{} {file} {} {}", check.id, check.outcome, check.reason)
        })
        .collect();
    let noted: Vec<_> = seen.iter().map(|found| found.deviation.name()).collect();
    println!("{noted:?}");
    assert_eq!(told, EXPECTED);
    assert!(seen.contains(Deviation::CountryMissing) && seen.contains(Deviation::WeakHash));
}

/// A signer on a Brainpool curve whose issuer names no country, expired long ago; hashes by SHA-1. The set holds files
/// of several documents, so that the security object lists four of them.
const EXPECTED: [&str; 20] = [
    "sod.signature ef.sod passed weak_algorithm",
    "sod.path ef.sod undetermined signer_without_country",
    "sod.validity.signer_at_issue ef.sod undetermined no_signing_time",
    "sod.validity.signer_now ef.sod failed signer_expired",
    "sod.validity.anchor ef.sod not_performed no_path",
    "sod.revocation ef.sod not_performed no_path",
    "sod.validity.document ef.sod undetermined document_outlives_signer",
    "sod.country ef.sod undetermined no_path",
    "sod.profile ef.sod undetermined deviations",
    "sod.document_type ef.sod not_present no_document_type_list",
    "sod.data_group_hash dg1 passed weak_algorithm",
    "sod.data_group_hash dg2 passed weak_algorithm",
    "sod.data_group_hash dg3 passed weak_algorithm",
    "sod.data_group_hash dg4 failed not_listed",
    "sod.data_group_hash dg5 failed not_listed",
    "sod.data_group_hash dg7 failed not_listed",
    "sod.data_group_hash dg11 failed not_listed",
    "sod.data_group_hash dg12 failed not_listed",
    "sod.data_group_hash dg14 passed weak_algorithm",
    "sod.data_group_hash dg15 failed not_listed",
];

#[test]
fn synthetic_security_objects_are_signed_right_whatever_form_their_signatures_have() {
    let Some(corpus) = std::env::var_os("LANDFALL_CORPUS").map(PathBuf::from) else {
        println!("not run: synthetic security objects (LANDFALL_CORPUS is not set)");
        return;
    };
    let mut forms = Vec::new();
    for entry in fs::read_dir(corpus.join("pki/mock")).unwrap() {
        let text: serde_json::Value = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let bytes = data_encoding::BASE64.decode(text["encoded"].as_str().unwrap().as_bytes()).unwrap();
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(&bytes, &mut seen).unwrap();
        let terms = Terms { at: Time::parse("2026-11-01").unwrap(), weak_until: Date::new(2018, 1, 1).unwrap() };
        let checks = verify_noting(&[file], &TrustStore::new(), &terms, Subject::Document(1), &mut seen);
        let signature = checks.iter().find(|check| check.id == CheckId::SodSignature).unwrap();
        assert_eq!(signature.outcome, Outcome::Passed, "{}", signature.reason);
        forms.push(seen.contains(Deviation::CmsSignatureForm));
    }
    forms.sort_unstable();
    assert_eq!(forms, [false, true], "one of them writes its numbers side by side");
}
