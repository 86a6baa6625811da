//! A match and what speaks for and against it.

use crate::secret::Secret;
use serde::Serialize;

/// Which part of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The name as a whole; the words behind it say how.
    Name,
    /// The birth date.
    BirthDate,
    /// The sex.
    Sex,
    /// The nationality.
    Nationality,
    /// The document number.
    DocumentNumber,
}

/// One part of the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScorePart {
    /// Which part.
    pub part: PartKind,
    /// What it is worth, in centibans.
    pub score: i32,
    /// What was compared and how it came out, in words. Holds what the list says, and nothing that was read.
    pub words: Secret<String>,
}

/// An entry that the traveller could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The entry's identifier on its list.
    pub entry: String,
    /// All parts together, in centibans.
    pub score: i32,
    /// Whether the score reaches the threshold of the list.
    pub alarm: bool,
    /// The parts.
    pub parts: Vec<ScorePart>,
}
