//! EF.SOD and EF.CardSecurity: what the issuer signed (Doc 9303-10 §4.6.2, Doc 9303-11 §9.2.11).
//!
//! ```text
//! EF.SOD            77 L ContentInfo(signedData of LDSSecurityObject)
//! EF.CardSecurity   ContentInfo(signedData of SecurityInfos)
//! LDSSecurityObject ::= SEQUENCE { version 0 | 1, hashAlgorithm AlgorithmIdentifier,
//!                                  SEQUENCE OF SEQUENCE { dataGroupNumber INTEGER, hash OCTET STRING },
//!                                  SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString }? }
//! ```
//! Nothing is verified here. Four content types are in the field for the security object; three of them are noted.
//! A data group listed twice is refused: two readers could take two hashes for it.

use super::file::{DataGroup, Kind, unwrapped};
use super::security_info::SecurityInfos;
use crate::asn1::{AlgorithmIdentifier, Oid, Profile, Reader, Tag, Tlv, oid};
use crate::cms::{Content, SignedData};
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;
use crate::secret::Secret;

/// id-icao-mrtd-security-ldsSecurityObject.
const LDS_SECURITY_OBJECT: Oid<'static> = oid!(2, 23, 136, 1, 1, 1);
const ICAO_BEFORE: Oid<'static> = oid!(1, 3, 27, 1, 1, 1);
const SDU: Oid<'static> = oid!(1, 2, 528, 1, 1006, 1, 20, 1);
const ID_DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 1);
/// id-SecurityObject of BSI TR-03110.
const CARD_SECURITY: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 3, 2, 1);

numbered! {
    /// Under which content type a security object is signed.
    pub enum SodContentType {
        /// 2.23.136.1.1.1, the standard's.
        LdsSecurityObject = 1, "lds_security_object";
        /// 1.3.27.1.1.1, of the arc that ICAO used before; older Belgian and French passports.
        IcaoBefore = 2, "icao_before";
        /// 1.2.528.1.1006.1.20.1, the manufacturer Sdu's; older Dutch passports.
        Sdu = 3, "sdu";
        /// 1.2.840.113549.1.7.1: id-data, content of no type.
        Data = 4, "data";
    }
}

impl SodContentType {
    /// The content type of this object identifier, if a security object may have it.
    #[must_use]
    pub fn from_oid(oid: Oid<'_>) -> Option<Self> {
        match oid {
            LDS_SECURITY_OBJECT => Some(Self::LdsSecurityObject),
            ICAO_BEFORE => Some(Self::IcaoBefore),
            SDU => Some(Self::Sdu),
            ID_DATA => Some(Self::Data),
            _ => None,
        }
    }
}

/// EF.SOD: the signed content and the security object in it.
#[derive(Debug, Clone)]
pub struct SecurityObjectFile<'a> {
    /// Signers, certificates and content octets.
    pub signed: SignedData<'a>,
    /// Under which type the content is signed.
    pub content_type: SodContentType,
    /// The hashes.
    pub object: LdsSecurityObject,
}

impl<'a> SecurityObjectFile<'a> {
    /// Reads the file; the tag `77` may be missing, which is noted.
    ///
    /// # Errors
    /// `LdsContentType` if something else is signed or the content is kept elsewhere, and those of [`SignedData::take`]
    /// and [`LdsSecurityObject::read`].
    pub fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut inner = unwrapped(tlv, Tag(0x77), seen)?;
        let signed = SignedData::take(&mut inner, seen)?;
        inner.finish_tolerant(seen)?;
        let other = tlv.error(ErrorKind::LdsContentType);
        let content_type = SodContentType::from_oid(signed.content_type).ok_or(other)?;
        if content_type != SodContentType::LdsSecurityObject {
            seen.note(Deviation::SodContentType, tlv.part(), tlv.offset());
        }
        let content = signed.content.as_ref().ok_or(other)?;
        let object = LdsSecurityObject::read(content, tlv.part(), seen)?;
        Ok(Self { signed, content_type, object })
    }
}

/// The hash of one data group, as signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataGroupHash {
    /// Which data group.
    pub group: DataGroup,
    /// The hash of its whole file. Whoever has it can try which data give it.
    pub hash: Secret<Vec<u8>>,
}

/// The security object: the hashes of all data groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LdsSecurityObject {
    /// 0, or 1 with version information.
    pub version: u64,
    /// In the order of the file.
    pub hashes: Vec<DataGroupHash>,
    /// LDS and Unicode version as signed, for example `0108` and `040000`.
    pub lds_version: Option<(String, String)>,
    /// The content octets of the hash algorithm's identifier.
    algorithm: Vec<u8>,
}

