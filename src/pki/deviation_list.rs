//! Deviation lists (Doc 9303-12 §10): in which of its own documents an issuer knows a defect, signed by the issuer.
//!
//! ```text
//! DeviationList ::= SEQUENCE { version, digestAlgorithm AlgorithmIdentifier OPTIONAL,
//!   SET OF SEQUENCE { documents, SET OF SEQUENCE { description OPTIONAL, deviationType OBJECT IDENTIFIER, [0] parameters, [1] … } } }
//! documents ::= SEQUENCE { [0] documentType, [1] issuerAndSerial | [2] keyIdentifier | [3] digest of the signer,
//!   [4] { first, last } issuingDate, [5] SET OF document number }
//! ```
//!
//! Everything that an entry says of its documents has to hold together, and what it leaves out is said of all. A list counts
//! for the documents of its own country alone, after an anchor of that country has verified its signer.
//!
//! A defect of this list explains a failure; it proves nothing. Whether a failure that it explains is taken for less is
//! for a policy, and a wrong hash is never explained by an entry that does not say which documents it means by their numbers
//! or days of issue: such an entry would open every document of a signer.
//!
//! Hostile input could bring very many entries (a ceiling), a kind that nobody knows (it explains nothing), or a list signed
//! by somebody else (it never counts).

use super::anchor::Purposes;
use super::certificate::Certificate;
use super::extension::DEVIATION_LIST_SIGNER;
use super::name::Name;
use super::signed::{certificates, signer_certificate, verify_signer};
use super::trust::TrustStore;
use crate::asn1::{AlgorithmIdentifier, Oid, Profile, Reader, Tag, Tlv, oid};
use crate::cms::SignedData;
use crate::country::Code;
use crate::crypto::{HashAlgorithm, sha256};
use crate::date::{Date, Time};
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};
use core::fmt;

/// The content type of a deviation list (Doc 9303-12 §10.2).
pub const DEVIATION_LIST: Oid<'static> = oid!(2, 23, 136, 1, 1, 7);

/// How many entries one list may have, and how many numbers one entry.
pub const MAX_DEVIATIONS: usize = 1 << 14;

/// The largest list that is read, in bytes.
const MAX_LIST: usize = 1 << 24;

/// What is wrong with some documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListedDefect {
    /// The signature over the document signer's certificate.
    SignerSignature,
    /// The encoding of a document signer's certificate.
    SignerEncoding,
    /// The encoding of the authority's certificate.
    AuthorityEncoding,
    /// The private key for active authentication is known to others.
    ActiveAuthenticationKey,
    /// A data group is malformed.
    DataGroupMalformed(u8),
    /// The hash of a data group in the security object is wrong.
    DataGroupHash(u8),
    /// The signature of the security object is wrong.
    SecurityObjectSignature,
    /// EF.COM and the security object disagree.
    ComInconsistent,
    /// A field of the zone holds wrong data; 0 stands for any.
    ZoneData(u8),
    /// A check digit of the zone is wrong; 0 stands for any.
    ZoneCheckDigit(u8),
    /// Another one, which explains no check.
    Other,
}

/// How an entry names a document signer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SignerReference {
    IssuerAndSerial { issuer: Box<[u8]>, serial: Box<[u8]> },
    KeyIdentifier(Box<[u8]>),
    Digest(Box<[u8]>),
}

/// One entry: which documents, and what is wrong with them.
#[derive(Clone, PartialEq, Eq, Default)]
struct Entry {
    document_type: Option<String>,
    signer: Option<SignerReference>,
    issued: Option<(Time, Time)>,
    numbers: Vec<String>,
    defects: Vec<ListedDefect>,
}

/// What is known of a document when it is looked for on a list.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFacts<'a> {
    /// Its signer's certificate.
    pub signer: &'a Certificate,
    /// The document code of its zone.
    pub document_type: Option<&'a str>,
    /// The day of issue.
    pub issued: Option<Date>,
    /// Its number.
    pub number: Option<&'a str>,
}

/// A deviation list.
#[derive(Clone, PartialEq, Eq)]
pub struct DeviationList {
    digest: Option<HashAlgorithm>,
    entries: Vec<Entry>,
}

