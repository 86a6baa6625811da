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

numbered! {
    /// How a chip was opened (Doc 9303-11 §4).
    pub enum AccessProtocol {
        /// It was open: no access control.
        None = 1, "none";
        /// Basic access control, with the zone.
        Bac = 2, "bac";
        /// PACE, with the zone or the card access number, by any mapping.
        Pace = 3, "pace";
    }
}

numbered! {
    /// How a chip proves that it is no copy (Doc 9303-11 §6, §4.4.3.5).
    pub enum ChipProtocol {
        /// Active authentication, made by the reader with a challenge of its own.
        ActiveAuthentication = 1, "active_authentication";
        /// Chip authentication.
        ChipAuthentication = 2, "chip_authentication";
        /// PACE with chip authentication mapping.
        PaceCam = 3, "pace_cam";
    }
}

numbered! {
    /// What came of such a protocol.
    pub enum ProtocolResult {
        /// The chip proved itself.
        Succeeded = 1, "succeeded";
        /// What it gave as proof is wrong.
        Failed = 2, "failed";
        /// It was asked and gave no proof.
        NotAnswered = 3, "not_answered";
        /// The reader cannot run the protocol, or not with this key.
        NotSupported = 4, "not_supported";
    }
}

numbered! {
    /// Why a file of the chip was not read.
    pub enum Unread {
        /// The chip refused it: the reader lacks the right to it.
        AccessDenied = 1, "access_denied";
        /// The chip says that there is no such file.
        NotOnChip = 2, "not_on_chip";
        /// Reading was begun and broke off.
        CutShort = 3, "cut_short";
        /// The reader did not try.
        NotTried = 4, "not_tried";
    }
}

numbered! {
    /// A file of the chip, by the name that output gives it.
    pub enum ChipFile {
        /// EF.COM.
        Com = 101, "ef_com";
        /// EF.SOD.
        Sod = 102, "ef_sod";
        /// EF.CardAccess.
        CardAccess = 103, "ef_card_access";
        /// EF.CardSecurity.
        CardSecurity = 104, "ef_card_security";
        /// EF.DIR.
        Directory = 105, "ef_dir";
        /// EF.CVCA.
        Cvca = 106, "ef_cvca";
        /// The machine-readable zone.
        Dg1 = 1, "dg1";
        /// The face.
        Dg2 = 2, "dg2";
        /// The fingers.
        Dg3 = 3, "dg3";
        /// The irises.
        Dg4 = 4, "dg4";
        /// The portrait as displayed.
        Dg5 = 5, "dg5";
        /// Reserved.
        Dg6 = 6, "dg6";
        /// The signature as displayed.
        Dg7 = 7, "dg7";
        /// Data features.
        Dg8 = 8, "dg8";
        /// Structure features.
        Dg9 = 9, "dg9";
        /// Substance features.
        Dg10 = 10, "dg10";
        /// More about the person.
        Dg11 = 11, "dg11";
        /// More about the document.
        Dg12 = 12, "dg12";
        /// The issuer's own.
        Dg13 = 13, "dg13";
        /// Security infos.
        Dg14 = 14, "dg14";
        /// The key for active authentication.
        Dg15 = 15, "dg15";
        /// Persons to notify.
        Dg16 = 16, "dg16";
    }
}

impl ChipFile {
    /// How checks name the file.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::Com => Part::Com,
            Self::Sod => Part::Sod,
            Self::CardAccess => Part::CardAccess,
            Self::CardSecurity => Part::CardSecurity,
            Self::Directory | Self::Cvca => Part::ChipFile,
            // The numbers of data groups are their own, 1 to 16.
            group => Part::Dg(group.number() as u8),
        }
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
    /// How the chip was opened.
    ChipAccess {
        /// Of which document, from 1.
        document: u8,
        /// With which protocol its files were read.
        protocol: AccessProtocol,
    },
    /// A protocol by which the chip proves itself, run by the reader.
    ChipProof {
        /// Of which document, from 1.
        document: u8,
        /// Which protocol.
        protocol: ChipProtocol,
        /// What came of it.
        result: ProtocolResult,
    },
    /// A file of the chip that was not read.
    ChipFileUnread {
        /// Of which document, from 1.
        document: u8,
        /// Which file.
        file: ChipFile,
        /// Why.
        why: Unread,
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
    fn what_a_reader_did_with_a_chip_is_told_in_words_of_the_standard() {
        let read = |rest: &str| Fact::from_json(&format!(r#"{{"reporter":"reader","document":1,{rest}}}"#));
        let claim = |rest: &str| read(rest).map(|fact| fact.claim);
        let access = Claim::ChipAccess { document: 1, protocol: AccessProtocol::Pace };
        assert_eq!(claim(r#""claim":"chip_access","protocol":"pace""#), Ok(access));
        let (protocol, result) = (ChipProtocol::PaceCam, ProtocolResult::Succeeded);
        let proof = Claim::ChipProof { document: 1, protocol, result };
        assert_eq!(claim(r#""claim":"chip_proof","protocol":"pace_cam","result":"succeeded""#), Ok(proof));
        let unread = Claim::ChipFileUnread { document: 1, file: ChipFile::Dg3, why: Unread::AccessDenied };
        assert_eq!(claim(r#""claim":"chip_file_unread","file":"dg3","why":"access_denied""#), Ok(unread));
        assert!(claim(r#""claim":"chip_file_unread","file":"dg17","why":"access_denied""#).is_err());
        for number in 1..=16 {
            let file = ChipFile::from_number(number.into()).unwrap();
            assert_eq!(file.part(), Part::Dg(number));
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
