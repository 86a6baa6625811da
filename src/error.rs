//! Errors: what could not be *read*, where, and how far in.
//!
//! An error is a kind (flat, with a number that C shares), the part of the inspection it happened in, and a byte
//! offset into that part. It never holds a value that was read: messages may be logged. A document that is read
//! and found wrong is no error; that is a [`crate::check::Check`].

use crate::numbered::numbered;
use core::fmt;

numbered! {
    /// What kind of trouble. The hundreds are the floors and rooms: 1-99 words and doors, 100 MRZ, 200 chip files,
    /// 300 ASN.1, 400 payloads, 500 images, 600 cryptography and trust, 700 lists, 800 judgement, 807 pictures of the chip.
    pub enum ErrorKind {
        /// A required pointer was null (C only).
        NullPointer = 1, "null_pointer";
        /// A length, count or structure size cannot be right.
        BadLength = 2, "bad_length";
        /// Text that has to be UTF-8 is not.
        NotUtf8 = 3, "not_utf8";
        /// An argument has a value outside its documented range.
        BadArgument = 4, "bad_argument";
        /// Nothing stands at this index or under this name.
        NotFound = 5, "not_found";
        /// The handle is not alive, or of another type (C only).
        BadHandle = 6, "bad_handle";
        /// Our own bug: a panic was caught at the door. The handle is poisoned.
        Panic = 7, "panic";
        /// An earlier panic poisoned this handle; free it.
        Poisoned = 8, "poisoned";
        /// The caller was built for another version of the interface.
        AbiMismatch = 9, "abi_mismatch";
        /// The input ended before it was complete.
        Truncated = 10, "truncated";
        /// The input is larger than this engine accepts.
        TooLarge = 11, "too_large";
        /// A work budget (steps, depth, candidates) was used up.
        BudgetExceeded = 12, "budget_exceeded";
        /// A date or time does not exist or is not written as RFC 3339.
        BadTime = 13, "bad_time";
        /// A file could not be opened or read.
        Unreadable = 14, "unreadable";
        /// No room of this engine knows this kind of content.
        UnknownContent = 15, "unknown_content";
        /// JSON from the caller is malformed or lacks a member.
        BadJson = 16, "bad_json";

        /// There is no text that could be a machine-readable zone.
        MrzEmpty = 100, "mrz_empty";
        /// The number of lines fits no known layout.
        MrzLineCount = 101, "mrz_line_count";
        /// A line is shorter or longer than its layout asks; the offset is where it ends.
        MrzLineLength = 102, "mrz_line_length";
        /// Line count and lengths fit, but the document code belongs to no known layout.
        MrzLayout = 103, "mrz_layout";
        /// A value to be written holds a character that the MRZ has no place for.
        MrzCharacter = 104, "mrz_character";
        /// A value to be written is longer than its field.
        MrzFieldLength = 105, "mrz_field_length";
        /// The layout has no such field, or needs one that is missing.
        MrzField = 106, "mrz_field";
        /// A group of candidates for one position is not closed or too long.
        MrzCandidates = 107, "mrz_candidates";

        /// The machine-readable zone of DG1 has no known length.
        LdsMrzLength = 200, "lds_mrz_length";
        /// A biometric record is malformed.
        LdsBiometric = 201, "lds_biometric";
        /// What is signed is of another type than the file must hold.
        LdsContentType = 202, "lds_content_type";
        /// The security object lists a data group twice, or one that cannot be.
        LdsDataGroup = 203, "lds_data_group";
        /// The file is of another kind than the one asked for.
        LdsKind = 204, "lds_kind";

        /// Another element stands here than the structure asks for.
        Asn1Tag = 300, "asn1_tag";
        /// Identifier octets are malformed or stand for a tag that is too long.
        Asn1Identifier = 301, "asn1_identifier";
        /// Length octets are malformed or too long.
        Asn1Length = 302, "asn1_length";
        /// A required element is missing at the end of its structure.
        Asn1Missing = 303, "asn1_missing";
        /// Bytes follow where the structure has ended.
        Asn1Trailing = 304, "asn1_trailing";
        /// The value is none of its type.
        Asn1Value = 305, "asn1_value";
        /// The value is outside the range that the structure gives it.
        Asn1Range = 306, "asn1_range";
        /// The encoding is BER, but only DER is accepted here.
        Asn1NotDer = 307, "asn1_not_der";
        /// The content is CMS, but no signed data.
        CmsNotSignedData = 320, "cms_not_signed_data";
        /// A signed attribute stands twice, or does not have exactly one value.
        CmsAttribute = 321, "cms_attribute";

        /// Nothing recognises this content as the payload of a barcode.
        PayloadUnknown = 420, "payload_unknown";
        /// The payload is recognised, and this engine does not read its kind.
        PayloadNotRead = 421, "payload_not_read";
        /// The header of the payload cannot be read.
        PayloadHeader = 422, "payload_header";
        /// A length in the payload leads beyond its end.
        PayloadLength = 423, "payload_length";
        /// The text armour of the payload (base32, base64 or hexadecimal) is malformed.
        PayloadArmour = 424, "payload_armour";
        /// The JSON of the payload is malformed, or lacks a member that it must have.
        PayloadJson = 425, "payload_json";
        /// The JSON of the payload names a member twice.
        PayloadJsonRepeated = 426, "payload_json_repeated";
        /// The compressed part of the payload cannot be inflated.
        PayloadInflate = 427, "payload_inflate";
        /// The compressed part of the payload is larger than this engine accepts.
        PayloadInflatedTooLarge = 428, "payload_inflated_too_large";
        /// A value to be written does not fit the field it is for.
        PayloadField = 429, "payload_field";
        /// The file is no picture of a kind that is read, or it is cut short.
        ImageUnreadable = 500, "image_unreadable";

        /// The certificate is not the one whose SHA-256 was given.
        TrustPin = 600, "trust_pin";
        /// The list is not signed by a signer of the root that was given.
        TrustListSignature = 601, "trust_list_signature";
        /// The signed content is none that trust can be imported from.
        TrustContentType = 602, "trust_content_type";
        /// A local anchor names no country, so that there is nothing it could vouch for.
        TrustNoCountry = 603, "trust_no_country";
        /// The text armour (PEM) is not closed or not base64.
        TrustArmour = 604, "trust_armour";
        /// A revocation list has a lower number than one that was issued before it.
        TrustCrlNumber = 605, "trust_crl_number";
        /// The store holds as many revocation lists as it may that no anchor has verified.
        TrustCrlUnverified = 606, "trust_crl_unverified";
        /// The trust store was written by a later version.
        TrustStoreVersion = 607, "trust_store_version";
        /// The trust store is not what was written: cut short or altered.
        TrustStoreDamaged = 608, "trust_store_damaged";
        /// A value of a directory file is not base64.
        TrustLdif = 609, "trust_ldif";

        /// The file is no alert-list package.
        AlertMagic = 700, "alert_magic";
        /// The package asks for a newer reader than this.
        AlertVersion = 701, "alert_version";
        /// The root of the package contradicts itself.
        AlertRoot = 702, "alert_root";
        /// A page is not the one whose hash the root vouches for.
        AlertPage = 703, "alert_page";
        /// The signature of the root was not made with the key that it names.
        AlertSignature = 704, "alert_signature";
        /// The package is older than one that was seen before.
        AlertRollback = 705, "alert_rollback";
        /// A section of the package contradicts itself.
        AlertStructure = 706, "alert_structure";

        /// The policy file is not valid TOML, or a key is unknown, missing or of the wrong type.
        PolicySyntax = 800, "policy_syntax";
        /// The policy names a check, group, profile or action that does not exist.
        PolicyUnknownName = 801, "policy_unknown_name";
        /// The policy would let a failure help.
        PolicyFailureHelps = 802, "policy_failure_helps";
        /// The policy refuses without citing the law it stands on.
        PolicyRefusalWithoutLaw = 803, "policy_refusal_without_law";
        /// The policy weighs a check twice, or leaves a required value out.
        PolicyIncomplete = 804, "policy_incomplete";
        /// A number of the policy lies outside its range, or two of its rows contradict each other.
        PolicyOutOfRange = 805, "policy_out_of_range";
        /// A policy that is not named as a training policy lifts a ground, or one lifts more than it may.
        PolicyLift = 806, "policy_lift";

        /// The picture is in a format, or has a colour model, that is not read.
        PictureFormat = 807, "picture_format";
        /// The picture is damaged, or not what its first octets announce.
        PictureUnreadable = 808, "picture_unreadable";
        /// The room that does this is not part of this build.
        NotInThisBuild = 809, "not_in_this_build";
    }
}

