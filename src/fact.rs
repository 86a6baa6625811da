//! Facts: what only the host can know.
//!
//! A fact names its reporter, and what is believed of it is bounded: judgement turns facts into checks whose
//! weight the policy caps, and a host can never assert away a check that the engine makes itself. Facts come in
//! as JSON objects through C and the command, and as values in Rust.

use crate::check::{CheckId, Outcome};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;
use serde::Deserialize;

numbered! {
    /// Who reported a fact.
    pub enum Reporter {
        /// The officer at the counter.
        Officer = 1, "officer";
        /// The document reader or its own software.
        Reader = 2, "reader";
        /// An automatic face comparison.
        FaceMatcher = 3, "face_matcher";
        /// Another system that the host asked.
        System = 4, "system";
    }
}

numbered! {
    /// What a person comparing holder and portrait found.
    pub enum Comparison {
        /// The same person.
        Same = 1, "same";
        /// Different persons.
        Different = 2, "different";
        /// Cannot tell.
        Unsure = 3, "unsure";
    }
}

/// What was reported. It may tell of an alert list, so `Debug` redacts it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(tag = "claim", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Claim {
    /// The officer compared the holder with the portrait.
    HolderComparison {
        /// What they found.
        result: Comparison,
    },
    /// An automatic comparison decided at a threshold with known error rates.
    FaceDecision {
        /// Whether it accepted the two as the same person.
        accepted: bool,
        /// False matches per million comparisons of strangers at that threshold.
        false_match_per_million: u32,
        /// False non-matches per million comparisons of the same person at that threshold.
        false_non_match_per_million: u32,
    },
    /// The document is a specimen, whatever its issuer code says.
    Specimen {
        /// Which document, from 1.
        document: u8,
    },
    /// Whether the document's cover or face shows the chip symbol.
    ChipSymbol {
        /// Which document, from 1.
        document: u8,
        /// Whether it is there.
        seen: bool,
    },
    /// The result of a check that another system or the reader's software made.
    CheckResult {
        /// Which check; only those that the catalogue marks as reportable.
        check: CheckId,
        /// What came of it.
        outcome: Outcome,
        /// Which document it is about, from 1; absent for the traveller.
        #[serde(default)]
        document: Option<u8>,
    },
}

impl core::fmt::Debug for Claim {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Claim([redacted])")
    }
}

/// One fact and who reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Who reported it.
    pub reporter: Reporter,
    /// What was reported.
    pub claim: Claim,
}

#[derive(Deserialize)]
struct Envelope {
    reporter: Reporter,
    #[serde(flatten)]
    claim: serde_json::Value,
}

impl Fact {
    /// Reads one fact from a JSON object: `{"reporter": …, "claim": …, …}`.
    ///
    /// # Errors
    /// `BadJson` with the column of the trouble if the text is not such an object, `BadArgument` if it claims
    /// a check that only the engine may make.
    pub fn from_json(text: &str) -> Result<Self> {
        let bad = |e: &serde_json::Error| Error::new(ErrorKind::BadJson, Part::Fact, e.column());
        let envelope: Envelope = serde_json::from_str(text).map_err(|e| bad(&e))?;
        let claim: Claim = serde_json::from_value(envelope.claim).map_err(|e| bad(&e))?;
        let fact = Self { reporter: envelope.reporter, claim };
        match fact.claim {
            Claim::CheckResult { check, .. } if !check.entry().reportable => {
                Err(Error::new(ErrorKind::BadArgument, Part::Fact, 0))
            }
            _ => Ok(fact),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_from_json_and_nothing_else_is() {
        let text = r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#;
        let claim = Claim::HolderComparison { result: Comparison::Same };
        assert_eq!(Fact::from_json(text), Ok(Fact { reporter: Reporter::Officer, claim }));
        for wrong in
            ["", "{}", "[]", r#"{"reporter":"king","claim":"specimen","document":1}"#, &text.replace("same", "maybe")]
        {
            assert_eq!(Fact::from_json(wrong).map_err(|e| e.kind), Err(ErrorKind::BadJson), "{wrong}");
        }
    }

    #[test]
    fn a_host_cannot_assert_a_check_that_the_engine_makes_itself() {
        let text = r#"{"reporter":"system","claim":"check_result","check":"sod.signature","outcome":"passed"}"#;
        assert_eq!(Fact::from_json(text).map_err(|e| e.kind), Err(ErrorKind::BadArgument));
        let alert = text.replace("sod.signature", "alert.person");
        assert!(Fact::from_json(&alert).is_ok());
    }
}
