//! Deviations: what was read although the standard asks for something else.
//!
//! Issuers of the whole world deviate, and their documents are still to be read. Whatever a parser tolerates it
//! writes into a [`Deviations`], so that nothing is forgiven silently. A deviation is no verdict: evidence rooms
//! turn deviations into checks, and policy weighs them. Nothing in here holds a value that was read.
//!
//! Hostile input could deviate in every byte: the same deviation in the same part is counted, not repeated, and
//! the number of entries has a ceiling.

use crate::error::Part;
use crate::numbered::numbered;

numbered! {
    /// In what way something deviates. The hundreds: 1-99 ASN.1 encodings and values, 100 chip files,
    /// 200 signed content (CMS), 300 certificates, 420 payloads of barcodes.
    pub enum Deviation {
        /// A length is indefinite, ended by end-of-contents: BER, not DER (X.690 §8.1.3.6, §10.1).
        IndefiniteLength = 1, "indefinite_length";
        /// A length is written in more octets than it needs (X.690 §10.1).
        LongLength = 2, "long_length";
        /// A tag number is written with leading zero groups (X.690 §8.1.2.4.2).
        LongTag = 3, "long_tag";
        /// A string is written in pieces: BER, not DER (X.690 §10.2).
        ConstructedString = 4, "constructed_string";
        /// An integer is written in more octets than it needs (X.690 §8.3.2).
        LongInteger = 5, "long_integer";
        /// A true BOOLEAN is not written as FF (X.690 §11.1).
        BooleanValue = 6, "boolean_value";
        /// Unused bits of a BIT STRING are not zero (X.690 §11.2.1).
        BitPadding = 7, "bit_padding";
        /// An arc of an object identifier is written with leading zero groups (X.690 §8.19.2).
        LongOidArc = 8, "long_oid_arc";
        /// The elements of a SET OF do not stand in ascending order (X.690 §11.6).
        SetOrder = 9, "set_order";
        /// A NULL has content (X.690 §8.8.2).
        NullContent = 10, "null_content";
        /// A default value is encoded (X.690 §11.5).
        DefaultEncoded = 11, "default_encoded";
        /// A string holds a character that its type does not know, for example `@` in a PrintableString.
        StringCharacter = 12, "string_character";
        /// The bytes of a string are not of its type's encoding; each byte was read as ISO 8859-1.
        StringEncoding = 13, "string_encoding";
        /// A time lacks its seconds (X.690 §11.7.2, §11.8.2); read as second 0.
        TimeWithoutSeconds = 14, "time_without_seconds";
        /// A time is given with an offset and not in UTC (X.690 §11.7.1, §11.8.1).
        TimeWithOffset = 15, "time_with_offset";
        /// A time names no zone; read as UTC.
        TimeWithoutZone = 16, "time_without_zone";
        /// A time has a fraction of a second, which was dropped.
        TimeWithFraction = 17, "time_with_fraction";
        /// Bytes follow a structure inside its enclosing element.
        TrailingElement = 18, "trailing_element";

        /// Zeros follow the file; readers that read whole blocks leave them.
        TrailingPadding = 100, "trailing_padding";
        /// Other bytes than zeros follow the file.
        TrailingBytes = 101, "trailing_bytes";
        /// A count disagrees with what follows it.
        DeclaredCount = 102, "declared_count";
        /// A tag list disagrees with the elements that follow it.
        TagList = 103, "tag_list";
        /// A tag list names the template A0 and not the elements in it.
        TagListTemplate = 104, "tag_list_template";
        /// An element that belongs into the template A0 stands outside.
        OutsideTemplate = 105, "outside_template";
        /// A date or time inside a data group cannot be read.
        DateUnreadable = 106, "date_unreadable";
        /// An element stands twice; the first one counts.
        RepeatedElement = 107, "repeated_element";
        /// An element that the standard does not know; it was kept as it is.
        UnknownElement = 108, "unknown_element";
        /// An element that the standard asks for is missing.
        MissingElement = 109, "missing_element";
        /// A portrait stands bare, without the record that should hold it.
        BareImage = 110, "bare_image";
        /// The biometric header announces another format than the record has.
        BiometricFormat = 111, "biometric_format";
        /// A length inside a biometric record disagrees with the record.
        RecordLength = 112, "record_length";
        /// An image is in another format than its record says.
        ImageFormat = 113, "image_format";
        /// An image has another size than its record says.
        ImageSize = 114, "image_size";
        /// The signed content of EF.SOD stands without its file tag 77.
        BareSecurityObject = 115, "bare_security_object";
        /// The security object is signed under another content type than 2.23.136.1.1.1.
        SodContentType = 116, "sod_content_type";
        /// Version and version information of the security object disagree (Doc 9303-10 §4.6.2.3).
        SodVersion = 117, "sod_version";
        /// The security object lists fewer than two data groups.
        SodDataGroups = 118, "sod_data_groups";
        /// A security info does not have the structure of its protocol; it was kept as it is.
        SecurityInfo = 119, "security_info";
        /// A security info uses an object identifier outside the standard's arc.
        LegacyIdentifier = 120, "legacy_identifier";
        /// LDS or Unicode version is not written as digits.
        VersionText = 121, "version_text";

        /// The version of signed data or of a signer does not fit its content (RFC 5652 §5.1, §5.3).
        CmsVersion = 200, "cms_version";
        /// Something else than a certificate stands among the certificates.
        CmsOtherCertificate = 201, "cms_other_certificate";
        /// The signing time cannot be read; it counts as absent.
        CmsSigningTime = 202, "cms_signing_time";
        /// The signature covers the signed attributes in their sorted order and not as received (RFC 5652 §5.4).
        CmsAttributesSorted = 210, "cms_attributes_sorted";
        /// Content that is not plain data was signed without signed attributes (RFC 5652 §5.3).
        CmsAttributesMissing = 211, "cms_attributes_missing";
        /// The signature algorithm names another hash than the signer's digest algorithm (RFC 5652 §5.3).
        CmsDigestsDiffer = 212, "cms_digests_differ";
        /// The signer's digest algorithm is not among those announced (RFC 5652 §5.1).
        CmsDigestNotAnnounced = 213, "cms_digest_not_announced";
        /// No certificate is the one that the signer names; the only one that came along was taken (RFC 5652 §5.3).
        CmsSignerNotNamed = 214, "cms_signer_not_named";
        /// Parameters of RSASSA-PSS leave out the hash, and the signer's digest algorithm was meant (RFC 4056 §3).
        CmsPssHashFromDigest = 215, "cms_pss_hash_from_digest";
        /// The signing time is missing (Doc 9303-12 §9.1, §10.1).
        CmsSigningTimeMissing = 216, "cms_signing_time_missing";
        /// A certificate that came along cannot be read; it was passed over.
        CmsCertificateUnreadable = 217, "cms_certificate_unreadable";
        /// The signer writes the name of its issuer in another case, spacing or string type than its certificate does.
        CmsSignerNameDiffers = 218, "cms_signer_name_differs";
        /// The two numbers of an ECDSA signature stand side by side where the algorithm asks for a SEQUENCE, or the other way
        /// round (RFC 3279 §2.2.3, BSI TR-03111 §5.2.1.1).
        CmsSignatureForm = 219, "cms_signature_form";

        /// An RSA algorithm or key stands without the NULL parameters that belong to it, or RSASSA-PSS without any
        /// (RFC 4055 §1.2, §3.1; Doc 9303-12 §4.1.6.1).
        AlgorithmParametersAbsent = 300, "algorithm_parameters_absent";
        /// A signature algorithm has parameters where it may have none (RFC 5758 §3.2; Doc 9303-12 §4.1.6.3).
        AlgorithmParametersPresent = 301, "algorithm_parameters_present";
        /// The type of the key stands where the signature algorithm should (RFC 5753 §2.1.1).
        AlgorithmIsKeyType = 302, "algorithm_is_key_type";
        /// RSASSA-PSS parameters leave out the hash, which then is SHA-1 (RFC 4055 §3.1).
        PssHashDefaulted = 303, "pss_hash_defaulted";
        /// A curve is named and not given by explicit parameters (Doc 9303-12 §4.1.6.3).
        NamedCurve = 304, "named_curve";
        /// A coefficient of a curve is not as long as its field (X9.62 §4.3.3; Doc 9303-12 §4.1.6.3).
        CurveCoefficientLength = 305, "curve_coefficient_length";
        /// A point is not in uncompressed format (Doc 9303-12 §4.1.6.3).
        CompressedPoint = 306, "compressed_point";
        /// Explicit parameters lack the cofactor (Doc 9303-12 §4.1.6.3).
        CofactorMissing = 307, "cofactor_missing";
        /// A key that says it serves RSASSA-PSS alone signed otherwise (RFC 4055 §1.2).
        PssKeyUsedOtherwise = 308, "pss_key_used_otherwise";
        /// A signature rests on SHA-1 (Doc 9303-12 §4.1.6.4).
        WeakHash = 309, "weak_hash";

        /// A certificate is not of version 3 (Doc 9303-12 §7.1.1).
        CertificateVersion = 310, "certificate_version";
        /// A serial number is negative (Doc 9303-12 §7.1.1).
        SerialNegative = 311, "serial_negative";
        /// A serial number is zero (Doc 9303-12 §7.1.1).
        SerialZero = 312, "serial_zero";
        /// A serial number has more than 20 octets (Doc 9303-12 §7.1.1).
        SerialTooLong = 313, "serial_too_long";
        /// The two places for the signature algorithm differ (Doc 9303-12 §7.1.1).
        SignatureAlgorithmsDiffer = 314, "signature_algorithms_differ";
        /// A unique identifier of issuer or subject is present (Doc 9303-12 §7.1.1).
        UniqueIdentifier = 315, "unique_identifier";
        /// A time before 2050 is written as GeneralizedTime (Doc 9303-12 §7.1.1).
        GeneralizedTimeBefore2050 = 316, "generalized_time_before_2050";
        /// The validity ends before it begins (RFC 5280 §4.1.2.5).
        ValidityReversed = 317, "validity_reversed";

        /// A name has no country (Doc 9303-12 §7.1.1.1).
        CountryMissing = 320, "country_missing";
        /// A country code is in lower case (Doc 9303-12 §7.1.1).
        CountryLowerCase = 321, "country_lower_case";
        /// A country code has not two letters (Doc 9303-12 §7.1.1.1).
        CountryLength = 322, "country_length";
        /// A country code of two letters is not in Doc 9303-3 (Doc 9303-12 §7.1.1.1).
        CountryUnknown = 323, "country_unknown";
        /// Issuer and subject name different countries (Doc 9303-12 §7.1.1).
        CountriesDiffer = 324, "countries_differ";
        /// A name has more than one country (Doc 9303-12 §7.1.1.1).
        CountryRepeated = 325, "country_repeated";
        /// A name has no common name (Doc 9303-12 §7.1.1.1).
        CommonNameMissing = 326, "common_name_missing";
        /// An attribute of a name is of another string type than allowed (Doc 9303-12 §7.1.1).
        NameStringType = 327, "name_string_type";
        /// Issuer and subject are the same name in another case or spacing (RFC 5280 §7.1).
        NamesDifferInCase = 328, "names_differ_in_case";

        /// A certificate has no extensions (Doc 9303-12 §7.1.1).
        ExtensionsMissing = 340, "extensions_missing";
        /// An extension stands there twice; the first counts (RFC 5280 §4.2).
        ExtensionRepeated = 341, "extension_repeated";
        /// The value of an extension cannot be read; it is as if absent (Doc 9303-12 §7.1.1).
        ExtensionMalformed = 342, "extension_malformed";
        /// An extension is critical and should not be, or the other way round (Doc 9303-12 §7.1.1 table 6).
        ExtensionCriticality = 343, "extension_criticality";
        /// An extension that the profile forbids is present (Doc 9303-12 §7.1.1 table 6).
        ExtensionForbidden = 344, "extension_forbidden";
        /// A critical extension is not known here (RFC 5280 §4.2).
        ExtensionUnknownCritical = 345, "extension_unknown_critical";
        /// The authority key identifier is missing or does not identify a key (Doc 9303-12 §7.1.1 table 6).
        AuthorityKeyIdentifierMissing = 346, "authority_key_identifier_missing";
        /// The subject key identifier is missing (Doc 9303-12 §7.1.1 table 6).
        SubjectKeyIdentifierMissing = 347, "subject_key_identifier_missing";
        /// The subject key identifier lacks its OCTET STRING (RFC 5280 §4.2.1.2).
        SubjectKeyIdentifierBare = 348, "subject_key_identifier_bare";
        /// The key usage is missing (Doc 9303-12 §7.1.1 table 6).
        KeyUsageMissing = 349, "key_usage_missing";
        /// The key usage has other bits than the role asks for (Doc 9303-12 §7.1.1 table 6).
        KeyUsageBits = 350, "key_usage_bits";
        /// The basic constraints are missing (Doc 9303-12 §7.1.1 table 6).
        BasicConstraintsMissing = 351, "basic_constraints_missing";
        /// The certificate of an authority does not say that it is one (Doc 9303-12 §7.1.1 table 6).
        NotMarkedAuthority = 352, "not_marked_authority";
        /// The path length is left out (Doc 9303-12 §7.1.1 table 6).
        PathLengthMissing = 353, "path_length_missing";
        /// The path length is not zero (Doc 9303-12 §7.1.1 table 6).
        PathLengthNotZero = 354, "path_length_not_zero";
        /// The private-key usage period is missing (Doc 9303-12 §7.1.1 table 6).
        PrivateKeyUsagePeriodMissing = 355, "private_key_usage_period_missing";
        /// An alternative name of subject or issuer is missing (Doc 9303-12 §7.1.1.2).
        AlternativeNameMissing = 356, "alternative_name_missing";
        /// An alternative name does not give the code of the MRZ (Doc 9303-12 §7.1.1.2).
        AlternativeNameWithoutCode = 357, "alternative_name_without_code";
        /// The two alternative names of a root differ (Doc 9303-12 §7.1.1.2).
        AlternativeNamesDiffer = 358, "alternative_names_differ";
        /// The CRL distribution points are missing (Doc 9303-12 §7.1.1.4).
        CrlDistributionPointsMissing = 359, "crl_distribution_points_missing";
        /// A CRL distribution point is not an ldap, http or https address (Doc 9303-12 §7.1.1 table 6).
        CrlDistributionPointScheme = 360, "crl_distribution_point_scheme";
        /// The extended key usage that the role asks for is missing (Doc 9303-12 §7.1.1.3).
        ExtendedKeyUsageMissing = 361, "extended_key_usage_missing";
        /// The document type list is missing (Doc 9303-12 §7.1.1.6).
        DocumentTypesMissing = 362, "document_types_missing";
        /// A default value of an extension is encoded (Doc 9303-12 §7.1.1).
        ExtensionDefaultEncoded = 363, "extension_default_encoded";

        /// A revocation list is not of version 2 (Doc 9303-12 §7.1.4).
        CrlVersion = 364, "crl_version";
        /// A revocation list has no number (Doc 9303-12 §7.1.4).
        CrlNumberMissing = 365, "crl_number_missing";
        /// The number of a revocation list has more than 20 octets (Doc 9303-12 §7.1.4).
        CrlNumberTooLong = 366, "crl_number_too_long";
        /// A revocation list does not say when the next one is due; 90 days were taken (Doc 9303-12 §7.1.4).
        CrlNextUpdateMissing = 367, "crl_next_update_missing";
        /// The next revocation list is due later than after 90 days (Doc 9303-12 §5.2.2).
        CrlPeriodTooLong = 368, "crl_period_too_long";
        /// An extension that the profile forbids stands in a revocation list (Doc 9303-12 §7.1.4).
        CrlExtensionForbidden = 369, "crl_extension_forbidden";
        /// An entry of a revocation list has extensions, all of which the profile forbids (Doc 9303-12 §7.1.4).
        CrlEntryExtension = 370, "crl_entry_extension";
        /// A revocation list without entries holds an empty list of them (Doc 9303-12 §7.1.4).
        CrlEmptyList = 371, "crl_empty_list";

        /// The private-key usage period begins before or ends after the validity (Doc 9303-12 §7.1.1 table 6).
        PrivateKeyUsagePeriodOutside = 372, "private_key_usage_period_outside";
        /// An alternative name gives the code of another country than the name (Doc 9303-12 §7.1.1.2).
        AlternativeNameCountry = 373, "alternative_name_country";
        /// An alternative name gives no mail, host or other address (Doc 9303-12 §7.1.1.2).
        AlternativeNameWithoutContact = 374, "alternative_name_without_contact";
        /// The document type list is empty, or names a code twice (Doc 9303-12 §7.1.1.6).
        DocumentTypesRepeated = 375, "document_types_repeated";

        /// A chip names SHA-1 in the long trailer of its answer, where the short one belongs (Doc 9303-11 §6.1.2).
        ChipTrailer = 400, "chip_trailer";
        /// DG14 does not say by which algorithm the chip answers, although its key is on a curve (Doc 9303-11 §6.1.4).
        ChipAlgorithmNotNamed = 401, "chip_algorithm_not_named";
        /// A chip gives the two numbers of its answer as a DER sequence and not side by side (Doc 9303-11 §6.1.2.2).
        ChipSignatureDer = 402, "chip_signature_der";
        /// What a chip signed is an octet shorter than the modulus of its key (ISO/IEC 9796-2 §B.4).
        ChipRepresentativeShort = 403, "chip_representative_short";

        /// Text stands before the beginning of the payload.
        LeadingText = 420, "leading_text";
        /// Something follows the end of the payload.
        TrailingText = 421, "trailing_text";
        /// The value of a field is not of the kind that the field holds; it is kept as it stands.
        FieldMalformed = 422, "field_malformed";
        /// A field that must be there is missing or empty.
        FieldMissing = 423, "field_missing";
        /// A field stands twice; the first one counts.
        FieldRepeated = 424, "field_repeated";
        /// A field is longer or shorter than it may be.
        FieldLength = 425, "field_length";
        /// A field belongs to another version of the format.
        FieldOfOtherVersion = 426, "field_of_other_version";
        /// A field is not known to the format.
        FieldUnknown = 427, "field_unknown";
        /// A date does not exist.
        DateImpossible = 428, "date_impossible";
        /// A code is none of those that the field may hold.
        CodeUnknown = 429, "code_unknown";
        /// A character stands where the format has no place for it.
        CharacterForeign = 430, "character_foreign";
        /// Binary content was handed over as text: each byte as one character of ISO 8859-1, written in UTF-8.
        BytesAsText = 431, "bytes_as_text";
        /// Binary content was handed over as hexadecimal text.
        BytesAsHexadecimal = 432, "bytes_as_hexadecimal";
        /// The payload ends before it is complete.
        CutShort = 433, "cut_short";
        /// The payload is of a version that is newer than any known; it was read as the newest known.
        VersionNewer = 434, "version_newer";

        /// The file header of a licence is damaged; it was read by the marks around it.
        HeaderRepaired = 440, "header_repaired";
        /// Lines are separated by other characters than the standard's.
        SeparatorOther = 441, "separator_other";
        /// Control characters stand between the characters; they were passed over.
        CharactersInserted = 442, "characters_inserted";
        /// A subfile does not stand where the header says.
        SubfileOffset = 443, "subfile_offset";
        /// A subfile is not as long as the header says.
        SubfileLength = 444, "subfile_length";
        /// A subfile that the header names is not there.
        SubfileMissing = 445, "subfile_missing";
        /// A date is written in the order of another country or version.
        DateOrder = 446, "date_order";
        /// The issuer identification number is in no list.
        IssuerUnknown = 447, "issuer_unknown";
        /// The terminator became a letter in the hands of the reader.
        TerminatorAsLetter = 448, "terminator_as_letter";
        /// A social security number was there, and is not kept.
        Withheld = 449, "withheld";
        /// The sentinel of a magnetic track is missing.
        SentinelMissing = 450, "sentinel_missing";

        /// The size of a variable part disagrees with what follows; it was found by the shape of what comes next.
        SizeWrong = 455, "size_wrong";
        /// The mark at the beginning of a part is another one or missing.
        MarkOther = 456, "mark_other";
        /// Fewer legs are there than the pass declares.
        LegsMissing = 457, "legs_missing";
        /// A number is not filled with zeros on its left.
        NumberNotFilled = 458, "number_not_filled";
        /// A field begins one place early, inside the one before it.
        FieldShifted = 459, "field_shifted";

        /// A seal of one version has the header of the other.
        SealVersion = 470, "seal_version";
        /// The length of the certificate reference is decimal where it must be hexadecimal, or the other way round.
        ReferenceLength = 471, "reference_length";
        /// A required feature of this document type is missing.
        FeatureMissing = 472, "feature_missing";
        /// A length takes more bytes than it needs.
        FeatureLengthForm = 473, "feature_length_form";
        /// C40 text holds a value that it cannot have.
        C40Malformed = 474, "c40_malformed";
        /// The document type is in no list.
        DocumentTypeUnknown = 475, "document_type_unknown";
        /// The seal has no signature.
        Unsigned = 476, "unsigned";
        /// Padding or alphabet of base32 or base64 is another one.
        ArmourForm = 477, "armour_form";
        /// The header announces something else than follows.
        HeaderContradicts = 478, "header_contradicts";
        /// The prefix is the one of an earlier draft.
        PrefixOld = 479, "prefix_old";
    }
}