/// Which part of the inspection an error speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Part {
    /// The call itself.
    #[default]
    Call,
    /// The machine-readable zone as a whole.
    MrzText,
    /// A line of the machine-readable zone, counted from 1.
    Mrz(u8),
    /// The policy file; the offset counts bytes.
    Policy,
    /// A fact that the host reported.
    Fact,
    /// A file or stream that the caller named.
    Input,
    /// A file of the chip that was not recognised.
    ChipFile,
    /// EF.COM.
    Com,
    /// EF.SOD.
    Sod,
    /// A data group, by its number.
    Dg(u8),
    /// EF.CardAccess.
    CardAccess,
    /// EF.CardSecurity.
    CardSecurity,
    /// A certificate.
    Certificate,
    /// A certificate revocation list.
    Crl,
    /// A master list.
    MasterList,
    /// A deviation list.
    DeviationList,
    /// The payload of a barcode.
    Payload,
    /// A digital seal.
    Seal,
    /// The file of a trust store.
    TrustStore,
    /// A picture.
    Image,
    /// An alert-list package.
    AlertList,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Call => f.write_str("call"),
            Part::MrzText => f.write_str("mrz"),
            Part::Mrz(line) => write!(f, "mrz line {line}"),
            Part::Policy => f.write_str("policy"),
            Part::Fact => f.write_str("fact"),
            Part::Input => f.write_str("input"),
            Part::ChipFile => f.write_str("chip file"),
            Part::Com => f.write_str("ef.com"),
            Part::Sod => f.write_str("ef.sod"),
            Part::Dg(number) => write!(f, "dg{number}"),
            Part::CardAccess => f.write_str("ef.card_access"),
            Part::CardSecurity => f.write_str("ef.card_security"),
            Part::Certificate => f.write_str("certificate"),
            Part::Crl => f.write_str("crl"),
            Part::MasterList => f.write_str("master list"),
            Part::DeviationList => f.write_str("deviation list"),
            Part::AlertList => f.write_str("alert list"),
            Part::Payload => f.write_str("payload"),
            Part::Seal => f.write_str("seal"),
            Part::TrustStore => f.write_str("trust store"),
            Part::Image => f.write_str("image"),
        }
    }
}

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Error {
    /// What kind of trouble.
    pub kind: ErrorKind,
    /// In which part.
    pub part: Part,
    /// How far into that part: bytes, or characters of an MRZ line, from 0.
    pub offset: usize,
}

