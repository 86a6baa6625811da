//! Cleared false matches: a host found out that this traveller is not that entry, and keeps it for a while.

use super::{Nation, Query};
use crate::date::{Date, PartialDate};
use crate::secret::Secret;

/// "The holder of this document is not that entry", until a day.
///
/// The document number has to be the same in every character, and issuer and birth date where they are given: a
/// clearance is for one traveller. It never speaks of documents, and what it clears stays visible in every result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// The agency of the list.
    pub agency: String,
    /// The entry.
    pub entry: String,
    /// The number of the traveller's document.
    pub document_number: Secret<String>,
    /// Who issued it.
    pub document_issuer: Option<Nation>,
    /// The traveller's birth date.
    pub birth: Option<PartialDate>,
    /// The last day on which it holds.
    pub until: Date,
}

impl Clearance {
    /// Whether it clears this entry of this agency for this traveller on the day `on`.
    #[must_use]
    pub fn applies(&self, agency: &str, entry: &str, query: &Query, on: Date) -> bool {
        let number = self.document_number.reveal();
        (self.agency.as_str(), self.entry.as_str()) == (agency, entry)
            && on <= self.until
            && !number.is_empty()
            && number == query.document_number.reveal()
            && (self.document_issuer.is_none() || self.document_issuer == query.document_issuer)
            && (self.birth.is_none() || self.birth == query.birth)
    }
}