/// One deviation, and where it was met first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Found {
    /// In what way.
    pub deviation: Deviation,
    /// In which part.
    pub part: Part,
    /// How far into the part it was met first, in bytes.
    pub offset: usize,
    /// How often it was met in the part.
    pub count: u32,
}

/// Everything that was tolerated while something was read, in the order in which it was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deviations {
    found: Vec<Found>,
    dropped: bool,
}

impl Deviations {
    /// How many different entries are kept; every further one sets [`Deviations::is_truncated`].
    pub const CAPACITY: usize = 128;

    /// Nothing was met.
    #[must_use]
    pub const fn new() -> Self {
        Self { found: Vec::new(), dropped: false }
    }

    /// Notes that `deviation` was met in `part` at `offset`.
    pub fn note(&mut self, deviation: Deviation, part: Part, offset: usize) {
        self.add(Found { deviation, part, offset, count: 1 });
    }

    /// Notes everything that `other` holds.
    pub fn absorb(&mut self, other: &Self) {
        other.found.iter().for_each(|found| self.add(*found));
        self.dropped |= other.dropped;
    }

    /// Notes an entry; the same deviation in the same part is counted.
    pub fn add(&mut self, new: Found) {
        let same = |old: &&mut Found| (old.deviation, old.part) == (new.deviation, new.part);
        if let Some(old) = self.found.iter_mut().find(same) {
            old.count = old.count.saturating_add(new.count);
        } else if self.found.len() < Self::CAPACITY {
            self.found.push(new);
        } else {
            self.dropped = true;
        }
    }

