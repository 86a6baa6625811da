//! The extensions of certificates that passports use, typed (RFC 5280 §4.2, Doc 9303-12 §7.1.1 table 6).
//!
//! Each function reads the value of one extension, the octets inside its OCTET STRING. A value that cannot be read
//! is for the caller to treat as absent and to report; nothing here guesses.

use super::name::{LOCALITY, Name};
use crate::asn1::{BitString, Oid, Profile, Reader, Tag, Tlv, oid};
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part, Result};

/// `subjectDirectoryAttributes`.
pub const SUBJECT_DIRECTORY_ATTRIBUTES: Oid<'static> = oid!(2, 5, 29, 9);
/// `subjectKeyIdentifier`.
pub const SUBJECT_KEY_IDENTIFIER: Oid<'static> = oid!(2, 5, 29, 14);
/// `keyUsage`.
pub const KEY_USAGE: Oid<'static> = oid!(2, 5, 29, 15);
/// `privateKeyUsagePeriod`.
pub const PRIVATE_KEY_USAGE_PERIOD: Oid<'static> = oid!(2, 5, 29, 16);
/// `subjectAltName`.
pub const SUBJECT_ALTERNATIVE_NAME: Oid<'static> = oid!(2, 5, 29, 17);
/// `issuerAltName`.
pub const ISSUER_ALTERNATIVE_NAME: Oid<'static> = oid!(2, 5, 29, 18);
/// `basicConstraints`.
pub const BASIC_CONSTRAINTS: Oid<'static> = oid!(2, 5, 29, 19);
/// `nameConstraints`.
pub const NAME_CONSTRAINTS: Oid<'static> = oid!(2, 5, 29, 30);
/// `cRLDistributionPoints`.
pub const CRL_DISTRIBUTION_POINTS: Oid<'static> = oid!(2, 5, 29, 31);
/// `certificatePolicies`.
pub const CERTIFICATE_POLICIES: Oid<'static> = oid!(2, 5, 29, 32);
/// `policyMappings`.
pub const POLICY_MAPPINGS: Oid<'static> = oid!(2, 5, 29, 33);
/// `authorityKeyIdentifier`.
pub const AUTHORITY_KEY_IDENTIFIER: Oid<'static> = oid!(2, 5, 29, 35);
/// `policyConstraints`.
pub const POLICY_CONSTRAINTS: Oid<'static> = oid!(2, 5, 29, 36);
/// `extKeyUsage`.
pub const EXTENDED_KEY_USAGE: Oid<'static> = oid!(2, 5, 29, 37);
/// `freshestCRL`.
pub const FRESHEST_CRL: Oid<'static> = oid!(2, 5, 29, 46);
/// `inhibitAnyPolicy`.
pub const INHIBIT_ANY_POLICY: Oid<'static> = oid!(2, 5, 29, 54);
/// `nameChange` (Doc 9303-12 §7.1.1.5).
pub const NAME_CHANGE: Oid<'static> = oid!(2, 23, 136, 1, 1, 6, 1);
/// `documentTypeList` (Doc 9303-12 §7.1.1.6).
pub const DOCUMENT_TYPES: Oid<'static> = oid!(2, 23, 136, 1, 1, 6, 2);
/// Netscape's `cert-type` and its kin stand below this arc.
pub const NETSCAPE: Oid<'static> = oid!(2, 16, 840, 1, 113730, 1);

/// Extended key usage of a master list signer (Doc 9303-12 §7.1.1.3).
pub const MASTER_LIST_SIGNER: Oid<'static> = oid!(2, 23, 136, 1, 1, 3);
/// Extended key usage of a deviation list signer (Doc 9303-12 §7.1.1.3).
pub const DEVIATION_LIST_SIGNER: Oid<'static> = oid!(2, 23, 136, 1, 1, 8);
/// Extended key usage of a bar code signer (Doc 9303-12 §7.1.3).
pub const BAR_CODE_SIGNER: Oid<'static> = oid!(2, 23, 136, 1, 1, 11, 1);

/// One extension as it stands in a certificate.
#[derive(Debug, Clone, Copy)]
pub struct Extension<'a> {
    /// Which one.
    pub id: Oid<'a>,
    /// Whether it must be understood.
    pub critical: bool,
    /// The octets inside the OCTET STRING.
    pub value: &'a [u8],
    /// Where the value begins in the certificate, in bytes.
    pub offset: usize,
}

