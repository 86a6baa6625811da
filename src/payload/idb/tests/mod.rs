//! ICAO barcodes: every flag, every message of the profile, and what must not be inflated.

use super::profile::{GERMAN_DOCUMENTS, MESSAGES};
use super::*;
use crate::date::Date;
use crate::payload::vds::Coding;
use proptest::prelude::*;

fn content(messages: &[(u8, Vec<u8>)]) -> Write<'_> {
    let date = Date::new(2026, 6, 13).unwrap();
    Write {
        country: "UTO",
        signing: Some((Algorithm::EcdsaSha256, [1, 2, 3, 4, 5], date)),
        compressed: false,
        messages,
        certificate: None,
    }
}

fn written(content: &Write<'_>) -> String {
    write(content, |_| Ok(vec![7; 64])).unwrap()
}

/// A value that fits the row, with all that is nested in it.
fn value(spec: &MessageSpec) -> Vec<u8> {
    let nested = |specs: &[MessageSpec]| {
        let mut bytes = Vec::new();
        for spec in specs {
            let inner = value(spec);
            bytes.push(spec.tag);
            super::super::vds::der_length(inner.len(), &mut bytes).unwrap();
            bytes.extend(inner);
        }
        bytes
    };
    match spec.coding {
        MessageCoding::Nested(inner) => nested(inner),
        MessageCoding::Masked => vec![0, 0x31, 0x9E, 0xF5],
        MessageCoding::Moment => 6_132_026_123_000_u64.to_be_bytes()[2..].to_vec(),
        MessageCoding::Like(Coding::Zone(lines)) => c40::encode(&"A".repeat(lines.iter().sum())).unwrap(),
        MessageCoding::Like(Coding::C40) => c40::encode(&"7".repeat(spec.least.max(2) / 2 * 3)).unwrap(),
        MessageCoding::Like(Coding::Stay) => vec![0, 3, 0],
        MessageCoding::Like(Coding::Byte) => vec![1],
        MessageCoding::Like(_) => vec![b'U'; spec.least.max(1)],
    }
}

#[test]
fn every_message_of_the_profile_is_read_without_a_problem() {
    let messages: Vec<_> = MESSAGES.iter().map(|spec| (spec.tag, value(spec))).collect();
    let barcode = read(written(&content(&messages)).as_bytes()).unwrap();
    assert!(barcode.problems.is_empty(), "{:?}", barcode.problems);
    assert_eq!(barcode.messages.len(), MESSAGES.len());
    assert!(barcode.named("dose_number").is_some(), "three messages deep");
    assert!(matches!(barcode.named("sample_taken").map(|m| &m.content), Some(Content::Moment(_))));
    assert!(barcode.zone().is_some());
    let json = serde_json::to_value(&barcode).unwrap();
    assert_eq!(json["messages"][1]["messages"][0]["name"], "mrz");
}

#[test]
fn every_flag_is_read_and_what_is_signed_is_never_compressed() {
    let messages = [(0x85, c40::encode("L898902C3").unwrap())];
    for (signed, compressed, flag) in [(false, false, 'A'), (true, false, 'B'), (false, true, 'C'), (true, true, 'D')] {
        let own = content(&messages);
        let own = Write { compressed, signing: own.signing.filter(|_| signed), ..own };
        let text = written(&own);
        assert!(text.starts_with(&format!("RDB1{flag}")));
        let barcode = read(text.as_bytes()).unwrap();
        assert_eq!((barcode.signing.is_some(), barcode.compressed), (signed, compressed));
        assert_eq!(barcode.text("document_number").map(|text| text.reveal().as_str()), Some("L898902C3"));
        assert_eq!(barcode.problems.contains(Deviation::Unsigned), !signed);
        assert_eq!(barcode.signed_bytes().len(), if signed { 22 } else { 12 });
    }
}

