//! The header of a seal (Doc 9303-13 §2.3).

use super::error;
use crate::bytes::Cursor;
use crate::date::Date;
use crate::error::{ErrorKind, Result};
use crate::numbered::numbered;
use crate::payload::c40;
use crate::secret::Secret;
use serde::Serialize;

numbered! {
    /// The version of the format.
    pub enum Version {
        /// Version 3, version byte 02.
        V3 = 3, "3";
        /// Version 4, version byte 03.
        V4 = 4, "4";
    }
}

numbered! {
    /// What the seal belongs to, by definition reference and category (STANDARDS of ICAO and of Germany).
    pub enum DocumentType {
        /// A visa (Doc 9303-7 §9.1).
        Visa = 0x5D01, "visa";
        /// An emergency travel document (Doc 9303-8 §6.1).
        EmergencyTravelDocument = 0x5E03, "emergency_travel_document";
        /// A German residence permit.
        ResidencePermit = 0xFB06, "residence_permit";
        /// A German arrival attestation.
        ArrivalAttestation = 0xFD02, "arrival_attestation";
        /// A German social insurance card.
        SocialInsuranceCard = 0xFC04, "social_insurance_card";
        /// The supplementary sheet of a German residence permit.
        SupplementarySheet = 0xFA06, "supplementary_sheet";
        /// The address sticker of a German identity card.
        AddressStickerIdentityCard = 0xF908, "address_sticker_identity_card";
        /// The address sticker of a German residence permit.
        AddressStickerResidencePermit = 0xF90C, "address_sticker_residence_permit";
        /// The address sticker of a German passport.
        AddressStickerPassport = 0xF80A, "address_sticker_passport";
        /// An administrative document (BSI TR-03171).
        AdministrativeDocument = 0x01C8, "administrative_document";
        /// An administrative document of the newer profile.
        AdministrativeDocumentNewer = 0x01C9, "administrative_document_newer";
    }
}

/// Who issued a seal, when, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// The version whose layout the seal has.
    pub version: Version,
    /// The code of the issuing country, without fillers.
    pub issuing_country: Secret<String>,
    /// The signer: two letters of its country and two characters; empty if they could not be read.
    pub signer: String,
    /// Which certificate of the signer, as written.
    pub certificate_reference: String,
    /// When the document was issued.
    pub issue_date: Option<Date>,
    /// When the seal was signed.
    pub signature_date: Option<Date>,
    /// Which definition of features.
    pub definition_reference: u8,
    /// Which category of documents: odd ones are ICAO's, even ones national.
    pub category: u8,
    /// What it belongs to, if it is in a list.
    pub document_type: Option<DocumentType>,
}

/// How signer and reference are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// Nine characters in all.
    OfVersion3,
    /// A length in hexadecimal.
    Hexadecimal,
    /// A length in decimal.
    Decimal,
    /// So many bytes in all, whatever they say: a header that names no length that fits.
    Bytes(usize),
}

impl Header {
    /// Reads the header, with the reference written as `way`; the cursor stands behind it then.
    pub(super) fn read(cursor: &mut Cursor<'_>, way: Reference) -> Result<Self> {
        let wrong = |at| error(ErrorKind::PayloadHeader, at);
        cursor.take(2)?;
        let country = c40::decode(cursor.take(2)?).map_err(|at| wrong(2 + at))?;
        let (signer, certificate_reference) = reference(cursor, way)?;
        let [issued, signed] = [cursor.u24()?, cursor.u24()?];
        let [definition_reference, category] = [cursor.u8()?, cursor.u8()?];
        let type_number = u32::from(definition_reference) << 8 | u32::from(category);
        Ok(Self {
            version: if way == Reference::OfVersion3 { Version::V3 } else { Version::V4 },
            issuing_country: Secret::new(country.reveal().trim_end().to_owned()),
            signer,
            certificate_reference,
            issue_date: date(issued),
            signature_date: date(signed),
            definition_reference,
            category,
            document_type: DocumentType::from_number(type_number),
        })
    }
}

/// Signer and certificate reference.
fn reference(cursor: &mut Cursor<'_>, way: Reference) -> Result<(String, String)> {
    let at = cursor.offset();
    let wrong = error(ErrorKind::PayloadHeader, at);
    let text = |bytes: &[u8]| c40::decode(bytes).map_err(|_| wrong);
    let split = |text: &str| text.split_at_checked(4).map(|(a, b)| (a.to_owned(), b.to_owned())).ok_or(wrong);
    match way {
        Reference::OfVersion3 => split(text(cursor.take(6)?)?.reveal()),
        Reference::Bytes(count) => {
            // What cannot be read leaves the signer open; the seal is still the issuer's to explain.
            let read = c40::decode(cursor.take(count)?).ok();
            Ok(read.and_then(|text| split(text.reveal()).ok()).unwrap_or_default())
        }
        Reference::Hexadecimal | Reference::Decimal => {
            let radix = if way == Reference::Decimal { 10 } else { 16 };
            let (signer, length) = split(text(cursor.take(4)?)?.reveal())?;
            let length = usize::from_str_radix(&length, radix).map_err(|_| wrong)?;
            let reference = text(cursor.take(c40::encoded_len(length))?)?;
            match reference.reveal() {
                text if text.chars().count() == length => Ok((signer, text.clone())),
                _ => Err(wrong),
            }
        }
    }
}

/// The day that `MMDDYYYY` as a number names.
pub(in crate::payload) fn date(number: u32) -> Option<Date> {
    let part = |value: u32| u8::try_from(value).ok();
    Date::new(u16::try_from(number % 10_000).ok()?, part(number / 1_000_000)?, part(number / 10_000 % 100)?)
}

/// The three bytes of a day; zeros if there is none.
pub(in crate::payload) fn date_bytes(date: Option<Date>) -> [u8; 3] {
    let number = date.map_or(0, |date| {
        u32::from(date.month()) * 1_000_000 + u32::from(date.day()) * 10_000 + u32::from(date.year())
    });
    let [_, a, b, c] = number.to_be_bytes();
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_standard_takes_the_three_bytes_of_the_standard() {
        let day = Date::new(1957, 3, 25);
        assert_eq!(date_bytes(day), [0x31, 0x9E, 0xF5]);
        assert_eq!(date(0x0031_9EF5), day);
        assert!(date(0).is_none() && date(13_012_000).is_none() && date(2_302_025).is_none());
    }
}
