//! Files of the chip, written by hand and read by content: as they must be, as the field has them, and hostile.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use landfall::asn1::{Tag, Writer};
use landfall::date::PartialDate;
use landfall::deviation::{Deviation, Deviations};
use landfall::lds::{
    Cipher, Content, DataGroup, DomainParameters, ElementaryFile, FaceRecord, ImageFormat, KeyAgreement, Mapping,
    SecurityInfo, SodContentType, recognise,
};
use landfall::{Error, ErrorKind, Part};
use specimen::*;

#[path = "lds/hostile.rs"]
mod hostile;
#[path = "lds/specimen.rs"]
mod specimen;

type Noted = Vec<Deviation>;

/// Reads a file and says what was noted.
fn read(bytes: &[u8]) -> Result<(Content<'_>, Noted), Error> {
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(bytes, &mut seen)?;
    let content = file.content(&mut seen)?;
    Ok((content, seen.iter().map(|found| found.deviation).collect()))
}

/// The variant that a file must be read as.
macro_rules! content {
    ($bytes:expr, $variant:ident) => {
        match read($bytes).unwrap() {
            (Content::$variant(content), noted) => (content, noted),
            (other, _) => panic!("read as something else: {other:?}"),
        }
    };
}

fn group(number: u8) -> DataGroup {
    DataGroup::new(number).unwrap()
}

#[test]
fn every_file_is_recognised_by_content_and_read_without_a_deviation() {
    for (name, bytes) in passport() {
        assert_eq!(recognise(&bytes).to_string(), name);
        let (_, noted) = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(noted, [], "{name}");
    }
}

#[test]
fn what_follows_a_file_is_left_out_of_it_and_noted() {
    for (name, bytes) in passport().into_iter().filter(|(name, _)| *name != "ef_cvca") {
        for (after, deviation) in [([0, 0], Deviation::TrailingPadding), ([0, 7], Deviation::TrailingBytes)] {
            let longer = [&bytes[..], &after].concat();
            let mut seen = Deviations::new();
            let file = ElementaryFile::read(&longer, &mut seen).unwrap();
            if file.kind().to_string() == name {
                assert_eq!(file.bytes(), bytes);
                assert!(seen.contains(deviation), "{name}");
            } else {
                assert_eq!(after, [0, 7], "{name} followed by zeros is not recognised");
            }
        }
    }
}

#[test]
fn a_file_that_was_cut_off_is_recognised_and_refused_as_truncated() {
    for (name, bytes) in passport() {
        let cut = &bytes[..bytes.len() - 1];
        if matches!(name, "ef_cvca" | "dg13" | "biometric_block" | "ef_card_security") {
            continue;
        }
        assert_eq!(recognise(cut).to_string(), name);
        let answer = read(cut).map(|_| ()).map_err(|error| error.kind);
        assert_eq!(answer, Err(ErrorKind::Truncated), "{name}");
    }
}

#[test]
fn a_damaged_file_is_still_recognised_by_its_outer_tag() {
    let mut bytes = dg1(MRZ);
    bytes[2] ^= 0x01;
    assert_eq!(recognise(&bytes).to_string(), "dg1");
    let answer = read(&bytes).map(|_| ());
    assert_eq!(answer, Err(Error::new(ErrorKind::Asn1Tag, Part::Dg(1), 2)));
}

#[test]
fn text_and_images_are_no_chip_files_whatever_letter_they_begin_with() {
    let texts = ["utopia and more words follow here", "a", "can you read this?", "b", "p", "[1]", "0", "{}", ""];
    for bytes in texts.map(str::as_bytes).iter().chain(&[JP2, JPEG, MRZ.as_bytes()]) {
        assert_eq!(recognise(bytes).to_string(), "unknown", "{bytes:02X?}");
        let (content, noted) = read(bytes).unwrap();
        assert!(matches!(content, Content::Raw(raw) if raw == *bytes) && noted.is_empty());
    }
}

