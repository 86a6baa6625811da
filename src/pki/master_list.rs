//! Master lists (Doc 9303-12 §9): the country signing certificates that one State trusts.
//!
//! ```text
//! CscaMasterList ::= SEQUENCE { version INTEGER {v0(0)}, certList SET OF Certificate }
//! ```
//!
//! They come wrapped in CMS, signed by a master list signer, or bare. A certificate that cannot be read is kept as
//! an error beside the others. A master list gives no trust by itself; whoever imports it decides.
//!
//! Hostile input could bring very many certificates: their number has a ceiling, and each is copied once.

use super::certificate::Certificate;
use super::extension::MASTER_LIST_SIGNER;
use super::signed::{certificates, signer_certificate, verify_signer};
use crate::asn1::{Oid, Profile, Reader, Tag, oid};
use crate::cms::SignedData;
use crate::country::Code;
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, ErrorKind, Part, Result};

/// The content type of a master list (Doc 9303-12 §9.2).
pub const MASTER_LIST: Oid<'static> = oid!(2, 23, 136, 1, 1, 2);

/// How many certificates a list may hold.
pub const MAX_ENTRIES: usize = 1 << 14;

/// The largest list that is read, in bytes.
pub const MAX_LIST: usize = 1 << 26;

/// One certificate of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The certificate, or why it cannot be read, with the offset within the content of the list.
    pub certificate: Result<Certificate>,
    /// How its encoding deviates.
    pub deviations: Deviations,
}

/// A master list.
#[derive(Debug, Clone)]
pub struct MasterList<'a> {
    /// The signed structure around it; `None` for a bare list.
    pub signed: Option<SignedData<'a>>,
    /// The certificates in the order of the list.
    pub entries: Vec<Entry>,
}

/// Who signed a list, after that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSigner {
    /// The SHA-256 of the signer's certificate.
    pub fingerprint: [u8; 32],
    /// When the signer says it signed.
    pub signing_time: Option<Time>,
}

impl<'a> MasterList<'a> {
    /// Reads a list, wrapped or bare.
    ///
    /// # Errors
    /// `TrustContentType` if something else is signed, `TooLarge` beyond [`MAX_LIST`], `BudgetExceeded` beyond
    /// [`MAX_ENTRIES`], and those of the readers.
    pub fn read(bytes: &'a [u8], seen: &mut Deviations) -> Result<Self> {
        if bytes.len() > MAX_LIST {
            return Err(Error::new(ErrorKind::TooLarge, Part::MasterList, 0));
        }
        if is_bare(bytes) {
            let entries = entries(bytes, 0, seen)?;
            return Ok(Self { signed: None, entries });
        }
        Self::of_signed(SignedData::read(bytes, Part::MasterList, seen)?, seen)
    }

    /// The list that is the content of `signed`.
    ///
    /// # Errors
    /// As [`MasterList::read`].
    pub fn of_signed(signed: SignedData<'a>, seen: &mut Deviations) -> Result<Self> {
        let wrong = Error::new(ErrorKind::TrustContentType, Part::MasterList, 0);
        let content = signed.content.as_ref().ok_or(wrong)?;
        if signed.content_type != MASTER_LIST {
            return Err(wrong);
        }
        let entries = entries(&content.octets, content.offset, seen)?;
        Ok(Self { entries, signed: Some(signed) })
    }

    /// The country of whoever signed the list and when they say they did, as the list itself tells: nothing is verified.
    #[must_use]
    pub fn publisher(&self) -> (Option<Code>, Option<Time>) {
        let mut ignored = Deviations::new();
        let Some(signed) = &self.signed else {
            return (None, None);
        };
        let along = certificates(signed, &mut ignored);
        let Some(signer) = signed.signers.first() else {
            return (None, None);
        };
        let certificate = signer_certificate(signer, &along, &mut ignored);
        let signing_time = signer.attributes.as_ref().and_then(|attributes| attributes.signing_time);
        (certificate.and_then(Certificate::country), signing_time)
    }

