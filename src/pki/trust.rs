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
//! A store remembers the lists that were brought in and what changed with them ([`ListRecord`], [`Event`]). It is written
//! to bytes and opened from them in [`store`](super::store).

use super::anchor::{Anchor, Kept, Purposes};
use super::certificate::Certificate;
use super::crl::RevocationList;
use super::deviation_list::KeptDeviationList;
use super::issuer::{FoundBy, Index, MAX_TRIALS, NotFound, Scope, Search};
use super::record::{Event, ListRecord, MAX_EVENTS};
use super::revocation::{ListFate, RevocationLists, Standing};
use super::signer::KnownSigners;
use super::store::Opened;
use crate::country::Code;
use crate::crypto::VerifyFailure;
use crate::date::Time;
use crate::deviation::Deviations;
use crate::error::Result as Read;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

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
    /// The issuer's signature is right, and was made when the anchor was not valid.
    NotValidAtIssue,
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
            Self::NotValidAtIssue => "anchor_not_valid_at_issue",
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

/// The anchors of one country.
#[derive(Debug, Clone, Default)]
struct Group {
    /// Where they stand.
    positions: Vec<usize>,
    /// By identifier and by name; made when first asked for.
    index: OnceLock<Index>,
}

/// All anchors, and ways to find them.
#[derive(Debug, Clone, Default)]
pub struct TrustStore {
    anchors: Vec<Kept>,
    countries: BTreeMap<Code, Group>,
    by_fingerprint: OnceLock<HashMap<[u8; 32], usize>>,
    pub(super) lists: RevocationLists,
    pub(super) deviation_lists: Vec<KeptDeviationList>,
    pub(super) signers: KnownSigners,
    pub(super) records: Vec<ListRecord>,
    pub(super) events: Vec<Event>,
    pub(super) revision: u64,
    pub(super) written: Option<Time>,
}

