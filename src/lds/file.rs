//! Which file it is, where it ends, and what stands in it (Doc 9303-10 §4.5 to §4.7, tables 28 to 38).
//!
//! Names and numbers of files are no help: the same file identifiers mean EF.CardAccess and EF.COM, or EF.CardSecurity and
//! EF.SOD, depending on the application that was selected, and a folder may hold anything. Only content counts.
//!
//! Hostile input could dress one file as another. That gains nothing: a data group that is not recognised is missing
//! from what EF.SOD lists, and one that is recognised must have the hash that EF.SOD lists.

use super::biometric::{BiometricTemplates, Modality};
use super::com::Com;
use super::dg1::Dg1;
use super::dg11::Dg11;
use super::dg12::Dg12;
use super::dg16::Dg16;
use super::displayed::DisplayedImages;
use super::face::{Dg2, FaceRecord};
use super::security_info::SecurityInfos;
use super::sod::{self, CardSecurity, SecurityObjectFile};
use crate::asn1::{Profile, Reader, SubjectPublicKeyInfo, Tag, Tlv};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part, Result};
use core::fmt;

/// The file tags of DG1 to DG16, in this order (Doc 9303-10 table 38). They follow no rule.
const DATA_GROUP_TAGS: [u32; 16] =
    [0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70];

/// The number of a data group, 1 to 16.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataGroup(u8);

impl DataGroup {
    /// The data group of this number, if there is one.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        match number {
            1..=16 => Some(Self(number)),
            _ => None,
        }
    }

    /// The data group whose file begins with this tag.
    #[must_use]
    pub fn from_tag(tag: Tag) -> Option<Self> {
        let index = DATA_GROUP_TAGS.iter().position(|of| *of == tag.0)?;
        u8::try_from(index + 1).ok().and_then(Self::new)
    }

    /// The number, 1 to 16.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The tag with which the file begins.
    #[must_use]
    pub const fn tag(self) -> Tag {
        Tag(DATA_GROUP_TAGS[(self.0 as usize + 15) % 16])
    }
}

/// `dg1` to `dg16`.
impl fmt::Display for DataGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dg{}", self.0)
    }
}

impl fmt::Debug for DataGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataGroup({})", self.0)
    }
}

/// What a file is, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// EF.COM.
    Com,
    /// EF.SOD, or its signed content without the file tag.
    Sod,
    /// A data group.
    DataGroup(DataGroup),
    /// EF.CardAccess.
    CardAccess,
    /// EF.CardSecurity.
    CardSecurity,
    /// EF.DIR: the applications of the chip.
    Directory,
    /// EF.CVCA: names of the authorities whose terminals may read DG3 and DG4.
    Cvca,
    /// A biometric data block of ISO/IEC 39794 outside any data group.
    BiometricBlock(Modality),
    /// None of these.
    Unknown,
}

impl Kind {
    /// How errors and deviations name the file.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Kind::Com => Part::Com,
            Kind::Sod => Part::Sod,
            Kind::DataGroup(group) => Part::Dg(group.0),
            Kind::CardAccess => Part::CardAccess,
            Kind::CardSecurity => Part::CardSecurity,
            Kind::Directory | Kind::Cvca | Kind::BiometricBlock(_) | Kind::Unknown => Part::ChipFile,
        }
    }
}

/// `ef_com`, `ef_sod`, `dg1`, `ef_card_access`, `ef_card_security`, `ef_dir`, `ef_cvca`, `biometric_block`, `unknown`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Com => "ef_com",
            Kind::Sod => "ef_sod",
            Kind::DataGroup(group) => return group.fmt(f),
            Kind::CardAccess => "ef_card_access",
            Kind::CardSecurity => "ef_card_security",
            Kind::Directory => "ef_dir",
            Kind::Cvca => "ef_cvca",
            Kind::BiometricBlock(_) => "biometric_block",
            Kind::Unknown => "unknown",
        })
    }
}

