//! A policy: the rules of judgement, immutable, identified by the hash of its file.
//!
//! Weights, grounds and profiles come from a TOML file (`docs/policy.md`); two are compiled in. Beside the rows
//! stands a table by check, made once, so that judging looks nothing up by name.

use super::row::{GeneralActions, GroundRule, Group, Levels, Profile, ReporterCap, Weight};
use super::vocabulary::{Basis, Ground, Kind};
use crate::check::{Check, CheckId, Outcome};
use crate::date::Date;
use crate::error::Result;
use serde::Serialize;

/// The file of the default policy.
const DEFAULT: &str = include_str!("../../policies/default.toml");
/// The file of the training policy.
const TRAINING: &str = include_str!("../../policies/training.toml");

/// Which policy it is; part of every result made under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Its name; only training policies begin with `training`.
    pub name: String,
    /// Its version, counted by its author.
    pub version: u32,
    /// The day it was issued.
    pub issued: Date,
    /// SHA-1 and keys that are too short are good enough for what was signed before this day.
    pub weak_until: Date,
    /// What it is for.
    pub kind: Kind,
    /// SHA-256 of the exact bytes of its file, lower-case hexadecimal.
    pub sha256: String,
    /// Whether a signature of the file was verified. No file format with a signature exists, so never.
    pub signed: bool,
}

/// What a check weighs, by number instead of by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// If it passed, in centibans.
    pub pass: i32,
    /// If it came to no conclusion.
    pub absent: i32,
    /// If it failed.
    pub fail: i32,
    /// Index into the policy's groups.
    pub group: usize,
    /// Whether the numbers were measured.
    pub basis: Basis,
}

/// What the policy says of one check of the catalogue.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// What it weighs, if the policy weighs it.
    scale: Option<Scale>,
    /// Bit `n` is set if a rule makes the outcome with number `n` a ground.
    grounds: u32,
}

/// What the policy says of every check, by the number of the check.
#[derive(Debug, Clone)]
pub(super) struct Table(Vec<Entry>);

/// The rules of judgement. Immutable; judging under it has no side effects.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) identity: Identity,
    pub(super) lifts: Vec<Ground>,
    pub(super) explained: Vec<CheckId>,
    pub(super) clear_threshold: i32,
    pub(super) levels: Levels,
    pub(super) reporter_caps: Vec<ReporterCap>,
    pub(super) actions: GeneralActions,
    pub(super) groups: Vec<Group>,
    pub(super) weights: Vec<Weight>,
    pub(super) grounds: Vec<GroundRule>,
    pub(super) profiles: Vec<Profile>,
    pub(super) table: Table,
}

impl Policy {
    /// The policy that is compiled in for counters: it never refuses, and specimens never clear.
    ///
    /// # Errors
    /// None with the file as it is shipped; a test loads it.
    pub fn default_policy() -> Result<Self> {
        Self::from_toml(DEFAULT)
    }

    /// The policy that is compiled in for tests and trainees: it lets specimens clear, and says so.
    ///
    /// # Errors
    /// None with the file as it is shipped; a test loads it.
    pub fn training() -> Result<Self> {
        Self::from_toml(TRAINING)
    }

    /// Reads a policy from the text of its file. Part and offset of an error say where, in bytes.
    ///
    /// # Errors
    /// - `TooLarge` over 256 KiB.
    /// - `PolicySyntax` if it is not TOML of the published schema.
    /// - `PolicyUnknownName` for a check, group, ground, action, outcome, reason or label that does not exist.
    /// - `PolicyFailureHelps` if failing could help: weights that do not fall from pass over absent to fail with
    ///   zero between, a negative cap, levels that do not ascend, a passed check as a ground, a failed one as an
    ///   accepted risk, a refusal for anything but a failure.
    /// - `PolicyRefusalWithoutLaw` for a refusal that cites no law.
    /// - `PolicyIncomplete` if a required value is empty or a row stands twice, if a reporter has no cap, or if a
    ///   profile asks nothing of document, holder or admissibility.
    /// - `PolicyOutOfRange` for a number over 10,000 centibans, a threshold that no evidence would reach, a name
    ///   with other characters than `a-z 0-9 _ -`, a weight on an alert list or entry rule, a group over two axes.
    /// - `PolicyLift` if a policy not named and marked as training lifts a ground, or any lifts another than
    ///   `specimen`.
    pub fn from_toml(text: &str) -> Result<Self> {
        super::load::read(text)
    }

    /// Which policy it is.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What a check weighs, if the policy weighs it.
    pub(super) fn scale(&self, check: CheckId) -> Option<Scale> {
        self.table.entry(check).scale
    }

    /// The rule that makes `check` a ground as it came out; one for its reason goes before one for any.
    pub(super) fn ground_rule(&self, check: &Check) -> Option<&GroundRule> {
        if self.table.entry(check.id).grounds & bit(check.outcome) == 0 {
            return None;
        }
        let fits = |rule: &&GroundRule| rule.check == check.id && rule.outcome == check.outcome;
        let mut rules = self.grounds.iter().filter(fits);
        let exact = rules.clone().find(|rule| rule.reason == Some(check.reason));
        exact.or_else(|| rules.find(|rule| rule.reason.is_none()))
    }

    /// Whether a failure of this check is open where the issuer's own deviation list states the defect.
    #[must_use]
    pub fn takes_listed_deviations(&self, check: CheckId) -> bool {
        self.explained.contains(&check)
    }

    /// Whether this check cannot block: the specimen check, under a training policy that lifts it.
    pub(super) fn lifts_check(&self, check: CheckId) -> bool {
        check == CheckId::DocumentSpecimen && self.lifts.contains(&Ground::Specimen)
    }
}

/// The bit of an outcome in [`Entry::grounds`].
const fn bit(outcome: Outcome) -> u32 {
    1 << (outcome.number() & 31)
}

/// Where a check stands in the table: at its number, so that nothing is searched.
fn slot(check: CheckId) -> usize {
    usize::try_from(check.number()).unwrap_or(0)
}

impl Table {
    /// The table of these rows.
    pub fn new(groups: &[Group], weights: &[Weight], grounds: &[GroundRule]) -> Self {
        let size = CheckId::ALL.iter().map(|check| slot(*check) + 1).max();
        let mut table = vec![Entry::default(); size.unwrap_or(0)];
        for weight in weights {
            let group = groups.iter().position(|group| group.name == weight.group);
            if let (Some(entry), Some(group)) = (table.get_mut(slot(weight.check)), group) {
                let Weight { pass, absent, fail, basis, .. } = *weight;
                entry.scale = Some(Scale { pass, absent, fail, group, basis });
            }
        }
        for rule in grounds {
            if let Some(entry) = table.get_mut(slot(rule.check)) {
                entry.grounds |= bit(rule.outcome);
            }
        }
        Self(table)
    }

    /// What the policy says of `check`; nothing, if it does not name it.
    fn entry(&self, check: CheckId) -> Entry {
        self.0.get(slot(check)).copied().unwrap_or_default()
    }
}