#[test]
fn ef_com_of_the_standard_lists_versions_and_data_groups() {
    let (com, _) = content!(&COM, Com);
    assert_eq!((com.lds_version, com.unicode_version), (Some([1, 7]), Some([4, 0, 0])));
    assert_eq!(com.data_groups, [1, 2, 4, 12].map(group));
}

#[test]
fn ef_com_with_odd_versions_and_foreign_or_repeated_tags_is_read_and_noted() {
    let bytes = file(0x60, |w| {
        w.raw(&objects(&[(0x5F01, b"1.7"), (0x5C, &[0x61, 0x61, 0x77, 0x7F, 0x61])]));
    });
    let (com, noted) = content!(&bytes, Com);
    assert_eq!((com.lds_version, com.unicode_version), (None, None));
    assert_eq!((com.data_groups, com.other_tags), (vec![group(1)], vec![Tag(0x77), Tag(0x7F61)]));
    let expected =
        [Deviation::VersionText, Deviation::MissingElement, Deviation::RepeatedElement, Deviation::UnknownElement];
    assert_eq!(noted, expected);
}

#[test]
fn the_mrz_is_given_out_as_lines_by_its_length() {
    for (length, widths) in [(90, &[30, 30, 30][..]), (72, &[36, 36]), (88, &[44, 44])] {
        let bytes = dg1(&"U".repeat(length));
        let (dg1, _) = content!(&bytes, Dg1);
        assert_eq!(dg1.lines().map(<[u8]>::len).collect::<Vec<_>>(), widths);
        assert_eq!(dg1.mrz().len(), length);
    }
    let bytes = dg1(&"U".repeat(89));
    let answer = read(&bytes).map(|_| ());
    assert_eq!(answer, Err(Error::new(ErrorKind::LdsMrzLength, Part::Dg(1), 2)));
}

#[test]
fn the_portrait_comes_out_in_its_original_bytes_from_both_standards() {
    for (bytes, image, format) in [(dg2(), JP2, ImageFormat::Jpeg2000), (dg2_39794(), JPEG, ImageFormat::Jpeg)] {
        let (dg2, noted) = content!(&bytes, Dg2);
        let [portrait] = dg2.portraits().collect::<Vec<_>>()[..] else { panic!("there is one portrait") };
        assert_eq!(portrait.image.bytes(), image);
        assert_eq!((portrait.image.format(), portrait.declared_format), (format, Some(format)));
        let sizes = [portrait.declared_size, portrait.image.size()].map(|size| size.map(|s| (s.width, s.height)));
        assert_eq!(sizes, [Some((413, 531)); 2]);
        assert_eq!(noted, []);
    }
}

#[test]
fn a_bare_jpeg_2000_in_place_of_the_face_record_is_read_and_noted() {
    for tag in [0x5F2E, 0x7F2E] {
        let bytes = biometric(0x75, 1, 8, &[(tag, JP2.to_vec())], &[]);
        let (dg2, noted) = content!(&bytes, Dg2);
        assert!(matches!(dg2.faces[0].record, FaceRecord::Bare(image) if image.bytes() == JP2));
        assert_eq!(noted, [Deviation::BareImage]);
    }
}

#[test]
fn a_face_record_that_is_not_what_its_header_says_is_read_as_what_it_is() {
    let bytes = biometric(0x75, 2, 0x2A, &[(0x7F2E, iso19794(JPEG, 1, 240, 320))], &[]);
    let (dg2, noted) = content!(&bytes, Dg2);
    assert!(matches!(&dg2.faces[0].record, FaceRecord::Iso19794(faces) if faces.len() == 1));
    let expected = [Deviation::DeclaredCount, Deviation::BiometricFormat, Deviation::ImageFormat, Deviation::ImageSize];
    assert_eq!(noted, expected);
}