    /// Every entry, in the order in which it was met first.
    pub fn iter(&self) -> impl Iterator<Item = &Found> {
        self.found.iter()
    }

    /// Whether `deviation` was met anywhere.
    #[must_use]
    pub fn contains(&self, deviation: Deviation) -> bool {
        self.found.iter().any(|found| found.deviation == deviation)
    }

    /// Whether nothing was met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether more was met than could be kept.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_deviation_in_the_same_part_is_counted_and_keeps_its_first_place() {
        let mut seen = Deviations::new();
        for offset in [7, 9, 11] {
            seen.note(Deviation::LongLength, Part::Input, offset);
        }
        seen.note(Deviation::LongLength, Part::Call, 1);
        let entries: Vec<_> = seen.iter().map(|f| (f.part, f.offset, f.count)).collect();
        assert_eq!(entries, [(Part::Input, 7, 3), (Part::Call, 1, 1)]);
    }

    #[test]
    fn the_number_of_entries_has_a_ceiling_and_says_when_it_was_reached() {
        let mut seen = Deviations::new();
        for line in 0..=u8::MAX {
            seen.note(Deviation::LongTag, Part::Mrz(line), 0);
        }
        assert_eq!(seen.iter().count(), Deviations::CAPACITY);
        assert!(seen.is_truncated());
    }
}
