//! Face records of ISO/IEC 19794-5:2005, as DG2 holds them until 2030 (Doc 9303-10 §4.7.2).
//!
//! ```text
//! header  14  "FAC" 00  "010" 00  record length u32  number of faces u16
//! face    20  block length u32  points u16  gender u8  eyes u8  hair u8  properties u24  expression u16
//!             pose 3 × u8  uncertainty of pose 3 × u8
//!      8 × n  points
//!         12  image type u8  data type u8  width u16  height u16  colour space u8  source u8  device u16  quality u16
//!          …  image, up to the block length
//! ```
//! All numbers have their most significant octet first. Lengths that disagree with the bytes are noted: what is there
//! is taken, at most to the end of the record.

use super::image::{Image, ImageFormat};
use crate::asn1::Tlv;
use crate::bytes::Cursor;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};

/// How a face record begins.
pub(super) const SIGNATURE: &[u8] = b"FAC\0";

/// What a face takes beside its points and its image: information about face and image.
const FIXED_LENGTH: usize = 32;

/// One face. What is written about the person is as the issuer coded it; nothing checks it against the picture.
#[derive(Debug, Clone, Copy)]
pub struct Face19794<'a> {
    /// Gender: 0 unspecified, 1 male, 2 female, 0xFF unknown.
    pub gender: u8,
    /// How many feature points stand in the record.
    pub points: u16,
    /// Face image type: 0 basic, 1 full frontal, 2 token.
    pub image_type: u8,
    /// Image data type: 0 JPEG, 1 JPEG 2000.
    pub data_type: u8,
    /// Width that the record states, in pixels.
    pub width: u16,
    /// Height that the record states, in pixels.
    pub height: u16,
    /// Image colour space: 1 RGB with 24 bits, 2 YUV 4:2:2, 3 grey with 8 bits.
    pub colour_space: u8,
    /// The image.
    pub image: Image<'a>,
}

impl Face19794<'_> {
    /// The format that the record states.
    #[must_use]
    pub const fn declared_format(&self) -> Option<ImageFormat> {
        match self.data_type {
            0 => Some(ImageFormat::Jpeg),
            1 => Some(ImageFormat::Jpeg2000),
            _ => None,
        }
    }
}

/// Reads the faces of a record, which begins with [`SIGNATURE`].
///
/// # Errors
/// `Truncated` inside a header, `LdsBiometric` for a block that is shorter than its own fields.
pub(super) fn read<'a>(record: &Tlv<'a>, seen: &mut Deviations) -> Result<Vec<Face19794<'a>>> {
    let start = record.offset() + record.header;
    let mut cursor = Cursor::at(record.value, record.part(), start);
    let mut note = |deviation, offset| seen.note(deviation, record.part(), offset);
    if cursor.take(8)?.get(4..) != Some(b"010\0") {
        note(Deviation::BiometricFormat, start);
    }
    if usize::try_from(cursor.u32()?) != Ok(record.value.len()) {
        note(Deviation::RecordLength, start);
    }
    let declared = cursor.u16()?;
    let mut faces = Vec::new();
    while faces.len() < usize::from(declared) && !cursor.is_empty() {
        let (face, length_fits) = face(&mut cursor)?;
        if !length_fits {
            note(Deviation::RecordLength, cursor.offset());
        }
        faces.push(face);
    }
    if faces.len() != usize::from(declared) || declared == 0 {
        note(Deviation::DeclaredCount, start);
    }
    if !cursor.is_empty() {
        note(Deviation::RecordLength, cursor.offset());
    }
    Ok(faces)
}

/// Takes one face; the second value says whether its block ends inside the record. A block that claims more than there
/// is gets what there is: cut-off pictures still show a face, and the hash tells whether anything is missing.
fn face<'a>(cursor: &mut Cursor<'a>) -> Result<(Face19794<'a>, bool)> {
    let malformed = cursor.error(ErrorKind::LdsBiometric);
    let block = usize::try_from(cursor.u32()?).map_err(|_| malformed)?;
    let points = cursor.u16()?;
    let gender = cursor.u8()?;
    // Eyes, hair, properties, expression, pose and its uncertainty.
    cursor.take(13)?;
    cursor.take(usize::from(points) * 8)?;
    let [image_type, data_type] = cursor.array()?;
    let (width, height) = (cursor.u16()?, cursor.u16()?);
    let colour_space = cursor.u8()?;
    // Source, device and quality.
    cursor.take(5)?;
    let before = FIXED_LENGTH + usize::from(points) * 8;
    let length = block.checked_sub(before).ok_or(malformed)?;
    let there = cursor.rest().len();
    let image = Image::new(cursor.take(length.min(there))?);
    let face = Face19794 { gender, points, image_type, data_type, width, height, colour_space, image };
    Ok((face, length <= there))
}
