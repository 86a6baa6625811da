//! Which revocation lists count for a signer, and what they say of it (Doc 9303-12 §5.2.2, §7.1.4).
//!
//! An authority signs one list with its newest key, for all certificates that it ever issued; names change with the
//! keys. So the lists for a signer are those of its *country*, whatever names stand on them, and the one of the newest
//! key speaks for all. A list counts once an anchor of its own country has verified it; until then it waits, because a
//! list may come before its anchor. Four states are told apart, and only one of them clears:
//!
//! ```text
//! never published   whoever runs this post has stated that this issuer publishes none
//! unobtainable      there is none here that could be verified
//! stale             the signer is not named, and the next list is overdue by so many days
//! current           the signer is not named
//! ```
//!
//! Whoever is named is revoked, however old the list is.
//!
//! Authorities that share a country code (China, Hong Kong and Macao) do not speak for one another: their alternative
//! names tell them apart.
//!
//! Hostile input could bring a list of another country (it never counts), an older list in the place of a newer one
//! (the newer stays), or a newer one with a lower number (refused). Lists that wait have a ceiling.

use super::anchor::Anchor;
use super::certificate::Certificate;
use super::crl::{RevocationList, Revoked};
use super::issuer::{FoundBy, MAX_TRIALS};
use super::name::{LOCALITY, STATE};
use super::trust::Validity;
use crate::country::Code;
use crate::crypto::sha256;
use crate::date::Time;
use crate::error::{Error, ErrorKind, Part, Result};
use core::cmp::Ordering;
use std::collections::BTreeMap;

/// How many lists may wait for their anchor.
pub const MAX_WAITING: usize = 512;

/// A list that an anchor has verified.
#[derive(Debug, Clone)]
pub struct KeptList {
    /// The list.
    pub list: RevocationList,
    /// Its SHA-256.
    pub fingerprint: [u8; 32],
    /// For which country it speaks.
    pub country: Code,
    /// The SHA-256 of the anchor that verified it.
    pub anchor: [u8; 32],
    /// The SHA-256 of that anchor's key, which several certificates may hold.
    pub key: [u8; 32],
    /// Which way led to that anchor.
    pub found_by: FoundBy,
    /// Who brought it.
    pub vouched_by: String,
}

/// A list that no anchor has verified yet.
#[derive(Debug, Clone)]
pub struct WaitingList {
    /// The list.
    pub list: RevocationList,
    /// Its SHA-256.
    pub fingerprint: [u8; 32],
    /// Who brought it.
    pub vouched_by: String,
}

/// What became of a list that was brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFate {
    /// The first of its key.
    New,
    /// It took the place of an earlier one.
    Replaced,
    /// It was there.
    Known,
    /// A later one of the same key was there.
    Older,
    /// No anchor verifies it yet, so that it does not count.
    Waiting,
}

/// What the lists of an issuer say of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A list names it.
    Revoked {
        /// Since when and why.
        entry: Revoked,
        /// When that list was issued.
        issued: Time,
    },
    /// It is not named, and the list counts.
    Current {
        /// When the list was issued.
        issued: Time,
        /// When the next is due.
        due: Time,
    },
    /// It is not named, and the next list is overdue.
    Stale {
        /// When the list was issued.
        issued: Time,
        /// When the next was due.
        due: Time,
    },
    /// It is not named, and the list was issued after the time of the inspection.
    NotYetIssued {
        /// When the list was issued.
        issued: Time,
    },
    /// It is not named by lists that speak of a part of the certificates.
    Partial,
    /// The issuer publishes none.
    NeverPublished,
    /// There is none.
    Unobtainable {
        /// Whether one is here that no anchor verifies.
        waiting: bool,
    },
}

/// The revocation lists of a store.
#[derive(Debug, Clone, Default)]
pub struct RevocationLists {
    kept: Vec<KeptList>,
    waiting: Vec<WaitingList>,
    never: BTreeMap<Code, String>,
}

impl RevocationLists {
    /// Every list that counts.
    #[must_use]
    pub fn kept(&self) -> &[KeptList] {
        &self.kept
    }

    /// Every list that no anchor has verified.
    #[must_use]
    pub fn waiting(&self) -> &[WaitingList] {
        &self.waiting
    }

    /// The issuers that publish none, and who stated so.
    pub fn never_published(&self) -> impl Iterator<Item = (Code, &str)> {
        self.never.iter().map(|(code, vouched_by)| (*code, vouched_by.as_str()))
    }

