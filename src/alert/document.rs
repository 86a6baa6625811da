//! Documents on a list: a number that was read against those that were reported, and against those of listed persons.

use super::evidence::{DocumentHit, Screened};
use super::filed::{self, mixed};
use super::number::{self, Agreement, issuers_agree};
use super::opened::AlertList;
use super::search::Audience;
use super::store::Section;
use crate::date::Date;
use crate::error::Result;
use crate::list::{Nation, Query};
use std::collections::BTreeSet;

/// The most entries under one key that are looked at.
const UNDER_A_NUMBER: usize = 1000;
/// The most matches that are given.
const MOST: usize = 20;

impl AlertList {
    /// Everything that the list says of a query on the day `on`: persons and documents.
    ///
    /// # Errors
    /// If the package contradicts itself.
    pub fn screen(&self, query: &Query, on: Date) -> Result<Screened> {
        let matches = self.search(query, on)?;
        let documents = self.documents(query.document_number.reveal(), query.document_issuer, on)?;
        Ok(Screened { id: query.id.clone(), matches, documents })
    }

    /// The entries that hold on the day `on` and name a document with this number, the exact ones first; none from a
    /// covert package. A list that names an issuer means that issuer's documents alone.
    ///
    /// # Errors
    /// If the package contradicts itself.
    pub fn documents(&self, number: &str, issuer: Option<Nation>, on: Date) -> Result<Vec<DocumentHit>> {
        self.documents_for(Audience::Counter, number, issuer, on)
    }

    /// The same among the entries that this audience may see.
    pub(super) fn documents_for(
        &self,
        audience: Audience,
        number: &str,
        issuer: Option<Nation>,
        on: Date,
    ) -> Result<Vec<DocumentHit>> {
        if self.labels().covert != (audience == Audience::Authority) {
            return Ok(Vec::new());
        }
        let mut entries = BTreeSet::new();
        let keys: Vec<u32> = number::looked_up_under(number).into_iter().map(mixed).collect();
        filed::under(&self.store, Section::Numbers, &keys, UNDER_A_NUMBER, |entry, _| {
            entries.insert(entry);
        })?;
        let mut hits = Vec::new();
        for entry in entries {
            self.document_hits(entry, (number, issuer), on, &mut hits)?;
        }
        hits.sort_by_key(|hit| (!hit.exact, core::cmp::Reverse(hit.status)));
        hits.truncate(MOST);
        Ok(hits)
    }

    fn document_hits(
        &self,
        entry: u32,
        (number, issuer): (&str, Option<Nation>),
        on: Date,
        hits: &mut Vec<DocumentHit>,
    ) -> Result<()> {
        let record = self.record(entry)?;
        if !record.validity.holds_on(on) {
            return Ok(());
        }
        for document in record.documents.iter().filter(|document| issuers_agree(issuer, document.issuer)) {
            let Some(agreement) = number::compare(number, document) else { continue };
            let detail = self.detail(entry)?;
            let exact = agreement == Agreement::Same;
            let owner = self.owner(&record, &detail, on)?;
            hits.push(DocumentHit { entry: detail.id, status: document.status, exact, owner });
        }
        Ok(())
    }
}
