//! Seals: the worked example of the standard, every feature table, and the layouts that are mixed up in the field.

use super::*;
use crate::date::Date;
use crate::payload::c40;
use crate::payload::vds::{read, write};
use proptest::prelude::*;

/// The emergency travel document of Doc 9303-8 App. B.
const WORKED: &str = "DC03D9C5D9CAC8A73A995D913A7D9C575E030230BAB3D2B3C549CD1DA93C5BD458135C6F57FC133C133C133C6B38208A4D0D\
                      4A32B0C11AE6268427153F7C453C133C1345FF4039034E85DA183C1CC0D3AC16732D7EE2C20D7AEF7B381C0AE509F10A97890D511C\
                      3C47B94807A4D0F67CE9083A7F206F04FB35AFDB8AB9658A93327A4E0EE6ED";

fn header(version: Version, reference: &str, kind: DocumentType) -> Header {
    let number = kind.number();
    Header {
        version,
        issuing_country: "UTO".into(),
        signer: "UTTS".to_owned(),
        certificate_reference: reference.to_owned(),
        issue_date: Date::new(2026, 6, 13),
        signature_date: Date::new(2026, 6, 14),
        definition_reference: u8::try_from(number >> 8).unwrap(),
        category: u8::try_from(number & 0xFF).unwrap(),
        document_type: Some(kind),
    }
}

fn sealed(header: &Header, features: &[(u8, Vec<u8>)]) -> Vec<u8> {
    write(header, features, |_| Ok(vec![0x5A; 64])).unwrap()
}

#[test]
fn the_worked_example_of_the_standard_is_read_and_written_again() {
    let bytes = data_encoding::HEXUPPER.decode(WORKED.as_bytes()).unwrap();
    let seal = read(&bytes).unwrap();
    assert!(seal.problems.is_empty(), "{:?}", seal.problems);
    assert_eq!((seal.header.version, seal.header.signer.as_str()), (Version::V4, "UTTS"));
    assert_eq!(seal.header.certificate_reference, "5B");
    assert_eq!((seal.header.issue_date, seal.header.signature_date), (Date::new(2026, 6, 13), Date::new(2023, 8, 23)));
    assert_eq!(seal.header.document_type, Some(DocumentType::EmergencyTravelDocument));
    assert!(seal.zone().unwrap().reveal().lines().all(|line| line.len() == 36));
    assert_eq!((seal.signed_bytes().len(), seal.signature.as_ref().map(Vec::len)), (68, Some(64)));
    let features: Vec<_> = seal.features.iter().map(|f| (f.tag, f.raw.reveal().clone())).collect();
    let again = write(&seal.header, &features, |signed| {
        assert_eq!(signed, seal.signed_bytes());
        Ok(seal.signature.clone().unwrap())
    });
    assert_eq!(again.unwrap(), bytes);
}

/// A value of the smallest legal size for every feature of every profile.
fn value(spec: &FeatureSpec) -> Vec<u8> {
    match spec.coding {
        Coding::Zone(lines) => c40::encode(&"A".repeat(lines.iter().sum())).unwrap(),
        Coding::C40 => c40::encode(&"7".repeat(spec.least / 2 * 3)).unwrap(),
        Coding::Utf8 => "Z".repeat(spec.least).into_bytes(),
        Coding::Stay => vec![0x5A, 0, 0],
        Coding::Day => b"20260613".to_vec(),
        Coding::Period => b"20260613\x0020270613".to_vec(),
        Coding::Byte => vec![2],
        Coding::Bytes => vec![7; spec.least],
    }
}

#[test]
fn every_feature_table_is_read_without_a_problem_and_misses_each_required_feature() {
    let mut seen = 0;
    for kind in DocumentType::ALL {
        let header = header(Version::V4, "5B", *kind);
        let table = profile(header.definition_reference, header.category).expect("every type has a table");
        let features: Vec<_> = table.features.iter().map(|spec| (spec.tag, value(spec))).collect();
        let seal = read(&sealed(&header, &features)).unwrap();
        assert!(seal.problems.is_empty(), "{kind}: {:?}", seal.problems);
        assert_eq!(seal.header.document_type, Some(*kind));
        for (feature, spec) in seal.features.iter().zip(table.features) {
            assert_eq!(feature.name, Some(spec.name));
            assert_eq!(feature.value == Value::Bytes, spec.coding == Coding::Bytes, "{kind} {}", spec.name);
        }
        for spec in table.features.iter().filter(|spec| spec.required) {
            let without: Vec<_> = features.iter().filter(|(tag, _)| *tag != spec.tag).cloned().collect();
            let seal = read(&sealed(&header, &without)).unwrap();
            assert!(seal.problems.contains_in(Deviation::FeatureMissing, spec.name), "{kind} {}", spec.name);
            seen += 1;
        }
    }
    assert_eq!(seen, 25);
}