/// Tells by content which file these bytes are.
///
/// The first tag names the file. It counts if the first tag inside fits too, or if the file is exactly as long as its
/// header says (but for zeros after it): so a damaged file is still recognised and then found wrong, while text that
/// happens to begin with the same letter is not. Costs one look at the header, for signed content one pass.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Kind {
    let reader = Reader::new(bytes, Part::ChipFile, Profile::Ber);
    let Some(tag) = reader.peek() else {
        return Kind::Unknown;
    };
    let inner = Inner::of(bytes);
    match (tag.0, inner.first.map(|first| first.0)) {
        (0x61, Some(0x4F)) => Kind::Directory,
        (0x64, Some(0xA0)) if inner.fits => Kind::BiometricBlock(Modality::Finger),
        (0x65, Some(0xA0)) if inner.fits => Kind::BiometricBlock(Modality::Face),
        (0x66, Some(0xA0)) if inner.fits => Kind::BiometricBlock(Modality::Iris),
        (0x60, Some(0x5F01 | 0x5F36 | 0x5C)) => Kind::Com,
        (0x77, Some(0x30)) => Kind::Sod,
        (0x60, _) if inner.fits => Kind::Com,
        (0x77, _) if inner.fits => Kind::Sod,
        (0x42, _) if bytes.len() <= 36 => Kind::Cvca,
        (0x31, Some(0x30)) if inner.second == Some(Tag::OID) => Kind::CardAccess,
        (0x30, Some(0x06)) => sod::kind_of_signed(bytes),
        (_, first) => DataGroup::from_tag(tag)
            .filter(|group| inner.fits || first.is_some_and(|first| begins(*group, first)))
            .map_or(Kind::Unknown, Kind::DataGroup),
    }
}

/// What stands at the beginning of a file, below its tag: as much as can be seen of a file that may be cut off.
struct Inner {
    /// The first tag inside the file.
    first: Option<Tag>,
    /// The first tag inside that.
    second: Option<Tag>,
    /// Whether the file is as long as its header says, but for zeros.
    fits: bool,
}

impl Inner {
    /// Looks at a file, whether or not it is whole.
    fn of(bytes: &[u8]) -> Self {
        let mut seen = Deviations::new();
        let mut reader = Reader::new(bytes, Part::ChipFile, Profile::Ber);
        let outer = reader.read(&mut seen).ok();
        // Of a file that was cut off only the beginning can be looked at.
        let value = match &outer {
            Some(tlv) => Some(tlv.value),
            None => Reader::peek_value(bytes),
        };
        let inside = |bytes| Reader::new(bytes, Part::ChipFile, Profile::Ber).peek();
        Self {
            first: value.and_then(inside),
            second: value.and_then(Reader::peek_value).and_then(inside),
            fits: outer.is_some() && reader.rest().iter().all(|octet| *octet == 0),
        }
    }
}

/// Whether the file of `group` may begin with the tag `first` inside.
const fn begins(group: DataGroup, first: u32) -> bool {
    match group.0 {
        1 => first == 0x5F1F,
        2..=4 => first == 0x7F61,
        5 | 7 | 16 => first == 0x02,
        11 | 12 => first == 0x5C || first >> 8 == 0x5F || first == 0xA0,
        14 => first == 0x31,
        15 => first == 0x30,
        _ => false,
    }
}

/// A file of the chip, cut out exactly.
#[derive(Clone, Copy)]
pub struct ElementaryFile<'a> {
    kind: Kind,
    bytes: &'a [u8],
    tlv: Option<Tlv<'a>>,
}

impl<'a> ElementaryFile<'a> {
    /// Recognises the file and finds its end. Bytes after it are left out and noted.
    ///
    /// # Errors
    /// Those of the ASN.1 reader if a recognised file has no end, `Truncated` above all.
    pub fn read(bytes: &'a [u8], seen: &mut Deviations) -> Result<Self> {
        let kind = recognise(bytes);
        if matches!(kind, Kind::Unknown | Kind::Cvca) {
            return Ok(Self { kind, bytes, tlv: None });
        }
        let mut reader = Reader::new(bytes, kind.part(), Profile::Ber);
        let tlv = reader.read(seen)?;
        let deviation = if reader.rest().iter().all(|octet| *octet == 0) {
            Deviation::TrailingPadding
        } else {
            Deviation::TrailingBytes
        };
        if !reader.is_empty() {
            seen.note(deviation, kind.part(), reader.offset());
        }
        Ok(Self { kind, bytes: tlv.raw, tlv: Some(tlv) })
    }

