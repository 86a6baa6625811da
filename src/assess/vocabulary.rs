//! The words of a verdict: recommendations, grounds, actions, levels, and the labels of a policy.
//!
//! Every vocabulary is closed and numbered by hand; C shares the numbers, JSON the names.

use crate::numbered::numbered;

numbered! {
    /// What the engine recommends. Ordered: a greater recommendation is the better one for the traveller.
    pub enum Recommendation {
        /// A national policy maps a ground of this inspection to a refusal and cites the law.
        Refuse = 1, "refuse";
        /// An officer must look further; the grounds, gaps and actions say at what.
        Refer = 2, "refer";
        /// Everything that was to be expected was checked, and nothing speaks against it.
        Clear = 3, "clear";
    }
}

numbered! {
    /// A named fact that no weight can outweigh. A verdict lists grounds by number.
    pub enum Ground {
        /// The time of the inspection cannot be right.
        Clock = 1, "clock";
        /// The document is a specimen and identifies nobody.
        Specimen = 2, "specimen";
        /// The signature of the chip's security object is wrong.
        SignatureBroken = 10, "signature_broken";
        /// A file of the chip is not the one that was signed.
        DataGroupAltered = 11, "data_group_altered";
        /// The signer of the chip does not lead to the anchor of its country.
        SignerNotTrusted = 12, "signer_not_trusted";
        /// The chip is proven not to be the one that was issued.
        ChipCloned = 13, "chip_cloned";
        /// A chip that must be there was not found.
        ChipMissing = 14, "chip_missing";
        /// The issuer revoked the signer of the chip.
        SignerRevoked = 15, "signer_revoked";
        /// A seal is of high fraud potential: it, its signer, or the document that bears it is not right.
        SealHighFraudPotential = 16, "seal_high_fraud_potential";
        /// A seal is of medium fraud potential: its signer had expired.
        SealMediumFraudPotential = 17, "seal_medium_fraud_potential";
        /// The document stands on an alert list.
        DocumentAlert = 20, "document_alert";
        /// The person stands on an alert list.
        PersonAlert = 21, "person_alert";
        /// Holder and portrait were found to be different persons.
        HolderMismatch = 30, "holder_mismatch";
        /// The document has expired.
        DocumentExpired = 40, "document_expired";
        /// An entry rule is not met.
        EntryRuleUnmet = 41, "entry_rule_unmet";
        /// The page does not look as a page of this kind does in some light.
        PageSuspect = 50, "page_suspect";
        /// The machine-readable zone breaks a rule of the standard.
        ZoneSuspect = 51, "zone_suspect";
        /// A check failed for which the policy has no ground of its own.
        CheckFailed = 99, "check_failed";
    }
}

numbered! {
    /// What to do about a ground or a gap. Numbers stand in the order of doing, from 1 to 31.
    pub enum Action {
        /// Read the document once more.
        ReadAgain = 1, "read_again";
        /// Compare what was read with what is printed in the visual zone.
        CompareVisualZone = 2, "compare_visual_zone";
        /// Make the checks that the gaps name.
        CompleteChecks = 3, "complete_checks";
        /// Take the traveller to a second, closer inspection.
        SecondaryInspection = 4, "secondary_inspection";
        /// Ask the owner of the alert-list entry whether it means this person or document.
        VerifyWithOwner = 5, "verify_with_owner";
        /// Find out whether the traveller seeks protection before anything is decided against them.
        ProtectionScreening = 6, "protection_screening";
        /// Keep the document and notify its issuer.
        RetainAndNotify = 7, "retain_and_notify";
        /// Call the supervisor.
        Supervisor = 8, "supervisor";
    }
}

/// A set of actions: iterates and is written in the order of doing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Actions(u32);

impl Actions {
    const fn bit(action: Action) -> u32 {
        1 << (action.number() & 31)
    }

    /// Whether `action` is in the set.
    #[must_use]
    pub const fn contains(self, action: Action) -> bool {
        self.0 & Self::bit(action) != 0
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The actions of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The actions of the set, in the order of doing them.
    pub fn iter(self) -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().filter(move |action| self.contains(*action))
    }
}

impl FromIterator<Action> for Actions {
    fn from_iter<I: IntoIterator<Item = Action>>(actions: I) -> Self {
        Self(actions.into_iter().fold(0, |set, action| set | Self::bit(action)))
    }
}

impl serde::Serialize for Actions {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

numbered! {
    /// A name for the height of the confidence, by the thresholds of the policy.
    pub enum Level {
        /// Below every threshold: nothing is known, or what is known speaks against it.
        None = 1, "none";
        /// At or over the threshold `low`.
        Low = 2, "low";
        /// At or over the threshold `medium`.
        Medium = 3, "medium";
        /// At or over the threshold `high`.
        High = 4, "high";
        /// At or over the threshold `very_high`.
        VeryHigh = 5, "very_high";
    }
}

numbered! {
    /// Where a weight comes from.
    pub enum Basis {
        /// Somebody judged it so.
        Assumed = 1, "assumed";
        /// A published or own measurement gives it.
        Measured = 2, "measured";
    }
}

numbered! {
    /// What a policy is for.
    pub enum Kind {
        /// For counters.
        Operational = 1, "operational";
        /// For tests and trainees: it may let specimens clear.
        Training = 2, "training";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_its_own_place_in_a_set() {
        for action in Action::ALL {
            let alone: Actions = [*action, *action].into_iter().collect();
            assert!(alone.iter().eq([*action]) && !alone.is_empty(), "{action}");
        }
        let all: Actions = Action::ALL.iter().rev().copied().collect();
        assert!(all.iter().is_sorted() && all.iter().count() == Action::ALL.len());
    }
}
