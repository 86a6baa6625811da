//! One traveller, one encounter, at one given time.

use super::assessment::DeviationSeen;
use super::document::{Document, Picture};
use super::encounter::{Challenges, Told};
use super::{Assessment, Engine, expected, listed, reported};
use crate::assess::judge;
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::chip::{self, Challenge};
use crate::date::Time;
use crate::deviation::Deviations;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::fact::Fact;
use crate::lds;
use crate::mrz::{self, DocumentKind, Mrz, ReaderMarks};
use crate::passive::Terms;

/// The most documents that one inspection takes.
pub const MAX_DOCUMENTS: usize = 16;
/// The most facts that one inspection takes.
pub const MAX_FACTS: usize = 256;

/// Takes readings and facts in any order and judges what it has, as often as asked.
#[derive(Debug)]
pub struct Inspection {
    engine: Engine,
    at: Time,
    documents: Vec<Document>,
    facts: Vec<Fact>,
    challenges: Challenges,
    #[cfg(feature = "barcode")]
    pub(super) payloads: super::payload::Payloads,
    /// What was made of pictures of pages.
    #[cfg(feature = "optical")]
    pub(super) seen: Vec<Check>,
    unread: bool,
}

impl Inspection {
    pub(super) const fn new(engine: Engine, at: Time) -> Self {
        Self {
            engine,
            at,
            documents: Vec::new(),
            facts: Vec::new(),
            challenges: Challenges::new(),
            #[cfg(feature = "barcode")]
            payloads: super::payload::Payloads::new(),
            #[cfg(feature = "optical")]
            seen: Vec::new(),
            unread: false,
        }
    }

    /// The time of the inspection.
    #[must_use]
    pub const fn at(&self) -> Time {
        self.at
    }

    /// The engine with which it was opened.
    #[must_use]
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Takes the text of a machine-readable zone and gives the number of its document, from 1.
    ///
    /// # Errors
    /// As [`mrz::parse`]; `BudgetExceeded` beyond [`MAX_DOCUMENTS`].
    pub fn read_mrz(&mut self, text: impl AsRef<[u8]>) -> Result<u8> {
        self.add_mrz(mrz::parse(text)?)
    }

    /// The same, from a reader with its own marks for what it could not read.
    ///
    /// # Errors
    /// As [`Inspection::read_mrz`].
    pub fn read_mrz_marked(&mut self, text: impl AsRef<[u8]>, marks: &ReaderMarks) -> Result<u8> {
        self.add_mrz(mrz::parse_marked(text, marks)?)
    }

    /// Takes a zone that was read already.
    ///
    /// # Errors
    /// `BudgetExceeded` beyond [`MAX_DOCUMENTS`].
    pub fn add_mrz(&mut self, zone: Mrz) -> Result<u8> {
        self.add(Document::of_zone(zone))
    }

    fn add(&mut self, document: Document) -> Result<u8> {
        let full = Error::new(ErrorKind::BudgetExceeded, Part::MrzText, MAX_DOCUMENTS);
        if self.documents.len() >= MAX_DOCUMENTS {
            return Err(full);
        }
        self.documents.push(document);
        u8::try_from(self.documents.len()).map_err(|_| full)
    }

    /// Notes that something was there which could not be read, so that it does not pass for nothing.
    ///
    /// An error of [`Inspection::read_mrz`] and its like is not noted by itself: hosts read again. Whoever gives up on
    /// a source says so here; nothing clears then.
    pub fn could_not_read(&mut self) {
        self.unread = true;
    }

    /// Takes a file of a chip, recognised by its content, and says what it is.
    ///
    /// `document` is the number of the document whose chip it is; one more than there are opens another document,
    /// which has no printed zone.
    ///
    /// # Errors
    /// `NotFound` if there is no such document, `UnknownContent` if it is no file of a chip, those of
    /// [`ElementaryFile::read`](crate::lds::ElementaryFile::read), and `BudgetExceeded` for more than a chip has.
    pub fn read_chip_file(&mut self, document: u8, bytes: &[u8]) -> Result<lds::Kind> {
        let index = usize::from(document).checked_sub(1);
        let missing = Error::new(ErrorKind::NotFound, Part::ChipFile, 0);
        let index = index.ok_or(missing)?;
        if index == self.documents.len() {
            let mut opened = Document::default();
            let kind = opened.add_file(bytes)?;
            return self.add(opened).map(|_| kind);
        }
        self.documents.get_mut(index).ok_or(missing)?.add_file(bytes)
    }

