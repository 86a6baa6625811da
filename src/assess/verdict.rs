//! What judgement says: the recommendation and everything that explains it.
//!
//! Every list is in a fixed order and free of repetitions, so that the same evidence gives the same bytes
//! whatever order it came in. Nothing here holds document data: names of checks, reasons, numbers.

use super::vocabulary::{Actions, Basis, Ground, Level, Recommendation};
use crate::check::{CheckId, Outcome, Reason, Subject};
use serde::Serialize;

/// The judgement of one inspection under one policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What the engine recommends.
    pub recommendation: Recommendation,
    /// What stands against clearing and no weight outweighs; by ground, check and subject.
    pub grounds: Vec<GroundFound>,
    /// Grounds that the policy lifts; only a training policy can, and they are listed so that it shows.
    pub lifted: Vec<GroundFound>,
    /// What to do: the actions of all grounds and gaps, each once, in the order of doing them.
    pub actions: Actions,
    /// How sure the engine is of document and holder.
    pub confidence: Confidence,
    /// Everything expected or made that came to no conclusion; by check and subject.
    pub gaps: Vec<Gap>,
    /// What would help, dearest gap first.
    pub hints: Vec<Hint>,
    /// What the satisfied profile accepts as a risk; by check and subject.
    pub residual_risks: Vec<ResidualRisk>,
}

/// A ground and the check that gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroundFound {
    /// Which ground.
    pub ground: Ground,
    /// The check that gives it.
    pub check: CheckId,
    /// Whom or what the check is about.
    pub subject: Subject,
    /// Why the check came out so.
    pub reason: Reason,
    /// What the policy asks to be done about it.
    pub actions: Actions,
    /// What the ground recommends by itself: `refer`, or `refuse` under a policy that cites the law.
    pub recommend: Recommendation,
    /// The law that a refusal stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
}

/// The identity confidence. Numbers are centibans: 1/100 of the decimal logarithm of a likelihood ratio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confidence {
    /// That the document is genuine.
    pub document: i32,
    /// That it belongs to its holder.
    pub holder: i32,
    /// The smaller of the two.
    pub overall: i32,
    /// The height of `overall`, by the policy's thresholds.
    pub level: Level,
    /// The first coverage profile that is satisfied.
    pub profile: Option<String>,
    /// `measured` only if every weight that spoke was measured.
    pub basis: Basis,
}

/// A check that came to no conclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Which check.
    pub check: CheckId,
    /// Whom or what it is about.
    pub subject: Subject,
    /// How it ended.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
}

/// What would help with a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// The check that came to no conclusion.
    pub check: CheckId,
    /// What the catalogue recommends.
    pub text: &'static str,
}

/// A gap that the satisfied profile tolerates, under the name that the policy gives it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ResidualRisk {
    /// Which check.
    pub check: CheckId,
    /// Whom or what it is about.
    pub subject: Subject,
    /// The name of the risk.
    pub risk: String,
    /// How the check ended.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
}
