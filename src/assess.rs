//! Judgement: checks in, one explained verdict out.
//!
//! [`judge`] reads the [checks](crate::check::Check) of an inspection under a [`Policy`] and gives a [`Verdict`].
//! Three questions are kept apart: is the document genuine, is it theirs, may they enter. Grounds and coverage
//! profiles decide; the confidence, in integer centibans, orders what was referred and explains. It never clears
//! by itself and nothing is refused by a score.
//!
//! ```
//! use landfall::assess::{Expected, Policy, Recommendation, judge};
//! use landfall::check::{Check, CheckId, Outcome, Reason, Subject};
//!
//! let policy = Policy::default_policy()?;
//! let document = Subject::Document(1);
//! let digit = Check::new(
//!     CheckId::MrzCheckDigitComposite,
//!     document,
//!     Outcome::Failed,
//!     Reason::DigitMismatch,
//! );
//! let chip = Expected { id: CheckId::SodSignature, subject: document };
//! let verdict = judge(&policy, &[digit], &[chip]);
//!
//! assert_eq!(verdict.recommendation, Recommendation::Refer);
//! assert_eq!(verdict.grounds[0].ground.name(), "zone_suspect");
//! assert_eq!(verdict.gaps[0].check, CheckId::SodSignature);
//! assert_eq!(verdict.confidence.document, -70);
//! # Ok::<(), landfall::Error>(())
//! ```
//!
//! What fails closed:
//! - A failed check always gives a ground, named by the policy or the general one; no weight outweighs a ground.
//! - An [`Expected`] item without a check counts as not performed, and no profile accepts that gap: leaving a check
//!   out never clears.
//! - Clearing needs one coverage profile whose every requirement was passed, or waived under a named risk that the
//!   verdict lists. No evidence refers.
//! - The loader refuses a policy in which failing could help, see [`Policy::from_toml`].
//!
//! Not done here: nothing is read, verified or expected; the engine says what was to be expected. Signatures of
//! policy files are not verified, and every policy says so of itself (`signed: false`).
//!
//! Hostile input: a host may repeat checks, invent documents or report absurd weights. Repetitions count once with
//! their worst outcome, reported credit is capped, sums are made in 64 bits and clamped, and work grows with the
//! number of checks times its logarithm.

mod confidence;
mod coverage;
mod explain;
mod file;
mod finding;
mod judge;
mod load;
mod policy;
mod row;
mod verdict;
mod vocabulary;

pub use explain::{Change, Explanation};
pub use finding::Expected;
pub use judge::judge;
pub use policy::{Identity, Policy};
pub use row::{Acceptance, GeneralActions, GroundRule, Group, Levels, Profile, ReporterCap, Requirement, Weight};
pub use verdict::{Confidence, Gap, GroundFound, Hint, ResidualRisk, Verdict};
pub use vocabulary::{Action, Actions, Basis, Ground, Kind, Level, Recommendation};

#[cfg(test)]
mod tests;
