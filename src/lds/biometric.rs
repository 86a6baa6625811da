//! Biometric templates: the frame in which DG2, DG3 and DG4 hold their records (CBEFF, ISO/IEC 19785, ISO/IEC 7816-11;
//! Doc 9303-10 §4.7.2 to §4.7.4).
//!
//! The frame is the same for all three; what a record holds is read for faces alone (see `face`). Fingers and irises are
//! for terminals that their issuer authorised, and for no inspection system without that: here they are counted.
//! Not read: templates that are themselves encrypted or signed (ISO/IEC 7816-11 §6.2). A template without any record
//! is `LdsBiometric`.

use super::field::{compare_count, note, number, objects, rest_of};
use crate::asn1::{Tag, Tlv};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use crate::numbered::numbered;

numbered! {
    /// What a biometric record shows (Doc 9303-10 §4.7.2).
    pub enum Modality {
        /// A face.
        Face = 2, "face";
        /// Fingers.
        Finger = 8, "finger";
        /// Irises.
        Iris = 16, "iris";
    }
}

/// The header of one template, tag `A1`. Creation date, validity and creator (`83`, `85`, `86`) are not given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BiometricHeader {
    /// Version of the header, tag `80`.
    pub version: Option<u32>,
    /// Biometric type, tag `81`: a [`Modality`] where it is known.
    pub modality: Option<u32>,
    /// Biometric subtype, tag `82`: which finger, which eye.
    pub subtype: Option<u32>,
    /// Owner of the format, tag `87`: 0101 is ISO/IEC JTC 1/SC 37.
    pub format_owner: Option<u32>,
    /// Type of the format, tag `88`: 0007 to 0009 for ISO/IEC 19794, 0028 to 002C for ISO/IEC 39794.
    pub format_type: Option<u32>,
}

impl BiometricHeader {
    /// Reads the header; a number of more than four octets counts as absent.
    fn read(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut header = Self::default();
        for object in objects(tlv, seen)? {
            match object.tag.0 {
                0x80 => header.version = number(&object),
                0x81 => header.modality = number(&object),
                0x82 => header.subtype = number(&object),
                0x83 | 0x85 | 0x86 => {}
                0x87 => header.format_owner = number(&object),
                0x88 => header.format_type = number(&object),
                _ => note(Deviation::UnknownElement, &object, seen),
            }
        }
        Ok(header)
    }
}

/// One template: header and record.
#[derive(Debug, Clone, Copy)]
pub struct BiometricTemplate<'a> {
    /// What the header announces.
    pub header: BiometricHeader,
    /// The record, tag `5F2E` or `7F2E`.
    pub record: Tlv<'a>,
}

/// The templates of DG2, DG3 or DG4.
///
/// ```text
/// 63 L { 7F61 L { 02 01 n, { 7F60 L { A1 L header, 5F2E | 7F2E L record } } * n }, 53 L random? }
/// ```
/// A group without templates (n = 0) has random octets beside it, so that its hash differs from chip to chip.
#[derive(Debug, Clone)]
pub struct BiometricTemplates<'a> {
    /// How many templates the file says it has.
    pub declared: u64,
    /// The templates that are there.
    pub templates: Vec<BiometricTemplate<'a>>,
    /// Whether random octets stand beside the templates.
    pub has_filler: bool,
}

impl<'a> BiometricTemplates<'a> {
    /// Reads the frame. The random octets may stand beside the group or inside it.
    ///
    /// # Errors
    /// `LdsBiometric` for a template without a record, and those of the ASN.1 reader.
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut inner = tlv.children()?;
        let group = inner.take(Tag(0x7F61), seen)?;
        let mut list = group.children()?;
        let declared = list.small_integer(seen)?;
        let mut beside = rest_of(&mut list, seen)?;
        beside.extend(rest_of(&mut inner, seen)?);
        let (mut templates, mut has_filler) = (Vec::new(), false);
        for object in &beside {
            match object.tag.0 {
                0x7F60 => templates.push(template(object, seen)?),
                0x53 => has_filler = true,
                _ => note(Deviation::UnknownElement, object, seen),
            }
        }
        compare_count(declared, templates.len(), &group, seen);
        Ok(Self { declared, templates, has_filler })
    }
}

/// Reads one template: header and record, in either order.
fn template<'a>(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<BiometricTemplate<'a>> {
    let (mut header, mut record) = (None, None);
    for object in objects(tlv, seen)? {
        match object.tag.0 {
            0xA1 if header.is_none() => header = Some(BiometricHeader::read(&object, seen)?),
            0x5F2E | 0x7F2E if record.is_none() => record = Some(object),
            0xA1 | 0x5F2E | 0x7F2E => note(Deviation::RepeatedElement, &object, seen),
            _ => note(Deviation::UnknownElement, &object, seen),
        }
    }
    if header.is_none() {
        note(Deviation::MissingElement, tlv, seen);
    }
    Ok(BiometricTemplate {
        header: header.unwrap_or_default(),
        record: record.ok_or(tlv.error(ErrorKind::LdsBiometric))?,
    })
}
