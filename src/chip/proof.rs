//! `chip.authentic`: what all attempts together say about the chip (Doc 9303-11 §6, TR-03135 "chip authenticity").
//!
//! | outcome | when |
//! |---|---|
//! | passed | a challenge of this inspection was answered with the key that the issuer signed; or the reader says that it authenticated the chip |
//! | failed | an answer was not made with the key that the issuer signed, whoever issued the challenge; or the reader says so |
//! | undetermined | the answer is right and the challenge is somebody else's; nobody vouches for the key; the key is unfit |
//! | aborted | a challenge was issued and never answered; or the reader says that the chip did not answer |
//! | not supported | the key or its algorithm is unknown here |
//! | not performed | nobody asked, although EF.SOD lists a key |
//! | not present | EF.SOD lists no file that could hold a key, or DG14 holds none |
//!
//! Freshness matters for passing alone: a wrong answer to an old challenge is as wrong as one to a new challenge.

use super::{Answered, Challenge, active};
use crate::asn1::SubjectPublicKeyInfo;
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::deviation::Deviations;
use crate::error::Part;
use crate::fact::{ChipProtocol, ProtocolResult, Reporter};
use crate::lds::{Content, DataGroup, ElementaryFile, SecurityInfo, SecurityInfos};
use crate::secret::Secret;

/// For which files the issuer vouches, by passive authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vouched {
    /// DG14.
    pub dg14: bool,
    /// DG15.
    pub dg15: bool,
    /// EF.CardSecurity.
    pub card_security: bool,
}

/// A challenge and what the chip answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The challenge.
    pub challenge: Secret<Challenge>,
    /// The answer.
    pub answer: Secret<Vec<u8>>,
    /// Whether this inspection had issued the challenge before the answer came.
    pub fresh: bool,
}

/// What a reader says about a protocol that it ran itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Who says so.
    pub reporter: Reporter,
    /// Which protocol.
    pub protocol: ChipProtocol,
    /// What came of it.
    pub result: ProtocolResult,
}

/// Everything that was tried on one chip.
#[derive(Debug, Clone, Copy)]
pub struct Encounter<'e> {
    /// Challenges with their answers.
    pub exchanges: &'e [Exchange],
    /// Whether a challenge of this inspection is still without an answer.
    pub unanswered: bool,
    /// What the reader did by itself.
    pub reported: &'e [Proof],
}

impl Encounter<'_> {
    /// Whether this inspection tried anything itself.
    const fn here(&self) -> bool {
        self.unanswered || !self.exchanges.is_empty()
    }
}

/// Outcome, reason, and who reported it if the engine did not see it.
type Verdict = (Outcome, Reason, Option<Reporter>);

/// Makes `chip.authentic` from the files of a chip and what was tried on it.
#[must_use]
pub fn authentic(files: &[ElementaryFile<'_>], vouched: Vouched, tried: &Encounter<'_>, subject: Subject) -> Check {
    let chip = Chip::of(files);
    let (outcome, reason, reporter) = chip.verdict(vouched, tried);
    let check = Check::new(CheckId::ChipAuthentic, subject, outcome, reason).in_file(chip.part());
    reporter.map_or(check, |reporter| check.reported_by(reporter))
}

/// What the files say about the keys of the chip.
struct Chip<'a> {
    /// Whether EF.SOD was read.
    listed: bool,
    lists_dg14: bool,
    lists_dg15: bool,
    infos: Option<SecurityInfos<'a>>,
    key: Option<SubjectPublicKeyInfo<'a>>,
}