#[test]
fn german_documents_miss_what_their_list_asks_for() {
    assert_eq!(GERMAN_DOCUMENTS.len(), 18);
    for (number, required) in GERMAN_DOCUMENTS {
        let spec = |tag: u8| profile::message(MESSAGES, tag).unwrap();
        let mut messages: Vec<_> = required.iter().map(|tag| (*tag, value(spec(*tag)))).collect();
        messages.push((0x86, vec![*number]));
        assert!(read(written(&content(&messages)).as_bytes()).unwrap().problems.is_empty(), "{number}");
        let (missing, _) = messages.remove(0);
        let barcode = read(written(&content(&messages)).as_bytes()).unwrap();
        assert!(barcode.problems.contains_in(Deviation::FeatureMissing, spec(missing).name), "{number}");
    }
}

#[test]
fn masked_days_are_as_much_of_a_day_as_is_known() {
    let date = |bytes| masked(bytes).map(|date| date.to_string());
    assert_eq!(date(&[0, 0x31, 0x9E, 0xF5]).as_deref(), Some("1957-03-25"));
    assert_eq!(date(&[0xF0, 0, 0x07, 0xA5]).as_deref(), Some("1957-XX-XX"));
    assert_eq!(date(&[0xFF, 0, 0, 0]).as_deref(), Some("XXXX-XX-XX"));
    assert_eq!((date(&[0, 0, 0, 0]), date(&[0, 1])), (None, None));
}

#[test]
fn forms_that_are_met_are_read_and_said() {
    let messages = [(0x85, c40::encode("L898902C3").unwrap())];
    let text = written(&content(&messages));
    let rows = [
        (text.replacen("RDB1", "NDB1", 1), Deviation::PrefixOld),
        (format!("{text}===="), Deviation::ArmourForm),
        (text.to_ascii_lowercase(), Deviation::ArmourForm),
        (written(&content(&[(0x44, vec![1])])), Deviation::FieldUnknown),
        (written(&content(&[(1, vec![1])])), Deviation::FieldMalformed),
    ];
    for (text, deviation) in rows {
        assert!(read(text.as_bytes()).unwrap().problems.contains(deviation), "{deviation}");
    }
}

#[test]
fn what_inflates_without_end_and_what_follows_the_frame_is_refused() {
    let kind = |text: String| read(text.as_bytes()).map(drop).map_err(|error| error.kind);
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; MAX_INFLATED + 1], 9);
    assert_eq!(kind(format!("RDB1C{}", base32::encode(&bomb))), Err(ErrorKind::PayloadInflatedTooLarge));
    assert_eq!(kind(format!("RDB1C{}", base32::encode(b"no zlib"))), Err(ErrorKind::PayloadInflate));
    let country = c40::encode("UTO").unwrap();
    let frame = |rest: &[u8]| format!("RDB1A{}", base32::encode(&[&country[..], rest].concat()));
    assert_eq!(kind(frame(&[0x61, 0, 0x22, 0])), Err(ErrorKind::PayloadHeader), "an unknown tag");
    assert_eq!(kind(frame(&[0x61, 5, 0])), Err(ErrorKind::PayloadLength));
    assert_eq!(kind(frame(&[])), Err(ErrorKind::PayloadHeader));
    assert_eq!(kind("RDB1Z".to_owned()), Err(ErrorKind::PayloadHeader));
    assert_eq!(kind("RDB1A1".to_owned()), Err(ErrorKind::PayloadArmour));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2048 }))]

    #[test]
    fn what_is_written_is_what_is_read(
        messages in proptest::collection::vec((any::<u8>(), proptest::collection::vec(any::<u8>(), 0..300)), 0..6),
        signed in any::<bool>(),
        compressed in any::<bool>(),
    ) {
        let own = content(&messages);
        let own = Write { compressed, signing: own.signing.filter(|_| signed), ..own };
        let barcode = read(written(&own).as_bytes()).unwrap();
        let read: Vec<_> = barcode.messages.iter().map(|m| (m.tag, m.raw.reveal().clone())).collect();
        prop_assert_eq!(read, messages);
        prop_assert_eq!(barcode.signature.is_some(), signed);
    }
}
