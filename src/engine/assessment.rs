//! The result of an inspection: what was judged, on what, and by which policy.
//!
//! [`Assessment`] writes itself as JSON in a fixed order of members, without floating point, so that the same
//! input gives the same bytes on every platform; the shape is published as `docs/assessment.schema.json`.

use super::Inspection;
use crate::assess::{Kind, Policy, Verdict};
use crate::check::{Check, Subject};
use crate::date::Time;
use crate::deviation::{Deviation, Found};
use crate::error::Part;
use crate::mrz::{CodeRead, Document, DocumentKind};
use crate::person::Person;
use crate::secret;
use serde::Serialize;

/// The JSON schema of an assessment, the text of `docs/assessment.schema.json`.
pub const SCHEMA: &str = include_str!("../../docs/assessment.schema.json");

/// One document as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRead {
    /// Its number in this inspection, from 1.
    pub number: u8,
    /// What stands on it.
    #[serde(flatten)]
    pub document: Document,
    /// The nationality of the holder, of documents that name it.
    pub nationality: Option<CodeRead>,
    /// The holder as this document names them.
    pub person: Person,
}

/// Something that was read although the standard asks for something else.
///
/// Mostly it is the issuer's habit. What would break a proof fails a check of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DeviationSeen {
    /// On which document.
    pub subject: Subject,
    /// In which of its files, or in which certificate or list inside one.
    #[serde(serialize_with = "as_text")]
    pub file: Part,
    /// In what way.
    pub deviation: Deviation,
    /// How often in this file.
    pub count: u32,
}

impl DeviationSeen {
    pub(super) const fn new(subject: Subject, found: &Found) -> Self {
        Self { subject, file: found.part, deviation: found.deviation, count: found.count }
    }
}

fn as_text<S: serde::Serializer>(part: &Part, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(part)
}

/// The policy by which was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyUsed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// What it is for.
    pub kind: Kind,
    /// SHA-256 of the policy file, lowercase hexadecimal.
    pub sha256: String,
    /// Whether the file's signature was verified.
    pub signed: bool,
}

impl PolicyUsed {
    fn new(policy: &Policy) -> Self {
        let identity = policy.identity();
        Self {
            name: identity.name.clone(),
            version: identity.version,
            kind: identity.kind,
            sha256: identity.sha256.clone(),
            signed: identity.signed,
        }
    }
}

/// Which engine judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EngineVersion {
    /// `landfall`.
    pub name: &'static str,
    /// The version of the crate.
    pub version: &'static str,
}

/// What an inspection comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Recommendation, grounds, actions, confidence, gaps, hints and residual risks.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Every check, by number and then by subject.
    pub checks: Vec<Check>,
    /// What deviates from the standard in the files of the chips, and was read all the same.
    pub deviations: Vec<DeviationSeen>,
    /// The traveller as the leading document names them: the first passport, or else the first document.
    pub person: Option<Person>,
    /// The documents in the order of reading.
    pub documents: Vec<DocumentRead>,
    /// The payloads of barcodes in the order of reading.
    #[cfg(feature = "barcode")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payloads: Vec<super::PayloadRead>,
    /// What each alert list says, in the order in which they were loaded.
    #[cfg(feature = "alert")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<super::AlertsSeen>,
    /// The policy by which was judged.
    pub policy: PolicyUsed,
    /// Which engine judged.
    pub engine: EngineVersion,
    /// The time of the inspection, as given.
    pub at: Time,
}

impl Assessment {
    pub(super) fn new(
        inspection: &Inspection,
        checks: Vec<Check>,
        deviations: Vec<DeviationSeen>,
        verdict: Verdict,
    ) -> Self {
        let on = inspection.at().date();
        let documents: Vec<_> = inspection
            .documents()
            .map(|(number, zone)| DocumentRead {
                number,
                document: zone.document(on),
                nationality: zone.nationality_read(),
                person: zone.person(on),
            })
            .collect();
        let passport = documents.iter().find(|read| read.document.kind == DocumentKind::Passport);
        let person = passport.or(documents.first()).map(|read| read.person.clone());
        #[cfg(feature = "barcode")]
        let payloads = inspection.payloads_read(&checks);
        Self {
            verdict,
            checks,
            deviations,
            person,
            documents,
            #[cfg(feature = "barcode")]
            payloads,
            #[cfg(feature = "alert")]
            alerts: Vec::new(),
            policy: PolicyUsed::new(inspection.engine().policy()),
            engine: EngineVersion { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            at: inspection.at(),
        }
    }

    /// The assessment as one line of JSON. It is document data, which leaves no other copy and is the caller's to wipe.
    #[must_use]
    pub fn to_json(&self) -> String {
        secret::json(self)
    }

    /// The assessment as indented JSON; document data as well.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        secret::json_pretty(self)
    }
}