impl LdsSecurityObject {
    /// Reads the content of EF.SOD.
    ///
    /// # Errors
    /// `LdsDataGroup` if a data group is listed twice or has a number that none has, and those of the ASN.1 reader.
    pub fn read(content: &Content<'_>, part: Part, seen: &mut Deviations) -> Result<Self> {
        let mut reader = Reader::at(&content.octets, part, Profile::Ber, content.offset);
        let mut inner = reader.sequence(seen)?;
        let version = inner.small_integer(seen)?;
        let algorithm = AlgorithmIdentifier::read(&mut inner, seen)?;
        let hashes = hashes(&mut inner.sequence(seen)?, seen)?;
        let lds_version = match inner.optional(Tag::SEQUENCE, seen)? {
            Some(info) => {
                let mut info = info.children()?;
                let mut text = || info.text(seen).map(String::from);
                Some((text()?, text()?))
            }
            None => None,
        };
        if version > 1 || (version == 1) != lds_version.is_some() {
            seen.note(Deviation::SodVersion, part, content.offset);
        }
        if hashes.len() < 2 {
            seen.note(Deviation::SodDataGroups, part, content.offset);
        }
        inner.finish_tolerant(seen)?;
        reader.finish_tolerant(seen)?;
        Ok(Self { version, hashes, lds_version, algorithm: algorithm.oid.content().to_vec() })
    }

    /// The hash algorithm of the data groups; its parameters may be absent or NULL and mean nothing.
    #[must_use]
    pub fn hash_algorithm(&self) -> Option<Oid<'_>> {
        Oid::from_content(&self.algorithm)
    }

    /// The hash of a data group, if it is listed.
    #[must_use]
    pub fn hash(&self, group: DataGroup) -> Option<&[u8]> {
        let listed = self.hashes.iter().find(|listed| listed.group == group)?;
        Some(listed.hash.reveal())
    }
}

/// Reads the list of hashes. At most sixteen data groups exist, so that a list of distinct ones is short.
fn hashes(list: &mut Reader<'_>, seen: &mut Deviations) -> Result<Vec<DataGroupHash>> {
    let mut hashes: Vec<DataGroupHash> = Vec::new();
    while !list.is_empty() {
        let wrong = list.error(ErrorKind::LdsDataGroup);
        let mut entry = list.sequence(seen)?;
        let number = entry.small_integer(seen)?;
        let hash = Secret::new(entry.octet_string(seen)?.into_owned());
        entry.finish_tolerant(seen)?;
        let number = u8::try_from(number).map_err(|_| wrong)?;
        let group = DataGroup::new(number).ok_or(wrong)?;
        if hashes.iter().any(|listed| listed.group == group) {
            return Err(wrong);
        }
        hashes.push(DataGroupHash { group, hash });
    }
    Ok(hashes)
}

/// EF.CardSecurity: signed security infos.
#[derive(Debug, Clone)]
pub struct CardSecurity<'a> {
    /// Signers, certificates and content octets.
    pub signed: SignedData<'a>,
    part: Part,
}

impl<'a> CardSecurity<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// `LdsContentType` if something else is signed, and those of [`SignedData::take`].
    pub(super) fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut reader = Reader::at(tlv.raw, tlv.part(), Profile::Ber, tlv.offset());
        let signed = SignedData::take(&mut reader, seen)?;
        if signed.content_type != CARD_SECURITY || signed.content.is_none() {
            return Err(tlv.error(ErrorKind::LdsContentType));
        }
        Ok(Self { signed, part: tlv.part() })
    }

    /// The security infos that are signed.
    ///
    /// # Errors
    /// As [`SecurityInfos::read`].
    pub fn security_infos(&self, seen: &mut Deviations) -> Result<SecurityInfos<'_>> {
        let none = Error::new(ErrorKind::LdsContentType, self.part, 0);
        let content = self.signed.content.as_ref().ok_or(none)?;
        let mut reader = Reader::at(&content.octets, self.part, Profile::Ber, content.offset);
        let set = reader.take(Tag::SET, seen)?;
        reader.finish_tolerant(seen)?;
        SecurityInfos::read(&set, seen)
    }
}

/// What a file that begins as a ContentInfo is. Content of no type (id-data) needs the file tag 77 to be a security object.
pub(super) fn kind_of_signed(bytes: &[u8]) -> Kind {
    let mut seen = Deviations::new();
    let mut reader = Reader::new(bytes, Part::ChipFile, Profile::Ber);
    match SignedData::take(&mut reader, &mut seen).map(|signed| signed.content_type) {
        Ok(CARD_SECURITY) => Kind::CardSecurity,
        Ok(LDS_SECURITY_OBJECT | ICAO_BEFORE | SDU) => Kind::Sod,
        _ => Kind::Unknown,
    }
}
