//! The files of the chip, written as Doc 9303-10 §4 lays them out.
//!
//! EF.COM, DG1, DG2 (a face record of ISO/IEC 19794-5), DG11 to DG15 and the LDS security object that EF.SOD signs.
//! Not done: DG3 to DG10, DG16, ISO/IEC 39794-5, and files that stand outside the eMRTD application.

use super::SecurityObject;
use super::bearer::Bearer;
use super::key::{hash_algorithm, sequence};
use super::portrait;
use crate::asn1::{Tag, Writer};
use crate::crypto::HashAlgorithm;
use crate::date::{Date, Time};
use crate::error::Result;
use sha2::{Digest, Sha256};

/// A data group: its number and the whole content of its file.
pub(super) type DataGroup = (u8, Vec<u8>);

/// Tags of DG1 to DG16, in this order (Doc 9303-10 table 38).
const TAGS: [u8; 16] = [0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70];

/// Version of the LDS where only EF.COM states it, and where the security object does too.
const LDS_VERSIONS: [&str; 2] = ["0107", "0108"];
const UNICODE_VERSION: &str = "040000";

/// The file of data group `number` around `content`.
pub(super) fn data_group(number: u8, content: &[u8]) -> DataGroup {
    let tag = TAGS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or(0x61);
    (number, object(u32::from(tag), content))
}

fn object(tag: u32, content: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.primitive(Tag(tag), content);
    writer.into_bytes()
}

/// EF.COM: versions and the tags of the data groups (Doc 9303-10 §4.6.1). It is signed by nobody.
///
/// ```text
/// 60 L { 5F01 04 "0108"  5F36 06 "040000"  5C L tags }
/// ```
pub(super) fn com(version: SecurityObject, groups: &[DataGroup]) -> Vec<u8> {
    let tags: Vec<u8> = groups.iter().filter_map(|(_, file)| file.first().copied()).collect();
    let content = [
        object(0x5F01, lds_version(version).as_bytes()),
        object(0x5F36, UNICODE_VERSION.as_bytes()),
        object(0x5C, &tags),
    ];
    object(0x60, &content.concat())
}

const fn lds_version(version: SecurityObject) -> &'static str {
    match version {
        SecurityObject::V0 => LDS_VERSIONS[0],
        SecurityObject::V1 => LDS_VERSIONS[1],
    }
}

/// DG1: the lines of the machine-readable zone, one after the other and nothing between them (Doc 9303-10 §4.7.1).
///
/// ```text
/// 61 5B { 5F1F 58 88 characters }
/// ```
pub(super) fn dg1(zone: &[String]) -> DataGroup {
    data_group(1, &object(0x5F1F, zone.concat().as_bytes()))
}

/// DG2: one face (Doc 9303-10 §4.7.2).
///
/// ```text
/// 75 L { 7F61 L { 02 01 01
///                 7F60 L { A1 L { 80 version  81 face  82 no subtype  83 created  87 owner  88 type }
///                          5F2E L face record } } }
/// ```
///
/// The moment of creation is seven octets of two digits each, in universal time.
///
/// # Errors
/// If the portrait cannot be encoded.
pub(super) fn dg2(portrait_number: u64, created: Date) -> Result<DataGroup> {
    let jpeg = portrait::jpeg(portrait_number)?;
    let day = created.to_string().replace('-', "");
    // CBEFF header: version, face, frontal, created, owner JTC 1/SC 37, format 19794-5.
    let header = [
        object(0x80, &[1, 1]),
        object(0x81, &[2]),
        object(0x82, &[0]),
        object(0x83, &decimal(&format!("{day}000000"))),
        object(0x87, &[1, 1]),
        object(0x88, &[0, 8]),
    ];
    let template = [object(0xA1, &header.concat()), object(0x5F2E, &face_record(&jpeg))];
    let group = [object(0x02, &[1]), object(0x7F60, &template.concat())];
    Ok(data_group(2, &object(0x7F61, &group.concat())))
}

/// Two digits an octet, the first in the upper half; a digit without a partner is left out.
fn decimal(digits: &str) -> Vec<u8> {
    let nibbles: Vec<u8> = digits.bytes().map(|digit| digit & 0x0F).collect();
    nibbles.chunks_exact(2).map(|pair| pair.iter().fold(0, |octet, nibble| octet << 4 | nibble)).collect()
}