#[test]
fn the_registration_certificate_is_told_by_its_profile_id() {
    let header = header(Version::V4, "5B", DocumentType::AdministrativeDocument);
    let mut features = vec![(0, profile::REGISTRATION_ID.to_vec())];
    features.extend(profile::REGISTRATION_PROFILE.features.iter().skip(1).map(|spec| (spec.tag, value(spec))));
    let seal = read(&sealed(&header, &features)).unwrap();
    assert!(seal.problems.is_empty(), "{:?}", seal.problems);
    assert_eq!(seal.named("housing_status").map(|f| f.value.clone()), Some(Value::Number(2)));
    assert_eq!(seal.named("move_date").map(|f| f.value.clone()), Some(Value::Date(Date::new(2026, 6, 13).unwrap())));
}

#[test]
fn the_number_of_entries_of_a_visa_is_optional_and_one_zone_must_be_there() {
    let header = header(Version::V4, "5B", DocumentType::Visa);
    let zone = c40::encode(&"A".repeat(72)).unwrap();
    let number = c40::encode("L898902C3").unwrap();
    let seal = read(&sealed(&header, &[(1, zone), (4, vec![0xFE; 3]), (5, number.clone())])).unwrap();
    assert!(seal.problems.is_empty());
    assert_eq!(seal.number().map(|number| number.reveal().as_str()), Some("L898902C3"));
    assert_eq!(seal.named("duration_of_stay").map(|f| f.value.clone()), Some(Value::Stay(Stay::TransitOnly)));
    assert_eq!(seal.zone().unwrap().reveal().lines().map(str::len).collect::<Vec<_>>(), [44, 44]);
    let bare = read(&sealed(&header, &[(4, vec![0; 3]), (5, number)])).unwrap();
    assert!(bare.problems.contains_in(Deviation::FeatureMissing, "mrz"));
}

#[test]
fn a_document_type_that_nobody_knows_keeps_its_features_as_bytes() {
    let mut header = header(Version::V4, "5B", DocumentType::Visa);
    (header.definition_reference, header.category, header.document_type) = (0x77, 0x77, None);
    let seal = read(&sealed(&header, &[(9, b"any".to_vec())])).unwrap();
    assert!(seal.problems.contains(Deviation::DocumentTypeUnknown));
    assert_eq!((seal.features[0].name, seal.features[0].raw.reveal().as_slice()), (None, &b"any"[..]));
}

#[test]
fn unknown_features_are_reported_and_kept() {
    let header = header(Version::V4, "5B", DocumentType::EmergencyTravelDocument);
    let zone = c40::encode(&"A".repeat(72)).unwrap();
    let seal = read(&sealed(&header, &[(2, zone), (0x40, b"new".to_vec())])).unwrap();
    assert!(seal.problems.contains(Deviation::FieldUnknown) && seal.features.len() == 2);
}

#[test]
fn the_reference_of_dezv_is_counted_in_decimal_and_that_of_others_in_hexadecimal() {
    let reference = "00112233445566778899AABBCCDDEEFF00112233";
    let mut header = header(Version::V4, reference, DocumentType::AdministrativeDocument);
    for (signer, characters) in [("DEZV", "DEZV40"), ("UTTS", "UTTS28")] {
        header.signer = signer.to_owned();
        let features = [(0, vec![1; 16])];
        let bytes = sealed(&header, &features);
        assert_eq!(c40::decode(&bytes[4..8]).unwrap().reveal(), characters);
        let seal = read(&bytes).unwrap();
        assert_eq!(seal.header.certificate_reference, reference);
        assert!(seal.problems.is_empty(), "{:?}", seal.problems);
    }
    // The other way round is read as well, and said.
    let mut bytes = sealed(&header, &[(0, vec![1; 16])]);
    bytes[4..8].copy_from_slice(&c40::encode("UTTS40").unwrap());
    let seal = read(&bytes).unwrap();
    assert!(seal.problems.contains(Deviation::ReferenceLength));
    assert_eq!(seal.header.certificate_reference, reference);
}