impl<'a> Extension<'a> {
    /// Takes one extension. `SEQUENCE { OID, critical BOOLEAN DEFAULT FALSE, value OCTET STRING }`
    ///
    /// # Errors
    /// Those of the reader.
    pub fn read(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut fields = reader.sequence(seen)?;
        let id = fields.oid(seen)?;
        let critical = match fields.optional(Tag::BOOLEAN, seen)? {
            Some(tlv) => {
                let critical = tlv.boolean(seen)?;
                if !critical {
                    seen.note(Deviation::DefaultEncoded, tlv.part(), tlv.offset());
                }
                critical
            }
            None => false,
        };
        let value = fields.take(Tag::OCTET_STRING, seen)?;
        Ok(Self { id, critical, value: value.value, offset: value.offset() + value.header })
    }

    /// A reader over the value.
    fn reader(&self) -> Reader<'a> {
        Reader::at(self.value, Part::Certificate, Profile::Ber, self.offset)
    }

    /// The subject key identifier. Without its OCTET STRING the whole value is taken, and noted.
    #[must_use]
    pub fn key_identifier(&self, seen: &mut Deviations) -> &'a [u8] {
        let mut ignored = Deviations::new();
        match self.reader().take(Tag::OCTET_STRING, &mut ignored) {
            Ok(inner) if inner.raw.len() == self.value.len() => inner.value,
            _ => {
                let deviation = Deviation::SubjectKeyIdentifierBare;
                seen.note(deviation, Part::Certificate, self.offset);
                self.value
            }
        }
    }

    /// The key identifier inside an authority key identifier, if it has one.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn authority_key_identifier(&self, seen: &mut Deviations) -> Result<Option<Tlv<'a>>> {
        self.reader().sequence(seen)?.optional(Tag::context(0), seen)
    }

    /// The key usage.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn key_usage(&self, seen: &mut Deviations) -> Result<KeyUsage> {
        self.reader().bit_string(seen).map(|bits| KeyUsage::of(&bits))
    }

    /// The basic constraints.
    ///
    /// # Errors
    /// Those of the reader; `Asn1Range` for a path length that is none.
    pub fn basic_constraints(&self, seen: &mut Deviations) -> Result<BasicConstraints> {
        let mut fields = self.reader().sequence(seen)?;
        let authority = match fields.optional(Tag::BOOLEAN, seen)? {
            Some(tlv) => {
                let authority = tlv.boolean(seen)?;
                if !authority {
                    seen.note(Deviation::DefaultEncoded, tlv.part(), tlv.offset());
                }
                authority
            }
            None => false,
        };
        let path_length = match fields.peek() {
            Some(Tag::INTEGER) => Some(fields.small_integer(seen)?),
            _ => None,
        };
        Ok(BasicConstraints { authority, path_length })
    }

    /// The time during which the private key may sign. Both bounds are `[0]` and `[1]` GeneralizedTime.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn private_key_usage_period(&self, seen: &mut Deviations) -> Result<UsagePeriod> {
        let mut fields = self.reader().sequence(seen)?;
        let mut bound = |number| match fields.optional(Tag::context(number), seen)? {
            Some(tlv) => tlv.generalized_time(seen).map(Some),
            None => Ok(None),
        };
        Ok(UsagePeriod { not_before: bound(0)?, not_after: bound(1)? })
    }

    /// Every use of an extended key usage.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn extended_key_usage(&self, seen: &mut Deviations) -> Result<Vec<Oid<'a>>> {
        let mut uses = self.reader().sequence(seen)?;
        let mut out = Vec::new();
        while !uses.is_empty() {
            out.push(uses.oid(seen)?);
        }
        Ok(out)
    }

    /// The names of an alternative name.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn alternative_names(&self, seen: &mut Deviations) -> Result<Vec<GeneralName<'a>>> {
        let mut names = self.reader().sequence(seen)?;
        let mut out = Vec::new();
        while let Some(tlv) = names.next(seen)? {
            out.push(GeneralName::read(&tlv, seen)?);
        }
        Ok(out)
    }

    /// The addresses of all CRL distribution points.
    ///
    /// ```text
    /// SEQUENCE OF SEQUENCE { [0] { [0] GeneralNames | [1] relative name }, [1] reasons, [2] issuer }
    /// ```
    ///
    /// # Errors
    /// Those of the reader.
    pub fn crl_distribution_points(&self, seen: &mut Deviations) -> Result<Vec<&'a str>> {
        let mut points = self.reader().sequence(seen)?;
        let mut out = Vec::new();
        while !points.is_empty() {
            let mut point = points.sequence(seen)?;
            let Some(mut name) = point.optional_explicit(0, seen)? else {
                continue;
            };
            let Some(mut full) = name.optional_explicit(0, seen)? else {
                continue;
            };
            while let Some(tlv) = full.next(seen)? {
                if let GeneralName::Uri(address) = GeneralName::read(&tlv, seen)? {
                    out.push(address);
                }
            }
        }
        Ok(out)
    }

    /// The document codes that a document signer may sign for; one letter stands for every code that begins so
    /// (Doc 9303-12 §7.1.1.6). `SEQUENCE { version INTEGER, SET OF PrintableString }`
    ///
    /// # Errors
    /// Those of the reader; `Asn1Value` for a code that is not one or two characters of ASCII.
    pub fn document_types(&self, seen: &mut Deviations) -> Result<Vec<&'a str>> {
        let mut fields = self.reader().sequence(seen)?;
        fields.integer(seen)?;
        let mut types = fields.set(seen)?;
        let mut out = Vec::new();
        while let Some(tlv) = types.next(seen)? {
            tlv.text(seen)?;
            let code = ascii(&tlv)?;
            if !matches!(code.len(), 1 | 2) {
                return Err(tlv.error(ErrorKind::Asn1Value));
            }
            out.push(code);
        }
        Ok(out)
    }
}

