//! Judging: findings in, verdict out.
//!
//! Three things are worked out independently of each other, and then held together: the grounds, from single checks;
//! the coverage, from all of them ([`super::coverage`]); the confidence, from their weights ([`super::confidence`]).
//! A ground decides alone. Without one, coverage and confidence must both be there.

use super::confidence::{self, Sums};
use super::coverage;
use super::finding::{Expected, Findings, is_gap};
use super::policy::{Policy, Scale};
use super::verdict::{Confidence, Gap, GroundFound, Hint, Verdict};
use super::vocabulary::{Actions, Ground, Recommendation};
use crate::check::{Check, CheckId, Outcome};

/// Judges the `checks` of one inspection under `policy`, knowing what was `expected`.
///
/// The order of either list does not matter, nor does repetition. An expected item that no check answers counts as
/// not performed. Without any check the recommendation is `refer`.
#[must_use]
pub fn judge(policy: &Policy, checks: &[Check], expected: &[Expected]) -> Verdict {
    let findings = Findings::new(checks, expected);
    let (grounds, lifted) = grounds(policy, &findings);
    let gaps = gaps(&findings);
    let sums = confidence::weigh(policy, &findings);
    let profile = coverage::satisfied(policy, &findings);
    let recommendation = match worst(&grounds) {
        None if profile.is_some() && sums.overall() >= policy.clear_threshold => Recommendation::Clear,
        None => Recommendation::Refer,
        Some(worst) => worst,
    };
    Verdict {
        recommendation,
        actions: actions(policy, recommendation, &grounds, profile.is_none() && !gaps.is_empty()),
        confidence: confidence(policy, &sums, profile.map(|profile| profile.name.clone())),
        hints: hints(policy, &gaps),
        residual_risks: profile.map(|profile| coverage::risks(profile, &findings)).unwrap_or_default(),
        grounds,
        lifted,
        gaps,
    }
}

/// The worst that any ground recommends, or nothing where there is none. A ground can at best refer.
fn worst(grounds: &[GroundFound]) -> Option<Recommendation> {
    let at_best_refer = |found: &GroundFound| found.recommend.min(Recommendation::Refer);
    grounds.iter().map(at_best_refer).min()
}

/// The grounds that stand, and those that the policy lifts, both by number of the ground.
///
/// What is lifted is kept apart and not dropped: a result must show that it was made under a policy that lifts.
fn grounds(policy: &Policy, findings: &Findings) -> (Vec<GroundFound>, Vec<GroundFound>) {
    let found = findings.iter().filter_map(|check| ground(policy, check));
    let (mut lifted, mut standing): (Vec<_>, Vec<_>) = found.partition(|found| policy.lifts_check(found.check));
    for grounds in [&mut standing, &mut lifted] {
        grounds.sort_by_key(|found| found.ground);
        grounds.dedup();
    }
    (standing, lifted)
}

/// The ground that `check` gives: the policy's own for it, or the general one for whatever failed.
///
/// The general one is what makes a policy safe to leave things out of: a check that was added to the catalogue after
/// the policy was written still cannot fail without consequence.
fn ground(policy: &Policy, check: &Check) -> Option<GroundFound> {
    let Check { id, subject, reason, .. } = *check;
    match policy.ground_rule(check) {
        Some(rule) => Some(GroundFound {
            ground: rule.ground,
            check: id,
            subject,
            reason,
            actions: rule.actions,
            recommend: rule.recommend,
            law: rule.law.clone(),
        }),
        None if check.outcome == Outcome::Failed => Some(GroundFound {
            ground: Ground::CheckFailed,
            check: id,
            subject,
            reason,
            actions: policy.actions.check_failed,
            recommend: Recommendation::Refer,
            law: None,
        }),
        None => None,
    }
}

/// What came to no conclusion, each check, subject, outcome and reason once. Findings are sorted, and so are gaps.
fn gaps(findings: &Findings) -> Vec<Gap> {
    let gap =
        |check: &Check| Gap { check: check.id, subject: check.subject, outcome: check.outcome, reason: check.reason };
    let open = findings.iter().filter(|check| is_gap(check));
    let mut gaps: Vec<_> = open.map(gap).collect();
    gaps.dedup();
    gaps
}

/// The actions of all grounds; those about incompleteness if gaps stay open or nothing else says what to do.
///
/// So whoever is referred is always told something to do, and whoever clears nothing.
fn actions(policy: &Policy, recommendation: Recommendation, grounds: &[GroundFound], open: bool) -> Actions {
    let about_grounds = (grounds.iter()).fold(Actions::default(), |all, found| all.and(found.actions));
    if recommendation != Recommendation::Clear && (open || grounds.is_empty()) {
        about_grounds.and(policy.actions.incomplete)
    } else {
        about_grounds
    }
}

/// One hint per check, by what a pass instead of the gap would be worth; equals in the order of the catalogue.
///
/// Gaps that a profile accepts are hinted at too: closing them is never wrong.
fn hints(policy: &Policy, gaps: &[Gap]) -> Vec<Hint> {
    let worth = |scale: Scale| scale.pass - scale.absent;
    let cost = |check: &CheckId| policy.scale(*check).map_or(0, worth);
    let mut checks: Vec<_> = gaps.iter().map(|gap| gap.check).collect();
    checks.dedup();
    checks.sort_by_key(|check| -cost(check));
    let hint = |check: CheckId| Hint { check, text: check.entry().remedy };
    checks.into_iter().map(hint).collect()
}

/// The sums under the names of the result.
fn confidence(policy: &Policy, sums: &Sums, profile: Option<String>) -> Confidence {
    Confidence {
        document: sums.document,
        holder: sums.holder,
        overall: sums.overall(),
        level: sums.level(policy),
        profile,
        basis: sums.basis,
    }
}
