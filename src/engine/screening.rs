//! The alert lists of an engine: every document and name of an inspection is looked up on each of them.
//!
//! What comes in: zones as printed and as on the chip, names of the chip's additional details. What goes out: `alert.person`
//! and `alert.document`, and for each list what it says of whom. A score refers and never does more; only a document
//! that was reported has what its list asks for as its reason. What must never happen here: that nothing was looked up
//! and it reads as passed, or that a covert entry leaves a trace.

use super::Inspection;
use super::document::Document;
use crate::alert::{AlertList, Authority, DocumentHit, Hit};
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::{Action, Clearance, DocumentStatus, Nation, Query};
use crate::mrz::{FieldId, Mrz};
use crate::secret::Secret;
use serde::Serialize;
use std::sync::Arc;

/// The most names that are looked up for one document.
const NAMES: usize = 8;

/// The lists of an engine, and what its host has cleared.
#[derive(Debug, Clone, Default)]
pub(super) struct Alerts {
    lists: Arc<[Arc<AlertList>]>,
    clearances: Arc<[Clearance]>,
}

impl Alerts {
    /// Takes the lists for the counter; covert ones are none of these.
    pub(super) fn set_lists(&mut self, lists: impl IntoIterator<Item = Arc<AlertList>>) {
        self.lists = lists.into_iter().filter(|list| !list.labels().covert).collect();
    }

    pub(super) fn set_clearances(&mut self, clearances: impl IntoIterator<Item = Clearance>) {
        self.clearances = clearances.into_iter().collect();
    }
}

/// Which list it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListSeen {
    /// Who made it.
    pub agency: String,
    /// Its version.
    pub version: u64,
    /// When it was made.
    pub issued: Option<Date>,
    /// The last day before it should have been replaced.
    pub valid_until: Option<Date>,
    /// Whether that day is past. It was searched all the same.
    pub stale: bool,
    /// The key that signed it, in hexadecimal; absent if nobody did.
    pub signed_by: Option<String>,
}

impl ListSeen {
    fn new(list: &AlertList, on: Date) -> Self {
        let labels = list.labels();
        Self {
            agency: labels.agency.clone(),
            version: labels.version,
            issued: labels.issued,
            valid_until: labels.valid_until,
            stale: list.is_stale(on),
            signed_by: list.signer().map(|key| data_encoding::HEXLOWER.encode(key)),
        }
    }
}

/// A document that stands on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentSeen {
    /// The document's number in this inspection, from 1.
    pub document: u8,
    /// The entry.
    #[serde(flatten)]
    pub hit: DocumentHit,
}

/// What one list says of the traveller and the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlertsSeen {
    /// Which list.
    pub list: ListSeen,
    /// Entries that the traveller could be, the strongest first; cleared ones among them.
    pub persons: Vec<Hit>,
    /// Entries that name a document.
    pub documents: Vec<DocumentSeen>,
    /// The list could not be read to the end, so that what stands here may not be all.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub unreadable: bool,
}

/// A verdict about a person or a document.
type Found = (Outcome, Reason);

/// The worst of several verdicts. Of equal outcomes the one that says more.
fn worst(found: impl Iterator<Item = Found>) -> Option<Found> {
    let telling = |reason: Reason| match reason {
        Reason::DocumentReportedDetain => 0,
        Reason::DocumentReportedRefuse => 1,
        Reason::DocumentReported => 2,
        Reason::AlertListUnreadable => 3,
        Reason::AlertNotifyOnly => 4,
        Reason::DocumentOfListedPerson => 5,
        Reason::FalseMatchCleared => 6,
        Reason::Confirmed => 9,
        _ => 7,
    };
    found.min_by_key(|(outcome, reason)| (outcome.rank(), telling(*reason), *outcome, *reason))
}

/// What is looked up of one document.
struct Sought {
    number: u8,
    queries: Vec<Query>,
}