fn ascii<'a>(tlv: &Tlv<'a>) -> Result<&'a str> {
    core::str::from_utf8(tlv.value).ok().filter(|text| text.is_ascii()).ok_or(tlv.error(ErrorKind::Asn1Value))
}

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Signatures over documents and lists.
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    /// Signatures over certificates.
    pub const CERTIFICATE_SIGN: Self = Self(1 << 5);
    /// Signatures over revocation lists.
    pub const CRL_SIGN: Self = Self(1 << 6);
    /// What an authority has: certificates and revocation lists.
    pub const AUTHORITY: Self = Self(1 << 5 | 1 << 6);

    /// The nine named bits, bit 0 the least significant here.
    fn of(bits: &BitString<'_>) -> Self {
        let set = (0..9).filter(|index| bits.bit(*index));
        Self(set.fold(0, |all, index| all | 1 << index))
    }

    /// Whether every use of `other` is allowed.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Whether a certificate belongs to an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasicConstraints {
    /// The subject may issue certificates.
    pub authority: bool,
    /// How many authorities may follow; Doc 9303-12 asks for zero.
    pub path_length: Option<u64>,
}

/// When a private key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsagePeriod {
    /// From then on, if stated.
    pub not_before: Option<Time>,
    /// Until then, if stated.
    pub not_after: Option<Time>,
}

/// One of the names of an alternative name (RFC 5280 §4.2.1.6).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum GeneralName<'a> {
    /// `[1]`: a mail address.
    Mail(&'a str),
    /// `[2]`: a host name.
    Host(&'a str),
    /// `[4]`: a directory name.
    Directory(Name<'a>),
    /// `[6]`: an address of a resource.
    Uri(&'a str),
    /// Any other kind.
    Other,
}

impl<'a> GeneralName<'a> {
    fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        const MAIL: Tag = Tag::context(1);
        const HOST: Tag = Tag::context(2);
        const DIRECTORY: Tag = Tag::context_constructed(4);
        const URI: Tag = Tag::context(6);
        Ok(match tlv.tag {
            MAIL => Self::Mail(ascii_or_empty(tlv, seen)),
            HOST => Self::Host(ascii_or_empty(tlv, seen)),
            URI => Self::Uri(ascii_or_empty(tlv, seen)),
            DIRECTORY => {
                let name = tlv.children()?.take(Tag::SEQUENCE, seen)?;
                Name::check(&name, seen)?;
                Self::Directory(Name::new(name.raw))
            }
            _ => Self::Other,
        })
    }

    /// The code of the MRZ that a directory name gives (Doc 9303-12 §7.1.1.2).
    #[must_use]
    pub fn mrz_code(&self) -> Option<String> {
        match self {
            Self::Directory(name) => name.first(LOCALITY).map(|text| text.trim().to_owned()),
            _ => None,
        }
    }
}

/// The text of an IA5String; other characters make it empty, and are noted.
fn ascii_or_empty<'a>(tlv: &Tlv<'a>, seen: &mut Deviations) -> &'a str {
    ascii(tlv).unwrap_or_else(|_| {
        seen.note(Deviation::StringCharacter, tlv.part(), tlv.offset());
        ""
    })
}