#[test]
fn lengths_in_a_face_record_that_disagree_with_it_give_the_image_that_is_there() {
    let mut record = iso19794(JP2, 1, 413, 531);
    record[8..12].copy_from_slice(&9_u32.to_be_bytes());
    record[14..18].copy_from_slice(&u32::MAX.to_be_bytes());
    let bytes = biometric(0x75, 1, 8, &[(0x5F2E, record)], &[]);
    let (dg2, noted) = content!(&bytes, Dg2);
    assert_eq!(dg2.portraits().next().unwrap().image.bytes(), JP2);
    assert_eq!(noted, [Deviation::RecordLength]);
    let mut record = iso19794(JP2, 1, 413, 531);
    record[14..18].copy_from_slice(&31_u32.to_be_bytes());
    let bytes = biometric(0x75, 1, 8, &[(0x5F2E, record)], &[]);
    let answer = read(&bytes).map(|_| ()).map_err(|error| error.kind);
    assert_eq!(answer, Err(ErrorKind::LdsBiometric), "shorter than its own fields");
}

#[test]
fn a_face_record_of_no_known_kind_is_kept_without_a_portrait() {
    for (tag, record) in [(0x5F2E, b"something else".to_vec()), (0x7F2E, vec![0xA2, 0])] {
        let bytes = biometric(0x75, 1, 8, &[(tag, record)], &[]);
        let (dg2, noted) = content!(&bytes, Dg2);
        assert!(matches!(dg2.faces[0].record, FaceRecord::Unknown(_)));
        assert_eq!((dg2.portraits().count(), noted), (0, vec![Deviation::BiometricFormat]));
    }
}

#[test]
fn fingers_are_counted_and_an_empty_group_shows_its_filler() {
    let bytes = biometric(0x63, 0, 7, &[], &[0xA5; 16]);
    let (fingers, noted) = content!(&bytes, Protected);
    assert_eq!((fingers.declared, fingers.templates.len(), fingers.has_filler), (0, 0, true));
    assert_eq!(noted, []);
    let bytes = biometric(0x76, 1, 9, &[(0x5F2E, vec![7; 40])], &[]);
    let (irises, _) = content!(&bytes, Protected);
    assert_eq!(irises.templates[0].header.format_type, Some(9));
    assert_eq!((irises.templates[0].record.value.len(), irises.has_filler), (40, false));
}

#[test]
fn displayed_portrait_and_signature_are_given_out_as_images() {
    let bytes = file(0x67, |w| {
        w.integer(3).primitive(Tag(0x5F43), JP2).primitive(Tag(0x5F40), JPEG);
    });
    let (shown, noted) = content!(&bytes, Displayed);
    assert_eq!((shown.declared, shown.images.len(), shown.images[0].bytes()), (3, 1, JP2));
    assert_eq!(noted, [Deviation::UnknownElement, Deviation::DeclaredCount]);
}

#[test]
fn every_field_of_dg11_and_dg12_is_read() {
    let bytes = dg11();
    let (dg, _) = content!(&bytes, Dg11);
    let texts = [
        &dg.full_name,
        &dg.personal_number,
        &dg.birth_place,
        &dg.address,
        &dg.telephone,
        &dg.profession,
        &dg.title,
        &dg.summary,
        &dg.other_documents,
        &dg.custody,
    ]
    .map(|text| text.as_ref().unwrap().reveal().as_str());
    let expected = [
        "Lindqvist<<T\u{fc}va",
        "19800512-0017",
        "SVEA<UTOPIA",
        "1 MAIN STREET<SVEA",
        "+999 1",
        "BAKER",
        "DR",
        "SUMMARY",
        "U0000018<U0000019",
        "NONE",
    ];
    assert_eq!(texts, expected);
    assert_eq!(dg.other_names.iter().map(|n| n.reveal().as_str()).collect::<Vec<_>>(), ["T<LINDQVIST", "TUVALI"]);
    assert_eq!(dg.birth_date, PartialDate::new(Some(1980), Some(5), Some(12)));
    assert_eq!(dg.citizenship_proof.unwrap().bytes(), JPEG);

    let bytes = dg12();
    let (dg, _) = content!(&bytes, Dg12);
    let texts = [&dg.authority, &dg.endorsements, &dg.tax_exit, &dg.system_serial]
        .map(|text| text.as_ref().unwrap().reveal().as_str());
    assert_eq!(texts, ["UTOPIA CITY", "NONE", "PAID", "SYSTEM 7"]);
    assert_eq!(dg.other_persons[0].reveal(), "LINDQVIST<<OLE");
    assert_eq!(dg.issue_date, PartialDate::new(Some(2021), Some(1), Some(2)));
    assert_eq!(dg.personalised.unwrap().to_string(), "2021-01-02T03:04:05Z");
    assert_eq!((dg.front.unwrap().bytes(), dg.rear.unwrap().bytes()), (JPEG, JP2));
}