impl Sought {
    fn of(number: u8, document: &Document, on: Date) -> Self {
        let mut queries: Vec<Query> = Vec::new();
        for query in document.zones().map(|zone| of_zone(zone, on)) {
            if !queries.contains(&query) {
                queries.push(query);
            }
        }
        if let Some(first) = queries.first().cloned() {
            for name in document.names_on_chip() {
                queries.push(Query {
                    surname: Secret::default(),
                    given: Secret::default(),
                    mrz_name: name,
                    ..first.clone()
                });
            }
        }
        queries.truncate(NAMES);
        Self { number, queries }
    }

    fn names_somebody(&self) -> bool {
        self.queries.iter().any(names_somebody)
    }

    fn has_a_number(&self) -> bool {
        self.queries.iter().any(|query| !query.document_number.reveal().is_empty())
    }
}

fn names_somebody(query: &Query) -> bool {
    [&query.surname, &query.given, &query.mrz_name].iter().any(|name| name.reveal().bytes().any(|byte| byte != b'<'))
}

/// A zone as a query.
fn of_zone(zone: &Mrz, on: Date) -> Query {
    let person = zone.person(on);
    let field = zone.field(FieldId::Name).map_or("", |field| field.raw);
    let issuer = zone.issuer().entry();
    Query {
        id: String::new(),
        surname: person.primary.clone(),
        given: person.secondary.clone(),
        mrz_name: Secret::from(field),
        birth: person.birth_date,
        sex: person.sex,
        nationality: Nation::parse(person.nationality.reveal()),
        document_issuer: issuer.and_then(|entry| Nation::parse(entry.letters)),
        document_number: zone.document_number(),
    }
}

impl Inspection {
    fn sought(&self) -> Vec<Sought> {
        self.every_document().map(|(number, document)| Sought::of(number, document, self.at().date())).collect()
    }

    /// Looks everything up on every list, and puts what comes of it in the place of "no list loaded".
    pub(super) fn screen(&self, checks: &mut Vec<Check>) -> Vec<AlertsSeen> {
        let alerts = &self.engine().parts.alerts;
        if alerts.lists.is_empty() {
            return Vec::new();
        }
        checks.retain(|check| check.reason != Reason::NoListLoaded);
        let sought = self.sought();
        let seen: Vec<AlertsSeen> = alerts.lists.iter().map(|list| self.look_up(list, &sought)).collect();
        let age = alerts.lists.iter().filter_map(|list| list.labels().issued);
        let age = age.map(|issued| issued.days_until(self.at().date()).max(0)).max();
        let mut made = |id, subject, (outcome, reason)| {
            let check = Check::new(id, subject, outcome, reason);
            checks.push(age.map_or(check, |days| check.aged(days)));
        };
        for one in &sought {
            let found = worst(seen.iter().map(|seen| document_found(seen, one)));
            made(CheckId::AlertDocument, Subject::Document(one.number), found.unwrap_or(NOTHING));
        }
        let named = sought.iter().any(Sought::names_somebody);
        let found = worst(seen.iter().map(person_found)).filter(|_| named);
        made(CheckId::AlertPerson, Subject::Traveller, found.unwrap_or(NOTHING));
        checks.sort_by_key(|check| (check.id, check.subject));
        seen
    }

    fn look_up(&self, list: &AlertList, sought: &[Sought]) -> AlertsSeen {
        let on = self.at().date();
        let mut seen =
            AlertsSeen { list: ListSeen::new(list, on), persons: Vec::new(), documents: Vec::new(), unreadable: false };
        for one in sought {
            for query in &one.queries {
                let done = self.look_up_one(list, (one.number, query), &mut seen);
                seen.unreadable |= done.is_err();
            }
        }
        seen.persons.sort_by(|one, other| other.score.cmp(&one.score).then_with(|| one.entry.cmp(&other.entry)));
        seen
    }

