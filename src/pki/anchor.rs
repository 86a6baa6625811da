//! Anchors: the certificates that paths may end at, with what they vouch for and on whose word.
//!
//! A store that was opened from a file holds its anchors as bytes; each is read when a path of its country is first
//! looked for, and is held against its SHA-256 then. One that was altered is as if it were not there.

use super::certificate::Certificate;
use super::store::Opened;
use crate::country::Code;
use crate::crypto::sha256;
use crate::date::Time;
use crate::deviation::Deviations;
use core::fmt;
use std::sync::{Arc, OnceLock};

/// What an anchor vouches for: any number of these.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Purposes(pub(super) u8);

impl Purposes {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Security objects of documents.
    pub const DOCUMENT: Self = Self(1);
    /// Visible digital seals.
    pub const SEAL: Self = Self(2);
    /// Master lists. Never granted but by the caller: who may say whom to trust is not the issuer's to decide.
    pub const MASTER_LIST: Self = Self(4);
    /// Deviation lists.
    pub const DEVIATION_LIST: Self = Self(8);
    /// What every country signing certificate vouches for (Doc 9303-12 §3.1.1).
    pub const AUTHORITY: Self = Self(1 | 2 | 8);

    /// These and those.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is among these.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The purpose with this stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::DOCUMENT, Self::SEAL, Self::MASTER_LIST, Self::DEVIATION_LIST];
        all.into_iter().find(|purpose| purpose.names().any(|known| known == name))
    }

    /// The stable names, as JSON writes them.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (Self::DOCUMENT, "document"),
            (Self::SEAL, "seal"),
            (Self::MASTER_LIST, "master_list"),
            (Self::DEVIATION_LIST, "deviation_list"),
        ];
        all.into_iter().filter(move |(purpose, _)| self.contains(*purpose)).map(|(_, name)| name)
    }
}

impl fmt::Debug for Purposes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

/// On whose word an anchor stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// It stood on a master list.
    List {
        /// The SHA-256 of the list as imported.
        list: [u8; 32],
        /// The SHA-256 of the certificate that signed the list, if the signature was verified to a pinned root.
        signer: Option<[u8; 32]>,
        /// Who vouched for the list, or for its root.
        vouched_by: String,
    },
    /// It was imported alone.
    Local {
        /// Who vouched for it.
        vouched_by: String,
        /// Whether its SHA-256 was given beforehand and is the same.
        pinned: bool,
    },
    /// An anchor of the same country signed it with an earlier key (Doc 9303-12 §7.1.1.5).
    Link {
        /// The SHA-256 of that anchor.
        anchor: [u8; 32],
    },
}

/// A certificate that paths may end at.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The certificate.
    pub certificate: Certificate,
    /// Its SHA-256.
    pub fingerprint: [u8; 32],
    /// The countries it speaks for: its own, or none if it names none.
    pub countries: Vec<Code>,
    /// What it vouches for.
    pub purposes: Purposes,
    /// Everyone on whose word it is here, in the order of import, each once.
    pub sources: Vec<Source>,
    /// For tests and training: nothing that ends here may clear.
    pub test: bool,
    /// Certificates issued later are not believed.
    pub distrust_after: Option<Time>,
}

impl Anchor {
    /// An anchor that speaks for the country of `certificate` and what authorities vouch for.
    #[must_use]
    pub fn new(certificate: Certificate, source: Source) -> Self {
        Self {
            fingerprint: certificate.fingerprint(),
            countries: certificate.country().into_iter().collect(),
            purposes: Purposes::AUTHORITY,
            sources: vec![source],
            test: false,
            distrust_after: None,
            certificate,
        }
    }

    /// Adds what another import of the same certificate says. A test flag stays, the earlier distrust counts.
    pub(super) fn merge(&mut self, other: Self) {
        self.purposes = self.purposes.union(other.purposes);
        self.test |= other.test;
        self.distrust_after = match (self.distrust_after, other.distrust_after) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        for source in other.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
    }
}

/// The place of one anchor in a store: read already, or still a piece of the file that the store was opened from.
#[derive(Clone)]
pub(super) struct Kept {
    /// The SHA-256 of its certificate.
    pub(super) fingerprint: [u8; 32],
    read: OnceLock<Option<Box<Anchor>>>,
    /// The file, and where the anchor's entry begins in it.
    stored: Option<(Arc<Opened>, usize)>,
}

impl Kept {
    /// An anchor that is read.
    pub(super) fn of(anchor: Anchor) -> Self {
        Self { fingerprint: anchor.fingerprint, read: OnceLock::from(Some(Box::new(anchor))), stored: None }
    }

    /// An anchor whose entry begins at `entry` of an opened store.
    pub(super) const fn stored(fingerprint: [u8; 32], file: Arc<Opened>, entry: usize) -> Self {
        Self { fingerprint, read: OnceLock::new(), stored: Some((file, entry)) }
    }

    /// The anchor; `None` if its certificate was altered in the file.
    pub(super) fn anchor(&self) -> Option<&Anchor> {
        let load = || self.stored.as_ref().and_then(|(file, entry)| self.load(file, *entry));
        self.read.get_or_init(load).as_deref()
    }

    pub(super) fn anchor_mut(&mut self) -> Option<&mut Anchor> {
        self.anchor()?;
        self.read.get_mut()?.as_deref_mut()
    }

    fn load(&self, file: &Opened, entry: usize) -> Option<Box<Anchor>> {
        let entry = file.anchor_entry(entry).ok()?;
        let bytes = file.blob(entry.blob)?;
        if sha256(bytes) != self.fingerprint {
            return None;
        }
        let certificate = Certificate::parse(bytes, &mut Deviations::new()).ok()?;
        Some(Box::new(Anchor {
            certificate,
            fingerprint: self.fingerprint,
            countries: entry.countries,
            purposes: entry.purposes,
            sources: entry.sources,
            test: entry.test,
            distrust_after: entry.distrust_after,
        }))
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kept").field(&self.read.get().is_some()).finish()
    }
}
