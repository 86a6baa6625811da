//! The public key infrastructure of passports (Doc 9303-12): certificates, who issued them, and whom to trust.
//!
//! [`Certificate`] reads what issuers write, [`profile`] says in what it differs from the standard. [`MasterList`]
//! and [`signed`] read and verify what comes in CMS. A [`TrustStore`] holds [`Anchor`]s with the countries and
//! purposes that they vouch for, and on whose word; [`TrustStore::find_path`] leads from a signer to the anchor that
//! issued it and says which way led there, or why none did. [`audit`] looks over files of trust material.
//!
//! Three questions are kept apart: whether a signature is right, whom the issuer speaks for, and whether a moment lies
//! inside a validity. Paths answer the first two; [`Certificate::validity_at`] the third.
//!
//! [`RevocationList`]s belong to a country; [`Standing`] is what they say of one signer.
//!
//! [`DirectoryImport`] takes the files of the ICAO directory in pieces; [`TrustStore::to_bytes`] and [`TrustStore::open`] keep a
//! store in one file.
//!
//! [`DeviationList`]s say which defects an issuer knows in its own documents.
//!
//! Not done here: no file is opened or written.
//!
//! Hostile input could bring malformed certificates by the thousand, keys with which anybody can sign, or an
//! authority with endless keys: parsers are bounded, unfit keys are refused by name, and searches have budgets. No
//! certificate becomes trusted by being well made: only an import makes anchors.

mod anchor;
mod armour;
mod audit;
mod certificate;
mod crl;
mod deviation_list;
mod directory;
mod envelope;
pub mod extension;
mod import;
mod issuer;
mod ldif;
mod master_list;
mod name;
pub mod profile;
mod readiness;
mod record;
mod revocation;
pub mod signed;
mod signer;
mod slot;
mod store;
mod trust;

pub use anchor::{Anchor, Purposes, Source};
pub use audit::{Audit, AuditedFile, AuditedList, Deviating, Signatures, Unverified, Ways, audit};
pub use certificate::{Certificate, MAX_CERTIFICATE};
pub use crl::{MAX_CRL, MAX_REVOKED, RevocationList, Revoked};
pub use deviation_list::{
    DEVIATION_LIST, DeviationList, DocumentFacts, KeptDeviationList, ListedDefect, MAX_DEVIATIONS,
};
pub use directory::{DirectoryImport, DirectoryReport, MAX_WRONG, WrongEntry};
pub use import::{Imported, Kind, Voucher};
pub use issuer::{FoundBy, MAX_TRIALS};
pub use ldif::is_ldif;
pub use master_list::{Entry, ListSigner, MASTER_LIST, MAX_ENTRIES, MAX_LIST, MasterList};
pub use name::{Attribute, FoldedName, Name, country_code};
pub use readiness::{IssuerReadiness, ListAge, ListState, Readiness};
pub use record::{Conflict, Event, ListRecord, MAX_EVENTS};
pub use revocation::{KeptList, ListFate, MAX_WAITING, RevocationLists, Standing, WaitingList};
pub use signer::{KnownSigners, MAX_SIGNERS};
pub use store::{MAX_STORE, is_store};
pub use trust::{Added, NoPath, Path, TrustStore, Validity};

#[cfg(test)]
mod tests;
