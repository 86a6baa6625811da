//! The rows of a policy after validation: what a file says, with every name looked up.
//!
//! Weights, caps and thresholds are centibans: 1/100 of the decimal logarithm of a likelihood ratio.

use super::vocabulary::{Actions, Basis, Ground, Level, Recommendation};
use crate::check::{Axis, Check, CheckId, Outcome, Reason, Seen};
use crate::fact::Reporter;
use serde::Serialize;

/// The thresholds of the levels, ascending and above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Levels {
    /// From here on, low.
    pub low: i32,
    /// From here on, medium.
    pub medium: i32,
    /// From here on, high.
    pub high: i32,
    /// From here on, very high.
    pub very_high: i32,
}

impl Levels {
    /// The level of `centibans`.
    #[must_use]
    pub const fn of(&self, centibans: i32) -> Level {
        if centibans >= self.very_high {
            Level::VeryHigh
        } else if centibans >= self.high {
            Level::High
        } else if centibans >= self.medium {
            Level::Medium
        } else if centibans >= self.low {
            Level::Low
        } else {
            Level::None
        }
    }
}

/// How much credit one kind of reporter can give to document or holder, all its reports together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReporterCap {
    /// Which kind of reporter.
    pub reporter: Reporter,
    /// The cap, not negative.
    pub cap: i32,
}

/// What to do where no ground of the policy says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GeneralActions {
    /// About a failed check without a ground of its own.
    pub check_failed: Actions,
    /// About gaps, or where nothing failed and yet nothing clears.
    pub incomplete: Actions,
}

/// Checks that stand or fall together: their credit is capped, and one failure voids all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// To which question its checks speak: document or holder.
    pub axis: Axis,
    /// The most that its checks can give together, not negative.
    pub cap: i32,
    /// Why so.
    pub rationale: String,
}

/// What a check weighs: `pass` ≥ 0 ≥ `absent` ≥ `fail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// Which check.
    pub check: CheckId,
    /// The name of its group.
    pub group: String,
    /// If it passed.
    pub pass: i32,
    /// If it came to no conclusion.
    pub absent: i32,
    /// If it failed.
    pub fail: i32,
    /// Whether the numbers were measured.
    pub basis: Basis,
    /// Why so.
    pub rationale: String,
}

/// A check's outcome that is a ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroundRule {
    /// Which check.
    pub check: CheckId,
    /// Which outcome; never `passed`.
    pub outcome: Outcome,
    /// For this reason only; a row without a reason speaks where no row with one does.
    pub reason: Option<Reason>,
    /// The ground that it is.
    pub ground: Ground,
    /// What to do about it.
    pub actions: Actions,
    /// `refer`, or `refuse` where a law is cited.
    pub recommend: Recommendation,
    /// The law that the recommendation stands on.
    pub law: Option<String>,
}

/// One way of having checked enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Why this is enough.
    pub rationale: String,
    /// All of these must be met, on one document.
    pub requirements: Vec<Requirement>,
    /// What it tolerates as a named risk.
    pub accepts: Vec<Acceptance>,
}

/// One thing that must have passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// One of these must have passed.
    pub passed: Vec<CheckId>,
    /// Whether it is also met if the document does not have what would be checked.
    pub not_present_allowed: bool,
}

/// A gap that a profile tolerates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acceptance {
    /// The name of the risk that is taken.
    pub risk: String,
    /// On which checks.
    pub checks: Vec<CheckId>,
    /// Which outcomes; never `passed` or `failed`.
    pub outcomes: Vec<Outcome>,
    /// For these reasons only; empty for any.
    pub reasons: Vec<Reason>,
    /// Only if the check used data of at most this age, in days.
    pub max_age_days: Option<i32>,
    /// Only if what the check used is overdue by at most so many days.
    pub max_overdue_days: Option<i32>,
    /// Why so.
    pub rationale: String,
}

impl Acceptance {
    /// Whether this risk covers how `check` ended.
    #[must_use]
    pub fn covers(&self, check: &Check) -> bool {
        let age_fits = match (self.max_age_days, check.evidence.age_days) {
            (None, _) => true,
            (Some(most), Some(age)) => age <= most,
            (Some(_), None) => false,
        };
        let overdue_fits = match (self.max_overdue_days, check.evidence.seen) {
            (None, _) => true,
            (Some(most), Some(Seen::DaysLeft(left))) => left.saturating_neg() <= most,
            (Some(_), _) => false,
        };
        self.outcomes.contains(&check.outcome)
            && overdue_fits
            && self.checks.contains(&check.id)
            && age_fits
            && (self.reasons.is_empty() || self.reasons.contains(&check.reason))
    }
}

impl Profile {
    /// The first accepted risk that covers how `check` ended.
    #[must_use]
    pub fn acceptance(&self, check: &Check) -> Option<&Acceptance> {
        self.accepts.iter().find(|risk| risk.covers(check))
    }
}