/// A list that an anchor has verified.
#[derive(Debug, Clone)]
pub struct KeptDeviationList {
    /// The list.
    pub list: DeviationList,
    /// The file as received.
    pub bytes: Box<[u8]>,
    /// The country for which it speaks.
    pub country: Code,
    /// When its signer says it signed.
    pub signing_time: Option<Time>,
    /// Who brought it.
    pub vouched_by: String,
}

impl fmt::Debug for DeviationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviationList({})", self.entries.len())
    }
}

impl DeviationList {
    /// The list that is the content of `signed`.
    ///
    /// # Errors
    /// `TrustContentType` if something else is signed, `BudgetExceeded` beyond [`MAX_DEVIATIONS`], those of the reader.
    pub fn of_signed(signed: &SignedData<'_>, seen: &mut Deviations) -> Result<Self> {
        let wrong = Error::new(ErrorKind::TrustContentType, Part::DeviationList, 0);
        let content = signed.content.as_ref().filter(|_| signed.content_type == DEVIATION_LIST).ok_or(wrong)?;
        let mut outer = Reader::at(&content.octets, Part::DeviationList, Profile::Ber, content.offset);
        let mut fields = outer.sequence(seen)?;
        fields.integer(seen)?;
        let digest = match fields.peek() {
            Some(Tag::SEQUENCE) => HashAlgorithm::from_oid(AlgorithmIdentifier::read(&mut fields, seen)?.oid),
            _ => None,
        };
        let mut set = fields.set(seen)?;
        let mut entries = Vec::new();
        while let Some(tlv) = set.next(seen)? {
            if entries.len() == MAX_DEVIATIONS {
                return Err(tlv.error(ErrorKind::BudgetExceeded));
            }
            entries.push(Entry::read(&tlv, seen)?);
        }
        Ok(Self { digest, entries })
    }

    /// How many entries it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every defect that the list states of a document, and whether its entry names the documents by number or day of
    /// issue.
    #[must_use]
    pub fn of(&self, document: &DocumentFacts<'_>) -> Vec<(ListedDefect, bool)> {
        let meant = self.entries.iter().filter(|entry| entry.covers(document, self.digest));
        let defects = |entry: &Entry| {
            let ranged = !entry.numbers.is_empty() || entry.issued.is_some();
            entry.defects.iter().map(move |defect| (*defect, ranged)).collect::<Vec<_>>()
        };
        meant.flat_map(defects).collect()
    }
}