#[test]
fn dates_are_read_as_characters_and_as_packed_digits_with_unknown_parts() {
    let rows: [(&[u8], Option<PartialDate>); 7] = [
        (&[0x19, 0x80, 0x05, 0x12], PartialDate::new(Some(1980), Some(5), Some(12))),
        (b"19800000", PartialDate::new(Some(1980), None, None)),
        (b"198005XX", PartialDate::new(Some(1980), Some(5), None)),
        (b"<<<<<<<<", Some(PartialDate::UNKNOWN)),
        (b"19801305", None),
        (&[0x19, 0x8A, 0x05, 0x12], None),
        (b"1980-05-12", None),
    ];
    for (value, expected) in rows {
        let bytes = file(0x6B, |w| {
            w.raw(&objects(&[(0x5C, &[0x5F, 0x2B]), (0x5F2B, value)]));
        });
        let (dg, noted) = content!(&bytes, Dg11);
        assert_eq!(dg.birth_date, expected);
        let expected = if expected.is_none() { vec![Deviation::DateUnreadable] } else { vec![] };
        assert_eq!(noted, expected);
    }
    let bytes = file(0x6C, |w| {
        w.raw(&objects(&[(0x5C, &[0x5F, 0x55]), (0x5F55, &[0x20, 0x21, 0x01, 0x02, 0x03, 0x04, 0x65])]));
    });
    let (dg, noted) = content!(&bytes, Dg12);
    assert_eq!((dg.personalised, noted), (None, vec![Deviation::DateUnreadable]), "there is no second 65");
}

#[test]
fn tag_lists_and_templates_as_the_field_has_them_are_read_and_noted() {
    let names = objects(&[(2, &[1]), (0x5F0F, b"TUVALI")]);
    let with = |tags: &[u8], name: &dyn Fn(&mut Writer)| {
        file(0x6B, |w| {
            w.primitive(Tag(0x5C), tags);
            name(w);
        })
    };
    let template = |w: &mut Writer| {
        w.primitive(Tag(0xA0), &names);
    };
    let outside = |w: &mut Writer| {
        w.primitive(Tag(0x5F0F), b"TUVALI");
    };
    let rows = [
        (with(&[0xA0], &template), vec![Deviation::TagListTemplate]),
        (with(&[0x5F, 0x0F], &outside), vec![Deviation::OutsideTemplate]),
        (with(&[0x5F, 0x0F, 0x5F, 0x10], &template), vec![Deviation::TagList]),
    ];
    for (bytes, expected) in rows {
        let (dg, noted) = content!(&bytes, Dg11);
        assert_eq!(dg.other_names[0].reveal(), "TUVALI");
        assert_eq!(noted, expected);
    }
}

#[test]
fn an_element_that_stands_twice_counts_once_and_an_unknown_one_is_kept() {
    let bytes = file(0x6B, |w| {
        w.raw(&objects(&[(0x5C, &[0x5F, 0x14, 0x5F, 0x7A]), (0x5F14, b"DR"), (0x5F14, b"PROF"), (0x5F7A, b"?")]));
    });
    let (dg, noted) = content!(&bytes, Dg11);
    assert_eq!(dg.title.unwrap().reveal(), "DR");
    assert_eq!(dg.unknown[0].value, b"?");
    assert_eq!(noted, [Deviation::RepeatedElement, Deviation::UnknownElement]);
}

#[test]
fn persons_to_notify_are_read() {
    let bytes = dg16();
    let (dg, _) = content!(&bytes, Dg16);
    let person = &dg.persons[0];
    let texts = [&person.name, &person.telephone, &person.address].map(|t| t.as_ref().unwrap().reveal().as_str());
    assert_eq!(texts, ["LINDQVIST<<OLE", "+999 2", "SVEA"]);
    assert_eq!(person.recorded, PartialDate::new(Some(2021), Some(1), Some(2)));
}