    /// Every picture on the chip of a document: those of DG2 first, of which the first is the portrait to show, then
    /// those of DG5 and DG7. None if there is no such document.
    #[must_use]
    pub fn pictures(&self, document: u8) -> Vec<Picture<'_>> {
        let index = usize::from(document).checked_sub(1);
        index.and_then(|index| self.documents.get(index)).map(Document::pictures).unwrap_or_default()
    }

    /// Issues a challenge for active authentication of the chip of a document, from bytes that the host drew at random.
    ///
    /// What comes back goes to the chip (INTERNAL AUTHENTICATE), and its answer to [`Inspection::chip_answer`]. A challenge
    /// that is never answered counts as cut short. The document may be read later.
    ///
    /// # Errors
    /// `NotFound` for a document number that can never be, `BadArgument` for bytes that are no random ones (all the
    /// same, or a challenge of this inspection once more), `BudgetExceeded` beyond
    /// [`MAX_CHALLENGES`](super::MAX_CHALLENGES).
    pub fn challenge(&mut self, document: u8, random: Challenge) -> Result<Challenge> {
        self.challenges.issue(document, random)
    }

    /// Takes what the chip answered to `challenge`. It counts in favour of the chip only if this inspection issued the
    /// challenge for this document before; a right answer to any other could be a recording.
    ///
    /// # Errors
    /// `NotFound` for a document number that can never be, `BadLength` for no answer at all, `TooLarge` beyond
    /// [`MAX_ANSWER`](crate::chip::MAX_ANSWER), `BudgetExceeded` beyond [`MAX_CHALLENGES`](super::MAX_CHALLENGES) answers.
    pub fn chip_answer(&mut self, document: u8, challenge: Challenge, answer: &[u8]) -> Result<()> {
        self.challenges.answer(document, challenge, answer)
    }

    /// Takes a fact from the host. A document that it names may be read later.
    ///
    /// # Errors
    /// `BadArgument` for a check that only the engine may make, for one of a document that names none or of the
    /// traveller that names one, and for a document number that can never be; and
    /// `BudgetExceeded` beyond [`MAX_FACTS`].
    pub fn add_fact(&mut self, fact: Fact) -> Result<()> {
        if !reported::is_sound(fact, MAX_DOCUMENTS) {
            return Err(Error::new(ErrorKind::BadArgument, Part::Fact, 0));
        }
        if self.facts.len() >= MAX_FACTS {
            return Err(Error::new(ErrorKind::BudgetExceeded, Part::Fact, MAX_FACTS));
        }
        self.facts.push(fact);
        Ok(())
    }

    /// How many documents there are.
    #[must_use]
    pub const fn document_count(&self) -> usize {
        self.documents.len()
    }

    /// Every document, with its number.
    #[cfg(feature = "alert")]
    pub(super) fn every_document(&self) -> impl Iterator<Item = (u8, &Document)> {
        (1..).zip(&self.documents)
    }

    /// The documents whose zone was read, with their numbers.
    pub(super) fn documents(&self) -> impl Iterator<Item = (u8, &Mrz)> {
        (1..).zip(&self.documents).filter_map(|(number, document)| Some((number, document.zone()?)))
    }

    /// Judges what was read and reported so far.
    #[must_use]
    pub fn assess(&self) -> Assessment {
        let mut deviations = Vec::new();
        #[allow(unused_mut, reason = "only feature `alert` has something to change")]
        let mut checks = self.checks(&mut deviations);
        #[cfg(feature = "alert")]
        let alerts = self.screen(&mut checks);
        let documents: Vec<_> = (1..)
            .zip(&self.documents)
            .map(|(number, document)| {
                let kind = document.zone().map_or(DocumentKind::Other, Mrz::kind);
                (number, kind, document.has_chip())
            })
            .collect();
        #[allow(unused_mut, reason = "only features `barcode` and `optical` have something to add")]
        let mut expected = expected::derive(&documents);
        #[cfg(feature = "barcode")]
        expected.extend(self.payloads_expected());
        #[cfg(feature = "optical")]
        expected.extend(self.page_expected());
        let verdict = judge(self.engine.policy(), &checks, &expected);
        let assessment = Assessment::new(self, checks, deviations, verdict);
        #[cfg(feature = "alert")]
        let assessment = Assessment { alerts, ..assessment };
        assessment
    }

    /// Every check, ordered by its number and then by its subject.
    fn checks(&self, deviations: &mut Vec<DeviationSeen>) -> Vec<Check> {
        let on = self.at.date();
        let mut checks = vec![self.clock(), self.input()];
        for (number, document) in (1..).zip(&self.documents) {
            let subject = Subject::Document(number);
            let marked = reported::is_marked_specimen(&self.facts, number);
            checks.extend(document.zone_checks(subject, on).into_iter().map(|check| match check.id {
                CheckId::DocumentSpecimen if marked && check.outcome != Outcome::Failed => {
                    Check::new(check.id, subject, Outcome::Failed, Reason::SpecimenMarked)
                }
                _ => check,
            }));
            reported::document_checks(&self.facts, self.seen(), number, &mut checks);
            if document.has_chip() {
                let mut seen = Deviations::new();
                let told = Told::of(number, &self.facts, &self.challenges);
                checks.extend(document.chip_checks(self.engine.trust(), &self.terms(), &told, subject, &mut seen));
                deviations.extend(seen.iter().map(|found| DeviationSeen::new(subject, found)));
            } else if let Some(zone) = document.zone() {
                reported::chip_checks(&self.facts, number, zone.kind(), &mut checks);
                let told = Told::of(number, &self.facts, &self.challenges);
                checks.extend(chip::files(&[], &told.unread, subject));
                let unread = |check: &&mut Check| {
                    (check.id, check.subject, check.reason) == (CheckId::ChipAuthentic, subject, Reason::ChipNotRead)
                };
                if let Some(check) = checks.iter_mut().find(unread).filter(|_| told.tried()) {
                    // Nobody vouches for a key that was not read: what was tried is said, and counts for nothing.
                    *check = chip::authentic(&[], chip::Vouched::default(), &told.encounter(), subject);
                }
            }
        }
        #[cfg(feature = "barcode")]
        self.payload_checks(&mut checks);
        self.apply_listed_deviations(&mut checks);
        reported::orphaned_checks(&self.facts, self.documents.len(), &mut checks);
        reported::traveller_checks(&self.facts, &mut checks);
        checks.sort_by_key(|check| (check.id, check.subject));
        checks
    }

    /// What was made of pictures of pages.
    const fn seen(&self) -> &[Check] {
        #[cfg(feature = "optical")]
        return self.seen.as_slice();
        #[cfg(not(feature = "optical"))]
        &[]
    }

    /// What issuers list of their own documents, where it explains a check.
    fn apply_listed_deviations(&self, checks: &mut [Check]) {
        let softens = |check| self.engine.policy().takes_listed_deviations(check);
        for (number, document) in (1..).zip(&self.documents) {
            let subject = Subject::Document(number);
            let defects = document.listed_defects(self.engine.trust());
            let of_document = checks.iter_mut().filter(|check| check.subject == subject);
            listed::apply(of_document, &defects, softens);
        }
    }

    fn input(&self) -> Check {
        let (outcome, reason) = match self.unread {
            true => (Outcome::Undetermined, Reason::Unreadable),
            false => (Outcome::Passed, Reason::Confirmed),
        };
        Check::new(CheckId::EngineInput, Subject::Inspection, outcome, reason)
    }

    fn terms(&self) -> Terms {
        Terms { at: self.at, weak_until: self.engine.policy().identity().weak_until }
    }

    /// Nothing may be judged at a time that lies before what was already seen.
    fn clock(&self) -> Check {
        let (outcome, reason) = match self.engine.parts.not_before {
            Some(limit) if self.at < limit => (Outcome::Failed, Reason::TimeBeforeMaterial),
            Some(_) => (Outcome::Passed, Reason::Confirmed),
            None => (Outcome::NotPerformed, Reason::NoTimeReference),
        };
        Check::new(CheckId::EngineClock, Subject::Inspection, outcome, reason)
    }
}
