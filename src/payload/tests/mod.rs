//! Recognition by content, and what no payload may do.

use super::*;
use crate::deviation::Deviation;
use proptest::prelude::*;

const PASS: &[u8] = b"M1ERIKSSON/ANNA MARIA E123456 UTOYTOUT 0834 226F001A0025 100";
const CARD: &[u8] = b"@\n\x1e\rANSI 636019090001DL00310015DLDAQ123456789\r";

/// One payload of every kind that is recognised.
fn examples() -> Vec<(Kind, Vec<u8>)> {
    let seal = [&[0xDC, 0x02][..], &[0xD9, 0xC5, 0x6D, 0x32, 0xC8, 0xA5, 0x19, 0xFC], &[0x11, 0x45, 0xF4]].concat();
    let seal = [seal, vec![0x11, 0x45, 0xF4, 0xFD, 0x00, 1, 1, 7, 0xFF, 2, 1, 1]].concat();
    let json = br#"{"data":{"hdr":{"t":"icao.test","v":1,"is":"UTO"},"msg":{}},"sig":{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}"#;
    let rows: [(Kind, &[u8]); 10] = [
        (Kind::Aamva, CARD),
        (Kind::Bcbp, PASS),
        (Kind::Vds, &seal),
        (Kind::VdsNc, json),
        (Kind::Idb, b"RDB1A3HCWCA4GAEAQ"),
        (Kind::EuHealthCertificate, b"HC1:6BF+70790T9WJWG.FKY"),
        (Kind::TwoDDoc, b"DC04FR0000012345123401FR43UTOPIA"),
        (Kind::Aadhaar, &[b'7'; 1200]),
        (Kind::MdocEngagement, b"mdoc:owBjMS4wAYIB2BhYSw"),
        (Kind::MagneticStripe, b"%UTCITY^NAME$FIRST^STREET^?"),
    ];
    rows.into_iter().map(|(kind, bytes)| (kind, bytes.to_vec())).collect()
}

#[test]
fn every_kind_is_recognised_by_its_content() {
    for (kind, bytes) in examples() {
        assert_eq!(recognise(&bytes), Some(kind));
        let result = read(&bytes);
        match kind.is_read() {
            true => assert_eq!(result.map(|payload| payload.kind()), Ok(kind), "{kind}"),
            false => assert_eq!(result.map_err(|error| error.kind), Err(ErrorKind::PayloadNotRead)),
        }
    }
    for nothing in [&b""[..], b"hello", b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", b"https://example.org/", b"{}"]
    {
        assert_eq!(recognise(nothing), None);
    }
}

#[test]
fn a_token_with_claim_169_is_named_through_its_armour() {
    let token = [0xD2, 0x84, 0x43, 0xA1, 0x01, 0x27, 0xA0, 0x44, 0xA1, 0x18, 0xA9, 0xA0, 0x41, 0x00];
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&token, 8);
    let mut text = String::new();
    for pair in packed.chunks(2) {
        let mut number = pair.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        for _ in 0..=pair.len() {
            let digit = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[number % 45];
            text.push(char::from(digit));
            number /= 45;
        }
    }
    assert_eq!(recognise(text.as_bytes()), Some(Kind::Mosip169));
}

#[test]
fn a_payload_is_one_object_with_its_kind_and_its_problems() {
    for (_, bytes) in examples().into_iter().filter(|(kind, _)| kind.is_read()) {
        let payload = read(&bytes).unwrap();
        let json: serde_json::Value = serde_json::from_str(&payload.to_json()).unwrap();
        assert_eq!(json["kind"], payload.kind().name());
        assert!(json["problems"].is_array());
        assert!(!format!("{payload:?}").contains("ERIKSSON"), "debug output hides what was read");
    }
}

#[test]
fn no_cut_and_no_flipped_byte_of_any_payload_panics() {
    for (_, bytes) in examples() {
        for end in 0..bytes.len().min(200) {
            drop(read(&bytes[..end]));
        }
        for at in 0..bytes.len().min(200) {
            for flip in [1, 0x20, 0x80, 0xFF] {
                let mut changed = bytes.clone();
                changed[at] ^= flip;
                let _ = read(&changed).map(|mut payload| payload.resolve(Date::new(2026, 1, 1).unwrap()));
            }
        }
    }
}

#[test]
fn a_payload_that_no_symbol_could_hold_is_refused_unread() {
    assert_eq!(read(&vec![b'M'; MAX_PAYLOAD + 1]).map_err(|error| error.kind), Err(ErrorKind::TooLarge));
}

