//! What Doc 9303-12 §7.1.1 asks of a certificate, compared with what it is.
//!
//! Tables 5 (fields) and 6 (extensions) by the role of the certificate, names (§7.1.1.1, §7.1.1.2) and keys
//! (§4.1.6). Everything that differs is noted as a deviation and nothing is refused: certificates of earlier
//! editions (Appendix C) are still in use, and what a deviation is worth is policy. Profiles of LDS2 and bar code
//! signers (§7.1.2, §7.1.3) ask for fewer extensions and are compared by their fields alone.

use super::certificate::Certificate;
use super::extension::{self as id, BasicConstraints, Extension, GeneralName, KeyUsage};
use super::name::{COMMON_NAME, COUNTRY, Name, allowed_string_types, country_code};
use crate::asn1::{AlgorithmIdentifier, Oid, Profile, Reader};
use crate::country::{self, Reading, Sameness, same_country};
use crate::crypto::{HashAlgorithm, SignatureAlgorithm};
use crate::deviation::{Deviation, Deviations};
use crate::error::Part;
use std::collections::BTreeSet;

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A country signing certificate signed with its own key.
    Root,
    /// A country signing certificate signed with an earlier key of the same authority.
    Link,
    /// Signs the security objects of documents.
    DocumentSigner,
    /// Signs master lists.
    MasterListSigner,
    /// Signs deviation lists.
    DeviationListSigner,
    /// Signs visible digital seals.
    BarCodeSigner,
}

impl Role {
    /// The role that the certificate itself claims. A list of authorities may hold one that does not say so.
    #[must_use]
    pub fn claimed(certificate: &Certificate) -> Self {
        if certificate.is_for(id::MASTER_LIST_SIGNER) {
            Self::MasterListSigner
        } else if certificate.is_for(id::DEVIATION_LIST_SIGNER) {
            Self::DeviationListSigner
        } else if certificate.is_for(id::BAR_CODE_SIGNER) {
            Self::BarCodeSigner
        } else if certificate.is_authority() {
            Self::authority(certificate)
        } else {
            Self::DocumentSigner
        }
    }

    /// Root or link, for the certificate of an authority.
    #[must_use]
    pub fn authority(certificate: &Certificate) -> Self {
        let other_key = certificate
            .authority_key_identifier()
            .zip(certificate.subject_key_identifier())
            .is_some_and(|(authority, subject)| authority != subject);
        if other_key || !certificate.is_self_issued() { Self::Link } else { Self::Root }
    }

    const fn is_authority(self) -> bool {
        matches!(self, Self::Root | Self::Link)
    }

    const fn is_list_signer(self) -> bool {
        matches!(self, Self::MasterListSigner | Self::DeviationListSigner)
    }
}

/// Whether an extension has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Mandatory,
    Optional,
    Forbidden,
}

/// Notes everything in which `certificate` differs from the profile of `role`.
pub fn examine(certificate: &Certificate, role: Role, seen: &mut Deviations) {
    let examination = Examination { certificate, role };
    examination.fields(seen);
    examination.algorithms(seen);
    examination.names(seen);
    if role != Role::BarCodeSigner {
        examination.extensions(seen);
    }
}

struct Examination<'a> {
    certificate: &'a Certificate,
    role: Role,
}

fn note(seen: &mut Deviations, deviation: Deviation, offset: usize) {
    seen.note(deviation, Part::Certificate, offset);
}

fn note_if(condition: bool, deviation: Deviation, seen: &mut Deviations) {
    if condition {
        note(seen, deviation, 0);
    }
}

