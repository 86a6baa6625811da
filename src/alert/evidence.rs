//! A match and what speaks for and against it.

use crate::list::{Action, DocumentStatus};
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

/// Whose entry it is, and what they ask for. Of a restricted entry the reason and the law are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// What the authority asks for about a match that was confirmed.
    pub action: Action,
    /// Who answers questions about the entry.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// The list that the entry was taken over from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The law it rests on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub legal_basis: String,
    /// Why the person or document is listed.
    #[serde(skip_serializing_if = "is_empty")]
    pub reason: Secret<String>,
    /// A supervisor has to be asked: why it is listed is not for the counter.
    #[serde(skip_serializing_if = "is_not")]
    pub restricted: bool,
    /// The authority was to look at the entry again before this day: it asks for no more than to be referred to.
    #[serde(skip_serializing_if = "is_not")]
    pub review_overdue: bool,
}

impl Owner {
    /// What is to be done: an entry whose review is overdue only refers.
    #[must_use]
    pub const fn asks_for(&self) -> Action {
        if self.review_overdue && !matches!(self.action, Action::Notify) { Action::Refer } else { self.action }
    }
}

fn is_empty(text: &Secret<String>) -> bool {
    text.reveal().is_empty()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_not(flag: &bool) -> bool {
    !*flag
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
    /// Whose entry it is.
    #[serde(flatten)]
    pub owner: Owner,
    /// The host has found out before that this traveller is not this entry.
    #[serde(skip_serializing_if = "is_not")]
    pub cleared: bool,
}

impl Hit {
    /// Whether the match speaks of a person: their name was compared.
    #[must_use]
    pub fn is_of_a_person(&self) -> bool {
        self.parts.iter().any(|part| part.part == PartKind::Name)
    }
}

/// An entry whose document has the number that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentHit {
    /// The entry's identifier on its list.
    pub entry: String,
    /// What was reported of the document.
    pub status: DocumentStatus,
    /// Every character agrees; otherwise characters differ that readers confuse.
    pub exact: bool,
    /// Whose entry it is.
    #[serde(flatten)]
    pub owner: Owner,
}

/// What a list says of one traveller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Screened {
    /// The caller's name for the query.
    pub id: String,
    /// The best matches, whatever their score.
    pub matches: Vec<Hit>,
    /// Entries that name the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentHit>,
}
