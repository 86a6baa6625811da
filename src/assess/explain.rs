//! A policy laid open: every row with its rationale, and the rows in which two policies differ.
//!
//! For whoever must answer for a policy: the author who changes it, the officer who works under it, the auditor who
//! asks what changed between two results.

use super::policy::{Identity, Policy};
use super::row::{GeneralActions, GroundRule, Group, Levels, Profile, ReporterCap, Weight};
use super::vocabulary::Ground;
use crate::check::{Axis, CheckId, Reason};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation<'p> {
    /// Which policy it is.
    pub policy: &'p Identity,
    /// The grounds that it lifts.
    pub lifts: &'p [Ground],
    /// The confidence that clearing needs, in centibans.
    pub clear_threshold: i32,
    /// The thresholds of the levels.
    pub levels: &'p Levels,
    /// The cap of each kind of reporter.
    pub reporter_caps: &'p [ReporterCap],
    /// What to do where no ground says it.
    pub actions: &'p GeneralActions,
    /// The groups.
    pub groups: &'p [Group],
    /// The weights.
    pub weights: &'p [Weight],
    /// Checks of document and holder that it does not weigh: only grounds and profiles see them.
    pub unweighed: Vec<CheckId>,
    /// The grounds, one row per check and reason.
    pub grounds: &'p [GroundRule],
    /// The coverage profiles, in the order in which they are tried.
    pub profiles: &'p [Profile],
}

/// A row in which two policies differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Which table: `policy`, `weights`, `grounds` …
    pub table: &'static str,
    /// Which row of it.
    pub row: String,
    /// How it reads in the first policy; absent if it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// How it reads in the second policy; absent if it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

type Rows = BTreeMap<(&'static str, String), Value>;

impl Policy {
    /// Everything that this policy says, in the order of its file.
    #[must_use]
    pub fn explain(&self) -> Explanation<'_> {
        let weighed = |check: &CheckId| self.scale(*check).is_some();
        let weighable = |check: &CheckId| check.entry().axis != Axis::Admissibility;
        Explanation {
            policy: &self.identity,
            lifts: &self.lifts,
            clear_threshold: self.clear_threshold,
            levels: &self.levels,
            reporter_caps: &self.reporter_caps,
            actions: &self.actions,
            groups: &self.groups,
            weights: &self.weights,
            unweighed: CheckId::ALL.iter().copied().filter(|c| weighable(c) && !weighed(c)).collect(),
            grounds: &self.grounds,
            profiles: &self.profiles,
        }
    }

    /// The rows in which `other` differs from this policy, by table and row.
    ///
    /// Rows are matched by what they are about: a weight by its check, a ground by check, outcome and reason, a group or
    /// profile by its name. The place of a profile among the others is part of its row, since they are tried in order.
    /// A changed comment changes only the row `sha256`.
    #[must_use]
    pub fn diff(&self, other: &Policy) -> Vec<Change> {
        let (mut before, mut after) = (self.rows(), other.rows());
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
        let change = |key: (&'static str, String)| {
            let (before, after) = (before.remove(&key), after.remove(&key));
            (before != after).then_some(Change { table: key.0, row: key.1, before, after })
        };
        keys.into_iter().filter_map(change).collect()
    }

    /// Every row under its table and name.
    fn rows(&self) -> Rows {
        let mut rows = Rows::new();
        let mut row = |table, name: &dyn ToString, value: Value| {
            rows.insert((table, name.to_string()), value);
        };
        let Identity { name, version, issued, weak_until, kind, sha256, .. } = &self.identity;
        row("policy", &"name", value(name));
        row("policy", &"version", value(version));
        row("policy", &"issued", value(issued));
        row("policy", &"weak_algorithms_until", value(weak_until));
        row("policy", &"kind", value(kind));
        row("policy", &"sha256", value(sha256));
        row("policy", &"lifts", value(&self.lifts));
        row("policy", &"explained_by_deviation_lists", value(&self.explained));
        row("policy", &"clear_threshold", value(&self.clear_threshold));
        row("policy", &"levels", value(&self.levels));
        row("policy", &"actions", value(&self.actions));
        for cap in &self.reporter_caps {
            row("reporter_caps", &cap.reporter, value(&cap.cap));
        }
        for group in &self.groups {
            row("groups", &group.name, value(group));
        }
        for weight in &self.weights {
            row("weights", &weight.check, value(weight));
        }
        for rule in &self.grounds {
            let reason = rule.reason.map_or("any", Reason::name);
            row("grounds", &format!("{} {} {reason}", rule.check, rule.outcome), value(rule));
        }
        for (place, profile) in self.profiles.iter().enumerate() {
            row("profiles", &profile.name, value(&(place + 1, profile)));
        }
        rows
    }
}

fn value(row: &impl Serialize) -> Value {
    serde_json::to_value(row).unwrap_or_default()
}