    pub(super) fn state_never_published(&mut self, country: Code, vouched_by: &str) {
        self.never.insert(country, vouched_by.to_owned());
    }

    /// Puts a list back that was verified before the store was written.
    pub(super) fn restore(&mut self, kept: KeptList) {
        self.kept.push(kept);
    }

    pub(super) fn restore_waiting(&mut self, waiting: WaitingList) {
        self.waiting.push(waiting);
    }

    /// When the newest list that counts was issued.
    #[must_use]
    pub fn newest(&self) -> Option<Time> {
        self.kept.iter().map(|kept| kept.list.this_update()).max()
    }

    /// Takes a list in, on the word of nobody: `anchors` are those of its country, and one of them has to verify it.
    ///
    /// # Errors
    /// `TrustCrlNumber` if its number is lower than that of an earlier list, or higher than that of a later one;
    /// `TrustCrlUnverified` if no anchor verifies it and [`MAX_WAITING`] lists wait already.
    pub(super) fn add<'a>(
        &mut self,
        list: RevocationList,
        vouched_by: &str,
        anchors: impl Iterator<Item = &'a Anchor> + Clone,
    ) -> Result<ListFate> {
        let fingerprint = list.fingerprint();
        if self.kept.iter().any(|kept| kept.fingerprint == fingerprint) {
            return Ok(ListFate::Known);
        }
        let waiting = WaitingList { list, fingerprint, vouched_by: vouched_by.to_owned() };
        match signer(&waiting.list, anchors) {
            Some((country, anchor, found_by)) => self.keep(waiting, country, anchor, found_by),
            None if self.waiting.iter().any(|one| one.fingerprint == fingerprint) => Ok(ListFate::Waiting),
            None if self.waiting.len() >= MAX_WAITING => Err(Error::new(ErrorKind::TrustCrlUnverified, Part::Crl, 0)),
            None => {
                self.waiting.push(waiting);
                Ok(ListFate::Waiting)
            }
        }
    }

    fn keep(&mut self, waiting: WaitingList, country: Code, anchor: &Anchor, found_by: FoundBy) -> Result<ListFate> {
        let WaitingList { list, fingerprint, vouched_by } = waiting;
        let key = sha256(anchor.certificate.public_key_info());
        let same = |kept: &&mut KeptList| kept.key == key && !kept.list.is_partial();
        let partial = list.is_partial();
        let new = KeptList { list, fingerprint, country, anchor: anchor.fingerprint, key, found_by, vouched_by };
        let Some(old) = self.kept.iter_mut().find(same).filter(|_| !partial) else {
            self.kept.push(new);
            return Ok(ListFate::New);
        };
        let number = new.list.compare_number(&old.list);
        match (new.list.this_update().cmp(&old.list.this_update()), number) {
            (Ordering::Greater, Some(Ordering::Less)) | (Ordering::Less, Some(Ordering::Greater)) => {
                Err(Error::new(ErrorKind::TrustCrlNumber, Part::Crl, 0))
            }
            (Ordering::Greater, _) | (Ordering::Equal, Some(Ordering::Greater)) => {
                *old = new;
                Ok(ListFate::Replaced)
            }
            _ => Ok(ListFate::Older),
        }
    }

    /// Looks once more for the anchors of lists that wait. What cannot be kept in order is dropped.
    pub(super) fn settle<'a, A: Iterator<Item = &'a Anchor> + Clone>(&mut self, anchors: impl Fn(Code) -> A) {
        for one in core::mem::take(&mut self.waiting) {
            let found = one.list.country().and_then(|country| signer(&one.list, anchors(country)));
            match found {
                Some((country, anchor, found_by)) => {
                    let _ = self.keep(one, country, anchor, found_by);
                }
                None => self.waiting.push(one),
            }
        }
    }

    /// What the lists say at the time `at` of a certificate that `anchor` issued, in the country for which it spoke.
    ///
    /// `anchor_of` gives the anchor with a fingerprint.
    pub(super) fn standing<'a>(
        &self,
        certificate: &Certificate,
        (country, anchor): (Code, &Anchor),
        anchor_of: impl Fn(&[u8; 32]) -> Option<&'a Anchor>,
        at: Time,
    ) -> Standing {
        let mut speaking: Vec<_> = (self.kept.iter().filter(|kept| kept.country == country))
            .filter_map(|kept| Some((kept, anchor_of(&kept.anchor)?)))
            .filter(|(_, signer)| speaks_for(country, &signer.certificate, &anchor.certificate))
            .collect();
        // The newest key last.
        speaking.sort_by_key(|(kept, signer)| (signer.certificate.not_before(), kept.list.this_update()));
        let issuer = certificate.issuer();
        for (kept, _) in speaking.iter().rev() {
            if let Some(entry) = kept.list.find(certificate.serial(), issuer) {
                return Standing::Revoked { entry, issued: kept.list.this_update() };
            }
        }
        let whole: Vec<_> = speaking.iter().filter(|(kept, _)| !kept.list.is_partial()).collect();
        // The list of the key that issued the certificate, and that of the newest key, speak of it with authority.
        let key = sha256(anchor.certificate.public_key_info());
        let own = whole.iter().find(|(kept, _)| kept.key == key);
        let told = [whole.last(), own].into_iter().flatten().map(|(kept, _)| age(&kept.list, at));
        match told.min_by_key(rank) {
            Some(standing) => standing,
            None if !speaking.is_empty() => Standing::Partial,
            None if self.never.contains_key(&country) => Standing::NeverPublished,
            None => {
                let waiting = self.waiting.iter().any(|one| one.list.country() == Some(country));
                Standing::Unobtainable { waiting }
            }
        }
    }
}

