//! What a store is good for at a time: which issuers this post can verify, and which anchors and lists are missing or old.
//!
//! An issuer is *ready* when it has an anchor for documents whose key may still issue, and a current revocation list or
//! the statement that it publishes none. Everything short of that is named, because each asks for something else: an anchor
//! that nobody has, one whose successor must be out, a list to fetch, a list that is overdue.
//!
//! The answer is about the store alone. A country that is not ready is no worse a country; its documents are.

use super::anchor::{Anchor, Purposes};
use super::trust::{TrustStore, Validity};
use crate::country::{self, Code};
use crate::date::Time;
use crate::numbered::numbered;
use serde::Serialize;

numbered! {
    /// How the revocation lists of an issuer stand.
    pub enum ListState {
        /// The list of the newest key counts.
        Current = 1, "current";
        /// The next list is overdue.
        Stale = 2, "stale";
        /// There is none, or none that speaks of all certificates.
        Unobtainable = 3, "unobtainable";
        /// There is one that no anchor verifies.
        Unverified = 4, "unverified";
        /// Whoever runs this post has stated that the issuer publishes none.
        NeverPublished = 5, "never_published";
    }
}

/// One issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssuerReadiness {
    /// Its code.
    pub country: String,
    /// Whether its documents can be verified and their signers screened.
    pub ready: bool,
    /// How many anchors speak for it.
    pub anchors: usize,
    /// How many of them vouch for documents.
    pub for_documents: usize,
    /// How many are valid at the time.
    pub valid: usize,
    /// Whether all are for tests.
    pub test: bool,
    /// The last day on which the newest key may issue, by its private-key usage period.
    pub issues_until: Option<String>,
    /// No key here may issue any longer: documents of today are signed under an anchor that is not here.
    pub successor_missing: bool,
    /// How its revocation lists stand.
    pub revocation: ListState,
    /// Days until the next revocation list is due; negative if it is overdue.
    pub revocation_due_in_days: Option<i64>,
}

/// A list that anchors came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListAge {
    /// The country of its signer.
    pub publisher: Option<String>,
    /// Its SHA-256, in hexadecimal.
    pub list: String,
    /// Whether its signature was verified to a root.
    pub verified: bool,
    /// How many days ago it was signed.
    pub age_days: Option<i64>,
    /// How many certificates it holds.
    pub certificates: u32,
}

/// What a store is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Issuers with an anchor, by code.
    pub issuers: Vec<IssuerReadiness>,
    /// Issuers of the standard's table without any.
    pub without_anchor: Vec<&'static str>,
    /// The latest list of every publisher.
    pub lists: Vec<ListAge>,
    /// Revocation lists that no anchor verifies.
    pub unverified_revocation_lists: usize,
    /// Document signers from a directory.
    pub signers: usize,
}

impl TrustStore {
    /// What the store is good for at the time `at`.
    #[must_use]
    pub fn readiness(&self, at: Time) -> Readiness {
        let issuers: Vec<_> = self.countries().map(|(country, _)| self.issuer_readiness(country, at)).collect();
        let known: Vec<Code> = self.countries().map(|(country, _)| country).collect();
        let missing = |entry: &&country::Entry| {
            entry.issuer == country::Use::Valid
                && matches!(entry.kind, country::Kind::Country | country::Kind::Organisation)
                && !known.contains(&entry.code)
        };
        Readiness {
            issuers,
            without_anchor: country::all().filter(missing).map(|entry| entry.letters).collect(),
            lists: self.list_ages(at),
            unverified_revocation_lists: self.revocation_lists().waiting().len(),
            signers: self.signers().len(),
        }
    }

    fn issuer_readiness(&self, country: Code, at: Time) -> IssuerReadiness {
        let anchors: Vec<&Anchor> = self.of_country(country).collect();
        let count = |is_it: &dyn Fn(&Anchor) -> bool| anchors.iter().filter(|anchor| is_it(anchor)).count();
        let for_documents = count(&|anchor| anchor.purposes.contains(Purposes::DOCUMENT));
        let issues_until = anchors.iter().map(|anchor| last_issue(anchor)).max();
        let successor_missing = issues_until.is_none_or(|until| until < at);
        let (revocation, due) = self.list_state(country, at);
        let screened = matches!(revocation, ListState::Current | ListState::NeverPublished);
        IssuerReadiness {
            country: country.to_string(),
            ready: for_documents > 0 && !successor_missing && screened,
            anchors: anchors.len(),
            for_documents,
            valid: count(&|anchor| anchor.certificate.validity_at(at) == Validity::Valid),
            test: anchors.iter().all(|anchor| anchor.test),
            issues_until: issues_until.map(|until| until.to_string()),
            successor_missing,
            revocation,
            revocation_due_in_days: due.map(|due| days(at, due)),
        }
    }

    /// The best list of the country that speaks of all certificates, and when its next is due.
    fn list_state(&self, country: Code, at: Time) -> (ListState, Option<Time>) {
        let lists = self.revocation_lists();
        let whole = lists.kept().iter().filter(|kept| kept.country == country && !kept.list.is_partial());
        if let Some(due) = whole.map(|kept| kept.list.next_update()).max() {
            let state = if due < at { ListState::Stale } else { ListState::Current };
            return (state, Some(due));
        }
        if lists.never_published().any(|(code, _)| code == country) {
            return (ListState::NeverPublished, None);
        }
        match lists.waiting().iter().any(|one| one.list.country() == Some(country)) {
            true => (ListState::Unverified, None),
            false => (ListState::Unobtainable, None),
        }
    }

    /// The latest list of every publisher, and every bare list.
    fn list_ages(&self, at: Time) -> Vec<ListAge> {
        let later = |one: &&super::ListRecord| {
            let same = |other: &&super::ListRecord| other.publisher == one.publisher && one.publisher.is_some();
            !self.records().iter().filter(same).any(|other| other.signing_time > one.signing_time)
        };
        let row = |record: &super::ListRecord| ListAge {
            publisher: record.publisher.map(|code| code.to_string()),
            list: data_encoding::HEXLOWER.encode(&record.list),
            verified: record.signer.is_some(),
            age_days: record.signing_time.map(|signed| days(signed, at)),
            certificates: record.certificates,
        };
        self.records().iter().filter(later).map(row).collect()
    }
}

/// The last moment at which the key of an anchor may sign: that of its usage period, or of its certificate.
fn last_issue(anchor: &Anchor) -> Time {
    let certificate = &anchor.certificate;
    let stated = certificate.private_key_usage_period().and_then(|period| period.not_after);
    stated.map_or(certificate.not_after(), |until| until.min(certificate.not_after()))
}

fn days(from: Time, to: Time) -> i64 {
    to.unix().saturating_sub(from.unix()).div_euclid(86_400)
}