    /// Verifies that every signer of the list signed it with the key of the certificate that came along. Whether that
    /// certificate is anybody's is not looked at.
    ///
    /// # Errors
    /// `TrustListSignature` for a bare list, one without signers, or a signature that is wrong or not supported.
    pub fn verify_signatures(&self, seen: &mut Deviations) -> Result<()> {
        let wrong = Error::new(ErrorKind::TrustListSignature, Part::MasterList, 0);
        let signed = self.signed.as_ref().filter(|signed| !signed.signers.is_empty()).ok_or(wrong)?;
        let along = certificates(signed, seen);
        for signer in &signed.signers {
            let certificate = signer_certificate(signer, &along, seen).ok_or(wrong)?;
            let _ = verify_signer(signed, signer, certificate, seen).map_err(|_| wrong)?;
        }
        Ok(())
    }

    /// Verifies that every signer of the list is a master list signer that `root` issued.
    ///
    /// # Errors
    /// `TrustListSignature` for a bare list, a list without signers, a signer without its certificate, a certificate
    /// that is not for master lists or not issued by `root`, and a signature that is wrong or not supported.
    pub fn verify(&self, root: &Certificate, seen: &mut Deviations) -> Result<ListSigner> {
        let wrong = Error::new(ErrorKind::TrustListSignature, Part::MasterList, 0);
        let signed = self.signed.as_ref().ok_or(wrong)?;
        let along = certificates(signed, seen);
        let mut found = None;
        for signer in &signed.signers {
            let certificate = signer_certificate(signer, &along, seen).ok_or(wrong)?;
            let authorised = certificate.is_for(MASTER_LIST_SIGNER)
                && certificate.verify_issued_by(root).is_ok()
                && certificate.issuer().country() == root.country();
            let verified = verify_signer(signed, signer, certificate, seen);
            if !authorised || verified.is_err() {
                return Err(wrong);
            }
            let signing_time = signer.attributes.as_ref().and_then(|a| a.signing_time);
            if signing_time.is_none() {
                seen.note(Deviation::CmsSigningTimeMissing, Part::MasterList, 0);
            }
            found = Some(ListSigner { fingerprint: certificate.fingerprint(), signing_time });
        }
        found.ok_or(wrong)
    }
}

/// Whether `bytes` begin like a bare list: a SEQUENCE whose first elements are a version and a SET.
fn is_bare(bytes: &[u8]) -> bool {
    let mut ignored = Deviations::new();
    let mut look = || {
        let mut list = Reader::new(bytes, Part::MasterList, Profile::Ber).sequence(&mut ignored)?;
        list.integer(&mut ignored)?;
        Ok(list.peek())
    };
    let next: Result<Option<Tag>> = look();
    next.is_ok_and(|tag| tag == Some(Tag::SET))
}

/// Takes the certificates out of a CscaMasterList that begins at `offset` of the file.
fn entries(list: &[u8], offset: usize, seen: &mut Deviations) -> Result<Vec<Entry>> {
    let mut outer = Reader::at(list, Part::MasterList, Profile::Ber, offset);
    let mut fields = outer.sequence(seen)?;
    outer.finish_tolerant(seen)?;
    fields.integer(seen)?;
    let mut set = fields.set(seen)?;
    fields.finish_tolerant(seen)?;
    let mut entries = Vec::new();
    while let Some(tlv) = set.next(seen)? {
        if entries.len() == MAX_ENTRIES {
            return Err(tlv.error(ErrorKind::BudgetExceeded));
        }
        let mut deviations = Deviations::new();
        let certificate =
            Certificate::parse(tlv.raw, &mut deviations).map_err(|error| error.nested(Part::MasterList, tlv.offset()));
        entries.push(Entry { certificate, deviations });
    }
    Ok(entries)
}