    fn look_up_one(&self, list: &AlertList, (number, query): (u8, &Query), seen: &mut AlertsSeen) -> Result<()> {
        let on = self.at().date();
        for hit in list.documents(query.document_number.reveal(), query.document_issuer, on)? {
            let hit = DocumentSeen { document: number, hit };
            if !seen.documents.contains(&hit) {
                seen.documents.push(hit);
            }
        }
        for mut hit in list.search(query, on)?.into_iter().filter(|hit| hit.alarm && hit.is_of_a_person()) {
            let clears = |clearance: &&Clearance| clearance.applies(&seen.list.agency, &hit.entry, query, on);
            hit.cleared = self.engine().parts.alerts.clearances.iter().any(|clearance| clears(&clearance));
            match seen.persons.iter_mut().find(|known| known.entry == hit.entry) {
                // Another name of the same traveller may be stronger, and clears only what it clears itself.
                Some(known) if (known.cleared, hit.score) > (hit.cleared, known.score) => *known = hit,
                Some(_) => {}
                None => seen.persons.push(hit),
            }
        }
        Ok(())
    }

    /// What the covert entries of a list say of this inspection: a sealed message for each name that was read, always of
    /// the same kind, for the authority alone. Nothing of it is in any assessment, and no assessment depends on it.
    ///
    /// # Errors
    /// If the package contradicts itself, or a message could not be sealed.
    pub fn screen_covert(&self, list: &AlertList, authority: &Authority) -> Result<Vec<Vec<u8>>> {
        let on = self.at().date();
        let sought = self.sought();
        let queries = sought.iter().flat_map(|one| &one.queries);
        queries.map(|query| list.search_covert(query, authority, on)).collect()
    }

    /// One of these messages, counted from 0.
    ///
    /// # Errors
    /// `NotFound` behind the last, and those of [`Inspection::screen_covert`].
    pub fn screen_covert_one(&self, index: usize, list: &AlertList, authority: &Authority) -> Result<Vec<u8>> {
        let sought = self.sought();
        let query = sought.iter().flat_map(|one| &one.queries).nth(index);
        let query = query.ok_or(Error::new(ErrorKind::NotFound, Part::AlertList, index))?;
        list.search_covert(query, authority, self.at().date())
    }
}

const NOTHING: Found = (Outcome::NotPerformed, Reason::NothingToScreen);

/// What it means that a list says nothing.
fn clean(seen: &AlertsSeen) -> Found {
    if seen.unreadable {
        (Outcome::Aborted, Reason::AlertListUnreadable)
    } else if seen.list.stale {
        (Outcome::Undetermined, Reason::AlertListStale)
    } else if seen.list.signed_by.is_none() {
        (Outcome::Passed, Reason::AlertListUnsigned)
    } else {
        (Outcome::Passed, Reason::Confirmed)
    }
}

fn person_found(seen: &AlertsSeen) -> Found {
    let found = seen.persons.iter().map(|hit| match (hit.cleared, hit.owner.asks_for()) {
        (true, _) => match clean(seen) {
            (Outcome::Passed, _) => (Outcome::Passed, Reason::FalseMatchCleared),
            open => open,
        },
        (false, Action::Notify) => (Outcome::Undetermined, Reason::AlertNotifyOnly),
        _ => (Outcome::Failed, Reason::PersonResemblesEntry),
    });
    worst(found.chain([clean(seen)])).unwrap_or(NOTHING)
}

fn document_found(seen: &AlertsSeen, sought: &Sought) -> Found {
    if !sought.has_a_number() {
        return NOTHING;
    }
    let own = seen.documents.iter().filter(|document| document.document == sought.number);
    let found = own.map(|DocumentSeen { hit, .. }| match (hit.exact, hit.status, hit.owner.asks_for()) {
        (_, _, Action::Notify) => (Outcome::Undetermined, Reason::AlertNotifyOnly),
        (false, _, _) => (Outcome::Failed, Reason::DocumentResemblesEntry),
        (true, DocumentStatus::Held, _) => (Outcome::Failed, Reason::DocumentOfListedPerson),
        (true, _, Action::Refuse) => (Outcome::Failed, Reason::DocumentReportedRefuse),
        (true, _, Action::Detain) => (Outcome::Failed, Reason::DocumentReportedDetain),
        (true, _, Action::Refer) => (Outcome::Failed, Reason::DocumentReported),
    });
    worst(found.chain([clean(seen)])).unwrap_or(NOTHING)
}