impl TrustStore {
    /// A store without anchors.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every anchor, in the order of import. Of a store that was opened from a file, this reads them all.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> + Clone {
        self.anchors.iter().filter_map(Kept::anchor)
    }

    /// How many anchors there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether there is no anchor.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// How many anchors of the file that the store was opened from were altered in it, and so are not there.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.anchors.iter().filter(|kept| kept.anchor().is_none()).count()
    }

    /// The countries that anchors speak for, and how many do.
    pub fn countries(&self) -> impl Iterator<Item = (Code, usize)> {
        self.countries.iter().map(|(country, group)| (*country, group.positions.len()))
    }

    fn position(&self, fingerprint: &[u8; 32]) -> Option<usize> {
        let all = || self.anchors.iter().enumerate().map(|(position, kept)| (kept.fingerprint, position)).collect();
        self.by_fingerprint.get_or_init(all).get(fingerprint).copied()
    }

    /// The anchor with this SHA-256.
    #[must_use]
    pub fn anchor(&self, fingerprint: &[u8; 32]) -> Option<&Anchor> {
        self.at(self.position(fingerprint)?)
    }

    fn at(&self, position: usize) -> Option<&Anchor> {
        self.anchors.get(position)?.anchor()
    }

    /// The anchors that speak for `country`.
    pub fn of_country(&self, country: Code) -> impl Iterator<Item = &Anchor> + Clone {
        let positions = self.countries.get(&country).map_or(&[][..], |group| &group.positions);
        positions.iter().filter_map(|position| self.at(*position))
    }

    /// Adds an anchor, or puts its sources together with those of the same certificate.
    pub fn add(&mut self, anchor: Anchor) -> Added {
        let known = self.position(&anchor.fingerprint);
        if let Some(old) = known.and_then(|position| self.anchors.get_mut(position)).and_then(Kept::anchor_mut) {
            old.merge(anchor);
            return Added::Merged;
        }
        let (fingerprint, position) = (anchor.fingerprint, self.anchors.len());
        for country in &anchor.countries {
            self.place(*country, position);
        }
        if let Some(all) = self.by_fingerprint.get_mut() {
            all.insert(fingerprint, position);
        }
        self.anchors.push(Kept::of(anchor));
        Added::New
    }

    fn place(&mut self, country: Code, position: usize) {
        let group = self.countries.entry(country).or_default();
        group.positions.push(position);
        group.index = OnceLock::new();
    }

    /// Adds an anchor of an opened file, unread.
    pub(super) fn add_stored(&mut self, fingerprint: [u8; 32], countries: &[Code], file: Arc<Opened>, entry: usize) {
        for country in countries {
            self.place(*country, self.anchors.len());
        }
        self.anchors.push(Kept::stored(fingerprint, file, entry));
    }

    /// Brings in everything that `other` holds.
    pub fn absorb(&mut self, other: &Self) {
        for anchor in other.anchors() {
            self.add(anchor.clone());
        }
        for signer in other.signers.iter() {
            self.signers.add(signer.clone());
        }
        for record in &other.records {
            if !self.records.contains(record) {
                self.records.push(record.clone());
            }
        }
        other.events.iter().for_each(|event| self.note(*event));
        self.adopt_revocation_lists(other);
        self.settle();
        for kept in &other.deviation_lists {
            // One that no anchor here verifies, or that is older, stays out.
            let _ = self.import_deviation_list(&kept.bytes, &kept.vouched_by, &mut Deviations::new());
        }
    }

    /// Document signers that a directory publishes.
    #[must_use]
    pub const fn signers(&self) -> &KnownSigners {
        &self.signers
    }

    /// Keeps a document signer for security objects that come without it. It is no anchor: its path is looked for as
    /// that of any other. Answers whether it was not there; `None` if there are too many.
    pub fn add_signer(&mut self, certificate: Certificate) -> Option<bool> {
        self.signers.add(certificate)
    }

    /// The lists that were brought in.
    #[must_use]
    pub fn records(&self) -> &[ListRecord] {
        &self.records
    }

    /// What changed with later lists.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub(super) fn note(&mut self, event: Event) {
        if !self.events.contains(&event) && self.events.len() < MAX_EVENTS {
            self.events.push(event);
        }
    }

    /// How often the store was written, and when last.
    #[must_use]
    pub const fn revision(&self) -> (u64, Option<Time>) {
        (self.revision, self.written)
    }

    /// Looks for an anchor that issued `certificate` and vouches for `purpose`.
    ///
    /// # Errors
    /// The most telling reason why there is none.
    pub fn find_path(&self, certificate: &Certificate, purpose: Purposes) -> Result<Path<'_>, NoPath> {
        let country = certificate.issuer().country().ok_or(NoPath::NoCountry)?;
        let Some(group) = self.countries.get(&country) else {
            return Err(NoPath::NoAnchorForCountry(country));
        };
        let search = Search {
            certificate,
            index: group.index.get_or_init(|| self.index(group, country)),
            pool: |position| self.at(position).map(|anchor: &Anchor| &anchor.certificate),
            size: self.anchors.len(),
            scope: Scope::Country(country),
            budget: MAX_TRIALS,
        };
        let issuer = search
            .run(|position| self.accept(position, certificate, purpose))
            .map_err(|failure| no_path(failure, country))?;
        Ok(Path {
            anchor: self.at(issuer.position).ok_or(NoPath::NoIssuer(country))?,
            country,
            found_by: issuer.found_by,
        })
    }

    fn index(&self, group: &Group, country: Code) -> Index {
        let mut index = Index::default();
        for position in &group.positions {
            if let Some(anchor) = self.at(*position) {
                index.add(*position, &anchor.certificate, &[country]);
            }
        }
        index
    }

    /// Whether the anchor at `position` may vouch for `certificate`, whose signature it made.
    fn accept(&self, position: usize, certificate: &Certificate, purpose: Purposes) -> Result<(), NoPath> {
        let Some(anchor) = self.at(position) else {
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
        let mut lists = core::mem::take(&mut self.lists);
        let fate = match list.country() {
            Some(country) => lists.add(list, vouched_by, self.of_country(country)),
            None => lists.add(list, vouched_by, core::iter::empty()),
        };
        self.lists = lists;
        fate
    }

    /// Looks once more for the anchors of revocation lists that wait for one.
    pub fn settle(&mut self) {
        let mut lists = core::mem::take(&mut self.lists);
        lists.settle(|country| self.of_country(country));
        self.lists = lists;
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
        let verified = self.records.iter().filter(|record| record.signer.is_some());
        let deviation = self.deviation_lists.iter().filter_map(|kept| kept.signing_time).max();
        self.lists.newest().max(verified.filter_map(|record| record.signing_time).max()).max(deviation)
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
