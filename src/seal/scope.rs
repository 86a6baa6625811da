//! How seal, signer and standard fit together: country, document type, form.

use super::signer::Signer;
use super::{Seal, Verdict, code};
use crate::check::{Outcome, Reason};
use crate::country::{Sameness, same_country};
use crate::deviation::Deviation;
use crate::payload::vds::DocumentType;

/// Whether the seal's issuer, the signer's certificate and the anchor are of one country.
///
/// Only two countries that are known and differ fail: a rogue signer signs with a good path of its own.
pub(super) fn country(seal: Seal<'_>, signer: &Signer<'_>) -> Verdict {
    let Some(certificate) = &signer.certificate else {
        return (Outcome::NotPerformed, Reason::UnknownCertificate);
    };
    let issuer = code(seal.issuer()).and_then(|code| code.entry());
    let own = certificate.subject().country().and_then(|code| code.entry());
    let authority = certificate.issuer().country().and_then(|code| code.entry());
    let anchor = signer.path().and_then(|path| path.country.entry());
    let pairs = [(issuer, own), (own, authority), (authority, anchor)];
    if pairs
        .iter()
        .any(|(one, other)| one.is_some() && other.is_some() && same_country(*one, *other) == Sameness::Different)
    {
        return (Outcome::Failed, Reason::CountriesDiffer);
    }
    match (issuer, own) {
        (None, _) => (Outcome::Undetermined, Reason::UnknownCode),
        (_, None) => (Outcome::Undetermined, Reason::SignerCountryUnknown),
        _ => (Outcome::Passed, Reason::Confirmed),
    }
}

/// Whether the signer may sign for this kind of document, by the list in its certificate (Doc 9303-12 §7.1.1.6).
pub(super) fn document_type(seal: Seal<'_>, signer: &Signer<'_>) -> Verdict {
    let Some(certificate) = &signer.certificate else {
        return (Outcome::NotPerformed, Reason::UnknownCertificate);
    };
    let Some(types) = certificate.document_types() else {
        return (Outcome::NotPresent, Reason::NoDocumentTypeList);
    };
    let Some(code) = document_code(seal) else {
        return (Outcome::Undetermined, Reason::DocumentTypeUnknown);
    };
    let covers = |listed: &str| {
        let listed = listed.trim_end_matches('<');
        !listed.is_empty() && (listed == code || listed.len() == 1 && code.starts_with(listed))
    };
    if types.iter().any(|listed| covers(listed)) {
        (Outcome::Passed, Reason::Confirmed)
    } else {
        (Outcome::Failed, Reason::InvalidDocumentType)
    }
}

/// The document code of what the seal belongs to: of the zone in it, or else by its type.
fn document_code(seal: Seal<'_>) -> Option<String> {
    if let Some(zone) = seal.zone() {
        let code = zone.reveal().get(..2)?;
        return Some(code.trim_end_matches('<').to_owned());
    }
    let code = match seal {
        Seal::Vds(seal) => match seal.header.document_type? {
            DocumentType::Visa => "V",
            _ => return None,
        },
        Seal::VdsNc(seal) => match seal.type_name.as_str() {
            "icao.test" => "NT",
            "icao.vacc" => "NV",
            _ => return None,
        },
        Seal::Idb(_) => return None,
    };
    Some(code.to_owned())
}

/// Whether the seal is written as the standard says. A feature or type that nobody knows is allowed.
pub(super) fn format(seal: Seal<'_>) -> Verdict {
    const ALLOWED: [Deviation; 2] = [Deviation::FieldUnknown, Deviation::DocumentTypeUnknown];
    let problems = seal.problems();
    if problems.is_empty() {
        (Outcome::Passed, Reason::Confirmed)
    } else if problems.iter().all(|problem| ALLOWED.contains(&problem.deviation)) {
        (Outcome::Passed, Reason::UnknownFeature)
    } else {
        (Outcome::Undetermined, Reason::Deviations)
    }
}
