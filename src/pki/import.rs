//! Bringing trust material into a store: single certificates and master lists, in DER or text armour.
//!
//! What a file holds is recognised by its content. On whose word it is believed is the caller's to say ([`Voucher`])
//! and stays with every anchor that comes of it:
//!
//! - A certificate alone becomes a local anchor for its own country, pinned if its SHA-256 was given.
//! - A signed master list is verified to a root if one was given; then a list that does not verify is refused whole.
//!   Without a root its signature is not looked at, and the caller vouches for the list.
//! - A bare list has no signature: the caller vouches.
//! - A deviation list has to be signed by a signer that an anchor of its country issued, which has to be there first.
//! - A revocation list is on nobody's word: an anchor of its country has to verify it, now or later
//!   ([`revocation`](super::revocation)).
//!
//! Entries that cannot be read are counted and named; the others are kept.

use super::anchor::{Anchor, Purposes, Source};
use super::armour;
use super::certificate::Certificate;
use super::crl::{self, RevocationList};
use super::deviation_list::DEVIATION_LIST;
use super::directory::DirectoryReport;
use super::ldif;
use super::master_list::{ListSigner, MasterList};
use super::profile::Role;
use super::record::ListRecord;
use super::revocation::ListFate;
use super::trust::{Added, NoPath, TrustStore, Validity};
use crate::cms::SignedData;
use crate::crypto::sha256;
use crate::date::Time;
use crate::deviation::Deviations;
use crate::error::{Error, ErrorKind, Part, Result};
use std::collections::BTreeSet;

/// On whose word, and how far, something is believed.
#[derive(Debug, Clone, Copy)]
pub struct Voucher<'a> {
    /// Who vouches: a name, an office, a file the operator named.
    pub vouched_by: &'a str,
    /// The SHA-256 that a single certificate must have.
    pub pin: Option<[u8; 32]>,
    /// The root that must have issued the signer of a master list.
    pub root: Option<&'a Certificate>,
    /// What the anchors will vouch for.
    pub purposes: Purposes,
    /// For tests and training.
    pub test: bool,
    /// Certificates issued later are not to be believed.
    pub distrust_after: Option<Time>,
}

impl<'a> Voucher<'a> {
    /// A word without pin or root, for what authorities vouch for.
    #[must_use]
    pub const fn new(vouched_by: &'a str) -> Self {
        Self { vouched_by, pin: None, root: None, purposes: Purposes::AUTHORITY, test: false, distrust_after: None }
    }
}

/// What a file of trust material is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One certificate.
    Certificate,
    /// Several certificates or revocation lists in text armour.
    Certificates,
    /// One revocation list.
    RevocationList,
    /// A master list in CMS.
    SignedList,
    /// A naked CscaMasterList.
    BareList,
    /// A file of the ICAO directory.
    Directory,
    /// A deviation list.
    DeviationList,
}

impl Kind {
    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Certificates => "certificates",
            Self::RevocationList => "revocation_list",
            Self::SignedList => "signed_master_list",
            Self::BareList => "bare_master_list",
            Self::Directory => "directory",
            Self::DeviationList => "deviation_list",
        }
    }
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What the file is.
    pub kind: Kind,
    /// The SHA-256 of the file.
    pub fingerprint: [u8; 32],
    /// Who signed the list, if that was verified to a root.
    pub signer: Option<ListSigner>,
    /// How many certificates it holds.
    pub certificates: usize,
    /// How many of them were not in the store before.
    pub added: usize,
    /// How many were there: sources put together.
    pub merged: usize,
    /// How many document signers of a directory were not known before.
    pub signers: usize,
    /// What became of each revocation list.
    pub revocation_lists: Vec<ListFate>,
    /// Why the others were left out.
    pub refused: Vec<Error>,
    /// How the file deviates, its certificates aside.
    pub deviations: Deviations,
}

/// One piece of a file, with how it deviates.
pub(super) enum Piece {
    Certificate(Certificate, Deviations),
    RevocationList(RevocationList, Deviations),
}

/// A file of trust material, read.
pub(super) enum Material<'a> {
    Pieces(Vec<Result<Piece>>),
    List(MasterList<'a>),
    DeviationList(&'a [u8]),
}

impl<'a> Material<'a> {
    /// Recognises and reads a file.
    ///
    /// # Errors
    /// `UnknownContent` if it is neither certificate nor list, and those of the readers.
    pub fn read(bytes: &'a [u8], seen: &mut Deviations) -> Result<Self> {
        if armour::is_armoured(bytes) {
            let blocks = armour::blocks(bytes)?;
            return Ok(Self::Pieces(blocks.iter().map(|block| piece(block)).collect()));
        }
        if crl::is_list(bytes) {
            return piece(bytes).map(|read| Self::Pieces(vec![Ok(read)]));
        }
        let mut of_list = Deviations::new();
        match MasterList::read(bytes, &mut of_list) {
            Ok(list) => {
                seen.absorb(&of_list);
                Ok(Self::List(list))
            }
            Err(error) if error.kind == ErrorKind::TrustContentType && is_deviation_list(bytes) => {
                Ok(Self::DeviationList(bytes))
            }
            Err(error) => match piece(bytes) {
                Ok(read) => Ok(Self::Pieces(vec![Ok(read)])),
                Err(_) if error.kind == ErrorKind::Asn1Tag => {
                    Err(Error::new(ErrorKind::UnknownContent, Part::Input, 0))
                }
                Err(_) => Err(error),
            },
        }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Pieces(read) => match read.as_slice() {
                [Ok(Piece::RevocationList(..))] => Kind::RevocationList,
                [_] => Kind::Certificate,
                _ => Kind::Certificates,
            },
            Self::List(list) if list.signed.is_some() => Kind::SignedList,
            Self::List(_) => Kind::BareList,
            Self::DeviationList(_) => Kind::DeviationList,
        }
    }
}