impl Examination<'_> {
    /// Table 5, names aside.
    fn fields(&self, seen: &mut Deviations) {
        let certificate = self.certificate;
        let serial = certificate.serial();
        let negative = serial.first().is_some_and(|octet| *octet >= 0x80);
        let zero = serial.iter().all(|octet| *octet == 0);
        let rows = [
            (certificate.version() != 3, Deviation::CertificateVersion),
            (negative, Deviation::SerialNegative),
            (zero, Deviation::SerialZero),
            (serial.len() > 20, Deviation::SerialTooLong),
            (!certificate.algorithms_agree(), Deviation::SignatureAlgorithmsDiffer),
            (certificate.has_unique_identifier(), Deviation::UniqueIdentifier),
            (certificate.has_long_times(), Deviation::GeneralizedTimeBefore2050),
            (certificate.not_after() < certificate.not_before(), Deviation::ValidityReversed),
        ];
        for (condition, deviation) in rows {
            note_if(condition, deviation, seen);
        }
    }

    /// The algorithm of the signature and the key (§4.1.6).
    fn algorithms(&self, seen: &mut Deviations) {
        let (offset, identifier) = self.certificate.algorithm_identifier();
        let mut reader = Reader::at(identifier, Part::Certificate, Profile::Ber, offset);
        let read = AlgorithmIdentifier::read(&mut reader, &mut Deviations::new())
            .and_then(|identifier| SignatureAlgorithm::of(&identifier, None, seen));
        let weak = read.is_ok_and(|algorithm| algorithm.hash() == Some(HashAlgorithm::Sha1));
        note_if(weak, Deviation::WeakHash, seen);
        self.certificate.read_public_key(seen);
    }

    fn names(&self, seen: &mut Deviations) {
        let [issuer, subject] = [self.certificate.issuer(), self.certificate.subject()];
        examine_name(issuer, seen);
        examine_name(subject, seen);
        let differ = issuer.country() != subject.country();
        note_if(differ, Deviation::CountriesDiffer, seen);
        let same = issuer.as_bytes() == subject.as_bytes();
        let in_case = !same && issuer.folded() == subject.folded();
        note_if(in_case, Deviation::NamesDifferInCase, seen);
    }

    /// Table 6.
    fn extensions(&self, seen: &mut Deviations) {
        let mut before: Vec<Oid<'_>> = Vec::new();
        for extension in self.certificate.extensions() {
            if before.contains(&extension.id) {
                note(seen, Deviation::ExtensionRepeated, extension.offset);
                continue;
            }
            before.push(extension.id);
            self.extension(&extension, seen);
        }
        note_if(before.is_empty(), Deviation::ExtensionsMissing, seen);
        for (id, missing) in MISSING {
            let mandatory = self.presence(id) == Presence::Mandatory;
            note_if(mandatory && !before.contains(&id), missing, seen);
        }
        self.alternative_names(seen);
    }

    /// Whether the role has this extension (Table 6); what the table does not know is optional.
    fn presence(&self, extension: Oid<'_>) -> Presence {
        use Presence::{Forbidden, Mandatory, Optional};
        let role = self.role;
        match extension {
            id::AUTHORITY_KEY_IDENTIFIER if role != Role::Root => Mandatory,
            id::SUBJECT_KEY_IDENTIFIER if role.is_authority() => Mandatory,
            id::KEY_USAGE
            | id::SUBJECT_ALTERNATIVE_NAME
            | id::ISSUER_ALTERNATIVE_NAME
            | id::CRL_DISTRIBUTION_POINTS => Mandatory,
            id::PRIVATE_KEY_USAGE_PERIOD if !role.is_list_signer() => Mandatory,
            id::BASIC_CONSTRAINTS if role.is_authority() => Mandatory,
            id::EXTENDED_KEY_USAGE if role.is_list_signer() => Mandatory,
            id::DOCUMENT_TYPES if role == Role::DocumentSigner => Mandatory,
            id::NAME_CHANGE if role.is_authority() => Optional,
            id::BASIC_CONSTRAINTS
            | id::EXTENDED_KEY_USAGE
            | id::DOCUMENT_TYPES
            | id::NAME_CHANGE
            | id::POLICY_MAPPINGS
            | id::POLICY_CONSTRAINTS
            | id::NAME_CONSTRAINTS
            | id::INHIBIT_ANY_POLICY
            | id::FRESHEST_CRL
            | id::SUBJECT_DIRECTORY_ATTRIBUTES => Forbidden,
            other if other.below(id::NETSCAPE).is_some() => Forbidden,
            _ => Optional,
        }
    }

    fn extension(&self, extension: &Extension<'_>, seen: &mut Deviations) {
        let at = extension.offset;
        let presence = self.presence(extension.id);
        if presence == Presence::Forbidden {
            note(seen, Deviation::ExtensionForbidden, at);
        } else {
            let critical = matches!(extension.id, id::KEY_USAGE | id::BASIC_CONSTRAINTS | id::EXTENDED_KEY_USAGE);
            if !is_known(extension.id) {
                if extension.critical {
                    note(seen, Deviation::ExtensionUnknownCritical, at);
                }
            } else if extension.critical != critical {
                note(seen, Deviation::ExtensionCriticality, at);
            }
        }
        if self.value(extension, seen).is_err() {
            note(seen, Deviation::ExtensionMalformed, at);
        }
    }

    /// What stands inside the extension.
    fn value(&self, extension: &Extension<'_>, seen: &mut Deviations) -> crate::error::Result<()> {
        match extension.id {
            id::SUBJECT_KEY_IDENTIFIER => {
                let _ = extension.key_identifier(seen);
            }
            id::AUTHORITY_KEY_IDENTIFIER => {
                let empty = extension.authority_key_identifier(seen)?.is_none();
                note_if(empty, Deviation::AuthorityKeyIdentifierMissing, seen);
            }
            id::KEY_USAGE => {
                let wrong = extension.key_usage(seen)? != self.key_usage();
                note_if(wrong, Deviation::KeyUsageBits, seen);
            }
            id::BASIC_CONSTRAINTS => self.basic_constraints(extension, seen)?,
            id::PRIVATE_KEY_USAGE_PERIOD => {
                let period = extension.private_key_usage_period(seen)?;
                let empty = period.not_before.is_none() && period.not_after.is_none();
                note_if(empty, Deviation::PrivateKeyUsagePeriodMissing, seen);
                let early = period.not_before.is_some_and(|from| from < self.certificate.not_before());
                let late = period.not_after.is_some_and(|until| until > self.certificate.not_after());
                note_if(early || late, Deviation::PrivateKeyUsagePeriodOutside, seen);
            }
            id::EXTENDED_KEY_USAGE => {
                extension.extended_key_usage(seen)?;
            }
            id::CRL_DISTRIBUTION_POINTS => {
                let known = ["ldap:", "ldaps:", "http:", "https:"];
                let other = |address: &&str| {
                    let address = address.to_ascii_lowercase();
                    !known.iter().any(|scheme| address.starts_with(scheme))
                };
                let points = extension.crl_distribution_points(seen)?;
                let wrong = points.is_empty() || points.iter().any(other);
                note_if(wrong, Deviation::CrlDistributionPointScheme, seen);
            }
            id::DOCUMENT_TYPES => {
                let types = extension.document_types(seen)?;
                let different: BTreeSet<_> = types.iter().collect();
                let repeated = different.len() < types.len();
                note_if(repeated || types.is_empty(), Deviation::DocumentTypesRepeated, seen);
            }
            _ => {}
        }
        Ok(())
    }

    const fn key_usage(&self) -> KeyUsage {
        if self.role.is_authority() { KeyUsage::AUTHORITY } else { KeyUsage::DIGITAL_SIGNATURE }
    }

    fn basic_constraints(&self, extension: &Extension<'_>, seen: &mut Deviations) -> crate::error::Result<()> {
        let mut default = Deviations::new();
        let BasicConstraints { authority, path_length } = extension.basic_constraints(&mut default)?;
        note_if(default.contains(Deviation::DefaultEncoded), Deviation::ExtensionDefaultEncoded, seen);
        if self.role.is_authority() {
            note_if(!authority, Deviation::NotMarkedAuthority, seen);
            note_if(path_length.is_none(), Deviation::PathLengthMissing, seen);
            let longer = path_length.is_some_and(|length| length != 0);
            note_if(longer, Deviation::PathLengthNotZero, seen);
        }
        Ok(())
    }

    /// Both alternative names give the code of the MRZ, and those of a root are the same (§7.1.1.2).
    fn alternative_names(&self, seen: &mut Deviations) {
        let kinds = [id::SUBJECT_ALTERNATIVE_NAME, id::ISSUER_ALTERNATIVE_NAME];
        let found = kinds.map(|kind| self.certificate.extension(kind));
        for extension in found.iter().flatten() {
            match extension.alternative_names(seen) {
                Ok(names) => {
                    let code = names.iter().find_map(GeneralName::mrz_code);
                    note_if(code.is_none(), Deviation::AlternativeNameWithoutCode, seen);
                    let contact = |name: &GeneralName<'_>| {
                        matches!(name, GeneralName::Mail(_) | GeneralName::Host(_) | GeneralName::Uri(_))
                    };
                    note_if(!names.iter().any(contact), Deviation::AlternativeNameWithoutContact, seen);
                    let whose = match extension.id {
                        id::ISSUER_ALTERNATIVE_NAME => self.certificate.issuer(),
                        _ => self.certificate.subject(),
                    };
                    let other = code.as_deref().and_then(country_code).and_then(|code| code.entry());
                    let own = whose.country().and_then(|code| code.entry());
                    let differ = same_country(other, own) == Sameness::Different;
                    note_if(differ, Deviation::AlternativeNameCountry, seen);
                }
                Err(_) => note(seen, Deviation::ExtensionMalformed, extension.offset),
            }
        }
        if let ([Some(subject), Some(issuer)], Role::Root) = (found, self.role) {
            let differ = subject.value != issuer.value;
            note_if(differ, Deviation::AlternativeNamesDiffer, seen);
        }
    }
}

