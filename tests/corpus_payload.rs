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
        assert!(is_there || name.contains("_KY"), "{name}: one card lost the type of its second subfile");
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
