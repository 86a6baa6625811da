//! The trust store: whom this post believes, for what, and on whose word.
//!
//! An [`Anchor`] is the certificate of a country signing authority together with the countries and purposes it vouches
//! for and every source that it came from (Doc 9303-12 §6.1.1). Each key of an authority is an anchor of its own; the
//! store keeps them for as long as documents signed under them are in use, expired or not.
//!
//! Trust is scoped: an anchor speaks for its own country and for nothing else, a path is looked for among the anchors
//! of the signer's country alone, and what lies inside an inspected document is never trusted. Master lists are trusted
//! for the certificates in them only; a country's anchor does not make that country's master lists trusted.
//!
//! Not done here: storage on disk.

use super::certificate::Certificate;
use super::crl::RevocationList;
use super::issuer::{FoundBy, Index, MAX_TRIALS, NotFound, Scope, Search};
use super::revocation::{ListFate, RevocationLists, Standing};
use crate::country::Code;
use crate::crypto::VerifyFailure;
use crate::date::Time;
use crate::error::Result as Read;
use core::fmt;
use std::collections::HashMap;

/// What an anchor vouches for: any number of these.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Purposes(u8);

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
    fn merge(&mut self, other: Self) {
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

/// What came of adding an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there; its sources were put together.
    Merged,
}

/// Why no anchor vouches for a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPath {
    /// The certificate does not say of which country its issuer is.
    NoCountry,
    /// The store has no anchor for this country at all.
    NoAnchorForCountry(Code),
    /// The anchors of this country were tried, and none issued it.
    NoIssuer(Code),
    /// The anchor that this way led to did not make the signature, or it cannot be told whether it did.
    Signature(FoundBy, VerifyFailure),
    /// The issuer's signature is right, and the anchor does not vouch for this purpose.
    Purpose,
    /// The issuer's signature is right, and was made after the anchor ceased to be believed.
    Distrusted(Time),
    /// There were more candidates than may be tried.
    Budget,
}

impl NoPath {
    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoCountry => "no_country",
            Self::NoAnchorForCountry(_) => "no_anchor_for_country",
            Self::NoIssuer(_) => "no_issuer",
            Self::Signature(_, failure) => failure.name(),
            Self::Purpose => "anchor_for_other_purpose",
            Self::Distrusted(_) => "anchor_distrusted",
            Self::Budget => "too_many_candidates",
        }
    }
}

/// A certificate's way to an anchor. One step: authorities issue signers directly (Doc 9303-12 §2).
///
/// Signatures and scope were looked at, times were not: whether signer and anchor were or are valid are questions of
/// their own, see [`Validity`].
#[derive(Debug, Clone, Copy)]
pub struct Path<'s> {
    /// Where it ends.
    pub anchor: &'s Anchor,
    /// The country for which the anchor spoke.
    pub country: Code,
    /// Which way led to the anchor.
    pub found_by: FoundBy,
}

/// How a moment lies to the validity of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Before it.
    NotYet,
    /// Inside it, bounds included.
    Valid,
    /// After it.
    Expired,
}

impl Certificate {
    /// How `time` lies to the validity.
    #[must_use]
    pub fn validity_at(&self, time: Time) -> Validity {
        if time < self.not_before() {
            Validity::NotYet
        } else if time > self.not_after() {
            Validity::Expired
        } else {
            Validity::Valid
        }
    }
}

/// All anchors, and ways to find them.
#[derive(Debug, Clone, Default)]
pub struct TrustStore {
    anchors: Vec<Anchor>,
    by_fingerprint: HashMap<[u8; 32], usize>,
    index: Index,
    lists: RevocationLists,
}

impl TrustStore {
    /// A store without anchors.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every anchor, in the order of import.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// The anchor with this SHA-256.
    #[must_use]
    pub fn anchor(&self, fingerprint: &[u8; 32]) -> Option<&Anchor> {
        self.anchors.get(*self.by_fingerprint.get(fingerprint)?)
    }

    /// The anchors that speak for `country`.
    pub fn of_country(&self, country: Code) -> impl Iterator<Item = &Anchor> {
        let positions = self.index.of_country(country).iter();
        positions.filter_map(|position| self.anchors.get(*position))
    }

    /// Adds an anchor, or puts its sources together with those of the same certificate.
    pub fn add(&mut self, anchor: Anchor) -> Added {
        let known = self.by_fingerprint.get(&anchor.fingerprint).copied();
        if let Some(old) = known.and_then(|position| self.anchors.get_mut(position)) {
            old.merge(anchor);
            return Added::Merged;
        }
        let position = self.anchors.len();
        self.by_fingerprint.insert(anchor.fingerprint, position);
        self.index.add(position, &anchor.certificate, &anchor.countries);
        self.anchors.push(anchor);
        Added::New
    }