/// Whether signed content is a deviation list.
fn is_deviation_list(bytes: &[u8]) -> bool {
    let signed = SignedData::read(bytes, Part::DeviationList, &mut Deviations::new());
    signed.is_ok_and(|signed| signed.content_type == DEVIATION_LIST)
}

/// Reads a certificate or a revocation list.
pub(super) fn piece(bytes: &[u8]) -> Result<Piece> {
    let mut deviations = Deviations::new();
    if crl::is_list(bytes) {
        let list = RevocationList::parse(bytes, &mut deviations)?;
        return Ok(Piece::RevocationList(list, deviations));
    }
    let certificate = Certificate::parse(bytes, &mut deviations)?;
    Ok(Piece::Certificate(certificate, deviations))
}

impl TrustStore {
    /// Brings in a file on the word of `voucher`.
    ///
    /// # Errors
    /// `TrustPin` if the certificate is not the pinned one (or a pin was given for a list), `TrustListSignature` if a
    /// root was given and the list does not verify to it, `TrustCrlNumber` for a revocation list whose number goes back,
    /// `UnknownContent`, and those of the readers. Then nothing was added.
    pub fn import(&mut self, bytes: &[u8], voucher: &Voucher<'_>) -> Result<Imported> {
        if ldif::is_ldif(bytes) {
            let report = self.import_directory(bytes, voucher)?;
            return Ok(Imported::of_directory(report, sha256(bytes)));
        }
        let mut deviations = Deviations::new();
        let material = Material::read(bytes, &mut deviations)?;
        let mut imported = Imported::new(material.kind(), sha256(bytes), deviations);
        match material {
            Material::Pieces(read) => {
                check_pin(&read, voucher)?;
                let alone = read.len() == 1;
                for one in read {
                    self.import_piece(one, voucher, alone, &mut imported)?;
                }
            }
            Material::List(list) => self.import_list(list, imported.fingerprint, voucher, &mut imported)?,
            Material::DeviationList(bytes) => {
                self.import_deviation_list(bytes, voucher.vouched_by, &mut imported.deviations)?;
            }
        }
        if imported.added > 0 {
            self.settle();
        }
        Ok(imported)
    }

    fn import_piece(
        &mut self,
        piece: Result<Piece>,
        voucher: &Voucher<'_>,
        alone: bool,
        imported: &mut Imported,
    ) -> Result<()> {
        match piece {
            Ok(Piece::RevocationList(list, deviations)) => {
                imported.deviations.absorb(&deviations);
                let fate = self.add_revocation_list(list, voucher.vouched_by);
                imported.note_list(fate, alone)?;
            }
            Ok(Piece::Certificate(certificate, _)) if is_seal_signer(&certificate) => {
                imported.certificates += 1;
                match self.add_signer(certificate) {
                    Some(true) => imported.signers += 1,
                    Some(false) => imported.merged += 1,
                    None => imported.refused.push(Error::new(ErrorKind::BudgetExceeded, Part::Certificate, 0)),
                }
            }
            Ok(Piece::Certificate(certificate, _)) => {
                // Whoever is its own issuer and no authority may be an anchor and sign seals as well.
                if !certificate.is_authority() {
                    self.add_signer(certificate.clone());
                }
                self.keep(local(certificate, voucher), voucher, imported);
            }
            Err(error) => self.keep(Err(error), voucher, imported),
        }
        Ok(())
    }

    /// Takes one certificate as a local anchor.
    pub(super) fn import_local(
        &mut self,
        certificate: Certificate,
        voucher: &Voucher<'_>,
        imported: &mut Imported,
    ) -> Result<()> {
        let anchor = local(certificate, voucher)?;
        self.keep(Ok(anchor), voucher, imported);
        Ok(())
    }

