//! Face records of ISO/IEC 39794-5, which inspection systems read since 2026 (Doc 9303-10 §4.5.6).
//!
//! Tags are IMPLICIT context tags by position. Read are version, pictures and what is said about their format:
//!
//! ```text
//! 65 { A0 version { 80 generation, 81 year }
//!      A1 representations { 30 { 80 id, A1 image { A0 base { A0 two-dimensional {
//!          80 picture, A1 information { A0 { 80 format: 2 JPEG, 3 JPEG 2000 lossy, 4 lossless }, A7 { 80 width, 81 height } }
//!      } } }, … } * } }
//! ```
//! Everything else (camera, pose, quality, landmarks) is passed over; it is inside the hash all the same.

use super::field::{find, note, number, objects};
use super::image::{Image, ImageFormat, ImageSize};
use crate::asn1::Tlv;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};

/// One picture of a face.
#[derive(Debug, Clone, Copy)]
pub struct Face39794<'a> {
    /// The number of the representation.
    pub id: Option<u32>,
    /// The code of the image format: 2 JPEG, 3 and 4 JPEG 2000.
    pub format_code: Option<u32>,
    /// The size that the record states, if it does.
    pub size: Option<ImageSize>,
    /// The image.
    pub image: Image<'a>,
}

impl Face39794<'_> {
    /// The format that the record states.
    #[must_use]
    pub const fn declared_format(&self) -> Option<ImageFormat> {
        match self.format_code {
            Some(2) => Some(ImageFormat::Jpeg),
            Some(3 | 4) => Some(ImageFormat::Jpeg2000),
            _ => None,
        }
    }
}

/// Reads the pictures of a face image data block (tag `65`).
///
/// # Errors
/// `LdsBiometric` without a list of representations, and those of the ASN.1 reader.
pub(super) fn read<'a>(block: &Tlv<'a>, seen: &mut Deviations) -> Result<Vec<Face39794<'a>>> {
    let parts = objects(block, seen)?;
    let malformed = block.error(ErrorKind::LdsBiometric);
    let list = find(&parts, 0xA1).ok_or(malformed)?;
    let mut faces = Vec::new();
    for representation in objects(list, seen)? {
        match picture(&representation, seen)? {
            Some(face) => faces.push(face),
            None => note(Deviation::UnknownElement, &representation, seen),
        }
    }
    if faces.is_empty() {
        note(Deviation::DeclaredCount, list, seen);
    }
    Ok(faces)
}

/// The picture of one representation, or `None` if it shows the face in another way (a shape in three dimensions).
fn picture<'a>(representation: &Tlv<'a>, seen: &mut Deviations) -> Result<Option<Face39794<'a>>> {
    let parts = objects(representation, seen)?;
    let mut block = find(&parts, 0xA1).copied();
    for _ in 0..2 {
        let Some(outer) = block else { return Ok(None) };
        block = find(&objects(&outer, seen)?, 0xA0).copied();
    }
    let Some(block) = block else { return Ok(None) };
    let block = objects(&block, seen)?;
    let Some(image) = find(&block, 0x80) else {
        return Ok(None);
    };
    let information = inside(find(&block, 0xA1), seen)?;
    let format = inside(find(&information, 0xA0), seen)?;
    let size = inside(find(&information, 0xA7), seen)?;
    let side = |tag| find(&size, tag).and_then(number);
    let size = side(0x80).zip(side(0x81));
    Ok(Some(Face39794 {
        id: find(&parts, 0x80).and_then(number),
        format_code: find(&format, 0x80).and_then(number),
        size: size.map(|(width, height)| ImageSize { width, height }),
        image: Image::new(image.value),
    }))
}

/// The objects inside `tlv`; none if it is not there.
fn inside<'a>(tlv: Option<&Tlv<'a>>, seen: &mut Deviations) -> Result<Vec<Tlv<'a>>> {
    tlv.map_or(Ok(Vec::new()), |tlv| objects(tlv, seen))
}