impl Error {
    /// An error of `kind` in `part` at `offset`.
    #[must_use]
    pub const fn new(kind: ErrorKind, part: Part, offset: usize) -> Self {
        Self { kind, part, offset }
    }

    /// The same error seen from an enclosing part that begins `base` bytes earlier.
    #[must_use]
    pub const fn nested(self, part: Part, base: usize) -> Self {
        Self { kind: self.kind, part, offset: self.offset.saturating_add(base) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {} at offset {}", self.kind, self.part, self.offset)
    }
}

impl std::error::Error for Error {}

impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Error", 3)?;
        out.serialize_field("kind", &self.kind)?;
        out.serialize_field("part", &self.part.to_string())?;
        out.serialize_field("offset", &self.offset)?;
        out.end()
    }
}

/// The result of reading something.
pub type Result<T> = core::result::Result<T, Error>;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_and_names_of_error_kinds_are_unique_and_lead_back() {
        let numbers: HashSet<_> = ErrorKind::ALL.iter().map(|k| k.number()).collect();
        let names: HashSet<_> = ErrorKind::ALL.iter().map(|k| k.name()).collect();
        assert_eq!((numbers.len(), names.len()), (ErrorKind::ALL.len(), ErrorKind::ALL.len()));
        for kind in ErrorKind::ALL {
            assert_eq!(ErrorKind::from_number(kind.number()), Some(*kind));
            assert_eq!(ErrorKind::from_name(kind.name()), Some(*kind));
        }
        assert_eq!(ErrorKind::from_number(0), None, "0 is success in C and must never be an error");
    }

    #[test]
    fn offsets_add_up_through_nesting() {
        let inner = Error::new(ErrorKind::Truncated, Part::Call, 5);
        assert_eq!(inner.nested(Part::Input, 7), Error::new(ErrorKind::Truncated, Part::Input, 12));
        assert_eq!(inner.to_string(), "truncated in call at offset 5");
    }
}