/// A face record of ISO/IEC 19794-5:2005 §5 holding one frontal image, every number big endian.
///
/// ```text
/// "FAC\0" "010\0" length(4) faces(2)                              14 octets, the header
/// length(4) points(2) sex eye hair mask(3) expression(2) pose(6)   20, the face, nothing of it specified
/// type=1 data=0 width(2) height(2) space=1 source device(2) quality(2)   12, the image
/// ```
fn face_record(jpeg: &[u8]) -> Vec<u8> {
    let length = |fixed: usize| u32::try_from(jpeg.len() + fixed).unwrap_or(u32::MAX).to_be_bytes();
    let mut record = b"FAC\x00010\0".to_vec();
    record.extend(length(14 + 20 + 12));
    record.extend(1_u16.to_be_bytes());
    record.extend(length(20 + 12));
    record.extend([0; 16]);
    record.extend([1, 0]);
    record.extend(portrait::WIDTH.to_be_bytes());
    record.extend(portrait::HEIGHT.to_be_bytes());
    record.extend([1, 0, 0, 0, 0, 0]);
    record.extend(jpeg);
    record
}

/// A data group of optional elements: a list of their tags, then the elements (Doc 9303-10 §4.7.11, §4.7.12).
fn listed(number: u8, elements: &[(u32, &[u8])]) -> DataGroup {
    let tags: Vec<u8> = elements.iter().flat_map(|(tag, _)| Tag(*tag).octets()).collect();
    let mut content = object(0x5C, &tags);
    for (tag, value) in elements {
        content.extend(object(*tag, value));
    }
    data_group(number, &content)
}

/// DG11: name in its own script, personal number, full birth date, place of birth, profession.
///
/// ```text
/// 6B L { 5C L tags  5F0E name  5F10 number  5F2B CCYYMMDD  5F11 place  5F13 profession }
/// ```
///
/// Text is UTF-8.
pub(super) fn dg11(bearer: &Bearer, birth_place: &str) -> DataGroup {
    listed(
        11,
        &[
            (0x5F0E, bearer.native_name().as_bytes()),
            (0x5F10, bearer.personal_number.as_bytes()),
            (0x5F2B, bearer.birth_digits().as_bytes()),
            (0x5F11, birth_place.as_bytes()),
            (0x5F13, bearer.profession.as_bytes()),
        ],
    )
}

/// DG12: issuing authority and date of issue, in eight digits rather than four octets.
///
/// ```text
/// 6C L { 5C L tags  5F19 authority  5F26 CCYYMMDD }
/// ```
pub(super) fn dg12(issued: Date) -> DataGroup {
    let day = issued.to_string().replace('-', "");
    listed(12, &[(0x5F19, b"UTOPIAN PASSPORT OFFICE"), (0x5F26, day.as_bytes())])
}

/// The content that EF.SOD signs: LDSSecurityObject with the hash of every data group's file (Doc 9303-10 §4.6.2.3).
///
/// ```text
/// SEQUENCE { INTEGER version
///            SEQUENCE { sha256 }
///            SEQUENCE OF SEQUENCE { INTEGER number, OCTET STRING hash }
///            SEQUENCE { PrintableString "0108", PrintableString "040000" } }    in version 1 only
/// ```
///
/// A hash covers the whole file: tag, length and value.
pub(super) fn security_object(version: SecurityObject, groups: &[DataGroup]) -> Vec<u8> {
    sequence(|w| {
        w.integer(match version {
            SecurityObject::V0 => 0,
            SecurityObject::V1 => 1,
        });
        w.raw(&hash_algorithm(HashAlgorithm::Sha256));
        w.constructed(Tag::SEQUENCE, |w| {
            for (number, file) in groups {
                w.constructed(Tag::SEQUENCE, |w| {
                    w.integer(u64::from(*number)).octet_string(&Sha256::digest(file));
                });
            }
        });
        if version == SecurityObject::V1 {
            w.constructed(Tag::SEQUENCE, |w| {
                w.text(Tag::PRINTABLE_STRING, lds_version(version));
                w.text(Tag::PRINTABLE_STRING, UNICODE_VERSION);
            });
        }
    })
}

/// EF.SOD: the signed security object under its tag (Doc 9303-10 §4.6.2).
pub(super) fn sod(signed: &[u8]) -> Vec<u8> {
    object(0x77, signed)
}

/// Midnight of a day, moved by this many days.
pub(super) fn days_from(time: Time, days: i64) -> Result<Time> {
    Ok(Time::midnight(Time::from_unix(time.unix() + days * 86_400)?.date()))
}