fn age(list: &RevocationList, at: Time) -> Standing {
    let (issued, due) = (list.this_update(), list.next_update());
    if issued > at {
        Standing::NotYetIssued { issued }
    } else if due < at {
        Standing::Stale { issued, due }
    } else {
        Standing::Current { issued, due }
    }
}

/// The better of two lists that both speak for a certificate.
fn rank(standing: &Standing) -> (u8, i64) {
    match standing {
        Standing::Current { due, .. } => (0, -due.unix()),
        Standing::Stale { due, .. } => (1, -due.unix()),
        _ => (2, 0),
    }
}

/// The anchor that signed `list`: by key identifier, then by name, then by trial within the country.
///
/// An anchor that was not valid when the list was issued, or was no longer believed then, does not count.
fn signer<'a>(
    list: &RevocationList,
    anchors: impl Iterator<Item = &'a Anchor> + Clone,
) -> Option<(Code, &'a Anchor, FoundBy)> {
    let country = list.country()?;
    let name = list.issuer().folded();
    let identifier = list.authority_key_identifier();
    let way = |anchor: &Anchor| match identifier {
        Some(identifier) if anchor.certificate.subject_key_identifier() == Some(identifier) => FoundBy::KeyIdentifier,
        _ if anchor.certificate.subject().folded() == name => FoundBy::Name,
        _ => FoundBy::Country,
    };
    let of_country = anchors.filter(|anchor| anchor.countries.contains(&country));
    let mut candidates: Vec<_> = of_country.map(|anchor| (way(anchor), anchor)).collect();
    candidates.sort_by_key(|(way, _)| *way);
    let issued = list.this_update();
    let believed = |anchor: &Anchor| {
        anchor.certificate.validity_at(issued) == Validity::Valid
            && anchor.distrust_after.is_none_or(|end| issued <= end)
    };
    let mut tried = candidates.into_iter().filter(|(_, anchor)| believed(anchor)).take(MAX_TRIALS);
    let (way, anchor) = tried.find(|(_, anchor)| list.verify_with(&anchor.certificate.public_key()).is_ok())?;
    Some((country, anchor, way))
}

/// Whether the authority `one` speaks for what `other` issued, both of `country`.
///
/// Keys and names of an authority change; its alternative name gives the code of the MRZ, and where several
/// authorities share a code, the part of the country. Without alternative names, only China's code is shared.
fn speaks_for(country: Code, one: &Certificate, other: &Certificate) -> bool {
    if one.public_key_info() == other.public_key_info() || one.subject().folded() == other.subject().folded() {
        return true;
    }
    match (identity(one), identity(other)) {
        (Some(one), Some(other)) => one == other,
        _ => country.to_mrz() != *b"CHN",
    }
}

/// Code and part of the country, as the alternative name of a certificate gives them.
fn identity(certificate: &Certificate) -> Option<(String, Option<String>)> {
    let name = certificate.alternative_directory_name()?;
    let text = |kind| name.first(kind).map(|text| text.trim().to_ascii_uppercase());
    Some((text(LOCALITY)?, text(STATE)))
}
