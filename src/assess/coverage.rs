//! Coverage: whether enough was checked, by one of the policy's profiles.
//!
//! A profile is satisfied on one document: every requirement is met by checks about that document, the traveller
//! or the inspection, never by those of another document. No gap of the whole inspection stays open but those that
//! the profile accepts. And every expected item was answered, if only by a check that says why it was not made:
//! what was silently left out can be accepted by no policy.

use super::finding::{Findings, is_gap};
use super::policy::Policy;
use super::row::{Profile, Requirement};
use super::verdict::ResidualRisk;
use crate::check::{Check, CheckId, Outcome, Subject};

/// The first profile that some document satisfies, in the order of the policy.
///
/// The order is the author's: it names the best way first, so that the result does.
pub(super) fn satisfied<'p>(policy: &'p Policy, findings: &Findings) -> Option<&'p Profile> {
    if findings.missing {
        return None;
    }
    let documents = findings.documents();
    policy.profiles.iter().find(|profile| {
        let covers = |document: &Subject| {
            let coverage = Coverage { policy, profile, findings, document: *document };
            coverage.is_complete()
        };
        documents.iter().any(covers)
    })
}

/// The risks that `profile` takes with these findings, on whichever document, each once.
pub(super) fn risks(profile: &Profile, findings: &Findings) -> Vec<ResidualRisk> {
    let risk = |check: &Check| {
        profile.acceptance(check).map(|accepted| ResidualRisk {
            check: check.id,
            subject: check.subject,
            risk: accepted.risk.clone(),
            outcome: check.outcome,
            reason: check.reason,
        })
    };
    let mut risks: Vec<_> = findings.iter().filter_map(risk).collect();
    risks.sort_unstable();
    risks.dedup();
    risks
}

/// One profile held against one document.
struct Coverage<'a> {
    policy: &'a Policy,
    profile: &'a Profile,
    findings: &'a Findings,
    document: Subject,
}

impl Coverage<'_> {
    /// Whether every requirement is met and every gap tolerated.
    fn is_complete(&self) -> bool {
        let met = |requirement: &Requirement| requirement.passed.iter().any(|check| self.meets(requirement, *check));
        self.profile.requirements.iter().all(met)
            && self.findings.iter().filter(|check| is_gap(check)).all(|gap| self.tolerates(gap))
    }

    /// Whether a check counts for this document: it is about it, or about the traveller or the inspection.
    fn concerns(&self, check: &Check) -> bool {
        check.subject == self.document || !matches!(check.subject, Subject::Document(_))
    }

    /// Whether `id` was made for this document and nothing of it stands against the requirement.
    ///
    /// If it was made more than once, every time must do. A check that was never made meets nothing, not even where
    /// the document need not have it: then a check must say so.
    fn meets(&self, requirement: &Requirement, id: CheckId) -> bool {
        let mut checks = self.findings.of(id).filter(|check| self.concerns(check)).peekable();
        checks.peek().is_some()
            && checks.all(|check| match check.outcome {
                Outcome::Passed => true,
                Outcome::NotPresent if requirement.not_present_allowed => true,
                _ => self.policy.lifts_check(id) || self.profile.acceptance(check).is_some(),
            })
    }

    /// Whether a gap may stay: lifted, an accepted risk, or one of several ways of which another was taken.
    fn tolerates(&self, gap: &Check) -> bool {
        let other_way = |requirement: &Requirement| {
            requirement.passed.contains(&gap.id)
                && (requirement.passed.iter()).any(|check| *check != gap.id && self.meets(requirement, *check))
        };
        self.policy.lifts_check(gap.id)
            || self.profile.acceptance(gap).is_some()
            || (self.concerns(gap) && self.profile.requirements.iter().any(other_way))
    }
}