/// What is noted when a mandatory extension is missing.
const MISSING: [(Oid<'static>, Deviation); 10] = [
    (id::AUTHORITY_KEY_IDENTIFIER, Deviation::AuthorityKeyIdentifierMissing),
    (id::SUBJECT_KEY_IDENTIFIER, Deviation::SubjectKeyIdentifierMissing),
    (id::KEY_USAGE, Deviation::KeyUsageMissing),
    (id::PRIVATE_KEY_USAGE_PERIOD, Deviation::PrivateKeyUsagePeriodMissing),
    (id::SUBJECT_ALTERNATIVE_NAME, Deviation::AlternativeNameMissing),
    (id::ISSUER_ALTERNATIVE_NAME, Deviation::AlternativeNameMissing),
    (id::BASIC_CONSTRAINTS, Deviation::BasicConstraintsMissing),
    (id::EXTENDED_KEY_USAGE, Deviation::ExtendedKeyUsageMissing),
    (id::CRL_DISTRIBUTION_POINTS, Deviation::CrlDistributionPointsMissing),
    (id::DOCUMENT_TYPES, Deviation::DocumentTypesMissing),
];

/// The clause from which a deviation of a certificate deviates.
#[must_use]
pub const fn clause(deviation: Deviation) -> &'static str {
    use Deviation as D;
    match deviation {
        D::AlgorithmParametersAbsent | D::PssHashDefaulted => "Doc 9303-12 §4.1.6.1",
        D::AlgorithmParametersPresent
        | D::NamedCurve
        | D::CurveCoefficientLength
        | D::CompressedPoint
        | D::CofactorMissing => "Doc 9303-12 §4.1.6.3",
        D::WeakHash => "Doc 9303-12 §4.1.6.4",
        D::CountryMissing | D::CountryLength | D::CountryUnknown | D::CountryRepeated | D::CommonNameMissing => {
            "Doc 9303-12 §7.1.1.1"
        }
        D::AlternativeNameMissing
        | D::AlternativeNameWithoutCode
        | D::AlternativeNamesDiffer
        | D::AlternativeNameCountry
        | D::AlternativeNameWithoutContact => "Doc 9303-12 §7.1.1.2",
        D::ExtendedKeyUsageMissing => "Doc 9303-12 §7.1.1.3",
        D::CrlDistributionPointsMissing => "Doc 9303-12 §7.1.1.4",
        D::DocumentTypesMissing | D::DocumentTypesRepeated => "Doc 9303-12 §7.1.1.6",
        D::ValidityReversed => "RFC 5280 §4.1.2.5",
        D::NamesDifferInCase => "RFC 5280 §7.1",
        D::ExtensionRepeated | D::ExtensionUnknownCritical => "RFC 5280 §4.2",
        D::SubjectKeyIdentifierBare => "RFC 5280 §4.2.1.2",
        D::PssKeyUsedOtherwise => "RFC 4055 §1.2",
        D::AlgorithmIsKeyType => "RFC 5753 §2.1.1",
        _ => other_clause(deviation),
    }
}