#[test]
fn security_infos_of_all_protocols_are_typed_and_unknown_ones_kept() {
    let bytes = dg14();
    let (infos, _) = content!(&bytes, Dg14);
    let mut told: Vec<String> = infos
        .entries
        .iter()
        .map(|entry| match &entry.info {
            SecurityInfo::Pace { agreement, mapping, cipher, version, parameter_id } => {
                format!("pace {agreement} {mapping} {cipher} {version} {parameter_id:?}")
            }
            SecurityInfo::PaceDomainParameters { agreement, mapping, parameter_id, .. } => {
                format!("domain {agreement} {mapping} {parameter_id:?}")
            }
            SecurityInfo::ChipAuthentication { agreement, cipher, version, key_id } => {
                format!("ca {agreement} {cipher} {version} {key_id:?}")
            }
            SecurityInfo::ChipAuthenticationPublicKey { agreement, key, key_id } => {
                let curve = DomainParameters::named_by(&key.algorithm);
                format!("key {agreement} {curve:?} {key_id:?} {}", key.key.octets.len())
            }
            SecurityInfo::TerminalAuthentication { version, ef_cvca } => {
                format!("ta {version} {}", ef_cvca.is_some())
            }
            SecurityInfo::ActiveAuthentication { version, signature_algorithm } => {
                format!("aa {version} {signature_algorithm}")
            }
            SecurityInfo::EfDir(tlv) => format!("dir {}", tlv.value.len()),
            SecurityInfo::Unknown => format!("unknown {}", entry.protocol),
            other => format!("{other:?}"),
        })
        .collect();
    told.sort();
    let expected = [
        "aa 1 0.4.0.127.0.7.1.1.4.1.3",
        "ca ecdh aes_cbc_cmac_256 1 Some(5)",
        "dir 4",
        "domain ecdh generic Some(40)",
        "key ecdh Some(Bp256r1) Some(5) 65",
        "pace dh generic 3des_cbc_cbc 2 Some(0)",
        "pace ecdh chip_authentication aes_cbc_cmac_256 2 Some(16)",
        "pace ecdh generic aes_cbc_cmac_128 2 Some(13)",
        "ta 1 false",
        "unknown 0.4.0.127.0.7.2.2.8",
    ];
    assert_eq!(told, expected);
    assert!(KeyAgreement::ALL.len() == 2 && Mapping::ALL.len() == 3 && Cipher::ALL.len() == 4);
}

#[test]
fn a_security_info_without_the_structure_of_its_protocol_is_kept_and_noted() {
    let wrong = info("2.23.136.1.1.5", |w| {
        w.null();
    });
    let legacy = info("1.3.27.1.1.13", |w| {
        w.octet_string(&[]);
    });
    let cam_with_3des = info("0.4.0.127.0.7.2.2.4.6.1", |w| {
        w.integer(2);
    });
    let bytes = built(|w| {
        w.set_of(vec![wrong.clone(), legacy, cam_with_3des]);
    });
    let (infos, noted) = content!(&bytes, CardAccess);
    let of = |dotted: &str| {
        let found = infos.entries.iter().find(|entry| entry.protocol.to_string() == dotted);
        found.unwrap()
    };
    let aa = of("2.23.136.1.1.5");
    assert!(matches!(aa.info, SecurityInfo::Unknown) && aa.tlv.raw == wrong);
    assert!(matches!(of("1.3.27.1.1.13").info, SecurityInfo::EfDir(_)));
    assert!(matches!(of("0.4.0.127.0.7.2.2.4.6.1").info, SecurityInfo::Unknown));
    assert_eq!(noted, [Deviation::LegacyIdentifier, Deviation::SecurityInfo]);
}

