//! Confidence: the weights of all findings, added up in integer centibans.
//!
//! A check counts once, however many documents it was made on: as failed if it failed on one, else as absent if it
//! came to no conclusion on one, else as passed. Credit is bounded twice: by the cap of each group, and by what the
//! engine saw itself plus each reporter's cap. A failure voids the credit of its group and counts in full.
//! Sums are made in 64 bits, so that their order cannot matter, and clamped at the end.
//!
//! Adding logarithms takes the checks to be independent, which they are not. Groups are the remedy: checks that
//! one trick defeats together share a group, and its cap is what that trick leaves of them.
//!
//! Better evidence never gives less. A failure made good frees the credit of its group and takes back a debit; a pass
//! more raises a sum under a cap; and the smaller of two sums that only rise, only rises.

use super::finding::{Findings, is_gap};
use super::policy::{Policy, Scale};
use super::vocabulary::{Basis, Level};
use crate::check::{Axis, Check, Outcome, Seen};
use crate::fact::Reporter;

/// How many kinds of reporter there are.
const REPORTERS: usize = Reporter::ALL.len();

/// The sums of one inspection, in centibans.
pub(super) struct Sums {
    /// That the document is genuine.
    pub document: i32,
    /// That it belongs to its holder.
    pub holder: i32,
    /// Measured only if every weight that spoke was.
    pub basis: Basis,
}

impl Sums {
    /// The smaller of the two: a genuine document in wrong hands is worth as much as a forged one.
    pub fn overall(&self) -> i32 {
        self.document.min(self.holder)
    }

    /// The policy's name for its height.
    pub fn level(&self, policy: &Policy) -> Level {
        policy.levels.of(self.overall())
    }
}

/// Credit and debit of one group.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// Credit of every passed check, whoever saw it.
    all: i64,
    /// Credit of what the engine saw itself.
    engine: i64,
    /// Credit of what each kind of reporter saw.
    reported: [i64; REPORTERS],
    /// What failed and what is absent; not positive.
    debit: i64,
    /// Whether a check of the group failed.
    void: bool,
}

/// The credit of one check, by who saw it.
#[derive(Default)]
struct Credit {
    /// If the engine saw it itself.
    engine: i64,
    /// If a host reported it, by the order of [`Reporter::ALL`].
    reported: [i64; REPORTERS],
}

/// Weighs all findings under `policy`.
///
/// A check that no document of the inspection has does not speak: neither for nor against, nor to the basis.
pub(super) fn weigh(policy: &Policy, findings: &Findings) -> Sums {
    let mut tallies = vec![Tally::default(); policy.groups.len()];
    let (mut weighed, mut measured) = (false, true);
    for checks in findings.by_check() {
        let is_absent = |check: &Check| check.outcome == Outcome::NotPresent;
        if checks.iter().all(is_absent) {
            continue;
        }
        let Some(scale) = checks.first().and_then(|check| policy.scale(check.id)) else {
            continue;
        };
        if let Some(tally) = tallies.get_mut(scale.group) {
            tally.add(scale, checks);
        }
        weighed = true;
        measured &= scale.basis == Basis::Measured;
    }
    Sums {
        document: axis(policy, &tallies, Axis::Document),
        holder: axis(policy, &tallies, Axis::Holder),
        basis: if weighed && measured { Basis::Measured } else { Basis::Assumed },
    }
}

impl Tally {
    /// Adds one check, made on any number of subjects, with its worst outcome.
    ///
    /// Two documents of one traveller do not prove twice: whoever can forge one can forge the other.
    fn add(&mut self, scale: Scale, checks: &[Check]) {
        if checks.iter().any(|check| check.outcome == Outcome::Failed) {
            self.void = true;
            self.debit += i64::from(scale.fail);
        } else if checks.iter().any(is_gap) {
            self.debit += i64::from(scale.absent);
        } else {
            let credit = Credit::of(scale, checks);
            let reported = credit.reported.iter().copied().max().unwrap_or(0);
            self.all += credit.engine.max(reported);
            self.engine += credit.engine;
            for (sum, credit) in self.reported.iter_mut().zip(credit.reported) {
                *sum += credit;
            }
        }
    }

    /// What stands of some credit of the group.
    fn capped(&self, credit: i64, cap: i32) -> i64 {
        if self.void { 0 } else { credit.min(i64::from(cap)) }
    }
}

impl Credit {
    /// The best pass of each reporter, never below zero, so that one more pass can never take credit away.
    fn of(scale: Scale, checks: &[Check]) -> Self {
        let mut best = Self::default();
        let is_pass = |check: &&Check| check.outcome == Outcome::Passed;
        for check in checks.iter().filter(is_pass) {
            let credit = match check.evidence.seen {
                Some(Seen::Weight(seen)) => scale.pass.min(seen),
                _ => scale.pass,
            };
            let slot = match check.evidence.reporter {
                None => Some(&mut best.engine),
                Some(by) => {
                    let slot = Reporter::ALL.iter().position(|reporter| *reporter == by);
                    slot.and_then(|slot| best.reported.get_mut(slot))
                }
            };
            if let Some(slot) = slot {
                *slot = i64::from(credit).max(*slot);
            }
        }
        best
    }
}

/// Credit and debit of one axis.
///
/// Two bounds hold at once. No group gives more than its cap, whoever saw its checks. And all together give no more
/// than what the engine saw itself, and on top of it each reporter up to its cap: a host that reports everything
/// cannot outweigh a chip that was read.
fn axis(policy: &Policy, tallies: &[Tally], axis: Axis) -> i32 {
    let all = || policy.groups.iter().zip(tallies);
    let groups = || all().filter(|(group, _)| group.axis == axis);
    let sum = |credit: &dyn Fn(&Tally) -> i64| -> i64 {
        let capped = groups().map(|(group, tally)| tally.capped(credit(tally), group.cap));
        capped.sum()
    };
    let mut trusted = sum(&|tally| tally.engine);
    for (slot, row) in policy.reporter_caps.iter().enumerate() {
        let reported = sum(&|tally| tally.reported.get(slot).copied().unwrap_or(0));
        trusted += reported.min(i64::from(row.cap));
    }
    let credit = sum(&|tally| tally.all).min(trusted);
    let debit: i64 = groups().map(|(_, tally)| tally.debit).sum();
    let total = credit.saturating_add(debit);
    i32::try_from(total.clamp(i64::from(i32::MIN), i64::from(i32::MAX))).unwrap_or(i32::MIN)
}