    /// What the file is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The file exactly: tag, length and value. This is what the hashes of EF.SOD cover (Doc 9303-10 §4.6.2.3).
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Takes the file apart.
    ///
    /// # Errors
    /// Those of the reader of its kind, at the offset within the file.
    pub fn content(&self, seen: &mut Deviations) -> Result<Content<'a>> {
        let Some(tlv) = &self.tlv else {
            return Ok(Content::Raw(self.bytes));
        };
        match self.kind {
            Kind::Com => Com::read(tlv, seen).map(Content::Com),
            Kind::Sod => SecurityObjectFile::read(tlv, seen).map(|sod| Content::Sod(Box::new(sod))),
            Kind::CardAccess => SecurityInfos::read(tlv, seen).map(Content::CardAccess),
            Kind::CardSecurity => CardSecurity::read(tlv, seen).map(|signed| Content::CardSecurity(Box::new(signed))),
            Kind::BiometricBlock(Modality::Face) => FaceRecord::block(tlv, seen).map(Content::FaceBlock),
            Kind::DataGroup(group) => Content::data_group(group, tlv, seen),
            _ => Ok(Content::Raw(self.bytes)),
        }
    }
}

/// Kind and length; the bytes are document data.
impl fmt::Debug for ElementaryFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElementaryFile")
            .field("kind", &self.kind)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A file taken apart.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Content<'a> {
    /// EF.COM.
    Com(Com),
    /// EF.SOD.
    Sod(Box<SecurityObjectFile<'a>>),
    /// DG1.
    Dg1(Dg1<'a>),
    /// DG2.
    Dg2(Dg2<'a>),
    /// DG3 or DG4: what is in it is protected; that it is there, and how many, may be known.
    Protected(BiometricTemplates<'a>),
    /// DG5 or DG7.
    Displayed(DisplayedImages<'a>),
    /// DG11.
    Dg11(Box<Dg11<'a>>),
    /// DG12.
    Dg12(Box<Dg12<'a>>),
    /// DG14.
    Dg14(SecurityInfos<'a>),
    /// DG15: the key for active authentication.
    Dg15(SubjectPublicKeyInfo<'a>),
    /// DG16.
    Dg16(Dg16),
    /// EF.CardAccess.
    CardAccess(SecurityInfos<'a>),
    /// EF.CardSecurity.
    CardSecurity(Box<CardSecurity<'a>>),
    /// A face of ISO/IEC 39794-5 outside any data group.
    FaceBlock(FaceRecord<'a>),
    /// A file without a structure of its own here; its bytes are those of the [`ElementaryFile`].
    Raw(&'a [u8]),
}

impl<'a> Content<'a> {
    /// Takes a data group apart; those without a structure of their own here stay as they are.
    fn data_group(group: DataGroup, tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        match group.number() {
            1 => Dg1::read(tlv, seen).map(Content::Dg1),
            2 => Dg2::read(tlv, seen).map(Content::Dg2),
            3 | 4 => BiometricTemplates::read(tlv, seen).map(Content::Protected),
            5 => DisplayedImages::read(tlv, Tag(0x5F40), seen).map(Content::Displayed),
            7 => DisplayedImages::read(tlv, Tag(0x5F43), seen).map(Content::Displayed),
            11 => Dg11::read(tlv, seen).map(|dg| Content::Dg11(Box::new(dg))),
            12 => Dg12::read(tlv, seen).map(|dg| Content::Dg12(Box::new(dg))),
            14 => {
                let mut inner = tlv.children()?;
                let set = inner.take(Tag::SET, seen)?;
                inner.finish_tolerant(seen)?;
                SecurityInfos::read(&set, seen).map(Content::Dg14)
            }
            15 => {
                let mut inner = tlv.children()?;
                let key = SubjectPublicKeyInfo::read(&mut inner, seen)?;
                inner.finish_tolerant(seen)?;
                Ok(Content::Dg15(key))
            }
            16 => Dg16::read(tlv, seen).map(Content::Dg16),
            _ => Ok(Content::Raw(tlv.raw)),
        }
    }
}

/// The signed content of a file that may stand with or without its file tag. Tools that export EF.SOD strip the tag;
/// no hash covers it, so nothing is lost but a note.
pub(super) fn unwrapped<'a>(tlv: &Tlv<'a>, file_tag: Tag, seen: &mut Deviations) -> Result<Reader<'a>> {
    if tlv.tag == file_tag {
        return tlv.children();
    }
    if tlv.tag != Tag::SEQUENCE {
        return Err(tlv.error(ErrorKind::LdsKind));
    }
    seen.note(Deviation::BareSecurityObject, tlv.part(), tlv.offset());
    Ok(Reader::at(tlv.raw, tlv.part(), Profile::Ber, tlv.offset()))
}