#[test]
fn card_security_gives_out_the_infos_that_are_signed() {
    let bytes = card_security();
    let (card, _) = content!(&bytes, CardSecurity);
    let infos = card.security_infos(&mut Deviations::new()).unwrap();
    assert_eq!(infos.entries.len(), 10);
    let offset = infos.entries[0].tlv.offset();
    assert_eq!(bytes[offset..][..2], infos.entries[0].tlv.raw[..2], "offsets count from the file's beginning");
}

#[test]
fn the_active_authentication_key_is_given_out_whole() {
    let bytes = dg15();
    let (key, _) = content!(&bytes, Dg15);
    assert_eq!(key.algorithm.oid.to_string(), "1.2.840.10045.2.1");
    assert_eq!((key.tlv.raw, key.key.octets.len()), (&bytes[2..], 65));
}

#[test]
fn the_security_object_lists_hashes_and_versions() {
    let bytes = sod();
    let (sod, noted) = content!(&bytes, Sod);
    assert_eq!(sod.content_type, SodContentType::LdsSecurityObject);
    assert_eq!(sod.object.hash_algorithm().unwrap().to_string(), "2.16.840.1.101.3.4.2.1");
    assert_eq!(sod.object.hash(group(11)), Some(&[11; 32][..]));
    assert_eq!(sod.object.hash(group(3)), None);
    assert_eq!(sod.object.lds_version, Some(("0108".into(), "040000".into())));
    assert_eq!((sod.signed.signers.len(), sod.signed.certificates.len(), noted), (1, 1, vec![]));
}

#[test]
fn security_objects_of_other_content_types_and_odd_versions_are_read_and_noted() {
    let plain = security_object(0, &[1, 2], None);
    let types = [
        ("1.3.27.1.1.1", SodContentType::IcaoBefore),
        ("1.2.528.1.1006.1.20.1", SodContentType::Sdu),
        ("1.2.840.113549.1.7.1", SodContentType::Data),
    ];
    for (dotted, expected) in types {
        let bytes = sod_of(dotted, &plain);
        let (sod, noted) = content!(&bytes, Sod);
        assert_eq!((sod.content_type, noted), (expected, vec![Deviation::SodContentType]));
    }
    for (version, info) in [(1, None), (0, Some(("0107", "040000"))), (2, Some(("0109", "040000")))] {
        let bytes = sod_of(LDS_SECURITY_OBJECT, &security_object(version, &[1, 2], info));
        assert_eq!(content!(&bytes, Sod).1, [Deviation::SodVersion]);
    }
    let bytes = sod_of(LDS_SECURITY_OBJECT, &security_object(0, &[1], None));
    assert_eq!(content!(&bytes, Sod).1, [Deviation::SodDataGroups]);
    let bytes = signed(LDS_SECURITY_OBJECT, &plain);
    assert_eq!(content!(&bytes, Sod).1, [Deviation::BareSecurityObject]);
}

#[test]
fn a_security_object_that_two_readers_could_read_differently_is_refused() {
    let refused = |bytes: &[u8]| read(bytes).map(|_| ()).map_err(|error| (error.kind, error.part));
    for groups in [&[1, 2, 1][..], &[0, 1], &[1, 17]] {
        let bytes = sod_of(LDS_SECURITY_OBJECT, &security_object(0, groups, None));
        assert_eq!(refused(&bytes), Err((ErrorKind::LdsDataGroup, Part::Sod)));
    }
    let master_list = sod_of("2.23.136.1.1.2", &security_object(0, &[1, 2], None));
    assert_eq!(refused(&master_list), Err((ErrorKind::LdsContentType, Part::Sod)));
}

#[test]
fn no_text_form_of_a_file_shows_what_is_written_in_it() {
    for (name, bytes) in passport() {
        let (content, _) = read(&bytes).unwrap();
        let shown = format!("{content:?}{:?}", ElementaryFile::read(&bytes, &mut Deviations::new()));
        for value in ["LINDQVIST", "Lindqvist", "U0000017", "19800512", "1980", "BAKER", "SVEA", "84, 85"] {
            assert!(!shown.contains(value), "{name}: {shown}");
        }
        assert!(!shown.contains("255, 216") && !shown.contains("90, 90"), "{name}: {shown}");
    }
}
