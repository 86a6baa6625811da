//! Whether the signer speaks for this document: country, kind of document, and the standard's profile
//! (Doc 9303-12 §7.1.1).

use super::Verdict;
use super::signer::Signer;
use crate::check::{Outcome, Reason};
use crate::country::{Entry, Sameness, same_country};
use crate::deviation::Deviations;
use crate::error::Part;
use crate::lds::{Content, ElementaryFile};
use crate::mrz::{self, Mrz, UNREAD};
use crate::pki::extension::SUBJECT_ALTERNATIVE_NAME;
use crate::pki::{Certificate, country_code};

/// The zone of the chip, if DG1 is among the files and holds one. Whether it is the one that was signed is a check of
/// its own.
pub(super) fn zone(files: &[ElementaryFile<'_>]) -> Option<Mrz> {
    let mut of_dg1 = files.iter().filter(|file| file.kind().part() == Part::Dg(1));
    of_dg1.find_map(|file| match file.content(&mut Deviations::new()) {
        Ok(Content::Dg1(dg1)) => mrz::parse(dg1.mrz()).ok(),
        _ => None,
    })
}

/// Whether signer, anchor and document are of one country. Whatever differs fails, even without a path.
pub(super) fn country(signer: &Signer<'_>, zone: Option<&Mrz>) -> Verdict {
    let Some(certificate) = signer.certificate else {
        return (Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    let path = signer.road.as_ref().and_then(|road| road.path);
    let issuer = zone.map(|zone| zone.issuer().entry());
    let verdict =
        compare(certificate.country().map(|code| code.entry()), path.map(|path| path.country.entry()), issuer);
    let anchor = path.map(|path| &path.anchor.certificate);
    let names = [Some(certificate), anchor].into_iter().flatten();
    match verdict.0 {
        Outcome::Passed if names.into_iter().any(|one| named_otherwise(one, issuer)) => {
            (Outcome::Undetermined, Reason::AlternativeNameDiffers)
        }
        _ => verdict,
    }
}

/// Whether an alternative name gives a code of another country than the zone's (Doc 9303-12 §7.1.1.2).
fn named_otherwise(certificate: &Certificate, issuer: Country) -> bool {
    let code = certificate.mrz_code(SUBJECT_ALTERNATIVE_NAME).and_then(|code| country_code(&code));
    let entry = code.and_then(|code| code.entry());
    match (entry, issuer) {
        (Some(_), Some(issuer)) => same_country(entry, issuer) == Sameness::Different,
        _ => false,
    }
}

/// A country that was read: `None` if it was not, an empty one if no table knows it.
type Country = Option<Option<&'static Entry>>;

/// Compares three countries. A country that was not read leaves the question open, as does a code nobody knows.
fn compare(signer: Country, anchor: Country, issuer: Country) -> Verdict {
    let same = |one: Country, other: Country| match (one, other) {
        (Some(one), Some(other)) => same_country(one, other),
        _ => Sameness::Undetermined,
    };
    let pairs = [(signer, issuer), (signer, anchor), (anchor, issuer)];
    if pairs.map(|(one, other)| same(one, other)) == [Sameness::Same; 3] {
        return (Outcome::Passed, Reason::Confirmed);
    }
    if (pairs.iter()).any(|(one, other)| same(*one, *other) == Sameness::Different) {
        return (Outcome::Failed, Reason::CountriesDiffer);
    }
    let reason = match (signer.flatten(), issuer, anchor) {
        (None, ..) => Reason::SignerCountryUnknown,
        (_, None, _) => Reason::Dg1NotRead,
        (_, Some(None), _) => Reason::UnknownCode,
        (_, _, None) => Reason::NoPath,
        _ => Reason::SignerCountryUnknown,
    };
    (Outcome::Undetermined, reason)
}

/// Whether the signer may sign for this kind of document. A list of types is optional.
pub(super) fn document_type(signer: &Signer<'_>, zone: Option<&Mrz>) -> Verdict {
    let Some(certificate) = signer.certificate else {
        return (Outcome::NotPerformed, Reason::SignerCertificateMissing);
    };
    let Some(types) = certificate.document_types() else {
        return (Outcome::NotPresent, Reason::NoDocumentTypeList);
    };
    let Some(code) = zone.map(Mrz::document_code) else {
        return (Outcome::Undetermined, Reason::Dg1NotRead);
    };
    if code.as_bytes().contains(&UNREAD) {
        return (Outcome::Undetermined, Reason::Unreadable);
    }
    if types.iter().any(|listed| covers(listed, code)) {
        (Outcome::Passed, Reason::Confirmed)
    } else {
        (Outcome::Failed, Reason::DocumentTypeNotListed)
    }
}

/// Whether a listed type covers a document code: one letter covers every code that begins with it.
fn covers(listed: &str, code: &str) -> bool {
    let listed = listed.trim_end_matches('<');
    match listed.len() {
        0 => false,
        1 => code.starts_with(listed),
        _ => code == listed,
    }
}

/// Whether everything was written as the standard says. A deviation is the issuer's habit more often than a sign of
/// anything, so that it leaves open what it means.
pub(super) fn profile(seen: &Deviations) -> Verdict {
    if seen.is_empty() && !seen.is_truncated() {
        (Outcome::Passed, Reason::Confirmed)
    } else {
        (Outcome::Undetermined, Reason::Deviations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::by_alpha2;

    #[test]
    fn one_country_that_differs_fails_and_one_that_is_unknown_leaves_it_open() {
        let [utopia, france] = ["UT", "FR"].map(|code| Some(by_alpha2(code)));
        let unknown = Some(None);
        let rows = [
            ([utopia, utopia, utopia], Outcome::Passed, Reason::Confirmed),
            ([france, france, utopia], Outcome::Failed, Reason::CountriesDiffer),
            ([utopia, france, utopia], Outcome::Failed, Reason::CountriesDiffer),
            ([france, None, utopia], Outcome::Failed, Reason::CountriesDiffer),
            ([unknown, france, utopia], Outcome::Failed, Reason::CountriesDiffer),
            ([utopia, None, utopia], Outcome::Undetermined, Reason::NoPath),
            ([utopia, utopia, None], Outcome::Undetermined, Reason::Dg1NotRead),
            ([utopia, utopia, unknown], Outcome::Undetermined, Reason::UnknownCode),
            ([unknown, unknown, utopia], Outcome::Undetermined, Reason::SignerCountryUnknown),
            ([None, None, utopia], Outcome::Undetermined, Reason::SignerCountryUnknown),
        ];
        for ([signer, anchor, issuer], outcome, reason) in rows {
            assert_eq!(compare(signer, anchor, issuer), (outcome, reason));
        }
    }

    #[test]
    fn one_letter_covers_every_document_code_that_begins_with_it() {
        assert!(covers("P", "P") && covers("P", "PP") && covers("P<", "PD") && covers("PD", "PD"));
        assert!(!covers("PD", "PP") && !covers("PD", "P") && !covers("I", "PP"));
        assert!(!covers("", "P") && !covers("P", ""));
    }
}
