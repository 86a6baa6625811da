//! What was tried on the chips of an inspection: the challenges that it issued, the answers that came, and what the
//! host says that its reader did.
//!
//! A challenge is fresh if it was issued before its answer, by this inspection and for this document. Nothing that
//! comes later can make an answer fresh: whoever issues a recorded challenge afterwards gains nothing.

use super::MAX_DOCUMENTS;
use crate::chip::{Challenge, Encounter, Exchange, MAX_ANSWER, Proof};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::fact::{AccessProtocol, ChipFile, Claim, Fact, Reporter, Unread};
use crate::secret::Secret;

/// The most challenges that one inspection issues, and the most answers that it takes.
pub const MAX_CHALLENGES: usize = 64;

/// The challenges and answers of one inspection.
#[derive(Debug)]
pub(super) struct Challenges {
    issued: Vec<(u8, Secret<Challenge>)>,
    exchanges: Vec<(u8, Exchange)>,
}

impl Challenges {
    pub(super) const fn new() -> Self {
        Self { issued: Vec::new(), exchanges: Vec::new() }
    }

    /// Issues a challenge from random bytes.
    pub(super) fn issue(&mut self, document: u8, random: Challenge) -> Result<Challenge> {
        possible(document)?;
        let repeated = self.issued.iter().any(|(_, issued)| *issued.reveal() == random);
        if repeated || random.windows(2).all(|pair| matches!(pair, [one, other] if one == other)) {
            return Err(Error::new(ErrorKind::BadArgument, Part::Call, 0));
        }
        has_room(self.issued.len())?;
        self.issued.push((document, Secret::new(random)));
        Ok(random)
    }

    /// Keeps an answer, and whether its challenge was one of these.
    pub(super) fn answer(&mut self, document: u8, challenge: Challenge, answer: &[u8]) -> Result<()> {
        possible(document)?;
        has_room(self.exchanges.len())?;
        let kind = match answer.len() {
            0 => ErrorKind::BadLength,
            1..=MAX_ANSWER => {
                let challenge = Secret::new(challenge);
                let fresh = self.issued.iter().any(|(of, issued)| (*of, issued) == (document, &challenge));
                let answer = Secret::new(answer.to_vec());
                self.exchanges.push((document, Exchange { challenge, answer, fresh }));
                return Ok(());
            }
            _ => ErrorKind::TooLarge,
        };
        Err(Error::new(kind, Part::Dg(15), answer.len().min(MAX_ANSWER)))
    }
}

fn possible(document: u8) -> Result<()> {
    match usize::from(document) {
        1..=MAX_DOCUMENTS => Ok(()),
        _ => Err(Error::new(ErrorKind::NotFound, Part::ChipFile, 0)),
    }
}

const fn has_room(count: usize) -> Result<()> {
    if count < MAX_CHALLENGES { Ok(()) } else { Err(Error::new(ErrorKind::BudgetExceeded, Part::Dg(15), count)) }
}

/// Everything that was tried on, and told of, the chip of one document.
pub(super) struct Told {
    exchanges: Vec<Exchange>,
    unanswered: bool,
    proofs: Vec<Proof>,
    /// How it was opened.
    pub(super) access: Vec<(Reporter, AccessProtocol)>,
    /// What was not read, and why.
    pub(super) unread: Vec<(Reporter, ChipFile, Unread)>,
}

impl Told {
    /// What concerns document `number`.
    pub(super) fn of(number: u8, facts: &[Fact], challenges: &Challenges) -> Self {
        let own = challenges.exchanges.iter().filter(|(of, _)| *of == number);
        let exchanges: Vec<_> = own.map(|(_, exchange)| exchange.clone()).collect();
        let is_answered = |issued: &Secret<Challenge>| {
            exchanges.iter().any(|exchange| exchange.fresh && exchange.challenge == *issued)
        };
        let unanswered = challenges.issued.iter().any(|(of, issued)| *of == number && !is_answered(issued));
        let mut told = Self { exchanges, unanswered, proofs: Vec::new(), access: Vec::new(), unread: Vec::new() };
        for Fact { reporter, claim } in facts.iter().copied() {
            match claim {
                Claim::ChipAccess { document, protocol } if document == number => {
                    told.access.push((reporter, protocol));
                }
                Claim::ChipProof { document, protocol, result } if document == number => {
                    told.proofs.push(Proof { reporter, protocol, result });
                }
                Claim::ChipFileUnread { document, file, why } if document == number => {
                    told.unread.push((reporter, file, why));
                }
                _ => {}
            }
        }
        told
    }

    /// Whether the chip gave an answer or the reader reports a proof.
    pub(super) const fn tried(&self) -> bool {
        !self.exchanges.is_empty() || !self.proofs.is_empty()
    }

    /// What bears on whether the chip is a copy.
    pub(super) fn encounter(&self) -> Encounter<'_> {
        Encounter { exchanges: &self.exchanges, unanswered: self.unanswered, reported: &self.proofs }
    }
}
