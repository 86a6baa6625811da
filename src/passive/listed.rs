//! Which defects of a document its own issuer has listed (Doc 9303-12 §10).
//!
//! Here a document is looked up; what a listed defect is worth to a check is the engine's to apply and a policy's to say.

use super::scope;
use crate::crypto::HashAlgorithm;
use crate::date::Date;
use crate::deviation::Deviations;
use crate::error::Part;
use crate::lds::{Content, DataGroup, ElementaryFile, Kind, SecurityObjectFile};
use crate::mrz::Mrz;
use crate::pki::signed::{certificates, signer_certificate};
use crate::pki::{DocumentFacts, ListedDefect, Purposes, TrustStore};

/// Every defect that the deviation list of the signer's country states of this document, and whether the entry names its
/// documents by number or day of issue.
#[must_use]
pub fn listed_defects(files: &[ElementaryFile<'_>], store: &TrustStore) -> Vec<(ListedDefect, bool)> {
    if store.deviation_lists().is_empty() {
        return Vec::new();
    }
    let mut ignored = Deviations::new();
    let object = files.iter().find(|file| file.kind() == Kind::Sod);
    let Some(Ok(Content::Sod(object))) = object.map(|file| file.content(&mut ignored)) else {
        return Vec::new();
    };
    let along = certificates(&object.signed, &mut ignored);
    let Some(info) = object.signed.signers.first() else {
        return Vec::new();
    };
    let Some(signer) = signer_certificate(info, &along, &mut ignored) else {
        return Vec::new();
    };
    // A signature over the signer that is wrong may be what the list explains: then its own word has to do.
    let path = store.find_path(signer, Purposes::DOCUMENT).ok();
    let country = path.map(|path| path.country).or_else(|| signer.issuer().country());
    let Some(kept) = country.and_then(|country| store.deviation_list(country)) else {
        return Vec::new();
    };
    let zone = scope::zone(files);
    let number = zone.as_ref().map(Mrz::document_number);
    let signed = info.attributes.as_ref().and_then(|attributes| attributes.signing_time);
    kept.list.of(&DocumentFacts {
        signer,
        document_type: zone.as_ref().map(Mrz::document_code),
        issued: signed_issue_date(files, &object).or_else(|| signed.map(|time| time.date())),
        number: number.as_ref().map(|number| number.reveal().as_str()),
    })
}

/// The day of issue, if DG12 is the file that was signed: whoever alters one could choose a day that a list names.
fn signed_issue_date(files: &[ElementaryFile<'_>], object: &SecurityObjectFile<'_>) -> Option<Date> {
    let group = DataGroup::new(12)?;
    let file = files.iter().find(|file| file.kind() == Kind::DataGroup(group))?;
    let algorithm = object.object.hash_algorithm().and_then(HashAlgorithm::from_oid)?;
    let is_signed = object.object.hash(group)? == algorithm.digest(file.bytes()).as_bytes();
    issue_date(files).filter(|_| is_signed)
}

/// The day of issue that DG12 states.
pub(super) fn issue_date(files: &[ElementaryFile<'_>]) -> Option<Date> {
    let file = files.iter().find(|file| file.kind().part() == Part::Dg(12))?;
    match file.content(&mut Deviations::new()) {
        Ok(Content::Dg12(dg12)) => dg12.issue_date?.full(),
        _ => None,
    }
}