impl<'a> Chip<'a> {
    fn of(files: &[ElementaryFile<'a>]) -> Self {
        let seen = &mut Deviations::new();
        let mut chip = Self { listed: false, lists_dg14: false, lists_dg15: false, infos: None, key: None };
        for file in files {
            match file.content(seen) {
                Ok(Content::Sod(sod)) => {
                    let lists = |number| DataGroup::new(number).is_some_and(|group| sod.object.hash(group).is_some());
                    chip.listed = true;
                    chip.lists_dg14 |= lists(14);
                    chip.lists_dg15 |= lists(15);
                }
                Ok(Content::Dg14(infos)) => chip.infos = chip.infos.or(Some(infos)),
                Ok(Content::Dg15(key)) => chip.key = chip.key.or(Some(key)),
                _ => {}
            }
        }
        chip
    }

    /// The file that the check is about.
    const fn part(&self) -> Part {
        match (self.lists_dg15, self.lists_dg14) {
            (true, _) => Part::Dg(15),
            (_, true) => Part::Dg(14),
            _ => Part::Sod,
        }
    }

    fn verdict(&self, vouched: Vouched, tried: &Encounter<'_>) -> Verdict {
        let here = self.active(vouched, tried);
        let there = self.reported(vouched, tried.reported);
        match (here, there) {
            (here, Some(there)) if there.0 == Outcome::Failed && here.0 == Outcome::Passed => {
                (Outcome::Failed, Reason::ReportersDisagree, there.2)
            }
            (here, _) if matches!(here.0, Outcome::Failed | Outcome::Passed) => here,
            (_, Some(there)) if there.0 == Outcome::Failed => there,
            // What was tried here and came to nothing is not mended by somebody's word.
            (_, Some(there)) if !tried.here() && there.0 != Outcome::Passed => there,
            (here, _) if matches!(here.0, Outcome::Aborted | Outcome::Undetermined) => here,
            (_, Some(there)) => there,
            (here, None) => here,
        }
    }

    /// What the engine saw itself.
    fn active(&self, vouched: Vouched, tried: &Encounter<'_>) -> Verdict {
        let seen: Vec<_> = tried.exchanges.iter().map(|exchange| self.exchange(vouched, exchange)).collect();
        let of = |outcome| seen.iter().copied().find(|verdict: &Verdict| verdict.0 == outcome);
        let unanswered = tried.unanswered.then_some((Outcome::Aborted, Reason::ChipDidNotAnswer, None));
        of(Outcome::Failed)
            .or_else(|| of(Outcome::Passed))
            .or(unanswered)
            .or_else(|| of(Outcome::Undetermined))
            .or_else(|| seen.first().copied())
            .unwrap_or_else(|| self.untried())
    }

    /// Nothing was tried: whether it could have been.
    fn untried(&self) -> Verdict {
        let (outcome, reason) = match (self.listed, self.lists_dg15, self.lists_dg14) {
            (false, ..) => (Outcome::Undetermined, Reason::SodMissing),
            (_, true, _) if self.key.is_none() => (Outcome::NotPerformed, Reason::FileNotRead),
            (_, true, _) => (Outcome::NotPerformed, Reason::NothingGiven),
            (_, _, true) => match &self.infos {
                None => (Outcome::NotPerformed, Reason::FileNotRead),
                Some(infos) if holds_key(infos) => (Outcome::NotPerformed, Reason::NothingGiven),
                Some(_) => (Outcome::NotPresent, Reason::NoChipKey),
            },
            _ => (Outcome::NotPresent, Reason::NoChipKey),
        };
        (outcome, reason, None)
    }

    /// What one answer is worth.
    fn exchange(&self, vouched: Vouched, exchange: &Exchange) -> Verdict {
        let (outcome, reason) = match &self.key {
            None if self.lists_dg15 => (Outcome::Undetermined, Reason::FileNotRead),
            _ if !vouched.dg15 => (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor),
            None => (Outcome::Undetermined, Reason::NoChipKey),
            Some(key) => self.answer(key, exchange),
        };
        (outcome, reason, None)
    }

    fn answer(&self, key: &SubjectPublicKeyInfo<'_>, exchange: &Exchange) -> (Outcome, Reason) {
        let seen = &mut Deviations::new();
        let answer = exchange.answer.reveal();
        match active::verify(key, self.infos.as_ref(), exchange.challenge.reveal(), answer, seen) {
            Answered::Wrong => (Outcome::Failed, Reason::ChipAnswerWrong),
            Answered::KeyUnfit => (Outcome::Undetermined, Reason::KeyUnfit),
            Answered::NotSupported => (Outcome::NotSupported, Reason::AlgorithmNotSupported),
            Answered::Right if !exchange.fresh => (Outcome::Undetermined, Reason::ForeignChallenge),
            Answered::Right if seen.is_empty() => (Outcome::Passed, Reason::ChipAnswered),
            Answered::Right => (Outcome::Passed, Reason::ChipAnsweredDeviating),
        }
    }

    /// The worst of what the reader did; success counts only with a key that the issuer vouches for.
    fn reported(&self, vouched: Vouched, proofs: &[Proof]) -> Option<Verdict> {
        let keys = Vouched {
            dg14: vouched.dg14 && self.infos.as_ref().is_some_and(holds_key),
            dg15: vouched.dg15 && self.key.is_some(),
            ..vouched
        };
        let verdict = |proof: &Proof| {
            let (outcome, reason) = asserted(proof, keys);
            (outcome, reason, Some(proof.reporter))
        };
        let all: Vec<Verdict> = proofs.iter().map(verdict).collect();
        let worst = all.iter().min_by_key(|(outcome, reason, by)| (outcome.rank(), *outcome, *reason, *by)).copied()?;
        let contradicted = worst.0 == Outcome::Failed && all.iter().any(|other| other.0 == Outcome::Passed);
        Some(if contradicted { (worst.0, Reason::ReportersDisagree, worst.2) } else { worst })
    }
}

/// Whether a key for chip authentication is among these infos.
pub(super) fn holds_key(infos: &SecurityInfos<'_>) -> bool {
    let is_key = |info: &SecurityInfo<'_>| matches!(info, SecurityInfo::ChipAuthenticationPublicKey { .. });
    infos.entries.iter().any(|entry| is_key(&entry.info))
}

/// What a reader's word is worth, where the issuer vouches for the keys in `vouched`.
const fn asserted(proof: &Proof, vouched: Vouched) -> (Outcome, Reason) {
    let (key, reason) = match proof.protocol {
        ChipProtocol::ActiveAuthentication => (vouched.dg15, Reason::ActiveAuthenticationAsserted),
        ChipProtocol::ChipAuthentication => (vouched.dg14, Reason::ChipAuthenticationAsserted),
        ChipProtocol::PaceCam => (vouched.card_security, Reason::PaceCamAsserted),
    };
    match proof.result {
        ProtocolResult::Succeeded if key => (Outcome::Passed, reason),
        ProtocolResult::Failed if key => (Outcome::Failed, reason),
        ProtocolResult::Succeeded | ProtocolResult::Failed => (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor),
        ProtocolResult::NotAnswered => (Outcome::Aborted, Reason::ChipDidNotAnswer),
        ProtocolResult::NotSupported => (Outcome::NotSupported, Reason::ReaderDoesNotSupport),
    }
}
