//! What a store remembers of the lists that were brought in, and of what changed with them.
//!
//! A list that leaves an anchor out which an earlier list of the same publisher had is an event, not silence; so is
//! an older list that is brought in after a newer one. Neither takes an anchor away: documents signed under it are
//! still in use, and whether it is believed is for whoever runs the post.
//!
//! Conflicts between anchors are worked out when asked for: two keys under one identifier, two certificates under one
//! number, and an anchor that one publisher lists and another, who lists others of that country, does not.

use super::anchor::{Anchor, Source};
use super::trust::TrustStore;
use crate::country::Code;
use crate::date::Time;
use std::collections::{BTreeMap, BTreeSet};

/// How many events one store remembers.
pub const MAX_EVENTS: usize = 1 << 14;

/// A list that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRecord {
    /// The SHA-256 of the list.
    pub list: [u8; 32],
    /// The country of its signer, as the certificate that came along says; `None` for a bare list.
    pub publisher: Option<Code>,
    /// The SHA-256 of the certificate that signed it, if that was verified to a root.
    pub signer: Option<[u8; 32]>,
    /// When the signer says it signed.
    pub signing_time: Option<Time>,
    /// Who vouched for it.
    pub vouched_by: String,
    /// How many certificates it holds.
    pub certificates: u32,
}

/// What changed with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A later list of the same publisher leaves an anchor out.
    Removed {
        /// The SHA-256 of the anchor.
        anchor: [u8; 32],
        /// The SHA-256 of the list that had it.
        before: [u8; 32],
        /// The SHA-256 of the list that has it no longer.
        after: [u8; 32],
    },
    /// A list was brought in that is older than one of the same publisher.
    OlderList {
        /// The SHA-256 of the older list.
        list: [u8; 32],
        /// The SHA-256 of the newer one.
        newer: [u8; 32],
    },
}

/// Anchors that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Different keys under one key identifier.
    SharedKeyIdentifier {
        /// The country.
        country: Code,
        /// The SHA-256 of each anchor.
        anchors: Vec<[u8; 32]>,
    },
    /// Different certificates under one issuer and serial number.
    SharedSerial {
        /// The country.
        country: Code,
        /// The SHA-256 of each anchor.
        anchors: Vec<[u8; 32]>,
    },
    /// One publisher lists it; another, who lists others of its country, does not.
    Disputed {
        /// The country.
        country: Code,
        /// The SHA-256 of the anchor.
        anchor: [u8; 32],
        /// Who does not list it.
        missing_from: Code,
    },
}

impl TrustStore {
    /// Remembers a list, and what it leaves out that the latest list of its publisher had.
    pub(super) fn remember(&mut self, record: ListRecord, holds: &BTreeSet<[u8; 32]>) {
        if self.records.iter().any(|one| one.list == record.list) {
            return;
        }
        let dated = |one: &&ListRecord| one.publisher == record.publisher && one.signing_time.is_some();
        let latest = self.records.iter().filter(dated).max_by_key(|one| one.signing_time);
        let latest = latest.filter(|_| record.publisher.is_some()).map(|one| (one.list, one.signing_time));
        if let Some((before, time)) = latest {
            if record.signing_time < time {
                self.note(Event::OlderList { list: record.list, newer: before });
            } else if record.signing_time > time {
                let after = record.list;
                let listed = |source: &Source| matches!(source, Source::List { list, .. } if *list == before);
                let gone: Vec<_> = (self.anchors())
                    .filter(|anchor| anchor.sources.iter().any(listed) && !holds.contains(&anchor.fingerprint))
                    .map(|anchor| Event::Removed { anchor: anchor.fingerprint, before, after })
                    .collect();
                gone.into_iter().for_each(|event| self.note(event));
            }
        }
        self.records.push(record);
    }

    /// The publishers of the lists on which `anchor` stands.
    fn publishers(&self, anchor: &Anchor) -> BTreeSet<Code> {
        let of = |source: &Source| match source {
            Source::List { list, .. } => self.records.iter().find(|record| record.list == *list)?.publisher,
            _ => None,
        };
        anchor.sources.iter().filter_map(of).collect()
    }

    /// Everything that does not go together, by country.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut out = Vec::new();
        for (country, _) in self.countries() {
            let anchors: Vec<_> = self.of_country(country).collect();
            shared(&anchors, |anchor| anchor.certificate.subject_key_identifier().map(<[u8]>::to_vec))
                .into_iter()
                .filter(|same| different_keys(same))
                .for_each(|same| out.push(Conflict::SharedKeyIdentifier { country, anchors: fingerprints(&same) }));
            shared(&anchors, |anchor| {
                let certificate = &anchor.certificate;
                Some([certificate.serial(), b"/", certificate.issuer().folded().as_bytes()].concat())
            })
            .into_iter()
            .for_each(|same| out.push(Conflict::SharedSerial { country, anchors: fingerprints(&same) }));
            let listed: Vec<_> = anchors.iter().map(|anchor| (anchor, self.publishers(anchor))).collect();
            let all: BTreeSet<Code> = listed.iter().flat_map(|(_, publishers)| publishers).copied().collect();
            for (anchor, publishers) in listed.iter().filter(|(_, publishers)| !publishers.is_empty()) {
                let missing = all.difference(publishers);
                out.extend(missing.map(|missing_from| Conflict::Disputed {
                    country,
                    anchor: anchor.fingerprint,
                    missing_from: *missing_from,
                }));
            }
        }
        out
    }
}

/// The anchors that have `key` in common with another one.
fn shared<'a>(anchors: &[&'a Anchor], key: impl Fn(&Anchor) -> Option<Vec<u8>>) -> Vec<Vec<&'a Anchor>> {
    let mut by: BTreeMap<Vec<u8>, Vec<&'a Anchor>> = BTreeMap::new();
    for anchor in anchors {
        if let Some(key) = key(anchor) {
            by.entry(key).or_default().push(anchor);
        }
    }
    by.into_values().filter(|same| same.len() > 1).collect()
}

fn different_keys(anchors: &[&Anchor]) -> bool {
    let keys: BTreeSet<_> = anchors.iter().map(|anchor| anchor.certificate.public_key_info()).collect();
    keys.len() > 1
}

fn fingerprints(anchors: &[&Anchor]) -> Vec<[u8; 32]> {
    anchors.iter().map(|anchor| anchor.fingerprint).collect()
}