    /// Looks for an anchor that issued `certificate` and vouches for `purpose`.
    ///
    /// # Errors
    /// The most telling reason why there is none.
    pub fn find_path(&self, certificate: &Certificate, purpose: Purposes) -> Result<Path<'_>, NoPath> {
        let country = certificate.issuer().country().ok_or(NoPath::NoCountry)?;
        if self.index.of_country(country).is_empty() {
            return Err(NoPath::NoAnchorForCountry(country));
        }
        let search = Search {
            certificate,
            index: &self.index,
            pool: |position| self.anchors.get(position).map(|anchor: &Anchor| &anchor.certificate),
            size: self.anchors.len(),
            scope: Scope::Country(country),
            budget: MAX_TRIALS,
        };
        let issuer = search
            .run(|position| self.accept(position, certificate, purpose))
            .map_err(|failure| no_path(failure, country))?;
        let anchor = self.anchors.get(issuer.position);
        Ok(Path { anchor: anchor.ok_or(NoPath::NoIssuer(country))?, country, found_by: issuer.found_by })
    }

    /// The revocation lists.
    #[must_use]
    pub const fn revocation_lists(&self) -> &RevocationLists {
        &self.lists
    }

    /// Takes a revocation list in. It counts once an anchor of its country has verified it.
    ///
    /// # Errors
    /// `TrustCrlNumber` if its number goes back, `TrustCrlUnverified` if too many lists wait for their anchors.
    pub fn add_revocation_list(&mut self, list: RevocationList, vouched_by: &str) -> Read<ListFate> {
        let (anchors, index) = (&self.anchors, &self.index);
        let country = list.country();
        let positions = country.map_or(&[][..], |country| index.of_country(country)).iter();
        self.lists.add(list, vouched_by, positions.filter_map(|position| anchors.get(*position)))
    }

    /// Looks once more for the anchors of revocation lists that wait for one.
    pub fn settle(&mut self) {
        let (anchors, index) = (&self.anchors, &self.index);
        let of = |country| index.of_country(country).iter().filter_map(|position| anchors.get(*position));
        self.lists.settle(of);
    }

    /// Notes that the issuers of `country` publish no revocation list, on the word of whoever runs this post.
    pub fn state_never_published(&mut self, country: Code, vouched_by: &str) {
        self.lists.state_never_published(country, vouched_by);
    }

    /// Brings in the revocation lists of `other`, verified by the anchors here.
    pub fn adopt_revocation_lists(&mut self, other: &Self) {
        let lists = &other.lists;
        let kept = lists.kept().iter().map(|kept| (&kept.list, &kept.vouched_by));
        let waiting = lists.waiting().iter().map(|one| (&one.list, &one.vouched_by));
        for (list, vouched_by) in kept.chain(waiting) {
            // What cannot be kept in order stays out: the list that is here is the better one.
            let _ = self.add_revocation_list(list.clone(), vouched_by);
        }
        for (country, vouched_by) in lists.never_published() {
            self.lists.state_never_published(country, vouched_by);
        }
    }

    /// What the revocation lists say at the time `at` of a certificate whose `path` is known.
    #[must_use]
    pub fn standing(&self, certificate: &Certificate, path: &Path<'_>, at: Time) -> Standing {
        let anchor_of = |fingerprint: &[u8; 32]| self.anchor(fingerprint);
        self.lists.standing(certificate, (path.country, path.anchor), anchor_of, at)
    }

    /// When the newest signed thing in here was made that an anchor has verified.
    #[must_use]
    pub fn newest(&self) -> Option<Time> {
        self.lists.newest()
    }

    /// Whether the anchor at `position` may vouch for `certificate`, whose signature it made.
    fn accept(&self, position: usize, certificate: &Certificate, purpose: Purposes) -> Result<(), NoPath> {
        let Some(anchor) = self.anchors.get(position) else {
            return Err(NoPath::Purpose);
        };
        if !anchor.purposes.contains(purpose) {
            return Err(NoPath::Purpose);
        }
        match anchor.distrust_after {
            Some(end) if certificate.not_before() > end => Err(NoPath::Distrusted(end)),
            _ => Ok(()),
        }
    }
}

/// Only a key identifier says which key it must have been. An authority keeps its name through many keys, so that a
/// wrong signature under a fitting name means no more than that the right key is not in the store.
fn no_path(failure: NotFound<NoPath>, country: Code) -> NoPath {
    match failure {
        NotFound::Refused(refusal) => refusal,
        NotFound::Budget => NoPath::Budget,
        NotFound::Failed(FoundBy::KeyIdentifier, failure) => NoPath::Signature(FoundBy::KeyIdentifier, failure),
        NotFound::Failed(way, failure @ VerifyFailure::NotSupported(_)) => NoPath::Signature(way, failure),
        NotFound::Failed(..) | NotFound::NoCandidate => NoPath::NoIssuer(country),
    }
}