impl Entry {
    fn read(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Self> {
        let mut fields = tlv.children()?;
        let documents = fields.take(Tag::SEQUENCE, seen)?;
        let mut entry = Self::default();
        entry.read_documents(documents.children()?, seen)?;
        let mut descriptions = fields.set(seen)?;
        while !descriptions.is_empty() {
            let mut description = descriptions.sequence(seen)?;
            while description.peek().is_some_and(|tag| tag != Tag::OID) {
                description.read(seen)?;
            }
            let kind = description.oid(seen)?;
            let parameter = match description.optional_explicit(0, seen)? {
                Some(mut inner) if inner.peek() == Some(Tag::INTEGER) => inner.small_integer(seen).ok(),
                _ => None,
            };
            entry.defects.push(defect(kind, parameter.and_then(|number| u8::try_from(number).ok())));
            if entry.defects.len() > MAX_DEVIATIONS {
                return Err(tlv.error(ErrorKind::BudgetExceeded));
            }
        }
        Ok(entry)
    }

    fn read_documents(&mut self, mut fields: Reader<'_>, seen: &mut Deviations) -> Result<()> {
        while let Some(tlv) = fields.next(seen)? {
            match tlv.tag.number() {
                0 => self.document_type = Some(text(&tlv, seen)?),
                1 => self.signer = Some(issuer_and_serial(&tlv, seen)?),
                2 => self.signer = Some(SignerReference::KeyIdentifier(octets(&tlv, seen)?)),
                3 => self.signer = Some(SignerReference::Digest(octets(&tlv, seen)?)),
                4 => {
                    let mut range = unwrapped(&tlv, Tag::SEQUENCE, seen)?;
                    self.issued = Some((range.time(seen)?, range.time(seen)?));
                }
                5 => {
                    let mut numbers = unwrapped(&tlv, Tag::SET, seen)?;
                    while let Some(number) = numbers.next(seen)? {
                        if self.numbers.len() == MAX_DEVIATIONS {
                            return Err(number.error(ErrorKind::BudgetExceeded));
                        }
                        self.numbers.push(number.text(seen)?.trim_end_matches('<').to_owned());
                    }
                }
                // What is not known may narrow the documents down: such an entry must not cover more than it says.
                _ => return Err(tlv.error(ErrorKind::Asn1Tag)),
            }
        }
        Ok(())
    }

    /// Whether everything that the entry says of its documents holds. What is not known of the document does not hold.
    fn covers(&self, document: &DocumentFacts<'_>, digest: Option<HashAlgorithm>) -> bool {
        let kind = self.document_type.as_deref().is_none_or(|listed| {
            let listed = listed.trim_end_matches('<');
            document.document_type.is_some_and(|code| code.trim_end_matches('<') == listed)
        });
        let signer = self.signer.as_ref().is_none_or(|reference| reference.is(document.signer, digest));
        let issued = self
            .issued
            .is_none_or(|(first, last)| document.issued.is_some_and(|day| (first.date()..=last.date()).contains(&day)));
        let listed = |number: &str| self.numbers.iter().any(|one| one == number.trim_end_matches('<'));
        kind && signer && issued && (self.numbers.is_empty() || document.number.is_some_and(listed))
    }
}

impl SignerReference {
    fn is(&self, certificate: &Certificate, digest: Option<HashAlgorithm>) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => {
                certificate.serial() == &**serial && certificate.issuer().folded() == Name::new(issuer).folded()
            }
            Self::KeyIdentifier(identifier) => certificate.subject_key_identifier() == Some(&**identifier),
            Self::Digest(stated) => {
                let algorithm = digest.unwrap_or(HashAlgorithm::Sha256);
                algorithm.digest(certificate.as_bytes()).as_bytes() == &**stated
            }
        }
    }
}

/// The inside of a tagged structure, whether the tag stands in the place of its own or around it.
fn unwrapped<'a>(tlv: &Tlv<'a>, own: Tag, seen: &mut Deviations) -> Result<Reader<'a>> {
    let mut inside = tlv.children()?;
    let around = inside;
    match inside.take(own, &mut Deviations::new()) {
        Ok(inner) if inside.is_empty() => {
            let _ = seen;
            inner.children()
        }
        _ => Ok(around),
    }
}

fn text(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<String> {
    if tlv.tag.is_constructed() {
        return tlv.children()?.text(seen).map(|text| text.into_owned());
    }
    tlv.text_as(Tag::PRINTABLE_STRING, seen).map(|text| text.into_owned())
}

fn octets(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<Box<[u8]>> {
    if tlv.tag.is_constructed() {
        return tlv.children()?.octet_string(seen).map(|octets| octets.into_owned().into());
    }
    Ok(tlv.value.into())
}

fn issuer_and_serial(tlv: &Tlv<'_>, seen: &mut Deviations) -> Result<SignerReference> {
    let mut fields = unwrapped(tlv, Tag::SEQUENCE, seen)?;
    let issuer = fields.take(Tag::SEQUENCE, seen)?;
    Name::check(&issuer, seen)?;
    let serial = fields.integer(seen)?;
    Ok(SignerReference::IssuerAndSerial { issuer: issuer.raw.into(), serial: serial.octets().into() })
}

/// The kinds of Doc 9303-12 §10.3, by what they explain.
fn defect(kind: Oid<'_>, parameter: Option<u8>) -> ListedDefect {
    const SIGNER_SIGNATURE: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 1, 1);
    const SIGNER_ENCODING: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 1, 2);
    const AUTHORITY_ENCODING: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 1, 3);
    const AA_KEY: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 1, 4);
    const DG_MALFORMED: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 1);
    const DG_HASH: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 2);
    const SOD_SIGNATURE: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 3);
    const COM: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 4);
    const ZONE_DATA: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 3, 1);
    const ZONE_DIGIT: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 3, 2);
    match (kind, parameter) {
        (SIGNER_SIGNATURE, _) => ListedDefect::SignerSignature,
        (SIGNER_ENCODING, _) => ListedDefect::SignerEncoding,
        (AUTHORITY_ENCODING, _) => ListedDefect::AuthorityEncoding,
        (AA_KEY, _) => ListedDefect::ActiveAuthenticationKey,
        (DG_MALFORMED, Some(group @ 1..=16)) => ListedDefect::DataGroupMalformed(group),
        (DG_HASH, Some(group @ 1..=16)) => ListedDefect::DataGroupHash(group),
        (SOD_SIGNATURE, _) => ListedDefect::SecurityObjectSignature,
        (COM, _) => ListedDefect::ComInconsistent,
        (ZONE_DATA, field) => ListedDefect::ZoneData(field.unwrap_or(0)),
        (ZONE_DIGIT, field) => ListedDefect::ZoneCheckDigit(field.unwrap_or(0)),
        _ => ListedDefect::Other,
    }
}

