//! DG2: the face, in whichever record the issuer chose (Doc 9303-10 §4.7.2).
//!
//! What the record *is* decides, not what its header announces: a record that begins with `FAC` is ISO/IEC 19794-5, one
//! that holds a tag `65` is ISO/IEC 39794-5, one that begins as a JPEG or JPEG 2000 image is a bare picture. Where the
//! announcement differs, it is noted. A record of another kind is kept as it is, without a portrait.
//!
//! ```text
//! 5F2E  46 41 43 00 …                 ISO/IEC 19794-5   announced as 0008
//! 7F2E  A1 { 65 { A0 … A1 … } }        ISO/IEC 39794-5   announced as 002A
//! 5F2E  00 00 00 0C 6A 50 … | FF D8    a bare picture
//! ```
//!
//! Pictures are not decoded. Their format and size are told by their own headers and compared with what the record
//! states: a record that lies about its picture is nothing a verifier forgives silently, though many issuers do so.

use super::biometric::{BiometricHeader, BiometricTemplate, BiometricTemplates};
use super::field::{find, note, objects};
use super::image::{Image, ImageFormat, ImageSize};
use super::iso19794::{self, Face19794};
use super::iso39794::{self, Face39794};
use crate::asn1::{Tag, Tlv};
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;

/// The format type that announces ISO/IEC 19794-5.
const FORMAT_19794: u32 = 0x0008;
/// The format type that announces ISO/IEC 39794-5.
const FORMAT_39794: u32 = 0x002A;

/// DG2.
#[derive(Debug, Clone)]
pub struct Dg2<'a> {
    /// The faces; nearly always one.
    pub faces: Vec<Face<'a>>,
}

/// One biometric template with a face.
#[derive(Debug, Clone)]
pub struct Face<'a> {
    /// What its header announces.
    pub header: BiometricHeader,
    /// What it holds.
    pub record: FaceRecord<'a>,
}

/// A face record.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FaceRecord<'a> {
    /// ISO/IEC 19794-5:2005.
    Iso19794(Vec<Face19794<'a>>),
    /// ISO/IEC 39794-5.
    Iso39794(Vec<Face39794<'a>>),
    /// A picture without a record.
    Bare(Image<'a>),
    /// Something else, kept as received.
    Unknown(Tlv<'a>),
}

/// A portrait: the original bytes and what its record says about them.
#[derive(Debug, Clone, Copy)]
pub struct Portrait<'a> {
    /// The image.
    pub image: Image<'a>,
    /// The format that the record states; [`Image::format`] tells the one it has.
    pub declared_format: Option<ImageFormat>,
    /// The size that the record states; [`Image::size`] tells the one it has. Zero by zero is no statement.
    pub declared_size: Option<ImageSize>,
}

impl<'a> Dg2<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// Those of [`BiometricTemplates`] and of the records; a record of no known kind is no error.
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut faces = Vec::new();
        for template in BiometricTemplates::read(tlv, seen)?.templates {
            faces.push(Face { header: template.header, record: FaceRecord::read(&template, seen)? });
        }
        Ok(Self { faces })
    }

    /// Every portrait, in the order of the file. The first is the one to show.
    pub fn portraits(&self) -> impl Iterator<Item = Portrait<'a>> {
        self.faces.iter().flat_map(|face| face.record.portraits())
    }
}

impl<'a> FaceRecord<'a> {
    /// Reads the record of a template and notes where it is not what was announced.
    fn read(template: &BiometricTemplate<'a>, seen: &mut Deviations) -> Result<Self> {
        let data = &template.record;
        let record = Self::recognise(data, seen)?;
        let announced = template.header.format_type;
        let agrees = match record {
            Self::Iso19794(_) => announced == Some(FORMAT_19794),
            Self::Iso39794(_) => announced == Some(FORMAT_39794),
            Self::Bare(_) => true,
            Self::Unknown(_) => false,
        };
        if !agrees {
            note(Deviation::BiometricFormat, data, seen);
        }
        record.compare_images(data, seen);
        Ok(record)
    }

    /// Reads a record as what it is.
    fn recognise(data: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        if data.value.starts_with(iso19794::SIGNATURE) {
            return iso19794::read(data, seen).map(Self::Iso19794);
        }
        let bare = Image::new(data.value);
        if matches!(bare.format(), ImageFormat::Jpeg | ImageFormat::Jpeg2000) {
            note(Deviation::BareImage, data, seen);
            return Ok(Self::Bare(bare));
        }
        if data.tag.is_constructed()
            && let Some(block) = block_inside(data, seen)?
        {
            return iso39794::read(&block, seen).map(Self::Iso39794);
        }
        Ok(Self::Unknown(*data))
    }

    /// Reads a face image data block (tag `65`) that stands alone.
    pub(super) fn block(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let record = Self::Iso39794(iso39794::read(tlv, seen)?);
        record.compare_images(tlv, seen);
        Ok(record)
    }

    /// Every portrait of this record.
    #[must_use]
    pub fn portraits(&self) -> Vec<Portrait<'a>> {
        let stated = |width: u16, height: u16| {
            (width > 0 && height > 0).then(|| ImageSize { width: width.into(), height: height.into() })
        };
        match self {
            Self::Iso19794(faces) => faces
                .iter()
                .map(|face| Portrait {
                    image: face.image,
                    declared_format: face.declared_format(),
                    declared_size: stated(face.width, face.height),
                })
                .collect(),
            Self::Iso39794(faces) => faces
                .iter()
                .map(|face| Portrait {
                    image: face.image,
                    declared_format: face.declared_format(),
                    declared_size: face.size,
                })
                .collect(),
            Self::Bare(image) => vec![Portrait { image: *image, declared_format: None, declared_size: None }],
            Self::Unknown(_) => Vec::new(),
        }
    }

    /// Notes where the images are not what their record says.
    fn compare_images(&self, at: &Tlv<'_>, seen: &mut Deviations) {
        for portrait in self.portraits() {
            let bare = matches!(self, Self::Bare(_));
            if !bare && portrait.declared_format != Some(portrait.image.format()) {
                note(Deviation::ImageFormat, at, seen);
            }
            let sizes = portrait.declared_size.zip(portrait.image.size());
            if sizes.is_some_and(|(stated, real)| stated != real) {
                note(Deviation::ImageSize, at, seen);
            }
        }
    }
}

/// The block `65` of ISO/IEC 39794-5 inside `7F2E { A1 { 65 } }`.
fn block_inside<'a>(data: &Tlv<'a>, seen: &mut Deviations) -> Result<Option<Tlv<'a>>> {
    let Some(wrapped) = find(&objects(data, seen)?, 0xA1).copied() else {
        return Ok(None);
    };
    let blocks = objects(&wrapped, seen)?;
    Ok(find(&blocks, Tag::application(5).0).copied())
}
