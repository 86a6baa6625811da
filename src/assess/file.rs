//! The shape of a policy file: TOML, every key known, every value with its place.
//!
//! This is what is written, unchecked; [`super::load`] looks up the names and holds the rules.
//! `docs/policy.md` explains the file to its authors, `docs/policy.schema.json` to their editors.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A word with its place in the file.
pub(super) type Word = Spanned<String>;
/// A number with its place in the file.
pub(super) type Number = Spanned<i64>;

/// A policy file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Tells the policy apart; training policies begin with `training`.
    pub name: Word,
    /// Counted up by the author.
    pub version: Number,
    /// `YYYY-MM-DD`.
    pub issued: Word,
    /// Weak algorithms are good enough for documents signed before this day.
    pub weak_algorithms_until: Word,
    /// `operational` or `training`.
    pub kind: Word,
    /// Centibans that the weaker question must reach.
    pub clear_threshold: Number,
    /// Checks whose failure is open where the issuer's own deviation list explains it.
    #[serde(default)]
    pub explained_by_deviation_lists: Vec<Word>,
    /// Grounds that do not block, for training.
    #[serde(default)]
    pub lifts: Vec<Word>,
    /// `[levels]`
    pub levels: Levels,
    /// `[reporter_caps]`, one row per kind of reporter.
    pub reporter_caps: Spanned<BTreeMap<Word, Number>>,
    /// `[actions]`
    pub actions: Actions,
    /// `[[group]]`
    pub group: Vec<Group>,
    /// `[[weight]]`
    pub weight: Vec<Weight>,
    /// `[[ground]]`
    pub ground: Vec<Ground>,
    /// `[[profile]]`, in the order of trying.
    pub profile: Vec<Profile>,
}

/// Thresholds in centibans, ascending.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Levels {
    pub low: Number,
    pub medium: Number,
    pub high: Number,
    pub very_high: Number,
}

/// What to do where no ground says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Actions {
    /// About a failure without a ground of its own.
    pub check_failed: Spanned<Vec<Word>>,
    /// About gaps.
    pub incomplete: Spanned<Vec<Word>>,
}

/// Checks that stand or fall together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    /// By which weights refer to it.
    pub name: Word,
    /// Centibans that its credit ends at.
    pub cap: Number,
    /// Why so.
    pub rationale: Word,
}

/// What one check weighs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weight {
    /// A name of the catalogue.
    pub check: Word,
    /// The name of a group.
    pub group: Word,
    /// Centibans, at least zero.
    pub pass: Number,
    /// Centibans, at most zero.
    pub absent: Number,
    /// Centibans, at most `absent`.
    pub fail: Number,
    /// `assumed` or `measured`.
    pub basis: Word,
    /// Why so.
    pub rationale: Word,
}

/// Outcomes that no weight outweighs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ground {
    /// The name of the ground.
    pub ground: Word,
    /// Names of the catalogue; each gets a rule of its own.
    pub checks: Spanned<Vec<Word>>,
    /// The outcome that is the ground; `failed` if left out.
    pub outcome: Option<Word>,
    /// For these reasons only; any if empty.
    #[serde(default)]
    pub reasons: Vec<Word>,
    /// What to do.
    pub actions: Spanned<Vec<Word>>,
    /// `refer` if left out.
    pub recommend: Option<Word>,
    /// What a refusal stands on.
    pub law: Option<Word>,
}

/// One way of having checked enough.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    /// Named in the result.
    pub name: Word,
    /// Why it is enough.
    pub rationale: Word,
    /// Each of these passed.
    pub require: Vec<Word>,
    /// Each of these passed, or the document does not have it.
    #[serde(default)]
    pub require_if_present: Vec<Word>,
    /// Of each of these lists, one passed.
    #[serde(default)]
    pub require_one_of: Vec<Spanned<Vec<Word>>>,
    /// `[[profile.accept]]`
    #[serde(default)]
    pub accept: Vec<Acceptance>,
}

/// A gap that a profile tolerates.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acceptance {
    /// Its name in the result.
    pub risk: Word,
    /// On these checks.
    pub checks: Spanned<Vec<Word>>,
    /// With these outcomes.
    pub outcomes: Spanned<Vec<Word>>,
    /// For these reasons only; any if empty.
    #[serde(default)]
    pub reasons: Vec<Word>,
    /// Not with data older than this.
    pub max_age_days: Option<Number>,
    /// Not with data that is overdue by more days than this.
    pub max_overdue_days: Option<Number>,
    /// Why so.
    pub rationale: Word,
}