#[test]
fn the_layout_of_version_3_under_the_byte_of_version_4_is_read_and_said() {
    let header = header(Version::V3, "0005B", DocumentType::ArrivalAttestation);
    let features = [(2, c40::encode(&"A".repeat(72)).unwrap()), (3, c40::encode("ABC123456DEF").unwrap())];
    let mut bytes = sealed(&header, &features);
    assert!(read(&bytes).unwrap().problems.is_empty());
    bytes[1] = 0x03;
    let seal = read(&bytes).unwrap();
    assert!(seal.problems.contains(Deviation::SealVersion));
    assert_eq!((seal.header.signer.as_str(), seal.header.certificate_reference.as_str()), ("UTTS", "0005B"));
    assert_eq!(seal.signature.map(|s| s.len()), Some(64));
}

#[test]
fn lengths_of_version_3_under_a_header_of_version_4_leave_the_header_as_declared() {
    // Signer, two digits of length and the reference take as many octets as in the other version.
    let of = Header { signer: "UTKD".to_owned(), ..header(Version::V4, "001", DocumentType::EmergencyTravelDocument) };
    let long = vec![7; 0x80];
    let bytes = sealed(&of, &[(2, vec![1; 48]), (3, long)]);
    let at = bytes.windows(3).position(|window| window == [3, 0x81, 0x80]).unwrap();
    let short = [&bytes[..=at], &bytes[at + 2..]].concat();
    let seal = read(&short).unwrap();
    assert_eq!((seal.header.version, seal.header.certificate_reference.as_str()), (Version::V4, "001"));
    assert!(seal.problems.contains(Deviation::FeatureLengthForm) && !seal.problems.contains(Deviation::SealVersion));
}

#[test]
fn a_seal_as_text_or_as_hexadecimal_is_unwrapped_and_said() {
    let bytes = data_encoding::HEXUPPER.decode(WORKED.as_bytes()).unwrap();
    let text: String = bytes.iter().copied().map(char::from).collect();
    for (form, deviation) in [(text.as_str(), Deviation::BytesAsText), (WORKED, Deviation::BytesAsHexadecimal)] {
        let seal = read(form.as_bytes()).unwrap();
        assert!(seal.problems.contains(deviation) && seal.problems.len() == 1);
        assert_eq!(seal.signed_bytes(), &bytes[..68]);
        assert!(is_seal(form.as_bytes()));
    }
}

#[test]
fn what_leads_nowhere_is_an_error() {
    let bytes = data_encoding::HEXUPPER.decode(WORKED.as_bytes()).unwrap();
    assert!(read(&bytes[..17]).is_err() && read(&[]).is_err() && read(&[0xDC, 0x09, 1]).is_err());
    let unsigned = read(&bytes[..68]).unwrap();
    assert!(unsigned.signature.is_none() && unsigned.problems.contains(Deviation::Unsigned));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 128 } else { 4096 }))]

    #[test]
    fn what_is_written_is_what_is_read(
        version in proptest::sample::select(vec![Version::V3, Version::V4]),
        reference in "[0-9A-F]{5}",
        days in (0_i32..30_000, 0_i32..30_000),
        kind in any::<(u8, u8)>(),
        features in proptest::collection::vec((0_u8..0xFF, proptest::collection::vec(any::<u8>(), 0..120)), 0..8),
        half in 1_usize..66,
    ) {
        let day = |days| Date::new(1990, 1, 1).unwrap().plus_days(days);
        let header = Header {
            version, issuing_country: "UTO".into(), signer: "UTTS".to_owned(), certificate_reference: reference,
            issue_date: day(days.0), signature_date: day(days.1), definition_reference: kind.0, category: kind.1,
            document_type: DocumentType::from_number(u32::from(kind.0) << 8 | u32::from(kind.1)),
        };
        let bytes = write(&header, &features, |_| Ok(vec![7; half * 2])).unwrap();
        let seal = read(&bytes).unwrap();
        prop_assert_eq!(&seal.header, &header);
        let read: Vec<_> = seal.features.iter().map(|f| (f.tag, f.raw.reveal().clone())).collect();
        prop_assert_eq!(read, features);
        prop_assert_eq!(seal.signature, Some(vec![7; half * 2]));
    }
}