#[test]
fn a_member_that_is_named_twice_is_refused_at_every_depth() {
    for text in [
        r#"{"data":{"hdr":{"t":"a","v":1,"is":"UTO"},"msg":{"a":1,"a":2}},"sig":{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}"#,
        r#"{"data":{"hdr":{"t":"a","v":1,"is":"UTO"},"msg":{}},"data":{},"sig":{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}"#,
        r#"{"data":{"hdr":{"t":"a","v":1,"is":"UTO"},"msg":{"\u0061":1,"a":2}},"sig":{"alg":"ES256","cer":"MAA","sigvl":"MAA"}}"#,
    ] {
        assert_eq!(read(text.as_bytes()).map_err(|error| error.kind), Err(ErrorKind::PayloadJsonRepeated));
    }
    let deep = format!(
        r#"{{"data":{{"hdr":{{"t":"a","v":1,"is":"UTO"}},"msg":{}{}}},"sig":{{}}}}"#,
        "[".repeat(5000),
        "]".repeat(5000)
    );
    assert_eq!(read(deep.as_bytes()).map_err(|error| error.kind), Err(ErrorKind::PayloadJson));
}

#[test]
fn what_is_signed_as_json_is_the_canonical_form_whatever_was_sent() {
    let write = |message: &str| {
        let sign = |_: &[u8]| Ok(vec![1; 64]);
        vds_nc::write(("icao.test", 1, "UTO"), message, ("ES256", &[0x30, 0x00]), sign).unwrap()
    };
    let one = write(r#"{"b": 1.0, "a": [true, null, "é"]}"#);
    let other = write(r#"{"a":[true,null,"\u00e9"],"b":1}"#);
    assert_eq!(one, other);
    let seal = vds_nc::read(&one).unwrap();
    assert_eq!(
        seal.signed_bytes(),
        r#"{"hdr":{"is":"UTO","t":"icao.test","v":1},"msg":{"a":[true,null,"é"],"b":1}}"#.as_bytes()
    );
    assert!(seal.problems.is_empty());
    let padded = String::from_utf8(one).unwrap().replace("\"MAA\"", "\"MAA=\"");
    assert!(vds_nc::read(padded.as_bytes()).unwrap().problems.contains(Deviation::ArmourForm));
}

/// Messages of any shape, with the person that some types name. Whole numbers only: RFC 8785 writes others as it likes.
fn message() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (-(1_i64 << 53)..1 << 53).prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    let inner = leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::btree_map("\\PC{0,6}", inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    });
    (inner, "[A-Z]{1,20}  [A-Z]{1,20}", 1900_u16..2026, 1_u8..=12, 1_u8..=28, "[A-Z0-9]{1,9}").prop_map(
        |(other, name, year, month, day, number)| {
            let birth = format!("{year:04}-{month:02}-{day:02}");
            serde_json::json!({"other": other, "pid": {"n": name, "dob": birth, "i": number, "sex": "F"}})
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 128 } else { 4096 }))]

    #[test]
    fn a_seal_as_json_that_is_written_is_what_is_read(
        (type_name, version, issuer) in ("icao\\.[a-z]{1,8}", 1_u32..100, "[A-Z]{3}"),
        message in message(),
        certificate in proptest::collection::vec(any::<u8>(), 0..80),
        signature in proptest::collection::vec(any::<u8>(), 64),
    ) {
        let mut signed = Vec::new();
        let sign = |bytes: &[u8]| { signed = bytes.to_vec(); Ok(signature.clone()) };
        let head = (type_name.as_str(), version, issuer.as_str());
        let bytes = vds_nc::write(head, &message.to_string(), ("ES256", &certificate), sign).unwrap();
        let seal = vds_nc::read(&bytes).unwrap();
        prop_assert_eq!((seal.type_name.as_str(), seal.version, seal.issuer.reveal().as_str()), (head.0, Some(version), head.2));
        prop_assert_eq!(&serde_json::to_value(&seal.message).unwrap(), &message);
        prop_assert_eq!(seal.person.name.as_ref().map(|text| text.reveal().as_str()), message["pid"]["n"].as_str());
        prop_assert_eq!(seal.person.birth_date.map(|date| date.to_string()), message["pid"]["dob"].as_str().map(str::to_owned));
        prop_assert_eq!((&seal.certificate, &seal.signature), (&certificate, &signature));
        prop_assert_eq!(seal.signed_bytes(), signed);
        prop_assert!(seal.problems.is_empty());
        prop_assert!(read(&bytes).is_ok_and(|payload| payload.kind() == Kind::VdsNc));
    }
}