impl TrustStore {
    /// Takes a deviation list in, once an anchor of its country that vouches for deviation lists has verified all of its
    /// signers. A list that is older than the one at hand is dropped. Answers whether it was kept.
    ///
    /// # Errors
    /// `TrustListSignature` if it does not verify, and those of [`DeviationList::of_signed`].
    pub fn import_deviation_list(&mut self, bytes: &[u8], vouched_by: &str, seen: &mut Deviations) -> Result<bool> {
        if bytes.len() > MAX_LIST {
            return Err(Error::new(ErrorKind::TooLarge, Part::DeviationList, 0));
        }
        let signed = SignedData::read(bytes, Part::DeviationList, seen)?;
        let list = DeviationList::of_signed(&signed, seen)?;
        let (country, signing_time) = self.deviation_list_signer(&signed, seen)?;
        let kept =
            KeptDeviationList { list, bytes: bytes.into(), country, signing_time, vouched_by: vouched_by.to_owned() };
        let Some(old) = self.deviation_lists.iter_mut().find(|old| old.country == country) else {
            self.deviation_lists.push(kept);
            return Ok(true);
        };
        let newer = kept.signing_time > old.signing_time;
        if newer {
            *old = kept;
        }
        Ok(newer)
    }

    /// The one country whose anchors vouch for every signer.
    fn deviation_list_signer(&self, signed: &SignedData<'_>, seen: &mut Deviations) -> Result<(Code, Option<Time>)> {
        let wrong = Error::new(ErrorKind::TrustListSignature, Part::DeviationList, 0);
        let along = certificates(signed, seen);
        let mut found: Option<(Code, Option<Time>)> = None;
        for signer in &signed.signers {
            let certificate = signer_certificate(signer, &along, seen).ok_or(wrong)?;
            let path = self.find_path(certificate, Purposes::DEVIATION_LIST).map_err(|_| wrong)?;
            let authorised = certificate.is_for(DEVIATION_LIST_SIGNER) && certificate.country() == Some(path.country);
            let verified = verify_signer(signed, signer, certificate, seen).is_ok();
            let signing_time = signer.attributes.as_ref().and_then(|attributes| attributes.signing_time);
            if signing_time.is_none() {
                seen.note(Deviation::CmsSigningTimeMissing, Part::DeviationList, 0);
            }
            if !authorised || !verified || found.is_some_and(|(country, _)| country != path.country) {
                return Err(wrong);
            }
            found = Some((path.country, signing_time));
        }
        found.ok_or(wrong)
    }

    /// The deviation lists that count, one a country.
    #[must_use]
    pub fn deviation_lists(&self) -> &[KeptDeviationList] {
        &self.deviation_lists
    }

    /// The deviation list of a country.
    #[must_use]
    pub fn deviation_list(&self, country: Code) -> Option<&KeptDeviationList> {
        self.deviation_lists.iter().find(|kept| kept.country == country)
    }
}

impl KeptDeviationList {
    /// The SHA-256 of the file.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        sha256(&self.bytes)
    }
}