/// Whole blocks of deviations: encodings, and everything else in a certificate.
const fn other_clause(deviation: Deviation) -> &'static str {
    match deviation.number() {
        0..100 => "Doc 9303-12 §7.1 (DER)",
        100..200 => "Doc 9303-10",
        200..300 => "RFC 5652",
        300..340 => "Doc 9303-12 §7.1.1 table 5",
        364..372 => "Doc 9303-12 §7.1.4",
        _ => "Doc 9303-12 §7.1.1 table 6",
    }
}

fn is_known(extension: Oid<'_>) -> bool {
    extension == id::NAME_CHANGE
        || extension == id::CERTIFICATE_POLICIES
        || MISSING.iter().any(|(known, _)| *known == extension)
}

/// Country, common name and string types of one name (§7.1.1, §7.1.1.1).
fn examine_name(name: Name<'_>, seen: &mut Deviations) {
    let mut countries = 0;
    let mut common = false;
    for attribute in name.attributes() {
        let at = attribute.value.offset();
        if !allowed_string_types(attribute.kind).contains(&attribute.value.tag) {
            note(seen, Deviation::NameStringType, at);
        }
        common |= attribute.kind == COMMON_NAME;
        if attribute.kind == COUNTRY {
            countries += 1;
            if let Some(deviation) = country_deviation(&attribute.text()) {
                note(seen, deviation, at);
            }
        }
    }
    note_if(!common, Deviation::CommonNameMissing, seen);
    note_if(countries == 0, Deviation::CountryMissing, seen);
    note_if(countries > 1, Deviation::CountryRepeated, seen);
}

fn country_deviation(text: &str) -> Option<Deviation> {
    let two = text.len() == 2;
    match country::read_certificate_country(text) {
        Reading::Deviating(_, country::Deviation::LowerCase) => Some(Deviation::CountryLowerCase),
        _ if !two => Some(Deviation::CountryLength),
        Reading::Known(_) => None,
        _ if text.bytes().any(|byte| byte.is_ascii_lowercase()) => Some(Deviation::CountryLowerCase),
        _ => Some(Deviation::CountryUnknown),
    }
}