    /// Takes the certificates of a master list whose SHA-256 is `fingerprint`.
    pub(super) fn import_list(
        &mut self,
        list: MasterList<'_>,
        fingerprint: [u8; 32],
        voucher: &Voucher<'_>,
        imported: &mut Imported,
    ) -> Result<()> {
        if voucher.pin.is_some() {
            return Err(Error::new(ErrorKind::TrustPin, Part::MasterList, 0));
        }
        let signer = match voucher.root {
            Some(root) => Some(list.verify(root, &mut imported.deviations)?),
            None => None,
        };
        let verified = signer.as_ref().map(|signer| signer.fingerprint);
        let vouched_by = voucher.vouched_by.to_owned();
        let source = Source::List { list: fingerprint, signer: verified, vouched_by: vouched_by.clone() };
        let (publisher, signing_time) = list.publisher();
        let mut holds = BTreeSet::new();
        for entry in list.entries {
            let anchor = entry.certificate.map(|certificate| Anchor::new(certificate, source.clone()));
            holds.extend(anchor.as_ref().ok().map(|anchor| anchor.fingerprint));
            self.keep(anchor, voucher, imported);
        }
        let certificates = u32::try_from(holds.len()).unwrap_or(u32::MAX);
        let record =
            ListRecord { list: fingerprint, publisher, signer: verified, signing_time, vouched_by, certificates };
        self.remember(record, &holds);
        imported.signer = signer.or(imported.signer.take());
        Ok(())
    }

    fn keep(&mut self, anchor: Result<Anchor>, voucher: &Voucher<'_>, imported: &mut Imported) {
        imported.certificates += 1;
        match anchor {
            Ok(mut anchor) => {
                anchor.purposes = voucher.purposes;
                anchor.test = voucher.test;
                anchor.distrust_after = voucher.distrust_after;
                match self.add(anchor) {
                    Added::New => imported.added += 1,
                    Added::Merged => imported.merged += 1,
                }
            }
            Err(error) => imported.refused.push(error),
        }
    }

    /// Takes a link certificate on the word of the anchor that signed it, and with that anchor's scope
    /// (Doc 9303-12 §6.1.1). Answers its SHA-256.
    ///
    /// # Errors
    /// The reason why no anchor vouches for it; `NotValidAtIssue` if the anchor was not valid when it signed the link; `Purpose` if it is not the certificate of an authority of that country.
    pub fn adopt_link(&mut self, certificate: Certificate) -> core::result::Result<[u8; 32], NoPath> {
        let path = self.find_path(&certificate, Purposes::NONE)?;
        if !certificate.is_authority() || certificate.country() != Some(path.country) {
            return Err(NoPath::Purpose);
        }
        // A key that was laid down introduces no other.
        if path.anchor.certificate.validity_at(certificate.not_before()) != Validity::Valid {
            return Err(NoPath::NotValidAtIssue);
        }
        let source = Source::Link { anchor: path.anchor.fingerprint };
        let anchor = Anchor {
            purposes: path.anchor.purposes,
            test: path.anchor.test,
            distrust_after: path.anchor.distrust_after,
            ..Anchor::new(certificate, source)
        };
        let fingerprint = anchor.fingerprint;
        self.add(anchor);
        Ok(fingerprint)
    }
}

impl Imported {
    /// Nothing yet.
    pub(super) const fn new(kind: Kind, fingerprint: [u8; 32], deviations: Deviations) -> Self {
        Self {
            kind,
            fingerprint,
            signer: None,
            certificates: 0,
            added: 0,
            merged: 0,
            signers: 0,
            revocation_lists: Vec::new(),
            refused: Vec::new(),
            deviations,
        }
    }

    fn of_directory(report: DirectoryReport, fingerprint: [u8; 32]) -> Self {
        let refused = report.wrong.iter().map(|wrong| wrong.error);
        let mut imported = Self { fingerprint, signers: report.signers, ..report.imported };
        imported.refused.extend(refused);
        imported
    }

    /// Notes what became of a revocation list; one that is refused and stands alone is the whole file's error.
    fn note_list(&mut self, fate: Result<ListFate>, alone: bool) -> Result<()> {
        match fate {
            Ok(fate) => self.revocation_lists.push(fate),
            Err(error) if alone => return Err(error),
            Err(error) => self.refused.push(error),
        }
        Ok(())
    }
}

/// Holds a pin against the certificates of a file: there must be one, and it must be that one.
fn check_pin(read: &[Result<Piece>], voucher: &Voucher<'_>) -> Result<()> {
    match (voucher.pin, read) {
        (None, _) => Ok(()),
        (Some(pin), [Ok(Piece::Certificate(certificate, _))]) if certificate.fingerprint() == pin => Ok(()),
        (Some(_), _) => Err(Error::new(ErrorKind::TrustPin, Part::Certificate, 0)),
    }
}

/// Whether a certificate that is imported alone is one of a signer of seals and not an anchor: it issues nothing and is not
/// its own issuer, or it says so. A seal names its signer and does not carry it (Doc 9303-13 §2.3).
fn is_seal_signer(certificate: &Certificate) -> bool {
    let leaf = !certificate.is_authority() && !certificate.is_self_issued();
    leaf || Role::claimed(certificate) == Role::BarCodeSigner
}

/// A local anchor has to name a country, or there is nothing that it could vouch for.
fn local(certificate: Certificate, voucher: &Voucher<'_>) -> Result<Anchor> {
    let source = Source::Local { vouched_by: voucher.vouched_by.to_owned(), pinned: voucher.pin.is_some() };
    let anchor = Anchor::new(certificate, source);
    if anchor.countries.is_empty() {
        return Err(Error::new(ErrorKind::TrustNoCountry, Part::Certificate, 0));
    }
    Ok(anchor)
}
