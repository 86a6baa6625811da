//! Bringing in the files of the ICAO public key directory: document signers and revocation lists, master lists, and what
//! does not conform (Doc 9303-12 §6.1.3).
//!
//! The file is taken in pieces ([`DirectoryImport::feed`]), so that nothing larger than one value is ever held. What a
//! value holds is recognised by its content, not by its attribute:
//!
//! - the certificate of an authority becomes an anchor on the word of whoever brings the file, any other a
//!   [known signer](super::KnownSigners), which is no trust material;
//! - a revocation list counts once an anchor of its country has verified it;
//! - a master list has to be signed by the signer that came along with it, and is then believed on the word of whoever
//!   brings the file, or verified to the root that they name;
//! - a deviation list has to come after the anchor of its country.
//!
//! A value that cannot be read, or is refused, is counted and named by its entry; all others are kept.

use super::certificate::Certificate;
use super::import::{Imported, Kind, Material, Piece, Voucher};
use super::ldif::{LdifReader, Value};
use super::trust::TrustStore;
use crate::deviation::Deviations;
use crate::error::{Error, ErrorKind, Part, Result};

/// How many wrong values are named; the others are only counted.
pub const MAX_WRONG: usize = 1024;

/// A value of the directory that was left out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct WrongEntry {
    /// The number of its entry, from 1.
    pub entry: u64,
    /// The name of its entry.
    pub name: String,
    /// Its attribute.
    pub attribute: String,
    /// Why.
    pub error: Error,
}

/// What came of a directory file.
#[derive(Debug, Clone)]
pub struct DirectoryReport {
    /// How many entries it has.
    pub entries: u64,
    /// How many signers were not known before.
    pub signers: usize,
    /// How many were.
    pub known_signers: usize,
    /// How many master lists it holds that were taken.
    pub master_lists: usize,
    /// What came of anchors and revocation lists.
    pub imported: Imported,
    /// The first of what was left out.
    pub wrong: Vec<WrongEntry>,
    /// How much was left out.
    pub wrong_count: usize,
}

/// An import of a directory file, piece by piece.
#[derive(Debug)]
pub struct DirectoryImport<'v> {
    reader: LdifReader,
    voucher: Voucher<'v>,
    report: DirectoryReport,
}

impl<'v> DirectoryImport<'v> {
    /// An import on the word of `voucher`.
    ///
    /// # Errors
    /// `TrustPin` if a pin was given: it would be that of a single certificate.
    pub fn new(voucher: Voucher<'v>) -> Result<Self> {
        if voucher.pin.is_some() {
            return Err(Error::new(ErrorKind::TrustPin, Part::Input, 0));
        }
        let report = DirectoryReport {
            entries: 0,
            signers: 0,
            known_signers: 0,
            master_lists: 0,
            imported: Imported::new(Kind::Directory, [0; 32], Deviations::new()),
            wrong: Vec::new(),
            wrong_count: 0,
        };
        Ok(Self { reader: LdifReader::new(), voucher, report })
    }

    /// Takes the next piece of the file into `store`.
    pub fn feed(&mut self, store: &mut TrustStore, piece: &[u8]) {
        let Self { reader, voucher, report } = self;
        reader.feed(piece, &mut |value| report.take(store, voucher, value));
    }

    /// How many entries were read so far.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.reader.entries()
    }

    /// Ends the file and says what came of it.
    #[must_use]
    pub fn finish(mut self, store: &mut TrustStore) -> DirectoryReport {
        let Self { reader, voucher, report } = &mut self;
        reader.finish(&mut |value| report.take(store, voucher, value));
        if self.report.imported.added > 0 {
            store.settle();
        }
        self.report.entries = self.reader.entries();
        self.report
    }
}

impl DirectoryReport {
    fn take(&mut self, store: &mut TrustStore, voucher: &Voucher<'_>, value: Value<'_>) {
        let Value { entry, name, attribute, bytes } = value;
        let expected = is_expected(attribute);
        let outcome = match bytes {
            Err(_) if !expected => return,
            Ok(bytes) if !expected && bytes.first() != Some(&0x30) => return,
            Ok(bytes) => self.value(store, voucher, &bytes),
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            self.wrong_count += 1;
            if self.wrong.len() < MAX_WRONG {
                let (name, attribute) = (name.to_owned(), attribute.to_owned());
                self.wrong.push(WrongEntry { entry, name, attribute, error });
            }
        }
    }

    fn value(&mut self, store: &mut TrustStore, voucher: &Voucher<'_>, bytes: &[u8]) -> Result<()> {
        match Material::read(bytes, &mut Deviations::new())? {
            Material::Pieces(pieces) => pieces.into_iter().try_for_each(|piece| match piece? {
                Piece::RevocationList(list, _) => {
                    self.imported.revocation_lists.push(store.add_revocation_list(list, voucher.vouched_by)?);
                    Ok(())
                }
                Piece::Certificate(certificate, _) => self.certificate(store, voucher, certificate),
            }),
            Material::DeviationList(bytes) => {
                store.import_deviation_list(bytes, voucher.vouched_by, &mut self.imported.deviations).map(|_| ())
            }
            Material::List(list) => {
                if voucher.root.is_none() && list.signed.is_some() {
                    list.verify_signatures(&mut self.imported.deviations)?;
                }
                let fingerprint = crate::crypto::sha256(bytes);
                store.import_list(list, fingerprint, voucher, &mut self.imported)?;
                self.master_lists += 1;
                Ok(())
            }
        }
    }

    fn certificate(&mut self, store: &mut TrustStore, voucher: &Voucher<'_>, certificate: Certificate) -> Result<()> {
        if certificate.is_authority() {
            return store.import_local(certificate, voucher, &mut self.imported);
        }
        match store.add_signer(certificate) {
            Some(true) => self.signers += 1,
            Some(false) => self.known_signers += 1,
            None => return Err(Error::new(ErrorKind::BudgetExceeded, Part::Certificate, 0)),
        }
        Ok(())
    }
}

/// Whether an attribute has to hold trust material; `attribute` is in lower case.
fn is_expected(attribute: &str) -> bool {
    const KNOWN: [&str; 4] =
        ["usercertificate", "cacertificate", "certificaterevocationlist", "authorityrevocationlist"];
    KNOWN.contains(&attribute) || (attribute.starts_with("pkd") && attribute.ends_with("content"))
}

impl TrustStore {
    /// Brings in a whole directory file; [`DirectoryImport`] takes it in pieces.
    ///
    /// # Errors
    /// As [`DirectoryImport::new`].
    pub fn import_directory(&mut self, bytes: &[u8], voucher: &Voucher<'_>) -> Result<DirectoryReport> {
        let mut import = DirectoryImport::new(*voucher)?;
        import.feed(self, bytes);
        Ok(import.finish(self))
    }
}
